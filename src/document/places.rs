//! Places inside documents, counted as a reader counts, and the facts printed there.

use std::sync::Arc;

use super::markup::Remark;
use super::picture::Picture;
use super::slides::{self, Slide};
use super::{Beside, Block, Book, Cell, CellValue, Chart, Doc, Facts, Place, Run};
use crate::value::FactId;

/// One paragraph as a reader sees it: a heading, a paragraph, an item of a list, a cell of a table, a block of code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph {
    /// From 1, in reading order. Paragraphs without text do not count.
    pub(crate) number: u32,
    pub(crate) text: String,
    /// Everything printed in it, each fact once, in the order of first print.
    pub(crate) facts: Facts,
}

/// All paragraphs of a document in reading order.
pub(crate) fn paragraphs(doc: &Doc) -> Vec<Paragraph> {
    let mut found = Vec::new();
    walk(&doc.blocks, &mut found);
    found
}

/// Where a document prints facts: in its text, then beside it.
pub(crate) fn places(doc: &Doc) -> Vec<(Place, Facts)> {
    let printed = paragraphs(doc).into_iter().map(|paragraph| (Place::Paragraph(paragraph.number), paragraph.facts));
    let notes = footnotes(doc).into_iter().map(|(place, runs)| (place, facts(runs)));
    let remarks = remarks(doc).into_iter().map(|(place, remark)| (place, remark.facts.clone()));
    printed.chain(notes).chain(remarks).filter(|(_, facts)| !facts.is_empty()).collect()
}

/// Footnotes in the order of their marks.
pub(crate) fn footnotes(doc: &Doc) -> Vec<(Place, &[Run])> {
    let mut found = Vec::new();
    each_run(&doc.blocks, &mut |run| found.extend(run.footnote.as_deref()));
    let place = |at: usize| Place::Beside { kind: Beside::Footnote, number: at as u32 + 1, paragraph: 1 };
    found.into_iter().enumerate().map(|(at, runs)| (place(at), runs)).collect()
}

/// Comments in the order in which they begin; runs beside each other that share one are under the same.
pub(crate) fn remarks(doc: &Doc) -> Vec<(Place, &Remark)> {
    let mut found: Vec<&Arc<Remark>> = Vec::new();
    each_run(&doc.blocks, &mut |run| {
        let new = run.remark.as_ref().filter(|remark| found.last().is_none_or(|last| !Arc::ptr_eq(last, remark)));
        found.extend(new);
    });
    let place = |at: usize| Place::Beside { kind: Beside::Comment, number: at as u32 + 1, paragraph: 1 };
    found.into_iter().enumerate().map(|(at, remark)| (place(at), &**remark)).collect()
}

/// Every run of the text in reading order.
fn each_run<'a>(blocks: &'a [Block], take: &mut dyn FnMut(&'a Run)) {
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => runs.iter().for_each(&mut *take),
            Block::List { items, .. } => items.iter().for_each(|item| each_run(item, take)),
            Block::Table { header, rows, .. } => {
                header.iter().chain(rows.iter().flatten()).flatten().for_each(&mut *take);
            }
            Block::Quote { blocks } => each_run(blocks, take),
            Block::Code { .. } | Block::Picture { .. } | Block::Chart { .. } | Block::Rule | Block::PageBreak => {}
        }
    }
}

/// Where a deck prints facts: slide by slide, what is shown before what the speaker says.
pub(crate) fn slide_places(doc: &Doc) -> Vec<(Place, Facts)> {
    let slides = slides::slides(doc).into_iter().zip(1..);
    slides.flat_map(|(slide, number)| places_of(&slide, number)).collect()
}

fn places_of(slide: &Slide<'_>, number: u32) -> impl Iterator<Item = (Place, Facts)> + use<> {
    let (mut shown, mut said) = (Vec::new(), Vec::new());
    add(slide.title, &mut shown);
    slide.columns.iter().flatten().for_each(|block| walk(std::slice::from_ref(*block), &mut shown));
    slide.notes.iter().for_each(|note| add(note, &mut said));
    let on_slide = move |paragraph| Place::Slide { slide: number, paragraph };
    let beside = move |paragraph| Place::Beside { kind: Beside::Notes, number, paragraph };
    let shown = shown.into_iter().map(move |found: Paragraph| (on_slide(found.number), found.facts));
    let said = said.into_iter().map(move |found: Paragraph| (beside(found.number), found.facts));
    shown.chain(said).filter(|(_, facts)| !facts.is_empty())
}

