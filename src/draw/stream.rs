//! Samplers over the random words of one draw: whole numbers, numbers with a step, dates, bells.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use crate::draw::key::is_below;
use crate::value::{Date, Duration, Moment, Month, Number, Time, Value, ValueError};

/// How often a bell is drawn again when it falls outside three deviations, before the last try is cut there.
const TRIES: u32 = 16;
/// Three standard deviations in units of 2^−32.
const THREE_DEVIATIONS: i128 = 3 << 32;

/// The random words of one draw, in order.
pub struct Stream(ChaCha8Rng);

impl Stream {
    pub(super) fn new(words: ChaCha8Rng) -> Stream {
        Stream(words)
    }

    /// The next word.
    pub fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number from 0 to `count` − 1, each equally likely; 0 if `count` is 0.
    pub fn below(&mut self, count: u64) -> u64 {
        let mut product = u128::from(self.word()) * u128::from(count);
        if (product as u64) < count {
            // The words that would make some results likelier than others are drawn again.
            let unfair = count.wrapping_neg() % count;
            while (product as u64) < unfair {
                product = u128::from(self.word()) * u128::from(count);
            }
        }
        (product >> 64) as u64
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: Number) -> bool {
        let word = self.word();
        is_below(word, probability)
    }

    /// A value from `low` to `high`, both included, in steps. Numbers step by their last place unless `step` says
    /// otherwise, dates by days, times and moments by minutes.
    pub fn between(&mut self, low: &Value, high: &Value, step: Option<&Value>) -> Result<Value, ValueError> {
        match (low, high) {
            (Value::Number(low), Value::Number(high)) => {
                let step = match step {
                    None if low.places >= high.places => low.step(),
                    None => high.step(),
                    Some(Value::Number(step)) => *step,
                    Some(other) => return Err(mismatched_step(other)),
                };
                self.number_between(*low, *high, step).map(Value::Number)
            }
            _ => self.time_between(low, high, step),
        }
    }

    /// A number from `low` to `high`, both included, that lies a whole number of steps above `low`.
    pub fn number_between(&mut self, low: Number, high: Number, step: Number) -> Result<Number, ValueError> {
        let calculation = || format!("between({low}, {high}, step: {step})");
        if step <= Number::ZERO || high < low {
            return Err(ValueError::Empty { calculation: calculation() });
        }
        let steps =
            units(high.subtract(low)?, step).ok_or_else(|| ValueError::Overflow { calculation: calculation() })?;
        let index = Number::from_i64(self.below(steps + 1) as i64);
        let places = low.places.max(step.places);
        Ok(Number { places, percent: low.percent, ..low.add(step.multiply(index)?)? })
    }

    /// Dates, months, times, moments and durations, by their units.
    fn time_between(&mut self, low: &Value, high: &Value, step: Option<&Value>) -> Result<Value, ValueError> {
        let alike = std::mem::discriminant(low) == std::mem::discriminant(high);
        let (Some((first, unit)), Some((last, _)), true) = (time_units(low), time_units(high), alike) else {
            return Err(ValueError::Mismatch { left: low.type_name(), operator: "..", right: high.type_name() });
        };
        let step = step.map_or(Ok(unit), |step| step_units(low, step))?;
        if step <= 0 || last < first {
            let calculation = format!("between({}, {})", shown(low), shown(high));
            return Err(ValueError::Empty { calculation });
        }
        let count = ((last - first) / step) as u64 + 1;
        Ok(with_units(low, first + step * self.below(count) as i64))
    }

    /// A number near `middle`: a bell whose standard deviation is `share` of the middle, cut at three deviations,
    /// rounded to `step` (by default the places of the middle). The bell is a sum of twelve uniforms.
    pub fn around(&mut self, middle: Number, share: Number, step: Option<Number>) -> Result<Number, ValueError> {
        let deviation = middle.multiply(share)?.absolute();
        let offset = deviation.multiply(self.deviations())?;
        let step = step.unwrap_or_else(|| middle.step());
        let rounded = middle.add(offset)?.round_to_step(step)?;
        Ok(Number { places: step.places, percent: middle.percent, ..rounded })
    }

    /// A number moved by at most `share` of itself, at its own places: what an older version of a document knew.
    pub fn drift(&mut self, number: Number, share: Number) -> Result<Number, ValueError> {
        let unit = Number::from_i64(1_000_000_000);
        let offset = Number::from_i64(self.below(2_000_000_001) as i64).subtract(unit)?.divide(unit)?;
        let moved = number.add(number.multiply(share)?.multiply(offset)?)?.round(number.places);
        Ok(Number { places: number.places, percent: number.percent, ..moved })
    }

