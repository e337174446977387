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

use super::extract::Extract;
use super::package::Package;
use super::properties::properties;
use super::xml::{Element, Node, tree};
use super::{MOST_LINES, Unreadable};
use geometry::Rect;
use layout::Layouts;
use slide::Slides;

/// Slides of one deck; more are made to cost time.
const MOST_SLIDES: usize = 2_000;

/// Reads a pptx.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let package = Package::open(bytes)?;
    let part = package.main_part("ppt/presentation.xml")?;
    let no_deck = || Unreadable::because("it is no pptx");
    let text = package.text(&part)?.ok_or_else(no_deck)?;
    let document = tree(&text)?;
    let root = document.root_element();
    if root.name() != "presentation" {
        return Err(no_deck());
    }
    let relations = package.relations(&part)?;
    let mut extract = Extract::default();
    let mut slides = Slides {
        package: &package,
        layouts: Layouts::new(&package, root)?,
        page: page(root),
        extract: &mut extract,
        authors: beside::authors(&package, &relations)?,
        used: BTreeSet::new(),
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
    if extract.lines.len() > MOST_LINES {
        return Err(Unreadable::because(format!("it has more than {MOST_LINES} paragraphs")));
    }
    extract.lines.extend(properties(&package)?);
    Ok(extract)
}

/// The page of a deck: ten by seven and a half inches where it does not say.
fn page(root: Node<'_>) -> Rect {
    let size = root.child("sldSz");
    let number = |name: &str| size.and_then(|size| size.number(name));
    Rect { left: 0, top: 0, width: number("cx").unwrap_or(9_144_000), height: number("cy").unwrap_or(6_858_000) }
}
