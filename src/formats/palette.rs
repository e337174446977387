//! The colours a document is written in: those its template names, else its company's.

use crate::document::Properties;
use crate::document::look::Palette;

/// A theme that is not known has the company's colours.
pub(crate) fn of(properties: &Properties) -> Palette {
    Palette::named(&properties.theme).unwrap_or(properties.brand.palette)
}
