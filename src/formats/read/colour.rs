//! Colours of office files: themes, tints, and whether a person can tell two of them apart.

use std::collections::BTreeMap;

use super::Unreadable;
use super::package::{Package, Relations};
use super::xml::{Element, Node, tree};
use crate::document::look::Colour;

pub(super) const WHITE: Colour = Colour(255, 255, 255);
pub(super) const BLACK: Colour = Colour(0, 0, 0);

/// Two colours whose channels all lie nearer than this look like one: `F0F0F0` on white is a blank page.
const TOLD_APART: u8 = 24;
/// Less than a fifth of the ink is not seen on paper or screen. In thousandths of a percent, as the formats count.
pub(super) const FAINTEST: i64 = 20_000;
pub(super) const OPAQUE: i64 = 100_000;

/// Whether a text in the one colour is seen on the other.
pub(super) fn alike(one: Colour, other: Colour) -> bool {
    let near = |one: u8, other: u8| one.abs_diff(other) < TOLD_APART;
    near(one.0, other.0) && near(one.1, other.1) && near(one.2, other.2)
}

/// `1F3864`, or `FF1F3864` with its opacity before it.
pub(super) fn hex(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    let digits = if digits.len() == 8 { digits.get(2..)? } else { digits };
    if digits.len() != 6 {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    Some(Colour::of(value))
}

/// A decimal such as `-0.249977111117893` in thousandths.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    let size = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
    let size = size.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    Some(if negative { -size } else { size })
}

/// Lighter towards white (above nought) or darker towards black, in thousandths.
pub(super) fn tinted(colour: Colour, tint: i64) -> Colour {
    let tint = tint.clamp(-1000, 1000);
    let channel = |value: u8| {
        let value = i64::from(value);
        let moved = if tint < 0 { value * (1000 + tint) / 1000 } else { value + (255 - value) * tint / 1000 };
        moved.clamp(0, 255) as u8
    };
    Colour(channel(colour.0), channel(colour.1), channel(colour.2))
}

/// The colours of a theme by their names: `dk1`, `lt1`, `accent1`, `hlink`.
#[derive(Clone, Debug, Default)]
pub(super) struct Theme(BTreeMap<String, Colour>);

impl Theme {
    /// The theme that a part's relations lead to; empty if there is none.
    pub(super) fn of(package: &Package, relations: &Relations) -> Result<Theme, Unreadable> {
        let Some(part) = relations.parts("theme").next() else { return Ok(Theme::default()) };
        let Some(text) = package.text(part)? else { return Ok(Theme::default()) };
        let document = tree(&text)?;
        let scheme = document.root_element().path(&["themeElements", "clrScheme"]);
        let colours = scheme.into_iter().flat_map(|scheme| scheme.children()).filter(Node::is_element);
        let found = colours.filter_map(|node| {
            let paint = paint(node, &Theme::default(), &BTreeMap::new())?;
            Some((node.name().to_owned(), paint.colour))
        });
        Ok(Theme(found.collect()))
    }

    /// A colour by any of the names that the formats have for it.
    pub(super) fn named(&self, name: &str) -> Option<Colour> {
        let name = match name {
            "bg1" | "background1" | "light1" => "lt1",
            "tx1" | "text1" | "dark1" => "dk1",
            "bg2" | "background2" | "light2" => "lt2",
            "tx2" | "text2" | "dark2" => "dk2",
            "hyperlink" => "hlink",
            "followedHyperlink" => "folHlink",
            other => other,
        };
        let usual = match name {
            "lt1" => Some(WHITE),
            "dk1" => Some(BLACK),
            _ => None,
        };
        self.0.get(name).copied().or(usual)
    }

    /// A colour by its place in a workbook's order, in which light and dark are exchanged.
    pub(super) fn at(&self, place: usize) -> Option<Colour> {
        const ORDER: [&str; 12] = [
            "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
            "folHlink",
        ];
        self.named(ORDER.get(place)?)
    }
}

/// A colour and how much of what is behind it it covers, up to [`OPAQUE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paint {
    pub(super) colour: Colour,
    pub(super) alpha: i64,
}

