//! Charts in a line of their own.

use std::fmt::Write;

use super::TEXT_WIDTH;
use super::body::Body;
use crate::document::Chart;
use crate::formats::xml;

/// English metric units in a twentieth of a point.
const UNIT: u32 = 635;
/// Height of a chart that is as wide as the text, in twentieths of a point.
const CHART_HEIGHT: u32 = 4_250;

impl<'a> Body<'a> {
    /// A chart of the office suite, its title below it.
    pub(super) fn chart(&mut self, chart: &'a Chart) {
        self.charts.push(chart);
        let number = self.charts.len();
        let id = self.relations.add("chart", format!("charts/chart{number}.xml"));
        self.drawing(&format!("Chart {number}"), &chart.title, (TEXT_WIDTH, CHART_HEIGHT), &format!(
            "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId{id}\"/></a:graphicData>"
        ));
        self.worded("Caption", &chart.title);
    }

    /// A paragraph that holds nothing but a drawing; `alt` is read where it is not seen.
    fn drawing(&mut self, name: &str, alt: &str, (width, height): (u32, u32), data: &str) {
        self.drawings += 1;
        self.begin("", "Figure", None);
        let _ = write!(
            self.xml,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><wp:extent cx=\"{}\" cy=\"{}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"{}\" name=\"{name}\" descr=\"",
            width * UNIT,
            height * UNIT,
            self.drawings
        );
        xml::attribute(alt, &mut self.xml);
        let _ = write!(
            self.xml,
            "\"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">{data}</a:graphic></wp:inline></w:drawing></w:r></w:p>"
        );
    }
}
