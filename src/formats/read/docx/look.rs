//! How runs and paragraphs of a document look, as far as that decides what a person sees.

use std::collections::BTreeMap;

use crate::document::look::Colour;
use crate::formats::read::colour::{self, FAINTEST, Theme, WHITE, alike};
use crate::formats::read::extract::Hidden;
use crate::formats::read::xml::{Element, Node};

/// Letters below four points, in half points.
const TINY: i64 = 8;
/// Lines below four points, in twentieths.
pub(super) const FLAT: i64 = 80;
/// Letters squeezed below a tenth of their width are strokes.
const NARROWEST: i64 = 10;

/// What a style or run says; what it does not say comes from the style before it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RunLook {
    vanish: Option<bool>,
    ink: Option<Ink>,
    /// Behind the letters; `Some(None)` takes away what a style put there.
    behind: Option<Option<Colour>>,
    /// In half points.
    size: Option<i64>,
    /// Width in percent.
    width: Option<i64>,
    /// Between letters, in twentieths of a point.
    spacing: Option<i64>,
    opacity: Option<i64>,
}

/// The colour of letters.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ink {
    /// Whatever can be seen on what is behind.
    Automatic,
    Colour(Colour),
}

impl RunLook {
    /// What the properties of a run, paragraph mark or style say.
    pub(super) fn of(properties: Option<Node<'_>>, theme: &Theme) -> RunLook {
        let Some(node) = properties else { return RunLook::default() };
        let number = |name: &str| node.child(name).and_then(|child| child.number("val"));
        RunLook {
            vanish: node.child("vanish").map(is_on),
            ink: filled(node, theme).or_else(|| ink(node.child("color")?, theme)),
            behind: behind(node, theme),
            size: number("sz"),
            width: number("w"),
            spacing: number("spacing"),
            opacity: node.child("textFill").map(opacity),
        }
    }

    /// This look, and what `above` says over it.
    pub(super) fn under(self, above: RunLook) -> RunLook {
        RunLook {
            vanish: above.vanish.or(self.vanish),
            ink: above.ink.or(self.ink),
            behind: above.behind.or(self.behind),
            size: above.size.or(self.size),
            width: above.width.or(self.width),
            spacing: above.spacing.or(self.spacing),
            opacity: above.opacity.or(self.opacity),
        }
    }

    /// Why letters of this look are not seen on a ground.
    pub(super) fn hidden(&self, ground: Colour) -> Option<Hidden> {
        let size = self.size.unwrap_or(20);
        // A letter is about half as wide as it is high: 10 twentieths for each point, 5 for each half point.
        let squeezed = self.spacing.is_some_and(|spacing| spacing <= -5 * size);
        let on = self.behind.flatten().unwrap_or(ground);
        match () {
            () if self.vanish == Some(true) => Some(Hidden::Vanish),
            () if size < TINY => Some(Hidden::Tiny),
            () if squeezed || self.width.is_some_and(|width| width < NARROWEST) => Some(Hidden::NoSize),
            () if self.opacity.is_some_and(|opacity| opacity < FAINTEST) => Some(Hidden::Transparent),
            () if matches!(self.ink, Some(Ink::Colour(ink)) if alike(ink, on)) => Some(Hidden::SameColour),
            () => None,
        }
    }
}

/// Whether a property that is on by standing there is not switched off again.
pub(super) fn is_on(node: Node<'_>) -> bool {
    !matches!(node.get("val"), Some("0" | "false" | "off"))
}

fn ink(node: Node<'_>, theme: &Theme) -> Option<Ink> {
    if let Some(colour) = themed(node, "themeColor", "themeTint", "themeShade", theme) {
        return Some(Ink::Colour(colour));
    }
    match node.get("val")? {
        "auto" => Some(Ink::Automatic),
        digits => colour::hex(digits).map(Ink::Colour),
    }
}

/// The colour of a text effect, which goes before the plain colour.
fn filled(node: Node<'_>, theme: &Theme) -> Option<Ink> {
    let fill = node.path(&["textFill", "solidFill"])?;
    colour::paint(fill, theme, &BTreeMap::new()).map(|paint| Ink::Colour(paint.colour))
}

/// A colour by its name in the theme, which goes before the one that is written beside it.
fn themed(node: Node<'_>, name: &str, tint: &str, shade: &str, theme: &Theme) -> Option<Colour> {
    let colour = theme.named(node.get(name)?)?;
    let part = |name| node.get(name).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    Some(match (part(tint), part(shade)) {
        (Some(tint), _) => colour::tinted(colour, 1000 - tint * 1000 / 255),
        (_, Some(shade)) => colour::tinted(colour, shade * 1000 / 255 - 1000),
        _ => colour,
    })
}

