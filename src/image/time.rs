//! Story times as the image writes them: ISO 8601, local or with the offset of the world's time zone.

use crate::value::Moment;
use crate::value::zone::Zone;

/// `2026-03-04T09:12:00+01:00`: the story time with its distance from UTC in the world's zone.
pub(crate) fn iso_with_offset(timezone: &str, moment: Moment) -> String {
    // A plan has only zones of the table; a name from elsewhere counts as UTC.
    let resolved = Zone::named(timezone).map(|zone| zone.resolve(moment));
    let (moment, seconds) = resolved.map_or((moment, 0), |(moment, offset)| (moment, offset.seconds));
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{}{sign}{:02}:{:02}", moment.iso(), minutes / 60, minutes % 60)
}

/// Seconds since 1970 in UTC of a time written by [`iso_with_offset`].
pub(crate) fn parse_instant(text: &str) -> Option<i64> {
    let (local, offset) = text.split_at_checked(19)?;
    let local = parse_moment(local)?;
    let (sign, distance) = offset.split_at_checked(1)?;
    let (hours, minutes) = distance.split_once(':')?;
    let seconds = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
    match sign {
        "+" => Some(local.0 - seconds),
        "-" => Some(local.0 + seconds),
        _ => None,
    }
}

/// `2026-03-04 09:12`, as people read it, of a time written by [`iso_with_offset`] or [`Moment::iso`].
pub(crate) fn minute(text: &str) -> String {
    text.get(..16).unwrap_or(text).replacen('T', " ", 1)
}

/// The local moment of a time written by [`Moment::iso`] or [`iso_with_offset`].
pub(crate) fn parse_moment(text: &str) -> Option<Moment> {
    Moment::parse(text.get(..19)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn story_times_carry_the_offset_of_their_day() {
        let at = |text| parse_moment(text).expect("the test writes moments");
        let winter = iso_with_offset("Europe/Berlin", at("2026-03-28T09:12:00"));
        let summer = iso_with_offset("Europe/Berlin", at("2026-03-30T09:12:00"));
        assert_eq!([winter.as_str(), summer.as_str()], ["2026-03-28T09:12:00+01:00", "2026-03-30T09:12:00+02:00"]);
        assert_eq!(parse_instant(&summer), Some(1_774_854_720));
        assert_eq!(parse_instant("2026-03-28T09:12:00-05:30"), parse_instant("2026-03-28T14:42:00+00:00"));
        assert_eq!(parse_instant("soon"), None);
    }
}
