//! The type and the secrets of an expression, by its form.

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Operator};
use crate::value::Value;

use super::Checker;
use super::known::{Known, Type, Via};
use super::scope::Scope;

/// How many expressions may stand in each other, facts that they name included.
const DEEPEST: u32 = 600;

impl Checker<'_> {
    /// What is known of an expression; reports everything wrong in it.
    pub(crate) fn infer(&mut self, expr: &Expr, scope: &Scope) -> Known {
        if self.depth >= DEEPEST {
            self.too_deep(expr.span);
            return Known::unknown();
        }
        self.depth += 1;
        let known = self.infer_form(expr, scope);
        self.depth -= 1;
        known
    }

    /// Facts that stand on facts that stand on facts, beyond any use.
    fn too_deep(&mut self, span: Span) {
        self.emit(
            Diagnostic::error("E0004", span, "facts and expressions stand in each other too deep here")
                .label("one too many")
                .note(format!("an expression counts 1, a fact that it names 4 more; the limit is {DEEPEST}"))
                .help("calculate in fewer steps"),
        );
    }

    fn infer_form(&mut self, expr: &Expr, scope: &Scope) -> Known {
        match &expr.kind {
            ExprKind::Name(name) => self.lookup(name, expr.span, scope),
            ExprKind::Prose(prose) => self.infer_prose(prose, scope),
            ExprKind::Loaded(loaded) => self.infer_loaded(loaded, scope),
            ExprKind::List(items) => self.infer_list(items, scope),
            ExprKind::Map(entries) => self.infer_map(entries, scope),
            ExprKind::Member(base, name) => self.infer_member(base, name, scope),
            ExprKind::Call(callee, arguments) => self.infer_call(expr, callee, arguments, scope),
            ExprKind::Not(inner) => self.infer_condition(inner, scope),
            ExprKind::Negate(inner) => self.infer_negate(inner, scope),
            ExprKind::Binary(operator, left, right) => self.infer_binary(expr, *operator, left, right, scope),
            ExprKind::Range(from, to) => self.infer_range(expr, from, to, scope),
            ExprKind::Within(comparison, tolerance) => self.infer_within(comparison, tolerance, scope),
            ExprKind::Where(table, condition) => self.infer_where(expr, table, condition, scope),
            ExprKind::Filter(value, name, arguments) => self.infer_filter(value, name, arguments, scope),
            literal => Known::of(literal_type(literal)),
        }
    }

    /// A condition must be yes or no.
    pub(crate) fn infer_condition(&mut self, expr: &Expr, scope: &Scope) -> Known {
        let known = self.infer(expr, scope);
        if !known.ty.is_free() && known.ty != Type::Bool {
            let found = self.describe(&known.ty);
            self.emit(
                Diagnostic::error("E0203", expr.span, format!("a condition must be yes or no, and this is {found}"))
                    .label("not a condition")
                    .help("compare it with something: `… == …`, `… > 0`, `… != none`"),
            );
        }
        known.typed(Type::Bool)
    }

    /// An expression that must be of one type; anything else is reported as `what` needing `wanted`.
    pub(crate) fn expect(&mut self, expr: &Expr, scope: &Scope, wanted: &Type, what: &str) -> Known {
        let known = self.infer(expr, scope);
        self.must_be(&known, wanted, expr, what);
        known
    }

    /// Reports a value that does not fit.
    pub(crate) fn must_be(&mut self, known: &Known, wanted: &Type, expr: &Expr, what: &str) {
        if !self.fits(&known.ty, wanted) {
            let (wanted, found) = (self.describe(wanted), self.describe(&known.ty));
            self.emit(
                Diagnostic::error("E0203", expr.span, format!("{what} must be {wanted}, and this is {found}"))
                    .label(format!("this is {found}"))
                    .help(format!("write {wanted} here")),
            );
        }
    }

    /// Whether a value of `found` may stand where `wanted` is asked.
    pub(crate) fn fits(&self, found: &Type, wanted: &Type) -> bool {
        if let (Type::Interval(a), Type::Interval(b)) = (found, wanted) {
            return self.fits(a, b);
        }
        match (found, wanted) {
            (found, wanted) if found.is_free() || wanted.is_free() => true,
            (Type::Date, Type::Moment) => true,
            (Type::Text, Type::Applied(_)) => true,
            (Type::List(a), Type::List(b)) => self.fits(a, b),
            (Type::Rows(family), Type::List(of)) => self.fits(&Type::Row(family.clone()), of),
            (Type::Distribution(of), wanted) => self.fits(of, wanted),
            (found, wanted) => found.join(wanted, self.kinds()).is_some(),
        }
    }

    fn infer_list(&mut self, items: &[Expr], scope: &Scope) -> Known {
        let mut known = Known::of(Type::None);
        let mut element = Type::None;
        for item in items {
            let next = self.infer(item, scope);
            known.add(&next);
            match element.join(&next.ty, self.kinds()) {
                Some(joined) => element = joined,
                None => self.mixed(item, &next.ty, &items[0], &element),
            }
        }
        let element = if items.is_empty() { Type::Unknown } else { element };
        known.typed(Type::list(element))
    }

    fn mixed(&mut self, item: &Expr, found: &Type, first: &Expr, before: &Type) {
        let (found, before) = (self.describe(found), self.describe(before));
        self.emit(
            Diagnostic::error("E0203", item.span, format!("the items of a list are of one kind, and this is {found}"))
                .label(format!("this is {found}"))
                .cause(first.span, format!("the list began with {before}"))
                .help("make them alike; codes are texts: `\"4100\"`"),
        );
    }

    fn infer_map(&mut self, entries: &[(Expr, Expr)], scope: &Scope) -> Known {
        let mut known = Known::of(Type::None);
        let (mut keys, mut values) = (Type::None, Type::None);
        for (key, value) in entries {
            let key = self.infer(key, scope);
            let value = self.infer(value, scope);
            known.add(&key);
            known.add_via(&value, Via::Condition);
            keys = keys.join(&key.ty, self.kinds()).unwrap_or(Type::Unknown);
            values = values.join(&value.ty, self.kinds()).unwrap_or(Type::Unknown);
        }
        known.typed(Type::Map(Box::new(keys), Box::new(values)))
    }

    fn infer_loaded(&mut self, loaded: &crate::syntax::Loaded, scope: &Scope) -> Known {
        use crate::syntax::Loaded;
        match loaded {
            Loaded::Body { prose, .. } => self.infer_prose(prose, &scope.with_mode(|mode| mode.body = true)),
            Loaded::List { items, .. } => {
                let element = items
                    .iter()
                    .fold(Type::None, |ty, item| ty.join(&value_type(item), self.kinds()).unwrap_or(Type::Unknown));
                Known::of(Type::list(element))
            }
            Loaded::Table { .. } => Known::of(Type::Unknown),
            Loaded::Map { .. } => Known::of(Type::Unknown),
        }
    }

    fn infer_where(&mut self, expr: &Expr, table: &Expr, condition: &Expr, scope: &Scope) -> Known {
        self.refuse_in_body(expr, scope, "`where`");
        if let ExprKind::Member(base, column) = &table.kind {
            return self.where_column(base, column, condition, scope);
        }
        let mut rows = self.infer(table, scope);
        let test = self.where_test(&rows, table, condition, scope);
        rows.add_via(&test, Via::Condition);
        rows
    }

    /// `T.col where c` is `(T where c).col` [N2].
    fn where_column(&mut self, base: &Expr, column: &crate::syntax::Ident, condition: &Expr, scope: &Scope) -> Known {
        let rows = self.infer(base, scope);
        let is_table = matches!(rows.ty, Type::Rows(_)) || rows.ty.is_free();
        if !is_table {
            let whole = self.member(&rows, column, base, scope);
            let test = self.where_test(&whole, base, condition, scope);
            let mut whole = whole;
            whole.add_via(&test, Via::Condition);
            return whole;
        }
        let test = self.where_test(&rows, base, condition, scope);
        self.loosely(|checker| {
            let mut values = checker.member(&rows, column, base, scope);
            values.add_via(&test, Via::Condition);
            values
        })
    }

    fn where_test(&mut self, rows: &Known, table: &Expr, condition: &Expr, scope: &Scope) -> Known {
        let family = match &rows.ty {
            Type::Rows(family) => Some(family.clone()),
            Type::Unknown | Type::None | Type::Reading => None,
            other => {
                let found = self.describe(other);
                self.emit(
                    Diagnostic::error(
                        "E0204",
                        table.span,
                        format!("`where` chooses rows of a table, and this is {found}"),
                    )
                    .label("not a table")
                    .help("for a list write `x in … where x …`"),
                );
                return Known::unknown();
            }
        };
        let inner = scope.inside(family);
        self.loosely(|checker| checker.infer_condition(condition, &inner))
    }

    fn infer_within(&mut self, comparison: &Expr, tolerance: &Expr, scope: &Scope) -> Known {
        let mut known = self.infer(comparison, scope);
        let limit = self.infer(tolerance, scope);
        if !limit.ty.is_free() && !matches!(limit.ty, Type::Number | Type::Duration) {
            let found = self.describe(&limit.ty);
            self.emit(
                Diagnostic::error(
                    "E0203",
                    tolerance.span,
                    format!("`within` needs a number or a percentage, and this is {found}"),
                )
                .label("not a tolerance")
                .help("write for instance `within 1` or `within 0.1%`"),
            );
        }
        known.add(&limit);
        known.typed(Type::Bool)
    }

    /// In a body only names may be printed: calculations have names, so that every number has its fact [X1].
    pub(crate) fn refuse_in_body(&mut self, expr: &Expr, scope: &Scope, what: &str) {
        if scope.mode.body {
            self.emit(
                Diagnostic::error("E0108", expr.span, format!("{what} cannot stand in the text of a document"))
                    .label("every printed number needs a name")
                    .help("calculate it with `let name(…) = …` and print that name"),
            );
        }
    }

    /// Evaluates something whose reference to its own column goes to another row, which only a seed can tell.
    pub(crate) fn loosely<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.loose, true);
        let result = run(self);
        self.loose = before;
        result
    }

    fn infer_negate(&mut self, inner: &Expr, scope: &Scope) -> Known {
        let known = self.infer(inner, scope);
        if !known.ty.is_free() && !matches!(known.ty, Type::Number | Type::Duration) {
            let found = self.describe(&known.ty);
            self.emit(
                Diagnostic::error(
                    "E0201",
                    inner.span,
                    format!("only a number or a duration can be negative, and this is {found}"),
                )
                .label("not a number")
                .help("remove the minus"),
            );
            return Known::unknown();
        }
        known
    }

    fn infer_range(&mut self, expr: &Expr, from: &Expr, to: &Expr, scope: &Scope) -> Known {
        let mut known = self.infer(from, scope);
        let end = self.infer(to, scope);
        known.add(&end);
        let joined = known.ty.join(&end.ty, self.kinds());
        let ty = match joined {
            Some(Type::Number) => Type::list(Type::Number),
            Some(Type::Date) => Type::list(Type::Date),
            Some(Type::Month) => Type::list(Type::Month),
            Some(Type::Time) => Type::Interval(Box::new(Type::Time)),
            Some(Type::Moment) => Type::Interval(Box::new(Type::Moment)),
            Some(ty) if ty.is_free() => Type::Unknown,
            _ => self.bad_range(expr, &known.ty, &end.ty),
        };
        known.typed(ty)
    }

    fn bad_range(&mut self, expr: &Expr, from: &Type, to: &Type) -> Type {
        let (from, to) = (self.describe(from), self.describe(to));
        self.emit(
            Diagnostic::error("E0201", expr.span, format!("a range cannot go from {from} to {to}"))
                .label("not a range")
                .help("both ends must be numbers, days, months, times or moments"),
        );
        Type::Unknown
    }

    /// The arguments of a call where nothing is known about the callee: reports what is wrong inside them.
    pub(crate) fn infer_arguments(&mut self, arguments: &[Argument], scope: &Scope) -> Vec<Known> {
        arguments.iter().map(|argument| self.infer(&argument.value, scope)).collect()
    }
}