    /// How many standard deviations from the middle, at nine places: at most three.
    fn deviations(&mut self) -> Number {
        let mut bell = self.bell();
        for _ in 1..TRIES {
            if bell.abs() <= THREE_DEVIATIONS {
                break;
            }
            bell = self.bell();
        }
        let billionths = (bell.clamp(-THREE_DEVIATIONS, THREE_DEVIATIONS) * 1_000_000_000) >> 32;
        Number::from_parts(billionths, 9, 9).unwrap_or(Number::ZERO)
    }

    /// The sum of twelve uniforms less six, in units of 2^−32: its variance is one.
    fn bell(&mut self) -> i128 {
        let mut sum = 0;
        for _ in 0..6 {
            let word = self.word();
            sum += (word >> 32) + (word & 0xffff_ffff);
        }
        // The middles of the twelve intervals add another six.
        i128::from(sum) + 6 - (6 << 32)
    }
}

fn shown(value: &Value) -> String {
    value.to_text().unwrap_or_else(|| value.type_name().to_string())
}

fn mismatched_step(step: &Value) -> ValueError {
    ValueError::Mismatch { left: "between", operator: "step:", right: step.type_name() }
}

/// How many whole steps fit in a distance, if that can be counted.
fn units(distance: Number, step: Number) -> Option<u64> {
    let ((distance, distance_scale), (step, step_scale)) = (distance.parts(), step.parts());
    let scale = distance_scale.max(step_scale);
    let distance = distance.checked_mul(10_i128.pow(scale - distance_scale))?;
    let step = step.checked_mul(10_i128.pow(scale - step_scale))?;
    let count = u64::try_from(distance / step).ok()?;
    i64::try_from(count).ok().map(|_| count)
}

/// A point in time as a count of units, and how many of them are one step.
fn time_units(value: &Value) -> Option<(i64, i64)> {
    match value {
        Value::Date(date) => Some((i64::from(date.0), 1)),
        Value::Month(month) => Some((i64::from(month.0), 1)),
        Value::Time(time) => Some((i64::from(time.0), 60)),
        Value::Moment(moment) => Some((moment.0, 60)),
        Value::Duration(span) => Some((span.0, 60)),
        _ => None,
    }
}

/// A step as a count of the units of `like`: a whole number, or a duration.
fn step_units(like: &Value, step: &Value) -> Result<i64, ValueError> {
    let units = match (like, step) {
        (Value::Date(_), Value::Duration(span)) => span.whole_days(),
        (Value::Date(_) | Value::Month(_), Value::Number(count)) => count.to_i64(),
        (Value::Time(_) | Value::Moment(_) | Value::Duration(_), Value::Duration(span)) => Some(span.0),
        _ => None,
    };
    units.ok_or_else(|| mismatched_step(step))
}

