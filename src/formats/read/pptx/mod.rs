//! Presentations: slides in their order, of each the title first, then every shape as it is stacked; then what is spoken,
//! remarked, and shown on every slide.

mod beside;
mod frame;
mod geometry;
mod layout;
mod shape;
mod slide;
mod text;

use std::collections::BTreeSet;
use std::ops::Range;

use super::Unreadable;
use super::extract::Extract;
use super::package::Package;
use super::properties::properties;
use super::xml::{Element, Node, tree};
use crate::document::Place;
use geometry::Rect;
use layout::Layouts;
use slide::Slides;

/// Slides of one deck; more are made to cost time.
const MOST_SLIDES: usize = 2_000;

/// Reads a pptx.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let package = Package::open(bytes)?;
    let mut extract = Extract::default();
    slides(&package, &mut extract)?;
    extract.lines.extend(properties(&package)?);
    Ok(extract)
}

/// The part of a slide and the bytes in it of the paragraph at a place.
pub(in crate::formats) fn source(bytes: &[u8], place: &Place) -> Result<Option<(String, Range<usize>)>, Unreadable> {
    let sources = slides(&Package::open(bytes)?, &mut Extract::default())?;
    let found = sources.into_iter().find(|(known, _, range)| known == place && !range.is_empty());
    Ok(found.map(|(_, part, range)| (part, range)))
}

/// Reads all slides, and says where in the parts their paragraphs stand.
fn slides(package: &Package, extract: &mut Extract) -> Result<Vec<(Place, String, Range<usize>)>, Unreadable> {
    let part = package.main_part("ppt/presentation.xml")?;
    let no_deck = || Unreadable::because("it is no pptx");
    let text = package.text(&part)?.ok_or_else(no_deck)?;
    let document = tree(&text)?;
    let root = document.root_element();
    if root.name() != "presentation" {
        return Err(no_deck());
    }
    let relations = package.relations(&part)?;
    let mut slides = Slides {
        package,
        layouts: Layouts::new(package, root)?,
        page: page(root),
        extract,
        authors: beside::authors(package, &relations)?,
        used: BTreeSet::new(),
        sources: Vec::new(),
        source: 0..0,
    };
    let listed = root.child("sldIdLst");
    let listed: Vec<Node> = listed.iter().flat_map(|list| list.all("sldId")).collect();
    if listed.len() > MOST_SLIDES {
        return Err(Unreadable::because(format!("it has more than {MOST_SLIDES} slides")));
    }
    for (at, node) in listed.iter().enumerate() {
        if let Some(part) = node.relation("id").and_then(|id| relations.part(id)) {
            slides.read(part, at as u32 + 1)?;
        }
    }
    slides.masters()?;
    Ok(slides.sources)
}

/// The page of a deck: ten by seven and a half inches where it does not say.
fn page(root: Node<'_>) -> Rect {
    let size = root.child("sldSz");
    let number = |name: &str| size.and_then(|size| size.number(name));
    Rect { left: 0, top: 0, width: number("cx").unwrap_or(9_144_000), height: number("cy").unwrap_or(6_858_000) }
}
