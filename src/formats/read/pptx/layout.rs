//! Layouts and masters: what a slide inherits from them. They are read once, whatever the number of slides.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::geometry::Rect;
use super::shape::fill;
use super::text::{Levels, Look};
use crate::document::look::Colour;
use crate::formats::read::Unreadable;
use crate::formats::read::colour::{self, Theme};
use crate::formats::read::package::Package;
use crate::formats::read::xml::{Element, Node, tree};

/// What a slide inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Part names of the layout and its master.
    pub(super) parts: Vec<String>,
    pub(super) theme: Rc<Theme>,
    /// What `bg1`, `tx1` and their like mean on this master.
    pub(super) map: Rc<BTreeMap<String, String>>,
    pub(super) ground: Option<Colour>,
    /// Places for text, the layout's own before the master's.
    places: Vec<Placeholder>,
    /// The master's styles for titles, texts and everything else.
    styles: BTreeMap<&'static str, Rc<Levels>>,
}

/// A place for text in a layout or master.
#[derive(Clone, Debug)]
struct Placeholder {
    kind: String,
    index: String,
    rect: Option<Rect>,
    levels: Rc<Levels>,
    fill: Option<Colour>,
}

/// What a slide's own place for text inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Inherited {
    pub(super) rect: Option<Rect>,
    /// The nearest first.
    pub(super) levels: Vec<Rc<Levels>>,
    pub(super) fill: Option<Colour>,
}

/// All layouts of a deck by their part.
pub(super) struct Layouts<'a> {
    package: &'a Package<'a>,
    known: BTreeMap<String, Rc<Layout>>,
    usual: Rc<Levels>,
}

