//! What a document prints, place by place, with the facts behind it: the source of provenance and of the leak search.
//! Places are counted as the readers of the formats count them.

use std::borrow::Cow;

use crate::document::places;
use crate::document::slides::{self, Slide};
use crate::document::{Beside, Block, Book, Cell, CellValue, Doc, Facts, Place, Properties, Run, Sheet};
use crate::image::encode::number_text;
use crate::image::files::extension;
use crate::plan::{Content, Document, Member, Words};
use crate::value::FactId;

/// One paragraph, cell or line as a reader sees it.
pub(crate) struct Printed<'a> {
    pub place: Place,
    pub text: Cow<'a, str>,
    /// Byte ranges of `text` with the facts they print, ascending.
    pub spans: Vec<(u32, u32, Facts)>,
}

impl<'a> Printed<'a> {
    /// A text printed from `facts` as a whole.
    fn whole(place: Place, text: Cow<'a, str>, facts: Option<&Facts>) -> Printed<'a> {
        let length = text.len() as u32;
        let spans = facts.filter(|facts| !facts.is_empty()).map(|facts| (0, length, facts.clone()));
        Printed { place, text, spans: spans.into_iter().collect() }
    }

    /// All facts of the place.
    pub fn facts(&self) -> Vec<FactId> {
        self.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied()).collect()
    }
}

/// Everything a document prints, properties included, in reading order.
pub(crate) fn printed(document: &Document) -> Vec<Printed<'_>> {
    let mut lines = printed_in(&document.content, &document.path);
    lines.extend(properties(&document.properties));
    lines
}

/// Everything that content prints as a file of that name.
fn printed_in<'a>(content: &'a Content, path: &str) -> Vec<Printed<'a>> {
    match content {
        Content::Doc(doc) if extension(path) == "pptx" => slide_lines(doc),
        Content::Doc(doc) => doc_lines(doc),
        Content::Book(book) if extension(path) == "csv" => csv_lines(book),
        Content::Book(book) => book_lines(book),
        Content::Text(words) => word_lines(words),
        Content::Archive(members) => members.iter().flat_map(member_lines).collect(),
    }
}

/// What is printed in a file of an archive stands at the place of that file.
fn member_lines(member: &Member) -> impl Iterator<Item = Printed<'_>> {
    let place = Place::Entry(member.name.clone());
    let lines = printed_in(&member.content, &member.name).into_iter();
    lines.map(move |line| Printed { place: place.clone(), ..line })
}

/// The properties a reader shows; they are printed from no fact of their own.
fn properties(properties: &Properties) -> impl Iterator<Item = Printed<'_>> {
    let named = [("title", &properties.title), ("author", &properties.author), ("company", &properties.company)];
    named
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| Printed::whole(Place::Property(name.to_string()), Cow::Borrowed(text), None))
}

fn doc_lines(doc: &Doc) -> Vec<Printed<'_>> {
    let mut walk = Walk { lines: Vec::new(), place: Place::Paragraph };
    walk.blocks(&doc.blocks);
    walk.lines.extend(places::footnotes(doc).into_iter().map(|(place, runs)| {
        let (text, spans) = joined(runs);
        Printed { place, text, spans }
    }));
    let remarks = places::remarks(doc).into_iter();
    walk.lines.extend(remarks.map(|(place, it)| Printed::whole(place, Cow::Borrowed(&*it.text), Some(&it.facts))));
    walk.lines
}

/// Slide by slide, what is shown before what the speaker says.
fn slide_lines(doc: &Doc) -> Vec<Printed<'_>> {
    slides::slides(doc).iter().zip(1..).flat_map(|(slide, number)| lines_of(slide, number)).collect()
}

fn lines_of<'a>(slide: &Slide<'a>, number: u32) -> Vec<Printed<'a>> {
    let on_slide = |paragraph| Place::Slide { slide: number, paragraph };
    let mut walk = Walk { lines: Vec::new(), place: on_slide };
    walk.runs(slide.title);
    slide.columns.iter().flatten().for_each(|block| walk.block(block));
    let mut lines = walk.lines;
    let said = slide.notes.iter().map(|note| joined(note)).filter(|(text, _)| !text.trim().is_empty());
    lines.extend(said.zip(1..).map(|((text, spans), paragraph)| Printed {
        place: Place::Beside { kind: Beside::Notes, number, paragraph },
        text: Cow::Owned(text.into_owned()),
        spans,
    }));
    lines
}

/// The text of runs without what was struck out, and which facts are printed where in it.
fn joined(runs: &[Run]) -> (Cow<'_, str>, Vec<(u32, u32, Facts)>) {
    let mut kept = runs.iter().filter(|run| !run.is_deleted());
    let first = kept.next();
    let mut text = Cow::Borrowed(first.map_or("", |run| run.text.as_str()));
    let mut spans = Vec::new();
    spans.extend(first.and_then(|run| run.facts.clone()).map(|facts| (0, text.len() as u32, facts)));
    for run in kept {
        let start = text.len() as u32;
        text.to_mut().push_str(&run.text);
        spans.extend(run.facts.clone().map(|facts| (start, text.len() as u32, facts)));
    }
    (text, spans)
}

