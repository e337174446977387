//! The standard fonts that every reader has: the letters of WinAnsi, and their widths in thousandths of the font's size,
//! from the AFM files that Adobe publishes.

/// Helvetica, and Helvetica-Oblique, which is as wide.
#[rustfmt::skip]
const REGULAR: [u16; 224] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 556,
    556, 0, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
    0, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 0, 500, 667,
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
];

/// Helvetica-Bold and Helvetica-BoldOblique.
#[rustfmt::skip]
const BOLD: [u16; 224] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 556,
    556, 0, 278, 556, 500, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
    0, 278, 278, 500, 500, 350, 556, 1000, 333, 1000, 556, 333, 944, 0, 500, 667,
    278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 611, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611, 611, 556, 611, 556,
];

/// Every letter of Courier is as wide.
const COURIER: [u16; 224] = [600; 224];

/// The code of the first width.
pub(super) const FIRST: u16 = 32;

/// The letters of WinAnsi from 0x80 to 0x9F; a space stands for the codes it leaves empty.
const MIDDLE: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The widths from the space on.
pub(in crate::formats) fn widths(courier: bool, bold: bool) -> &'static [u16] {
    match (courier, bold) {
        (true, _) => &COURIER,
        (false, true) => &BOLD,
        (false, false) => &REGULAR,
    }
}

/// The name every reader knows a font by.
pub(super) fn name(courier: bool, bold: bool, italic: bool) -> &'static str {
    match (courier, bold, italic) {
        (true, false, false) => "Courier",
        (true, true, false) => "Courier-Bold",
        (true, false, true) => "Courier-Oblique",
        (true, true, true) => "Courier-BoldOblique",
        (false, false, false) => "Helvetica",
        (false, true, false) => "Helvetica-Bold",
        (false, false, true) => "Helvetica-Oblique",
        (false, true, true) => "Helvetica-BoldOblique",
    }
}

/// The code of a letter in WinAnsi.
pub(super) fn code(letter: char) -> Option<u16> {
    match letter {
        ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{FF}' => Some(letter as u16),
        _ => MIDDLE.iter().position(|&middle| middle == letter).map(|at| 0x80 + at as u16),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_windows_have_codes() {
        assert_eq!(code('€'), Some(0x80));
        assert_eq!(code('\u{81}'), None);
        assert_eq!(code('ř'), None);
    }
}
