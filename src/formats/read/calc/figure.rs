//! Numbers as spreadsheets hold them: seventeen significant digits and a power of ten, exact in what they say.

use std::cmp::Ordering;
use std::fmt;

use crate::value::Number;

/// What a cell can tell apart; more digits of a result depend on the order of additions and on the machine.
pub(crate) const COMPARED: u32 = 12;
/// What an office program prints at most.
const PRINTED: u32 = 15;
const HELD: u32 = 17;

/// `digits` × 10^`power`; the digits end in no nought, nought itself has power 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    negative: bool,
    digits: u64,
    power: i32,
}

impl Figure {
    pub(crate) const ZERO: Figure = Figure { negative: false, digits: 0, power: 0 };

    /// Reads `1234.5`, `-1.5E-07`; none if it is no number. Digits beyond the seventeenth are rounded away.
    pub(crate) fn parse(text: &str) -> Option<Figure> {
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut figure = Figure { negative, digits: 0, power: 0 };
        let mut dropped: i32 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
            match figure.digits < 10_u64.pow(HELD) {
                true => figure.digits = figure.digits * 10 + digit,
                false => dropped = dropped.checked_add(1)?,
            }
        }
        figure.power = power.checked_add(dropped)?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(figure.rounded(HELD))
    }

    /// The same in at most so many significant digits, halves away from zero.
    pub(crate) fn rounded(self, significant: u32) -> Figure {
        let Figure { negative, mut digits, mut power } = self;
        let length = digits.checked_ilog10().map_or(0, |log| log + 1);
        if length > significant {
            let unit = 10_u64.pow(length - significant);
            digits = (digits + unit / 2) / unit;
            power = power.saturating_add((length - significant) as i32);
        }
        while digits != 0 && digits.is_multiple_of(10) {
            digits /= 10;
            power = power.saturating_add(1);
        }
        match digits {
            0 => Figure::ZERO,
            _ => Figure { negative, digits, power },
        }
    }

    /// Whether two results are one: they differ by no more than a unit of the twelfth digit.
    pub(crate) fn agrees(self, other: Figure) -> bool {
        if self.digits == 0 || other.digits == 0 || self.negative != other.negative {
            return self == other;
        }
        let (left, right) = (self.filled(), other.filled());
        let (high, low) = if left.1 >= right.1 { (left, right) } else { (right, left) };
        // Just below a power of ten the one has eleven digits where the other has twelve.
        match high.1.saturating_sub(low.1) {
            0 => high.0.abs_diff(low.0) <= 1,
            1 => (high.0 * 10).abs_diff(low.0) <= 10,
            _ => false,
        }
    }

    /// Whether the number is so small beside `scale` that adding and taking away in another order makes it nought.
    pub(crate) fn vanishes_beside(self, scale: Figure) -> bool {
        self.digits == 0 || (scale.digits != 0 && self.filled().1 + COMPARED as i32 <= scale.filled().1)
    }

    /// Twelve digits exactly, and their power.
    fn filled(self) -> (u64, i32) {
        let Figure { digits, power, .. } = self.rounded(COMPARED);
        let missing = COMPARED - digits.checked_ilog10().map_or(0, |log| log + 1);
        (digits * 10_u64.pow(missing), power.saturating_sub(missing as i32))
    }

    /// The exact decimal, if it has at most twelve places and 28 digits.
    pub(crate) fn number(self) -> Option<Number> {
        Number::parse(&self.plain(HELD))
    }

    /// As days since an epoch: whole days, and the part of the day in seconds, rounded.
    pub(crate) fn days(self) -> Option<(i64, i64)> {
        let scale = 10_i128.checked_pow(u32::try_from(-self.power.min(0)).ok()?)?;
        let size = i128::from(self.digits).checked_mul(10_i128.checked_pow(u32::try_from(self.power.max(0)).ok()?)?)?;
        let size = if self.negative { -size } else { size };
        let seconds = (size.rem_euclid(scale).checked_mul(86_400)? + scale / 2) / scale;
        Some((i64::try_from(size.div_euclid(scale)).ok()?, seconds as i64))
    }

    /// Without its sign.
    pub(crate) fn size(self) -> Figure {
        Figure { negative: false, ..self }
    }

    pub(crate) fn is_negative(self) -> bool {
        self.negative
    }

    /// All digits, for programs: `12345E-2`.
    pub(super) fn exact(self) -> String {
        format!("{}{}E{}", if self.negative { "-" } else { "" }, self.digits, self.power)
    }

    /// In plain digits where that is readable: `0.3`, `-1200000`, `1E+30`.
    fn plain(self, significant: u32) -> String {
        let figure = self.rounded(significant);
        let sign = if figure.negative { "-" } else { "" };
        let digits = figure.digits.to_string();
        let whole = digits.len() as i64 + i64::from(figure.power);
        match figure.power {
            0.. if whole <= 21 => format!("{sign}{digits}{}", "0".repeat(figure.power as usize)),
            ..0 if whole > 0 => {
                let (whole, fraction) = digits.split_at(whole as usize);
                format!("{sign}{whole}.{fraction}")
            }
            ..0 if whole > -12 => format!("{sign}0.{}{digits}", "0".repeat(-whole as usize)),
            _ => {
                let (first, rest) = digits.split_at(1);
                let point = if rest.is_empty() { "" } else { "." };
                let power = whole - 1;
                let plus = if power < 0 { "" } else { "+" };
                format!("{sign}{first}{point}{rest}E{plus}{power}")
            }
        }
    }
}