impl<'a> Layouts<'a> {
    pub(super) fn new(package: &'a Package<'a>, root: Node<'_>) -> Result<Layouts<'a>, Unreadable> {
        let (theme, map) = (Theme::default(), BTreeMap::new());
        let usual = root.child("defaultTextStyle").map(|node| Levels::of(node, &theme, &map));
        Ok(Layouts { package, known: BTreeMap::new(), usual: Rc::new(usual.unwrap_or_default()) })
    }

    /// The layout of that part, with what its master adds.
    pub(super) fn get(&mut self, part: &str) -> Result<Rc<Layout>, Unreadable> {
        if let Some(layout) = self.known.get(part) {
            return Ok(Rc::clone(layout));
        }
        let layout = Rc::new(self.read(part)?);
        self.known.insert(part.to_owned(), Rc::clone(&layout));
        Ok(layout)
    }

    fn read(&self, part: &str) -> Result<Layout, Unreadable> {
        let relations = self.package.relations(part)?;
        let mut layout = match relations.parts("slideMaster").next() {
            Some(master) => self.master(master)?,
            None => Layout::default(),
        };
        layout.parts.insert(0, part.to_owned());
        let Some(text) = self.package.text(part)? else { return Ok(layout) };
        let document = tree(&text)?;
        let root = document.root_element();
        layout.ground = ground(root, &layout).or(layout.ground);
        let mut places = placeholders(root, &layout);
        places.append(&mut layout.places);
        layout.places = places;
        Ok(layout)
    }

    fn master(&self, part: &str) -> Result<Layout, Unreadable> {
        let theme = Theme::of(self.package, &self.package.relations(part)?)?;
        let mut master = Layout { parts: vec![part.to_owned()], theme: Rc::new(theme), ..Layout::default() };
        let Some(text) = self.package.text(part)? else { return Ok(master) };
        let document = tree(&text)?;
        let root = document.root_element();
        let map = root.child("clrMap");
        let names = map.iter().flat_map(|map| map.attributes());
        master.map = Rc::new(names.map(|name| (name.name().to_owned(), name.value().to_owned())).collect());
        master.ground = ground(root, &master);
        master.places = placeholders(root, &master);
        for style in ["titleStyle", "bodyStyle", "otherStyle"] {
            if let Some(node) = root.path(&["txStyles", style]) {
                master.styles.insert(style, Rc::new(Levels::of(node, &master.theme, &master.map)));
            }
        }
        Ok(master)
    }

    /// What a text in no place of the layout inherits.
    pub(super) fn usual(&self) -> Rc<Levels> {
        Rc::clone(&self.usual)
    }
}

impl Layout {
    /// What the place of that kind and index inherits, and what other texts do.
    pub(super) fn inherited(&self, placeholder: Option<Node<'_>>) -> Inherited {
        let mut inherited = Inherited::default();
        let Some(node) = placeholder else {
            inherited.levels.extend(self.styles.get("otherStyle").cloned());
            return inherited;
        };
        let (kind, index) = (node.get("type").unwrap_or("obj"), node.get("idx").unwrap_or("0"));
        let by_index = |place: &&Placeholder| place.index == index && (index != "0" || same_kind(&place.kind, kind));
        let by_kind = |place: &&Placeholder| same_kind(&place.kind, kind);
        let near = self.places.iter().find(by_index).or_else(|| self.places.iter().find(by_kind));
        let far = self.places.iter().rev().find(by_kind);
        for place in near.into_iter().chain(far) {
            inherited.rect = inherited.rect.or(place.rect);
            inherited.fill = inherited.fill.or(place.fill);
            inherited.levels.push(Rc::clone(&place.levels));
        }
        let style = match kind {
            "title" | "ctrTitle" => "titleStyle",
            "ftr" | "dt" | "sldNum" => "otherStyle",
            _ => "bodyStyle",
        };
        inherited.levels.extend(self.styles.get(style).cloned());
        inherited
    }
}

/// Masters have one title and one text for all kinds of them.
fn same_kind(one: &str, other: &str) -> bool {
    let family = |kind: &str| match kind {
        "title" | "ctrTitle" => 0,
        "ftr" => 1,
        "dt" => 2,
        "sldNum" => 3,
        _ => 4,
    };
    family(one) == family(other)
}

fn placeholders(root: Node<'_>, layout: &Layout) -> Vec<Placeholder> {
    let shapes = root.path(&["cSld", "spTree"]);
    let shapes = shapes.iter().flat_map(|tree| tree.all("sp"));
    shapes
        .filter_map(|shape| {
            let place = shape.path(&["nvSpPr", "nvPr", "ph"])?;
            let properties = shape.child("spPr");
            let style = shape.path(&["txBody", "lstStyle"]);
            Some(Placeholder {
                kind: place.get("type").unwrap_or("obj").to_owned(),
                index: place.get("idx").unwrap_or("0").to_owned(),
                rect: properties.and_then(|properties| Rect::of(properties.child("xfrm")?, "off", "ext")),
                levels: Rc::new(style.map(|style| Levels::of(style, &layout.theme, &layout.map)).unwrap_or_default()),
                fill: properties
                    .and_then(|properties| fill(properties, &layout.theme, &layout.map))
                    .and_then(|fill| fill.colour()),
            })
        })
        .collect()
}

/// The colour behind everything on a slide, layout or master.
pub(super) fn ground(root: Node<'_>, layout: &Layout) -> Option<Colour> {
    let back = root.path(&["cSld", "bg"])?;
    match (back.child("bgPr"), back.child("bgRef")) {
        (Some(properties), _) => fill(properties, &layout.theme, &layout.map)?.colour(),
        (_, Some(reference)) => colour::paint(reference, &layout.theme, &layout.map).map(|paint| paint.colour),
        _ => None,
    }
}

/// The look of a text at a level, from the most general to the nearest.
pub(super) fn look(levels: &[Rc<Levels>], usual: &Levels, level: usize) -> Look {
    let start = usual.at(level);
    levels.iter().rev().fold(start, |look, levels| look.under(levels.at(level)))
}
