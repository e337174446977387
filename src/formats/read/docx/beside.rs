//! What stands beside the text: headers and footers, notes, comments.

use std::collections::BTreeSet;

use super::Shared;
use super::body::{Body, Marks, Numbering};
use super::look::is_on;
use crate::document::{Beside, Place};
use crate::formats::read::Unreadable;
use crate::formats::read::extract::{Extract, Hidden, Role};
use crate::formats::read::package::Relations;
use crate::formats::read::xml::{Element, Node, tree};

/// Reads everything beside the text of a document.
pub(super) fn read(
    shared: &Shared,
    relations: &Relations,
    body: Node<'_>,
    marks: &Marks,
    extract: &mut Extract,
) -> Result<(), Unreadable> {
    margins(shared, relations, body, extract)?;
    for (kind, referred) in [(Beside::Footnote, &marks.footnotes), (Beside::Endnote, &marks.endnotes)] {
        notes(shared, relations, kind, referred, extract)?;
    }
    comments(shared, relations, marks, extract)
}

/// A part with what is read of it.
struct Part<'a> {
    shared: &'a Shared<'a>,
    relations: Relations,
    kind: Beside,
    role: Role,
    hidden: Option<Hidden>,
}

impl Part<'_> {
    fn read(&self, holder: Node<'_>, number: u32, extract: &mut Extract) -> Result<(), Unreadable> {
        let mut body = Body::new(self.shared, &self.relations, Numbering::Beside { kind: self.kind, number }, extract);
        body.around.role = Some(self.role.clone());
        body.around.hidden = self.hidden;
        body.blocks(holder)
    }
}

/// Headers and footers of all sections, each part once.
fn margins(shared: &Shared, relations: &Relations, body: Node<'_>, extract: &mut Extract) -> Result<(), Unreadable> {
    let settings = relations.parts("settings").next().map(|part| shared.package.text(part)).transpose()?.flatten();
    let even = match &settings {
        Some(text) => tree(text)?.root_element().child("evenAndOddHeaders").is_some_and(is_on),
        None => false,
    };
    let mut done = BTreeSet::new();
    let mut numbers = (0, 0);
    for section in body.descendants().filter(|node| node.name() == "sectPr") {
        let first = section.child("titlePg").is_some_and(is_on);
        for node in section.children().filter(|node| matches!(node.name(), "headerReference" | "footerReference")) {
            let Some(part) = node.relation("id").and_then(|id| relations.part(id)) else { continue };
            if !done.insert(part.to_owned()) {
                continue;
            }
            let shown = match node.get("type") {
                Some("first") => first,
                Some("even") => even,
                _ => true,
            };
            let (kind, role, number) = match node.name() {
                "headerReference" => (Beside::Header, Role::Header, &mut numbers.0),
                _ => (Beside::Footer, Role::Footer, &mut numbers.1),
            };
            *number += 1;
            let Some(text) = shared.package.text(part)? else { continue };
            let hidden = (!shown).then_some(Hidden::OtherView);
            let relations = shared.package.relations(part)?;
            let reader = Part { shared, relations, kind, role, hidden };
            reader.read(tree(&text)?.root_element(), *number, extract)?;
        }
    }
    Ok(())
}

/// Footnotes or endnotes, in the order in which the text refers to them; those it does not refer to are not shown.
fn notes(
    shared: &Shared,
    relations: &Relations,
    kind: Beside,
    referred: &[String],
    extract: &mut Extract,
) -> Result<(), Unreadable> {
    let (part, element) = match kind {
        Beside::Endnote => ("endnotes", "endnote"),
        _ => ("footnotes", "footnote"),
    };
    let Some(part) = relations.parts(part).next() else { return Ok(()) };
    let Some(text) = shared.package.text(part)? else { return Ok(()) };
    let document = tree(&text)?;
    let position = |node: &Node| referred.iter().position(|id| node.get("id") == Some(id));
    let mut notes: Vec<Node> = document.root_element().all(element).collect();
    notes
        .retain(|node| !matches!(node.get("type"), Some("separator" | "continuationSeparator" | "continuationNotice")));
    notes.sort_by_key(|node| position(node).unwrap_or(usize::MAX));
    for (at, note) in notes.into_iter().enumerate() {
        let hidden = position(&note).is_none().then_some(Hidden::OtherView);
        let reader = Part { shared, relations: shared.package.relations(part)?, kind, role: Role::Footnote, hidden };
        reader.read(note, at as u32 + 1, extract)?;
    }
    Ok(())
}

fn comments(shared: &Shared, relations: &Relations, marks: &Marks, extract: &mut Extract) -> Result<(), Unreadable> {
    let Some(part) = relations.parts("comments").next() else { return Ok(()) };
    let Some(text) = shared.package.text(part)? else { return Ok(()) };
    let document = tree(&text)?;
    for (at, comment) in document.root_element().all("comment").enumerate() {
        let author = comment.get("author").unwrap_or_default().to_owned();
        let on =
            marks.comments.iter().find(|(id, _)| comment.get("id") == Some(id)).and_then(|(_, place)| place.clone());
        let role = Role::Comment { author, on: on.map(Box::<Place>::new) };
        let relations = shared.package.relations(part)?;
        let reader = Part { shared, relations, kind: Beside::Comment, role, hidden: None };
        reader.read(comment, at as u32 + 1, extract)?;
    }
    Ok(())
}
