//! The styles of a page, as far as they decide what is seen: rules for one element, class or identifier, and styles that
//! stand on elements.

use crate::document::look::Colour;
use crate::formats::read::colour::{BLACK, WHITE, alike, hex, preset, thousandths};
use crate::formats::read::extract::Hidden;

/// Letters below four points, in thousandths.
const TINY: i64 = 4_000;
/// Rules of one page that are looked at.
const MOST_RULES: usize = 2_000;
/// Moved further than this, in thousandths of a pixel, a text is on no screen.
const FAR: i64 = 999_000;

/// An opening tag as rules select it.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) id: &'a str,
    pub(super) classes: Vec<&'a str>,
    pub(super) style: &'a str,
}

/// The rules of a page in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(Vec<(String, String)>);

impl Rules {
    /// The rules in a style sheet.
    pub(super) fn add(&mut self, sheet: &str) {
        for block in sheet.split('}') {
            let Some((selectors, declarations)) = block.rsplit_once('{') else { continue };
            for selector in selectors.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
                if self.0.len() < MOST_RULES {
                    self.0.push((selector.to_lowercase(), declarations.to_lowercase()));
                }
            }
        }
    }

    /// How an element looks inside one that looks so.
    pub(super) fn look(&self, around: Look, tag: &Tag) -> Look {
        let mut look = Look { moved: false, flat: false, ..around };
        for (selector, declarations) in &self.0 {
            if selects(selector, tag) {
                look.declare(declarations);
            }
        }
        look.declare(&tag.style.to_lowercase());
        look
    }
}

/// Rules that depend on what is around an element are left out: half of a rule would hide too much.
fn is_simple(selector: &str) -> bool {
    !selector.is_empty()
        && selector.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'#' | b'-' | b'_' | b'*'))
}

fn selects(selector: &str, tag: &Tag) -> bool {
    let mut rest = selector;
    let name_end = rest.find(['.', '#']).unwrap_or(rest.len());
    let name = &rest[..name_end];
    if !matches!(name, "" | "*") && name != tag.name {
        return false;
    }
    rest = &rest[name_end..];
    while let Some(mark) = rest.chars().next() {
        let end = rest[1..].find(['.', '#']).map_or(rest.len(), |at| at + 1);
        let wanted = &rest[1..end];
        let has = match mark {
            '.' => tag.classes.iter().any(|class| class.eq_ignore_ascii_case(wanted)),
            _ => tag.id.eq_ignore_ascii_case(wanted),
        };
        if !has {
            return false;
        }
        rest = &rest[end..];
    }
    true
}

/// How the letters of an element look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// Why nothing inside is seen, whatever it says of itself.
    pub(super) hidden: Option<Hidden>,
    ink: Option<Colour>,
    ground: Colour,
    /// In thousandths of a point.
    size: i64,
    /// It stands where its style puts it, outside the flow.
    moved: bool,
    /// It has no height or width, and lets nothing out of it.
    flat: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look { hidden: None, ink: None, ground: WHITE, size: 12_000, moved: false, flat: false }
    }
}

impl Look {
    /// Why letters are not seen.
    pub(super) fn reason(&self) -> Option<Hidden> {
        let same = alike(self.ink.unwrap_or(BLACK), self.ground);
        let tiny = self.size < TINY;
        self.hidden.or(tiny.then_some(Hidden::Tiny)).or(same.then_some(Hidden::SameColour))
    }

    /// The same, hidden for a reason.
    pub(super) fn hide(self, reason: Hidden) -> Look {
        Look { hidden: self.hidden.or(Some(reason)), ..self }
    }

