//! Tables, as the author draws them, with the header repeated on every page and numbers right.

use super::columns;
use super::layout::{INK, LEFT, Layout, WHITE, WIDTH, ascent, leading};
use super::lines::{self, Line, Look};
use crate::document::look::{Colour, Palette, Tables};
use crate::document::{Alignment, Run};
use crate::formats::columns::aligned;

/// Distance between text and the edge of its cell.
pub(super) const SIDE: i32 = 5_000;
const ABOVE: i32 = 3_000;
const HAIR: Colour = Colour::of(0xD0_D5_DD);
const CELL: Colour = Colour::of(0xA6_A6_A6);

/// One row, broken into lines.
struct Row {
    cells: Vec<Vec<Line>>,
    height: i32,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    /// With its number, from nought.
    Line(usize),
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
    tables: Tables,
    palette: Palette,
}

/// Draws a table below what was drawn before.
pub(super) fn draw(layout: &mut Layout, header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], alignment: &[Alignment]) {
    let (size, widths) = columns::fit(header, rows, layout.cuts);
    let (above, tables, palette) = (layout.air(ABOVE), layout.hand.tables, layout.palette);
    let grid = Grid { size, widths, alignment: aligned(rows, alignment), above, tables, palette };
    let head = (!header.is_empty()).then(|| grid.broken(header, Kind::Header, layout));
    for (index, cells) in rows.iter().enumerate() {
        let is_last = index + 1 == rows.len();
        let kind = if index > 0 && is_last && is_total(cells) { Kind::Total } else { Kind::Line(index) };
        let row = grid.broken(cells, kind, layout);
        let first = if index == 0 { head.as_ref().map_or(0, |head| head.height) } else { 0 };
        let notes: i32 = row.cells.iter().flatten().map(|line| layout.note_height(line)).sum();
        // The last row, which may be a sum, does not stand alone on its page.
        let last = if index + 2 == rows.len() { row.height } else { 0 };
        let turned = layout.need(first + row.height + notes + last);
        if index == 0 || turned {
            grid.top(layout);
            head.iter().for_each(|head| grid.draw(layout, head, index > 0));
        }
        grid.draw(layout, &row, false);
        grid.bottom(layout, is_last);
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

    /// The line above a table, on each of its pages.
    fn top(&self, layout: &mut Layout) {
        match self.tables {
            Tables::Banded => {}
            Tables::Ruled => layout.fill(LEFT, 0, WIDTH, 1_200, self.palette.accent),
            Tables::Grid => layout.fill(LEFT, 0, WIDTH, 500, CELL),
        }
    }

    /// The line below a row.
    fn bottom(&self, layout: &mut Layout, is_last: bool) {
        let accent = self.palette.accent;
        match (self.tables, is_last) {
            (Tables::Grid, _) => layout.fill(LEFT, 0, WIDTH, 500, CELL),
            (Tables::Ruled, false) => {}
            (Tables::Ruled, true) => layout.fill(LEFT, 0, WIDTH, 1_200, accent),
            (Tables::Banded, false) => layout.fill(LEFT, 0, WIDTH, 500, HAIR),
            (Tables::Banded, true) => layout.fill(LEFT, 0, WIDTH, 800, accent),
        }
    }

    /// What lies behind the text of a row, and the colour of the text.
    fn ground(&self, layout: &mut Layout, row: &Row) -> Colour {
        let Palette { accent, tint, .. } = self.palette;
        let height = row.height;
        match (self.tables, row.kind) {
            (Tables::Banded, Kind::Header) => layout.fill(LEFT, -height, WIDTH, height, accent),
            (Tables::Grid, Kind::Header) => layout.fill(LEFT, -height, WIDTH, height, tint),
            (Tables::Ruled, Kind::Header) => layout.fill(LEFT, -height, WIDTH, 600, accent),
            (Tables::Banded, Kind::Line(index)) if index % 2 == 1 => layout.fill(LEFT, -height, WIDTH, height, tint),
            (Tables::Banded | Tables::Ruled, Kind::Total) => layout.fill(LEFT, -300, WIDTH, 800, accent),
            _ => {}
        }
        if self.tables == Tables::Grid {
            let mut x = LEFT;
            layout.fill(x, -height, 500, height, CELL);
            for width in &self.widths {
                x += width;
                layout.fill(x - 500, -height, 500, height, CELL);
            }
        }
        match (row.kind, self.tables) {
            (Kind::Header, Tables::Banded) => WHITE,
            (Kind::Header, _) => accent,
            _ => INK,
        }
    }

    /// Draws a row; the notes of one that is repeated stand on the page where it stood first.
    fn draw(&self, layout: &mut Layout, row: &Row, repeated: bool) {
        let colour = self.ground(layout, row);
        let top = layout.y;
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
