//! What belongs to the cells of a sheet: number formats, notes, what makes cells stand out, names, and cells that were
//! broken. Each is a map from a header or the address of a cell [X4].

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::places::union;
use crate::document::{Area, Cell, CellValue, FormulaError, Highlight, Note, Rule, Sheet};
use crate::eval::{Fault, Outcome};
use crate::formats::cell_name_fault;
use crate::plan::formula;
use crate::plan::workbook::{Layout, entries};
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};
use crate::value::locale::Currency;
use crate::value::{Value, number_format};

/// What a key of these maps means.
#[derive(Clone, Copy)]
enum Spot {
    Column(u32),
    Cell(u32, u32),
}

impl Spot {
    /// The data rows of a column, or one cell.
    fn area(self, last: u32) -> Area {
        match self {
            Spot::Column(column) => Area { first: (1, column), last: (last, column) },
            Spot::Cell(row, column) => Area { first: (row, column), last: (row, column) },
        }
    }
}

impl<'w> Layout<'w> {
    /// The sheet with everything its declaration says beside its cells.
    pub(super) fn with_margins(&self, sheet: usize, mut made: Sheet) -> Outcome<Sheet> {
        let (declaration, scope) = self.declared(sheet);
        self.show_formats(sheet, &mut made)?;
        made.notes = self.notes(sheet)?;
        made.highlights = self.highlights(sheet)?;
        made.names = self.cell_names(sheet)?;
        if let Some(field) = declaration.field("hidden") {
            made.hidden = self.eval.value(&field.value, scope)? == Value::Bool(true);
        }
        Ok(made)
    }

    /// Where the entries of a map stand, each with its value.
    fn spots(&self, sheet: usize, name: &str) -> Outcome<Vec<(Spot, &'w Expr)>> {
        let (declaration, scope) = self.declared(sheet);
        let found = entries(declaration, name).iter().map(|(key, value)| {
            let text = self.eval.printed(key, scope)?.text;
            Ok((self.spot(sheet, &text, key)?, value))
        });
        found.collect()
    }

    fn spot(&self, sheet: usize, text: &str, key: &Expr) -> Outcome<Spot> {
        if let Some(column) = self.column_named(sheet, text) {
            return Ok(Spot::Column(column));
        }
        let unknown = || {
            let message = format!("the sheet has no column `{text}`, and no cell is called so");
            Diagnostic::error("E0218", key.span, message)
                .note(format!("its columns: {}", self.headers(sheet)))
                .help("name a header of this sheet, or a cell as in \"B6\"")
                .into()
        };
        formula::place(text).map(|(row, column)| Spot::Cell(row, column)).ok_or_else(unknown)
    }

    fn show_formats(&self, sheet: usize, made: &mut Sheet) -> Outcome<()> {
        let (_, scope) = self.declared(sheet);
        for (spot, value) in self.spots(sheet, "formats")? {
            let code: Arc<str> = self.format_code(&self.eval.text(value, scope)?, value.span)?.into();
            let (first, column) = match spot {
                Spot::Column(column) => (1, column),
                Spot::Cell(row, column) => (row, column),
            };
            let last = if matches!(spot, Spot::Column(_)) { made.rows.len() } else { first as usize + 1 };
            let rows = made.rows.iter_mut().take(last).skip(first as usize);
            rows.filter_map(|row| row.get_mut(column as usize)).for_each(|cell| cell.format = Some(Arc::clone(&code)));
        }
        Ok(())
    }

    fn format_code(&self, text: &str, span: Span) -> Outcome<String> {
        let setting = self.eval.setting()?;
        let home = Currency::named(&setting.currency);
        home.and_then(|home| number_format::code(text, home, setting.locale)).ok_or_else(|| {
            let message = format!("no number is shown as `{text}`");
            Diagnostic::error("E0121", span, message).help(number_format::KNOWN).into()
        })
    }

    /// A remark on a column stands at its header.
    fn notes(&self, sheet: usize) -> Outcome<Vec<Note>> {
        let (_, scope) = self.declared(sheet);
        let note = |(spot, value): (Spot, &Expr)| {
            let printed = self.eval.printed(value, scope)?;
            let (row, column) = match spot {
                Spot::Column(column) => (0, column),
                Spot::Cell(row, column) => (row, column),
            };
            let facts = union(printed.spans.iter().map(|(_, _, facts)| facts));
            Ok(Note { row, column, text: printed.text, facts: (!facts.is_empty()).then_some(facts) })
        };
        let mut notes = self.spots(sheet, "notes")?.into_iter().map(note).collect::<Outcome<Vec<Note>>>()?;
        notes.retain(|note| !note.text.is_empty());
        notes.sort_by_key(|note| (note.row, note.column));
        Ok(notes)
    }

