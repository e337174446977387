//! Text with holes: what is printed, run over and asked in it [N6], [X1], [X3].

use crate::diag::Diagnostic;
use crate::forms::{self, Usage, did_you_mean, type_words};
use crate::syntax::{Expr, Ident, Part, Prose};

use super::Checker;
use super::known::{Known, Type, Via};
use super::properties::from_form;
use super::scope::Scope;

impl Checker<'_> {
    /// A text that prints facts.
    pub(crate) fn infer_prose(&mut self, prose: &Prose, scope: &Scope) -> Known {
        let mut known = Known::of(Type::Text);
        for part in &prose.parts {
            known.add(&self.infer_part(part, scope));
        }
        known.typed(Type::Text)
    }

    fn infer_parts(&mut self, parts: &[Part], scope: &Scope) -> Known {
        let mut known = Known::of(Type::Text);
        for part in parts {
            known.add(&self.infer_part(part, scope));
        }
        known
    }

    fn infer_part(&mut self, part: &Part, scope: &Scope) -> Known {
        match part {
            Part::Text(..) => Known::of(Type::Text),
            Part::Print(expr) => self.infer_print(expr, scope),
            Part::For { variable, table, condition, body, otherwise } => {
                let mut known = self.infer_turns(variable, table, condition.as_ref(), body, scope);
                known.add(&self.infer_parts(otherwise, scope));
                known
            }
            Part::If { branches, otherwise } => self.infer_branches(branches, otherwise, scope),
        }
    }

    fn infer_turns(
        &mut self,
        variable: &Ident,
        table: &Expr,
        condition: Option<&Expr>,
        body: &[Part],
        scope: &Scope,
    ) -> Known {
        let rows = self.infer(table, scope);
        let element = self.element(&rows, table);
        let inner = scope.with(&variable.name, element.clone(), variable.span);
        let mut known = Known::of(Type::Text);
        known.add_via(&element, Via::Count);
        if let Some(condition) = condition {
            let test = self.infer_condition(condition, &inner);
            known.add_via(&test, Via::Count);
        }
        known.add(&self.infer_parts(body, &inner));
        known
    }

    fn infer_branches(&mut self, branches: &[(Expr, Vec<Part>)], otherwise: &[Part], scope: &Scope) -> Known {
        let mut known = Known::of(Type::Text);
        for (condition, body) in branches {
            let test = self.infer(condition, scope);
            known.add_via(&test, Via::Condition);
            known.add(&self.infer_parts(body, scope));
        }
        known.add(&self.infer_parts(otherwise, scope));
        known
    }

    fn infer_print(&mut self, expr: &Expr, scope: &Scope) -> Known {
        let known = self.infer(expr, scope);
        if let Some(help) = self.unprintable(&known.ty) {
            let found = self.describe(&known.ty);
            self.emit(
                Diagnostic::error("E0203", expr.span, format!("{found} cannot be printed"))
                    .label("not a number, date or text")
                    .help(help),
            );
        }
        known
    }

    /// Why a value has no printed form, as a way out.
    fn unprintable(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Row(family) => {
                Some(format!("name what to print of it: `.{}`", self.printable_part(family.declaration)))
            }
            Type::Item(forms::Kind::Persona) => Some("name what to print of her: `.name` or `.first`".into()),
            Type::Item(_) => Some("name what to print of it: `.path`, `.subject` …".into()),
            Type::Rows(_) => Some("run over it with `{% for x in … %}`, or print it with `| grid`".into()),
            Type::List(of) if matches!(**of, Type::Row(_) | Type::Item(_) | Type::Rows(_)) => {
                Some("run over it with `{% for x in … %}`".into())
            }
            Type::Function(id) => Some(format!("give it its arguments: `{}(…)`", self.name_of(*id))),
            Type::Map(..) | Type::Module(_) | Type::World | Type::Applied(_) => {
                Some("print a number, a date or a text".into())
            }
            _ => None,
        }
    }

    fn printable_part(&self, id: crate::resolve::program::DeclarationId) -> String {
        let declaration = self.program.get(id);
        match declaration.kind {
            forms::Kind::Table => {
                super::facts::column_names(declaration).last().map_or("column".into(), |name| name.to_string())
            }
            forms::Kind::Persona => "first".into(),
            forms::Kind::Mail => "subject".into(),
            forms::Kind::Objective => "due".into(),
            forms::Kind::Milestone => "by".into(),
            _ => "path".into(),
        }
    }

    /// `value | name(arguments)`.
    pub(crate) fn infer_filter(&mut self, value: &Expr, name: &Ident, arguments: &[Expr], scope: &Scope) -> Known {
        let mut known = self.infer(value, scope);
        for argument in arguments {
            let other = self.infer(argument, scope);
            known.add(&other);
        }
        let filter =
            forms::function(&name.name).filter(|function| matches!(function.usage, Usage::Filter | Usage::Either));
        let Some(filter) = filter else { return self.no_filter(name, known) };
        let wanted = filter.parameters.first().map_or(&[][..], |parameter| parameter.types);
        if !self.fits_any(&known.ty, wanted) {
            let (found, wanted) = (self.describe(&known.ty), type_words(wanted));
            self.emit(
                Diagnostic::error(
                    "E0203",
                    value.span,
                    format!("`{}` prints a {wanted}, and this is {found}", name.name),
                )
                .label(format!("this is {found}"))
                .help(format!("for instance `{}`", filter.example)),
            );
        }
        let ty = if filter.usage == Usage::Filter { Type::Text } else { from_form(filter.result) };
        known.typed(ty)
    }

    fn no_filter(&mut self, name: &Ident, known: Known) -> Known {
        let filters =
            forms::FUNCTIONS.iter().filter(|function| matches!(function.usage, Usage::Filter | Usage::Either));
        let names: Vec<&str> = filters.map(|function| function.name).collect();
        let help = match did_you_mean(&name.name, names.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => {
                format!("there are {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
        };
        self.emit(
            Diagnostic::error("E0101", name.span, format!("there is no filter `{}`", name.name))
                .label("not a filter")
                .help(help),
        );
        known.typed(Type::Text)
    }
}
