//! One line for each secret: what it is, who knows it, from when, asked how, pointed at where, used by which check.

use serde_json::Value as Json;

use super::value::{condition, text, words};
use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::encode::parse_facts;
use crate::image::sealed::facts::{StoredFact, read};
use crate::image::sealed::records;
use crate::value::FactId;

/// Drawn secrets in the order of their addresses; what is computed from them is not listed.
pub(crate) fn secrets(image: &Image) -> Result<String, Diagnostic> {
    let world = Sealed {
        people: records::list(image, "people.json")?,
        schedule: records::lines(image, "schedule.jsonl")?,
        objectives: records::list(image, "objectives.json")?,
    };
    let mut secrets: Vec<StoredFact> = read(image)?.into_iter().filter(|fact| fact.sealed && fact.drawn).collect();
    secrets.sort_by(|left, right| left.address.cmp(&right.address));
    Ok(secrets.iter().map(|secret| world.line(secret)).collect())
}

/// The records that say something about secrets.
struct Sealed {
    people: Vec<Json>,
    schedule: Vec<Json>,
    objectives: Vec<Json>,
}

impl Sealed {
    fn line(&self, secret: &StoredFact) -> String {
        let tellers = self.tellers(secret.id);
        let mut parts = vec![format!("{} = {}", secret.address, text(&secret.value))];
        parts.extend(tellers.iter().map(|(person, tell)| telling(person, tell)));
        parts.extend(self.announced(secret.id));
        if parts.len() == 1 {
            parts.push("nobody tells it".to_string());
        }
        parts.extend(listed("pointed at in", self.pointers(&tellers)));
        parts.extend(listed("used by", self.uses(secret.id)));
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
        let topics: Vec<String> = tellers.iter().flat_map(|(person, tell)| topics(person, &tell["when"])).collect();
        let names = |record: &&Json| {
            let text = format!("{} {}", words(&record["subject"]), words(&record["body"])).to_lowercase();
            topics.iter().any(|topic| text.contains(topic.as_str()))
        };
        self.schedule.iter().filter(names).map(|record| plain(record, "address")).collect()
    }

    fn uses(&self, secret: FactId) -> Vec<String> {
        let mut uses = Vec::new();
        for objective in &self.objectives {
            let name = plain(objective, "name");
            for (part, member) in [("delivers", "checks"), ("milestones", "checks")] {
                for deliver in objective[part].as_array().into_iter().flatten() {
                    if mentions(&deliver[member], secret) {
                        uses.push(format!("{name}.{}", plain(deliver, "name")));
                    }
                }
            }
            if mentions(&objective["guards"], secret) {
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

/// What a text can name to point at a tell: the person's first name, and the words she listens for.
fn topics(person: &Json, when: &Json) -> Vec<String> {
    let mut topics = vec![plain(person, "first").to_lowercase()];
    collect_words(when, &mut topics);
    topics.retain(|topic| !topic.is_empty());
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
            topics.extend(texts.map(str::to_lowercase));
        }
        Json::Object(members) => members.values().for_each(|part| collect_words(part, topics)),
        Json::Array(items) => items.iter().for_each(|part| collect_words(part, topics)),
        _ => {}
    }
}

/// Whether a tree of checks was computed from a fact.
fn mentions(tree: &Json, fact: FactId) -> bool {
    match tree {
        Json::Object(members) => members.iter().any(|(name, part)| match (name.as_str(), part.as_str()) {
            ("facts", Some(facts)) => parse_facts(facts).contains(&fact),
            _ => mentions(part, fact),
        }),
        Json::Array(items) => items.iter().any(|part| mentions(part, fact)),
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
