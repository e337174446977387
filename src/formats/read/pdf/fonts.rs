//! Which letters the strings of a page mean: each font has a name on the pages, and says how it counts its letters.

use std::collections::BTreeMap;

use super::scan::{Scanner, Token, letter};
use super::{LIMIT, find, next_stream, zip};

/// The fonts of a file by the names that pages call them.
#[derive(Default)]
pub(super) struct Fonts {
    wide: BTreeMap<Vec<u8>, Letters>,
}

/// What the letters of a font that counts them in two bytes mean.
type Letters = BTreeMap<u16, char>;

impl Fonts {
    /// The fonts that any page may call. A name means one font in the whole file.
    pub(super) fn of(bytes: &[u8]) -> Fonts {
        let objects = objects(bytes);
        let mut fonts = Fonts::default();
        for (at, _) in bytes.windows(5).enumerate().filter(|(_, window)| window == b" 0 R\n" || window == b" 0 R ") {
            let Some((name, number)) = named(&bytes[..at]) else { continue };
            let Some(body) = objects.get(&number).filter(|body| find(body, b"/Identity-H").is_some()) else { continue };
            let table = reference(body, b"/ToUnicode").and_then(|table| objects.get(&table));
            fonts.wide.insert(name.to_vec(), table.map(|table| letters(table)).unwrap_or_default());
        }
        fonts
    }

    /// The text of a string in the font of that name.
    pub(super) fn text(&self, name: &[u8], string: &[u8]) -> String {
        match self.wide.get(name) {
            Some(letters) => {
                string.chunks_exact(2).filter_map(|pair| letters.get(&u16::from_be_bytes([pair[0], pair[1]]))).collect()
            }
            None => string.iter().copied().map(letter).collect(),
        }
    }
}

/// What stands in each object, by its number.
fn objects(bytes: &[u8]) -> BTreeMap<u32, &[u8]> {
    let mut objects = BTreeMap::new();
    for at in memchr::memmem::find_iter(bytes, b" 0 obj") {
        let body = &bytes[at + 6..];
        let end = find(body, b"endobj").unwrap_or(body.len());
        if let Some((number, _)) = trailing_number(&bytes[..at]) {
            objects.insert(number, &body[..end]);
        }
    }
    objects
}

/// The number that a text ends with, and what stands before it.
fn trailing_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (before, number) = bytes.split_at(bytes.len() - digits);
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, before))
}

/// A name and the number of the object that a text ends with: `/F1 12`.
fn named(bytes: &[u8]) -> Option<(&[u8], u32)> {
    let (number, before) = trailing_number(bytes)?;
    let before = before.strip_suffix(b" ")?;
    let length = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).take(64).count();
    let (before, name) = before.split_at(before.len() - length);
    (before.ends_with(b"/") && length > 0).then_some((name, number))
}

/// The number of the object that a key of a dictionary leads to.
fn reference(body: &[u8], key: &[u8]) -> Option<u32> {
    let rest = &body[find(body, key)? + key.len()..];
    let end = find(rest, b" 0 R")?;
    Some(trailing_number(&rest[..end])?.0)
}

/// The table from letters of a font to characters.
fn letters(object: &[u8]) -> Letters {
    let mut letters = Letters::new();
    let Some((dictionary, stream, _)) = next_stream(object) else { return letters };
    let unpacked = match find(dictionary, b"FlateDecode") {
        Some(_) => zip::inflate(flate2::read::ZlibDecoder::new(stream), LIMIT).unwrap_or_default(),
        None => stream.to_vec(),
    };
    let mut strings: Vec<u32> = Vec::new();
    let mut scanner = Scanner { bytes: &unpacked, at: 0 };
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(bytes) => strings.push(bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))),
            Token::Operator(b"endbfchar") => {
                strings.chunks_exact(2).for_each(|pair| add(&mut letters, pair[0], pair[0], pair[1]));
                strings.clear();
            }
            Token::Operator(b"endbfrange") => {
                strings.chunks_exact(3).for_each(|range| add(&mut letters, range[0], range[1], range[2]));
                strings.clear();
            }
            Token::Operator(_) => strings.clear(),
            Token::Number(_) | Token::Name(_) => {}
        }
        if letters.len() > LIMIT / 64 {
            break;
        }
    }
    letters
}

fn add(letters: &mut Letters, first: u32, last: u32, character: u32) {
    for (code, character) in (first.min(0xFFFF)..=last.min(0xFFFF)).zip(character..) {
        if let Some(character) = char::from_u32(character) {
            letters.insert(code as u16, character);
        }
    }
}
