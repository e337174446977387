//! JSON and JSON lines. Read here rather than by a library because numbers must stay exact and rows need places.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{DEPTH, Datum, DatumKind, Unreadable};
use crate::source::{SourceId, Span};

/// One JSON value.
pub(super) fn read(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    let mut reader = Reader { source, text, at: 0 };
    let datum = reader.value(0)?;
    reader.space();
    match reader.peek() {
        None => Ok(datum),
        Some(_) => Err(reader.wrong("nothing may follow the value")),
    }
}

/// One JSON value on each line.
pub(super) fn read_lines(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    let mut reader = Reader { source, text, at: 0 };
    let mut rows = Vec::new();
    reader.space();
    while reader.peek().is_some() {
        rows.push(reader.value(0)?);
        reader.space();
    }
    Ok(Datum { kind: DatumKind::List(rows), span: Span::new(source, 0, text.len()) })
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

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn wrong(&self, reason: &str) -> Unreadable {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Unreadable { span: Span::new(self.source, self.at, self.at + length), reason: reason.into() }
    }

    /// Takes `byte` if it comes next, after space.
    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Datum, Unreadable> {
        self.space();
        if depth > DEPTH {
            return Err(self.wrong("the data is nested too deeply"));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => DatumKind::Scalar { text: self.string()?, quoted: true },
            Some(_) => self.word()?,
            None => return Err(self.wrong("the data ends too early")),
        };
        Ok(Datum { kind, span: Span::new(self.source, start, self.at) })
    }

    fn list(&mut self, depth: usize) -> Result<DatumKind, Unreadable> {
        let mut items = Vec::new();
        self.at += 1;
        if self.takes(b']') {
            return Ok(DatumKind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes(b']') {
                return Ok(DatumKind::List(items));
            }
            if !self.takes(b',') {
                return Err(self.wrong("a comma or `]` is missing here"));
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<DatumKind, Unreadable> {
        let mut entries: Vec<(Arc<str>, Datum)> = Vec::new();
        let mut names = BTreeSet::new();
        self.at += 1;
        if self.takes(b'}') {
            return Ok(DatumKind::Map(entries));
        }
        loop {
            let (name, value) = self.entry(depth)?;
            if !names.insert(name.clone()) {
                return Err(Unreadable { span: value.span, reason: format!("`{name}` is given twice") });
            }
            entries.push((name, value));
            if self.takes(b'}') {
                return Ok(DatumKind::Map(entries));
            }
            if !self.takes(b',') {
                return Err(self.wrong("a comma or `}` is missing here"));
            }
        }
    }

    fn entry(&mut self, depth: usize) -> Result<(Arc<str>, Datum), Unreadable> {
        self.space();
        if self.peek() != Some(b'"') {
            return Err(self.wrong("a name in double quotes is missing here"));
        }
        let name = self.string()?;
        if !self.takes(b':') {
            return Err(self.wrong("a `:` is missing here"));
        }
        Ok((name.into(), self.value(depth + 1)?))
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Result<DatumKind, Unreadable> {
        let start = self.at;
        while matches!(self.peek(), Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        let known = matches!(word, "true" | "false" | "null") || super::number(word).is_some();
        if known {
            return Ok(DatumKind::Scalar { text: word.to_string(), quoted: false });
        }
        self.at = start;
        Err(self.wrong("this is no JSON value (numbers are written out, without an exponent)"))
    }

    fn string(&mut self) -> Result<String, Unreadable> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find(['"', '\\', '\n']) else {
                return Err(self.wrong("this text is never closed"));
            };
            text.push_str(&rest[..length]);
            self.at += length;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.wrong("a line ends inside this text")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Unreadable> {
        let known = match self.text.as_bytes().get(self.at + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.wrong("this escape is not known")),
        };
        self.at += 2;
        Ok(known)
    }

    /// `\u0041`, or two of them for a character beyond the basic plane.
    fn unicode(&mut self) -> Result<char, Unreadable> {
        let first = self.unit()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).ok_or_else(|| self.wrong("this is half a character"));
        }
        let second = self.unit()?;
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400);
        let code = low.map(|low| 0x10000 + ((first - 0xD800) << 10) + low);
        code.and_then(char::from_u32).ok_or_else(|| self.wrong("this is half a character"))
    }

    fn unit(&mut self) -> Result<u32, Unreadable> {
        let digits = self.text.get(self.at..self.at + 6).and_then(|text| text.strip_prefix("\\u"));
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| self.wrong("four hexadecimal digits are missing here"))?;
        self.at += 6;
        Ok(code)
    }
}
