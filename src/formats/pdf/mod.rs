//! Portable documents: [`Doc`] → pdf, through printpdf and the fonts that every reader has.
//!
//! printpdf takes the file's id from a counter of the process and formats dates differently on some targets, so both
//! are written here, into the objects it hands over before they become bytes.

mod layout;
mod letters;
mod lines;
mod metrics;
mod page;
mod table;

use lopdf::{Dictionary, Document, Object, StringFormat};
use printpdf::{PdfDocument, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::{Unsupported, moment};
use crate::document::{Doc, Properties};
use crate::value::Moment;

/// The bytes of a document.
pub(super) fn write(doc: &Doc) -> Result<Vec<u8>, Unsupported> {
    let mut pdf = PdfDocument::new(&doc.properties.title);
    pdf.with_pages(layout::pages(doc).into_iter().map(page::Page::finish).collect());
    let mut objects = printpdf::serialize::to_lopdf_doc(&pdf, &PdfSaveOptions::default(), &mut Vec::new());
    if let Ok(place) = objects.trailer.get(b"Info").and_then(Object::as_reference) {
        objects.set_object(place, information(&doc.properties));
    }
    let id = Object::String(identity(&objects), StringFormat::Hexadecimal);
    objects.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    objects.compress();
    let mut bytes = Vec::new();
    objects.save_to(&mut bytes).map_err(|error| Unsupported::new(format!("pdf: {error}")))?;
    Ok(bytes)
}

/// What the document says about itself.
fn information(properties: &Properties) -> Dictionary {
    let mut dictionary = Dictionary::new();
    dictionary.set("Title", text(&properties.title));
    dictionary.set("Author", text(&properties.author));
    dictionary.set("Creator", text(&properties.company));
    dictionary.set("Producer", text("worldc"));
    dictionary.set("CreationDate", date(properties.created));
    dictionary.set("ModDate", date(properties.modified));
    dictionary
}

/// A text string in UTF-16 with its mark.
fn text(text: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn date(at: Moment) -> Object {
    let digits = moment::compact(at).replace('T', "");
    Object::String(format!("D:{digits}Z").into_bytes(), StringFormat::Literal)
}

/// An id that is a function of the content.
fn identity(objects: &Document) -> Vec<u8> {
    let mut hash = Sha256::new();
    for object in objects.objects.values() {
        match object {
            Object::Stream(stream) => hash.update(&stream.content),
            Object::Dictionary(dictionary) => {
                for (_, value) in dictionary.iter().filter(|(key, _)| key.as_slice() != b"ID") {
                    if let Object::String(text, _) = value {
                        hash.update(text);
                    }
                }
            }
            _ => {}
        }
    }
    hash.finalize()[..16].to_vec()
}
