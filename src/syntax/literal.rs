//! What begins with a digit: numbers, percent, dates, months, times, durations, working days.

use rust_decimal::Decimal;

use super::tree::ExprKind;
use crate::value::{Date, Duration, Month, Number, Time};

/// A literal that means nothing: what is wrong, and a way out.
pub(crate) struct Wrong {
    pub message: String,
    pub help: String,
}

/// A finding without its place.
fn wrong(message: String, help: impl Into<String>) -> Wrong {
    Wrong { message, help: help.into() }
}

/// What a literal means.
pub(crate) fn read(written: &str) -> Result<ExprKind, Wrong> {
    let (day, clock) = match written.split_once([' ', '\t']) {
        Some((day, clock)) => (day, Some(clock.trim_start_matches([' ', '\t']))),
        None => (written, None),
    };
    if let Some(number) = day.strip_prefix("wd") {
        return working_day(number, clock);
    }
    if day.contains('-') {
        return date_or_month(day, clock);
    }
    if day.contains(':') {
        return Ok(ExprKind::Time(time(day)?));
    }
    quantity(day)
}

/// `wd4` or `wd4 12:00`. No month has more than 23 working days.
fn working_day(number: &str, clock: Option<&str>) -> Result<ExprKind, Wrong> {
    match number.parse::<u32>() {
        Ok(day @ 1..=23) => Ok(ExprKind::WorkingDay(day, clock.map(time).transpose()?)),
        _ => Err(wrong(format!("a month has no working day `wd{number}`"), "working days count from wd1 to wd23")),
    }
}

/// `2026-03`, `2026-03-02` or `2026-03-02 09:12`.
fn date_or_month(day: &str, clock: Option<&str>) -> Result<ExprKind, Wrong> {
    let parts: Vec<&str> = day.split('-').collect();
    if parts.iter().skip(1).any(|part| part.len() != 2) {
        return Err(wrong(
            format!("`{day}` is not a date: months and days have two digits"),
            format!("write `{}`", padded(&parts)),
        ));
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (year, month) = (number(0) as i32, number(1));
    if !(1..=12).contains(&month) {
        return Err(wrong(format!("there is no month {month} in `{day}`"), "months run from 01 to 12"));
    }
    if parts.len() == 2 {
        return match clock {
            None => Ok(ExprKind::Month(Month(year * 12 + month as i32 - 1))),
            Some(clock) => {
                Err(wrong(format!("`{day} {clock}` has a time but no day"), format!("write `{day}-01 {clock}`")))
            }
        };
    }
    let Some(date) = Date::from_ymd(year, month, number(2)) else {
        return Err(wrong(format!("there is no day {} in {}-{}", number(2), parts[0], parts[1]), "check the day"));
    };
    Ok(match clock {
        Some(clock) => ExprKind::Moment(date, time(clock)?),
        None => ExprKind::Date(date),
    })
}

/// The parts of a date with two digits each.
fn padded(parts: &[&str]) -> String {
    parts.iter().map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-")
}

/// `09:12`.
fn time(written: &str) -> Result<Time, Wrong> {
    let (hours, minutes) = written.split_once(':').unwrap_or((written, ""));
    match (hours.parse::<u32>(), minutes.parse::<u32>()) {
        (Ok(hours @ 0..=23), Ok(minutes @ 0..=59)) => Ok(Time(hours * 3600 + minutes * 60)),
        _ => Err(wrong(format!("there is no time `{written}`"), "times run from 00:00 to 23:59")),
    }
}

/// A number, a percent or a duration.
fn quantity(written: &str) -> Result<ExprKind, Wrong> {
    let digits = written.trim_end_matches(|last: char| !last.is_ascii_digit() && last != '_');
    let unit = &written[digits.len()..];
    match unit {
        "" => Ok(ExprKind::Number(number(digits, false)?)),
        "%" => Ok(ExprKind::Number(number(digits, true)?)),
        "m" => duration(written, digits, 60),
        "h" => duration(written, digits, 3600),
        "d" => duration(written, digits, 86_400),
        "w" => duration(written, digits, 7 * 86_400),
        _ => Err(unknown_unit(written)),
    }
}

/// Letters behind a number that are no unit.
fn unknown_unit(written: &str) -> Wrong {
    let message = format!("`{written}` is neither a number nor a duration");
    wrong(
        message,
        "durations end in m, h, d or w (minutes, hours, days, weeks); a code such as \"4100\" stands in quotes",
    )
}

/// `30m`, `4h`, `2d`, `1w`.
fn duration(written: &str, digits: &str, seconds: i64) -> Result<ExprKind, Wrong> {
    if digits.contains(['.', '_']) {
        return Err(wrong(
            format!("`{written}` is not a duration: they are whole numbers"),
            "use a smaller unit, as in `90m`",
        ));
    }
    // Ten thousand years: longer than any calendar here, and far from overflow.
    const LONGEST: i64 = 10_000 * 366 * 86_400;
    match digits.parse::<i64>().ok().and_then(|count| count.checked_mul(seconds)) {
        Some(length) if length <= LONGEST => Ok(ExprKind::Duration(Duration(length))),
        _ => Err(wrong(format!("`{written}` is longer than ten thousand years"), "write a shorter duration")),
    }
}

/// A plain number with at most 28 digits.
fn number(written: &str, percent: bool) -> Result<Number, Wrong> {
    let letters = written.contains(|character: char| !matches!(character, '0'..='9' | '_' | '.'));
    if letters {
        return Err(unknown_unit(written));
    }
    if written.ends_with('_') || written.contains("__") || written.contains("_.") {
        return Err(wrong(format!("`{written}` has an `_` that separates nothing"), "write `212_000`"));
    }
    let places = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0');
    let scale = places + if percent { 2 } else { 0 };
    if significant.len() > 28 || scale > 28 {
        return Err(wrong("this number has too many digits".to_string(), "numbers have at most 28 digits"));
    }
    let mantissa = significant.parse::<i128>().unwrap_or(0);
    match Decimal::try_from_i128_with_scale(mantissa, scale as u32) {
        Ok(decimal) => Ok(Number { decimal, places: scale as u8, percent }),
        Err(_) => Err(wrong("this number has too many digits".to_string(), "numbers have at most 28 digits")),
    }
}
