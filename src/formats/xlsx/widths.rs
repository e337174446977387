//! Column widths that show everything: a number that does not fit is printed as `####`. Widths are hundredths of a digit
//! of the workbook's font.

use std::fmt::Write;

use super::{cells, shown};
use crate::document::{Cell, CellValue, Sheet};

/// What a column needs beside its text, the button of a filter, the narrowest and the widest column.
const PADDING: usize = 170;
const FILTER: usize = 220;
const NARROWEST: usize = 871;
const WIDEST: usize = 6_000;
/// A digit, plain and bold; letters are narrower on average. A title's letters are larger.
const DIGIT: usize = 103;
const BOLD: usize = 112;
/// A header longer than this is broken into lines.
const HEADER: usize = 1_800;

/// The width of each column.
pub(super) fn of(sheet: &Sheet) -> Vec<usize> {
    let mut widths = vec![0; sheet.width()];
    for (index, row) in sheet.rows.iter().enumerate() {
        let header = sheet.header && index == 0;
        let total = sheet.total && index + 1 == sheet.rows.len();
        for (column, cell) in row.iter().enumerate() {
            if !header && !sheet.header && runs_over(row, column) {
                continue;
            }
            let digit = if header || total || cell.bold { BOLD } else { DIGIT };
            let needed = if header { header_width(cell) } else { characters(cell) * digit };
            widths[column] = usize::max(widths[column], needed);
        }
    }
    widths.iter().map(|width| (width + PADDING).clamp(NARROWEST, WIDEST)).collect()
}

/// Appends the `cols` element.
pub(super) fn part(widths: &[usize], out: &mut String) {
    if widths.is_empty() {
        return;
    }
    out.push_str("<cols>");
    for (index, width) in widths.iter().enumerate() {
        let column = index + 1;
        let _ = write!(
            out,
            "<col min=\"{column}\" max=\"{column}\" width=\"{}.{:02}\" customWidth=\"1\"/>",
            width / 100,
            width % 100
        );
    }
    out.push_str("</cols>");
}

/// A sheet without header row begins with its title, if it begins with a text that has the row for itself.
pub(super) fn is_title(sheet: &Sheet) -> bool {
    let Some(first) = sheet.rows.first() else { return false };
    let text = first.first().is_some_and(|cell| matches!(cell.value, CellValue::Text(_)) && cell.formula.is_none());
    text && !sheet.header && first[1..].iter().all(|cell| cell.value == CellValue::Empty) && sheet.rows.len() > 1
}

/// Whether a cell is shown in several lines. One that runs over into empty columns is not: it would stand in the narrow
/// column of the labels.
pub(super) fn wraps(sheet: &Sheet, row: usize, column: usize) -> bool {
    let CellValue::Text(text) = &sheet.rows[row][column].value else { return false };
    let long = || text.len() * DIGIT > WIDEST && text_width(text) * DIGIT > WIDEST;
    text.contains('\n') || long() && (sheet.header || !runs_over(&sheet.rows[row], column))
}

/// How many lines a header row needs in these widths.
pub(super) fn lines(header: &[Cell], widths: &[usize]) -> usize {
    let lines = |(cell, width): (&Cell, &usize)| {
        let CellValue::Text(text) = &cell.value else { return 1 };
        let room = width.saturating_sub(PADDING).max(1);
        text.lines().map(|line| (text_width(line) * BOLD).div_ceil(room).max(1)).sum::<usize>().max(1)
    };
    header.iter().zip(widths).map(lines).max().unwrap_or(1).min(4)
}

/// A text beside nothing, in a sheet of single cells, runs over into the next columns and needs no width.
fn runs_over(row: &[Cell], column: usize) -> bool {
    let text = matches!(row[column].value, CellValue::Text(_));
    text && row[column + 1..].iter().all(|cell| cell.value == CellValue::Empty && cell.formula.is_none())
}

/// A header in one line, or, where that would be long, in two lines and with its longest word whole.
fn header_width(cell: &Cell) -> usize {
    let CellValue::Text(text) = &cell.value else { return characters(cell) * BOLD };
    let whole = text.lines().map(text_width).max().unwrap_or(0) * BOLD;
    let word = text.split_whitespace().map(text_width).max().unwrap_or(0) * BOLD;
    let broken = if whole > HEADER { usize::max(whole * 6 / 10, word) } else { whole };
    broken + FILTER
}

/// Digits that a cell takes.
fn characters(cell: &Cell) -> usize {
    match &cell.value {
        CellValue::Empty => 0,
        CellValue::Text(text) if !text.contains('\n') => text_width(text),
        CellValue::Text(text) => text.lines().map(text_width).max().unwrap_or(0),
        CellValue::Bool(_) => 5,
        CellValue::Error(error) => error.shown().len(),
        // A day before March 1900 stands there as text.
        CellValue::Moment(_) if cells::serial(&cell.value).is_none() => 19,
        value => shown::width(value, cell.format.as_deref()),
    }
}

/// Digits that a line of text takes: letters of East Asia and pictures are twice as wide.
fn text_width(line: &str) -> usize {
    if line.is_ascii() { line.len() } else { line.chars().map(|letter| 1 + usize::from(is_wide(letter))).sum() }
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{1F000}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}
