//! New office files: documents and decks from Markdown, workbooks from rows of cells.

use std::sync::Arc;

use serde_json::Value as Json;

use super::files::put;
use super::needed;
use crate::document::look::{Brand, Hand};
use crate::document::markdown::from_markdown;
use crate::document::slides::with_notes_in_text;
use crate::document::{Book, Cell, CellValue, Doc, Properties, Sheet};
use crate::formats::read::{At, Value, Workbook};
use crate::formats::{edit, pptx, render_book, render_doc, sheet_name_fault};
use crate::image::files::extension;
use crate::run::setting::Setting;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};
use crate::value::language;
use crate::value::zone::Zone;
use crate::value::{Date, Moment, Number};

/// Cells of one new workbook.
const MOST_CELLS: usize = 200_000;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "create_document",
        about: "Writes a document from Markdown: headings, paragraphs, lists, tables. The path ends in .docx, .pdf, .html, .md or .txt.",
        cost: 900,
        reads: false,
        arguments: &[
            needed("path", Kind::Text, "the file, new or in place of what it held"),
            needed("content", Kind::Text, "the whole text as Markdown; # is the title, ## a heading"),
        ],
        run: document,
    },
    Tool {
        name: "create_spreadsheet",
        about: "Writes a workbook (.xlsx) or a table (.csv) from rows of cells. A cell is a number, a text, a day such as \
                \"2026-03-05\", true or false, null for an empty one, or a formula in English that begins with =.",
        cost: 900,
        reads: false,
        arguments: &[
            needed("path", Kind::Text, "the file, new or in place of what it held"),
            needed("sheets", Kind::Any, "a list of {name, rows}; rows is a list of lists of cells, from A1"),
        ],
        run: spreadsheet,
    },
    Tool {
        name: "create_slides",
        about: "Writes a deck (.pptx) from Markdown: # is the title slide, ## begins a slide, lists are bullets, tables \
                are tables, a paragraph \"Note: …\" is for the speaker. A slide holds nine lines.",
        cost: 1_200,
        reads: false,
        arguments: &[
            needed("path", Kind::Text, "the file, new or in place of what it held"),
            needed("content", Kind::Text, "the whole deck as Markdown"),
        ],
        run: slides,
    },
];

/// What the new file says about itself: it is the owner's, made now.
pub(crate) fn properties(setting: &Setting, now: Moment, path: &str) -> Properties {
    let owner = setting.owner();
    let world = &setting.script.world;
    let name = path.rsplit('/').next().unwrap_or(path);
    Properties {
        title: name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(),
        author: owner.name.clone(),
        email: owner.email.clone(),
        company: owner.company.clone(),
        created: now,
        modified: now,
        zone: Zone::named(&world.timezone).expect("the compiler takes only zones of the table"),
        language: language::of_prose(&world.language, &world.locale),
        theme: String::new(),
        brand: Arc::new(Brand::plain(&owner.company)),
        hand: Hand::default(),
        addressee: None,
        scanned: false,
    }
}

fn refuse_ending(path: &str, endings: &[&str]) -> Result<(), Refusal> {
    match endings.contains(&extension(path).as_str()) {
        true => Ok(()),
        false => Err(Refusal::because(format!("the path must end in .{}", endings.join(" or .")))),
    }
}

/// The storage path, the document that a Markdown text is, and the ending of its name.
fn prose(desk: &Desk<'_>, arguments: &Arguments<'_>, endings: &[&str]) -> Result<(String, Doc), Refusal> {
    let path = desk.path(arguments.text("path"))?;
    refuse_ending(&path, endings)?;
    let doc = Doc {
        properties: properties(desk.setting, desk.state.now, &path),
        blocks: from_markdown(arguments.text("content"), &[]),
    };
    Ok((path, doc))
}

fn document(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (path, doc) = prose(desk, arguments, &["docx", "pdf", "html", "md", "txt"])?;
    if extension(&path) == "pdf"
        && let Some(letter) = crate::formats::unshown_in(&doc)
    {
        return Err(Refusal::because(crate::formats::unshown_message(letter)));
    }
    let bytes = match extension(&path).as_str() {
        "md" => Ok(arguments.text("content").as_bytes().to_vec()),
        ending => render_doc(&doc, ending),
    };
    wrote(desk, arguments, &path, bytes)
}

fn slides(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (path, doc) = prose(desk, arguments, &["pptx"])?;
    let doc = Doc { blocks: with_notes_in_text(doc.blocks), ..doc };
    if let Some(full) = pptx::overfull(&doc) {
        return Err(Refusal::because(format!(
            "slide {} {:?} cannot be shown: {}",
            full.slide, full.title, full.reason
        )));
    }
    let bytes = render_doc(&doc, "pptx");
    wrote(desk, arguments, &path, bytes)
}

