//! Drawing on pages: text, filled areas, curves, links. Lengths are thousandths of a point, from the lower left corner.

use std::sync::Arc;

use super::font::{Cut, Font, Used};
use super::lines::{Line, Piece, Stretch};
use crate::document::look::Colour;
use crate::document::markup::Remark;
use crate::formats::picture;

/// Colour of the text of links.
const LINK: Colour = Colour::of(0x05_63_C1);
/// How far from the end of a straight line to its corner a curve is drawn so that four make a circle, in thousandths.
const ROUND: i32 = 552;

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// What lies over a page.
pub(super) enum Over {
    Link(String),
    Remark(Arc<Remark>),
}

/// A jpeg file that pages show.
pub(super) struct Image {
    pub(super) bytes: Vec<u8>,
    /// In pixels.
    pub(super) width: i32,
    pub(super) height: i32,
    /// Without colours.
    pub(super) grey: bool,
}

/// A filled shape of a page: closed paths, or lines of some width.
pub(super) struct Shape {
    pub(super) paths: Vec<Vec<(i32, i32)>>,
    pub(super) width: Option<i32>,
    pub(super) colour: Colour,
}

/// What is drawn on one page.
#[derive(Default)]
pub(super) struct Page {
    /// Operators in the order of drawing.
    pub(super) content: Vec<u8>,
    pub(super) over: Vec<(Area, Over)>,
    /// The same as shapes, where the page is to be scanned.
    pub(super) shapes: Option<Vec<Shape>>,
    font: Option<(Font, i32)>,
    fill: Option<Colour>,
    stroke: Option<(Colour, i32)>,
}

impl Page {
    /// A page that is to be scanned, or one like the others.
    pub(super) fn new(scanned: bool) -> Page {
        Page { shapes: scanned.then(Vec::new), ..Page::default() }
    }

    fn shape(&mut self, paths: impl FnOnce() -> Vec<Vec<(i32, i32)>>, width: Option<i32>, colour: Colour) {
        if let Some(shapes) = &mut self.shapes {
            shapes.push(Shape { paths: paths(), width, colour });
        }
    }

    /// A filled rectangle.
    pub(super) fn fill(&mut self, area: Area, colour: Colour) {
        let (right, top) = (area.x + area.width, area.y + area.height);
        self.shape(|| vec![vec![(area.x, area.y), (right, area.y), (right, top), (area.x, top)]], None, colour);
        self.paint(colour);
        self.numbers(&[area.x, area.y, area.width, area.height]);
        self.operator("re f");
    }

    /// A filled shape with straight sides.
    pub(super) fn polygon(&mut self, corners: &[(i32, i32)], colour: Colour) {
        self.shape(|| vec![corners.to_vec()], None, colour);
        self.paint(colour);
        self.path(corners);
        self.operator("f");
    }

    /// A line from point to point.
    pub(super) fn polyline(&mut self, points: &[(i32, i32)], width: i32, colour: Colour) {
        self.shape(|| vec![points.to_vec()], Some(width), colour);
        self.pen(colour, width);
        self.path(points);
        self.operator("S");
    }

    /// A filled disc.
    pub(super) fn disc(&mut self, (x, y): (i32, i32), radius: i32, colour: Colour) {
        self.shape(|| vec![picture::circle((x, y), radius)], None, colour);
        self.paint(colour);
        let round = radius * ROUND / 1_000;
        self.numbers(&[x + radius, y]);
        self.operator("m");
        for curve in [
            [x + radius, y + round, x + round, y + radius, x, y + radius],
            [x - round, y + radius, x - radius, y + round, x - radius, y],
            [x - radius, y - round, x - round, y - radius, x, y - radius],
            [x + round, y - radius, x + radius, y - round, x + radius, y],
        ] {
            self.numbers(&curve);
            self.operator("c");
        }
        self.operator("f");
    }

    /// A picture of the document, by its number.
    pub(super) fn image(&mut self, number: usize, area: Area) {
        self.operator("q");
        self.numbers(&[area.width, 0, 0, area.height, area.x, area.y]);
        self.operator("cm");
        self.content.extend_from_slice(format!("/X{number} ").as_bytes());
        self.operator("Do Q");
    }

    fn path(&mut self, points: &[(i32, i32)]) {
        for (at, &(x, y)) in points.iter().enumerate() {
            self.numbers(&[x, y]);
            self.operator(if at == 0 { "m" } else { "l" });
        }
    }

    /// What stands between this and [`Page::end`] stands beside the text: `Artifact` for headers, footers and the letters of a
    /// logo, `Note` for a footnote.
    pub(super) fn begin(&mut self, tag: &str) {
        self.content.push(b'/');
        self.content.extend_from_slice(tag.as_bytes());
        self.operator(" BMC");
    }

    pub(super) fn end(&mut self) {
        self.operator("EMC");
    }

    /// A line of text that begins at `x` and stands on `y`.
    pub(super) fn line(&mut self, line: &Line, x: i32, y: i32, colour: Colour, used: &mut Used) {
        if line.pieces.is_empty() {
            return;
        }
        self.operator("BT");
        self.numbers(&[x, y]);
        self.operator("Td");
        let mut at = x;
        for piece in &line.pieces {
            let style = &piece.style;
            used.add(style.font, &piece.codes);
            self.paint(if style.link.is_some() { LINK } else { colour });
            self.show(piece, line.stretch);
            let ink = if style.link.is_some() { LINK } else { colour };
            self.shape(|| letters(piece, line.stretch, at, y), None, ink);
            let width = piece.stretched(line.stretch);
            let area = Area { x: at, y: y - style.size / 5, width, height: style.size * 6 / 5 };
            self.over.extend(style.link.iter().map(|target| (area, Over::Link(target.clone()))));
            self.over.extend(style.remark.iter().map(|remark| (area, Over::Remark(Arc::clone(remark)))));
            at += width;
        }
        self.operator("ET");
    }

