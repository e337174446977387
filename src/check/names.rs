//! Names that nothing has: what the author may have meant.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::forms::{self, Usage, did_you_mean};
use crate::resolve::program::Target;
use crate::source::Span;

use super::Checker;
use super::facts::column_names;
use super::known::Known;
use super::scope::Scope;

impl Checker<'_> {
    /// Reports a name that means nothing here.
    pub(crate) fn unknown_name(&mut self, name: &Arc<str>, span: Span, scope: &Scope) -> Known {
        let mut error =
            Diagnostic::error("E0101", span, format!("nothing here is called `{name}`")).label("not known here");
        let help = self.beyond_import(name, scope).or_else(|| self.misplaced(name, scope));
        let help = help.or_else(|| self.misspelt(name, scope));
        error = error.help(help.unwrap_or_else(|| {
            format!("declare it, for instance `let {name} = …`, or name where it stands: `block.{name}`")
        }));
        self.emit(error);
        Known::unknown()
    }

    /// An imported file sees nothing of the spec but `world` [N4].
    fn beyond_import(&self, name: &str, scope: &Scope) -> Option<String> {
        let spec = self.program.modules.first()?;
        let elsewhere = scope.module.0 != 0 && spec.names.contains_key(name);
        elsewhere
            .then(|| format!("an imported file sees only its own names and `world`: hand `{name}` over as a parameter"))
    }

    fn misspelt(&self, name: &str, scope: &Scope) -> Option<String> {
        let names = self.names_in_reach(scope);
        let close = did_you_mean(name, names.iter().map(|known| &**known))?;
        Some(format!("did you mean `{close}`?"))
    }

    /// All names that could stand here.
    fn names_in_reach(&self, scope: &Scope) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = scope.locals.iter().map(|local| local.name.clone()).collect();
        for family in scope.rows.iter().filter_map(|row| row.family.as_ref()) {
            names.extend(column_names(self.program.get(family.declaration)));
        }
        names.extend(self.program.modules[scope.module.0 as usize].names.keys().cloned());
        let functions = forms::FUNCTIONS.iter().filter(|function| function.usage != Usage::Filter);
        names.extend(functions.map(|function| Arc::from(function.name)));
        names
    }

    /// A part of some block that was named without the block: `draft` for `q1_reforecast.draft`.
    fn misplaced(&self, name: &str, scope: &Scope) -> Option<String> {
        let module = &self.program.modules[scope.module.0 as usize];
        let mut paths: Vec<String> = Vec::new();
        for (own, target) in &module.names {
            let Target::Declaration(id) = target else { continue };
            if self.named_child(*id, name).is_some() {
                paths.push(format!("{own}.{name}"));
            }
            if self.is_column(*id, name) {
                paths.push(format!("{own}.{name}"));
            }
        }
        paths.first().map(|path| format!("did you mean `{path}`?"))
    }

    fn is_column(&self, id: crate::resolve::program::DeclarationId, name: &str) -> bool {
        let declaration = self.program.get(id);
        declaration.kind == forms::Kind::Table && self.column_place(id, name).is_some()
    }
}
