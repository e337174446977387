//! The forms in which a value could stand in a text, for searching it; and what counts as the whole of one.

use std::collections::BTreeSet;

use crate::value::{Date, Number, Value};

/// Fewer digits or letters than these say too little to be told from chance.
const DIGITS: usize = 4;
const LETTERS: usize = 8;

/// Every common form of a value that says enough to be recognised.
pub(crate) fn printed(value: &Value, language: &str) -> BTreeSet<String> {
    match value {
        Value::Number(number) => numbers(number),
        Value::Date(date) => dates(*date, language),
        Value::Moment(moment) => dates(moment.date(), language),
        Value::Text(text) if text.chars().filter(|letter| letter.is_alphabetic()).count() >= LETTERS => {
            BTreeSet::from([text.trim().to_string()])
        }
        Value::List(items) => items.iter().flat_map(|item| printed(item, language)).collect(),
        Value::Interval(ends) => [&ends.0, &ends.1].into_iter().flat_map(|end| printed(end, language)).collect(),
        _ => BTreeSet::new(),
    }
}

/// The number at every rounding that a filter or a cell could show, in all groupings; also in thousands and per cent.
fn numbers(number: &Number) -> BTreeSet<String> {
    let (mantissa, scale) = number.absolute().parts();
    let thousandth = Number::from_parts(mantissa, scale + 3, number.places);
    let hundredfold = Number::from_parts(mantissa.saturating_mul(100), scale, number.places).filter(|_| number.percent);
    let faces = [Some(number.absolute()), thousandth, hundredfold];
    let mut forms = BTreeSet::new();
    for face in faces.into_iter().flatten() {
        let exact = face.parts().1.min(12) as u8;
        for places in [0, 1, 2, face.places, exact] {
            forms.extend(groupings(&face, places));
        }
    }
    forms
}

/// Between groups and before decimals.
const MARKS: [(&str, char); 10] = [
    ("", '.'),
    ("", ','),
    (",", '.'),
    (".", ','),
    (" ", ','),
    (" ", '.'),
    ("\u{a0}", ','),
    ("\u{202f}", ','),
    ("'", '.'),
    ("\u{2019}", '.'),
];

fn groupings(number: &Number, places: u8) -> Vec<String> {
    let text = number.round(places).fixed(places);
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{decimals}");
    if digits.trim_start_matches('0').len() < DIGITS {
        return Vec::new();
    }
    let spell = |(group, point): &(&str, char)| match decimals {
        "" => grouped(whole, group),
        _ => format!("{}{point}{decimals}", grouped(whole, group)),
    };
    MARKS.iter().map(spell).collect()
}

/// Digits in groups of three.
fn grouped(whole: &str, mark: &str) -> String {
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

fn dates(date: Date, language: &str) -> BTreeSet<String> {
    let (year, month, day) = date.ymd();
    let mut forms = BTreeSet::from([
        date.to_string(),
        format!("{year:04}{month:02}{day:02}"),
        format!("{day:02}.{month:02}.{year}"),
        format!("{day}.{month}.{year}"),
        format!("{day:02}/{month:02}/{year}"),
        format!("{day}/{month}/{year}"),
        format!("{month:02}/{day:02}/{year}"),
        format!("{month}/{day}/{year}"),
    ]);
    let names = if language.starts_with("de") { GERMAN } else { ENGLISH };
    let name = names[month as usize - 1];
    let short: String = name.chars().take(3).collect();
    for name in [name, &short] {
        forms.extend([format!("{day} {name}"), format!("{day}. {name}"), format!("{name} {day}")]);
    }
    forms
}

/// Whether the match is no part of a longer word or number.
pub(crate) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    !continues(before.next(), before.next()) && !continues(after.next(), after.next())
}

/// A letter or digit goes on with the word; a mark between digits goes on with the number.
fn continues(next: Option<char>, beyond: Option<char>) -> bool {
    let digit = beyond.is_some_and(|letter| letter.is_ascii_digit());
    match next {
        Some(letter) if letter.is_alphanumeric() => true,
        Some('.' | ',' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}') => digit,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str, places: u8) -> BTreeSet<String> {
        let number = Number { places, ..Number::parse(text).expect("the test writes numbers") };
        printed(&Value::Number(number), "en")
    }

    #[test]
    fn numbers_are_searched_in_all_groupings() {
        let forms = forms("47350", 0);
        for form in ["47350", "47,350", "47.350", "47\u{a0}350,00", "47 350", "47'350.00", "47.35", "47350.00"] {
            assert!(forms.contains(form), "{form} is missing");
        }
        assert!(!forms.contains("47,4"), "three digits say too little");
    }

    #[test]
    fn what_says_too_little_is_not_searched() {
        assert_eq!(forms("950", 0).iter().filter(|form| !form.contains(['.', ','])).count(), 0);
        assert!(printed(&Value::Text("4100".into()), "en").is_empty());
        assert!(!printed(&Value::Text("No waterfall charts".into()), "en").is_empty());
    }

    #[test]
    fn dates_are_searched_as_people_write_them() {
        let date = Date::from_ymd(2026, 3, 4).expect("a day of the calendar");
        let forms = printed(&Value::Date(date), "de");
        for form in ["2026-03-04", "04.03.2026", "4. März", "20260304"] {
            assert!(forms.contains(form), "{form} is missing");
        }
    }

    #[test]
    fn parts_of_longer_numbers_are_no_hits() {
        let whole = |text: &str, form: &str| {
            let start = text.find(form).expect("the test contains its form");
            is_whole(text, start, start + form.len())
        };
        assert!(whole("accrual of 47.350, net", "47.350"));
        assert!(whole("(47,350)", "47,350"));
        assert!(!whole("1.047.350", "047.350") && !whole("147350", "47350") && !whole("47.350,12", "47.350"));
    }
}
