//! Writers: a document, workbook, message, event or contact → bytes. Pure; nothing here knows a seed, a fact's value
//! or a clock.

pub(crate) mod calendar;
mod chart;
mod columns;
pub(crate) mod contacts;
mod deflate;
mod direction;
mod docx;
pub(crate) mod edit;
mod embedded;
mod encode;
mod folded;
mod fonts;
mod html;
pub(crate) mod mail;
mod moment;
mod office;
mod package;
mod palette;
mod pdf;
mod picture;
mod plain;
pub(crate) mod pptx;
pub(crate) mod read;
#[cfg(test)]
mod samples;
mod tabular;
#[cfg(test)]
mod tests;
mod theme;
mod wording;
mod xlsx;
mod xml;

use std::fmt;
use std::sync::Arc;

use crate::document::picture::PictureFile;
use crate::document::{Book, Doc, Facts, Place, places};
use crate::value::Moment;
pub(crate) use encode::base64;
pub(crate) use pdf::{unshown_in, unshown_message};
use plain::Flavour;
pub(crate) use xlsx::{cell_name_fault, sheet_name_fault, text_fault};

/// The first letter of a text that a document of prose with that extension cannot hold, and where it begins.
pub(crate) fn lost(extension: &str, text: &str) -> Option<(usize, char)> {
    match extension {
        "pdf" => pdf::unshown(text),
        "docx" | "pptx" | "html" => xml::unheld(text),
        "png" | "jpg" | "jpeg" => picture::undrawn(text),
        _ => None,
    }
}

/// What is wrong with a letter that is [`lost`], and what an author can do about it.
pub(crate) fn lost_message(extension: &str, letter: char) -> (String, &'static str) {
    match extension {
        "pdf" => (unshown_message(letter), pdf::UNSHOWN_HELP),
        "png" | "jpg" | "jpeg" => (
            format!("the letter `{letter}` (U+{:04X}) is in none of the fonts of a picture", letter as u32),
            PICTURE_HELP,
        ),
        _ => (format!("no {extension} can hold the character U+{:04X}", letter as u32), "leave it out"),
    }
}

const PICTURE_HELP: &str = "write it in other letters: those of Europe can be drawn";

/// Why something could not be written in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unsupported {
    reason: String,
}

impl Unsupported {
    /// A refusal with its reason, as the end of a sentence.
    pub(crate) fn new(reason: impl Into<String>) -> Unsupported {
        Unsupported { reason: reason.into() }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// What a file of some extension is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writes {
    /// A [`Doc`].
    Prose,
    /// A [`Book`].
    Book,
    /// Either.
    Both,
    /// Other files.
    Archive,
    /// A [`PictureFile`].
    Picture,
    /// A known format that cannot be written yet.
    NotYet,
    Unknown,
}

/// What is written for an extension, given in lower case without its point.
pub(crate) fn writes(extension: &str) -> Writes {
    match extension {
        "docx" | "pptx" | "pdf" | "md" | "eml" | "html" => Writes::Prose,
        "xml" | "toml" | "ini" | "py" | "log" => Writes::Prose,
        "xlsx" | "csv" => Writes::Book,
        "txt" | "json" | "jsonl" | "yaml" => Writes::Both,
        "zip" => Writes::Archive,
        "png" | "jpg" | "jpeg" | "svg" => Writes::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "webp" | "heic" | "doc" | "xls" | "ppt" | "odt" | "ods" | "odp" => {
            Writes::NotYet
        }
        _ => Writes::Unknown,
    }
}

/// The media type of a file, by its extension.
pub(crate) fn media_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pdf" => "application/pdf",
        "md" => "text/markdown",
        "txt" | "log" | "ini" => "text/plain",
        "py" => "text/x-python",
        "toml" => "application/toml",
        "yaml" => "application/yaml",
        "csv" => "text/csv",
        "html" => "text/html",
        "json" => "application/json",
        "jsonl" => "application/jsonl",
        "xml" => "application/xml",
        "eml" => "message/rfc822",
        "mbox" => "application/mbox",
        "ics" => "text/calendar",
        "vcf" => "text/vcard",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "zip" => "application/zip",
        _ => return None,
    })
}

