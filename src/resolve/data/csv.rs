//! CSV with a header line, commas and double quotes. Read here rather than by a library because a quoted number must
//! stay text and every row needs its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cursor::Cursor;
use super::{Datum, DatumKind, Unreadable};
use crate::source::{SourceId, Span};

/// All rows as a list of mappings from the header's names.
pub(super) fn read(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    let mut cursor = Cursor::new(source, text);
    let Some(header) = record(&mut cursor, 0)? else {
        return Err(Unreadable { span: Span::new(source, 0, 0), reason: "the file has no header line".into() });
    };
    let names: Vec<Arc<str>> = header.fields.iter().map(|field| field.text.trim().into()).collect();
    if let Some(index) = names.iter().position(|name| name.is_empty()) {
        return Err(Unreadable { span: header.fields[index].span, reason: "a column has no name".into() });
    }
    let mut known = BTreeSet::new();
    if let Some(index) = names.iter().position(|name| !known.insert(name.clone())) {
        let reason = format!("two columns are called `{}`", names[index]);
        return Err(Unreadable { span: header.fields[index].span, reason });
    }
    let mut rows = Vec::new();
    while let Some(next) = record(&mut cursor, names.len())? {
        rows.push(row(&names, next)?);
    }
    Ok(Datum { kind: DatumKind::List(rows), span: Span::new(source, 0, text.len()) })
}

fn row(names: &[Arc<str>], record: Record) -> Result<Datum, Unreadable> {
    if record.fields.len() != names.len() {
        let reason = format!("this row has {} cells, the header has {}", record.fields.len(), names.len());
        return Err(Unreadable { span: record.span, reason });
    }
    let cells = names.iter().cloned().zip(record.fields.into_iter().map(Field::datum)).collect();
    Ok(Datum { kind: DatumKind::Map(cells), span: record.span })
}

struct Record {
    fields: Vec<Field>,
    span: Span,
}

struct Field {
    text: Arc<str>,
    quoted: bool,
    span: Span,
}

impl Field {
    fn datum(self) -> Datum {
        Datum { kind: DatumKind::Scalar { text: self.text, quoted: self.quoted }, span: self.span }
    }
}

/// The next row, which has so many cells if it is like the others; empty lines are skipped.
fn record(cursor: &mut Cursor<'_>, width: usize) -> Result<Option<Record>, Unreadable> {
    cursor.skip(|byte| matches!(byte, b'\n' | b'\r'));
    if cursor.peek().is_none() {
        return Ok(None);
    }
    let start = cursor.at;
    let mut fields = Vec::with_capacity(width);
    fields.push(field(cursor)?);
    while cursor.peek() == Some(b',') {
        cursor.at += 1;
        fields.push(field(cursor)?);
    }
    Ok(Some(Record { fields, span: cursor.since(start) }))
}

fn field(cursor: &mut Cursor<'_>) -> Result<Field, Unreadable> {
    match cursor.peek() {
        Some(b'"') => quoted(cursor),
        _ => Ok(plain(cursor)),
    }
}

fn plain(cursor: &mut Cursor<'_>) -> Field {
    let start = cursor.at;
    let rest = &cursor.text.as_bytes()[start..];
    cursor.at += memchr::memchr3(b',', b'\n', b'\r', rest).unwrap_or(rest.len());
    let text = cursor.text[start..cursor.at].trim().into();
    Field { text, quoted: false, span: cursor.since(start) }
}

/// A cell in double quotes; `""` inside is one quote.
fn quoted(cursor: &mut Cursor<'_>) -> Result<Field, Unreadable> {
    let start = cursor.at;
    let mut text = String::new();
    cursor.at += 1;
    loop {
        let from = cursor.at;
        let Some(length) = cursor.text[from..].find('"') else {
            let span = Span::new(cursor.source, start, start + 1);
            return Err(Unreadable { span, reason: "this quote is never closed".into() });
        };
        text.push_str(&cursor.text[from..from + length]);
        cursor.at = from + length + 1;
        if cursor.peek() != Some(b'"') {
            break;
        }
        text.push('"');
        cursor.at += 1;
    }
    match cursor.peek() {
        None | Some(b',' | b'\n' | b'\r') => Ok(Field { text: text.into(), quoted: true, span: cursor.since(start) }),
        Some(_) => {
            let reason = "after a closing quote comes a comma or the end of the line".into();
            Err(Unreadable { span: cursor.since(start), reason })
        }
    }
}
