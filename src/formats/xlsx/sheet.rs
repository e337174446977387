//! One sheet part, written directly: rows are the bulk of a workbook.

use std::fmt::Write;
use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    styles::{self, Emphasis},
    widths,
};
use crate::document::{Cell, CellValue, Sheet};
use crate::formats::{office, xml};
use crate::value::{Date, Moment};

/// Texts of a workbook, each once, in the order of first use.
#[derive(Default)]
pub(super) struct Strings {
    numbers: IndexMap<Arc<str>, u32>,
    uses: u32,
}

impl Strings {
    fn number(&mut self, text: &Arc<str>) -> u32 {
        self.uses += 1;
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(Arc::clone(text), number);
        number
    }

    /// `xl/sharedStrings.xml`.
    pub(super) fn part(&self) -> String {
        let mut out = String::from(office::DECLARATION);
        let _ = write!(
            out,
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            self.uses,
            self.numbers.len()
        );
        for text in self.numbers.keys() {
            let space = if text.trim().len() == text.len() { "" } else { " xml:space=\"preserve\"" };
            let _ = write!(out, "<si><t{space}>");
            xml::text(text, &mut out);
            out.push_str("</t></si>");
        }
        out.push_str("</sst>");
        out
    }
}

/// The part of a sheet that shows `rows`. `first` is the sheet that is open when the workbook opens.
pub(super) fn part(sheet: &Sheet, rows: &[Vec<Cell>], first: bool, strings: &mut Strings) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::with_capacity(1_500 + rows.len() * width * 36);
    open(sheet, rows.len(), width, first, &mut out);
    widths::part(sheet, rows, &mut out);
    out.push_str("<sheetData>");
    let names = column_names(width);
    let right = number_columns(rows, width);
    for (index, cells) in rows.iter().enumerate() {
        let line = Line { number: index + 1, names: &names, right: &right, kind: kind(sheet, rows.len(), index) };
        row(&line, cells, strings, &mut out);
    }
    out.push_str("</sheetData>");
    close(sheet, rows.len(), width, &mut out);
    out
}

/// What a row is to its sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    Data,
    Total,
}

fn kind(sheet: &Sheet, rows: usize, index: usize) -> Kind {
    if (sheet.header || sheet.chart.is_some()) && index == 0 {
        Kind::Header
    } else if sheet.total && index + 1 == rows {
        Kind::Total
    } else {
        Kind::Data
    }
}

/// Where a row stands and how its cells are styled.
struct Line<'a> {
    number: usize,
    names: &'a [String],
    right: &'a [bool],
    kind: Kind,
}

impl Line<'_> {
    fn style(&self, column: usize, cell: &Cell) -> u16 {
        match self.kind {
            Kind::Header => styles::header(self.right[column]),
            Kind::Data => styles::of(cell, Emphasis::Plain),
            Kind::Total => styles::of(cell, Emphasis::Total),
        }
    }
}

