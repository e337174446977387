//! The objects of a pdf file by their numbers, however it was written: plain, in streams of objects, changed by appending.
//!
//! They are found where they stand and not by the file's tables, so that a file whose tables are broken is read as well. Of
//! two objects with one number the later counts: that is what appending to a file means. lopdf, which reads by the tables,
//! copies a stream for each entry that names it: a small file can name a large one a thousand times.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::filter::{self, Told};
use super::object::{Dictionary, Object, parse};
use super::token::{ONE, Scanner, Token};
use crate::formats::read::{LIMIT, Unreadable};

/// No file of an office has more objects.
const MOST_OBJECTS: usize = 1_000_000;
/// All that is read and unpacked of one file, each time it is asked for: objects may refer to one another without end.
const EFFORT: usize = 8 * LIMIT;
/// A reference that leads to a reference and so on.
const LONGEST_CHAIN: usize = 8;

/// Where an object begins: in the file, or in one of its streams of objects.
#[derive(Clone, Copy)]
struct Start {
    container: Option<u32>,
    at: u32,
}

pub(super) struct File<'a> {
    bytes: &'a [u8],
    containers: Vec<Vec<u8>>,
    starts: BTreeMap<u32, Start>,
    /// What leads to everything: the catalogue and what the file says about itself.
    pub(super) trailer: Dictionary,
    trailer_at: usize,
    effort: Cell<usize>,
}

