//! The one numeric type [V1]: exact decimals with their own arithmetic, because a library that rounds silently when it
//! runs out of digits would make two equal specs print different numbers.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use crate::value::digits::{MOST_PLACES, drop_digits, product, quotient, shorten};
use crate::value::error::ValueError;

/// No number has this many digits or more: 10^28.
const TOO_LARGE: u128 = 10_u128.pow(28);

/// An exact decimal of at most 28 digits, with the places it prints and whether it was written in percent.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    pub decimal: Decimal,
    /// Digits after the point when printed without a filter [V5]; of a percentage those of the fraction it stands for.
    pub places: u8,
    /// `3%` is 0.03 with a percent face [V2].
    pub percent: bool,
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.decimal == other.decimal
    }
}
impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        self.decimal.cmp(&other.decimal)
    }
}

impl From<i32> for Number {
    fn from(whole: i32) -> Number {
        Number::from_i64(i64::from(whole))
    }
}

impl Number {
    /// Nought, without places.
    pub const ZERO: Number = Number { decimal: Decimal::ZERO, places: 0, percent: false };

    /// A whole number.
    pub fn from_i64(whole: i64) -> Number {
        Number { decimal: Decimal::from(whole), places: 0, percent: false }
    }

    /// `mantissa` × 10^−`scale`, rounded to at most twelve places; none if that needs more than 28 digits.
    pub fn from_parts(mantissa: i128, scale: u32, places: u8) -> Option<Number> {
        let (size, scale) = shorten(mantissa.unsigned_abs(), scale);
        if size >= TOO_LARGE {
            return None;
        }
        let signed = i128::try_from(size).ok()? * mantissa.signum();
        let decimal = Decimal::try_from_i128_with_scale(signed, scale).ok()?;
        Some(Number { decimal, places: places.min(MOST_PLACES), percent: false })
    }

