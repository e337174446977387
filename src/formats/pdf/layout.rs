//! Blocks → pages of one column. Lengths are thousandths of a point.

use super::font::{Cuts, Used};
use super::lines::{self, Line, Look};
use super::page::{Area, Image, Page};
use super::{figure, notes, table};
use crate::document::look::{Colour, Density, Hand, Letterhead, Palette};
use crate::document::{Block, Doc, Properties, Run};
use crate::formats::palette;

/// Margins of an A4 page.
pub(super) const LEFT: i32 = 70_900;
pub(super) const WIDTH: i32 = 453_500;
pub(super) const TOP: i32 = 770_000;
const BOTTOM: i32 = 70_900;
/// Width of one level of indent.
const INDENT: i32 = 18_000;
/// Colour of ordinary text.
pub(super) const INK: Colour = Colour::of(0x1A_1A_1A);
const HEADING: Colour = Colour::of(0x26_26_26);
pub(super) const WHITE: Colour = Colour::of(0xFF_FF_FF);
const GREY: Colour = Colour::of(0xF3_F3_F3);
const HAIR: Colour = Colour::of(0xBF_BF_BF);

/// Pages so far and where the next line goes.
pub(super) struct Layout {
    pub(super) pages: Vec<Page>,
    pub(super) used: Used,
    pub(super) headings: Vec<Bookmark>,
    pub(super) images: Vec<Image>,
    pub(super) properties: Properties,
    /// The top of what comes next.
    pub(super) y: i32,
    /// Distance that the last block wants below it.
    gap: i32,
    /// Footnotes of the page that is being written.
    notes: notes::Notes,
    pub(super) palette: Palette,
    pub(super) cuts: Cuts,
    pub(super) hand: Hand,
    letterhead: Letterhead,
    /// Numbers of the headings above here, by level.
    numbers: [u32; 4],
}

/// A heading as the outline lists it.
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) page: usize,
    /// The top of the heading.
    pub(super) y: i32,
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct Place {
    indent: i32,
    depth: usize,
    quoted: bool,
}

