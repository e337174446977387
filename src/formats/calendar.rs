//! Calendars: events → ics.

use super::folded::{self, line, text};
use super::mail::Mailbox;
use super::moment;
use crate::value::zone::{Observance, Zone};
use crate::value::{Moment, Time};

/// Somebody who is asked to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guest {
    pub(crate) who: Mailbox,
    pub(crate) answer: Answer,
}

/// What a guest said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Open,
    Accepted,
}

/// An event of one or several occurrences that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CalendarEvent {
    /// Unique in the world, made from the event's address.
    pub(crate) uid: String,
    /// When it was written, in the calendar's zone.
    pub(crate) stamp: Moment,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) place: String,
    pub(crate) organiser: Option<Mailbox>,
    pub(crate) guests: Vec<Guest>,
    /// Starts of all occurrences in the calendar's zone, ascending; at least one.
    pub(crate) starts: Vec<Moment>,
    /// Seconds; whole days from midnight make an all-day event.
    pub(crate) lasts: i64,
}

const DAY: i64 = 86_400;
/// VTIMEZONE rules begin in a year before any story.
const RULES_FROM: i32 = 1970;

/// A calendar of events in one zone. Each event is written from itself alone.
pub(crate) fn write(name: &str, zone: &Zone, events: &[CalendarEvent]) -> Vec<u8> {
    let mut out = String::with_capacity(1_000 + events.len() * 600);
    line("BEGIN", "VCALENDAR", &mut out);
    line("VERSION", "2.0", &mut out);
    line("PRODID", "-//worldc//calendar//EN", &mut out);
    line("CALSCALE", "GREGORIAN", &mut out);
    text("X-WR-CALNAME", name, &mut out);
    time_zone(zone, &mut out);
    for event in events {
        self::event(event, zone, &mut out);
    }
    line("END", "VCALENDAR", &mut out);
    out.into_bytes()
}

fn event(event: &CalendarEvent, zone: &Zone, out: &mut String) {
    line("BEGIN", "VEVENT", out);
    line("UID", &event.uid, out);
    line("DTSTAMP", &format!("{}Z", moment::compact(zone.to_utc(event.stamp))), out);
    times(event, zone, out);
    text("SUMMARY", &event.title, out);
    text("DESCRIPTION", &event.body, out);
    text("LOCATION", &event.place, out);
    if let Some(organiser) = &event.organiser {
        line(
            &format!("ORGANIZER;CN={}", folded::parameter(&organiser.name)),
            &format!("mailto:{}", organiser.email),
            out,
        );
    }
    for guest in &event.guests {
        self::guest(guest, out);
    }
    line("END", "VEVENT", out);
}

fn guest(guest: &Guest, out: &mut String) {
    let answer = match guest.answer {
        Answer::Open => "NEEDS-ACTION;RSVP=TRUE",
        Answer::Accepted => "ACCEPTED",
    };
    let name = folded::parameter(&guest.who.name);
    let property = format!("ATTENDEE;CN={name};ROLE=REQ-PARTICIPANT;PARTSTAT={answer}");
    line(&property, &format!("mailto:{}", guest.who.email), out);
}

/// Start, end and the other occurrences. Ends are local: an event that spans a change of clocks ends when the clock
/// says so.
fn times(event: &CalendarEvent, zone: &Zone, out: &mut String) {
    let Some((&first, others)) = event.starts.split_first() else { return };
    let end = Moment(first.0 + event.lasts);
    let all_day = first.time() == Time(0) && event.lasts > 0 && event.lasts % DAY == 0;
    let (parameters, written): (String, fn(Moment) -> String) = if all_day {
        (";VALUE=DATE".to_owned(), |at| moment::compact(at)[..8].to_owned())
    } else {
        (format!(";TZID={}", zone.name), moment::compact)
    };
    line(&format!("DTSTART{parameters}"), &written(first), out);
    line(&format!("DTEND{parameters}"), &written(end), out);
    if !others.is_empty() {
        let dates: Vec<String> = others.iter().map(|&at| written(at)).collect();
        line(&format!("RDATE{parameters}"), &dates.join(","), out);
    }
}

fn time_zone(zone: &Zone, out: &mut String) {
    line("BEGIN", "VTIMEZONE", out);
    line("TZID", zone.name, out);
    match zone.observances() {
        Some(observances) => observances.iter().for_each(|observance| changing(observance, out)),
        None => fixed(zone, out),
    }
    line("END", "VTIMEZONE", out);
}

fn changing(observance: &Observance, out: &mut String) {
    let kind = if observance.to.daylight { "DAYLIGHT" } else { "STANDARD" };
    line("BEGIN", kind, out);
    line("DTSTART", &moment::compact(observance.begins(RULES_FROM)), out);
    let rule = format!("FREQ=YEARLY;BYMONTH={};BYDAY={}SU", observance.month, observance.sunday);
    line("RRULE", &rule, out);
    line("TZOFFSETFROM", &moment::offset(observance.from_seconds), out);
    line("TZOFFSETTO", &moment::offset(observance.to.seconds), out);
    line("TZNAME", observance.to.abbreviation, out);
    line("END", kind, out);
}

fn fixed(zone: &Zone, out: &mut String) {
    let offset = zone.standard();
    line("BEGIN", "STANDARD", out);
    line("DTSTART", "19700101T000000", out);
    line("TZOFFSETFROM", &moment::offset(offset.seconds), out);
    line("TZOFFSETTO", &moment::offset(offset.seconds), out);
    line("TZNAME", offset.abbreviation, out);
    line("END", "STANDARD", out);
}
