//! The lines of all pages as paragraphs, without what is repeated in the margins.

use std::collections::BTreeMap;

use super::lines::{Line, add};
use crate::formats::read::extract::Run;

/// Headers and footers stand in the outer hundredths of a page.
const MARGIN: i64 = 8;
/// A line that is wider than so many of its letters are high was filled by a program: the next may go on with it.
const WIDE: i64 = 20;

/// A paragraph and the page it begins on, from 0.
pub(super) struct Paragraph {
    pub(super) page: usize,
    pub(super) runs: Vec<Run>,
}

/// Marks as no part of the text what stands in the margin of several pages at one height, but for its numbers.
pub(super) fn mark_margins(lines: &mut [Line], heights: &[i64]) {
    let key = |line: &Line| -> Option<(i64, String)> {
        let height = heights.get(line.page).copied().filter(|height| *height > 0)?;
        let share = i128::from(line.baseline) * 100 / i128::from(height);
        let outside = share < i128::from(MARGIN) || share > i128::from(100 - MARGIN);
        let words: String = line.text().chars().filter(|letter| !letter.is_ascii_digit()).collect();
        outside.then(|| (line.baseline / 1_000_000, words.trim().to_owned()))
    };
    let mut pages: BTreeMap<(i64, String), Vec<usize>> = BTreeMap::new();
    for line in lines.iter() {
        if let Some(key) = key(line) {
            pages.entry(key).or_default().push(line.page);
        }
    }
    for line in lines.iter_mut() {
        let repeated =
            key(line).and_then(|key| pages.get(&key)).is_some_and(|on| on.iter().any(|page| *page != line.page));
        line.artifact |= repeated;
    }
}

/// Joins the lines of paragraphs; the marks of list items are no text.
pub(super) fn joined(lines: Vec<Line>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<Line> = None;
    for line in lines {
        match (&before, paragraphs.last_mut()) {
            (Some(above), Some(paragraph)) if above.is_mark() && level(above, &line) => {
                paragraph.runs.clone_from(&line.runs);
            }
            (Some(above), Some(paragraph)) if goes_on(above, &line) => {
                for (at, run) in line.runs.iter().enumerate() {
                    add(&mut paragraph.runs, run.clone(), if at == 0 { " " } else { "" });
                }
            }
            _ => paragraphs.push(Paragraph { page: line.page, runs: line.runs.clone() }),
        }
        before = Some(line);
    }
    paragraphs
}

fn level(one: &Line, other: &Line) -> bool {
    one.page == other.page && (one.baseline - other.baseline).abs() <= one.size.max(other.size) / 5
}

/// A line goes on with the paragraph if it stands one line lower in the same size and the line above has no room for its
/// first word, or on top of the next page after an unfinished sentence.
fn goes_on(above: &Line, line: &Line) -> bool {
    let (small, large) = (above.size.min(line.size), above.size.max(line.size));
    if large - small > large / 50 || line.is_mark() {
        return false;
    }
    let text = above.text();
    let unfinished = !text.trim_end().ends_with(['.', '!', '?', ':']);
    let lower = line.text().starts_with(|letter: char| letter.is_lowercase());
    if above.page != line.page {
        return unfinished && lower;
    }
    let distance = above.baseline - line.baseline;
    let near = (line.size / 100 * 105..line.size / 100 * 155).contains(&distance);
    let spread = (line.size / 100 * 155..line.size / 10 * 20).contains(&distance)
        && unfinished
        && lower
        && above.right - above.left > WIDE * above.size;
    (near || spread) && above.is_over(line) && is_full(above, line) && !is_figure(above, line)
}

/// Figures that stand in a column are none of a text.
fn is_figure(above: &Line, line: &Line) -> bool {
    let bare = |line: &Line| !line.text().contains(char::is_alphabetic);
    bare(above) || bare(line) && (above.left - line.left).abs() > line.size / 2
}

/// Whether the first word of the next line would reach beyond both.
fn is_full(above: &Line, line: &Line) -> bool {
    let text = line.text();
    let letters = text.trim().chars().count().max(1) as i64;
    let first = text.split_whitespace().next().unwrap_or_default().chars().count() as i64;
    let word = (line.right - line.left) / letters * (first + 2);
    above.right.saturating_add(word) >= line.right
}