/// The colour an element of a drawing holds: `<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>`. `map` is the one of a
/// master, which says what `bg1` and `tx1` mean there.
pub(super) fn paint(holder: Node<'_>, theme: &Theme, map: &BTreeMap<String, String>) -> Option<Paint> {
    let node = holder.children().find(|child| child.name().ends_with("Clr"))?;
    let base = match node.name() {
        "srgbClr" => hex(node.get("val")?)?,
        "sysClr" => node.get("lastClr").and_then(hex).unwrap_or(match node.get("val") {
            Some("window") => WHITE,
            _ => BLACK,
        }),
        "schemeClr" => {
            let name = node.get("val")?;
            theme.named(map.get(name).map_or(name, String::as_str))?
        }
        "prstClr" => preset(node.get("val")?)?,
        "scrgbClr" => {
            let channel = |name| node.number(name).map(|value| (value.clamp(0, 100_000) * 255 / 100_000) as u8);
            Colour(channel("r")?, channel("g")?, channel("b")?)
        }
        _ => return None,
    };
    let mut paint = Paint { colour: base, alpha: OPAQUE };
    for change in node.children().filter(Node::is_element) {
        paint = changed(paint, change.name(), change.number("val").unwrap_or(0));
    }
    Some(paint)
}

/// A colour with one of the changes a drawing may make to it; values are thousandths of a percent.
fn changed(paint: Paint, change: &str, value: i64) -> Paint {
    let Paint { colour, alpha } = paint;
    let share = (value / 100).clamp(-1000, 4000);
    let scale = |colour: Colour, share: i64| {
        let channel = |value: u8| (i64::from(value) * share / 1000).clamp(0, 255) as u8;
        Colour(channel(colour.0), channel(colour.1), channel(colour.2))
    };
    match change {
        "alpha" => Paint { colour, alpha: value },
        "tint" => Paint { colour: tinted(colour, 1000 - share), alpha },
        "shade" | "lumMod" => Paint { colour: scale(colour, share), alpha },
        "lumOff" => {
            let add = |value: u8| (i64::from(value) + 255 * share / 1000).clamp(0, 255) as u8;
            Paint { colour: Colour(add(colour.0), add(colour.1), add(colour.2)), alpha }
        }
        _ => paint,
    }
}

/// Colours by the names of HTML; the few that documents use.
pub(super) fn preset(name: &str) -> Option<Colour> {
    let digits = match name.to_ascii_lowercase().as_str() {
        "black" => 0x000000,
        "white" => 0xFFFFFF,
        "red" => 0xFF0000,
        "lime" => 0x00FF00,
        "green" => 0x008000,
        "blue" => 0x0000FF,
        "yellow" => 0xFFFF00,
        "cyan" | "aqua" => 0x00FFFF,
        "magenta" | "fuchsia" => 0xFF00FF,
        "gray" | "grey" => 0x808080,
        "darkgray" | "darkgrey" => 0xA9A9A9,
        "lightgray" | "lightgrey" => 0xD3D3D3,
        "whitesmoke" => 0xF5F5F5,
        "gainsboro" => 0xDCDCDC,
        "ghostwhite" => 0xF8F8FF,
        "snow" => 0xFFFAFA,
        "ivory" => 0xFFFFF0,
        "silver" => 0xC0C0C0,
        "navy" | "darkblue" => 0x000080,
        "orange" => 0xFFA500,
        "purple" => 0x800080,
        "brown" => 0xA52A2A,
        "maroon" => 0x800000,
        "teal" => 0x008080,
        "olive" => 0x808000,
        _ => return None,
    };
    Some(Colour::of(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_colours_look_alike() {
        assert!(alike(WHITE, Colour(254, 254, 254)) && alike(Colour::of(0x1F3864), Colour::of(0x203A66)));
        assert!(!alike(WHITE, Colour::of(0xD9D9D9)) && !alike(WHITE, Colour::of(0xFFFF00)));
    }

    #[test]
    fn decimals_are_read_in_thousandths() {
        for (text, value) in [("-0.249977111117893", -249), ("0.5", 500), ("1", 1000), (".0004", 0), ("-2.5", -2500)] {
            assert_eq!(thousandths(text), Some(value), "{text}");
        }
        assert_eq!(thousandths("x"), None);
    }
}
