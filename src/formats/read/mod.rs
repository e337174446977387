//! Readers: the bytes of a file → its text by place, as a person sees it. They share nothing with the writers, so that
//! one proves the other. Whatever the bytes are, the answer is a text or a reason, in bounded memory.

mod calendar;
mod docx;
#[expect(dead_code, reason = "the formats that fill the rest of the model land one after the other")]
mod extract;
mod mail;
mod mime;
mod pdf;
mod text;
mod xlsx;
mod xml;
mod zip;

use std::fmt;

pub(crate) use extract::{Extract, Line, Role, Table};

/// No file of an office is larger when unpacked.
pub(super) const LIMIT: usize = 64 << 20;

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
    match extension {
        "docx" => docx::read(bytes),
        "xlsx" => xlsx::read(bytes),
        "pdf" => pdf::read(bytes),
        "eml" => mail::read_one(bytes),
        "mbox" => mail::read_mbox(bytes),
        "ics" => calendar::read(bytes, "UID"),
        "vcf" => calendar::read(bytes, "FN"),
        "csv" => text::read_csv(bytes),
        "txt" | "md" | "json" | "jsonl" | "html" | "yaml" | "xml" | "svg" | "log" => text::read_lines(bytes),
        _ => Err(Unreadable::because(format!("`.{extension}` files have no reader"))),
    }
}

#[cfg(test)]
mod tests;
