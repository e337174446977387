//! Which characters the faces draw, and how wide.

use std::sync::LazyLock;

use super::{FACES, Face};

/// Nought is the glyph of no character; the first character of the table is glyph 1.
pub(crate) type Glyph = u16;

/// Every character by its code in hexadecimal digits, the part it belongs to, and its width in each face, in thousandths of
/// the font's size.
const TABLE: &str = include_str!("../../../specs/data/fonts/characters.csv");

/// How many characters the Latin parts of the fonts have: the first of the table.
pub(crate) static LATIN: LazyLock<Glyph> =
    LazyLock::new(|| TABLE.lines().filter(|line| line.split(',').nth(1) == Some("latin")).count() as Glyph);

struct Characters {
    /// By code; as long as the last code asks for.
    glyphs: Vec<Glyph>,
    /// By face, then by glyph.
    widths: [Vec<u16>; FACES],
}

static CHARACTERS: LazyLock<Characters> = LazyLock::new(|| {
    let mut characters = Characters { glyphs: Vec::new(), widths: std::array::from_fn(|_| vec![0]) };
    for (line, glyph) in TABLE.lines().skip(1).zip(1..) {
        let mut cells = line.split(',');
        let code = cells.next().and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or(0);
        if characters.glyphs.len() <= code {
            characters.glyphs.resize(code + 1, 0);
        }
        characters.glyphs[code] = glyph;
        for (widths, cell) in characters.widths.iter_mut().zip(cells.skip(1)) {
            widths.push(cell.parse().unwrap_or(0));
        }
    }
    characters
});

/// The glyph of a character; nothing for one that no face draws.
pub(crate) fn glyph(letter: char) -> Option<Glyph> {
    CHARACTERS.glyphs.get(letter as usize).copied().filter(|glyph| *glyph != 0)
}

/// The widths of all glyphs of a face, in thousandths of the font's size.
pub(crate) fn widths(face: Face) -> &'static [u16] {
    &CHARACTERS.widths[face.index()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::fonts::Family;

    #[test]
    fn the_scripts_of_europe_are_drawn() {
        let text = "Žluťoučký kůň, Łódź, İstanbul ğış, Ελλάδα ΐ, Привет, ЄЇ, “€ 5” → ≤ ½ ✓ №\u{A0}7\u{2011}a";
        assert_eq!(text.chars().find(|letter| glyph(*letter).is_none()), None);
        assert_eq!("א日🙂\u{7}".chars().filter_map(glyph).next(), None);
        assert_eq!(glyph(' '), Some(1));
    }

    #[test]
    fn every_face_measures_every_glyph() {
        for family in [Family::Sans, Family::Humanist, Family::Serif, Family::Mono] {
            let widths = widths(Face { family, bold: true, italic: true });
            assert_eq!(widths.len(), TABLE.lines().count());
            assert!(widths[1] > 200, "a space has a width");
        }
    }
}
