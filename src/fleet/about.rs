//! What a world holds and asks. All of it is read from the image, so that an index can be made again from images; what a
//! record of the image lacks is damage.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::recipe::is_among;
use crate::Image;
use crate::diag::Diagnostic;
use crate::image::fault::damaged;
use crate::image::hash::sha256;
use crate::image::sealed::records;

/// Of a hundred groups, how many are kept for tests.
const TEST_SHARE: u32 = 10;

/// What a world holds and asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) root: String,
    pub(crate) public_root: String,
    pub(crate) knobs: BTreeMap<String, String>,
    /// What the spec's objectives were filled in from.
    pub(crate) schemas: Vec<String>,
    pub(crate) salted: bool,
    pub(crate) edition: u64,
    /// SHA-256 of the receipt, which is no part of the root.
    pub(crate) receipt: String,
    /// `train` or `test`, by owner and company, never by spec or seed.
    pub(crate) split: String,
    pub(crate) persona: String,
    pub(crate) profession: String,
    pub(crate) company: String,
    pub(crate) country: String,
    pub(crate) language: String,
    pub(crate) os: String,
    pub(crate) month: String,
    pub(crate) files: u64,
    pub(crate) folders: u64,
    pub(crate) bytes: u64,
    pub(crate) people: u64,
    /// Mails in the mailbox as the month begins, and what the month brings.
    pub(crate) past_mails: u64,
    pub(crate) scheduled: u64,
    pub(crate) objectives: u64,
    pub(crate) delivers: u64,
    pub(crate) checks: u64,
    pub(crate) traps: u64,
    /// What colleagues can tell.
    pub(crate) tells: u64,
    pub(crate) secrets: u64,
    /// Pieces of planted mess that would mislead: each tells a fact otherwise.
    pub(crate) decoys: u64,
    /// What the tasks are with every value left out; worlds of equal shape are one task with other numbers.
    pub(crate) shape: String,
}

/// Of the receipt what a row says.
#[derive(Deserialize)]
struct Receipt {
    edition: u64,
    knobs: BTreeMap<String, String>,
    schemas: Vec<String>,
    salted: bool,
}

/// Of the world.
#[derive(Deserialize)]
struct World {
    owner: String,
    company: String,
    locale: String,
    language: String,
    os: String,
    month: String,
}

/// Of a person.
#[derive(Deserialize)]
struct Person {
    id: String,
    role: String,
    tells: Vec<IgnoredAny>,
}

/// Of an objective.
#[derive(Deserialize)]
struct Objective {
    delivers: Vec<Part>,
    milestones: Vec<Part>,
    traps: Vec<IgnoredAny>,
}

/// Of what is to be handed in, or of a milestone.
#[derive(Deserialize)]
struct Part {
    checks: Vec<IgnoredAny>,
}

/// Of the facts of a column. The list is long: what it holds besides is not kept.
#[derive(Deserialize)]
struct Column {
    sealed: bool,
}

/// Of a piece of planted mess, which may tell nothing otherwise.
#[derive(Deserialize)]
struct Piece {
    #[serde(default)]
    moved: Vec<IgnoredAny>,
}