/// The type of a literal.
fn literal_type(kind: &ExprKind) -> Type {
    match kind {
        ExprKind::None => Type::None,
        ExprKind::Bool(_) => Type::Bool,
        ExprKind::Number(_) => Type::Number,
        ExprKind::Text(_) => Type::Text,
        ExprKind::Date(_) => Type::Date,
        ExprKind::Month(_) => Type::Month,
        ExprKind::Time(_) => Type::Time,
        ExprKind::Moment(..) => Type::Moment,
        ExprKind::WorkingDay(_, None) => Type::Date,
        ExprKind::WorkingDay(_, Some(_)) => Type::Moment,
        ExprKind::Duration(_) => Type::Duration,
        _ => Type::Unknown,
    }
}

/// The type of a loaded value.
pub(crate) fn value_type(value: &Value) -> Type {
    match value {
        Value::None => Type::None,
        Value::Bool(_) => Type::Bool,
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::Date(_) => Type::Date,
        Value::Month(_) => Type::Month,
        Value::Time(_) => Type::Time,
        Value::Moment(_) => Type::Moment,
        Value::Duration(_) => Type::Duration,
        Value::List(items) => Type::list(items.first().map_or(Type::Unknown, value_type)),
        _ => Type::Unknown,
    }
}

/// Whether an operator calculates rather than compares.
pub(crate) fn is_arithmetic(operator: Operator) -> bool {
    use Operator::*;
    matches!(operator, Add | Subtract | Multiply | Divide | Of)
}
