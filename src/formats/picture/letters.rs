//! The letters of the fonts that documents bring with them, as closed paths of straight pieces.
//!
//! The fonts are our own cut (`specs/data/fonts/make.py`): TrueType with 1,000 units to the em, every glyph a simple one.

use std::ops::Range;
use std::sync::OnceLock;

use flate2::{Decompress, FlushDecompress};

use super::shape::Point;
use crate::formats::fonts::{self, FACES, Face, Glyph, Part};

/// Straight pieces a curve is drawn with.
const PIECES: i32 = 5;
/// Flags of a point of a glyph, as the TrueType specification numbers them.
const ON_CURVE: u8 = 1;
const SHORT: [u8; 2] = [2, 4];
const REPEAT: u8 = 8;
const SAME: [u8; 2] = [16, 32];

/// The paths of one glyph, in quarters of a thousandth of the em, y upwards.
pub(super) type Paths = Vec<Vec<Point>>;

/// The paths of a glyph.
pub(super) fn paths(face: Face, glyph: Glyph) -> &'static Paths {
    static NONE: Paths = Vec::new();
    static FONTS: [OnceLock<Font>; FACES] = [const { OnceLock::new() }; FACES];
    let font = FONTS[face.index()].get_or_init(|| Font::of(face).unwrap_or_default());
    font.paths(usize::from(glyph)).unwrap_or(&NONE)
}

/// The glyphs of a face, each with its paths from when it is first drawn.
#[derive(Default)]
struct Font {
    /// What the font says of all its glyphs.
    glyphs: Vec<u8>,
    /// Where in it each of them stands.
    letters: Vec<(Range<usize>, OnceLock<Paths>)>,
}

impl Font {
    /// The font of a face; nothing if it cannot be read.
    fn of(face: Face) -> Option<Font> {
        let (packed, length) = fonts::program(face, Part::European);
        let mut font = Vec::with_capacity(length as usize);
        Decompress::new(true).decompress_vec(packed, &mut font, FlushDecompress::Finish).ok()?;
        let (glyphs, places) = (table(&font, b"glyf")?, table(&font, b"loca")?);
        let long = table(&font, b"head").and_then(|head| short(head, 50)).unwrap_or(0) != 0;
        let places: Vec<usize> = match long {
            true => places.chunks_exact(4).map(number).collect(),
            false => places.chunks_exact(2).map(|place| number(place) * 2).collect(),
        };
        let letters = places.windows(2).map(|place| (place[0]..place[1], OnceLock::new())).collect();
        Some(Font { glyphs: glyphs.to_vec(), letters })
    }

    /// The paths of a glyph; what of the font cannot be read has none.
    fn paths(&self, glyph: usize) -> Option<&Paths> {
        let (place, paths) = self.letters.get(glyph)?;
        Some(paths.get_or_init(|| self.glyphs.get(place.clone()).and_then(simple).unwrap_or_default()))
    }
}

/// A table of a font by its tag.
fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let record = font.get(12..)?.chunks_exact(16).find(|record| record[..4] == *tag)?;
    font.get(number(&record[8..12])..)?.get(..number(&record[12..]))
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

fn short(bytes: &[u8], at: usize) -> Option<i16> {
    bytes.get(at..)?.first_chunk().map(|chunk| i16::from_be_bytes(*chunk))
}

/// A point of a glyph as the font has it, and whether the path passes through it.
#[derive(Clone, Copy)]
struct Knot {
    place: Point,
    on: bool,
}

/// The paths of a glyph that is made of contours; nothing for one that is made of other glyphs.
fn simple(glyph: &[u8]) -> Option<Paths> {
    let contours = usize::try_from(short(glyph, 0)?).ok()?;
    let ends: Option<Vec<usize>> =
        (0..contours).map(|at| short(glyph, 10 + at * 2).map(|end| end as u16 as usize)).collect();
    let ends = ends?;
    let hints = short(glyph, 10 + contours * 2)? as u16 as usize;
    let knots = knots(glyph.get(12 + contours * 2 + hints..)?, ends.last().map_or(0, |last| last + 1))?;
    let mut start = 0;
    let mut paths = Vec::new();
    for end in ends {
        paths.push(flattened(knots.get(start..=end)?));
        start = end + 1;
    }
    Some(paths)
}

