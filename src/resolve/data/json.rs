//! JSON and JSON lines. Read here rather than by a library because numbers must stay exact and rows need places.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cursor::Cursor;
use super::{DEPTH, Datum, DatumKind, Unreadable};
use crate::source::{SourceId, Span};

/// One JSON value.
pub(super) fn read(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    let mut cursor = Cursor::new(source, text);
    let datum = value(&mut cursor, 0)?;
    space(&mut cursor);
    match cursor.peek() {
        None => Ok(datum),
        Some(_) => Err(wrong(&cursor, "nothing may follow the value")),
    }
}

/// One JSON value on each line.
pub(super) fn read_lines(source: SourceId, text: &str) -> Result<Datum, Unreadable> {
    let mut cursor = Cursor::new(source, text);
    let mut rows = Vec::new();
    space(&mut cursor);
    while cursor.peek().is_some() {
        rows.push(value(&mut cursor, 0)?);
        space(&mut cursor);
    }
    Ok(Datum { kind: DatumKind::List(rows), span: Span::new(source, 0, text.len()) })
}

fn space(cursor: &mut Cursor<'_>) {
    cursor.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
}

fn wrong(cursor: &Cursor<'_>, reason: &str) -> Unreadable {
    let length = cursor.text[cursor.at..].chars().next().map_or(0, char::len_utf8);
    Unreadable { span: Span::new(cursor.source, cursor.at, cursor.at + length), reason: reason.into() }
}

/// Takes `byte` if it comes next, after space.
fn takes(cursor: &mut Cursor<'_>, byte: u8) -> bool {
    space(cursor);
    let found = cursor.peek() == Some(byte);
    cursor.at += usize::from(found);
    found
}

fn value(cursor: &mut Cursor<'_>, depth: usize) -> Result<Datum, Unreadable> {
    space(cursor);
    if depth > DEPTH {
        return Err(wrong(cursor, "the data is nested too deeply"));
    }
    let start = cursor.at;
    let kind = match cursor.peek() {
        Some(b'{') => map(cursor, depth)?,
        Some(b'[') => list(cursor, depth)?,
        Some(b'"') => DatumKind::Scalar { text: string(cursor)?.into(), quoted: true },
        Some(_) => word(cursor)?,
        None => return Err(wrong(cursor, "the data ends too early")),
    };
    Ok(Datum { kind, span: cursor.since(start) })
}

fn list(cursor: &mut Cursor<'_>, depth: usize) -> Result<DatumKind, Unreadable> {
    let mut items = Vec::new();
    cursor.at += 1;
    if takes(cursor, b']') {
        return Ok(DatumKind::List(items));
    }
    loop {
        items.push(value(cursor, depth + 1)?);
        if takes(cursor, b']') {
            return Ok(DatumKind::List(items));
        }
        if !takes(cursor, b',') {
            return Err(wrong(cursor, "a comma or `]` is missing here"));
        }
    }
}

fn map(cursor: &mut Cursor<'_>, depth: usize) -> Result<DatumKind, Unreadable> {
    let mut entries: Vec<(Arc<str>, Datum)> = Vec::new();
    let mut names = BTreeSet::new();
    cursor.at += 1;
    if takes(cursor, b'}') {
        return Ok(DatumKind::Map(entries));
    }
    loop {
        let (name, value) = entry(cursor, depth)?;
        if !names.insert(name.clone()) {
            return Err(Unreadable { span: value.span, reason: format!("`{name}` is given twice") });
        }
        entries.push((name, value));
        if takes(cursor, b'}') {
            return Ok(DatumKind::Map(entries));
        }
        if !takes(cursor, b',') {
            return Err(wrong(cursor, "a comma or `}` is missing here"));
        }
    }
}

fn entry(cursor: &mut Cursor<'_>, depth: usize) -> Result<(Arc<str>, Datum), Unreadable> {
    space(cursor);
    if cursor.peek() != Some(b'"') {
        return Err(wrong(cursor, "a name in double quotes is missing here"));
    }
    let name = string(cursor)?;
    if !takes(cursor, b':') {
        return Err(wrong(cursor, "a `:` is missing here"));
    }
    Ok((name.into(), value(cursor, depth + 1)?))
}

/// `true`, `false`, `null` or a number.
fn word(cursor: &mut Cursor<'_>) -> Result<DatumKind, Unreadable> {
    let start = cursor.at;
    cursor.skip(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.'));
    let word = &cursor.text[start..cursor.at];
    let known = matches!(word, "true" | "false" | "null") || super::number(word).is_some();
    if known {
        return Ok(DatumKind::Scalar { text: word.into(), quoted: false });
    }
    cursor.at = start;
    Err(wrong(cursor, "this is no JSON value (numbers are written out, without an exponent)"))
}

fn string(cursor: &mut Cursor<'_>) -> Result<String, Unreadable> {
    let mut text = String::new();
    cursor.at += 1;
    loop {
        let rest = &cursor.text[cursor.at..];
        let Some(length) = rest.find(['"', '\\', '\n']) else {
            return Err(wrong(cursor, "this text is never closed"));
        };
        text.push_str(&rest[..length]);
        cursor.at += length;
        match cursor.peek() {
            Some(b'"') => {
                cursor.at += 1;
                return Ok(text);
            }
            Some(b'\\') => text.push(escape(cursor)?),
            _ => return Err(wrong(cursor, "a line ends inside this text")),
        }
    }
}

fn escape(cursor: &mut Cursor<'_>) -> Result<char, Unreadable> {
    let known = match cursor.text.as_bytes().get(cursor.at + 1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'u') => return unicode(cursor),
        _ => return Err(wrong(cursor, "this escape is not known")),
    };
    cursor.at += 2;
    Ok(known)
}

/// `\u0041`, or two of them for a character beyond the basic plane.
fn unicode(cursor: &mut Cursor<'_>) -> Result<char, Unreadable> {
    let first = unit(cursor)?;
    if !(0xD800..0xDC00).contains(&first) {
        return char::from_u32(first).ok_or_else(|| wrong(cursor, "this is half a character"));
    }
    let second = unit(cursor)?;
    let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400);
    let code = low.map(|low| 0x10000 + ((first - 0xD800) << 10) + low);
    code.and_then(char::from_u32).ok_or_else(|| wrong(cursor, "this is half a character"))
}

fn unit(cursor: &mut Cursor<'_>) -> Result<u32, Unreadable> {
    let digits = cursor.text.get(cursor.at..cursor.at + 6).and_then(|text| text.strip_prefix("\\u"));
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let code = code.ok_or_else(|| wrong(cursor, "four hexadecimal digits are missing here"))?;
    cursor.at += 6;
    Ok(code)
}
