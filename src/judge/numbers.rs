//! Numbers in the words of people: signs, digits in groups, decimal marks of all locales, scale words, percent and currency.
//!
//! What looks like a number and is none is passed over: dates, times, phones, versions, numbering, letters with digits.
//! Where `1.234` could be read in two ways, the whole text decides once, by numbers that can be read in one way only; if
//! there is none, the locale of the world decides [G4].

mod words;

use rust_decimal::Decimal;

pub(crate) use words::caption_scale;

/// Which character stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Point,
    Comma,
}

/// A number as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// In full: `1,2 Mio.` is 1,200,000, `3 %` is 0.03.
    pub value: Decimal,
    /// What one unit of its last printed digit is worth: 100,000 for `1,2 Mio.`.
    pub unit: Decimal,
    pub percent: bool,
    /// Byte range in the text, sign and scale included.
    pub start: usize,
    pub end: usize,
}

impl Figure {
    /// Whether it prints that value to its own last digit.
    pub(crate) fn prints(&self, value: Decimal) -> bool {
        (self.value - value).abs() * Decimal::TWO <= self.unit
    }
}

/// The decimal mark of a BCP 47 locale.
pub(crate) fn mark_of(locale: &str) -> Mark {
    let language = locale.split('-').next().unwrap_or_default();
    let pointed = matches!(language, "en" | "ja" | "zh" | "ko" | "th" | "he") || matches!(locale, "de-CH" | "es-MX");
    if pointed { Mark::Point } else { Mark::Comma }
}

/// How a text writes its decimals, if any number in it tells.
pub(crate) fn evidence(text: &str) -> Option<Mark> {
    let votes = tokens(text).into_iter().filter_map(|token| unambiguous(&text[token.0..token.1]));
    let (points, commas) = votes.fold((0, 0), |(points, commas), mark| match mark {
        Mark::Point => (points + 1, commas),
        Mark::Comma => (points, commas + 1),
    });
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => Some(Mark::Point),
        std::cmp::Ordering::Less => Some(Mark::Comma),
        std::cmp::Ordering::Equal => None,
    }
}

/// All numbers of a text, in order.
pub(crate) fn figures(text: &str, mark: Mark) -> Vec<Figure> {
    let mut found = Vec::new();
    for (start, end) in tokens(text) {
        if let Some(figure) = figure(text, start, end, mark) {
            found.push(figure);
        }
    }
    found
}

/// The one number that a text is, such as the content of a cell; nothing if there is more or other text than a currency.
pub(crate) fn whole(text: &str, mark: Mark) -> Option<Figure> {
    let text = text.trim();
    let found = figures(text, mark);
    let [figure] = found.as_slice() else { return None };
    let around = [&text[..figure.start], &text[figure.end..]];
    around.iter().all(|part| words::is_currency(part.trim())).then(|| figure.clone())
}

fn is_group_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// Runs of digits with what may stand between them, that no letter touches.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].1.is_ascii_digit() {
            at += 1;
            continue;
        }
        let from = at;
        let mut last = at;
        while let Some(next) = next_digit(&letters, last) {
            last = next;
        }
        let end = letters.get(last + 1).map_or(text.len(), |(end, _)| *end);
        if from > 0 && letters[from - 1].1 == '+' {
            at = behind_phone(&letters, last);
            continue;
        }
        let touched =
            from > 0 && (letters[from - 1].1.is_alphabetic() || matches!(letters[from - 1].1, '_' | '#' | '№'));
        if !touched && !is_other(text, letters[from].0, end) {
            found.push((letters[from].0, end));
        }
        at = last + 1;
    }
    found
}

/// Where a phone number ends that goes on behind its country's code.
fn behind_phone(letters: &[(usize, char)], last: usize) -> usize {
    let rest = letters[last + 1..].iter();
    let part = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')' | '/');
    last + 1 + rest.take_while(|(_, letter)| part(*letter)).count()
}

