//! The texts of a page as lines, from top to bottom. Lengths are millionths of a point.

use std::sync::Arc;

use super::file::File;
use super::geometry::Area;
use crate::formats::read::extract::{Hidden, Run};

/// A text that is shown in one go.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) area: Area,
    /// Where it begins and ends along the line, and the line's height.
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) baseline: i64,
    pub(super) size: i64,
    /// Whether it runs from left to right, as nearly all text does.
    pub(super) upright: bool,
    /// Numbers of footnotes are.
    pub(super) raised: bool,
    /// It stands right behind the piece before it.
    pub(super) goes_on: bool,
    pub(super) hidden: Option<Hidden>,
    pub(super) artifact: bool,
    pub(super) note: Option<u32>,
    /// Where it leads when it is clicked.
    pub(super) link: Option<Arc<str>>,
    /// Whether some of its letters have no meaning that anybody can tell.
    pub(super) unknown: bool,
}

/// What stands on one height and belongs together: a line of a paragraph, a cell of a table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From 0.
    pub(super) page: usize,
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) baseline: i64,
    pub(super) size: i64,
    pub(super) runs: Vec<Run>,
    pub(super) artifact: bool,
    pub(super) note: Option<u32>,
    upright: bool,
}

impl Line {
    fn new(page: usize, piece: Piece) -> Line {
        Line {
            page,
            left: piece.start,
            right: piece.end,
            baseline: piece.baseline,
            size: piece.size,
            artifact: piece.artifact,
            note: piece.note,
            upright: piece.upright,
            runs: vec![Run { text: piece.text, hidden: piece.hidden, link: piece.link, change: None }],
        }
    }

    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The mark of a list item stands before its text and is none itself.
    pub(super) fn is_mark(&self) -> bool {
        let text = self.text();
        let text = text.trim();
        let counter =
            text.strip_suffix('.').is_some_and(|text| text.chars().all(|letter| letter.is_ascii_alphanumeric()));
        // Programs for offices take their marks from fonts of signs, whose letters have no meaning of their own.
        let sign = |letter: char| matches!(letter, '•' | '–' | '◦' | '▪' | '■' | '●' | '○' | '\u{E000}'..='\u{F8FF}');
        let mut letters = text.chars();
        (letters.next().is_some_and(sign) && letters.next().is_none()) || (counter && text.len() <= 4)
    }

    /// Whether a piece belongs to this line.
    fn takes(&self, piece: &Piece) -> bool {
        if self.artifact != piece.artifact || self.note != piece.note {
            return false;
        }
        if piece.goes_on {
            return true;
        }
        let size = self.size.max(piece.size).max(1);
        let away = (self.baseline - piece.baseline).abs();
        let small = self.size.min(piece.size) < size / 10 * 8;
        let gap = piece.start - self.right;
        self.upright
            && piece.upright
            && away <= if small { size / 2 } else { size / 10 }
            && (-size / 2..=size / 10 * 6).contains(&gap)
            && !self.is_mark()
    }

    fn take(&mut self, piece: Piece) {
        let apart = !piece.goes_on && piece.start - self.right > self.size.min(piece.size) / 100 * 15;
        let ends = self.runs.last().is_none_or(|run| run.text.ends_with(' ')) || piece.text.starts_with(' ');
        self.right = self.right.max(piece.end);
        if piece.size > self.size {
            (self.size, self.baseline) = (piece.size, piece.baseline);
        }
        let space = if apart && !ends { " " } else { "" };
        add(&mut self.runs, Run { text: piece.text, hidden: piece.hidden, link: piece.link, change: None }, space);
    }

    /// Whether most of the narrower of two lines stands above or below the other.
    pub(super) fn is_over(&self, other: &Line) -> bool {
        let common = self.right.min(other.right) - self.left.max(other.left);
        let narrower = (self.right - self.left).min(other.right - other.left);
        common > narrower / 2
    }
}

/// Puts a run behind others, with something between; runs that are alike become one.
pub(super) fn add(runs: &mut Vec<Run>, run: Run, between: &str) {
    match runs.last_mut() {
        Some(last) if last.hidden == run.hidden && last.link == run.link => {
            last.text.push_str(between);
            last.text.push_str(&run.text);
        }
        Some(last) => {
            last.text.push_str(between);
            runs.push(run);
        }
        None => runs.push(run),
    }
}

/// The lines of a page in the order in which they are drawn; but what stands above a line comes before it.
pub(super) fn of_page(page: usize, pieces: Vec<Piece>, file: &File<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut shown: Option<(String, Area)> = None;
    let noted = pieces.iter().any(|piece| piece.note.is_some());
    for piece in pieces {
        // The number of a footnote is no text where it is referred to.
        if noted && piece.raised && piece.text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        // Programs without a bold font show a text twice, a little apart.
        let again = shown.as_ref().is_some_and(|(text, area)| *text == piece.text && piece.area.share_in(*area) > 90);
        if again && !piece.goes_on && piece.text.trim().len() > 1 {
            continue;
        }
        shown = Some((piece.text.clone(), piece.area));
        match lines.last_mut() {
            Some(line) if line.takes(&piece) => line.take(piece),
            _ => lines.push(Line::new(page, piece)),
        }
    }
    lines.retain(|line| !line.text().trim().is_empty());
    ordered(lines, file)
}

fn ordered(lines: Vec<Line>, file: &File<'_>) -> Vec<Line> {
    let mut ordered: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lowest = i64::MAX;
    for line in lines {
        let above = |known: &Line| known.baseline < line.baseline - line.size / 2 && known.is_over(&line);
        let at = match line.baseline > lowest && line.upright && file.spend(ordered.len() / 16 + 1) {
            true => ordered.iter().position(above),
            false => None,
        };
        lowest = lowest.min(line.baseline);
        ordered.insert(at.unwrap_or(ordered.len()), line);
    }
    ordered
}
