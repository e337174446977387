//! Drawing in points of a screen that has several pixels to a point.

use crate::document::Run;
use crate::document::look::Colour;
use crate::formats::fonts::{Face, Family};
use crate::formats::picture::canvas::Canvas;
use crate::formats::picture::drawing::{around, disc};
use crate::formats::picture::shape::{ONE, Point, stroke};
use crate::formats::picture::text::{self, Style};

/// Draws on a screen. Lengths are points from the upper left corner of a window.
pub(super) struct Pen {
    pub(super) canvas: Canvas,
    /// Pixels to four points.
    scale: i32,
    /// Where the window begins.
    pub(super) origin: (i32, i32),
}

/// Letters of a window: their family, their size in points, their colour.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub(super) family: Family,
    pub(super) size: i32,
    pub(super) colour: Colour,
    pub(super) bold: bool,
}

impl Letters {
    /// Letters of the system, `0xRRGGBB`.
    pub(super) const fn of(size: i32, colour: u32) -> Letters {
        Letters { family: Family::Sans, size, colour: Colour::of(colour), bold: false }
    }

    pub(super) const fn bold(self) -> Letters {
        Letters { bold: true, ..self }
    }

    /// As they are measured: a point is a pixel.
    fn style(self, scale: i32) -> Style {
        let face = Face { family: self.family, bold: self.bold, italic: false };
        Style { face, size: self.size * scale * ONE / 4, colour: self.colour }
    }

    /// How wide a text is, in whole points.
    pub(super) fn width(self, text: &str) -> i32 {
        (text::width(text, self.style(4)) + ONE - 1) / ONE
    }

    /// As much of a text as fits.
    pub(super) fn fitted(self, text: &str, room: i32) -> String {
        text::fitted(text, self.style(4), room * ONE)
    }

    /// A text broken between its words into lines that fit.
    pub(super) fn wrapped(self, text: &str, room: i32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && self.width(&longer) > room {
                lines.push(std::mem::replace(&mut line, self.fitted(word, room)));
            } else {
                line = self.fitted(&longer, room);
            }
        }
        lines.push(line);
        lines
    }
}

/// The words of a line.
pub(super) fn line(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

impl Pen {
    pub(super) fn new((width, height): (i32, i32), scale: i32, ground: Colour) -> Pen {
        let mut canvas = Canvas::new(width * scale / 4, height * scale / 4, ground);
        canvas.coarse = true;
        Pen { canvas, scale, origin: (0, 0) }
    }

    /// Pixels of a place in the window.
    fn pixel(&self, (x, y): (i32, i32)) -> (i32, i32) {
        ((self.origin.0 + x) * self.scale / 4, (self.origin.1 + y) * self.scale / 4)
    }

    fn point(&self, (x, y): (i32, i32)) -> Point {
        let (x, y) = self.pixel((x, y));
        Point::at(x, y)
    }

    /// Fills a rectangle.
    pub(super) fn block(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Colour) {
        let ((left, top), (right, bottom)) = (self.pixel((x, y)), self.pixel((x + width, y + height)));
        self.canvas.block((left, top), (right, bottom), colour);
    }

    /// A line across, as thin as the screen can show it.
    pub(super) fn across(&mut self, x: i32, y: i32, width: i32, colour: Colour) {
        let ((left, top), (right, _)) = (self.pixel((x, y)), self.pixel((x + width, y)));
        self.canvas.block((left, top), (right, top + 1), colour);
    }

    /// A line down.
    pub(super) fn down(&mut self, x: i32, y: i32, height: i32, colour: Colour) {
        let ((left, top), (_, bottom)) = (self.pixel((x, y)), self.pixel((x, y + height)));
        self.canvas.block((left, top), (left + 1, bottom), colour);
    }

    /// The edges of a rectangle, within it.
    pub(super) fn outline(&mut self, x: i32, y: i32, width: i32, height: i32, thick: i32, colour: Colour) {
        self.block(x, y, width, thick, colour);
        self.block(x, y + height - thick, width, thick, colour);
        self.block(x, y, thick, height, colour);
        self.block(x + width - thick, y, thick, height, colour);
    }

    /// Fills a rectangle with round corners.
    pub(super) fn rounded(&mut self, x: i32, y: i32, width: i32, height: i32, radius: i32, colour: Colour) {
        let corners = [(x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        let inward = [(-1, 1), (-1, -1), (1, -1), (1, 1)];
        self.block(x + radius, y, width - 2 * radius, height, colour);
        self.block(x, y + radius, radius, height - 2 * radius, colour);
        self.block(x + width - radius, y + radius, radius, height - 2 * radius, colour);
        for (at, ((x, y), (right, down))) in corners.into_iter().zip(inward).enumerate() {
            let middle = self.point((x + right * radius, y + down * radius));
            self.canvas.fill(&self.quarter(middle, radius, at as i32), colour);
        }
    }

    /// Puts a colour outside of the round corners of a rectangle that was filled before.
    pub(super) fn corners(&mut self, width: i32, height: i32, radius: i32, colour: Colour) {
        let places = [(width, 0), (width, height), (0, height), (0, 0)];
        let inward = [(-1, 1), (-1, -1), (1, -1), (1, 1)];
        for (at, ((x, y), (right, down))) in places.into_iter().zip(inward).enumerate() {
            let mut path = self.quarter(self.point((x + right * radius, y + down * radius)), radius, at as i32);
            path[0] = self.point((x, y));
            self.canvas.fill(&path, colour);
        }
    }

    /// A quarter of a disc around a place, the first between top and right; its middle comes first.
    fn quarter(&self, middle: Point, radius: i32, quarter: i32) -> Vec<Point> {
        let radius = radius * self.scale * ONE / 4;
        let rim = (0..=12).map(|step| around(middle, radius, quarter * 1024 + step * 1024 / 12));
        std::iter::once(middle).chain(rim).collect()
    }

    /// A disc around a place.
    pub(super) fn disc(&mut self, x: i32, y: i32, radius: i32, colour: Colour) {
        let path = disc(self.point((x, y)), radius * self.scale * ONE / 4);
        self.canvas.fill(&path, colour);
    }

    /// Straight strokes from place to place, `thick` in quarters of a point.
    pub(super) fn strokes(&mut self, path: &[(i32, i32)], thick: i32, colour: Colour) {
        for pair in path.windows(2) {
            let middle = |place: (i32, i32)| self.point(place).plus(ONE / 2, ONE / 2);
            let line = stroke(middle(pair[0]), middle(pair[1]), thick * self.scale * ONE / 16);
            self.canvas.fill(&line, colour);
        }
    }

    /// A filled path.
    pub(super) fn shape(&mut self, path: &[(i32, i32)], colour: Colour) {
        let path: Vec<Point> = path.iter().map(|place| self.point(*place)).collect();
        self.canvas.fill(&path, colour);
    }

    /// Writes a line that begins at a place and stands on it.
    pub(super) fn text(&mut self, text: &str, x: i32, y: i32, letters: Letters) {
        self.canvas.text(text, self.point((x, y)), letters.style(self.scale));
    }

    /// Writes a line around a place.
    pub(super) fn centred(&mut self, text: &str, x: i32, y: i32, letters: Letters) {
        self.canvas.text_around(text, self.point((x, y)), letters.style(self.scale));
    }

    /// Writes a line that ends at a place.
    pub(super) fn ending(&mut self, text: &str, x: i32, y: i32, letters: Letters) {
        self.canvas.text_ending(text, self.point((x, y)), letters.style(self.scale));
    }
}
