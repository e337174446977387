//! Time zones from a table pinned by the edition [T1]: where the clock stands, and what a calendar file says about it.
//!
//! The facts are those of the IANA time zone database, edition 2025b (public domain; compared with it for 2026), as far as offices need them. Each
//! zone has today's rule for all years: worlds are set in the present, and a table of history would be larger than the
//! use it has.

use crate::value::{Date, Moment, Month, Time};

const HOUR: i64 = 3_600;

/// A time zone: its name, its offsets and when it changes between them.
#[derive(Debug, PartialEq, Eq)]
pub struct Zone {
    /// As in the IANA database: `Europe/Berlin`.
    pub name: &'static str,
    /// Minutes ahead of UTC in winter.
    standard_minutes: i32,
    /// What the zone calls its winter and its summer time; numeric where no letters are in use.
    abbreviations: [&'static str; 2],
    rule: Rule,
}

/// When clocks go forward and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Never.
    Fixed,
    /// Europe: on the last Sundays of March and October at 01:00 UTC.
    Europe,
    /// United States and Canada: the second Sunday of March and the first of November at 02:00 local time.
    America,
    /// South-east Australia: the first Sundays of October and April at 02:00 standard time.
    Australia,
    /// New Zealand: the last Sunday of September and the first of April at 02:00 standard time.
    NewZealand,
}

/// How far the clock is ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    pub seconds: i32,
    pub daylight: bool,
    pub abbreviation: &'static str,
}

/// One half of a zone's year, as a VTIMEZONE of iCalendar writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observance {
    /// The offset before the clocks change to this.
    pub from_seconds: i32,
    pub to: Offset,
    /// The month (1 to 12) and the Sunday of it (1, 2, … or −1 for the last) on which it begins.
    pub month: u32,
    pub sunday: i32,
    /// The clock as it stood before the change.
    pub onset: Time,
}

impl Observance {
    /// When it begins in that year, on the clock as it stood before the change.
    pub fn begins(&self, year: i32) -> Moment {
        sunday(year, self.month, self.sunday).at(self.onset)
    }
}

impl Zone {
    /// The zone of that name.
    pub fn named(name: &str) -> Option<&'static Zone> {
        ZONES.iter().find(|zone| zone.name == name)
    }

    /// The names of all zones, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ZONES.iter().map(|zone| zone.name)
    }

    /// The moment as the clock shows it and its offset: a missing local time moves forward, a doubled one is the first.
    pub fn resolve(&self, local: Moment) -> (Moment, Offset) {
        let (standard, daylight) = (self.standard(), self.daylight());
        if self.is_daylight(minus(local, daylight)) {
            return (local, daylight);
        }
        if self.is_daylight(minus(local, standard)) {
            return (Moment(local.0 + HOUR), daylight);
        }
        (local, standard)
    }

    /// The offset at a local moment.
    pub fn offset_at(&self, local: Moment) -> Offset {
        self.resolve(local).1
    }

    /// The same instant in UTC.
    pub fn to_utc(&self, local: Moment) -> Moment {
        let (local, offset) = self.resolve(local);
        minus(local, offset)
    }

    /// Winter time.
    pub fn standard(&self) -> Offset {
        Offset { seconds: self.standard_minutes * 60, daylight: false, abbreviation: self.abbreviations[0] }
    }

    /// Summer time, an hour ahead; only of use where the zone has one.
    fn daylight(&self) -> Offset {
        let seconds = self.standard_minutes * 60 + HOUR as i32;
        Offset { seconds, daylight: true, abbreviation: self.abbreviations[1] }
    }

    /// The two halves of the year, summer time first; none if the clock never changes.
    pub fn observances(&self) -> Option<[Observance; 2]> {
        let ((start_month, start_sunday), (end_month, end_sunday)) = match self.rule {
            Rule::Fixed => return None,
            Rule::Europe => ((3, -1), (10, -1)),
            Rule::America => ((3, 2), (11, 1)),
            Rule::Australia => ((10, 1), (4, 1)),
            Rule::NewZealand => ((9, -1), (4, 1)),
        };
        let (standard, daylight) = (self.standard(), self.daylight());
        let (start, end) = self.onsets();
        Some([
            Observance {
                from_seconds: standard.seconds,
                to: daylight,
                month: start_month,
                sunday: start_sunday,
                onset: start,
            },
            Observance {
                from_seconds: daylight.seconds,
                to: standard,
                month: end_month,
                sunday: end_sunday,
                onset: end,
            },
        ])
    }

    /// The clock at which summer time starts and ends, as it stood before.
    fn onsets(&self) -> (Time, Time) {
        let clock = |seconds: i64| Time(seconds.clamp(0, i64::from(Time::END.0)) as u32);
        match self.rule {
            Rule::Europe => {
                let start = i64::from(self.standard_minutes) * 60 + HOUR;
                (clock(start), clock(start + HOUR))
            }
            Rule::America => (clock(2 * HOUR), clock(2 * HOUR)),
            Rule::Fixed | Rule::Australia | Rule::NewZealand => (clock(2 * HOUR), clock(3 * HOUR)),
        }
    }

    /// Whether summer time is in force at an instant of UTC.
    fn is_daylight(&self, utc: Moment) -> bool {
        let Some([start, end]) = self.observances() else { return false };
        let year = Moment(utc.0 + i64::from(self.standard().seconds)).date().month().year();
        let starts = start.begins(year).0 - i64::from(start.from_seconds);
        let ends = end.begins(year).0 - i64::from(end.from_seconds);
        if starts < ends { (starts..ends).contains(&utc.0) } else { utc.0 >= starts || utc.0 < ends }
    }
}

