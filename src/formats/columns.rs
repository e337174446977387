//! How the columns of a table share a width, and which hold numbers.

use crate::document::{Alignment, Run};

/// Fewest and most characters that count for a column: very long cells wrap.
const FEWEST: usize = 5;
const MOST: usize = 42;

/// Shares `width` among the columns of a table by their longest cells. The shares add up to `width`.
pub(crate) fn share(header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], width: u32) -> Vec<u32> {
    let needs = needs(header, rows);
    let all: usize = needs.iter().sum();
    let mut shares: Vec<u32> = needs.iter().map(|need| (width as usize * need / all.max(1)) as u32).collect();
    let left = width - shares.iter().sum::<u32>();
    if let Some(first) = shares.first_mut() {
        *first += left;
    }
    shares
}

/// Characters that each column asks for, with three for its margins.
fn needs(header: &[Vec<Run>], rows: &[Vec<Vec<Run>>]) -> Vec<usize> {
    let mut needs: Vec<usize> = Vec::new();
    for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        needs.resize(needs.len().max(row.len()), FEWEST);
        for (need, cell) in needs.iter_mut().zip(row) {
            let length: usize = cell.iter().map(|run| run.text.chars().count()).sum();
            *need = (*need).max(length.min(MOST));
        }
    }
    needs.iter().map(|need| need + 3).collect()
}

/// How each column is aligned: as the author says, else numbers right.
pub(crate) fn aligned(rows: &[Vec<Vec<Run>>], stated: &[Alignment]) -> Vec<Alignment> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(stated.len());
    let column = |at: usize| match stated.get(at).copied().unwrap_or_default() {
        Alignment::Left if is_numeric(rows.iter().filter_map(|row| row.get(at))) => Alignment::Right,
        stated => stated,
    };
    (0..columns).map(column).collect()
}

/// Whether cells are amounts to be compared. Codes of equal length and dates are read like words.
fn is_numeric<'a>(cells: impl Iterator<Item = &'a Vec<Run>>) -> bool {
    let texts = cells.map(|cell| cell.iter().map(|run| run.text.as_str()).collect::<String>());
    let texts: Vec<String> = texts.filter(|text| !matches!(text.trim(), "" | "-" | "–" | "—")).collect();
    let lengths = || texts.iter().map(|text| text.trim().chars().count());
    let differ = lengths().min() != lengths().max();
    let marked = texts.iter().any(|text| !text.trim().chars().all(|letter| letter.is_ascii_digit()));
    !texts.is_empty() && texts.iter().all(|text| is_amount(text.trim())) && (differ || marked)
}

/// A number with its sign, marks, unit or currency: `−2,8 %`, `1.204.310,55 €`, `CHF 12’000`.
fn is_amount(text: &str) -> bool {
    let is_mark = |letter: char| ".,'’ \u{A0}\u{202F}\u{2009}+-−–()%‰€$£¥".contains(letter);
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let known = text.chars().all(|letter| letter.is_ascii_digit() || letter.is_alphabetic() || is_mark(letter));
    let counted = |mark: char| text.matches(mark).count();
    let is_date =
        text.len() >= 8 && (counted('-') == 2 || (counted('.') == 2 && text.len() <= 10 && !text.contains(',')));
    known && letters <= 3 && !is_date && text.chars().any(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> Alignment {
        let run = |text: &str| vec![vec![Run { text: text.to_owned(), ..Run::default() }]];
        aligned(&texts.iter().map(|text| run(text)).collect::<Vec<_>>(), &[Alignment::Left])[0]
    }

    #[test]
    fn amounts_stand_right_and_words_left() {
        for amounts in
            [["1.204.310,55 €", "–"], ["4,4 %", "−2,8 %"], ["7", "12"], ["CHF 12’000", "3 T€"], ["(1.00)", "2.00"]]
        {
            assert_eq!(column(&amounts), Alignment::Right, "{amounts:?}");
        }
        for words in
            [["4100", "4200"], ["2026-01-05", "2026-02-05"], ["05.02.2026", "5.3.2026"], ["Brno", "12"], ["", "–"]]
        {
            assert_eq!(column(&words), Alignment::Left, "{words:?}");
        }
    }
}
