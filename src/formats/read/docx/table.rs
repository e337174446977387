//! Tables: cells row by row, their grounds from the table's style, and rows and columns without size.

use super::body::{Around, Body};
use super::look::{FLAT, behind, is_on};
use super::styles::PartLook;
use crate::formats::read::Unreadable;
use crate::formats::read::extract::{Hidden, Role, Table, TableCell};
use crate::formats::read::xml::{Element, Node};

/// Cells narrower than a point, in twentieths, hold nothing that is seen.
const NARROW: i64 = 20;

/// Which parts of a table's style are used, as its `tblLook` says.
struct Look {
    first_row: bool,
    last_row: bool,
    first_column: bool,
    last_column: bool,
    row_bands: bool,
    column_bands: bool,
}

/// Where a cell stands in its table.
#[derive(Clone, Copy)]
struct Spot {
    row: usize,
    rows: usize,
    cell: usize,
    cells: usize,
}

impl Body<'_> {
    pub(super) fn table(&mut self, node: Node<'_>) -> Result<(), Unreadable> {
        let properties = node.child("tblPr");
        let style = properties.and_then(|properties| properties.child("tblStyle")).and_then(|style| style.get("val"));
        let look = look(properties.and_then(|properties| properties.child("tblLook")));
        let outside = properties.is_some_and(|properties| self.is_outside(properties));
        let rows: Vec<Node> = rows(node);
        let at = self.extract.tables.len();
        self.extract.tables.push(Table::default());
        for (row, holder) in rows.iter().enumerate() {
            let hidden = self.around.hidden.or(outside.then_some(Hidden::OffPage)).or_else(|| row_hidden(*holder));
            let cells = cells(*holder);
            let mut found = Vec::new();
            for (cell, holder) in cells.iter().enumerate() {
                let spot = Spot { row, rows: rows.len(), cell, cells: cells.len() };
                let part = self.shared.styles.table(style, &parts(&look, spot));
                found.push(self.cell(*holder, part, hidden)?);
            }
            self.extract.tables[at].rows.push(found);
        }
        self.extract.tables[at].headers = headers(&rows, &look);
        Ok(())
    }

    fn is_outside(&self, properties: Node<'_>) -> bool {
        let page = &self.shared.page;
        let beyond = |at: Option<i64>, end: i64| at.is_some_and(|at| at >= end || at <= -end);
        let indent = properties.child("tblInd").and_then(|indent| indent.number("w"));
        let floating = properties.child("tblpPr");
        let position = |name: &str| floating.and_then(|floating| floating.number(name));
        beyond(indent, page.width) || beyond(position("tblpX"), page.width) || beyond(position("tblpY"), page.height)
    }

    fn cell(&mut self, node: Node<'_>, part: PartLook, hidden: Option<Hidden>) -> Result<TableCell, Unreadable> {
        let properties = node.child("tcPr");
        let own = properties.and_then(|properties| behind(properties, &self.shared.theme));
        let width = properties.and_then(|properties| properties.child("tcW"));
        let narrow = width.is_some_and(|width| {
            width.get("type") == Some("dxa") && width.number("w").is_some_and(|w| (1..NARROW).contains(&w))
        });
        let around = Around {
            ground: own.or(part.behind).flatten().unwrap_or(self.around.ground),
            hidden: hidden.or(narrow.then_some(Hidden::NoSize)),
            table: self.around.table.under(part.run),
            role: Some(self.around.role.clone().unwrap_or(Role::TableCell)),
            change: self.around.change.clone(),
        };
        let before = std::mem::replace(&mut self.around, around);
        let start = self.extract.lines.len();
        self.blocks(node)?;
        self.around = before;
        let lines = &self.extract.lines[start..];
        let span = properties.and_then(|properties| properties.child("gridSpan")).and_then(|span| span.number("val"));
        Ok(TableCell {
            place: lines.first().map(|line| line.place.clone()),
            text: lines.iter().map(|line| line.seen()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
            columns: span.map_or(1, |span| span.clamp(1, 1_000) as u32),
        })
    }
}

/// The rows of a table, those in content controls and tracked changes too.
fn rows<'n>(node: Node<'n>) -> Vec<Node<'n>> {
    inside(node, "tr")
}

fn cells<'n>(node: Node<'n>) -> Vec<Node<'n>> {
    inside(node, "tc")
}

fn inside<'n>(node: Node<'n>, name: &str) -> Vec<Node<'n>> {
    let mut found = Vec::new();
    for child in node.children() {
        match child.name() {
            held if held == name => found.push(child),
            "sdt" | "sdtContent" | "customXml" | "ins" | "del" => found.extend(inside(child, name)),
            _ => {}
        }
    }
    found
}

fn row_hidden(row: Node<'_>) -> Option<Hidden> {
    let properties = row.child("trPr")?;
    let height = properties.child("trHeight");
    let flat = height.is_some_and(|height| {
        height.get("hRule") == Some("exact") && height.number("val").is_some_and(|val| val < FLAT)
    });
    match properties.child("hidden").is_some_and(is_on) {
        true => Some(Hidden::Row),
        false => flat.then_some(Hidden::NoSize),
    }
}

/// How many rows say what the columns are: those repeated on every page, or a first row that is set apart.
fn headers(rows: &[Node<'_>], look: &Look) -> u32 {
    let repeated = rows.iter().take_while(|row| row.path(&["trPr", "tblHeader"]).is_some_and(is_on)).count();
    match repeated {
        0 => u32::from(look.first_row && rows.len() > 1),
        count => count as u32,
    }
}

/// Reads `tblLook`, whose bits older programs write as one number (ECMA-376, 17.4.56).
fn look(node: Option<Node<'_>>) -> Look {
    let bits = node.and_then(|node| node.get("val")).and_then(|bits| u32::from_str_radix(bits, 16).ok()).unwrap_or(0);
    let is = |name: &str, bit: u32| match node.and_then(|node| node.get(name)) {
        Some(value) => matches!(value, "1" | "true" | "on"),
        None => bits & bit != 0,
    };
    Look {
        first_row: is("firstRow", 0x20),
        last_row: is("lastRow", 0x40),
        first_column: is("firstColumn", 0x80),
        last_column: is("lastColumn", 0x100),
        row_bands: node.is_some() && !is("noHBand", 0x200),
        column_bands: node.is_some() && !is("noVBand", 0x400),
    }
}

/// The parts of a table's style that a cell belongs to, the weakest first.
fn parts(look: &Look, spot: Spot) -> Vec<&'static str> {
    let band = |at: usize, header: bool| (at - usize::from(header)).is_multiple_of(2);
    let (first_row, first_column) = (look.first_row && spot.row == 0, look.first_column && spot.cell == 0);
    let mut parts = Vec::new();
    if look.column_bands && !first_column {
        parts.push(if band(spot.cell, look.first_column) { "band1Vert" } else { "band2Vert" });
    }
    if look.row_bands && !first_row {
        parts.push(if band(spot.row, look.first_row) { "band1Horz" } else { "band2Horz" });
    }
    if look.last_column && spot.cell + 1 == spot.cells {
        parts.push("lastCol");
    }
    if first_column {
        parts.push("firstCol");
    }
    if look.last_row && spot.row + 1 == spot.rows {
        parts.push("lastRow");
    }
    if first_row {
        parts.push("firstRow");
    }
    parts
}
