//! What is anchored in a paragraph: pictures, shapes and text boxes, where they lie, and what lies over them.

use std::collections::BTreeMap;

use super::look::Page;
use crate::document::look::Colour;
use crate::formats::read::colour::{self, FAINTEST, Theme};
use crate::formats::read::extract::Hidden;
use crate::formats::read::xml::{Element, Node};

/// Lengths of drawings in a twentieth of a point.
const TWENTIETH: i64 = 635;
/// The width of a letter and the height of a line of usual text, in twentieths of a point.
const LETTER: i64 = 105;
const LINE: i64 = 290;

/// A picture, shape or text box.
pub(super) struct Anchored<'n> {
    /// The words that stand for it.
    pub(super) alt: String,
    /// The relation of a chart.
    pub(super) chart: Option<&'n str>,
    /// What holds the blocks of its text.
    pub(super) text_boxes: Vec<Node<'n>>,
    pub(super) hidden: Option<Hidden>,
    /// The properties of its shape.
    shape: Option<Node<'n>>,
    /// Whether what is below it shines through nowhere.
    opaque: bool,
    /// Where it floats; none if it stands in the line like a letter.
    floats: Option<Floats>,
}

/// Where a floating object lies, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Floats {
    left: i64,
    /// From the paragraph, or from the top of the page.
    top: i64,
    from_page: bool,
    width: i64,
    height: i64,
    /// What has more lies over what has less.
    order: i64,
    /// Behind the text, which is then seen on it.
    behind: bool,
    /// The text runs around it.
    pushes: bool,
}

impl Anchored<'_> {
    /// The colour that its shape is filled with.
    pub(super) fn ground(&self, theme: &Theme) -> Option<Colour> {
        let fill = self.shape?.child("solidFill")?;
        let paint = colour::paint(fill, theme, &BTreeMap::new())?;
        (paint.alpha > FAINTEST).then_some(paint.colour)
    }
}

/// The objects in a drawing.
pub(super) fn read<'n>(node: Node<'n>, page: &Page) -> Option<Anchored<'n>> {
    if node.name() != "drawing" {
        return vector(node, page);
    }
    let holder = node.children().find(|child| matches!(child.name(), "inline" | "anchor"))?;
    let described = holder.child("docPr");
    let data = holder.path(&["graphic", "graphicData"]);
    let inside = |name: &'static str| {
        data.into_iter().flat_map(move |data| data.descendants().filter(move |node| node.name() == name))
    };
    let extent = holder.child("extent");
    let size = |name: &str| extent.and_then(|extent| extent.number(name)).unwrap_or(1);
    let floats = (holder.name() == "anchor").then(|| floats(holder, page));
    let no_size = extent.is_some() && (size("cx") <= TWENTIETH || size("cy") <= TWENTIETH);
    let hides = described.is_some_and(|described| matches!(described.get("hidden"), Some("1" | "true")));
    let outside = floats.is_some_and(|floats| floats.is_outside(page));
    Some(Anchored {
        alt: described.and_then(alt).or_else(|| inside("cNvPr").find_map(alt)).unwrap_or_default(),
        chart: inside("chart").find_map(|chart| chart.relation("id")),
        text_boxes: inside("txbxContent").filter(|content| !in_fallback(*content)).collect(),
        hidden: match () {
            () if hides => Some(Hidden::Vanish),
            () if no_size => Some(Hidden::NoSize),
            () if outside => Some(Hidden::OffPage),
            () => None,
        },
        shape: inside("spPr").next(),
        opaque: is_opaque(data),
        floats,
    })
}

/// Whether a content stands in a form that programs of today do not show, or inside another text box.
fn in_fallback(content: Node<'_>) -> bool {
    content
        .ancestors()
        .skip(1)
        .take_while(|above| above.name() != "drawing")
        .any(|above| matches!(above.name(), "Fallback" | "txbxContent"))
}

