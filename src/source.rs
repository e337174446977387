//! Source texts and places in them. Every later error points here.

#[cfg(test)]
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names one text among those a program was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A byte range of one source text; `start <= end`, both on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        Span { source, start: start as u32, end: end as u32 }
    }

    /// The smallest range that holds both; `other` must lie in the same source.
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where the pieces of a text that was put together were written, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origins {
    pieces: Vec<(usize, Span)>,
}

impl Origins {
    /// Notes that the piece from byte `at` on was written in `span`, byte by byte.
    pub fn push(&mut self, at: usize, span: Span) {
        self.pieces.push((at, span));
    }

    /// Where the line of `text` from byte `at` on was written, as far as it is one piece.
    pub fn line(&self, text: &str, at: usize) -> Option<Span> {
        let next = self.pieces.partition_point(|(first, _)| *first <= at);
        let (first, span) = self.pieces[..next].last()?;
        let start = (span.start as usize + at - first).min(span.end as usize);
        let length = text[at..].find('\n').unwrap_or(text.len() - at);
        Some(Span::new(span.source, start, (start + length).min(span.end as usize)))
    }
}

/// One text as the author wrote it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as shown in errors: portable, relative to where the author stands (`specs/hello.world`, `std/people.world`).
    pub path: String,
    pub text: Arc<str>,
}

/// All texts of one program, in the order they were read; the spec itself is first.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a text and returns its name.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        self.list.push(Source { path: path.into(), text: text.into() });
        SourceId(self.list.len() as u32 - 1)
    }

    /// The text of that name.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    /// The text of that name, if there is one.
    pub fn find(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }

    /// Calls a text by another path.
    pub fn rename(&mut self, id: SourceId, path: impl Into<String>) {
        if let Some(source) = self.list.get_mut(id.0 as usize) {
            source.path = path.into();
        }
    }

    /// All texts with their names.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(index, source)| (SourceId(index as u32), source))
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    pub fn line_column(&self, id: SourceId, offset: u32) -> (usize, usize) {
        let text = &self.get(id).text;
        let before = &text[..(offset as usize).min(text.len())];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// Where texts and data come from. The compiler itself never touches the disk.
pub trait Files: Sync {
    /// The bytes of a file by its path relative to the spec's folder, with `/` between parts.
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread>;
}

/// Why a file cannot be read.
#[derive(Clone, Debug)]
pub struct Unread {
    /// A sentence for the author.
    pub reason: String,
    /// Whether nothing is wrong with what was asked, so that the same may be read later.
    pub may_pass: bool,
}

impl From<String> for Unread {
    /// A reason that will not pass.
    fn from(reason: String) -> Unread {
        Unread { reason, may_pass: false }
    }
}

/// Files that are held in memory.
#[cfg(test)]
impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread> {
        self.get(path).cloned().ok_or_else(|| format!("there is no file `{path}`").into())
    }
}
