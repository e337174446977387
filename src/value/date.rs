//! Dates, months, times of day, local moments and durations: plain integers, no time zone, no clock.
//!
//! The calendar knows the years 1900 to 2100; every operation that could leave them says so instead of overflowing.

use std::fmt;

const DAY: i64 = 86_400;
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2100;
/// 1900-01-01 and 2100-12-31, counted from 1970-01-01.
const FIRST_DAY: i64 = -25_567;
const LAST_DAY: i64 = 47_846;
/// The longest duration in seconds: the whole calendar.
const LONGEST: i64 = (LAST_DAY - FIRST_DAY + 1) * DAY;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

/// A month, counted as year × 12 + month − 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

/// A time of day in seconds from midnight, 0..86_400.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u32);

/// A local date and time in seconds from 1970-01-01 00:00 in the world's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A span of time in seconds; `d` and `w` are calendar days [V3].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(pub i64);

impl Date {
    /// The day of that year, month (1 to 12) and day, if there is one in the calendar.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        let month = Month::new(year, month)?;
        if day == 0 || day > month.days() { None } else { Some(Date(month.first().0 + day as i32 - 1)) }
    }

    /// The day that is so many days after 1970-01-01, if the calendar has it.
    pub fn from_days(days: i64) -> Option<Date> {
        if (FIRST_DAY..=LAST_DAY).contains(&days) { Some(Date(days as i32)) } else { None }
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let month = self.month();
        (month.year(), month.number(), (self.0 - month.first().0 + 1) as u32)
    }

    /// The month the day lies in.
    pub fn month(self) -> Month {
        // A guess from the mean length of a month is at most one month off.
        let guess = Month((i64::from(self.0) * 4_800 / 146_097) as i32 + 1970 * 12);
        if guess.first() > self {
            return Month(guess.0 - 1);
        }
        if Month(guess.0 + 1).first() <= self { Month(guess.0 + 1) } else { guess }
    }

    /// The day of the week, Monday is 0.
    pub fn weekday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        (i64::from(self.0) + 3).rem_euclid(7) as u32
    }

    /// So many days later (or earlier), if the calendar has that day.
    pub fn plus_days(self, days: i64) -> Option<Date> {
        Date::from_days(i64::from(self.0).checked_add(days)?)
    }

    /// The moment at that time of the day.
    pub fn at(self, time: Time) -> Moment {
        Moment::new(self, time)
    }

    /// Reads `2026-03-02`.
    pub fn parse(text: &str) -> Option<Date> {
        let (month, day) = text.rsplit_once('-')?;
        let (year, month) = month.split_once('-')?;
        Date::from_ymd(fixed_digits(year, 4)? as i32, fixed_digits(month, 2)?, fixed_digits(day, 2)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

impl Month {
    /// The month (1 to 12) of that year, if the calendar has it.
    pub fn new(year: i32, month: u32) -> Option<Month> {
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        if known { Some(Month(year * 12 + month as i32 - 1)) } else { None }
    }

    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 for January to 12 for December.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The first day.
    pub fn first(self) -> Date {
        // Count years from March, so that a leap day is the last day of its year; 719,468 days lie between 0000-03-01
        // and 1970-01-01, and from March on the months have 31 30 31 30 31 days again and again.
        let shifted = i64::from(self.0) - 2;
        let (year, month) = (shifted.div_euclid(12), shifted.rem_euclid(12));
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Date((year * 365 + leap_days + (153 * month + 2) / 5 - 719_468) as i32)
    }

    /// The last day.
    pub fn last(self) -> Date {
        Date(Month(self.0 + 1).first().0 - 1)
    }

    /// How many days the month has.
    pub fn days(self) -> u32 {
        (Month(self.0 + 1).first().0 - self.first().0) as u32
    }

    /// So many months later (or earlier), if the calendar has that month.
    pub fn plus_months(self, months: i64) -> Option<Month> {
        let count = i64::from(self.0).checked_add(months)?;
        Month::new(i32::try_from(count.div_euclid(12)).ok()?, count.rem_euclid(12) as u32 + 1)
    }

    /// The month after.
    pub fn next(self) -> Option<Month> {
        self.plus_months(1)
    }

    /// The month before.
    pub fn previous(self) -> Option<Month> {
        self.plus_months(-1)
    }

    /// Reads `2026-03`.
    pub fn parse(text: &str) -> Option<Month> {
        let (year, month) = text.split_once('-')?;
        Month::new(fixed_digits(year, 4)? as i32, fixed_digits(month, 2)?)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.number())
    }
}

impl Time {
    /// Midnight.
    pub const START: Time = Time(0);
    /// The last second of the day.
    pub const END: Time = Time(86_399);

    /// The time of day, if there is one.
    pub fn new(hour: u32, minute: u32, second: u32) -> Option<Time> {
        if hour < 24 && minute < 60 && second < 60 { Some(Time(hour * 3600 + minute * 60 + second)) } else { None }
    }

    /// Hour, minute and second.
    pub fn hms(self) -> (u32, u32, u32) {
        (self.0 / 3600, self.0 / 60 % 60, self.0 % 60)
    }

    /// `09:30:00`, seconds always.
    pub fn iso(self) -> String {
        let (hour, minute, second) = self.hms();
        format!("{hour:02}:{minute:02}:{second:02}")
    }

    /// Reads `09:30` or `09:30:15`.
    pub fn parse(text: &str) -> Option<Time> {
        let mut parts = text.split(':').map(|part| fixed_digits(part, 2));
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().unwrap_or(Some(0))?;
        if parts.next().is_some() { None } else { Time::new(hour, minute, second) }
    }
}

impl fmt::Display for Time {
    /// Prints seconds only where there are some.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.hms();
        write!(formatter, "{hour:02}:{minute:02}")?;
        if second == 0 { Ok(()) } else { write!(formatter, ":{second:02}") }
    }
}

