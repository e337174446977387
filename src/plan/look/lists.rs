//! A document in the hand of its author: lists without an order as she sets them, numbers where her headings have none.

use crate::document::{Block, Doc, Run};
use crate::plan::types::{Habits, Lists};

/// Longest list, in items and in letters, that somebody would write as a sentence.
const SHORT: (usize, usize) = (5, 420);

/// Sets the lists and headings of a document.
pub(in crate::plan) fn settle(doc: &mut Doc, habits: &Habits) {
    if doc.blocks.iter().any(is_numbered_heading) {
        doc.properties.hand.numbered = false;
    }
    match habits.lists {
        Lists::Marked(_) => {}
        Lists::Numbered => doc.blocks.iter_mut().for_each(number),
        Lists::Prose => doc.blocks.iter_mut().for_each(run_on),
    }
}

/// Whether the text itself numbers a heading: `2. Figures`.
fn is_numbered_heading(block: &Block) -> bool {
    let Block::Heading { level: 1.., runs } = block else { return false };
    let first = runs.first().and_then(|run| run.text.split(' ').next()).unwrap_or_default();
    let digits = first.trim_end_matches(['.', ')']);
    let marked = digits.len() < first.len() || digits.contains('.');
    marked && !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

fn number(block: &mut Block) {
    if let Block::List { ordered, .. } = block {
        *ordered = true;
    }
}

/// A short list of single paragraphs becomes one paragraph.
fn run_on(block: &mut Block) {
    let Block::List { ordered: false, items, .. } = block else { return };
    let Some(sentences) = items.iter().map(|item| sentence(item)).collect::<Option<Vec<&[Run]>>>() else { return };
    let letters: usize = sentences.iter().flat_map(|runs| runs.iter()).map(|run| run.text.len()).sum();
    if sentences.len() > SHORT.0 || letters > SHORT.1 {
        return;
    }
    let mut all: Vec<Run> = Vec::new();
    for (at, runs) in sentences.iter().enumerate() {
        all.extend(runs.iter().cloned());
        let last = at + 1 == sentences.len();
        let mark = match (ends(runs), last) {
            (true, true) => "",
            (true, false) => " ",
            (false, true) => ".",
            (false, false) => "; ",
        };
        all.push(Run { text: mark.to_owned(), ..Run::default() });
    }
    *block = Block::Paragraph { runs: all };
}

/// The runs of an item that is one paragraph.
fn sentence(item: &[Block]) -> Option<&[Run]> {
    match item {
        [Block::Paragraph { runs }] if !runs.is_empty() => Some(runs),
        _ => None,
    }
}

/// Whether a text has a mark at its end.
fn ends(runs: &[Run]) -> bool {
    runs.last().is_some_and(|run| run.text.trim_end().ends_with(['.', '!', '?', ':', ';', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::look::Hand;
    use crate::document::markdown::from_markdown;
    use crate::document::places::paragraphs;
    use crate::document::tests::doc;
    use crate::value::Number;

    fn settled(text: &str, lists: Lists) -> (Doc, Vec<String>) {
        let hand = Hand { numbered: true, ..Hand::default() };
        let habits = Habits { hand, lists, names: crate::plan::Names::Words, quotes: true, typos: Number::ZERO };
        let mut doc = doc(from_markdown(text, &[]));
        doc.properties.hand = hand;
        settle(&mut doc, &habits);
        let texts = paragraphs(&doc).into_iter().map(|paragraph| paragraph.text).collect();
        (doc, texts)
    }

    #[test]
    fn short_lists_run_on_as_prose() {
        let (_, texts) = settled("- one\n- two.\n- three\n\n1. first\n\n- a\n  - b\n", Lists::Prose);
        assert_eq!(texts, ["one; two. three.", "first", "a", "b"]);
    }

    #[test]
    fn a_text_that_numbers_its_headings_is_not_numbered_again() {
        assert!(!settled("## 1. Scope\n", Lists::Numbered).0.properties.hand.numbered);
        let (doc, _) = settled("## 2025 in review\n\n- one\n", Lists::Numbered);
        assert!(doc.properties.hand.numbered && matches!(doc.blocks[1], Block::List { ordered: true, .. }));
    }
}
