//! Sheets of a workbook: rows by columns, totals, single cells, charts, and formulas with their true results.

use std::cell::{Cell as Counter, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{Cell, CellValue, Facts, FormulaError, Sheet};
use crate::eval::{Evaluator, Fault, Frame, Outcome, Reads, Scope};
use crate::formats::sheet_name_fault;
use crate::forms::Kind;
use crate::plan::formula::{self, Formula};
use crate::plan::{chart, margins};
use crate::resolve::program::Declaration;
use crate::syntax::{Expr, ExprKind};
use crate::value::{Item, Number, Value};

/// Formulas may stand on each other this deep.
const DEEPEST: u32 = 64;

/// A workbook while it is laid out; cells are made when first needed, because formulas look across sheets.
pub(super) struct Layout<'w> {
    pub(super) eval: &'w Evaluator<'w>,
    scope: &'w Scope<'w>,
    grids: Vec<Grid<'w>>,
    depth: Counter<u32>,
}

struct Grid<'w> {
    name: String,
    declaration: &'w Declaration,
    rows: Vec<Value>,
    columns: Vec<Column<'w>>,
    totals: Vec<Arc<str>>,
    single: BTreeMap<(u32, u32), &'w Expr>,
    /// Cells that were broken, by their place.
    broken: BTreeMap<(u32, u32), FormulaError>,
    made: RefCell<BTreeMap<(u32, u32), Cell>>,
}

/// What stands below one header.
struct Column<'w> {
    header: Arc<str>,
    expr: &'w Expr,
    /// What its cells read of their rows, with the family of those rows; told from the first of them.
    reads: OnceCell<(u32, Reads)>,
    /// Cells by the row that decided them; by none where nothing did.
    known: RefCell<BTreeMap<Option<Item>, Cell>>,
}

impl<'w> Column<'w> {
    fn new(header: String, expr: &'w Expr) -> Column<'w> {
        Column { header: header.into(), expr, reads: OnceCell::new(), known: RefCell::default() }
    }
}

/// The sheets of a template in a scope that has its parameters.
pub(crate) fn sheets(eval: &Evaluator<'_>, template: &Declaration, scope: &Scope<'_>) -> Outcome<Arc<[Sheet]>> {
    let mut layout = Layout { eval, scope, grids: Vec::new(), depth: Counter::new(0) };
    for id in &template.children {
        let declaration = eval.program.get(*id);
        if declaration.kind == Kind::Sheet {
            layout.grids.push(grid(eval, declaration, scope)?);
        }
    }
    for sheet in 0..layout.grids.len() {
        layout.grids[sheet].broken = layout.broken(sheet)?;
    }
    let mut sheets = Vec::new();
    let mut next = 0;
    for id in &template.children {
        let declaration = eval.program.get(*id);
        sheets.push(match declaration.kind {
            Kind::Sheet => {
                next += 1;
                layout.sheet(next - 1)?
            }
            _ => chart_sheet(eval, declaration, scope)?,
        });
    }
    margins::refuse_unseen(&sheets, template)?;
    Ok(sheets.into())
}

/// What a sheet is called, if spreadsheet programs can hold that.
fn sheet_name(eval: &Evaluator<'_>, declaration: &Declaration, scope: &Scope<'_>) -> Outcome<String> {
    let Some(label) = &declaration.label else { return Ok("Sheet1".to_string()) };
    let name = eval.printed(label, scope)?.text;
    match sheet_name_fault(&name) {
        Some(why) => Err(Fault::wrong("E0222", label.span, why)),
        None => Ok(name),
    }
}

fn grid<'w>(eval: &'w Evaluator<'w>, declaration: &'w Declaration, scope: &Scope<'_>) -> Outcome<Grid<'w>> {
    let rows = match declaration.field("rows") {
        Some(field) => eval.items(&eval.value(&field.value, scope)?, field.value.span)?,
        None => Vec::new(),
    };
    let mut columns = Vec::new();
    for (header, value) in entries(declaration, "columns") {
        columns.push(Column::new(eval.printed(header, scope)?.text, value));
    }
    let totals = match declaration.field("total") {
        Some(field) => eval.items(&eval.value(&field.value, scope)?, field.value.span)?,
        None => Vec::new(),
    };
    let totals = totals.iter().map(|total| eval.plain_text(total).map(Arc::from)).collect::<Outcome<_>>()?;
    let mut single = BTreeMap::new();
    for (address, value) in entries(declaration, "cells") {
        let text = eval.printed(address, scope)?.text;
        let place = formula::place(&text)
            .ok_or_else(|| Fault::wrong("E0216", address.span, format!("`{text}` is no cell: write it like \"B6\"")))?;
        single.insert(place, value);
    }
    let name = sheet_name(eval, declaration, scope)?;
    let broken = BTreeMap::new();
    Ok(Grid { name, declaration, rows, columns, totals, single, broken, made: RefCell::default() })
}

/// The entries of a map that is written out.
pub(super) fn entries<'w>(declaration: &'w Declaration, name: &str) -> &'w [(Expr, Expr)] {
    match declaration.field(name).map(|field| &field.value.kind) {
        Some(ExprKind::Map(entries)) => entries,
        _ => &[],
    }
}

