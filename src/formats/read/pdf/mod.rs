//! The text of a pdf as a person reads it, whoever wrote the file: lines in paragraphs, in reading order, and whether each
//! piece is seen.
//!
//! A pdf says where letters are drawn and not what they are part of. `file` finds the objects, `page` follows the operators
//! as a reader that draws would, `lines` and `paragraphs` put together what belongs together.

mod beside;
mod cmap;
mod encoding;
mod file;
mod filter;
mod font;
mod geometry;
mod ground;
mod layers;
mod lines;
mod object;
mod page;
mod paragraphs;
mod path;
mod show;
mod state;
#[cfg(test)]
mod tests;
mod token;

use std::collections::{BTreeMap, BTreeSet};

use file::File;
use geometry::Area;
use layers::Layers;
use lines::Line;
use object::{Dictionary, Object};
use page::{Painter, Shared};
use paragraphs::{Paragraph, joined, mark_margins};
use token::ONE;

use super::extract::Section;
use super::{Extract, LIMIT, MOST_LINES, Role, Unreadable};
use crate::document::{Beside, Place};

/// Pages of one file.
const MOST_PAGES: usize = 20_000;
/// Levels of the tree of pages.
const DEEPEST: usize = 32;
/// What a page inherits from the levels above it.
const INHERITED: [&[u8]; 3] = [b"Resources", b"MediaBox", b"CropBox"];
/// A page that does not say how large it is.
const A4: Area = Area { left: 0, bottom: 0, right: 595 * ONE, top: 842 * ONE };

/// Reads all pages.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    if !bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(Unreadable::because("it is no pdf"));
    }
    let file = File::open(bytes)?;
    let catalogue = file.catalogue().ok_or_else(|| Unreadable::because("it has no pages"))?;
    let mut pages = Vec::new();
    leaves(&file, catalogue.get(b"Pages"), &Dictionary::default(), DEEPEST, &mut pages);
    let mut reading = Reading::default();
    let layers = Layers::of(&file, &catalogue);
    let mut shared = Shared { file: &file, layers, fonts: BTreeMap::new(), notes: 0 };
    for page in &pages {
        reading.page(page, &mut shared)?;
    }
    if file.is_exhausted() {
        return Err(Unreadable::because(
            "reading it has no end: its objects refer to one another, or it draws too much",
        ));
    }
    let mut extract = reading.finish();
    extract.lines.extend(beside::properties(&file));
    Ok(extract)
}

/// The pages below a node of their tree, each with what it inherits.
fn leaves(file: &File<'_>, node: &Object, above: &Dictionary, depth: usize, pages: &mut Vec<Dictionary>) {
    let Some(node) = file.dictionary(node) else { return };
    let inherited = INHERITED.iter().map(|key| (*key, if node.has(key) { node.get(key) } else { above.get(key) }));
    let kids = file.get(&node, b"Kids");
    if kids.items().is_empty() {
        if !node.is(b"Type", b"Pages") && pages.len() < MOST_PAGES {
            let own = node.iter().filter(|(key, _)| !INHERITED.contains(key));
            pages.push(own.chain(inherited).map(|(key, object)| (key.to_vec(), object.clone())).collect());
        }
        return;
    }
    let inherited: Dictionary = inherited.map(|(key, object)| (key.to_vec(), object.clone())).collect();
    for kid in kids.items() {
        if depth > 0 && pages.len() < MOST_PAGES && !file.is_exhausted() {
            leaves(file, kid, &inherited, depth - 1, pages);
        }
    }
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    lines: Vec<Line>,
    remarks: Vec<super::Line>,
    /// Of each page.
    heights: Vec<i64>,
    pieces: usize,
    /// Drawn by operators, unpacked.
    drawn: usize,
    /// Pages that are pictures without a text, from 1.
    pictures: Vec<usize>,
    unknown: bool,
}

