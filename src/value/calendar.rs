//! Working days: Monday to Friday minus the world's holidays [T1], and the dates of a series [T5].

use std::collections::BTreeSet;

use crate::value::{Date, Month};

/// The working days of a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    pub holidays: BTreeSet<Date>,
}

/// On which days a series falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesDay {
    /// Every such day of the week, Monday is 0.
    Weekday(u32),
    /// Every working day.
    Workday,
    /// The n-th working day of every month.
    NthWorkday(u32),
}

impl SeriesDay {
    /// Reads `Tue`, `Tuesday`, `workday` or `wd4`.
    pub fn parse(text: &str) -> Option<SeriesDay> {
        const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let word = text.to_lowercase();
        if word == "workday" {
            return Some(SeriesDay::Workday);
        }
        if let Some(count) = word.strip_prefix("wd") {
            return count.parse().ok().filter(|count| (1..=23).contains(count)).map(SeriesDay::NthWorkday);
        }
        let index = DAYS.iter().position(|day| *day == word || day[..3] == word)?;
        Some(SeriesDay::Weekday(index as u32))
    }
}

impl WorkingCalendar {
    /// Whether people work that day.
    pub fn is_workday(&self, date: Date) -> bool {
        date.weekday() < 5 && !self.holidays.contains(&date)
    }

    /// All working days of the month, in order.
    pub fn workdays(&self, month: Month) -> impl Iterator<Item = Date> + '_ {
        days(month.first(), month.last()).filter(|date| self.is_workday(*date))
    }

    /// The n-th working day of the month, from 1; none if it has fewer.
    pub fn workday(&self, n: u32, month: Month) -> Option<Date> {
        self.workdays(month).nth(usize::try_from(n.checked_sub(1)?).ok()?)
    }

    /// The n-th working day after the date; before it if n is negative; for 0 the date itself, or the next working day
    /// if nobody works on it. None beyond the calendar.
    pub fn workdays_after(&self, date: Date, n: i64) -> Option<Date> {
        let step = if n < 0 { -1 } else { 1 };
        let mut day = date;
        let mut left = n.unsigned_abs();
        if left == 0 {
            while !self.is_workday(day) {
                day = day.plus_days(1)?;
            }
        }
        while left > 0 {
            day = day.plus_days(step)?;
            left -= u64::from(self.is_workday(day));
        }
        Some(day)
    }

    /// The working day that is the date or, if nobody works then, the one before it.
    pub fn at_or_before(&self, date: Date) -> Option<Date> {
        let mut day = date;
        while !self.is_workday(day) {
            day = day.plus_days(-1)?;
        }
        Some(day)
    }

    /// The dates of a series from `first` to `last`, both included, every so many weeks (or months for `wdN`), counted
    /// from the first week with such a day. Holidays are left out without shifting the rest.
    pub fn series(&self, first: Date, last: Date, on: SeriesDay, every: u32) -> Vec<Date> {
        let every = i64::from(every.max(1));
        match on {
            SeriesDay::Weekday(weekday) => {
                let start = i64::from((weekday + 7 - first.weekday()) % 7);
                let dates = days(first, last).skip(start as usize).step_by(7 * every as usize);
                dates.filter(|date| !self.holidays.contains(date)).collect()
            }
            SeriesDay::Workday => {
                let monday = i64::from(first.0) - i64::from(first.weekday());
                let in_turn = |date: &Date| (i64::from(date.0) - monday) / 7 % every == 0;
                days(first, last).filter(|date| self.is_workday(*date)).filter(in_turn).collect()
            }
            SeriesDay::NthWorkday(n) => {
                let months = (first.month().0..=last.month().0).map(Month);
                let dates = months.filter_map(|month| self.workday(n, month));
                dates.filter(|date| (first..=last).contains(date)).step_by(every as usize).collect()
            }
        }
    }
}

/// The days from one to another, both included.
fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    (first.0..=last.0).map(Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"))
    }

    fn march() -> WorkingCalendar {
        WorkingCalendar { holidays: BTreeSet::from([date("2026-03-20")]) }
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let month = Month::new(2026, 3).expect("a month of the calendar");
        assert_eq!(march().workdays(month).count(), 21);
        assert_eq!(march().workday(1, month), Some(date("2026-03-02")));
        assert_eq!(march().workday(15, month), Some(date("2026-03-23")));
        assert_eq!(march().workday(22, month), None);
        assert_eq!(march().workday(0, month), None);
    }

    #[test]
    fn working_days_after_a_date() {
        for (from, n, expected) in [
            ("2026-03-19", 1, "2026-03-23"),
            ("2026-03-19", 0, "2026-03-19"),
            ("2026-03-20", 0, "2026-03-23"),
            ("2026-03-23", -1, "2026-03-19"),
            ("2026-03-21", 3, "2026-03-25"),
        ] {
            assert_eq!(march().workdays_after(date(from), n), Some(date(expected)), "{from} {n}");
        }
        assert_eq!(march().workdays_after(date("2026-03-19"), i64::MAX), None);
        assert_eq!(march().workdays_after(date("2026-03-19"), i64::MIN), None);
        assert_eq!(march().at_or_before(date("2026-03-22")), Some(date("2026-03-19")));
    }

    #[test]
    fn series_skip_holidays_without_shifting() {
        let series = |on: &str, every| {
            let on = SeriesDay::parse(on).expect("a day of a series");
            let dates = march().series(date("2026-03-01"), date("2026-03-31"), on, every);
            dates.iter().map(|date| date.ymd().2).collect::<Vec<_>>()
        };
        assert_eq!(series("Fri", 1), [6, 13, 27]);
        assert_eq!(series("friday", 2), [6]);
        assert_eq!(series("Tue", 2), [3, 17, 31]);
        assert_eq!(series("wd4", 1), [5]);
        assert_eq!(series("workday", 1).len(), 21);
        // The first of March is a Sunday and belongs to the week before.
        assert_eq!(series("workday", 2), [9, 10, 11, 12, 13, 23, 24, 25, 26, 27]);
        for wrong in ["wd0", "wd24", "Tu", "", "wd", "Tuesdays", "täg"] {
            assert_eq!(SeriesDay::parse(wrong), None, "{wrong}");
        }
    }
}
