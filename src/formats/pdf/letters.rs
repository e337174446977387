//! The letters that the built-in fonts have, and what stands for the others.

use unicode_normalization::char::decompose_canonical;

/// The letters of WinAnsi from 0x80 to 0x9F; a space stands for the codes it leaves empty.
const MIDDLE: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// Letters that are written with others when a font lacks them.
const STAND_INS: [(char, &str); 30] = [
    ('\u{2009}', "\u{A0}"),
    ('\u{202F}', "\u{A0}"),
    ('\u{2007}', "\u{A0}"),
    ('\u{200B}', ""),
    ('\u{2010}', "-"),
    ('\u{2011}', "-"),
    ('\u{2212}', "–"),
    ('\u{2192}', "->"),
    ('\u{2190}', "<-"),
    ('\u{21D2}', "=>"),
    ('\u{2264}', "<="),
    ('\u{2265}', ">="),
    ('\u{2260}', "<>"),
    ('\u{2248}', "~"),
    ('\u{2032}', "'"),
    ('\u{2033}', "\""),
    ('\u{2022}', "•"),
    ('\u{25AA}', "•"),
    ('\u{2206}', "Delta "),
    ('\u{0394}', "Delta "),
    ('\u{2211}', "Sum "),
    ('\u{2713}', "x"),
    ('ł', "l"),
    ('Ł', "L"),
    ('đ', "d"),
    ('Đ', "D"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ș', "s"),
    ('ț', "t"),
];

/// The code of a letter in WinAnsi.
pub(super) fn code(letter: char) -> Option<u8> {
    match letter {
        ' '..='~' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(letter)).ok(),
        _ => MIDDLE.iter().position(|&middle| middle == letter).map(|at| 0x80 + at as u8),
    }
}

/// Text in the letters that the fonts have. Letters with marks they lack lose their marks.
pub(super) fn known(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if code(letter).is_some() || letter == '\n' {
            out.push(letter);
        } else if letter == '\t' {
            out.push_str("    ");
        } else if !letter.is_control() {
            stand_in(letter, &mut out);
        }
    }
    out
}

fn stand_in(letter: char, out: &mut String) {
    if let Some((_, written)) = STAND_INS.iter().find(|(known, _)| *known == letter) {
        return out.push_str(written);
    }
    let before = out.len();
    decompose_canonical(letter, |part| {
        if code(part).is_some() {
            out.push(part);
        }
    });
    if out.len() == before {
        out.push('?');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_a_font_lacks_are_written_with_others() {
        assert_eq!(known("Dvořák, Łukasz → ≤ 3 €"), "Dvorák, Lukasz -> <= 3 €");
        assert_eq!(known("日\u{7}"), "?");
        assert_eq!(code('€'), Some(0x80));
        assert_eq!(code('\u{81}'), None);
    }
}
