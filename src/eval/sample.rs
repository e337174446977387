//! Samplers in the right-hand side of a `~` [D1]: each draws under a key of its own.

use super::{Evaluator, Fault, Outcome, Scope};
use crate::draw::{Key, Ticket};
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind};
use crate::value::{Item, Number, Rows, Value};

/// What a draw chooses from, with a ticket for each.
enum Choices<'e> {
    /// Expressions, evaluated when chosen.
    Written(Vec<&'e Expr>),
    Values(Vec<Value>),
    Rows(Rows),
}

impl<'p> Evaluator<'p> {
    pub(super) fn sampler(&self, name: &str, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let Some(site) = scope.draw_site() else {
            return Err(crate::diag::Diagnostic::error("E0209", span, format!("`{name}` draws, but `=` fixes"))
                .help("write `~` instead of `=`")
                .into());
        };
        let key = site.next();
        let plain: Vec<&Argument> = arguments.iter().filter(|argument| argument.name.is_none()).collect();
        let step = arguments.iter().find(|argument| argument.name.as_ref().is_some_and(|name| &*name.name == "step"));
        let step = step.map(|argument| self.argument(argument, scope)).transpose()?;
        match (name, plain.as_slice()) {
            ("around", [middle, share]) => self.around(&key, middle, share, step, scope),
            ("between", [low, high]) => {
                let (low, high) = (self.argument(low, scope)?, self.argument(high, scope)?);
                self.sampled(key.stream().between(&low, &high, step.as_ref()), span)
            }
            ("chance", [share]) => {
                let share = self.number(share, scope)?;
                Ok(Value::Bool(key.stream().chance(share)))
            }
            ("pick", [from]) => self.pick(&key, &from.value, scope),
            ("sample", [count, from]) => {
                let count = self.number(count, scope)?.to_i64().unwrap_or(0).max(0) as usize;
                self.several(&key, &from.value, count, scope)
            }
            ("shuffle", [from]) => self.several(&key, &from.value, usize::MAX, scope),
            _ => Err(Fault::wrong("E0104", span, format!("`{name}` is called with other arguments"))),
        }
    }

    fn number(&self, argument: &Argument, scope: &Scope<'_>) -> Outcome<Number> {
        match self.argument(argument, scope)? {
            Value::Number(number) => Ok(number),
            other => Err(self.type_fault(argument.value.span, "a number", &other)),
        }
    }

    fn around(
        &self,
        key: &Key,
        middle: &Argument,
        share: &Argument,
        step: Option<Value>,
        scope: &Scope<'_>,
    ) -> Outcome<Value> {
        let step = match step {
            Some(Value::Number(step)) => Some(step),
            _ => None,
        };
        let centre = self.number(middle, scope)?;
        let share = self.number(share, scope)?;
        self.sampled(key.stream().around(centre, share, step).map(Value::Number), middle.value.span)
    }

    fn sampled(&self, result: Result<Value, crate::value::ValueError>, span: Span) -> Outcome<Value> {
        result.map_err(|error| Fault::wrong("E0501", span, error.to_string()))
    }

    fn pick(&self, key: &Key, from: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
        if let ExprKind::Map(weights) = &from.kind {
            return self.pick_weighted(key, weights, scope, from.span);
        }
        let (choices, tickets) = self.choices(from, scope)?;
        match key.pick(&tickets) {
            Some(index) => self.chosen(&choices, index, scope),
            None => Err(crate::diag::Diagnostic::error("E0507", from.span, "there is nothing here to pick from")
                .help("make sure that the list or table has rows at every seed")
                .into()),
        }
    }

    fn pick_weighted(&self, key: &Key, weights: &[(Expr, Expr)], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let mut tickets = Vec::with_capacity(weights.len());
        let mut total = Number::ZERO;
        for (value, weight) in weights {
            let Value::Number(share) = self.value(weight, scope)? else {
                return Err(Fault::wrong("E0201", weight.span, "a weight is a number in percent"));
            };
            total = self.arithmetic(total.add(share), span)?;
            let millionths = self.arithmetic(share.multiply(Number::from_i64(1_000_000)), span)?;
            let units = millionths.round(0).to_i64().and_then(|units| u64::try_from(units).ok()).unwrap_or(0);
            tickets.push((Ticket::of(&self.written_label(value, scope)?), units));
        }
        if total != Number::from_i64(1) {
            let total = self.arithmetic(total.multiply(Number::from_i64(100)), span)?;
            return Err(crate::diag::Diagnostic::error(
                "E0211",
                span,
                format!("these weights add up to {} %", total.canonical()),
            )
            .help("let them add up to 100 %")
            .into());
        }
        match key.pick_weighted(&tickets) {
            Some(index) => self.value(&weights[index].0, scope),
            None => Err(Fault::wrong("E0507", span, "nothing here has any weight")),
        }
    }

    fn several(&self, key: &Key, from: &Expr, count: usize, scope: &Scope<'_>) -> Outcome<Value> {
        let (choices, tickets) = self.choices(from, scope)?;
        let order = key.sample(&tickets, count.min(tickets.len()));
        let values: Outcome<Vec<Value>> = order.into_iter().map(|index| self.chosen(&choices, index, scope)).collect();
        Ok(Value::List(values?.into()))
    }

    fn choices<'e>(&self, from: &'e Expr, scope: &Scope<'_>) -> Outcome<(Choices<'e>, Vec<Ticket>)> {
        if let ExprKind::List(items) = &from.kind {
            let tickets: Outcome<Vec<Ticket>> =
                items.iter().map(|item| Ok(Ticket::of(&self.written_label(item, scope)?))).collect();
            return Ok((Choices::Written(items.iter().collect()), tickets?));
        }
        match self.value(from, scope)? {
            Value::List(items) => {
                let tickets = items.iter().map(|item| Ticket::of(&self.label(item))).collect();
                Ok((Choices::Values(items.to_vec()), tickets))
            }
            Value::Rows(rows) => {
                let shape = self.shape(rows.family);
                let tickets = rows.indexes.iter().map(|index| shape.turns[*index as usize].ticket()).collect();
                Ok((Choices::Rows(rows), tickets))
            }
            other => Err(self.type_fault(from.span, "a list or table", &other)),
        }
    }

    /// What an item of a written list *is*: a string as written, since it is drawn first and filled after [N6].
    fn written_label(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<String> {
        match self.as_written(expr) {
            Some(text) => Ok(text),
            None => Ok(self.label(&self.value(expr, scope)?)),
        }
    }

    fn chosen(&self, choices: &Choices<'_>, index: usize, scope: &Scope<'_>) -> Outcome<Value> {
        match choices {
            Choices::Written(items) => self.value(items[index], scope),
            Choices::Values(items) => Ok(items[index].clone()),
            Choices::Rows(rows) => Ok(Value::Item(Item { family: rows.family, index: rows.indexes[index] })),
        }
    }
}
