//! What a document prints, place by place, with the facts behind it: the source of provenance and of the leak search.
//! Places are counted as the readers of the formats count them.

use std::borrow::Cow;

use crate::document::picture::Picture;
use crate::document::places;
use crate::document::slides::{self, Slide};
use crate::document::{Beside, Block, Book, Cell, CellValue, Doc, Facts, Place, Properties, Run, Sheet};
use crate::image::files::extension;
use crate::plan::{Content, Document, Member, Words};

/// One paragraph, cell or line as a reader sees it.
pub(crate) struct Printed<'a> {
    pub place: Place,
    pub text: Cow<'a, str>,
    source: Source<'a>,
}

/// What a text was printed from. Where in it each fact stands is told when it is asked, which is rarely.
enum Source<'a> {
    /// Facts of the text as a whole.
    Whole(Facts),
    Runs(Cow<'a, [Run]>),
    Cells(Cow<'a, [Cell]>),
    /// Spans of a longer text, and where this line starts in it.
    Spans(&'a [(u32, u32, Facts)], u32),
}

impl<'a> Printed<'a> {
    /// A text printed from `facts` as a whole.
    fn whole(place: Place, text: Cow<'a, str>, facts: Facts) -> Printed<'a> {
        Printed { place, text, source: Source::Whole(facts) }
    }

    /// Byte ranges of the text with the facts they print, ascending.
    pub fn spans(&self) -> Vec<(u32, u32, Facts)> {
        let length = self.text.len() as u32;
        let printed = |facts: &Option<Facts>| facts.clone().unwrap_or_default();
        let mut spans = match &self.source {
            Source::Whole(facts) => vec![(0, length, facts.clone())],
            Source::Runs(runs) => spans_of(kept(runs).map(|run| (run.text.len(), 0, printed(&run.facts)))),
            Source::Cells(cells) => {
                spans_of(cells.iter().map(|cell| (cell_text(&cell.value).len(), 1, printed(&cell.facts))))
            }
            Source::Spans(spans, start) => spans
                .iter()
                .map(|(from, until, facts)| {
                    ((*from).max(*start) - start, (*until).min(start + length).saturating_sub(*start), facts.clone())
                })
                .collect(),
        };
        spans.retain(|(_, _, facts)| !facts.is_empty());
        spans
    }
}

/// Spans of pieces that stand behind each other: length, room behind it, facts.
fn spans_of(pieces: impl Iterator<Item = (usize, usize, Facts)>) -> Vec<(u32, u32, Facts)> {
    let mut start = 0;
    let span = |(length, room, facts): (usize, usize, Facts)| {
        let end = start + length as u32;
        let span = (start, end, facts);
        start = end + room as u32;
        span
    };
    pieces.map(span).collect()
}

/// Everything a document prints, properties included, in reading order.
pub(crate) fn printed(document: &Document) -> impl Iterator<Item = Printed<'_>> {
    printed_in(&document.content, &document.path).chain(properties(&document.properties))
}

/// Everything that content prints as a file of that name.
fn printed_in<'a>(content: &'a Content, path: &str) -> Box<dyn Iterator<Item = Printed<'a>> + 'a> {
    match content {
        Content::Doc(doc) if extension(path) == "pptx" => Box::new(slide_lines(doc).into_iter()),
        Content::Doc(doc) if doc.properties.scanned => {
            Box::new(doc_lines(doc).into_iter().map(|line| Printed { place: Place::Picture, ..line }))
        }
        Content::Doc(doc) => Box::new(doc_lines(doc).into_iter()),
        Content::Book(book) if extension(path) == "csv" => Box::new(csv_lines(book)),
        Content::Book(book) => Box::new(book.sheets.iter().flat_map(sheet_lines)),
        Content::Picture(file) => Box::new(picture_lines(&file.picture).into_iter()),
        Content::Text(words) => Box::new(word_lines(words)),
        Content::Archive(members) => Box::new(members.iter().flat_map(member_lines)),
    }
}

/// What is printed in a file of an archive stands at the place of that file.
fn member_lines(member: &Member) -> impl Iterator<Item = Printed<'_>> {
    let place = Place::Entry(member.name.clone());
    printed_in(&member.content, &member.name).map(move |line| Printed { place: place.clone(), ..line })
}

/// What can be read in a picture; no reader but an eye finds it there.
fn picture_lines(picture: &Picture) -> Vec<Printed<'_>> {
    let title = |text| Printed::whole(Place::Picture, Cow::Borrowed(text), Facts::default());
    match picture {
        Picture::Chart(chart) => {
            let laid = chart.laid();
            laid.iter().flatten().filter_map(pictured_cell).chain([title(&chart.title)]).collect()
        }
        Picture::Logo(brand) => vec![title(&brand.company)],
        Picture::Photo(photo) => {
            let mut walk = Walk { lines: Vec::new(), place: |_| Place::Picture };
            photo.writing.iter().for_each(|line| walk.runs(line));
            walk.lines
        }
        Picture::Screenshot(shot) => {
            let mut walk = Walk { lines: Vec::new(), place: |_| Place::Picture };
            shot.lines().into_iter().for_each(|line| walk.runs(line));
            walk.lines.extend(shot.cells().filter_map(pictured_cell));
            walk.lines
        }
    }
}

/// What can be read in a cell that is drawn.
fn pictured_cell<'a>(cell: &Cell) -> Option<Printed<'a>> {
    let text = (cell.value != CellValue::Empty).then(|| cell_text(&cell.value).into_owned())?;
    Some(Printed::whole(Place::Picture, Cow::Owned(text), cell.facts.clone().unwrap_or_default()))
}

