//! The mark of a company: a shape with the letters of its monogram, and its name beside.

use super::drawing::{Drawing, Hold, around};
use super::shape::{ONE, Point};
use super::text::{self, Style};
use crate::document::look::{Brand, Colour, Mark};
use crate::formats::fonts::Family;

/// A mark stands in a square, with some room around it.
const HEIGHT: i32 = 160;
pub(super) const AROUND: i32 = 20;
const PAPER: Colour = Colour::of(0xFFFFFF);

/// The mark alone, for where the name stands beside it.
pub(super) fn mark(brand: &Brand) -> Drawing {
    let mut drawing = Drawing::new(HEIGHT, HEIGHT, PAPER);
    let letters = monogram(brand, Family::standing_for(&brand.heading_font));
    draw_mark(&mut drawing, brand, letters);
    drawing
}

/// The logo as a drawing, as wide as the name asks for.
pub(super) fn draw(brand: &Brand) -> Drawing {
    let family = Family::standing_for(&brand.heading_font);
    let (first, rest) = halves(&brand.company);
    let mut style = Style::new(family, 52, brand.palette.accent).bold();
    let second =
        Style { face: crate::formats::fonts::Face { bold: false, ..style.face }, colour: brand.palette.muted, ..style };
    let widest = |style: Style| text::width(first, style).max(text::width(rest, second)) / ONE;
    if rest.is_empty() {
        style.size = 60 * ONE;
    }
    let letters = monogram(brand, family);
    let left = match brand.mark {
        Mark::Bar => 80 + text::width(&brand.monogram, letters) / ONE,
        _ => HEIGHT + 12,
    };
    let mut drawing = Drawing::new(left + widest(style) + 24, HEIGHT, PAPER);
    draw_mark(&mut drawing, brand, letters);
    if rest.is_empty() {
        drawing.text(first, Point::at(left, 102), Hold::Start, style);
    } else {
        drawing.text(first, Point::at(left, 74), Hold::Start, style);
        drawing.text(rest, Point::at(left, 130), Hold::Start, second);
    }
    drawing
}

/// A name in two lines of about the same length; the second is empty for a short one.
fn halves(name: &str) -> (&str, &str) {
    let middle = name.len() / 2;
    let spaces = name.match_indices(' ').map(|(at, _)| at);
    match spaces.min_by_key(|at| at.abs_diff(middle)) {
        Some(space) if name.chars().count() > 14 => (&name[..space], &name[space + 1..]),
        _ => (name, ""),
    }
}

/// The letters of the mark, as large as its shape allows.
fn monogram(brand: &Brand, family: Family) -> Style {
    let colour = if brand.mark == Mark::Bar { brand.palette.accent } else { PAPER };
    let room = if brand.mark == Mark::Diamond { 84 } else { 96 };
    let mut letters = Style::new(family, 58, colour).bold();
    while text::width(&brand.monogram, letters) > room * ONE && letters.size > 20 * ONE {
        letters.size -= 2 * ONE;
    }
    letters
}

fn draw_mark(drawing: &mut Drawing, brand: &Brand, letters: Style) {
    let accent = brand.palette.accent;
    let middle = Point::at(HEIGHT / 2, HEIGHT / 2);
    let (mut hold, mut at) = (Hold::Middle, middle.plus(0, letters.size * 35 / 100));
    match brand.mark {
        Mark::Square => drawing.rectangle(AROUND, AROUND, HEIGHT - 2 * AROUND, HEIGHT - 2 * AROUND, accent),
        Mark::Circle => drawing.disc(middle, 64 * ONE, accent),
        Mark::Diamond => drawing.area((0..4).map(|corner| around(middle, 76 * ONE, corner * 1024)).collect(), accent),
        Mark::Hexagon => {
            drawing.area((0..6).map(|corner| around(middle, 70 * ONE, corner * 4096 / 6)).collect(), accent)
        }
        Mark::Bar => {
            drawing.rectangle(AROUND, AROUND, 14, HEIGHT - 2 * AROUND, accent);
            drawing.rectangle(40, AROUND, 5, HEIGHT - 2 * AROUND, brand.palette.series[1]);
            (hold, at) = (Hold::Start, Point::at(56, HEIGHT / 2).plus(0, letters.size * 35 / 100));
        }
    }
    drawing.text(brand.monogram.as_str(), at, hold, letters);
}
