//! The body of a document: blocks → paragraphs, with the lists and links they use.

use std::fmt::Write;

use indexmap::IndexSet;

use super::{numbering::Numbered, table};
use crate::document::{Alignment, Block, Run};
use crate::formats::xml;

/// Deepest list level that Word has.
const DEEPEST: usize = 8;

/// The body as XML, and what other parts must know about it.
#[derive(Default)]
pub(super) struct Body {
    pub(super) xml: String,
    /// Numbered lists in the order of the document; the first has number 2, number 1 is all bullets.
    pub(super) lists: Vec<Numbered>,
    /// Targets of links, each once; the first has the id after the fixed parts.
    pub(super) links: IndexSet<String>,
    /// A page break waits for the paragraph that it stands before.
    breaks: bool,
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

impl Body {
    pub(super) fn of(blocks: &[Block]) -> Body {
        let mut body = Body::default();
        body.blocks(blocks, Place::default());
        if body.after_table || body.breaks || body.xml.is_empty() {
            body.xml.push_str("<w:p/>");
        }
        body
    }

    fn blocks(&mut self, blocks: &[Block], mut place: Place) {
        for block in blocks {
            self.block(block, place);
            place.item = None;
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { level, runs } => self.heading(*level, runs),
            Block::Paragraph { runs } => self.paragraph(runs, place),
            Block::List { ordered, start, items } => self.list(*ordered, *start, items, place),
            Block::Table { header, rows, alignment } => self.table(header, rows, alignment),
            Block::Quote { blocks } => self.blocks(blocks, Place { quoted: true, ..place }),
            Block::Code { text, .. } => self.code(text),
            Block::Rule => self.styled(
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"BFBFBF\"/></w:pBdr>",
                "",
                &[],
            ),
            Block::Picture { alt, .. } => self.caption(alt),
            Block::Chart { chart } => self.caption(&chart.title),
            Block::PageBreak => self.breaks = true,
        }
    }

    fn caption(&mut self, text: &str) {
        self.styled("", "Caption", &[Run { text: text.to_owned(), ..Run::default() }]);
    }

    fn heading(&mut self, level: u8, runs: &[Run]) {
        match level {
            0 => self.styled("", "Title", runs),
            1..=4 => self.styled("", &format!("Heading{level}"), runs),
            _ => self.styled("", "Heading4", runs),
        }
    }

    fn paragraph(&mut self, runs: &[Run], place: Place) {
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
            None => self.styled("", "", runs),
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[Vec<Block>], place: Place) {
        let depth = place.depth + 1;
        let list = if ordered {
            self.lists.push(Numbered { level: (depth - 1).min(DEEPEST), start });
            self.lists.len() + 1
        } else {
            1
        };
        for item in items {
            self.blocks(item, Place { depth, item: Some(Item { list, ordered }), ..place });
        }
    }

    fn code(&mut self, text: &str) {
        let run = Run { text: text.trim_end_matches('\n').to_owned(), ..Run::default() };
        self.styled("", "Code", &[run]);
    }

    fn table(&mut self, header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], alignment: &[Alignment]) {
        if self.after_table || self.breaks {
            // Word joins two tables that touch.
            self.styled("", "", &[]);
        }
        table::write(self, header, rows, alignment);
        self.after_table = true;
    }

    /// One paragraph: its own formatting after that of `style`, an empty style is the ordinary one.
    fn styled(&mut self, own: &str, style: &str, runs: &[Run]) {
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
        self.open(&properties);
        self.runs(runs);
        self.xml.push_str("</w:p>");
    }

    /// Begins a paragraph with these properties.
    pub(super) fn open(&mut self, properties: &str) {
        self.xml.push_str("<w:p>");
        if !properties.is_empty() {
            self.xml.push_str("<w:pPr>");
            self.xml.push_str(properties);
            self.xml.push_str("</w:pPr>");
        }
    }

    /// The runs of a paragraph.
    pub(super) fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            match &run.link {
                Some(target) => {
                    let (index, _) = self.links.insert_full(target.clone());
                    let _ = write!(self.xml, "<w:hyperlink r:id=\"rId{}\" w:history=\"1\">", index + 6);
                    self.run(run);
                    self.xml.push_str("</w:hyperlink>");
                }
                None => self.run(run),
            }
        }
    }

    fn run(&mut self, run: &Run) {
        self.xml.push_str("<w:r>");
        self.face(run);
        for (index, line) in run.text.split('\n').enumerate() {
            if index > 0 {
                self.xml.push_str("<w:br/>");
            }
            self.line(line);
        }
        self.xml.push_str("</w:r>");
    }

    fn face(&mut self, run: &Run) {
        if !(run.bold || run.italic || run.code || run.link.is_some()) {
            return;
        }
        self.xml.push_str("<w:rPr>");
        if run.link.is_some() {
            self.xml.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
        } else if run.code {
            self.xml.push_str("<w:rStyle w:val=\"InlineCode\"/>");
        }
        if run.bold {
            self.xml.push_str("<w:b/><w:bCs/>");
        }
        if run.italic {
            self.xml.push_str("<w:i/><w:iCs/>");
        }
        self.xml.push_str("</w:rPr>");
    }

    fn line(&mut self, line: &str) {
        for (index, text) in line.split('\t').enumerate() {
            if index > 0 {
                self.xml.push_str("<w:tab/>");
            }
            if !text.is_empty() {
                self.xml.push_str("<w:t xml:space=\"preserve\">");
                xml::text(text, &mut self.xml);
                self.xml.push_str("</w:t>");
            }
        }
    }
}

/// Puts a distance above a paragraph where the schema wants it: after borders and numbering, before indents.
fn insert_spacing(properties: &mut String) {
    let at = properties.find("<w:ind ").unwrap_or(properties.len());
    properties.insert_str(at, "<w:spacing w:before=\"180\"/>");
}
