//! Blocks → pages of one column. Lengths are thousandths of a point.

use super::lines::{self, Line, Look};
use super::page::Page;
use super::table;
use crate::document::look::{Colour, Palette};
use crate::document::{Block, Doc, Properties, Run};
use crate::formats::{palette, wording};

/// Margins of an A4 page.
pub(super) const LEFT: i32 = 70_900;
pub(super) const WIDTH: i32 = 453_500;
const TOP: i32 = 770_000;
const BOTTOM: i32 = 70_900;
const HEADER: i32 = 800_000;
const FOOTER: i32 = 40_000;
/// Sizes of text.
const BODY: i32 = 10_500;
const CODE: i32 = 9_000;
const EDGE: i32 = 8_500;
/// Width of one level of indent.
const INDENT: i32 = 18_000;
/// Colour of ordinary text.
pub(super) const INK: Colour = Colour::of(0x1A1A1A);
const GREY: Colour = Colour::of(0xF3F3F3);

/// The pages of a document.
pub(super) fn pages(doc: &Doc) -> Vec<Page> {
    let palette = palette::of(&doc.properties);
    let mut layout = Layout { pages: vec![Page::default()], y: TOP, gap: 0, palette };
    layout.blocks(&doc.blocks, Place::default());
    edges(&mut layout.pages, &doc.properties, palette);
    layout.pages
}

/// Pages so far and where the next line goes.
pub(super) struct Layout {
    pages: Vec<Page>,
    /// The top of what comes next.
    pub(super) y: i32,
    /// Distance that the last block wants below it.
    gap: i32,
    pub(super) palette: Palette,
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct Place {
    indent: i32,
    depth: usize,
    quoted: bool,
}

impl Layout {
    fn blocks(&mut self, blocks: &[Block], place: Place) {
        blocks.iter().for_each(|block| self.block(block, place));
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { level, runs } => self.heading(*level, runs),
            Block::Paragraph { runs } => self.paragraph(runs, place),
            Block::List { ordered, start, items } => self.list(*ordered, *start, items, place),
            Block::Table { header, rows, alignment } => {
                self.space(8_000);
                table::draw(self, header, rows, alignment);
                self.gap = 12_000;
            }
            Block::Quote { blocks } => {
                self.blocks(blocks, Place { indent: place.indent + INDENT, quoted: true, ..place });
            }
            Block::Code { text, .. } => self.code(text, place),
            Block::Picture { alt, .. } => self.caption(alt, place),
            Block::Chart { chart } => self.caption(&chart.title, place),
            Block::Rule => self.rule(),
            Block::PageBreak => {
                if self.y < TOP {
                    self.turn();
                }
            }
        }
    }

    fn caption(&mut self, text: &str, place: Place) {
        self.paragraph(&[Run { text: text.to_owned(), italic: true, ..Run::default() }], place);
    }

    fn heading(&mut self, level: u8, runs: &[Run]) {
        let (size, before, after) = match level {
            0 => (22_000, 0, 16_000),
            1 => (15_000, 18_000, 6_000),
            2 => (12_500, 14_000, 5_000),
            _ => (11_000, 12_000, 4_000),
        };
        self.space(before);
        let look = Look { size, bold: true, italic: false };
        let lines = lines::wrap(runs, look, WIDTH);
        // A heading does not stand at the end of a page.
        self.need(lines.len() as i32 * leading(size) + 3 * leading(BODY));
        let colour = self.palette.accent;
        lines.iter().for_each(|line| self.line(line, LEFT, size, colour));
        if level == 0 {
            self.y -= 5_000;
            let y = self.y;
            self.page().fill(LEFT, y, WIDTH, 1_000, colour);
            self.y -= 1_000;
        }
        self.gap = after;
    }

    fn paragraph(&mut self, runs: &[Run], place: Place) {
        self.space(0);
        let look = Look { size: BODY, bold: false, italic: place.quoted };
        let lines = lines::wrap(runs, look, WIDTH - place.indent);
        for (index, line) in lines.iter().enumerate() {
            // Neither the first nor the last line of a paragraph stands alone on its page.
            let together = if index == 0 || index + 2 == lines.len() { 2.min(lines.len()) } else { 1 };
            self.need(together as i32 * leading(BODY));
            if place.quoted {
                self.bar(place.indent);
            }
            self.line(line, LEFT + place.indent, BODY, INK);
        }
        self.gap = if place.depth > 0 { 3_000 } else { 8_000 };
    }

