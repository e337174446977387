//! Aggregates over tables and lists [N2]: they skip `none`; `by:` orders.

use std::cmp::Ordering;

use super::{Evaluator, Fault, Frame, Outcome, Scope};
use crate::source::Span;
use crate::syntax::{Argument, Each, Expr, ExprKind};
use crate::value::comparison::compare;
use crate::value::{Item, Number, Rows, Value};

/// A member of what is aggregated: the row it came from, if any, and its value.
type Entry = (Option<Item>, Value);

impl<'p> Evaluator<'p> {
    pub(super) fn aggregate(
        &self,
        name: &str,
        arguments: &[Argument],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Value> {
        let positional: Vec<&Argument> = arguments.iter().filter(|argument| argument.name.is_none()).collect();
        let Some(first) = positional.first() else {
            return Err(Fault::wrong("E0104", span, format!("`{name}` needs a table or list")));
        };
        if positional.len() > 1 && matches!(name, "min" | "max") {
            let values: Outcome<Vec<Value>> =
                positional.iter().map(|argument| self.argument(argument, scope)).collect();
            return self.extreme(values?, name, span);
        }
        let mut entries = self.gather(first, scope)?;
        if let Some(by) = arguments.iter().find(|argument| argument.name.as_ref().is_some_and(|own| &*own.name == "by"))
        {
            entries = self.ordered_by(entries, first, &by.value, scope)?;
        }
        let whole_rows = entries.iter().any(|(item, value)| item.is_some() && matches!(value, Value::Item(_)));
        let values: Vec<Value> = entries.into_iter().map(|(_, value)| value).collect();
        match name {
            "list" => Ok(Value::List(values.into())),
            "any" => Ok(Value::Bool(values.contains(&Value::Bool(true)))),
            "all" | "each" => Ok(Value::Bool(values.iter().all(|value| *value == Value::Bool(true)))),
            _ => self.of_present(
                name,
                values.into_iter().filter(|value| *value != Value::None).collect(),
                whole_rows,
                span,
            ),
        }
    }

    fn of_present(&self, name: &str, values: Vec<Value>, rows: bool, span: Span) -> Outcome<Value> {
        match name {
            "count" => Ok(Value::Number(Number::from_i64(values.len() as i64))),
            "first" => Ok(values.into_iter().next().unwrap_or_default()),
            "last" => Ok(values.into_iter().next_back().unwrap_or_default()),
            _ if rows => {
                Err(Fault::wrong("E0204", span, format!("`{name}` needs a column: say `{name}(table.column)`")))
            }
            "sum" => self.total(&values, span),
            "mean" if values.is_empty() => Ok(Value::None),
            "mean" => {
                let count = Value::Number(Number::from_i64(values.len() as i64));
                let total = self.total(&values, span)?;
                self.divide(total, count, span)
            }
            _ => self.extreme(values, name, span),
        }
    }

    fn total(&self, values: &[Value], span: Span) -> Outcome<Value> {
        let mut total: Option<Value> = None;
        for value in values {
            total = Some(match total {
                Some(total) => self.add(total, value.clone(), span)?,
                None => value.clone(),
            });
        }
        match total.unwrap_or(Value::Number(Number::from_i64(0))) {
            sum @ (Value::Number(_) | Value::Duration(_)) => Ok(sum),
            other => Err(self.type_fault(span, "numbers to sum", &other)),
        }
    }

    fn extreme(&self, values: Vec<Value>, name: &str, span: Span) -> Outcome<Value> {
        let wanted = if name == "min" { Ordering::Less } else { Ordering::Greater };
        let mut best: Option<Value> = None;
        for value in values.into_iter().filter(|value| *value != Value::None) {
            let better = match &best {
                None => true,
                Some(best) => match compare(&value, best) {
                    Some(order) => order == wanted,
                    None => return Err(self.type_fault(span, "values that have an order", &value)),
                },
            };
            if better {
                best = Some(value);
            }
        }
        Ok(best.unwrap_or_default())
    }

    /// The members an argument names: `T.col`, `T.col where c`, `x in T where c: e`, a table or a list.
    fn gather(&self, argument: &Argument, scope: &Scope<'_>) -> Outcome<Vec<Entry>> {
        if let Some(each) = &argument.each {
            return self.gather_each(&argument.value, each, scope);
        }
        let (table, column) = column_of(&argument.value);
        if let Some(column) = column
            && self.module_of(table, scope).is_none()
            && let Value::Rows(rows) = self.value(table, scope)?
        {
            let rows = match &argument.value.kind {
                ExprKind::Where(_, condition) => self.keep(&rows, condition, scope)?,
                _ => rows,
            };
            return rows
                .indexes
                .iter()
                .map(|index| {
                    let item = Item { family: rows.family, index: *index };
                    Ok((Some(item), self.item_member(item, column)?))
                })
                .collect();
        }
        let value = self.value(&argument.value, scope)?;
        Ok(self.items(&value, argument.value.span)?.into_iter().map(entry).collect())
    }

    fn gather_each(&self, table: &Expr, each: &Each, scope: &Scope<'_>) -> Outcome<Vec<Entry>> {
        let list = self.value(table, scope)?;
        let matched = match &list {
            Value::Rows(rows) => self.matched(rows, each, scope)?.map(|indexes| (rows.family, indexes)),
            _ => None,
        };
        let (members, condition) = match matched {
            Some((family, indexes)) => {
                (self.items(&Value::Rows(Rows { family, indexes: indexes.into() }), table.span)?, None)
            }
            None => (self.items(&list, table.span)?, each.condition.as_ref()),
        };
        let mut entries = Vec::with_capacity(members.len());
        for value in members {
            let inner = scope.with(&each.variable.name, &value);
            if self.holds(condition, &inner)? {
                let body = each.body.as_ref().map(|body| self.value(body, &inner)).transpose()?;
                let (item, own) = entry(value);
                entries.push((item, body.unwrap_or(own)));
            }
        }
        Ok(entries)
    }

    fn ordered_by(
        &self,
        entries: Vec<Entry>,
        argument: &Argument,
        by: &Expr,
        scope: &Scope<'_>,
    ) -> Outcome<Vec<Entry>> {
        let mut keyed = Vec::with_capacity(entries.len());
        for (item, value) in entries {
            let order = match (item, &argument.each) {
                (Some(item), Some(each)) => self.value(by, &scope.with(&each.variable.name, &Value::Item(item)))?,
                (Some(item), None) => self.value(by, &scope.inside(Frame::Item(item)))?,
                (None, _) => value.clone(),
            };
            keyed.push((order, (item, value)));
        }
        keyed.sort_by(|left, right| compare(&left.0, &right.0).unwrap_or(Ordering::Equal));
        Ok(keyed.into_iter().map(|(_, entry)| entry).collect())
    }
}

fn entry(value: Value) -> Entry {
    match value {
        Value::Item(item) => (Some(item), value),
        other => (None, other),
    }
}

/// `T.col` or `T.col where c` as table and column.
fn column_of(expr: &Expr) -> (&Expr, Option<&crate::syntax::Ident>) {
    match &expr.kind {
        ExprKind::Member(table, column) => (table, Some(column)),
        ExprKind::Where(inner, _) => match &inner.kind {
            ExprKind::Member(table, column) => (table, Some(column)),
            _ => (expr, None),
        },
        _ => (expr, None),
    }
}