    /// Reads `1_000.50`, `-3` or `2.5%`; none if it is not a number, has more than twelve places or 28 digits.
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (percent, text) = text.strip_suffix('%').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        let mut digits = digits_of(whole)?;
        let fraction = fraction.map_or(Some(String::new()), digits_of)?;
        let scale = fraction.len() + if percent { 2 } else { 0 };
        if scale > usize::from(MOST_PLACES) {
            return None;
        }
        digits.push_str(&fraction);
        let size: i128 = digits.parse().ok()?;
        let number = Number::from_parts(if negative { -size } else { size }, scale as u32, scale as u8)?;
        Some(Number { percent, ..number })
    }

    /// The number as whole units, if it is whole and fits.
    pub fn to_i64(self) -> Option<i64> {
        let (mantissa, scale) = self.parts();
        let unit = 10_i128.pow(scale);
        if mantissa % unit == 0 { i64::try_from(mantissa / unit).ok() } else { None }
    }

    /// Mantissa and scale with at most twelve places and no trailing zeros.
    pub fn parts(&self) -> (i128, u32) {
        let mantissa = self.decimal.mantissa();
        let (size, scale) = shorten(mantissa.unsigned_abs(), self.decimal.scale());
        (size as i128 * mantissa.signum(), scale)
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.parts().0 < 0
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        self.decimal.is_zero()
    }

    /// The sum; its places are the larger ones, its face is percent if both are.
    pub fn add(self, other: Number) -> Result<Number, ValueError> {
        self.add_signed(other, 1).ok_or_else(|| overflow(self, "+", other))
    }

    /// The difference, with places and face as for the sum.
    pub fn subtract(self, other: Number) -> Result<Number, ValueError> {
        self.add_signed(other, -1).ok_or_else(|| overflow(self, "-", other))
    }

    fn add_signed(self, other: Number, sign: i128) -> Option<Number> {
        let (left, right, scale) = aligned(self, other)?;
        let sum = left.checked_add(sign * right)?;
        let number = Number::from_parts(sum, scale, self.places.max(other.places))?;
        Some(Number { percent: self.percent && other.percent, ..number })
    }

    /// The product, rounded to twelve places. A whole factor keeps the other's places, else the places add up.
    pub fn multiply(self, other: Number) -> Result<Number, ValueError> {
        let ((left, left_scale), (right, right_scale)) = (self.parts(), other.parts());
        let places = self.places.saturating_add(other.places).min(MOST_PLACES);
        let sign = left.signum() * right.signum();
        product(left.unsigned_abs(), right.unsigned_abs(), left_scale + right_scale)
            .and_then(|(size, scale)| Number::from_parts(i128::try_from(size).ok()? * sign, scale, places))
            .ok_or_else(|| overflow(self, "*", other))
    }

    /// The quotient, rounded to twelve places; it prints with the dividend's places, at least two.
    pub fn divide(self, other: Number) -> Result<Number, ValueError> {
        if other.is_zero() {
            return Err(ValueError::DivisionByZero { calculation: format!("{self} / {other}") });
        }
        let ((left, left_scale), (right, right_scale)) = (self.parts(), other.parts());
        let sign = left.signum() * right.signum();
        let number = quotient(left.unsigned_abs(), right.unsigned_abs(), 13 + right_scale as i32 - left_scale as i32)
            .and_then(|size| Number::from_parts(i128::try_from(size).ok()? * sign, 12, self.places.max(2)))
            .ok_or_else(|| overflow(self, "/", other))?;
        Ok(Number { percent: self.percent && !other.percent, ..number })
    }

    /// The number with the other sign.
    pub fn negate(self) -> Number {
        Number { decimal: -self.decimal, ..self }
    }

    /// The number without its sign.
    pub fn absolute(self) -> Number {
        Number { decimal: self.decimal.abs(), ..self }
    }

    /// Rounded to `places` places, halves away from zero; it prints with these places.
    pub fn round(self, places: u8) -> Number {
        let places = places.min(MOST_PLACES);
        let (mantissa, scale) = self.parts();
        let size = drop_digits(mantissa.unsigned_abs(), scale.saturating_sub(u32::from(places)));
        let number = Number::from_parts(size as i128 * mantissa.signum(), scale.min(u32::from(places)), places);
        // Rounding can only fail by adding a 29th digit to 999…; the number then stays as it is.
        number.map_or(self, |number| Number { percent: self.percent, ..number })
    }

    /// Rounded to the nearest multiple of `step`, halves away from zero; it prints with the step's places.
    pub fn round_to_step(self, step: Number) -> Result<Number, ValueError> {
        if step.is_zero() {
            return Err(ValueError::DivisionByZero { calculation: format!("rounding {self} to steps of {step}") });
        }
        let rounded = aligned(self, step).and_then(|(value, step_units, scale)| {
            let (size, unit) = (value.unsigned_abs(), step_units.unsigned_abs());
            let count = (size.checked_mul(2)?.checked_add(unit)?) / unit.checked_mul(2)?;
            let units = i128::try_from(count.checked_mul(unit)?).ok()?;
            Number::from_parts(units * value.signum(), scale, step.places)
        });
        let number = rounded.ok_or_else(|| overflow(self, "rounded to", step))?;
        Ok(Number { percent: self.percent, ..number })
    }

    /// The largest whole number that is not above.
    pub fn floor(self) -> Number {
        let (mantissa, scale) = self.parts();
        let whole = mantissa.div_euclid(10_i128.pow(scale));
        Number::from_parts(whole, 0, 0).unwrap_or(self)
    }

    /// The smallest whole number that is not below.
    pub fn ceiling(self) -> Number {
        self.negate().floor().negate()
    }

    /// As text in steps of its own places: 0.01 for two places.
    pub fn step(self) -> Number {
        Number {
            decimal: Decimal::new(1, u32::from(self.places.min(MOST_PLACES))),
            places: self.places,
            percent: self.percent,
        }
    }

    /// The same number whatever way it was written: without trailing zeros and without a percent face.
    pub fn canonical(&self) -> String {
        let (_, scale) = self.parts();
        self.fixed(scale as u8)
    }

    /// Appends what [`canonical`](Number::canonical) says; a sheet has thousands of numbers, and a text for each is slow.
    pub fn write_canonical(&self, out: &mut String) {
        let (mantissa, scale) = self.parts();
        let Ok(mut rest) = u64::try_from(mantissa.unsigned_abs()) else {
            return out.push_str(&self.canonical());
        };
        // Nineteen digits behind a point and the nought before it: no machine word needs more.
        let mut text = [b'0'; 24];
        let mut at = text.len();
        let places = scale as usize;
        let mut written = 0;
        while rest > 0 || written <= places {
            if written == places && places > 0 {
                at -= 1;
                text[at] = b'.';
            }
            at -= 1;
            text[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            written += 1;
        }
        if mantissa < 0 {
            at -= 1;
            text[at] = b'-';
        }
        out.push_str(std::str::from_utf8(&text[at..]).unwrap_or_default());
    }

    /// All digits, and at least as many places as the number prints with: `12.30`, `0.333333333333`.
    pub fn in_full(&self) -> String {
        let (_, scale) = self.parts();
        self.fixed(self.places.max(scale as u8))
    }

    /// The number with exactly `places` digits after the point, rounded if need be; never `-0`.
    pub fn fixed(&self, places: u8) -> String {
        let places = places.min(MOST_PLACES);
        let (negative, mut text) = self.all_digits(places);
        if places > 0 {
            text.insert(text.len() - usize::from(places), '.');
        }
        if negative {
            text.insert(0, '-');
        }
        text
    }

    /// Sign, whole digits and exactly `places` digits after the point, for whoever prints numbers in another manner.
    pub fn digits(&self, places: u8) -> (bool, String, String) {
        let places = places.min(MOST_PLACES);
        let (negative, mut digits) = self.all_digits(places);
        let fraction = digits.split_off(digits.len() - usize::from(places));
        (negative, digits, fraction)
    }

    /// Sign, and the digits before and after the point in a row: at least one more than there are places.
    fn all_digits(&self, places: u8) -> (bool, String) {
        let exact = self.parts();
        let (mantissa, scale) = if exact.1 > u32::from(places) { self.round(places).parts() } else { exact };
        let size = mantissa.unsigned_abs();
        // A machine word prints many times faster.
        let mut digits = u64::try_from(size).map_or_else(|_| size.to_string(), |small| small.to_string());
        let places = usize::from(places);
        digits.extend(std::iter::repeat_n('0', places.saturating_sub(scale as usize)));
        if digits.len() <= places {
            digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
        }
        (mantissa < 0, digits)
    }
}

