//! Dates as machines write them: ISO 8601 and its relatives, spreadsheet serials.

use crate::value::{Date, Moment, Month};

/// A moment taken apart into what people and formats write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) second: u32,
}

const DAY: i64 = 86_400;

/// Year, month and day of a date in the Gregorian calendar, for any year.
pub(crate) fn civil(date: Date) -> (i32, u32, u32) {
    // Days are counted from 1 March of year 0, so that the leap day ends a year of the count.
    let days = i64::from(date.0) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

/// The date of a day in the Gregorian calendar.
pub(crate) fn date_of(year: i32, month: u32, day: u32) -> Date {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = i64::from(month + if month > 2 { 0 } else { 12 }) - 3;
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Date((era * 146_097 + day_of_era - 719_468) as i32)
}

/// The first day of a month.
pub(crate) fn first_of(month: Month) -> Date {
    date_of(month.0.div_euclid(12), month.0.rem_euclid(12) as u32 + 1, 1)
}

/// The day a moment falls on.
pub(crate) fn day_of(moment: Moment) -> Date {
    Date(moment.0.div_euclid(DAY) as i32)
}

/// The seconds of a moment since midnight.
pub(crate) fn second_of_day(moment: Moment) -> u32 {
    moment.0.rem_euclid(DAY) as u32
}

/// A moment in parts.
pub(crate) fn parts(moment: Moment) -> Parts {
    let (year, month, day) = civil(day_of(moment));
    let second = second_of_day(moment);
    Parts { year, month, day, hour: second / 3_600, minute: second / 60 % 60, second: second % 60 }
}

/// Monday is 0.
pub(crate) fn weekday(date: Date) -> usize {
    (i64::from(date.0) + 3).rem_euclid(7) as usize
}

/// `2026-03-04`.
pub(crate) fn iso_date(date: Date) -> String {
    let (year, month, day) = civil(date);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2026-03`.
pub(crate) fn iso_month(month: Month) -> String {
    format!("{:04}-{:02}", month.0.div_euclid(12), month.0.rem_euclid(12) + 1)
}

/// `2026-03-04T09:30:00`, without a zone.
pub(crate) fn iso_moment(moment: Moment) -> String {
    let p = parts(moment);
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", p.year, p.month, p.day, p.hour, p.minute, p.second)
}

/// `20260304T093000`, as calendars write it.
pub(crate) fn compact(moment: Moment) -> String {
    let p = parts(moment);
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}", p.year, p.month, p.day, p.hour, p.minute, p.second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_and_back() {
        for day in (-800_000..800_000).step_by(97) {
            let (year, month, dom) = civil(Date(day));
            assert_eq!(date_of(year, month, dom), Date(day));
        }
        assert_eq!(iso_date(Date(20_516)), "2026-03-04");
        assert_eq!(weekday(Date(20_516)), 2);
        assert_eq!(iso_moment(Moment(-1)), "1969-12-31T23:59:59");
    }
}
