//! Documents as lines of text: Markdown and plain text, with the lines on which facts are printed.

use crate::document::{Alignment, Block, Doc, Facts, Place, Run, markdown, places};

/// Markup or none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    Markdown,
    Text,
}

/// A document as text, and where it prints facts.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) places: Vec<(Place, Facts)>,
}

/// The lines of a document.
pub(crate) fn write(doc: &Doc, flavour: Flavour) -> Written {
    let notes = places::footnotes(doc).into_iter().map(|(_, note)| note).collect();
    let mut lines = Lines { flavour, text: String::new(), line: 1, indent: String::new(), places: Vec::new(), notes };
    lines.blocks(&doc.blocks);
    lines.footnotes();
    Written { text: lines.text, places: lines.places }
}

struct Lines<'a> {
    flavour: Flavour,
    text: String,
    /// The line that is being written, from 1.
    line: u32,
    /// What every line of an item or quote begins with.
    indent: String,
    places: Vec<(Place, Facts)>,
    /// All footnotes in the order of their marks.
    notes: Vec<&'a [Run]>,
}

impl Lines<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            // A list inside an item stands close to the item's text.
            if index > 0 && matches!(block, Block::List { .. }) && !self.indent.is_empty() {
                self.put_indent();
            } else if index > 0 {
                self.blank();
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, runs } => self.heading(*level, runs),
            Block::Paragraph { runs } => {
                self.runs(runs);
                self.end();
            }
            Block::List { ordered, start, items } => self.list(*ordered, *start, items),
            Block::Table { header, rows, alignment } => self.table(header, rows, alignment),
            Block::Quote { blocks } => self.indented("> ", |lines| {
                lines.put("> ");
                lines.blocks(blocks);
            }),
            Block::Code { language, text, facts } => self.code(language, text, facts),
            Block::Rule => self.whole(if self.flavour == Flavour::Markdown {
                "---"
            } else {
                "----------------------------------------"
            }),
            Block::Picture { alt, .. } => self.whole(&format!("[{alt}]")),
            Block::Chart { chart } => self.whole(&format!("[{}]", chart.title)),
            Block::PageBreak if self.flavour == Flavour::Markdown => self.whole("<!-- pagebreak -->"),
            Block::PageBreak => self.whole(""),
        }
    }

    fn heading(&mut self, level: u8, runs: &[Run]) {
        if self.flavour == Flavour::Markdown {
            self.put(&"#".repeat(usize::from(level.min(5)) + 1));
            self.put(" ");
            self.runs(runs);
            return self.end();
        }
        self.runs(runs);
        self.end();
        let width: usize = runs.iter().map(|run| run.text.chars().count()).sum();
        if level < 2 {
            self.whole(&if level == 0 { "=" } else { "-" }.repeat(width));
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[Vec<Block>]) {
        for (index, item) in items.iter().enumerate() {
            let mark = if ordered { format!("{}. ", u64::from(start) + index as u64) } else { "- ".to_owned() };
            if index > 0 {
                self.put_indent();
            }
            self.put(&mark);
            let indent = " ".repeat(mark.len());
            self.indented(&indent, |lines| lines.blocks(item));
            if item.is_empty() {
                self.end();
            }
        }
    }

    /// Writes with a longer indent; the first line's is the caller's.
    fn indented(&mut self, more: &str, write: impl FnOnce(&mut Self)) {
        let before = self.indent.len();
        self.indent.push_str(more);
        write(self);
        self.indent.truncate(before);
    }

    fn table(&mut self, header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], alignment: &[Alignment]) {
        let all: Vec<&[Vec<Run>]> = std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).collect();
        let width = all.iter().map(|row| row.len()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..width)
            .map(|column| {
                all.iter().filter_map(|row| row.get(column)).map(|cell| self.cell(cell).chars().count()).max()
            })
            .map(|longest| longest.unwrap_or(0).max(3))
            .collect();
        let grid = Grid { widths, alignment };
        if !header.is_empty() || self.flavour == Flavour::Markdown {
            self.row(header, &grid);
            self.put_indent();
            self.whole(&grid.rule(self.flavour));
        }
        for (index, row) in rows.iter().enumerate() {
            if index > 0 || !header.is_empty() || self.flavour == Flavour::Markdown {
                self.put_indent();
            }
            self.row(row, &grid);
        }
    }

    fn row(&mut self, cells: &[Vec<Run>], grid: &Grid<'_>) {
        let markdown = self.flavour == Flavour::Markdown;
        let mut line = String::from(if markdown { "| " } else { "" });
        for (column, width) in grid.widths.iter().enumerate() {
            let cell = cells.get(column).map_or(&[][..], Vec::as_slice);
            cell.iter().for_each(|run| self.mark(run.facts.as_ref()));
            let text = self.cell(cell);
            let space = " ".repeat(width.saturating_sub(text.chars().count()));
            let right = grid.alignment.get(column) == Some(&Alignment::Right);
            let between = if markdown { " | " } else { "  " };
            line.push_str(&if right { space + &text } else { text + &space });
            line.push_str(between);
        }
        self.whole(line.trim_end());
    }

    fn cell(&self, cell: &[Run]) -> String {
        cell.iter().map(|run| self.face(run, false) + &self.mark_of(run)).collect::<String>().replace('\n', " ")
    }

    fn code(&mut self, language: &str, text: &str, facts: &Facts) {
        let markdown = self.flavour == Flavour::Markdown;
        if markdown {
            self.whole(&format!("```{language}"));
        }
        self.mark(Some(facts).filter(|facts| !facts.is_empty()));
        for (index, line) in text.lines().enumerate() {
            if index > 0 || markdown {
                self.put_indent();
            }
            self.whole(&if markdown { line.to_owned() } else { format!("    {line}") });
        }
        if markdown {
            self.put_indent();
            self.whole("```");
        }
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            self.mark(run.facts.as_ref());
            let start = self.text.is_empty() || self.text.ends_with(['\n', ' ']);
            let text = self.face(run, start);
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    if self.flavour == Flavour::Markdown {
                        self.put("\\");
                    }
                    self.end();
                    self.put_indent();
                }
                self.put(line);
            }
            let mark = self.mark_of(run);
            self.put(&mark);
        }
    }

    /// The mark of a run's footnote.
    fn mark_of(&self, run: &Run) -> String {
        let place = |note: &[Run]| self.notes.iter().position(|other| std::ptr::eq(*other, note));
        match (run.footnote.as_deref().and_then(place), self.flavour) {
            (Some(at), Flavour::Markdown) => format!("[^{}]", at + 1),
            (Some(at), Flavour::Text) => format!(" [{}]", at + 1),
            (None, _) => String::new(),
        }
    }

    /// The texts of the footnotes, below everything else.
    fn footnotes(&mut self) {
        for (at, note) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            self.blank();
            let mark =
                if self.flavour == Flavour::Markdown { format!("[^{}]: ", at + 1) } else { format!("[{}] ", at + 1) };
            self.put(&mark);
            self.runs(note);
            self.end();
        }
    }

    /// The text of a run with the markup of its style; `start` when it may begin a line.
    fn face(&self, run: &Run, start: bool) -> String {
        if run.is_deleted() {
            return String::new();
        }
        if self.flavour == Flavour::Text {
            return match &run.link {
                Some(target) if *target != run.text => format!("{} ({target})", run.text),
                _ => run.text.clone(),
            };
        }
        let body = run.text.trim();
        let (before, after) = run.text.split_once(body).unwrap_or((&run.text, ""));
        let mut text = if run.code { format!("`{body}`") } else { markup(body, start) };
        if body.is_empty() {
            return run.text.clone();
        }
        let stars = usize::from(run.bold) * 2 + usize::from(run.italic);
        text = format!("{0}{text}{0}", "*".repeat(stars));
        match &run.link {
            Some(target) => format!("{before}[{text}]({target}){after}"),
            None => format!("{before}{text}{after}"),
        }
    }

    fn mark(&mut self, facts: Option<&Facts>) {
        if let Some(facts) = facts {
            self.places.push((Place::Line(self.line), Facts::clone(facts)));
        }
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn put_indent(&mut self) {
        self.text.push_str(&self.indent);
    }

    /// A line that is written in one go.
    fn whole(&mut self, line: &str) {
        self.put(line);
        self.end();
    }

    fn end(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.line += 1;
    }

    /// An empty line between blocks, and the indent of what follows.
    fn blank(&mut self) {
        let indent = self.indent.clone();
        self.put(indent.trim_end());
        self.end();
        self.put(&indent);
    }
}

/// Text that Markdown would read as markup, made inert; a line break stays one.
fn markup(text: &str, start: bool) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default();
    let mut out = if start { markdown::escape(first) } else { markdown::escape_inside(first) };
    for line in lines {
        out.push('\n');
        out.push_str(&markdown::escape(line));
    }
    out
}

/// The widths and alignments of a table's columns.
struct Grid<'a> {
    widths: Vec<usize>,
    alignment: &'a [Alignment],
}

impl Grid<'_> {
    /// The line below the header.
    fn rule(&self, flavour: Flavour) -> String {
        if flavour == Flavour::Text {
            return self.widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  ");
        }
        let mut rule = String::from("|");
        for (column, width) in self.widths.iter().enumerate() {
            let dashes = "-".repeat(width + 1);
            rule.push_str(&match self.alignment.get(column) {
                Some(Alignment::Right) => format!("{dashes}:|"),
                Some(Alignment::Centre) => format!(":{}:|", "-".repeat(*width)),
                _ => format!("{dashes}-|"),
            });
        }
        rule
    }
}
