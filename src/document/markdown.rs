//! Markdown with printed spans → blocks. The facts of a span go to the runs that stand in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Alignment, Block, Facts, Run, footnotes, places};

/// An HTML comment that begins a new page; Markdown has no word for it.
const PAGE_BREAK: &str = "<!-- pagebreak -->";

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// What `![words](kind)` stands for, by kind and words; nothing if it is text like any other.
pub(crate) type Figures<'f> = dyn Fn(&str, &str, Facts) -> Option<Block> + 'f;

/// The blocks of a text. `spans` are byte ranges of `text` in order, with the facts that were printed there.
pub(crate) fn from_markdown(text: &str, spans: &[(u32, u32, Facts)]) -> Vec<Block> {
    with_figures(text, spans, &|_, _, _| None)
}

/// The same, with charts and pictures where the text names them.
pub(crate) fn with_figures(text: &str, spans: &[(u32, u32, Facts)], figures: &Figures<'_>) -> Vec<Block> {
    let mut reader = Reader::new(text, spans, figures);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        reader.event(event, range.start..range.end);
    }
    reader.finish()
}

/// Where in a text its slides begin: at headings of the first two levels and page breaks that stand in nothing else, and
/// at the first byte if something stands before them.
pub(crate) fn slide_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut depth = 0;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let begins = match &event {
            Event::Start(Tag::Heading { level, .. }) => *level <= HeadingLevel::H2,
            Event::Html(html) => html.trim() == PAGE_BREAK,
            _ => false,
        };
        let outermost = depth == 0 || matches!(event, Event::Html(_)) && depth == 1;
        match event {
            _ if begins && outermost => starts.push(range.start),
            Event::Start(_) if starts.is_empty() && depth == 0 => starts.push(0),
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    starts
}

/// A value's text as Markdown that shows exactly this text, wherever it stands in a line.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let after_digits = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = text.len() - after_digits.len();
    match text.bytes().next() {
        Some(b' ') => out.push_str("&#32;"),
        Some(b'\t') => out.push_str("&#9;"),
        Some(mark @ (b'#' | b'+' | b'-' | b'=' | b':')) => out.extend(['\\', char::from(mark)]),
        // Digits and a point or bracket would begin a numbered list.
        Some(b'0'..=b'9') if begins_item(after_digits) => {
            out.push_str(&text[..digits]);
            out.push('\\');
            inline(&after_digits[..1], &mut out);
        }
        _ => {
            inline(text, &mut out);
            return out;
        }
    }
    let written = if digits > 0 { digits + 1 } else { 1 };
    inline(&text[written..], &mut out);
    out
}

fn begins_item(after_digits: &str) -> bool {
    let mut letters = after_digits.chars();
    matches!(letters.next(), Some('.' | ')')) && letters.next().is_none_or(char::is_whitespace)
}

/// The same for text that stands inside a line.
pub(crate) fn escape_inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    inline(text, &mut out);
    out
}

