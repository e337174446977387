//! Values of the language: exact numbers, dates, times, text, rows; how they compare, calculate and print.

pub(crate) mod arithmetic;
pub(crate) mod calendar;
pub(crate) mod comparison;
pub(crate) mod currency;
pub(crate) mod date;
mod digits;
pub(crate) mod error;
mod facts;
pub(crate) mod filter;
pub(crate) mod language;
pub(crate) mod letter;
pub(crate) mod locale;
pub(crate) mod number;
pub(crate) mod number_format;
pub(crate) mod topic;
pub(crate) mod usual;
pub(crate) mod zone;

use std::sync::Arc;

pub use date::{Date, Duration, Moment, Month, Time};
pub use error::ValueError;
pub use facts::Facts;
pub use number::Number;

/// A fact, by its position in the plan's list of facts. Everything printed carries the facts it printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// One turn of a family: a row of a table, a person, a file, a mail, an objective. Families are numbered by the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    pub family: u32,
    pub index: u32,
}

/// Some rows of one family, in order: a table, or `table where condition`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub family: u32,
    pub indexes: Arc<[u32]>,
}

/// A template (or parameterised `let`, `phrases`) with its arguments: what `from = template(args)` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// Which declaration of the program.
    pub declaration: u32,
    pub arguments: Vec<Value>,
    /// The facts each argument was read from, so that what the template prints of it has its source.
    pub facts: Vec<Facts>,
}

/// Any value of the language.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    #[default]
    None,
    Bool(bool),
    Number(Number),
    Text(Arc<str>),
    Date(Date),
    Month(Month),
    Time(Time),
    Moment(Moment),
    Duration(Duration),
    /// Both ends included; of times or moments.
    Interval(Arc<(Value, Value)>),
    List(Arc<[Value]>),
    Item(Item),
    Rows(Rows),
    Applied(Arc<Applied>),
    /// Somebody who is no persona: name and address.
    Correspondent(Arc<(Arc<str>, Arc<str>)>),
}

impl Value {
    /// What the author calls this kind of value.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::None => "none",
            Value::Bool(_) => "yes or no",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Date(_) => "a date",
            Value::Month(_) => "a month",
            Value::Time(_) => "a time",
            Value::Moment(_) => "a moment",
            Value::Duration(_) => "a duration",
            Value::Interval(_) => "a range of time",
            Value::List(_) => "a list",
            Value::Item(_) => "a row",
            Value::Rows(_) => "a table",
            Value::Applied(_) => "a filled-in template",
            Value::Correspondent(_) => "a correspondent",
        }
    }

    /// Whether this is `none`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// How the value prints without a filter; none for what does not print by itself: rows, tables, lists, templates.
    pub fn to_text(&self) -> Option<String> {
        Some(match self {
            Value::None => String::new(),
            Value::Bool(answer) => if *answer { "yes" } else { "no" }.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Month(month) => month.to_string(),
            Value::Time(time) => time.to_string(),
            Value::Moment(moment) => moment.to_string(),
            Value::Duration(span) => span.to_string(),
            Value::Interval(ends) => format!("{}..{}", ends.0.to_text()?, ends.1.to_text()?),
            Value::Correspondent(stranger) => stranger.0.to_string(),
            Value::List(_) | Value::Item(_) | Value::Rows(_) | Value::Applied(_) => return None,
        })
    }
}
