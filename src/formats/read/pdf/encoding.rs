//! What the codes of a simple font mean: three tables that every reader knows, and the names of letters.

use unicode_normalization::UnicodeNormalization;

/// A table from codes to letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Windows,
    Mac,
    Standard,
    /// Of texts that stand on no page: titles, remarks, targets of links.
    Document,
}

impl Encoding {
    pub(super) fn named(name: &[u8]) -> Option<Encoding> {
        match name {
            b"WinAnsiEncoding" => Some(Encoding::Windows),
            b"MacRomanEncoding" => Some(Encoding::Mac),
            b"StandardEncoding" => Some(Encoding::Standard),
            _ => None,
        }
    }

    pub(super) fn letter(self, code: u8) -> Option<char> {
        if code < 0x80 {
            return match (self, code) {
                (Encoding::Document, 0x18..=0x1F) => ACCENTS.chars().nth(usize::from(code - 0x18)),
                (Encoding::Standard, b'\'') => Some('’'),
                (Encoding::Standard, b'`') => Some('‘'),
                _ => Some(code as char),
            };
        }
        let high = usize::from(code - 0x80);
        match self {
            Encoding::Windows if code >= 0xA0 => Some(code as char),
            Encoding::Windows => WINDOWS.chars().nth(high),
            Encoding::Mac => MAC.chars().nth(high),
            Encoding::Document if code == 0xA0 => Some('€'),
            Encoding::Document if code > 0xA0 => Some(code as char),
            Encoding::Document => DOCUMENT.chars().nth(high),
            Encoding::Standard => STANDARD.chars().nth(high),
        }
        .filter(|letter| *letter != EMPTY)
    }
}

/// Stands in the tables for a code without a letter.
const EMPTY: char = '\u{FFFD}';
/// Windows code page 1252 from 0x80 to 0x9F. Bullets stand at the codes it leaves empty, as the specification says.
const WINDOWS: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
/// Mac OS Roman from 0x80.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{FFFD}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// The encoding of documents from 0x18 to 0x1F, and from 0x80 to 0x9E.
const ACCENTS: &str = "˘ˇˆ˙˝˛˚˜";
const DOCUMENT: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";
/// Adobe's standard encoding from 0x80.
const STANDARD: &str = "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\
\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\
\u{FFFD}¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\u{FFFD}–†‡·\u{FFFD}¶•‚„”»…‰\u{FFFD}¿\
\u{FFFD}`´ˆ˜¯˘˙¨\u{FFFD}˚¸\u{FFFD}˝˛ˇ—\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\
\u{FFFD}Æ\u{FFFD}ª\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}ŁØŒº\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}æ\u{FFFD}\u{FFFD}\u{FFFD}ı\u{FFFD}\u{FFFD}łøœß";

/// Letters with names of their own, from the list that Adobe publishes.
#[rustfmt::skip]
const NAMED: [(&str, char); 153] = [
    ("space", ' '), ("exclam", '!'), ("quotedbl", '"'), ("numbersign", '#'), ("dollar", '$'), ("percent", '%'),
    ("ampersand", '&'), ("quotesingle", '\''), ("parenleft", '('), ("parenright", ')'), ("asterisk", '*'), ("plus", '+'),
    ("comma", ','), ("hyphen", '-'), ("period", '.'), ("slash", '/'), ("zero", '0'), ("one", '1'), ("two", '2'),
    ("three", '3'), ("four", '4'), ("five", '5'), ("six", '6'), ("seven", '7'), ("eight", '8'), ("nine", '9'),
    ("colon", ':'), ("semicolon", ';'), ("less", '<'), ("equal", '='), ("greater", '>'), ("question", '?'), ("at", '@'),
    ("bracketleft", '['), ("backslash", '\\'), ("bracketright", ']'), ("asciicircum", '^'), ("underscore", '_'),
    ("grave", '`'), ("braceleft", '{'), ("bar", '|'), ("braceright", '}'), ("asciitilde", '~'), ("exclamdown", '¡'),
    ("cent", '¢'), ("sterling", '£'), ("currency", '¤'), ("yen", '¥'), ("brokenbar", '¦'), ("section", '§'),
    ("dieresis", '¨'), ("copyright", '©'), ("ordfeminine", 'ª'), ("guillemotleft", '«'), ("logicalnot", '¬'),
    ("registered", '®'), ("macron", '¯'), ("degree", '°'), ("plusminus", '±'), ("twosuperior", '²'),
    ("threesuperior", '³'), ("acute", '´'), ("mu", 'µ'), ("paragraph", '¶'), ("periodcentered", '·'), ("cedilla", '¸'),
    ("onesuperior", '¹'), ("ordmasculine", 'º'), ("guillemotright", '»'), ("onequarter", '¼'), ("onehalf", '½'),
    ("threequarters", '¾'), ("questiondown", '¿'), ("AE", 'Æ'), ("ae", 'æ'), ("Eth", 'Ð'), ("eth", 'ð'),
    ("multiply", '×'), ("divide", '÷'), ("Oslash", 'Ø'), ("oslash", 'ø'), ("Thorn", 'Þ'), ("thorn", 'þ'),
    ("germandbls", 'ß'), ("Dcroat", 'Đ'), ("dcroat", 'đ'), ("Hbar", 'Ħ'), ("hbar", 'ħ'), ("dotlessi", 'ı'),
    ("Lslash", 'Ł'), ("lslash", 'ł'), ("Eng", 'Ŋ'), ("eng", 'ŋ'), ("OE", 'Œ'), ("oe", 'œ'), ("Tbar", 'Ŧ'), ("tbar", 'ŧ'),
    ("florin", 'ƒ'), ("circumflex", 'ˆ'), ("caron", 'ˇ'), ("breve", '˘'), ("dotaccent", '˙'), ("ring", '˚'),
    ("ogonek", '˛'), ("tilde", '˜'), ("hungarumlaut", '˝'), ("endash", '–'), ("emdash", '—'), ("quoteleft", '‘'),
    ("quoteright", '’'), ("quotesinglbase", '‚'), ("quotedblleft", '“'), ("quotedblright", '”'), ("quotedblbase", '„'),
    ("dagger", '†'), ("daggerdbl", '‡'), ("bullet", '•'), ("ellipsis", '…'), ("perthousand", '‰'),
    ("guilsinglleft", '‹'), ("guilsinglright", '›'), ("fraction", '⁄'), ("Euro", '€'), ("euro", '€'), ("trademark", '™'),
    ("minus", '−'), ("radical", '√'), ("infinity", '∞'), ("integral", '∫'), ("approxequal", '≈'), ("notequal", '≠'),
    ("lessequal", '≤'), ("greaterequal", '≥'), ("partialdiff", '∂'), ("summation", '∑'), ("product", '∏'),
    ("lozenge", '◊'), ("Delta", 'Δ'), ("Omega", 'Ω'), ("pi", 'π'), ("fi", 'ﬁ'), ("fl", 'ﬂ'), ("ff", 'ﬀ'), ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'), ("nbspace", '\u{A0}'), ("nonbreakingspace", '\u{A0}'), ("softhyphen", '\u{AD}'), ("sfthyphen", '\u{AD}'),
    ("checkmark", '✓'), ("arrowright", '→'), ("arrowleft", '←'), ("numero", '№'),
];

