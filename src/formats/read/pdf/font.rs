//! The fonts of a page: how their codes are cut out of a string, what each means and how wide it is.

use std::borrow::Cow;

use super::cmap::{Map, utf16};
use super::encoding::{Encoding, named};
use super::file::File;
use super::object::{Dictionary, Object};
use super::token::ONE;
use crate::formats::pdf;

/// Stands for a code whose letter nobody can tell.
pub(super) const UNKNOWN: &str = "\u{FFFD}";
/// Widths of one composite font.
const MOST_WIDTHS: usize = 1 << 16;

#[derive(Debug, Default)]
pub(super) struct Font {
    /// Whether codes are two bytes long.
    wide: bool,
    map: Map,
    /// What each code of a simple font means, where the map does not say.
    simple: Vec<Option<String>>,
    /// Whether codes are letters of Unicode: so say the predefined tables of Asian fonts.
    unicode: bool,
    widths: Vec<(u32, i64)>,
    usual_width: i64,
    /// How much of an em its unit is, in millionths: a thousandth, unless the font draws its letters itself.
    unit: i64,
}

/// One code of a string.
pub(super) struct Shown<'a> {
    pub(super) text: Cow<'a, str>,
    /// In millionths of an em.
    pub(super) width: i64,
    /// Whether it is the space whose width a page may change.
    pub(super) space: bool,
}

impl Font {
    pub(super) fn read(file: &File<'_>, dictionary: &Dictionary) -> Font {
        let table = file.get(dictionary, b"ToUnicode");
        let map = file.stream(&table).map(|stream| Map::read(&stream)).unwrap_or_default();
        match dictionary.is(b"Subtype", b"Type0") {
            true => Font::composite(file, dictionary, map),
            false => Font::simple(file, dictionary, map),
        }
    }

    fn composite(file: &File<'_>, dictionary: &Dictionary, map: Map) -> Font {
        let below = file.get(dictionary, b"DescendantFonts");
        let below = below.items().first().and_then(|font| file.dictionary(font)).unwrap_or_default();
        let encoding = file.get(dictionary, b"Encoding");
        let name = encoding.name().unwrap_or_default();
        let ends = |end: &[u8]| memchr::memmem::find(name, end).is_some();
        Font {
            wide: map.bytes != Some(1),
            unicode: map.is_empty() && name.starts_with(b"Uni") && (ends(b"UCS2") || ends(b"UTF16")),
            widths: wide_widths(file, file.get(&below, b"W").items()),
            usual_width: below.get(b"DW").number().unwrap_or(1_000 * ONE) / 1_000,
            unit: ONE / 1_000,
            map,
            simple: Vec::new(),
        }
    }

    fn simple(file: &File<'_>, dictionary: &Dictionary, map: Map) -> Font {
        let first = file.get(dictionary, b"FirstChar").whole().unwrap_or(0);
        let unit =
            file.numbers(dictionary, b"FontMatrix").first().copied().filter(|unit| *unit > 0).unwrap_or(ONE / 1_000);
        let scaled = |width: i64| (i128::from(width) * i128::from(unit) / i128::from(ONE)) as i64;
        let widths = file.numbers(dictionary, b"Widths").into_iter().take(256);
        let widths: Vec<(u32, i64)> =
            (first.clamp(0, 255) as u32..).zip(widths).map(|(code, width)| (code, scaled(width))).collect();
        let widths = if widths.is_empty() { standard_widths(dictionary) } else { widths };
        let descriptor = file.part(dictionary, b"FontDescriptor").unwrap_or_default();
        let usual_width = file.get(&descriptor, b"MissingWidth").number().map_or(ONE / 2, scaled);
        Font {
            wide: false,
            map,
            simple: simple(file, dictionary, &descriptor),
            unicode: false,
            widths,
            usual_width,
            unit,
        }
    }

    /// The codes of a string.
    pub(super) fn codes<'a>(&'a self, string: &'a [u8]) -> impl Iterator<Item = Shown<'a>> {
        string.chunks(if self.wide { 2 } else { 1 }).map(|code| self.code(code))
    }

    /// How high a unit of its letters is, in millionths of an em.
    pub(super) fn scale(&self) -> i64 {
        if self.unit == ONE / 1_000 { ONE } else { self.unit.saturating_mul(1_000) }
    }

