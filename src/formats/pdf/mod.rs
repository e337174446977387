//! Portable documents: [`Doc`] → pdf in the company's fonts, which are brought along.
//!
//! Text is laid out here and the objects are written with pdf-writer. printpdf reads, cuts and packs a font anew for each
//! document, and takes the file's id from a counter of the process; with fonts that were packed when they were made, a
//! document costs less than it costs printpdf without any.

mod columns;
mod edges;
mod file;
mod font;
mod layout;
mod letters;
mod lines;
mod logo;
mod notes;
mod outline;
mod page;
mod standard;
mod table;
#[cfg(test)]
mod tests;
mod texts;

use super::Unsupported;
use crate::document::{Doc, places};
use font::Cuts;
use layout::Layout;

/// The bytes of a document. A letter that no font has is refused with its place.
pub(super) fn write(doc: &Doc) -> Result<Vec<u8>, Unsupported> {
    let wished = Cuts::of(&doc.properties.brand);
    let cuts = match texts::unknown(doc, wished) {
        None => wished,
        Some(_) => wished.drawn(),
    };
    if let Some(letter) = texts::unknown(doc, cuts) {
        return Err(refused(doc, letter));
    }
    let mut layout = Layout::of(doc, cuts);
    edges::draw(&mut layout, &doc.properties);
    Ok(file::write(&layout, &doc.properties))
}

/// Where the letter stands that no font has.
fn refused(doc: &Doc, letter: char) -> Unsupported {
    let code = u32::from(letter);
    let shown = if letter.is_control() { String::new() } else { format!("`{letter}` ") };
    let paragraphs = places::paragraphs(doc);
    let place = match paragraphs.iter().find(|paragraph| paragraph.text.contains(letter)) {
        Some(paragraph) => format!("p{}", paragraph.number),
        None => "its title, header or footer".to_owned(),
    };
    Unsupported::new(format!("the letter {shown}(U+{code:04X}) in {place} is in none of the fonts of a pdf"))
}
