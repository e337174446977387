//! Values of the language: exact numbers, dates, times, text, rows; how they compare, calculate and print.

pub(crate) mod date;
pub(crate) mod number;

use std::sync::Arc;

pub use date::{Date, Duration, Moment, Month, Time};
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
}