/// Numbers paragraphs with text from 1 in reading order; table cells count.
struct Walk<'a, P> {
    lines: Vec<Printed<'a>>,
    place: P,
}

impl<'a, P: Fn(u32) -> Place> Walk<'a, P> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => self.runs(runs),
            Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
            Block::Table { header, rows, .. } => {
                header.iter().for_each(|cell| self.runs(cell));
                rows.iter().flatten().for_each(|cell| self.runs(cell));
            }
            Block::Quote { blocks } => self.blocks(blocks),
            Block::Code { text, facts, .. } => {
                self.push(Cow::Borrowed(text), vec![(0, text.len() as u32, facts.clone())])
            }
            Block::Chart { chart } => {
                let facts = places::union(chart.facts());
                self.push(Cow::Borrowed(&chart.title), vec![(0, chart.title.len() as u32, facts)]);
            }
            Block::Picture { alt, facts, .. } => {
                self.push(Cow::Borrowed(alt), vec![(0, alt.len() as u32, facts.clone())]);
            }
            Block::Rule | Block::PageBreak => {}
        }
    }

    fn runs(&mut self, runs: &'a [Run]) {
        let (text, spans) = joined(runs);
        self.push(text, spans);
    }

    fn push(&mut self, text: Cow<'a, str>, spans: Vec<(u32, u32, Facts)>) {
        if !text.trim().is_empty() {
            let place = (self.place)(self.lines.len() as u32 + 1);
            self.lines.push(Printed { place, text, spans });
        }
    }
}

fn book_lines(book: &Book) -> Vec<Printed<'_>> {
    book.sheets.iter().flat_map(sheet_lines).collect()
}

/// A chart without rows prints its series as a table, as the writers do.
fn sheet_lines(sheet: &Sheet) -> Vec<Printed<'_>> {
    let mut lines = Vec::new();
    for (row, cells) in sheet.laid().iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.value != CellValue::Empty) {
            let place = Place::Cell { sheet: sheet.name.as_str().into(), row: row as u32, column: column as u32 };
            lines.push(Printed::whole(place, Cow::Owned(cell_text(&cell.value).into_owned()), cell.facts.as_ref()));
        }
    }
    lines
}

/// A cell without its number format: plain digits, ISO dates.
pub(crate) fn cell_text(value: &CellValue) -> Cow<'_, str> {
    match value {
        CellValue::Empty => Cow::Borrowed(""),
        CellValue::Text(text) => Cow::Borrowed(text),
        CellValue::Number(number) => Cow::Owned(number_text(number)),
        CellValue::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        CellValue::Date(date) => Cow::Owned(date.to_string()),
        CellValue::Month(month) => Cow::Owned(month.to_string()),
        CellValue::Moment(moment) => Cow::Owned(moment.iso().replacen('T', " ", 1)),
    }
}

/// The first sheet, one line for each row, tabs between its cells.
fn csv_lines(book: &Book) -> Vec<Printed<'static>> {
    let rows = book.sheets.first().map(Sheet::laid).unwrap_or_default();
    rows.iter().enumerate().map(|(at, cells)| csv_line(at, cells)).collect()
}

fn csv_line(at: usize, cells: &[Cell]) -> Printed<'static> {
    let mut text = String::new();
    let mut spans = Vec::new();
    for cell in cells {
        let start = text.len() as u32;
        text.push_str(&cell_text(&cell.value));
        spans.extend(cell.facts.clone().map(|facts| (start, text.len() as u32, facts)));
        text.push('\t');
    }
    text.pop();
    Printed { place: Place::Line(at as u32 + 1), text: Cow::Owned(text), spans }
}

/// A text line by line, each with the facts whose spans touch it.
pub(crate) fn word_lines(words: &Words) -> Vec<Printed<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut spans = words.spans.as_slice();
    for (at, text) in words.text.split('\n').enumerate() {
        let end = start + text.len() as u32;
        let here = spans.iter().take_while(|(from, _, _)| *from <= end);
        let clip = |(from, until, facts): &(u32, u32, Facts)| {
            ((*from).max(start) - start, (*until).min(end).saturating_sub(start), facts.clone())
        };
        lines.push(Printed {
            place: Place::Line(at as u32 + 1),
            text: Cow::Borrowed(text),
            spans: here.map(clip).collect(),
        });
        start = end + 1;
        spans = &spans[spans.iter().take_while(|(_, until, _)| *until < start).count()..];
    }
    lines
}

/// All facts of a text.
pub(crate) fn word_facts(words: &Words) -> Vec<FactId> {
    words.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied()).collect()
}
