//! The month as it was sealed, read back into types: what the runner plays and the judge asks.

mod given;

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use crate::diag::Diagnostic;
use crate::document::Facts;
use crate::image::encode::parse_facts;
use crate::image::{Image, fault};
use crate::value::{Date, Duration, FactId, Moment, Time};

pub(crate) use given::{Condition, Given};

/// Everything sealed that decides how the month goes and what is asked of it.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub world: World,
    pub people: Vec<Person>,
    pub objectives: Vec<Objective>,
    /// What happens during the month, in the order it happens.
    pub schedule: Vec<Scheduled>,
    /// The mails that have arrived by then.
    pub history: Vec<Scheduled>,
    /// The events that stand in the calendar as the month begins.
    pub calendar: Vec<Event>,
    /// The storage path of each declared file on the disk, by its address: `register`, `memo[2026-01]`.
    pub files: BTreeMap<String, String>,
}

impl Script {
    /// Reads the sealed records of an image; one that has not the shape this compiler writes is named.
    pub(crate) fn read(image: &Image) -> Result<Script, Diagnostic> {
        Ok(Script {
            world: one(image, "world.json")?,
            people: one(image, "people.json")?,
            objectives: one(image, "objectives.json")?,
            schedule: lines(image, "schedule.jsonl")?,
            history: lines(image, "history.jsonl")?,
            calendar: lines(image, "calendar.jsonl")?,
            files: files(one(image, "declarations.json")?),
        })
    }

    /// The person of that name in the spec.
    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// From path and declaration to declaration and path.
fn files(declarations: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let on_disk = declarations.into_iter();
    on_disk.filter_map(|(path, name)| Some((name, path.strip_prefix("disk/")?.to_owned()))).collect()
}

fn one<T: DeserializeOwned>(image: &Image, name: &str) -> Result<T, Diagnostic> {
    let path = format!("sealed/{name}");
    serde_json::from_str(&image.read_text(&path)?).map_err(|error| fault::damaged(&path, &error.to_string()))
}

fn lines<T: DeserializeOwned>(image: &Image, name: &str) -> Result<Vec<T>, Diagnostic> {
    let path = format!("sealed/{name}");
    let text = image.read_text(&path)?;
    let parse = |line: &str| serde_json::from_str(line).map_err(|error| fault::damaged(&path, &error.to_string()));
    text.lines().map(parse).collect()
}

/// The frame of the month. Times are local to `timezone`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct World {
    /// A person's id.
    pub owner: String,
    pub os: String,
    pub locale: String,
    pub language: String,
    pub timezone: String,
    #[serde(deserialize_with = "parsed")]
    pub starts: Moment,
    #[serde(deserialize_with = "parsed")]
    pub ends: Moment,
    #[serde(deserialize_with = "all_parsed")]
    pub holidays: Vec<Date>,
    pub domain: String,
    /// Storage path of the owner's home.
    pub home: String,
    /// The seconds that a tool takes where that is not what it usually takes [C3].
    #[serde(default)]
    pub costs: BTreeMap<String, i64>,
}

/// A colleague, or the owner herself.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Person {
    pub id: String,
    pub name: String,
    pub first: String,
    pub last: String,
    pub initials: String,
    pub email: String,
    pub role: String,
    pub company: String,
    pub manager: Option<String>,
    /// What stands below her mails.
    pub sign_off: Words,
    /// Seconds.
    pub replies: i64,
    #[serde(deserialize_with = "all_parsed")]
    pub hours: Vec<Time>,
    #[serde(deserialize_with = "all_parsed")]
    pub away: Vec<Date>,
    pub tells: Vec<Tell>,
}

/// What a person says when she is asked.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Tell {
    pub name: String,
    pub when: Option<Condition>,
    pub say: Words,
    pub attach: Vec<Held>,
    pub not_yet: Option<Words>,
    /// The sealed facts it reveals.
    #[serde(deserialize_with = "facts")]
    pub reveals: Facts,
}

