//! One line for each secret: what it is, who knows it, from when, asked how, pointed at where, used by which check.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::value::{condition, text, words};
use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::encode::parse_facts;
use crate::image::sealed::facts::{StoredFact, read};
use crate::image::sealed::records;
use crate::value::FactId;
use crate::value::topic::{Listener, Word, speaks_of};

/// Drawn secrets in the order of their addresses; what is computed from them is not listed.
pub(crate) fn secrets(image: &Image) -> Result<String, Diagnostic> {
    let facts = read(image)?;
    let language = records::one(image, "world.json")?["language"].as_str().unwrap_or_default().to_string();
    let world = Sealed {
        facts: &facts,
        listener: Listener::to(&language),
        people: records::list(image, "people.json")?,
        schedule: records::lines(image, "schedule.jsonl")?,
        objectives: records::list(image, "objectives.json")?,
    };
    let mut secrets: Vec<&StoredFact> = facts.iter().filter(|fact| fact.sealed && fact.drawn).collect();
    secrets.sort_by(|left, right| left.address.cmp(&right.address));
    Ok(secrets.into_iter().map(|secret| world.line(secret)).collect())
}

/// The records that say something about secrets.
struct Sealed<'f> {
    facts: &'f [StoredFact],
    listener: Listener,
    people: Vec<Json>,
    schedule: Vec<Json>,
    objectives: Vec<Json>,
}

impl Sealed<'_> {
    fn line(&self, secret: &StoredFact) -> String {
        let tellers = self.tellers(secret.id);
        let mut parts = vec![format!("{} = {}", secret.address, text(&secret.value))];
        parts.extend(tellers.iter().map(|(person, tell)| telling(person, tell)));
        parts.extend(self.announced(secret.id));
        if parts.len() == 1 {
            parts.push("nobody tells it".to_string());
        }
        parts.extend(listed("pointed at in", self.pointers(&tellers)));
        parts.extend(listed("used by", self.uses(secret)));
        parts.join(" · ") + "\n"
    }

    fn tellers(&self, secret: FactId) -> Vec<(&Json, &Json)> {
        let tells = self
            .people
            .iter()
            .flat_map(|person| person["tells"].as_array().into_iter().flatten().map(move |tell| (person, tell)));
        tells.filter(|(_, tell)| parse_facts(tell["reveals"].as_str().unwrap_or_default()).contains(&secret)).collect()
    }

    /// Mails, posts, events and files of the month that print it by themselves.
    fn announced(&self, secret: FactId) -> Vec<String> {
        let prints =
            |record: &&Json| ["subject", "title", "body"].iter().any(|part| spans(&record[part]).contains(&secret));
        let said =
            |record: &Json| format!("{} {} at {}", plain(record, "kind"), plain(record, "address"), minute(record));
        self.schedule.iter().filter(prints).map(said).collect()
    }

    /// Mails and posts of the month that name the teller or a word that opens the topic.
    fn pointers(&self, tellers: &[(&Json, &Json)]) -> Vec<String> {
        let topics = tellers.iter().flat_map(|(person, tell)| topics(person, &tell["when"]));
        let topics: Vec<Vec<Word>> = topics.map(|topic| self.listener.words(&topic)).collect();
        let names = |record: &&Json| {
            let text = self.listener.words(&format!("{}\n{}", words(&record["subject"]), words(&record["body"])));
            topics.iter().any(|topic| speaks_of(&text, topic))
        };
        self.schedule.iter().filter(names).map(|record| plain(record, "address")).collect()
    }

    /// The parts of objectives whose checks or rubrics stand on a secret, or on what is computed from it.
    fn uses(&self, secret: &StoredFact) -> Vec<String> {
        let follows = |fact: &&StoredFact| fact.id == secret.id || fact.from.contains(&secret.declaration);
        let facts: BTreeSet<FactId> = self.facts.iter().filter(follows).map(|fact| fact.id).collect();
        let mut uses = Vec::new();
        for objective in &self.objectives {
            let name = plain(objective, "name");
            let parts = ["delivers", "milestones"].into_iter().flat_map(|part| objective[part].as_array());
            for part in parts.flatten() {
                let own = format!("{name}.{}", plain(part, "name"));
                if mentions(&part["checks"], &facts) {
                    uses.push(own);
                } else if mentions(&part["rubrics"], &facts) {
                    uses.push(format!("a rubric of {own}"));
                }
            }
            if mentions(&objective["guards"], &facts) {
                uses.push(name);
            }
        }
        uses
    }
}

/// "Marek Novák tells `accrual` when asked("accrual")".
fn telling(person: &Json, tell: &Json) -> String {
    let when = match &tell["when"] {
        Json::Null => String::new(),
        when => format!(" when {}", condition(when)),
    };
    format!("{} knows (tell {}){when}", plain(person, "name"), plain(tell, "name"))
}

/// What a text can name to point at a tell: the person's first name, and the words she listens for; of an `and` those of
/// the first part that has any, which the others only narrow.
fn topics(person: &Json, when: &Json) -> Vec<String> {
    let mut topics = vec![plain(person, "first")];
    collect_words(when, &mut topics);
    topics
}

fn collect_words(check: &Json, topics: &mut Vec<String>) {
    match check {
        Json::Object(members) if members.get("call").is_some_and(|name| name == "asked") => {
            let arguments = check["arguments"].as_array().into_iter().flatten();
            let texts = arguments.flat_map(|argument| match &argument["value"] {
                Json::Array(items) => items.iter().filter_map(Json::as_str).collect(),
                value => value.as_str().into_iter().collect::<Vec<_>>(),
            });
            topics.extend(texts.map(str::to_string));
        }
        Json::Object(members) if members.contains_key("all") => {
            let parts = check["all"].as_array().into_iter().flatten();
            let mut words = parts.map(|part| {
                let mut words = Vec::new();
                collect_words(part, &mut words);
                words
            });
            topics.extend(words.find(|words| !words.is_empty()).unwrap_or_default());
        }
        Json::Object(members) => members.values().for_each(|part| collect_words(part, topics)),
        Json::Array(items) => items.iter().for_each(|part| collect_words(part, topics)),
        _ => {}
    }
}

/// Whether a tree of checks, or a printed text in it, stands on one of these facts.
fn mentions(tree: &Json, facts: &BTreeSet<FactId>) -> bool {
    let any = |ids: &str| parse_facts(ids).iter().any(|id| facts.contains(id));
    match tree {
        Json::Object(members) => members.iter().any(|(name, part)| match (name.as_str(), part) {
            ("facts", Json::String(ids)) => any(ids),
            ("facts", Json::Array(spans)) => spans.iter().filter_map(|span| span[2].as_str()).any(any),
            _ => mentions(part, facts),
        }),
        Json::Array(items) => items.iter().any(|part| mentions(part, facts)),
        _ => false,
    }
}

fn spans(words: &Json) -> Vec<FactId> {
    let spans = words["facts"].as_array().into_iter().flatten();
    spans.filter_map(|span| span[2].as_str()).flat_map(parse_facts).collect()
}

/// "used by a, b and 3 more"; nothing for nothing.
fn listed(what: &str, names: Vec<String>) -> Option<String> {
    let shown = names.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(4);
    match (names.is_empty(), more) {
        (true, _) => None,
        (_, 0) => Some(format!("{what} {shown}")),
        _ => Some(format!("{what} {shown} and {more} more")),
    }
}

fn plain(record: &Json, name: &str) -> String {
    record[name].as_str().unwrap_or_default().to_string()
}

fn minute(record: &Json) -> String {
    crate::image::time::minute(record["at"].as_str().unwrap_or_default())
}
