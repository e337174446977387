//! Native tables in the style of the deck.

use std::fmt::Write;

use super::arrange::{POINT, Placed, Table};
use super::shapes::Shapes;
use super::text::{self, Face};
use crate::document::{Alignment, Run};
use crate::formats::direction::{begins_right, first_cell};

/// The style of `parts/table_styles.xml`.
const STYLE: &str = "{6B1F3E5C-8D24-4C0E-9A57-3E1D0F2B7A64}";

/// Appends a table.
pub(super) fn write(shapes: &mut Shapes<'_>, table: &Table<'_>, placed: &Placed<'_>, holder: Option<u32>) {
    shapes.graphic("Table", "", holder, placed.frame);
    let flag = |name: &str, set: bool| if set { format!(" {name}=\"1\"") } else { String::new() };
    let first = flag("firstRow", !table.header.is_empty());
    let leftward = flag("rtl", first_cell(table.header, table.rows).is_some_and(begins_right));
    let last = flag("lastRow", table.rows.last().is_some_and(|row| is_total(row)));
    let _ = write!(
        shapes.xml,
        "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr{leftward}{first}{last} bandRow=\"1\"><a:tableStyleId>{STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>"
    );
    for width in &table.widths {
        let _ = write!(shapes.xml, "<a:gridCol w=\"{width}\"/>");
    }
    shapes.xml.push_str("</a:tblGrid>");
    let mut heights = heights(table, placed).into_iter();
    if !table.header.is_empty() {
        row(
            shapes,
            table,
            table.header,
            heights.next().unwrap_or_default(),
            Face { size: Some(placed.size), bold: true, accent: false },
        );
    }
    for (cells, height) in table.rows.iter().zip(heights) {
        row(shapes, table, cells, height, Face { size: Some(placed.size), ..Face::default() });
    }
    shapes.xml.push_str("</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
}

/// The heights of the rows, which fill the frame.
fn heights(table: &Table<'_>, placed: &Placed<'_>) -> Vec<u32> {
    let needed: Vec<u32> = table.heights(placed.size).collect();
    let spare = (placed.frame.height / POINT).saturating_sub(needed.iter().sum());
    let each = spare * POINT / (needed.len() as u32).max(1);
    needed.into_iter().map(|height| height * POINT + each).collect()
}

/// Whether a row sums those above it: everything in it is bold.
fn is_total(row: &[Vec<Run>]) -> bool {
    let mut runs = row.iter().flatten().filter(|run| !run.text.trim().is_empty()).peekable();
    runs.peek().is_some() && runs.all(|run| run.bold)
}

fn row(shapes: &mut Shapes<'_>, table: &Table<'_>, cells: &[Vec<Run>], height: u32, face: Face) {
    let _ = write!(shapes.xml, "<a:tr h=\"{height}\">");
    for column in 0..table.widths.len() {
        let cell = cells.get(column).map_or(&[][..], Vec::as_slice);
        let justified = match table.alignment.get(column).copied().unwrap_or_default() {
            Alignment::Left if begins_right(cell) => &format!("<a:pPr{}/>", text::LEFTWARD),
            Alignment::Left => "",
            Alignment::Right => "<a:pPr algn=\"r\"/>",
            Alignment::Centre => "<a:pPr algn=\"ctr\"/>",
        };
        let _ = write!(shapes.xml, "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{justified}");
        text::runs(shapes, cell, face);
        if cell.iter().all(|run| run.text.is_empty()) {
            let size = face.size.unwrap_or_default() * 100;
            let _ = write!(shapes.xml, "<a:endParaRPr lang=\"{}\" sz=\"{size}\" dirty=\"0\"/>", shapes.deck.language);
        }
        shapes.xml.push_str("</a:p></a:txBody><a:tcPr anchor=\"ctr\"/></a:tc>");
    }
    shapes.xml.push_str("</a:tr>");
}
