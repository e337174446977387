//! What an expression is worth in a scope.

use std::cmp::Ordering;
use std::sync::Arc;

use super::scope::Meaning;
use super::{Evaluator, Fault, Outcome, Scope};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Loaded, Operator};
use crate::value::arithmetic;
use crate::value::comparison::{compare, contains, equals};
use crate::value::{Item, Moment, Number, Rows, Value, ValueError};

/// How deep an expression may nest; the parser refuses earlier, templates are bounded by this.
const DEEPEST: u32 = 400;
/// Most members of `a..b`.
const LONGEST_RANGE: usize = 100_000;

impl<'p> Evaluator<'p> {
    /// The value of an expression.
    pub fn value(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
        self.spend(1, expr.span)?;
        let depth = self.nesting.get();
        if depth > DEEPEST {
            return Err(Fault::limit(expr.span, format!("this nests more than {DEEPEST} deep")));
        }
        self.nesting.set(depth + 1);
        let value = self.value_of_kind(expr, scope);
        self.nesting.set(depth);
        value
    }

    fn value_of_kind(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
        let span = expr.span;
        Ok(match &expr.kind {
            ExprKind::None => Value::None,
            ExprKind::Bool(yes) => Value::Bool(*yes),
            ExprKind::Number(number) => Value::Number(*number),
            ExprKind::Text(text) => Value::Text(text.value.clone()),
            ExprKind::Prose(prose) => Value::Text(self.text_of_prose(prose, scope)?.into()),
            ExprKind::Loaded(loaded) => self.loaded_value(loaded, scope, span)?,
            ExprKind::Date(date) => Value::Date(*date),
            ExprKind::Month(month) => Value::Month(*month),
            ExprKind::Time(time) => Value::Time(*time),
            ExprKind::Moment(date, time) => Value::Moment(Moment::new(*date, *time)),
            ExprKind::WorkingDay(day, time) => self.working_day(*day, *time, span)?,
            ExprKind::Duration(duration) => Value::Duration(*duration),
            ExprKind::List(items) => {
                let items: Outcome<Vec<Value>> = items.iter().map(|item| self.value(item, scope)).collect();
                Value::List(items?.into())
            }
            ExprKind::Map(_) => return Err(Fault::wrong("E0201", span, "a list of `key: value` cannot stand here")),
            ExprKind::Name(name) => self.meant_value(name, self.look_up(name, scope, span)?, scope, span)?,
            ExprKind::Member(base, member) => self.member_of(base, member, scope, span)?,
            ExprKind::Call(callee, arguments) => self.call(callee, arguments, scope, span)?,
            ExprKind::Not(inner) => Value::Bool(!self.truth_of(inner, scope)?),
            ExprKind::Negate(inner) => self.calculated(arithmetic::negate(&self.value(inner, scope)?), span)?,
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, scope, span)?,
            ExprKind::Range(from, to) => {
                let (from, to) = (self.value(from, scope)?, self.value(to, scope)?);
                self.calculated(arithmetic::range(&from, &to, LONGEST_RANGE), span)?
            }
            ExprKind::Within(comparison, tolerance) => self.within(comparison, tolerance, scope)?,
            ExprKind::Where(base, condition) => self.filtered(base, condition, scope)?,
            ExprKind::Filter(base, filter, arguments) => {
                let value = self.value(base, scope)?;
                Value::Text(self.filter(&value, filter, arguments, scope)?.into())
            }
        })
    }

    fn loaded_value(&self, loaded: &Loaded, scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        match loaded {
            Loaded::List { items, .. } => Ok(Value::List(items.clone().into())),
            Loaded::Body { prose, .. } => Ok(Value::Text(self.text_of_prose(prose, scope)?.into())),
            Loaded::Table { path, .. } | Loaded::Map { path, .. } => Err(Fault::wrong(
                "E0201",
                span,
                format!(
                    "`{path}` holds rows with names; they can stand only in `table name {{ from = load(\"{path}\") }}`"
                ),
            )),
        }
    }

    /// The value of what a bare name means.
    pub(super) fn meant_value(
        &self,
        name: &str,
        meaning: Option<Meaning>,
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Value> {
        match meaning {
            Some(Meaning::Value(value)) => Ok(value),
            Some(Meaning::Declaration(id)) => self.declaration_value(id, scope, span),
            Some(Meaning::Module(_)) => {
                Err(Fault::wrong("E0203", span, format!("`{name}` is an imported file: say what in it, as `{name}.…`")))
            }
            None if crate::forms::is_run_word(name) => Err(Fault::NeedsRun),
            None => Err(Fault::wrong("E0101", span, format!("nothing here is called `{name}`"))),
        }
    }

    /// Whether a condition is `yes`; `none` counts as no.
    pub(crate) fn truth_of(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<bool> {
        match self.value(expr, scope)? {
            Value::Bool(yes) => Ok(yes),
            Value::None => Ok(false),
            other => Err(self.type_fault(expr.span, "yes or no", &other)),
        }
    }

    /// A result of calculation, or an error that prints the operands.
    fn calculated(&self, result: Result<Value, ValueError>, span: Span) -> Outcome<Value> {
        result.map_err(|error| match error {
            ValueError::Mismatch { .. } => Fault::wrong("E0201", span, error.to_string()),
            ValueError::TooLong { .. } => Fault::limit(span, error.to_string()),
            _ => Fault::wrong("E0501", span, error.to_string()),
        })
    }

    pub(super) fn add(&self, left: Value, right: Value, span: Span) -> Outcome<Value> {
        self.calculated(arithmetic::add(&left, &right), span)
    }

    pub(super) fn divide(&self, left: Value, right: Value, span: Span) -> Outcome<Value> {
        self.calculated(arithmetic::divide(&left, &right), span)
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        match operator {
            Operator::And => Ok(Value::Bool(self.truth_of(left, scope)? && self.truth_of(right, scope)?)),
            Operator::Or => Ok(Value::Bool(self.truth_of(left, scope)? || self.truth_of(right, scope)?)),
            _ => {
                let left = self.value(left, scope)?;
                let right = self.value(right, scope)?;
                self.operate(operator, left, right, span)
            }
        }
    }

    /// An operator on two values.
    pub(crate) fn operate(&self, operator: Operator, left: Value, right: Value, span: Span) -> Outcome<Value> {
        Ok(match operator {
            Operator::Equal => Value::Bool(self.same(&left, &right)),
            Operator::NotEqual => Value::Bool(!self.same(&left, &right)),
            Operator::Less => Value::Bool(self.ordered(&left, &right, span)? == Some(Ordering::Less)),
            Operator::Greater => Value::Bool(self.ordered(&left, &right, span)? == Some(Ordering::Greater)),
            Operator::LessEqual => {
                Value::Bool(matches!(self.ordered(&left, &right, span)?, Some(Ordering::Less | Ordering::Equal)))
            }
            Operator::GreaterEqual => {
                Value::Bool(matches!(self.ordered(&left, &right, span)?, Some(Ordering::Greater | Ordering::Equal)))
            }
            Operator::In => Value::Bool(self.contains(&right, &left, span)?),
            Operator::Add => self.add(left, right, span)?,
            Operator::Subtract => self.calculated(arithmetic::subtract(&left, &right), span)?,
            Operator::Multiply | Operator::Of => self.calculated(arithmetic::multiply(&left, &right), span)?,
            Operator::Divide => self.divide(left, right, span)?,
            Operator::And | Operator::Or => return Err(self.type_fault(span, "yes or no", &left)),
        })
    }

    /// `==`: a row equals its key value.
    pub(crate) fn same(&self, left: &Value, right: &Value) -> bool {
        match (left, right) {
            (Value::Item(_), Value::Item(_)) => left == right,
            (Value::Item(_), Value::None) | (Value::None, Value::Item(_)) => false,
            (Value::Item(_), _) | (_, Value::Item(_)) => self.label(left) == self.label(right),
            _ => equals(left, right),
        }
    }

    fn ordered(&self, left: &Value, right: &Value, span: Span) -> Outcome<Option<Ordering>> {
        if matches!(left, Value::None) || matches!(right, Value::None) {
            return Ok(None);
        }
        match compare(left, right) {
            Some(order) => Ok(Some(order)),
            None => Err(Fault::wrong(
                "E0202",
                span,
                format!("{} and {} have no order between them", left.type_name(), right.type_name()),
            )),
        }
    }

    fn contains(&self, whole: &Value, part: &Value, span: Span) -> Outcome<bool> {
        match (whole, part) {
            (Value::None, _) | (_, Value::None) => Ok(false),
            (Value::List(items), _) => Ok(items.iter().any(|item| self.same(item, part))),
            (Value::Rows(rows), Value::Item(item)) => {
                Ok(rows.family == item.family && self.shape(rows.family).lists(&rows.indexes, item.index))
            }
            (Value::Rows(rows), _) => {
                let shape = self.shape(rows.family);
                let index = self.index_of(shape, &self.label(part));
                Ok(index.is_some_and(|index| shape.lists(&rows.indexes, index)))
            }
            (Value::Text(whole), Value::Text(part)) => Ok(whole.contains(&**part)),
            _ => contains(whole, part)
                .ok_or_else(|| self.type_fault(span, "a list, table, month or interval after `in`", whole)),
        }
    }

    fn within(&self, comparison: &Expr, tolerance: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
        let ExprKind::Binary(Operator::Equal, left, right) = &comparison.kind else {
            return Err(Fault::wrong("E0017", comparison.span, "`within` follows a comparison with `==`"));
        };
        let (left, right) = (self.value(left, scope)?, self.value(right, scope)?);
        let tolerance_value = self.value(tolerance, scope)?;
        let (Value::Number(left), Value::Number(right), Value::Number(by)) = (left, right, tolerance_value) else {
            return Ok(Value::Bool(false));
        };
        let allowed = if by.percent { self.arithmetic(right.multiply(by), tolerance.span)? } else { by };
        let difference = self.arithmetic(left.subtract(right), comparison.span)?;
        Ok(Value::Bool(difference.absolute() <= allowed.absolute()))
    }

    /// `table where condition`, or `table.column where condition`.
    fn filtered(&self, base: &Expr, condition: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
        if let ExprKind::Member(table, column) = &base.kind {
            let value = self.value(table, scope)?;
            if let Value::Rows(rows) = &value {
                let kept = self.keep(rows, condition, scope)?;
                return self.column(&kept, column);
            }
        }
        match self.value(base, scope)? {
            Value::Rows(rows) => Ok(Value::Rows(self.keep(&rows, condition, scope)?)),
            Value::None => Ok(Value::None),
            other => Err(self.type_fault(base.span, "a table before `where`", &other)),
        }
    }

    /// The rows for which a condition holds; their columns are bare in it.
    pub(crate) fn keep(&self, rows: &Rows, condition: &Expr, scope: &Scope<'_>) -> Outcome<Rows> {
        let comparison = self.fixed_comparison(rows, condition, scope)?;
        if let Some(comparison) = &comparison
            && let Some(indexes) = self.compares_all(comparison, rows)?
        {
            return Ok(Rows { family: rows.family, indexes: indexes.into() });
        }
        let mut indexes = Vec::new();
        for index in rows.indexes.iter() {
            let row = scope.inside(super::Frame::Item(Item { family: rows.family, index: *index }));
            let kept = match &comparison {
                Some(comparison) => self.compares(comparison, &row)?,
                None => self.holds(Some(condition), &row)?,
            };
            if kept {
                indexes.push(*index);
            }
        }
        Ok(Rows { family: rows.family, indexes: indexes.into() })
    }

    /// A column of rows as a list.
    pub(crate) fn column(&self, rows: &Rows, column: &crate::syntax::Ident) -> Outcome<Value> {
        let mut values = Vec::with_capacity(rows.indexes.len());
        for index in rows.indexes.iter() {
            values.push(self.item_member(Item { family: rows.family, index: *index }, column)?);
        }
        Ok(Value::List(values.into()))
    }

    /// The members of a list or table, to loop over.
    pub(crate) fn items(&self, value: &Value, span: Span) -> Outcome<Vec<Value>> {
        match value {
            Value::List(items) => Ok(items.to_vec()),
            Value::Rows(rows) => {
                Ok(rows.indexes.iter().map(|index| Value::Item(Item { family: rows.family, index: *index })).collect())
            }
            Value::None => Ok(Vec::new()),
            Value::Month(month) => {
                Ok((month.first().0..=month.last().0).map(|day| Value::Date(crate::value::Date(day))).collect())
            }
            other => Err(self.type_fault(span, "a table, list or range to loop over", other)),
        }
    }

    pub(crate) fn type_fault(&self, span: Span, wanted: &str, found: &Value) -> Fault {
        Diagnostic::error("E0203", span, format!("this is {}, but {wanted} is wanted here", found.type_name())).into()
    }

    /// A number out of arithmetic, or an error that prints the operands.
    pub(crate) fn arithmetic(&self, result: Result<Number, ValueError>, span: Span) -> Outcome<Number> {
        result.map_err(|error| Fault::wrong("E0501", span, error.to_string()))
    }

    /// The canonical text of a value in addresses and keys; a row's is its own key.
    pub(crate) fn label(&self, value: &Value) -> String {
        match value {
            Value::Item(item) => {
                let shape = self.shape(item.family);
                let turn = &shape.turns[item.index as usize];
                if turn.label.is_empty() { shape.address.clone() } else { turn.label.clone() }
            }
            Value::Rows(rows) => {
                let shape = self.shape(rows.family);
                if rows.indexes.len() == shape.all.len() && !shape.wrong {
                    return shape.address.clone();
                }
                let labels: Vec<&str> =
                    rows.indexes.iter().map(|index| shape.turns[*index as usize].label.as_str()).collect();
                format!("{}{{{}}}", shape.address, labels.join(";"))
            }
            Value::List(items) => items.iter().map(|item| self.label(item)).collect::<Vec<_>>().join(";"),
            Value::Interval(ends) => format!("{}..{}", self.label(&ends.0), self.label(&ends.1)),
            Value::Applied(applied) => {
                let labels: Vec<String> = applied.arguments.iter().map(|argument| self.label(argument)).collect();
                let address = self.address(crate::resolve::program::DeclarationId(applied.declaration));
                format!("{address}({})", labels.join(","))
            }
            plain => crate::value::comparison::label(plain, &|_| String::new()),
        }
    }

    /// The value of a text as shared text.
    pub(crate) fn text(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Arc<str>> {
        match self.value(expr, scope)? {
            Value::Text(text) => Ok(text),
            other => Err(self.type_fault(expr.span, "text", &other)),
        }
    }
}