    fn code<'a>(&'a self, bytes: &[u8]) -> Shown<'a> {
        let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        let known = self.map.letters(code).filter(|letters| !letters.is_empty() && *letters != "\0");
        let text = match known.or_else(|| self.simple.get(code as usize)?.as_deref()) {
            Some(letters) => letters.into(),
            None if self.unicode => utf16(bytes).into(),
            None => UNKNOWN.into(),
        };
        let at = self.widths.partition_point(|(known, _)| *known < code);
        let width =
            self.widths.get(at).filter(|(known, _)| *known == code).map_or(self.usual_width, |(_, width)| *width);
        Shown { text, width, space: !self.wide && code == 32 }
    }
}

/// What the 256 codes of a simple font mean.
fn simple(file: &File<'_>, dictionary: &Dictionary, descriptor: &Dictionary) -> Vec<Option<String>> {
    let encoding = file.get(dictionary, b"Encoding");
    let base = match &encoding {
        Object::Name(name) => Encoding::named(name),
        _ => encoding.dictionary().and_then(|encoding| Encoding::named(encoding.get(b"BaseEncoding").name()?)),
    };
    let name = dictionary.get(b"BaseFont").name().unwrap_or_default();
    let pictorial = [&b"Symbol"[..], b"ZapfDingbats"].iter().any(|font| name.ends_with(font));
    let base =
        base.unwrap_or(if dictionary.is(b"Subtype", b"TrueType") { Encoding::Windows } else { Encoding::Standard });
    // A font that came along may count its letters as it likes, unless it says that it does not.
    let drawn = [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key));
    let own = (drawn && encoding == Object::Nothing && symbolic(descriptor)) || dictionary.is(b"Subtype", b"Type3");
    let mut letters: Vec<Option<String>> = (0..=255_u8)
        .map(|code| match (pictorial, own) {
            (true, _) => picture(code),
            (_, true) => None,
            _ => base.letter(code).map(String::from),
        })
        .collect();
    let mut at = 0;
    let differences = encoding.dictionary().map(|encoding| file.get(encoding, b"Differences")).unwrap_or_default();
    for item in differences.items().iter().take(1_024) {
        match item {
            Object::Number(number) => at = usize::try_from(number / ONE).unwrap_or(256),
            Object::Name(name) => {
                if let Some(letter) = letters.get_mut(at) {
                    *letter = named(name);
                }
                at = at.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

/// Whether a font's codes mean what its own program says.
fn symbolic(descriptor: &Dictionary) -> bool {
    descriptor.get(b"Flags").whole().unwrap_or(0) & 4 != 0
}

/// The marks of lists in the fonts of signs; what else they hold is seen as a sign.
fn picture(code: u8) -> Option<String> {
    Some(match code {
        b' ' => " ".to_owned(),
        0xB7 | b'l' => "•".to_owned(),
        b'n' => "■".to_owned(),
        b'3' | b'4' => "✓".to_owned(),
        _ => UNKNOWN.to_owned(),
    })
}

/// The widths of the fonts that every reader has. Those of Times are near enough to Helvetica's to tell where a text ends.
fn standard_widths(dictionary: &Dictionary) -> Vec<(u32, i64)> {
    let name = dictionary.get(b"BaseFont").name().unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(name, word).is_some();
    let widths = pdf::standard_widths(has(b"Courier"), has(b"Bold"));
    (32..).zip(widths).map(|(code, width)| (code, i64::from(*width) * ONE / 1_000)).collect()
}

/// `5 [500 600] 9 12 700`: codes with a width each, and codes with one for all.
fn wide_widths(file: &File<'_>, items: &[Object]) -> Vec<(u32, i64)> {
    let mut widths: Vec<(u32, i64)> = Vec::new();
    let mut items = items.iter().map(|item| file.follow(item));
    while let (Some(first), Some(next)) = (items.next(), items.next()) {
        let first = first.whole().and_then(|code| u32::try_from(code).ok()).unwrap_or(0);
        match next.whole() {
            None => {
                let each = next.items().iter().filter_map(|width| file.follow(width).number());
                widths.extend((first..).zip(each).map(|(code, width)| (code, width / 1_000)));
            }
            Some(last) => {
                let width = items.next().and_then(|width| width.number()).unwrap_or(0) / 1_000;
                let last = u32::try_from(last).unwrap_or(0);
                widths.extend((first..=last).take(MOST_WIDTHS).map(|code| (code, width)));
            }
        }
        if widths.len() > MOST_WIDTHS {
            break;
        }
    }
    widths.sort_by_key(|(code, _)| *code);
    widths
}
