//! The owner's mail, calendar, contacts and chat as the month begins.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use crate::formats::calendar::{self, Answer, CalendarEvent, Guest};
use crate::formats::contacts::{self, Contact};
use crate::formats::mail::{Attachment, MailMessage, Mailbox, append_mbox};
use crate::image::bytes::Rendered;
use crate::image::files::{Entry, media_type};
use crate::image::hash::sha256;
use crate::image::sealed::schedule::{is_later, is_later_event, is_later_post};
use crate::image::time::iso_with_offset;
use crate::plan::{Correspondent, Event, Message, Person, Plan, Post, Words};
use crate::value::Moment;

/// One message, event or post that is there at the start: its identifier and what it says.
pub(crate) struct Letter<'a> {
    pub id: String,
    pub words: Vec<&'a Words>,
}

/// Adds `mail/<account>.mbox`, `calendar.ics`, `contacts.vcf` and `chat.jsonl`.
pub(crate) fn add(plan: &Plan, rendered: &Rendered, entries: &mut BTreeMap<String, Entry>) {
    let (mails, events, posts) = (history(plan), events(plan), posts(plan));
    let mut put = |path: String, bytes: Vec<u8>, newest: Option<Moment>| {
        let time = newest.map_or(plan.world.starts, |newest| newest.min(plan.world.starts));
        let entry = Entry::file(&path, bytes, time);
        entries.insert(path, entry);
    };
    put(mbox_path(plan), mbox(plan, rendered, &mails), mails.last().map(|mail| mail.at));
    put(CALENDAR.to_string(), calendar_file(plan, &events), events.iter().map(|event| event.invited).max());
    put(CONTACTS.to_string(), address_book(plan), None);
    put(CHAT.to_string(), chat(plan, &posts).into_bytes(), posts.last().map(|post| post.at));
}

const CALENDAR: &str = "mail/calendar.ics";
const CONTACTS: &str = "mail/contacts.vcf";
const CHAT: &str = "mail/chat.jsonl";

fn mbox_path(plan: &Plan) -> String {
    format!("mail/{}.mbox", plan.people.get(plan.world.owner).map_or("owner", |owner| owner.account.as_str()))
}

/// What stands in each of these files, with its words.
pub(crate) fn letters(plan: &Plan) -> Vec<(String, Vec<Letter<'_>>)> {
    let mails = history(plan).into_iter();
    let mails = mails.map(|mail| Letter { id: message_id(plan, mail), words: vec![&mail.subject, &mail.body] });
    let events = events(plan).into_iter();
    let events = events.map(|event| Letter { id: event_id(plan, event), words: vec![&event.title, &event.body] });
    let posts = posts(plan).into_iter().map(|post| Letter { id: post_id(plan, post), words: vec![&post.body] });
    vec![
        (mbox_path(plan), mails.collect()),
        (CALENDAR.to_string(), events.collect()),
        (CHAT.to_string(), posts.collect()),
    ]
}

/// The mails in the owner's mailbox before the month, oldest first.
fn history(plan: &Plan) -> Vec<&Message> {
    let owner = Correspondent::Person(plan.world.owner);
    let concerns =
        |message: &&Message| message.from == owner || message.to.contains(&owner) || message.cc.contains(&owner);
    let mut mails: Vec<&Message> =
        plan.messages.iter().filter(|message| !is_later(plan, message)).filter(concerns).collect();
    mails.sort_by_key(|message| (message.at, &message.address));
    mails
}

fn events(plan: &Plan) -> Vec<&Event> {
    let mut events: Vec<&Event> = plan.events.iter().filter(|event| !is_later_event(plan, event)).collect();
    events.retain(|event| event.who.contains(&plan.world.owner) && !event.at.is_empty());
    events.sort_by_key(|event| (event.at.first().copied(), &event.address));
    events
}

fn posts(plan: &Plan) -> Vec<&Post> {
    let mut posts: Vec<&Post> = plan.posts.iter().filter(|post| !is_later_post(plan, post)).collect();
    posts.sort_by_key(|post| (post.at, &post.address));
    posts
}

/// `<hash of the address>@<domain of the company>`: tells nothing of the spec, stays while the address stays.
fn identifier(plan: &Plan, kind: &str, address: &str) -> String {
    let digest = sha256(format!("{kind}\n{address}").as_bytes());
    format!("{}@{}", &digest[..20], plan.world.domain)
}

/// The Message-ID of a mail, without its angle brackets.
pub(crate) fn message_id(plan: &Plan, message: &Message) -> String {
    identifier(plan, "mail", &message.address)
}