/// Marks that stand on a letter whose name they end: `zcaron` is ž.
const MARKS: [(&str, char); 13] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30A}'),
    ("hungarumlaut", '\u{30B}'),
    ("caron", '\u{30C}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// What a letter's name means: `A`, `zcaron`, `uni017E`, `u1F642`, `f_i`, `one.tab`.
pub(super) fn named(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let parts: Option<Vec<char>> = name.split('_').flat_map(part).collect();
    parts.filter(|letters| !letters.is_empty()).map(|letters| letters.into_iter().collect())
}

fn part(name: &str) -> Vec<Option<char>> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return vec![Some(letter)];
    }
    if let Some((_, letter)) = NAMED.iter().find(|(known, _)| *known == name) {
        return vec![Some(*letter)];
    }
    let digits = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(codes) = name.strip_prefix("uni").filter(|codes| codes.is_ascii() && codes.len() % 4 == 0) {
        return codes.as_bytes().chunks(4).map(|code| digits(std::str::from_utf8(code).ok()?)).collect();
    }
    if let Some(code) = name.strip_prefix('u').filter(|code| (4..=6).contains(&code.len())) {
        return vec![digits(code)];
    }
    vec![marked(name)]
}

fn marked(name: &str) -> Option<char> {
    // A comma below is spelled as a cedilla in Latvian and Romanian letters.
    let name = name.replace("commaaccent", "cedilla");
    let (letter, mark) = MARKS.iter().find_map(|(mark, sign)| Some((name.strip_suffix(mark)?, *sign)))?;
    let mut letters = letter.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    let mut composed = [letter, mark].into_iter().nfc();
    composed.next().filter(|_| composed.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_full() {
        assert_eq!([WINDOWS, MAC, DOCUMENT, STANDARD].map(|table| table.chars().count()), [32, 128, 31, 124]);
        let table = |encoding: Encoding| move |code| encoding.letter(code);
        assert_eq!([0x80, 0xFC, b'A'].map(table(Encoding::Windows)), [Some('€'), Some('ü'), Some('A')]);
        assert_eq!([0x8A, 0xDB, 0xF0].map(table(Encoding::Mac)), [Some('ä'), Some('€'), None]);
        assert_eq!([0x99, 0xA0, 0x9F, 0x1B].map(table(Encoding::Document)), [Some('Ž'), Some('€'), None, Some('˙')]);
        assert_eq!([0xB1, 0xFB, 0xF1, 0x80].map(table(Encoding::Standard)), [Some('–'), Some('ß'), Some('æ'), None]);
    }

    #[test]
    fn letters_have_names() {
        let names =
            ["A", "zcaron", "Uhungarumlaut", "scedilla", "uni017E", "u1F642", "f_i", "one.tab", "Euro", "germandbls"];
        let letters = ["A", "ž", "Ű", "ş", "ž", "🙂", "fi", "1", "€", "ß"];
        assert_eq!(names.map(|name| named(name.as_bytes()).unwrap_or_default()), letters);
        assert_eq!(named(b"g123"), None);
        assert_eq!(named(b".notdef"), None);
    }
}
