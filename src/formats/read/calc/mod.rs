//! What the formulas of a workbook come to: which cells they read, and their values calculated anew.

mod engine;
mod figure;
mod graph;
mod reference;
mod resolve;
#[cfg(test)]
mod tests;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::workbook::{Value, Workbook};
use crate::value::Moment;
use engine::Engine;
pub(super) use engine::shown;
pub(crate) use figure::Figure;
use graph::Graph;
pub(crate) use reference::{Area, At};
pub(super) use reference::{COLUMNS, ROWS};
pub(in crate::formats) use token::moved;

/// The area that `A1:B2`, `A1` or `C:C` means on a sheet.
pub(super) fn area(text: &str, sheet: usize) -> Option<Area> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    let (from, to) = (reference::Corner::parse(from)?, reference::Corner::parse(to)?);
    Some(reference::Range::new(from, Some(to))?.area(sheet))
}

/// Why a formula is not calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Uncalculated {
    /// It is too long or too deep, or does not close what it opens.
    Unreadable,
    /// A function that the engine does not have, or that has no bounds.
    Function(String),
    Chance,
    Clock,
    /// It calculates with dates in a workbook that counts days from 1904.
    Epoch,
    /// It reads another file.
    Outside,
    Circular,
    /// It, or all formulas together, would read or combine more cells than this.
    TooMuch(u64),
    /// Its text could become longer than a cell holds.
    TooLong,
    /// It reads a formula that is not calculated.
    RestsOn(At),
}

impl fmt::Display for Uncalculated {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Uncalculated::Unreadable => out.write_str("it is no formula that can be read"),
            Uncalculated::Function(name) => write!(out, "{name} is not covered"),
            Uncalculated::Chance => out.write_str("it depends on chance"),
            Uncalculated::Clock => out.write_str("it depends on the clock"),
            Uncalculated::Epoch => out.write_str("its days count from 1904, which is not covered"),
            Uncalculated::Outside => out.write_str("it reads another file"),
            Uncalculated::Circular => out.write_str("it depends on itself"),
            Uncalculated::TooMuch(limit) => write!(out, "it reads more than {limit} cells"),
            Uncalculated::TooLong => out.write_str("its text would be too long"),
            Uncalculated::RestsOn(at) => {
                let column = crate::document::place::column_letters(at.column);
                write!(out, "it rests on {column}{} of sheet {}, which is not calculated", at.row + 1, at.sheet + 1)
            }
        }
    }
}

/// What the formulas of a workbook come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Calculation {
    results: BTreeMap<At, Result<Value, Uncalculated>>,
}

impl Calculation {
    /// The result of the formula in a cell; none if there is none.
    pub(crate) fn result(&self, at: At) -> Option<&Result<Value, Uncalculated>> {
        self.results.get(&at)
    }
}

/// All cells that a formula rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Precedents {
    areas: BTreeSet<Area>,
    /// It may rest on others too, which `INDIRECT` or `OFFSET` finds while it is calculated.
    pub(crate) more: bool,
}

impl Precedents {
    /// Whether a cell is among them.
    pub(crate) fn contains(&self, at: At) -> bool {
        self.areas.iter().any(|area| area.contains(at))
    }

    /// Whether there are none: the formula calculates with its own numbers only.
    pub(crate) fn is_empty(&self) -> bool {
        self.areas.is_empty() && !self.more
    }
}

impl Workbook {
    /// What its formulas come to; `now` is the time of the story for those that ask for it.
    pub(crate) fn calculated(&self, now: Option<Moment>) -> Calculation {
        self.recalculated(&BTreeMap::new(), now)
    }

    /// What its formulas would come to if other values stood in some cells. A formula among these gives way.
    pub(crate) fn recalculated(&self, changes: &BTreeMap<At, Value>, now: Option<Moment>) -> Calculation {
        let graph = Graph::new(self, now.is_some());
        let ordered = match graph.ordered() {
            Ok(ordered) => ordered,
            Err(reason) => return self.refused(&reason),
        };
        let Some(mut engine) = Engine::new(self.sheets.len(), now) else {
            return self.refused(&Uncalculated::Unreadable);
        };
        let mut results = BTreeMap::new();
        self.put_constants(&mut engine, changes);
        for (at, reason) in ordered {
            let formula = graph.formula(at).filter(|_| reason.is_none() && !changes.contains_key(&at));
            let cell = self.cell(at).filter(|_| !changes.contains_key(&at));
            match (formula, cell) {
                (Some(formula), Some(cell)) => {
                    let taken = engine.formula(at, &formula.text, cell.fills);
                    let filled = filled(at, cell.fills).into_iter();
                    results.extend(filled.map(|at| (at, taken.map(|()| Value::Empty).ok_or(Uncalculated::Unreadable))));
                }
                (None, Some(cell)) => {
                    engine.put(at, &cell.value);
                    results.insert(at, Err(reason.unwrap_or(Uncalculated::Unreadable)));
                }
                (_, None) => {}
            }
        }
        let wanted = results.iter().filter(|(_, result)| result.is_ok()).map(|(at, _)| *at);
        let values = engine.results(wanted.collect::<Vec<_>>().into_iter());
        results.extend(values.into_iter().map(|(at, value)| (at, Ok(value))));
        Calculation { results }
    }

