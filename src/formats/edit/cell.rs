//! One cell of a workbook with another value or formula: it keeps its format, and what rests on it is brought up to date.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use super::chain;
use super::repack::repack;
use super::splice::{escaped, prefix, splice};
use crate::document::place::{column_letters, parse_cell};
use crate::formats::read::package::Package;
use crate::formats::read::xml::{Element, Node, tree};
use crate::formats::read::{At, Figure, Unreadable, Value, Workbook};

/// What is put into a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Number(Figure),
    Text(String),
    Bool(bool),
    /// Without `=`.
    Formula(String),
    Empty,
}

/// The workbook with something else in a cell, `Budget!E7`.
pub(super) fn edit(bytes: &[u8], cell: &str, content: &Content) -> Result<Vec<u8>, Unreadable> {
    let workbook = Workbook::read(bytes)?;
    let missing = || Unreadable::because(format!("there is no cell {cell}"));
    let at = workbook.place(cell).ok_or_else(missing)?;
    refuse_bound(&workbook, at)?;
    let package = Package::open(bytes)?;
    let part = workbook.sheets[at.sheet].part.clone();
    let source = package.text(&part)?.ok_or_else(missing)?;
    let mut parts = BTreeMap::from([(part, put(&source, at, content)?)]);
    let had_formula = workbook.cell(at).is_some_and(|cell| cell.formula.is_some());
    if had_formula && !matches!(content, Content::Formula(_)) {
        chain::forget(&package, &workbook, at, &mut parts)?;
    }
    let edited = repack(bytes, &parts)?;
    brought_up_to_date(&edited, &workbook, at)
}

/// A cell that another part of the workbook counts on cannot be changed alone.
fn refuse_bound(workbook: &Workbook, at: At) -> Result<(), Unreadable> {
    let table = workbook.tables.iter().find(|table| {
        let heads = table.area.rows.0..table.area.rows.0 + table.headers;
        table.area.contains(at) && heads.contains(&at.row)
    });
    if let Some(table) = table {
        return Err(Unreadable::because(format!("the cell is the head of a column of the table {}", table.name)));
    }
    let cells = workbook.sheets[at.sheet].cells.iter();
    let mut filled = cells.filter_map(|((row, column), cell)| Some((*row, *column, cell.fills?)));
    let within = |(row, column, (rows, columns)): &(u32, u32, (u32, u32))| {
        (*row..row + rows).contains(&at.row) && (*column..column + columns).contains(&at.column) && rows * columns > 1
    };
    match filled.find(within) {
        Some(_) => Err(Unreadable::because("the cell is filled by a formula for several cells")),
        None => Ok(()),
    }
}

/// The sheet with other content in a cell.
fn put(source: &str, at: At, content: &Content) -> Result<String, Unreadable> {
    let document = tree(source)?;
    let root = document.root_element();
    let data = root.child("sheetData").ok_or_else(|| Unreadable::because("its sheet has no cells"))?;
    let prefix = prefix(source, &data.range()).to_owned();
    let row = data.all("row").find(|row| row.number("r") == Some(i64::from(at.row) + 1));
    let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
    let Some(row) = row else {
        let cell = element(&prefix, at, None, content);
        let new = format!("<{prefix}row r=\"{}\">{cell}</{prefix}row>", at.row + 1);
        let next = data.all("row").find(|row| row.number("r").is_some_and(|number| number > i64::from(at.row) + 1));
        pieces.push(inserted(source, data, next, &prefix, "sheetData", new));
        return Ok(splice(source, pieces));
    };
    let place = |cell: &Node| cell.get("r").and_then(parse_cell);
    let old = row.all("c").find(|cell| place(cell) == Some((at.row, at.column)));
    match old {
        Some(old) => {
            pieces.extend(rehomed(source, data, old));
            pieces.push((old.range(), element(&prefix, at, old.get("s"), content)));
        }
        None => {
            let style = row.get("s").filter(|_| matches!(row.get("customFormat"), Some("1" | "true")));
            let next = row.all("c").find(|cell| place(cell).is_some_and(|(_, column)| column > at.column));
            let new = element(&prefix, at, style, content);
            pieces.push(inserted(source, row, next, &prefix, "row", new));
        }
    }
    Ok(splice(source, pieces))
}

/// Puts an element before another one, or at the end of what holds it.
fn inserted(
    source: &str,
    holder: Node<'_>,
    next: Option<Node<'_>>,
    prefix: &str,
    name: &str,
    new: String,
) -> (Range<usize>, String) {
    if let Some(next) = next {
        return (next.range().start..next.range().start, new);
    }
    let range = holder.range();
    let close = format!("</{prefix}{name}>");
    match source[range.clone()].rfind(&close) {
        Some(at) => (range.start + at..range.start + at, new),
        // `<row r="1"/>` is opened.
        None => {
            let open = source[range.clone()].trim_end_matches("/>").len();
            (range.start + open..range.end, format!(">{new}{close}"))
        }
    }
}

