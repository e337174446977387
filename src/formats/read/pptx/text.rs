//! The paragraphs of a text body: runs with their looks, levels and links.

use std::collections::BTreeMap;

use crate::document::look::Colour;
use crate::formats::read::colour::{self, FAINTEST, OPAQUE, Paint, Theme, alike};
use crate::formats::read::extract::{Hidden, Run};
use crate::formats::read::package::Relations;
use crate::formats::read::xml::{Element, Node};

/// Letters below four points, in hundredths.
const TINY: i64 = 400;

/// What is said about letters; what is not said comes from what is inherited.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    /// In hundredths of a point.
    pub(super) size: Option<i64>,
    pub(super) ink: Option<Paint>,
    /// Whether the paragraph has a mark before it.
    pub(super) bullet: Option<bool>,
    pub(super) behind: Option<Paint>,
}

impl Look {
    fn of(properties: Option<Node<'_>>, theme: &Theme, map: &BTreeMap<String, String>) -> Look {
        let Some(node) = properties else { return Look::default() };
        let filled = node.child("solidFill").and_then(|fill| colour::paint(fill, theme, map));
        // Letters without fill are seen by their outline, if they have one.
        let empty = node.child("noFill").is_some() && node.path(&["ln", "solidFill"]).is_none();
        let none = Paint { colour: colour::BLACK, alpha: 0 };
        Look {
            size: node.number("sz"),
            ink: filled.or(empty.then_some(none)),
            bullet: None,
            behind: node.child("highlight").and_then(|mark| colour::paint(mark, theme, map)),
        }
    }

    /// This look, and what `above` says over it.
    pub(super) fn under(self, above: Look) -> Look {
        Look {
            size: above.size.or(self.size),
            ink: above.ink.or(self.ink),
            bullet: above.bullet.or(self.bullet),
            behind: above.behind.or(self.behind),
        }
    }

    /// Why letters are not seen on a ground, which is none where a picture is behind; `scale` is in thousandths of a
    /// percent.
    fn hidden(&self, ground: Option<Colour>, scale: i64) -> Option<Hidden> {
        let size = self.size.unwrap_or(1800).saturating_mul(scale) / OPAQUE;
        let on = self.behind.map(|paint| paint.colour).or(ground);
        match self.ink {
            _ if size < TINY => Some(Hidden::Tiny),
            Some(ink) if ink.alpha < FAINTEST => Some(Hidden::Transparent),
            Some(ink) if on.is_some_and(|on| alike(ink.colour, on)) => Some(Hidden::SameColour),
            _ => None,
        }
    }
}

/// Looks by level, from nought to eight.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels([Look; 9]);

impl Levels {
    /// What a list style says of its nine levels.
    pub(super) fn of(style: Node<'_>, theme: &Theme, map: &BTreeMap<String, String>) -> Levels {
        let mut levels = Levels::default();
        let default =
            style.path(&["defPPr", "defRPr"]).map(|node| Look::of(Some(node), theme, map)).unwrap_or_default();
        for (level, look) in levels.0.iter_mut().enumerate() {
            let node = style.child(&format!("lvl{}pPr", level + 1));
            let own = Look::of(node.and_then(|node| node.child("defRPr")), theme, map);
            *look = default.under(Look { bullet: node.and_then(bullet), ..own });
        }
        levels
    }

    pub(super) fn at(&self, level: usize) -> Look {
        self.0[level.min(8)]
    }
}

/// Whether a paragraph's properties give it a mark, or take it away.
fn bullet(node: Node<'_>) -> Option<bool> {
    node.children().find_map(|child| match child.name() {
        "buNone" => Some(false),
        "buChar" | "buAutoNum" | "buBlip" => Some(true),
        _ => None,
    })
}

/// What a text body is read with.
pub(super) struct Setting<'a> {
    pub(super) theme: &'a Theme,
    pub(super) map: &'a BTreeMap<String, String>,
    pub(super) relations: &'a Relations,
    /// The look of a paragraph at a level where it says nothing.
    pub(super) inherited: &'a dyn Fn(usize) -> Look,
    /// What is behind the letters; none if it is a picture.
    pub(super) ground: Option<Colour>,
    /// Why nothing of the text is seen.
    pub(super) hidden: Option<Hidden>,
}

/// One paragraph of a body.
pub(super) struct Paragraph {
    pub(super) level: u8,
    pub(super) bullet: bool,
    pub(super) runs: Vec<Run>,
    /// Its bytes in the part.
    pub(super) source: std::ops::Range<usize>,
}

/// The paragraphs of a text body, those without text too.
pub(super) fn paragraphs(body: Node<'_>, setting: &Setting) -> Vec<Paragraph> {
    let own = body.child("lstStyle").map(|style| Levels::of(style, setting.theme, setting.map)).unwrap_or_default();
    let fit = body.path(&["bodyPr", "normAutofit"]).and_then(|fit| fit.number("fontScale")).unwrap_or(OPAQUE);
    body.all("p").map(|node| paragraph(node, &own, fit, setting)).collect()
}

fn paragraph(node: Node<'_>, own: &Levels, fit: i64, setting: &Setting) -> Paragraph {
    let properties = node.child("pPr");
    let level = properties.and_then(|properties| properties.number("lvl")).unwrap_or(0).clamp(0, 8) as usize;
    let default = properties.and_then(|properties| properties.child("defRPr"));
    let look = (setting.inherited)(level).under(own.at(level)).under(Look::of(default, setting.theme, setting.map));
    let runs = node.children().filter_map(|piece| run(piece, look, fit, setting)).collect();
    let bullet = properties.and_then(bullet).or(look.bullet).unwrap_or(false);
    Paragraph { level: level as u8, bullet, runs, source: node.range() }
}

fn run(piece: Node<'_>, look: Look, fit: i64, setting: &Setting) -> Option<Run> {
    let text = match piece.name() {
        "r" | "fld" => piece.child("t")?.text()?,
        "br" => "\n",
        _ => return None,
    };
    let properties = piece.child("rPr");
    let link = properties.and_then(|properties| properties.child("hlinkClick"));
    // A link is in the theme's colour for links, which is made to be seen.
    let own = Look::of(properties, setting.theme, setting.map);
    let look = look.under(own);
    let hidden = if link.is_some() { None } else { look.hidden(setting.ground, fit) };
    let target = link.and_then(|link| link.relation("id")).and_then(|id| setting.relations.address(id));
    Some(Run {
        text: text.replace('\u{b}', "\n"),
        hidden: setting.hidden.or(hidden).or_else(|| tiny(&look, fit)),
        change: None,
        link: target.map(Into::into),
    })
}

fn tiny(look: &Look, fit: i64) -> Option<Hidden> {
    look.hidden(None, fit).filter(|reason| *reason == Hidden::Tiny)
}
