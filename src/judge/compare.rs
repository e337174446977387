//! Comparisons: numbers within a tolerance, texts, dates, intervals [O4], [G4].

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::image::script::Given;
use crate::judge::dates::dates;
use crate::judge::numbers::{figures, whole};
use crate::judge::reading::{Reading, Seen};
use crate::judge::verdict::{Evidence, Verdict};
use crate::value::comparison::fold;
use crate::value::{Moment, Number};

/// Whether two sides compare so; what a file shows is the evidence.
pub(crate) fn verdict(operator: &str, left: &Reading, right: &Reading, within: Option<&Given>) -> Verdict {
    match (left, right) {
        (Reading::Missing(why), _) | (_, Reading::Missing(why)) => Verdict::no(why.as_str()),
        (Reading::Seen(seen), Reading::Given(fact)) => seen_against(operator, seen, fact, within),
        (Reading::Given(fact), Reading::Seen(seen)) => seen_against(mirrored(operator), seen, fact, within),
        (Reading::Seen(left), Reading::Seen(right)) => both_seen(operator, left, right, within),
        (Reading::Given(left), Reading::Given(right)) => {
            let said = Evidence::new("", format!("it is {}", spoken(left)));
            Verdict::of(given(operator, left, right), vec![said])
        }
    }
}

fn mirrored(operator: &str) -> &str {
    match operator {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        other => other,
    }
}

/// Every place must agree; nought places never do.
fn seen_against(operator: &str, seen: &[Seen], fact: &Given, within: Option<&Given>) -> Verdict {
    let one = |seen: &Seen| agrees(operator, seen, fact, within);
    let held = !seen.is_empty() && seen.iter().all(one);
    Verdict::of(held, seen.iter().map(|seen| Evidence::new(seen.place.clone(), seen.text.clone())).collect())
}

fn agrees(operator: &str, seen: &Seen, fact: &Given, within: Option<&Given>) -> bool {
    match fact {
        Given::Number(fact) => match number(seen) {
            Some((value, unit)) => {
                let tolerance =
                    tolerance(fact, within).max(if seen.printed { unit / Decimal::TWO } else { Decimal::ZERO });
                ordered(operator, close(value, fact.decimal, tolerance))
            }
            None => false,
        },
        Given::Date(date) => dates(&seen.text).iter().any(|seen| ordered(operator, seen.cmp(date))),
        Given::Moment(moment) => dates(&seen.text).iter().any(|seen| ordered(operator, seen.cmp(&moment.date()))),
        Given::Month(month) => equality(operator, super::dates::is_month(&seen.text, *month)),
        Given::Text(text) => equality(operator, fold(&seen.text) == fold(text)),
        Given::Bool(yes) => {
            let words: &[&str] = if *yes { &["yes", "true", "ja", "wahr"] } else { &["no", "false", "nein", "falsch"] };
            equality(operator, words.contains(&fold(&seen.text).as_str()))
        }
        Given::None => equality(operator, seen.text.trim().is_empty()),
        Given::Interval(ends) if operator == "in" => {
            agrees(">=", seen, &ends.0, within) && agrees("<=", seen, &ends.1, within)
        }
        Given::List(items) if operator == "in" => items.iter().any(|item| agrees("==", seen, item, within)),
        _ => false,
    }
}

fn equality(operator: &str, same: bool) -> bool {
    match operator {
        "==" => same,
        "!=" => !same,
        _ => false,
    }
}

/// Equal within the tolerance, otherwise less or greater.
fn close(value: Decimal, fact: Decimal, tolerance: Decimal) -> Ordering {
    if (value - fact).abs() <= tolerance { Ordering::Equal } else { value.cmp(&fact) }
}