/// The UID of an event.
pub(crate) fn event_id(plan: &Plan, event: &Event) -> String {
    identifier(plan, "event", &event.address)
}

fn post_id(plan: &Plan, post: &Post) -> String {
    identifier(plan, "post", &post.address)
}

fn mailbox(plan: &Plan, who: &Correspondent) -> Mailbox {
    match who {
        Correspondent::Person(at) => person_mailbox(&plan.people[*at]),
        Correspondent::Outside { name, email } => Mailbox { name: name.clone(), email: email.clone() },
    }
}

fn person_mailbox(person: &Person) -> Mailbox {
    Mailbox { name: person.name.clone(), email: person.email.clone() }
}

fn mbox(plan: &Plan, rendered: &Rendered, mails: &[&Message]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in mails {
        append_mbox(&mail(plan, rendered, message), &mut bytes);
    }
    bytes
}

fn mail(plan: &Plan, rendered: &Rendered, message: &Message) -> MailMessage {
    let all = |list: &[Correspondent]| list.iter().map(|who| mailbox(plan, who)).collect();
    MailMessage {
        id: message_id(plan, message),
        at: message.at,
        zone: plan.world.zone(),
        from: mailbox(plan, &message.from),
        to: all(&message.to),
        cc: all(&message.cc),
        subject: message.subject.text.clone(),
        body: message.body.text.clone(),
        references: thread(plan, message),
        attachments: message.attachments.iter().filter_map(|at| attachment(plan, rendered, *at)).collect(),
    }
}

/// The Message-IDs of what a mail answers, oldest first.
fn thread(plan: &Plan, message: &Message) -> Vec<String> {
    let mut ids = Vec::new();
    let mut answered = message.answers;
    // A mail is older than its answers, so that a thread is never longer than all mails.
    while let Some(before) = answered.and_then(|at| plan.messages.get(at)).filter(|_| ids.len() < plan.messages.len()) {
        ids.push(message_id(plan, before));
        answered = before.answers;
    }
    ids.reverse();
    ids
}

fn attachment(plan: &Plan, rendered: &Rendered, position: usize) -> Option<Attachment> {
    let document = plan.documents.get(position)?;
    let name = document.path.rsplit('/').next().unwrap_or(&document.path).to_string();
    let content: Arc<[u8]> = rendered.documents.get(position)?.clone();
    Some(Attachment { media_type: media_type(&name).to_string(), name, content })
}

fn calendar_file(plan: &Plan, events: &[&Event]) -> Vec<u8> {
    let entries: Vec<CalendarEvent> = events.iter().map(|event| entry(plan, event)).collect();
    calendar::write(&plan.people[plan.world.owner].name, plan.world.zone(), &entries)
}

/// What is over, everybody has accepted; what is to come, everybody but the owner.
fn entry(plan: &Plan, event: &Event) -> CalendarEvent {
    let over = event.at.first().is_some_and(|first| *first < plan.world.starts);
    let guest = |who: &usize| Guest {
        who: person_mailbox(&plan.people[*who]),
        answer: if over || *who != plan.world.owner { Answer::Accepted } else { Answer::Open },
    };
    CalendarEvent {
        uid: event_id(plan, event),
        stamp: event.invited,
        title: event.title.text.clone(),
        body: event.body.text.clone(),
        place: String::new(),
        organiser: event.who.first().map(|who| person_mailbox(&plan.people[*who])),
        guests: event.who.iter().map(guest).collect(),
        starts: event.at.clone(),
        lasts: event.lasts,
    }
}

/// Everybody but the owner.
fn address_book(plan: &Plan) -> Vec<u8> {
    let others = plan.people.iter().enumerate().filter(|(at, _)| *at != plan.world.owner);
    let cards: Vec<Contact> = others.map(|(_, person)| contact(plan, person)).collect();
    contacts::write(&cards)
}

fn contact(plan: &Plan, person: &Person) -> Contact {
    Contact {
        uid: identifier(plan, "person", &person.id),
        name: person.name.clone(),
        given: person.first.clone(),
        family: person.last.clone(),
        email: person.email.clone(),
        company: person.company.clone(),
        role: person.role.clone(),
        phone: String::new(),
        revised: None,
    }
}

/// One post a line, oldest first.
fn chat(plan: &Plan, posts: &[&Post]) -> String {
    let line = |post: &&Post| {
        let from = person_mailbox(&plan.people[post.from]);
        let record = json!({
            "id": post_id(plan, post),
            "channel": post.channel,
            "at": iso_with_offset(&plan.world.timezone, post.at),
            "from": {"name": from.name, "email": from.email},
            "text": post.body.text,
        });
        format!("{record}\n")
    };
    posts.iter().map(line).collect()
}