/// The next digit that belongs to the same number: directly, behind a mark, or behind a space before a group of three.
fn next_digit(letters: &[(usize, char)], last: usize) -> Option<usize> {
    let letter = |at: usize| letters.get(at).map(|(_, letter)| *letter);
    let digit = |at: usize| letter(at).is_some_and(|letter| letter.is_ascii_digit());
    if digit(last + 1) {
        return Some(last + 1);
    }
    let between = letter(last + 1)?;
    let three = digit(last + 2) && digit(last + 3) && digit(last + 4) && !digit(last + 5);
    match between {
        '.' | ',' if digit(last + 2) => Some(last + 2),
        space if is_group_space(space) && three && in_group(letters, last) => Some(last + 2),
        // A date, a time or a range is no number as a whole: it is taken together to be passed over.
        '-' | '/' | ':' if digit(last + 2) && digit(last) => Some(last + 2),
        _ => None,
    }
}

/// Whether the digits up to here can be followed by a group: at most three of them since the last mark.
fn in_group(letters: &[(usize, char)], last: usize) -> bool {
    let run = letters[..=last].iter().rev().take_while(|(_, letter)| letter.is_ascii_digit()).count();
    let before = last.checked_sub(run).map(|at| letters[at].1);
    run <= 3
        && (run == 3
            || !before.is_some_and(|letter| {
                is_group_space(letter) && letters.len() > run + 1 && grouped_before(letters, last - run)
            }))
}

/// Whether the space at that place already joined groups; then the run behind it must be whole.
fn grouped_before(letters: &[(usize, char)], space: usize) -> bool {
    space > 0 && letters[space - 1].1.is_ascii_digit()
}

/// Dates, times, ranges, phones, versions and numbering: digits that are no amount.
fn is_other(text: &str, start: usize, end: usize) -> bool {
    let token = &text[start..end];
    let touches_letter = text[end..].chars().next().is_some_and(|letter| letter.is_alphabetic());
    token.contains(['/', ':'])
        || token.contains('-')
        || is_dotted_date(token)
        || token.matches('.').count() >= 2 && !groups_are_whole(token.split(',').next().unwrap_or_default(), '.')
        || words::is_month_beside(text, start, end)
        || is_numbering(text, start, end)
        || touches_letter && !words::is_unit_behind(&text[end..])
}

/// `4.3.2026`, `04.03.26`.
fn is_dotted_date(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    let small = |part: &&str| part.len() <= 2 && part.parse::<u32>().is_ok_and(|number| (1..=31).contains(&number));
    match parts.as_slice() {
        [day, month, year] => small(day) && small(month) && matches!(year.len(), 2 | 4),
        _ => false,
    }
}

/// `1.` or `2.1` at the beginning of a line, before words.
fn is_numbering(text: &str, start: usize, end: usize) -> bool {
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    if !line.trim().is_empty() {
        return false;
    }
    let rest = &text[end..];
    let short = text[start..end].split('.').all(|part| part.len() <= 2);
    let words = |rest: &str| rest.trim_start().chars().next().is_some_and(char::is_alphabetic);
    short && (rest.starts_with(". ") || rest.starts_with(") ")) && words(&rest[2..])
        || short
            && text[start..end].contains('.')
            && rest.starts_with(' ')
            && words(rest)
            && !words::is_unit_behind(rest)
}

