//! Tables: a filled header that is repeated on every page, thin lines between rows, numbers right.

use super::layout::{INK, LEFT, Layout, WIDTH, ascent, leading};
use super::lines::{self, Line, Look};
use crate::document::look::Colour;
use crate::document::{Alignment, Run};
use crate::formats::columns;

const SIZE: i32 = 9_500;
/// Distance between text and the edge of its cell.
const SIDE: i32 = 5_000;
const ABOVE: i32 = 3_000;
const LINE: Colour = Colour::of(0xD0D5DD);

/// One row, broken into lines.
struct Row {
    cells: Vec<Vec<Line>>,
    height: i32,
    header: bool,
}

/// Draws a table below what was drawn before.
pub(super) fn draw(layout: &mut Layout, header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], alignment: &[Alignment]) {
    let widths: Vec<i32> = columns::share(header, rows, WIDTH as u32).into_iter().map(|width| width as i32).collect();
    let head = (!header.is_empty()).then(|| broken(header, &widths, true));
    for (index, cells) in rows.iter().enumerate() {
        let row = broken(cells, &widths, false);
        let first = if index == 0 { head.as_ref().map_or(0, |head| head.height) } else { 0 };
        let turned = layout.need(first + row.height);
        if let Some(head) = head.as_ref().filter(|_| index == 0 || turned) {
            draw_row(layout, head, &widths, alignment);
        }
        draw_row(layout, &row, &widths, alignment);
    }
    if let Some(head) = head.as_ref().filter(|_| rows.is_empty()) {
        draw_row(layout, head, &widths, alignment);
    }
}

fn broken(cells: &[Vec<Run>], widths: &[i32], header: bool) -> Row {
    let look = Look { size: SIZE, bold: header, italic: false };
    let cells: Vec<Vec<Line>> =
        cells.iter().zip(widths).map(|(cell, width)| lines::wrap(cell, look, width - 2 * SIDE)).collect();
    let most = cells.iter().map(Vec::len).max().unwrap_or(1) as i32;
    Row { cells, height: most * leading(SIZE) + 2 * ABOVE, header }
}

fn draw_row(layout: &mut Layout, row: &Row, widths: &[i32], alignment: &[Alignment]) {
    let bottom = layout.y - row.height;
    let accent = layout.palette.accent;
    if row.header {
        layout.page().fill(LEFT, bottom, WIDTH, row.height, accent);
    } else {
        layout.page().fill(LEFT, bottom, WIDTH, 500, LINE);
    }
    let colour = if row.header { Colour::of(0xFF_FFFF) } else { INK };
    let mut x = LEFT;
    for (column, (cell, width)) in row.cells.iter().zip(widths).enumerate() {
        let mut y = layout.y - ABOVE;
        for line in cell {
            let free = width - 2 * SIDE - line.width;
            let shift = match alignment.get(column).copied().unwrap_or_default() {
                Alignment::Left => 0,
                Alignment::Right => free,
                Alignment::Centre => free / 2,
            };
            layout.page().line(line, x + SIDE + shift, y - ascent(SIZE), SIZE, colour);
            y -= leading(SIZE);
        }
        x += width;
    }
    layout.y = bottom;
}
