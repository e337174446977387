//! The filters of text that need neither locale nor language [X3]; a filter gives none for a value it has no meaning for.

use crate::value::{Date, Month, Value};

/// Characters that Windows, macOS or Linux forbid in a name.
const FORBIDDEN: &str = "<>:\"/\\|?*";

/// Bytes of a name that every file system holds.
pub(crate) const LONGEST_NAME: usize = 255;

/// Names that Windows keeps for devices, whatever the extension.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

/// The day of a date or moment.
pub fn date_of(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Moment(moment) => Some(moment.date()),
        _ => None,
    }
}

/// The month of a month, date or moment.
pub fn month_of(value: &Value) -> Option<Month> {
    match value {
        Value::Month(month) => Some(*month),
        _ => date_of(value).map(Date::month),
    }
}

/// `iso`: 2026-03-02, or 2026-03 of a month.
pub fn iso(value: &Value) -> Option<String> {
    match value {
        Value::Month(month) => Some(month.to_string()),
        _ => date_of(value).map(|date| date.to_string()),
    }
}

/// `ym`: 2026-03.
pub fn ym(value: &Value) -> Option<String> {
    month_of(value).map(|month| month.to_string())
}

/// `ymd`: 20260302.
pub fn ymd(value: &Value) -> Option<String> {
    date_of(value).map(|date| date.to_string().replace('-', ""))
}

/// `pad(3)`: 007, for whole numbers and codes.
pub fn pad(value: &Value, width: usize) -> Option<String> {
    let (sign, digits) = match value {
        Value::Number(number) => {
            let whole = number.to_i64()?;
            (if whole < 0 { "-" } else { "" }, whole.unsigned_abs().to_string())
        }
        Value::Text(text) => ("", text.to_string()),
        _ => return None,
    };
    let missing = width.min(64).saturating_sub(digits.chars().count());
    Some(format!("{sign}{}{digits}", "0".repeat(missing)))
}

/// `filename`: text that every operating system accepts as the name of a file.
pub fn filename(text: &str) -> String {
    let safe = |character: char| FORBIDDEN.contains(character) || character.is_control();
    let replaced: String = text.chars().map(|character| if safe(character) { '-' } else { character }).collect();
    let trimmed = replaced.trim().trim_end_matches(['.', ' ']);
    match trimmed {
        "" => "-".to_string(),
        name if is_device(name) => format!("_{name}"),
        name => name.to_string(),
    }
}

/// Whether Windows keeps a name for a device, whatever extension it has.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let (word, digit) = match stem.char_indices().nth(3) {
        Some((at, _)) => stem.split_at(at),
        None => (stem.as_str(), ""),
    };
    let numbered = matches!(word, "COM" | "LPT");
    let single = digit.len() == 1 && digit.bytes().all(|byte| (b'1'..=b'9').contains(&byte));
    DEVICES.contains(&word) && if numbered { single } else { digit.is_empty() }
}

/// `bullets`: one line of a Markdown list for each text; further lines of a text are indented below it.
pub fn bullets<T: AsRef<str>>(items: &[T]) -> String {
    let lines: Vec<String> =
        items.iter().map(|item| format!("- {}", item.as_ref().trim().replace('\n', "\n  "))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Moment, Number};

    #[test]
    fn dates_print_in_fixed_forms() {
        let moment = Value::Moment(Moment::parse("2026-03-02 09:12").expect("a moment"));
        let month = Value::Month(Month::parse("2026-03").expect("a month"));
        assert_eq!(iso(&moment).as_deref(), Some("2026-03-02"));
        assert_eq!(ym(&moment).as_deref(), Some("2026-03"));
        assert_eq!(ymd(&moment).as_deref(), Some("20260302"));
        assert_eq!((iso(&month).as_deref(), ymd(&month)), (Some("2026-03"), None));
        assert_eq!(ym(&Value::None), None);
    }

    #[test]
    fn padding_keeps_what_is_longer() {
        let padded = |whole: i32, width| pad(&Value::Number(Number::from(whole)), width);
        assert_eq!(padded(7, 3).as_deref(), Some("007"));
        assert_eq!(padded(-7, 3).as_deref(), Some("-007"));
        assert_eq!(padded(12345, 3).as_deref(), Some("12345"));
        assert_eq!(pad(&Value::Text("A1".into()), 4).as_deref(), Some("00A1"));
        assert_eq!(pad(&Value::Number(Number::parse("1.5").expect("a number")), 3), None);
    }

    #[test]
    fn names_become_safe_for_every_system() {
        for (text, name) in [
            ("Close 02/2026: draft?", "Close 02-2026- draft-"),
            (" report. ", "report"),
            ("con", "_con"),
            ("LPT1.txt", "_LPT1.txt"),
            ("COM10", "COM10"),
            ("Contract", "Contract"),
            ("...", "-"),
            ("ÄÖÜ.pdf", "ÄÖÜ.pdf"),
        ] {
            assert_eq!(filename(text), name);
            assert_eq!(filename(name), name, "a good name stays");
        }
    }

    #[test]
    fn bullets_indent_further_lines() {
        assert_eq!(bullets(&["one", "two\nlines"]), "- one\n- two\n  lines");
        assert_eq!(bullets::<&str>(&[]), "");
    }
}
