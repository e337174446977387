//! Lines of text: measured, broken, and drawn as one outline.

use super::canvas::Canvas;
use super::letters;
use super::shape::{ONE, Outline, Point};
use crate::document::look::Colour;
use crate::formats::fonts::{self, Face, Family, Glyph};

/// How text is drawn: its face, its size in 256ths of a pixel, its colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) face: Face,
    pub(crate) size: i32,
    pub(crate) colour: Colour,
}

impl Style {
    /// Regular letters of a size in pixels.
    pub(super) const fn new(family: Family, pixels: i32, colour: Colour) -> Style {
        Style { face: Face { family, bold: false, italic: false }, size: pixels * ONE, colour }
    }

    pub(super) const fn bold(mut self) -> Style {
        self.face.bold = true;
        self
    }

    pub(super) const fn coloured(self, colour: Colour) -> Style {
        Style { colour, ..self }
    }
}

/// The glyph of a letter; a question mark where the fonts lack it.
fn glyph(letter: char) -> Glyph {
    fonts::glyph(letter).or_else(|| fonts::glyph('?')).unwrap_or(0)
}

/// How wide a text is, in 256ths of a pixel.
pub(super) fn width(text: &str, style: Style) -> i32 {
    let widths = fonts::widths(style.face);
    let units: i64 = text.chars().map(|letter| i64::from(*widths.get(usize::from(glyph(letter))).unwrap_or(&0))).sum();
    (units * i64::from(style.size) / 1000) as i32
}

/// The closed paths of a text that begins at the origin and stands on y = 0, y downwards, in 256ths of a pixel.
pub(super) fn paths(text: &str, face: Face, size: i32) -> impl Iterator<Item = Vec<Point>> {
    let widths = fonts::widths(face);
    let mut along = 0_i64;
    text.chars().flat_map(move |letter| {
        let glyph = glyph(letter);
        let start = along;
        along += i64::from(*widths.get(usize::from(glyph)).unwrap_or(&0)) * 4;
        let placed = move |point: &Point| {
            let scaled = |part: i64| part * i64::from(size) / 4_000;
            Point::exact(scaled(start + i64::from(point.x)), scaled(-i64::from(point.y)))
        };
        letters::paths(face, glyph).iter().map(move |path| path.iter().map(placed).collect())
    })
}

impl Canvas {
    /// Writes a line that begins at a place and stands on it.
    pub(super) fn text(&mut self, text: &str, at: Point, style: Style) {
        let mut outline = Outline::default();
        for path in paths(text, style.face, style.size) {
            let moved: Vec<Point> = path.iter().map(|point| point.plus(at.x, at.y)).collect();
            outline.add(&moved);
        }
        self.fill_all(&outline, style.colour);
    }

    /// Writes a line that ends at a place.
    pub(super) fn text_ending(&mut self, text: &str, at: Point, style: Style) {
        self.text(text, at.plus(-width(text, style), 0), style);
    }

    /// Writes a line around a place.
    pub(super) fn text_around(&mut self, text: &str, at: Point, style: Style) {
        self.text(text, at.plus(-width(text, style) / 2, 0), style);
    }
}

/// As much of a text as fits, with an ellipsis where something is left out.
pub(super) fn fitted(text: &str, style: Style, room: i32) -> String {
    if width(text, style) <= room {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while !kept.is_empty() && width(&kept, style) + width("…", style) > room {
        kept.pop();
    }
    kept.trim_end().to_owned() + "…"
}
