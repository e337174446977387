//! Footnotes of Markdown: their marks stand in the text before their own text is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Block, Run};

/// Marks the end of the open paragraph with the label of a footnote; [`resolve`] puts its text there.
pub(super) fn mark(label: &str, runs: &mut Vec<Run>) {
    if runs.last().is_none_or(|last| last.footnote.is_some()) {
        runs.push(Run::default());
    }
    if let Some(last) = runs.last_mut() {
        last.footnote = Some(Arc::from([Run { text: label.to_owned(), ..Run::default() }]));
    }
}

/// The text of a footnote in one paragraph.
pub(super) fn runs(blocks: Vec<Block>) -> Arc<[Run]> {
    let mut all: Vec<Run> = Vec::new();
    for block in blocks {
        if let Block::Paragraph { runs } | Block::Heading { runs, .. } = block {
            if !all.is_empty() {
                all.push(Run { text: " ".to_owned(), ..Run::default() });
            }
            all.extend(runs);
        }
    }
    // A note has no notes of its own.
    all.iter_mut().for_each(|run| run.footnote = None);
    all.into()
}

/// Puts the texts of footnotes where their labels stand.
pub(super) fn resolve(blocks: &mut [Block], notes: &BTreeMap<String, Arc<[Run]>>) {
    if notes.is_empty() {
        return;
    }
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => place(runs, notes),
            Block::List { items, .. } => items.iter_mut().for_each(|item| resolve(item, notes)),
            Block::Table { header, rows, .. } => {
                header.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| place(cell, notes));
            }
            Block::Quote { blocks } => resolve(blocks, notes),
            Block::Code { .. } | Block::Picture { .. } | Block::Chart { .. } | Block::Rule | Block::PageBreak => {}
        }
    }
}

fn place(runs: &mut [Run], notes: &BTreeMap<String, Arc<[Run]>>) {
    for note in runs.iter_mut().filter_map(|run| run.footnote.as_mut()) {
        let label = note.first().map_or("", |run| run.text.as_str());
        if let Some(text) = notes.get(label) {
            *note = Arc::clone(text);
        }
    }
}
