//! The body of a document: blocks → paragraphs, with the lists and links they use.

use std::fmt::Write;

use super::numbering::{self, Numbered};
use super::relations::Relations;
use super::table;
use crate::document::markup::{Remark, Revision};
use crate::document::{Alignment, Block, Chart, Run};
use crate::formats::direction::begins_right;
use crate::formats::picture::Embedded;

/// Deepest list level that Word has.
const DEEPEST: usize = 8;

/// The body as XML, and what other parts must know about it.
#[derive(Default)]
pub(super) struct Body<'a> {
    pub(super) xml: String,
    /// Numbered lists in the order of the document; the first has the number [`numbering::FIRST`].
    pub(super) lists: Vec<Numbered>,
    pub(super) relations: Relations,
    /// Footnotes in the order of their marks, from 1.
    pub(super) footnotes: Vec<&'a [Run]>,
    /// Comments in the order in which they begin, from 0.
    pub(super) remarks: Vec<&'a Remark>,
    /// Charts in the order of the document.
    pub(super) charts: Vec<&'a Chart>,
    /// Pictures in the order of the document, and how many of them stand there so far.
    pub(super) pictures: &'a [Embedded],
    pub(super) pictured: usize,
    /// Drawings so far.
    pub(super) drawings: u32,
    /// Tracked changes so far.
    pub(super) revisions: u32,
    /// A page break waits for the paragraph that it stands before.
    breaks: bool,
    /// The next paragraph begins at the right edge.
    pub(super) leftward: bool,
    /// The last block was a table: what follows needs a distance of its own.
    after_table: bool,
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct Place {
    quoted: bool,
    /// Levels of lists around the block.
    depth: usize,
    /// The list whose item the next paragraph begins.
    item: Option<Item>,
}

#[derive(Clone, Copy)]
struct Item {
    list: usize,
    ordered: bool,
}