/// The colour that marks or shades a run, paragraph or cell; `Some(None)` if it says that there is none.
pub(super) fn behind(node: Node<'_>, theme: &Theme) -> Option<Option<Colour>> {
    match node.child("highlight").and_then(|mark| mark.get("val")) {
        Some("none") | None => shade(node.child("shd")?, theme),
        Some(name) => Some(highlight(name)),
    }
}

fn shade(node: Node<'_>, theme: &Theme) -> Option<Option<Colour>> {
    if node.get("val") == Some("solid") {
        return Some(node.get("color").and_then(colour::hex).or(Some(colour::BLACK)));
    }
    let named = themed(node, "themeFill", "themeFillTint", "themeFillShade", theme);
    match node.get("fill") {
        _ if named.is_some() => Some(named),
        Some("auto") | None => Some(None),
        Some(digits) => Some(colour::hex(digits)),
    }
}

fn highlight(name: &str) -> Option<Colour> {
    let digits = match name {
        "darkBlue" => 0x000080,
        "darkCyan" => 0x008080,
        "darkGreen" => 0x008000,
        "darkMagenta" => 0x800080,
        "darkRed" => 0x800000,
        "darkYellow" => 0x808000,
        "darkGray" => 0x808080,
        "lightGray" => 0xC0C0C0,
        "green" => 0x00FF00,
        other => return colour::preset(other),
    };
    Some(Colour::of(digits))
}

/// How much of the ground a text effect leaves to the letters.
fn opacity(fill: Node<'_>) -> i64 {
    let Some(solid) = fill.child("solidFill") else {
        return if fill.child("noFill").is_some() { 0 } else { colour::OPAQUE };
    };
    // Here the value says how much is let through, not how much is kept.
    let alpha = solid.descendants().find(|node| node.name() == "alpha").and_then(|node| node.number("val"));
    colour::OPAQUE - alpha.unwrap_or(0)
}

/// What a paragraph says of itself, or its style.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ParagraphLook {
    pub(super) behind: Option<Option<Colour>>,
    /// From 0; 9 is body text.
    pub(super) outline: Option<i64>,
    /// Depth of a list item; `Some(None)` takes a style's list away.
    pub(super) item: Option<Option<u8>>,
    /// The exact height of a line, in twentieths of a point.
    pub(super) line: Option<i64>,
    /// From the margins, in twentieths of a point.
    pub(super) left: Option<i64>,
    pub(super) first: Option<i64>,
}

impl ParagraphLook {
    pub(super) fn of(properties: Option<Node<'_>>, theme: &Theme) -> ParagraphLook {
        let Some(node) = properties else { return ParagraphLook::default() };
        let spacing = node.child("spacing").filter(|spacing| spacing.get("lineRule") == Some("exact"));
        let indent = |name: &str, other: &str| {
            let node = node.child("ind")?;
            node.number(name).or_else(|| node.number(other))
        };
        let list = node.child("numPr");
        let number = list.and_then(|list| list.child("numId")).and_then(|id| id.number("val"));
        let depth = list.and_then(|list| list.child("ilvl")).and_then(|level| level.number("val")).unwrap_or(0);
        ParagraphLook {
            behind: behind(node, theme),
            outline: node.child("outlineLvl").and_then(|level| level.number("val")),
            item: list.map(|_| (number != Some(0)).then_some(depth.clamp(0, 8) as u8)),
            line: spacing.and_then(|spacing| spacing.number("line")),
            left: indent("left", "start"),
            first: indent("firstLine", "").or_else(|| indent("hanging", "").map(|hanging| -hanging)),
        }
    }

    /// This look, and what `above` says over it.
    pub(super) fn under(self, above: ParagraphLook) -> ParagraphLook {
        ParagraphLook {
            behind: above.behind.or(self.behind),
            outline: above.outline.or(self.outline),
            item: above.item.or(self.item),
            line: above.line.or(self.line),
            left: above.left.or(self.left),
            first: above.first.or(self.first),
        }
    }
}

/// The page as far as it decides what lies outside of it; lengths in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Page {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) top: i64,
    pub(super) ground: Colour,
}

impl Page {
    /// The page of a section: A4 with an inch on each side where it does not say.
    pub(super) fn of(section: Option<Node<'_>>, ground: Option<Colour>) -> Page {
        let number = |part: &str, name: &str| section.and_then(|section| section.child(part)?.number(name));
        Page {
            width: number("pgSz", "w").unwrap_or(11_906),
            height: number("pgSz", "h").unwrap_or(16_838),
            left: number("pgMar", "left").unwrap_or(1_440),
            right: number("pgMar", "right").unwrap_or(1_440),
            top: number("pgMar", "top").unwrap_or(1_440),
            ground: ground.unwrap_or(WHITE),
        }
    }
}