impl Ord for Figure {
    fn cmp(&self, other: &Figure) -> Ordering {
        let sign = |figure: &Figure| if figure.digits == 0 { 0 } else { 1 - 2 * i8::from(figure.negative) };
        let size = |figure: &Figure| {
            let missing = HELD + 1 - figure.digits.checked_ilog10().unwrap_or(0);
            (figure.power.saturating_sub(missing as i32), figure.digits.saturating_mul(10_u64.pow(missing)))
        };
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.negative => size(other).cmp(&size(self)),
            Ordering::Equal => size(self).cmp(&size(other)),
            unequal => unequal,
        }
    }
}

impl PartialOrd for Figure {
    fn partial_cmp(&self, other: &Figure) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.plain(PRINTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Figure {
        Figure::parse(text).expect("the test writes a number")
    }

    #[test]
    fn numbers_print_as_people_read_them() {
        for (text, printed) in [
            ("0.30000000000000004", "0.3"),
            ("1200000", "1200000"),
            ("1.2E6", "1200000"),
            ("-0", "0"),
            (".5", "0.5"),
            ("1E-3", "0.001"),
            ("12345678901234567890", "12345678901234600000"),
            ("1E+30", "1E+30"),
            ("-2.5e-20", "-2.5E-20"),
            ("000.100", "0.1"),
        ] {
            assert_eq!(figure(text).to_string(), printed, "{text}");
        }
        for text in ["", "-", ".", "1,5", "0x1", "1e", "1e99999999999", "NaN", "١"] {
            assert_eq!(Figure::parse(text), None, "{text}");
        }
    }

    #[test]
    fn results_agree_in_twelve_digits() {
        let same =
            [("0.1", "0.10000000000000001"), ("999999999999.9", "1000000000000"), ("0", "-0"), ("1E300", "1.0E300")];
        for (left, right) in same {
            assert!(figure(left).agrees(figure(right)), "{left} {right}");
        }
        for (left, right) in [("1", "1.0000000001"), ("1", "-1"), ("0", "1E-300"), ("1E10", "1E11"), ("9", "100")] {
            assert!(!figure(left).agrees(figure(right)), "{left} {right}");
        }
        assert!(figure("1.8E-12").vanishes_beside(figure("210000")));
        assert!(!figure("1.8E-3").vanishes_beside(figure("210000")));
    }

    #[test]
    fn numbers_are_ordered_by_size() {
        let ascending = ["-1E10", "-2", "-1.5", "0", "1E-20", "0.5", "9.99", "10", "12345678901234567", "1E+30"];
        for pair in ascending.windows(2) {
            assert!(figure(pair[0]) < figure(pair[1]), "{pair:?}");
        }
        assert_eq!(figure("100").cmp(&figure("1E2")), Ordering::Equal);
    }

    #[test]
    fn days_split_into_date_and_time() {
        assert_eq!(figure("46054.5").days(), Some((46_054, 43_200)));
        assert_eq!(figure("-0.25").days(), Some((-1, 64_800)));
        assert_eq!(figure("1E20").days(), None);
    }
}
