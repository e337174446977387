//! Scripts that run from right to left: which paragraphs begin at the right edge.

use crate::document::Run;

/// Whether the first letter with a direction is one of a script that runs to the left [UAX 9, P2].
pub(crate) fn runs_leftward(text: &str) -> bool {
    !text.is_ascii() && text.chars().find(|letter| letter.is_alphabetic()).is_some_and(is_leftward)
}

/// The same for a paragraph.
pub(crate) fn begins_right(runs: &[Run]) -> bool {
    let deciding = runs.iter().find(|run| run.text.contains(char::is_alphabetic));
    deciding.is_some_and(|run| runs_leftward(&run.text))
}

/// The first cell of a table that says something: the columns of a table run as it does.
pub(crate) fn first_cell<'a>(header: &'a [Vec<Run>], rows: &'a [Vec<Vec<Run>>]) -> Option<&'a [Run]> {
    header.iter().chain(rows.iter().flatten()).map(Vec::as_slice).find(|cell| !cell.is_empty())
}

/// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin, by the blocks that Unicode keeps for them.
fn is_leftward(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_decides() {
        for (text, expected) in [
            ("שלום Acme", true),
            ("12 – مرحبا", true),
            ("Acme שלום", false),
            ("Größe", false),
            ("🍕 12", false),
            ("", false),
        ] {
            assert_eq!(runs_leftward(text), expected, "{text}");
            let runs =
                [Run { text: "12 ".to_owned(), ..Run::default() }, Run { text: text.to_owned(), ..Run::default() }];
            assert_eq!(begins_right(&runs), expected, "{text}");
        }
    }
}
