//! What people remark on cells: notes, and conversations, of which programs keep a copy as a note for older ones.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::strings::unescaped;
use super::workbook::Sheet;
use crate::document::Place;
use crate::document::place::parse_cell;
use crate::formats::read::Unreadable;
use crate::formats::read::extract::{Line, Role};
use crate::formats::read::package::Package;
use crate::formats::read::xml::{Element, Node, tree};

/// Everybody who takes part in a conversation, by identifier.
pub(super) fn people(package: &Package, part: &str) -> Result<BTreeMap<String, String>, Unreadable> {
    let mut people = BTreeMap::new();
    for part in package.relations(part)?.parts("person") {
        let Some(text) = package.text(part)? else { continue };
        for node in tree(&text)?.root_element().all("person") {
            people
                .extend(node.get("id").zip(node.get("displayName")).map(|(id, name)| (id.to_owned(), name.to_owned())));
        }
    }
    Ok(people)
}

/// The remarks on the cells of a sheet.
pub(super) fn read(
    package: &Package,
    sheet: &Sheet,
    people: &BTreeMap<String, String>,
) -> Result<Vec<Line>, Unreadable> {
    let relations = package.relations(&sheet.part)?;
    let mut lines = Vec::new();
    for part in relations.parts("threadedComment") {
        let Some(text) = package.text(part)? else { continue };
        for node in tree(&text)?.root_element().all("threadedComment") {
            let author = node.get("personId").and_then(|id| people.get(id)).cloned().unwrap_or_default();
            let words = node.child("text").and_then(|text| text.text()).unwrap_or_default();
            lines.extend(line(sheet, node, author, words));
        }
    }
    let told: BTreeSet<Place> = lines.iter().map(|line: &Line| line.place.clone()).collect();
    for part in relations.parts("comments") {
        let Some(text) = package.text(part)? else { continue };
        let document = tree(&text)?;
        lines.extend(notes(sheet, document.root_element()).filter(|line| !told.contains(&line.place)));
    }
    Ok(lines)
}

fn notes<'a>(sheet: &'a Sheet, root: Node<'a>) -> impl Iterator<Item = Line> + use<'a> {
    let authors: Vec<&str> = root
        .child("authors")
        .iter()
        .flat_map(|list| list.all("author"))
        .map(|node| node.text().unwrap_or_default())
        .collect();
    let list: Vec<Node> = root.child("commentList").iter().flat_map(|list| list.all("comment")).collect();
    list.into_iter().filter_map(move |node| {
        let author =
            node.get("authorId").and_then(|at| authors.get(at.parse::<usize>().ok()?)).copied().unwrap_or_default();
        let letters =
            node.child("text")?.descendants().filter(|inner| inner.name() == "t").filter_map(|inner| inner.text());
        line(sheet, node, author.to_owned(), &letters.collect::<String>())
    })
}

fn line(sheet: &Sheet, node: Node<'_>, author: String, words: &str) -> Option<Line> {
    let (row, column) = parse_cell(node.get("ref")?)?;
    let place = Place::Cell { sheet: Arc::clone(&sheet.name), row, column };
    let role = Role::Comment { author, on: Some(Box::new(place.clone())) };
    (!words.trim().is_empty()).then(|| Line::new(place, role, unescaped(words)))
}
