//! What `+ − * /` and `a..b` mean between any two values [V3], [V5]. With `none` the result is `none`.

use std::sync::Arc;

use crate::value::error::ValueError;
use crate::value::{Date, Duration, Moment, Month, Number, Time, Value};

/// A step of calculation that either has a value, a reason why not, or no meaning for these types.
type Outcome = Option<Result<Value, ValueError>>;

/// `left + right`.
pub fn add(left: &Value, right: &Value) -> Result<Value, ValueError> {
    let outcome = match (left, right) {
        (Value::None, _) | (_, Value::None) => Some(Ok(Value::None)),
        (Value::Number(left), Value::Number(right)) => Some(left.add(*right).map(Value::Number)),
        (Value::Date(date), Value::Time(time)) => Some(Ok(Value::Moment(date.at(*time)))),
        (Value::Duration(span), moved) | (moved, Value::Duration(span)) => shift(moved, *span),
        _ => None,
    };
    outcome.unwrap_or_else(|| mismatch(left, "+", right))
}

/// `left - right`.
pub fn subtract(left: &Value, right: &Value) -> Result<Value, ValueError> {
    let outcome = match (left, right) {
        (Value::None, _) | (_, Value::None) => Some(Ok(Value::None)),
        (Value::Number(left), Value::Number(right)) => Some(left.subtract(*right).map(Value::Number)),
        (moved, Value::Duration(span)) => shift(moved, Duration(-span.0)),
        _ => distance(left, right).map(|seconds| Ok(Value::Duration(Duration(seconds)))),
    };
    outcome.unwrap_or_else(|| mismatch(left, "-", right))
}

/// `left * right`.
pub fn multiply(left: &Value, right: &Value) -> Result<Value, ValueError> {
    match (left, right) {
        (Value::None, _) | (_, Value::None) => Ok(Value::None),
        (Value::Number(left), Value::Number(right)) => left.multiply(*right).map(Value::Number),
        (Value::Number(count), Value::Duration(span)) | (Value::Duration(span), Value::Number(count)) => {
            seconds(Number::from_i64(span.0).multiply(*count)?)
        }
        _ => mismatch(left, "*", right),
    }
}

/// `left / right`.
pub fn divide(left: &Value, right: &Value) -> Result<Value, ValueError> {
    match (left, right) {
        (Value::None, _) | (_, Value::None) => Ok(Value::None),
        (Value::Number(left), Value::Number(right)) => left.divide(*right).map(Value::Number),
        (Value::Duration(span), Value::Number(count)) => seconds(Number::from_i64(span.0).divide(*count)?),
        _ => mismatch(left, "/", right),
    }
}

/// `-value`.
pub fn negate(value: &Value) -> Result<Value, ValueError> {
    match value {
        Value::None => Ok(Value::None),
        Value::Number(number) => Ok(Value::Number(number.negate())),
        Value::Duration(span) => Ok(Value::Duration(Duration(-span.0))),
        _ => Err(ValueError::Mismatch { left: "", operator: "-", right: value.type_name() }),
    }
}

/// `first..last`: a list of numbers, days or months of at most `limit` members, or an interval of times or moments.
pub fn range(first: &Value, last: &Value, limit: usize) -> Result<Value, ValueError> {
    let too_long = || ValueError::TooLong { calculation: format!("{}..{}", plain(first), plain(last)), limit };
    let members = match (first, last) {
        (Value::Number(first), Value::Number(last)) => return numbers(*first, *last, limit, too_long),
        (Value::Date(from), Value::Date(to)) => counted(from.0, to.0, limit, |day| Value::Date(Date(day))),
        (Value::Month(from), Value::Month(to)) => counted(from.0, to.0, limit, |month| Value::Month(Month(month))),
        (Value::Time(_), Value::Time(_)) | (Value::Moment(_), Value::Moment(_)) => {
            return Ok(Value::Interval(Arc::new((first.clone(), last.clone()))));
        }
        _ => return mismatch(first, "..", last),
    };
    members.map(Value::List).ok_or_else(too_long)
}

