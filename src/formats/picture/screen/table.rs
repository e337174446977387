//! A spreadsheet program with the part of a sheet that is seen.

use super::frame::{Bar, Frame};
use super::masked::{is_number, shown};
use super::pen::{Letters, Pen};
use crate::document::Properties;
use crate::document::look::{Colour, Palette};
use crate::document::picture::{Desktop, Screenshot, SeenCells};
use crate::document::{Cell, CellValue};
use crate::formats::fonts::Family;
use crate::formats::{palette, wording};
use crate::value::locale::Locale;

const WHITE: Colour = Colour::of(0xFFFFFF);
const CHROME: Colour = Colour::of(0xF3F3F3);
const LINE: Colour = Colour::of(0xD4D4D4);
const HEADS: Colour = Colour::of(0xE6E6E6);
const GREEN: Colour = Colour::of(0x217346);
const GREY: Colour = Colour::of(0x5A5A5A);
/// Heights from above: menus, tools, the line of the formula, the letters of columns; from below: tabs and status.
const MENUS: i32 = 28;
const TOOLS: i32 = 40;
const FORMULA: i32 = 24;
const LETTERS: i32 = 20;
const TABS: i32 = 26;
const STATUS: i32 = 22;
/// A row, the numbers of rows, and a column that nobody made wider or narrower.
const ROW: i32 = 20;
const NUMBERS: i32 = 36;
const COLUMN: i32 = 64;
const WIDEST: i32 = 250;
/// Rows and width that a window has at least.
const FEWEST: usize = 14;
const NARROWEST: i32 = 620;

const MENU: Letters = Letters::of(12, 0x303030);
const HEAD: Letters = Letters::of(11, 0x505050);
const CELL: Letters = Letters { family: Family::Humanist, ..Letters::of(15, 0x1A1A1A) };

/// Width and height of the window, in points.
pub(super) fn size(seen: &SeenCells, shot: &Screenshot) -> (i32, i32) {
    let wide: i32 = widths(seen, shot).iter().sum();
    let rows = rows(seen) as i32 * ROW;
    ((NUMBERS + wide).max(NARROWEST), bar(shot.desktop) + MENUS + TOOLS + FORMULA + LETTERS + rows + TABS + STATUS)
}

fn bar(desktop: Desktop) -> i32 {
    if desktop == Desktop::Macos { 28 } else { 32 }
}

/// How many rows are seen, the empty ones too.
fn rows(seen: &SeenCells) -> usize {
    if seen.below { seen.rows.len() } else { (seen.rows.len() + 3).max(FEWEST) }
}

/// The width of each column that holds something: as wide as what stands in it. A title runs over.
fn widths(seen: &SeenCells, shot: &Screenshot) -> Vec<i32> {
    let locale = Locale::named(&shot.locale);
    let count = seen.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![COLUMN; count];
    for row in &seen.rows {
        for (column, cell) in row.iter().enumerate() {
            let runs_over = !seen.header && row[column + 1..].iter().all(|cell| cell.value == CellValue::Empty);
            if !runs_over || is_number(cell) {
                let needed = CELL.bold().width(&shown(cell, locale)) + 14;
                widths[column] = widths[column].max(needed.min(WIDEST));
            }
        }
    }
    widths
}

pub(super) fn draw(
    pen: &mut Pen,
    frame: Frame,
    heading: &str,
    seen: &SeenCells,
    shot: &Screenshot,
    properties: &Properties,
) {
    let height = bar(frame.desktop);
    let bar = match frame.desktop {
        Desktop::Windows => Bar { ground: GREEN, ink: WHITE, height, asks: false },
        Desktop::Macos => Bar { ground: Colour::of(0xE8E8E8), ink: Colour::of(0x3A3A3A), height, asks: false },
    };
    frame.open(pen, heading, WHITE, bar);
    let words = wording::screen(&properties.language);
    // On a Mac the menu of files stands at the top of the screen.
    let menus = &words.menus[usize::from(frame.desktop == Desktop::Macos)..];
    tools(pen, frame, height, menus, words.menus[1]);
    let grid = Grid { top: height + MENUS + TOOLS + FORMULA, columns: columns(seen, shot, frame.width), seen, frame };
    grid.formula(pen, Locale::named(&shot.locale));
    grid.heads(pen);
    grid.cells(pen, Locale::named(&shot.locale), palette::of(properties));
    grid.choose(pen);
    grid.tabs(pen, words.ready);
    frame.close(pen);
}

