//! How much room a text takes, and the largest size at which it fits. Presentation programs measure with the fonts they
//! find; here a letter has the width of its class, a little more than in the usual faces.

use crate::document::Run;

/// Height of a line in hundredths of its size.
const LEADING: u32 = 120;

/// Widths of letters in thousandths of the font's size: thin strokes, small letters, digits and capitals, wide ones, and
/// those of scripts that fill a square.
const THIN: u32 = 290;
const SMALL: u32 = 510;
const CAPITAL: u32 = 590;
const WIDE: u32 = 860;
const SQUARE: u32 = 1_000;
/// Bold letters are this much wider, in percent.
const BOLD: u64 = 107;

/// A paragraph as far as its room goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// In thousandths of the font's size.
    pub(super) width: u32,
    /// Lines that the author broke.
    pub(super) breaks: u32,
    /// In points, from the left edge of the box.
    pub(super) indent: u32,
    /// The distance above it, in hundredths of the size.
    pub(super) before: u32,
    /// Its size in percent of the first level's.
    pub(super) scale: u32,
}

/// Wider than anything that fits, so that sums of widths stay small.
const ENDLESS: u32 = 10_000_000;

/// The width of runs in thousandths of their size; all of them are bold where `bold` is set.
pub(super) fn width(runs: &[Run], bold: bool) -> u32 {
    let of = |run: &Run| {
        let all: u64 = run.text.chars().map(|letter| u64::from(self::letter(letter))).sum();
        if bold || run.bold { all * BOLD / 100 } else { all }
    };
    runs.iter().map(of).sum::<u64>().min(ENDLESS.into()) as u32
}

fn letter(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '(' | ')'
        | '\u{a0}' => THIN,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => WIDE,
        'A'..='Z' | '0'..='9' | '€' | '$' | '£' | '&' | '–' | '−' => CAPITAL,
        '\u{1100}'.. => SQUARE,
        _ => SMALL,
    }
}

/// Lines that a width takes in a box, both in points; words leave a tenth of a line unused.
pub(super) fn lines(width: u32, size: u32, room: u32) -> u32 {
    let needed = u64::from(width) * u64::from(size) / 1_000;
    let usable = u64::from(room.max(1)) * 94 / 100;
    needed.div_ceil(usable.max(1)).max(1) as u32
}

/// The height of paragraphs in a box, all in points.
pub(super) fn height(paragraphs: &[Measured], size: u32, room: u32) -> u32 {
    let heights = paragraphs.iter().enumerate().map(|(index, paragraph)| {
        let own = size * paragraph.scale / 100;
        let lines = lines(paragraph.width, own, room.saturating_sub(paragraph.indent)).saturating_add(paragraph.breaks);
        let before = if index == 0 { 0 } else { own * paragraph.before };
        lines.saturating_mul(own * LEADING).saturating_add(before)
    });
    sum(heights).div_ceil(100)
}

/// The sum, as far as a number goes: what is that tall fits nowhere.
pub(super) fn sum(heights: impl Iterator<Item = u32>) -> u32 {
    heights.fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> [Run; 1] {
        [Run { text: text.to_owned(), ..Run::default() }]
    }

    #[test]
    fn more_text_is_taller_and_smaller_text_is_not() {
        let paragraph =
            |text: &str| Measured { width: width(&run(text), false), breaks: 0, indent: 18, before: 50, scale: 100 };
        let short = [paragraph("Opex closed below plan"); 4];
        let long = [paragraph(&"Opex closed below plan and nobody knows why ".repeat(4)); 4];
        assert_eq!(height(&short, 20, 860), 4 * 24 + 3 * 10);
        assert!(height(&long, 20, 860) > height(&long, 14, 860));
        assert!(height(&long, 14, 400) > height(&long, 14, 860));
    }

    #[test]
    fn wrapped_lines_count() {
        assert_eq!(lines(width(&run("abcde"), false), 20, 100), 1);
        assert_eq!(lines(width(&run(&"abcde ".repeat(10)), false), 20, 100), 7);
        assert!(lines(width(&run(&"m".repeat(3_000_000)), true), 24, 0) > 200_000);
    }
}
