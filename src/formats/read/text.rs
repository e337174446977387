//! Text files line by line, and csv record by record.

use super::{Extract, Line, Role, Unreadable};
use crate::document::Place;

/// Lines as they stand; an empty file has none.
pub(super) fn read_lines(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let text = utf8(bytes)?;
    Ok(Extract::of(numbered(text.lines().map(str::to_owned))))
}

/// One record a line, tabs between its fields.
pub(super) fn read_csv(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let text = utf8(bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
    let records = records.map_err(|_| Unreadable::because("it is no csv"))?;
    let fields = records.iter().map(|record| record.iter().collect::<Vec<_>>().join("\t"));
    Ok(Extract::of(numbered(fields)))
}

fn numbered(texts: impl Iterator<Item = String>) -> Vec<Line> {
    texts.enumerate().map(|(at, text)| Line::new(Place::Line(at as u32 + 1), Role::Text, text)).collect()
}

/// The text of a file, with or without a byte order mark.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::because("it is no UTF-8 text"))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
