//! One sheet, read as it streams by: cells, rows, columns, merged areas, rules, links.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::workbook::{Cell, Condition, Rule, Sheet, Strip, Value};
use crate::document::place::parse_cell;
use crate::formats::read::calc::{Area, Figure, area, moved};
use crate::formats::read::colour::thousandths;
use crate::formats::read::xml::{Step, attribute, walk};
use crate::formats::read::{LARGEST_TEXT, MOST_CELLS, Unreadable};

/// Merged areas and rules of one sheet; thousands would only be made to cost time.
const MOST_AREAS: usize = 10_000;

/// Cells that one formula may fill.
const MOST_FILLED: u64 = 10_000;

/// What all sheets share, and what is left of the limits.
pub(super) struct Shared {
    pub(super) strings: Vec<Arc<str>>,
    pub(super) cells_left: usize,
    pub(super) text_left: usize,
}

/// Reads the cells of a sheet into it.
pub(super) fn fill(sheet: &mut Sheet, position: usize, text: &str, shared: &mut Shared) -> Result<(), Unreadable> {
    let mut filler = Filler {
        sheet,
        position,
        shared,
        cell: None,
        inside: Inside::Nothing,
        next: (0, 0),
        masters: BTreeMap::new(),
        rules: RuleReader::default(),
        margin: None,
    };
    walk(text, |step| filler.step(step))
}

struct Filler<'a> {
    sheet: &'a mut Sheet,
    position: usize,
    shared: &'a mut Shared,
    cell: Option<Open>,
    inside: Inside,
    /// Where a cell stands that does not say so itself.
    next: (u32, u32),
    /// The formulas that other cells share, by number, with the cell they were written for.
    masters: BTreeMap<u32, ((u32, u32), Arc<str>)>,
    rules: RuleReader,
    margin: Option<(bool, String)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Nothing,
    Value,
    Formula,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    style: u32,
    value: String,
    formula: Option<String>,
    shared: Option<u32>,
    fills: Option<(u32, u32)>,
}

