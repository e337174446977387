//! YAML. The library types scalars and refuses duplicate keys; a second pass takes numbers as written, because it would
//! turn `1.10` into a float; a scan of the lines finds where the rows stand.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value as Yaml;

use super::{DEPTH, Datum, DatumKind, Unreadable};
use crate::source::{SourceId, Span};

/// How many brackets may be open at the end of a line.
const MOST_BRACKETS: usize = 500;

/// One YAML document.
pub(super) fn read(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    refuse_deep(source, text)?;
    let shape: Yaml = serde_yaml::from_str(text).map_err(|error| unreadable(source, text, &error))?;
    let places = Places::new(source, text);
    let seed = Exact { shape: &shape, span: places.whole(), places: Some(&places), depth: 0 };
    seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| unreadable(source, text, &error))
}

/// The library takes the square of the depth of brackets in time, so depth is looked at first. Brackets in texts may be
/// unbalanced, hence the fresh start with each item of a list.
fn refuse_deep(source: SourceId, text: &str) -> Result<(), Unreadable> {
    let mut at = 0;
    let mut depth = 0usize;
    for line in text.split_inclusive('\n') {
        if line.trim_start_matches(' ').starts_with("- ") {
            depth = 0;
        }
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth > MOST_BRACKETS {
            let span = Span::new(source, at, at + line.trim_end().len());
            return Err(Unreadable { span, reason: "more brackets are open here than data can need".into() });
        }
        at += line.len();
    }
    Ok(())
}

fn unreadable(source: SourceId, text: &str, error: &serde_yaml::Error) -> Unreadable {
    let at = error.location().map_or(0, |location| floor(text, location.index()));
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    Unreadable { span: Span::new(source, at, end), reason: error.to_string() }
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the items of a block list at the outermost level stand.
struct Places<'t> {
    source: SourceId,
    text: &'t str,
    rows: Vec<Span>,
}

impl<'t> Places<'t> {
    fn new(source: SourceId, text: &'t str) -> Places<'t> {
        Places { source, text, rows: rows(source, text) }
    }

    fn whole(&self) -> Span {
        Span::new(self.source, 0, self.text.len())
    }

    /// The place of item `index` of `count`, if the scan found as many as the parser.
    fn row(&self, index: usize, count: usize) -> Span {
        if self.rows.len() == count { self.rows[index] } else { self.whole() }
    }

    /// The line of `key` within a row or the file.
    fn entry(&self, within: Span, key: &str) -> Option<Span> {
        let mut at = within.start as usize;
        for line in self.text[at..within.end as usize].split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '-', '{']);
            let name = bare.split_once(':').map(|(name, _)| name.trim().trim_matches(['"', '\'']));
            if name == Some(key) {
                return Some(Span::new(self.source, at + (line.len() - bare.len()), at + line.trim_end().len()));
            }
            at += line.len();
        }
        None
    }
}

/// The spans of lines that begin with `- ` at the indentation of the first such line.
fn rows(source: SourceId, text: &str) -> Vec<Span> {
    let mut starts: Vec<usize> = Vec::new();
    let mut indent: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(' ');
        let depth = line.len() - bare.len();
        if (bare.starts_with("- ") || bare.trim_end() == "-") && *indent.get_or_insert(depth) == depth {
            starts.push(at + depth);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Span::new(source, *start, start + text[*start..end].trim_end().len()))
        .collect()
}

/// Reads the same document again, guided by its shape.
struct Exact<'a> {
    shape: &'a Yaml,
    span: Span,
    /// Only down to the entries of rows: deeper values stand where their entry stands.
    places: Option<&'a Places<'a>>,
    depth: usize,
}

impl<'a> Exact<'a> {
    fn datum(&self, kind: DatumKind) -> Datum {
        Datum { kind, span: self.span }
    }

    fn inner(&self, shape: &'a Yaml, span: Span, places: Option<&'a Places<'a>>) -> Exact<'a> {
        Exact { shape, span, places, depth: self.depth + 1 }
    }
}

impl<'de> DeserializeSeed<'de> for Exact<'_> {
    type Value = Datum;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Datum, D::Error> {
        if self.depth > DEPTH {
            return Err(D::Error::custom("the data is nested too deeply"));
        }
        match self.shape {
            Yaml::Null => Ok(self.datum(DatumKind::Scalar { text: "".into(), quoted: false })).and_then(|datum| {
                serde::de::IgnoredAny::visit_ignored(from)?;
                Ok(datum)
            }),
            Yaml::Bool(_) | Yaml::Number(_) | Yaml::String(_) => from.deserialize_str(self),
            Yaml::Sequence(_) => from.deserialize_seq(self),
            Yaml::Mapping(_) => from.deserialize_map(self),
            Yaml::Tagged(tagged) => Err(D::Error::custom(format!("the tag {} is not known here", tagged.tag))),
        }
    }
}

/// Skipping a value of any type.
trait Ignored {
    fn visit_ignored<'de, D: Deserializer<'de>>(from: D) -> Result<(), D::Error>;
}

impl Ignored for serde::de::IgnoredAny {
    fn visit_ignored<'de, D: Deserializer<'de>>(from: D) -> Result<(), D::Error> {
        <serde::de::IgnoredAny as serde::Deserialize>::deserialize(from).map(|_| ())
    }
}

impl<'de> Visitor<'de> for Exact<'_> {
    type Value = Datum;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the value read before")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Datum, E> {
        let quoted = matches!(self.shape, Yaml::String(_));
        Ok(self.datum(DatumKind::Scalar { text: text.into(), quoted }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Datum, A::Error> {
        let shapes = self.shape.as_sequence().map_or(&[][..], Vec::as_slice);
        let mut items = Vec::with_capacity(shapes.len());
        for (index, shape) in shapes.iter().enumerate() {
            let row = self.places.filter(|_| self.depth == 0);
            let span = row.map_or(self.span, |places| places.row(index, shapes.len()));
            items.extend(access.next_element_seed(self.inner(shape, span, row))?);
        }
        Ok(self.datum(DatumKind::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Datum, A::Error> {
        let mut entries: Vec<(Arc<str>, Datum)> = Vec::new();
        let shapes = self.shape.as_mapping().into_iter().flatten();
        // Keys are looked for below the one before, so that a long mapping is scanned once.
        let mut rest = self.span;
        for (_, shape) in shapes {
            let Some(key) = access.next_key::<String>()? else { break };
            let span = match self.places.and_then(|places| places.entry(rest, &key)) {
                Some(found) => {
                    rest.start = found.end;
                    found
                }
                // Flow style or a key on several lines: the entries after it stand where the mapping stands.
                None => {
                    rest.start = rest.end;
                    self.span
                }
            };
            let value = access.next_value_seed(self.inner(shape, span, None))?;
            entries.push((key.into(), value));
        }
        Ok(self.datum(DatumKind::Map(entries)))
    }
}