fn open(sheet: &Sheet, rows: usize, width: usize, first: bool, out: &mut String) {
    out.push_str(office::DECLARATION);
    let _ = write!(
        out,
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{}\">",
        office::RELATIONS
    );
    out.push_str("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    let _ = write!(out, "<dimension ref=\"{}\"/>", range(rows, width));
    let selected = if first { " tabSelected=\"1\"" } else { "" };
    let _ = write!(out, "<sheetViews><sheetView{selected} workbookViewId=\"0\">");
    if sheet.header {
        out.push_str("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/>");
    }
    out.push_str("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
}

fn close(sheet: &Sheet, rows: usize, width: usize, out: &mut String) {
    if let Some(range) = filtered(sheet, rows, width) {
        let _ = write!(out, "<autoFilter ref=\"{range}\"/>");
    }
    out.push_str(
        "<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>",
    );
    let orientation = if width > 6 || sheet.chart.is_some() { "landscape" } else { "portrait" };
    let _ = write!(out, "<pageSetup paperSize=\"9\" orientation=\"{orientation}\" fitToHeight=\"0\"/>");
    out.push_str("<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>");
    if sheet.chart.is_some() {
        out.push_str("<drawing r:id=\"rId1\"/>");
    }
    out.push_str("</worksheet>");
}

/// The range of the filter of a data sheet: its header and rows, not its total.
pub(super) fn filtered(sheet: &Sheet, rows: usize, width: usize) -> Option<String> {
    let last = rows - usize::from(sheet.total && rows > 1);
    (sheet.header && sheet.chart.is_none() && width > 0 && last > 2).then(|| range(last, width))
}

/// `A1:I451`.
pub(super) fn range(rows: usize, width: usize) -> String {
    if rows * width <= 1 { "A1".to_owned() } else { format!("A1:{}{rows}", column_name(width - 1)) }
}

fn row(line: &Line<'_>, cells: &[Cell], strings: &mut Strings, out: &mut String) {
    out.push_str("<row r=\"");
    integer(line.number as u64, out);
    out.push_str(if line.kind == Kind::Header { "\" ht=\"18\" customHeight=\"1\">" } else { "\">" });
    for (column, item) in cells.iter().enumerate() {
        if item.value == CellValue::Empty && item.formula.is_none() && line.kind == Kind::Data {
            continue;
        }
        out.push_str("<c r=\"");
        out.push_str(&line.names[column]);
        integer(line.number as u64, out);
        let style = line.style(column, item);
        if style != 0 {
            out.push_str("\" s=\"");
            integer(u64::from(style), out);
        }
        out.push('"');
        content(item, strings, out);
    }
    out.push_str("</row>");
}

/// The rest of a cell after its style: type, formula, value.
fn content(cell: &Cell, strings: &mut Strings, out: &mut String) {
    let (kind, value) = written(cell, strings);
    if !kind.is_empty() {
        out.push_str(" t=\"");
        out.push_str(kind);
        out.push('"');
    }
    if value.is_none() && cell.formula.is_none() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    if let Some(formula) = &cell.formula {
        out.push_str("<f>");
        xml::text(formula, out);
        out.push_str("</f>");
    }
    value.unwrap_or(Written::None).push(out);
    out.push_str("</c>");
}

/// A value as it stands in a cell.
enum Written<'a> {
    None,
    Integer(u64),
    Digits(String),
    Text(&'a str),
}

impl Written<'_> {
    fn push(&self, out: &mut String) {
        out.push_str("<v>");
        match self {
            Written::None => {}
            Written::Integer(number) => integer(*number, out),
            Written::Digits(digits) => out.push_str(digits),
            Written::Text(text) => xml::text(text, out),
        }
        out.push_str("</v>");
    }
}

/// The type attribute of a cell and its value. The text of a formula stands in the cell, other texts are shared.
fn written<'a>(cell: &'a Cell, strings: &mut Strings) -> (&'static str, Option<Written<'a>>) {
    match &cell.value {
        CellValue::Empty => ("", None),
        CellValue::Text(text) if cell.formula.is_some() => ("str", Some(Written::Text(text))),
        CellValue::Text(text) => ("s", Some(Written::Integer(u64::from(strings.number(text))))),
        CellValue::Number(number) => ("", Some(Written::Digits(number.canonical()))),
        CellValue::Bool(value) => ("b", Some(Written::Integer(u64::from(*value)))),
        CellValue::Date(date) => dated(Moment(i64::from(date.0) * 86_400), &date.to_string(), strings),
        CellValue::Month(month) => {
            let Date(day) = month.first();
            dated(Moment(i64::from(day) * 86_400), &month.to_string(), strings)
        }
        CellValue::Moment(at) => dated(*at, &at.iso(), strings),
    }
}

/// A serial date, or text for days before March 1900, which spreadsheets count wrongly or not at all.
fn dated(at: Moment, text: &str, strings: &mut Strings) -> (&'static str, Option<Written<'static>>) {
    let day = i64::from(at.date().0) + 25_569;
    if day < 61 {
        return ("s", Some(Written::Integer(u64::from(strings.number(&Arc::from(text))))));
    }
    let second = u64::from(at.time().0);
    if second == 0 {
        return ("", Some(Written::Integer(day as u64)));
    }
    let fraction = (second * 10_000_000_000 + 43_200) / 86_400;
    let serial = format!("{day}.{fraction:010}");
    ("", Some(Written::Digits(serial.trim_end_matches('0').to_owned())))
}

/// Which columns hold numbers, so that their headers stand right.
fn number_columns(rows: &[Vec<Cell>], width: usize) -> Vec<bool> {
    let right = |cell: &Cell| matches!(cell.value, CellValue::Number(_));
    (0..width).map(|column| rows.get(1).and_then(|row| row.get(column)).is_some_and(right)).collect()
}

fn column_names(width: usize) -> Vec<String> {
    (0..width).map(column_name).collect()
}

/// `A`, `B`, … `Z`, `AA`, …
pub(super) fn column_name(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    name.iter().rev().collect()
}

/// Appends a number's digits; `write!` is slow enough to show in a sheet of thousands of cells.
fn integer(number: u64, out: &mut String) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
}
