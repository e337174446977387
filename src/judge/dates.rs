//! Dates in any common form: `2026-03-04`, `4 March 2026`, `4.3.2026`, `March 4, 2026`, `04/03/2026`.

use crate::value::language::Language;
use crate::value::{Date, Month};

/// Every date of a text. A date with slashes is read both ways where both are dates.
pub(crate) fn dates(text: &str) -> Vec<Date> {
    let mut found = numeric(text);
    found.extend(worded(text));
    found
}

/// Whether a text is a month in any common form: `2026-03`, `March 2026`, `03/2026`, `Mar 26`, or a date in it.
pub(crate) fn is_month(text: &str, month: Month) -> bool {
    let text = text.trim();
    let (year, number) = (month.year(), month.number());
    let forms = [
        format!("{year}-{number:02}"),
        format!("{year}/{number:02}"),
        format!("{number:02}/{year}"),
        format!("{number}/{year}"),
        format!("{number:02}.{year}"),
        format!("{year}{number:02}"),
    ];
    if forms.iter().any(|form| form == text) || dates(text).iter().any(|date| date.month() == month) {
        return true;
    }
    let words = split(text);
    let named = |name: &str| words.first().is_some_and(|word| is_name(word, name));
    let names = Language::tags().filter_map(Language::named).any(|language| named(&name_of(language, month)));
    let short = (year % 100).to_string();
    names && words.get(1).is_none_or(|word| *word == year.to_string() || *word == short)
}

fn split(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// `march` and `mar` are the month `March`.
fn is_name(word: &str, name: &str) -> bool {
    word == name || word.chars().count() >= 3 && name.starts_with(word)
}

/// The month's name alone, in lower case.
fn name_of(language: &Language, month: Month) -> String {
    split(&language.month(month)).into_iter().find(|word| word.chars().all(char::is_alphabetic)).unwrap_or_default()
}

fn numeric(text: &str) -> Vec<Date> {
    let mut found = Vec::new();
    for token in text.split(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '-' | '.' | '/')) {
        let token = token.trim_end_matches(['.', '-', '/']);
        let parts: Vec<u32> = token.split(['-', '.', '/']).filter_map(|part| part.parse().ok()).collect();
        let [first, second, third] = parts[..] else { continue };
        let full = |year: u32| if year < 100 { 2_000 + year } else { year };
        let date = |year: u32, month, day| Date::from_ymd(i32::try_from(full(year)).ok()?, month, day);
        match () {
            () if first > 31 => found.extend(date(first, second, third)),
            () if token.contains('/') => {
                found.extend(date(third, second, first));
                found.extend(date(third, first, second).filter(|_| first != second));
            }
            () => found.extend(date(third, second, first)),
        }
    }
    found
}

fn worded(text: &str) -> Vec<Date> {
    let words = split(text);
    let mut found = Vec::new();
    for window in words.windows(3) {
        let [first, second, third] = window else { continue };
        let Some(year) = third.parse::<i32>().ok().filter(|year| (1900..2200).contains(year)) else { continue };
        let day = |word: &str| word.trim_end_matches(char::is_alphabetic).parse::<u32>().ok();
        for (day, month) in [(day(first), month(second)), (day(second), month(first))] {
            if let (Some(day), Some(month)) = (day, month) {
                found.extend(Date::from_ymd(year, month, day));
            }
        }
    }
    found
}

/// The number of a month by its name in any language that worlds speak.
fn month(word: &str) -> Option<u32> {
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let number_in = |language: &'static Language| {
        (1..=12).find(|number| Month::new(2026, *number).is_some_and(|month| is_name(word, &name_of(language, month))))
    };
    Language::tags().filter_map(Language::named).find_map(number_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_any_common_form() {
        let date = Date::from_ymd(2026, 3, 4).expect("a date");
        for text in ["2026-03-04", "on 4 March 2026.", "4.3.2026", "March 4, 2026", "the 4th March 2026", "04/03/2026"]
        {
            assert!(dates(text).contains(&date), "{text}: {:?}", dates(text));
        }
        assert!(dates("400 to 900 words, 3.5").is_empty());
    }

    #[test]
    fn months_are_read_in_any_common_form() {
        let month = Month::new(2026, 3).expect("a month");
        for text in ["2026-03", "March 2026", "Mar 2026", "03/2026", "März 2026", "2026-03-01"] {
            assert!(is_month(text, month), "{text}");
        }
        assert!(!is_month("2026-04", month) && !is_month("May 2026", month));
    }
}