    fn declare(&mut self, declarations: &str) {
        let mut away = false;
        let mut closed = false;
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let (name, value) = (name.trim(), value.trim().trim_end_matches("!important").trim());
            match name {
                "position" => self.moved = matches!(value, "absolute" | "fixed"),
                "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" | "text-indent" => {
                    away |= length(value, self.size).is_some_and(|length| length <= -FAR || length >= 10 * FAR);
                }
                "width" | "height" | "max-height" | "max-width" => {
                    self.flat |= length(value, self.size).is_some_and(|length| length < 1_500);
                }
                "overflow" => closed |= value == "hidden",
                _ => self.one(name, value),
            }
        }
        if away {
            *self = self.hide(Hidden::OffPage);
        }
        if closed && self.flat {
            *self = self.hide(Hidden::Clipped);
        }
    }

    fn one(&mut self, name: &str, value: &str) {
        let reason = match (name, value) {
            ("display", "none") | ("visibility", "hidden" | "collapse") => Some(Hidden::Vanish),
            ("opacity", value) => thousandths(value).filter(|part| *part < 200).map(|_| Hidden::Transparent),
            ("transform", value) => (value.replace(' ', "") == "scale(0)").then_some(Hidden::NoSize),
            ("clip", value) => value.starts_with("rect(0").then_some(Hidden::Clipped),
            ("clip-path", value) => {
                matches!(value, "inset(50%)" | "inset(100%)" | "circle(0)").then_some(Hidden::Clipped)
            }
            ("font-size", value) => {
                self.size = size(value, self.size).unwrap_or(self.size);
                None
            }
            ("color", value) => self.ink_of(value),
            ("background-color" | "background", value) => {
                let colour = value.split_whitespace().find_map(|word| colour(word).map(|(colour, _)| colour));
                self.ground = colour.unwrap_or(self.ground);
                None
            }
            _ => None,
        };
        if let Some(reason) = reason {
            *self = self.hide(reason);
        }
    }

    fn ink_of(&mut self, value: &str) -> Option<Hidden> {
        if value == "transparent" {
            return Some(Hidden::Transparent);
        }
        let (colour, opacity) = colour(value)?;
        self.ink = Some(colour);
        (opacity < 200).then_some(Hidden::Transparent)
    }
}

/// A colour and its opacity in thousandths.
fn colour(value: &str) -> Option<(Colour, i64)> {
    if let Some(digits) = value.strip_prefix('#') {
        let long: String = match digits.len() {
            3 | 4 => digits.chars().take(3).flat_map(|digit| [digit, digit]).collect(),
            _ => digits.chars().take(6).collect(),
        };
        return Some((hex(&long)?, 1000));
    }
    let inner = value.strip_prefix("rgba(").or_else(|| value.strip_prefix("rgb("));
    let Some(inner) = inner.and_then(|inner| inner.strip_suffix(')')) else { return Some((preset(value)?, 1000)) };
    let mut parts = inner.split([',', '/', ' ']).filter(|part| !part.is_empty());
    let mut channel = || parts.next()?.trim().parse::<u8>().ok();
    let colour = Colour(channel()?, channel()?, channel()?);
    Some((colour, parts.next().and_then(thousandths).unwrap_or(1000)))
}

/// A size of letters in thousandths of a point; `around` is that of the element around.
fn size(value: &str, around: i64) -> Option<i64> {
    let (number, unit) = parts(value)?;
    Some(match unit {
        "pt" => number,
        "px" => number * 3 / 4,
        "em" => number.saturating_mul(around) / 1000,
        "rem" => number * 12,
        "%" => number.saturating_mul(around) / 100_000,
        "" if number == 0 => 0,
        _ => return None,
    })
}

/// A length in thousandths of a pixel.
fn length(value: &str, size: i64) -> Option<i64> {
    let (number, unit) = parts(value)?;
    Some(match unit {
        "px" => number,
        "pt" => number * 4 / 3,
        "em" | "rem" => number.saturating_mul(size) / 750,
        "" if number == 0 => 0,
        _ => return None,
    })
}

/// A number in thousandths and its unit.
fn parts(value: &str) -> Option<(i64, &str)> {
    let end = value.find(|letter: char| letter.is_ascii_alphabetic() || letter == '%').unwrap_or(value.len());
    Some((thousandths(&value[..end])?.clamp(-1 << 40, 1 << 40), &value[end..]))
}