impl fmt::Display for Number {
    /// Prints with the number's places; a percent face as `3%`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.percent {
            return formatter.write_str(&self.fixed(self.places));
        }
        let (mantissa, scale) = self.parts();
        let hundredfold = Number::from_parts(mantissa.saturating_mul(100), scale, self.places).unwrap_or(*self);
        write!(formatter, "{}%", hundredfold.fixed(self.places.saturating_sub(2)))
    }
}

fn overflow(left: Number, operator: &str, right: Number) -> ValueError {
    ValueError::Overflow { calculation: format!("{left} {operator} {right}") }
}

/// The digits of a part of a number; underscores may stand between digits.
fn digits_of(part: &str) -> Option<String> {
    let tidy = !part.starts_with('_') && !part.ends_with('_') && !part.contains("__");
    let digits: String = part.chars().filter(|character| *character != '_').collect();
    let numeric = digits.bytes().all(|byte| byte.is_ascii_digit());
    if tidy && numeric && !digits.is_empty() { Some(digits) } else { None }
}

/// Both mantissas at the larger scale.
fn aligned(left: Number, right: Number) -> Option<(i128, i128, u32)> {
    let ((left, left_scale), (right, right_scale)) = (left.parts(), right.parts());
    let scale = left_scale.max(right_scale);
    let left = left.checked_mul(10_i128.pow(scale - left_scale))?;
    let right = right.checked_mul(10_i128.pow(scale - right_scale))?;
    Some((left, right, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_print_as_they_were_written() {
        for (text, printed) in [
            ("1_000.50", "1000.50"),
            ("-3", "-3"),
            ("3%", "3%"),
            ("2.5%", "2.5%"),
            ("0.0", "0.0"),
            ("-0.00", "0.00"),
            ("007", "7"),
            ("0.1%", "0.1%"),
            ("-12.5%", "-12.5%"),
        ] {
            assert_eq!(number(text).to_string(), printed);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".5", "5.", "1__0", "_1", "1_", "1e5", "+1", "0.1234567890123", "1,5", "１", "--1", "1%%"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse(&"9".repeat(29)), None);
        assert_eq!(number(&"9".repeat(28)).to_string(), "9".repeat(28));
    }

    #[test]
    fn arithmetic_is_exact_and_keeps_places() {
        for (left, operator, right, printed) in [
            ("0.1", "+", "0.2", "0.3"),
            ("1", "+", "0.50", "1.50"),
            ("1.50", "-", "0.5", "1.00"),
            ("3%", "+", "2%", "5%"),
            ("3%", "+", "2", "2.03"),
            ("212_000", "*", "3%", "6360.00"),
            ("1.5", "*", "1.25", "1.875"),
            ("3", "*", "1.25", "3.75"),
            ("1", "/", "3", "0.33"),
            ("10.000", "/", "4", "2.500"),
            ("-1", "/", "8", "-0.13"),
            ("10%", "/", "4", "3%"),
            ("0.000001", "*", "0.0000005", "0.000000000001"),
            ("-0.000001", "*", "0.0000005", "-0.000000000001"),
        ] {
            let (left, right) = (number(left), number(right));
            let result = match operator {
                "+" => left.add(right),
                "-" => left.subtract(right),
                "*" => left.multiply(right),
                _ => left.divide(right),
            };
            assert_eq!(result.map(|number| number.to_string()), Ok(printed.to_string()));
        }
    }

    #[test]
    fn long_products_are_rounded_once() {
        for (left, right, expected) in [
            ("98765432.123456789012", "23456789.999999999999", "2316720000579179.973830026048"),
            ("9999999999999999999999999999", "0.123456789012", "overflow"),
            ("123456789012345.5", "98765432109.87654321", "overflow"),
            ("-98765432.123456789012", "0.000000000007", "-0.000691358025"),
        ] {
            let product = number(left).multiply(number(right)).map(|number| number.canonical());
            assert_eq!(product.unwrap_or("overflow".to_string()), expected);
        }
    }

    #[test]
    fn quotients_have_twelve_places() {
        assert_eq!(number("2").divide(number("3")).map(|number| number.canonical()), Ok("0.666666666667".to_string()));
        assert_eq!(
            number("1").divide(number("0.000000000007")).map(|number| number.canonical()),
            Ok("142857142857.142857142857".to_string())
        );
    }

    #[test]
    fn canonical_digits_are_appended_alike() {
        for text in [
            "0",
            "7",
            "-0.05",
            "100.00",
            "12345678.9",
            "-3%",
            "0.000000000001",
            "18446744073709551615",
            "18446744073709551616",
        ] {
            let mut out = String::from("x");
            number(text).write_canonical(&mut out);
            assert_eq!(out, format!("x{}", number(text).canonical()));
        }
        let mut out = String::new();
        number("9999999999999999999999999999").write_canonical(&mut out);
        assert_eq!(out, "9".repeat(28));
    }

    #[test]
    fn errors_print_the_operands() {
        let large = number(&"9".repeat(28));
        assert_eq!(
            number("212_000").divide(number("0.0")).map_err(|error| error.to_string()),
            Err("212000 / 0.0 divides by zero".to_string())
        );
        assert_eq!(
            large.add(number("1")).map_err(|error| error.to_string()),
            Err(format!("{} + 1 needs more than 28 digits", "9".repeat(28)))
        );
        assert!(large.multiply(large).is_err());
        assert!(large.divide(number("0.000000000001")).is_err());
    }

    #[test]
    fn rounding_goes_away_from_zero() {
        assert_eq!(number("2.345").round(2).to_string(), "2.35");
        assert_eq!(number("-2.345").round(2).to_string(), "-2.35");
        assert_eq!(number("-0.004").round(2).to_string(), "0.00");
        assert_eq!(number("7").round(2).to_string(), "7.00");
        let stepped = |value: &str, step: &str| number(value).round_to_step(number(step)).map(|n| n.to_string());
        assert_eq!(stepped("12_350", "100"), Ok("12400".to_string()));
        assert_eq!(stepped("-12_350", "100"), Ok("-12400".to_string()));
        assert_eq!(stepped("1.13", "0.05"), Ok("1.15".to_string()));
        assert!(stepped("1", "0").is_err());
        assert_eq!(number("-1.5").floor().to_string(), "-2");
        assert_eq!(number("1.2").ceiling().to_string(), "2");
    }

    #[test]
    fn equal_numbers_are_alike_however_written() {
        assert_eq!(number("3%"), number("0.030"));
        assert_eq!(number("3%").canonical(), "0.03");
        assert_eq!(number("100.00").canonical(), "100");
        assert_eq!(number("100.00").to_i64(), Some(100));
        assert_eq!(number("100.50").to_i64(), None);
        assert!(number("-1") < number("0.001"));
        assert_eq!(number("0.00").step().to_string(), "0.01");
    }

    #[test]
    fn full_numbers_keep_their_value_and_places() {
        let spell = |text: &str, places| Number { places, ..number(text) }.in_full();
        assert_eq!(spell("45300", 2), "45300.00");
        assert_eq!(spell("-0.125", 2), "-0.125");
        assert_eq!(spell("7.10", 0), "7.1");
        assert_eq!(spell("0.05", 4), "0.0500");
        assert_eq!(spell("9999999999999999999999999", 2), "9999999999999999999999999.00");
    }
}
