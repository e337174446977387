//! What happens during the month, one record a line, in the order it happens.

use serde_json::{Value as Json, json};

use crate::image::bytes::Rendered;
use crate::image::correspondence::{event_id, message_id};
use crate::image::encode;
use crate::image::sealed::held_file;
use crate::plan::{Change, Correspondent, Event, Message, Plan, Post};

/// Changes come before calendar entries and these before deliveries at one moment, then the address decides.
pub(crate) fn text(plan: &Plan, rendered: &Rendered) -> String {
    let changes = plan.changes.iter().map(|part| ((part.at, 0, &part.address), change(plan, rendered, part)));
    let events = plan.events.iter().filter(|part| is_later_event(plan, part));
    let events = events.map(|part| ((part.invited, 1, &part.address), event(plan, part)));
    let messages = plan.messages.iter().filter(|part| is_later(plan, part));
    let messages = messages.map(|part| ((part.at, 2, &part.address), message(plan, rendered, part)));
    let posts = plan.posts.iter().filter(|part| is_later_post(plan, part));
    let posts = posts.map(|part| ((part.at, 2, &part.address), post(plan, part)));
    let mut all: Vec<_> = changes.chain(events).chain(messages).chain(posts).collect();
    all.sort_by(|left, right| left.0.cmp(&right.0));
    all.into_iter().map(|(_, record)| format!("{record}\n")).collect()
}

/// The events that stand in the calendar as the month begins, with all their occurrences.
pub(crate) fn calendar(plan: &Plan) -> String {
    let there = plan.events.iter().filter(|part| !is_later_event(plan, part));
    there.map(|part| format!("{}\n", event(plan, part))).collect()
}

/// The mails that have arrived by then, in the order they came.
pub(crate) fn history(plan: &Plan, rendered: &Rendered) -> String {
    let mut past: Vec<_> = plan.messages.iter().filter(|part| !is_later(plan, part)).collect();
    past.sort_by_key(|part| (part.at, &part.address));
    past.into_iter().map(|part| format!("{}\n", message(plan, rendered, part))).collect()
}

/// From the start of the month on, a mail is scheduled; before, it is history [T2].
pub(crate) fn is_later(plan: &Plan, message: &Message) -> bool {
    message.at >= plan.world.starts
}

/// The same for a post.
pub(crate) fn is_later_post(plan: &Plan, post: &Post) -> bool {
    post.at >= plan.world.starts
}

/// An event enters the calendar when it is invited; the start of the month itself still counts as there [T3].
pub(crate) fn is_later_event(plan: &Plan, event: &Event) -> bool {
    event.invited > plan.world.starts || event.when.is_some()
}

fn change(plan: &Plan, rendered: &Rendered, change: &Change) -> Json {
    json!({
        "kind": "change",
        "at": change.at.iso(),
        "address": change.address,
        "when": change.when.as_ref().map(|when| encode::check(plan, when)),
        "files": Json::from_iter(change.files.iter().map(|at| held_file(plan, rendered, *at))),
        "removes": change.removes,
        "moves": change.moves,
    })
}

fn event(plan: &Plan, event: &Event) -> Json {
    json!({
        "kind": "event",
        "at": event.invited.iso(),
        "address": event.address,
        "id": event_id(plan, event),
        "when": event.when.as_ref().map(|when| encode::check(plan, when)),
        "title": encode::words(&event.title),
        "body": encode::words(&event.body),
        "who": Json::from_iter(event.who.iter().map(|who| person_id(plan, *who))),
        "starts": event.at.iter().map(|at| at.iso()).collect::<Vec<_>>(),
        "lasts": event.lasts,
    })
}

fn message(plan: &Plan, rendered: &Rendered, message: &Message) -> Json {
    let answered = message.answers.and_then(|at| plan.messages.get(at));
    json!({
        "kind": "mail",
        "at": message.at.iso(),
        "address": message.address,
        "id": message_id(plan, message),
        "when": message.when.as_ref().map(|when| encode::check(plan, when)),
        "from": correspondent(plan, &message.from),
        "to": Json::from_iter(message.to.iter().map(|who| correspondent(plan, who))),
        "cc": Json::from_iter(message.cc.iter().map(|who| correspondent(plan, who))),
        "subject": encode::words(&message.subject),
        "body": encode::words(&message.body),
        "attachments": Json::from_iter(message.attachments.iter().map(|at| held_file(plan, rendered, *at))),
        "answers": answered.map(|answered| message_id(plan, answered)),
        "background": message.background,
    })
}

fn post(plan: &Plan, post: &Post) -> Json {
    json!({
        "kind": "post",
        "at": post.at.iso(),
        "address": post.address,
        "when": post.when.as_ref().map(|when| encode::check(plan, when)),
        "channel": post.channel,
        "from": person_id(plan, post.from),
        "body": encode::words(&post.body),
        "background": post.background,
    })
}

/// A person by the name in the spec, a stranger by name and address.
pub(crate) fn correspondent(plan: &Plan, who: &Correspondent) -> Json {
    match who {
        Correspondent::Person(at) => person_id(plan, *at),
        Correspondent::Outside { name, email } => json!({"name": name, "email": email}),
    }
}

fn person_id(plan: &Plan, at: usize) -> Json {
    plan.people.get(at).map_or(Json::Null, |person| Json::from(person.id.as_str()))
}