    /// Everything that is no formula, and what is put in the place of formulas. What a formula for an area fills is left out.
    fn put_constants(&self, engine: &mut Engine, changes: &BTreeMap<At, Value>) {
        for (sheet, holds) in self.sheets.iter().enumerate() {
            for ((row, column), cell) in holds.cells.iter().filter(|(_, cell)| cell.formula.is_none()) {
                let at = At { sheet, row: *row, column: *column };
                engine.put(at, changes.get(&at).unwrap_or(&cell.value));
            }
        }
        for (at, value) in changes {
            engine.put(*at, value);
        }
    }

    fn refused(&self, reason: &Uncalculated) -> Calculation {
        let formulas = self.sheets.iter().enumerate().flat_map(|(sheet, holds)| {
            let cells = holds.cells.iter().filter(|(_, cell)| cell.formula.is_some());
            cells.map(move |((row, column), _)| At { sheet, row: *row, column: *column })
        });
        Calculation { results: formulas.map(|at| (at, Err(reason.clone()))).collect() }
    }

    /// Whether the value that the file has for the formula of a cell is the one it comes to; none if one of the two is
    /// missing.
    pub(crate) fn agrees(&self, at: At, calculation: &Calculation) -> Option<bool> {
        let cached = self.cell(at).map(|cell| &cell.value).filter(|value| **value != Value::Empty)?;
        let calculated = calculation.result(at)?.as_ref().ok()?;
        Some(match (cached, calculated) {
            (Value::Number(cached), Value::Number(calculated)) => {
                let vanish = |scale: Figure| cached.vanishes_beside(scale) && calculated.vanishes_beside(scale);
                cached.agrees(*calculated) || self.largest_read(at).is_some_and(vanish)
            }
            (cached, calculated) => cached == calculated,
        })
    }

    /// The largest number in the cells that stand in a formula: what differences of nearly equal sums are measured by.
    fn largest_read(&self, at: At) -> Option<Figure> {
        let formula = self.cell(at)?.formula.as_ref()?;
        let areas = resolve::resolve(self, &[], at, formula, true).areas;
        let values =
            areas.iter().filter_map(|area| Some((area, self.sheets.get(area.sheet)?))).flat_map(|(area, sheet)| {
                let cells = sheet.cells.range((area.rows.0, 0)..=(area.rows.1, u32::MAX));
                cells
                    .filter(|((_, column), _)| (area.columns.0..=area.columns.1).contains(column))
                    .map(|(_, cell)| &cell.value)
            });
        let sizes = values.filter_map(|value| match value {
            Value::Number(figure) => Some(figure.size()),
            _ => None,
        });
        sizes.max()
    }

    /// The numbers among cells that a formula rests on which no formula makes.
    pub(crate) fn inputs(&self, precedents: &Precedents) -> Vec<At> {
        let mut inputs = Vec::new();
        for (sheet, holds) in self.sheets.iter().enumerate() {
            for ((row, column), cell) in &holds.cells {
                let at = At { sheet, row: *row, column: *column };
                let is_number = cell.formula.is_none() && matches!(cell.value, Value::Number(_));
                inputs.extend((is_number && precedents.contains(at)).then_some(at));
            }
        }
        inputs
    }

    /// All cells that the formula of a cell rests on, through however many formulas.
    pub(crate) fn precedents(&self, at: At) -> Precedents {
        let (areas, more) = Graph::new(self, true).precedents(at);
        Precedents { areas, more }
    }
}

/// The cells that a formula fills.
fn filled(at: At, fills: Option<(u32, u32)>) -> Vec<At> {
    let (rows, columns) = fills.unwrap_or((1, 1));
    let rows = at.row..at.row.saturating_add(rows);
    rows.flat_map(|row| (at.column..at.column.saturating_add(columns)).map(move |column| At { row, column, ..at }))
        .collect()
}
