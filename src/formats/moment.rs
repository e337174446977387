//! Moments as mail and calendars write them.

use crate::value::{Date, Moment};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `20260304T093000`.
pub(crate) fn compact(moment: Moment) -> String {
    let (year, month, day) = moment.date().ymd();
    let (hour, minute, second) = moment.time().hms();
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}")
}

/// `Wed, 04 Mar 2026 09:30:00 +0100`, as headers of a mail have it.
pub(crate) fn internet(local: Moment, offset_seconds: i32) -> String {
    let (year, month, day) = local.date().ymd();
    let (hour, minute, second) = local.time().hms();
    let (weekday, month) = words(local.date(), month);
    let offset = offset(offset_seconds);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} {offset}")
}

/// `Wed Mar  4 08:30:00 2026`, as the separators of an mbox have it.
pub(crate) fn asctime(utc: Moment) -> String {
    let (year, month, day) = utc.date().ymd();
    let (hour, minute, second) = utc.time().hms();
    let (weekday, month) = words(utc.date(), month);
    format!("{weekday} {month} {day:2} {hour:02}:{minute:02}:{second:02} {year:04}")
}

/// `+0100`.
pub(crate) fn offset(seconds: i32) -> String {
    let minutes = seconds.unsigned_abs() / 60;
    format!("{}{:02}{:02}", if seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

fn words(date: Date, month: u32) -> (&'static str, &'static str) {
    (WEEKDAYS[date.weekday() as usize % 7], MONTHS[(month as usize - 1) % 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_each_format_has_them() {
        let moment = Date::from_ymd(2026, 3, 4).expect("a day").at(crate::value::Time(34_200));
        assert_eq!(compact(moment), "20260304T093000");
        assert_eq!(internet(moment, -12_600), "Wed, 04 Mar 2026 09:30:00 -0330");
        assert_eq!(asctime(moment), "Wed Mar  4 09:30:00 2026");
    }
}