    fn show(&mut self, piece: &Piece, stretch: Stretch) {
        let style = &piece.style;
        if self.font != Some((style.font, style.size)) {
            self.font = Some((style.font, style.size));
            self.content.extend_from_slice(b"/F");
            self.content.extend_from_slice(style.font.index().to_string().as_bytes());
            self.content.push(b' ');
            self.numbers(&[style.size]);
            self.operator("Tf");
        }
        let spread = stretch.letter * style.size / 1_000;
        for (value, operator) in [(style.rise, "Ts"), (spread, "Tc")] {
            self.set(value, value, operator);
        }
        if stretch.space == 0 {
            self.string(piece, &piece.codes);
            self.operator(" Tj");
        } else {
            self.content.push(b'[');
            for word in piece.codes.split_inclusive(|code| piece.is_space(*code)) {
                self.string(piece, word);
                if word.last().is_some_and(|code| piece.is_space(*code)) {
                    self.numbers(&[-stretch.space * 1_000]);
                }
            }
            self.operator("] TJ");
        }
        for (value, operator) in [(style.rise, "Ts"), (spread, "Tc")] {
            self.set(value, 0, operator);
        }
    }

    /// Sets what is nought between pieces, if a piece has another value.
    fn set(&mut self, piece: i32, value: i32, operator: &str) {
        if piece != 0 {
            self.numbers(&[value]);
            self.operator(operator);
        }
    }

    fn string(&mut self, piece: &Piece, codes: &[u16]) {
        let wide = matches!(piece.style.font.cut, Cut::Drawn(_));
        self.content.push(b'(');
        for &code in codes {
            if wide {
                self.byte((code >> 8) as u8);
            }
            self.byte(code as u8);
        }
        self.content.push(b')');
    }

    /// A byte of a string; readers take some for something else.
    fn byte(&mut self, byte: u8) {
        match byte {
            b'(' | b')' | b'\\' => self.content.extend_from_slice(&[b'\\', byte]),
            b'\r' => self.content.extend_from_slice(b"\\r"),
            _ => self.content.push(byte),
        }
    }

    /// The colour of areas and letters from here on.
    fn paint(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.colour(colour);
            self.operator("rg");
        }
    }

    /// The colour and width of lines from here on.
    fn pen(&mut self, colour: Colour, width: i32) {
        if self.stroke != Some((colour, width)) {
            self.stroke = Some((colour, width));
            self.colour(colour);
            self.operator("RG");
            self.numbers(&[width]);
            self.operator("w");
        }
    }

    fn colour(&mut self, colour: Colour) {
        self.numbers(&[colour.0, colour.1, colour.2].map(|part| i32::from(part) * 1_000 / 255));
    }

    /// Operands: thousandths as decimals, each with a space behind it.
    fn numbers(&mut self, thousandths: &[i32]) {
        for &number in thousandths {
            decimal(number, &mut self.content);
            self.content.push(b' ');
        }
    }

    fn operator(&mut self, operator: &str) {
        self.content.extend_from_slice(operator.as_bytes());
        self.content.push(b'\n');
    }
}

/// The paths of the letters of a piece that begins at a place.
fn letters(piece: &Piece, stretch: Stretch, x: i32, y: i32) -> Vec<Vec<(i32, i32)>> {
    let style = &piece.style;
    let Some(face) = style.font.face() else { return Vec::new() };
    let widths = style.font.widths();
    let mut at = x;
    let mut paths = Vec::new();
    for &code in &piece.codes {
        let place = |(along, up): (i32, i32)| {
            let scaled = |part: i32| (i64::from(part) * i64::from(style.size) / 4_000) as i32;
            (at + scaled(along), y + style.rise + scaled(up))
        };
        paths.extend(picture::letter(face, code).map(|path| path.map(place).collect()));
        at += widths.of(code) * style.size / 1_000 + stretch.letter * style.size / 1_000;
        if piece.is_space(code) {
            at += stretch.space * style.size / 1_000;
        }
    }
    paths
}

/// Writes thousandths as a decimal without needless digits.
fn decimal(thousandths: i32, out: &mut Vec<u8>) {
    if thousandths < 0 {
        out.push(b'-');
    }
    let (whole, mut part) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let mut digits = [0; 8];
    let mut at = digits.len();
    let mut rest = whole;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
    if part > 0 {
        out.push(b'.');
        let mut scale = 100;
        while part > 0 {
            out.push(b'0' + (part / scale) as u8);
            part %= scale;
            scale /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_written_as_decimals() {
        let written = |number| {
            let mut out = Vec::new();
            decimal(number, &mut out);
            String::from_utf8(out).expect("digits are text")
        };
        assert_eq!(
            [0, 5, 10_500, -70_900, 595_276, i32::MIN].map(written),
            ["0", "0.005", "10.5", "-70.9", "595.276", "-2147483.648"]
        );
    }
}
