//! How cells look: one fixed list of styles for every workbook, so that a sheet needs only a style's number.

use std::sync::LazyLock;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::document::look::Palette;
use crate::document::{Cell, CellValue};
use crate::formats::unpack;
use crate::value::Number;

/// Most places a number format shows; more are there in the cell, but not shown.
const PLACES: u8 = 8;
/// The same for percentages.
const PERCENT_PLACES: u8 = 4;
/// Number formats of the faces after those of numbers and percentages: dates, months, moments, yes and no. They stand
/// left, so that they do not touch the text in the next column.
const OTHERS: [&str; 4] = ["yyyy\\-mm\\-dd", "mmm\\ yyyy", "yyyy\\-mm\\-dd\\ hh:mm", "\"TRUE\";\"TRUE\";\"FALSE\""];
const EMPHASES: u16 = 3;
const HEADER_LEFT: u16 = 1 + EMPHASES * (2 + PLACES as u16 + 1 + PERCENT_PLACES as u16 + OTHERS.len() as u16);
const HEADER_RIGHT: u16 = HEADER_LEFT + 1;

/// Stands for the accent colour in the part that is made once.
const ACCENT: u32 = 0x00AB_CDEF;

/// How a cell stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Emphasis {
    Plain,
    Bold,
    /// Bold under a line.
    Total,
}

/// Number of the header's style; headers stand above their values: right over numbers, left over text.
pub(super) fn header(right: bool) -> u16 {
    if right { HEADER_RIGHT } else { HEADER_LEFT }
}

/// Number of the style for a cell.
pub(super) fn of(cell: &Cell, emphasis: Emphasis) -> u16 {
    let emphasis = if cell.bold && emphasis == Emphasis::Plain { Emphasis::Bold } else { emphasis };
    let face = match &cell.value {
        CellValue::Empty | CellValue::Text(_) => 0,
        CellValue::Number(number) => number_face(*number),
        CellValue::Date(_) => other_face(0),
        CellValue::Month(_) => other_face(1),
        CellValue::Moment(_) => other_face(2),
        CellValue::Bool(_) => other_face(3),
    };
    if face == 0 && emphasis == Emphasis::Plain { 0 } else { 1 + face * EMPHASES + emphasis as u16 }
}

fn number_face(number: Number) -> u16 {
    if number.percent {
        u16::from(PLACES) + 2 + u16::from(shown_places(number))
    } else {
        1 + u16::from(shown_places(number))
    }
}

fn other_face(index: u16) -> u16 {
    u16::from(PLACES) + u16::from(PERCENT_PLACES) + 3 + index
}

/// Digits after the point that a cell shows; a percentage counts them behind its own point.
pub(super) fn shown_places(number: Number) -> u8 {
    if number.percent { number.places.saturating_sub(2).min(PERCENT_PLACES) } else { number.places.min(PLACES) }
}

/// `xl/styles.xml` and `xl/theme/theme1.xml`, made once by rust_xlsxwriter.
struct Parts {
    styles: String,
    theme: Vec<u8>,
}

static PARTS: LazyLock<Parts> =
    LazyLock::new(|| make().expect("a workbook of one sheet of formats within all limits is always written"));

/// The styles part in the colours of a document.
pub(super) fn part(palette: Palette) -> String {
    PARTS.styles.replace("ABCDEF", &palette.accent.to_string())
}

/// The theme part.
pub(super) fn theme() -> &'static [u8] {
    &PARTS.theme
}

/// Lets rust_xlsxwriter number the formats: it does so in the order in which cells use them.
fn make() -> Result<Parts, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, format) in formats().iter().enumerate() {
        sheet.write_blank(row as u32, 0, format)?;
    }
    let package = workbook.save_to_buffer()?;
    let missing = || XlsxError::ParameterError("the package lacks a part".to_owned());
    let styles = unpack::part(&package, "xl/styles.xml").ok_or_else(missing)?;
    let theme = unpack::part(&package, "xl/theme/theme1.xml").ok_or_else(missing)?;
    Ok(Parts { styles: String::from_utf8_lossy(&styles).into_owned(), theme })
}

/// All styles after the default one, in the order of their numbers.
fn formats() -> Vec<Format> {
    let mut formats = Vec::new();
    for code in number_formats() {
        let side = if OTHERS.contains(&code.as_str()) { FormatAlign::Left } else { FormatAlign::General };
        let plain = Format::new().set_num_format(&code).set_align(side);
        formats.push(plain.clone());
        formats.push(plain.clone().set_bold());
        formats.push(plain.set_bold().set_border_top(FormatBorder::Thin));
    }
    let header = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(ACCENT))
        .set_align(FormatAlign::VerticalCenter);
    formats.push(header.clone().set_align(FormatAlign::Left));
    formats.push(header.set_align(FormatAlign::Right));
    formats
}

fn number_formats() -> impl Iterator<Item = String> {
    let places = |count: u8| if count == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(count))) };
    let numbers = (0..=PLACES).map(move |count| format!("#,##0{}", places(count)));
    let percents = (0..=PERCENT_PLACES).map(move |count| format!("0{}%", places(count)));
    std::iter::once("General".to_owned())
        .chain(numbers)
        .chain(percents)
        .chain(OTHERS.iter().map(|&code| code.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_have_the_numbers_that_sheets_use() {
        let part = part(crate::document::look::NAMED[0].1);
        assert_eq!(formats().len() as u16, HEADER_RIGHT);
        assert!(part.contains(&format!("<cellXfs count=\"{}\">", HEADER_RIGHT + 1)), "{part}");
    }
}
