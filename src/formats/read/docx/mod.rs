//! Text documents: paragraphs in reading order as [`Place::Paragraph`] numbers them, table cells and text boxes among them;
//! then headers, footers, notes and comments; then the properties.

mod anchor;
mod beside;
mod body;
mod fields;
mod look;
mod paragraph;
mod styles;
mod table;

use std::ops::Range;

use super::Unreadable;
use super::colour::{self, Theme};
use super::extract::Extract;
use super::package::{Package, Relations};
use super::properties::properties;
use super::xml::{Element, Node, tree};
use body::{Body, Numbering};
use look::Page;
use styles::Styles;

/// What all parts of a document share.
struct Shared<'a> {
    package: &'a Package<'a>,
    styles: Styles,
    theme: Theme,
    page: Page,
}

/// Reads a docx.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let package = Package::open(bytes)?;
    let part = package.main_part("word/document.xml")?;
    let no_document = || Unreadable::because("it is no docx");
    let text = package.text(&part)?.ok_or_else(no_document)?;
    let document = tree(&text)?;
    let root = document.root_element();
    let body = root.child("body").filter(|_| root.name() == "document").ok_or_else(no_document)?;
    let relations = package.relations(&part)?;
    let shared = shared(&package, &relations, root, body)?;
    let mut extract = Extract::default();
    let mut reader = Body::new(&shared, &relations, Numbering::Text, &mut extract);
    reader.blocks(body)?;
    let marks = reader.marks;
    beside::read(&shared, &relations, body, &marks, &mut extract)?;
    extract.lines.extend(properties(&package)?);
    Ok(extract)
}

/// The part with the text of a docx, and the bytes in it of the paragraph of that number.
pub(in crate::formats) fn source(bytes: &[u8], number: u32) -> Result<Option<(String, Range<usize>)>, Unreadable> {
    let package = Package::open(bytes)?;
    let part = package.main_part("word/document.xml")?;
    let no_document = || Unreadable::because("it is no docx");
    let text = package.text(&part)?.ok_or_else(no_document)?;
    let document = tree(&text)?;
    let body = document.root_element().child("body").ok_or_else(no_document)?;
    let relations = package.relations(&part)?;
    let shared = shared(&package, &relations, document.root_element(), body)?;
    let mut extract = Extract::default();
    let mut reader = Body::new(&shared, &relations, Numbering::Text, &mut extract);
    reader.blocks(body)?;
    let at = number.checked_sub(1).and_then(|at| reader.sources.get(at as usize));
    Ok(at.filter(|range| !range.is_empty()).map(|range| (part, range.clone())))
}

fn shared<'a>(
    package: &'a Package<'a>,
    relations: &Relations,
    root: Node<'_>,
    body: Node<'_>,
) -> Result<Shared<'a>, Unreadable> {
    let theme = Theme::of(package, relations)?;
    let text = relations.parts("styles").next().map(|part| package.text(part)).transpose()?.flatten();
    let styles = Styles::read(text.as_deref(), &theme)?;
    let ground = root.child("background").and_then(|node| node.get("color")).and_then(colour::hex);
    let page = Page::of(body.children().rfind(|node| node.name() == "sectPr"), ground);
    Ok(Shared { package, styles, theme, page })
}
