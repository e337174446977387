//! Portable documents: [`Doc`] → pdf in the company's fonts, which are brought along.
//!
//! Text is laid out here and the objects are written with pdf-writer. printpdf reads, cuts and packs a font anew for each
//! document, and takes the file's id from a counter of the process; with fonts that were packed when they were made, a
//! document costs less than it costs printpdf without any.

mod columns;
mod edges;
mod figure;
mod file;
mod font;
mod layout;
mod letters;
mod lines;
mod notes;
mod outline;
mod page;
mod scan;
mod standard;
mod table;
#[cfg(test)]
mod tests;
mod texts;

use super::Unsupported;
use super::fonts::Family;
use crate::document::{Doc, places};
use font::{Cut, Cuts};
use layout::Layout;
pub(super) use standard::widths as standard_widths;

/// What an author can do about a letter that no font has.
pub(crate) const UNSHOWN_HELP: &str = "write it in other letters, or make a docx, whose reader brings its own fonts";

/// The bytes of a document. A letter that no font has is refused with its place.
pub(super) fn write(doc: &Doc) -> Result<Vec<u8>, Unsupported> {
    let wished = Cuts::of(&doc.properties.brand);
    let cuts = match texts::unknown(doc, wished) {
        None if !doc.properties.scanned => wished,
        _ => wished.drawn(),
    };
    if let Some(letter) = texts::unknown(doc, cuts) {
        return Err(refused(doc, letter));
    }
    let mut layout = Layout::of(doc, cuts);
    edges::draw(&mut layout, &doc.properties);
    if doc.properties.scanned {
        scan::pages(&mut layout);
    }
    Ok(file::write(&layout, &doc.properties))
}

/// The first letter of a text that no font has, and where it begins.
pub(crate) fn unshown(text: &str) -> Option<(usize, char)> {
    let letter = letters::codes(text, Cut::Drawn(Family::Sans), |_| ())?;
    Some((text.find(letter).unwrap_or(0), letter))
}

/// The first letter of a document that no font has.
pub(crate) fn unshown_in(doc: &Doc) -> Option<char> {
    texts::unknown(doc, Cuts::of(&doc.properties.brand).drawn())
}

/// What is wrong with a letter that no font has.
pub(crate) fn unshown_message(letter: char) -> String {
    let code = u32::from(letter);
    let shown = if letter.is_control() { String::new() } else { format!("`{letter}` ") };
    format!("the letter {shown}(U+{code:04X}) is in none of the fonts of a pdf")
}

/// Where the letter stands that no font has.
fn refused(doc: &Doc, letter: char) -> Unsupported {
    let paragraphs = places::paragraphs(doc);
    let place = match paragraphs.iter().find(|paragraph| paragraph.text.contains(letter)) {
        Some(paragraph) => format!("in p{}", paragraph.number),
        None => "in its title, header or footer".to_owned(),
    };
    Unsupported::new(format!("{place}, {}", unshown_message(letter)))
}