impl<'w> Layout<'w> {
    fn sheet(&self, sheet: usize) -> Outcome<Sheet> {
        let grid = &self.grids[sheet];
        let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(grid.rows.len() + 2);
        let header = !grid.columns.is_empty();
        if header {
            rows.push(grid.columns.iter().map(|column| heading(&column.header)).collect());
        }
        for row in 0..grid.rows.len() as u32 {
            let mut cells = Vec::with_capacity(grid.columns.len());
            for column in 0..grid.columns.len() as u32 {
                cells.push(self.cell(sheet, row + 1, column)?);
            }
            rows.push(cells);
        }
        let total = !grid.totals.is_empty();
        if total && grid.rows.is_empty() {
            // A total needs a row to stand below: without one its formula would sum itself.
            rows.push(vec![Cell::default(); grid.columns.len()]);
        }
        if total {
            rows.push(self.total_row(sheet)?);
        }
        for (row, column) in grid.single.keys() {
            place_cell(&mut rows, *row, *column, self.cell(sheet, *row, *column)?);
        }
        self.with_margins(sheet, Sheet { name: grid.name.clone(), rows, header, total, ..Sheet::default() })
    }

    /// The cell at a place; row 0 is the header.
    pub(super) fn cell(&self, sheet: usize, row: u32, column: u32) -> Outcome<Cell> {
        let grid = &self.grids[sheet];
        if let Some(cell) = grid.made.borrow().get(&(row, column)) {
            return Ok(cell.clone());
        }
        if self.depth.get() > DEEPEST {
            let message = format!("the formulas of sheet `{}` stand on each other in a ring", grid.name);
            return Err(Fault::wrong("E0217", grid.declaration.head, message));
        }
        self.depth.set(self.depth.get() + 1);
        let cell = self.make(sheet, row, column);
        self.depth.set(self.depth.get() - 1);
        let cell = match grid.broken.get(&(row, column)) {
            Some(error) => margins::break_cell(cell?, *error),
            None => cell?,
        };
        if cell.formula.is_some() || !grid.single.is_empty() {
            grid.made.borrow_mut().insert((row, column), cell.clone());
        }
        Ok(cell)
    }

    fn make(&self, sheet: usize, row: u32, column: u32) -> Outcome<Cell> {
        let grid = &self.grids[sheet];
        if let Some(expr) = grid.single.get(&(row, column)) {
            return self.written(expr, self.scope, sheet, row);
        }
        let (Some(column), Some(value)) =
            (grid.columns.get(column as usize), (row as usize).checked_sub(1).and_then(|row| grid.rows.get(row)))
        else {
            return Ok(Cell::default());
        };
        let scope = self.scope.with("row", value);
        let cell = match value {
            Value::Item(item) => self.of_row(column, *item, &scope, sheet, row),
            _ => self.written(column.expr, &scope, sheet, row),
        };
        cell.map_err(|fault| match fault {
            Fault::Wrong(diagnostic) if diagnostic.notes.is_empty() => {
                let note = format!("in sheet `{}`, row {}", grid.name, self.eval.label(value));
                Fault::Wrong(Box::new(diagnostic.note(note)))
            }
            other => other,
        })
    }

    /// A cell of a column on a row of a table. What an earlier row decided alike is not asked again.
    fn of_row(&self, column: &Column<'_>, item: Item, scope: &Scope<'_>, sheet: usize, row: u32) -> Outcome<Cell> {
        let (family, reads) = match column.reads.get() {
            Some(known) => *known,
            None => {
                let reads = self.eval.reads_of(column.expr, item, scope)?;
                *column.reads.get_or_init(|| (item.family, reads))
            }
        };
        let by = match reads {
            _ if family != item.family => None,
            Reads::Nothing => Some(None),
            Reads::Key(key) => self.eval.key_row(item, key).map(Some),
            Reads::Row => None,
        };
        let write = || self.written(column.expr, &scope.inside(Frame::Item(item)), sheet, row);
        let Some(by) = by else { return write() };
        if let Some(cell) = column.known.borrow().get(&by) {
            return Ok(cell.clone());
        }
        let cell = write()?;
        column.known.borrow_mut().insert(by, cell.clone());
        Ok(cell)
    }

    /// A cell as its expression says: a formula if it is `live(…)`, else a value.
    fn written(&self, expr: &Expr, scope: &Scope<'_>, sheet: usize, row: u32) -> Outcome<Cell> {
        if let Some(inner) = formula::live(expr) {
            let made = formula::compile(self, inner, scope, sheet, row)?;
            return Ok(formula_cell(made));
        }
        let (value, facts) = self.eval.traced(expr, scope)?;
        let value = match value {
            Value::None => CellValue::Empty,
            Value::Bool(yes) => CellValue::Bool(yes),
            Value::Number(number) => CellValue::Number(number),
            Value::Date(date) => CellValue::Date(date),
            Value::Month(month) => CellValue::Month(month),
            Value::Moment(moment) => CellValue::Moment(moment),
            Value::Text(text) => CellValue::Text(text),
            other => CellValue::Text(self.eval.plain_text(&other)?.into()),
        };
        let facts = (!facts.is_empty()).then_some(facts);
        Ok(Cell { value, facts, ..Cell::default() })
    }

