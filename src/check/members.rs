//! `base.name`: columns of rows, properties and parts of blocks, names of imported files.

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{DeclarationId, ModuleId, Source, Target};
use crate::syntax::{Expr, ExprKind, Ident};

use super::Checker;
use super::facts::column_names;
use super::known::{Family, Known, Type};
use super::properties::{property_names, property_type};
use super::scope::Scope;
use crate::forms::did_you_mean;

impl Checker<'_> {
    /// `base.name` as written.
    pub(crate) fn infer_member(&mut self, base: &Expr, name: &Ident, scope: &Scope) -> Known {
        let known = self.infer(base, scope);
        let strict = matches!(&base.kind, ExprKind::Name(_)) && !matches!(known.ty, Type::Row(_));
        match strict {
            true => self.member(&known, name, base, scope),
            false => self.loosely(|checker| checker.member(&known, name, base, scope)),
        }
    }

    /// The member of something already inferred.
    pub(crate) fn member(&mut self, base: &Known, name: &Ident, at: &Expr, scope: &Scope) -> Known {
        let found = match &base.ty {
            Type::Unknown | Type::Reading => Known::unknown(),
            Type::None => Known::of(Type::None),
            Type::Row(family) => self.member_of_row(&family.clone(), name, scope),
            Type::Rows(family) => self.member_of_rows(&family.clone(), name, scope),
            Type::Item(kind) => self.member_of_item(*kind, name),
            Type::List(of) => self.member_of_list(of, name, at, scope),
            Type::World => self.member_of_world(name),
            Type::Module(module) => return self.member_of_module(*module, name, at, scope),
            Type::Distribution(of) => self.member(&Known::of((**of).clone()), name, at, scope),
            other => self.no_members(other, name),
        };
        let mut known = found.met_at(at.span.to(name.span));
        known.add(base);
        known
    }

    fn member_of_row(&mut self, family: &Family, name: &Ident, scope: &Scope) -> Known {
        let kind = self.program.get(family.declaration).kind;
        if kind == Kind::Table {
            return self.member_of_table(family, name);
        }
        if let Some(child) = self.named_child(family.declaration, &name.name) {
            let family = Family::plain(child);
            return self.child_turn(family, scope);
        }
        let declaration = self.program.get(family.declaration);
        if let Some(local) = declaration.bindings.iter().map(Source::name).find(|own| own.name == name.name) {
            let span = local.span;
            return self.column(family, &name.name, span);
        }
        if declaration.field(&name.name).is_some() || property_type(kind, &name.name).is_some() {
            return self.field_of(family, &name.name, name.span);
        }
        if kind == Kind::Persona && self.persona_has(declaration.id, &name.name) {
            return Known::of(Type::Unknown);
        }
        self.no_property(kind, name, Some(family.declaration))
    }

    /// A persona whose properties come from a file has whatever the file says.
    fn persona_has(&self, id: DeclarationId, name: &str) -> bool {
        name == "about" || self.program.get(id).field("from").is_some()
    }

    fn child_turn(&mut self, family: Family, scope: &Scope) -> Known {
        let declaration = self.program.get(family.declaration);
        let looped = declaration.bindings.iter().any(|source| {
            matches!(source, Source::Loop { .. }) && !scope.locals.iter().any(|local| local.span == source.name().span)
        });
        Known::of(if looped { Type::Rows(family) } else { Type::Row(family) })
    }

    fn member_of_table(&mut self, family: &Family, name: &Ident) -> Known {
        if self.column_place(family.declaration, &name.name).is_some() {
            return self.column(family, &name.name, name.span);
        }
        if let Some(offered) = self.offered_member(family, name) {
            return offered;
        }
        self.no_column(family.declaration, name)
    }

    /// `x.month` of a row whose key is a row with the key `month`.
    fn offered_member(&mut self, family: &Family, name: &Ident) -> Option<Known> {
        let keys = self.keys(family);
        keys.into_iter().find_map(|key| match &key.known.ty {
            Type::Row(inner) if self.program.get(inner.declaration).kind == Kind::Table => {
                self.keys(&inner.clone()).into_iter().find(|own| own.name == name.name).map(|own| own.known)
            }
            _ => None,
        })
    }

    fn member_of_rows(&mut self, family: &Family, name: &Ident, scope: &Scope) -> Known {
        if self.program.get(family.declaration).kind != Kind::Table {
            return self.family_unasked(family, name);
        }
        let known = self.member_of_row(family, name, scope);
        let ty = Type::list(known.ty.clone());
        known.typed(ty)
    }

    fn family_unasked(&mut self, family: &Family, name: &Ident) -> Known {
        let declaration = self.program.get(family.declaration);
        let keys: Vec<String> = super::facts::loop_names(declaration).map(|key| key.to_string()).collect();
        let own = self.name_of(family.declaration);
        let described = self.describe(&Type::Rows(family.clone()));
        self.emit(
            Diagnostic::error(
                "E0205",
                name.span,
                format!("`.{}` needs one of them, and this is {described}", name.name),
            )
            .label("of which one?")
            .cause(self.place_of(family.declaration), "it stands in a loop, so there are several")
            .help(format!("ask for one: `{own}({}).{}`", keys.join(", "), name.name)),
        );
        Known::unknown()
    }

    fn member_of_list(&mut self, of: &Type, name: &Ident, at: &Expr, scope: &Scope) -> Known {
        match of {
            Type::Row(_) | Type::Item(_) | Type::Unknown => {
                let known = self.member(&Known::of(of.clone()), name, at, scope);
                let ty = Type::list(known.ty.clone());
                known.typed(ty)
            }
            _ => self.no_members(&Type::list(of.clone()), name),
        }
    }

    fn member_of_item(&mut self, kind: Kind, name: &Ident) -> Known {
        match property_type(kind, &name.name) {
            Some(ty) => Known::of(ty),
            None if kind == Kind::Persona => Known::unknown(),
            None => self.no_property(kind, name, None),
        }
    }

    fn member_of_world(&mut self, name: &Ident) -> Known {
        let world = self.program.world;
        if self.program.get(world).field(&name.name).is_some() || property_type(Kind::World, &name.name).is_some() {
            return self.field_of(&Family::plain(world), &name.name, name.span);
        }
        self.no_property(Kind::World, name, Some(world))
    }

    fn member_of_module(&mut self, module: ModuleId, name: &Ident, at: &Expr, scope: &Scope) -> Known {
        let found = &self.program.modules[module.0 as usize];
        match found.names.get(&name.name).copied() {
            Some(Target::Declaration(id)) => self.declared(id, name.span, scope),
            Some(Target::Module(module)) => Known::of(Type::Module(module)),
            None => {
                let names: Vec<&str> = found.names.keys().map(|known| &**known).collect();
                let file = match &at.kind {
                    ExprKind::Name(file) => file,
                    _ => found.path.as_str(),
                };
                let mut error =
                    Diagnostic::error("E0101", name.span, format!("the file `{file}` has no `{}`", name.name))
                        .label("not in that file");
                error = match did_you_mean(&name.name, names.iter().copied()) {
                    Some(close) => error.help(format!("did you mean `{close}`?")),
                    None => error.help(format!("it has {}", super::suggest::listed(&names))),
                };
                self.emit(error);
                Known::unknown()
            }
        }
    }

    fn no_members(&mut self, ty: &Type, name: &Ident) -> Known {
        let found = self.describe(ty);
        self.emit(
            Diagnostic::error("E0102", name.span, format!("{found} has no `{}`", name.name))
                .label("no such part")
                .help("only rows, people, files, mails and other blocks have parts"),
        );
        Known::unknown()
    }

    fn no_column(&mut self, table: DeclarationId, name: &Ident) -> Known {
        let names = column_names(self.program.get(table));
        let own = self.name_of(table);
        let error = Diagnostic::error("E0102", name.span, format!("`{own}` has no column `{}`", name.name))
            .label("no such column")
            .cause(self.place_of(table), "the table is declared here");
        let help = match did_you_mean(&name.name, names.iter().map(|known| &**known)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => {
                format!("its columns are {}", super::suggest::listed(&names.iter().map(|n| &**n).collect::<Vec<_>>()))
            }
        };
        self.emit(error.help(help));
        Known::unknown()
    }

    fn no_property(&mut self, kind: Kind, name: &Ident, id: Option<DeclarationId>) -> Known {
        let mut names: Vec<String> = property_names(kind);
        let mut error = Diagnostic::error("E0102", name.span, format!("a {} has no `{}`", kind.keyword(), name.name))
            .label("no such part");
        if let Some(id) = id {
            let children =
                self.program.get(id).children.iter().filter_map(|child| self.program.get(*child).name.as_ref());
            names.extend(children.map(|child| child.name.to_string()));
            error = error.cause(self.place_of(id), "declared here");
        }
        let help = match did_you_mean(&name.name, names.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("it has {}", super::suggest::listed(&names.iter().map(String::as_str).collect::<Vec<_>>())),
        };
        self.emit(error.help(help));
        Known::unknown()
    }
}
