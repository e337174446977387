//! A workbook as it is read: its sheets with their cells, names and tables. Graders calculate on it, lines are made of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::number_format::{Kind, kind};
use super::styles::Styles;
use crate::document::place::parse_cell;
use crate::formats::read::calc::{Area, At, Figure};
use crate::formats::read::colour::Theme;
use crate::value::{Date, Moment};

/// A workbook of any program.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workbook {
    /// In the order of the tabs.
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) names: Vec<DefinedName>,
    pub(crate) tables: Vec<NamedTable>,
    pub(in crate::formats::read) styles: Styles,
    pub(in crate::formats::read) theme: Theme,
    /// The part that holds it.
    pub(in crate::formats) part: String,
    /// Days count from 1904 as old Macintoshes did, not from the end of 1899.
    pub(in crate::formats::read) from_1904: bool,
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: Arc<str>,
    pub(crate) state: State,
    /// By row and column, from 0.
    pub(crate) cells: BTreeMap<(u32, u32), Cell>,
    pub(in crate::formats::read) rows: BTreeMap<u32, Strip>,
    /// First and last column of each strip.
    pub(in crate::formats::read) columns: Vec<(u32, u32, Strip)>,
    /// Rows that say nothing of themselves are hidden.
    pub(in crate::formats::read) rows_hidden: bool,
    /// Noughts are not shown.
    pub(in crate::formats::read) zeros_hidden: bool,
    pub(in crate::formats::read) merged: Vec<Area>,
    pub(in crate::formats::read) rules: Vec<Rule>,
    /// The part that holds it.
    pub(in crate::formats) part: String,
    /// Its number in the lists of the workbook.
    pub(in crate::formats) id: String,
    pub(in crate::formats::read) links: Vec<(Area, String)>,
    /// Its page headers and footers as the format spells them.
    pub(in crate::formats::read) margins: Vec<(bool, String)>,
}

/// Whether a sheet has a tab that a person can click.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    #[default]
    Shown,
    Hidden,
    /// Not even listed among the hidden ones.
    Unlisted,
}

/// A row or column as far as it can keep its cells from sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats::read) struct Strip {
    pub(in crate::formats::read) hidden: bool,
    /// Grouped below another, so that hiding it folds it away.
    pub(in crate::formats::read) grouped: bool,
    /// Less than a point or letter wide.
    pub(in crate::formats::read) without_size: bool,
}

/// A rule that changes the look of cells.
#[derive(Clone, Debug)]
pub(in crate::formats::read) struct Rule {
    pub(in crate::formats::read) areas: Vec<Area>,
    /// The position of the look among the workbook's differences.
    pub(in crate::formats::read) look: Option<usize>,
    pub(in crate::formats::read) condition: Condition,
}

/// When a rule holds, as far as that can be told without calculating.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::formats::read) enum Condition {
    Always,
    Compare {
        operator: String,
        with: Vec<Figure>,
    },
    /// A bar or icon stands in place of the value.
    Replaces,
    Unknown,
}

/// What a cell holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// As the program that saved the file left it: the cached result where there is a formula.
    pub(crate) value: Value,
    pub(crate) formula: Option<Arc<str>>,
    /// How many rows and columns a formula fills, if it is one for an area.
    pub(crate) fills: Option<(u32, u32)>,
    pub(in crate::formats::read) style: u32,
}

/// A value in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Empty,
    Number(Figure),
    Text(Arc<str>),
    Bool(bool),
    /// `#DIV/0!`.
    Error(Arc<str>),
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Empty => Ok(()),
            Value::Number(figure) => write!(out, "{figure}"),
            Value::Text(text) | Value::Error(text) => out.write_str(text),
            Value::Bool(yes) => out.write_str(if *yes { "TRUE" } else { "FALSE" }),
        }
    }
}

/// A name for cells or for a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DefinedName {
    pub(crate) name: String,
    /// The sheet that knows it; all do where there is none.
    pub(crate) sheet: Option<usize>,
    /// Without `=`.
    pub(crate) formula: String,
}

/// An area with named columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NamedTable {
    pub(crate) name: String,
    pub(crate) area: Area,
    pub(crate) columns: Vec<String>,
    pub(crate) headers: u32,
    pub(crate) totals: u32,
}

impl Workbook {
    /// The sheet of that name and its position; programs do not tell capitals from small letters.
    pub(crate) fn sheet(&self, name: &str) -> Option<(usize, &Sheet)> {
        let folded = name.to_lowercase();
        self.sheets.iter().enumerate().find(|(_, sheet)| sheet.name.to_lowercase() == folded)
    }

    /// The cell that `Budget!E7` means.
    pub(crate) fn place(&self, cell: &str) -> Option<At> {
        let (sheet, cell) = cell.rsplit_once('!')?;
        let (row, column) = parse_cell(cell)?;
        Some(At { sheet: self.sheet(sheet.trim_matches('\''))?.0, row, column })
    }

    /// What stands in a cell.
    pub(crate) fn cell(&self, at: At) -> Option<&Cell> {
        self.sheets.get(at.sheet)?.cells.get(&(at.row, at.column))
    }

    /// The number format of a cell.
    pub(crate) fn number_format(&self, cell: &Cell) -> Arc<str> {
        Arc::clone(&self.styles.format(cell.style).code)
    }

    /// A value as text: plain digits; dates and times in ISO where the number format shows such.
    pub(crate) fn text(&self, value: &Value, code: &str) -> String {
        let Value::Number(figure) = value else { return value.to_string() };
        self.date_text(*figure, kind(code)).unwrap_or_else(|| figure.to_string())
    }

    fn date_text(&self, figure: Figure, kind: Kind) -> Option<String> {
        if kind == Kind::Number {
            return None;
        }
        let (days, seconds) = figure.days()?;
        // 1970-01-01 is day 25,569 when the end of 1899 is day nought (ECMA-376, 18.17.4.1), 24,107 from 1904.
        let epoch = if self.from_1904 { 24_107 } else { 25_569 };
        let date = Date::from_days(days.checked_sub(epoch)?)?;
        Some(match kind {
            Kind::Date if seconds == 0 => date.to_string(),
            Kind::Month => date.month().to_string(),
            Kind::Time => return clock(days, seconds),
            Kind::Number | Kind::Date | Kind::Moment => Moment(i64::from(date.0) * 86_400 + seconds).to_string(),
        })
    }
}

/// Hours, minutes and seconds; hours go on beyond the day.
fn clock(days: i64, seconds: i64) -> Option<String> {
    let total = days.checked_mul(86_400)?.checked_add(seconds)?;
    let (sign, total) = if total < 0 { ("-", -total) } else { ("", total) };
    Some(format!("{sign}{:02}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60))
}
