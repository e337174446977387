//! Dates of the working calendar: `wdN`, `workday`, `workdays_after`, `dates` [V3], [T5].

use super::{Evaluator, Fault, Outcome, Scope};
use crate::source::Span;
use crate::syntax::Argument;
use crate::value::calendar::SeriesDay;
use crate::value::{Date, Moment, Month, Number, Time, Value};

impl<'p> Evaluator<'p> {
    /// `wd4` or `wd4 12:00` in the world's month.
    pub(super) fn working_day(&self, day: u32, time: Option<Time>, span: Span) -> Outcome<Value> {
        let setting = self.setting()?;
        let Some(date) = setting.calendar.workday(day, setting.month) else {
            let message = format!("{} has no working day number {day}", setting.month);
            return Err(Fault::wrong("E0213", span, message));
        };
        Ok(match time {
            Some(time) => Value::Moment(Moment::new(date, time)),
            None => Value::Date(date),
        })
    }

    pub(super) fn workday(&self, number: Number, month: Month, span: Span) -> Outcome<Value> {
        let setting = self.setting()?;
        let date = number
            .to_i64()
            .and_then(|day| u32::try_from(day).ok())
            .and_then(|day| setting.calendar.workday(day, month));
        date.map(Value::Date)
            .ok_or_else(|| Fault::wrong("E0213", span, format!("{month} has no working day number {number}")))
    }

    pub(super) fn workdays_after(&self, from: &Value, number: Number, span: Span) -> Outcome<Value> {
        let setting = self.setting()?;
        let count = number.to_i64().filter(|count| (-20_000..=20_000).contains(count));
        let move_date = |date: Date| count.and_then(|count| setting.calendar.workdays_after(date, count));
        let moved = match from {
            Value::Date(date) => move_date(*date).map(Value::Date),
            Value::Moment(moment) => {
                move_date(moment.date()).map(|date| Value::Moment(Moment::new(date, moment.time())))
            }
            _ => None,
        };
        moved.ok_or_else(|| Fault::wrong("E0213", span, format!("no date lies {number} working days after this")))
    }

    /// `dates(range, on: "Tue" | "workday" | "wd4", every: 2w)`.
    pub(super) fn dates(&self, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let (mut range, mut on, mut every) = (Value::None, SeriesDay::Workday, 1);
        for argument in arguments {
            let value = self.argument(argument, scope)?;
            let name = argument.name.as_ref().map(|name| &*name.name);
            match (name, &value) {
                (Some("on"), Value::Text(text)) => {
                    on = SeriesDay::parse(text).ok_or_else(|| {
                        let message = format!("`{text}` is no day to repeat on");
                        Fault::from(
                            crate::diag::Diagnostic::error("E0213", argument.value.span, message)
                                .help("use \"Mon\" to \"Sun\", \"workday\", \"wd4\" or \"any\""),
                        )
                    })?;
                }
                (Some("every"), Value::Duration(step)) => every = (step.0 / (7 * 86_400)).max(1) as u32,
                (None, _) => range = value,
                _ => return Err(self.type_fault(argument.value.span, "a day name or a number of weeks", &value)),
            }
        }
        let Some((first, last)) = ends(&range) else {
            return Err(self.type_fault(span, "a range of dates or months", &range));
        };
        let days = self.setting()?.calendar.series(first, last, on, every);
        Ok(Value::List(days.into_iter().map(Value::Date).collect()))
    }
}

/// First and last day of a range of days or months.
fn ends(range: &Value) -> Option<(Date, Date)> {
    let first = |value: &Value| match value {
        Value::Month(month) => Some(month.first()),
        other => crate::value::filter::date_of(other),
    };
    let last = |value: &Value| match value {
        Value::Month(month) => Some(month.last()),
        other => crate::value::filter::date_of(other),
    };
    match range {
        Value::List(items) => Some((first(items.first()?)?, last(items.last()?)?)),
        Value::Interval(ends) => Some((first(&ends.0)?, last(&ends.1)?)),
        one => Some((first(one)?, last(one)?)),
    }
}
