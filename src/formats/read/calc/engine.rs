//! The one place that calculates: IronCalc, which works in binary floating point as every spreadsheet does.
//!
//! Nothing leaves this file but decimal figures and texts, and results are compared in twelve digits: the last of the
//! fifteen that a double holds may differ between machines where a function is not exact.

use std::collections::BTreeMap;

use ironcalc_base::Model;
use ironcalc_base::cell::CellValue;
use ironcalc_base::language::get_default_language;

use super::figure::Figure;
use super::reference::At;
use crate::formats::read::workbook::Value;
use crate::value::Moment;

/// Whether the engine has a function of that name.
pub(super) fn covers(name: &str) -> bool {
    get_default_language().functions.lookup(name).is_some()
}

/// A workbook in the engine: sheets called `S0`, `S1` and so on, rows and columns counted from 1.
pub(super) struct Engine {
    model: Model<'static>,
}

/// The errors that a cell can hold.
const ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#CALC!"];

impl Engine {
    /// An engine with empty sheets, in which it is `now`; nobody may ask for the time where none is given.
    pub(super) fn new(sheets: usize, now: Option<Moment>) -> Option<Engine> {
        ironcalc_base::mock_time::set_mock_time(now.map_or(0, |moment| moment.0.saturating_mul(1000)));
        let mut model = Model::new_empty("workbook", "en", "UTC", "en").ok()?;
        model.rename_sheet_by_index(0, "S0").ok()?;
        for sheet in 1..sheets {
            model.add_sheet(&format!("S{sheet}")).ok()?;
        }
        Some(Engine { model })
    }

    /// Puts a constant into a cell.
    pub(super) fn put(&mut self, at: At, value: &Value) -> Option<()> {
        let (sheet, row, column) = place(at)?;
        let done = match value {
            Value::Empty => Ok(()),
            Value::Number(figure) => self.model.update_cell_with_number(sheet, row, column, float(*figure)),
            Value::Bool(yes) => self.model.update_cell_with_bool(sheet, row, column, *yes),
            Value::Error(text) if ERRORS.contains(&&**text) => {
                self.model.update_cell_with_formula(sheet, row, column, format!("={text}"))
            }
            Value::Text(text) | Value::Error(text) => self.model.update_cell_with_text(sheet, row, column, text),
        };
        done.ok()
    }

    /// Puts a formula into a cell, or into the area of rows and columns that it fills.
    pub(super) fn formula(&mut self, at: At, formula: &str, fills: Option<(u32, u32)>) -> Option<()> {
        let (sheet, row, column) = place(at)?;
        let formula = format!("={formula}");
        let done = match fills {
            Some((rows, columns)) => {
                let (width, height) = (i32::try_from(columns).ok()?, i32::try_from(rows).ok()?);
                self.model.set_user_array_formula(sheet, row, column, width, height, &formula)
            }
            None => self.model.update_cell_with_formula(sheet, row, column, formula),
        };
        done.ok()
    }

    /// Calculates everything and says what the wanted cells come to.
    pub(super) fn results(&mut self, wanted: impl Iterator<Item = At>) -> BTreeMap<At, Value> {
        self.model.evaluate();
        wanted.filter_map(|at| Some((at, self.value(at)?))).collect()
    }

    fn value(&self, at: At) -> Option<Value> {
        let (sheet, row, column) = place(at)?;
        Some(match self.model.get_cell_value_by_index(sheet, row, column).ok()? {
            CellValue::None => Value::Empty,
            CellValue::Boolean(yes) => Value::Bool(yes),
            CellValue::Number(number) => Figure::parse(&format!("{number:e}")).map(Value::Number)?,
            CellValue::String(text) if ERRORS.contains(&text.as_str()) => Value::Error(text.into()),
            CellValue::String(text) => Value::Text(text.into()),
        })
    }
}

/// A number as its cell shows it in English: `1,234.50`, `12%`; none if the engine does not know the format.
pub(in crate::formats::read) fn shown(figure: Figure, code: &str) -> Option<String> {
    let formatted = ironcalc_base::number_format::format_number(float(figure), code, "en");
    formatted.error.is_none().then_some(formatted.text)
}

fn float(figure: Figure) -> f64 {
    // A figure prints as a decimal with a power, which every double parser reads; beyond its range stands the largest.
    figure.exact().parse::<f64>().unwrap_or(0.0).clamp(f64::MIN, f64::MAX)
}

fn place(at: At) -> Option<(u32, i32, i32)> {
    let line = |line: u32| i32::try_from(line).ok()?.checked_add(1);
    Some((u32::try_from(at.sheet).ok()?, line(at.row)?, line(at.column)?))
}
