//! Axes: round numbers that enclose all values, in whole numbers of one unit.

use crate::value::Number;

/// About how many parts an axis has.
const PARTS: i128 = 5;

/// An axis from its first tick to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    /// Decimal places of a unit.
    places: u32,
    low: i128,
    high: i128,
    step: i128,
    percent: bool,
}

impl Scale {
    /// The axis of some values; nought is always on it.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a Number> + Clone) -> Scale {
        // Ticks may be finer than the values: a quarter of their last place.
        let places = values.clone().map(|number| number.parts().1).max().unwrap_or(0) + 2;
        let percent = values.clone().any(|number| number.percent);
        let bare = Scale { places, low: 0, high: 0, step: 1, percent };
        let units = values.map(|number| bare.units(number));
        let (low, high) = units.fold((0, 0), |(low, high): (i128, i128), units| (low.min(units), high.max(units)));
        let step = if low == high { 10_i128.pow(places.min(30)) } else { round((high - low + PARTS - 1) / PARTS) };
        let (first, last) = (low.div_euclid(step) * step, -(-high).div_euclid(step) * step);
        Scale { low: first, high: last.max(first + step), step, ..bare }
    }

    /// A value in units.
    pub(super) fn units(&self, number: &Number) -> i128 {
        let (mantissa, scale) = number.parts();
        mantissa.saturating_mul(10_i128.pow(self.places.saturating_sub(scale).min(30)))
    }

    /// The number of so many units, with no more places than its step has.
    pub(super) fn number(&self, units: i128) -> Number {
        let (mut step, mut shown) = (self.step, self.places);
        while shown > 0 && step % 10 == 0 {
            (step, shown) = (step / 10, shown - 1);
        }
        let whole = Number::from_parts(units, self.places, shown as u8).unwrap_or(Number::ZERO);
        Number { percent: self.percent, ..whole }
    }

    /// Every tick, the lowest first.
    pub(super) fn ticks(&self) -> Vec<i128> {
        let count = (self.high - self.low) / self.step;
        (0..=count).map(|at| self.low + at * self.step).collect()
    }

    /// Where a value lies on an axis of that length.
    pub(super) fn place(&self, units: i128, length: i32) -> i32 {
        let whole = self.high - self.low;
        // Values of thirty digits would overflow: the last ones are not seen.
        let shift = (128 - whole.leading_zeros()).saturating_sub(80);
        (((units - self.low) >> shift) * i128::from(length) / (whole >> shift).max(1)) as i32
    }
}

/// The next of 1, 2, 2.5, 5 times a power of ten.
fn round(least: i128) -> i128 {
    let mut power = 1;
    loop {
        for (times, parts) in [(1, 1), (2, 1), (5, 2), (5, 1)] {
            if power * times % parts == 0 && power * times / parts >= least {
                return power * times / parts;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(values: &[&str]) -> Vec<String> {
        let numbers: Vec<Number> = values.iter().map(|text| Number::parse(text).expect("a number")).collect();
        let scale = Scale::of(numbers.iter());
        scale.ticks().iter().map(|tick| scale.number(*tick).to_string()).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        assert_eq!(axis(&["2469134.0", "11111103"]), ["0", "2500000", "5000000", "7500000", "10000000", "12500000"]);
        assert_eq!(axis(&["-3.2", "4"]), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(axis(&["0.07", "0.11"]), ["0.000", "0.025", "0.050", "0.075", "0.100", "0.125"]);
        assert_eq!(axis(&[]), ["0", "1"]);
        assert_eq!(axis(&["12%", "3%"]), ["0.0%", "2.5%", "5.0%", "7.5%", "10.0%", "12.5%"]);
    }

    #[test]
    fn values_of_any_size_have_their_place() {
        let large = Number::parse("99999999999999999999999999").expect("a number");
        let scale = Scale::of([large].iter());
        assert!((990..=1_000).contains(&scale.place(scale.units(&large), 1_000)));
        assert_eq!(scale.place(0, 1_000), 0);
    }
}
