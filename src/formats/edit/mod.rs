//! Edits of files that are there: one cell, one paragraph, one text of a slide. Everything else stays byte for byte,
//! whoever wrote it.

mod cell;
mod chain;
mod obscure;
mod paragraph;
mod repack;
mod splice;
#[cfg(test)]
mod tests;

use crate::document::Place;
use crate::formats::read::{Figure, Unreadable};
pub(crate) use cell::Content;

/// What somebody typed into a cell: a formula behind `=`, a number, yes or no, or a text.
pub(crate) fn typed(text: &str) -> Content {
    match (text.strip_prefix('='), Figure::parse(text)) {
        (Some(formula), _) => Content::Formula(formula.to_owned()),
        (_, Some(figure)) => Content::Number(figure),
        (None, None) => match text {
            "" => Content::Empty,
            "TRUE" | "FALSE" => Content::Bool(text == "TRUE"),
            text => Content::Text(text.to_owned()),
        },
    }
}

/// The place of a paragraph as it is written: `p3`, `s2p1`.
pub(crate) fn paragraph_at(written: &str) -> Option<Place> {
    if let Some(number) = written.strip_prefix('p') {
        return Some(Place::Paragraph(number.parse().ok()?));
    }
    let (slide, paragraph) = written.strip_prefix('s')?.split_once('p')?;
    Some(Place::Slide { slide: slide.parse().ok()?, paragraph: paragraph.parse().ok()? })
}

/// The workbook with something else in one cell; what other cells come to because of it is written beside their formulas.
pub(crate) fn cell(bytes: &[u8], cell: &str, content: &Content) -> Result<Vec<u8>, Unreadable> {
    cell::edit(bytes, cell, content)
}

/// The office file with all its text hidden, or white: what proofs try on a grader.
pub(crate) fn obscured(bytes: &[u8], extension: &str, white: bool) -> Result<Vec<u8>, Unreadable> {
    obscure::obscured(bytes, extension, white)
}

/// The document or deck with another text at a place: [`Place::Paragraph`] or [`Place::Slide`].
pub(crate) fn text(bytes: &[u8], extension: &str, place: &Place, text: &str) -> Result<Vec<u8>, Unreadable> {
    paragraph::edit(bytes, extension, place, text)
}