fn inline(text: &str, out: &mut String) {
    for (at, letter) in text.char_indices() {
        match letter {
            '\n' => out.push_str("&#10;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => out.extend(['\\', letter]),
            // Only with a semicolon behind it can an ampersand begin an entity.
            '&' if text[at..].contains(';') => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
}

/// A block that is still open.
enum Frame {
    Blocks,
    /// The text of the footnote with this label.
    Note(String),
    List {
        ordered: bool,
        start: u32,
        items: Vec<Vec<Block>>,
    },
    Table {
        header: Vec<Vec<Run>>,
        rows: Vec<Vec<Vec<Run>>>,
        alignment: Vec<pulldown_cmark::Alignment>,
    },
    Code {
        language: String,
        text: String,
        facts: Vec<Facts>,
    },
}

/// A figure as far as it was read: `![words](kind)`.
#[derive(Default)]
struct Figure {
    kind: String,
    words: String,
    facts: Vec<Facts>,
}

/// The state of reading: open blocks, the runs of the open paragraph, the style that holds.
struct Reader<'a> {
    source: &'a str,
    spans: &'a [(u32, u32, Facts)],
    frames: Vec<Frame>,
    /// Blocks of each open container, the document itself first.
    blocks: Vec<Vec<Block>>,
    runs: Vec<Run>,
    row: Vec<Vec<Run>>,
    bold: u32,
    italic: u32,
    link: Option<String>,
    /// The texts of footnotes by their labels.
    notes: BTreeMap<String, Arc<[Run]>>,
    figures: &'a Figures<'a>,
    /// The figure whose words are being read.
    figure: Option<Figure>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, spans: &'a [(u32, u32, Facts)], figures: &'a Figures<'a>) -> Reader<'a> {
        Reader {
            source,
            spans,
            frames: Vec::new(),
            blocks: vec![Vec::new()],
            runs: Vec::new(),
            row: Vec::new(),
            bold: 0,
            italic: 0,
            link: None,
            notes: BTreeMap::new(),
            figures,
            figure: None,
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        let mut blocks = self.blocks.swap_remove(0);
        footnotes::resolve(&mut blocks, &self.notes);
        blocks
    }

    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) if self.figure.is_some() => self.text(&text, range),
            Event::Code(text) => {
                let run = Run { code: true, ..self.run(&text, self.facts(&range)) };
                self.push(run);
            }
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => self.text("\n", range),
            Event::Rule => self.add(Block::Rule),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, range),
            Event::FootnoteReference(label) => footnotes::mark(&label, &mut self.runs),
            // Extensions that are not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            Tag::Image { dest_url, .. } => {
                self.figure = Some(Figure { kind: dest_url.to_string(), ..Figure::default() })
            }
            Tag::List(start) => {
                self.flush();
                let first = start.unwrap_or(1).min(u64::from(u32::MAX)) as u32;
                self.frames.push(Frame::List { ordered: start.is_some(), start: first, items: Vec::new() });
            }
            Tag::Item | Tag::BlockQuote(_) => self.open(Frame::Blocks),
            Tag::FootnoteDefinition(label) => self.open(Frame::Note(label.to_string())),
            Tag::Table(alignment) => {
                self.flush();
                self.frames.push(Frame::Table { header: Vec::new(), rows: Vec::new(), alignment });
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.frames.push(Frame::Code { language, text: String::new(), facts: Vec::new() });
            }
            Tag::Paragraph | Tag::Heading { .. } => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold -= 1,
            TagEnd::Emphasis => self.italic -= 1,
            TagEnd::Link => self.link = None,
            TagEnd::Image => self.close_figure(),
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Item => self.close_item(),
            TagEnd::BlockQuote(_) => {
                let blocks = self.close();
                self.add(Block::Quote { blocks });
            }
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::TableCell => self.row.push(gathered(&mut self.runs)),
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(tag == TagEnd::TableHead),
            TagEnd::List(_) | TagEnd::Table | TagEnd::CodeBlock => self.close_frame(),
            _ => {}
        }
    }

    fn open(&mut self, frame: Frame) {
        self.flush();
        self.frames.push(frame);
        self.blocks.push(Vec::new());
    }

    /// Closes a container of blocks.
    fn close(&mut self) -> Vec<Block> {
        self.flush();
        self.frames.pop();
        self.blocks.pop().unwrap_or_default()
    }

    fn close_note(&mut self) {
        self.flush();
        let blocks = self.blocks.pop().unwrap_or_default();
        if let Some(Frame::Note(label)) = self.frames.pop() {
            self.notes.insert(label, footnotes::runs(blocks));
        }
    }

    fn close_item(&mut self) {
        let blocks = self.close();
        if let Some(Frame::List { items, .. }) = self.frames.last_mut() {
            items.push(blocks);
        }
    }

    fn close_row(&mut self, head: bool) {
        let cells = std::mem::take(&mut self.row);
        match self.frames.last_mut() {
            Some(Frame::Table { header, .. }) if head => *header = cells,
            Some(Frame::Table { rows, .. }) => rows.push(cells),
            _ => {}
        }
    }

    fn close_frame(&mut self) {
        match self.frames.pop() {
            Some(Frame::List { ordered, start, items }) => self.add(Block::List { ordered, start, items }),
            Some(Frame::Table { header, rows, alignment }) => self.add(table(header, rows, &alignment)),
            Some(Frame::Code { language, text, facts }) => {
                let facts = places::union(&facts);
                self.add(Block::Code { language, text, facts });
            }
            Some(Frame::Blocks | Frame::Note(_)) | None => {}
        }
    }

    /// A figure stands alone: the paragraph around it ends before it. In a cell of a table it is its words.
    fn close_figure(&mut self) {
        let Some(Figure { kind, words, facts }) = self.figure.take() else { return };
        let in_table = matches!(self.frames.last(), Some(Frame::Table { .. }));
        match (self.figures)(&kind, &words, places::union(&facts)).filter(|_| !in_table) {
            Some(block) => {
                self.flush();
                self.add(block);
            }
            None => {
                let run = self.run(&words, None);
                self.push(run);
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let level = level as u8 - 1;
        let runs = gathered(&mut self.runs);
        self.add(Block::Heading { level, runs });
    }

    /// Ends the open paragraph, if it has text.
    fn flush(&mut self) {
        if !self.runs.is_empty() {
            let runs = gathered(&mut self.runs);
            self.add(Block::Paragraph { runs });
        }
    }

    fn add(&mut self, block: Block) {
        if let Some(blocks) = self.blocks.last_mut() {
            blocks.push(block);
        }
    }

    fn html(&mut self, html: &str, range: std::ops::Range<usize>) {
        if html.trim() == PAGE_BREAK {
            self.flush();
            self.add(Block::PageBreak);
        } else if !html.trim_start().starts_with("<!--") {
            self.text(html, range);
        }
    }

    /// Adds text, split where printed spans begin and end.
    fn text(&mut self, text: &str, range: std::ops::Range<usize>) {
        let facts = self.figure.is_some().then(|| self.facts(&range)).flatten();
        if let Some(figure) = &mut self.figure {
            figure.facts.extend(facts);
            return figure.words.push_str(text);
        }
        if let Some(Frame::Code { .. }) = self.frames.last() {
            return self.code(text, &range);
        }
        if self.source.get(range.clone()) != Some(text) {
            // An escape, an entity or a break: it came from one place.
            let run = self.run(text, self.facts(&range));
            return self.push(run);
        }
        let mut at = range.start;
        while at < range.end {
            let (end, facts) = self.stretch(at, range.end);
            let run = self.run(&self.source[at..end], facts);
            self.push(run);
            at = end;
        }
    }

    fn code(&mut self, added: &str, range: &std::ops::Range<usize>) {
        let printed = self.facts(range);
        if let Some(Frame::Code { text, facts, .. }) = self.frames.last_mut() {
            text.push_str(added);
            facts.extend(printed);
        }
    }

    /// How far the facts at `at` hold, and which they are.
    fn stretch(&self, at: usize, end: usize) -> (usize, Option<Facts>) {
        let next = self.spans.partition_point(|span| span.1 as usize <= at);
        match self.spans.get(next) {
            Some(&(start, stop, ref facts)) if start as usize <= at => ((stop as usize).min(end), Some(facts.clone())),
            Some(&(start, ..)) => ((start as usize).min(end), None),
            None => (end, None),
        }
    }

    /// All facts printed in a range.
    fn facts(&self, range: &std::ops::Range<usize>) -> Option<Facts> {
        let first = self.spans.partition_point(|span| span.1 as usize <= range.start);
        let inside: Vec<&Facts> =
            self.spans[first..].iter().take_while(|span| (span.0 as usize) < range.end).map(|span| &span.2).collect();
        match inside[..] {
            [] => None,
            [one] => Some(Facts::clone(one)),
            _ => Some(places::union(inside)),
        }
    }

    fn run(&self, text: &str, facts: Option<Facts>) -> Run {
        Run {
            text: text.to_owned(),
            bold: self.bold > 0,
            italic: self.italic > 0,
            code: false,
            link: self.link.clone(),
            facts,
            ..Run::default()
        }
    }

    /// Adds a run, joined to the one before when they differ in nothing but text.
    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if alike(last, &run) => last.text.push_str(&run.text),
            _ => self.runs.push(run),
        }
    }
}

