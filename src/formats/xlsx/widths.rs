//! Column widths that show everything: a number that does not fit is printed as `####`.

use std::fmt::Write;

use super::styles;
use crate::document::{Cell, CellValue, Sheet};
use crate::value::Number;

/// In hundredths of a character: what a column needs beside its text, the button of a filter, the narrowest and the
/// widest column.
const PADDING: usize = 170;
const FILTER: usize = 220;
const NARROWEST: usize = 871;
const WIDEST: usize = 6_000;

/// Appends the `cols` element for `rows`.
pub(super) fn part(sheet: &Sheet, rows: &[Vec<Cell>], out: &mut String) {
    let mut widths: Vec<usize> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(needed(cell, sheet.header && index == 0));
        }
    }
    if widths.is_empty() {
        return;
    }
    out.push_str("<cols>");
    for (index, width) in widths.iter().enumerate() {
        let column = index + 1;
        let width = (width + PADDING).clamp(NARROWEST, WIDEST);
        let _ = write!(
            out,
            "<col min=\"{column}\" max=\"{column}\" width=\"{}.{:02}\" customWidth=\"1\"/>",
            width / 100,
            width % 100
        );
    }
    out.push_str("</cols>");
}

/// Hundredths of a character that a cell needs. Bold text is a tenth wider.
fn needed(cell: &Cell, header: bool) -> usize {
    let characters = match &cell.value {
        CellValue::Empty => 0,
        CellValue::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        CellValue::Number(number) => number_width(*number),
        CellValue::Bool(_) => 5,
        CellValue::Date(_) => 10,
        CellValue::Month(_) => 8,
        CellValue::Moment(_) => 16,
    };
    let bold = header || cell.bold || cell.formula.is_some();
    characters * if bold { 112 } else { 103 } + if header { FILTER } else { 0 }
}

/// Characters of a number in its format: sign, digits, a separator for each three, point and places, percent sign.
fn number_width(number: Number) -> usize {
    let places = usize::from(styles::shown_places(number));
    let scale = if number.percent { number.decimal.scale().saturating_sub(2) } else { number.decimal.scale() };
    let mut digits = 0;
    let mut rest = number.decimal.mantissa().unsigned_abs();
    while rest > 0 {
        digits += 1;
        rest /= 10;
    }
    let whole = usize::max(1, (digits + usize::from(number.percent) * 2).saturating_sub(scale as usize));
    whole + (whole - 1) / 3 + places + usize::from(places > 0) + usize::from(number.percent) + 1
}