fn minus(moment: Moment, offset: Offset) -> Moment {
    Moment(moment.0 - i64::from(offset.seconds))
}

/// The n-th Sunday of a month, from 1; −1 is the last.
fn sunday(year: i32, month: u32, n: i32) -> Date {
    let month = Month(year * 12 + month as i32 - 1);
    if n < 0 {
        let last = month.last();
        return Date(last.0 - (last.weekday() as i32 + 1) % 7);
    }
    let first = month.first();
    Date(first.0 + 6 - first.weekday() as i32 + 7 * (n - 1))
}

/// One line of the table.
const fn zone(name: &'static str, minutes: i32, standard: &'static str, daylight: &'static str, rule: Rule) -> Zone {
    Zone { name, standard_minutes: minutes, abbreviations: [standard, daylight], rule }
}

const fn western(name: &'static str) -> Zone {
    zone(name, 0, "WET", "WEST", Rule::Europe)
}

const fn central(name: &'static str) -> Zone {
    zone(name, 60, "CET", "CEST", Rule::Europe)
}

const fn eastern(name: &'static str) -> Zone {
    zone(name, 120, "EET", "EEST", Rule::Europe)
}

const fn american(name: &'static str, hours: i32, standard: &'static str, daylight: &'static str) -> Zone {
    zone(name, hours * 60, standard, daylight, Rule::America)
}

const fn fixed(name: &'static str, minutes: i32, abbreviation: &'static str) -> Zone {
    zone(name, minutes, abbreviation, abbreviation, Rule::Fixed)
}

