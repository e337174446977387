//! What stands at the head and the foot of every page: the company's mark, what the document is, whose it is, which page
//! of how many.

use super::layout::{LEFT, Layout, WIDTH};
use super::lines::{self, Line, Look};
use super::logo;
use super::page::Area;
use crate::document::look::Colour;
use crate::document::{Properties, Run};
use crate::formats::wording;

const HEADER: i32 = 800_000;
const FOOTER: i32 = 40_000;
const SIZE: i32 = 8_500;
const HAIR: Colour = Colour::of(0xD0_D5_DD);

/// Draws the edges of all pages, now that their number is known.
pub(super) fn draw(layout: &mut Layout, properties: &Properties) {
    let brand = &properties.brand;
    let words = wording::page_count(&properties.language);
    let count = layout.pages.len();
    let company = if properties.company.is_empty() { &brand.company } else { &properties.company };
    let footer = if brand.footer.is_empty() { &properties.author } else { &brand.footer };
    for page in 0..count {
        layout.pages[page].begin("Artifact");
        let beside = if page == 0 && !brand.monogram.is_empty() {
            logo::draw(layout, brand, (LEFT, HEADER - 10_000), logo::HEIGHT, page);
            logo::HEIGHT + 7_000
        } else {
            0
        };
        let number = format!("{}{}{}{count}", words.before, page + 1, words.between);
        text(layout, page, HEADER, beside, company, &properties.title);
        text(layout, page, FOOTER, 0, footer, &number);
        layout.pages[page].fill(Area { x: LEFT, y: FOOTER + 13_000, width: WIDTH, height: 500 }, HAIR);
        layout.pages[page].end();
    }
}

/// A line with something left and something right, which may take more than half each if the other takes less.
fn text(layout: &mut Layout, page: usize, y: i32, beside: i32, left: &str, right: &str) {
    let colour = layout.palette.muted;
    let right = edge(layout, right, WIDTH * 55 / 100);
    let left = edge(layout, left, WIDTH - beside - right.width - 12_000);
    let end = LEFT + WIDTH - right.width;
    layout.pages[page].line(&left, LEFT + beside, y, colour, &mut layout.used);
    layout.pages[page].line(&right, end, y, colour, &mut layout.used);
}

/// As much of a text as fits; what does not is left out at a space, with an ellipsis.
fn edge(layout: &Layout, text: &str, room: i32) -> Line {
    let look = Look::plain(layout.cuts, SIZE);
    let broken = |text: String| lines::wrap(&[Run { text, ..Run::default() }], look, room, 0);
    let mut kept = text.to_owned();
    loop {
        let shown = if kept.len() == text.len() { kept.clone() } else { format!("{kept}…") };
        let mut lines = broken(shown);
        match kept.rfind(' ').filter(|_| lines.len() > 1) {
            Some(space) => kept.truncate(space),
            None => return lines.swap_remove(0),
        }
    }
}
