//! Tables: a filled header that is repeated on every page, thin lines between rows, numbers right.

use super::columns;
use super::layout::{INK, LEFT, Layout, WIDTH, ascent, leading};
use super::lines::{self, Line, Look};
use crate::document::look::Colour;
use crate::document::{Alignment, Run};
use crate::formats::columns::aligned;

/// Distance between text and the edge of its cell.
pub(super) const SIDE: i32 = 5_000;
const ABOVE: i32 = 3_000;
const LINE: Colour = Colour::of(0xD0_D5_DD);
const WHITE: Colour = Colour::of(0xFF_FF_FF);

/// One row, broken into lines.
struct Row {
    cells: Vec<Vec<Line>>,
    height: i32,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    Line,
    /// The last row, if it is bold: the sum of those above.
    Total,
}

/// How a table is drawn.
struct Grid {
    size: i32,
    widths: Vec<i32>,
    alignment: Vec<Alignment>,
    /// The room above and below the text of a row.
    above: i32,
}

/// Draws a table below what was drawn before.
pub(super) fn draw(layout: &mut Layout, header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], alignment: &[Alignment]) {
    let (size, widths) = columns::fit(header, rows, layout.cuts);
    let grid = Grid { size, widths, alignment: aligned(rows, alignment), above: layout.air(ABOVE) };
    let head = (!header.is_empty()).then(|| grid.broken(header, Kind::Header, layout));
    for (index, cells) in rows.iter().enumerate() {
        let kind = if index > 0 && index + 1 == rows.len() && is_total(cells) { Kind::Total } else { Kind::Line };
        let row = grid.broken(cells, kind, layout);
        let first = if index == 0 { head.as_ref().map_or(0, |head| head.height) } else { 0 };
        let notes: i32 = row.cells.iter().flatten().map(|line| layout.note_height(line)).sum();
        let turned = layout.need(first + row.height + notes);
        if let Some(head) = head.as_ref().filter(|_| index == 0 || turned) {
            grid.draw(layout, head, index > 0);
        }
        grid.draw(layout, &row, false);
    }
    if let Some(head) = head.as_ref().filter(|_| rows.is_empty()) {
        grid.draw(layout, head, false);
    }
}

fn is_total(cells: &[Vec<Run>]) -> bool {
    let mut runs = cells.iter().flatten().filter(|run| !run.text.trim().is_empty()).peekable();
    runs.peek().is_some() && runs.all(|run| run.bold)
}

impl Grid {
    fn broken(&self, cells: &[Vec<Run>], kind: Kind, layout: &Layout) -> Row {
        let look = Look { bold: kind == Kind::Header, ..Look::plain(layout.cuts, self.size) };
        let mut note = layout.next_note();
        let mut broken = Vec::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            let lines = lines::wrap(cell, look, width - 2 * SIDE, note);
            note += lines.iter().flat_map(Line::notes).count();
            broken.push(lines);
        }
        let most = broken.iter().map(Vec::len).max().unwrap_or(1) as i32;
        Row { cells: broken, height: most * leading(self.size) + 2 * self.above, kind }
    }

    /// Draws a row; the notes of one that is repeated stand on the page where it stood first.
    fn draw(&self, layout: &mut Layout, row: &Row, repeated: bool) {
        let accent = layout.palette.accent;
        let top = layout.y;
        match row.kind {
            Kind::Header => layout.fill(LEFT, -row.height, WIDTH, row.height, accent),
            Kind::Line => layout.fill(LEFT, -row.height, WIDTH, 500, LINE),
            Kind::Total => {
                layout.fill(LEFT, -300, WIDTH, 800, accent);
                layout.fill(LEFT, -row.height, WIDTH, 800, accent);
            }
        }
        let colour = if row.kind == Kind::Header { WHITE } else { INK };
        let mut x = LEFT;
        for (column, (cell, width)) in row.cells.iter().zip(&self.widths).enumerate() {
            let mut y = top - self.above;
            for line in cell {
                let free = width - 2 * SIDE - line.width;
                let shift = match self.alignment.get(column).copied().unwrap_or_default() {
                    Alignment::Left => 0,
                    Alignment::Right => free,
                    Alignment::Centre => free / 2,
                };
                layout.put(line, x + SIDE + shift, y - ascent(leading(self.size)), colour);
                if !repeated {
                    layout.note(line);
                }
                y -= leading(self.size);
            }
            x += width;
        }
        layout.y = top - row.height;
    }
}