/// A file that is on no disk yet. `blob` is the SHA-256 of its bytes below `sealed/blobs`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Held {
    pub path: String,
    /// The file's address, under which its provenance is kept while it is on no disk.
    pub declaration: String,
    #[serde(deserialize_with = "parsed")]
    pub saved: Moment,
    pub blob: String,
}

impl Held {
    /// The name a mail attaches it under.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// Text that was printed from facts. `spans` are byte ranges with the numbers of the facts printed there, which only
/// proofs ask for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub text: String,
    pub spans: Vec<(u32, u32, String)>,
}

impl Words {
    /// The facts that were printed into it.
    pub(crate) fn facts(&self) -> impl Iterator<Item = FactId> {
        self.spans.iter().flat_map(|(_, _, facts)| parse_facts(facts))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Words, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Stored {
            Plain(String),
            Printed { text: String, facts: Vec<(u32, u32, String)> },
        }
        Ok(match Stored::deserialize(from)? {
            Stored::Plain(text) => Words { text, spans: Vec::new() },
            Stored::Printed { text, facts } => Words { text, spans: facts },
        })
    }
}

/// One thing that happens by itself during the month.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Scheduled {
    Change(Change),
    Event(Event),
    Mail(Mail),
    Post(Post),
}

impl Scheduled {
    /// When it happens, the rank of its kind at one moment [C2], and its address.
    pub(crate) fn order(&self) -> (Moment, u8, &str) {
        match self {
            Scheduled::Change(change) => (change.at, 0, &change.address),
            Scheduled::Event(event) => (event.at, 1, &event.address),
            Scheduled::Mail(mail) => (mail.at, 2, &mail.address),
            Scheduled::Post(post) => (post.at, 2, &post.address),
        }
    }

    /// What must hold for it to happen.
    pub(crate) fn when(&self) -> Option<&Condition> {
        let when = match self {
            Scheduled::Change(change) => &change.when,
            Scheduled::Event(event) => &event.when,
            Scheduled::Mail(mail) => &mail.when,
            Scheduled::Post(post) => &post.when,
        };
        when.as_ref()
    }
}

/// A silent alteration of the disk. Paths are storage paths.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Change {
    #[serde(deserialize_with = "parsed")]
    pub at: Moment,
    pub address: String,
    pub when: Option<Condition>,
    pub files: Vec<Held>,
    pub removes: Vec<String>,
    pub moves: Vec<(String, String)>,
}

/// A series in the calendar, from the moment it is invited.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(deserialize_with = "parsed")]
    pub at: Moment,
    pub address: String,
    pub id: String,
    pub when: Option<Condition>,
    pub title: Words,
    pub body: Words,
    /// Ids of people.
    pub who: Vec<String>,
    #[serde(deserialize_with = "all_parsed")]
    pub starts: Vec<Moment>,
    /// Seconds.
    pub lasts: i64,
}

/// A mail that arrives during the month.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Mail {
    #[serde(deserialize_with = "parsed")]
    pub at: Moment,
    pub address: String,
    pub id: String,
    pub when: Option<Condition>,
    pub from: Correspondent,
    pub to: Vec<Correspondent>,
    pub cc: Vec<Correspondent>,
    pub subject: Words,
    pub body: Words,
    pub attachments: Vec<Held>,
    /// The Message-ID it answers.
    pub answers: Option<String>,
}

/// A post in a channel.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Post {
    #[serde(deserialize_with = "parsed")]
    pub at: Moment,
    pub address: String,
    pub when: Option<Condition>,
    pub channel: String,
    /// A person's id.
    pub from: String,
    pub body: Words,
}

/// A person of the world by id, or a stranger.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub(crate) enum Correspondent {
    Person(String),
    Outside { name: String, email: String },
}