fn wrote(
    desk: &mut Desk<'_>,
    arguments: &Arguments<'_>,
    path: &str,
    bytes: Result<Vec<u8>, crate::formats::Unsupported>,
) -> Result<Answer, Refusal> {
    let bytes = bytes.map_err(|why| Refusal::because(format!("the file cannot be written: {why}")))?;
    put(desk, path, &bytes)?;
    Ok(format!("Successfully wrote to {}", arguments.text("path")).into())
}

fn spreadsheet(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    refuse_ending(&path, &["xlsx", "csv"])?;
    let mut sheets = sheets(arguments.any("sheets"))?;
    let properties = properties(desk.setting, desk.state.now, &path);
    if sheets.iter().flat_map(|sheet| &sheet.rows).flatten().any(|cell| cell.formula.is_some()) {
        let draft = Book { properties: properties.clone(), sheets: sheets.clone().into() };
        let bytes = render_book(&draft, "xlsx").map_err(|why| Refusal::because(why.to_string()))?;
        calculate(&mut sheets, &bytes)?;
    }
    let bytes = render_book(&Book { properties, sheets: sheets.into() }, &extension(&path));
    wrote(desk, arguments, &path, bytes)
}

fn sheets(json: &Json) -> Result<Vec<Sheet>, Refusal> {
    let wrong = || Refusal::because("sheets is a list of {\"name\": …, \"rows\": [[…], …]}");
    let mut left = MOST_CELLS;
    let mut sheet = |json: &Json| {
        let name = json.get("name").and_then(Json::as_str).ok_or_else(wrong)?;
        if let Some(fault) = sheet_name_fault(name) {
            return Err(Refusal::because(fault));
        }
        let rows = json.get("rows").and_then(Json::as_array).ok_or_else(wrong)?;
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = row.as_array().ok_or_else(wrong)?;
            left = left.checked_sub(cells.len()).ok_or_else(|| {
                Refusal::because(format!("a workbook written at once holds at most {MOST_CELLS} cells"))
            })?;
            made.push(cells.iter().map(cell).collect());
        }
        Ok(Sheet { name: name.to_owned(), rows: made, ..Sheet::default() })
    };
    let list = json.as_array().filter(|list| !list.is_empty()).ok_or_else(wrong)?;
    let sheets = list.iter().map(&mut sheet).collect::<Result<Vec<Sheet>, Refusal>>()?;
    let mut names: Vec<String> = sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    names.sort_unstable();
    match names.windows(2).any(|pair| pair[0] == pair[1]) {
        true => Err(Refusal::because("two sheets have the same name")),
        false => Ok(sheets),
    }
}

/// What somebody typed into a cell.
fn cell(json: &Json) -> Cell {
    let number = |text: &str| Number::parse(text).map_or(CellValue::Text(text.into()), CellValue::Number);
    match json {
        Json::String(text) => match edit::typed(text) {
            edit::Content::Formula(formula) => Cell { formula: Some(formula), ..Cell::default() },
            edit::Content::Number(_) => Cell { value: number(text), ..Cell::default() },
            _ => Cell { value: written(text), ..Cell::default() },
        },
        Json::Number(figure) => Cell { value: number(&figure.to_string()), ..Cell::default() },
        Json::Bool(yes) => Cell { value: CellValue::Bool(*yes), ..Cell::default() },
        Json::Null | Json::Array(_) | Json::Object(_) => Cell::default(),
    }
}

fn written(text: &str) -> CellValue {
    match Date::parse(text) {
        Some(date) => CellValue::Date(date),
        None if text.is_empty() => CellValue::Empty,
        None => CellValue::Text(text.into()),
    }
}

/// Writes beside each formula what it comes to.
fn calculate(sheets: &mut [Sheet], draft: &[u8]) -> Result<(), Refusal> {
    let workbook = Workbook::read(draft).map_err(|why| Refusal::because(why.to_string()))?;
    let calculated = workbook.calculated(None);
    for (number, sheet) in sheets.iter_mut().enumerate() {
        for (row, cells) in sheet.rows.iter_mut().enumerate() {
            for (column, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| cell.formula.is_some()) {
                let at = At { sheet: number, row: row as u32, column: column as u32 };
                cell.value = match calculated.result(at) {
                    Some(Ok(value)) => shown(value),
                    Some(Err(why)) => {
                        let formula = cell.formula.as_deref().unwrap_or_default();
                        return Err(Refusal::because(format!("={formula} cannot be calculated: {why}")));
                    }
                    None => CellValue::Empty,
                };
            }
        }
    }
    Ok(())
}

fn shown(value: &Value) -> CellValue {
    match value {
        Value::Number(figure) => figure.number().map_or(CellValue::Empty, CellValue::Number),
        Value::Text(text) => CellValue::Text(Arc::clone(text)),
        Value::Bool(yes) => CellValue::Bool(*yes),
        Value::Error(_) | Value::Empty => CellValue::Empty,
    }
}
