//! Runs of text → lines that fit a width. All lengths are thousandths of a point.

use super::letters;
use super::metrics::{Face, width};
use crate::document::Run;

/// Text of one face in a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) face: Face,
    pub(super) link: Option<String>,
    pub(super) width: i32,
}

/// What fits beside each other.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: i32,
}

/// How the text of a paragraph looks where its runs do not say otherwise.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// One letter with its style: the number of its run.
#[derive(Clone, Copy)]
struct Letter {
    letter: char,
    run: usize,
    width: i32,
}

/// Breaks runs into lines at spaces, and inside words that are longer than a line.
pub(super) fn wrap(runs: &[Run], look: Look, room: i32) -> Vec<Line> {
    let faces: Vec<Face> = runs.iter().map(|run| face(run, look)).collect();
    let mut lines = Vec::new();
    let mut open: Vec<Letter> = Vec::new();
    let mut used = 0;
    for (run, text) in runs.iter().map(|run| letters::known(&run.text)).enumerate() {
        for letter in text.chars() {
            if letter == '\n' {
                lines.push(line(&open, runs, &faces));
                open.clear();
                used = 0;
            } else {
                let width = width(letter, faces[run]) * look.size / 1_000;
                open.push(Letter { letter, run, width });
                used += width;
                if used > room && letter != ' ' && open.len() > 1 {
                    let rest = split(&mut open);
                    lines.push(line(&open, runs, &faces));
                    used = rest.iter().map(|letter| letter.width).sum();
                    open = rest;
                }
            }
        }
    }
    if !open.is_empty() || lines.is_empty() {
        lines.push(line(&open, runs, &faces));
    }
    lines
}

fn face(run: &Run, look: Look) -> Face {
    Face { bold: run.bold || look.bold, italic: run.italic || look.italic, code: run.code }
}

/// Takes from a line what does not fit: the letters after its last space, or the last letter alone.
fn split(open: &mut Vec<Letter>) -> Vec<Letter> {
    match open.iter().rposition(|letter| letter.letter == ' ') {
        Some(space) if open[..space].iter().any(|letter| letter.letter != ' ') => open.split_off(space + 1),
        _ => open.split_off(open.len() - 1),
    }
}

/// A line of letters, without the spaces at its end.
fn line(letters: &[Letter], runs: &[Run], faces: &[Face]) -> Line {
    let end = letters.iter().rposition(|letter| letter.letter != ' ').map_or(0, |last| last + 1);
    let mut line = Line::default();
    for run in letters[..end].chunk_by(|a, b| a.run == b.run) {
        let width = run.iter().map(|letter| letter.width).sum();
        line.width += width;
        line.pieces.push(Piece {
            text: run.iter().map(|letter| letter.letter).collect(),
            face: faces[run[0].run],
            link: runs[run[0].run].link.clone(),
            width,
        });
    }
    line
}