fn alt(node: Node<'_>) -> Option<String> {
    ["descr", "title"].iter().find_map(|name| node.get(name)).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// A picture, or a shape with a fill, hides what is below.
fn is_opaque(data: Option<Node<'_>>) -> bool {
    let Some(data) = data else { return false };
    let faint = data.descendants().filter(|node| matches!(node.name(), "alphaModFix" | "alpha"));
    let faint =
        faint.filter_map(|node| node.number("amt").or_else(|| node.number("val"))).any(|part| part < colour::OPAQUE);
    let picture = data.child("pic").is_some();
    let filled = data.descendants().any(|node| node.name() == "spPr" && node.child("solidFill").is_some());
    !faint && (picture || filled)
}

fn floats(anchor: Node<'_>, page: &Page) -> Floats {
    let extent = |name: &str| anchor.child("extent").and_then(|extent| extent.number(name)).unwrap_or(0) / TWENTIETH;
    let position = |name: &str| {
        let node = anchor.child(name);
        let offset = node.and_then(|node| node.child("posOffset")).and_then(|offset| offset.text());
        let offset = offset.and_then(|offset| offset.trim().parse::<i64>().ok()).unwrap_or(0) / TWENTIETH;
        (node.and_then(|node| node.get("relativeFrom")).unwrap_or("column"), offset)
    };
    let ((across, x), (down, y)) = (position("positionH"), position("positionV"));
    Floats {
        left: if across == "page" || across == "leftMargin" { x } else { x.saturating_add(page.left) },
        top: if down == "margin" { y.saturating_add(page.top) } else { y },
        from_page: !matches!(down, "paragraph" | "line"),
        width: extent("cx"),
        height: extent("cy"),
        order: anchor.number("relativeHeight").unwrap_or(0),
        behind: matches!(anchor.get("behindDoc"), Some("1" | "true")),
        pushes: anchor.child("wrapNone").is_none(),
    }
}

impl Floats {
    fn is_outside(&self, page: &Page) -> bool {
        let right = self.left.saturating_add(self.width);
        let bottom = self.top.saturating_add(self.height);
        let above = if self.from_page { bottom <= 0 } else { bottom <= -page.height };
        right <= 0 || self.left >= page.width || above || self.top >= page.height
    }

    fn lies_over(&self, other: &Floats) -> bool {
        self.left <= other.left
            && self.left.saturating_add(self.width) >= other.left.saturating_add(other.width)
            && self.top <= other.top
            && self.top.saturating_add(self.height) >= other.top.saturating_add(other.height)
            && self.from_page == other.from_page
            && (!self.behind && other.behind || self.order > other.order)
    }
}

/// Whether an object of a paragraph lies wholly under another one of it.
pub(super) fn is_covered(object: &Anchored, all: &[Anchored], at: usize) -> bool {
    let Some(own) = &object.floats else { return false };
    let others = all.iter().enumerate().filter(|(other, covering)| *other != at && covering.opaque);
    others.filter_map(|(_, covering)| covering.floats.as_ref()).any(|covering| covering.lies_over(own))
}

/// Whether an object in front of the text covers a paragraph of so many letters, which begins where it is anchored.
pub(super) fn covers_paragraph(all: &[Anchored], page: &Page, letters: usize) -> bool {
    let wide = page.width.saturating_sub(page.left).saturating_sub(page.right).max(LETTER);
    let length = i64::try_from(letters).unwrap_or(i64::MAX).saturating_mul(LETTER);
    let (right, height) = (page.left.saturating_add(length.min(wide)), (length / wide + 1).saturating_mul(LINE));
    let covers = |floats: &Floats| {
        !floats.behind
            && !floats.pushes
            && !floats.from_page
            && floats.left <= page.left
            && floats.left.saturating_add(floats.width) >= right
            && floats.top <= 0
            && floats.top.saturating_add(floats.height) >= height
    };
    letters > 0 && all.iter().filter(|object| object.opaque).filter_map(|object| object.floats.as_ref()).any(covers)
}

/// A picture or shape of the older kind, whose place stands in a style as HTML has it.
fn vector<'n>(node: Node<'n>, page: &Page) -> Option<Anchored<'n>> {
    let shape = node.descendants().find(|inner| matches!(inner.name(), "shape" | "rect" | "roundrect" | "oval"))?;
    let style = shape.get("style").unwrap_or_default();
    let value = |name: &str| {
        let fields = style.split(';').filter_map(|field| field.split_once(':'));
        fields.filter(|(field, _)| field.trim() == name).map(|(_, value)| value.trim()).next_back()
    };
    let hides = value("visibility") == Some("hidden") || value("display") == Some("none");
    let points = |name: &str| {
        let text = value(name)?.strip_suffix("pt")?;
        colour::thousandths(text).map(|length| length / 50)
    };
    let outside = points("margin-left").is_some_and(|left| left >= page.width || left <= -page.width)
        || points("margin-top").is_some_and(|top| top >= page.height || top <= -page.height);
    let no_size = points("width").is_some_and(|width| width <= 1) || points("height").is_some_and(|height| height <= 1);
    Some(Anchored {
        alt: ["alt", "title"].iter().find_map(|name| shape.get(name)).unwrap_or_default().to_owned(),
        chart: None,
        text_boxes: node.descendants().filter(|inner| inner.name() == "txbxContent").collect(),
        hidden: match () {
            () if hides => Some(Hidden::Vanish),
            () if no_size => Some(Hidden::NoSize),
            () if outside => Some(Hidden::OffPage),
            () => None,
        },
        shape: None,
        opaque: false,
        floats: None,
    })
}
