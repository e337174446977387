//! The words around a number: scales, percent, currencies, months.

use rust_decimal::Decimal;

/// Words and signs behind a number that multiply it, with their power of ten. Longer ones come before their beginnings.
const SCALES: &[(&str, u32)] = &[
    ("thousands", 3),
    ("thousand", 3),
    ("tausend", 3),
    ("milliers", 3),
    ("millions", 6),
    ("millionen", 6),
    ("millones", 6),
    ("milhões", 6),
    ("milioni", 6),
    ("million", 6),
    ("miljoen", 6),
    ("milliarden", 9),
    ("milliards", 9),
    ("miliardi", 9),
    ("billion", 9),
    ("miljard", 9),
    ("tsd.", 3),
    ("tsd", 3),
    ("tys.", 3),
    ("tys", 3),
    ("tis.", 3),
    ("dzd.", 3),
    ("mila", 3),
    ("mil", 3),
    ("mrd.", 9),
    ("mrd", 9),
    ("mld", 9),
    ("mio.", 6),
    ("mio", 6),
    ("mln.", 6),
    ("mln", 6),
    ("mn", 6),
    ("bn", 9),
    ("t€", 3),
    ("k€", 3),
    ("m€", 6),
    ("teur", 3),
    ("keur", 3),
    ("meur", 6),
    ("tgbp", 3),
    ("k£", 3),
    ("k$", 3),
    ("k", 3),
    ("m", 6),
];

/// Words behind a number that make it a share of a hundred.
const PERCENTS: &[&str] = &[
    "%",
    "percentage points",
    "percent",
    "per cent",
    "prozentpunkte",
    "prozent",
    "pour cent",
    "por ciento",
    "procent",
    "procenta",
    "per cento",
    "pp",
];

const CURRENCIES: &[&str] = &[
    "€", "$", "£", "¥", "eur", "usd", "gbp", "chf", "pln", "czk", "sek", "nok", "dkk", "jpy", "kč", "zł", "kr", "fr.",
    "euros", "euro", "pounds", "dollars", "us$",
];

const MONTHS: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
];

/// Words before a number that make it a name: `page 3`, `No. 12`.
const NAMES: &[&str] = &[
    "page", "seite", "no.", "nr.", "nr", "number", "version", "v.", "section", "chapter", "figure", "table", "slide",
    "week", "kw", "clause", "§", "line",
];

/// Scale and percent behind a number: what it is multiplied with, and how many bytes that takes.
pub(super) fn behind(rest: &str) -> (Decimal, bool, usize) {
    let space = leading_space(rest);
    if let Some(length) = PERCENTS.iter().find_map(|word| begins(&rest[space..], word)) {
        return (Decimal::new(1, 2), true, space + length);
    }
    for (word, power) in SCALES {
        if let Some(length) = begins(&rest[space..], word) {
            // `5 m` is a length and `5 k` nothing; letters alone scale only where they touch or a currency follows.
            let touches = space == 0 || word.chars().count() > 1 || starts_with_currency(&rest[space + length..]);
            if touches
                && !(word.len() == 1 && *word == "m" && space > 0 && !starts_with_currency(&rest[space + length..]))
            {
                return (Decimal::from(10_i64.pow(*power)), false, space + length);
            }
        }
    }
    (Decimal::ONE, false, 0)
}

/// The power of ten that a caption gives the numbers below or beside it: "in T€", "in thousands", "EUR k".
pub(crate) fn caption_scale(text: &str) -> Option<u32> {
    let folded = text.to_lowercase();
    let after = |mark: &str| folded.split(mark).skip(1).map(str::trim_start).map(str::to_owned).collect::<Vec<_>>();
    let candidates =
        [after("in "), after("("), after("eur "), after("£ "), after("€ "), after("en "), after("w ")].concat();
    let scale = |rest: &String| SCALES.iter().find_map(|(word, power)| begins(rest, word).map(|_| *power));
    candidates.iter().find_map(scale)
}

/// Whether what touches a number is a unit or scale rather than the rest of a code.
pub(super) fn is_unit_behind(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let known = |words: &[&str]| words.iter().any(|word| begins(rest, word).is_some());
    known(PERCENTS) || known(CURRENCIES) || SCALES.iter().any(|(word, _)| begins(rest, word).is_some())
}

/// Whether a month's name stands beside it: `4 March 2026`, `März 2026`, `March 4`; or it is the name of a thing.
pub(super) fn is_month_beside(text: &str, start: usize, end: usize) -> bool {
    let token = &text[start..end];
    let whole = token.chars().all(|letter| letter.is_ascii_digit());
    let before = text[..start].trim_end_matches([' ', '\u{a0}', '.', ',']).to_lowercase();
    let before_word = text[..start].trim_end().to_lowercase();
    let behind = text[end..].trim_start_matches(['.', ' ', '\u{a0}', ',']).to_lowercase();
    let ends = |word: &&str| before.strip_suffix(*word).is_some_and(|rest| !rest.ends_with(char::is_alphabetic));
    let named = NAMES
        .iter()
        .any(|word| before_word.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphabetic)));
    let starts = |word: &&str| begins(&behind, word).is_some();
    let ordinal = ["st ", "nd ", "rd ", "th "].iter().any(|ending| text[end..].starts_with(ending));
    whole && token.len() <= 4 && (MONTHS.iter().any(ends) || token.len() <= 2 && MONTHS.iter().any(starts))
        || whole && token.len() == 4 && is_year_behind_month(&before)
        || whole && (named || ordinal)
}

/// `March 4, 2026`: the year behind a day behind a month.
fn is_year_behind_month(before: &str) -> bool {
    let rest = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let day = before.len() - rest.len();
    let rest = rest.trim_end_matches([' ', '.', ',']);
    (1..=2).contains(&day) && MONTHS.iter().any(|word| rest.ends_with(word))
}

/// Whether a text is a currency, or nothing.
pub(super) fn is_currency(text: &str) -> bool {
    let folded = text.to_lowercase();
    folded.is_empty() || CURRENCIES.contains(&folded.as_str())
}

fn starts_with_currency(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    CURRENCIES.iter().any(|word| begins(rest, word).is_some())
}

/// A text without the currency it ends with.
pub(super) fn without_currency_behind(text: &str) -> &str {
    let bare = text.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let folded = bare.to_lowercase();
    let word = CURRENCIES.iter().find(|word| folded.ends_with(**word) && folded.len() == bare.len());
    word.map_or(text, |word| bare[..bare.len() - word.len()].trim_end_matches([' ', '\u{a0}', '\u{202f}']))
}

/// A text without the currency it begins with.
pub(super) fn without_currency_before(text: &str) -> &str {
    let bare = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let length = CURRENCIES.iter().find_map(|word| begins(bare, word));
    length.map_or(text, |length| bare[length..].trim_start_matches([' ', '\u{a0}', '\u{202f}']))
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len()
}

/// The bytes of a word that a text begins with, as a whole word, whatever its case.
fn begins(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in word.chars() {
        let (_, letter) = rest.next()?;
        if letter != wanted && !letter.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let end = rest.next().map_or(text.len(), |(at, _)| at);
    let open = word.chars().next_back().is_some_and(char::is_alphabetic);
    let goes_on = text[end..].chars().next().is_some_and(|letter| letter.is_alphabetic());
    (!(open && goes_on)).then_some(end)
}
