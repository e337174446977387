//! The mark of a company as a shape: letters on a form in its colours.

use crate::document::look::{Brand, Mark};
use crate::formats::xml;

/// A number that no other shape of the master and the title layout has.
const ID: u32 = 90;

/// The shape, `size` high, its right edge at `x + size`, in English Metric Units. The colours are those of the theme.
pub(super) fn shape(brand: &Brand, size: u32, x: u32, y: u32) -> String {
    let form = match brand.mark {
        Mark::Square => "roundRect",
        Mark::Circle => "ellipse",
        Mark::Bar => "rect",
        Mark::Diamond => "diamond",
        Mark::Hexagon => "hexagon",
    };
    // A bar leaves its letters beside it; the other forms carry them.
    let letters = xml::quoted(&brand.monogram);
    let points = size / 12_700 * if brand.monogram.chars().count() > 2 { 30 } else { 40 };
    let bar = brand.mark == Mark::Bar;
    let line = if bar {
        "<a:noFill/><a:ln w=\"38100\"><a:solidFill><a:schemeClr val=\"accent2\"/></a:solidFill></a:ln>"
    } else {
        "<a:solidFill><a:schemeClr val=\"accent2\"/></a:solidFill><a:ln><a:noFill/></a:ln>"
    };
    let ink = if bar { "accent2" } else { "bg1" };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{ID}\" name=\"Logo\" descr=\"{}\"/><p:cNvSpPr/><p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{size}\" cy=\"{size}\"/></a:xfrm><a:prstGeom prst=\"{form}\"><a:avLst/></a:prstGeom>{line}</p:spPr><p:txBody><a:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/><a:lstStyle/><a:p><a:pPr algn=\"ctr\"/><a:r><a:rPr lang=\"en-US\" sz=\"{points}\" b=\"1\"><a:solidFill><a:schemeClr val=\"{ink}\"/></a:solidFill><a:latin typeface=\"+mj-lt\"/></a:rPr><a:t>{letters}</a:t></a:r></a:p></p:txBody></p:sp>",
        xml::quoted(&brand.company)
    )
}