impl<'a> Body<'a> {
    /// The body of a document whose part already has these relationships.
    pub(super) fn of(blocks: &'a [Block], relations: Relations, pictures: &'a [Embedded]) -> Body<'a> {
        let mut body = Body { relations, pictures, ..Body::default() };
        body.blocks(blocks, Place::default());
        if body.after_table || body.breaks || body.xml.is_empty() {
            body.xml.push_str("<w:p/>");
        }
        body
    }

    fn blocks(&mut self, blocks: &'a [Block], mut place: Place) {
        for block in blocks {
            self.block(block, place);
            place.item = None;
        }
    }

    fn block(&mut self, block: &'a Block, place: Place) {
        match block {
            Block::Heading { level, runs } => self.heading(*level, runs),
            Block::Paragraph { runs } => self.paragraph(runs, place),
            Block::List { ordered, start, items } => self.list(*ordered, *start, items, place),
            Block::Table { header, rows, alignment } => self.table(header, rows, alignment),
            Block::Quote { blocks } => self.blocks(blocks, Place { quoted: true, ..place }),
            Block::Code { text, .. } => self.worded("Code", text.trim_end_matches('\n')),
            Block::Rule => self.styled(
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"BFBFBF\"/></w:pBdr>",
                "",
                &[],
            ),
            Block::Picture { alt, .. } => self.picture(alt),
            Block::Chart { chart } => self.chart(chart),
            Block::PageBreak => self.breaks = true,
        }
    }

    fn heading(&mut self, level: u8, runs: &'a [Run]) {
        match level {
            0 => self.styled("", "Title", runs),
            1..=4 => self.styled("", &format!("Heading{level}"), runs),
            _ => self.styled("", "Heading4", runs),
        }
    }

    fn paragraph(&mut self, runs: &'a [Run], place: Place) {
        let level = place.depth.saturating_sub(1).min(DEEPEST);
        match place.item {
            Some(item) => {
                let numbering =
                    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>", item.list);
                self.styled(&numbering, if item.ordered { "ListNumber" } else { "ListBullet" }, runs);
            }
            None if place.quoted => self.styled("", "Quote", runs),
            None if place.depth > 0 => {
                let indent = format!("<w:ind w:left=\"{}\"/>", 425 * (level + 1));
                self.styled(&indent, "ListParagraph", runs);
            }
            // A line that the text itself ends is not drawn out to the margin.
            None if runs.iter().any(|run| run.text.contains('\n')) => {
                self.styled("<w:jc w:val=\"left\"/>", "BodyText", runs);
            }
            None => self.styled("", "BodyText", runs),
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &'a [Vec<Block>], place: Place) {
        let depth = place.depth + 1;
        let list = if ordered {
            self.lists.push(Numbered { level: (depth - 1).min(DEEPEST), start });
            self.lists.len() - 1 + numbering::FIRST
        } else {
            numbering::BULLETS
        };
        for item in items {
            self.blocks(item, Place { depth, item: Some(Item { list, ordered }), ..place });
        }
    }

    fn table(&mut self, header: &'a [Vec<Run>], rows: &'a [Vec<Vec<Run>>], alignment: &[Alignment]) {
        if self.after_table || self.breaks {
            // Word joins two tables that touch.
            self.styled("", "", &[]);
        }
        table::write(self, header, rows, alignment);
        self.after_table = true;
    }

    /// One paragraph: its own formatting after that of `style`, an empty style is the ordinary one.
    fn styled(&mut self, own: &str, style: &str, runs: &'a [Run]) {
        self.leftward = begins_right(runs);
        self.begin(own, style, revised(runs));
        self.runs(runs);
        self.xml.push_str("</w:p>");
    }

    /// A paragraph of words that are no runs of the document.
    pub(super) fn worded(&mut self, style: &str, text: &str) {
        self.begin("", style, None);
        self.run(&Run { text: text.to_owned(), ..Run::default() }, false);
        self.xml.push_str("</w:p>");
    }

    pub(super) fn begin(&mut self, own: &str, style: &str, revision: Option<&Revision>) {
        let mut properties = String::new();
        if !style.is_empty() {
            let _ = write!(properties, "<w:pStyle w:val=\"{style}\"/>");
        }
        if std::mem::take(&mut self.breaks) {
            properties.push_str("<w:pageBreakBefore/>");
        }
        properties.push_str(own);
        if std::mem::take(&mut self.after_table) && !style.starts_with("Heading") {
            insert_spacing(&mut properties);
        }
        self.open(&properties, revision);
    }

    /// Begins a paragraph with these properties; a tracked change of the whole paragraph takes in its end.
    pub(super) fn open(&mut self, properties: &str, revision: Option<&Revision>) {
        self.xml.push_str("<w:p>");
        let leftward = std::mem::take(&mut self.leftward);
        if properties.is_empty() && revision.is_none() && !leftward {
            return;
        }
        self.xml.push_str("<w:pPr>");
        if leftward {
            let (before, behind) = properties.split_at(distances(properties));
            self.xml.extend([before, "<w:bidi/>", behind]);
        } else {
            self.xml.push_str(properties);
        }
        if let Some(revision) = revision {
            self.xml.push_str(if revision.deleted { "<w:rPr><w:del " } else { "<w:rPr><w:ins " });
            self.signature(revision);
            self.xml.push_str("/></w:rPr>");
        }
        self.xml.push_str("</w:pPr>");
    }
}

/// The tracked change that a paragraph as a whole is.
pub(super) fn revised(runs: &[Run]) -> Option<&Revision> {
    let first = runs.first()?.revision.as_deref()?;
    runs.iter().all(|run| run.revision.as_deref() == Some(first)).then_some(first)
}

/// Puts a distance above a paragraph.
fn insert_spacing(properties: &mut String) {
    properties.insert_str(distances(properties), "<w:spacing w:before=\"180\"/>");
}

/// Where the schema wants directions and distances: after borders and numbering, before indents and alignment.
fn distances(properties: &str) -> usize {
    let find = |element| properties.find(element);
    find("<w:spacing ").or(find("<w:ind ")).or(find("<w:jc ")).unwrap_or(properties.len())
}
