//! Files of records: csv in whatever form a program writes it, JSON and JSON lines.

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::extract::{Extract, Line, Role, Table, TableCell};
use super::text::{decoded, read_lines, unusual};
use super::{MOST_CELLS, MOST_LINES, Unreadable};
use crate::document::Place;

/// What may stand between fields, the likeliest first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Records by which the delimiter is found out.
const LOOKED_AT: usize = 50;
/// Bytes in which these records are looked for.
const LOOKED_INTO: usize = 256 << 10;
/// Larger JSON is checked, but its records are not laid out as a table.
const LARGEST_TABLE: usize = 4 << 20;

/// One record a line, tabs between its fields.
pub(super) fn read_csv(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let decoded = decoded(bytes)?;
    let (said, text) = said_delimiter(&decoded.text);
    let delimiter = said.unwrap_or_else(|| delimiter(text));
    // Counted before the first record is read: one line may hold them all.
    if text.bytes().filter(|byte| *byte == delimiter).count() > MOST_CELLS {
        return Err(Unreadable::because(format!("it has more than {MOST_CELLS} fields")));
    }
    let mut extract = Extract::default();
    let mut table = Table::default();
    let mut cells = 0;
    for (at, record) in reader(text, delimiter).records().enumerate() {
        let record = record.map_err(|_| Unreadable::because("it is no csv"))?;
        cells += record.len();
        if at == MOST_LINES || cells > MOST_CELLS {
            return Err(Unreadable::because(format!("it has more than {MOST_LINES} records or {MOST_CELLS} fields")));
        }
        let place = Place::Line(at as u32 + 1);
        let cell = |text: &str| TableCell { place: Some(place.clone()), text: text.to_owned(), columns: 1 };
        table.rows.push(record.iter().map(cell).collect());
        let fields: Vec<&str> = record.iter().collect();
        extract.lines.push(Line::new(place, Role::TableCell, fields.join("\t")));
    }
    table.headers = u32::from(table.rows.len() > 1 && is_header(&table.rows[0]));
    extract.tables.push(table);
    extract.lines.extend(unusual(&decoded));
    if delimiter != b',' {
        let name = Place::Property("delimiter".to_owned());
        extract.lines.push(Line::new(
            name,
            Role::Property,
            if delimiter == b'\t' { "tab".to_owned() } else { (delimiter as char).to_string() },
        ));
    }
    Ok(extract)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// The delimiter that a first line `sep=;` says, as one office program writes it, and the text behind that line.
fn said_delimiter(text: &str) -> (Option<u8>, &str) {
    let line = text.lines().next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), text[line.len()..].trim_start_matches(['\r', '\n'])),
        _ => (None, text),
    }
}

/// The delimiter by which most records have equally many fields, and more than one.
fn delimiter(text: &str) -> u8 {
    let text = &text[..text.floor_char_boundary(LOOKED_INTO)];
    let alike = |delimiter: &u8| {
        let counts: Vec<usize> =
            reader(text, *delimiter).records().take(LOOKED_AT).flatten().map(|record| record.len()).collect();
        let first = counts.first().copied().unwrap_or(0);
        let same = counts.iter().filter(|count| **count == first && first > 1).count();
        // As many records for both: the one that cuts them into more fields.
        (same, first)
    };
    // The last of equals wins, so the likeliest goes last.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| alike(delimiter)).unwrap_or(b',')
}

/// Whether a first record says what the fields are: none of them is empty or a number.
fn is_header(row: &[TableCell]) -> bool {
    row.iter()
        .all(|cell| !cell.text.trim().is_empty() && !cell.text.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The lines of a JSON file, with its records as a table if it is a list of such.
pub(super) fn read_json(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let mut extract = read_lines(bytes)?;
    let text = decoded(bytes)?.text;
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text) {
        extract.gaps.push(format!("it is not valid JSON: {error}"));
    } else if text.len() <= LARGEST_TABLE
        && let Ok(records) = serde_json::from_str::<Vec<Map<String, Json>>>(&text)
    {
        laid(&mut extract, table(records.into_iter().map(|record| (None, record)).collect()));
    }
    Ok(extract)
}

/// The lines of a file with one JSON record in each, and the records as a table.
pub(super) fn read_json_lines(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let mut extract = read_lines(bytes)?;
    let mut records = Vec::new();
    for line in extract.lines.iter().filter(|line| line.role == Role::Text) {
        let text = line.text();
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Map<String, Json>>(&text) {
            Ok(record) if bytes.len() <= LARGEST_TABLE => records.push((Some(line.place.clone()), record)),
            Ok(_) => {}
            Err(error) => extract.gaps.push(format!("{} is no JSON record: {error}", line.place)),
        }
        if extract.gaps.len() > 20 {
            break;
        }
    }
    laid(&mut extract, table(records));
    Ok(extract)
}

/// Adds the table that the lines of a file spell.
fn laid(extract: &mut Extract, table: Option<Table>) {
    if let Some(table) = table {
        let lines = extract.lines.iter_mut().filter(|line| line.role == Role::Text);
        lines.for_each(|line| line.role = Role::TableCell);
        extract.tables.push(table);
    }
}

/// Records as rows below the names of their members, in the order in which the names come up.
fn table(records: Vec<(Option<Place>, Map<String, Json>)>) -> Option<Table> {
    let mut names: IndexMap<String, ()> = IndexMap::new();
    for (_, record) in &records {
        names.extend(record.keys().map(|name| (name.clone(), ())));
    }
    if names.is_empty() || names.len().saturating_mul(records.len()) > MOST_CELLS {
        return None;
    }
    let cell = |place: &Option<Place>, text: String| TableCell { place: place.clone(), text, columns: 1 };
    let spelled = |value: &Json| match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let head = names.keys().map(|name| cell(&None, name.clone())).collect();
    let row = |(place, record): &(Option<Place>, Map<String, Json>)| {
        names.keys().map(|name| cell(place, record.get(name).map(spelled).unwrap_or_default())).collect()
    };
    Some(Table { headers: 1, rows: std::iter::once(head).chain(records.iter().map(row)).collect() })
}
