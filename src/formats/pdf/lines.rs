//! Runs of text → lines that fit a width. All lengths are thousandths of a point.

use std::ops::Range;
use std::sync::Arc;

use super::font::{Cut, Cuts, Font};
use super::letters::{self, BREAK};
use crate::document::Run;
use crate::document::markup::Remark;

/// How the text of a paragraph looks where its runs do not say otherwise.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) cut: Cut,
    /// The cut of runs of code.
    pub(super) code: Cut,
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

impl Look {
    /// Ordinary text.
    pub(super) fn plain(cuts: Cuts, size: i32) -> Look {
        Look { cut: cuts.body, code: cuts.code, size, bold: false, italic: false }
    }

    pub(super) fn bold(self) -> Look {
        Look { bold: true, ..self }
    }

    fn font(self, run: &Run) -> Font {
        let cut = if run.code { self.code } else { self.cut };
        Font { cut, bold: run.bold || self.bold, italic: run.italic || self.italic }
    }
}

/// Text of one style in a line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) codes: Vec<u16>,
    pub(super) width: i32,
    pub(super) style: Arc<Style>,
}

impl Piece {
    pub(super) fn is_space(&self, code: u16) -> bool {
        self.style.font.cut.code(' ') == Some(code)
    }

    fn spaces(&self) -> usize {
        self.codes.iter().filter(|code| self.is_space(**code)).count()
    }

    /// The width of the piece in a line that is stretched.
    pub(super) fn stretched(&self, stretch: Stretch) -> i32 {
        let added = stretch.space * self.spaces() as i32 + stretch.letter * self.codes.len() as i32;
        self.width + added * self.style.size / 1_000
    }
}

/// What the letters of a piece have in common.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) font: Font,
    pub(super) size: i32,
    /// How far the letters stand above the line.
    pub(super) rise: i32,
    pub(super) link: Option<String>,
    pub(super) remark: Option<Arc<Remark>>,
    /// The footnote whose mark this is.
    note: Option<Arc<[Run]>>,
}

/// What fits beside each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: i32,
    /// Whether the text goes on in the next line.
    goes_on: bool,
    pub(super) stretch: Stretch,
}

/// What is added to a line so that it ends at the margin, in thousandths of the size of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Behind each space.
    pub(super) space: i32,
    /// Behind each letter.
    pub(super) letter: i32,
}

/// Readers take a wider step for a space of its own.
const WIDEST: i32 = 180;

impl Line {
    /// Lets the line end at the margin if the text goes on below.
    pub(super) fn justify(&mut self, room: i32) {
        let Some(size) = self.pieces.first().map(|piece| i64::from(piece.style.size)).filter(|_| self.goes_on) else {
            return;
        };
        let pieces = || self.pieces.iter();
        let spaces: i64 = pieces().map(|piece| piece.spaces() as i64).sum();
        let letters: i64 = pieces().map(|piece| piece.codes.len() as i64).sum();
        let missing = i64::from(room - self.width) * 1_000 / size.max(1);
        let space = (missing / spaces.max(1)).min(i64::from(WIDEST));
        let letter = (missing - space * spaces) / letters.max(1);
        if spaces > 0 && letter < 40 {
            self.stretch = Stretch { space: space as i32, letter: letter as i32 };
        }
    }

    /// The footnotes whose marks stand in the line.
    pub(super) fn notes(&self) -> impl Iterator<Item = &Arc<[Run]>> {
        self.pieces.iter().filter_map(|piece| piece.style.note.as_ref())
    }
}

/// One letter; the styles of a paragraph are counted.
#[derive(Clone, Copy)]
struct Letter {
    code: u16,
    style: u16,
    space: bool,
    width: i32,
}

/// Runs as letters with their styles.
#[derive(Default)]
struct Text {
    letters: Vec<Letter>,
    styles: Vec<Arc<Style>>,
}

/// Breaks runs into lines at spaces, and inside words that are longer than a line. The first footnote has the number
/// `note`. What was struck out is not shown.
pub(super) fn wrap(runs: &[Run], look: Look, room: i32, note: usize) -> Vec<Line> {
    Text::of(runs, look, note).lines(room)
}

/// The lines of a footnote: its number, raised, and its text.
pub(super) fn footnote(runs: &[Run], look: Look, room: i32, number: usize) -> Vec<Line> {
    let mut text = Text::default();
    let font = Font { cut: look.cut, bold: look.bold, italic: look.italic };
    text.add(&format!("{number} "), mark(font, look.size, None));
    text.runs(runs, look, 1);
    text.lines(room)
}