/// The bytes of a document as a file of some extension.
pub(crate) fn render_doc(doc: &Doc, extension: &str) -> Result<Vec<u8>, Unsupported> {
    match extension {
        "docx" => docx::write(doc),
        "pptx" => pptx::write(doc),
        "eml" => Ok(mail::from_doc(doc)),
        "pdf" => pdf::write(doc),
        "html" => Ok(html::write(doc).into_bytes()),
        "md" => Ok(plain::write(doc, Flavour::Markdown).text.into_bytes()),
        "txt" => Ok(plain::write(doc, Flavour::Text).text.into_bytes()),
        _ => Err(refused(extension, "a text")),
    }
}

/// The bytes of a workbook as a file of some extension.
pub(crate) fn render_book(book: &Book, extension: &str) -> Result<Vec<u8>, Unsupported> {
    match extension {
        "xlsx" => xlsx::write(book),
        "csv" | "txt" => Ok(tabular::csv(book).into_bytes()),
        "json" => Ok(tabular::json(book).into_bytes()),
        "jsonl" => Ok(tabular::jsonl(book).into_bytes()),
        "yaml" => Ok(tabular::yaml(book).into_bytes()),
        _ => Err(refused(extension, "sheets")),
    }
}

/// An archive of files by their names, all saved at one moment.
pub(crate) fn archive<'a>(members: impl Iterator<Item = (&'a str, Arc<[u8]>)>, at: Moment) -> Vec<u8> {
    let mut package = package::Package::saved(at);
    members.for_each(|(name, bytes)| package.part(name, &bytes));
    package.finish()
}

/// The bytes of a picture as a file of some extension.
pub(crate) fn render_picture(file: &PictureFile, extension: &str) -> Result<Vec<u8>, Unsupported> {
    let PictureFile { properties, picture } = file;
    match extension {
        "png" => Ok(picture::png(picture, properties)),
        "jpg" | "jpeg" => Ok(picture::jpeg(picture, properties)),
        "svg" => picture::svg(picture, properties)
            .map(String::into_bytes)
            .ok_or_else(|| Unsupported::new("a photo has no shapes that a `.svg` file could keep")),
        _ => Err(refused(extension, "a picture")),
    }
}

/// Where a document prints facts when it is a file of some extension: paragraphs, those of a slide, or lines of a text file.
pub(crate) fn doc_places(doc: &Doc, extension: &str) -> Vec<(Place, Facts)> {
    match extension {
        "md" => plain::write(doc, Flavour::Markdown).places,
        "txt" => plain::write(doc, Flavour::Text).places,
        "eml" => mail::places(doc),
        "pptx" => places::slide_places(doc),
        "pdf" if doc.properties.scanned => {
            vec![(Place::Picture, places::union(places::places(doc).iter().map(|(_, facts)| facts)))]
        }
        _ => places::places(doc),
    }
}

/// Where a workbook prints facts when it is a file of some extension: cells, or lines of a text file.
pub(crate) fn book_places(book: &Book, extension: &str) -> Vec<(Place, Facts)> {
    match extension {
        "csv" => places::row_places(book),
        _ => places::book_places(book),
    }
}

fn refused(extension: &str, content: &str) -> Unsupported {
    Unsupported::new(match writes(extension) {
        Writes::NotYet => format!("`.{extension}` files cannot be written yet"),
        Writes::Unknown => format!("`.{extension}` is no known format"),
        Writes::Prose | Writes::Book | Writes::Both | Writes::Archive | Writes::Picture => {
            format!("a `.{extension}` file is not made from {content}")
        }
    })
}
