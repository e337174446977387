//! The cells of an xlsx with their cached values and formulas, sheet by sheet in the order of the tabs.

use std::collections::{BTreeMap, BTreeSet};

use super::extract::{Cell, Formula};
use super::xml::{Step, walk};
use super::zip::Package;
use super::{Extract, LIMIT, Line, Role, Unreadable, docx};
use crate::document::Place;
use crate::document::place::parse_cell;
use crate::value::{Date, Moment, Month};

/// What the cells of all sheets share.
struct Shared {
    strings: Vec<String>,
    /// For each cell format, how its numbers are read.
    formats: Vec<Reading>,
}

/// A number in a cell is a date if its format says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Number,
    Date,
    Month,
    Moment,
}

/// All cells with something in them, then the properties.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let package = Package::open(bytes)?;
    let workbook = package.text("xl/workbook.xml")?.ok_or_else(|| Unreadable::because("it is no xlsx"))?;
    let targets = targets(&package.text("xl/_rels/workbook.xml.rels")?.unwrap_or_default())?;
    let shared = Shared { strings: strings(&package)?, formats: formats(&package)? };
    let mut lines = Vec::new();
    for (name, relation) in sheets(&workbook)? {
        let Some(target) = targets.get(&relation) else { continue };
        let part = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        if let Some(text) = package.text(&part)? {
            cells(&name, &text, &shared, &mut lines)?;
        }
    }
    lines.extend(docx::properties(&package)?);
    Ok(Extract::of(lines))
}

/// Name and relation of each sheet, in the order of the tabs.
fn sheets(workbook: &str) -> Result<Vec<(String, String)>, Unreadable> {
    let mut sheets = Vec::new();
    walk(workbook, |step| {
        if let (Step::Open { name, .. }, Some(title), Some(id)) = (step, step.attribute("name"), step.attribute("id"))
            && name == "sheet"
        {
            sheets.push((title.to_owned(), id.to_owned()));
        }
    })?;
    Ok(sheets)
}

fn targets(relations: &str) -> Result<BTreeMap<String, String>, Unreadable> {
    let mut targets = BTreeMap::new();
    walk(relations, |step| {
        if let (Some(id), Some(target)) = (step.attribute("Id"), step.attribute("Target")) {
            targets.insert(id.to_owned(), target.to_owned());
        }
    })?;
    Ok(targets)
}

fn strings(package: &Package) -> Result<Vec<String>, Unreadable> {
    let mut strings = Vec::new();
    let Some(text) = package.text("xl/sharedStrings.xml")? else { return Ok(strings) };
    let mut current = String::new();
    let mut printing = false;
    walk(&text, |step| match step {
        Step::Open { name, .. } => printing = name == "t",
        Step::Text(text) if printing => current.push_str(text),
        Step::Text(_) => {}
        Step::Close(name) => {
            printing = false;
            if name == "si" {
                strings.push(std::mem::take(&mut current));
            }
        }
    })?;
    Ok(strings)
}

/// How the numbers of each cell format are read, from the format codes.
fn formats(package: &Package) -> Result<Vec<Reading>, Unreadable> {
    let Some(text) = package.text("xl/styles.xml")? else { return Ok(Vec::new()) };
    let mut codes: BTreeMap<String, Reading> =
        ["14", "15", "16"].into_iter().map(|id| (id.to_owned(), Reading::Date)).collect();
    codes.insert("17".to_owned(), Reading::Month);
    codes.insert("22".to_owned(), Reading::Moment);
    let mut formats = Vec::new();
    let mut inside = false;
    walk(&text, |step| match step {
        Step::Open { name, .. } if name == "numFmt" => {
            if let (Some(id), Some(code)) = (step.attribute("numFmtId"), step.attribute("formatCode")) {
                codes.insert(id.to_owned(), reading(code));
            }
        }
        Step::Open { name, .. } if name == "cellXfs" => inside = true,
        Step::Open { name, .. } if name == "xf" && inside => {
            let code = step.attribute("numFmtId").and_then(|id| codes.get(id));
            formats.push(code.copied().unwrap_or(Reading::Number));
        }
        Step::Close(name) if name == "cellXfs" => inside = false,
        _ => {}
    })?;
    Ok(formats)
}