/// The properties a reader shows; they are printed from no fact of their own.
fn properties(properties: &Properties) -> impl Iterator<Item = Printed<'_>> {
    let named = [("title", &properties.title), ("author", &properties.author), ("company", &properties.company)];
    named
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| Printed::whole(Place::Property(name.to_string()), Cow::Borrowed(text), Facts::default()))
}

fn doc_lines(doc: &Doc) -> Vec<Printed<'_>> {
    let mut walk = Walk { lines: Vec::new(), place: Place::Paragraph };
    walk.blocks(&doc.blocks);
    let notes = places::footnotes(doc).into_iter();
    walk.lines.extend(notes.map(|(place, runs)| Printed {
        place,
        text: joined(runs),
        source: Source::Runs(runs.into()),
    }));
    let remarks = places::remarks(doc).into_iter();
    walk.lines.extend(remarks.map(|(place, it)| Printed::whole(place, Cow::Borrowed(&*it.text), it.facts.clone())));
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
    let said = slide.notes.iter().map(|note| (note, joined(note).into_owned()));
    lines.extend(said.filter(|(_, text)| !text.trim().is_empty()).zip(1..).map(|((note, text), paragraph)| Printed {
        place: Place::Beside { kind: Beside::Notes, number, paragraph },
        text: Cow::Owned(text),
        source: Source::Runs(note.clone().into()),
    }));
    lines
}

/// The text of runs without what was struck out.
fn joined(runs: &[Run]) -> Cow<'_, str> {
    let mut kept = kept(runs);
    let mut text = Cow::Borrowed(kept.next().map_or("", |run| run.text.as_str()));
    kept.for_each(|run| text.to_mut().push_str(&run.text));
    text
}

fn kept(runs: &[Run]) -> impl Iterator<Item = &Run> {
    runs.iter().filter(|run| !run.is_deleted())
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
            Block::Code { text, facts, .. } => self.push(Cow::Borrowed(text), Source::Whole(facts.clone())),
            Block::Chart { chart } => {
                self.push(Cow::Borrowed(&chart.title), Source::Whole(places::union(chart.facts())));
            }
            Block::Picture { alt, facts, .. } => self.push(Cow::Borrowed(alt), Source::Whole(facts.clone())),
            Block::Rule | Block::PageBreak => {}
        }
    }

    fn runs(&mut self, runs: &'a [Run]) {
        self.push(joined(runs), Source::Runs(runs.into()));
    }

    fn push(&mut self, text: Cow<'a, str>, source: Source<'a>) {
        if !text.trim().is_empty() {
            let place = (self.place)(self.lines.len() as u32 + 1);
            self.lines.push(Printed { place, text, source });
        }
    }
}

/// The cells of a sheet, then the notes on them.
fn sheet_lines(sheet: &Sheet) -> impl Iterator<Item = Printed<'_>> {
    let place = |row, column| Place::Cell { sheet: sheet.name.as_str().into(), row, column };
    let cells = filled(&sheet.rows).map(move |(row, column, cell)| {
        let facts = cell.facts.clone().unwrap_or_default();
        Printed::whole(place(row as u32, column as u32), cell_text(&cell.value), facts)
    });
    let notes = sheet.notes.iter().map(move |note| {
        Printed::whole(place(note.row, note.column), Cow::Borrowed(&*note.text), note.facts.clone().unwrap_or_default())
    });
    cells.chain(notes)
}

/// The cells that hold something, with row and column.
fn filled(rows: &[Vec<Cell>]) -> impl Iterator<Item = (usize, usize, &Cell)> {
    let cells = rows
        .iter()
        .enumerate()
        .flat_map(|(row, cells)| cells.iter().enumerate().map(move |(column, cell)| (row, column, cell)));
    cells.filter(|(_, _, cell)| cell.value != CellValue::Empty)
}

/// A cell without its number format: plain digits, ISO dates.
pub(crate) fn cell_text(value: &CellValue) -> Cow<'_, str> {
    match value {
        CellValue::Empty => Cow::Borrowed(""),
        CellValue::Text(text) => Cow::Borrowed(text),
        CellValue::Number(number) => Cow::Owned(number.in_full()),
        CellValue::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        CellValue::Date(date) => Cow::Owned(date.to_string()),
        CellValue::Month(month) => Cow::Owned(month.to_string()),
        CellValue::Moment(moment) => Cow::Owned(moment.iso().replacen('T', " ", 1)),
        CellValue::Error(error) => Cow::Borrowed(error.shown()),
    }
}

/// The first sheet, one line for each row, tabs between its cells.
fn csv_lines(book: &Book) -> impl Iterator<Item = Printed<'_>> {
    let rows = book.sheets.first().map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
    rows.iter().zip(1..).map(|(cells, line)| csv_line(line, cells.into()))
}

fn csv_line(line: u32, cells: Cow<'_, [Cell]>) -> Printed<'_> {
    let mut text = String::new();
    for cell in cells.iter() {
        text.push_str(&cell_text(&cell.value));
        text.push('\t');
    }
    text.pop();
    Printed { place: Place::Line(line), text: Cow::Owned(text), source: Source::Cells(cells) }
}

/// A text line by line, each with the facts whose spans touch it.
pub(crate) fn word_lines(words: &Words) -> impl Iterator<Item = Printed<'_>> {
    let mut start = 0;
    let mut spans = words.spans.as_slice();
    words.text.split('\n').zip(1..).map(move |(text, line)| {
        let end = start + text.len() as u32;
        let here = &spans[..spans.iter().take_while(|(from, _, _)| *from <= end).count()];
        let printed =
            Printed { place: Place::Line(line), text: Cow::Borrowed(text), source: Source::Spans(here, start) };
        start = end + 1;
        spans = &spans[spans.iter().take_while(|(_, until, _)| *until < start).count()..];
        printed
    })
}
