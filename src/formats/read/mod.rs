//! Readers: the bytes of a file → its text by place, as a person sees it. They share nothing with the writers, so that
//! one proves the other. Whatever the bytes are, the answer is a text or a reason, in bounded memory.

mod archive;
mod calc;
mod calendar;
mod chart;
mod colour;
pub(super) mod docx;
mod encoding;
mod extract;
mod html;
mod json;
mod mail;
mod mime;
pub(super) mod package;
mod pdf;
mod picture;
pub(super) mod pptx;
mod properties;
mod records;
mod scale;
mod text;
mod xlsx;
pub(super) mod xml;
pub(super) mod zip;

use std::fmt;

pub(super) use calc::moved;
pub(crate) use calc::{At, Figure, Uncalculated};
pub(crate) use extract::{Extract, Line, Role, Table};
pub(crate) use json::json;
pub(crate) use workbook::{Value, Workbook};
use xlsx::workbook;

/// No file of an office is larger when unpacked.
pub(super) const LIMIT: usize = 64 << 20;
/// No file of an office is larger.
const LARGEST_FILE: usize = 64 << 20;
/// What all texts of a file may come to.
const LARGEST_TEXT: usize = 48 << 20;
/// Paragraphs, lines or messages of one file.
const MOST_LINES: usize = 400_000;
/// Cells of all sheets of a workbook.
const MOST_CELLS: usize = 400_000;

/// Why a file could not be read, as the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable(pub(crate) String);

impl Unreadable {
    pub(super) fn because(reason: impl Into<String>) -> Unreadable {
        Unreadable(reason.into())
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Reads a file by its extension, in lower case without its point.
pub(crate) fn read(bytes: &[u8], extension: &str) -> Result<Extract, Unreadable> {
    if bytes.len() > LARGEST_FILE {
        return Err(Unreadable::because(format!("it is larger than {} MiB", LARGEST_FILE >> 20)));
    }
    read_nested(bytes, extension, 0)
}

/// Reads a file that lies so many archives or mails deep.
fn read_nested(bytes: &[u8], extension: &str, depth: usize) -> Result<Extract, Unreadable> {
    let without_reader = || Unreadable::because(format!("`.{extension}` files have no reader"));
    reader(extension).ok_or_else(without_reader)?(bytes, depth)
}

/// Reads the bytes of a file that lies so deep in others.
type Reader = fn(&[u8], usize) -> Result<Extract, Unreadable>;

/// The reader for an extension.
fn reader(extension: &str) -> Option<Reader> {
    Some(match extension {
        "docx" => |bytes, _| docx::read(bytes),
        "xlsx" => |bytes, _| xlsx::read(bytes),
        "pptx" => |bytes, _| pptx::read(bytes),
        "pdf" => |bytes, _| pdf::read(bytes),
        "html" | "htm" => |bytes, _| html::read(bytes),
        "eml" => |bytes, _| mail::read_one(bytes),
        "mbox" => |bytes, _| mail::read_mbox(bytes),
        "ics" => |bytes, _| calendar::read(bytes, "UID"),
        "vcf" => |bytes, _| calendar::read(bytes, "FN"),
        "csv" | "tsv" => |bytes, _| records::read_csv(bytes),
        "json" => |bytes, _| records::read_json(bytes),
        "jsonl" => |bytes, _| records::read_json_lines(bytes),
        "md" => |bytes, _| text::read_markdown(bytes),
        "txt" | "yaml" | "yml" | "toml" | "ini" | "py" | "xml" | "svg" | "log" | "sql" | "sh" => {
            |bytes, _| text::read_lines(bytes)
        }
        "png" => |bytes, _| picture::read_png(bytes),
        "jpg" | "jpeg" => |bytes, _| picture::read_jpg(bytes),
        "zip" => archive::read,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
