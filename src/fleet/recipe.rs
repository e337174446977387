//! Which worlds a fleet has, and which of them a shard makes.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::member::Member;
use super::pack::Pack;
use super::row::Status;
use crate::diag::Diagnostic;
use crate::image::hash::sha256;
use crate::{Settings, Spec};

/// What a fleet is made from. Two equal recipes make the same worlds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recipe {
    /// Version of the compiler.
    pub(crate) compiler: String,
    pub(crate) edition: u32,
    pub(crate) specs: Vec<Source>,
    pub(crate) seeds: Seeds,
    /// Knobs with their values as one writes them.
    pub(crate) knobs: BTreeMap<String, String>,
    /// Whether a salt keyed the secrets; the salt itself is nobody's business.
    pub(crate) salted: bool,
    /// Four digits of its hash: enough to tell two salts apart, too few to find one by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) salt_mark: Option<String>,
    /// How the worlds are kept, which changes none of them.
    #[serde(default, skip_serializing_if = "Pack::is_folders")]
    pub(crate) pack: Pack,
    #[serde(skip)]
    pub(super) derived: Derived,
}

/// What follows from the rest of a recipe and is asked of it for each world: a fleet may have a hundred thousand members. It is
/// worked out when it is first asked for, and anew in a copy, of which something else may be changed.
#[derive(Debug, Default)]
pub(super) struct Derived {
    name: OnceLock<String>,
    /// Where each source stands, by its title.
    positions: OnceLock<BTreeMap<String, usize>>,
}

impl Clone for Derived {
    fn clone(&self) -> Derived {
        Derived::default()
    }
}

impl PartialEq for Derived {
    fn eq(&self, _: &Derived) -> bool {
        true
    }
}

impl Eq for Derived {}

/// A spec, for one member if the fleet has some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) name: String,
    /// SHA-256 over the path and hash of every file it reads, embedded ones included.
    pub(crate) inputs: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<Settled>,
}

/// A member as the recipe keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settled {
    pub(crate) name: String,
    /// Knobs beside those of the fleet, over which they win.
    pub(crate) knobs: BTreeMap<String, String>,
    /// Files of the spec that it brings itself; what stands in them is part of `inputs`.
    pub(crate) files: Vec<String>,
}

/// The seeds of every spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Seeds {
    /// These, each with both ends: `[[1, 100], [200, 200]]`.
    Ranges(Vec<(u64, u64)>),
    /// The first `count` seeds from `from` that make a world.
    Next { from: u64, count: u64 },
}

impl Seeds {
    /// A range that ends before it begins, as somebody may have written it into a recipe.
    pub(super) fn backwards(&self) -> Option<String> {
        let Seeds::Ranges(ranges) = self else { return None };
        ranges.iter().find(|(from, to)| from > to).map(|(from, to)| format!("{from}..{to}"))
    }
}

impl Display for Seeds {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let range = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}..{to}") };
        match self {
            Seeds::Ranges(ranges) => out.write_str(&ranges.iter().map(range).collect::<Vec<_>>().join(",")),
            Seeds::Next { from, count } => write!(out, "the next {count} from {from}"),
        }
    }
}

impl Recipe {
    /// The worlds of these specs at these seeds, with the knobs and the salt of `settings`.
    pub(crate) fn of(specs: Vec<Source>, seeds: Seeds, settings: &Settings) -> Recipe {
        Recipe {
            compiler: env!("CARGO_PKG_VERSION").to_owned(),
            edition: crate::syntax::EDITION,
            specs,
            seeds,
            knobs: settings.set.iter().cloned().collect(),
            salted: settings.salt.is_some(),
            salt_mark: settings.salt.as_deref().map(salt_mark),
            pack: Pack::Folders,
            derived: Derived::default(),
        }
    }

    /// The same worlds, kept like that.
    pub(crate) fn packed(self, pack: Pack) -> Recipe {
        Recipe { pack, ..self }
    }

    /// Its name: a hash of all that decides what its worlds are.
    pub(crate) fn name(&self) -> &str {
        self.derived.name.get_or_init(|| {
            let kept_anyhow = Recipe { pack: Pack::Folders, ..self.clone() };
            sha256(serde_json::to_string(&kept_anyhow).expect("names and numbers have a JSON form").as_bytes())
        })
    }