fn ordered(operator: &str, ordering: Ordering) -> bool {
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

/// The tolerance of a comparison [O4]: absolute, or relative to the fact in percent; without one half the last place of a
/// fact with decimals, else none.
pub(crate) fn tolerance(fact: &Number, within: Option<&Given>) -> Decimal {
    match within {
        Some(Given::Number(number)) if number.percent => (number.decimal * fact.decimal).abs(),
        Some(Given::Number(number)) => number.decimal.abs(),
        _ if fact.places > 0 => Decimal::new(5, u32::from(fact.places) + 1),
        _ => Decimal::ZERO,
    }
}

/// The number a place shows, in full, and what its last digit is worth. A sentence with several numbers shows none.
pub(crate) fn number(seen: &Seen) -> Option<(Decimal, Decimal)> {
    let figure = whole(&seen.text, seen.mark).or_else(|| match figures(&seen.text, seen.mark).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    })?;
    let scale = Decimal::from(10_i64.checked_pow(seen.scale)?);
    Some((figure.value.checked_mul(scale)?, figure.unit.checked_mul(scale)?))
}

fn both_seen(operator: &str, left: &[Seen], right: &[Seen], within: Option<&Given>) -> Verdict {
    let evidence = left.iter().chain(right).map(|seen| Evidence::new(seen.place.clone(), seen.text.clone())).collect();
    let values = |side: &[Seen]| side.iter().map(number).collect::<Option<Vec<_>>>();
    let held = match (values(left), values(right)) {
        (Some(left), Some(right)) => left.iter().all(|(value, unit)| {
            right.iter().all(|(other, other_unit)| {
                let coarser = unit.max(other_unit) / Decimal::TWO;
                let given = Number::parse(&other.normalize().to_string()).map(|fact| tolerance(&fact, within));
                ordered(operator, close(*value, *other, given.unwrap_or(Decimal::ZERO).max(coarser)))
            })
        }),
        _ => false,
    };
    Verdict::of(held, evidence)
}

/// Two values that are known.
fn given(operator: &str, left: &Given, right: &Given) -> bool {
    match (operator, right) {
        ("in", Given::Interval(ends)) => given(">=", left, &ends.0) && given("<=", left, &ends.1),
        ("in", Given::List(items)) => items.iter().any(|item| given("==", left, item)),
        _ => match order(left, right) {
            Some(ordering) => ordered(operator, ordering),
            None => equality(operator, left == right),
        },
    }
}

/// A moment against a date compares the date part [V3].
fn order(left: &Given, right: &Given) -> Option<Ordering> {
    let date = |value: &Given| match value {
        Given::Date(date) => Some(*date),
        Given::Moment(moment) => Some(moment.date()),
        _ => None,
    };
    match (left, right) {
        (Given::Moment(Moment(left)), Given::Moment(Moment(right))) => Some(left.cmp(right)),
        (Given::Number(left), Given::Number(right)) => Some(left.decimal.cmp(&right.decimal)),
        (Given::Duration(left), Given::Duration(right)) => Some(left.0.cmp(&right.0)),
        (Given::Text(left), Given::Text(right)) => Some(left.cmp(right)),
        _ => Some(date(left)?.cmp(&date(right)?)),
    }
}

/// A value in the words of evidence.
pub(crate) fn spoken(value: &Given) -> String {
    match value {
        Given::Number(number) => number.decimal.normalize().to_string(),
        Given::Text(text) | Given::Named(text) => text.clone(),
        Given::Date(date) => date.to_string(),
        Given::Month(month) => month.to_string(),
        Given::Moment(moment) => moment.iso(),
        Given::Duration(duration) => format!("{} min", duration.0 / 60),
        Given::None => "nothing".to_owned(),
        Given::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Given::Time(time) => time.iso(),
        Given::Interval(ends) => format!("{} to {}", spoken(&ends.0), spoken(&ends.1)),
        Given::List(items) => items.iter().map(spoken).collect::<Vec<_>>().join(", "),
        Given::Rows(rows) => format!("{} rows", rows.len()),
        Given::Outside { name, .. } => name.clone(),
    }
}
