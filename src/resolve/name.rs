//! Names of declarations: where they can be found, and that no two are alike.

use super::Resolver;
use super::program::{DeclarationId, ModuleId, Target};
use crate::diag::Diagnostic;
use crate::forms::{self, Kind};
use crate::source::Span;
use crate::syntax::Ident;

/// The error for a name that belongs to the language.
pub(super) fn barred(name: &Ident) -> Diagnostic {
    Diagnostic::error("E0113", name.span, format!("`{}` is a word of the language", name.name))
        .label("cannot be declared")
        .help(format!("choose another name; `worldc explain {}` says what this one does", name.name))
}

impl Resolver<'_> {
    /// Enters a declaration's name where other blocks look for it.
    pub(super) fn enter(&mut self, id: DeclarationId, instance: bool) {
        let declaration = self.get(id);
        let Some(name) = declaration.name.clone() else { return };
        let (kind, module, parent) = (declaration.kind, declaration.module, declaration.parent);
        if matches!(kind, Kind::World | Kind::Mailbox | Kind::Replace) {
            return;
        }
        let nested = matches!(kind, Kind::File | Kind::Mail | Kind::Event | Kind::Folder) && !instance;
        if parent.is_none() || nested {
            self.enter_top(id, module, &name);
        }
        if let Some(parent) = parent {
            self.check_sibling(id, parent, &name, nested);
        }
    }

    fn enter_top(&mut self, id: DeclarationId, module: ModuleId, name: &Ident) {
        if forms::reserved(&name.name) {
            return self.report(barred(name));
        }
        match self.modules[module.0 as usize].names.get(&name.name).copied() {
            None => {
                self.modules[module.0 as usize].names.insert(name.name.clone(), Target::Declaration(id));
            }
            Some(Target::Declaration(earlier)) => {
                let place = self.place_of(earlier);
                self.report(twice(name, place));
            }
            Some(Target::Module(_)) => {
                let message = format!("`{}` is already the name of an imported file", name.name);
                self.report(
                    Diagnostic::error("E0112", name.span, message).help("rename this, or the import after `as`"),
                );
            }
        }
    }

    /// Children of one block have different names; in an objective none that of a property, because both are read
    /// bare [N1]. `known` names are compared elsewhere.
    fn check_sibling(&mut self, id: DeclarationId, parent: DeclarationId, name: &Ident, known: bool) {
        let block = self.get(parent);
        let kind = block.kind;
        let alike =
            |child: &&DeclarationId| self.get(**child).name.as_ref().is_some_and(|other| other.name == name.name);
        let earlier = block.children.iter().filter(|child| **child != id).find(alike);
        let property = kind == Kind::Objective && forms::form(kind).readable(&name.name).is_some();
        if let Some(earlier) = earlier.filter(|_| !known) {
            let place = self.place_of(*earlier);
            self.report(twice(name, place));
        } else if property {
            let message = format!("`{}` is a property of every {}", name.name, kind.keyword());
            self.report(Diagnostic::error("E0112", name.span, message).help("choose another name"));
        }
    }

    /// The name of a declaration in the source, or its head.
    pub(super) fn place_of(&self, id: DeclarationId) -> Span {
        let declaration = self.get(id);
        declaration.name.as_ref().map_or(declaration.head, |name| name.span)
    }

    /// What a name at the top level of a file means.
    pub(super) fn target(&self, module: ModuleId, name: &str) -> Option<Target> {
        self.modules[module.0 as usize].names.get(name).copied()
    }

    /// Blocks whose name stands for somebody else's: `mailbox jana`.
    pub(super) fn check_references(&mut self) {
        let mailboxes: Vec<(Ident, ModuleId)> = self
            .declarations
            .iter()
            .filter(|declaration| declaration.kind == Kind::Mailbox)
            .filter_map(|declaration| Some((declaration.name.clone()?, declaration.module)))
            .collect();
        for (name, module) in mailboxes {
            let known = match self.target(module, &name.name) {
                Some(Target::Declaration(id)) => self.get(id).kind == Kind::Persona,
                _ => false,
            };
            if !known {
                let error = self.no_persona(&name, module);
                self.report(error);
            }
        }
    }

    fn no_persona(&self, name: &Ident, module: ModuleId) -> Diagnostic {
        let people = self.modules[module.0 as usize].names.iter().filter_map(|(name, target)| match target {
            Target::Declaration(id) if self.get(*id).kind == Kind::Persona => Some(&**name),
            _ => None,
        });
        let error = Diagnostic::error("E0101", name.span, format!("no persona is called `{}`", name.name))
            .label("whose mailbox?");
        match forms::did_you_mean(&name.name, people) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name a persona of this spec"),
        }
    }
}

fn twice(name: &Ident, earlier: Span) -> Diagnostic {
    Diagnostic::error("E0112", name.span, format!("`{}` is declared twice", name.name))
        .label("again here")
        .cause(earlier, "first declared here")
        .help("rename one of them")
}
