//! Workbooks: sheets of cells, and what belongs to the cells. Rows and columns count from 0.

use std::sync::Arc;

use super::{Facts, Properties};
use crate::value::{Date, Moment, Month, Number};

/// A workbook (xlsx), or its first sheet as csv or json.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    pub properties: Properties,
    /// Shared by all files that hold the same workbook.
    pub sheets: Arc<[Sheet]>,
}

/// One sheet: a grid of cells from A1.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sheet {
    pub name: String,
    /// Rows of equal meaning below a header row; row 0 is the header when `header` is set.
    pub rows: Vec<Vec<Cell>>,
    pub header: bool,
    /// The last row sums columns.
    pub total: bool,
    /// In the workbook, but on no tab.
    pub hidden: bool,
    pub notes: Vec<Note>,
    pub highlights: Vec<Highlight>,
    /// Names for cells, for the whole workbook: `Total_opex`.
    pub names: Vec<(String, Area)>,
    /// Charts beside the cells they draw.
    pub plots: Vec<Plot>,
}

impl Sheet {
    /// A sheet for one chart: categories down, series across, the chart beside them [X6].
    pub(crate) fn of_chart(name: &str, chart: Chart) -> Sheet {
        let plot = Plot::of(chart);
        Sheet { name: name.to_owned(), rows: plot.chart.laid(), header: true, plots: vec![plot], ..Sheet::default() }
    }

    /// How many columns the widest row has.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Row and column of its first and of its last cell.
    pub first: (u32, u32),
    pub last: (u32, u32),
}

/// A remark on a cell, by the author of the workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub row: u32,
    pub column: u32,
    pub text: String,
    pub facts: Option<Facts>,
}

/// Cells that stand out when their values say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlight {
    pub area: Area,
    pub rule: Rule,
}

/// How values decide that a cell stands out.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Where a formula holds, written for the first cell of the area: `E2>D2`.
    Where(String),
    /// A bar behind each number, as long as it is large.
    Bars,
    /// From a light to a strong colour.
    Scale,
}

/// A chart on the sheet whose cells it draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it shows, as the cells hold it.
    pub chart: Chart,
    /// First and last row of its points; the names of its series stand in row 0.
    pub rows: (u32, u32),
    /// Columns of the categories and of each series.
    pub categories: u32,
    pub series: Vec<u32>,
}

impl Plot {
    /// A chart beside its own numbers: categories from A2 down, each series in a column with its name in row 1.
    pub(crate) fn of(chart: Chart) -> Plot {
        Plot {
            rows: (1, chart.categories.len().max(1) as u32),
            categories: 0,
            series: (1..=chart.series.len() as u32).collect(),
            chart,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// `column`, `bar`, `line` or `pie`.
    pub kind: ChartKind,
    pub title: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
}

impl Chart {
    /// What its points were printed from.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &Facts> {
        self.series.iter().flat_map(|series| series.values.iter().map(|(_, facts)| facts))
    }

    /// The chart as rows of cells: categories down, series across.
    pub(crate) fn laid(&self) -> Vec<Vec<Cell>> {
        let names = self.series.iter().map(|series| Cell::text(&series.name));
        let mut rows = vec![std::iter::once(Cell::default()).chain(names).collect()];
        for (index, category) in self.categories.iter().enumerate() {
            let values = self.series.iter().map(|series| match series.values.get(index) {
                Some((number, facts)) => {
                    Cell { value: CellValue::Number(*number), facts: Some(facts.clone()), ..Cell::default() }
                }
                None => Cell::default(),
            });
            rows.push(std::iter::once(Cell::text(category)).chain(values).collect());
        }
        rows
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    Column,
    Bar,
    Line,
    Pie,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Vec<(Number, Facts)>,
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cell {
    pub value: CellValue,
    /// Without the leading `=`, in English with comma separators: `SUM(Budget!E2:E97)`. `value` is its true result.
    pub formula: Option<String>,
    /// How the value is shown, as spreadsheet programs write number formats: `#,##0.00`. By itself it follows the value.
    pub format: Option<Arc<str>>,
    pub bold: bool,
    pub facts: Option<Facts>,
}

impl Cell {
    /// A cell of plain wording.
    pub(crate) fn text(text: &str) -> Cell {
        Cell { value: CellValue::Text(Arc::from(text)), ..Cell::default() }
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub enum CellValue {
    #[default]
    Empty,
    Text(Arc<str>),
    Number(Number),
    Bool(bool),
    Date(Date),
    Month(Month),
    Moment(Moment),
    Error(FormulaError),
}

/// What a formula shows that cannot be calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaError {
    Reference,
    Division,
    NotAvailable,
    Name,
    Value,
}

impl FormulaError {
    /// All of them.
    pub(crate) const ALL: [FormulaError; 5] = [
        FormulaError::Reference,
        FormulaError::Division,
        FormulaError::NotAvailable,
        FormulaError::Name,
        FormulaError::Value,
    ];

    /// The error that a cell shows so.
    pub(crate) fn named(shown: &str) -> Option<FormulaError> {
        FormulaError::ALL.into_iter().find(|error| error.shown() == shown)
    }

    /// As the cell shows it.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            FormulaError::Reference => "#REF!",
            FormulaError::Division => "#DIV/0!",
            FormulaError::NotAvailable => "#N/A",
            FormulaError::Name => "#NAME?",
            FormulaError::Value => "#VALUE!",
        }
    }
}
