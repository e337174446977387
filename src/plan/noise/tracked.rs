//! Two states of a document as one with tracked changes.

use std::sync::Arc;

use crate::document::markup::Revision;
use crate::document::{Block, Run};

/// More pairs of words than this are not compared: the paragraph is replaced as a whole.
const MOST_PAIRS: usize = 250_000;

/// Fewer words between two changes are written anew with them, as people do.
const KEPT: usize = 3;

/// Whoever changed a text, at one sitting.
pub(super) struct Pen {
    put: Arc<Revision>,
    struck: Arc<Revision>,
}

impl Pen {
    pub(super) fn new(author: &str, at: crate::value::Moment) -> Pen {
        let revision = |deleted| Arc::new(Revision { deleted, author: author.to_owned(), at });
        Pen { put: revision(false), struck: revision(true) }
    }

    /// The later text, with what it replaced struck out where both have the same shape.
    pub(super) fn track(&self, before: &[Block], after: &[Block]) -> Vec<Block> {
        if before.len() != after.len() {
            return after.to_vec();
        }
        before.iter().zip(after).map(|(before, after)| self.block(before, after)).collect()
    }

    fn block(&self, before: &Block, after: &Block) -> Block {
        match (before, after) {
            (Block::Heading { runs: old, .. }, Block::Heading { level, runs }) => {
                Block::Heading { level: *level, runs: self.runs(old, runs) }
            }
            (Block::Paragraph { runs: old }, Block::Paragraph { runs }) => {
                Block::Paragraph { runs: self.runs(old, runs) }
            }
            (Block::List { items: old, .. }, Block::List { ordered, start, items }) if old.len() == items.len() => {
                let items = old.iter().zip(items).map(|(old, item)| self.track(old, item)).collect();
                Block::List { ordered: *ordered, start: *start, items }
            }
            (Block::Quote { blocks: old }, Block::Quote { blocks }) => Block::Quote { blocks: self.track(old, blocks) },
            (Block::Table { rows: old, .. }, Block::Table { header, rows, alignment }) if old.len() == rows.len() => {
                let rows = old.iter().zip(rows).map(|(old, row)| self.row(old, row)).collect();
                Block::Table { header: header.clone(), rows, alignment: alignment.clone() }
            }
            _ => after.clone(),
        }
    }

    fn row(&self, before: &[Vec<Run>], after: &[Vec<Run>]) -> Vec<Vec<Run>> {
        let none = Vec::new();
        let olds = before.iter().chain(std::iter::repeat(&none));
        after.iter().zip(olds).map(|(cell, old)| self.runs(old, cell)).collect()
    }

    /// A paragraph that was put in as a whole.
    pub(super) fn put_in(&self, runs: &[Run]) -> Vec<Run> {
        runs.iter().map(|run| Run { revision: Some(Arc::clone(&self.put)), ..run.clone() }).collect()
    }

    fn runs(&self, before: &[Run], after: &[Run]) -> Vec<Run> {
        let (old, new) = (words(before), words(after));
        let kept = match old.len() * new.len() > MOST_PAIRS {
            true => Vec::new(),
            false => islands(common(&old, &new), (old.len(), new.len())),
        };
        let mut out = Vec::new();
        let (mut from, mut to) = (0, 0);
        for (at_old, at_new) in kept.into_iter().chain([(old.len(), new.len())]) {
            old[from..at_old].iter().for_each(|run| push(run, Some(&self.struck), &mut out));
            new[to..at_new].iter().for_each(|run| push(run, Some(&self.put), &mut out));
            new.get(at_new).into_iter().for_each(|run| push(run, None, &mut out));
            (from, to) = (at_old + 1, at_new + 1);
        }
        out
    }
}

/// Runs cut at spaces; what was printed from facts stays whole.
fn words(runs: &[Run]) -> Vec<Run> {
    let mut all = Vec::new();
    for run in runs {
        if run.facts.is_some() || run.code || run.link.is_some() || run.footnote.is_some() {
            all.push(run.clone());
            continue;
        }
        all.extend(run.text.split_inclusive(' ').map(|word| Run { text: word.to_owned(), ..run.clone() }));
    }
    all
}

