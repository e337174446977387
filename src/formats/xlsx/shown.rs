//! How many characters a number or date takes in its number format.

use super::styles;
use crate::document::CellValue;
use crate::value::Number;

/// Letters of the longest name of a month and of a weekday, and of their short forms, in any language of the house.
const MONTH: usize = 14;
const SHORT_MONTH: usize = 5;
const WEEKDAY: usize = 13;

/// Characters of a number, date, month or moment in `format`, or in the format that follows the value.
pub(super) fn width(value: &CellValue, format: Option<&str>) -> usize {
    let (CellValue::Number(number), None) = (value, format) else {
        let own = format.map_or_else(|| styles::code_of(value), str::to_owned);
        return in_format(value, &own);
    };
    // What most cells are, without reading a format: grouped digits and places.
    let places = if number.percent { number.places.saturating_sub(2).min(4) } else { number.places.min(8) };
    let point = usize::from(places > 0);
    let digits = whole_digits(*number, if number.percent { 2 } else { 0 });
    digits + (digits - 1) / 3 + point + usize::from(places) + usize::from(number.percent) + 1
}

/// The same by the letters of a format. Where a section is for negative numbers, the longest of all counts.
fn in_format(value: &CellValue, format: &str) -> usize {
    sections(format).map(|section| section_width(value, section)).max().unwrap_or(0)
}

/// The parts of a format between semicolons that are not quoted.
fn sections(format: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    format.split(move |letter| {
        quoted ^= letter == '"';
        letter == ';' && !quoted
    })
}

fn section_width(value: &CellValue, section: &str) -> usize {
    if section.eq_ignore_ascii_case("general") {
        return general(value);
    }
    let mut width = 0;
    let mut digits = Digits::default();
    let mut letters = section.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => width += letters.by_ref().take_while(|letter| *letter != '"').count(),
            '\\' | '_' => {
                letters.next();
                width += 1;
            }
            '*' => drop(letters.next()),
            '[' => width += bracket(&letters.by_ref().take_while(|letter| *letter != ']').collect::<String>()),
            '0' | '#' | '?' | '.' | ',' | '%' => digits.read(letter),
            'y' | 'm' | 'd' | 'h' | 's' => {
                let mut run = 1;
                while letters.next_if_eq(&letter).is_some() {
                    run += 1;
                }
                width += date_part(letter, run);
            }
            _ => width += 1,
        }
    }
    match value {
        CellValue::Number(number) => width + digits.width(*number),
        _ => width + digits.places,
    }
}

/// The digits a number has, of which programs show at most eleven with sign and point.
fn general(value: &CellValue) -> usize {
    match value {
        CellValue::Number(number) => number.canonical().len().min(11),
        _ => 11,
    }
}

/// A currency in brackets is shown; a colour, a condition or a language is not.
fn bracket(inside: &str) -> usize {
    inside.strip_prefix('$').map_or(0, |currency| currency.split('-').next().unwrap_or_default().chars().count())
}

fn date_part(letter: char, run: usize) -> usize {
    match (letter, run) {
        ('y', 1 | 2) => 2,
        ('y', _) => 4,
        ('m', 3) => SHORT_MONTH,
        ('m', 4..) => MONTH,
        ('d', 3) => 4,
        ('d', 4..) => WEEKDAY,
        _ => 2,
    }
}

/// What the digits of a section say.
#[derive(Default)]
struct Digits {
    whole: bool,
    point: bool,
    places: usize,
    grouped: bool,
    /// Commas behind the last digit: each divides by a thousand.
    thousands: u32,
    percent: bool,
}

impl Digits {
    fn read(&mut self, letter: char) {
        match letter {
            '.' => self.point = true,
            ',' => self.thousands += 1,
            '%' => self.percent = true,
            _ => {
                // A comma before a digit groups.
                self.grouped |= self.thousands > 0;
                self.thousands = 0;
                self.whole = true;
                self.places += usize::from(self.point);
            }
        }
    }

    fn width(&self, number: Number) -> usize {
        let percent = usize::from(self.percent);
        if !self.whole {
            return percent;
        }
        let digits =
            whole_digits(number, 2 * u32::from(self.percent)).saturating_sub(3 * self.thousands as usize).max(1);
        let groups = if self.grouped { (digits - 1) / 3 } else { 0 };
        // One more for the sign.
        digits + groups + usize::from(self.places > 0) + self.places + percent + 1
    }
}

/// Digits before the point of a number times 10^`shift`, at least one; one more where rounding may carry.
fn whole_digits(number: Number, shift: u32) -> usize {
    let (size, scale) = (number.decimal.mantissa().unsigned_abs(), number.decimal.scale());
    let digits = size.checked_ilog10().map_or(0, |log| log as usize + 1) + shift as usize;
    digits.saturating_sub(scale as usize).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, Moment, Month};

    #[test]
    fn formats_take_what_they_show() {
        let number = |text: &str| CellValue::Number(Number::parse(text).expect("a number"));
        let day = CellValue::Date(Date::parse("2026-03-02").expect("a date"));
        for (value, format, shown) in [
            (number("1_245_300.50"), "#,##0.00", "-1,245,300.50"),
            (number("1_245_300.50"), "#,##0.00\"\u{a0}€\"", "-1,245,300.50 €"),
            (number("1_245_300.50"), "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "--£1,245,300.50"),
            (number("1_245_300.50"), "#,##0.0,\"\u{a0}T€\"", "-1,245.3 T€"),
            (number("7"), "000", "-7"),
            (number("0.125"), "0.0%", "-12.5%"),
            (number("12.5"), "General", "12.5"),
            (number("12.5"), "\"yes\";\"no\"", "yes"),
            (day.clone(), "dd\\.mm\\.yyyy", "02.03.2026"),
            (day, "[$-407]mmm\\ yyyy", "Sept. 2026"),
        ] {
            assert_eq!(width(&value, Some(format)), shown.chars().count(), "{format}");
        }
        assert_eq!(width(&number("1_245_300.50"), None), "-1,245,300.50".len());
        assert_eq!(width(&CellValue::Month(Month(2026 * 12)), None), "Sept. 2026".len());
        assert_eq!(width(&CellValue::Moment(Moment(1_770_283_800)), None), "2026-02-05 09:30".len());
    }
}