    fn total_row(&self, sheet: usize) -> Outcome<Vec<Cell>> {
        let grid = &self.grids[sheet];
        let mut cells = Vec::with_capacity(grid.columns.len());
        for (column, Column { header, .. }) in grid.columns.iter().enumerate() {
            cells.push(match grid.totals.contains(header) {
                true => Cell { bold: true, ..self.column_sum(sheet, column as u32)? },
                false if column == 0 => Cell { bold: true, value: CellValue::Text("Total".into()), ..Cell::default() },
                false => Cell::default(),
            });
        }
        Ok(cells)
    }

    fn column_sum(&self, sheet: usize, column: u32) -> Outcome<Cell> {
        let values = self.data(sheet, column)?;
        let facts = values.iter().flat_map(|(_, facts)| facts.iter().copied()).collect();
        let values = values.into_iter().map(|(value, _)| value);
        let value = formula::aggregated(self, "sum", values, self.grids[sheet].declaration.head)?;
        let text = format!("SUM({})", self.data_range(sheet, column, sheet));
        Ok(formula_cell(Formula { text, value, facts, tight: true }))
    }

    /// The numbers and errors of a column's data rows with their facts; other cells are left out, as SUM does.
    pub(super) fn data(&self, sheet: usize, column: u32) -> Outcome<Vec<(Result<Number, FormulaError>, Facts)>> {
        let mut values = Vec::new();
        for row in 1..=self.grids[sheet].rows.len() as u32 {
            let cell = self.cell(sheet, row, column)?;
            match cell.value {
                CellValue::Number(number) => values.push((Ok(number), cell.facts.unwrap_or_default())),
                CellValue::Error(error) => values.push((Err(error), cell.facts.unwrap_or_default())),
                _ => {}
            }
        }
        Ok(values)
    }

    /// The data rows of a column as a formula writes them, with the sheet's name where it is another sheet.
    pub(super) fn data_range(&self, sheet: usize, column: u32, from: usize) -> String {
        let last = self.last_row(sheet) + 1;
        let letters = formula::letters(column);
        let cells = format!("{letters}2:{letters}{last}");
        if sheet == from { cells } else { format!("{}!{cells}", formula::quoted(&self.grids[sheet].name)) }
    }

    /// The declaration of a sheet, and the scope in which its maps are read.
    pub(super) fn declared(&self, sheet: usize) -> (&'w Declaration, &'w Scope<'w>) {
        (self.grids[sheet].declaration, self.scope)
    }

    /// The last data row of a sheet, of which the first is 1.
    pub(super) fn last_row(&self, sheet: usize) -> u32 {
        self.grids[sheet].rows.len().max(1) as u32
    }

    /// The sheet of that name.
    pub(super) fn sheet_named(&self, name: &str) -> Option<usize> {
        self.grids.iter().position(|grid| grid.name == name)
    }

    /// The column below that header.
    pub(super) fn column_named(&self, sheet: usize, header: &str) -> Option<u32> {
        self.grids[sheet].columns.iter().position(|column| *column.header == *header).map(|column| column as u32)
    }

    /// The headers of a sheet, for messages.
    pub(super) fn headers(&self, sheet: usize) -> String {
        self.grids[sheet].columns.iter().map(|column| &*column.header).collect::<Vec<_>>().join(", ")
    }

    /// The scope in which the sheets stand.
    pub(super) fn number(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<(Number, Facts)> {
        match self.eval.traced(expr, scope)? {
            (Value::Number(number), facts) => Ok((number, facts)),
            (Value::None, facts) => Ok((Number::ZERO, facts)),
            (other, _) => Err(self.eval.type_fault(expr.span, "a number in a formula", &other)),
        }
    }
}

fn formula_cell(formula: Formula) -> Cell {
    let facts: Option<Facts> = (!formula.facts.is_empty()).then(|| crate::eval::facts_of(formula.facts));
    let value = formula.value.map_or_else(CellValue::Error, CellValue::Number);
    Cell { value, formula: Some(formula.text), facts, ..Cell::default() }
}

fn heading(name: &Arc<str>) -> Cell {
    Cell { value: CellValue::Text(name.clone()), bold: true, ..Cell::default() }
}

fn place_cell(rows: &mut Vec<Vec<Cell>>, row: u32, column: u32, cell: Cell) {
    let (row, column) = (row as usize, column as usize);
    if rows.len() <= row {
        rows.resize_with(row + 1, Vec::new);
    }
    if rows[row].len() <= column {
        rows[row].resize_with(column + 1, Cell::default);
    }
    rows[row][column] = cell;
}

/// A chart on a sheet of its own.
fn chart_sheet(eval: &Evaluator<'_>, declaration: &Declaration, scope: &Scope<'_>) -> Outcome<Sheet> {
    let name = sheet_name(eval, declaration, scope)?;
    let chart = chart::chart(eval, declaration, &name, scope)?;
    Ok(Sheet::of_chart(&name, chart))
}