static ZONES: &[Zone] = &[
    fixed("UTC", 0, "UTC"),
    // Europe
    zone("Atlantic/Azores", -60, "-01", "+00", Rule::Europe),
    western("Atlantic/Canary"),
    western("Atlantic/Madeira"),
    western("Europe/Lisbon"),
    fixed("Atlantic/Reykjavik", 0, "GMT"),
    zone("Europe/Dublin", 0, "GMT", "IST", Rule::Europe),
    zone("Europe/London", 0, "GMT", "BST", Rule::Europe),
    zone("Europe/Guernsey", 0, "GMT", "BST", Rule::Europe),
    zone("Europe/Isle_of_Man", 0, "GMT", "BST", Rule::Europe),
    zone("Europe/Jersey", 0, "GMT", "BST", Rule::Europe),
    central("Africa/Ceuta"),
    central("Europe/Amsterdam"),
    central("Europe/Andorra"),
    central("Europe/Belgrade"),
    central("Europe/Berlin"),
    central("Europe/Bratislava"),
    central("Europe/Brussels"),
    central("Europe/Budapest"),
    central("Europe/Busingen"),
    central("Europe/Copenhagen"),
    central("Europe/Gibraltar"),
    central("Europe/Ljubljana"),
    central("Europe/Luxembourg"),
    central("Europe/Madrid"),
    central("Europe/Malta"),
    central("Europe/Monaco"),
    central("Europe/Oslo"),
    central("Europe/Paris"),
    central("Europe/Podgorica"),
    central("Europe/Prague"),
    central("Europe/Rome"),
    central("Europe/San_Marino"),
    central("Europe/Sarajevo"),
    central("Europe/Skopje"),
    central("Europe/Stockholm"),
    central("Europe/Tirane"),
    central("Europe/Vaduz"),
    central("Europe/Vatican"),
    central("Europe/Vienna"),
    central("Europe/Warsaw"),
    central("Europe/Zagreb"),
    central("Europe/Zurich"),
    eastern("Asia/Nicosia"),
    eastern("Europe/Athens"),
    eastern("Europe/Bucharest"),
    eastern("Europe/Helsinki"),
    eastern("Europe/Kyiv"),
    eastern("Europe/Mariehamn"),
    eastern("Europe/Riga"),
    eastern("Europe/Sofia"),
    eastern("Europe/Tallinn"),
    eastern("Europe/Vilnius"),
    fixed("Europe/Istanbul", 180, "+03"),
    // North and South America
    zone("America/St_Johns", -210, "NST", "NDT", Rule::America),
    american("America/Halifax", -4, "AST", "ADT"),
    american("America/New_York", -5, "EST", "EDT"),
    american("America/Detroit", -5, "EST", "EDT"),
    american("America/Toronto", -5, "EST", "EDT"),
    american("America/Chicago", -6, "CST", "CDT"),
    american("America/Winnipeg", -6, "CST", "CDT"),
    american("America/Denver", -7, "MST", "MDT"),
    american("America/Edmonton", -7, "MST", "MDT"),
    american("America/Los_Angeles", -8, "PST", "PDT"),
    american("America/Vancouver", -8, "PST", "PDT"),
    american("America/Anchorage", -9, "AKST", "AKDT"),
    fixed("America/Phoenix", -420, "MST"),
    fixed("America/Regina", -360, "CST"),
    fixed("Pacific/Honolulu", -600, "HST"),
    fixed("America/Mexico_City", -360, "CST"),
    fixed("America/Bogota", -300, "-05"),
    fixed("America/Lima", -300, "-05"),
    fixed("America/Argentina/Buenos_Aires", -180, "-03"),
    fixed("America/Sao_Paulo", -180, "-03"),
    // Africa
    fixed("Africa/Johannesburg", 120, "SAST"),
    fixed("Africa/Lagos", 60, "WAT"),
    fixed("Africa/Nairobi", 180, "EAT"),
    // Asia
    fixed("Asia/Dubai", 240, "+04"),
    fixed("Asia/Riyadh", 180, "+03"),
    fixed("Asia/Karachi", 300, "PKT"),
    fixed("Asia/Kolkata", 330, "IST"),
    fixed("Asia/Dhaka", 360, "+06"),
    fixed("Asia/Bangkok", 420, "+07"),
    fixed("Asia/Ho_Chi_Minh", 420, "+07"),
    fixed("Asia/Jakarta", 420, "WIB"),
    fixed("Asia/Hong_Kong", 480, "HKT"),
    fixed("Asia/Kuala_Lumpur", 480, "+08"),
    fixed("Asia/Manila", 480, "PST"),
    fixed("Asia/Shanghai", 480, "CST"),
    fixed("Asia/Singapore", 480, "+08"),
    fixed("Asia/Taipei", 480, "CST"),
    fixed("Asia/Seoul", 540, "KST"),
    fixed("Asia/Tokyo", 540, "JST"),
    // Australia and the Pacific
    fixed("Australia/Perth", 480, "AWST"),
    fixed("Australia/Brisbane", 600, "AEST"),
    zone("Australia/Adelaide", 570, "ACST", "ACDT", Rule::Australia),
    zone("Australia/Hobart", 600, "AEST", "AEDT", Rule::Australia),
    zone("Australia/Melbourne", 600, "AEST", "AEDT", Rule::Australia),
    zone("Australia/Sydney", 600, "AEST", "AEDT", Rule::Australia),
    zone("Pacific/Auckland", 720, "NZST", "NZDT", Rule::NewZealand),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap_or_else(|| panic!("{text} is a moment"))
    }

    fn utc(zone: &str, local: &str) -> String {
        Zone::named(zone).unwrap_or_else(|| panic!("{zone} is a zone")).to_utc(moment(local)).to_string()
    }

    #[test]
    fn local_moments_become_utc() {
        for (zone, local, expected) in [
            ("Europe/Berlin", "2026-03-29 01:59", "2026-03-29 00:59"),
            ("Europe/Berlin", "2026-03-29 02:00", "2026-03-29 01:00"),
            ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
            ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00"),
            ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
            ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00"),
            ("Europe/London", "2026-07-01 09:00", "2026-07-01 08:00"),
            ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),
            ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),
            ("America/St_Johns", "2026-01-01 00:00", "2026-01-01 03:30"),
            ("Australia/Sydney", "2026-01-01 09:00", "2025-12-31 22:00"),
            ("Australia/Sydney", "2026-04-05 02:30", "2026-04-04 15:30"),
            ("Pacific/Auckland", "2026-06-01 09:00", "2026-05-31 21:00"),
            ("Pacific/Auckland", "2026-01-01 09:00", "2025-12-31 20:00"),
            ("Asia/Kolkata", "2026-03-02 09:00", "2026-03-02 03:30"),
        ] {
            assert_eq!(utc(zone, local), expected, "{zone} {local}");
        }
    }

    #[test]
    fn a_missing_local_time_moves_forward_and_a_doubled_one_is_the_first() {
        let berlin = Zone::named("Europe/Berlin").expect("a zone of the table");
        let (moved, offset) = berlin.resolve(moment("2026-03-29 02:30"));
        assert_eq!((moved.to_string().as_str(), offset.abbreviation), ("2026-03-29 03:30", "CEST"));
        assert_eq!(berlin.offset_at(moment("2026-10-25 02:30")).abbreviation, "CEST");
        // The night in which clocks go forward is an hour shorter.
        let [before, after] = ["2026-03-28 12:00", "2026-03-29 12:00"].map(|noon| berlin.to_utc(moment(noon)).0);
        assert_eq!(after - before, 23 * HOUR);
    }

    #[test]
    fn every_hour_of_utc_comes_back() {
        for zone in ZONES {
            let start = moment("2026-01-01 00:00").0;
            let shown = |utc: Moment| {
                let offset = if zone.is_daylight(utc) { zone.daylight() } else { zone.standard() };
                Moment(utc.0 + i64::from(offset.seconds))
            };
            let mut doubled = 0;
            for instant in (0..365 * 24).map(|hour| Moment(start + hour * HOUR)) {
                doubled += u32::from(zone.to_utc(shown(instant)) != instant);
            }
            // Only the second of the doubled hours is read as the first.
            assert_eq!(doubled, u32::from(zone.rule != Rule::Fixed), "{}", zone.name);
        }
    }

    #[test]
    fn a_calendar_file_can_describe_a_zone() {
        let [summer, winter] =
            Zone::named("Europe/Berlin").and_then(Zone::observances).expect("Berlin has summer time");
        assert_eq!((summer.month, summer.sunday, summer.onset.to_string().as_str()), (3, -1, "02:00"));
        assert_eq!((winter.month, winter.sunday, winter.onset.to_string().as_str()), (10, -1, "03:00"));
        assert_eq!(summer.begins(2026).to_string(), "2026-03-29 02:00");
        assert_eq!((summer.from_seconds, summer.to.seconds, winter.to.abbreviation), (3600, 7200, "CET"));
        assert_eq!(Zone::named("Asia/Tokyo").and_then(Zone::observances), None);
        assert_eq!(Zone::named("Europe/berlin"), None);
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Zone::names().collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ZONES.len());
    }
}
