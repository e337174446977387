//! Workbooks: [`Book`] → xlsx.
//!
//! rust_xlsxwriter makes the styles, the theme and the charts. Workbook and sheet parts are written here: a sheet of 450
//! rows and 9 columns takes 2 ms as a whole, of which deflate is 1.4 ms, and about 5 ms through the crate, whose package
//! also carries the clock and the host's byte.

mod chart;
mod sheet;
mod styles;
mod widths;

use std::fmt::Write;

use self::sheet::Strings;
use super::office::{self, Relation};
use super::package::Package;
use super::{Unsupported, palette, xml};
use crate::document::{Book, Cell, Sheet};

const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The bytes of a workbook.
pub(super) fn write(book: &Book) -> Result<Vec<u8>, Unsupported> {
    let palette = palette::of(&book.properties);
    let charted: Vec<&Sheet> = book.sheets.iter().filter(|sheet| sheet.chart.is_some()).collect();
    let charts = chart::parts(&charted, palette).map_err(|error| Unsupported::new(format!("chart: {error}")))?;
    let mut strings = Strings::default();
    let laid: Vec<Vec<Vec<Cell>>> = charted.iter().map(|sheet| sheet.laid().into_owned()).collect();
    let mut laid = laid.iter();
    let mut package = Package::default();
    package.part("[Content_Types].xml", content_types(book, charts.len()).as_bytes());
    package.shared("_rels/.rels", office::package_relationships("xl/workbook.xml").as_bytes());
    package.part("docProps/app.xml", office::app("Microsoft Excel", &book.properties).as_bytes());
    package.part("docProps/core.xml", office::core(&book.properties).as_bytes());
    package.part("xl/workbook.xml", workbook(book).as_bytes());
    package.part("xl/_rels/workbook.xml.rels", workbook_relationships(book).as_bytes());
    for (index, sheet) in book.sheets.iter().enumerate() {
        let rows = if sheet.chart.is_some() { laid.next().unwrap_or(&sheet.rows) } else { &sheet.rows };
        let part = sheet::part(sheet, rows, index == 0, &mut strings);
        package.part(&format!("xl/worksheets/sheet{}.xml", index + 1), part.as_bytes());
    }
    drawings(book, &charts, &mut package);
    package.shared("xl/theme/theme1.xml", styles::theme());
    package.shared("xl/styles.xml", styles::part(palette).as_bytes());
    package.part("xl/sharedStrings.xml", strings.part().as_bytes());
    Ok(package.finish())
}

/// Chart and drawing parts with the relationships that lead to them.
fn drawings(book: &Book, charts: &[chart::Parts], package: &mut Package) {
    let charted = book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.chart.is_some());
    for (index, ((sheet, _), parts)) in charted.zip(charts).enumerate() {
        let number = index + 1;
        let drawing = Relation::part("drawing", format!("../drawings/drawing{number}.xml"));
        let chart = Relation::part("chart", format!("../charts/chart{number}.xml"));
        let sheet_relations = format!("xl/worksheets/_rels/sheet{}.xml.rels", sheet + 1);
        package.part(&sheet_relations, office::relationships(&[drawing]).as_bytes());
        package.part(&format!("xl/drawings/drawing{number}.xml"), &parts.drawing);
        let drawing_relations = format!("xl/drawings/_rels/drawing{number}.xml.rels");
        package.part(&drawing_relations, office::relationships(&[chart]).as_bytes());
        package.part(&format!("xl/charts/chart{number}.xml"), &parts.chart);
    }
}

fn content_types(book: &Book, charts: usize) -> String {
    let mut overrides = vec![
        ("xl/workbook.xml".to_owned(), format!("{MAIN}.sheet.main+xml")),
        ("xl/styles.xml".to_owned(), format!("{MAIN}.styles+xml")),
        ("xl/sharedStrings.xml".to_owned(), format!("{MAIN}.sharedStrings+xml")),
        ("xl/theme/theme1.xml".to_owned(), "application/vnd.openxmlformats-officedocument.theme+xml".to_owned()),
    ];
    for sheet in 1..=book.sheets.len() {
        overrides.push((format!("xl/worksheets/sheet{sheet}.xml"), format!("{MAIN}.worksheet+xml")));
    }
    for chart in 1..=charts {
        let drawing = "application/vnd.openxmlformats-officedocument.drawing+xml".to_owned();
        let kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml".to_owned();
        overrides.push((format!("xl/drawings/drawing{chart}.xml"), drawing));
        overrides.push((format!("xl/charts/chart{chart}.xml"), kind));
    }
    let overrides: Vec<(&str, &str)> = overrides.iter().map(|(part, kind)| (part.as_str(), kind.as_str())).collect();
    office::content_types(&overrides)
}

fn workbook_relationships(book: &Book) -> String {
    let sheets = (1..=book.sheets.len()).map(|n| Relation::part("worksheet", format!("worksheets/sheet{n}.xml")));
    let rest = [("theme", "theme/theme1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")];
    let relations: Vec<Relation> = sheets.chain(rest.map(|(kind, target)| Relation::part(kind, target))).collect();
    office::relationships(&relations)
}

fn workbook(book: &Book) -> String {
    let mut out = String::from(office::DECLARATION);
    let _ = write!(
        out,
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{}\">",
        office::RELATIONS
    );
    out.push_str("<workbookPr defaultThemeVersion=\"124226\"/><bookViews><workbookView xWindow=\"240\" yWindow=\"15\" windowWidth=\"24000\" windowHeight=\"12000\"/></bookViews><sheets>");
    for (index, sheet) in book.sheets.iter().enumerate() {
        let number = index + 1;
        let name = xml::quoted(&sheet.name);
        let _ = write!(out, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
    }
    out.push_str("</sheets>");
    defined_names(book, &mut out);
    out.push_str("<calcPr calcId=\"191029\"/></workbook>");
    out
}

/// The hidden names that stand behind filters and repeated header rows.
fn defined_names(book: &Book, out: &mut String) {
    let mut names = String::new();
    for (index, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.header && sheet.chart.is_none()) {
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
        let quoted = xml::quoted(&format!("'{}'", sheet.name.replace('\'', "''")));
        if sheet::filtered(sheet, sheet.rows.len(), width).is_some() {
            let last = sheet.rows.len() - usize::from(sheet.total);
            let column = sheet::column_name(width - 1);
            let _ = write!(
                names,
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{index}\" hidden=\"1\">{quoted}!$A$1:${column}${last}</definedName>"
            );
        }
        let _ = write!(
            names,
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">{quoted}!$1:$1</definedName>"
        );
    }
    if !names.is_empty() {
        let _ = write!(out, "<definedNames>{names}</definedNames>");
    }
}

/// Why a spreadsheet program would refuse a sheet of this name; `None` when it is fine.
pub(crate) fn sheet_name_fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some("a sheet needs a name")
    } else if name.encode_utf16().count() > 31 {
        Some("a sheet's name has at most 31 characters")
    } else if name.contains(['[', ']', ':', '*', '?', '/', '\\']) {
        Some("a sheet's name cannot hold any of [ ] : * ? / \\")
    } else if name.starts_with('\'') || name.ends_with('\'') {
        Some("a sheet's name cannot begin or end with an apostrophe")
    } else if name.eq_ignore_ascii_case("history") {
        Some("spreadsheet programs keep the name `History` for themselves")
    } else {
        None
    }
}
