//! What people know, hold and tell, as the runner plays them.

use serde_json::{Value as Json, json};

use crate::image::bytes::Rendered;
use crate::image::encode;
use crate::image::sealed::held_file;
use crate::plan::{Person, Plan, Standing, Tell};

/// Everybody, in the order of the plan.
pub(crate) fn json(plan: &Plan, rendered: &Rendered) -> Json {
    Json::from_iter(plan.people.iter().enumerate().map(|(position, who)| person(plan, rendered, position, who)))
}

fn person(plan: &Plan, rendered: &Rendered, position: usize, person: &Person) -> Json {
    let held = plan.documents.iter().enumerate().filter(|(_, held)| held.stands == Standing::Held(position));
    json!({
        "id": person.id,
        "name": person.name,
        "first": person.first,
        "last": person.last,
        "initials": person.initials,
        "email": person.email,
        "account": person.account,
        "role": person.role,
        "company": person.company,
        "manager": person.manager.and_then(|manager| plan.people.get(manager)).map(|manager| manager.id.as_str()),
        "tone": person.tone,
        "replies": person.replies,
        "hours": [person.hours.0.iso(), person.hours.1.iso()],
        "away": person.away.iter().map(|date| date.to_string()).collect::<Vec<_>>(),
        "tidiness": person.tidiness,
        "sign_off": encode::words(&person.sign_off),
        "quotes": person.habits.quotes,
        "about": person.about,
        "holds": Json::from_iter(held.map(|(at, _)| held_file(plan, rendered, at))),
        "tells": Json::from_iter(person.tells.iter().map(|tell| self::tell(plan, rendered, tell))),
    })
}

fn tell(plan: &Plan, rendered: &Rendered, tell: &Tell) -> Json {
    json!({
        "name": tell.name,
        "when": tell.when.as_ref().map(|when| encode::check(plan, when)),
        "say": encode::words(&tell.say),
        "attach": Json::from_iter(tell.attach.iter().map(|at| held_file(plan, rendered, *at))),
        "not_yet": tell.not_yet.as_ref().map(encode::words),
        "reveals": encode::facts(&tell.reveals),
    })
}
