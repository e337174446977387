//! References of formulas: `E7`, `$A$1:B9`, `C:C`, `2:3`; how they are read, moved and spelled.

use std::fmt;

use crate::document::place::column_letters;

/// Rows and columns of a sheet.
pub(crate) const ROWS: u32 = 1_048_576;
pub(crate) const COLUMNS: u32 = 16_384;

/// A row or column of a reference, from 0, and whether a `$` fixes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) at: u32,
    fixed: bool,
}

/// One end of a reference; whole columns have no row, whole rows no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Corner {
    column: Option<Line>,
    row: Option<Line>,
}

/// A rectangle of cells as a formula writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    from: Corner,
    to: Option<Corner>,
}

/// A rectangle of cells on a sheet: rows and columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) sheet: usize,
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// A cell of a workbook: the position of its sheet, row and column from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) sheet: usize,
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl Area {
    /// Whether a cell lies in it.
    pub(crate) fn contains(&self, at: At) -> bool {
        let within = |value: u32, (first, last): (u32, u32)| (first..=last).contains(&value);
        self.sheet == at.sheet && within(at.row, self.rows) && within(at.column, self.columns)
    }

    /// How many rows and columns it has.
    pub(in crate::formats::read) fn size(&self) -> (u64, u64) {
        (u64::from(self.rows.1 - self.rows.0) + 1, u64::from(self.columns.1 - self.columns.0) + 1)
    }
}

impl Corner {
    /// Reads `$E$7`, `E` or `7`; none for anything else, or what no sheet has.
    pub(super) fn parse(text: &str) -> Option<Corner> {
        let (column_fixed, rest) = text.strip_prefix('$').map_or((false, text), |rest| (true, rest));
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (letters, rest) = rest.split_at(letters);
        // The one `$` before a bare row is the row's.
        let (row_fixed, digits) = match (letters.is_empty(), rest.strip_prefix('$')) {
            (true, None) => (column_fixed, rest),
            (true, Some(_)) => return None,
            (false, Some(digits)) => (true, digits),
            (false, None) => (false, rest),
        };
        let row = match digits {
            "" => None,
            digits => Some(Line { at: parse_row(digits)?, fixed: row_fixed }),
        };
        let column = match letters {
            "" => None,
            letters => Some(Line { at: parse_column(letters)?, fixed: column_fixed }),
        };
        (row.is_some() || column.is_some()).then_some(Corner { column, row })
    }

    /// Whether it is one cell and not a whole row or column.
    pub(super) fn is_cell(&self) -> bool {
        self.column.is_some() && self.row.is_some()
    }

    fn moved(self, rows: i64, columns: i64) -> Option<Corner> {
        Some(Corner { column: shift(self.column, columns, COLUMNS)?, row: shift(self.row, rows, ROWS)? })
    }
}

fn parse_row(digits: &str) -> Option<u32> {
    let plain = digits.len() <= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let row: u32 = plain.then(|| digits.parse().ok())??;
    (1..=ROWS).contains(&row).then(|| row - 1)
}

fn parse_column(letters: &str) -> Option<u32> {
    let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = (letters.len() <= 3).then(|| letters.bytes().fold(0, |sum, letter| sum * 26 + value(letter)))?;
    (column <= COLUMNS).then(|| column - 1)
}

/// A relative row or column moves; none if it leaves the sheet.
fn shift(line: Option<Line>, by: i64, end: u32) -> Option<Option<Line>> {
    match line {
        Some(line) if !line.fixed => {
            let at = u32::try_from(i64::from(line.at) + by).ok().filter(|at| *at < end)?;
            Some(Some(Line { at, ..line }))
        }
        fixed => Some(fixed),
    }
}

impl Range {
    /// A cell, or what lies between two corners; none if the two do not fit.
    pub(super) fn new(from: Corner, to: Option<Corner>) -> Option<Range> {
        let fits = match &to {
            Some(to) => from.row.is_some() == to.row.is_some() && from.column.is_some() == to.column.is_some(),
            None => from.is_cell(),
        };
        fits.then_some(Range { from, to })
    }

    /// Its cells on a sheet.
    pub(super) fn area(&self, sheet: usize) -> Area {
        let to = self.to.unwrap_or(self.from);
        let between = |from: Option<Line>, to: Option<Line>, end: u32| match (from, to) {
            (Some(from), Some(to)) => (from.at.min(to.at), from.at.max(to.at)),
            _ => (0, end - 1),
        };
        Area {
            sheet,
            rows: between(self.from.row, to.row, ROWS),
            columns: between(self.from.column, to.column, COLUMNS),
        }
    }

    /// As the formula of a cell so many rows below and columns right of its own has it; none beyond the sheet.
    pub(super) fn moved(&self, rows: i64, columns: i64) -> Option<Range> {
        let to = match self.to {
            Some(to) => Some(to.moved(rows, columns)?),
            None => None,
        };
        Some(Range { from: self.from.moved(rows, columns)?, to })
    }
}

impl fmt::Display for Corner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dollar = |line: &Line| if line.fixed { "$" } else { "" };
        if let Some(column) = &self.column {
            write!(out, "{}{}", dollar(column), column_letters(column.at))?;
        }
        self.row.as_ref().map_or(Ok(()), |row| write!(out, "{}{}", dollar(row), row.at + 1))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.from)?;
        self.to.as_ref().map_or(Ok(()), |to| write!(out, ":{to}"))
    }
}
