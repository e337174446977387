//! The fonts of a document: one that is brought along, or one that every reader has.

use super::standard;
use crate::document::look::Brand;
use crate::formats::fonts::{self, FACES, Face, Family, Glyph};

/// What letters are cut like, in every style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    Drawn(Family),
    Helvetica,
    Courier,
}

impl Cut {
    /// What a letter is called in a text that is shown in this cut; nothing if it is not in the font.
    pub(super) fn code(self, letter: char) -> Option<u16> {
        match self {
            Cut::Drawn(_) => fonts::glyph(letter),
            Cut::Helvetica | Cut::Courier => standard::code(letter),
        }
    }

    /// The size of ordinary text at which the cuts look equally large, in thousandths of a point.
    pub(super) fn body(self) -> i32 {
        match self {
            Cut::Drawn(Family::Humanist) => 11_000,
            Cut::Drawn(Family::Sans | Family::Mono) => 9_750,
            Cut::Drawn(Family::Serif) | Cut::Helvetica | Cut::Courier => 10_000,
        }
    }
}

/// The cuts a document is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cuts {
    pub(super) heading: Cut,
    pub(super) body: Cut,
    pub(super) code: Cut,
}

impl Cuts {
    /// Those of a company. Helvetica is in every reader and needs not be brought along.
    pub(super) fn of(brand: &Brand) -> Cuts {
        let cut =
            |name: &str| if name == "Helvetica" { Cut::Helvetica } else { Cut::Drawn(Family::standing_for(name)) };
        let (heading, body) = (cut(&brand.heading_font), cut(&brand.body_font));
        let code = if body == Cut::Helvetica { Cut::Courier } else { Cut::Drawn(Family::Mono) };
        Cuts { heading, body, code }
    }

    /// The same without fonts that have no letters but those of WinAnsi.
    pub(super) fn drawn(self) -> Cuts {
        let drawn = |cut| if matches!(cut, Cut::Drawn(_)) { cut } else { Cut::Drawn(Family::Sans) };
        Cuts { heading: drawn(self.heading), body: drawn(self.body), code: Cut::Drawn(Family::Mono) }
    }

    pub(super) fn all(self) -> [Cut; 3] {
        [self.heading, self.body, self.code]
    }
}

/// One style of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Font {
    pub(super) cut: Cut,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// How many fonts there are.
pub(super) const FONTS: usize = FACES + 8;

impl Font {
    /// The face of a font that is brought along.
    pub(super) fn face(self) -> Option<Face> {
        match self.cut {
            Cut::Drawn(family) => Some(Face { family, bold: self.bold, italic: self.italic }),
            Cut::Helvetica | Cut::Courier => None,
        }
    }

    /// Its place among all fonts, by which pages call it.
    pub(super) fn index(self) -> usize {
        let style = usize::from(self.bold) + 2 * usize::from(self.italic);
        match self.face() {
            Some(face) => face.index(),
            None => FACES + style + if self.cut == Cut::Courier { 4 } else { 0 },
        }
    }

    pub(super) fn widths(self) -> Widths {
        match self.face() {
            Some(face) => Widths { table: fonts::widths(face), first: 0 },
            None => Widths {
                table: standard::widths(self.cut == Cut::Courier, self.bold),
                first: usize::from(standard::FIRST),
            },
        }
    }
}

/// The widths of the letters of a font.
#[derive(Clone, Copy)]
pub(super) struct Widths {
    table: &'static [u16],
    first: usize,
}

impl Widths {
    /// The width of a letter, in thousandths of the font's size.
    pub(super) fn of(self, code: u16) -> i32 {
        usize::from(code).checked_sub(self.first).and_then(|at| self.table.get(at)).map_or(0, |&width| i32::from(width))
    }
}

/// Which letters a document shows in which fonts.
pub(super) struct Used {
    fonts: [Option<(Font, [u64; 16])>; FONTS],
}

impl Default for Used {
    fn default() -> Used {
        Used { fonts: [None; FONTS] }
    }
}

impl Used {
    /// Notes that letters are shown.
    pub(super) fn add(&mut self, font: Font, codes: &[u16]) {
        let (_, letters) = self.fonts[font.index()].get_or_insert((font, [0; 16]));
        for code in codes {
            letters[usize::from(code >> 6) & 15] |= 1 << (code & 63);
        }
    }

    /// Every font with its letters in order.
    pub(super) fn fonts(&self) -> impl Iterator<Item = (Font, Vec<Glyph>)> {
        self.fonts.iter().flatten().map(|(font, letters)| {
            let codes = (0..1024_u16).filter(|code| letters[usize::from(code >> 6)] >> (code & 63) & 1 == 1);
            (*font, codes.collect())
        })
    }
}
