//! Footnotes: each at the foot of the page that has its mark.

use super::font::Cuts;
use super::layout::{WIDTH, leading};
use super::lines::{self, Line, Look};

/// Size of their text.
pub(super) const SIZE: i32 = 8_000;
/// Room between the text of a page and its notes.
pub(super) const ABOVE: i32 = 12_000;

/// The notes of the page that is being written.
pub(super) struct Notes {
    /// The lines of each note.
    pub(super) texts: Vec<Vec<Line>>,
    /// The room they take at the foot of the page.
    pub(super) height: i32,
    /// The number of the next note of the document.
    pub(super) next: usize,
}

impl Default for Notes {
    fn default() -> Notes {
        Notes { texts: Vec::new(), height: 0, next: 1 }
    }
}

impl Notes {
    /// Takes up the notes whose marks stand in a line.
    pub(super) fn add(&mut self, line: &Line, cuts: Cuts) {
        for note in line.notes() {
            let lines = lines::footnote(note, Look::plain(cuts, SIZE), WIDTH, self.next);
            self.height += self.added(lines.len());
            self.texts.push(lines);
            self.next += 1;
        }
    }

    /// The room that the notes of a line would take.
    pub(super) fn height_of(&self, line: &Line, cuts: Cuts) -> i32 {
        let lines = line.notes().map(|note| lines::footnote(note, Look::plain(cuts, SIZE), WIDTH, self.next).len());
        self.added(lines.sum())
    }

    fn added(&self, lines: usize) -> i32 {
        let first = if self.height == 0 && lines > 0 { ABOVE } else { 0 };
        first + lines as i32 * leading(SIZE)
    }
}
