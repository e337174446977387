//! Built-in functions over values; what each is for stands in the table of forms.

use std::borrow::Cow;

use super::{Evaluator, Fault, Outcome, Scope};
use crate::source::Span;
use crate::syntax::Argument;
use crate::value::filter::date_of;
use crate::value::{Month, Number, Value};

impl<'p> Evaluator<'p> {
    pub(super) fn function(&self, name: &str, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        match name {
            "if" => self.choose(arguments, scope, span),
            "exists" => self.exists(arguments, scope, span),
            "sum" | "count" | "min" | "max" | "mean" | "first" | "last" | "list" | "any" | "all" | "each" => {
                self.aggregate(name, arguments, scope, span)
            }
            "around" | "between" | "chance" | "pick" | "sample" | "shuffle" => {
                self.sampler(name, arguments, scope, span)
            }
            "dates" => self.dates(arguments, scope, span),
            "live" => match arguments.first() {
                Some(argument) => self.argument(argument, scope),
                None => Err(self.missing(name, 1, span)),
            },
            "col" => Err(Fault::wrong("E0210", span, "`col` stands only inside `live(…)` in a sheet")),
            _ => match crate::forms::function(name).map(|function| function.phase) {
                Some(crate::forms::Phase::Run) => Err(Fault::NeedsRun),
                _ => self.plain_function(name, arguments, scope, span),
            },
        }
    }

    fn missing(&self, name: &str, wanted: usize, span: Span) -> Fault {
        Fault::wrong("E0104", span, format!("`{name}` needs {wanted} arguments"))
    }

    fn choose(&self, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let [condition, then, otherwise] = arguments else { return Err(self.missing("if", 3, span)) };
        match self.deciding(|| self.argument(condition, scope))? {
            Value::Bool(true) => self.argument(then, scope),
            Value::Bool(false) | Value::None => self.argument(otherwise, scope),
            other => Err(self.type_fault(condition.value.span, "yes or no", &other)),
        }
    }

    fn exists(&self, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let Some(argument) = arguments.first() else { return Err(self.missing("exists", 1, span)) };
        match self.argument(argument, scope) {
            Ok(Value::Rows(rows)) => Ok(Value::Bool(!rows.indexes.is_empty())),
            Ok(value) => Ok(Value::Bool(value != Value::None)),
            Err(Fault::Wrong(diagnostic)) if diagnostic.code == "E0503" => Ok(Value::Bool(false)),
            Err(fault) => Err(fault),
        }
    }

    fn plain_function(&self, name: &str, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.argument(argument, scope)?);
        }
        if values.first().is_some_and(|value| *value == Value::None) {
            return Ok(Value::None);
        }
        let found = match values.as_slice() {
            [one] => self.of_one(name, one, span)?,
            [one, two] => self.of_two(name, one, two, span)?,
            _ => None,
        };
        match found {
            Some(value) => Ok(value),
            None if values.is_empty() => Err(self.missing(name, 1, span)),
            None => {
                let types: Vec<&str> = values.iter().map(Value::type_name).collect();
                Err(Fault::wrong("E0201", span, format!("`{name}` cannot take {}", types.join(" and "))))
            }
        }
    }

    fn of_one(&self, name: &str, value: &Value, span: Span) -> Outcome<Option<Value>> {
        Ok(Some(match (name, value) {
            ("round", Value::Number(number)) => Value::Number(number.round(0)),
            ("floor", Value::Number(number)) => Value::Number(number.floor()),
            ("abs", Value::Number(number)) => Value::Number(number.absolute()),
            ("start", Value::Month(month)) => Value::Date(month.first()),
            ("end", Value::Month(month)) => Value::Date(month.last()),
            ("next", Value::Month(month)) => self.month(month.next(), span)?,
            ("previous", Value::Month(month)) => self.month(month.previous(), span)?,
            ("month", Value::Date(date)) => Value::Month(date.month()),
            ("month", Value::Moment(moment)) => Value::Month(moment.date().month()),
            ("month", Value::Month(month)) => Value::Month(*month),
            ("year", Value::Month(month)) => Value::Number(Number::from_i64(month.year().into())),
            ("year", Value::Date(date)) => Value::Number(Number::from_i64(date.month().year().into())),
            ("year", Value::Moment(moment)) => Value::Number(Number::from_i64(moment.date().month().year().into())),
            ("lower", Value::Text(text)) => Value::Text(text.to_lowercase().into()),
            ("upper", Value::Text(text)) => Value::Text(text.to_uppercase().into()),
            ("lines", Value::List(items)) => Value::Text(self.joined(items, "\n")?.into()),
            ("join", Value::List(items)) => Value::Text(self.joined(items, ", ")?.into()),
            _ => return Ok(None),
        }))
    }

    fn of_two(&self, name: &str, left: &Value, right: &Value, span: Span) -> Outcome<Option<Value>> {
        Ok(Some(match (name, left, right) {
            ("round", Value::Number(number), Value::Number(places)) => {
                let places = places.to_i64().filter(|places| (0..=12).contains(places));
                let places = places.ok_or_else(|| Fault::wrong("E0201", span, "`round` takes 0 to 12 places"))?;
                Value::Number(number.round(places as u8))
            }
            ("workday", Value::Number(number), Value::Month(month)) => self.workday(*number, *month, span)?,
            ("workdays_after", Value::Date(_) | Value::Moment(_), Value::Number(number)) => {
                self.workdays_after(left, *number, span)?
            }
            ("workdays_after", _, Value::None) => Value::None,
            ("days_between", Value::Date(_) | Value::Moment(_), Value::Date(_) | Value::Moment(_)) => {
                let (Some(from), Some(to)) = (date_of(left), date_of(right)) else { return Ok(None) };
                Value::Number(Number::from_i64(i64::from(to.0) - i64::from(from.0)))
            }
            ("days_between", _, Value::None) => Value::None,
            ("join", Value::List(items), Value::Text(between)) => Value::Text(self.joined(items, between)?.into()),
            ("outside", Value::Text(name), Value::Text(email)) => {
                Value::Correspondent(std::sync::Arc::new((name.clone(), email.clone())))
            }
            _ => return Ok(None),
        }))
    }

    fn month(&self, month: Option<Month>, span: Span) -> Outcome<Value> {
        month.map(Value::Month).ok_or_else(|| Fault::wrong("E0501", span, "this leaves the years 1900 to 2100"))
    }

    /// The texts of values with something between them.
    pub(super) fn joined(&self, items: &[Value], between: &str) -> Outcome<String> {
        let texts: Outcome<Vec<Cow<'_, str>>> = items.iter().map(|item| self.plain_text(item)).collect();
        Ok(texts?.join(between))
    }
}
