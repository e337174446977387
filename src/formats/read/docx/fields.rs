//! Fields: of an instruction and its result only the result is text. Both may run over paragraphs.

use crate::formats::read::xml::{Element, Node};

/// The fields that are open where the reader stands, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    /// Whether each has come to its result.
    open: Vec<bool>,
}

impl Fields {
    /// A mark that begins, divides or ends a field.
    pub(super) fn mark(&mut self, node: Node<'_>) {
        match node.get("fldCharType") {
            // Fields in fields: office programs stop at 20, and what lies deeper is no text of theirs either.
            Some("begin") if self.open.len() < 100 => self.open.push(false),
            Some("separate") => {
                if let Some(last) = self.open.last_mut() {
                    *last = true;
                }
            }
            Some("end") => drop(self.open.pop()),
            _ => {}
        }
    }

    /// Whether text that stands here is an instruction.
    pub(super) fn in_instruction(&self) -> bool {
        self.open.contains(&false)
    }
}
