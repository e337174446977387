//! Data files: what stands in a YAML, JSON, JSONL or CSV file, each value with its place.

mod csv;
mod cursor;
mod json;
mod table;
mod yaml;

use std::sync::Arc;

use crate::source::{SourceId, Span};
use crate::value::{Date, Month, Number, Value};

pub(super) use table::loaded;

/// The deepest nesting of lists and mappings that is read.
const DEPTH: usize = 64;

/// One value of a data file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Datum {
    pub kind: DatumKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum DatumKind {
    /// A scalar as written; quoted ones are never numbers.
    Scalar {
        text: Arc<str>,
        quoted: bool,
    },
    List(Vec<Datum>),
    Map(Vec<(Arc<str>, Datum)>),
}

/// Why a data file cannot be read, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unreadable {
    pub span: Span,
    pub reason: String,
}

/// The formats by their extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Json,
    JsonLines,
    Csv,
}

impl Format {
    /// The format of a file by its name.
    pub(super) fn of(path: &str) -> Option<Format> {
        match path.rsplit_once('.')?.1 {
            "yaml" | "yml" => Some(Format::Yaml),
            "json" => Some(Format::Json),
            "jsonl" => Some(Format::JsonLines),
            "csv" => Some(Format::Csv),
            _ => None,
        }
    }
}

/// Reads a whole data file.
pub(super) fn read(format: Format, source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    match format {
        Format::Yaml => yaml::read(source, text),
        Format::Json => json::read(source, text),
        Format::JsonLines => json::read_lines(source, text),
        Format::Csv => csv::read(source, text),
    }
}

/// The value of a scalar: an ISO date is a date however it is quoted, a number is one only without quotes.
fn scalar(text: &Arc<str>, quoted: bool) -> Value {
    if text.starts_with(|first: char| first.is_ascii_digit())
        && let Some(day) = Date::parse(text).map(Value::Date).or_else(|| Month::parse(text).map(Value::Month))
    {
        return day;
    }
    match &**text {
        _ if quoted => Value::Text(text.clone()),
        "" | "null" | "~" | "none" => Value::None,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::Text(text.clone()), Value::Number),
    }
}

/// A plain decimal number. `007` and `1_000` are text: a code keeps its zeros, and data files have no `_`.
fn number(text: &str) -> Option<Number> {
    // Most cells are words.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.')) {
        return None;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let padded = whole.len() > 1 && whole.starts_with('0');
    (plain && !padded).then(|| Number::parse(text)).flatten()
}

#[cfg(test)]
mod tests;