    /// The folder in which its worlds are kept.
    pub(super) fn part(&self) -> &'static str {
        if self.pack.is_folders() { "worlds" } else { "shards" }
    }

    /// Its knobs for one of its sources.
    pub(crate) fn knobs_of(&self, source: &Source) -> BTreeMap<String, String> {
        source.knobs(&self.knobs)
    }

    /// How one of its worlds is built alone.
    pub(crate) fn settings(&self, source: &Source, seed: u64, salt: Option<&[u8]>) -> Settings {
        let set = self.knobs_of(source).into_iter().collect();
        Settings { seed, set, salt: salt.map(<[u8]>::to_vec), threads: 1 }
    }

    /// Whether that is its salt, or it has none either.
    pub(crate) fn is_salted_with(&self, salt: Option<&[u8]>) -> bool {
        self.salt_mark == salt.map(salt_mark)
    }

    /// In what one that is wanted differs from it, if it does.
    pub(super) fn difference(&self, wanted: &Recipe) -> Option<String> {
        let names = |recipe: &Recipe| recipe.specs.iter().map(Source::title).collect::<Vec<_>>().join(", ");
        let inputs = |recipe: &Recipe| recipe.specs.iter().map(|spec| spec.inputs.clone()).collect::<Vec<_>>();
        let knobs = |recipe: &Recipe| {
            let of = |spec| {
                recipe.knobs_of(spec).into_iter().map(|(knob, value)| format!("{knob}={value}")).collect::<Vec<_>>()
            };
            recipe.specs.iter().map(|spec| of(spec).join(" ")).collect::<Vec<_>>().join(", ")
        };
        let of = |what: &str, found: &str, wanted: &str| {
            let shown = |value: &str| {
                if value.trim_matches([',', ' ']).is_empty() { "none".to_owned() } else { value.to_owned() }
            };
            (found != wanted).then(|| format!("{what} {} there, {} asked for", shown(found), shown(wanted)))
        };
        let changed = || Some("a file that the specs read has changed since".to_owned());
        of("specs", &names(self), &names(wanted))
            .or_else(|| if inputs(self) == inputs(wanted) { None } else { changed() })
            .or_else(|| of("seeds", &self.seeds.to_string(), &wanted.seeds.to_string()))
            .or_else(|| of("worlds kept as", self.pack.name(), wanted.pack.name()))
            .or_else(|| of("knobs", &knobs(self), &knobs(wanted)))
            .or_else(|| (self.salted != wanted.salted).then(|| "one of them is salted".to_owned()))
            .or_else(|| (self.salt_mark != wanted.salt_mark).then(|| "they have two salts".to_owned()))
            .or_else(|| {
                (self != wanted).then(|| "knobs or files are given by members in one, for all in the other".to_owned())
            })
    }

    /// Of the world of that name the source and the seed.
    pub(crate) fn found(&self, world: &str) -> Option<(&Source, u64)> {
        let (title, seed) = world.rsplit_once('@')?;
        let positions = self.derived.positions.get_or_init(|| self.specs.iter().map(Source::title).zip(0..).collect());
        Some((&self.specs[*positions.get(title)?], seed.parse().ok()?))
    }

    /// How many worlds it asks for.
    pub(crate) fn size(&self) -> u64 {
        let each: u64 = match &self.seeds {
            Seeds::Ranges(ranges) => size_of(ranges),
            Seeds::Next { count, .. } => *count,
        };
        each.saturating_mul(self.specs.len() as u64)
    }

    /// Every world in order, where that is known before any is tried.
    pub(crate) fn worlds(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let ranges = match &self.seeds {
            Seeds::Ranges(ranges) => ranges.as_slice(),
            Seeds::Next { .. } => &[],
        };
        let seeds = move || ranges.iter().flat_map(|(from, to)| *from..=*to);
        (0..self.specs.len()).flat_map(move |spec| seeds().map(move |seed| (spec, seed)))
    }

    /// Asks for the name of every world in order what came of it, which decides how far the next seeds reach.
    pub(super) fn walk(&self, mut came: impl FnMut(String) -> Result<Status, Diagnostic>) -> Result<(), Diagnostic> {
        let Seeds::Next { from, count } = self.seeds else {
            return self.worlds().try_for_each(|world| came(self.name_of(world)).map(|_| ()));
        };
        for spec in 0..self.specs.len() {
            let (mut seeds, mut missing) = (from..=u64::MAX, count);
            while missing > 0
                && let Some(seed) = seeds.next()
            {
                missing -= u64::from(came(self.name_of((spec, seed)))? == Status::Built);
            }
        }
        Ok(())
    }

    /// What a world of a source is called.
    pub(super) fn name_of(&self, (spec, seed): (usize, u64)) -> String {
        world_name(&self.specs[spec].title(), seed)
    }
}

