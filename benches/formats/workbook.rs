//! The data sheets of the baseline as xlsx.

use std::sync::Arc;

use worldc::testing::documents::{
    Book, Cell, CellValue, Chart, ChartKind, Date, Facts, Series, Sheet, decimal, properties, render_book,
};

use crate::content::{self, Line};

pub(crate) fn data(number: u64) -> Result<Vec<u8>, String> {
    let content = content::sheets(number);
    let mut sheets: Vec<Sheet> = content.iter().map(|(name, lines)| sheet(name, lines)).collect();
    sheets.push(chart(&content[0].1));
    render_book(&Book { properties: properties("Workbook", ""), sheets: sheets.into() }, "xlsx")
}

fn sheet(name: &str, lines: &[Line]) -> Sheet {
    let header = ["Date", "Item", "Qty", "Unit", "Total", "Note"].map(|text| cell(CellValue::Text(Arc::from(text))));
    let mut rows = vec![header.to_vec()];
    rows.extend(lines.iter().enumerate().map(|(index, line)| row(index + 2, line)));
    let mut last = vec![Cell::default(); 4];
    last.push(formula(format!("SUM(E2:E{})", rows.len()), lines.iter().map(total).sum()));
    rows.push(last);
    Sheet { name: name.to_owned(), rows, header: true, total: true, chart: None }
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

/// The first twelve totals as columns.
fn chart(lines: &[Line]) -> Sheet {
    let first = &lines[..12];
    let values = first.iter().map(|line| (decimal(total(line) as i64, 2), Facts::default())).collect();
    let chart = Chart {
        kind: ChartKind::Column,
        title: "First twelve".to_owned(),
        categories: first.iter().map(|line| Date(line.day as i32 - 25_569).to_string()).collect(),
        series: vec![Series { name: "Total".to_owned(), values }],
    };
    Sheet { name: "Chart".to_owned(), rows: Vec::new(), header: false, total: false, chart: Some(chart) }
}
