//! The text of a pdf with simple fonts, line by line: what pages show with `Tj` and `TJ`, in Windows Latin letters.

use super::{Extract, LIMIT, Line, Unreadable, zip};
use crate::document::Place;

/// Reads every content stream in the order of the file, which is the order of the pages in what we write.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unreadable::because("it is no pdf"));
    }
    let mut page = Page::default();
    let mut rest = bytes;
    let mut total = 0;
    while let Some((dictionary, stream, after)) = next_stream(rest) {
        if let Some(content) = content(dictionary, stream) {
            total += content.len();
            if total > LIMIT {
                return Err(Unreadable::because("its pages hold more than 64 MiB"));
            }
            page.show(&content);
        }
        rest = after;
    }
    page.end_line();
    let lines = page.lines.into_iter().enumerate();
    Ok(Extract { lines: lines.map(|(at, text)| Line::new(Place::Line(at as u32 + 1), text)).collect() })
}

/// The next stream: what stands before it since the last object began, its bytes, and the rest of the file.
fn next_stream(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let at = find(bytes, b"stream")?;
    let head = &bytes[..at];
    let object = head.windows(4).rposition(|window| window == b" obj").unwrap_or(0);
    let body = bytes.get(at + 6..)?;
    let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    let end = find(body, b"endstream")?;
    Some((&head[object..], &body[..end], &body[end + 9..]))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

/// The operators of a page; none for fonts, pictures and metadata.
fn content(dictionary: &[u8], stream: &[u8]) -> Option<Vec<u8>> {
    let has = |word: &[u8]| find(dictionary, word).is_some();
    if has(b"/Subtype") || has(b"/FontFile") || has(b"/Type /Metadata") || has(b"/Type/Metadata") || has(b"/Length1") {
        return None;
    }
    match has(b"FlateDecode") {
        true => zip::inflate(flate2::read::ZlibDecoder::new(stream)),
        false => Some(stream.to_vec()),
    }
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    line: String,
}

impl Page {
    /// Runs through the operators: strings wait until an operator shows them, moves end a line.
    fn show(&mut self, content: &[u8]) {
        let mut waiting = String::new();
        let mut scanner = Scanner { bytes: content, at: 0 };
        while let Some(token) = scanner.next() {
            match token {
                Token::Text(text) => waiting.push_str(&text),
                Token::Gap => waiting.push(' '),
                Token::Operator(b"Tj" | b"TJ") => self.line.push_str(&std::mem::take(&mut waiting)),
                Token::Operator(b"'" | b"\"") => {
                    self.end_line();
                    self.line.push_str(&std::mem::take(&mut waiting));
                }
                Token::Operator(b"Td" | b"TD" | b"T*" | b"Tm" | b"BT" | b"ET") => self.end_line(),
                Token::Operator(_) => waiting.clear(),
            }
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line);
        }
    }
}

enum Token<'a> {
    Text(String),
    /// A wide step between strings of a `TJ`.
    Gap,
    Operator(&'a [u8]),
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.bytes.get(self.at)? {
                b'(' => return Some(Token::Text(self.literal())),
                b'<' if self.bytes.get(self.at + 1) != Some(&b'<') => return Some(Token::Text(self.hexadecimal())),
                b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'"' => return Some(Token::Operator(self.word())),
                b'-' | b'+' | b'.' | b'0'..=b'9' => {
                    let number = self.word();
                    // In thousandths of the letter height; a step to the right of a quarter is a space.
                    if number.starts_with(b"-") && number.iter().skip(1).take_while(|b| b.is_ascii_digit()).count() > 2
                    {
                        return Some(Token::Gap);
                    }
                }
                b'/' => {
                    self.at += 1;
                    self.word();
                }
                b'%' => self.at += self.bytes[self.at..].iter().take_while(|byte| **byte != b'\n').count(),
                _ => self.at += 1,
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>[]{}/%".contains(byte);
        let length = rest.iter().position(ends).unwrap_or(rest.len()).max(1);
        self.at += length;
        &rest[..length]
    }

    /// `(text)` with escapes and balanced brackets.
    fn literal(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 0;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'(' if depth == 0 => depth = 1,
                b')' if depth == 1 => break,
                b'\\' => text.extend(self.escape()),
                _ => {
                    depth += i32::from(byte == b'(') - i32::from(byte == b')');
                    text.push(letter(byte));
                }
            }
        }
        text
    }

    fn escape(&mut self) -> Option<char> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        match byte {
            b'n' | b'r' => Some('\n'),
            b't' => Some('\t'),
            b'b' | b'f' | b'\n' => None,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                while let Some(digit @ b'0'..=b'7') = self.bytes.get(self.at).filter(|_| value < 32) {
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                Some(letter(value as u8))
            }
            other => Some(letter(other)),
        }
    }

    /// `<48656c6c6f>`.
    fn hexadecimal(&mut self) -> String {
        let rest = &self.bytes[self.at + 1..];
        let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        self.at += length + 2;
        let digits: Vec<u8> =
            rest[..length].iter().filter_map(|byte| (*byte as char).to_digit(16)).map(|digit| digit as u8).collect();
        digits.chunks(2).map(|pair| letter(pair[0] << 4 | pair.get(1).copied().unwrap_or(0))).collect()
    }
}

/// A letter of Windows code page 1252.
fn letter(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => byte as char,
    }
}
