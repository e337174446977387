//! One sheet part.

use std::fmt::Write;

use super::cells::{self, integer};
use super::styles::Dress;
use super::{Pool, highlights, page, widths};
use crate::document::place::column_letters;
use crate::document::{Book, Cell, CellValue, Sheet};
use crate::formats::office::{self, Relation};

/// From so many data rows on a sheet has a filter: shorter ones are seen at a glance.
const FILTERED: usize = 8;
/// Height of a line of a header row, in points.
const HEADER: usize = 18;

/// A sheet part and what it refers to.
pub(super) struct SheetPart {
    pub(super) text: String,
    pub(super) relations: Vec<Relation>,
}

impl SheetPart {
    /// The part of the sheet at `index`.
    pub(super) fn new(book: &Book, index: usize, pool: &mut Pool) -> SheetPart {
        let sheet = &book.sheets[index];
        let width = sheet.width();
        let widths = widths::of(sheet);
        let mut text = String::with_capacity(2_000 + sheet.rows.len() * width * 40);
        open(sheet, width, index == open_tab(book), &mut text);
        widths::part(&widths, &mut text);
        rows(sheet, width, &widths, pool, &mut text);
        let mut part = SheetPart { text, relations: Vec::new() };
        part.close(book, sheet, index + 1, widths.iter().sum());
        part
    }

    fn close(&mut self, book: &Book, sheet: &Sheet, number: usize, width: usize) {
        if let Some(range) = filtered(sheet) {
            let _ = write!(self.text, "<autoFilter ref=\"{range}\"/>");
        }
        highlights::part(&sheet.highlights, &book.properties, &mut self.text);
        page::part(&book.properties, width, !sheet.plots.is_empty(), &mut self.text);
        if !sheet.plots.is_empty() {
            self.refer("drawing", "drawing", format!("../drawings/drawing{number}.xml"));
        }
        if !sheet.notes.is_empty() {
            self.refer("legacyDrawing", "vmlDrawing", format!("../drawings/vmlDrawing{number}.vml"));
            self.relations.push(Relation::part("comments", format!("../comments{number}.xml")));
        }
        self.text.push_str("</worksheet>");
    }

    /// An element that names a part.
    fn refer(&mut self, element: &str, kind: &'static str, target: String) {
        self.relations.push(Relation::part(kind, target));
        let _ = write!(self.text, "<{element} r:id=\"rId{}\"/>", self.relations.len());
    }
}

/// The sheet that is open when the workbook opens: the first that is not hidden.
pub(super) fn open_tab(book: &Book) -> usize {
    book.sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0)
}

/// What a row is to its sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    Data,
    Total,
}

fn kind(sheet: &Sheet, index: usize) -> Kind {
    if sheet.header && index == 0 {
        Kind::Header
    } else if sheet.total && index + 1 == sheet.rows.len() {
        Kind::Total
    } else {
        Kind::Data
    }
}

fn open(sheet: &Sheet, width: usize, selected: bool, out: &mut String) {
    out.push_str(office::DECLARATION);
    let _ = write!(
        out,
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{}\">",
        office::RELATIONS
    );
    out.push_str("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    let _ = write!(out, "<dimension ref=\"{}\"/>", range(sheet.rows.len(), width));
    let selected = if selected { " tabSelected=\"1\"" } else { "" };
    let _ = write!(out, "<sheetViews><sheetView{selected} workbookViewId=\"0\">");
    if sheet.header {
        out.push_str("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/>");
    }
    out.push_str("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
}

/// The range of the filter of a data sheet: its header and rows, not its total. A chart would lose what is filtered out.
pub(super) fn filtered(sheet: &Sheet) -> Option<String> {
    let last = sheet.rows.len().saturating_sub(usize::from(sheet.total));
    (sheet.header && last > FILTERED && sheet.plots.is_empty()).then(|| range(last, sheet.rows[0].len()))
}

/// `A1:I451`.
fn range(rows: usize, width: usize) -> String {
    if rows * width <= 1 { "A1".to_owned() } else { format!("A1:{}{rows}", column_letters(width as u32 - 1)) }
}

fn rows(sheet: &Sheet, width: usize, widths: &[usize], pool: &mut Pool, out: &mut String) {
    let names: Vec<String> = (0..width as u32).map(column_letters).collect();
    out.push_str("<sheetData>");
    for (index, cells) in sheet.rows.iter().enumerate() {
        let start = out.len();
        out.push_str("<row r=\"");
        integer(index as u64 + 1, out);
        let number = out[start + 8..].to_owned();
        out.push('"');
        let kind = kind(sheet, index);
        if kind == Kind::Header {
            let _ = write!(out, " ht=\"{}\" customHeight=\"1\"", HEADER * widths::lines(cells, widths));
        }
        out.push('>');
        for (column, item) in cells.iter().enumerate() {
            if item.value == CellValue::Empty && item.formula.is_none() && kind == Kind::Data {
                continue;
            }
            let dress = dress(sheet, kind, index, column, item);
            let style = pool.styles.number(item, dress);
            cells::cell((&names[column], &number), style, item, pool, out);
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
}

/// How a cell is dressed where it stands. A header stands above its values: right over numbers, left over text.
fn dress(sheet: &Sheet, kind: Kind, row: usize, column: usize, cell: &Cell) -> Dress {
    match kind {
        Kind::Header if is_number(sheet, column) => Dress::HeaderRight,
        Kind::Header => Dress::HeaderLeft,
        Kind::Total => Dress::Total,
        Kind::Data if (row, column) == (0, 0) && widths::is_title(sheet) => Dress::Title,
        Kind::Data if cell.bold => Dress::Bold,
        Kind::Data if widths::wraps(sheet, row, column) => Dress::Wrapped,
        Kind::Data => Dress::Plain,
    }
}

/// Whether a column holds numbers, as its first data row says.
fn is_number(sheet: &Sheet, column: usize) -> bool {
    let first = sheet.rows.get(1).and_then(|row| row.get(column));
    first.is_some_and(|cell| matches!(cell.value, CellValue::Number(_)))
}
