//! What can go wrong when values are calculated, in words an author understands.

use std::fmt;

/// A calculation that has no result. The operands are kept as they print, so that a message can show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// The result needs more than 28 digits.
    Overflow { calculation: String },
    /// A division by zero.
    DivisionByZero { calculation: String },
    /// The result lies outside the calendar, which knows the years 1900 to 2100.
    OutsideCalendar { calculation: String },
    /// The result is no time of the same day.
    OutsideDay { calculation: String },
    /// A date moves by whole days only.
    PartOfDay { calculation: String },
    /// A range with more members than a list may have.
    TooLong { calculation: String, limit: usize },
    /// A draw from nothing: `between(5, 3)`, a step that is not above zero.
    Empty { calculation: String },
    /// These two kinds of value cannot be calculated with each other so.
    /// With nothing on the left the operator stands before its operand.
    Mismatch { left: &'static str, operator: &'static str, right: &'static str },
}

impl fmt::Display for ValueError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueError::Overflow { calculation } => write!(formatter, "{calculation} needs more than 28 digits"),
            ValueError::DivisionByZero { calculation } => write!(formatter, "{calculation} divides by zero"),
            ValueError::OutsideCalendar { calculation } => {
                write!(formatter, "{calculation} is outside the years 1900 to 2100")
            }
            ValueError::OutsideDay { calculation } => write!(formatter, "{calculation} is not on the same day"),
            ValueError::PartOfDay { calculation } => {
                write!(formatter, "{calculation} is not a whole number of days: use a moment")
            }
            ValueError::TooLong { calculation, limit } => {
                write!(formatter, "{calculation} has more than {limit} members")
            }
            ValueError::Empty { calculation } => write!(formatter, "{calculation} has nothing to choose from"),
            ValueError::Mismatch { left, operator, right } => {
                let calculation = format!("{left} {operator} {right}");
                write!(formatter, "{} has no meaning", calculation.trim_start())
            }
        }
    }
}

impl std::error::Error for ValueError {}
