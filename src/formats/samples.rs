//! Documents that use everything the writers know, for tests.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::tests::properties;
use crate::document::{Book, Cell, CellValue, Chart, ChartKind, Doc, Facts, Series, Sheet, markdown};
use crate::value::{Date, FactId, Moment, Month, Number};

const MEMO: &str = include_str!("../../tests/formats/memo.md");

/// A memo of two pages with headings, lists, tables, a quote, code and links.
pub(super) fn memo() -> Doc {
    Doc { properties: properties(), blocks: markdown::from_markdown(MEMO, &[]) }
}

/// A number with a face.
pub(super) fn number(mantissa: i64, scale: u32, percent: bool) -> Number {
    Number { decimal: Decimal::new(mantissa, scale), places: scale as u8, percent }
}

fn cell(value: CellValue) -> Cell {
    Cell { value, facts: Some(Arc::from([FactId(3)])), ..Cell::default() }
}

/// A ledger of `rows` lines with a total, a summary with formulas and a chart.
pub(super) fn ledger(rows: usize) -> Book {
    Book { properties: properties(), sheets: vec![summary(rows), lines(rows), chart()] }
}

fn summary(rows: usize) -> Sheet {
    let total: i64 = (0..rows).map(amount).sum();
    let live = Cell {
        formula: Some(format!("SUM(Ledger!E2:E{})", rows + 1)),
        ..cell(CellValue::Number(number(total, 2, false)))
    };
    let share = Cell {
        formula: Some("IF(B2>0,\"over & <above>\",\"under\")".to_owned()),
        ..cell(CellValue::Text(Arc::from("over & <above>")))
    };
    let rows = vec![
        vec![Cell { bold: true, ..Cell::text("Summary") }],
        vec![Cell::text("Total opex"), live],
        vec![Cell::text("Share"), cell(CellValue::Number(number(123, 3, true)))],
        vec![Cell::text("Verdict"), share],
        vec![Cell::text("Checked"), cell(CellValue::Bool(true))],
        vec![Cell::text("At"), cell(CellValue::Moment(Moment(1_770_283_800)))],
        vec![Cell::text("Rate"), cell(CellValue::Number(number(333_333_333_333, 12, false)))],
    ];
    Sheet { name: "Summary".to_owned(), rows, header: false, total: false, chart: None }
}

fn amount(row: usize) -> i64 {
    (row as i64 * 7_919) % 900_000 - 40_000 + row as i64
}

fn lines(count: usize) -> Sheet {
    let header = ["Month", "Date", "Centre", "Supplier", "Amount", "Share", "Quantity", "Open", "Text"];
    let mut rows = vec![header.iter().map(|name| Cell::text(name)).collect::<Vec<_>>()];
    for row in 0..count {
        rows.push(vec![
            cell(CellValue::Month(Month(2026 * 12 + (row % 12) as i32))),
            cell(CellValue::Date(Date(20_454 + row as i32 % 365))),
            cell(CellValue::Text(Arc::from(["4100", "4200", "5100", "6100"][row % 4]))),
            cell(CellValue::Text(Arc::from(format!("Supplier {} GmbH & Co. KG", row % 17)))),
            cell(CellValue::Number(number(amount(row), 2, false))),
            cell(CellValue::Number(number(row as i64 % 100, 2, true))),
            cell(CellValue::Number(number(row as i64 * 3, 0, false))),
            cell(CellValue::Bool(row % 3 == 0)),
            cell(CellValue::Text(Arc::from(format!(
                "Invoice {:05} for parts <{}>",
                10_000 + row * 37 % 9_000,
                row % 29
            )))),
        ]);
    }
    let total = (0..count).map(amount).sum();
    let sum =
        Cell { formula: Some(format!("SUM(E2:E{})", count + 1)), ..cell(CellValue::Number(number(total, 2, false))) };
    let mut last = vec![Cell::default(); 9];
    last[0] = Cell::text("Total");
    last[4] = sum;
    rows.push(last);
    Sheet { name: "Ledger".to_owned(), rows, header: true, total: true, chart: None }
}

fn chart() -> Sheet {
    let facts: Facts = Arc::from([FactId(1)]);
    let values = |factor: i64| -> Vec<(Number, Facts)> {
        (1..=4).map(|n| (number(n * factor * 1_234_567, 2, false), Arc::clone(&facts))).collect()
    };
    let chart = Chart {
        kind: ChartKind::Column,
        title: "Cost by centre".to_owned(),
        categories: ["Assembly Brno", "Machining", "Field service", "R&D"].map(str::to_owned).into(),
        series: vec![
            Series { name: "Budget".to_owned(), values: values(2) },
            Series { name: "Actual".to_owned(), values: values(3) },
        ],
    };
    Sheet { name: "By centre".to_owned(), rows: Vec::new(), header: false, total: false, chart: Some(chart) }
}
