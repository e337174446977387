//! `worldc fleet`: what can be asked of many worlds at once. They are made by `worldc build --seeds`.

mod answers;
mod make;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

pub(super) use make::Make;

use self::answers::{Changes, Counted, Merged, Sampled, Taken, Verified};
use self::sources::Checked;
use super::choices::salt;
use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use crate::fleet::{
    Change, Folder, Index, Indexed, Recipe, Row, Rows, SPLITS, Source, Specs, changed_facts, of_the_seed,
};
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
                verify(terminal, &fleet, sample, &again, self.json)
            }
            Question::Sample { fleet, count, split } => list(&fleet, count, split.as_deref(), self.json),
            Question::Take { fleet, world, out } => take(&fleet, &world, out, self.json),
            Question::Oci { fleet, out } => oci(terminal, &fleet, &out, self.json),
            Question::Merge { fleet } => merge(&fleet, self.json),
            Question::Stats { fleet } => stats(&fleet, self.json),
            Question::Diff { before, after } => diff(terminal, &before, &after, self.json),
        }
    }
}

/// So many of the fleet's specs and members are named where another one was asked for.
const SHOWN: usize = 5;

/// What is built again and compared.
struct Again<'a> {
    specs: &'a [PathBuf],
    members: Option<&'a Path>,
    salt: Option<&'a Path>,
}

fn verify(
    terminal: &Terminal,
    fleet: &Path,
    sample: Option<usize>,
    again: &Again<'_>,
    in_json: bool,
) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let rebuilding = rebuilding(&folder, again)?;
    let index = Index::read(&folder)?;
    index.expect_its_files(&folder)?;
    let rows = match sample {
        Some(count) => index.sample(count, |_| true)?,
        None => index.built(|_| true)?,
    };
    let rejected = match (&rebuilding, sample) {
        (None, _) => None,
        (Some(_), Some(count)) => Some(index.rejected()?.sample(count)?),
        (Some(_), None) => Some(index.rejected()?),
    };
    let progress = terminal.progress((rows.len() + rejected.as_ref().map_or(0, Rows::len)) as u64, "worlds");
    let (mut rebuilt, mut other, mut damaged) = (0, Vec::new(), Vec::new());
    let mut compare = |row: Row| {
        progress.step();
        let same = rebuilding.as_ref().map_or(Ok(None), |again| again.comes_again(&folder.recipe, &row))?;
        rebuilt += usize::from(same.is_some());
        if same == Some(false) {
            other.push(row.world);
        }
        Ok::<(), Diagnostic>(())
    };
    folder.each(&rows, &mut |row, image| {
        damaged.extend(image.err());
        compare(row)
    })?;
    rejected.iter().flat_map(Rows::iter).try_for_each(|row| compare(row?))?;
    drop(progress);
    if !damaged.is_empty() {
        return Err(Diagnostics { list: few(damaged), ..Diagnostics::default() }.into());
    }
    folder.expect_ends(&index.rows)?;
    let foreign = folder.foreign(&index)?;
    let answer = Verified { whole: rows.len(), rebuilt, other, foreign, fleet_root: index.root()? };
    Ok(Done::told(answer.other.is_empty() && answer.foreign.is_empty(), in_json, &answer))
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

/// The specs of which worlds are built again, and their salt.
struct Rebuilding {
    specs: Checked,
    /// Where each stands among them, by what its worlds are called.
    titles: BTreeMap<String, usize>,
    salt: Option<Vec<u8>>,
}

impl Rebuilding {
    /// Whether a seed comes to what its row says, by its root or by why it was rejected; none of another spec.
    fn comes_again(&self, recipe: &Recipe, row: &Row) -> Result<Option<bool>, Diagnostic> {
        let found = recipe.found(&row.world);
        let found = found.and_then(|(source, seed)| Some((source, seed, *self.titles.get(&source.title())?)));
        let Some((source, seed, at)) = found else { return Ok(None) };
        let settings = recipe.settings(source, seed, self.salt.as_deref());
        Ok(Some(match crate::build(&*self.specs.get(at)?, &settings) {
            Ok(image) => row.root() == Some(image.root()),
            Err(findings) => {
                let why = of_the_seed(findings)?.list.first().map(|finding| finding.code);
                row.root().is_none() && row.code.as_deref() == why
            }
        }))
    }
}

fn rebuilding(folder: &Folder, again: &Again<'_>) -> Result<Option<Rebuilding>, Failure> {
    if again.specs.is_empty() {
        return Ok(None);
    }
    folder.expect_this_compiler()?;
    let salt = again.salt.map(salt).transpose()?;
    if !folder.recipe.is_salted_with(salt.as_deref()) {
        let why = match (folder.recipe.salted, &salt) {
            (true, None) => "the fleet is salted: give its salt with --salt-file, or no --spec",
            (true, Some(_)) => "the fleet has another salt",
            (false, _) => "the fleet has no salt",
        };
        return Err(Failure::Wrong(why.into()));
    }
    let specs = Checked::of(again.specs, again.members, &folder.recipe.knobs)?;
    let titles: BTreeMap<String, usize> = specs.sources.iter().map(Source::title).zip(0..).collect();
    let known: BTreeSet<String> = folder.recipe.specs.iter().map(Source::title).collect();
    if let Some(other) = titles.keys().find(|title| !known.contains(*title)) {
        let of = if known.len() > SHOWN { " such as" } else { "" };
        let shown = known.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        let members = if again.members.is_none() && known.iter().any(|title| title.contains('+')) {
            "; give its members with --members"
        } else {
            ""
        };
        return Err(Failure::Wrong(format!(
            "the fleet has no worlds of `{other}`; it has specs and members{of} {shown}{members}"
        )));
    }
    Ok(Some(Rebuilding { specs, titles, salt }))
}

fn list(fleet: &Path, count: usize, split: Option<&str>, in_json: bool) -> Result<Done, Failure> {
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
    if out.join("fleet.json").exists() {
        let why =
            format!("{} is a fleet, where images would be foreign: give another folder with --out", out.display());
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

#[cfg(not(feature = "pack"))]
fn oci(_: &Terminal, _: &Path, _: &Path, _: bool) -> Result<Done, Failure> {
    Err(crate::fleet::fault::unpacking().into())
}

fn merge(fleet: &Path, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let index = Index::merged(&folder)?;
    index.write(&folder)?;
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