/// The menus, one of them open, and below them what it offers.
fn tools(pen: &mut Pen, frame: Frame, top: i32, menus: &[&str], open: &str) {
    pen.block(0, top, frame.width, MENUS + TOOLS, CHROME);
    let mut x = 16;
    for menu in menus {
        let chosen = *menu == open;
        let letters = if chosen { Letters { colour: GREEN, ..MENU }.bold() } else { MENU };
        pen.text(menu, x, top + 18, letters);
        let wide = letters.width(menu);
        if chosen {
            pen.block(x, top + MENUS - 4, wide, 2, GREEN);
        }
        x += wide + 20;
    }
    let top = top + MENUS + 7;
    let ink = Letters::of(12, 0x303030);
    for (x, wide, words) in [(16, 112, "Calibri"), (134, 44, "11")] {
        pen.block(x, top, wide, 24, WHITE);
        pen.outline(x, top, wide, 24, 1, Colour::of(0xC4C4C4));
        pen.text(words, x + 8, top + 16, ink);
        pen.strokes(&[(x + wide - 14, top + 10), (x + wide - 10, top + 14), (x + wide - 6, top + 10)], 5, GREY);
    }
    pen.text("B", 194, top + 17, Letters { family: Family::Serif, size: 14, ..ink }.bold());
    pen.text("I", 220, top + 17, Letters { family: Family::Serif, size: 14, ..ink });
    pen.text("U", 240, top + 16, Letters { family: Family::Serif, size: 14, ..ink });
    pen.block(240, top + 19, 10, 1, GREY);
    pen.down(264, top, 24, LINE);
    for (at, wide) in [[14, 9, 14, 6], [14, 9, 14, 6], [14, 9, 14, 6]].into_iter().enumerate() {
        for (row, wide) in wide.into_iter().enumerate() {
            let shift = (14 - wide) * at as i32 / 2;
            pen.block(278 + 26 * at as i32 + shift, top + 5 + 4 * row as i32, wide, 1, GREY);
        }
    }
    pen.down(356, top, 24, LINE);
    for (x, sign) in [(370, "%"), (396, "000"), (432, ",0"), (458, ",00")] {
        pen.text(sign, x, top + 17, ink);
    }
    pen.down(488, top, 24, LINE);
    for line in 0..4 {
        pen.across(502, top + 4 + 5 * line, 18, GREY);
        pen.down(502 + 6 * line, top + 4, 15, GREY);
    }
    pen.text("Σ", 536, top + 17, Letters { size: 15, ..ink });
}

/// Left edges of all columns that are seen, the empty ones too, and the edge of the window.
fn columns(seen: &SeenCells, shot: &Screenshot, width: i32) -> Vec<i32> {
    let mut edges = vec![NUMBERS];
    let mut x = NUMBERS;
    let widths = widths(seen, shot);
    for at in 0.. {
        if x >= width {
            break;
        }
        x += widths.get(at).copied().unwrap_or(COLUMN);
        edges.push(x.min(width));
    }
    edges
}

/// The cells and what stands around them.
struct Grid<'g> {
    /// Where the letters of the columns begin.
    top: i32,
    columns: Vec<i32>,
    seen: &'g SeenCells,
    frame: Frame,
}

