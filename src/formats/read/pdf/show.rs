//! The strings that a page shows, each as a text with its place.

use super::font::UNKNOWN;
use super::geometry::{Area, Matrix, scaled};
use super::ground::Ink;
use super::lines::Piece;
use super::object::Object;
use super::page::Painter;
use super::token::ONE;
use crate::formats::read::MOST_LINES;

/// Inside the list of a `TJ`, a step of a fifth of the letters' height to the right is a space. In thousandths.
const SPACE: i64 = -200 * ONE;

/// Where the next letter stands.
#[derive(Clone)]
pub(super) struct Cursor {
    matrix: Matrix,
    line: Matrix,
    /// Whether it was moved since the last text: what is shown next may be somewhere else.
    moved: bool,
}

impl Default for Cursor {
    fn default() -> Cursor {
        Cursor { matrix: Matrix::SAME, line: Matrix::SAME, moved: true }
    }
}

impl Cursor {
    fn step(&mut self, x: i64, y: i64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.matrix = self.line;
        self.moved = true;
    }

    fn set(&mut self, matrix: Matrix) {
        *self = Cursor { matrix, line: matrix, moved: true };
    }
}

impl Painter<'_, '_> {
    /// An operator of texts.
    pub(super) fn text(&mut self, operator: &[u8], operands: &[Object], numbers: &[i64]) {
        let leading = self.state.text.leading;
        match (operator, numbers) {
            (b"BT", _) => self.cursor.set(Matrix::SAME),
            (b"Td", &[x, y]) => self.cursor.step(x, y),
            (b"TD", &[x, y]) => {
                self.state.text.leading = -y;
                self.cursor.step(x, y);
            }
            (b"Tm", numbers) => self.cursor.set(Matrix::of(numbers)),
            (b"T*", _) => self.cursor.step(0, -leading),
            (b"Tj", _) => self.show(operands),
            (b"TJ", _) => self.show(operands.first().map(Object::items).unwrap_or_default()),
            (b"'", _) => {
                self.cursor.step(0, -leading);
                self.show(operands);
            }
            (b"\"", numbers) => {
                if let &[word, letter] = numbers {
                    (self.state.text.word_space, self.state.text.letter_space) = (word, letter);
                }
                self.cursor.step(0, -leading);
                self.show(operands);
            }
            _ => {}
        }
    }

    /// Shows strings one behind the other; numbers between them are steps to the left.
    fn show(&mut self, parts: &[Object]) {
        let Some(font) = self.state.text.font.clone() else { return };
        let text = &self.state.text;
        let (size, stretch) = (text.size, text.stretch);
        let mut shown = String::new();
        let mut width = 0_i64;
        for part in parts {
            match part {
                Object::Text(string) => {
                    for code in font.codes(string) {
                        let space = if code.space { text.word_space } else { 0 };
                        let advance = scaled(code.width, size).saturating_add(text.letter_space).saturating_add(space);
                        width = width.saturating_add(scaled(advance, stretch));
                        shown.push_str(&code.text);
                    }
                }
                Object::Number(step) => {
                    if *step <= SPACE && !shown.is_empty() && !shown.ends_with(' ') {
                        shown.push(' ');
                    }
                    width = width.saturating_sub(scaled(scaled(step / 1_000, size), stretch));
                }
                _ => {}
            }
        }
        self.piece(shown, width, font.scale());
        self.cursor.matrix = Matrix::moved(width, 0).then(self.cursor.matrix);
    }

    /// A text of some width that begins at the cursor.
    fn piece(&mut self, shown: String, width: i64, scale: i64) {
        let moved = std::mem::replace(&mut self.cursor.moved, false);
        let text = match &mut self.around.actual {
            Some(actual) => actual.take().unwrap_or_default(),
            None => shown,
        };
        let text = text.replace(['\u{AD}', '\0'], "");
        if text.is_empty() || self.pieces.len() > MOST_LINES {
            return;
        }
        let state = &self.state;
        let matrix = self.cursor.matrix.then(state.matrix);
        let size = scaled(state.text.size.saturating_abs(), scale);
        let high = scaled(state.text.size, scale);
        let rise = state.text.rise;
        let area = Area::around([(0, rise - high / 5), (width, rise + high * 3 / 4)]);
        let area = matrix.area(area);
        let height = matrix.height(size);
        let ink = Ink {
            paint: if state.text.mode % 4 == 1 { state.stroke } else { state.fill },
            clip: state.clip,
            none: state.text.mode % 4 == 3,
            stretch: state.text.stretch,
            off: self.around.off,
        };
        let hidden = self.grounds.hidden(area, height, &ink, self.shared.file);
        let (start, baseline) = matrix.point(0, 0);
        self.pieces.push(Piece {
            unknown: text.contains(UNKNOWN),
            text,
            area,
            start,
            end: matrix.point(width, 0).0,
            baseline,
            size: height,
            upright: matrix.0[1] == 0,
            raised: rise > 0,
            goes_on: !moved,
            hidden,
            artifact: self.around.artifact,
            note: self.around.note,
            link: None,
        });
    }
}
