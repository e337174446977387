//! CSV with a header line, commas and double quotes. Read here rather than by a library because a quoted number must
//! stay text and every row needs its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Datum, DatumKind, Unreadable};
use crate::source::{SourceId, Span};

/// All rows as a list of mappings from the header's names.
pub(super) fn read(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    let mut reader = Reader { source, text, at: 0 };
    let Some(header) = reader.record()? else {
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
    while let Some(record) = reader.record()? {
        rows.push(row(&names, record)?);
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
    text: String,
    quoted: bool,
    span: Span,
}

impl Field {
    fn datum(self) -> Datum {
        Datum { kind: DatumKind::Scalar { text: self.text, quoted: self.quoted }, span: self.span }
    }
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next row; empty lines are skipped.
    fn record(&mut self) -> Result<Option<Record>, Unreadable> {
        while matches!(self.peek(), Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        if self.peek().is_none() {
            return Ok(None);
        }
        let start = self.at;
        let mut fields = vec![self.field()?];
        while self.peek() == Some(b',') {
            self.at += 1;
            fields.push(self.field()?);
        }
        Ok(Some(Record { fields, span: Span::new(self.source, start, self.at) }))
    }

    fn field(&mut self) -> Result<Field, Unreadable> {
        match self.peek() {
            Some(b'"') => self.quoted(),
            _ => Ok(self.plain()),
        }
    }

    fn plain(&mut self) -> Field {
        let start = self.at;
        while !matches!(self.peek(), None | Some(b',' | b'\n' | b'\r')) {
            self.at += 1;
        }
        let text = self.text[start..self.at].trim().to_string();
        Field { text, quoted: false, span: Span::new(self.source, start, self.at) }
    }

    /// A cell in double quotes; `""` inside is one quote.
    fn quoted(&mut self) -> Result<Field, Unreadable> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let from = self.at;
            let Some(length) = self.text[from..].find('"') else {
                let span = Span::new(self.source, start, start + 1);
                return Err(Unreadable { span, reason: "this quote is never closed".into() });
            };
            text.push_str(&self.text[from..from + length]);
            self.at = from + length + 1;
            if self.peek() != Some(b'"') {
                break;
            }
            text.push('"');
            self.at += 1;
        }
        match self.peek() {
            None | Some(b',' | b'\n' | b'\r') => {
                Ok(Field { text, quoted: true, span: Span::new(self.source, start, self.at) })
            }
            Some(_) => {
                let reason = "after a closing quote comes a comma or the end of the line".into();
                Err(Unreadable { span: Span::new(self.source, start, self.at), reason })
            }
        }
    }
}