/// The runs of what has just ended, in no more room than they need: there are many short ones.
fn gathered(runs: &mut Vec<Run>) -> Vec<Run> {
    let mut gathered = std::mem::take(runs);
    gathered.shrink_to_fit();
    gathered
}

fn alike(a: &Run, b: &Run) -> bool {
    (a.bold, a.italic, a.code) == (b.bold, b.italic, b.code)
        && a.link == b.link
        && a.facts == b.facts
        && a.footnote.is_none()
}

/// A table; columns of numbers stand right unless the text says otherwise.
fn table(header: Vec<Vec<Run>>, rows: Vec<Vec<Vec<Run>>>, written: &[pulldown_cmark::Alignment]) -> Block {
    let alignment = written.iter().enumerate().map(|(column, written)| match written {
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Right => Alignment::Right,
        pulldown_cmark::Alignment::Center => Alignment::Centre,
        pulldown_cmark::Alignment::None if column > 0 && numeric(&rows, column) => Alignment::Right,
        pulldown_cmark::Alignment::None => Alignment::Left,
    });
    Block::Table { alignment: alignment.collect(), header, rows }
}

/// Whether every cell of a column that says anything is a number. The first column names its row.
fn numeric(rows: &[Vec<Vec<Run>>], column: usize) -> bool {
    let texts = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.iter().map(|run| &*run.text).collect());
    let mut texts = texts.filter(|text: &String| !matches!(text.trim(), "" | "–" | "-" | "n/a")).peekable();
    texts.peek().is_some() && texts.all(|text| is_number(text.trim()))
}

