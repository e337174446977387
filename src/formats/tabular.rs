//! The first sheet of a workbook as data: csv and json, for machines, whatever the locale.

use std::fmt::Write;

use crate::document::{Book, Cell, CellValue, Sheet};

/// RFC 4180 with `\n` line ends: a comma between fields, quotes where they are needed, ISO dates, a decimal point.
pub(crate) fn csv(book: &Book) -> String {
    let mut out = String::new();
    let Some(sheet) = book.sheets.first() else { return out };
    for row in &sheet.rows {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                out.push(',');
            }
            field(&text(cell), &mut out);
        }
        out.push('\n');
    }
    out
}

/// An array with one object for each row, on a line of its own. Numbers keep all their digits. Without a header row
/// the array holds arrays.
pub(crate) fn json(book: &Book) -> String {
    let Some(sheet) = book.sheets.first() else { return "[]\n".to_owned() };
    let (keys, rows) = keyed(sheet);
    let lines: Vec<String> = rows.iter().map(|row| object(keys.as_deref(), row)).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// One object on each line; without a header row one array.
pub(crate) fn jsonl(book: &Book) -> String {
    lines(book, &|keys, row| format!("{}\n", object(keys, row).trim_start()))
}

/// A list of maps; without a header row one of lists. Flow style, which is JSON, keeps texts unmistakable.
pub(crate) fn yaml(book: &Book) -> String {
    lines(book, &|keys, row| format!("- {}\n", object(keys, row).trim_start()))
}

/// The rows below the header of the first sheet, each as a line.
fn lines(book: &Book, line: &dyn Fn(Option<&[String]>, &[Cell]) -> String) -> String {
    let Some(sheet) = book.sheets.first() else { return String::new() };
    let (keys, rows) = keyed(sheet);
    rows.iter().map(|row| line(keys.as_deref(), row)).collect()
}

/// What the first row calls the columns, if it is a header, and the rows below it.
fn keyed(sheet: &Sheet) -> (Option<Vec<String>>, &[Vec<Cell>]) {
    match sheet.rows.split_first() {
        Some((header, rows)) if sheet.header => (Some(header.iter().map(text).collect()), rows),
        _ => (None, &sheet.rows),
    }
}

fn object(keys: Option<&[String]>, row: &[Cell]) -> String {
    let mut out = String::from(if keys.is_some() { "  {" } else { "  [" });
    for (column, cell) in row.iter().enumerate() {
        if column > 0 {
            out.push_str(", ");
        }
        if let Some(key) = keys.and_then(|keys| keys.get(column)) {
            string(key, &mut out);
            out.push_str(": ");
        }
        value(cell, &mut out);
    }
    out.push_str(if keys.is_some() { "}" } else { "]" });
    out
}

fn value(cell: &Cell, out: &mut String) {
    match &cell.value {
        CellValue::Empty => out.push_str("null"),
        CellValue::Number(number) => out.push_str(&number.in_full()),
        CellValue::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        _ => string(&text(cell), out),
    }
}

/// A JSON string.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter if letter < ' ' => {
                let _ = write!(out, "\\u{:04x}", letter as u32);
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
}

/// A cell as machines write it.
fn text(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.to_string(),
        CellValue::Number(number) => number.in_full(),
        CellValue::Bool(value) => value.to_string(),
        CellValue::Date(date) => date.to_string(),
        CellValue::Month(month) => month.to_string(),
        CellValue::Moment(at) => at.iso(),
        CellValue::Error(error) => error.shown().to_owned(),
    }
}

fn field(text: &str, out: &mut String) {
    let quoted = text.contains(['"', ',', '\n', '\r']) || text.trim().len() != text.len();
    if quoted {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}
