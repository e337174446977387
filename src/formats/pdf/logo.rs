//! The mark of a company: its letters in front of a shape.

use super::layout::Layout;
use super::lines::{self, Line, Look};
use super::page::Area;
use crate::document::Run;
use crate::document::look::{Brand, Colour, Mark};

/// How tall a logo is at the head of a page.
pub(super) const HEIGHT: i32 = 24_000;
const WHITE: Colour = Colour::of(0xFF_FF_FF);

/// Draws a logo of some height whose lower left corner is given, on a page of the document.
pub(super) fn draw(layout: &mut Layout, brand: &Brand, (x, y): (i32, i32), height: i32, page: usize) {
    let colour = brand.palette.accent;
    let half = height / 2;
    let line = letters(layout, brand, height);
    let sheet = &mut layout.pages[page];
    match brand.mark {
        Mark::Square => sheet.fill(Area { x, y, width: height, height }, colour),
        Mark::Circle => sheet.disc((x + half, y + half), half, colour),
        Mark::Bar => sheet.fill(Area { x, y, width: height / 8, height }, colour),
        Mark::Diamond => {
            sheet.polygon(&[(x + half, y), (x + height, y + half), (x + half, y + height), (x, y + half)], colour);
        }
        Mark::Hexagon => {
            // The sides of a hexagon are 1 : √3 / 2.
            let (quarter, low) = (height / 4, height * 67 / 1_000);
            let (top, bottom) = (y + height - low, y + low);
            let corners = [(x + quarter, bottom), (x + height - quarter, bottom), (x + height, y + half)];
            let others = [(x + height - quarter, top), (x + quarter, top), (x, y + half)];
            sheet.polygon(&[corners, others].concat(), colour);
        }
    }
    let (from, ink) = match brand.mark {
        Mark::Bar => (x + height / 5, colour),
        _ => (x + (height - line.width) / 2, WHITE),
    };
    let foot = y + half - capitals(height) * 36 / 100;
    layout.pages[page].line(&line, from, foot, ink, &mut layout.used);
}

/// The size of the letters.
fn capitals(height: i32) -> i32 {
    height * 46 / 100
}

fn letters(layout: &Layout, brand: &Brand, height: i32) -> Line {
    let most = if brand.mark == Mark::Diamond { height * 62 / 100 } else { height * 84 / 100 };
    let run = Run { text: brand.monogram.clone(), ..Run::default() };
    let mut size = capitals(height);
    loop {
        let look = Look { cut: layout.cuts.heading, ..Look::plain(layout.cuts, size).bold() };
        let line = lines::wrap(std::slice::from_ref(&run), look, height * 4, 0).into_iter().next().unwrap_or_default();
        if line.width <= most || size < 2_000 {
            return line;
        }
        size -= 500;
    }
}
