//! Shapes of a slide as they are stacked: where they lie, what they are filled with, what they hold.

use std::collections::BTreeMap;

use super::geometry::{Group, Rect};
use super::layout::{Inherited, Layout};
use crate::document::look::Colour;
use crate::formats::read::colour::{self, FAINTEST, OPAQUE, Paint, Theme};
use crate::formats::read::xml::{Element, Node};

/// What a shape is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fill {
    Colour(Paint),
    /// Nobody can say what colour is behind letters on it.
    Picture,
}

impl Fill {
    /// Its colour, if it has one that is seen.
    pub(super) fn colour(self) -> Option<Colour> {
        match self {
            Fill::Colour(paint) if paint.alpha > FAINTEST => Some(paint.colour),
            _ => None,
        }
    }

    fn hides_what_is_below(self) -> bool {
        match self {
            Fill::Colour(paint) => paint.alpha >= OPAQUE * 9 / 10,
            Fill::Picture => true,
        }
    }
}

/// A shape, picture, table or chart, the groups it was in taken away.
pub(super) struct Shape<'n> {
    pub(super) node: Node<'n>,
    pub(super) rect: Option<Rect>,
    pub(super) fill: Option<Fill>,
    /// It, or a group it is in, is marked as hidden.
    pub(super) hides: bool,
    pub(super) inherited: Inherited,
}

impl Shape<'_> {
    /// The place of the layout that it fills.
    pub(super) fn placeholder(&self) -> Option<&str> {
        placeholder(self.node).map(|node| node.get("type").unwrap_or("obj"))
    }

    /// The name and words that are not shown.
    pub(super) fn described(&self) -> Option<roxmltree::Node<'_, '_>> {
        described(self.node)
    }

    /// Whether it hides what lies under it.
    pub(super) fn is_opaque(&self) -> bool {
        !self.hides && self.fill.is_some_and(Fill::hides_what_is_below)
    }
}

fn properties(node: Node<'_>) -> Option<Node<'_>> {
    node.children().find(|child| child.name().starts_with("nv") && child.name().ends_with("Pr"))
}

fn described(node: Node<'_>) -> Option<Node<'_>> {
    properties(node)?.child("cNvPr")
}

fn placeholder(node: Node<'_>) -> Option<Node<'_>> {
    properties(node)?.path(&["nvPr", "ph"])
}

/// All shapes of a tree, the lowest first.
pub(super) fn shapes<'n>(tree: Node<'n>, layout: &Layout) -> Vec<Shape<'n>> {
    let mut found = Vec::new();
    collect(tree, layout, &[], false, &mut found);
    found
}

fn collect<'n>(tree: Node<'n>, layout: &Layout, groups: &[Group], hides: bool, found: &mut Vec<Shape<'n>>) {
    for node in tree.children().filter(Node::is_element) {
        match node.name() {
            "grpSp" => {
                let transform = node.path(&["grpSpPr", "xfrm"]);
                let both = transform.and_then(|transform| {
                    Some(Group {
                        own: Rect::of(transform, "off", "ext")?,
                        inner: Rect::of(transform, "chOff", "chExt")?,
                    })
                });
                let inner: Vec<Group> = groups.iter().copied().chain(both).collect();
                collect(node, layout, &inner, hides || marked(node), found);
            }
            "sp" | "pic" | "graphicFrame" | "cxnSp" => found.push(shape(node, layout, groups, hides)),
            "AlternateContent" => {
                if let Some(content) = node.child("Choice").or_else(|| node.child("Fallback")) {
                    collect(content, layout, groups, hides, found);
                }
            }
            _ => {}
        }
    }
}

fn marked(node: Node<'_>) -> bool {
    described(node).is_some_and(|described| matches!(described.get("hidden"), Some("1" | "true")))
}

fn shape<'n>(node: Node<'n>, layout: &Layout, groups: &[Group], hides: bool) -> Shape<'n> {
    let holder = node.child("spPr");
    let transform = holder.and_then(|holder| holder.child("xfrm")).or_else(|| node.child("xfrm"));
    let inherited = match node.name() {
        "sp" => layout.inherited(placeholder(node)),
        _ => Inherited::default(),
    };
    let own = transform.and_then(|transform| Rect::of(transform, "off", "ext"));
    let rect = own.map(|rect| groups.iter().rev().fold(rect, |rect, group| group.placed(rect))).or(inherited.rect);
    let filled = holder.and_then(|holder| fill(holder, &layout.theme, &layout.map));
    let fill = match node.name() {
        "pic" => Some(picture(node)),
        _ if holder.is_some_and(|holder| holder.child("noFill").is_some()) => None,
        _ => filled.or_else(|| styled(node, layout)).or(inherited.fill.map(solid)),
    };
    Shape { node, rect, fill, hides: hides || marked(node), inherited }
}

fn solid(colour: Colour) -> Fill {
    Fill::Colour(Paint { colour, alpha: OPAQUE })
}

/// A picture, which may be drawn faintly.
fn picture(node: Node<'_>) -> Fill {
    let faint = node.descendants().find(|node| node.name() == "alphaModFix").and_then(|node| node.number("amt"));
    match faint {
        Some(alpha) => Fill::Colour(Paint { colour: colour::WHITE, alpha: alpha.min(FAINTEST) }),
        None => Fill::Picture,
    }
}

/// The fill that the theme's style of a shape gives it.
fn styled(node: Node<'_>, layout: &Layout) -> Option<Fill> {
    let reference = node.path(&["style", "fillRef"])?;
    if reference.get("idx") == Some("0") {
        return None;
    }
    colour::paint(reference, &layout.theme, &layout.map).map(Fill::Colour)
}

/// The fill that an element says: `spPr`, `bgPr`, `tcPr`.
pub(super) fn fill(holder: Node<'_>, theme: &Theme, map: &BTreeMap<String, String>) -> Option<Fill> {
    let node = holder.children().find(|child| child.name().ends_with("Fill"))?;
    match node.name() {
        "solidFill" => colour::paint(node, theme, map).map(Fill::Colour),
        "gradFill" => {
            let stop = node.path(&["gsLst", "gs"])?;
            colour::paint(stop, theme, map).map(Fill::Colour)
        }
        "pattFill" => colour::paint(node.child("bgClr")?, theme, map).map(Fill::Colour),
        "blipFill" => Some(Fill::Picture),
        _ => None,
    }
}