impl<'a> File<'a> {
    /// Finds the objects of a file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<File<'a>, Unreadable> {
        let mut file = File {
            bytes,
            containers: Vec::new(),
            starts: BTreeMap::new(),
            trailer: Dictionary::default(),
            trailer_at: 0,
            effort: Cell::new(EFFORT),
        };
        let mut catalogue = None;
        let mut at = 0;
        while let Some(found) = memchr::memmem::find(&bytes[at..], b"obj").map(|found| at + found) {
            at = found + 3;
            if let Some(number) = number_before(&bytes[..found]) {
                let (object, end) = file.parse(bytes, at);
                file.add(number, Start { container: None, at: at as u32 })?;
                at = end.max(at);
                file.look(number, found, &object, &mut catalogue)?;
            }
        }
        file.trailer = file.last_trailer();
        if file.trailer.has(b"Encrypt") {
            return Err(Unreadable::because("it is encrypted"));
        }
        if file.catalogue().is_none() {
            let root = catalogue.ok_or_else(|| Unreadable::because("it has no pages"))?;
            file.trailer = Dictionary::from_iter([(b"Root".to_vec(), Object::Reference(root))]);
        }
        Ok(file)
    }

    /// The catalogue: what leads to the pages.
    pub(super) fn catalogue(&self) -> Option<Dictionary> {
        self.dictionary(self.trailer.get(b"Root")).filter(|root| root.has(b"Pages"))
    }

    fn add(&mut self, number: u32, start: Start) -> Result<(), Unreadable> {
        self.starts.insert(number, start);
        match self.starts.len() > MOST_OBJECTS {
            true => Err(Unreadable::because(format!("it has more than {MOST_OBJECTS} objects"))),
            false => Ok(()),
        }
    }

    /// What an object means for the whole file.
    fn look(&mut self, number: u32, at: usize, object: &Object, catalogue: &mut Option<u32>) -> Result<(), Unreadable> {
        let Some(dictionary) = object.dictionary() else { return Ok(()) };
        if dictionary.is(b"Type", b"Catalog") {
            *catalogue = Some(number);
        } else if dictionary.is(b"Type", b"XRef") && dictionary.has(b"Root") {
            self.trailer = dictionary.clone();
            self.trailer_at = at;
        } else if dictionary.is(b"Type", b"ObjStm") {
            return self.open_container(object, catalogue);
        }
        Ok(())
    }

    /// A stream of objects begins with their numbers and places.
    fn open_container(&mut self, object: &Object, catalogue: &mut Option<u32>) -> Result<(), Unreadable> {
        let Some(content) = self.stream(object) else { return Ok(()) };
        if self.containers.iter().map(Vec::len).sum::<usize>() + content.len() > LIMIT {
            return Err(Unreadable::because(format!("its objects come to more than {} MiB", LIMIT >> 20)));
        }
        let first = object.dictionary().and_then(|dictionary| dictionary.get(b"First").whole()).unwrap_or(0);
        let first = usize::try_from(first).unwrap_or(usize::MAX).min(content.len());
        let mut scanner = Scanner::new(&content[..first], 0);
        let container = Some(self.containers.len() as u32);
        let mut numbers = Vec::new();
        while let (Some(Token::Number(number)), Some(Token::Number(at))) = (scanner.next(), scanner.next()) {
            let (Ok(number), Ok(at)) = (u32::try_from(number / ONE), u32::try_from(at / ONE)) else { continue };
            numbers.push(number);
            self.add(number, Start { container, at: at.saturating_add(first as u32) })?;
        }
        self.containers.push(content);
        for number in numbers {
            if self.dictionary(&Object::Reference(number)).is_some_and(|found| found.is(b"Type", b"Catalog")) {
                *catalogue = Some(number);
            }
        }
        Ok(())
    }

    /// The last dictionary that says where the catalogue is: behind `trailer`, or before a stream of references.
    fn last_trailer(&self) -> Dictionary {
        let later = |at: &usize| *at > self.trailer_at;
        let named = memchr::memmem::rfind_iter(self.bytes, b"trailer").take_while(later).take(64).find_map(|at| {
            let (object, _) = self.parse(self.bytes, at + 7);
            object.dictionary().filter(|found| found.has(b"Root")).cloned()
        });
        named.unwrap_or_else(|| self.trailer.clone())
    }

    /// Reads an object; says where it ends.
    fn parse(&self, bytes: &[u8], at: usize) -> (Object, usize) {
        let mut scanner = Scanner::new(bytes, at);
        if !self.spend(1) {
            return (Object::Nothing, bytes.len());
        }
        let object = parse(&mut scanner);
        self.spend(scanner.at.saturating_sub(at));
        let end = scanner.at;
        let (Object::Dictionary(dictionary), Some(Token::Word(b"stream"))) = (&object, scanner.next()) else {
            return (object, end);
        };
        let after = &bytes[scanner.at..];
        let skipped = if after.starts_with(b"\r\n") {
            2
        } else {
            usize::from(after.starts_with(b"\n") || after.starts_with(b"\r"))
        };
        let start = scanner.at + skipped;
        let length = self.stream_length(&bytes[start..], dictionary.get(b"Length"));
        (Object::Stream(dictionary.clone(), start..start + length), start + length)
    }

    /// As long as it says, if that is where it ends; else up to the word that ends it.
    fn stream_length(&self, bytes: &[u8], said: &Object) -> usize {
        let said = said.whole().and_then(|length| usize::try_from(length).ok()).and_then(|length| {
            let behind = bytes.get(length..)?.trim_ascii_start();
            behind.starts_with(b"endstream").then_some(length)
        });
        said.unwrap_or_else(|| {
            let length = memchr::memmem::find(bytes, b"endstream").unwrap_or(bytes.len());
            self.spend(length);
            length
        })
    }

    /// Whether that much more may be read.
    pub(super) fn spend(&self, effort: usize) -> bool {
        let left = self.effort.get().checked_sub(effort);
        self.effort.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether everything that was asked for was read.
    pub(super) fn is_exhausted(&self) -> bool {
        self.effort.get() == 0
    }

    /// The object itself, where a reference to it may stand.
    pub(super) fn follow<'b>(&self, object: &'b Object) -> Cow<'b, Object> {
        let mut found = Cow::Borrowed(object);
        for _ in 0..LONGEST_CHAIN {
            let Object::Reference(number) = *found else { return found };
            found = Cow::Owned(self.object(number));
        }
        Cow::Owned(Object::Nothing)
    }

    fn object(&self, number: u32) -> Object {
        let Some(start) = self.starts.get(&number) else { return Object::Nothing };
        match start.container.map(|container| self.containers.get(container as usize)) {
            None => self.parse(self.bytes, start.at as usize).0,
            // Streams stand in no other stream: what looks like one is none.
            Some(Some(content)) => match self.parse(content, start.at as usize).0 {
                Object::Stream(dictionary, _) => Object::Dictionary(dictionary),
                object => object,
            },
            Some(None) => Object::Nothing,
        }
    }

    /// What a name stands for in a dictionary.
    pub(super) fn get(&self, dictionary: &Dictionary, name: &[u8]) -> Object {
        self.follow(dictionary.get(name)).into_owned()
    }

    pub(super) fn dictionary(&self, object: &Object) -> Option<Dictionary> {
        self.follow(object).dictionary().cloned()
    }

    /// The dictionary that a name stands for.
    pub(super) fn part(&self, dictionary: &Dictionary, name: &[u8]) -> Option<Dictionary> {
        self.dictionary(dictionary.get(name))
    }

    /// The numbers of a list, in millionths.
    pub(super) fn numbers(&self, dictionary: &Dictionary, name: &[u8]) -> Vec<i64> {
        let list = self.get(dictionary, name);
        list.items().iter().filter_map(|item| self.follow(item).number()).collect()
    }

    /// The bytes of a stream, unpacked; none if it is no stream or one of a picture.
    pub(super) fn stream(&self, object: &Object) -> Option<Vec<u8>> {
        let followed = self.follow(object);
        let Object::Stream(dictionary, range) = &*followed else { return None };
        let packed = self.bytes.get(range.clone())?;
        let either = |long: &[u8], short: &[u8]| match self.get(dictionary, long) {
            Object::Nothing => self.get(dictionary, short),
            found => found,
        };
        let (names, told) = (either(b"Filter", b"F"), either(b"DecodeParms", b"DP"));
        let names: Vec<Vec<u8>> = self.each(&names).iter().filter_map(|name| name.name().map(<[u8]>::to_vec)).collect();
        let told = self.each(&told);
        let mut bytes = Cow::Borrowed(packed);
        for (at, name) in names.iter().enumerate() {
            let told = Told::of(told.get(at).and_then(Object::dictionary));
            let most = LIMIT.min(self.effort.get());
            bytes = Cow::Owned(filter::unpack(name, &bytes, told, most)?);
            if !self.spend(bytes.len()) {
                return None;
            }
        }
        Some(bytes.into_owned())
    }

    /// A list's items, or the one that stands instead of a list.
    fn each(&self, object: &Object) -> Vec<Object> {
        match object {
            Object::List(items) => items.iter().take(16).map(|item| self.follow(item).into_owned()).collect(),
            one => vec![one.clone()],
        }
    }
}

/// The number of an object, as it stands before the word `obj`: `12 0 `.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let (_, before) = trailing_digits(bytes.trim_ascii_end())?;
    let before = before.strip_suffix(b" ").or_else(|| before.strip_suffix(b"\n")).or(before.strip_suffix(b"\r"))?;
    Some(trailing_digits(before.trim_ascii_end())?.0)
}

/// The number that a text ends with, and what stands before it.
fn trailing_digits(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digits = bytes.iter().rev().take(11).take_while(|byte| byte.is_ascii_digit()).count();
    let (before, number) = bytes.split_at(bytes.len() - digits);
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, before))
}
