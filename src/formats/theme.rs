//! The theme of an office document: what its programs offer as the company's colours and fonts.

use super::xml;
use crate::document::Properties;
use crate::document::look::{Brand, Palette};
use crate::formats::palette;

/// What the part is, as content types say it.
pub(crate) const KIND: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// The theme part of a document: its palette, and the fonts of the company.
pub(crate) fn of(properties: &Properties) -> String {
    part(&properties.brand, palette::of(properties))
}

/// The theme part in the fonts of a brand and the colours of a palette.
pub(crate) fn part(brand: &Brand, palette: Palette) -> String {
    let mut theme = include_str!("theme.xml")
        .replace("@name@", &xml::quoted(&brand.company))
        .replace("@accent@", &palette.accent.to_string())
        .replace("@tint@", &palette.tint.to_string())
        .replace("@muted@", &palette.muted.to_string())
        .replace("@heading@", &xml::quoted(&brand.heading_font))
        .replace("@body@", &xml::quoted(&brand.body_font));
    for (index, colour) in palette.series.iter().enumerate() {
        theme = theme.replace(&format!("@series{}@", index + 1), &colour.to_string());
    }
    theme
}