/// What must be handed in by when.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Objective {
    pub name: String,
    /// Address of a mail.
    pub brief: Option<String>,
    #[serde(deserialize_with = "parsed")]
    pub due: Moment,
    pub weight: Given,
    pub delivers: Vec<Deliver>,
    pub milestones: Vec<Milestone>,
    pub guards: Vec<Judged>,
    pub rubrics: Vec<Rubric>,
    pub traps: Vec<Trap>,
    pub late: Option<Late>,
}

/// One deliverable.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Deliver {
    pub name: String,
    pub target: Target,
    pub weight: Given,
    pub checks: Vec<Judged>,
    pub rubrics: Vec<Rubric>,
    /// The SHA-256 of the author's own answer below `sealed/blobs`.
    pub solution: Option<String>,
}

/// Where a deliverable is looked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Target {
    /// A storage path or glob.
    File {
        file: String,
    },
    Mail {
        mail: Vec<Correspondent>,
    },
    Meeting {
        meeting: Vec<String>,
        #[serde(deserialize_with = "parsed")]
        from: Moment,
        #[serde(deserialize_with = "parsed")]
        until: Moment,
    },
}

/// Something to be reached on the way.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Milestone {
    pub name: String,
    #[serde(deserialize_with = "parsed")]
    pub by: Moment,
    pub weight: Given,
    pub checks: Vec<Judged>,
}

/// A check, what its author says of it, and its sentence with the values of this seed.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Judged {
    pub check: Condition,
    pub message: Option<Words>,
    pub sentence: String,
}

/// A line for a judge who reads; passes through unjudged.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Rubric {
    pub weight: Given,
    pub text: Words,
}

/// A wrong answer people give: facts by address, with the wrong value.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Trap {
    pub name: String,
    pub why: String,
    pub replaces: Vec<(String, Given)>,
    /// The checks of deliverables, then milestones, that expect something else in its world, by their number.
    pub checks: Vec<(usize, Condition)>,
    /// What would be handed in there for each deliverable, if its author says what is handed in.
    pub solutions: Vec<Option<String>>,
}

/// What work after the due date still earns.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Late {
    pub credit: Given,
    #[serde(deserialize_with = "parsed")]
    pub until: Moment,
}

/// What stands in a record as a string with a meaning.
trait Spelled: Sized {
    fn spelled(text: &str) -> Option<Self>;
}

macro_rules! spelled {
    ($($kind:ident),*) => {$(
        impl Spelled for $kind {
            fn spelled(text: &str) -> Option<$kind> {
                $kind::parse(text)
            }
        }
    )*};
}
spelled!(Moment, Date, Time, Duration);

fn read<T: Spelled, E: Error>(text: &str) -> Result<T, E> {
    T::spelled(text).ok_or_else(|| E::custom(format!("`{text}` is no date or time")))
}

fn parsed<'de, D: Deserializer<'de>, T: Spelled>(from: D) -> Result<T, D::Error> {
    read(&String::deserialize(from)?)
}

fn all_parsed<'de, D: Deserializer<'de>, T: Spelled>(from: D) -> Result<Vec<T>, D::Error> {
    Vec::<String>::deserialize(from)?.iter().map(|text| read(text)).collect()
}

fn facts<'de, D: Deserializer<'de>>(from: D) -> Result<Facts, D::Error> {
    Ok(parse_facts(&String::deserialize(from)?).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::sample;

    #[test]
    fn a_sealed_month_reads_back() {
        let image = crate::image::tests::image(&sample::plan());
        let script = Script::read(&image).expect("the sample is whole");
        assert_eq!(script.world.owner, script.person(&script.world.owner).expect("the owner is a person").id);
        let orders: Vec<_> = script.schedule.iter().map(Scheduled::order).collect();
        assert!(orders.is_sorted() && !orders.is_empty(), "{orders:?}");
        assert!(script.objectives.iter().all(|objective| !objective.delivers.is_empty()));
    }
}
