//! A file whose content is there and cannot be seen: what a grader must not fall for.

use std::collections::BTreeMap;

use super::repack::repack;
use crate::formats::read::Unreadable;
use crate::formats::read::package::Package;

/// The office file with all its text hidden, or white on its white page.
pub(super) fn obscured(bytes: &[u8], extension: &str, white: bool) -> Result<Vec<u8>, Unreadable> {
    let package = Package::open(bytes)?;
    let mut parts = BTreeMap::new();
    for name in package.archive.records().into_iter().map(|record| record.name) {
        let changes = match extension {
            "docx" if name == "word/document.xml" => runs(white),
            "pptx" if name.starts_with("ppt/slides/slide") && name.ends_with(".xml") => slides(white),
            "xlsx" if name == "xl/workbook.xml" && !white => tabs(),
            "xlsx" if name == "xl/styles.xml" && white => fonts(),
            _ => continue,
        };
        if let Some(text) = package.text(&name)? {
            let changed = changes.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to));
            parts.insert(name, changed);
        }
    }
    repack(bytes, &parts)
}

type Changes = Vec<(&'static str, &'static str)>;

/// Every run of a document is hidden, or white.
fn runs(white: bool) -> Changes {
    match white {
        true => vec![
            ("<w:rPr>", "<w:rPr><w:color w:val=\"FFFFFF\"/>"),
            ("<w:r><w:t", "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t"),
        ],
        false => vec![("<w:rPr>", "<w:rPr><w:vanish/>"), ("<w:r><w:t", "<w:r><w:rPr><w:vanish/></w:rPr><w:t")],
    }
}

/// Every slide is passed over, or its text white.
fn slides(white: bool) -> Changes {
    match white {
        true => vec![
            ("<a:schemeClr val=\"tx1\"/>", "<a:srgbClr val=\"FFFFFF\"/>"),
            ("<a:rPr/>", "<a:rPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill></a:rPr>"),
        ],
        false => vec![("<p:sld ", "<p:sld show=\"0\" ")],
    }
}

/// No sheet has a tab; a workbook needs one, so this is what a careless program writes.
fn tabs() -> Changes {
    vec![("<sheet name=", "<sheet state=\"hidden\" name=")]
}

/// Every font is white.
fn fonts() -> Changes {
    vec![
        ("<color theme=\"1\"/>", "<color rgb=\"FFFFFFFF\"/>"),
        ("<color rgb=\"FF000000\"/>", "<color rgb=\"FFFFFFFF\"/>"),
    ]
}
