//! The workbook part, what it refers to, and the names it defines.

use std::fmt::Write;

use super::sheet::{filtered, open_tab};
use crate::document::place::column_letters;
use crate::document::{Area, Book, Sheet};
use crate::formats::office::{self, Relation};
use crate::formats::{theme, xml};

const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument";

/// `[Content_Types].xml`.
pub(super) fn content_types(book: &Book) -> String {
    let mut overrides = vec![
        ("xl/workbook.xml".to_owned(), format!("{MAIN}.sheet.main+xml")),
        ("xl/styles.xml".to_owned(), format!("{MAIN}.styles+xml")),
        ("xl/sharedStrings.xml".to_owned(), format!("{MAIN}.sharedStrings+xml")),
        ("xl/theme/theme1.xml".to_owned(), theme::KIND.to_owned()),
    ];
    for (index, sheet) in book.sheets.iter().enumerate() {
        let number = index + 1;
        overrides.push((format!("xl/worksheets/sheet{number}.xml"), format!("{MAIN}.worksheet+xml")));
        if !sheet.plots.is_empty() {
            overrides.push((format!("xl/drawings/drawing{number}.xml"), format!("{DRAWING}.drawing+xml")));
        }
        if !sheet.notes.is_empty() {
            overrides.push((format!("xl/comments{number}.xml"), format!("{MAIN}.comments+xml")));
            overrides.push((format!("xl/drawings/vmlDrawing{number}.vml"), format!("{DRAWING}.vmlDrawing")));
        }
    }
    let charts: usize = book.sheets.iter().map(|sheet| sheet.plots.len()).sum();
    for chart in 1..=charts {
        overrides.push((format!("xl/charts/chart{chart}.xml"), format!("{DRAWING}.drawingml.chart+xml")));
    }
    let overrides: Vec<(&str, &str)> = overrides.iter().map(|(part, kind)| (part.as_str(), kind.as_str())).collect();
    office::content_types(&overrides)
}

/// `xl/_rels/workbook.xml.rels`: the sheets first, so that their ids are their numbers.
pub(super) fn relationships(sheets: usize) -> String {
    let sheets = (1..=sheets).map(|number| Relation::part("worksheet", format!("worksheets/sheet{number}.xml")));
    let rest = [("theme", "theme/theme1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")];
    let relations: Vec<Relation> = sheets.chain(rest.map(|(kind, target)| Relation::part(kind, target))).collect();
    office::relationships(&relations)
}

/// `xl/workbook.xml`.
pub(super) fn part(book: &Book) -> String {
    let mut out = String::from(office::DECLARATION);
    let _ = write!(
        out,
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{}\"><workbookPr defaultThemeVersion=\"124226\"/><bookViews><workbookView xWindow=\"240\" yWindow=\"15\" windowWidth=\"24000\" windowHeight=\"12000\"",
        office::RELATIONS
    );
    if let tab @ 1.. = open_tab(book) {
        let _ = write!(out, " firstSheet=\"{tab}\" activeTab=\"{tab}\"");
    }
    out.push_str("/></bookViews><sheets>");
    for (index, sheet) in book.sheets.iter().enumerate() {
        let number = index + 1;
        let name = xml::quoted(&sheet.name);
        let state = if sheet.hidden { " state=\"hidden\"" } else { "" };
        let _ = write!(out, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>");
    }
    out.push_str("</sheets>");
    let names = defined_names(book);
    if !names.is_empty() {
        let _ = write!(out, "<definedNames>{names}</definedNames>");
    }
    out.push_str("<calcPr calcId=\"191029\"/></workbook>");
    out
}

/// The names behind filters and repeated header rows, and those the author gave.
fn defined_names(book: &Book) -> String {
    let mut names = String::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        let quoted = xml::quoted(&format!("'{}'", sheet.name.replace('\'', "''")));
        if filtered(sheet).is_some() {
            let last = (sheet.rows.len() - usize::from(sheet.total) - 1) as u32;
            let area = Area { first: (0, 0), last: (last, sheet.rows[0].len() as u32 - 1) };
            let _ = write!(
                names,
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{index}\" hidden=\"1\">{quoted}!{}</definedName>",
                fixed(area)
            );
        }
        if sheet.header && !sheet.rows.is_empty() {
            let _ = write!(
                names,
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">{quoted}!$1:$1</definedName>"
            );
        }
        own_names(sheet, &quoted, &mut names);
    }
    names
}

fn own_names(sheet: &Sheet, quoted: &str, names: &mut String) {
    for (name, area) in &sheet.names {
        let name = xml::quoted(name);
        let _ = write!(names, "<definedName name=\"{name}\">{quoted}!{}</definedName>", fixed(*area));
    }
}

/// `$A$1:$I$451`.
fn fixed(area: Area) -> String {
    let cell = |(row, column): (u32, u32)| format!("${}${}", column_letters(column), row + 1);
    if area.first == area.last { cell(area.first) } else { format!("{}:{}", cell(area.first), cell(area.last)) }
}