impl Layout {
    /// The pages of a document, without their headers and footers.
    pub(super) fn of(doc: &Doc, cuts: Cuts) -> Layout {
        let mut layout = Layout {
            pages: vec![Page::new(doc.properties.scanned)],
            used: Used::default(),
            headings: Vec::new(),
            images: Vec::new(),
            properties: doc.properties.clone(),
            y: TOP,
            gap: 0,
            notes: notes::Notes::default(),
            palette: palette::of(&doc.properties),
            cuts,
            hand: doc.properties.hand,
            letterhead: doc.properties.brand.letterhead,
            numbers: [0; 4],
        };
        layout.blocks(&doc.blocks, Place::default());
        layout.close();
        layout
    }

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
            Block::Picture { picture, alt, .. } => {
                figure::picture(self, picture);
                self.caption(alt);
            }
            Block::Chart { chart } => figure::chart(self, chart),
            Block::Rule => self.rule(),
            Block::PageBreak if self.y < TOP => self.turn(),
            Block::PageBreak => {}
        }
    }

    fn heading(&mut self, level: u8, runs: &[Run]) {
        if level == 0 {
            return self.title(runs);
        }
        let body = self.cuts.body.body();
        let (size, before, after) = match level {
            1 => (body * 145 / 100, 18_000, 6_000),
            2 => (body * 120 / 100, 14_000, 5_000),
            _ => (body * 106 / 100, 12_000, 4_000),
        };
        self.space(before);
        let look = Look { cut: self.cuts.heading, ..Look::plain(self.cuts, size).bold() };
        let number = self.number(level);
        let numbered: Vec<Run> = number.into_iter().chain(runs.iter().cloned()).collect();
        let lines = lines::wrap(&numbered, look, WIDTH, self.notes.next);
        let height = lines.len() as i32 * leading(size);
        // A heading does not stand at the end of a page.
        self.need(height + 3 * self.leading(body));
        self.bookmark(level, &numbered);
        let Palette { accent, muted, .. } = self.palette;
        let ink = match (level, self.letterhead) {
            (1, Letterhead::Banded) => {
                self.fill(LEFT, leading(size) / 10 - height, 3_000, height, accent);
                HEADING
            }
            (1, Letterhead::Centred) => {
                self.fill(LEFT, -height - 2_000, WIDTH, 500, muted);
                accent
            }
            (_, Letterhead::Banded) => HEADING,
            _ => accent,
        };
        let indent = if level == 1 && self.letterhead == Letterhead::Banded { 9_000 } else { 0 };
        for line in &lines {
            self.line(line, LEFT + indent, leading(size), ink);
        }
        self.gap = after;
    }

    /// The title of the document, as the company sets it.
    fn title(&mut self, runs: &[Run]) {
        let body = self.cuts.body.body();
        let (banded, centred) = (self.letterhead == Letterhead::Banded, self.letterhead == Letterhead::Centred);
        let size = if centred { body * 220 / 100 } else { body * 2 };
        let look = Look { cut: self.cuts.heading, bold: !centred, ..Look::plain(self.cuts, size) };
        let side = if banded { 9_000 } else { 0 };
        let lines = lines::wrap(runs, look, WIDTH - 2 * side, self.notes.next);
        let height = lines.len() as i32 * leading(size);
        self.need(height + 3 * self.leading(body));
        self.bookmark(0, runs);
        let accent = self.palette.accent;
        if banded {
            self.fill(LEFT, -height - side, WIDTH, height + side, accent);
            self.y -= side / 2;
        }
        for line in &lines {
            let shift = if centred { (WIDTH - line.width) / 2 } else { side };
            self.line(line, LEFT + shift, leading(size), if banded { WHITE } else { accent });
        }
        match self.letterhead {
            Letterhead::Ruled => {
                self.y -= 6_000;
                self.fill(LEFT, 0, WIDTH, 1_000, accent);
            }
            Letterhead::Banded => self.y -= side / 2,
            Letterhead::Centred => {}
        }
        self.gap = 14_000;
    }

    fn bookmark(&mut self, level: u8, runs: &[Run]) {
        let title = runs.iter().map(|run| run.text.as_str()).collect::<String>().replace('\n', " ");
        self.headings.push(Bookmark { level, title, page: self.pages.len() - 1, y: self.y });
    }

    /// The number before a heading of an author who counts them: `2.1`.
    fn number(&mut self, level: u8) -> Option<Run> {
        if !self.hand.numbered || level == 0 {
            return None;
        }
        let at = usize::from(level - 1).min(3);
        self.numbers[at] += 1;
        self.numbers[at + 1..].fill(0);
        let parts: Vec<String> = self.numbers[..=at].iter().map(u32::to_string).collect();
        Some(Run { text: format!("{}\u{A0}\u{A0}", parts.join(".")), ..Run::default() })
    }

    fn paragraph(&mut self, runs: &[Run], place: Place) {
        if !runs.is_empty() && runs.iter().all(lines::is_struck) {
            return;
        }
        self.space(0);
        let size = self.cuts.body.body();
        let look = Look { italic: place.quoted, ..Look::plain(self.cuts, size) };
        let leading = self.leading(size);
        let mut lines = lines::wrap(runs, look, WIDTH - place.indent, self.notes.next);
        if self.hand.justified {
            lines.iter_mut().for_each(|line| line.justify(WIDTH - place.indent));
        }
        for (index, line) in lines.iter().enumerate() {
            // Neither the first nor the last line of a paragraph stands alone on its page.
            let together = if index == 0 || index + 2 == lines.len() { 2.min(lines.len()) } else { 1 };
            self.need(together as i32 * leading + self.note_height(line));
            if place.quoted {
                let colour = self.palette.muted;
                self.fill(LEFT + place.indent - 10_000, -leading, 2_000, leading, colour);
            }
            self.line(line, LEFT + place.indent, leading, INK);
        }
        self.gap = if place.depth > 0 { self.air(3_000) } else { self.air(8_000) };
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[Vec<Block>], place: Place) {
        let inner = Place { indent: place.indent + INDENT, depth: place.depth + 1, ..place };
        let size = self.cuts.body.body();
        for (index, item) in items.iter().enumerate() {
            self.space(0);
            self.need(self.leading(size));
            let text = mark(ordered, u64::from(start) + index as u64, place.depth, self.hand.bullet);
            let marks = lines::wrap(&[Run { text, ..Run::default() }], Look::plain(self.cuts, size), WIDTH, 0);
            let y = self.y - ascent(self.leading(size));
            if let Some(line) = marks.first() {
                self.put(line, LEFT + inner.indent - 14_000, y, INK);
            }
            self.blocks(item, inner);
            if item.is_empty() {
                self.y -= self.leading(size);
            }
        }
        if place.depth == 0 {
            self.gap = self.air(8_000);
        }
    }

    fn code(&mut self, text: &str, place: Place) {
        self.space(4_000);
        let size = 9_700;
        let run = Run { text: text.trim_end_matches('\n').to_owned(), code: true, ..Run::default() };
        let width = WIDTH - place.indent;
        let lines = lines::wrap(&[run], Look::plain(self.cuts, size), width - 12_000, 0);
        for (index, line) in lines.iter().enumerate() {
            self.need(leading(size) + 4_000);
            let edge = |ends: bool| if ends { 4_000 } else { 0 };
            let (above, below) = (edge(index == 0), edge(index + 1 == lines.len()));
            let height = leading(size) + above + below;
            let y = self.y - height;
            self.page().fill(Area { x: LEFT + place.indent, y, width, height }, GREY);
            self.y -= above;
            self.line(line, LEFT + place.indent + 6_000, leading(size), INK);
            self.y -= below;
        }
        self.gap = 10_000;
    }

    fn rule(&mut self) {
        self.space(6_000);
        self.need(1_000);
        self.y -= 1_000;
        self.fill(LEFT, 0, WIDTH, 600, HAIR);
        self.gap = 10_000;
    }

    /// Small text below a picture.
    fn caption(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let size = self.cuts.body.body() * 85 / 100;
        let look = Look { italic: true, ..Look::plain(self.cuts, size) };
        self.space(4_000);
        for line in lines::wrap(&[Run { text: text.to_owned(), ..Run::default() }], look, WIDTH, 0) {
            self.need(leading(size));
            let colour = self.palette.muted;
            self.line(&line, LEFT, leading(size), colour);
        }
        self.gap = 10_000;
    }

    /// From one line of ordinary text to the next, as the author likes it.
    pub(super) fn leading(&self, size: i32) -> i32 {
        match self.hand.density {
            Density::Airy => size * 150 / 100,
            Density::Even => leading(size),
            Density::Dense => size * 122 / 100,
        }
    }

    /// A distance between blocks, as the author likes it.
    pub(super) fn air(&self, distance: i32) -> i32 {
        match self.hand.density {
            Density::Airy => distance * 130 / 100,
            Density::Even => distance,
            Density::Dense => distance * 70 / 100,
        }
    }

    /// Leaves the distance between two blocks: the larger of what both want.
    pub(super) fn space(&mut self, before: i32) {
        let gap = std::mem::take(&mut self.gap).max(before);
        if self.y < TOP {
            self.y -= gap;
        }
    }

    /// Leaves a distance below what was drawn last.
    pub(super) fn leave(&mut self, gap: i32) {
        self.gap = gap;
    }

    /// Takes up a picture; the same one has one number.
    pub(super) fn image(&mut self, image: Image) -> usize {
        let known = self.images.iter().position(|known| known.bytes == image.bytes);
        known.unwrap_or_else(|| {
            self.images.push(image);
            self.images.len() - 1
        })
    }

    /// Turns the page if less than `height` is left. Says whether it did.
    pub(super) fn need(&mut self, height: i32) -> bool {
        let turns = self.y - height < BOTTOM + self.notes.height && self.y < TOP;
        if turns {
            self.turn();
        }
        turns
    }

    fn turn(&mut self) {
        self.close();
        self.pages.push(Page::new(self.properties.scanned));
        self.y = TOP;
        self.gap = 0;
    }

    /// Writes the footnotes of the page that ends.
    fn close(&mut self) {
        let notes = std::mem::take(&mut self.notes.texts);
        if !notes.is_empty() {
            self.y = BOTTOM + self.notes.height - notes::ABOVE;
            self.fill(LEFT, 4_000, WIDTH / 3, 500, HAIR);
        }
        for note in &notes {
            self.page().begin("Note");
            for line in note {
                let y = self.y - ascent(leading(notes::SIZE));
                self.put(line, LEFT, y, INK);
                self.y -= leading(notes::SIZE);
            }
            self.page().end();
        }
        self.notes.height = 0;
    }

    /// The room at the foot of the page that the notes of a line take.
    pub(super) fn note_height(&self, line: &Line) -> i32 {
        self.notes.height_of(line, self.cuts)
    }

    /// Writes a line and moves below it.
    pub(super) fn line(&mut self, line: &Line, x: i32, leading: i32, colour: Colour) {
        let y = self.y - ascent(leading);
        self.put(line, x, y, colour);
        self.note(line);
        self.y -= leading;
    }

    /// Takes the footnotes of a line down to the foot of the page.
    pub(super) fn note(&mut self, line: &Line) {
        self.notes.add(line, self.cuts);
    }

    /// The number of the next footnote.
    pub(super) fn next_note(&self) -> usize {
        self.notes.next
    }

    /// Writes a line that stands on `y`.
    pub(super) fn put(&mut self, line: &Line, x: i32, y: i32, colour: Colour) {
        let last = self.pages.len() - 1;
        self.pages[last].line(line, x, y, colour, &mut self.used);
    }

    /// Fills an area that lies `above` the place of the next line.
    pub(super) fn fill(&mut self, x: i32, above: i32, width: i32, height: i32, colour: Colour) {
        let y = self.y + above;
        self.page().fill(Area { x, y, width, height }, colour);
    }

    /// The page that is being written.
    pub(super) fn page(&mut self) -> &mut Page {
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

/// What stands before an item.
fn mark(ordered: bool, number: u64, depth: usize, bullet: char) -> String {
    match (ordered, depth % 3) {
        (false, 0) => bullet.to_string(),
        (false, _) => "–".to_owned(),
        (true, 1) if (1..=26).contains(&number) => format!("{}.", char::from(b'a' + number as u8 - 1)),
        (true, _) => format!("{number}."),
    }
}

/// From one line to the next.
pub(super) fn leading(size: i32) -> i32 {
    size * 135 / 100
}

/// From the top of a line to where its letters stand.
pub(super) fn ascent(leading: i32) -> i32 {
    leading * 74 / 100
}