/// Whether every group behind a mark has three digits, and the first at most three.
fn groups_are_whole(token: &str, mark: char) -> bool {
    let mut groups = token.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// The decimal mark of a number that can be read in one way only.
fn unambiguous(token: &str) -> Option<Mark> {
    let last = |mark: char| token.rfind(mark);
    match (last('.'), last(',')) {
        (Some(point), Some(comma)) if point > comma => Some(Mark::Point),
        (Some(_), Some(_)) => Some(Mark::Comma),
        (Some(at), None) => one_kind(token, '.', at, Mark::Point, Mark::Comma),
        (None, Some(at)) => one_kind(token, ',', at, Mark::Comma, Mark::Point),
        (None, None) => None,
    }
}

/// Of a token with one kind of mark: several are groups, one before other than three digits is the decimal mark.
fn one_kind(token: &str, mark: char, at: usize, own: Mark, other: Mark) -> Option<Mark> {
    if token.matches(mark).count() > 1 {
        return Some(other);
    }
    let (first, decimals) = (token[..at].len(), token[at + 1..].len());
    (decimals != 3 || first > 3 || token.starts_with('0')).then_some(own)
}

fn figure(text: &str, start: usize, end: usize, mark: Mark) -> Option<Figure> {
    let token = &text[start..end];
    let mark = unambiguous(token).unwrap_or(mark);
    let decimal_mark = if mark == Mark::Point { '.' } else { ',' };
    let (digits, decimals) = match token.rfind(decimal_mark) {
        Some(at) => (&token[..at], &token[at + 1..]),
        None => (token, ""),
    };
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let places = u32::try_from(decimals.len()).ok()?;
    let value: Decimal = format!("{plain}.{decimals}").trim_end_matches('.').parse().ok()?;
    let (scale, percent, behind) = words::behind(&text[end..]);
    let (negative, first, last) = sign(text, start, end + behind);
    let value = value.checked_mul(scale)?;
    let unit = Decimal::new(1, places.min(28)).checked_mul(scale)?;
    Some(Figure { value: if negative { -value } else { value }, unit, percent, start: first, end: last })
}

/// Whether a minus, parentheses or a trailing minus makes it negative, and the range with sign and currency.
fn sign(text: &str, start: usize, end: usize) -> (bool, usize, usize) {
    let before = &text[..start];
    let bare = words::without_currency_behind(before);
    let minus = |text: &str| text.ends_with(['-', '−', '–', '\u{2010}', '\u{2011}']);
    let stands_alone = |text: &str| {
        let rest = text.trim_end_matches(['-', '−', '–', '\u{2010}', '\u{2011}']);
        rest.chars()
            .next_back()
            .is_none_or(|letter| !letter.is_alphanumeric() && !letter.is_whitespace() || letter.is_whitespace())
    };
    for candidate in [before, bare] {
        if minus(candidate) && stands_alone(candidate) && !is_dash_between_words(candidate) {
            let at = candidate.char_indices().next_back().map_or(start, |(at, _)| at);
            return (true, at, end);
        }
    }
    let behind = &text[end..];
    let after_currency = words::without_currency_before(behind);
    if bare.ends_with('(') && (behind.starts_with(')') || after_currency.starts_with(')')) {
        let close = text.len() - after_currency.len() + 1;
        return (true, bare.len() - 1, close.min(text.len()));
    }
    let trailing = behind.chars().next().filter(|letter| matches!(letter, '-' | '−'));
    let alone = |rest: &str| rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric());
    match trailing {
        Some(letter) if alone(&behind[letter.len_utf8()..]) => (true, start, end + letter.len_utf8()),
        _ => (false, start, end),
    }
}

/// `Brno – 45,300`: a dash with space on both sides separates, it is no sign.
fn is_dash_between_words(text: &str) -> bool {
    text.ends_with(['–', '—']) && text[..text.len() - '–'.len_utf8()].ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line of the table: locale, text, the numbers in it in full, separated by `;`.
    #[test]
    fn numbers_are_read_as_people_write_them() {
        let table = include_str!("../../tests/judge/numbers.tsv");
        let mut seen = 0;
        let mut wrong = Vec::new();
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let [locale, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line:?}");
            };
            let text = text.replace("\\n", "\n");
            let mark = evidence(&text).unwrap_or_else(|| mark_of(locale));
            let read: Vec<String> =
                figures(&text, mark).iter().map(|figure| figure.value.normalize().to_string()).collect();
            if read.join(";") != expected {
                wrong.push(format!("{locale} {text:?}: read {}, expected {expected}", read.join(";")));
            }
            seen += 1;
        }
        assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(seen >= 300, "{seen}");
    }

    #[test]
    fn a_figure_prints_what_its_last_digit_rounds_to() {
        let figure = |text: &str| figures(text, Mark::Comma).remove(0);
        let value = Decimal::new(4_535_049, 2);
        assert!(figure("45,4 T€").prints(value) && !figure("45,3 T€").prints(value));
        assert!(
            figure("45.350").prints(value) && figure("45.350,49").prints(value) && !figure("45.350,48").prints(value)
        );
    }
}
