//! Drawing on pages: text, filled areas, links. Lengths are thousandths of a point, from the lower left corner.

use printpdf::{
    Actions, BorderArray, BuiltinFont, Color, LinkAnnotation, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Pt,
    Rect, Rgb, TextItem,
};

use super::lines::Line;
use super::metrics::Face;
use crate::document::look::Colour;

/// Colour of the text of links.
const LINK: Colour = Colour::of(0x0563C1);

/// Operations of one page.
#[derive(Default)]
pub(super) struct Page {
    ops: Vec<Op>,
}

impl Page {
    /// An A4 page with what was drawn.
    pub(super) fn finish(self) -> PdfPage {
        PdfPage::new(Mm(210.0), Mm(297.0), self.ops)
    }

    /// A filled area.
    pub(super) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Colour) {
        self.ops.push(Op::SetFillColor { col: rgb(colour) });
        let mut rectangle = area(x, y, width, height);
        rectangle.mode = Some(PaintMode::Fill);
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// A line of text that begins at `x` and stands on `y`.
    pub(super) fn line(&mut self, line: &Line, x: i32, y: i32, size: i32, colour: Colour) {
        if line.pieces.is_empty() {
            return;
        }
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetTextCursor { pos: Point { x: pt(x), y: pt(y) } });
        let mut at = x;
        for piece in &line.pieces {
            let colour = if piece.link.is_some() { LINK } else { colour };
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
            self.ops.push(Op::SetFont { font: PdfFontHandle::Builtin(font(piece.face)), size: pt(size) });
            self.ops.push(Op::ShowText { items: vec![TextItem::Text(piece.text.clone())] });
            if let Some(target) = &piece.link {
                self.link(target, area(at, y - size / 5, piece.width, size));
            }
            at += piece.width;
        }
        self.ops.push(Op::EndTextSection);
    }

    fn link(&mut self, target: &str, rectangle: Rect) {
        let border = BorderArray::Solid([0.0, 0.0, 0.0]);
        let link = LinkAnnotation::new(rectangle, Actions::uri(target.to_owned()), Some(border), None, None);
        self.ops.push(Op::LinkAnnotation { link });
    }
}

fn font(face: Face) -> BuiltinFont {
    match (face.code, face.bold, face.italic) {
        (true, false, false) => BuiltinFont::Courier,
        (true, true, false) => BuiltinFont::CourierBold,
        (true, false, true) => BuiltinFont::CourierOblique,
        (true, true, true) => BuiltinFont::CourierBoldOblique,
        (false, false, false) => BuiltinFont::Helvetica,
        (false, true, false) => BuiltinFont::HelveticaBold,
        (false, false, true) => BuiltinFont::HelveticaOblique,
        (false, true, true) => BuiltinFont::HelveticaBoldOblique,
    }
}

fn area(x: i32, y: i32, width: i32, height: i32) -> Rect {
    Rect { x: pt(x), y: pt(y), width: pt(width), height: pt(height), mode: None, winding_order: None }
}

/// The crate wants floats. One division of whole numbers below 2^24 is the same on every machine.
fn pt(thousandths: i32) -> Pt {
    Pt(thousandths as f32 / 1_000.0)
}

fn rgb(Colour(red, green, blue): Colour) -> Color {
    let share = |part: u8| f32::from(part) / 255.0;
    Color::Rgb(Rgb { r: share(red), g: share(green), b: share(blue), icc_profile: None })
}
