//! One world as the index has it. Everything is read from the image, so that an index can be made again from images.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value as Json};

use super::pack::Place;
use super::recipe::{Recipe, Source, is_among, world_name};
use crate::Image;
use crate::diag::{Diagnostic, Diagnostics};
use crate::image::fault::damaged;
#[cfg(feature = "pack")]
use crate::image::hash::hmac_sha256;
use crate::image::hash::sha256;
use crate::prove::Proofs;

/// Of a hundred groups, how many are kept for tests.
const TEST_SHARE: u32 = 10;

/// Digits of a root that name a world where neither its spec nor its seed may be read, from which its secrets could be made.
#[cfg(feature = "pack")]
const TAG: usize = 16;

/// What came of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Built,
    /// The spec is right, but this seed makes no world.
    Rejected,
}

/// A row of `worlds.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// `fpa_march@7`.
    pub(crate) world: String,
    pub(crate) spec: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<String>,
    pub(crate) seed: u64,
    /// The name of the recipe, a hash.
    pub(crate) recipe: String,
    pub(crate) status: Status,
    /// Why it was rejected: the code of the first finding, and its message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(flatten)]
    pub(crate) about: Option<About>,
    #[serde(flatten)]
    pub(crate) proof: Option<Proof>,
    /// Where it stands in a packed fleet.
    #[serde(flatten)]
    pub(crate) place: Option<Place>,
}

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

/// What proving it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proof {
    /// Whether everything holds.
    pub(crate) proven: bool,
    /// What a month is worth in which nobody does anything, the oracle works, the clerk works.
    pub(crate) floor: Figure,
    pub(crate) oracle: Figure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) clerk: Option<Figure>,
    pub(crate) oracle_turns: u64,
    /// Hours of work without waiting.
    pub(crate) oracle_hours: Figure,
    /// Hours that were left when the oracle handed in, at the objective where they were fewest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) slack_hours: Option<Figure>,
    /// Files, mails and people that showed the oracle what she needed.
    pub(crate) sources_needed: u64,
    /// The most that any cheat earned.
    pub(crate) guess_rate: Figure,
    /// Names of what does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) fails: Vec<String>,
}

impl Proof {
    pub(super) fn of(proofs: Proofs) -> Proof {
        let measures = &proofs.measures;
        Proof {
            proven: proofs.hold(),
            floor: Figure(measures.floor),
            oracle: Figure(measures.oracle),
            clerk: measures.clerk.map(Figure),
            oracle_turns: measures.turns,
            oracle_hours: Figure(measures.hours),
            slack_hours: measures.slack.map(Figure),
            sources_needed: measures.sources,
            guess_rate: Figure(measures.guess_rate),
            fails: proofs.failed(),
        }
    }
}

/// An exact decimal that stands in JSON as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure(pub(crate) Decimal);

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number: Number = self.0.normalize().to_string().parse().map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Figure, D::Error> {
        let number = Number::deserialize(deserializer)?;
        number.to_string().parse().map(Figure).map_err(serde::de::Error::custom)
    }
}

impl Row {
    /// A world that was built.
    pub(crate) fn built(recipe: &Recipe, source: &Source, seed: u64, image: &Image) -> Result<Row, Diagnostic> {
        let about = Some(About::of(source.group(), image)?);
        Ok(Row { about, ..Row::bare(recipe, source, seed, Status::Built) })
    }

    /// A seed that makes no world.
    pub(crate) fn rejected(recipe: &Recipe, source: &Source, seed: u64, findings: &Diagnostics) -> Row {
        let first = findings.list.first();
        Row {
            code: first.map(|finding| finding.code.to_string()),
            message: first.map(|finding| finding.message.to_string()),
            ..Row::bare(recipe, source, seed, Status::Rejected)
        }
    }

    fn bare(recipe: &Recipe, source: &Source, seed: u64, status: Status) -> Row {
        Row {
            world: world_name(&source.title(), seed),
            spec: source.name.clone(),
            member: source.member.as_ref().map(|member| member.name.clone()),
            seed,
            recipe: recipe.name(),
            status,
            code: None,
            message: None,
            about: None,
            proof: None,
            place: None,
        }
    }

    /// Whether all that it says of its world is so.
    pub(crate) fn is_true_of(&self, recipe: &Recipe, image: &Image) -> Result<bool, Diagnostic> {
        let Some((source, seed)) = recipe.found(&self.world) else { return Ok(false) };
        let (proof, place) = (self.proof.clone(), self.place.clone());
        Ok(*self == Row { proof, place, ..Row::built(recipe, source, seed, image)? })
    }

    /// Fills what another version did not write of a world with nothing.
    pub(super) fn complete(written: &mut Json) {
        let blank = serde_json::to_value(About::default()).expect("names and numbers have a JSON form");
        if let (Json::Object(columns), Json::Object(blank)) = (written, blank)
            && columns.contains_key("root")
        {
            for (name, nothing) in blank {
                columns.entry(name).or_insert(nothing);
            }
        }
    }

    /// Whether it says all that a row of its status says; one of another version may lack something.
    pub(super) fn is_whole(&self) -> bool {
        (self.status == Status::Built) == self.about.is_some()
    }

