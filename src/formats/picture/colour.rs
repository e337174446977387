//! Colours mixed, lit and measured, in whole numbers.

use crate::document::look::Colour;

impl From<[u8; 3]> for Colour {
    fn from([red, green, blue]: [u8; 3]) -> Colour {
        Colour(red, green, blue)
    }
}

impl From<Colour> for [u8; 3] {
    fn from(Colour(red, green, blue): Colour) -> [u8; 3] {
        [red, green, blue]
    }
}

/// `share` of 256 of the second colour over the first.
#[inline(always)]
pub(super) fn mix(under: Colour, over: Colour, share: i32) -> Colour {
    let part = |under: u8, over: u8| ((i32::from(under) * (256 - share) + i32::from(over) * share + 128) >> 8) as u8;
    Colour(part(under.0, over.0), part(under.1, over.1), part(under.2, over.2))
}

/// A colour in some light; 256 leaves it as it is.
#[inline(always)]
pub(super) fn lit(colour: Colour, light: i32) -> Colour {
    let part = |part: u8| ((i32::from(part) * light) >> 8).clamp(0, 255) as u8;
    Colour(part(colour.0), part(colour.1), part(colour.2))
}

/// A colour with each part moved by as much.
#[inline(always)]
pub(super) fn moved(colour: Colour, by: i32) -> Colour {
    let part = |part: u8| (i32::from(part) + by).clamp(0, 255) as u8;
    Colour(part(colour.0), part(colour.1), part(colour.2))
}
