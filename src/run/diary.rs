//! The owner's calendar and the channels of the chat during the month.

use crate::image::script;
use crate::judge::scene::Meeting;
use crate::run::clock::Busy;
use crate::run::setting::{Address, Setting};
use crate::value::Moment;

/// One occurrence in the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Appointment {
    pub id: String,
    pub title: String,
    pub body: String,
    pub who: Vec<Address>,
    pub starts: Moment,
    pub ends: Moment,
    /// When the owner booked it; nothing if somebody else did.
    pub booked: Option<Moment>,
}

/// The owner's calendar, ascending by start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    pub appointments: Vec<Appointment>,
}

/// A line in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Post {
    pub at: Moment,
    pub channel: String,
    pub from: Address,
    pub text: String,
}

impl Calendar {
    /// What stands in it as the month begins.
    pub(crate) fn of(setting: &Setting) -> Calendar {
        let mut calendar = Calendar::default();
        setting.script.calendar.iter().for_each(|event| calendar.enter(setting, event));
        calendar
    }

    /// Enters every occurrence of an event.
    pub(crate) fn enter(&mut self, setting: &Setting, event: &script::Event) {
        let who = event.who.iter().filter_map(|id| setting.script.person(id)).map(Address::of);
        let who: Vec<Address> = who.collect();
        for starts in &event.starts {
            self.add(Appointment {
                id: event.id.clone(),
                title: event.title.text.clone(),
                body: event.body.text.clone(),
                who: who.clone(),
                starts: *starts,
                ends: Moment(starts.0 + event.lasts),
                booked: None,
            });
        }
    }

    pub(crate) fn add(&mut self, appointment: Appointment) {
        let key = |appointment: &Appointment| (appointment.starts, appointment.id.clone());
        let at = self.appointments.partition_point(|other| key(other) <= key(&appointment));
        self.appointments.insert(at, appointment);
    }

    /// What takes the owner's time from a moment on: meetings with at least one other person.
    pub(crate) fn busy(&self, from: Moment) -> Vec<Busy> {
        let later = self.appointments.iter().filter(|appointment| appointment.ends > from && appointment.who.len() > 1);
        later.map(|appointment| Busy { from: appointment.starts, until: appointment.ends }).collect()
    }

    /// The meetings that the owner booked.
    pub(crate) fn booked(&self) -> impl Iterator<Item = Meeting> {
        self.appointments.iter().filter_map(|appointment| {
            Some(Meeting {
                at: appointment.booked?,
                title: appointment.title.clone(),
                who: appointment.who.iter().map(|who| who.email.clone()).collect(),
                starts: appointment.starts,
                lasts: appointment.ends.0 - appointment.starts.0,
            })
        })
    }
}

/// The posts of the past, read from the chat's own file.
pub(crate) fn posts_of(setting: &Setting) -> Vec<Post> {
    #[derive(serde::Deserialize)]
    struct From {
        name: String,
        email: String,
    }
    #[derive(serde::Deserialize)]
    struct Line {
        channel: String,
        at: String,
        from: From,
        text: String,
    }
    let text = setting.image.read_text("mail/chat.jsonl").unwrap_or_default();
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    let post = |line: Line| {
        let from = Address { name: line.from.name, email: line.from.email.to_lowercase() };
        Some(Post { at: crate::image::time::parse_moment(&line.at)?, channel: line.channel, from, text: line.text })
    };
    lines.filter_map(post).collect()
}