    /// The bar beside a line of a quote.
    fn bar(&mut self, indent: i32) {
        let (y, colour) = (self.y - leading(BODY), self.palette.muted);
        self.page().fill(LEFT + indent - 10_000, y, 2_000, leading(BODY), colour);
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[Vec<Block>], place: Place) {
        let inner = Place { indent: place.indent + INDENT, depth: place.depth + 1, ..place };
        for (index, item) in items.iter().enumerate() {
            self.space(0);
            self.need(leading(BODY));
            let mark = mark(ordered, u64::from(start) + index as u64, place.depth);
            let look = Look { size: BODY, bold: false, italic: false };
            let marks = lines::wrap(&[Run { text: mark, ..Run::default() }], look, WIDTH);
            let y = self.y - ascent(BODY);
            if let Some(line) = marks.first() {
                self.page().line(line, LEFT + inner.indent - 14_000, y, BODY, INK);
            }
            self.blocks(item, inner);
            if item.is_empty() {
                self.y -= leading(BODY);
            }
        }
        if place.depth == 0 {
            self.gap = 8_000;
        }
    }

    fn code(&mut self, text: &str, place: Place) {
        self.space(4_000);
        let look = Look { size: CODE, bold: false, italic: false };
        let run = Run { text: text.trim_end_matches('\n').to_owned(), code: true, ..Run::default() };
        let width = WIDTH - place.indent;
        for line in lines::wrap(&[run], look, width - 8_000) {
            self.need(leading(CODE));
            let y = self.y - leading(CODE);
            self.page().fill(LEFT + place.indent, y, width, leading(CODE), GREY);
            self.line(&line, LEFT + place.indent + 4_000, CODE, INK);
        }
        self.gap = 10_000;
    }

    fn rule(&mut self) {
        self.space(6_000);
        self.need(1_000);
        self.y -= 1_000;
        let y = self.y;
        self.page().fill(LEFT, y, WIDTH, 600, Colour::of(0xBF_BFBF));
        self.gap = 10_000;
    }

    /// Leaves the distance between two blocks: the larger of what both want.
    fn space(&mut self, before: i32) {
        let gap = std::mem::take(&mut self.gap).max(before);
        if self.y < TOP {
            self.y -= gap;
        }
    }

    /// Turns the page if less than `height` is left. Says whether it did.
    pub(super) fn need(&mut self, height: i32) -> bool {
        let turns = self.y - height < BOTTOM && self.y < TOP;
        if turns {
            self.turn();
        }
        turns
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
        self.gap = 0;
    }

    /// Writes a line and moves below it.
    fn line(&mut self, line: &Line, x: i32, size: i32, colour: Colour) {
        let y = self.y - ascent(size);
        self.page().line(line, x, y, size, colour);
        self.y -= leading(size);
    }

    /// The page that is being written.
    pub(super) fn page(&mut self) -> &mut Page {
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

/// What stands before an item.
fn mark(ordered: bool, number: u64, depth: usize) -> String {
    match (ordered, depth % 3) {
        (false, 0) => "•".to_owned(),
        (false, _) => "–".to_owned(),
        (true, 1) if (1..=26).contains(&number) => format!("{}.", char::from(b'a' + number as u8 - 1)),
        (true, _) => format!("{number}."),
    }
}

/// Header and footer of every page, now that their number is known.
fn edges(pages: &mut [Page], properties: &Properties, palette: Palette) {
    let words = wording::page_count(&properties.language);
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let number = format!("{}{}{}{count}", words.before, index + 1, words.between);
        for (y, left, right) in
            [(HEADER, &properties.company, &properties.title), (FOOTER, &properties.author, &number)]
        {
            let (left, right) = (edge(left), edge(right));
            page.line(&left, LEFT, y, EDGE, palette.muted);
            page.line(&right, LEFT + WIDTH - right.width, y, EDGE, palette.muted);
        }
    }
}

fn edge(text: &str) -> Line {
    let look = Look { size: EDGE, bold: false, italic: false };
    let run = Run { text: text.to_owned(), ..Run::default() };
    lines::wrap(&[run], look, WIDTH / 2).into_iter().next().unwrap_or_default()
}

/// From one line to the next.
pub(super) fn leading(size: i32) -> i32 {
    size * 135 / 100
}

/// From the top of a line to where its letters stand.
pub(super) fn ascent(size: i32) -> i32 {
    size
}
