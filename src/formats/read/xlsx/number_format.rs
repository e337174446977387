//! The codes of number formats: what kind of value they show, by what power they scale it, and what they keep from sight.

use crate::document::look::Colour;
use crate::formats::read::colour::preset;

/// What a number in a cell is, as its format shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::read) enum Kind {
    Number,
    Date,
    Month,
    Moment,
    Time,
}

/// The code of a format that is known by its number only.
pub(in crate::formats::read) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5..=8 => "#,##0.00;-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 => "h:mm",
        21 | 33 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        37 | 38 => "#,##0;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        41..=44 => "#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

/// What a code shows: letters of dates and times outside quotes and brackets.
pub(in crate::formats::read) fn kind(code: &str) -> Kind {
    let first = sections(code).into_iter().next().unwrap_or_default();
    let has = |wanted: char| {
        first.iter().any(|piece| matches!(piece, Piece::Code(letter) if letter.eq_ignore_ascii_case(&wanted)))
    };
    let elapsed = first.iter().any(|piece| matches!(piece, Piece::Bracket(text) if is_elapsed(text)));
    let general = code.to_ascii_lowercase().contains("general");
    match (has('y') || has('d'), has('h') || has('s') || elapsed) {
        _ if general || has('e') && !has('y') => Kind::Number,
        (true, true) => Kind::Moment,
        (true, false) if has('y') && !has('d') => Kind::Month,
        (true, false) => Kind::Date,
        (false, true) => Kind::Time,
        (false, false) if has('m') => Kind::Month,
        (false, false) => Kind::Number,
    }
}

/// `[h]`, `[mm]`: hours or minutes that go on counting.
fn is_elapsed(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'h' | b'm' | b's'))
}

/// The power of ten by which a code scales what it shows: -3 for `#,##0,`, which shows thousands; 2 for percent.
pub(in crate::formats::read) fn power(code: &str) -> i32 {
    let first = sections(code).into_iter().next().unwrap_or_default();
    let digits = |piece: &Piece| matches!(piece, Piece::Code('0' | '#' | '?'));
    let last = first.iter().rposition(digits);
    let commas =
        last.map_or(0, |last| first[last + 1..].iter().take_while(|piece| **piece == Piece::Code(',')).count());
    let percents = first.iter().filter(|piece| **piece == Piece::Code('%')).count();
    2 * percents as i32 - 3 * commas as i32
}

/// How a code treats what is in its cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats::read) struct Treatment {
    /// Nothing is printed, or something else than the value.
    pub(in crate::formats::read) hides: bool,
    /// A colour of its own.
    pub(in crate::formats::read) colour: Option<Colour>,
}

/// Which of a code's sections prints a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::read) enum Printed {
    Positive,
    Negative,
    Zero,
    Text,
}

/// What a code does with values of one kind.
pub(in crate::formats::read) fn treatment(code: &str, value: Printed) -> Treatment {
    let sections = sections(code);
    let numeric = sections.len().min(3);
    let section = match value {
        Printed::Text if sections.len() >= 4 => &sections[3],
        Printed::Text => match sections.iter().find(|section| section.contains(&Piece::Code('@'))) {
            Some(section) => section,
            // Without a section of their own texts are printed as they are.
            None => return Treatment::default(),
        },
        Printed::Negative if numeric >= 2 => &sections[1],
        Printed::Zero if numeric >= 3 => &sections[2],
        _ => &sections[0],
    };
    let prints = section.iter().any(|piece| match piece {
        Piece::Code(letter) => {
            matches!(letter.to_ascii_lowercase(), '0' | '#' | '?' | '@' | 'g' | 'y' | 'm' | 'd' | 'h' | 's')
        }
        Piece::Bracket(text) => is_elapsed(text),
        Piece::Literal(_) => false,
    });
    let colour = section.iter().find_map(|piece| match piece {
        Piece::Bracket(name) => preset(name),
        _ => None,
    });
    // `#` alone prints nothing for nought, which is what it is for.
    Treatment { hides: !prints && value != Printed::Zero || section.is_empty() && sections.len() > 1, colour }
}

/// A piece of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Code(char),
    /// Quoted, escaped, or a space.
    Literal(char),
    /// What stands in square brackets: a colour, a condition, a currency, hours that go on counting.
    Bracket(String),
}

/// The sections of a code, of which there is at least one.
fn sections(code: &str) -> Vec<Vec<Piece>> {
    let mut sections = vec![Vec::new()];
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        let piece = match letter {
            ';' => {
                sections.push(Vec::new());
                continue;
            }
            '"' => {
                let quoted: Vec<Piece> =
                    letters.by_ref().take_while(|letter| *letter != '"').map(Piece::Literal).collect();
                sections.last_mut().expect("there is a first section").extend(quoted);
                continue;
            }
            '[' => Piece::Bracket(letters.by_ref().take_while(|letter| *letter != ']').collect()),
            '\\' | '_' | '*' => Piece::Literal(letters.next().unwrap_or(' ')),
            ' ' => Piece::Literal(' '),
            letter => Piece::Code(letter),
        };
        sections.last_mut().expect("there is a first section").push(piece);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_they_show() {
        for (code, expected) in [
            ("General", Kind::Number),
            ("#,##0.00 \"days\"", Kind::Number),
            ("0.00E+00", Kind::Number),
            ("yyyy-mm-dd", Kind::Date),
            ("[$-407]d. mmmm yyyy", Kind::Date),
            ("mmm-yy", Kind::Month),
            ("dd/mm/yyyy hh:mm", Kind::Moment),
            ("[h]:mm:ss", Kind::Time),
            ("[Red]0.0;-0.0", Kind::Number),
            ("d.m.", Kind::Date),
        ] {
            assert_eq!(kind(code), expected, "{code}");
        }
    }

    #[test]
    fn codes_scale_what_they_show() {
        for (code, expected) in [("#,##0", 0), ("#,##0,", -3), ("0.0,,\" M€\"", -6), ("0.0%", 2), ("General", 0)] {
            assert_eq!(power(code), expected, "{code}");
        }
    }

    #[test]
    fn codes_hide_what_they_do_not_print() {
        for (code, value, hides) in [
            (";;;", Printed::Positive, true),
            (";;;", Printed::Text, true),
            ("0;-0;", Printed::Zero, true),
            ("0;-0;", Printed::Positive, false),
            ("0;-0;;@", Printed::Text, false),
            ("\"ok\"", Printed::Positive, true),
            ("General", Printed::Text, false),
            ("0;", Printed::Negative, true),
            ("yyyy", Printed::Positive, false),
            ("@", Printed::Text, false),
        ] {
            assert_eq!(treatment(code, value).hides, hides, "{code} {value:?}");
        }
        assert_eq!(treatment("[White]0", Printed::Positive).colour, preset("white"));
    }
}
