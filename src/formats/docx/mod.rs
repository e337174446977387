//! Word documents: [`Doc`] → docx.
//!
//! The parts are written here and not through docx-rs: a memo of two pages takes 0.25 ms as a whole, and 0.45 ms through
//! the crate before anything is deflated. It also has no conditional formatting for table styles, and the ids of its
//! pictures and notes count up through the life of the process, so that one file's bytes depend on what was written
//! before it.

mod beside;
mod body;
mod edges;
mod figure;
mod numbering;
mod relations;
mod runs;
mod styles;
mod table;

use self::body::Body;
use self::relations::Relations;
use super::office;
use super::package::Package;
use super::picture::{self, Embedded};
use super::{Unsupported, embedded, theme, xml};
use crate::document::look::Brand;
use crate::document::{Chart, Doc, places};

/// Namespaces of every part with text in it.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
/// Size of the text in charts, in points.
const CHART_TEXT: u32 = 9;
/// Width of the text on A4 between the margins, in twentieths of a point.
const TEXT_WIDTH: u32 = 9_070;

/// The bytes of a document.
pub(super) fn write(doc: &Doc) -> Result<Vec<u8>, Unsupported> {
    let properties = &doc.properties;
    let mut relations = Relations::default();
    for kind in ["styles", "numbering", "settings", "fontTable"] {
        relations.add(kind, format!("{kind}.xml"));
    }
    relations.add("theme", "theme/theme1.xml");
    let edges = ["header", "footer"].map(|kind| relations.add(kind, format!("{kind}1.xml")));
    let pictures: Vec<Embedded> =
        places::pictures(doc).into_iter().map(|shown| picture::embedded(shown, properties)).collect();
    let mut body = Body::of(&doc.blocks, relations, &pictures);
    let parts = parts(doc, &mut body);
    let document = document(&body, edges);

    let mut package = Package::default();
    package.common("[Content_Types].xml", content_types(&parts, body.charts.len(), &pictures).as_bytes());
    package.shared("_rels/.rels", office::package_relationships("word/document.xml").as_bytes());
    package.common("docProps/app.xml", office::app("Microsoft Office Word", properties).as_bytes());
    package.part("docProps/core.xml", office::core(properties).as_bytes());
    package.part("word/document.xml", document.as_bytes());
    if let Some(relations) = body.relations.part() {
        package.common("word/_rels/document.xml.rels", relations.as_bytes());
    }
    for Part { name, text, relations, .. } in &parts {
        let add = match *name {
            "styles" | "fontTable" => Package::shared,
            "numbering" | "settings" | "footer1" => Package::common,
            _ => Package::part,
        };
        add(&mut package, &format!("word/{name}.xml"), text.as_bytes());
        if let Some(relations) = relations {
            package.part(&format!("word/_rels/{name}.xml.rels"), relations.as_bytes());
        }
    }
    package.shared("word/theme/theme1.xml", theme::of(properties).as_bytes());
    // The caption below a chart has its title.
    let untitled: Vec<Chart> =
        body.charts.iter().map(|chart| Chart { title: String::new(), ..(*chart).clone() }).collect();
    embedded::add_pictures("word", &pictures, &mut package);
    embedded::add("word", &untitled.iter().collect::<Vec<_>>(), CHART_TEXT, properties, &mut package)?;
    Ok(package.finish())
}

/// A part beside the document's own.
struct Part {
    /// Below `word/`, without its ending.
    name: &'static str,
    /// What it is, as content types say it.
    kind: &'static str,
    text: String,
    relations: Option<String>,
}

/// All parts but the document's own, with footnotes and comments only where there are some.
fn parts(doc: &Doc, body: &mut Body) -> Vec<Part> {
    let properties = &doc.properties;
    let part = |name, kind, text| Part { name, kind, text, relations: None };
    let mut parts = vec![
        part("styles", "styles", styles::part(properties)),
        part("numbering", "numbering", numbering::part(&body.lists, &properties.hand)),
        part("settings", "settings", settings(doc, body)),
        part("fontTable", "fontTable", fonts(&properties.brand)),
        part("header1", "header", edges::header(properties)),
        part("footer1", "footer", edges::footer(properties)),
    ];
    if !body.footnotes.is_empty() {
        body.relations.add("footnotes", "footnotes.xml");
        let (text, relations) = beside::footnotes(&body.footnotes);
        parts.push(Part { relations, ..part("footnotes", "footnotes", text) });
    }
    if !body.remarks.is_empty() {
        body.relations.add("comments", "comments.xml");
        parts.push(part("comments", "comments", beside::comments(&body.remarks)));
    }
    parts
}

fn content_types(parts: &[Part], charts: usize, pictures: &[Embedded]) -> String {
    let part = |Part { name, kind, .. }: &Part| (format!("word/{name}.xml"), format!("{MAIN}.{kind}+xml"));
    let document = ("word/document.xml".to_owned(), format!("{MAIN}.document.main+xml"));
    let theme = ("word/theme/theme1.xml".to_owned(), theme::KIND.to_owned());
    let parts: Vec<(String, String)> = [document, theme]
        .into_iter()
        .chain(parts.iter().map(part))
        .chain(embedded::picture_types("word", pictures))
        .chain(embedded::content_types("word", charts))
        .collect();
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    office::content_types(&parts)
}

/// `word/fontTable.xml`: the fonts of the company, which programs replace by others where they are missing.
fn fonts(brand: &Brand) -> String {
    let mut names = vec![brand.body_font.as_str(), brand.heading_font.as_str()];
    names.dedup();
    let font = |name: &&str| format!("<w:font w:name=\"{}\"><w:pitch w:val=\"variable\"/></w:font>", xml::quoted(name));
    let fonts: String = names.iter().map(font).collect();
    format!("{}<w:fonts {NAMESPACES}>{fonts}</w:fonts>", office::DECLARATION)
}

/// `word/settings.xml`; whoever has tracked a change goes on tracking.
fn settings(doc: &Doc, body: &Body) -> String {
    office::fill(include_str!("settings.xml"), |name, out| match name {
        "language" => xml::attribute(&doc.properties.language, out),
        "tracking" if body.revisions > 0 => out.push_str("<w:trackRevisions/>"),
        "notes" if !body.footnotes.is_empty() => {
            out.push_str("<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>");
        }
        _ => {}
    })
}

/// The document's own part: the text, then page, margins, header and footer.
fn document(body: &Body, [header, footer]: [usize; 2]) -> String {
    format!(
        "{}<w:document {NAMESPACES}><w:body>{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId{header}\"/><w:footerReference w:type=\"default\" r:id=\"rId{footer}\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1531\" w:right=\"1418\" w:bottom=\"1361\" w:left=\"1418\" w:header=\"680\" w:footer=\"567\" w:gutter=\"0\"/><w:cols w:space=\"708\"/></w:sectPr></w:body></w:document>",
        office::DECLARATION,
        body.xml
    )
}