/// How wide text is in one line, and its widest word.
pub(super) fn widths(runs: &[Run], look: Look) -> (i32, i32) {
    let text = Text::of(runs, look, 1);
    let sum = |letters: &[Letter]| letters.iter().map(|letter| letter.width).sum::<i32>();
    let lines = text.letters.split(|letter| letter.code == BREAK).map(sum);
    let words = text.letters.split(|letter| letter.space || letter.code == BREAK).map(sum);
    (lines.max().unwrap_or(0), words.max().unwrap_or(0))
}

impl Text {
    fn of(runs: &[Run], look: Look, note: usize) -> Text {
        let mut text = Text::default();
        text.runs(runs, look, note);
        text
    }

    fn runs(&mut self, runs: &[Run], look: Look, mut note: usize) {
        for run in runs.iter().filter(|run| !is_struck(run)) {
            let font = look.font(run);
            let (link, remark) = (run.link.clone(), run.remark.clone());
            // Letters of one width look larger than others of their size.
            let size = if run.code && look.cut != look.code { look.size * 90 / 100 } else { look.size };
            self.add(&run.text, Style { font, size, rise: 0, link, remark, note: None });
            if let Some(footnote) = &run.footnote {
                self.add(&note.to_string(), mark(font, look.size, Some(Arc::clone(footnote))));
                note += 1;
            }
        }
    }

    fn lines(&self, room: i32) -> Vec<Line> {
        let ranges = breaks(&self.letters, room);
        ranges.into_iter().map(|range| self.line(range)).collect()
    }

    fn add(&mut self, text: &str, style: Style) {
        let (widths, size) = (style.font.widths(), style.size);
        let space = style.font.cut.code(' ').unwrap_or_default();
        let index = self.styles.len() as u16;
        self.styles.push(Arc::new(style));
        self.letters.reserve(text.len());
        let cut = self.styles[usize::from(index)].font.cut;
        letters::codes(text, cut, |code| {
            let width = widths.of(code) * size / 1_000;
            self.letters.push(Letter { code, style: index, space: code == space, width });
        });
    }

    /// A line of letters, without the spaces at its end.
    fn line(&self, range: Range<usize>) -> Line {
        let goes_on = self.letters.get(range.end).is_some_and(|next| next.code != BREAK);
        let letters = &self.letters[range];
        let end = letters.iter().rposition(|letter| !letter.space).map_or(0, |last| last + 1);
        let mut line = Line { goes_on, ..Line::default() };
        for run in letters[..end].chunk_by(|a, b| a.style == b.style) {
            let width = run.iter().map(|letter| letter.width).sum();
            line.width += width;
            let style = Arc::clone(&self.styles[usize::from(run[0].style)]);
            line.pieces.push(Piece { codes: run.iter().map(|letter| letter.code).collect(), width, style });
        }
        line
    }
}

/// Whether somebody struck a run out.
pub(super) fn is_struck(run: &Run) -> bool {
    run.revision.as_ref().is_some_and(|revision| revision.deleted)
}

/// The style of the number of a footnote.
fn mark(font: Font, size: i32, note: Option<Arc<[Run]>>) -> Style {
    Style { font, size: size * 65 / 100, rise: size * 34 / 100, link: None, remark: None, note }
}

/// Where lines begin and end.
fn breaks(letters: &[Letter], room: i32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used, mut inked) = (0, 0, false);
    // Behind the last space of the line, and how wide the line is up to there.
    let mut space = None;
    for (at, letter) in letters.iter().enumerate() {
        if letter.code == BREAK {
            lines.push(start..at);
            (start, used, inked, space) = (at + 1, 0, false, None);
            continue;
        }
        used += letter.width;
        if letter.space {
            space = inked.then_some((at + 1, used)).or(space);
            continue;
        }
        if used > room && at > start {
            let (next, before) = space.take().unwrap_or((at, used - letter.width));
            lines.push(start..next);
            start = next;
            used -= before;
        }
        inked = true;
    }
    if start < letters.len() || lines.is_empty() {
        lines.push(start..letters.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::look::Brand;

    fn lines(text: &str, room: i32) -> Vec<usize> {
        let run = Run { text: text.to_owned(), ..Run::default() };
        let look = Look::plain(Cuts::of(&Brand::plain("Nordlicht")), 10_000);
        wrap(&[run], look, room, 1).iter().map(|line| line.pieces.iter().map(|piece| piece.codes.len()).sum()).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_inside_long_words() {
        assert_eq!(lines("one two three", 45_000), [7, 5]);
        assert_eq!(lines("incomprehensibilities", 45_000), [9, 12]);
        assert_eq!(lines("  indented", 20_000), [5, 4, 1]);
        assert_eq!(lines("a\n\nb", 45_000), [1, 0, 1]);
        assert_eq!(lines("", 45_000), [0]);
    }
}