/// A value as it prints without filters, for messages about calculations.
fn plain(value: &Value) -> String {
    value.to_text().unwrap_or_else(|| value.type_name().to_string())
}

fn mismatch<T>(left: &Value, operator: &'static str, right: &Value) -> Result<T, ValueError> {
    Err(ValueError::Mismatch { left: left.type_name(), operator, right: right.type_name() })
}

/// Moves a date, time, moment or duration by a span.
fn shift(moved: &Value, span: Duration) -> Outcome {
    let shifted = match moved {
        Value::Date(date) => match span.whole_days() {
            Some(days) => date.plus_days(days).map(Value::Date),
            None => {
                return Some(Err(ValueError::PartOfDay { calculation: shift_shown(moved, span) }));
            }
        },
        Value::Moment(moment) => moment.plus(span).map(Value::Moment),
        Value::Duration(other) => other.0.checked_add(span.0).and_then(Duration::from_seconds).map(Value::Duration),
        Value::Time(time) => u32::try_from(i64::from(time.0).saturating_add(span.0))
            .ok()
            .filter(|seconds| *seconds <= Time::END.0)
            .map(|seconds| Value::Time(Time(seconds))),
        _ => return None,
    };
    Some(shifted.ok_or_else(|| {
        let calculation = shift_shown(moved, span);
        match moved {
            Value::Time(_) => ValueError::OutsideDay { calculation },
            _ => ValueError::OutsideCalendar { calculation },
        }
    }))
}

/// A shift as its author wrote it.
fn shift_shown(moved: &Value, span: Duration) -> String {
    let (operator, size) = if span.0 < 0 { ("-", Duration(-span.0)) } else { ("+", span) };
    format!("{} {operator} {size}", plain(moved))
}

/// The seconds between two points in time of one kind.
fn distance(left: &Value, right: &Value) -> Option<i64> {
    let seconds = |value: &Value| match value {
        Value::Date(date) => Some(Moment::new(*date, Time::START).0),
        Value::Moment(moment) => Some(moment.0),
        Value::Time(time) => Some(i64::from(time.0)),
        _ => None,
    };
    let alike = std::mem::discriminant(left) == std::mem::discriminant(right);
    if alike { Some(seconds(left)? - seconds(right)?) } else { None }
}

/// A number of seconds, rounded to whole ones.
fn seconds(number: Number) -> Result<Value, ValueError> {
    let span = number.round(0).to_i64().and_then(Duration::from_seconds);
    let too_long = || ValueError::OutsideCalendar { calculation: format!("a duration of {number} seconds") };
    span.map(Value::Duration).ok_or_else(too_long)
}

fn counted(from: i32, to: i32, limit: usize, member: impl Fn(i32) -> Value) -> Option<Arc<[Value]>> {
    let length = i64::from(to) - i64::from(from) + 1;
    if length > limit as i64 { None } else { Some((from..=to).map(member).collect()) }
}

/// Numbers count in steps of their last place, so `0.1..0.3` has three members.
fn numbers(first: Number, last: Number, limit: usize, too_long: impl Fn() -> ValueError) -> Result<Value, ValueError> {
    let step = if first.places >= last.places { first.step() } else { last.step() };
    let steps = last.subtract(first)?.multiply_exactly(step.places).ok_or_else(&too_long)?;
    if steps >= limit as i128 {
        return Err(too_long());
    }
    let mut members = Vec::new();
    let mut member = Number { places: step.places, ..first };
    for _ in 0..=steps {
        members.push(Value::Number(member));
        member = Number { percent: first.percent, ..member.add(step)? };
    }
    Ok(Value::List(members.into()))
}

impl Number {
    /// How many units of the `places`-th place the number has, if that is a whole number of them.
    fn multiply_exactly(self, places: u8) -> Option<i128> {
        let (mantissa, scale) = self.parts();
        mantissa.checked_mul(10_i128.pow(u32::from(places).checked_sub(scale)?))
    }
}