impl About {
    pub(super) fn of(group: &str, image: &Image) -> Result<About, Diagnostic> {
        let world: World = records::part(image, "world.json")?;
        let people: Vec<Person> = records::part(image, "people.json")?;
        let owner = people.iter().find(|person| person.id == world.owner);
        let owner = owner.ok_or_else(|| damaged("sealed/people.json", "lacks the owner of the world"))?;
        let columns: Vec<Column> = records::part(image, "facts.json")?;
        let mess: Vec<Piece> = records::part(image, "mess.json")?;
        let objectives = Json::from(records::list(image, "objectives.json")?);
        let shape = sha256(shape(&objectives).to_string().as_bytes());
        let objectives: Vec<Objective> = records::shaped("sealed/objectives.json", serde_json::from_value(objectives))?;
        let parts = objectives.iter().flat_map(|goal| goal.delivers.iter().chain(&goal.milestones));
        let written = image.read_text("receipt.json")?;
        let receipt: Receipt = records::shaped("receipt.json", serde_json::from_str(&written))?;
        let entries = &image.manifest().entries;
        let files = entries.iter().filter(|entry| !entry.is_folder());
        let folders: BTreeSet<&str> = entries.iter().filter_map(|entry| Some(entry.path.rsplit_once('/')?.0)).collect();
        Ok(About {
            root: image.root().to_owned(),
            public_root: image.public_root().to_owned(),
            knobs: receipt.knobs,
            schemas: receipt.schemas,
            salted: receipt.salted,
            edition: receipt.edition,
            receipt: sha256(written.as_bytes()),
            split: split(&[group, &world.owner, &world.company]),
            profession: owner.role.clone(),
            country: world.locale.split_once('-').map_or_else(String::new, |(_, country)| country.to_owned()),
            files: files.clone().count() as u64,
            folders: folders.len() as u64,
            bytes: files.map(|entry| entry.size).sum(),
            people: people.len() as u64,
            past_mails: records::count(image, "history.jsonl")?,
            scheduled: records::count(image, "schedule.jsonl")?,
            objectives: objectives.len() as u64,
            delivers: total(&objectives, |goal| goal.delivers.len()),
            checks: parts.map(|part| part.checks.len() as u64).sum(),
            traps: total(&objectives, |goal| goal.traps.len()),
            tells: total(&people, |person| person.tells.len()),
            secrets: total(&columns, |column| usize::from(column.sealed)),
            decoys: total(&mess, |piece| usize::from(!piece.moved.is_empty())),
            shape,
            persona: world.owner,
            company: world.company,
            language: world.language,
            os: world.os,
            month: world.month,
        })
    }
}

/// How many of something all of these have together.
fn total<T>(records: &[T], each: impl Fn(&T) -> usize) -> u64 {
    records.iter().map(|record| each(record) as u64).sum()
}

/// The sides of a split.
pub(crate) const SPLITS: [&str; 2] = ["train", "test"];

/// Which of them a group of worlds is on.
fn split(group: &[&str]) -> String {
    let [train, test] = SPLITS;
    if is_among(TEST_SHARE, &group.join("\n")) { test } else { train }.to_owned()
}

/// Words that say what kind of thing is asked, rather than about what.
const STRUCTURE: [&str; 3] = ["call", "compare", "name"];

/// A record with its values left out: what kinds of things stand where, however many.
fn shape(tree: &Json) -> Json {
    match tree {
        // How a number prints is no part of it.
        Json::Object(members) if members.contains_key("number") => Json::from("number"),
        Json::Object(members) => Json::Object(
            members
                .iter()
                .map(|(name, value)| {
                    let kept = STRUCTURE.contains(&name.as_str()) && value.is_string();
                    (name.clone(), if kept { value.clone() } else { shape(value) })
                })
                .collect(),
        ),
        Json::Array(items) => {
            let kinds: BTreeSet<String> = items.iter().map(|item| shape(item).to_string()).collect();
            Json::from(kinds.into_iter().collect::<Vec<_>>())
        }
        Json::Null => Json::Null,
        Json::Bool(_) => Json::from("yes or no"),
        Json::Number(_) => Json::from("number"),
        Json::String(_) => Json::from("text"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::Settings;

    #[test]
    fn what_a_record_lacks_is_damage() {
        let spec = crate::load(Path::new("benches/office.world")).and_then(crate::check).expect("it is right");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("office@1");
        let image = crate::build(&spec, &Settings::seed(1)).expect("it builds");
        image.save(&path, false).expect("it is saved");
        let about = || About::of("", &Image::open(&path).expect("it stands"));
        about().expect("it is whole");
        for (record, field) in [
            ("receipt.json", "salted"),
            ("sealed/world.json", "owner"),
            ("sealed/people.json", "tells"),
            ("sealed/objectives.json", "checks"),
            ("sealed/facts.json", "sealed"),
        ] {
            let whole = fs::read_to_string(path.join(record)).expect("it is there");
            fs::write(path.join(record), whole.replacen(&format!("\"{field}\":"), "\"else\":", 1)).expect("written");
            let fault = about().expect_err(record);
            assert!(fault.message.contains(&format!("missing field `{field}`")), "{}", fault.message);
            fs::write(path.join(record), whole).expect("written");
        }
    }
}
