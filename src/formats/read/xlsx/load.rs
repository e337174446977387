//! A workbook from its package: sheets in the order of their tabs, names, tables.

use super::sheet::{Shared, fill};
use super::strings::strings;
use super::styles::Styles;
use super::workbook::{DefinedName, NamedTable, Sheet, State, Workbook};
use crate::formats::read::calc::area;
use crate::formats::read::colour::Theme;
use crate::formats::read::package::{Package, Relations};
use crate::formats::read::xml::{Element, Node, tree};
use crate::formats::read::{LARGEST_TEXT, MOST_CELLS, Unreadable};

/// A workbook of more sheets, names or tables is made to cost time.
const MOST_SHEETS: usize = 1_000;
const MOST_NAMES: usize = 10_000;

impl Workbook {
    /// Reads an xlsx.
    pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
        load(&Package::open(bytes)?)
    }
}

/// Reads the workbook of a package.
pub(super) fn load(package: &Package) -> Result<Workbook, Unreadable> {
    let part = package.main_part("xl/workbook.xml")?;
    let no_workbook = || Unreadable::because("it is no xlsx");
    let text = package.text(&part)?.ok_or_else(no_workbook)?;
    let document = tree(&text)?;
    let root = document.root_element();
    let listed = root.child("sheets").filter(|_| root.name() == "workbook").ok_or_else(no_workbook)?;
    let relations = package.relations(&part)?;
    let theme = Theme::of(package, &relations)?;
    let mut workbook = Workbook {
        styles: Styles::load(package, relations.parts("styles").next(), &theme)?,
        theme,
        part: part.clone(),
        from_1904: root.child("workbookPr").and_then(|node| node.get("date1904")).is_some_and(is_set),
        ..Workbook::default()
    };
    let strings = strings(package, relations.parts("sharedStrings").next())?;
    let mut shared = Shared { strings, cells_left: MOST_CELLS, text_left: LARGEST_TEXT };
    for node in listed.all("sheet") {
        if workbook.sheets.len() == MOST_SHEETS {
            return Err(Unreadable::because(format!("it has more than {MOST_SHEETS} sheets")));
        }
        let sheet = sheet(package, &relations, node, workbook.sheets.len(), &mut shared)?;
        workbook.sheets.push(sheet);
    }
    workbook.names = names(root)?;
    workbook.tables = tables(package, &workbook)?;
    Ok(workbook)
}

fn is_set(value: &str) -> bool {
    matches!(value, "1" | "true")
}

fn sheet(
    package: &Package,
    relations: &Relations,
    node: Node<'_>,
    position: usize,
    shared: &mut Shared,
) -> Result<Sheet, Unreadable> {
    let state = match node.get("state") {
        Some("hidden") => State::Hidden,
        Some("veryHidden") => State::Unlisted,
        _ => State::Shown,
    };
    let part = node.relation("id").and_then(|id| relations.part(id)).unwrap_or_default();
    let mut sheet = Sheet {
        name: node.get("name").unwrap_or_default().into(),
        state,
        part: part.to_owned(),
        id: node.get("sheetId").unwrap_or_default().to_owned(),
        ..Sheet::default()
    };
    if let Some(text) = package.text(part)? {
        fill(&mut sheet, position, &text, shared)?;
    }
    let relations = package.relations(part)?;
    for (_, target) in &mut sheet.links {
        if let Some(address) = relations.address(target) {
            *target = address.to_owned();
        }
    }
    Ok(sheet)
}

fn names(root: Node<'_>) -> Result<Vec<DefinedName>, Unreadable> {
    let list = root.child("definedNames");
    let nodes = list.iter().flat_map(|list| list.all("definedName"));
    let names: Vec<DefinedName> = nodes
        .filter_map(|node| {
            let sheet = node.get("localSheetId").and_then(|sheet| sheet.parse().ok());
            Some(DefinedName { name: node.get("name")?.to_owned(), sheet, formula: node.text()?.to_owned() })
        })
        .collect();
    match names.len() > MOST_NAMES {
        true => Err(Unreadable::because(format!("it has more than {MOST_NAMES} names"))),
        false => Ok(names),
    }
}

fn tables(package: &Package, workbook: &Workbook) -> Result<Vec<NamedTable>, Unreadable> {
    let mut tables = Vec::new();
    for (position, sheet) in workbook.sheets.iter().enumerate() {
        for part in package.relations(&sheet.part)?.parts("table") {
            let Some(text) = package.text(part)? else { continue };
            let document = tree(&text)?;
            tables.extend(table(document.root_element(), position));
        }
    }
    Ok(tables)
}

fn table(node: Node<'_>, sheet: usize) -> Option<NamedTable> {
    let columns = node.child("tableColumns")?;
    let number = |name, usual| node.get(name).and_then(|value| value.parse().ok()).unwrap_or(usual);
    Some(NamedTable {
        name: node.get("displayName").or(node.get("name"))?.to_owned(),
        area: area(node.get("ref")?, sheet)?,
        columns: columns.all("tableColumn").filter_map(|column| Some(column.get("name")?.to_owned())).collect(),
        headers: number("headerRowCount", 1),
        totals: number("totalsRowCount", 0),
    })
}
