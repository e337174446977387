//! How a text grew: what an older version of it lacks.

use crate::document::{Block, Doc, Run};
use crate::draw::Key;
use crate::value::Number;

/// Of a hundred sections, how many were written between two versions; of single paragraphs and lists.
const SECTIONS: i64 = 14;
const PARAGRAPHS: i64 = 9;
/// What every version begins with: its title and the first thing it says.
const BEGINNING: usize = 2;

/// Takes away what was written later, and says what that is. `back` counts versions from the newest, which is 1: each
/// piece has a hash of its own, so that an older version lacks all that a newer one lacks.
pub(super) fn shrink(doc: &mut Doc, key: &Key, back: i64) -> Vec<String> {
    let mut lacking = Vec::new();
    let mut kept = Vec::with_capacity(doc.blocks.len());
    // The rank of the heading whose section is being left out.
    let mut skipped: Option<u8> = None;
    for (index, block) in std::mem::take(&mut doc.blocks).into_iter().enumerate() {
        if let Block::Heading { level, runs } = &block {
            skipped = skipped.filter(|rank| level > rank);
            let words = wording(runs);
            let later = index >= BEGINNING && *level > 0 && hits(key, &words, SECTIONS * back);
            if skipped.is_none() && later {
                skipped = Some(*level);
                lacking.push(format!("lacks the section {words}"));
            }
        }
        let later = index >= BEGINNING && skipped.is_none() && is_later(&block, key, back);
        if later {
            lacking.push(format!("lacks: {}", beginning(&block)));
        }
        if skipped.is_none() && !later {
            kept.push(block);
        }
    }
    doc.blocks = kept;
    lacking
}

/// Whether a paragraph was written later.
pub(super) fn is_later(block: &Block, key: &Key, back: i64) -> bool {
    match block {
        Block::Paragraph { runs } => hits(key, &wording(runs), PARAGRAPHS * back),
        _ => false,
    }
}

fn hits(key: &Key, words: &str, percent: i64) -> bool {
    let share = Number::from_parts(percent.min(90).into(), 2, 2).unwrap_or(Number::ZERO);
    !words.is_empty() && key.child(words).hits(share)
}

/// What a text says without its figures, which move from version to version.
pub(super) fn wording(runs: &[Run]) -> String {
    let plain = runs.iter().filter(|run| run.facts.is_none()).map(|run| run.text.as_str());
    plain.collect::<String>().trim().to_owned()
}

/// The first words of a paragraph.
fn beginning(block: &Block) -> String {
    let Block::Paragraph { runs } = block else { return String::new() };
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let words: Vec<&str> = text.split_whitespace().take(8).collect();
    format!("{} …", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::from_markdown;
    use crate::document::places::paragraphs;
    use crate::document::tests::doc;

    #[test]
    fn an_older_version_lacks_what_a_newer_one_lacks() {
        let text: String = (0..40)
            .map(|n| format!("## Section {n}\n\nParagraph {n} says this.\n\n### Part {n}\n\nMore {n}.\n\n"))
            .collect();
        let whole = doc(from_markdown(&text, &[]));
        let mut before: Option<Vec<String>> = None;
        for back in 1..5 {
            let mut version = whole.clone();
            let lacking = shrink(&mut version, &Key::root(1, 5), back);
            let texts: Vec<String> = paragraphs(&version).into_iter().map(|paragraph| paragraph.text).collect();
            assert!(!lacking.is_empty() && texts[0] == "Section 0");
            if let Some(newer) = before {
                assert!(texts.len() < newer.len() && texts.iter().all(|text| newer.contains(text)));
            }
            before = Some(texts);
        }
    }
}
