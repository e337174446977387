//! What is said about fleets: each answer as a value that serializes for programs and prints itself for people.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::fleet::{Change, Difference, Index, Row, Stats, Status};

/// What came of a run.
#[derive(Serialize)]
pub(super) struct Made {
    pub(super) out: PathBuf,
    built: u64,
    rejected: u64,
    /// How many of both were not there before, or not whole.
    made: u64,
    not_proven: Vec<String>,
    /// None of a shard, which is not the whole fleet.
    fleet_root: Option<String>,
    /// Why the first worlds are not there or not proven.
    #[serde(skip)]
    reasons: Vec<(String, String)>,
}

/// So many worlds that are not there or not proven are named with their reasons; all have them in their rows.
const SHOWN: usize = 12;

impl Made {
    pub(super) fn of(out: PathBuf, index: &Index, made: u64, is_whole: bool) -> Result<Made, Diagnostic> {
        let fleet_root = if is_whole { Some(index.root()?) } else { None };
        let mut made =
            Made { out, built: 0, rejected: 0, made, not_proven: Vec::new(), fleet_root, reasons: Vec::new() };
        for row in index.rows.iter() {
            let row = row?;
            let is_proven = row.proof.as_ref().is_none_or(|proof| proof.proven);
            match row.status {
                Status::Built => made.built += 1,
                Status::Rejected => made.rejected += 1,
            }
            if !is_proven {
                made.not_proven.push(row.world.clone());
            }
            if (row.status == Status::Rejected || !is_proven) && made.reasons.len() < SHOWN {
                made.reasons.push((row.world.clone(), reason(&row)));
            }
        }
        Ok(made)
    }

    /// Whether all is proven that was to be.
    pub(super) fn holds(&self) -> bool {
        self.not_proven.is_empty()
    }
}

impl Display for Made {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (world, reason) in &self.reasons {
            writeln!(out, "{world}  {reason}")?;
        }
        let more = self.rejected + self.not_proven.len() as u64 - self.reasons.len() as u64;
        if more > 0 {
            writeln!(out, "and {more} more, which say why in their rows")?;
        }
        let there = match self.built + self.rejected - self.made {
            0 => String::new(),
            there => format!(", {there} of them there before"),
        };
        writeln!(out, "{}: {} worlds, {} seeds rejected{there}", self.out.display(), self.built, self.rejected)?;
        self.fleet_root.iter().try_for_each(|root| writeln!(out, "fleet root  {root}"))
    }
}

/// Why a world is not there or not proven.
fn reason(row: &Row) -> String {
    match (&row.code, &row.proof) {
        (Some(code), _) => format!("{code}: {}", row.message.as_deref().unwrap_or_default()),
        (None, Some(proof)) => format!("does not hold: {}", proof.fails.join(", ")),
        (None, None) => String::new(),
    }
}

/// What recomputing found.
#[derive(Serialize)]
pub(super) struct Verified {
    pub(super) whole: usize,
    pub(super) rebuilt: usize,
    /// Worlds that are others when they are built again, and seeds that are rejected for another reason or not at all.
    pub(super) other: Vec<String>,
    /// What stands among the worlds and is none of them.
    pub(super) foreign: Vec<String>,
    pub(super) fleet_root: String,
}

impl Display for Verified {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for world in &self.other {
            writeln!(out, "{world} comes out otherwise when built again")?;
        }
        for path in &self.foreign {
            writeln!(out, "{path} belongs to no world of the fleet")?;
        }
        let (whole, rebuilt, other) = (self.whole, self.rebuilt, self.other.len());
        writeln!(out, "{whole} worlds are whole, {rebuilt} built again, {other} of them otherwise")?;
        writeln!(out, "fleet root  {}", self.fleet_root)
    }
}

/// Worlds that were chosen.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Sampled {
    pub(super) rows: Vec<Row>,
    /// Where a person finds each.
    #[serde(skip)]
    pub(super) places: Vec<String>,
}

impl Display for Sampled {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.places.iter().try_for_each(|place| writeln!(out, "{place}"))
    }
}

