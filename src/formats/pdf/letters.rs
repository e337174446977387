//! The letters that fonts have, and what stands for the others.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, decompose_compatible};

use super::font::Cut;

/// The code that ends a line; no font has a letter there.
pub(super) const BREAK: u16 = 0;

/// Hands over the codes of a text in a cut. What no font has is written with what means the same: a letter with a mark as
/// letter and mark, a ligature as its letters, a rare space as a space, a tab as four; what cannot be seen is left
/// out. Says which letter cannot be written so.
pub(super) fn codes(text: &str, cut: Cut, mut write: impl FnMut(u16)) -> Option<char> {
    let composed;
    let text = if text.is_ascii() || !text.chars().any(is_mark) {
        text
    } else {
        composed = text.nfc().collect::<String>();
        &composed
    };
    let mut unknown = None;
    for letter in text.chars() {
        match cut.code(letter) {
            Some(code) => write(code),
            None if stand_in(letter, cut, &mut write) => {}
            None => unknown = unknown.or(Some(letter)),
        }
    }
    unknown
}

fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&letter)
}

/// Writes what stands for a letter that the font lacks. Says whether anything does.
fn stand_in(letter: char, cut: Cut, write: &mut impl FnMut(u16)) -> bool {
    let space = cut.code(' ').unwrap_or_default();
    match letter {
        '\n' => write(BREAK),
        '\t' => (0..4).for_each(|_| write(space)),
        '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => write(space),
        // Hyphens of use to who breaks lines, joiners, byte order marks, selectors of a letter's shape.
        '\r' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' => {}
        _ => return parts(letter, cut, write),
    }
    true
}

fn parts(letter: char, cut: Cut, write: &mut impl FnMut(u16)) -> bool {
    let mut known = Some(Vec::new());
    let mut add = |part: char| match (cut.code(part), &mut known) {
        (Some(code), Some(codes)) => codes.push(code),
        _ => known = None,
    };
    match letter {
        // Ligatures and letters as wide as ideographs.
        '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}' => decompose_compatible(letter, &mut add),
        _ => decompose_canonical(letter, &mut add),
    }
    known.into_iter().flatten().map(&mut *write).count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::fonts::Family;

    const SANS: Cut = Cut::Drawn(Family::Sans);

    fn written(text: &str, cut: Cut) -> (Vec<u16>, Option<char>) {
        let mut codes = Vec::new();
        let unknown = super::codes(text, cut, |code| codes.push(code));
        (codes, unknown)
    }

    #[test]
    fn what_means_the_same_stands_for_what_no_font_has() {
        for (text, same) in
            [("e\u{301}ﬁ\u{200B}", "éfi"), ("a\tb\u{2008}", "a    b "), ("ạ", "a\u{323}"), ("ＡＢ", "AB")]
        {
            let (found, unknown) = written(text, SANS);
            assert_eq!((found, unknown), written(same, SANS), "{text}");
            assert_eq!(unknown, None);
        }
    }

    #[test]
    fn what_has_no_stand_in_is_named() {
        for letter in ['א', '日', '🙂', '\u{7}', '\u{85}', '\u{202E}'] {
            assert_eq!(written(&format!("a{letter}b"), SANS).1, Some(letter));
        }
        assert_eq!(written("Dvořák", Cut::Helvetica).1, Some('ř'));
    }
}
