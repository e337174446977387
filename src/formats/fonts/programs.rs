//! The bytes of the fonts as a pdf takes them: packed once, when they were made, and never again.

use std::sync::LazyLock;

use super::{FACES, Face};

/// Which characters a font holds. Both parts draw a character as the same glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Those of languages in Latin letters, and common signs.
    Latin,
    /// All: Greek, Cyrillic and rarer signs too.
    European,
}

/// What there is to say about a face; lengths are thousandths of the font's size.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measures {
    pub(crate) name: &'static str,
    /// How far glyphs reach below and above the line they stand on.
    pub(crate) bottom: i32,
    pub(crate) top: i32,
    pub(crate) ascent: i32,
    pub(crate) descent: i32,
    /// The height of capital letters.
    pub(crate) capitals: i32,
    /// Of italics, in degrees; negative leans to the right.
    pub(crate) angle: i32,
    /// Bytes of the unpacked fonts.
    pub(crate) latin: i32,
    pub(crate) european: i32,
}

static MEASURES: LazyLock<Vec<Measures>> = LazyLock::new(|| {
    let lines = include_str!("../../../specs/data/fonts/faces.csv").lines().skip(1);
    lines.map(measured).collect()
});

fn measured(line: &'static str) -> Measures {
    let mut cells = line.split(',').skip(1);
    let name = cells.next().unwrap_or_default();
    let mut number = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0);
    Measures {
        name,
        bottom: number(),
        top: number(),
        ascent: number(),
        descent: number(),
        capitals: number(),
        angle: number(),
        latin: number(),
        european: number(),
    }
}

/// What there is to say about a face.
pub(crate) fn measures(face: Face) -> &'static Measures {
    &MEASURES[face.index()]
}

/// A zlib stream of the TrueType font of a face, and how long it is unpacked.
pub(crate) fn program(face: Face, part: Part) -> (&'static [u8], i32) {
    let ([latin, european], measures) = (PROGRAMS[face.index()], measures(face));
    match part {
        Part::Latin => (latin, measures.latin),
        Part::European => (european, measures.european),
    }
}

/// A zlib stream of the table that leads a reader from the glyphs of any face back to characters.
pub(crate) fn cmap(part: Part) -> &'static [u8] {
    match part {
        Part::Latin => include_bytes!("../../../specs/data/fonts/latin.cmap.z"),
        Part::European => include_bytes!("../../../specs/data/fonts/european.cmap.z"),
    }
}

macro_rules! programs {
    ($($title:literal)*) => {
        [$([
            include_bytes!(concat!("../../../specs/data/fonts/", $title, ".latin.z")),
            include_bytes!(concat!("../../../specs/data/fonts/", $title, ".european.z")),
        ]),*]
    };
}

/// In the order of the faces.
static PROGRAMS: [[&[u8]; 2]; FACES] = programs! {
    "sans-regular"
    "sans-bold"
    "sans-italic"
    "sans-bold-italic"
    "humanist-regular"
    "humanist-bold"
    "humanist-italic"
    "humanist-bold-italic"
    "serif-regular"
    "serif-bold"
    "serif-italic"
    "serif-bold-italic"
    "mono-regular"
    "mono-bold"
};
