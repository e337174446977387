//! Cells and their values as a sheet part holds them. This is the bulk of a workbook, so nothing here allocates.

use std::sync::Arc;

use super::Pool;
use super::strings::marked;
use crate::document::{Cell, CellValue};
use crate::formats::xml;
use crate::value::{Date, Moment};

/// Appends a cell: its place, its style (0 is the default) and what it holds.
pub(super) fn cell(place: (&str, &str), style: u16, cell: &Cell, pool: &mut Pool, out: &mut String) {
    out.push_str("<c r=\"");
    out.push_str(place.0);
    out.push_str(place.1);
    if style != 0 {
        out.push_str("\" s=\"");
        integer(u64::from(style), out);
    }
    match (&cell.formula, &cell.value) {
        (None, CellValue::Empty) => out.push_str("\"/>"),
        (Some(formula), value) => {
            out.push_str(kind(value));
            out.push_str("<f>");
            xml::text(formula, out);
            out.push_str("</f><v>");
            calculated(value, out);
            out.push_str("</v></c>");
        }
        (None, value) => {
            typed(value, pool, out);
            out.push_str("</v></c>");
        }
    }
}

/// The type of a formula's result, up to the end of the tag.
fn kind(value: &CellValue) -> &'static str {
    match value {
        CellValue::Text(_) => "\" t=\"str\">",
        CellValue::Bool(_) => "\" t=\"b\">",
        CellValue::Error(_) => "\" t=\"e\">",
        _ => "\">",
    }
}

/// The result of a formula; its text stands in the cell.
fn calculated(value: &CellValue, out: &mut String) {
    match value {
        CellValue::Empty => {}
        CellValue::Text(text) => xml::text(&marked(text), out),
        CellValue::Number(number) => number.write_canonical(out),
        CellValue::Bool(value) => out.push_str(if *value { "1" } else { "0" }),
        CellValue::Error(error) => out.push_str(error.shown()),
        CellValue::Date(_) | CellValue::Month(_) | CellValue::Moment(_) => {
            if let Some(at) = serial(value) {
                days(at, out);
            }
        }
    }
}

/// Type and value of a cell without a formula, up to the end of the value. Texts are shared.
fn typed(value: &CellValue, pool: &mut Pool, out: &mut String) {
    let mut shared = |text: &Arc<str>, out: &mut String| {
        out.push_str("\" t=\"s\"><v>");
        integer(u64::from(pool.strings.number(text)), out);
    };
    match value {
        CellValue::Text(text) => shared(text, out),
        CellValue::Date(_) | CellValue::Month(_) | CellValue::Moment(_) if serial(value).is_none() => {
            shared(&written(value).into(), out);
        }
        _ => {
            out.push_str(kind(value));
            out.push_str("<v>");
            calculated(value, out);
        }
    }
}

/// A date, month or moment as spreadsheets count it: none before March 1900, which they count wrongly or not at all.
pub(super) fn serial(value: &CellValue) -> Option<Moment> {
    let at = match value {
        CellValue::Date(date) => Moment(i64::from(date.0) * 86_400),
        CellValue::Month(month) => {
            let Date(day) = month.first();
            Moment(i64::from(day) * 86_400)
        }
        CellValue::Moment(at) => *at,
        _ => return None,
    };
    (serial_day(at) >= 61).then_some(at)
}

fn serial_day(at: Moment) -> i64 {
    i64::from(at.date().0) + 25_569
}

/// A day too early to count, in words.
fn written(value: &CellValue) -> String {
    match value {
        CellValue::Date(date) => date.to_string(),
        CellValue::Month(month) => month.to_string(),
        CellValue::Moment(at) => at.iso(),
        _ => String::new(),
    }
}

/// Days and the part of a day, to the ten-thousandth of a second.
fn days(at: Moment, out: &mut String) {
    integer(serial_day(at) as u64, out);
    let second = u64::from(at.time().0);
    if second == 0 {
        return;
    }
    let fraction = format!(".{:010}", (second * 10_000_000_000 + 43_200) / 86_400);
    out.push_str(fraction.trim_end_matches('0'));
}

/// Appends a number's digits; `write!` is slow enough to show in a sheet of thousands of cells.
pub(super) fn integer(number: u64, out: &mut String) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    let mut rest = number;
    loop {
        at -= 1;
        text[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.push_str(std::str::from_utf8(&text[at..]).unwrap_or_default());
}