impl Source {
    pub(crate) fn of(name: String, spec: &Spec) -> Source {
        Source { name, inputs: inputs_of(spec), member: None }
    }

    /// Whether the spec reads what it read then.
    pub(crate) fn is_of(&self, spec: &Spec) -> bool {
        self.inputs == inputs_of(spec)
    }

    /// Its knobs in a fleet that has these.
    pub(crate) fn knobs(&self, fleet: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let own = self.member.iter().flat_map(|member| &member.knobs);
        fleet.iter().chain(own).map(|(knob, value)| (knob.clone(), value.clone())).collect()
    }

    /// The same for a member; the error is a sentence.
    pub(crate) fn for_member(self, member: &Member) -> Result<Source, String> {
        let (name, knobs, files) = (member.name.clone(), member.knobs()?, member.files.keys().cloned().collect());
        Ok(Source { member: Some(Settled { name, knobs, files }), ..self })
    }

    /// What its worlds are called: `hello`, for a member `hello+anna`.
    pub(crate) fn title(&self) -> String {
        match &self.member {
            None => self.name.clone(),
            Some(member) => format!("{}+{}", self.name, member.name),
        }
    }

    /// Who keeps her worlds apart from those of others with the same owner and company: a member who brings files is
    /// somebody else.
    pub(super) fn group(&self) -> &str {
        self.member.as_ref().filter(|member| !member.files.is_empty()).map_or("", |member| &member.name)
    }
}

/// How many seeds ranges with both ends have.
pub(crate) fn size_of(ranges: &[(u64, u64)]) -> u64 {
    ranges.iter().map(|(from, to)| (to - from).saturating_add(1)).fold(0, u64::saturating_add)
}

/// A hash of all that a spec reads.
fn inputs_of(spec: &Spec) -> String {
    let inputs: String = spec.inputs().iter().map(|(path, hash)| format!("{hash} {path}\n")).collect();
    sha256(inputs.as_bytes())
}

/// By what a recipe knows a salt again.
fn salt_mark(salt: &[u8]) -> String {
    sha256(&[b"the salt of a fleet: ", salt].concat())[..4].to_owned()
}

/// Whether a name is among the `percent` of a hundred that its hash chooses.
pub(crate) fn is_among(percent: u32, name: &str) -> bool {
    let place = u32::from_str_radix(&sha256(name.as_bytes())[..2], 16).expect("a hash is written in hex");
    place * 100 < percent * 256
}

/// The name of one world.
pub(crate) fn world_name(title: &str, seed: u64) -> String {
    format!("{title}@{seed}")
}

/// A part of a fleet: every `of`th world from the `index`th on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 0.
    pub(crate) index: u64,
    pub(crate) of: u64,
}

impl Shard {
    /// All of it.
    pub(crate) const WHOLE: Shard = Shard { index: 0, of: 1 };

    /// What its files are called.
    pub(crate) fn name(self) -> String {
        format!("{}of{}", self.index, self.of)
    }

    /// Whether the world at a position of the recipe is one of this shard's.
    pub(crate) fn has(self, position: u64) -> bool {
        position % self.of == self.index
    }
}

impl FromStr for Shard {
    type Err = String;

    /// `0/8` to `7/8`, as `JOB_COMPLETION_INDEX` and `SLURM_ARRAY_TASK_ID` count.
    fn from_str(text: &str) -> Result<Shard, String> {
        let (index, of) = text.split_once('/').ok_or("a shard is written as `0/8`, the first of eight")?;
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| format!("`{text}` is no number"));
        let (index, of) = (number(index)?, number(of)?);
        match of.checked_sub(1) {
            None => Err("a fleet has at least one shard: `0/1` is all of it".to_owned()),
            Some(last) if index > last => {
                Err(format!("there is no shard {index} of {of}: they count from 0 to {last}"))
            }
            Some(_) => Ok(Shard { index, of }),
        }
    }
}
