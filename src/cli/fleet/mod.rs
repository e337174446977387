//! `worldc fleet`: what can be asked of many worlds at once. They are made by `worldc build --seeds`.

mod answers;
mod make;
mod sources;
mod verify;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

pub(super) use make::Make;

use self::answers::{Changes, Counted, Merged, Sampled, Taken};
use self::verify::Again;
use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use crate::fleet::{Change, Folder, Index, Indexed, Row, SPLITS, changed_facts};
use crate::{Diagnostic, Diagnostics};

/// Verify, sample, count, merge and compare fleets
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc build specs/hello.world --seeds 1..1000 --out hello\n  \
                        worldc fleet stats hello\n  worldc fleet verify hello --sample 20 --spec specs/hello.world\n  \
                        worldc fleet diff hello hello-of-yesterday\n\n\
                        Exits with 1 if fleets differ, if a rebuilt world has another root, or if `verify` finds files\n\
                        that belong to no world of the fleet.")]
pub(super) struct Fleet {
    #[command(subcommand)]
    question: Question,
    /// Print the answer as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Subcommand)]
enum Question {
    /// Recompute every hash; with --spec, also build worlds again, and seeds that make none, and compare
    Verify {
        /// The fleet
        fleet: PathBuf,
        /// Only so many worlds, and with --spec as many rejected seeds, chosen by the hash of their names
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        /// Build the worlds of this spec again
        #[arg(long, value_name = "SPEC")]
        spec: Vec<PathBuf>,
        /// The members that the specs are built for
        #[arg(long, value_name = "FILE", requires = "spec")]
        members: Option<PathBuf>,
        /// The salt that the fleet was built with
        #[arg(long, value_name = "FILE", requires = "spec")]
        salt_file: Option<PathBuf>,
    },
    /// Name some worlds, chosen by the hash of their names
    Sample {
        /// The fleet
        fleet: PathBuf,
        /// How many
        #[arg(long, value_name = "N", default_value_t = 10)]
        count: usize,
        /// Only `train` or `test`
        #[arg(long, value_parser = SPLITS)]
        split: Option<String>,
    },
    /// Take one world out as an image
    Take {
        /// The fleet
        fleet: PathBuf,
        /// The world, as `hello@7`
        world: String,
        /// Where to write the image; by default under the world's name in the folder one stands in
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Write the worlds as container images (OCI image layout): DIR/open for agents, DIR/sealed for graders
    Oci {
        /// The fleet
        fleet: PathBuf,
        /// Where to write the two layouts
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Put the rows of all shards together as worlds.jsonl
    Merge {
        /// The fleet
        fleet: PathBuf,
    },
    /// Count worlds, files, tasks, rejected seeds
    Stats {
        /// The fleet
        fleet: PathBuf,
    },
    /// Which worlds two fleets make otherwise, as of two versions of a spec or of the compiler
    Diff {
        /// One fleet
        before: PathBuf,
        /// The other
        after: PathBuf,
    },
}

impl Fleet {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        match self.question {
            Question::Verify { fleet, sample, spec, members, salt_file } => {
                let again = Again { specs: &spec, members: members.as_deref(), salt: salt_file.as_deref() };
                verify::verify(terminal, &fleet, sample, &again, self.json)
            }
            Question::Sample { fleet, count, split } => sample(&fleet, count, split.as_deref(), self.json),
            Question::Take { fleet, world, out } => take(&fleet, &world, out, self.json),
            Question::Oci { fleet, out } => oci(terminal, &fleet, &out, self.json),
            Question::Merge { fleet } => merge(&fleet, self.json),
            Question::Stats { fleet } => stats(&fleet, self.json),
            Question::Diff { before, after } => diff(terminal, &before, &after, self.json),
        }
    }
}

/// The first of many damages: one file that is not whole may take all worlds of a fleet with it.
fn few(mut damaged: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = damaged.len().saturating_sub(MOST_DAMAGED);
    damaged.truncate(MOST_DAMAGED);
    if let (1.., Some(last)) = (more, damaged.last_mut()) {
        last.notes.push(if more == 1 { "one more is damaged".into() } else { format!("{more} more are damaged") });
    }
    damaged
}

/// So many damaged worlds are named.
const MOST_DAMAGED: usize = 20;

fn sample(fleet: &Path, count: usize, split: Option<&str>, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let index = Index::read(&folder)?;
    let of_split = |row: &Row| split.is_none_or(|split| row.about.as_ref().is_some_and(|about| about.split == split));
    let rows = index.sample(count, of_split)?.iter().collect::<Result<Vec<_>, _>>()?;
    let places = rows.iter().map(|row| folder.shown(row)).collect();
    Ok(Done::told(true, in_json, &Sampled { rows, places }))
}

fn take(fleet: &Path, world: &str, out: Option<PathBuf>, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let image = folder.image(&folder.row(world)?)?;
    let out = out.unwrap_or_else(|| PathBuf::from(world));
    image.save(&out, false)?;
    Ok(Done::told(true, in_json, &Taken { out, root: image.root().to_owned() }))
}

#[cfg(feature = "pack")]
fn oci(terminal: &Terminal, fleet: &Path, out: &Path, in_json: bool) -> Result<Done, Failure> {
    use crate::fleet::oci;
    if let Some(around) = fleet_around(out) {
        let why =
            format!("{} is a fleet, where images would be foreign: give another folder with --out", around.display());
        return Err(Failure::Wrong(why));
    }
    let folder = Folder::open(fleet)?;
    let index = Index::read(&folder)?;
    let rows = index.built(|_| true)?;
    let progress = terminal.progress(rows.len() as u64, "worlds");
    oci::export(&folder, &index, out, &|| progress.step())?;
    drop(progress);
    let tagged = |row: Row| (oci::tags(&row), row.world);
    let tags = rows.iter().map(|row| row.map(tagged).map(|(tags, world)| (world, tags))).collect::<Result<_, _>>()?;
    Ok(Done::told(true, in_json, &answers::Tagged { out: out.to_owned(), tags }))
}

/// The fleet in whose folder something would be written.
#[cfg(feature = "pack")]
fn fleet_around(out: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(out).ok()?;
    // Of what does not stand yet, where it will.
    let stands = absolute.ancestors().find_map(|folder| folder.canonicalize().ok())?;
    stands.ancestors().find(|folder| folder.join("fleet.json").exists()).map(Path::to_owned)
}

#[cfg(not(feature = "pack"))]
fn oci(_: &Terminal, _: &Path, _: &Path, _: bool) -> Result<Done, Failure> {
    Err(crate::fleet::fault::unpacking().into())
}

fn merge(fleet: &Path, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let index = Index::merged(&folder)?;
    index.write(&folder)?;
    index.expect_a_world_of_each_spec()?;
    Ok(Done::told(true, in_json, &Merged { worlds: index.built(|_| true)?.len(), fleet_root: index.root()? }))
}

fn stats(fleet: &Path, in_json: bool) -> Result<Done, Failure> {
    let index = Index::read(&Folder::open(fleet)?)?;
    Ok(Done::told(true, in_json, &Counted { stats: index.stats()?, fleet_root: index.root()? }))
}

fn diff(terminal: &Terminal, before: &Path, after: &Path, in_json: bool) -> Result<Done, Failure> {
    let [before, after] = [Folder::open_any_version(before)?, Folder::open_any_version(after)?];
    let [old, new] = [Index::read(&before)?, Index::read(&after)?];
    let differences = old.diff(&new)?;
    let mut changes = Changes::of(&differences, old.rows.len());
    let compared = differences.iter().filter(|difference| difference.change == Change::Other).count();
    let progress = terminal.progress(compared as u64, "worlds");
    let mut damaged = Vec::new();
    let both = (Indexed { folder: &before, index: &old }, Indexed { folder: &after, index: &new });
    changed_facts(both, &differences, &mut |world, facts| {
        progress.step();
        match facts {
            Ok(facts) => changes.name(world, facts),
            Err(fault) => damaged.push(fault),
        }
    })?;
    drop(progress);
    if !damaged.is_empty() {
        return Err(Diagnostics { list: few(damaged), ..Diagnostics::default() }.into());
    }
    Ok(Done::told(differences.is_empty(), in_json, &changes))
}
