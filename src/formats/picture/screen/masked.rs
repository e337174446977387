//! What a cell shows: its value as its number format and the locale of the computer have it.

use crate::document::{Cell, CellValue};
use crate::value::Number;
use crate::value::locale::Locale;

/// The text that is seen in a cell.
pub(super) fn shown(cell: &Cell, locale: Option<&Locale>) -> String {
    match (&cell.value, cell.format.as_deref()) {
        (CellValue::Empty, _) => String::new(),
        (CellValue::Text(text), _) => text.to_string(),
        (CellValue::Number(number), Some(code)) => masked(number, code, locale),
        (CellValue::Number(number), None) => digits(number, locale),
        (CellValue::Bool(yes), _) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        (CellValue::Date(date), _) => date.to_string(),
        (CellValue::Month(month), _) => month.to_string(),
        (CellValue::Moment(moment), _) => moment.iso().replacen('T', " ", 1).chars().take(16).collect(),
        (CellValue::Error(error), _) => error.shown().to_owned(),
    }
}

/// Whether a cell is a number, which stands on the right.
pub(super) fn is_number(cell: &Cell) -> bool {
    matches!(cell.value, CellValue::Number(_))
}

fn digits(number: &Number, locale: Option<&Locale>) -> String {
    locale.map_or_else(|| number.to_string(), |locale| locale.number(number))
}

/// A number through a code such as `#,##0.00" €"`: quoted text as it stands, digits where the digits are.
fn masked(number: &Number, code: &str, locale: Option<&Locale>) -> String {
    let code = code.split(';').next().unwrap_or_default();
    let is_digit = |letter: char| matches!(letter, '#' | '0' | '?' | '.' | ',');
    let (mut before, mut mask, mut after) = (String::new(), String::new(), String::new());
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        let beside = if mask.is_empty() { &mut before } else { &mut after };
        match letter {
            '"' => beside.extend(letters.by_ref().take_while(|letter| *letter != '"')),
            '\\' => beside.extend(letters.next()),
            '_' | '*' => drop(letters.next()),
            '[' => drop(letters.by_ref().take_while(|letter| *letter != ']').count()),
            _ if is_digit(letter) => mask.push(letter),
            _ => beside.push(letter),
        }
    }
    if mask.is_empty() {
        return digits(number, locale);
    }
    let thousands = mask.len() - mask.trim_end_matches(',').len();
    let places = mask.split_once('.').map_or(0, |(_, places)| places.trim_end_matches(',').len() as u8);
    let mut value = Number { percent: false, ..*number };
    for _ in 0..thousands {
        value = value.divide(Number::from(1_000)).unwrap_or(value);
    }
    if after.contains('%') {
        value = value.multiply(Number::from(100)).unwrap_or(value);
    }
    let rounded = value.round(places);
    let grouped = mask.trim_end_matches(',').contains(',');
    let sign = if rounded.is_negative() { "-" } else { "" };
    let whole = Number { places, ..rounded.absolute() };
    let text = match locale {
        Some(locale) if grouped => locale.number(&whole),
        Some(locale) => locale.plain(&whole),
        None => whole.fixed(places),
    };
    format!("{sign}{before}{text}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_seen_as_their_format_says() {
        let german = Locale::named("de-DE");
        let seen = |number: &str, code: &str| masked(&Number::parse(number).expect("a number"), code, german);
        assert_eq!(seen("45300.126", "#,##0.00\"\u{a0}€\""), "45.300,13\u{a0}€");
        assert_eq!(seen("-1234.5", "\"£\"#,##0"), "-£1.235");
        assert_eq!(seen("0.0345", "0.0%"), "3,5%");
        assert_eq!(seen("45300", "#,##0.0,\" T€\""), "45,3 T€");
        assert_eq!(seen("1234", "0;(0)"), "1234");
    }
}