/// The point in time of the kind of `like`; it lies between two of the calendar.
fn with_units(like: &Value, units: i64) -> Value {
    match like {
        Value::Date(_) => Value::Date(Date(units as i32)),
        Value::Month(_) => Value::Month(Month(units as i32)),
        Value::Time(_) => Value::Time(Time(units as u32)),
        Value::Duration(_) => Value::Duration(Duration(units)),
        _ => Value::Moment(Moment(units)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Key;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    fn draws<T>(count: u64, mut draw: impl FnMut(&mut Stream) -> T) -> Vec<T> {
        (0..count).map(|index| draw(&mut Key::root(1, index).stream())).collect()
    }

    #[test]
    fn samples_are_pinned() {
        let mut stream = Key::root(1, 7).child("table budget").stream();
        let words: Vec<u64> = (0..2).map(|_| stream.word()).collect();
        assert_eq!(words, [12_914_905_227_289_269_899, 13_834_101_538_983_583_755]);
        let counts: Vec<u64> = (0..8).map(|_| stream.below(100)).collect();
        assert_eq!(counts, [70, 49, 65, 91, 9, 92, 75, 75]);
        let around = draws(4, |stream| stream.around(number("212_000"), number("5%"), Some(number("100"))));
        let shown: Vec<String> = around.into_iter().flatten().map(|drawn| drawn.to_string()).collect();
        assert_eq!(shown, ["200600", "210900", "223200", "222000"]);
        let between = draws(4, |stream| stream.number_between(number("38_000"), number("61_000"), number("50")));
        let shown: Vec<String> = between.into_iter().flatten().map(|drawn| drawn.to_string()).collect();
        assert_eq!(shown, ["39800", "42550", "52350", "55650"]);
    }

    #[test]
    fn counts_are_uniform() {
        let mut cells = [0_i64; 10];
        for drawn in draws(20_000, |stream| stream.below(10)) {
            cells[drawn as usize] += 1;
        }
        let squares: i64 = cells.iter().map(|count| (count - 2_000) * (count - 2_000)).sum();
        // Chi-square with nine degrees of freedom exceeds 27.9 in one of a thousand seeds.
        assert!(squares < 27 * 2_000, "{cells:?}");
        assert!(draws(100, |stream| stream.below(u64::MAX - 1)).iter().all(|drawn| *drawn < u64::MAX - 1));
        assert_eq!(draws(3, |stream| stream.below(0)), [0, 0, 0]);
        assert_eq!(draws(3, |stream| stream.below(1)), [0, 0, 0]);
    }

    #[test]
    fn bells_have_their_mean_and_deviation() {
        let drawn = draws(20_000, |stream| stream.around(number("100_000"), number("5%"), None));
        let drawn: Vec<i64> = drawn.into_iter().flatten().filter_map(|drawn| drawn.to_i64()).collect();
        assert_eq!(drawn.len(), 20_000);
        let mean = drawn.iter().sum::<i64>() / 20_000;
        let variance = drawn.iter().map(|value| (value - mean) * (value - mean)).sum::<i64>() / 20_000;
        // Cutting at three deviations takes about a hundredth of the deviation.
        assert!((99_850..=100_150).contains(&mean), "{mean}");
        assert!((4_880 * 4_880..5_070 * 5_070).contains(&variance), "{variance}");
        assert!(drawn.iter().all(|value| (85_000..=115_000).contains(value)));
        assert!(drawn.iter().any(|value| *value < 87_000) && drawn.iter().any(|value| *value > 113_000));
    }

    #[test]
    fn bells_keep_the_places_they_are_given() {
        let shown = |middle: &str, step: Option<&str>| {
            let drawn = Key::root(1, 1).stream().around(number(middle), number("6%"), step.map(number));
            drawn.map_or_else(|error| error.to_string(), |drawn| drawn.to_string())
        };
        assert_eq!(shown("100", Some("0.01")).split_once('.').map(|(_, places)| places.len()), Some(2));
        assert_eq!(shown("100.00", None).split_once('.').map(|(_, places)| places.len()), Some(2));
        assert!(shown("212000", Some("100")).ends_with("00"));
        assert!(shown("-500", None).starts_with('-'));
        assert!(shown("40%", None).ends_with('%'));
        assert_eq!(shown("0", None), "0");
        assert!(shown("100", Some("0")).contains("divides by zero"));
    }

    #[test]
    fn between_reaches_both_ends() {
        let drawn = draws(500, |stream| stream.number_between(number("0.5"), number("1"), number("0.1")));
        let mut shown: Vec<String> = drawn.into_iter().flatten().map(|drawn| drawn.to_string()).collect();
        shown.sort();
        shown.dedup();
        assert_eq!(shown, ["0.5", "0.6", "0.7", "0.8", "0.9", "1.0"]);
        let (low, high) = (Value::Date(Date(20_000)), Value::Date(Date(20_014)));
        let week = Value::Duration(Duration(7 * 86_400));
        let mut days = draws(200, |stream| stream.between(&low, &high, Some(&week)));
        days.sort_by_key(|day| format!("{day:?}"));
        days.dedup();
        assert_eq!(days, [20_000, 20_007, 20_014].map(|day| Ok(Value::Date(Date(day)))));
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        let mut stream = Key::root(1, 1).stream();
        for (low, high, step) in
            [("5", "3", "1"), ("1", "5", "0"), ("1", "5", "-1"), ("0", "9999999999999999999999999999", "1")]
        {
            assert!(stream.number_between(number(low), number(high), number(step)).is_err(), "{low} {high} {step}");
        }
        let (date, time) = (Value::Date(Date(0)), Value::Time(Time(0)));
        assert!(stream.between(&date, &time, None).is_err());
        assert!(stream.between(&date, &date, Some(&Value::Duration(Duration(60)))).is_err());
        assert_eq!(stream.between(&date, &date, None), Ok(date));
    }

    #[test]
    fn chances_come_true_as_often_as_they_say() {
        let hits = draws(10_000, |stream| stream.chance(number("30%"))).into_iter().filter(|hit| *hit).count();
        assert!((2_860..3_140).contains(&hits), "{hits}");
        assert!(draws(100, |stream| stream.chance(number("1"))).into_iter().all(|hit| hit));
        assert!(!draws(100, |stream| stream.chance(Number::ZERO)).into_iter().any(|hit| hit));
    }
}
