//! Built-in functions: their arguments against the table of forms, and the type of what they give.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::forms::{self, Function, Group, Parameter, Phase, Usage, did_you_mean, type_words};
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Ident};

use super::Checker;
use super::known::{Known, Type, Via};
use super::properties::from_form;
use super::scope::Scope;
use super::suggest::listed;

impl Checker<'_> {
    /// A call of a built-in function by its bare name, unless something nearer has that name.
    pub(crate) fn call_function(
        &mut self,
        expr: &Expr,
        callee: &Expr,
        name: &Arc<str>,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Option<Known> {
        let function = forms::function(name)?;
        if !forms::reserved(name) && self.declares(name, scope) {
            return None;
        }
        if function.usage == Usage::Word {
            self.emit(
                Diagnostic::error("E0104", callee.span, format!("`{name}` takes no arguments"))
                    .label("a word, not a function")
                    .help(format!("write `{name}` alone")),
            );
            return Some(Known::unknown());
        }
        Some(self.call_builtin(expr, function, arguments, scope))
    }

    fn declares(&self, name: &str, scope: &Scope) -> bool {
        let top = self.program.modules[scope.module.0 as usize].names.contains_key(name);
        top || scope.locals.iter().any(|local| &*local.name == name)
    }

    /// A word of the run or of its place that stands alone: `now`, `words`, `outside`.
    pub(crate) fn bare_word(&mut self, name: &str, span: Span, scope: &Scope) -> Option<Known> {
        let function = forms::function(name)?;
        if function.group == Group::Place {
            return match name {
                "stem" | "ext" => Some(Known::of(Type::Text)),
                "nth" => Some(Known::of(Type::Number)),
                _ => None,
            };
        }
        match function.usage {
            Usage::Word | Usage::WordOrCall => {
                self.check_phase(function, span, scope);
                Some(Known::of(from_form(function.result)))
            }
            _ => {
                self.emit(
                    Diagnostic::error("E0104", span, format!("the function `{name}` needs its arguments"))
                        .label("named without `( )`")
                        .help(format!("for instance `{}`", function.example)),
                );
                Some(Known::unknown())
            }
        }
    }

    /// Draws only after `~`, words of the run only in `when`, `by` and checks.
    fn check_phase(&mut self, function: &Function, span: Span, scope: &Scope) {
        match function.phase {
            Phase::Draw if !scope.mode.draws => self.refuse_draw(span, function.name),
            Phase::Run if !scope.mode.run => self.emit(
                Diagnostic::error("E0210", span, format!("`{}` is known only while the month runs", function.name))
                    .label("a word of the run")
                    .help("words of the run stand in `when`, `by` and checks"),
            ),
            _ => {}
        }
    }

    /// A call whose function is known.
    pub(crate) fn call_builtin(
        &mut self,
        expr: &Expr,
        function: &'static Function,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Known {
        self.check_phase(function, expr.span, scope);
        if function.group == Group::Aggregate {
            return self.call_aggregate(expr, function, arguments, scope);
        }
        if matches!(function.name, "live" | "col") && !scope.mode.sheet {
            self.only_in_sheets(expr.span, function.name);
        }
        let parts = self.match_parameters(expr, function, arguments, scope);
        let mut known = Known::of(Type::Unknown);
        for (index, part) in parts.iter().enumerate() {
            let decides = function.name == "if" && index == 0 || function.name == "exists";
            known.add_via(part, if decides { Via::Condition } else { Via::Value });
        }
        let ty = self.result(expr, function, &parts, arguments);
        known.typed(ty)
    }

    fn only_in_sheets(&mut self, span: Span, name: &str) {
        self.emit(
            Diagnostic::error("E0210", span, format!("`{name}` belongs in the cells of a sheet"))
                .label("no sheet here")
                .help("write it in `columns` or `cells` of a `sheet`"),
        );
    }

    /// Checks the arguments one by one and returns what is known of each, in the order written.
    fn match_parameters(
        &mut self,
        expr: &Expr,
        function: &Function,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Vec<Known> {
        let mut position = 0;
        let mut given: Vec<&str> = Vec::new();
        let mut parts = Vec::new();
        for argument in arguments {
            let parameter = match &argument.name {
                Some(name) => function.parameters.iter().find(|parameter| parameter.name == &*name.name),
                None => positional(function, &mut position),
            };
            match (parameter, &argument.name) {
                (Some(parameter), _) => {
                    given.push(parameter.name);
                    parts.push(self.argument(function, parameter, argument, scope));
                }
                (None, Some(name)) => parts.push(self.no_parameter(function, name)),
                (None, None) => parts.push(self.too_many(function, &argument.value)),
            }
        }
        let missing =
            function.parameters.iter().find(|parameter| !parameter.optional && !given.contains(&parameter.name));
        if let Some(missing) = missing {
            self.missing_parameter(expr, function, missing);
        }
        parts
    }

    fn argument(&mut self, function: &Function, parameter: &Parameter, argument: &Argument, scope: &Scope) -> Known {
        let known = match parameter.types {
            [forms::Type::YesNo] => return self.infer_condition(&argument.value, scope),
            _ => self.infer(&argument.value, scope),
        };
        if !self.fits_any(&known.ty, parameter.types) {
            self.wrong_argument(function, parameter, &argument.value, &known);
        }
        known
    }

    fn wrong_argument(&mut self, function: &Function, parameter: &Parameter, value: &Expr, known: &Known) {
        if function.name == "exists" {
            return self.exists_of(value, known);
        }
        let (found, wanted) = (self.describe(&known.ty), type_words(parameter.types));
        self.emit(
            Diagnostic::error(
                "E0203",
                value.span,
                format!("`{}` needs a {wanted} for its {}, and this is {found}", function.name, parameter.name),
            )
            .label(format!("this is {found}"))
            .help(format!("for instance `{}`", function.example)),
        );
    }

    fn exists_of(&mut self, value: &Expr, known: &Known) {
        let found = self.describe(&known.ty);
        self.emit(
            Diagnostic::error("E0205", value.span, format!("`exists` asks for one row, and here are {found}"))
                .label("which row?")
                .help("name all keys of the row, or ask `count(…) > 0`"),
        );
    }

    fn no_parameter(&mut self, function: &Function, name: &Ident) -> Known {
        let names: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name).collect();
        let help = match did_you_mean(&name.name, names.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("it takes {}", listed(&names)),
        };
        self.emit(
            Diagnostic::error("E0104", name.span, format!("`{}` has no argument `{}`", function.name, name.name))
                .label("no such argument")
                .help(help),
        );
        Known::unknown()
    }

    fn too_many(&mut self, function: &Function, value: &Expr) -> Known {
        self.emit(
            Diagnostic::error("E0104", value.span, format!("`{}` takes no further argument", function.name))
                .label("one too many")
                .help(format!("for instance `{}`", function.example)),
        );
        Known::unknown()
    }

    fn missing_parameter(&mut self, expr: &Expr, function: &Function, missing: &Parameter) {
        self.emit(
            Diagnostic::error("E0104", expr.span, format!("`{}` needs its {}", function.name, missing.name))
                .label("something is missing")
                .help(format!("for instance `{}`", function.example)),
        );
    }

    /// The type of what a function gives, where the table of forms says only "anything".
    fn result(&mut self, expr: &Expr, function: &Function, parts: &[Known], arguments: &[Argument]) -> Type {
        let part = |index: usize| parts.get(index).map_or(Type::Unknown, |part| part.ty.clone());
        match function.name {
            "if" => self.either(expr, &part(1), &part(2)),
            "around" => Type::Distribution(Box::new(Type::Number)),
            "chance" => Type::Distribution(Box::new(Type::Bool)),
            "between" => self.between(expr, part(0), part(1)),
            "pick" => Type::Distribution(Box::new(self.picked(&part(0), arguments))),
            "sample" => Type::Distribution(Box::new(as_list(&part(1)))),
            "shuffle" => Type::Distribution(Box::new(as_list(&part(0)))),
            "live" => Type::Number,
            "col" | "lookup" | "value" | "date_near" | "rows" | "picks" => Type::Reading,
            "words" | "slides" | "pages" => Type::Number,
            _ => from_form(function.result),
        }
    }

    fn either(&mut self, expr: &Expr, then: &Type, otherwise: &Type) -> Type {
        match then.join(otherwise, self.kinds()) {
            Some(ty) => ty,
            None => {
                let (a, b) = (self.describe(then), self.describe(otherwise));
                self.emit(
                    Diagnostic::error("E0203", expr.span, format!("`if` gives {a} in one case and {b} in the other"))
                        .label("two kinds of value")
                        .help("give the same kind in both cases, or `none`"),
                );
                Type::Unknown
            }
        }
    }

    fn between(&mut self, expr: &Expr, low: Type, high: Type) -> Type {
        match low.join(&high, self.kinds()) {
            Some(ty) => Type::Distribution(Box::new(ty)),
            None => {
                let (a, b) = (self.describe(&low), self.describe(&high));
                self.emit(
                    Diagnostic::error("E0203", expr.span, format!("`between` cannot go from {a} to {b}"))
                        .label("two kinds of value")
                        .help("both ends must be numbers, dates or moments"),
                );
                Type::Unknown
            }
        }
    }

    fn picked(&mut self, from: &Type, arguments: &[Argument]) -> Type {
        match from {
            Type::Map(keys, _) => {
                if let Some(ExprKind::Map(entries)) = arguments.first().map(|argument| &argument.value.kind) {
                    self.check_weights(entries);
                }
                (**keys).clone()
            }
            other => other.element().unwrap_or(Type::Unknown),
        }
    }

    /// Weights add up to 100 % [V2].
    fn check_weights(&mut self, entries: &[(Expr, Expr)]) {
        let mut total = rust_decimal::Decimal::ZERO;
        for (_, weight) in entries {
            let ExprKind::Number(number) = &weight.kind else { return };
            match total.checked_add(number.decimal) {
                Some(sum) => total = sum,
                None => return,
            }
        }
        if total != rust_decimal::Decimal::ONE
            && let (Some((first, _)), Some((_, last))) = (entries.first(), entries.last())
        {
            let percent = (total * rust_decimal::Decimal::ONE_HUNDRED).normalize();
            self.emit(
                Diagnostic::error("E0211", first.span.to(last.span), format!("the weights add up to {percent} %"))
                    .label("must be 100 %")
                    .help("write each weight in percent and let them add up to 100 %"),
            );
        }
    }

    /// `sum(t.c where …)`, `sum(x in t where …: e)`, with `by:` to order [N2].
    fn call_aggregate(
        &mut self,
        expr: &Expr,
        function: &'static Function,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Known {
        let mut plain = arguments.iter().filter(|argument| argument.name.is_none());
        let Some(first) = plain.next() else {
            self.missing_parameter(expr, function, &function.parameters[0]);
            return Known::unknown();
        };
        let (mut known, inner) = self.aggregated(function, first, scope);
        for further in plain {
            let other = self.infer(&further.value, scope);
            known.ty = known.ty.join(&other.ty, self.kinds()).unwrap_or(Type::Unknown);
            known.add(&other);
        }
        self.aggregate_order(function, arguments, &inner, &mut known);
        let ty = self.aggregate_result(function, first, &known.ty);
        if function.name == "count" {
            known.through(Via::Count);
        }
        known.typed(ty)
    }

    /// The type of one item of what is aggregated, and the scope in which `by:` is read.
    fn aggregated(&mut self, function: &Function, argument: &Argument, scope: &Scope) -> (Known, Scope) {
        let value = &argument.value;
        let Some(each) = &argument.each else {
            let known = self.infer(value, scope);
            let inner = scope.inside(self.row_family(value, &known, scope));
            return (self.items_of(function, known, value), inner);
        };
        let table = self.infer(value, scope);
        let element = self.element(&table, value);
        let inner = scope.with(&each.variable.name, element.clone(), each.variable.span);
        let mut known = element;
        if let Some(condition) = &each.condition {
            let test = self.loosely(|checker| checker.infer_condition(condition, &inner));
            known.add_via(&test, Via::Condition);
        }
        if let Some(body) = &each.body {
            let result = self.loosely(|checker| checker.infer(body, &inner));
            known.ty = result.ty.clone();
            known.add(&result);
        }
        (known, inner)
    }

    /// The rows behind `t`, `t where c` or `t.col where c`, whose columns `by:` may name.
    fn row_family(&mut self, value: &Expr, known: &Known, scope: &Scope) -> Option<super::known::Family> {
        if let Type::Rows(family) = &known.ty {
            return Some(family.clone());
        }
        let base = match &value.kind {
            ExprKind::Member(base, _) => base,
            ExprKind::Where(table, _) => match &table.kind {
                ExprKind::Member(base, _) => base,
                _ => return None,
            },
            _ => return None,
        };
        if self.peeking {
            return None;
        }
        self.peeking = true;
        let known = self.quietly(|checker| checker.infer(base, scope));
        self.peeking = false;
        match known.ty {
            Type::Rows(family) => Some(family),
            _ => None,
        }
    }

    fn items_of(&mut self, function: &Function, known: Known, value: &Expr) -> Known {
        match (&known.ty, function.name) {
            (Type::List(of), _) => {
                let of = (**of).clone();
                known.typed(of)
            }
            (Type::Rows(family), _) => {
                let ty = Type::Row(family.clone());
                known.typed(ty)
            }
            (ty, "min" | "max") if !matches!(ty, Type::Map(..)) => known,
            (ty, _) if ty.is_free() => known,
            (Type::Bool, "any" | "all" | "each") => known,
            (ty, name) => {
                let found = self.describe(ty);
                self.emit(
                    Diagnostic::error(
                        "E0204",
                        value.span,
                        format!("`{name}` runs over a table or a list, and this is {found}"),
                    )
                    .label("one thing only")
                    .help(format!("for instance `{}`", function.example)),
                );
                Known::unknown()
            }
        }
    }

    fn aggregate_order(&mut self, function: &Function, arguments: &[Argument], inner: &Scope, known: &mut Known) {
        for argument in arguments {
            match &argument.name {
                Some(name) if &*name.name == "by" => {
                    let order = self.loosely(|checker| checker.infer(&argument.value, inner));
                    known.add_via(&order, Via::Order);
                }
                Some(name) => {
                    self.no_parameter(function, name);
                }
                None => {}
            }
        }
    }

    fn aggregate_result(&mut self, function: &Function, first: &Argument, item: &Type) -> Type {
        match function.name {
            "sum" | "mean" => self.summed(function, first, item),
            "count" => Type::Number,
            "any" | "all" | "each" => {
                self.tested(function, first, item);
                Type::Bool
            }
            "list" => Type::list(item.clone()),
            _ => item.clone(),
        }
    }

    fn summed(&mut self, function: &Function, first: &Argument, item: &Type) -> Type {
        if item.is_free() || matches!(item, Type::Number | Type::Duration) {
            return if *item == Type::Duration { Type::Duration } else { Type::Number };
        }
        let at = first.each.as_ref().and_then(|each| each.body.as_ref()).unwrap_or(&first.value);
        let found = self.describe(item);
        let help = match item {
            Type::Row(family) => {
                format!("name a column: `{}({}.column)`", function.name, self.name_of(family.declaration))
            }
            _ => "name a column of numbers".to_string(),
        };
        self.emit(
            Diagnostic::error(
                "E0203",
                at.span,
                format!(
                    "`{}` adds up numbers, and these are {}",
                    function.name,
                    self.describe(&Type::list(item.clone()))
                ),
            )
            .label(format!("each is {found}"))
            .help(help),
        );
        Type::Number
    }

    fn tested(&mut self, function: &Function, first: &Argument, item: &Type) {
        if item.is_free() || *item == Type::Bool {
            return;
        }
        let at = first.each.as_ref().and_then(|each| each.body.as_ref()).unwrap_or(&first.value);
        let found = self.describe(item);
        self.emit(
            Diagnostic::error(
                "E0203",
                at.span,
                format!("`{}` asks a condition of each, and this is {found}", function.name),
            )
            .label("not a condition")
            .help(format!("for instance `{}`", function.example)),
        );
    }
}

/// The next parameter that may be given without its name.
fn positional(function: &Function, position: &mut usize) -> Option<&'static Parameter> {
    let parameter = function.parameters.get(*position)?;
    if parameter.named {
        return None;
    }
    if !parameter.repeated {
        *position += 1;
    }
    Some(parameter)
}

/// Several of a list or table.
fn as_list(ty: &Type) -> Type {
    match ty {
        Type::Rows(_) | Type::List(_) => ty.clone(),
        _ => Type::Unknown,
    }
}
