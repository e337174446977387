//! What a reader returns: everything with text in a file, in reading order; of each piece its place, what it is in the
//! document, and whether a person who opens the file sees it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::workbook::Value;
use crate::document::Place;

/// What stands in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Extract {
    /// Text in reading order, then what stands beside it (headers, footnotes, comments), then the properties.
    pub(crate) lines: Vec<Line>,
    /// Sheets, slides, pages, messages or members of an archive, in order.
    pub(crate) sections: Vec<Section>,
    /// Tables of a document, slide, page or record file. The sheets of a workbook are no tables.
    pub(crate) tables: Vec<Table>,
    pub(crate) charts: Vec<Chart>,
    /// Files inside the file: attachments, members of an archive, pictures.
    pub(crate) files: Vec<InnerFile>,
    /// What is in the file and was not read, each as a sentence: nobody may take its absence for a fact.
    pub(crate) gaps: Vec<String>,
}

impl Extract {
    /// An extract of nothing but lines.
    pub(super) fn of(lines: Vec<Line>) -> Extract {
        Extract { lines, ..Extract::default() }
    }
}

/// One paragraph, cell, line, heading or property.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) place: Place,
    pub(crate) role: Role,
    pub(crate) runs: Vec<Run>,
    /// The page or slide it is on, from 1; nought where a format has none or does not say.
    pub(crate) page: u32,
    /// Of a cell of a workbook.
    pub(crate) cell: Option<Box<Cell>>,
}

impl Line {
    /// A line of visible text in one run.
    pub(super) fn new(place: Place, role: Role, text: impl Into<String>) -> Line {
        Line { place, role, runs: vec![Run::seen(text)], page: 0, cell: None }
    }

    /// All that the file holds at the place, seen or not; without what was struck out.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        joined(self.runs.iter().filter(|run| !run.is_deleted()))
    }

    /// What a person sees.
    pub(crate) fn seen(&self) -> Cow<'_, str> {
        joined(self.runs.iter().filter(|run| run.hidden.is_none() && !run.is_deleted()))
    }

    /// All of the text, a field of a mail or event with its name before it: `Subject: The memo`.
    pub(crate) fn labelled(&self) -> Cow<'_, str> {
        match &self.role {
            Role::Field(name) => Cow::Owned(format!("{name}: {}", self.text())),
            _ => self.text(),
        }
    }

    /// The formula of a cell, without `=`.
    pub(crate) fn formula(&self) -> Option<&str> {
        Some(self.cell.as_ref()?.formula.as_ref()?.text.as_str())
    }
}

fn joined<'a>(runs: impl Iterator<Item = &'a Run>) -> Cow<'a, str> {
    let mut runs = runs.map(|run| run.text.as_str());
    let first = Cow::Borrowed(runs.next().unwrap_or_default());
    runs.fold(first, |text, more| text + more)
}

/// A piece of a line in which everything is seen, or hidden for one reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Run {
    pub(crate) text: String,
    /// Why a person does not see it.
    pub(crate) hidden: Option<Hidden>,
    /// Of a document with tracked changes.
    pub(crate) change: Option<Arc<Change>>,
    /// Where it leads when it is clicked.
    pub(crate) link: Option<Arc<str>>,
}

impl Run {
    /// Text that is plainly there.
    pub(super) fn seen(text: impl Into<String>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }

    /// Whether somebody struck it out.
    pub(crate) fn is_deleted(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.deleted)
    }
}

/// A tracked change: text that somebody put in or struck out, and nobody has accepted yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub(crate) deleted: bool,
    pub(crate) author: String,
    /// As the file spells it: `2026-03-04T09:00:00Z`.
    pub(crate) at: String,
}

/// What a line is in its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The title of a document or slide.
    Title,
    /// From 1 to 9.
    Heading(u8),
    Text,
    /// An item of a list, its depth from 0.
    Item(u8),
    /// A cell of a table of the extract.
    TableCell,
    /// A cell of a sheet.
    Cell,
    /// The words that stand for a picture.
    Picture,
    /// A title or label of a chart.
    Chart,
    Header,
    Footer,
    Footnote,
    /// What somebody remarks, and on which place, if the file says so.
    Comment {
        author: String,
        on: Option<Box<Place>>,
    },
    /// What the speaker of a slide reads.
    Notes,
    /// A field of a mail's head, an event or a card, by its name; the text is its value.
    Field(String),
    /// A property of the file itself.
    Property,
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Role::Title => "title",
            Role::Heading(level) => return write!(out, "heading {level}"),
            Role::Text => "text",
            Role::Item(depth) => return write!(out, "item {depth}"),
            Role::TableCell => "table cell",
            Role::Cell => "cell",
            Role::Picture => "picture",
            Role::Chart => "chart",
            Role::Header => "header",
            Role::Footer => "footer",
            Role::Footnote => "footnote",
            Role::Comment { author, on: None } => return write!(out, "comment by {author}"),
            Role::Comment { author, on: Some(place) } => return write!(out, "comment by {author} on {place}"),
            Role::Notes => "notes",
            Role::Field(name) => return write!(out, "field {name}"),
            Role::Property => "property",
        };
        out.write_str(name)
    }
}

