//! Conditions as trees: what is known, what the scene says, and how the parts join.

use std::cmp::Ordering;

use crate::image::script::{Condition, Given};
use crate::judge::Frame;

/// Whether a condition holds in full.
pub(crate) fn holds(condition: &Condition, frame: Frame<'_>) -> bool {
    match condition {
        Condition::Known { value, .. } => *value == Given::Bool(true),
        Condition::Not(part) => !holds(part, frame),
        Condition::All(parts) => parts.iter().all(|part| holds(part, frame)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, frame)),
        Condition::Each(parts) => parts.iter().all(|(_, part)| holds(part, frame)),
        Condition::Compare { operator, left, right, .. } => {
            let ordering = order(&reading(left, frame), &reading(right, frame));
            ordering.is_some_and(|ordering| agrees(operator, ordering))
        }
        Condition::Word { .. } | Condition::List(_) | Condition::Arithmetic { .. } => false,
    }
}

/// What a part of a comparison says now.
fn reading(condition: &Condition, frame: Frame<'_>) -> Given {
    match condition {
        Condition::Known { value, .. } => value.clone(),
        Condition::Word { name, .. } if name == "now" => Given::Moment(frame.now),
        _ => Given::None,
    }
}

/// A moment against a date compares the date part [V3].
fn order(left: &Given, right: &Given) -> Option<Ordering> {
    match (left, right) {
        (Given::Moment(left), Given::Moment(right)) => Some(left.cmp(right)),
        (Given::Moment(left), Given::Date(right)) => Some(left.date().cmp(right)),
        (Given::Date(left), Given::Moment(right)) => Some(left.cmp(&right.date())),
        (Given::Date(left), Given::Date(right)) => Some(left.cmp(right)),
        (Given::Number(left), Given::Number(right)) => left.partial_cmp(right),
        _ => None,
    }
}

fn agrees(operator: &str, ordering: Ordering) -> bool {
    match operator {
        "==" => ordering == Ordering::Equal,
        "!=" => ordering != Ordering::Equal,
        "<" => ordering == Ordering::Less,
        "<=" => ordering != Ordering::Greater,
        ">" => ordering == Ordering::Greater,
        ">=" => ordering != Ordering::Less,
        _ => false,
    }
}
