//! `worldc build SPEC… --seeds A..B`: a fleet, or a shard of one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;

use crate::cli::build::spec_name;
use crate::cli::choices::{Choices, Seeds as List};
use crate::cli::outcome::{Done, Failure};
use crate::cli::terminal::Terminal;

use super::answers::Made;
use super::sources::Checked;
use crate::fleet::{Making, Pack, Prove, Recipe, Seeds, Shard};

/// What a fleet has beyond what a world has.
#[derive(Args)]
pub(in crate::cli) struct Make {
    /// Build a fleet: the worlds of these seeds, as `1..1000` or `1,7`
    #[arg(long, value_name = "SEEDS", conflicts_with = "seed")]
    seeds: Option<List>,
    /// Build a fleet: the next N seeds that make a world, from --seed on
    #[arg(long, value_name = "N", conflicts_with_all = ["seeds", "shard"], value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// Of a fleet, build only this part: `0/8` to `7/8`
    #[arg(long, value_name = "I/N", requires = "seeds")]
    shard: Option<Shard>,
    /// Of a fleet, its members: a YAML, JSON or JSONL table; each spec is built for every one, by her knobs or files
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
    /// Of a fleet, how its worlds are kept: `folders`, `shard` (a frame of zstd for each) or `archive` (smaller, and read only
    /// from its beginning)
    #[arg(long, value_name = "HOW")]
    pack: Option<Pack>,
    /// Let the clerk live a month in every world of the fleet that is proven: a long one
    #[arg(long, requires = "prove")]
    clerk: bool,
    /// Of a fleet, cut off from the first damaged row or packed world on, and make what is missing again
    #[arg(long)]
    repair: bool,
}

impl Make {
    /// Whether something is asked that only a fleet has.
    pub(in crate::cli) fn wants_a_fleet(&self) -> bool {
        self.shard.is_some() || self.pack.is_some() || self.clerk || self.members.is_some() || self.repair
    }

    /// The seeds of the fleet, if one is asked for.
    pub(in crate::cli) fn seeds(&self, from: Option<u64>) -> Option<Seeds> {
        match (&self.seeds, self.count) {
            (Some(list), _) => Some(Seeds::Ranges(list.0.clone())),
            (None, Some(count)) => Some(Seeds::Next { from: from.unwrap_or(1), count }),
            (None, None) => None,
        }
    }

    /// Builds what of the shard is not there yet.
    pub(in crate::cli) fn run(
        self,
        (specs, seeds, prove): (Vec<PathBuf>, Seeds, Option<Prove>),
        choices: &Choices,
        out: Option<PathBuf>,
        (terminal, in_json): (&Terminal, bool),
    ) -> Result<Done, Failure> {
        if self.clerk && prove == Some(Prove::Static) {
            return Err(Failure::Wrong("--clerk has no world to live in: `--prove static` proves none".into()));
        }
        let settings = choices.settings(0)?;
        let set: BTreeMap<String, String> = settings.set.iter().cloned().collect();
        let checked = Checked::of(&specs, self.members.as_deref(), &set)?;
        let out = out.unwrap_or_else(|| PathBuf::from(format!("{}-fleet", spec_name(&specs[0]))));
        let recipe = Recipe::of(checked.sources.clone(), seeds, &settings).packed(self.pack.unwrap_or_default());
        let shard = self.shard.unwrap_or(Shard::WHOLE);
        let progress = terminal.progress(recipe.size().div_ceil(shard.of), "worlds");
        let making = Making {
            shard,
            prove: prove.unwrap_or_default(),
            clerk: self.clerk,
            salt: settings.salt,
            threads: settings.threads,
            repair: self.repair,
            ..Making::of(&recipe, &checked)
        };
        let made = AtomicU64::new(0);
        let index = making.run(&out, &|step| {
            made.fetch_add(u64::from(step.now), Ordering::Relaxed);
            if step.counts {
                progress.step();
            }
        })?;
        drop(progress);
        let made = Made::of(out, &index, made.into_inner(), shard == Shard::WHOLE)?;
        Ok(Done::told(made.holds(), in_json, &made))
    }
}