/// The positions of the longest common sequence of words.
fn common(old: &[Run], new: &[Run]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut best = vec![0_u32; (old.len() + 1) * width];
    for at_old in (0..old.len()).rev() {
        for at_new in (0..new.len()).rev() {
            best[at_old * width + at_new] = match old[at_old] == new[at_new] {
                true => best[(at_old + 1) * width + at_new + 1] + 1,
                false => best[(at_old + 1) * width + at_new].max(best[at_old * width + at_new + 1]),
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    while at_old < old.len() && at_new < new.len() {
        if old[at_old] == new[at_new] {
            pairs.push((at_old, at_new));
            (at_old, at_new) = (at_old + 1, at_new + 1);
        } else if best[(at_old + 1) * width + at_new] >= best[at_old * width + at_new + 1] {
            at_old += 1;
        } else {
            at_new += 1;
        }
    }
    pairs
}

/// The stretches of equal words that stay: long ones, and those at the ends.
fn islands(pairs: Vec<(usize, usize)>, lengths: (usize, usize)) -> Vec<(usize, usize)> {
    let stretches = pairs.chunk_by(|one, next| (one.0 + 1, one.1 + 1) == *next);
    let stays = |stretch: &&[(usize, usize)]| {
        let ends = |at: &(usize, usize)| *at == (0, 0) || (at.0 + 1, at.1 + 1) == lengths;
        stretch.len() >= KEPT || stretch.iter().any(ends)
    };
    stretches.filter(stays).flatten().copied().collect()
}

/// Adds a word, joined to what it belongs to.
fn push(word: &Run, revision: Option<&Arc<Revision>>, out: &mut Vec<Run>) {
    let word = Run { revision: revision.map(Arc::clone), ..word.clone() };
    if let Some(last) = out.last_mut()
        && last.facts.is_none()
        && last.footnote.is_none()
        && (Run { text: String::new(), ..last.clone() }) == (Run { text: String::new(), ..word.clone() })
    {
        return last.text.push_str(&word.text);
    }
    out.push(word);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::from_markdown;
    use crate::document::places::paragraphs;
    use crate::document::tests::doc;
    use crate::value::Moment;

    fn shown(blocks: &[Block]) -> String {
        let Some(Block::Paragraph { runs }) = blocks.first() else { return String::new() };
        let mark = |run: &Run| match &run.revision {
            None => run.text.clone(),
            Some(revision) if revision.deleted => format!("[-{}]", run.text),
            Some(_) => format!("[+{}]", run.text),
        };
        runs.iter().map(mark).collect()
    }

    #[test]
    fn words_that_changed_are_tracked() {
        let state = |text: &str| from_markdown(text, &[(8, 13, [crate::value::FactId(1)].into())]);
        let (before, after) = (state("We paid 1.200 in all.\n"), state("We spent 1.350 in the end.\n"));
        let tracked = Pen::new("Asha Rao", Moment(0)).track(&before, &after);
        assert!(shown(&tracked).starts_with("We [-paid ]"), "{}", shown(&tracked));
        // Whoever accepts everything has the later text.
        let text = |blocks: Vec<Block>| paragraphs(&doc(blocks)).remove(0).text;
        assert_eq!(text(tracked), text(after));
    }

    #[test]
    fn a_sentence_that_shares_only_some_words_is_written_anew() {
        let state = |text: &str| from_markdown(text, &[]);
        let (before, after) = (state("The cost of steel was high.\n"), state("Half of it was ours, was it not.\n"));
        let tracked = Pen::new("Asha Rao", Moment(0)).track(&before, &after);
        assert_eq!(shown(&tracked), "[-The cost of steel was high.][+Half of it was ours, was it not.]");
    }

    #[test]
    fn texts_of_other_shapes_are_not_compared() {
        let (before, after) = (from_markdown("one\n\ntwo\n", &[]), from_markdown("one\n", &[]));
        assert_eq!(Pen::new("Asha Rao", Moment(0)).track(&before, &after), after);
    }
}
