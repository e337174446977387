//! Charts and pictures in a line of their own, with their words below.

use std::fmt::Write;

use super::TEXT_WIDTH;
use super::body::Body;
use crate::document::Chart;

/// English metric units in a twentieth of a point.
const UNIT: u32 = 635;
/// Height of a chart that is as wide as the text, in twentieths of a point.
const CHART_HEIGHT: u32 = 4_250;
/// A pixel of a picture, in twentieths of a point, where the text is wide enough.
const PIXEL: u32 = 11;

impl<'a> Body<'a> {
    /// A chart of the office suite, its title below it.
    pub(super) fn chart(&mut self, chart: &'a Chart) {
        self.charts.push(chart);
        let number = self.charts.len();
        let id = self.relations.add("chart", format!("charts/chart{number}.xml"));
        let data = format!(
            "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId{id}\"/></a:graphicData>"
        );
        self.drawing(&format!("Chart {number}"), (TEXT_WIDTH, CHART_HEIGHT), &data);
        self.worded("Caption", &chart.title);
    }

    /// The next picture of the document, its words below it.
    pub(super) fn picture(&mut self, words: &str) {
        if let Some(picture) = self.pictures.get(self.pictured) {
            self.pictured += 1;
            let name = format!("image{}.{}", self.pictured, picture.extension);
            let id = self.relations.add("image", format!("media/{name}"));
            let (wide, high) = (picture.width.max(1) as u32, picture.height.max(1) as u32);
            let width = TEXT_WIDTH.min(wide * PIXEL);
            let height = width * high / wide;
            let (across, down) = (width * UNIT, height * UNIT);
            let data = format!(
                "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{across}\" cy=\"{down}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
            );
            self.drawing(&format!("Picture {}", self.pictured), (width, height), &data);
        }
        if !words.is_empty() {
            self.worded("Caption", words);
        }
    }

    /// A paragraph that holds nothing but a drawing. It needs no words of its own: they stand below it.
    fn drawing(&mut self, name: &str, (width, height): (u32, u32), data: &str) {
        self.drawings += 1;
        self.begin("", "Figure", None);
        let _ = write!(
            self.xml,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><wp:extent cx=\"{}\" cy=\"{}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"{}\" name=\"{name}\"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">{data}</a:graphic></wp:inline></w:drawing></w:r></w:p>",
            width * UNIT,
            height * UNIT,
            self.drawings
        );
    }
}
