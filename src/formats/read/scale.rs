//! Captions by which a sheet or table says that its numbers stand for more than they print: `in T€`, `EUR k`, `(in thousands)`.

/// Longest text that is taken for a caption; sentences that speak of thousands are none.
const LONGEST: usize = 80;

/// Words and signs for a power of ten, as offices in English, German, French, Spanish, Italian, Dutch, Polish and Czech
/// write them. A word may carry a currency sign behind or before it.
const WORDS: [(&str, i32); 47] = [
    ("t", 3),
    ("k", 3),
    ("tsd", 3),
    ("tausend", 3),
    ("thousand", 3),
    ("thousands", 3),
    ("000s", 3),
    ("'000", 3),
    ("’000", 3),
    ("000", 3),
    ("thd", 3),
    ("milliers", 3),
    ("millier", 3),
    ("miles", 3),
    ("mil", 3),
    ("migliaia", 3),
    ("mgl", 3),
    ("duizend", 3),
    ("duizenden", 3),
    ("tys", 3),
    ("tis", 3),
    ("m", 6),
    ("mn", 6),
    ("mm", 6),
    ("mio", 6),
    ("mln", 6),
    ("mil.", 6),
    ("million", 6),
    ("millions", 6),
    ("millionen", 6),
    ("milliones", 6),
    ("millones", 6),
    ("milioni", 6),
    ("miljoen", 6),
    ("milionů", 6),
    ("milionów", 6),
    ("b", 9),
    ("bn", 9),
    ("mrd", 9),
    ("md", 9),
    ("mld", 9),
    ("billion", 9),
    ("billions", 9),
    ("milliarde", 9),
    ("milliarden", 9),
    ("milliards", 9),
    ("miliard", 9),
];
const CURRENCIES: [&str; 20] = [
    "€", "$", "£", "¥", "eur", "usd", "gbp", "chf", "pln", "czk", "sek", "dkk", "nok", "huf", "jpy", "euros", "euro",
    "kč", "zł", "kr",
];
/// Words that may stand beside: `amounts in`, `all figures in`.
const LINKS: [&str; 12] = ["in", "of", "en", "w", "v", "di", "de", "as", "all", "amounts", "figures", "values"];

/// The power of ten that a caption states: 3 for `in T€`; none if the text is no such caption.
pub(super) fn power(text: &str) -> Option<i32> {
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let inside = bracketed(&lower);
    inside.into_iter().chain(std::iter::once(lower.as_str())).find_map(stated)
}

/// What stands in round or square brackets.
fn bracketed(text: &str) -> Vec<&str> {
    let parts = text.split(['(', '[']).skip(1);
    parts.filter_map(|part| part.split([')', ']']).next()).collect()
}

/// A text that names a scale and a currency, or says `in` before the scale; words before that are the heading's.
fn stated(text: &str) -> Option<i32> {
    let spaced = text.replace("d'", "").replace("d’", "");
    let words: Vec<&str> =
        spaced.split_whitespace().map(|word| word.trim_matches([',', ':', ';', '/', '-', '–'])).collect();
    let tail = words.iter().rposition(|word| !is_known(word)).map_or(0, |at| at + 1);
    let known = &words[tail..];
    let scale = known.iter().find_map(|word| scale(word))?;
    let whole = tail == 0;
    let linked = known.iter().any(|word| LINKS.contains(word));
    let money = known.iter().any(|word| has_currency(word));
    (linked || money || (whole && known.iter().any(|word| word.len() > 2))).then_some(scale)
}

fn is_known(word: &&str) -> bool {
    LINKS.contains(word) || scale(word).is_some() || CURRENCIES.contains(word)
}

/// The power a word such as `T€`, `k€`, `$m` or `Mio.` stands for.
fn scale(word: &str) -> Option<i32> {
    let known = |word: &str| WORDS.iter().find(|(known, _)| *known == word).map(|(_, power)| *power);
    let bare = without_currency(word);
    known(bare).or_else(|| known(bare.trim_end_matches('.')))
}

fn without_currency(word: &str) -> &str {
    for currency in CURRENCIES {
        let bare = word.strip_suffix(currency).or_else(|| word.strip_prefix(currency));
        if let Some(bare) = bare.filter(|bare| !bare.is_empty()) {
            return bare;
        }
    }
    word
}

fn has_currency(word: &str) -> bool {
    CURRENCIES.contains(&word) || without_currency(word) != word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_state_their_scale() {
        for (text, expected) in [
            ("in T€", Some(3)),
            ("Amounts in EUR k", Some(3)),
            ("(in thousands)", Some(3)),
            ("Opex by month (T€)", Some(3)),
            ("All figures in $m", Some(6)),
            ("Mio. €", Some(6)),
            ("Umsatz in Mio. EUR", Some(6)),
            ("€ '000", Some(3)),
            ("kEUR", Some(3)),
            ("USD bn", Some(9)),
            ("in tis. Kč", Some(3)),
            ("en milliers d'euros", Some(3)),
            ("in thousands", Some(3)),
            ("Team T", None),
            ("Size M", None),
            ("T", None),
            ("Plan", None),
            ("1000", None),
            ("in 2026", None),
            ("We expect thousands of visitors", None),
        ] {
            assert_eq!(power(text), expected, "{text}");
        }
    }
}