fn element(prefix: &str, at: At, style: Option<&str>, content: &Content) -> String {
    let style = style.map_or(String::new(), |style| format!(" s=\"{style}\""));
    let place = format!("{}{}", column_letters(at.column), at.row + 1);
    let (kind, inner) = match content {
        Content::Empty => return format!("<{prefix}c r=\"{place}\"{style}/>"),
        Content::Number(figure) => ("", format!("<{prefix}v>{figure}</{prefix}v>")),
        Content::Bool(yes) => (" t=\"b\"", format!("<{prefix}v>{}</{prefix}v>", u8::from(*yes))),
        Content::Text(text) => (
            " t=\"inlineStr\"",
            format!("<{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is>", escaped(text)),
        ),
        Content::Formula(formula) => ("", format!("<{prefix}f>{}</{prefix}f>", escaped(formula))),
    };
    format!("<{prefix}c r=\"{place}\"{style}{kind}>{inner}</{prefix}c>")
}

/// A formula that others share and that is written in the cell moves to the next one that has it.
fn rehomed(source: &str, data: Node<'_>, old: Node<'_>) -> Option<(Range<usize>, String)> {
    let formula = old.child("f").filter(|formula| formula.get("t") == Some("shared"))?;
    let (text, number, area) = (formula.text()?, formula.get("si")?, formula.get("ref")?);
    let mut heirs = data.descendants().filter(|node| node.name() == "c" && *node != old);
    let shares = |f: Node<'_>| f.get("si") == Some(number) && f.text().is_none();
    let heir = heirs.find(|cell| cell.child("f").is_some_and(shares))?;
    let (from, to) = (parse_cell(old.get("r")?)?, parse_cell(heir.get("r")?)?);
    let by = (i64::from(to.0) - i64::from(from.0), i64::from(to.1) - i64::from(from.1));
    let moved = crate::formats::read::moved(text, by.0, by.1)?;
    let own = heir.child("f")?.range();
    let prefix = prefix(source, &own);
    Some((own, format!("<{prefix}f t=\"shared\" ref=\"{area}\" si=\"{number}\">{}</{prefix}f>", escaped(&moved))))
}

/// Writes what formulas come to that rest on the changed cell, beside each of them; what is not known is taken away, so that
/// the next program calculates it.
fn brought_up_to_date(bytes: &[u8], before: &Workbook, at: At) -> Result<Vec<u8>, Unreadable> {
    let workbook = Workbook::read(bytes)?;
    let calculation = workbook.calculated(None);
    let package = Package::open(bytes)?;
    let mut parts = BTreeMap::new();
    for (position, sheet) in workbook.sheets.iter().enumerate() {
        let mut stale: BTreeMap<(u32, u32), Option<Value>> = BTreeMap::new();
        for ((row, column), _) in sheet.cells.iter().filter(|(_, cell)| cell.formula.is_some()) {
            let own = At { sheet: position, row: *row, column: *column };
            let was_right = before.cell(own).is_some_and(|cell| cell.value != Value::Empty);
            let touched = own == at || (was_right && workbook.precedents(own).contains(at));
            if touched && workbook.agrees(own, &calculation) != Some(true) {
                stale.insert((*row, *column), calculation.result(own).and_then(|result| result.as_ref().ok()).cloned());
            }
        }
        if let Some(source) = package.text(&sheet.part)?.filter(|_| !stale.is_empty()) {
            parts.insert(sheet.part.clone(), cached(&source, &stale)?);
        }
    }
    if parts.is_empty() { Ok(bytes.to_vec()) } else { repack(bytes, &parts) }
}

/// The sheet with other cached values.
fn cached(source: &str, values: &BTreeMap<(u32, u32), Option<Value>>) -> Result<String, Unreadable> {
    let document = tree(source)?;
    let mut pieces = Vec::new();
    for node in document.descendants().filter(|node| node.name() == "c") {
        let Some(value) = node.get("r").and_then(parse_cell).and_then(|at| values.get(&at)) else { continue };
        let Some(formula) = node.child("f") else { continue };
        let prefix = prefix(source, &node.range());
        let (kind, text) = match value {
            None | Some(Value::Empty) => ("", None),
            Some(Value::Number(figure)) => ("", Some(figure.to_string())),
            Some(Value::Bool(yes)) => (" t=\"b\"", Some(u8::from(*yes).to_string())),
            Some(Value::Text(text)) => (" t=\"str\"", Some(escaped(text))),
            Some(Value::Error(text)) => (" t=\"e\"", Some(escaped(text))),
        };
        let mut tag = format!("<{prefix}c");
        for attribute in node.attributes().filter(|attribute| attribute.name() != "t") {
            let _ = write!(tag, " {}=\"{}\"", attribute.name(), escaped(attribute.value()));
        }
        let value = text.map_or(String::new(), |text| format!("<{prefix}v>{text}</{prefix}v>"));
        pieces.push((node.range(), format!("{tag}{kind}>{}{value}</{prefix}c>", &source[formula.range()])));
    }
    Ok(splice(source, pieces))
}