/// The charts of a document in reading order.
pub(crate) fn charts(doc: &Doc) -> Vec<&Chart> {
    let mut found = Vec::new();
    add_charts(&doc.blocks, &mut found);
    found
}

fn add_charts<'d>(blocks: &'d [Block], found: &mut Vec<&'d Chart>) {
    for block in blocks {
        match block {
            Block::Chart { chart } => found.push(chart),
            Block::List { items, .. } => items.iter().for_each(|item| add_charts(item, found)),
            Block::Quote { blocks } => add_charts(blocks, found),
            _ => {}
        }
    }
}

/// The pictures of a document in reading order.
pub(crate) fn pictures(doc: &Doc) -> Vec<&Picture> {
    let mut found = Vec::new();
    add_pictures(&doc.blocks, &mut found);
    found
}

fn add_pictures<'d>(blocks: &'d [Block], found: &mut Vec<&'d Picture>) {
    for block in blocks {
        match block {
            Block::Picture { picture, .. } => found.push(picture),
            Block::List { items, .. } => items.iter().for_each(|item| add_pictures(item, found)),
            Block::Quote { blocks } => add_pictures(blocks, found),
            _ => {}
        }
    }
}

/// Where a workbook prints facts, those of a note at its cell; rows and columns count from 0.
pub(crate) fn book_places(book: &Book) -> Vec<(Place, Facts)> {
    let mut places = Vec::new();
    for sheet in book.sheets.iter() {
        let name: Arc<str> = Arc::from(sheet.name.as_str());
        let start = places.len();
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let Some(facts) = cell.facts.as_ref().filter(|facts| !facts.is_empty()) else { continue };
                if cell.value == CellValue::Empty {
                    continue;
                }
                let place = Place::Cell { sheet: name.clone(), row: row as u32, column: column as u32 };
                places.push((place, facts.clone()));
            }
        }
        for note in &sheet.notes {
            let Some(facts) = note.facts.as_ref().filter(|facts| !facts.is_empty()) else { continue };
            let place = Place::Cell { sheet: name.clone(), row: note.row, column: note.column };
            match places[start..].iter_mut().find(|(other, _)| *other == place) {
                Some((_, known)) => *known = union([&*known, facts]),
                None => places.push((place, facts.clone())),
            }
        }
    }
    places
}

/// Where its first sheet prints facts when each row is a line of its own; lines count from 1.
pub(crate) fn row_places(book: &Book) -> Vec<(Place, Facts)> {
    let rows = book.sheets.first().map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
    let facts = |cells: &[Cell]| union(cells.iter().filter_map(|cell| cell.facts.as_ref()));
    rows.iter().zip(1..).map(|(cells, line)| (Place::Line(line), facts(cells))).collect()
}

fn walk(blocks: &[Block], found: &mut Vec<Paragraph>) {
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => add(runs, found),
            Block::List { items, .. } => items.iter().for_each(|item| walk(item, found)),
            Block::Table { header, rows, .. } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| add(cell, found));
            }
            Block::Quote { blocks } => walk(blocks, found),
            Block::Code { text, facts, .. } => push(text.clone(), facts.clone(), found),
            Block::Chart { chart } => push(chart.title.clone(), union(chart.facts()), found),
            Block::Picture { alt, facts, .. } => push(alt.clone(), facts.clone(), found),
            Block::Rule | Block::PageBreak => {}
        }
    }
}

fn add(runs: &[Run], found: &mut Vec<Paragraph>) {
    let text = runs.iter().filter(|run| !run.is_deleted()).map(|run| run.text.as_str()).collect();
    push(text, facts(runs), found);
}

/// The facts of a paragraph, those of what was struck out among them.
fn facts(runs: &[Run]) -> Facts {
    union(runs.iter().filter_map(|run| run.facts.as_ref()))
}

fn push(text: String, facts: Facts, found: &mut Vec<Paragraph>) {
    if !text.trim().is_empty() {
        found.push(Paragraph { number: found.len() as u32 + 1, text, facts });
    }
}

/// All facts of several prints, each once.
pub(crate) fn union<'a>(prints: impl IntoIterator<Item = &'a Facts>) -> Facts {
    let mut all: Vec<FactId> = Vec::new();
    for fact in prints.into_iter().flat_map(|facts| facts.iter()) {
        if !all.contains(fact) {
            all.push(*fact);
        }
    }
    all.into()
}