impl Moment {
    /// The moment at that time of that day.
    pub fn new(date: Date, time: Time) -> Moment {
        Moment(i64::from(date.0) * DAY + i64::from(time.0))
    }

    pub fn date(self) -> Date {
        Date(self.0.div_euclid(DAY) as i32)
    }

    pub fn time(self) -> Time {
        Time(self.0.rem_euclid(DAY) as u32)
    }

    /// `2026-03-04T09:30:00`, without a zone.
    pub fn iso(self) -> String {
        format!("{}T{}", self.date(), self.time().iso())
    }

    /// So much later, if the calendar has that day.
    pub fn plus(self, duration: Duration) -> Option<Moment> {
        let seconds = self.0.checked_add(duration.0)?;
        Date::from_days(seconds.div_euclid(DAY)).map(|_| Moment(seconds))
    }

    /// Reads `2026-03-02 09:12`; a `T` may stand for the space.
    pub fn parse(text: &str) -> Option<Moment> {
        let (date, time) = text.split_once([' ', 'T'])?;
        Some(Moment::new(Date::parse(date)?, Time::parse(time)?))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.date(), self.time())
    }
}

impl Duration {
    /// So many of a unit: `m` minutes, `h` hours, `d` days, `w` weeks; none for another unit or beyond the calendar.
    pub fn of(count: i64, unit: char) -> Option<Duration> {
        let seconds = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => DAY,
            'w' => 7 * DAY,
            _ => return None,
        };
        Duration::from_seconds(count.checked_mul(seconds)?)
    }

    /// So many seconds, unless that is longer than the calendar.
    pub fn from_seconds(seconds: i64) -> Option<Duration> {
        if (-LONGEST..=LONGEST).contains(&seconds) { Some(Duration(seconds)) } else { None }
    }

    /// The number of days, if they are whole.
    pub fn whole_days(self) -> Option<i64> {
        if self.0 % DAY == 0 { Some(self.0 / DAY) } else { None }
    }

    /// Reads `90m`, `4h`, `3d` or `2w`.
    pub fn parse(text: &str) -> Option<Duration> {
        let unit = text.chars().next_back()?;
        let count = text.strip_suffix(unit)?;
        let numeric = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        if numeric { Duration::of(count.parse().ok()?, unit) } else { None }
    }
}

