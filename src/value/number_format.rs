//! Number formats of cells as a spec names them: money in the world's locale, or a format as it is.

use crate::value::locale::{Currency, Locale, MoneyStyle};
use crate::value::{Number, Value};

/// The most characters of a number format that spreadsheet programs take.
const LONGEST: usize = 250;

/// What may be written, for messages.
pub const KNOWN: &str = "write `money`, `money(0)`, `money(k)`, `money(USD)`, or a format as in a spreadsheet: `0.0%`, `#,##0`, `dd/mm/yyyy`";

/// The format that `money(0)` or `0.0%` names, as spreadsheet programs write it; none if it names no format.
pub fn code(text: &str, home: &'static Currency, locale: &Locale) -> Option<String> {
    match text.strip_prefix("money") {
        Some(arguments) => money(home, arguments).map(|style| locale.money_format(style)),
        None => is_format(text).then(|| text.to_owned()),
    }
}

/// Whether a text names a format, wherever the world is.
pub fn is_known(text: &str) -> bool {
    let any = Currency::named("EUR");
    text.strip_prefix("money").map_or(is_format(text), |arguments| any.and_then(|any| money(any, arguments)).is_some())
}

/// The style that `(0)` or `(USD, 0)` asks for.
fn money(home: &'static Currency, arguments: &str) -> Option<MoneyStyle> {
    let style = MoneyStyle::new(home);
    if arguments.is_empty() {
        return Some(style);
    }
    let inside = arguments.strip_prefix('(')?.strip_suffix(')')?;
    inside.split(',').map(str::trim).try_fold(style, |style, word| match Number::parse(word) {
        Some(places) => style.with(&Value::Number(places)),
        None => style.with(&Value::Text(word.into())),
    })
}

/// Whether a spreadsheet program reads this as a format: digits or parts of a date, other letters only in quotes.
fn is_format(text: &str) -> bool {
    let mut rest = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let closing = match letter {
            '"' => '"',
            '[' => ']',
            '\\' | '_' | '*' => {
                letters.next();
                continue;
            }
            other => {
                rest.push(other);
                continue;
            }
        };
        if !letters.by_ref().any(|letter| letter == closing) {
            return false;
        }
    }
    let dates = rest.chars().filter(char::is_ascii_alphabetic).all(|letter| "ymdhsYMDHSE".contains(letter));
    dates && rest.contains(|letter: char| "0#?@ymdhs".contains(letter)) && text.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_from_words() {
        for good in ["0.0%", "#,##0.00", "dd/mm/yyyy", "[Red]-0", "0\" days\"", "mmm\\ yyyy", "[$£-809]#,##0"] {
            assert!(is_format(good), "{good}");
        }
        for bad in ["percent", "monny", "0\" days", "", "[$£", "General"] {
            assert!(!is_format(bad), "{bad}");
        }
    }

    #[test]
    fn money_takes_what_the_filter_takes() {
        let euro = Currency::named("EUR").expect("the table has the euro");
        let places = |text| money(euro, text).map(|style| (style.currency.code, style.places, style.thousands));
        assert_eq!(places(""), Some(("EUR", None, false)));
        assert_eq!(places("(USD, 0)"), Some(("USD", Some(0), false)));
        assert_eq!(places("(k)"), Some(("EUR", None, true)));
        assert_eq!((places("(x)"), places("(0"), places("s")), (None, None, None));
    }
}