impl Reading {
    fn page(&mut self, page: &Dictionary, shared: &mut Shared<'_>) -> Result<(), Unreadable> {
        let file = shared.file;
        let number = self.heights.len();
        let size = |name: &[u8]| Area::of(&file.numbers(page, name));
        let area = size(b"MediaBox").unwrap_or(A4);
        let area = size(b"CropBox").map_or(area, |crop| crop.within(area));
        let content = content(file, page);
        self.drawn += content.len();
        if self.drawn > LIMIT {
            return Err(Unreadable::because(format!("its pages hold more than {} MiB", LIMIT >> 20)));
        }
        let mut painter = Painter::new(shared, area);
        painter.draw(&content, &file.part(page, b"Resources").unwrap_or_default(), 0);
        painter.restart(area);
        beside::over(&mut painter, page, number as u32 + 1, &mut self.remarks);
        let (pieces, grounds) = (painter.pieces, painter.grounds);
        self.pieces += pieces.len();
        if self.pieces > MOST_LINES {
            return Err(Unreadable::because(format!("it has more than {MOST_LINES} pieces of text")));
        }
        self.unknown |= pieces.iter().any(|piece| piece.unknown);
        if pieces.is_empty() && !grounds.is_empty() {
            self.pictures.push(number + 1);
        }
        self.heights.push(area.top);
        self.lines.extend(lines::of_page(number, pieces, file));
        Ok(())
    }

    fn finish(mut self) -> Extract {
        mark_margins(&mut self.lines, &self.heights);
        let (margins, lines): (Vec<Line>, Vec<Line>) = self.lines.into_iter().partition(|line| line.artifact);
        let (notes, text): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.note.is_some());
        let text = joined(text)
            .into_iter()
            .zip(1..)
            .map(|(paragraph, number)| line(Place::Paragraph(number), Role::Text, paragraph));
        let notes = notes.chunk_by(|a, b| a.note == b.note).zip(1..).filter_map(|(note, number)| {
            let whole = joined(note.to_vec()).into_iter().reduce(|mut whole, more| {
                more.runs.into_iter().for_each(|run| lines::add(&mut whole.runs, run, " "));
                whole
            })?;
            Some(line(Place::Beside { kind: Beside::Footnote, number, paragraph: 1 }, Role::Footnote, whole))
        });
        let lines = text.chain(in_margins(margins, &self.heights)).chain(notes).chain(self.remarks).collect();
        let sections = self.heights.iter().map(|_| Section::new("", None)).collect();
        let mut gaps: Vec<String> = self
            .pictures
            .iter()
            .map(|page| format!("page {page} is a picture: what is written in it is not read"))
            .collect();
        if self.unknown {
            gaps.push("a font does not say what some of its letters mean: they are read as \u{FFFD}".to_owned());
        }
        Extract { sections, gaps, ..Extract::of(lines) }
    }
}

/// The operators of a page, which may be in several streams.
fn content(file: &File<'_>, page: &Dictionary) -> Vec<u8> {
    let contents = file.get(page, b"Contents");
    let one = [contents.clone()];
    let parts = if let Object::List(parts) = &contents { parts.as_slice() } else { &one };
    let mut content = Vec::new();
    for part in parts.iter().filter_map(|part| file.stream(part)) {
        if content.len() <= LIMIT {
            content.extend_from_slice(&part);
            content.push(b'\n');
        }
    }
    content
}

fn line(place: Place, role: Role, paragraph: Paragraph) -> super::Line {
    let mut runs = paragraph.runs;
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    super::Line { runs, page: paragraph.page as u32 + 1, ..super::Line::new(place, role, "") }
}

/// Headers and footers, each text once; what else is no part of the text belongs to pictures.
fn in_margins(lines: Vec<Line>, heights: &[i64]) -> Vec<super::Line> {
    let mut numbers = (0, 0);
    let mut known: BTreeSet<(bool, String)> = BTreeSet::new();
    let mut found = Vec::new();
    for margin in lines {
        let height = heights.get(margin.page).copied().unwrap_or(0);
        let top = margin.baseline > height / 2;
        if (height / 10..height / 10 * 9).contains(&margin.baseline) || !known.insert((top, margin.text())) {
            continue;
        }
        let (kind, role, number) = match top {
            true => (Beside::Header, Role::Header, &mut numbers.0),
            false => (Beside::Footer, Role::Footer, &mut numbers.1),
        };
        *number += 1;
        let paragraph = Paragraph { page: margin.page, runs: margin.runs };
        found.push(line(Place::Beside { kind, number: *number, paragraph: 1 }, role, paragraph));
    }
    found
}