impl fmt::Display for Duration {
    /// Prints the way durations are written, largest unit first: `1d 4h 30m`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.unsigned_abs();
        let mut parts = Vec::new();
        for (unit, seconds) in [("d", DAY as u64), ("h", 3_600), ("m", 60), ("s", 1)] {
            if rest >= seconds {
                parts.push(format!("{}{unit}", rest / seconds));
                rest %= seconds;
            }
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        let printed = if parts.is_empty() { "0m".to_string() } else { parts.join(" ") };
        write!(formatter, "{sign}{printed}")
    }
}

/// A number of exactly so many digits.
fn fixed_digits(text: &str, count: usize) -> Option<u32> {
    let numeric = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if numeric { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_comes_back() {
        let mut expected = (FIRST_YEAR, 1, 1);
        for days in FIRST_DAY..=LAST_DAY {
            let date = Date::from_days(days).expect("the day is in the calendar");
            assert_eq!(date.ymd(), expected);
            assert_eq!(Date::from_ymd(expected.0, expected.1, expected.2), Some(date));
            let next = (expected.0, expected.1, expected.2 + 1);
            let next_month = if expected.1 == 12 { (expected.0 + 1, 1, 1) } else { (expected.0, expected.1 + 1, 1) };
            expected = if Date::from_ymd(next.0, next.1, next.2).is_some() { next } else { next_month };
        }
        assert_eq!(expected, (LAST_YEAR + 1, 1, 1));
        assert_eq!(Date::from_days(LAST_DAY + 1), None);
        assert_eq!(Date::from_days(FIRST_DAY - 1), None);
    }

    #[test]
    fn weekdays_and_leap_years() {
        let day = |text: &str| Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"));
        assert_eq!(day("2026-03-02").weekday(), 0);
        assert_eq!(day("1900-01-01").weekday(), 0);
        assert_eq!(day("2000-02-29").weekday(), 1);
        assert_eq!(Date::parse("1900-02-29"), None);
        assert_eq!(Date::parse("2100-02-29"), None);
        assert_eq!(Month::new(2024, 2).map(Month::days), Some(29));
        assert_eq!(Month::new(2026, 2).map(Month::last), Date::parse("2026-02-28"));
    }

    #[test]
    fn text_comes_back() {
        for text in ["2026-03", "1900-01", "2100-12"] {
            assert_eq!(Month::parse(text).map(|month| month.to_string()).as_deref(), Some(text));
        }
        for text in ["2026-03-02 09:12", "1900-01-01 00:00", "2100-12-31 23:59:59"] {
            assert_eq!(Moment::parse(text).map(|moment| moment.to_string()).as_deref(), Some(text));
        }
        for text in ["30m", "4h", "1d"] {
            assert_eq!(Duration::parse(text).map(|span| span.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Duration::parse("2w"), Duration::of(14, 'd'));
    }

    #[test]
    fn what_is_no_date_or_time_is_refused() {
        for text in ["2026-3-2", "26-03-02", "2026-02-30", "2101-01-01", "1899-12-31", "2026-13-01", "+026-01-01"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        for text in ["9:30", "24:00", "09:60", "09:30:00:00", "09"] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
        for text in ["m", "-4h", "4y", "99999999999w", ""] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_calendar_has_an_end() {
        let last = Month::new(LAST_YEAR, 12).expect("a month of the calendar");
        assert_eq!(last.next(), None);
        assert_eq!(last.last().plus_days(1), None);
        assert_eq!(last.last().plus_days(i64::MAX), None);
        assert_eq!(last.last().at(Time::END).plus(Duration(1)), None);
        assert_eq!(Month::new(FIRST_YEAR, 1).and_then(Month::previous), None);
        assert_eq!(Month::new(2025, 12).and_then(Month::next), Month::new(2026, 1));
    }
}
