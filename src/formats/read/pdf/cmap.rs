//! The table by which a font says what its codes mean, and in how many bytes it counts them.

use std::collections::BTreeMap;

use super::token::{Scanner, Token};

/// What all tables of a font may hold: all of Unicode's first plane.
const MOST_CODES: usize = 1 << 16;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Map {
    letters: BTreeMap<u32, String>,
    /// Bytes of a code; none if the table does not say.
    pub(super) bytes: Option<usize>,
}

/// A string or a list of strings of a table.
enum Value {
    Code(Vec<u8>),
    List(Vec<Vec<u8>>),
}

impl Map {
    /// Reads a table.
    pub(super) fn read(stream: &[u8]) -> Map {
        let mut map = Map::default();
        let mut values: Vec<Value> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        let mut scanner = Scanner::new(stream, 0);
        while let Some(token) = scanner.next() {
            match token {
                Token::Text(code) => match &mut list {
                    Some(list) => list.push(code),
                    None => values.push(Value::Code(code)),
                },
                Token::OpenList => list = Some(Vec::new()),
                Token::CloseList => values.extend(list.take().map(Value::List)),
                Token::Word(word) => {
                    map.close(word, &values);
                    values.clear();
                }
                _ => {}
            }
            if map.letters.len() > MOST_CODES || values.len() > MOST_CODES {
                break;
            }
        }
        map
    }

    pub(super) fn letters(&self, code: u32) -> Option<&str> {
        self.letters.get(&code).map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The end of a part of the table.
    fn close(&mut self, word: &[u8], values: &[Value]) {
        match word {
            b"endcodespacerange" => {
                let length = |value: &Value| if let Value::Code(code) = value { code.len() } else { 0 };
                self.bytes = values.iter().map(length).max().filter(|length| (1..=2).contains(length));
            }
            b"endbfchar" => {
                for pair in values.chunks_exact(2) {
                    if let [Value::Code(code), Value::Code(letters)] = pair {
                        self.letters.insert(number(code), utf16(letters));
                    }
                }
            }
            b"endbfrange" => values.chunks_exact(3).for_each(|range| self.range(range)),
            _ => {}
        }
    }

    fn range(&mut self, range: &[Value]) {
        let [Value::Code(first), Value::Code(last), letters] = range else { return };
        let codes = (number(first)..=number(last)).take(MOST_CODES);
        match letters {
            Value::List(list) => {
                self.letters.extend(codes.zip(list).map(|(code, letters)| (code, utf16(letters))));
            }
            // Only the last letter is counted on.
            Value::Code(first) => {
                let first = utf16(first);
                let mut before = first.chars();
                let Some(last) = before.next_back() else { return };
                let letters = (u32::from(last)..).map(|letter| char::from_u32(letter).unwrap_or('\u{FFFD}'));
                self.letters
                    .extend(codes.zip(letters).map(|(code, letter)| (code, format!("{}{letter}", before.as_str()))));
            }
        }
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Letters as two bytes each, or four for those beyond the first plane.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => pair.iter().map(|byte| u16::from(*byte)).sum(),
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_in_all_their_parts() {
        let map = Map::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0001> <0066 0069> <02> <D83DDE42> endbfchar\n\
            2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0058> <00590059>] endbfrange",
        );
        let letters = [1, 2, 0x10, 0x12, 0x20, 0x21].map(|code| map.letters(code).unwrap_or_default());
        assert_eq!(letters, ["fi", "🙂", "A", "C", "X", "YY"]);
        assert_eq!((map.bytes, map.letters(0x13)), (Some(2), None));
    }

    #[test]
    fn a_range_over_everything_ends() {
        let map = Map::read(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.letters.len(), MOST_CODES);
    }
}