    fn highlights(&self, sheet: usize) -> Outcome<Vec<Highlight>> {
        let (_, scope) = self.declared(sheet);
        let highlight = |(spot, value): (Spot, &Expr)| {
            let area = spot.area(self.last_row(sheet));
            let rule = match typed(value) {
                Some("bars") => Rule::Bars,
                Some("scale") => Rule::Scale,
                _ => Rule::Where(formula::comparison(self, value, scope, sheet, area.first.0)?.text),
            };
            Ok(Highlight { area, rule })
        };
        self.spots(sheet, "highlight")?.into_iter().map(highlight).collect()
    }

    fn cell_names(&self, sheet: usize) -> Outcome<Vec<(String, Area)>> {
        let (declaration, scope) = self.declared(sheet);
        let named = entries(declaration, "names").iter().map(|(name, of)| {
            let text = self.eval.printed(name, scope)?.text;
            if let Some(why) = cell_name_fault(&text) {
                return Err(Fault::wrong("E0222", name.span, why));
            }
            let spot = self.spot(sheet, &self.eval.text(of, scope)?, of)?;
            Ok((text, spot.area(self.last_row(sheet))))
        });
        named.collect()
    }

    /// The cells that `errors` breaks.
    pub(super) fn broken(&self, sheet: usize) -> Outcome<BTreeMap<(u32, u32), FormulaError>> {
        let (_, scope) = self.declared(sheet);
        let mut broken = BTreeMap::new();
        for (spot, value) in self.spots(sheet, "errors")? {
            let shown = match self.eval.value(value, scope)? {
                Value::None => continue,
                other => self.eval.plain_text(&other)?.into_owned(),
            };
            let error = FormulaError::named(&shown).ok_or_else(|| unknown_error(&shown, value))?;
            let Area { first, last } = spot.area(self.last_row(sheet));
            broken.extend((first.0..=last.0).map(|row| ((row, first.1), error)));
        }
        Ok(broken)
    }
}

/// A text as it is written.
fn typed(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Text(text) => Some(&text.value),
        _ => None,
    }
}

fn unknown_error(shown: &str, value: &Expr) -> Fault {
    let all = FormulaError::ALL.map(FormulaError::shown).join(", ");
    Diagnostic::error("E0121", value.span, format!("no formula shows `{shown}` when it fails"))
        .help(format!("it shows one of {all}"))
        .into()
}

/// A cell whose formula lost what it stood on.
pub(super) fn break_cell(cell: Cell, error: FormulaError) -> Cell {
    let part = match error {
        FormulaError::Reference => "+#REF!",
        FormulaError::Division => "/0",
        FormulaError::NotAvailable => "+NA()",
        FormulaError::Name => "*FX_RATE",
        FormulaError::Value => "+\"n/a\"",
    };
    let rest = match (&cell.formula, &cell.value) {
        (Some(formula), _) => format!("({formula})"),
        (None, CellValue::Number(number)) => number.canonical(),
        _ => "1".to_owned(),
    };
    Cell { value: CellValue::Error(error), formula: Some(format!("{rest}{part}")), ..cell }
}

/// A workbook that opens on no sheet cannot be opened.
pub(super) fn refuse_unseen(sheets: &[Sheet], template: &Declaration) -> Outcome<()> {
    match sheets.iter().all(|sheet| sheet.hidden) && !sheets.is_empty() {
        true => Err(Diagnostic::error("E0228", template.head, "every sheet of this workbook is hidden")
            .help("leave one of them to be seen")
            .into()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Number;

    #[test]
    fn a_broken_cell_keeps_what_it_was_calculated_from() {
        let sum = Cell { formula: Some("SUM(B2:B4)".to_owned()), ..Cell::default() };
        let broken = break_cell(sum, FormulaError::Reference);
        assert_eq!(
            (broken.formula.as_deref(), broken.value),
            (Some("(SUM(B2:B4))+#REF!"), CellValue::Error(FormulaError::Reference))
        );
        let typed = Cell { value: CellValue::Number(Number::from(7)), ..Cell::default() };
        assert_eq!(break_cell(typed, FormulaError::Division).formula.as_deref(), Some("7/0"));
    }
}
