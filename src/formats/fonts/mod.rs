//! The fonts that documents bring with them. All faces draw the same characters, each as the same glyph, so that text is
//! turned into glyphs once and measured in any face. `specs/data/fonts/make.py` makes them.

mod characters;
mod programs;

pub(crate) use characters::{Glyph, LATIN, glyph, widths};
pub(crate) use programs::{Part, cmap, measures, program};

/// Faces that were drawn to go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// Noto Sans: plain and wide.
    Sans,
    /// Brightwell, which is Carlito: as wide as Calibri.
    Humanist,
    /// Noto Serif.
    Serif,
    /// Noto Sans Mono: every letter is as wide.
    Mono,
}

impl Family {
    /// The family that stands for one an office suite names.
    pub(crate) fn standing_for(name: &str) -> Family {
        match name {
            "Calibri" | "Carlito" | "Candara" | "Corbel" | "Aptos" | "Lato" | "Optima" | "Gill Sans MT"
            | "Trebuchet MS" => Family::Humanist,
            "Cambria" | "Georgia" | "Times New Roman" | "Garamond" | "Palatino Linotype" | "Book Antiqua"
            | "Constantia" | "Century" | "Noto Serif" | "Liberation Serif" => Family::Serif,
            "Consolas" | "Courier New" | "Cascadia Mono" | "Noto Sans Mono" => Family::Mono,
            _ => Family::Sans,
        }
    }
}

/// One style of a family. The mono family has no italics; its upright letters stand for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Face {
    pub(crate) family: Family,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

/// How many faces there are.
pub(crate) const FACES: usize = 14;

impl Face {
    /// Its place among all faces: in `faces.csv` and in the columns of `characters.csv`.
    pub(crate) fn index(self) -> usize {
        let style = usize::from(self.bold) + 2 * usize::from(self.italic);
        match self.family {
            Family::Sans => style,
            Family::Humanist => 4 + style,
            Family::Serif => 8 + style,
            Family::Mono => 12 + usize::from(self.bold),
        }
    }
}