/// Digits with their signs, separators, currency and unit: `−45.300,00 €`, `3.5%`, `EUR 12k`. Not dates.
fn is_number(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['-', '−', '–', '+', '(']);
    let letters = unsigned.chars().filter(|letter| letter.is_alphabetic()).count();
    let dashes = unsigned.contains(['-', '−', '–', '/', ':']);
    let known = |letter: char| letter.is_alphanumeric() || letter.is_whitespace() || ".,'’%€$£¥)+".contains(letter);
    unsigned.chars().any(|letter| letter.is_ascii_digit()) && letters <= 3 && !dashes && unsigned.chars().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::FactId;

    fn text(blocks: &[Block]) -> String {
        let doc = super::super::tests::doc(blocks.to_vec());
        places::paragraphs(&doc).into_iter().map(|paragraph| paragraph.text + "¶").collect()
    }

    #[test]
    fn spans_become_runs() {
        let facts = Facts::from([FactId(7)]);
        let blocks = from_markdown("# A\n\nClosed at **12 EUR** now.\n", &[(17, 23, facts.clone())]);
        let Block::Paragraph { runs } = &blocks[1] else { panic!("{blocks:?}") };
        assert_eq!(runs[1], Run { text: "12 EUR".to_owned(), bold: true, facts: Some(facts), ..Run::default() });
        assert_eq!(runs.len(), 3);
    }

    #[test]
    fn escaped_values_show_themselves() {
        for value in [
            "1. A_b*c",
            "# x",
            "- y",
            "a|b",
            "a & b &amp; <c>",
            "[x](y)",
            "~~z~~",
            "    q",
            "line\nbreak",
            "+1",
            "2) x",
            "`t`\\",
        ] {
            let blocks = from_markdown(&escape(value), &[]);
            assert_eq!(text(&blocks), format!("{value}¶"), "{blocks:?}");
        }
    }

    #[test]
    fn tables_align_numbers() {
        let blocks = from_markdown(
            "| C | A | D |\n|---|---|---|\n| 4100 | 1.200,50 € | 2026-01 |\n| 5 | −3 % | 2026-02 |\n",
            &[],
        );
        let Block::Table { alignment, .. } = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(alignment, &[Alignment::Left, Alignment::Right, Alignment::Left]);
    }

    #[test]
    fn figures_stand_alone() {
        let figures = |kind: &str, words: &str, _| {
            (kind == "chart").then(|| Block::Code {
                language: kind.to_owned(),
                text: words.to_owned(),
                facts: Facts::default(),
            })
        };
        let written = "Before ![By *site*](chart) after ![a photo](photo.png)\n\n| a |\n|---|\n| ![x](chart) |\n";
        let blocks = with_figures(written, &[], &figures);
        assert_eq!(text(&blocks), "Before ¶By site¶ after a photo¶a¶x¶");
    }

    #[test]
    fn lists_nest() {
        let blocks = from_markdown(
            "1. one\n   - inner\n2. two\n\n> said\n\n---\n\n```sql\nselect 1\n```\n<!-- pagebreak -->\n",
            &[],
        );
        assert_eq!(text(&blocks), "one¶inner¶two¶said¶select 1\n¶");
        assert!(matches!(blocks.last(), Some(Block::PageBreak)), "{blocks:?}");
    }
}
