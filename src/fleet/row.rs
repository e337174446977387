//! One world as the index has it: what came of it, what it holds and asks, what proving it came to.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value as Json};

use super::about::About;
use super::pack::Place;
use super::recipe::{Recipe, Source, world_name};
use crate::Image;
use crate::diag::{Diagnostic, Diagnostics};
#[cfg(feature = "pack")]
use crate::image::hash::hmac_sha256;
use crate::prove::Proofs;

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
            recipe: recipe.name().to_owned(),
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
