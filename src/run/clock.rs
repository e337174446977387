//! The working day of the owner: when it begins, when it must end, and what meetings take of it.

use crate::value::calendar::WorkingCalendar;
use crate::value::{Duration, Moment, Time};

/// Nobody works longer than this [C4].
const LATEST: Time = Time(22 * 3600);

/// The hours of the owner and the frame of the month.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub calendar: WorkingCalendar,
    /// When the owner's day begins and ends.
    pub hours: (Time, Time),
    pub starts: Moment,
    /// The last instant of the month.
    pub ends: Moment,
}

/// A meeting that takes the owner's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Busy {
    pub from: Moment,
    pub until: Moment,
}

impl Office {
    /// How long the month is, in seconds.
    pub(crate) fn seconds(&self) -> u64 {
        (self.ends.0 - self.starts.0).unsigned_abs()
    }

    /// The start of the next working day after `now`'s, or the end of the month.
    pub(crate) fn next_day(&self, now: Moment) -> Moment {
        let next = self.calendar.workdays_after(now.date(), 1);
        next.map_or(self.ends, |date| date.at(self.hours.0)).min(self.ends)
    }

    /// Where the clock stands when `seconds` of work that began at `now` are done: meetings that begin meanwhile are
    /// attended first, at 22:00 the day ends and the rest is forgotten, and nothing passes the month's end. `meetings`
    /// are ascending.
    pub(crate) fn after_work(&self, now: Moment, seconds: i64, meetings: &[Busy]) -> Moment {
        let done = attend(now, Moment(now.0 + seconds), meetings);
        let latest = now.date().at(LATEST);
        if now < latest && done > latest {
            return self.next_day(now);
        }
        done.min(self.ends)
    }

    /// Where the clock stands after waiting for `until`: a meeting that runs then is attended to its end.
    pub(crate) fn after_waiting(&self, until: Moment, meetings: &[Busy]) -> Moment {
        let running = meetings.iter().filter(|meeting| meeting.from < until && until < meeting.until);
        running.map(|meeting| meeting.until).max().unwrap_or(until).min(self.ends)
    }
}

/// Each meeting that begins before the work is done moves its end by what the meeting takes.
fn attend(now: Moment, done: Moment, meetings: &[Busy]) -> Moment {
    let mut done = done;
    let mut free = now;
    for meeting in meetings.iter().filter(|meeting| meeting.from >= now) {
        if meeting.from >= done {
            break;
        }
        let taken = meeting.until.0 - meeting.from.0.max(free.0);
        if taken > 0 {
            done = Moment(done.0 + taken);
            free = meeting.until;
        }
    }
    done
}

/// `+4 min`, `+30 s`, `+2 h 5 min`, `+3 d 16 h`: how much time an answer took.
pub(crate) fn elapsed(duration: Duration) -> String {
    let seconds = duration.0.max(0);
    let parts = [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).take(2).map(|(count, unit)| format!("{count} {unit}")).collect();
    if words.is_empty() { "+0 s".to_owned() } else { format!("+{}", words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, usual};

    fn moment(text: &str) -> Moment {
        Moment::parse(text).expect("the test writes moments")
    }

    fn office() -> Office {
        let holidays = [Date::parse("2026-03-20").expect("a date")].into();
        Office {
            calendar: WorkingCalendar { holidays },
            hours: usual::HOURS,
            starts: moment("2026-03-02 09:00"),
            ends: moment("2026-03-31 23:59"),
        }
    }

    #[test]
    fn a_day_ends_at_the_next_working_morning() {
        assert_eq!(office().next_day(moment("2026-03-19 12:00")), moment("2026-03-23 09:00"));
        assert_eq!(office().next_day(moment("2026-03-31 12:00")), office().ends);
    }

    #[test]
    fn meetings_are_attended_before_work_goes_on() {
        let meeting = |from: &str, until: &str| Busy { from: moment(from), until: moment(until) };
        let meetings = [
            meeting("2026-03-03 10:00", "2026-03-03 10:30"),
            meeting("2026-03-03 10:15", "2026-03-03 11:00"),
            meeting("2026-03-03 12:00", "2026-03-03 13:00"),
        ];
        let after = |now: &str, seconds| office().after_work(moment(now), seconds, &meetings);
        assert_eq!(after("2026-03-03 09:50", 300), moment("2026-03-03 09:55"));
        assert_eq!(after("2026-03-03 09:55", 600), moment("2026-03-03 11:05"));
        assert_eq!(after("2026-03-03 21:50", 1_200), moment("2026-03-04 09:00"));
        assert_eq!(office().after_waiting(moment("2026-03-03 12:30"), &meetings), moment("2026-03-03 13:00"));
    }

    #[test]
    fn elapsed_time_has_two_units() {
        let words = [0, 30, 240, 7_500, 316_800].map(|seconds| elapsed(Duration(seconds)));
        assert_eq!(words, ["+0 s", "+30 s", "+4 min", "+2 h 5 min", "+3 d 16 h"]);
    }
}
