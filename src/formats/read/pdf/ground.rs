//! What lies behind and over the texts of a page, and so whether anybody sees them.

use super::file::File;
use super::geometry::Area;
use super::lines::Piece;
use super::state::Paint;
use super::token::ONE;
use crate::document::look::Colour;
use crate::formats::read::colour::{FAINTEST, OPAQUE, WHITE, alike};
use crate::formats::read::extract::Hidden;

/// Smaller letters are not read.
const TINY: i64 = 4 * ONE;
/// Narrower letters are not read: a tenth of what they should be.
const NARROWEST: i64 = ONE / 10;
/// Areas that are smaller in a direction hide and carry no text.
const SMALLEST: i64 = 2 * ONE;
/// How many hundredths of a text must be seen.
const ENOUGH: i64 = 25;

/// A filled area, or a picture.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    pub(super) area: Area,
    /// None for pictures, patterns and whatever has more than one.
    pub(super) colour: Option<Colour>,
    /// Whether it fills all of its area and nothing shines through.
    pub(super) solid: bool,
}

/// What was drawn on one page so far.
pub(super) struct Grounds {
    page: Area,
    drawn: Vec<Ground>,
}

/// How a text is drawn.
pub(super) struct Ink {
    pub(super) paint: Paint,
    pub(super) clip: Area,
    /// Neither filled nor drawn around.
    pub(super) none: bool,
    /// How wide it is, in millionths of how wide it should be.
    pub(super) stretch: i64,
    /// In a layer that is switched off.
    pub(super) off: bool,
}

impl Grounds {
    pub(super) fn new(page: Area) -> Grounds {
        Grounds { page, drawn: Vec::new() }
    }

    /// Draws an area over what is there: it hides the texts below it.
    pub(super) fn draw(&mut self, ground: Ground, pieces: &mut [Piece], file: &File<'_>) {
        let area = ground.area.within(self.page);
        if area.right - area.left < SMALLEST || area.top - area.bottom < SMALLEST {
            return;
        }
        self.drawn.push(Ground { area, ..ground });
        if ground.solid && file.spend(pieces.len() / 16 + 1) {
            for piece in pieces.iter_mut().filter(|piece| piece.area.share_in(area) > 100 - ENOUGH) {
                piece.hidden = piece.hidden.or(Some(Hidden::Covered));
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }

    /// Why a text that is drawn now is not seen.
    pub(super) fn hidden(&self, area: Area, size: i64, ink: &Ink, file: &File<'_>) -> Option<Hidden> {
        let opacity = ink.paint.opacity * (OPAQUE / 1_000) / (ONE / 1_000);
        match () {
            () if ink.off => Some(Hidden::OtherView),
            () if ink.none => Some(Hidden::Transparent),
            () if opacity < FAINTEST => Some(Hidden::Transparent),
            () if size < TINY => Some(Hidden::Tiny),
            () if ink.stretch < NARROWEST => Some(Hidden::NoSize),
            () if area.share_in(self.page) < ENOUGH => Some(Hidden::OffPage),
            () if area.share_in(ink.clip) < ENOUGH => Some(Hidden::Clipped),
            () => self.same_colour(area, ink.paint.colour?, file).then_some(Hidden::SameColour),
        }
    }

    /// Whether a text has the colour of all that lies behind it, down to the first area that lets nothing through.
    fn same_colour(&self, area: Area, colour: Colour, file: &File<'_>) -> bool {
        if !file.spend(self.drawn.len() / 16 + 1) {
            return false;
        }
        for ground in self.drawn.iter().rev() {
            let share = area.share_in(ground.area);
            if share < 50 {
                continue;
            }
            match ground.colour {
                Some(behind) if alike(behind, colour) && ground.solid && share > 100 - ENOUGH => return true,
                Some(behind) if alike(behind, colour) => {}
                _ => return false,
            }
        }
        alike(colour, WHITE)
    }
}
