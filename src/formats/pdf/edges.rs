//! What stands at the head and the foot of every page: the company's mark, what the document is, whose it is, which page
//! of how many.

use super::figure;
use super::layout::{LEFT, Layout, WIDTH};
use super::lines::{self, Line, Look};
use super::page::Area;
use crate::document::look::{Brand, Colour, Letterhead};
use crate::document::{Properties, Run};
use crate::formats::{picture, wording};

const HEADER: i32 = 800_000;
const FOOTER: i32 = 44_000;
/// The company's own line, below the footer.
const FOOT: i32 = 31_000;
const SIZE: i32 = 8_500;
/// How tall a mark is.
const MARK: i32 = 24_000;
/// From a mark to the name beside it.
const BESIDE: i32 = 7_000;
const HAIR: Colour = Colour::of(0xD0_D5_DD);

/// Draws the edges of all pages, now that their number is known.
pub(super) fn draw(layout: &mut Layout, properties: &Properties) {
    let words = wording::page_count(&properties.language);
    let count = layout.pages.len();
    let saved = properties.hand.dates.print(properties.modified.date(), &properties.language);
    let signed = if properties.author.is_empty() { saved } else { format!("{}, {saved}", properties.author) };
    for page in 0..count {
        layout.pages[page].begin("Artifact");
        head(layout, page, properties);
        let number = format!("{}{}{}{count}", words.before, page + 1, words.between);
        apart(layout, page, FOOTER, &signed, &number);
        foot(layout, page, properties);
        layout.pages[page].fill(Area { x: LEFT, y: FOOTER + 12_000, width: WIDTH, height: 500 }, HAIR);
        layout.pages[page].end();
    }
}

/// The head of a page: the first one has the company's mark.
fn head(layout: &mut Layout, page: usize, properties: &Properties) {
    let brand = &properties.brand;
    let company = if properties.company.is_empty() { &brand.company } else { &properties.company };
    let marked = page == 0 && !brand.monogram.is_empty();
    let room = if marked { MARK + BESIDE } else { 0 };
    let name = edge(layout, company, WIDTH * 45 / 100);
    let title = edge(layout, &properties.title, WIDTH - room - name.width - 12_000);
    let (from, title_from) = match brand.letterhead {
        Letterhead::Ruled => (LEFT, Some(LEFT + WIDTH - title.width)),
        Letterhead::Banded => (LEFT + WIDTH - room - name.width, Some(LEFT)),
        Letterhead::Centred => (LEFT + (WIDTH - room - name.width) / 2, None),
    };
    if marked {
        mark(layout, page, brand, (from, HEADER - 9_000));
    }
    put(layout, page, &name, (from + room, HEADER));
    if let Some(from) = title_from {
        put(layout, page, &title, (from, HEADER));
    }
}

/// The mark of a company, its lower left corner given.
fn mark(layout: &mut Layout, page: usize, brand: &Brand, (x, y): (i32, i32)) {
    let (drawing, around) = picture::mark(brand);
    let scaled = |pixels: i32| MARK * pixels / (drawing.height - 2 * around);
    let (side, out) = (scaled(drawing.height), scaled(around));
    let cut = layout.cuts.heading;
    figure::draw(layout, page, &drawing, Area { x: x - out, y: y - out, width: side, height: side }, |_| cut);
}

/// The line a company has at the foot of its pages.
fn foot(layout: &mut Layout, page: usize, properties: &Properties) {
    let brand = &properties.brand;
    if !brand.footer.is_empty() {
        let line = edge(layout, &brand.footer, WIDTH);
        let shift = if brand.letterhead == Letterhead::Centred { (WIDTH - line.width) / 2 } else { 0 };
        put(layout, page, &line, (LEFT + shift, FOOT));
    }
}

/// A line with something left and something right.
fn apart(layout: &mut Layout, page: usize, y: i32, left: &str, right: &str) {
    let right = edge(layout, right, WIDTH / 2);
    let left = edge(layout, left, WIDTH - right.width - 12_000);
    put(layout, page, &left, (LEFT, y));
    put(layout, page, &right, (LEFT + WIDTH - right.width, y));
}

fn put(layout: &mut Layout, page: usize, line: &Line, (x, y): (i32, i32)) {
    let colour = layout.palette.muted;
    layout.pages[page].line(line, x, y, colour, &mut layout.used);
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
