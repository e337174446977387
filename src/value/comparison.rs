//! How values compare [V4], what is in what, and how they are named in addresses and folded for searching [V6].

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

use crate::value::{Item, Month, Value};

/// The order of two values; none if either is `none` or the two have no order, so that every comparison is false.
pub fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Month(left), Value::Month(right)) => Some(left.cmp(right)),
        (Value::Time(left), Value::Time(right)) => Some(left.cmp(right)),
        (Value::Moment(left), Value::Moment(right)) => Some(left.cmp(right)),
        (Value::Moment(left), Value::Date(right)) => Some(left.date().cmp(right)),
        (Value::Date(left), Value::Moment(right)) => Some(left.cmp(&right.date())),
        (Value::Duration(left), Value::Duration(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// Whether two values are the same: text exactly, numbers by value, a moment and a date by the day, `none` only `none`.
pub fn equals(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| equals(left, right))
        }
        _ => left == right || compare(left, right) == Some(Ordering::Equal),
    }
}

/// `value in container` for lists, months and ranges of time; none if that has no meaning. `none` is in no range.
pub fn contains(container: &Value, value: &Value) -> Option<bool> {
    match (container, value) {
        (Value::List(members), _) => Some(members.iter().any(|member| member_holds(member, value))),
        (Value::Month(_) | Value::Interval(_), Value::None) => Some(false),
        (Value::Month(month), _) => month_of(value).map(|own| own == *month),
        (Value::Interval(ends), _) => in_interval(&ends.0, &ends.1, value),
        _ => None,
    }
}

/// A member of a list holds its equals; a month also its days, a day its moments.
fn member_holds(member: &Value, value: &Value) -> bool {
    let day_of_month = matches!((member, value), (Value::Month(_), Value::Date(_) | Value::Moment(_)));
    equals(member, value) || day_of_month && contains(member, value) == Some(true)
}

fn month_of(value: &Value) -> Option<Month> {
    match value {
        Value::Date(date) => Some(date.month()),
        Value::Moment(moment) => Some(moment.date().month()),
        Value::Month(month) => Some(*month),
        _ => None,
    }
}

/// A moment is in a range of times when its time of day is.
fn in_interval(first: &Value, last: &Value, value: &Value) -> Option<bool> {
    let own = match (first, value) {
        (Value::Time(_), Value::Moment(moment)) => Value::Time(moment.time()),
        _ => value.clone(),
    };
    Some(compare(first, &own)? != Ordering::Greater && compare(&own, last)? != Ordering::Greater)
}

/// The name of a value in addresses: the same for equal values however they were written. `item` names rows, since only
/// the evaluator knows their keys.
pub fn label(value: &Value, item: &dyn Fn(&Item) -> String) -> String {
    match value {
        Value::Number(number) => number.canonical(),
        Value::None => "none".to_string(),
        Value::Item(member) => item(member),
        Value::List(members) => {
            let labels: Vec<String> = members.iter().map(|member| label(member, item)).collect();
            format!("[{}]", labels.join(","))
        }
        Value::Rows(rows) => format!("rows {}", rows.indexes.len()),
        Value::Applied(applied) => {
            let labels: Vec<String> = applied.arguments.iter().map(|argument| label(argument, item)).collect();
            format!("({})", labels.join(","))
        }
        _ => value.to_text().unwrap_or_default(),
    }
}

/// Whether no two of these are the same.
pub fn are_distinct<T: Ord>(mut items: Vec<T>) -> bool {
    items.sort_unstable();
    items.is_sorted_by(|one, next| one < next)
}

/// Text without differences of case, width, accents and spaces, for `mentions`, `asked` and `lookup`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let bare: String = text.nfkd().filter(|character| !('\u{300}'..='\u{36f}').contains(character)).collect();
    let mut folded = String::with_capacity(bare.len());
    for word in bare.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for character in word.nfc() {
            push_folded(character, &mut folded);
        }
    }
    folded
}

/// What [`fold`] makes of a text without any letter to take apart; most texts are such.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    folded
}

