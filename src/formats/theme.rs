//! The theme of an office document: what its programs offer as the company's colours and fonts.

use std::fmt::Write;

use super::{office, xml};
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
    let [first, second, third, fourth, fifth, sixth] = palette.series;
    office::fill(include_str!("theme.xml"), |name, out| {
        let colour = match name {
            "name" => return xml::attribute(&brand.company, out),
            "heading" => return xml::attribute(&brand.heading_font, out),
            "body" => return xml::attribute(&brand.body_font, out),
            "accent" => palette.accent,
            "tint" => palette.tint,
            "muted" => palette.muted,
            "series1" => first,
            "series2" => second,
            "series3" => third,
            "series4" => fourth,
            "series5" => fifth,
            "series6" => sixth,
            _ => return,
        };
        let _ = write!(out, "{colour}");
    })
}
