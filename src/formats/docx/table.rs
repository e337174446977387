//! Tables of a document: as wide as the text, columns as wide as their content asks for.

use std::fmt::Write;

use super::TEXT_WIDTH;
use super::body::{Body, revised};
use crate::document::{Alignment, Run};
use crate::formats::columns;
use crate::formats::direction::{begins_right, first_cell};

/// Appends a table.
pub(super) fn write<'a>(
    body: &mut Body<'a>,
    header: &'a [Vec<Run>],
    rows: &'a [Vec<Vec<Run>>],
    alignment: &[Alignment],
) {
    let widths = columns::share(header, rows, TEXT_WIDTH);
    if widths.is_empty() {
        return;
    }
    let first = u8::from(!header.is_empty());
    let leftward = if first_cell(header, rows).is_some_and(begins_right) { "<w:bidiVisual/>" } else { "" };
    let _ = write!(
        body.xml,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/>{leftward}<w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"04A0\" w:firstRow=\"{first}\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
    );
    for width in &widths {
        let _ = write!(body.xml, "<w:gridCol w:w=\"{width}\"/>");
    }
    body.xml.push_str("</w:tblGrid>");
    if !header.is_empty() {
        row(body, header, &widths, alignment, true);
    }
    for cells in rows {
        row(body, cells, &widths, alignment, false);
    }
    body.xml.push_str("</w:tbl>");
}

fn row<'a>(body: &mut Body<'a>, cells: &'a [Vec<Run>], widths: &[u32], alignment: &[Alignment], header: bool) {
    let repeated = if header { "<w:tblHeader/>" } else { "" };
    let style = if header { "TableHeading" } else { "TableText" };
    let _ = write!(body.xml, "<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>");
    for (column, width) in widths.iter().enumerate() {
        let justified = match alignment.get(column).copied().unwrap_or_default() {
            Alignment::Left => "",
            Alignment::Right => "<w:jc w:val=\"right\"/>",
            Alignment::Centre => "<w:jc w:val=\"center\"/>",
        };
        let _ = write!(body.xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
        let runs = cells.get(column).map_or(&[][..], Vec::as_slice);
        body.leftward = begins_right(runs);
        body.open(&format!("<w:pStyle w:val=\"{style}\"/>{justified}"), revised(runs));
        body.runs(runs);
        body.xml.push_str("</w:p></w:tc>");
    }
    body.xml.push_str("</w:tr>");
}
