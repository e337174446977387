//! How a page is being drawn: where, in which colours, with which font, and what of it is let through.

use std::rc::Rc;

use super::font::Font;
use super::geometry::{Area, Matrix};
use super::token::ONE;
use crate::document::look::Colour;
use crate::formats::read::colour::BLACK;

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    /// Nothing outside it is drawn.
    pub(super) clip: Area,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// Whether what is drawn lets nothing of what is below it through, but for its opacity.
    pub(super) plain: bool,
    pub(super) text: Text,
}

/// The colour and opacity of areas or lines.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    /// None for a pattern or a colour that only a printer knows.
    pub(super) colour: Option<Colour>,
    /// In millionths.
    pub(super) opacity: i64,
    /// A spot colour: more of it is darker.
    pub(super) spot: bool,
}

const INK: Paint = Paint { colour: Some(BLACK), opacity: ONE, spot: false };

/// How text is shown.
#[derive(Clone, Default)]
pub(super) struct Text {
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: i64,
    pub(super) letter_space: i64,
    pub(super) word_space: i64,
    /// How much wider than usual, in millionths.
    pub(super) stretch: i64,
    pub(super) leading: i64,
    pub(super) rise: i64,
    pub(super) mode: i64,
}

impl State {
    pub(super) fn new(page: Area) -> State {
        State {
            matrix: Matrix::SAME,
            clip: page,
            fill: INK,
            stroke: INK,
            plain: true,
            text: Text { stretch: ONE, ..Text::default() },
        }
    }

    /// An operator that changes nothing but the state; whether it was one.
    pub(super) fn operate(&mut self, operator: &[u8], numbers: &[i64]) -> bool {
        let last = numbers.last().copied().unwrap_or(0);
        match operator {
            b"cm" => self.matrix = Matrix::of(numbers).then(self.matrix),
            b"g" | b"rg" | b"k" => self.fill = self.fill.coloured(numbers),
            b"G" | b"RG" | b"K" => self.stroke = self.stroke.coloured(numbers),
            b"sc" | b"scn" => self.fill = self.fill.mixed(numbers),
            b"SC" | b"SCN" => self.stroke = self.stroke.mixed(numbers),
            b"Tc" => self.text.letter_space = last,
            b"Tw" => self.text.word_space = last,
            b"Tz" => self.text.stretch = last / 100,
            b"TL" => self.text.leading = last,
            b"Ts" => self.text.rise = last,
            b"Tr" => self.text.mode = last / ONE,
            _ => return false,
        }
        true
    }
}

impl Paint {
    /// In a colour of screens or of printers.
    fn coloured(self, numbers: &[i64]) -> Paint {
        let part = |value: i64| (value.clamp(0, ONE) * 255 / ONE) as u8;
        let colour = match *numbers {
            [grey] => Some(Colour(part(grey), part(grey), part(grey))),
            [red, green, blue] => Some(Colour(part(red), part(green), part(blue))),
            [cyan, magenta, yellow, black] => {
                let light = |ink: i64| part(ONE - ink.clamp(0, ONE).saturating_add(black.clamp(0, ONE)));
                Some(Colour(light(cyan), light(magenta), light(yellow)))
            }
            _ => None,
        };
        Paint { colour, spot: false, ..self }
    }

    /// In a colour of the space that was chosen.
    fn mixed(self, numbers: &[i64]) -> Paint {
        match (self.spot, numbers) {
            (true, [tint]) => Paint { spot: true, ..self.coloured(&[ONE - (*tint).clamp(0, ONE)]) },
            (true, _) => Paint { colour: None, ..self },
            (false, _) => self.coloured(numbers),
        }
    }

    /// A space of colours: its first colour is black, but for patterns and tables of colours.
    pub(super) fn in_space(self, name: &[u8]) -> Paint {
        let colour = (!matches!(name, b"Pattern" | b"Indexed" | b"Lab")).then_some(BLACK);
        Paint { colour, spot: matches!(name, b"Separation" | b"DeviceN"), ..self }
    }
}
