//! Runs and paragraphs of DrawingML.

use std::fmt::Write;

use super::lines::{Line, Mark};
use super::shapes::Shapes;
use crate::document::Run;
use crate::formats::direction::begins_right;
use crate::formats::xml;

/// What a run has beside its own face.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Face {
    /// In points; that of the shape where it says nothing.
    pub(super) size: Option<u32>,
    pub(super) bold: bool,
    /// In the colour of titles.
    pub(super) accent: bool,
}

/// What a paragraph says that begins at the right edge.
pub(super) const LEFTWARD: &str = " algn=\"r\" rtl=\"1\"";

/// Appends a paragraph of a text shape.
pub(super) fn line(shapes: &mut Shapes<'_>, line: &Line<'_>) {
    shapes.xml.push_str("<a:p>");
    properties(line, &mut shapes.xml);
    runs(shapes, &line.runs, Face { bold: line.bold, accent: line.is_heading(), ..Face::default() });
    shapes.xml.push_str("</a:p>");
}

/// A line without a mark stands at the edge, or under the text of its item.
fn properties(line: &Line<'_>, out: &mut String) {
    out.push_str("<a:pPr");
    if begins_right(&line.runs) {
        out.push_str(LEFTWARD);
    }
    if line.level > 0 {
        let _ = write!(out, " lvl=\"{}\"", line.level);
    }
    match line.mark {
        Mark::Bullet => out.push_str("/>"),
        Mark::Number(start) => {
            let from = if start == 1 { String::new() } else { format!(" startAt=\"{}\"", start.clamp(1, 32_767)) };
            let _ = write!(out, "><a:buFont typeface=\"+mj-lt\"/><a:buAutoNum type=\"arabicPeriod\"{from}/></a:pPr>");
        }
        Mark::None if line.level == 0 => out.push_str(" marL=\"0\" indent=\"0\"><a:buNone/></a:pPr>"),
        Mark::None => out.push_str(" indent=\"0\"><a:buNone/></a:pPr>"),
    }
}

/// Appends the runs of a paragraph.
pub(super) fn runs(shapes: &mut Shapes<'_>, runs: &[Run], face: Face) {
    for run in runs.iter().filter(|run| !run.is_deleted()) {
        let properties = run_properties(shapes, run, face);
        for (index, text) in run.text.split('\n').enumerate() {
            if index > 0 {
                let _ = write!(shapes.xml, "<a:br><a:rPr{properties}</a:br>");
            }
            if !text.is_empty() {
                let _ = write!(shapes.xml, "<a:r><a:rPr{properties}<a:t>");
                xml::text(text, &mut shapes.xml);
                shapes.xml.push_str("</a:t></a:r>");
            }
        }
    }
}

/// What stands in `a:rPr` from its first attribute to its end.
fn run_properties(shapes: &mut Shapes<'_>, run: &Run, face: Face) -> String {
    let mut out = format!(" lang=\"{}\"", shapes.deck.language);
    if let Some(size) = face.size {
        let _ = write!(out, " sz=\"{}\"", size * 100);
    }
    if run.bold || face.bold {
        out.push_str(" b=\"1\"");
    }
    if run.italic {
        out.push_str(" i=\"1\"");
    }
    out.push_str(" dirty=\"0\"");
    let mut inner = String::new();
    if face.accent {
        inner.push_str("<a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill>");
    }
    if run.code {
        inner.push_str("<a:latin typeface=\"Consolas\"/><a:cs typeface=\"Consolas\"/>");
    }
    if let Some(target) = &run.link {
        let id = shapes.link(target);
        let _ = write!(inner, "<a:hlinkClick r:id=\"rId{id}\"/>");
    }
    if inner.is_empty() {
        out.push_str("/>");
    } else {
        let _ = write!(out, ">{inner}</a:rPr>");
    }
    out
}
