//! Filters of text [X3]: how a value prints. `none` prints as nothing.

use super::{Evaluator, Fault, Outcome, Scope};
use crate::document::markdown::escape_inside;
use crate::syntax::{Expr, Ident};
use crate::value::filter as plain;
use crate::value::locale::{Currency, MoneyStyle};
use crate::value::{Number, Value};

impl<'p> Evaluator<'p> {
    pub(super) fn filter(
        &self,
        value: &Value,
        filter: &Ident,
        arguments: &[Expr],
        scope: &Scope<'_>,
    ) -> Outcome<String> {
        if *value == Value::None {
            return Ok(String::new());
        }
        let arguments: Outcome<Vec<Value>> = arguments.iter().map(|argument| self.value(argument, scope)).collect();
        let arguments = arguments?;
        if let Some(text) = self.in_words(value, &filter.name, &arguments, filter)? {
            return Ok(text);
        }
        if let Some(text) = of_list(self, value, &filter.name, &arguments)? {
            return Ok(text);
        }
        let message = format!("`| {}` cannot print {}", filter.name, value.type_name());
        Err(Fault::wrong("E0201", filter.span, message))
    }

    fn in_words(&self, value: &Value, name: &str, arguments: &[Value], filter: &Ident) -> Outcome<Option<String>> {
        let setting = self.setting()?;
        let width = |value: Option<&Value>| match value {
            Some(Value::Number(width)) => width.to_i64().and_then(|width| usize::try_from(width).ok()).unwrap_or(0),
            _ => 0,
        };
        Ok(match (name, value) {
            ("money", Value::Number(amount)) => Some(self.money(amount, arguments, filter)?),
            ("number", Value::Number(number)) => Some(setting.locale.number(number)),
            ("day", _) => plain::date_of(value).map(|date| setting.language.day(date)),
            ("month", _) => plain::month_of(value).map(|month| setting.language.month(month)),
            ("weekday", _) => plain::date_of(value).map(|date| setting.language.weekday(date).to_string()),
            ("time", Value::Moment(moment)) => Some(moment.time().to_string()),
            ("time", Value::Time(time)) => Some(time.to_string()),
            ("iso", _) => plain::iso(value),
            ("ym", _) => plain::ym(value),
            ("ymd", _) => plain::ymd(value),
            ("year", _) => plain::month_of(value).map(|month| month.year().to_string()),
            ("pad", _) => plain::pad(value, width(arguments.first()).min(40)),
            ("filename", _) => Some(plain::filename(&self.plain_text(value)?)),
            ("lower", Value::Text(text)) => Some(text.to_lowercase()),
            ("upper", Value::Text(text)) => Some(text.to_uppercase()),
            _ => None,
        })
    }

    fn money(&self, amount: &Number, arguments: &[Value], filter: &Ident) -> Outcome<String> {
        let setting = self.setting()?;
        let unknown = |what: &str| Fault::wrong("E0121", filter.span, format!("`money` does not know {what}"));
        let currency = Currency::named(&setting.currency).ok_or_else(|| unknown(&setting.currency))?;
        let mut style = MoneyStyle::new(currency);
        for argument in arguments {
            style = style.with(argument).ok_or_else(|| unknown(&self.label(argument)))?;
        }
        Ok(setting.locale.money(amount, style))
    }
}

fn of_list(eval: &Evaluator<'_>, value: &Value, name: &str, arguments: &[Value]) -> Outcome<Option<String>> {
    let Value::List(items) = value else { return Ok(None) };
    Ok(match (name, arguments.first()) {
        ("bullets", _) => {
            let inert: Outcome<Vec<String>> =
                items.iter().map(|item| Ok(escape_inside(&eval.plain_text(item)?))).collect();
            Some(plain::bullets(&inert?))
        }
        ("lines", _) => Some(eval.joined(items, "\n")?),
        ("join", Some(Value::Text(between))) => Some(eval.joined(items, between)?),
        ("join", None) => Some(eval.joined(items, ", ")?),
        _ => None,
    })
}
