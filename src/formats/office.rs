//! Parts that every office package has: content types, relationships, core and extended properties.

use std::fmt::Write;

use super::xml;
use crate::document::Properties;

/// First line of every XML part.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Namespace of relationships inside packages, and prefix of their types.
pub(crate) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part with what stands between two `@` filled in.
pub(crate) fn fill(part: &str, value: impl Fn(&str, &mut String)) -> String {
    let mut out = String::with_capacity(part.len() + 2048);
    for (index, piece) in part.split('@').enumerate() {
        if index % 2 == 0 {
            out.push_str(piece);
        } else {
            value(piece, &mut out);
        }
    }
    out
}

/// `[Content_Types].xml`: which part is what.
pub(crate) fn content_types(overrides: &[(&str, &str)]) -> String {
    let mut out = String::from(DECLARATION);
    out.push_str("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
    out.push_str(
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    );
    out.push_str("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    let own = [
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ];
    for (part, kind) in overrides.iter().chain(&own) {
        let _ = write!(out, "<Override PartName=\"/{part}\" ContentType=\"{kind}\"/>");
    }
    out.push_str("</Types>");
    out
}

/// One relationship of a part: type (below [`RELATIONS`] unless it is whole), target, and whether it leaves the package.
pub(crate) struct Relation {
    pub(crate) kind: &'static str,
    pub(crate) target: String,
    pub(crate) external: bool,
}

impl Relation {
    /// A relationship to another part.
    pub(crate) fn part(kind: &'static str, target: impl Into<String>) -> Relation {
        Relation { kind, target: target.into(), external: false }
    }
}

/// A `.rels` part; ids are `rId1`, `rId2`, … in the order given.
pub(crate) fn relationships(relations: &[Relation]) -> String {
    let mut out = String::from(DECLARATION);
    out.push_str("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (index, relation) in relations.iter().enumerate() {
        let id = index + 1;
        let base = if relation.kind.contains(':') { "" } else { RELATIONS };
        let slash = if base.is_empty() { "" } else { "/" };
        let target = xml::quoted(&relation.target);
        let mode = if relation.external { " TargetMode=\"External\"" } else { "" };
        let _ = write!(
            out,
            "<Relationship Id=\"rId{id}\" Type=\"{base}{slash}{}\" Target=\"{target}\"{mode}/>",
            relation.kind
        );
    }
    out.push_str("</Relationships>");
    out
}

/// `_rels/.rels`: the main part and the two property parts.
pub(crate) fn package_relationships(main: &str) -> String {
    relationships(&[
        Relation::part("officeDocument", main),
        Relation::part(
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
        Relation::part("extended-properties", "docProps/app.xml"),
    ])
}

/// `docProps/core.xml`: title, author and the dates of the story.
pub(crate) fn core(properties: &Properties) -> String {
    let mut out = String::from(DECLARATION);
    out.push_str("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    element("dc:title", &properties.title, &mut out);
    element("dc:creator", &properties.author, &mut out);
    element("cp:lastModifiedBy", &properties.author, &mut out);
    for (name, at) in [("created", properties.created), ("modified", properties.modified)] {
        let at = at.iso();
        let _ = write!(out, "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{at}Z</dcterms:{name}>");
    }
    element("dc:language", &properties.language, &mut out);
    out.push_str("</cp:coreProperties>");
    out
}

/// `docProps/app.xml`: the application and the company.
pub(crate) fn app(application: &str, properties: &Properties) -> String {
    let mut out = String::from(DECLARATION);
    out.push_str("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">");
    element("Application", application, &mut out);
    element("Company", &properties.company, &mut out);
    element("AppVersion", "16.0300", &mut out);
    out.push_str("</Properties>");
    out
}

/// An element with text; nothing when there is no text.
fn element(name: &str, text: &str, out: &mut String) {
    if !text.is_empty() {
        let _ = write!(out, "<{name}>");
        xml::text(text, out);
        let _ = write!(out, "</{name}>");
    }
}
