//! The owner's calendar: list, read, book, move, cancel.

use super::mail::{addresses, minute, shown};
use super::{needed, optional};
use crate::run::diary::Appointment;
use crate::run::setting::Address;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};
use crate::value::{Date, Moment};

/// Appointments that one list shows.
const PAGE: usize = 100;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "list_events",
        about: "Lists the calendar from one day to another.",
        cost: 20,
        reads: true,
        arguments: &[
            optional("start", Kind::Text, "the first day, 2026-03-02; today if not given"),
            optional("end", Kind::Text, "the last day; a week later if not given"),
        ],
        run: list,
    },
    Tool {
        name: "read_event",
        about: "Shows an event with its guests and text.",
        cost: 15,
        reads: true,
        arguments: &[needed("event_id", Kind::Text, "the id of the event")],
        run: read,
    },
    Tool {
        name: "create_event",
        about: "Books a meeting and invites guests.",
        cost: 120,
        reads: false,
        arguments: &[
            needed("summary", Kind::Text, "the title"),
            needed("start", Kind::Text, "when it begins: 2026-03-05 14:00"),
            needed("end", Kind::Text, "when it ends"),
            optional("attendees", Kind::Texts, "addresses of the guests"),
            optional("description", Kind::Text, "what it is about"),
        ],
        run: create,
    },
    Tool {
        name: "update_event",
        about: "Moves a meeting that you booked.",
        cost: 60,
        reads: false,
        arguments: &[
            needed("event_id", Kind::Text, "the id of the event"),
            needed("start", Kind::Text, "when it begins now"),
            needed("end", Kind::Text, "when it ends now"),
        ],
        run: update,
    },
    Tool {
        name: "delete_event",
        about: "Cancels a meeting that you booked.",
        cost: 30,
        reads: false,
        arguments: &[needed("event_id", Kind::Text, "the id of the event")],
        run: delete,
    },
];

fn day(text: &str, otherwise: Date) -> Result<Date, Refusal> {
    if text.is_empty() {
        return Ok(otherwise);
    }
    Date::parse(text.get(..10).unwrap_or(text))
        .ok_or_else(|| Refusal::because(format!("{text:?} is no day; write it like 2026-03-02")))
}

fn moment(text: &str) -> Result<Moment, Refusal> {
    let text = text.trim_end_matches('Z');
    Moment::parse(text).ok_or_else(|| Refusal::because(format!("{text:?} is no time; write it like 2026-03-05 14:00")))
}

fn list(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let first = day(arguments.text("start"), desk.state.now.date())?;
    let last = day(arguments.text("end"), first.plus_days(6).unwrap_or(first))?;
    let inside = |appointment: &&Appointment| {
        let on = appointment.starts.date();
        first <= on && on <= last
    };
    let found = desk.state.calendar.appointments.iter().filter(inside).take(PAGE);
    let line = |appointment: &Appointment| {
        let until = minute(appointment.ends);
        let until = until.get(11..).unwrap_or_default();
        format!("{} to {until}  {}  id: {}", minute(appointment.starts), appointment.title, appointment.id)
    };
    let lines: Vec<String> = found.map(line).collect();
    Ok(if lines.is_empty() { "Nothing in the calendar".to_owned() } else { lines.join("\n") }.into())
}

fn read(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let id = arguments.text("event_id");
    let mut all = desk.state.calendar.appointments.iter().filter(|appointment| appointment.id == id);
    let next = all.clone().find(|appointment| appointment.ends >= desk.state.now).or(all.next_back());
    let found = next.ok_or_else(|| no_event(id))?;
    let guests = found.who.iter().map(shown).collect::<Vec<_>>().join(", ");
    let (starts, ends) = (minute(found.starts), minute(found.ends));
    Ok(format!("{}\n{starts} to {ends}\nGuests: {guests}\n\n{}", found.title, found.body).into())
}

fn no_event(id: &str) -> Refusal {
    Refusal::because(format!("there is no event with the id {id:?}; list_events shows ids"))
}

fn times(desk: &Desk<'_>, arguments: &Arguments<'_>) -> Result<(Moment, Moment), Refusal> {
    let (starts, ends) = (moment(arguments.text("start"))?, moment(arguments.text("end"))?);
    match () {
        () if ends <= starts => Err(Refusal::because("the end is not after the start")),
        () if starts < desk.state.now => Err(Refusal::because("that time is past")),
        () => Ok((starts, ends)),
    }
}

fn create(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (starts, ends) = times(desk, arguments)?;
    let guests = arguments.texts("attendees");
    let mut who = vec![Address::of(desk.setting.owner())];
    if !guests.is_empty() {
        let invited = addresses(desk.setting, &guests)?;
        who.extend(invited.into_iter().filter(|guest| guest.email != desk.setting.owner().email.to_lowercase()));
    }
    let count = desk.state.calendar.appointments.len();
    let id = desk.setting.message_id(&format!("booked {count} {}", desk.state.now.0));
    let title = arguments.text("summary").to_owned();
    desk.state.note(&format!("booked {id} {title} {} {}", starts.0, ends.0));
    desk.state.calendar.add(Appointment {
        id: id.clone(),
        title,
        body: arguments.text("description").to_owned(),
        who,
        starts,
        ends,
        booked: Some(desk.state.now),
    });
    Ok(format!("Booked, id: {id}").into())
}

/// Takes an event of the owner's own out of the calendar.
fn take(desk: &mut Desk<'_>, id: &str) -> Result<Appointment, Refusal> {
    let appointments = &mut desk.state.calendar.appointments;
    let at = appointments.iter().position(|appointment| appointment.id == id).ok_or_else(|| no_event(id))?;
    match appointments[at].booked {
        Some(_) => Ok(appointments.remove(at)),
        None => Err(Refusal::because("somebody else invited to that meeting; ask them to move it")),
    }
}

fn update(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (starts, ends) = times(desk, arguments)?;
    let appointment = take(desk, arguments.text("event_id"))?;
    desk.state.note(&format!("moved {} {} {}", appointment.id, starts.0, ends.0));
    desk.state.calendar.add(Appointment { starts, ends, booked: Some(desk.state.now), ..appointment });
    Ok("Moved".to_owned().into())
}

fn delete(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let appointment = take(desk, arguments.text("event_id"))?;
    desk.state.note(&format!("cancelled {}", appointment.id));
    Ok("Cancelled".to_owned().into())
}
