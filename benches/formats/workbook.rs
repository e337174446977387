//! The data sheets of the baseline as xlsx.

use std::sync::Arc;

use worldc::testing::documents::{
    Area, Book, Cell, CellValue, Chart, ChartKind, Date, Facts, Highlight, Note, Plot, Rule, Series, Sheet, decimal,
    properties, render_book, render_chart,
};

use crate::content::{self, Line};

/// The baseline: three sheets, a chart on the first.
pub(crate) fn data(number: u64) -> Result<Vec<u8>, String> {
    let content = content::sheets(number);
    let mut sheets: Vec<Sheet> = content.iter().map(|(name, lines)| sheet(name, lines)).collect();
    sheets[0].plots.push(plot(ChartKind::Column, "First twelve", &content[0].1, 4));
    render(sheets, "xlsx")
}

/// The same with two charts, three conditional formats and twenty notes on each sheet.
pub(crate) fn rich(number: u64) -> Result<Vec<u8>, String> {
    let content = content::sheets(number);
    let rich = |(name, lines): &(String, Vec<Line>)| Sheet {
        plots: vec![plot(ChartKind::Column, "Totals", lines, 4), plot(ChartKind::Line, "Quantities", lines, 2)],
        highlights: vec![
            Highlight { area: column(4), rule: Rule::Where("E2>100000".to_owned()) },
            Highlight { area: column(2), rule: Rule::Bars },
            Highlight { area: column(3), rule: Rule::Scale },
        ],
        notes: lines.iter().take(20).enumerate().map(note).collect(),
        ..sheet(name, lines)
    };
    render(content.iter().map(rich).collect(), "xlsx")
}

/// The first sheet as a text of commas.
pub(crate) fn csv(number: u64) -> Result<Vec<u8>, String> {
    first(number, "csv")
}

/// The same as records.
pub(crate) fn json(number: u64) -> Result<Vec<u8>, String> {
    first(number, "json")
}

/// The chart of the first sheet in pixels.
pub(crate) fn png(number: u64) -> Result<Vec<u8>, String> {
    chart(number, "png")
}

/// The same in shapes.
pub(crate) fn svg(number: u64) -> Result<Vec<u8>, String> {
    chart(number, "svg")
}

fn first(number: u64, extension: &str) -> Result<Vec<u8>, String> {
    let content = content::sheets(number);
    render(content.iter().take(1).map(|(name, lines)| sheet(name, lines)).collect(), extension)
}

fn chart(number: u64, extension: &str) -> Result<Vec<u8>, String> {
    let plot = plot(ChartKind::Column, "First twelve", &content::sheets(number)[0].1, 4);
    render_chart(plot.chart, properties("Chart", ""), extension)
}

fn render(sheets: Vec<Sheet>, extension: &str) -> Result<Vec<u8>, String> {
    render_book(&Book { properties: properties("Workbook", ""), sheets: sheets.into() }, extension)
}

fn column(column: u32) -> Area {
    Area { first: (1, column), last: (200, column) }
}

fn note((index, line): (usize, &Line)) -> Note {
    Note { row: index as u32 + 1, column: 1, text: format!("Ask about {}", line.note), facts: None }
}

fn sheet(name: &str, lines: &[Line]) -> Sheet {
    let header = ["Date", "Item", "Qty", "Unit", "Total", "Note"].map(|text| cell(CellValue::Text(Arc::from(text))));
    let mut rows = vec![header.to_vec()];
    rows.extend(lines.iter().enumerate().map(|(index, line)| row(index + 2, line)));
    let mut last = vec![Cell::default(); 4];
    last.push(formula(format!("SUM(E2:E{})", rows.len()), lines.iter().map(total).sum()));
    rows.push(last);
    Sheet { name: name.to_owned(), rows, header: true, total: true, ..Sheet::default() }
}

fn row(number: usize, line: &Line) -> Vec<Cell> {
    vec![
        cell(CellValue::Date(Date(line.day as i32 - 25_569))),
        cell(CellValue::Text(Arc::from(line.item.as_str()))),
        cell(CellValue::Number(decimal(line.quantity as i64, 0))),
        cell(money(line.cents)),
        formula(format!("C{number}*D{number}"), total(line)),
        cell(CellValue::Text(Arc::from(line.note.as_str()))),
    ]
}

fn cell(value: CellValue) -> Cell {
    Cell { value, ..Cell::default() }
}

fn formula(text: String, cents: u64) -> Cell {
    Cell { formula: Some(text), ..cell(money(cents)) }
}

fn total(line: &Line) -> u64 {
    line.quantity * line.cents
}

fn money(cents: u64) -> CellValue {
    CellValue::Number(decimal(cents as i64, 2))
}

/// The first twelve numbers of a column, by their dates.
fn plot(kind: ChartKind, title: &str, lines: &[Line], column: u32) -> Plot {
    let first = &lines[..12];
    let value =
        |line: &Line| if column == 4 { decimal(total(line) as i64, 2) } else { decimal(line.quantity as i64, 0) };
    let name = if column == 4 { "Total" } else { "Qty" };
    let chart = Chart {
        kind,
        title: title.to_owned(),
        categories: first.iter().map(|line| Date(line.day as i32 - 25_569).to_string()).collect(),
        series: vec![Series {
            name: name.to_owned(),
            values: first.iter().map(|line| (value(line), Facts::default())).collect(),
        }],
    };
    Plot { chart, rows: (1, 12), categories: 0, series: vec![column] }
}