/// What a format code shows: letters of dates and times outside quotes and brackets.
fn reading(code: &str) -> Reading {
    let mut letters = BTreeSet::new();
    let (mut quoted, mut bracketed) = (false, false);
    for letter in code.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            _ => drop(letters.insert(letter.to_ascii_lowercase())),
        }
    }
    match (letters.contains(&'y'), letters.contains(&'d'), letters.contains(&'h')) {
        (_, _, true) => Reading::Moment,
        (true, true, false) => Reading::Date,
        (true, false, false) => Reading::Month,
        _ => Reading::Number,
    }
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    reference: String,
    kind: String,
    style: usize,
    value: String,
    formula: Option<String>,
}

fn cells(sheet: &str, text: &str, shared: &Shared, lines: &mut Vec<Line>) -> Result<(), Unreadable> {
    let mut open: Option<Open> = None;
    let mut inside = String::new();
    let mut size = 0;
    walk(text, |step| match step {
        Step::Open { name, .. } if name == "c" => {
            open = Some(Open {
                reference: step.attribute("r").unwrap_or_default().to_owned(),
                kind: step.attribute("t").unwrap_or_default().to_owned(),
                style: step.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0),
                ..Open::default()
            });
        }
        Step::Open { name, .. } => inside.clone_from(name),
        Step::Text(text) => match (inside.as_str(), &mut open) {
            ("v" | "t", Some(cell)) => cell.value.push_str(text),
            ("f", Some(cell)) => cell.formula.get_or_insert_default().push_str(text),
            _ => {}
        },
        Step::Close(name) if name == "c" => {
            let line = open.take().and_then(|cell| line(sheet, cell, shared));
            // One shared string can stand in a million cells: what counts is what comes out.
            size += line.as_ref().map_or(0, |line| line.text().len());
            lines.extend(line.filter(|_| size <= LIMIT));
        }
        Step::Close(_) => inside.clear(),
    })?;
    if size > LIMIT { Err(Unreadable::because("its cells hold more than 64 MiB")) } else { Ok(()) }
}

fn line(sheet: &str, cell: Open, shared: &Shared) -> Option<Line> {
    let (row, column) = parse_cell(&cell.reference)?;
    let text = match cell.kind.as_str() {
        "s" => shared.strings.get(cell.value.parse::<usize>().ok()?)?.clone(),
        "b" => if cell.value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        "str" | "inlineStr" | "e" => cell.value,
        _ => number(&cell.value, shared.formats.get(cell.style).copied().unwrap_or(Reading::Number)),
    };
    if text.is_empty() && cell.formula.is_none() {
        return None;
    }
    let place = Place::Cell { sheet: sheet.into(), row, column };
    let holds = Cell { formula: cell.formula.map(|text| Formula { text }), format: "".into() };
    Some(Line { cell: Some(Box::new(holds)), ..Line::new(place, Role::Cell, text) })
}

/// A number as its format shows it: dates count days from the end of 1899.
fn number(text: &str, reading: Reading) -> String {
    let (days, part) = text.split_once('.').unwrap_or((text, ""));
    let date = days.parse::<i64>().ok().and_then(|days| Date::from_days(days.checked_sub(25_569)?));
    let Some(date) = date.filter(|_| reading != Reading::Number) else { return text.to_owned() };
    match reading {
        Reading::Date | Reading::Number => date.to_string(),
        Reading::Month => Month::to_string(&date.month()),
        Reading::Moment => Moment(i64::from(date.0) * 86_400 + seconds(part)).to_string(),
    }
}

/// A decimal part of a day in seconds, rounded.
fn seconds(part: &str) -> i64 {
    let digits: String = part.chars().take(12).filter(char::is_ascii_digit).collect();
    let scale = 10_i64.pow(digits.len() as u32);
    let value: i64 = digits.parse().unwrap_or(0);
    ((i128::from(value) * 86_400 + i128::from(scale) / 2) / i128::from(scale)) as i64
}
