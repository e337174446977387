//! How places inside files are written and read: `p12`, `Budget!E7`, `s3p2`, `footnote1p1`, `l3`, `picture`, `title`, `<kickoff>`.

use std::fmt;

use crate::document::{Beside, Place};

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Paragraph(number) => write!(out, "p{number}"),
            Place::Cell { sheet, row, column } => {
                out.write_str(sheet)?;
                out.write_str("!")?;
                write_letters(*column, out)?;
                fmt::Display::fmt(&(row + 1), out)
            }
            Place::Slide { slide, paragraph } => write!(out, "s{slide}p{paragraph}"),
            Place::Beside { kind, number, paragraph } => write!(out, "{kind}{number}p{paragraph}"),
            Place::Line(number) => write!(out, "l{number}"),
            Place::Picture => out.write_str("picture"),
            Place::Property(name) => out.write_str(name),
            Place::Entry(id) => write!(out, "<{id}>"),
            Place::Inside { file, place } => write!(out, "{file}#{place}"),
        }
    }
}

impl fmt::Display for Beside {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Beside::Header => "header",
            Beside::Footer => "footer",
            Beside::Footnote => "footnote",
            Beside::Endnote => "endnote",
            Beside::Comment => "comment",
            Beside::Notes => "notes",
        })
    }
}

/// `A` for 0, `Z` for 25, `AA` for 26.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = String::new();
    // A text takes every letter.
    let _written = write_letters(column, &mut letters);
    letters
}

fn write_letters(column: u32, out: &mut dyn fmt::Write) -> fmt::Result {
    if let Some(before) = (column / 26).checked_sub(1) {
        write_letters(before, out)?;
    }
    out.write_char((b'A' + (column % 26) as u8) as char)
}

/// Row and column, both from 0, of `E7`; nothing for anything else.
pub(crate) fn parse_cell(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let row: u32 = row.parse().ok()?;
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_like_a_spreadsheet() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
            assert_eq!(parse_cell(&format!("{letters}7")), Some((6, column)));
        }
    }

    #[test]
    fn what_is_no_cell_is_refused() {
        for text in ["", "E", "7", "E0", "e7", "E-7", "ZZZZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(parse_cell(text), None, "{text}");
        }
    }
}
