//! Footnotes: each at the foot of the page that has its mark.

use super::font::Cuts;
use super::layout::{WIDTH, leading};
use super::lines::{self, Line, Look};
use crate::document::Run;

/// Size of their text.
pub(super) const SIZE: i32 = 8_000;
/// Room between the text of a page and its notes.
pub(super) const ABOVE: i32 = 12_000;

/// The notes of the page that is being written.
pub(super) struct Notes {
    pub(super) lines: Vec<Line>,
    /// The room they take at the foot of the page.
    pub(super) height: i32,
    /// The number of the next note of the document.
    pub(super) next: usize,
}

impl Default for Notes {
    fn default() -> Notes {
        Notes { lines: Vec::new(), height: 0, next: 1 }
    }
}

impl Notes {
    /// Takes up the notes whose marks stand in a line.
    pub(super) fn add(&mut self, line: &Line, cuts: Cuts) {
        for note in line.notes() {
            let lines = broken(note, self.next, cuts);
            self.height += self.added(&lines);
            self.lines.extend(lines);
            self.next += 1;
        }
    }

    /// The room that the notes of a line would take.
    pub(super) fn height_of(&self, line: &Line, cuts: Cuts) -> i32 {
        let lines: Vec<Line> = line.notes().flat_map(|note| broken(note, self.next, cuts)).collect();
        self.added(&lines)
    }

    fn added(&self, lines: &[Line]) -> i32 {
        let first = if self.height == 0 && !lines.is_empty() { ABOVE } else { 0 };
        first + lines.len() as i32 * leading(SIZE)
    }
}

/// The lines of a note: its number, raised, and its text.
fn broken(note: &[Run], number: usize, cuts: Cuts) -> Vec<Line> {
    let numbered = Run { text: format!("{number} "), ..Run::default() };
    let runs: Vec<Run> = std::iter::once(numbered).chain(note.iter().cloned()).collect();
    lines::wrap(&runs, Look::plain(cuts, SIZE), WIDTH, 0)
}