impl Filler<'_> {
    fn step(&mut self, step: Step) -> Result<(), Unreadable> {
        match step {
            Step::Open(tag) => self.open(tag),
            Step::Text(text) => {
                self.text(&text);
                Ok(())
            }
            Step::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, tag: &BytesStart) -> Result<(), Unreadable> {
        let name = tag.local_name();
        match name.as_ref() {
            "row" => self.row(tag),
            "c" => self.cell(tag),
            "v" | "t" => self.inside = Inside::Value,
            "f" => self.formula(tag),
            "col" => self.column(tag),
            "sheetFormatPr" => self.sheet.rows_hidden = is_set(attribute(tag, "zeroHeight")),
            "sheetView" => {
                self.sheet.zeros_hidden = attribute(tag, "showZeros").is_some_and(|value| !is_set(Some(value)))
            }
            "mergeCell" => {
                let merged = attribute(tag, "ref").and_then(|text| area(&text, self.position));
                self.sheet.merged.extend(merged);
            }
            "hyperlink" => {
                let area = attribute(tag, "ref").and_then(|text| area(&text, self.position));
                let target = attribute(tag, "id").or_else(|| attribute(tag, "location")).map(Cow::into_owned);
                self.sheet.links.extend(area.zip(target));
            }
            "oddHeader" | "evenHeader" | "firstHeader" => self.margin = Some((true, String::new())),
            "oddFooter" | "evenFooter" | "firstFooter" => self.margin = Some((false, String::new())),
            _ => self.rules.open(tag, self.position),
        }
        match self.sheet.merged.len().max(self.sheet.links.len()).max(self.rules.found.len()) > MOST_AREAS {
            true => Err(Unreadable::because(format!(
                "one of its sheets has more than {MOST_AREAS} merged areas, links or rules"
            ))),
            false => Ok(()),
        }
    }

    fn text(&mut self, text: &str) {
        match (&mut self.cell, self.inside) {
            (Some(cell), Inside::Value) => cell.value.push_str(text),
            (Some(cell), Inside::Formula) => cell.formula.get_or_insert_default().push_str(text),
            _ => match &mut self.margin {
                Some((_, margin)) => margin.push_str(text),
                None => self.rules.text(text),
            },
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "v" | "t" | "f" => self.inside = Inside::Nothing,
            "c" => return self.finish(),
            "conditionalFormatting" | "cfRule" | "formula" => self.rules.close(name),
            "oddHeader" | "evenHeader" | "firstHeader" | "oddFooter" | "evenFooter" | "firstFooter" => {
                self.sheet.margins.extend(self.margin.take());
            }
            "worksheet" => self.sheet.rules = std::mem::take(&mut self.rules.found),
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart) {
        let row = number(attribute(tag, "r")).and_then(|row| row.checked_sub(1)).unwrap_or(self.next.0);
        self.next = (row, 0);
        let height = attribute(tag, "ht").and_then(|height| thousandths(&height));
        let strip = Strip {
            hidden: is_set(attribute(tag, "hidden")),
            grouped: number(attribute(tag, "outlineLevel")).is_some_and(|level| level > 0),
            without_size: height.is_some_and(|height| height < 1000),
        };
        if strip != Strip::default() || self.sheet.rows_hidden {
            self.sheet.rows.insert(row, strip);
        }
    }

    fn column(&mut self, tag: &BytesStart) {
        let width = attribute(tag, "width").and_then(|width| thousandths(&width));
        let strip = Strip {
            hidden: is_set(attribute(tag, "hidden")),
            grouped: number(attribute(tag, "outlineLevel")).is_some_and(|level| level > 0),
            without_size: width.is_some_and(|width| width < 300),
        };
        let ends = number(attribute(tag, "min")).zip(number(attribute(tag, "max")));
        if let Some((first, last)) = ends.filter(|_| strip != Strip::default() && self.sheet.columns.len() < MOST_AREAS)
        {
            self.sheet.columns.push((first.saturating_sub(1), last.saturating_sub(1), strip));
        }
    }

    fn cell(&mut self, tag: &BytesStart) {
        let at = attribute(tag, "r").and_then(|reference| parse_cell(&reference)).unwrap_or(self.next);
        self.next = (at.0, at.1.saturating_add(1));
        let kind = attribute(tag, "t").map_or(String::new(), Cow::into_owned);
        let style = number(attribute(tag, "s")).unwrap_or(0);
        self.cell = Some(Open { at, kind, style, ..Open::default() });
    }

    fn formula(&mut self, tag: &BytesStart) {
        self.inside = Inside::Formula;
        let Some(cell) = &mut self.cell else { return };
        cell.formula = Some(String::new());
        match attribute(tag, "t").as_deref() {
            Some("shared") => cell.shared = number(attribute(tag, "si")),
            Some("array") => {
                let filled = attribute(tag, "ref").and_then(|text| area(&text, self.position)).map(|area| area.size());
                // A formula for more cells than that is taken as one for its first.
                let filled = filled.filter(|(rows, columns)| rows * columns <= MOST_FILLED);
                cell.fills = filled.map(|(rows, columns)| (rows as u32, columns as u32));
            }
            _ => {}
        }
    }

    fn finish(&mut self) -> Result<(), Unreadable> {
        let Some(open) = self.cell.take() else { return Ok(()) };
        let at = open.at;
        let formula = self.own_formula(&open);
        let value = self.value(&open);
        let length = formula.as_ref().map_or(0, |formula| formula.len()) + value_length(&value);
        if value == Value::Empty && formula.is_none() {
            return Ok(());
        }
        // One shared text can stand in a million cells: what counts is what comes out.
        match (self.shared.cells_left.checked_sub(1), self.shared.text_left.checked_sub(length)) {
            (Some(cells), Some(text)) => (self.shared.cells_left, self.shared.text_left) = (cells, text),
            (None, _) => return Err(Unreadable::because(format!("its sheets have more than {MOST_CELLS} cells"))),
            (_, None) => {
                return Err(Unreadable::because(format!("its cells hold more than {} MiB", LARGEST_TEXT >> 20)));
            }
        }
        self.sheet.cells.insert(at, Cell { value, formula, fills: open.fills, style: open.style });
        Ok(())
    }

    /// The formula of a cell; one that is shared is written once, for the first cell that has it.
    fn own_formula(&mut self, open: &Open) -> Option<Arc<str>> {
        let text = open.formula.as_deref()?;
        match (open.shared, text) {
            (Some(number), "") => {
                let (from, master) = self.masters.get(&number)?;
                let by = (i64::from(open.at.0) - i64::from(from.0), i64::from(open.at.1) - i64::from(from.1));
                moved(master, by.0, by.1).map(Into::into)
            }
            (Some(number), text) => {
                let text: Arc<str> = text.into();
                self.masters.insert(number, (open.at, Arc::clone(&text)));
                Some(text)
            }
            // A cell of a data table has a formula without text.
            (None, "") => None,
            (None, text) => Some(text.into()),
        }
    }

    fn value(&self, open: &Open) -> Value {
        let text = open.value.as_str();
        match open.kind.as_str() {
            "s" => {
                let shared = text.trim().parse::<usize>().ok().and_then(|at| self.shared.strings.get(at));
                shared.filter(|text| !text.is_empty()).map_or(Value::Empty, |text| Value::Text(Arc::clone(text)))
            }
            "b" => Value::Bool(text.trim() == "1"),
            "e" => Value::Error(text.into()),
            "str" | "inlineStr" | "d" if text.is_empty() => Value::Empty,
            "str" | "inlineStr" | "d" => Value::Text(super::strings::unescaped(text).into()),
            _ if text.is_empty() => Value::Empty,
            _ => Figure::parse(text.trim()).map_or_else(|| Value::Text(text.into()), Value::Number),
        }
    }
}

fn value_length(value: &Value) -> usize {
    match value {
        Value::Text(text) | Value::Error(text) => text.len(),
        Value::Empty | Value::Number(_) | Value::Bool(_) => 8,
    }
}

fn is_set(value: Option<Cow<'_, str>>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true")
}

fn number(value: Option<Cow<'_, str>>) -> Option<u32> {
    value?.trim().parse().ok()
}

/// Reads conditional formats.
#[derive(Default)]
struct RuleReader {
    areas: Vec<Area>,
    open: Option<OpenRule>,
    in_formula: bool,
    found: Vec<Rule>,
}

#[derive(Default)]
struct OpenRule {
    kind: String,
    operator: String,
    look: Option<usize>,
    formulas: Vec<String>,
    /// A bar or icon that hides the value.
    replaces: bool,
}

impl RuleReader {
    fn open(&mut self, tag: &BytesStart, position: usize) {
        let text = |name| attribute(tag, name).map_or(String::new(), Cow::into_owned);
        match (tag.local_name().as_ref(), &mut self.open) {
            ("conditionalFormatting", _) => {
                self.areas =
                    text("sqref").split_whitespace().filter_map(|part| area(part, position)).take(1000).collect();
            }
            ("cfRule", _) => {
                let look = number(attribute(tag, "dxfId")).map(|look| look as usize);
                self.open =
                    Some(OpenRule { kind: text("type"), operator: text("operator"), look, ..OpenRule::default() });
            }
            ("formula", Some(rule)) => {
                rule.formulas.push(String::new());
                self.in_formula = true;
            }
            ("dataBar" | "iconSet", Some(rule)) => {
                rule.replaces = attribute(tag, "showValue").is_some_and(|value| !is_set(Some(value)));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let (true, Some(formula)) = (self.in_formula, self.open.as_mut().and_then(|rule| rule.formulas.last_mut())) {
            formula.push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        self.in_formula = false;
        if name == "cfRule"
            && let Some(rule) = self.open.take()
        {
            let condition = condition(&rule);
            self.found.push(Rule { areas: self.areas.clone(), look: rule.look, condition });
        }
    }
}

fn condition(rule: &OpenRule) -> Condition {
    let with: Option<Vec<Figure>> = rule.formulas.iter().map(|formula| Figure::parse(formula)).collect();
    match (rule.kind.as_str(), with) {
        _ if rule.replaces => Condition::Replaces,
        ("expression", _)
            if matches!(rule.formulas.first().map(String::as_str), Some("TRUE" | "1" | "TRUE()" | "1=1")) =>
        {
            Condition::Always
        }
        ("notContainsBlanks", _) => Condition::Always,
        ("cellIs", Some(with)) if !with.is_empty() => Condition::Compare { operator: rule.operator.clone(), with },
        _ => Condition::Unknown,
    }
}