impl Grid<'_> {
    /// The upper edge of the cells.
    fn first(&self) -> i32 {
        self.top + LETTERS
    }

    /// The lower edge of the cells.
    fn last(&self) -> i32 {
        self.first() + rows(self.seen) as i32 * ROW
    }

    /// Where the chosen cell stands among those that are seen.
    fn chosen(&self) -> (usize, usize) {
        let ((row, column), (first, left)) = (self.seen.chosen, self.seen.first);
        let column = (column.saturating_sub(left) as usize).min(self.columns.len() - 2);
        ((row.saturating_sub(first) as usize).min(rows(self.seen) - 1), column)
    }

    /// The address of the chosen cell and what stands in it.
    fn formula(&self, pen: &mut Pen, locale: Option<&Locale>) {
        let top = self.top - FORMULA;
        pen.block(0, top, self.frame.width, FORMULA, WHITE);
        pen.across(0, top, self.frame.width, LINE);
        let (row, column) = self.seen.chosen;
        pen.text(&format!("{}{}", letters(column), row + 1), 12, top + 17, MENU);
        pen.down(84, top, FORMULA, LINE);
        pen.text("fx", 96, top + 17, Letters { family: Family::Serif, size: 13, colour: GREY, bold: false });
        pen.down(120, top, FORMULA, LINE);
        let (row, column) = self.chosen();
        let Some(cell) = self.seen.rows.get(row).and_then(|row| row.get(column)) else { return };
        let entered = match (&cell.formula, &cell.value) {
            (Some(formula), _) => format!("={formula}"),
            (None, CellValue::Number(number)) => locale.map_or_else(|| number.in_full(), |locale| locale.plain(number)),
            _ => shown(cell, locale),
        };
        pen.text(&MENU.fitted(&entered, self.frame.width - 150), 130, top + 17, MENU);
    }

    /// The letters of columns and the numbers of rows.
    fn heads(&self, pen: &mut Pen) {
        let (row, column) = self.chosen();
        let (top, first, width) = (self.top, self.first(), self.frame.width);
        pen.block(0, top, width, LETTERS, HEADS);
        pen.block(0, first, NUMBERS, self.last() - first, HEADS);
        let chosen = (Colour::of(0xD2E3D9), Letters { colour: GREEN, ..HEAD });
        for (at, edges) in self.columns.windows(2).enumerate() {
            let (left, right) = (edges[0], edges[1]);
            let mut ink = HEAD;
            if at == column {
                pen.block(left, top, right - left, LETTERS, chosen.0);
                ink = chosen.1;
            }
            if right - left > COLUMN / 3 {
                pen.centred(&letters(self.seen.first.1 + at as u32), (left + right) / 2, top + 14, ink);
            }
            pen.down(left, top, LETTERS, LINE);
        }
        for at in 0..rows(self.seen) {
            let y = first + ROW * at as i32;
            let mut ink = HEAD;
            if at == row {
                pen.block(0, y, NUMBERS, ROW, chosen.0);
                ink = chosen.1;
            }
            pen.centred(&(self.seen.first.0 as usize + at + 1).to_string(), NUMBERS / 2, y + 14, ink);
            pen.across(0, y, NUMBERS, LINE);
        }
    }

    fn cells(&self, pen: &mut Pen, locale: Option<&Locale>, palette: Palette) {
        let (first, width) = (self.first(), self.frame.width);
        for at in 0..=rows(self.seen) {
            pen.across(NUMBERS, first + ROW * at as i32, width - NUMBERS, LINE);
        }
        for x in &self.columns {
            pen.down(*x, first, self.last() - first, LINE);
        }
        for (at, row) in self.seen.rows.iter().enumerate() {
            let head = self.seen.header && self.seen.first.0 == 0 && at == 0;
            for (column, cell) in row.iter().enumerate().take(self.columns.len() - 1) {
                self.cell(pen, (at, column), cell, &shown(cell, locale), head.then_some(palette.accent));
            }
        }
    }

    /// Writes a cell; `filled` is the ground of a header.
    fn cell(&self, pen: &mut Pen, (row, column): (usize, usize), cell: &Cell, text: &str, filled: Option<Colour>) {
        let (left, right) = (self.columns[column], self.columns[column + 1]);
        let y = self.first() + ROW * row as i32;
        let letters = if cell.bold || filled.is_some() { CELL.bold() } else { CELL };
        let mut letters = letters;
        if let Some(ground) = filled {
            pen.block(left, y, right - left, ROW, ground);
            letters.colour = WHITE;
        }
        let below = self.seen.rows.get(row + 1).and_then(|row| row.get(column));
        if is_number(cell) || filled.is_some() && below.is_some_and(is_number) {
            return pen.ending(text, right - 5, y + 15, letters);
        }
        if matches!(cell.value, CellValue::Error(_)) {
            return pen.centred(text, (left + right) / 2, y + 15, letters);
        }
        // A text runs over into the empty cells on its right.
        let next =
            self.seen.rows[row].iter().skip(column + 1).take_while(|cell| cell.value == CellValue::Empty).count();
        let free =
            if column + 1 + next >= self.seen.rows[row].len() { self.columns.len() - 1 } else { column + 1 + next };
        let room = self.columns[if filled.is_some() { column + 1 } else { free }] - left - 8;
        let text = letters.fitted(text, room);
        if letters.width(&text) > right - left - 5 {
            pen.block(left + 1, y + 1, letters.width(&text) + 3, ROW - 1, WHITE);
        }
        pen.text(&text, left + 5, y + 15, letters);
    }

    /// The green edge around the chosen cell, with the handle at its corner.
    fn choose(&self, pen: &mut Pen) {
        let (row, column) = self.chosen();
        let (left, right) = (self.columns[column], self.columns[column + 1]);
        let y = self.first() + ROW * row as i32;
        pen.outline(left - 1, y - 1, right - left + 2, ROW + 2, 2, GREEN);
        pen.block(right - 3, y + ROW - 2, 5, 5, WHITE);
        pen.block(right - 2, y + ROW - 1, 4, 4, GREEN);
    }

    fn tabs(&self, pen: &mut Pen, ready: &str) {
        let top = self.last();
        let width = self.frame.width;
        pen.block(0, top, width, TABS + STATUS, CHROME);
        pen.across(0, top, width, LINE);
        pen.strokes(&[(20, top + 8), (15, top + 13), (20, top + 18)], 5, GREY);
        pen.strokes(&[(34, top + 8), (39, top + 13), (34, top + 18)], 5, GREY);
        let mut x = 54;
        for (at, tab) in self.seen.tabs.iter().enumerate() {
            let on_top = at == self.seen.tab;
            let letters = if on_top { Letters { colour: GREEN, ..MENU }.bold() } else { MENU };
            let wide = letters.width(tab) + 28;
            if x + wide > width - 40 {
                break;
            }
            if on_top {
                pen.block(x, top + 1, wide, TABS - 3, WHITE);
                pen.block(x, top + TABS - 3, wide, 2, GREEN);
            }
            pen.text(tab, x + 14, top + 17, letters);
            pen.down(x + wide, top + 5, TABS - 10, LINE);
            x += wide;
        }
        let line = top + TABS;
        pen.across(0, line, width, LINE);
        pen.text(ready, 12, line + 15, HEAD);
        pen.ending("100 %", width - 14, line + 15, HEAD);
        pen.block(width - 156, line + 11, 90, 1, GREY);
        pen.block(width - 113, line + 6, 3, 11, GREY);
    }
}

/// What a column is called.
fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().collect()
}
