//! Word documents: [`Doc`] → docx.
//!
//! The parts are written here and not through docx-rs: a memo of two pages takes 0.25 ms as a whole, and 0.45 ms through
//! the crate before anything is deflated. It also has no conditional formatting for table styles, and the ids of its
//! pictures and notes count up through the life of the process, so that one file's bytes depend on what was written
//! before it.

mod body;
mod numbering;
mod table;

use self::body::Body;
use super::office::{self, Relation};
use super::package::Package;
use super::{palette, wording, xml};
use crate::document::{Doc, Properties};

/// Namespaces of every part with text in it.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
/// Width of the text on A4 between the margins, in twentieths of a point.
const TEXT_WIDTH: u32 = 9_070;
/// Page, margins, header and footer.
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1247\" w:left=\"1418\" w:header=\"680\" w:footer=\"567\" w:gutter=\"0\"/><w:cols w:space=\"708\"/></w:sectPr>";

/// The bytes of a document.
pub(super) fn write(doc: &Doc) -> Vec<u8> {
    let properties = &doc.properties;
    let body = Body::of(&doc.blocks);
    let mut package = Package::default();
    package.part("[Content_Types].xml", content_types().as_bytes());
    package.part("_rels/.rels", office::package_relationships("word/document.xml").as_bytes());
    package.part("docProps/app.xml", office::app("Microsoft Office Word", properties).as_bytes());
    package.part("docProps/core.xml", office::core(properties).as_bytes());
    package.part("word/document.xml", document(&body).as_bytes());
    package.part("word/_rels/document.xml.rels", relationships(&body).as_bytes());
    package.part("word/styles.xml", themed(include_str!("styles.xml"), properties).as_bytes());
    package.part("word/numbering.xml", numbering::part(&body.lists).as_bytes());
    package.part("word/settings.xml", themed(include_str!("settings.xml"), properties).as_bytes());
    package.part("word/header1.xml", header(properties).as_bytes());
    package.part("word/footer1.xml", footer(properties).as_bytes());
    package.finish()
}

fn content_types() -> String {
    let part = |name: &'static str| {
        (format!("word/{name}"), format!("{MAIN}.{}+xml", name.trim_end_matches("1.xml").trim_end_matches(".xml")))
    };
    let mut parts: Vec<(String, String)> =
        ["styles.xml", "numbering.xml", "settings.xml", "header1.xml", "footer1.xml"].map(part).into();
    parts.insert(0, ("word/document.xml".to_owned(), format!("{MAIN}.document.main+xml")));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    office::content_types(&parts)
}

/// The first five ids are fixed, because [`SECTION`] names two of them; links follow.
fn relationships(body: &Body) -> String {
    let fixed = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("header", "header1.xml"),
        ("footer", "footer1.xml"),
    ];
    let links = body.links.iter().map(|target| Relation { kind: "hyperlink", target: target.clone(), external: true });
    let relations: Vec<Relation> =
        fixed.into_iter().map(|(kind, target)| Relation::part(kind, target)).chain(links).collect();
    office::relationships(&relations)
}

/// A part that is the same for all documents but for colours and language.
fn themed(part: &str, properties: &Properties) -> String {
    let palette = palette::of(properties);
    part.replace("@accent@", &palette.accent.to_string())
        .replace("@muted@", &palette.muted.to_string())
        .replace("@tint@", &palette.tint.to_string())
        .replace("@language@", &xml::quoted(&properties.language))
}

fn document(body: &Body) -> String {
    format!("{}<w:document {NAMESPACES}><w:body>{}{SECTION}</w:body></w:document>", office::DECLARATION, body.xml)
}

fn header(properties: &Properties) -> String {
    let mut text = String::new();
    run(&properties.company, &mut text);
    text.push_str("<w:r><w:tab/></w:r>");
    run(&properties.title, &mut text);
    edge("hdr", "Header", &text)
}

fn footer(properties: &Properties) -> String {
    let words = wording::page_count(&properties.language);
    let mut text = String::new();
    run(&properties.author, &mut text);
    text.push_str("<w:r><w:tab/></w:r>");
    run(words.before, &mut text);
    text.push_str("<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    run(words.between, &mut text);
    text.push_str("<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    edge("ftr", "Footer", &text)
}

/// A header or footer part of one paragraph.
fn edge(element: &str, style: &str, content: &str) -> String {
    format!(
        "{}<w:{element} {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p></w:{element}>",
        office::DECLARATION
    )
}

/// Appends a run of plain text, if there is any.
fn run(text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str("<w:r><w:t xml:space=\"preserve\">");
        xml::text(text, out);
        out.push_str("</w:t></w:r>");
    }
}