/// Why a person who opens the file does not see a text that is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hidden {
    /// Marked as hidden.
    Vanish,
    /// In the colour of what is behind it, or so near to it that nobody can tell.
    SameColour,
    /// Less than four points high.
    Tiny,
    /// Outside the page or slide.
    OffPage,
    Sheet,
    /// A sheet that the program does not even list among the hidden ones ("very hidden").
    UnlistedSheet,
    Row,
    Column,
    Slide,
    /// In a row, column, cell or shape without width or height.
    NoSize,
    /// Behind a picture or a filled shape.
    Covered,
    Transparent,
    /// Folded away: a group of rows, a section, a closed detail.
    Collapsed,
    /// Outside what its frame lets through.
    Clipped,
    /// By a number format that prints nothing.
    NumberFormat,
    /// Shown only while a sheet's formulas are, or in another mode of the program.
    OtherView,
}

impl fmt::Display for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Hidden::Vanish => "marked as hidden",
            Hidden::SameColour => "in the colour of its background",
            Hidden::Tiny => "less than 4 pt high",
            Hidden::OffPage => "off the page",
            Hidden::Sheet => "on a hidden sheet",
            Hidden::UnlistedSheet => "on a very hidden sheet",
            Hidden::Row => "in a hidden row",
            Hidden::Column => "in a hidden column",
            Hidden::Slide => "on a hidden slide",
            Hidden::NoSize => "in a frame without size",
            Hidden::Covered => "behind a picture",
            Hidden::Transparent => "transparent",
            Hidden::Collapsed => "folded away",
            Hidden::Clipped => "outside its frame",
            Hidden::NumberFormat => "by its number format",
            Hidden::OtherView => "only in another view",
        })
    }
}

/// What a cell of a workbook holds beside its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    /// What it comes to; where that is not known, what the file says.
    pub(crate) value: Value,
    pub(crate) formula: Option<Formula>,
    /// The code of its number format: `#,##0.00`.
    pub(crate) format: Arc<str>,
    /// Of a number, as the format prints it in English: `1,234.50`; none if the format is not understood.
    pub(crate) shown: Option<String>,
    /// The power of ten by which the format scales what it shows: -3 for thousands, 2 for percent.
    pub(crate) power: i32,
}

/// The formula of a cell. The line's text is what it comes to; where that is not known, what the file says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Formula {
    /// In English with comma separators, without `=`.
    pub(crate) text: String,
    /// What the program that saved the file says it comes to; none if it did not say.
    pub(crate) cached: Option<String>,
    /// What it comes to, or why that is not known.
    pub(crate) calculated: Result<String, String>,
    /// Whether the two are one in twelve digits; none if one of them is missing.
    pub(crate) agrees: Option<bool>,
}

/// A sheet, slide, page, message or member of an archive.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Section {
    /// The name of a sheet or member, the title of a slide; empty for a page.
    pub(crate) name: String,
    pub(crate) hidden: Option<Hidden>,
    /// Where it says by what its numbers are scaled.
    pub(crate) captions: Vec<Caption>,
}

impl Section {
    pub(super) fn new(name: impl Into<String>, hidden: Option<Hidden>) -> Section {
        Section { name: name.into(), hidden, captions: Vec::new() }
    }
}

/// A text such as `in T€`, by which a sheet says that its numbers stand for more than they print.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Caption {
    pub(crate) place: Place,
    pub(crate) text: String,
    /// Of ten: 3 for thousands.
    pub(crate) power: i32,
}

/// A table in its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    /// How many rows at its head say what the columns are; nought if the file does not say.
    pub(crate) headers: u32,
    pub(crate) rows: Vec<Vec<TableCell>>,
}

/// A cell of a table, as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TableCell {
    /// Of its first paragraph; none if it is empty.
    pub(crate) place: Option<Place>,
    pub(crate) text: String,
    /// How many columns it takes.
    pub(crate) columns: u32,
}

/// A chart of an office program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chart {
    /// The sheet or slide it is on, or its page.
    pub(crate) on: String,
    /// `bar`, `line`, `pie` and the like, as the format names it.
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) series: Vec<Series>,
}

/// One series of a chart: what the file says is plotted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) categories: Vec<String>,
    pub(crate) values: Vec<String>,
    /// The cells its values come from: `Budget!$B$2:$B$13`.
    pub(crate) source: Option<String>,
}

/// A file inside a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InnerFile {
    pub(crate) name: String,
    pub(crate) size: u64,
}
