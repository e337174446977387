//! The objects of a pdf file: dictionaries, lists, strings, and references to other objects.

use std::ops::Range;

use super::token::{ONE, Scanner, Token};

/// Lists in lists.
const DEEPEST: usize = 64;
/// What all lists and dictionaries of one object may hold.
const MOST_ITEMS: usize = 400_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Object {
    #[default]
    Nothing,
    Flag(bool),
    /// In millionths.
    Number(i64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Object>),
    Dictionary(Dictionary),
    Reference(u32),
    /// What stands before it, and where its bytes are in the file.
    Stream(Dictionary, Range<usize>),
}

impl Object {
    pub(super) fn whole(&self) -> Option<i64> {
        match self {
            Object::Number(millionths) => Some(millionths / ONE),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Object::Number(millionths) => Some(*millionths),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        match self {
            Object::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its items; none if it is no list.
    pub(super) fn items(&self) -> &[Object] {
        match self {
            Object::List(items) => items,
            _ => &[],
        }
    }

    /// A dictionary, or what stands before a stream.
    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        match self {
            Object::Dictionary(dictionary) | Object::Stream(dictionary, _) => Some(dictionary),
            _ => None,
        }
    }
}

/// Names and what they stand for, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Object)>);

impl FromIterator<(Vec<u8>, Object)> for Dictionary {
    fn from_iter<I: IntoIterator<Item = (Vec<u8>, Object)>>(pairs: I) -> Dictionary {
        Dictionary(pairs.into_iter().collect())
    }
}

impl Dictionary {
    /// What a name stands for, as it is written: perhaps a reference.
    pub(super) fn get(&self, name: &[u8]) -> &Object {
        self.0.iter().find(|(known, _)| known == name).map_or(&Object::Nothing, |(_, object)| object)
    }

    pub(super) fn has(&self, name: &[u8]) -> bool {
        !matches!(self.get(name), Object::Nothing)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &Object)> {
        self.0.iter().map(|(name, object)| (name.as_slice(), object))
    }

    /// Whether its type or the like has that name: `<</Type/Page>>`.
    pub(super) fn is(&self, key: &[u8], name: &[u8]) -> bool {
        self.get(key).name() == Some(name)
    }

    fn of(items: Vec<Object>) -> Dictionary {
        let mut pairs = Vec::with_capacity(items.len() / 2);
        let mut items = items.into_iter();
        while let Some(key) = items.next() {
            // What should be a name and is none has no value: the next item may be a name again.
            if let Object::Name(name) = key {
                pairs.push((name, items.next().unwrap_or_default()));
            }
        }
        Dictionary(pairs)
    }
}

/// The object that begins where the scanner stands. Behind it the scanner stands at the word that ends it.
pub(super) fn parse(scanner: &mut Scanner<'_>) -> Object {
    let mut room = MOST_ITEMS;
    let items = Items { depth: 0, one: true }.read(scanner, &mut room);
    items.into_iter().next().unwrap_or_default()
}

/// The operand of a page that begins with a token already read.
pub(super) fn operand(token: Token<'_>, scanner: &mut Scanner<'_>) -> Option<Object> {
    let mut room = MOST_ITEMS;
    Items { depth: 0, one: true }.item(token, scanner, &mut room)
}

/// What stands between two brackets.
#[derive(Clone, Copy)]
struct Items {
    depth: usize,
    /// Only the first object is wanted: what follows it is no part of it.
    one: bool,
}

impl Items {
    fn read(self, scanner: &mut Scanner<'_>, room: &mut usize) -> Vec<Object> {
        let mut items: Vec<Object> = Vec::new();
        loop {
            let before = scanner.at;
            let Some(token) = scanner.next() else { break };
            match token {
                Token::CloseList | Token::CloseDictionary => break,
                Token::Word(b"R") => refer(&mut items),
                Token::Word(word) if !is_value(word) => {
                    scanner.at = before;
                    break;
                }
                _ if self.one && !may_be_reference(&items) => {
                    scanner.at = before;
                    break;
                }
                token => items.extend(self.item(token, scanner, room)),
            }
            if *room == 0 {
                break;
            }
        }
        items
    }

    fn item(self, token: Token<'_>, scanner: &mut Scanner<'_>, room: &mut usize) -> Option<Object> {
        *room = room.saturating_sub(1);
        let inner = Items { depth: self.depth + 1, one: false };
        let mut list = || if inner.depth > DEEPEST { Vec::new() } else { inner.read(scanner, room) };
        Some(match token {
            Token::Text(text) => Object::Text(text),
            Token::Name(name) => Object::Name(name.into_owned()),
            Token::Number(number) => Object::Number(number),
            Token::OpenList => Object::List(list()),
            Token::OpenDictionary => Object::Dictionary(Dictionary::of(list())),
            Token::Word(b"true") => Object::Flag(true),
            Token::Word(b"false") => Object::Flag(false),
            Token::Word(b"null") => Object::Nothing,
            Token::Word(_) | Token::CloseList | Token::CloseDictionary => return None,
        })
    }
}

fn is_value(word: &[u8]) -> bool {
    matches!(word, b"true" | b"false" | b"null")
}

/// `5 0 R` is only known by its last word.
fn may_be_reference(items: &[Object]) -> bool {
    items.len() < 2 && items.iter().all(|item| matches!(item, Object::Number(_)))
}

fn refer(items: &mut Vec<Object>) {
    if let [.., Object::Number(number), Object::Number(_)] = items.as_slice() {
        let number = u32::try_from(number / ONE).unwrap_or(0);
        items.truncate(items.len() - 2);
        items.push(Object::Reference(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_read_up_to_the_word_that_ends_them() {
        let text = b"<</A 5 0 R/B[1 2.5(x)<</C/D>>]/E true>> endobj";
        let mut scanner = Scanner::new(text, 0);
        let object = parse(&mut scanner);
        let dictionary = object.dictionary().expect("it is a dictionary");
        assert_eq!(dictionary.get(b"A"), &Object::Reference(5));
        assert_eq!(dictionary.get(b"B").items().len(), 4);
        assert_eq!(dictionary.get(b"E"), &Object::Flag(true));
        assert_eq!(scanner.next(), Some(Token::Word(b"endobj")));
        assert_eq!(parse(&mut Scanner::new(b"7 0 R endobj", 0)), Object::Reference(7));
        assert_eq!(parse(&mut Scanner::new(b"7 8 endobj", 0)), Object::Number(7 * ONE));
    }

    #[test]
    fn what_is_too_deep_is_cut() {
        let text = b"[".repeat(100_000);
        assert!(matches!(parse(&mut Scanner::new(&text, 0)), Object::List(_)));
    }
}
