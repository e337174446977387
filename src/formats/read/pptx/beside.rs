//! What stands beside a slide: what its speaker reads, and what others remark.

use std::collections::BTreeMap;

use super::slide::{Open, Slides};
use crate::document::{Beside, Place};
use crate::formats::read::Unreadable;
use crate::formats::read::extract::{Line, Role, Run};
use crate::formats::read::package::{Package, Relations};
use crate::formats::read::xml::{Element, Node, tree};

/// Who may remark, by number or identifier.
pub(super) fn authors(package: &Package, relations: &Relations) -> Result<BTreeMap<String, String>, Unreadable> {
    let mut authors = BTreeMap::new();
    for part in relations.parts("commentAuthors").chain(relations.parts("authors")) {
        let Some(text) = package.text(part)? else { continue };
        let document = tree(&text)?;
        for node in document.root_element().children().filter(Node::is_element) {
            authors.extend(node.get("id").zip(node.get("name")).map(|(id, name)| (id.to_owned(), name.to_owned())));
        }
    }
    Ok(authors)
}

/// The words of a paragraph of a drawing.
fn words(paragraph: Node<'_>) -> String {
    let pieces = paragraph.children().filter_map(|piece| match piece.name() {
        "r" | "fld" => piece.child("t")?.text(),
        "br" => Some("\n"),
        _ => None,
    });
    pieces.collect()
}

/// What the speaker of a slide reads.
pub(super) fn notes(slides: &mut Slides, open: &Open) -> Result<(), Unreadable> {
    let Some(part) = open.relations.parts("notesSlide").next() else { return Ok(()) };
    let Some(text) = slides.package.text(part)? else { return Ok(()) };
    let document = tree(&text)?;
    let shapes = document.root_element().path(&["cSld", "spTree"]);
    let spoken = shapes.iter().flat_map(|tree| tree.all("sp")).filter(|shape| {
        let place = shape.path(&["nvSpPr", "nvPr", "ph"]).and_then(|place| place.get("type"));
        !matches!(place, Some("sldNum" | "dt" | "ftr" | "hdr" | "sldImg"))
    });
    let bodies = spoken.filter_map(|shape| shape.child("txBody"));
    let texts = bodies.flat_map(|body| body.all("p").map(words).collect::<Vec<_>>());
    let texts = texts.filter(|text| !text.trim().is_empty());
    for (at, text) in texts.enumerate() {
        let place = Place::Beside { kind: Beside::Notes, number: open.number, paragraph: at as u32 + 1 };
        slides.extract.lines.push(Line { page: open.number, ..Line::new(place, Role::Notes, text) });
    }
    Ok(())
}

/// What others remark on a slide, in the older form and in the newer.
pub(super) fn comments(slides: &mut Slides, open: &Open) -> Result<(), Unreadable> {
    let mut paragraph = 0;
    for part in open.relations.parts("comments") {
        let Some(text) = slides.package.text(part)? else { continue };
        let document = tree(&text)?;
        for node in document.descendants().filter(|node| matches!(node.name(), "cm" | "reply")) {
            let author = node.get("authorId").and_then(|id| slides.authors.get(id)).cloned().unwrap_or_default();
            let text = match (node.child("text"), node.child("txBody")) {
                (Some(text), _) => text.text().unwrap_or_default().to_owned(),
                (_, Some(body)) => body.all("p").map(words).collect::<Vec<_>>().join("\n"),
                _ => continue,
            };
            paragraph += 1;
            let place = Place::Beside { kind: Beside::Comment, number: open.number, paragraph };
            let role = Role::Comment { author, on: None };
            let line = Line { place, role, runs: vec![Run::seen(text)], page: open.number, cell: None };
            slides.extract.lines.push(line);
        }
    }
    Ok(())
}