/// A world that was taken out.
#[derive(Serialize)]
pub(super) struct Taken {
    pub(super) out: PathBuf,
    pub(super) root: String,
}

impl Display for Taken {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} is written\nroot  {}", self.out.display(), self.root)
    }
}

/// Container images that were written: by the worlds they are, the tag of the agent's and of the grader's.
#[cfg(feature = "pack")]
#[derive(Serialize)]
pub(super) struct Tagged {
    pub(super) out: PathBuf,
    pub(super) tags: std::collections::BTreeMap<String, crate::fleet::Halves<String>>,
}

#[cfg(feature = "pack")]
impl Display for Tagged {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.tags.iter().try_for_each(|(world, tags)| writeln!(out, "{world}  {}  {}", tags.open, tags.sealed))
    }
}

/// Shards that were put together.
#[derive(Serialize)]
pub(super) struct Merged {
    pub(super) worlds: usize,
    pub(super) fleet_root: String,
}

impl Display for Merged {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} worlds\nfleet root  {}", self.worlds, self.fleet_root)
    }
}

/// A fleet in numbers.
#[derive(Serialize)]
pub(super) struct Counted {
    #[serde(flatten)]
    pub(super) stats: Stats,
    pub(super) fleet_root: String,
}

impl Display for Counted {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let stats = &self.stats;
        let rejected: u64 = stats.rejected.values().sum();
        writeln!(out, "{} worlds, {} files, {} bytes", stats.built, stats.files, stats.bytes)?;
        writeln!(out, "{} different tasks; other seeds of a task have other numbers", stats.tasks)?;
        let disproven = if stats.disproven > 0 { format!(", {} not", stats.disproven) } else { String::new() };
        writeln!(out, "{} worlds proven{disproven}, {rejected} seeds rejected", stats.proven)?;
        for (what, count) in stats.rejected.iter().chain(&stats.groups) {
            writeln!(out, "  {count:>8}  {what}")?;
        }
        writeln!(out, "fleet root  {}", self.fleet_root)
    }
}

/// In what two fleets differ.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Changes {
    /// In the order of their names.
    changes: Vec<Changed>,
    /// How many worlds the two fleets have between them.
    #[serde(skip)]
    of: usize,
}

/// A world that two fleets make otherwise.
#[derive(Serialize)]
struct Changed {
    world: String,
    change: Change,
    /// The addresses of the first facts that changed, where both worlds stand.
    facts: Vec<String>,
    /// How many changed.
    fact_count: usize,
}

/// So many changed facts of a world are named, so that an answer about many worlds stays small; `worldc diff` has all of two.
const NAMED: usize = 20;

impl Changes {
    /// These of two fleets, the first of which has so many worlds; facts are named as they are found.
    pub(super) fn of(differences: &[Difference], before: usize) -> Changes {
        let added = differences.iter().filter(|difference| difference.change == Change::New).count();
        let changed = |Difference { world, change, .. }: &Difference| {
            let (world, change) = (world.clone(), *change);
            Changed { world, change, facts: Vec::new(), fact_count: 0 }
        };
        Changes { changes: differences.iter().map(changed).collect(), of: before + added }
    }

    /// Names the facts that changed in one of the worlds.
    pub(super) fn name(&mut self, world: &str, facts: Vec<String>) {
        if let Ok(at) = self.changes.binary_search_by(|changed| changed.world.as_str().cmp(world)) {
            self.changes[at].fact_count = facts.len();
            self.changes[at].facts = facts.into_iter().take(NAMED).collect();
        }
    }
}

impl Display for Changes {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for Changed { world, change, facts, fact_count } in &self.changes {
            let word = format!("{change:?}").to_lowercase();
            let noun = if *fact_count == 1 { "fact" } else { "facts" };
            let first = facts.first().map_or_else(String::new, |first| format!("; {fact_count} {noun}, first {first}"));
            writeln!(out, "{word:<6} {world}{first}")?;
        }
        writeln!(out, "{} of {} worlds differ", self.changes.len(), self.of)
    }
}
