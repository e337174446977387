//! One paragraph of a document or slide with another text; it keeps its style and the look of its first letters.

use std::collections::BTreeMap;
use std::ops::Range;

use super::repack::repack;
use super::splice::{escaped, prefix, splice};
use crate::document::Place;
use crate::formats::read::package::Package;
use crate::formats::read::xml::{Element, Node, tree};
use crate::formats::read::{Unreadable, docx, pptx};

/// The file with another text at a place.
pub(super) fn edit(bytes: &[u8], extension: &str, place: &Place, text: &str) -> Result<Vec<u8>, Unreadable> {
    let found = match (extension, place) {
        ("docx", Place::Paragraph(number)) => docx::source(bytes, *number)?,
        ("pptx", place) => pptx::source(bytes, place)?,
        _ => None,
    };
    let missing = || Unreadable::because(format!("there is no paragraph {place} that can be edited"));
    let (part, range) = found.ok_or_else(missing)?;
    let package = Package::open(bytes)?;
    let before = package.text(&part)?.ok_or_else(missing)?;
    let document = tree(&before)?;
    let node = document.descendants().find(|node| node.is_element() && node.range() == range).ok_or_else(missing)?;
    let after = splice(&before, replaced(&before, node, text));
    // The marks of a text that is no longer there would make it broken.
    tree(&after)?;
    repack(bytes, &BTreeMap::from([(part, after)]))
}

/// The pieces of a paragraph's part to replace: its first run by the new text, its other texts by nothing.
fn replaced(source: &str, paragraph: Node<'_>, text: &str) -> Vec<(Range<usize>, String)> {
    let texts: Vec<Node> = paragraph.children().filter(|child| is_text(*child)).collect();
    let first = texts.iter().flat_map(|node| node.descendants()).find(|node| node.name() == "r");
    let look = first.and_then(|run| run.child("rPr")).map_or("", |look| &source[look.range()]);
    let prefix = prefix(source, &paragraph.range());
    let run = match paragraph.namespaces().any(|space| {
        space.uri().ends_with("/wordprocessingml/2006/main") || space.uri().ends_with("/wordprocessingml/main")
    }) && paragraph.tag_name().namespace().is_some_and(|space| space.contains("wordprocessingml"))
    {
        true => written(prefix, look, text),
        false => drawn(prefix, look, text),
    };
    match texts.split_first() {
        Some((first, others)) => {
            let mut pieces = vec![(first.range(), run)];
            pieces.extend(others.iter().map(|node| (node.range(), String::new())));
            pieces
        }
        None => Vec::new(),
    }
}

/// Whether a child of a paragraph holds nothing but text: what holds a picture, a mark or a note stays.
fn is_text(node: Node<'_>) -> bool {
    let holds = |name: &str| node.descendants().any(|inner| inner.name() == name);
    matches!(node.name(), "r" | "hyperlink" | "ins" | "del" | "fld" | "br" | "smartTag" | "fldSimple" | "sdt")
        && ![
            "drawing",
            "pict",
            "object",
            "footnoteReference",
            "endnoteReference",
            "commentReference",
            "AlternateContent",
        ]
        .iter()
        .any(|name| holds(name))
}

/// A run of a text document.
fn written(prefix: &str, look: &str, text: &str) -> String {
    let mut inner = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            inner.push_str(&format!("<{prefix}br/>"));
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                inner.push_str(&format!("<{prefix}tab/>"));
            }
            inner.push_str(&format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", escaped(piece)));
        }
    }
    format!("<{prefix}r>{look}{inner}</{prefix}r>")
}

/// Runs of a slide, one for each line.
fn drawn(prefix: &str, look: &str, text: &str) -> String {
    let run = |line: &str| format!("<{prefix}r>{look}<{prefix}t>{}</{prefix}t></{prefix}r>", escaped(line));
    text.split('\n').map(run).collect::<Vec<_>>().join(&format!("<{prefix}br/>"))
}
