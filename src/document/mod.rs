//! Documents before they have bytes: prose as [`Doc`], workbooks as [`Book`]. Every printed run carries its facts.

mod book;
mod footnotes;
pub(crate) mod look;
pub(crate) mod markdown;
pub(crate) mod markup;
pub(crate) mod picture;
pub(crate) mod place;
pub(crate) mod places;
pub(crate) mod slides;

use std::sync::Arc;

pub use crate::value::Facts;
use crate::value::Moment;
use crate::value::zone::Zone;
pub use book::{
    Area, Book, Cell, CellValue, Chart, ChartKind, FormulaError, Highlight, Note, Plot, Rule, Series, Sheet,
};
use look::{Brand, Hand};
use markup::{Remark, Revision};
use picture::Picture;

/// What a document says about itself; dates are those of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Properties {
    pub title: String,
    pub author: String,
    /// The author's address.
    pub email: String,
    pub company: String,
    pub created: Moment,
    pub modified: Moment,
    /// The zone of both moments.
    pub zone: &'static Zone,
    /// BCP 47, for spelling and fonts: `de-DE`.
    pub language: String,
    /// Colours of the document, by name ("navy"); empty means the company's.
    pub theme: String,
    /// The look of the author's company.
    pub brand: Arc<Brand>,
    /// How the author lays out a document.
    pub hand: Hand,
    /// Name and address of whom it was written to, where its format says so: in mail.
    pub addressee: Option<Arc<(String, String)>>,
    /// Printed and scanned: a pdf shows pictures of its pages and holds no text.
    pub scanned: bool,
}

/// A prose document: docx, pdf, html, md, txt, the body of a mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    pub properties: Properties,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Level 0 is the title, 1 to 4 are headings.
    Heading {
        level: u8,
        runs: Vec<Run>,
    },
    Paragraph {
        runs: Vec<Run>,
    },
    List {
        ordered: bool,
        start: u32,
        items: Vec<Vec<Block>>,
    },
    /// `header` may be empty; all rows have the same number of cells.
    Table {
        header: Vec<Vec<Run>>,
        rows: Vec<Vec<Vec<Run>>>,
        alignment: Vec<Alignment>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Code {
        language: String,
        text: String,
        facts: Facts,
    },
    /// A picture in a line of its own; `alt` is read where pictures are not seen.
    Picture {
        picture: Arc<Picture>,
        alt: String,
        facts: Facts,
    },
    /// A chart of the office suite where the format has one, a picture of it elsewhere.
    Chart {
        chart: Arc<Chart>,
    },
    Rule,
    PageBreak,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Alignment {
    #[default]
    Left,
    Right,
    Centre,
}

/// Text in one style, printed from `facts`. A line break inside a paragraph is `\n`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    pub code: bool,
    pub link: Option<String>,
    pub facts: Option<Facts>,
    /// The text of a footnote whose mark stands behind the run.
    pub footnote: Option<Arc<[Run]>>,
    pub remark: Option<Arc<Remark>>,
    pub revision: Option<Arc<Revision>>,
}

impl Run {
    /// Whether somebody struck it out.
    pub(crate) fn is_deleted(&self) -> bool {
        self.revision.as_ref().is_some_and(|revision| revision.deleted)
    }
}

/// A place inside a file, as `why` and `diff` name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The n-th paragraph in reading order (headings, list items and table cells count), from 1: `p12`.
    Paragraph(u32),
    /// Sheet and cell, row and column counted from 0: `Budget!E7` is row 6, column 4.
    Cell { sheet: Arc<str>, row: u32, column: u32 },
    /// The n-th paragraph of the n-th slide, both from 1, the title first: `s3p2`.
    Slide { slide: u32, paragraph: u32 },
    /// The n-th paragraph of what stands beside the text, both from 1: `footnote2p1`, `notes3p1`.
    Beside { kind: Beside, number: u32, paragraph: u32 },
    /// The n-th line of a text file, from 1: `l3`.
    Line(u32),
    /// What is seen in a picture: `picture`.
    Picture,
    /// A property: `title`, `author`, `path`.
    Property(String),
    /// A message, event, card or post by its identifier: `<kickoff@nordlicht.example>`.
    Entry(String),
    /// A place in a file that is kept inside another, by its name there: `old/plan.docx#p3`.
    Inside { file: Arc<str>, place: Box<Place> },
}

/// What stands beside the text of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beside {
    Header,
    Footer,
    Footnote,
    Endnote,
    Comment,
    /// What the speaker of a slide reads; numbered as the slides are.
    Notes,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A document of the given blocks.
    pub(crate) fn doc(blocks: Vec<Block>) -> Doc {
        Doc { properties: properties(), blocks }
    }

    /// Properties with every field set.
    pub(crate) fn properties() -> Properties {
        Properties {
            title: "Close memo January 2026".to_owned(),
            author: "Jana Krüger".to_owned(),
            email: "jana.krueger@nordlicht-pumpen.example".to_owned(),
            company: "Nordlicht Pumpen GmbH".to_owned(),
            created: Moment(1_770_283_800),
            modified: Moment(1_770_286_500),
            zone: Zone::named("Europe/Berlin").expect("the table of zones has Berlin"),
            language: "en-GB".to_owned(),
            theme: "navy".to_owned(),
            brand: Arc::new(Brand::plain("Nordlicht Pumpen GmbH")),
            hand: Hand::default(),
            addressee: None,
            scanned: false,
        }
    }
}
