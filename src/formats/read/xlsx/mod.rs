//! Workbooks: every cell with its value, formula and format, sheet by sheet in the order of the tabs.

mod drawing;
mod hidden;
mod load;
mod margins;
mod notes;
mod number_format;
mod sheet;
mod strings;
mod styles;
mod sweep;
pub(super) mod workbook;

use std::sync::Arc;

use super::calc::{Area, At, Calculation, Uncalculated, shown};
use super::extract::{Caption, Cell, Extract, Formula, Line, Role, Run, Section};
use super::package::Package;
use super::properties::properties;
use super::{Unreadable, scale};
use crate::document::Place;
use hidden::{Sight, of_sheet};
use number_format::{Kind, kind, power};
use sweep::Sweep;
use workbook::{Sheet, Value, Workbook};

/// All cells with something in them, then what stands beside them, then the properties.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let package = Package::open(bytes)?;
    let workbook = load::load(&package)?;
    let calculation = workbook.calculated(None);
    let people = notes::people(&package, &workbook.part)?;
    let mut extract = Extract::default();
    let mut beside = Vec::new();
    for (position, sheet) in workbook.sheets.iter().enumerate() {
        let floating = drawing::read(&package, sheet, position, &workbook.theme)?;
        let start = extract.lines.len();
        let reader = Lines { workbook: &workbook, calculation: &calculation, position, sheet };
        reader.cells(&floating.covers, &mut extract.lines);
        let mut section = Section::new(&*sheet.name, of_sheet(sheet.state));
        section.captions = captions(&extract.lines[start..]);
        extract.sections.push(section);
        extract.lines.extend(on_sheet(sheet, floating.lines));
        extract.charts.extend(floating.charts);
        beside.extend(on_sheet(sheet, notes::read(&package, sheet, &people)?));
        beside.extend(margins::lines(sheet, position as u32 + 1));
    }
    extract.lines.append(&mut beside);
    extract.lines.extend(properties(&package)?);
    Ok(extract)
}

/// Nothing on a hidden sheet is seen.
fn on_sheet(sheet: &Sheet, mut lines: Vec<Line>) -> Vec<Line> {
    if let Some(reason) = of_sheet(sheet.state) {
        lines.iter_mut().flat_map(|line| &mut line.runs).for_each(|run| run.hidden = Some(reason));
    }
    lines
}

/// What texts of a sheet say about the scale of its numbers.
fn captions(lines: &[Line]) -> Vec<Caption> {
    let caption = |line: &Line| {
        let text = line.seen();
        let power = scale::power(&text)?;
        Some(Caption { place: line.place.clone(), text: text.into_owned(), power })
    };
    lines
        .iter()
        .filter(|line| line.cell.as_ref().is_some_and(|cell| matches!(cell.value, Value::Text(_))))
        .filter_map(caption)
        .collect()
}

/// The lines of one sheet.
struct Lines<'a> {
    workbook: &'a Workbook,
    calculation: &'a Calculation,
    position: usize,
    sheet: &'a Sheet,
}

impl Lines<'_> {
    fn cells(&self, covers: &[Area], lines: &mut Vec<Line>) {
        let mut sight = Sight::new(self.workbook, self.sheet, covers);
        let mut links = Sweep::new(self.sheet.links.iter().map(|(area, target)| (area, target.as_str())));
        for ((row, column), cell) in &self.sheet.cells {
            let at = At { sheet: self.position, row: *row, column: *column };
            let formula = cell.formula.as_ref().map(|text| self.formula(at, text, cell));
            let value = self.calculation.result(at).and_then(|result| result.as_ref().ok()).unwrap_or(&cell.value);
            let code = self.workbook.number_format(cell);
            let run = Run {
                text: self.workbook.text(value, &code),
                hidden: sight.reason(at, cell, value),
                link: links.at(at).next().map(|(_, target)| target.into()),
                ..Run::default()
            };
            // What prints a number counts days from the end of 1899.
            let counted_otherwise = self.workbook.from_1904 && kind(&code) != Kind::Number;
            let shown = match value {
                Value::Number(figure) if !counted_otherwise => shown(*figure, &code),
                _ => None,
            };
            lines.push(Line {
                place: Place::Cell { sheet: Arc::clone(&self.sheet.name), row: *row, column: *column },
                role: Role::Cell,
                runs: vec![run],
                page: 0,
                cell: Some(Box::new(Cell { value: value.clone(), formula, power: power(&code), format: code, shown })),
            });
        }
    }

    fn formula(&self, at: At, text: &Arc<str>, cell: &workbook::Cell) -> Formula {
        let code = self.workbook.number_format(cell);
        let spelled = |value: &Value| self.workbook.text(value, &code);
        let calculated = match self.calculation.result(at) {
            Some(Ok(value)) => Ok(spelled(value)),
            Some(Err(reason)) => Err(reason.to_string()),
            None => Err(Uncalculated::Unreadable.to_string()),
        };
        Formula {
            text: text.to_string(),
            cached: Some(&cell.value).filter(|value| **value != Value::Empty).map(spelled),
            calculated,
            agrees: self.workbook.agrees(at, self.calculation),
        }
    }
}
