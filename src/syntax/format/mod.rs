//! The one way a `.world` file is laid out.
//!
//! The author decides where lines break; everything between two breaks is canonical: two spaces of indentation for each
//! line whose brackets are open, two spaces between properties on one line, one around operators, tables aligned. Signs
//! and comments that the author aligned stay aligned. Comments and long texts are never touched.

mod align;
mod lines;
mod rows;
mod spacing;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::parse::parse;
use super::tree::{Item, RuleKind, Tree};
use crate::diag::Diagnostic;
use crate::source::Sources;

/// Lays out a text; one that cannot be read comes back as its mistakes.
pub(crate) fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let id = sources.add("", text);
    let (tree, found) = parse(&sources, id);
    let Some(tree) = tree else {
        return Err(found);
    };
    let mut lines = lines::split(text, &starts(&tree));
    rows::align(&mut lines);
    align::signs(&mut lines);
    align::comments(&mut lines);
    Ok(lines::write(&lines))
}

/// Where items begin, and where a rule's message does, which stands as far from its condition as an item from the next.
pub(super) struct Starts {
    pub items: BTreeSet<usize>,
    pub messages: BTreeSet<usize>,
}

/// Where items and messages of a tree begin.
fn starts(tree: &Tree) -> Starts {
    let mut starts = Starts { items: BTreeSet::from([tree.edition_span.start as usize]), messages: BTreeSet::new() };
    starts.items.extend(tree.imports.iter().map(|import| import.span.start as usize));
    starts.add(&tree.items);
    starts
}

impl Starts {
    /// Adds where the items and the items inside them begin.
    fn add(&mut self, items: &[Item]) {
        for item in items {
            let (span, inner): (_, &[Item]) = match item {
                Item::Block(block) => (block.span, &block.items),
                Item::Loop(repeat) => (repeat.span, &repeat.items),
                Item::Bind(bind) => (bind.span, &[]),
                Item::Field(field) => (field.span, &[]),
                Item::Rule(rule) => (rule.span, &[]),
                Item::Row(row) => (row.span, &[]),
            };
            if let Item::Rule(rule) = item
                && rule.kind != RuleKind::Rubric
            {
                self.messages.extend(rule.message.as_ref().map(|message| message.span.start as usize));
            }
            self.items.insert(span.start as usize);
            self.add(inner);
        }
    }
}