/// The points of a glyph: their flags, then how far each lies from the one before, across and up.
fn knots(mut data: &[u8], count: usize) -> Option<Vec<Knot>> {
    let mut take = |length: usize| data.split_off(..length);
    let mut flags = Vec::with_capacity(count);
    while flags.len() < count {
        let flag = take(1)?[0];
        let repeats = if flag & REPEAT != 0 { take(1)?[0] } else { 0 };
        flags.extend(std::iter::repeat_n(flag, usize::from(repeats) + 1));
    }
    let mut sides = [Vec::with_capacity(count), Vec::with_capacity(count)];
    for (axis, side) in sides.iter_mut().enumerate() {
        let mut at = 0;
        for flag in &flags[..count] {
            at += match (flag & SHORT[axis] != 0, flag & SAME[axis] != 0) {
                (true, true) => i32::from(take(1)?[0]),
                (true, false) => -i32::from(take(1)?[0]),
                (false, true) => 0,
                (false, false) => i32::from(i16::from_be_bytes(*take(2)?.first_chunk()?)),
            };
            side.push(at);
        }
    }
    let [across, up] = sides;
    let place = across.into_iter().zip(up).zip(flags);
    Some(place.map(|((x, y), flag)| Knot { place: Point { x: x * 4, y: y * 4 }, on: flag & ON_CURVE != 0 }).collect())
}

/// A contour with its curves broken into straight pieces. Between two points off the path lies one on it.
fn flattened(contour: &[Knot]) -> Vec<Point> {
    let middle = |one: Point, other: Point| Point { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
    let mut whole: Vec<Knot> = Vec::with_capacity(contour.len() * 2);
    for (at, knot) in contour.iter().enumerate() {
        let before = contour[(at + contour.len() - 1) % contour.len()];
        if !knot.on && !before.on {
            whole.push(Knot { place: middle(before.place, knot.place), on: true });
        }
        whole.push(*knot);
    }
    if let Some(first) = whole.iter().position(|knot| knot.on) {
        whole.rotate_left(first);
    }
    let mut path = Vec::with_capacity(whole.len() * PIECES as usize);
    for (at, knot) in whole.iter().enumerate() {
        if knot.on {
            path.push(knot.place);
            continue;
        }
        let (from, to) = (whole[at - 1].place, whole[(at + 1) % whole.len()].place);
        path.extend((1..PIECES).map(|piece| curve(from, knot.place, to, piece)));
    }
    path
}

/// A point of the quadratic curve between two places that is drawn towards a third.
fn curve(from: Point, towards: Point, to: Point, piece: i32) -> Point {
    let (one, two, three) = ((PIECES - piece) * (PIECES - piece), 2 * piece * (PIECES - piece), piece * piece);
    let part = |from: i32, towards: i32, to: i32| (from * one + towards * two + to * three) / (PIECES * PIECES);
    Point { x: part(from.x, towards.x, to.x), y: part(from.y, towards.y, to.y) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::fonts::Family;

    #[test]
    fn every_letter_of_every_face_has_paths() {
        for family in [Family::Sans, Family::Humanist, Family::Serif, Family::Mono] {
            for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
                let face = Face { family, bold, italic };
                for letter in "AzÖß8%€Řłğ,Ωж".chars() {
                    let glyph = fonts::glyph(letter).expect("the fonts have it");
                    assert!(!paths(face, glyph).is_empty(), "{letter} in {face:?}");
                }
                assert!(paths(face, fonts::glyph(' ').expect("a space")).is_empty());
            }
        }
    }

    #[test]
    fn letters_have_their_holes_and_their_height() {
        let face = Face { family: Family::Sans, bold: false, italic: false };
        let of = |letter: char| paths(face, fonts::glyph(letter).expect("the fonts have it"));
        assert_eq!([of('I').len(), of('O').len(), of('B').len(), of('%').len()], [1, 2, 3, 5]);
        let top = of('H').iter().flatten().map(|point| point.y).max().expect("a letter has points");
        assert!((690..740).contains(&(top / 4)), "{top}");
    }
}