/// Lower case, with letters that no normalisation takes apart spelled by their base letters.
fn push_folded(character: char, folded: &mut String) {
    match character {
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' => folded.push('i'),
        // A final sigma is only another shape of sigma.
        'ς' => folded.push('σ'),
        '’' | '‘' => folded.push('\''),
        '‐' | '‑' | '–' => folded.push('-'),
        '\u{ad}' | '\u{200b}' => {}
        other => folded.extend(other.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::arithmetic::{add, multiply, range, subtract};
    use crate::value::{Date, Duration, Moment, Number, Time};

    fn read(text: &str) -> Value {
        let date = Date::parse(text).map(Value::Date);
        let moment = || Moment::parse(text).map(Value::Moment);
        let month = || Month::parse(text).map(Value::Month);
        let time = || Time::parse(text).map(Value::Time);
        let span = || Duration::parse(text).map(Value::Duration);
        let number = || Number::parse(text).map(Value::Number);
        date.or_else(moment).or_else(month).or_else(time).or_else(span).or_else(number).unwrap_or(match text {
            "none" => Value::None,
            _ => Value::Text(text.into()),
        })
    }

    fn shown(result: Result<Value, crate::value::ValueError>) -> String {
        result.map_or_else(|error| error.to_string(), |value| label(&value, &|_| String::new()))
    }

    #[test]
    fn nothing_compares_with_none() {
        for other in ["none", "1", "a", "2026-03-02"] {
            assert_eq!(compare(&Value::None, &read(other)), None);
            assert_eq!(compare(&read(other), &Value::None), None);
            assert_eq!(equals(&Value::None, &read(other)), other == "none");
        }
    }

    #[test]
    fn values_of_one_kind_have_an_order() {
        for (small, large) in [
            ("2", "10"),
            ("3%", "0.031"),
            ("2026-03-02", "2026-03-10"),
            ("2026-02", "2026-03"),
            ("09:30", "17:00"),
            ("2026-03-02 09:12", "2026-03-03"),
            ("Anna", "anna"),
            ("4h", "1d"),
        ] {
            assert_eq!(compare(&read(small), &read(large)), Some(Ordering::Less), "{small} {large}");
            assert_eq!(compare(&read(large), &read(small)), Some(Ordering::Greater), "{small} {large}");
        }
        assert!(equals(&read("2026-03-02 09:12"), &read("2026-03-02")));
        assert!(!equals(&Value::Text("4100".into()), &Value::Number(Number::from_i64(4100))));
        assert!(!equals(&read("Müller"), &read("Muller")));
    }

    #[test]
    fn dates_calculate() {
        for (left, operator, right, expected) in [
            ("2026-03-30", "+", "3d", "2026-04-02"),
            ("2026-03-30", "-", "2w", "2026-03-16"),
            ("2026-03-30", "+", "4h", "2026-03-30 + 4h is not a whole number of days: use a moment"),
            ("1900-01-01", "-", "1d", "1900-01-01 - 1d is outside the years 1900 to 2100"),
            ("2026-03-30", "+", "09:30", "2026-03-30 09:30"),
            ("2026-03-30 23:00", "+", "90m", "2026-03-31 00:30"),
            ("2026-03-30", "-", "2026-03-01", "29d"),
            ("1.5", "*", "1h", "1h 30m"),
            ("2100-12-31", "+", "1d", "2100-12-31 + 1d is outside the years 1900 to 2100"),
            ("2026-03", "+", "1d", "a month + a duration has no meaning"),
            ("09:00", "+", "1d", "09:00 + 1d is not on the same day"),
            ("none", "+", "1", "none"),
        ] {
            let (left, right) = (read(left), read(right));
            let result = match operator {
                "+" => add(&left, &right),
                "-" => subtract(&left, &right),
                _ => multiply(&left, &right),
            };
            assert_eq!(shown(result), expected);
        }
    }

    #[test]
    fn ranges_include_both_ends() {
        let between = |first: &str, last: &str| shown(range(&read(first), &read(last), 20));
        assert_eq!(between("1", "4"), "[1,2,3,4]");
        assert_eq!(between("0.1", "0.3"), "[0.1,0.2,0.3]");
        assert_eq!(between("4", "1"), "[]");
        assert_eq!(between("2025-11", "2026-01"), "[2025-11,2025-12,2026-01]");
        assert_eq!(between("2026-02-27", "2026-03-01"), "[2026-02-27,2026-02-28,2026-03-01]");
        assert_eq!(between("09:00", "17:30"), "09:00..17:30");
        assert_eq!(between("1", "21"), "1..21 has more than 20 members");
        assert_eq!(
            between("1", "9999999999999999999999999999"),
            "1..9999999999999999999999999999 has more than 20 members"
        );
    }

    #[test]
    fn membership() {
        let hours = range(&read("09:00"), &read("17:30"), 1).expect("a range of times");
        let months = range(&read("2026-01"), &read("2026-03"), 9).expect("a list of months");
        assert_eq!(contains(&hours, &read("17:30")), Some(true));
        assert_eq!(contains(&hours, &read("2026-03-02 08:59")), Some(false));
        assert_eq!(contains(&months, &read("2026-02-11")), Some(true));
        assert_eq!(contains(&months, &read("2026-04-11")), Some(false));
        assert_eq!(contains(&read("2026-02"), &read("2026-02-11 12:00")), Some(true));
        assert_eq!(contains(&read("2026-02"), &Value::None), Some(false));
        assert_eq!(contains(&read("1"), &read("1")), None);
    }

    #[test]
    fn labels_do_not_depend_on_writing() {
        let name = |text: &str| label(&read(text), &|_| String::new());
        assert_eq!(name("4100.00"), "4100");
        assert_eq!(name("3%"), name("0.03"));
        assert_eq!(name("2026-03-02 09:12"), "2026-03-02 09:12");
        assert_eq!(name("2026-01"), "2026-01");
    }

    #[test]
    fn folding_ignores_case_width_accents_and_spaces() {
        for (left, right) in [
            ("Total  Opex", " total opex"),
            ("Müller", "MULLER"),
            ("Straße", "STRASSE"),
            ("１２３ Ａ", "123 a"),
            ("45\u{a0}300", "45 300"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(fold(left), fold(right));
        }
        assert_ne!(fold("が"), fold("か"));
    }
}
