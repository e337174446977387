//! The blocks of a part of a document, in reading order.

use std::sync::Arc;

use super::Shared;
use super::fields::Fields;
use super::look::RunLook;
use crate::document::look::Colour;
use crate::document::{Beside, Place};
use crate::formats::read::Unreadable;
use crate::formats::read::extract::{Change, Extract, Hidden, Line, Role, Run};
use crate::formats::read::package::Relations;
use crate::formats::read::xml::{Element, Node};
use crate::formats::read::{LARGEST_TEXT, MOST_LINES};

/// How the paragraphs of a part are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Numbering {
    Text,
    Beside { kind: Beside, number: u32 },
}

/// What holds for a paragraph because of where it stands.
#[derive(Clone, Debug)]
pub(super) struct Around {
    /// What is behind the letters.
    pub(super) ground: Colour,
    pub(super) hidden: Option<Hidden>,
    pub(super) change: Option<Arc<Change>>,
    /// What the style of a table says of the letters in a cell.
    pub(super) table: RunLook,
    /// What every paragraph here is, whatever its style.
    pub(super) role: Option<Role>,
}

/// What the text of a document points at.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) footnotes: Vec<String>,
    pub(super) endnotes: Vec<String>,
    /// Comments with the paragraph they begin in.
    pub(super) comments: Vec<(String, Option<Place>)>,
}

/// Reads one part of a document.
pub(super) struct Body<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) relations: &'a Relations,
    pub(super) extract: &'a mut Extract,
    pub(super) around: Around,
    pub(super) fields: Fields,
    pub(super) marks: Marks,
    pub(super) text_left: usize,
    /// The bytes of the paragraph that is read, and of all that were numbered; empty for words of a picture.
    pub(super) source: std::ops::Range<usize>,
    pub(super) sources: Vec<std::ops::Range<usize>>,
    numbering: Numbering,
    number: u32,
    /// The level of a folded heading above, whose text is not shown.
    folded: Option<u8>,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        shared: &'a Shared<'a>,
        relations: &'a Relations,
        numbering: Numbering,
        extract: &'a mut Extract,
    ) -> Body<'a> {
        let around =
            Around { ground: shared.page.ground, hidden: None, change: None, table: RunLook::default(), role: None };
        Body {
            shared,
            relations,
            extract,
            around,
            fields: Fields::default(),
            marks: Marks::default(),
            text_left: LARGEST_TEXT,
            source: 0..0,
            sources: Vec::new(),
            numbering,
            number: 0,
            folded: None,
        }
    }

    /// Reads everything inside an element that holds blocks.
    pub(super) fn blocks(&mut self, holder: Node<'_>) -> Result<(), Unreadable> {
        for node in holder.children().filter(Node::is_element) {
            self.block(node)?;
        }
        Ok(())
    }

    fn block(&mut self, node: Node<'_>) -> Result<(), Unreadable> {
        match node.name() {
            "p" => self.paragraph(node),
            "tbl" => self.table(node),
            "sdt" => node.child("sdtContent").map_or(Ok(()), |content| self.blocks(content)),
            "customXml" | "smartTag" => self.blocks(node),
            "ins" | "del" | "moveFrom" | "moveTo" => {
                let before = self.around.change.replace(Arc::new(change(node)));
                self.blocks(node)?;
                self.around.change = before;
                Ok(())
            }
            "AlternateContent" => alternative(node).map_or(Ok(()), |content| self.blocks(content)),
            "altChunk" => {
                self.gap("a part in another format is put into the text");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn gap(&mut self, what: &str) {
        if !self.extract.gaps.iter().any(|known| known == what) {
            self.extract.gaps.push(what.to_owned());
        }
    }

    /// The place that the next paragraph with text will have.
    pub(super) fn next_place(&self) -> Place {
        match self.numbering {
            Numbering::Text => Place::Paragraph(self.number + 1),
            Numbering::Beside { kind, number } => Place::Beside { kind, number, paragraph: self.number + 1 },
        }
    }

    /// Adds a paragraph; without any text it is none.
    pub(super) fn push(&mut self, role: Role, runs: Vec<Run>) -> Result<(), Unreadable> {
        if runs.iter().all(|run| run.text.trim().is_empty()) {
            return Ok(());
        }
        let length = runs.iter().map(|run| run.text.len()).sum();
        let over = |what: String| Unreadable::because(format!("it has more than {what}"));
        self.text_left =
            self.text_left.checked_sub(length).ok_or_else(|| over(format!("{} MiB of text", LARGEST_TEXT >> 20)))?;
        if self.extract.lines.len() == MOST_LINES {
            return Err(over(format!("{MOST_LINES} paragraphs")));
        }
        let place = self.next_place();
        self.number += 1;
        self.sources.push(std::mem::take(&mut self.source));
        self.extract.lines.push(Line { place, role, runs, page: 0, cell: None });
        Ok(())
    }

    /// Whether a paragraph is folded away under a heading above it; a heading that is folded itself begins such a part.
    pub(super) fn fold(&mut self, role: &Role, folds: bool) -> bool {
        if let Role::Heading(level) = role {
            if self.folded.is_some_and(|folded| *level <= folded) {
                self.folded = None;
            }
            let hidden = self.folded.is_some();
            if folds && !hidden {
                self.folded = Some(*level);
            }
            return hidden;
        }
        self.folded.is_some()
    }
}

/// The one of several forms that a program of today shows.
pub(super) fn alternative<'n>(node: Node<'n>) -> Option<Node<'n>> {
    node.child("Choice").or_else(|| node.child("Fallback"))
}

/// Who put in or struck out what stands in an element, and when.
pub(super) fn change(node: Node<'_>) -> Change {
    Change {
        deleted: matches!(node.name(), "del" | "moveFrom"),
        author: node.get("author").unwrap_or_default().to_owned(),
        at: node.get("date").unwrap_or_default().to_owned(),
    }
}
