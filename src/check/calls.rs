//! Calls: a row asked by its keys, a function, template or distribution with its arguments [N3], [N5].

use crate::diag::Diagnostic;
use crate::forms::{Kind, did_you_mean};
use crate::resolve::program::DeclarationId;
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Ident};

use super::Checker;
use super::known::{Family, Known, Type, Via};
use super::scope::{Local, Scope};
use super::suggest::listed;

impl Checker<'_> {
    /// `callee(arguments)`.
    pub(crate) fn infer_call(&mut self, expr: &Expr, callee: &Expr, arguments: &[Argument], scope: &Scope) -> Known {
        if let ExprKind::Name(name) = &callee.kind
            && let Some(known) = self.call_function(expr, callee, name, arguments, scope)
        {
            return known;
        }
        if let ExprKind::Member(base, name) = &callee.kind
            && let Some(known) = self.call_on_deliverable(expr, base, name, arguments, scope)
        {
            return known;
        }
        let called = self.infer(callee, scope);
        let mut known = self.call_known(expr, callee, &called, arguments, scope);
        known.add(&called);
        known
    }

    fn call_known(
        &mut self,
        expr: &Expr,
        callee: &Expr,
        called: &Known,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Known {
        match &called.ty {
            Type::Rows(family) | Type::Row(family) => self.ask(expr, &family.clone(), arguments, scope),
            Type::Function(id) => self.apply(expr, *id, arguments, scope),
            Type::Unknown | Type::None | Type::Reading => {
                let parts = self.infer_arguments(arguments, scope);
                let mut known = Known::unknown();
                parts.iter().for_each(|part| known.add(part));
                known
            }
            other => self.not_callable(callee, &other.clone(), arguments, scope),
        }
    }

    fn not_callable(&mut self, callee: &Expr, ty: &Type, arguments: &[Argument], scope: &Scope) -> Known {
        self.infer_arguments(arguments, scope);
        let found = self.describe(ty);
        let help = match ty {
            Type::Applied(_) => "it has no parameters: name it without `( )`",
            _ => "only tables, functions and templates take arguments; name it without `( )`",
        };
        self.emit(
            Diagnostic::error("E0104", callee.span, format!("this is {found}, which takes no arguments"))
                .label("cannot be asked")
                .help(help),
        );
        Known::unknown()
    }

    /// `t(m, c)`: a row by all its keys; `t(c: c)`: the rows that have some [N3].
    fn ask(&mut self, expr: &Expr, family: &Family, arguments: &[Argument], scope: &Scope) -> Known {
        let keys = self.keys(family);
        if arguments.iter().any(|argument| argument.name.is_some()) {
            return self.ask_by_name(family, &keys, arguments, scope);
        }
        if arguments.len() != keys.len() {
            return self.half_keyed(expr, family, &keys, arguments, scope);
        }
        let mut known = Known::of(Type::Row(family.clone()));
        known.reads.facts = true;
        for (argument, key) in arguments.iter().zip(&keys) {
            known.add(&self.key_argument(&argument.value, key, family, scope));
        }
        let existence = self.existence(family);
        known.add_via(&existence, Via::Condition);
        known
    }

    fn ask_by_name(&mut self, family: &Family, keys: &[Local], arguments: &[Argument], scope: &Scope) -> Known {
        let mut known = Known::of(Type::Rows(family.clone()));
        known.reads.facts = true;
        let mut given = 0;
        for argument in arguments {
            let named = argument.name.as_ref().and_then(|name| keys.iter().find(|key| key.name == name.name));
            match (named, &argument.name) {
                (Some(key), _) => {
                    given += 1;
                    let part = self.key_argument(&argument.value, key, family, scope);
                    known.add_via(&part, Via::Condition);
                }
                (None, Some(name)) => self.no_key(family, keys, name),
                (None, None) => self.unnamed_key(family, keys, &argument.value),
            }
        }
        match given == keys.len() {
            true => known.typed(Type::Row(family.clone())),
            false => known,
        }
    }

    fn no_key(&mut self, family: &Family, keys: &[Local], name: &Ident) {
        let names: Vec<&str> = keys.iter().map(|key| &*key.name).collect();
        let table = self.name_of(family.declaration);
        let help = match did_you_mean(&name.name, names.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None if self.column_place(family.declaration, &name.name).is_some() => {
                format!("`{}` is a column: write `{table} where {} == …`", name.name, name.name)
            }
            None => format!("its keys are {}", listed(&names)),
        };
        self.emit(
            Diagnostic::error("E0205", name.span, format!("`{table}` has no key `{}`", name.name))
                .label("not a key")
                .cause(self.place_of(family.declaration), format!("its keys are {}", listed(&names)))
                .help(help),
        );
    }

    fn unnamed_key(&mut self, family: &Family, keys: &[Local], value: &Expr) {
        let names: Vec<&str> = keys.iter().map(|key| &*key.name).collect();
        let table = self.name_of(family.declaration);
        self.emit(
            Diagnostic::error(
                "E0205",
                value.span,
                format!("some keys of `{table}` are named here and this one is not"),
            )
            .label("which key is this?")
            .help(format!("name it: its keys are {}", listed(&names))),
        );
    }

    /// A key may be given as a row or as its key value, both ways.
    fn key_argument(&mut self, value: &Expr, key: &Local, family: &Family, scope: &Scope) -> Known {
        let known = self.infer(value, scope);
        let wanted = key.known.ty.clone();
        if !self.comparable(&known.ty, &wanted) {
            let (found, needs) = (self.describe(&known.ty), self.describe(&wanted));
            let table = self.name_of(family.declaration);
            self.emit(
                Diagnostic::error(
                    "E0205",
                    value.span,
                    format!("`{table}` is asked by {needs} for `{}`, and this is {found}", key.name),
                )
                .label(format!("this is {found}"))
                .cause(key.span, format!("the key `{}`", key.name))
                .help(format!("give {needs}, or its key")),
            );
        }
        known
    }

    /// Prints the four ways to ask a table, with the author's names.
    fn half_keyed(
        &mut self,
        expr: &Expr,
        family: &Family,
        keys: &[Local],
        arguments: &[Argument],
        scope: &Scope,
    ) -> Known {
        self.infer_arguments(arguments, scope);
        let table = self.name_of(family.declaration);
        let names: Vec<&str> = keys.iter().map(|key| &*key.name).collect();
        let message = match keys.len() {
            0 => format!("there is only one `{table}`"),
            _ => format!(
                "`{table}` has {} key{}, {}, and is asked with {}",
                keys.len(),
                plural(keys.len()),
                listed(&names),
                arguments.len()
            ),
        };
        let mut error = Diagnostic::error("E0205", expr.span, message)
            .label("asked here")
            .cause(self.place_of(family.declaration), "declared here");
        if let Some(first) = names.first() {
            let all = names.join(", ");
            error = error
                .note(format!("`{table}({all})` is one row"))
                .note(format!("`{table}({first}: {first})` are the rows with that {first}"))
                .note(format!("`exists({table}({all}))` asks whether the row is there"))
                .note(format!("`{table} where {first} == …` are the rows that meet a condition"))
                .help(format!("name the keys you have: `{table}({first}: …)`"));
        } else {
            error = error.help(format!("write `{table}`"));
        }
        self.emit(error);
        Known::unknown()
    }

    /// A function, template, phrases, schema or table with parameters, with these arguments.
    fn apply(&mut self, expr: &Expr, id: DeclarationId, arguments: &[Argument], scope: &Scope) -> Known {
        let program = self.program;
        let declaration = program.get(id);
        let params = declaration.params.as_deref().unwrap_or(&[]);
        let Some(values) = self.match_params(expr, id, params, arguments, scope) else { return Known::unknown() };
        let family = Family::called(id, values);
        match declaration.kind {
            Kind::Table => Known::of(Type::Rows(family)),
            Kind::Template => {
                self.check_template_call(&family, expr.span);
                Known::of(Type::Applied(family))
            }
            Kind::Schema => Known::of(Type::Applied(family)),
            _ => self.apply_value(&family, expr.span, scope),
        }
    }

    /// `let f(x)`, `phrases p(x)`; a distribution with a name only after `~`.
    fn apply_value(&mut self, family: &Family, span: Span, scope: &Scope) -> Known {
        let declaration = self.program.get(family.declaration);
        if declaration.draw && !scope.mode.draws {
            self.refuse_draw(span, &self.name_of(family.declaration));
        }
        let (draw, what) = (declaration.draw, self.named(family.declaration));
        self.calls.push((span, format!("{what} is asked here")));
        let known = self.value_of(family, span).met_at(span);
        self.calls.pop();
        match draw {
            true => {
                let ty = Type::Distribution(Box::new(known.ty.clone()));
                known.typed(ty)
            }
            false => known,
        }
    }

    fn match_params(
        &mut self,
        expr: &Expr,
        id: DeclarationId,
        params: &[Ident],
        arguments: &[Argument],
        scope: &Scope,
    ) -> Option<Vec<Known>> {
        let mut values: Vec<Option<Known>> = vec![None; params.len()];
        let mut wrong = false;
        for (index, argument) in arguments.iter().enumerate() {
            let known = self.infer(&argument.value, scope);
            let place = match &argument.name {
                Some(name) => params.iter().position(|param| param.name == name.name),
                None => Some(index),
            };
            match place.and_then(|place| values.get_mut(place)) {
                Some(slot) => *slot = Some(known),
                None => {
                    wrong = true;
                    if let Some(name) = &argument.name {
                        self.no_param(id, params, name);
                        return None;
                    }
                }
            }
        }
        if wrong || values.iter().any(Option::is_none) {
            self.wrong_count(expr, id, params, arguments.len());
            return None;
        }
        Some(values.into_iter().flatten().collect())
    }

    fn no_param(&mut self, id: DeclarationId, params: &[Ident], name: &Ident) {
        let names: Vec<&str> = params.iter().map(|param| &*param.name).collect();
        let help = match did_you_mean(&name.name, names.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("its parameters are {}", listed(&names)),
        };
        self.emit(
            Diagnostic::error("E0104", name.span, format!("the {} has no parameter `{}`", self.named(id), name.name))
                .label("no such parameter")
                .cause(self.place_of(id), "declared here")
                .help(help),
        );
    }

    fn wrong_count(&mut self, expr: &Expr, id: DeclarationId, params: &[Ident], given: usize) {
        let names: Vec<&str> = params.iter().map(|param| &*param.name).collect();
        let message = format!(
            "the {} has {} parameter{}, and is given {given}",
            self.named(id),
            params.len(),
            plural(params.len())
        );
        self.emit(
            Diagnostic::error("E0104", expr.span, message)
                .label(format!("needs {}", listed(&names)))
                .cause(self.place_of(id), "declared here")
                .help(format!("write `{}({})`", self.name_of(id), names.join(", "))),
        );
    }

    /// `model.value("Total")`: a predicate read in another deliverable.
    fn call_on_deliverable(
        &mut self,
        expr: &Expr,
        base: &Expr,
        name: &Ident,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Option<Known> {
        let function = crate::forms::function(&name.name)?;
        if function.group != crate::forms::Group::Check || !scope.mode.run {
            return None;
        }
        let known = self.infer(base, scope);
        if !self.is_of_kind(&known.ty, Kind::Deliver) && !self.is_of_kind(&known.ty, Kind::File) {
            return None;
        }
        Some(self.call_builtin(expr, function, arguments, scope))
    }

    /// A sampler outside of `~` would be drawn nowhere [D1].
    pub(crate) fn refuse_draw(&mut self, span: Span, name: &str) {
        self.emit(
            Diagnostic::error("E0209", span, format!("`{name}` draws, and only `~` draws"))
                .label("drawn under no name")
                .help("give it a name: `let name ~ …`, or write `~` instead of `=` here"),
        );
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
