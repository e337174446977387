//! The lines of a slide: paragraphs, items of lists, code, each with its level and mark.

use std::borrow::Cow;

use super::arrange::{BEFORE, POINT};
use super::fit::{self, Measured};
use crate::document::{Block, Run};

/// Levels that a slide's master has beyond the first.
const DEEPEST: usize = 4;
/// Where the text of each level begins, in English Metric Units, and how much smaller it is, in percent: as in the master.
const INDENTS: [u32; DEEPEST + 1] = [285_750, 628_650, 971_550, 1_314_450, 1_657_350];
/// Distance above an inner level, in percent of its size.
pub(super) const INNER_BEFORE: u32 = 30;
const SCALES: [u32; DEEPEST + 1] = [100, 90, 80, 70, 70];

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Bullet,
    /// A number; the list begins with this one.
    Number(u32),
}

/// One paragraph of a slide.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    pub(super) runs: Cow<'a, [Run]>,
    pub(super) level: usize,
    pub(super) mark: Mark,
    /// A heading inside the slide.
    pub(super) bold: bool,
}

impl Line<'_> {
    /// Whether it heads what follows: a heading, or a paragraph that is bold throughout.
    pub(super) fn is_heading(&self) -> bool {
        let plain = self.level == 0 && self.mark == Mark::None && !self.runs.is_empty();
        self.bold || (plain && self.runs.iter().all(|run| run.bold))
    }

    /// The room that the line takes.
    pub(super) fn measured(&self) -> Measured {
        let breaks = self.runs.iter().map(|run| run.text.matches('\n').count() as u32).sum();
        let first = self.level == 0;
        let marked = self.mark != Mark::None || !first;
        Measured {
            width: fit::width(&self.runs, self.bold),
            breaks,
            indent: if marked { INDENTS[self.level] / POINT } else { 0 },
            before: if first { BEFORE } else { INNER_BEFORE },
            scale: SCALES[self.level],
        }
    }
}

/// Where the text of a level begins, and how far its mark stands before it, in English Metric Units.
pub(super) fn indents(level: usize) -> (u32, u32) {
    const HANGING: [u32; 2] = [285_750, 257_175];
    (INDENTS[level.min(DEEPEST)], HANGING.get(level).copied().unwrap_or(228_600))
}

/// The size of a level's text where the first level has `size`.
pub(super) fn level_size(size: u32, level: usize) -> u32 {
    size * SCALES[level.min(DEEPEST)] / 100
}

/// Appends the lines of a block that is text.
pub(super) fn add<'a>(block: &'a Block, lines: &mut Vec<Line<'a>>) {
    block_lines(block, 0, Mark::None, lines);
}

fn block_lines<'a>(block: &'a Block, level: usize, mark: Mark, lines: &mut Vec<Line<'a>>) {
    match block {
        Block::Heading { runs, .. } => lines.push(Line { runs: Cow::Borrowed(runs), level, mark, bold: true }),
        Block::Paragraph { runs } => lines.push(Line { runs: Cow::Borrowed(runs), level, mark, bold: false }),
        Block::List { ordered, start, items } => {
            let mark = if *ordered { Mark::Number(*start) } else { Mark::Bullet };
            items.iter().for_each(|item| item_lines(item, level, mark, lines));
        }
        Block::Quote { blocks } => {
            let first = lines.len();
            blocks.iter().for_each(|block| block_lines(block, level, mark, lines));
            lines[first..].iter_mut().for_each(|line| line.runs = slanted(&line.runs));
        }
        Block::Code { text, facts, .. } => {
            let facts = (!facts.is_empty()).then(|| facts.clone());
            let text = text.trim_end_matches('\n').to_owned();
            let run = Run { text, code: true, facts, ..Run::default() };
            lines.push(Line { runs: Cow::Owned(vec![run]), level, mark, bold: false });
        }
        // In a list or quote a picture is its words.
        Block::Picture { alt, facts, .. } => {
            let facts = (!facts.is_empty()).then(|| facts.clone());
            let run = Run { text: alt.clone(), italic: true, facts, ..Run::default() };
            lines.push(Line { runs: Cow::Owned(vec![run]), level, mark, bold: false });
        }
        // Figures have places of their own; a rule or break parts what stands around it.
        Block::Table { .. } | Block::Chart { .. } | Block::Rule | Block::PageBreak => {}
    }
}

/// An item: its first paragraph has the mark, lists in it stand a level deeper.
fn item_lines<'a>(item: &'a [Block], level: usize, mark: Mark, lines: &mut Vec<Line<'a>>) {
    let mut mark = mark;
    for block in item {
        let level = if matches!(block, Block::List { .. }) { (level + 1).min(DEEPEST) } else { level };
        block_lines(block, level, mark, lines);
        mark = Mark::None;
    }
}

fn slanted<'a>(runs: &[Run]) -> Cow<'a, [Run]> {
    Cow::Owned(runs.iter().map(|run| Run { italic: true, ..run.clone() }).collect())
}