    /// The root of a world that was built.
    pub(crate) fn root(&self) -> Option<&str> {
        self.about.as_ref().map(|about| about.root.as_str())
    }
}

/// The name of a container image of the world of that root.
#[cfg(feature = "pack")]
pub(crate) fn tag(root: &str) -> &str {
    root.get(..TAG).unwrap_or(root)
}

/// The folder in which a world stands in its shard. Two worlds may have one root; and whoever sees the open half is not to
/// see the seed, not even by trying all, so that the world's own key goes into it.
#[cfg(feature = "pack")]
pub(super) fn folder_of(world: &str, image: &Image) -> Result<String, Diagnostic> {
    Ok(tag(&hmac_sha256(&image.key()?, world.as_bytes())).to_owned())
}

impl About {
    fn of(group: &str, image: &Image) -> Result<About, Diagnostic> {
        let [world, people, objectives] = ["world", "people", "objectives"].map(|name| record(image, name));
        let (world, people, objectives) = (world?, people?, objectives?);
        let written = image.read_text("receipt.json")?;
        let receipt: Json = serde_json::from_str(&written).map_err(|_| damaged("receipt.json", "is not JSON"))?;
        let text = |tree: &Json, name: &str| tree[name].as_str().unwrap_or_default().to_owned();
        let (owner, company) = (text(&world, "owner"), text(&world, "company"));
        let itself = items(&people).find(|person| person["id"] == world["owner"]).cloned().unwrap_or_default();
        let entries = &image.manifest().entries;
        let files = entries.iter().filter(|entry| !entry.is_folder());
        let folders: BTreeSet<&str> = entries.iter().filter_map(|entry| Some(entry.path.rsplit_once('/')?.0)).collect();
        let checks = parts(&objectives, "delivers").chain(parts(&objectives, "milestones"));
        let checks = checks.map(|part| inside(part, "checks").count());
        let knobs = receipt["knobs"].as_object().into_iter().flatten();
        Ok(About {
            root: image.root().to_owned(),
            public_root: image.public_root().to_owned(),
            knobs: knobs.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect(),
            schemas: items(&receipt["schemas"]).filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            salted: receipt["salted"] == true,
            edition: receipt["edition"].as_u64().unwrap_or_default(),
            receipt: sha256(written.as_bytes()),
            split: split(&[group, &owner, &company]),
            profession: text(&itself, "role"),
            country: text(&world, "locale").split_once('-').map_or_else(String::new, |(_, country)| country.to_owned()),
            language: text(&world, "language"),
            os: text(&world, "os"),
            month: text(&world, "month"),
            files: files.clone().count() as u64,
            folders: folders.len() as u64,
            bytes: files.map(|entry| entry.size).sum(),
            people: items(&people).count() as u64,
            past_mails: lines(image, "history")?,
            scheduled: lines(image, "schedule")?,
            objectives: items(&objectives).count() as u64,
            delivers: parts(&objectives, "delivers").count() as u64,
            checks: checks.sum::<usize>() as u64,
            traps: parts(&objectives, "traps").count() as u64,
            tells: items(&people).map(|person| inside(person, "tells").count()).sum::<usize>() as u64,
            secrets: secrets(image)?,
            decoys: items(&record(image, "mess")?).filter(|piece| piece.get("moved").is_some()).count() as u64,
            shape: sha256(shape(&objectives).to_string().as_bytes()),
            persona: owner,
            company,
        })
    }
}

fn parsed(image: &Image, path: &str) -> Result<Json, Diagnostic> {
    serde_json::from_str(&image.read_text(path)?).map_err(|_| damaged(path, "is not JSON"))
}

fn record(image: &Image, name: &str) -> Result<Json, Diagnostic> {
    parsed(image, &format!("sealed/{name}.json"))
}

/// How many facts and columns are secret. The list is long: what it holds besides is not kept.
fn secrets(image: &Image) -> Result<u64, Diagnostic> {
    #[derive(Deserialize)]
    struct Group {
        sealed: bool,
    }
    let path = "sealed/facts.json";
    let groups: Result<Vec<Group>, _> = serde_json::from_str(&image.read_text(path)?);
    let groups = groups.map_err(|_| damaged(path, "is not JSON"))?;
    Ok(groups.iter().filter(|group| group.sealed).count() as u64)
}

fn lines(image: &Image, name: &str) -> Result<u64, Diagnostic> {
    Ok(image.read_text(&format!("sealed/{name}.jsonl"))?.lines().count() as u64)
}

fn items(tree: &Json) -> impl Iterator<Item = &Json> {
    tree.as_array().into_iter().flatten()
}

fn inside<'t>(tree: &'t Json, name: &str) -> impl Iterator<Item = &'t Json> + use<'t> {
    items(&tree[name])
}

/// The parts of that kind in all objectives.
fn parts<'t>(objectives: &'t Json, name: &'static str) -> impl Iterator<Item = &'t Json> {
    items(objectives).flat_map(move |goal| inside(goal, name))
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
                .filter(|(name, _)| *name != "canary")
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
