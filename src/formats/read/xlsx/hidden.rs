//! Why a person does not see what is in a cell.

use super::number_format::{Printed, treatment};
use super::styles::Format;
use super::sweep::Sweep;
use super::workbook::{Cell, Condition, Rule, Sheet, State, Strip, Value, Workbook};
use crate::document::look::Colour;
use crate::formats::read::calc::{Area, At, Figure};
use crate::formats::read::colour::{BLACK, WHITE, alike};
use crate::formats::read::extract::Hidden;

/// Letters below four points, in hundredths.
const TINY: i64 = 400;

/// Looks at the cells of one sheet, row after row.
pub(super) struct Sight<'a> {
    workbook: &'a Workbook,
    sheet: &'a Sheet,
    merged: Sweep<'a, ()>,
    rules: Sweep<'a, &'a Rule>,
    covers: Sweep<'a, ()>,
}

/// Why nothing on a sheet is seen.
pub(super) fn of_sheet(state: State) -> Option<Hidden> {
    match state {
        State::Shown => None,
        State::Hidden => Some(Hidden::Sheet),
        State::Unlisted => Some(Hidden::UnlistedSheet),
    }
}

impl<'a> Sight<'a> {
    /// `covers` are the areas that pictures and filled shapes lie over.
    pub(super) fn new(workbook: &'a Workbook, sheet: &'a Sheet, covers: &'a [Area]) -> Sight<'a> {
        let rules = sheet.rules.iter().flat_map(|rule| rule.areas.iter().map(move |area| (area, rule)));
        Sight {
            workbook,
            sheet,
            merged: Sweep::new(sheet.merged.iter().map(|area| (area, ()))),
            rules: Sweep::new(rules),
            covers: Sweep::new(covers.iter().map(|area| (area, ()))),
        }
    }

    /// Why the cell is not seen; rows must ascend.
    pub(super) fn reason(&mut self, at: At, cell: &Cell, value: &Value) -> Option<Hidden> {
        of_sheet(self.sheet.state).or_else(|| self.by_place(at)).or_else(|| self.by_look(at, cell, value))
    }

    fn by_place(&mut self, at: At) -> Option<Hidden> {
        let row = self.sheet.rows.get(&at.row).copied();
        let usual = Strip { hidden: self.sheet.rows_hidden, ..Strip::default() };
        let columns = self.sheet.columns.iter().filter(|(first, last, _)| (*first..=*last).contains(&at.column));
        let column = columns.map(|(_, _, strip)| *strip).next().unwrap_or_default();
        let under = self.merged.at(at).any(|(area, ())| (area.rows.0, area.columns.0) != (at.row, at.column));
        let covered = self.covers.at(at).next().is_some();
        by_strip(row.unwrap_or(usual), Hidden::Row)
            .or_else(|| by_strip(column, Hidden::Column))
            .or((under || covered).then_some(Hidden::Covered))
    }

    fn by_look(&mut self, at: At, cell: &Cell, value: &Value) -> Option<Hidden> {
        let format = self.workbook.styles.format(cell.style).clone();
        let (format, replaced) = self.ruled(at, format, value);
        let printed = printed(value);
        let treated = treatment(&format.code, printed);
        let zero = printed == Printed::Zero && self.sheet.zeros_hidden;
        if treated.hides || replaced || zero {
            return Some(Hidden::NumberFormat);
        }
        of_letters(treated.colour.or(format.text), format.fill, format.size)
    }

    /// The look of a cell under the rules that hold for it, and whether one puts something in place of its value.
    fn ruled(&mut self, at: At, mut format: Format, value: &Value) -> (Format, bool) {
        let mut replaced = false;
        for (_, rule) in self.rules.at(at).filter(|(_, rule)| holds(&rule.condition, value)) {
            replaced |= rule.condition == Condition::Replaces;
            let Some(look) = rule.look.and_then(|look| self.workbook.styles.differences.get(look)) else { continue };
            format.code = look.code.clone().unwrap_or(format.code);
            format.text = look.text.or(format.text);
            format.fill = look.fill.or(format.fill);
        }
        (format, replaced)
    }
}

fn by_strip(strip: Strip, reason: Hidden) -> Option<Hidden> {
    match strip {
        Strip { hidden: true, grouped: true, .. } => Some(Hidden::Collapsed),
        Strip { hidden: true, .. } => Some(reason),
        Strip { without_size: true, .. } => Some(Hidden::NoSize),
        Strip { .. } => None,
    }
}

fn printed(value: &Value) -> Printed {
    match value {
        Value::Number(figure) if *figure == Figure::ZERO => Printed::Zero,
        Value::Number(figure) if figure.is_negative() => Printed::Negative,
        Value::Number(_) => Printed::Positive,
        // Errors and truth values are printed whatever the format says, texts by its last section.
        Value::Empty | Value::Text(_) | Value::Bool(_) | Value::Error(_) => Printed::Text,
    }
}

fn holds(condition: &Condition, value: &Value) -> bool {
    let (Condition::Compare { operator, with }, Value::Number(figure)) = (condition, value) else {
        return matches!(condition, Condition::Always | Condition::Replaces);
    };
    let first = figure.cmp(&with[0]);
    let second = with.get(1).map(|other| figure.cmp(other));
    match operator.as_str() {
        "lessThan" => first.is_lt(),
        "lessThanOrEqual" => first.is_le(),
        "equal" => first.is_eq(),
        "notEqual" => first.is_ne(),
        "greaterThanOrEqual" => first.is_ge(),
        "greaterThan" => first.is_gt(),
        "between" => first.is_ge() && second.is_some_and(|second| second.is_le()),
        "notBetween" => first.is_lt() || second.is_some_and(|second| second.is_gt()),
        _ => false,
    }
}

/// Whether a text in one colour on another, or of that height in hundredths of a point, is seen on a sheet.
pub(super) fn of_letters(text: Option<Colour>, fill: Option<Colour>, size: i64) -> Option<Hidden> {
    if size < TINY {
        return Some(Hidden::Tiny);
    }
    alike(text.unwrap_or(BLACK), fill.unwrap_or(WHITE)).then_some(Hidden::SameColour)
}
