//! The drawing of a sheet: its charts, one below the other, right of the cells.

use std::fmt::Write;

use crate::document::Sheet;
use crate::formats::{office, xml};

/// Size of a chart in English metric units: 19 by 10.5 centimetres.
const SIZE: (u32, u32) = (6_840_000, 3_780_000);
/// Rows that a chart takes with the space below it.
const ROWS: usize = 21;

/// The drawing part; relationship n is the n-th chart.
pub(super) fn part(sheet: &Sheet) -> String {
    let mut out = String::from(office::DECLARATION);
    let _ = write!(
        out,
        "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{}\">",
        office::RELATIONS
    );
    let column = sheet.width() + 1;
    for (index, plot) in sheet.plots.iter().enumerate() {
        let (number, row) = (index + 1, 1 + index * ROWS);
        let (width, height) = SIZE;
        let title = xml::quoted(&plot.chart.title);
        let _ = write!(
            out,
            "<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"{width}\" cy=\"{height}\"/><xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"{}\" name=\"Chart {number}\" descr=\"{title}\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId{number}\"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>",
            number + 1
        );
    }
    out.push_str("</xdr:wsDr>");
    out
}
