//! `worldc fleet`: what can be asked of many worlds at once. They are made by `worldc build --seeds`.

mod make;
mod sources;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

pub(super) use make::Make;

use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use crate::fleet::{Change, Folder, Index, Row, Source};
use crate::{Image, Settings};

/// Verify, sample, count, merge and compare fleets
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc build specs/hello.world --seeds 1..1000 --out hello\n  \
                        worldc fleet stats hello\n  worldc fleet verify hello --sample 20 --spec specs/hello.world\n  \
                        worldc fleet diff hello hello-of-yesterday\n\n\
                        Exits with 1 if fleets differ or a rebuilt world has another root.")]
pub(super) struct Fleet {
    #[command(subcommand)]
    question: Question,
    /// Print the answer as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Subcommand)]
enum Question {
    /// Recompute every hash; with --spec, also build worlds again and compare their roots
    Verify {
        /// The fleet
        fleet: PathBuf,
        /// Only so many worlds, chosen by the hash of their names
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        /// Build the worlds of this spec again
        #[arg(long, value_name = "SPEC")]
        spec: Vec<PathBuf>,
        /// The members that the specs are built for
        #[arg(long, value_name = "FILE", requires = "spec")]
        members: Option<PathBuf>,
    },
    /// Name some worlds, chosen by the hash of their names
    Sample {
        /// The fleet
        fleet: PathBuf,
        /// How many
        #[arg(long, value_name = "N", default_value_t = 10)]
        count: usize,
        /// Only `train` or `test`
        #[arg(long)]
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
            Question::Verify { fleet, sample, spec, members } => {
                verify(terminal, &fleet, sample, (&spec, members.as_deref()), self.json)
            }
            Question::Sample { fleet, count, split } => list(&fleet, count, split.as_deref(), self.json),
            Question::Take { fleet, world, out } => take(&fleet, &world, out, self.json),
            Question::Oci { fleet, out } => oci(terminal, &fleet, &out, self.json),
            Question::Merge { fleet } => merge(&fleet, self.json),
            Question::Stats { fleet } => stats(&fleet, self.json),
            Question::Diff { before, after } => diff(&before, &after, self.json),
        }
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn verify(
    terminal: &Terminal,
    fleet: &Path,
    sample: Option<usize>,
    (specs, members): (&[PathBuf], Option<&Path>),
    in_json: bool,
) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    if folder.recipe.salted && !specs.is_empty() {
        return Err(Failure::Wrong("the fleet is salted: only whoever has the salt can build its worlds again".into()));
    }
    if !specs.is_empty() {
        folder.expect_this_compiler()?;
    }
    let index = Index::read(&folder)?;
    let rows = index.sample(sample.unwrap_or(usize::MAX), |_| true);
    let progress = terminal.progress(rows.len() as u64, "worlds");
    let (sources, specs) = sources::sources(specs, members)?;
    let specs: BTreeMap<String, _> = sources.iter().map(Source::title).zip(&specs).collect();
    let (mut rebuilt, mut other) = (0, Vec::new());
    folder.each(&rows, &mut |row, _| {
        if let Some(spec) = row.world.rsplit_once('@').and_then(|(title, _)| specs.get(title)) {
            rebuilt += 1;
            // A spec that no longer makes this seed makes it otherwise.
            let again = crate::build(spec, &settings(row)).ok();
            if again.as_ref().map(Image::root) != row.root() {
                other.push(row.world.as_str());
            }
        }
        progress.step();
        Ok(())
    })?;
    let text = match in_json {
        true => pretty(&json!({ "whole": rows.len(), "rebuilt": rebuilt, "other": other, "fleet_root": index.root() })),
        false => {
            let lines: String =
                other.iter().map(|world| format!("{world} is another world when built again\n")).collect();
            format!(
                "{lines}{} worlds are whole, {rebuilt} built again, {} of them otherwise\nfleet root  {}\n",
                rows.len(),
                other.len(),
                index.root()
            )
        }
    };
    Ok(Done::answer(other.is_empty(), text))
}

/// How a world of a fleet without a salt is built alone.
fn settings(row: &Row) -> Settings {
    let knobs = row.about.iter().flat_map(|about| about.knobs.clone()).collect();
    Settings { set: knobs, ..Settings::seed(row.seed) }
}

fn list(fleet: &Path, count: usize, split: Option<&str>, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let index = Index::read(&folder)?;
    let of_split = |row: &Row| split.is_none_or(|split| row.about.as_ref().is_some_and(|about| about.split == split));
    let chosen = index.sample(count, of_split);
    Ok(Done::yes(match in_json {
        true => pretty(&json!(chosen)),
        false => chosen.iter().map(|row| format!("{}\n", folder.shown(row))).collect(),
    }))
}

fn take(fleet: &Path, world: &str, out: Option<PathBuf>, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let image = folder.image(&folder.row(world)?)?;
    let out = out.unwrap_or_else(|| PathBuf::from(world));
    image.save(&out, false)?;
    Ok(Done::yes(match in_json {
        true => pretty(&json!({ "out": out.to_string_lossy(), "root": image.root() })),
        false => format!("{} is written\nroot  {}\n", out.display(), image.root()),
    }))
}

#[cfg(feature = "pack")]
fn oci(terminal: &Terminal, fleet: &Path, out: &Path, in_json: bool) -> Result<Done, Failure> {
    use crate::fleet::oci;
    let folder = Folder::open(fleet)?;
    let index = Index::read(&folder)?;
    let progress = terminal.progress(index.built().count() as u64, "worlds");
    oci::export(&folder, &index, out, &|| progress.step())?;
    let tags = index.built().map(|row| (row.world.as_str(), oci::tag(row)));
    Ok(Done::yes(match in_json {
        true => pretty(&json!({ "out": out.to_string_lossy(), "tags": tags.collect::<BTreeMap<_, _>>() })),
        false => tags.map(|(world, tag)| format!("{world}  {tag}\n")).collect(),
    }))
}

#[cfg(not(feature = "pack"))]
fn oci(_: &Terminal, _: &Path, _: &Path, _: bool) -> Result<Done, Failure> {
    Err(crate::fleet::fault::unpacking().into())
}

fn merge(fleet: &Path, in_json: bool) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let index = Index::merged(&folder)?;
    index.write(&folder)?;
    Ok(Done::yes(match in_json {
        true => pretty(&json!({ "worlds": index.rows.len(), "fleet_root": index.root() })),
        false => format!("{} worlds\nfleet root  {}\n", index.rows.len(), index.root()),
    }))
}

fn stats(fleet: &Path, in_json: bool) -> Result<Done, Failure> {
    let index = Index::read(&Folder::open(fleet)?)?;
    let stats = index.stats();
    if in_json {
        return Ok(Done::yes(pretty(&json!({
            "built": stats.built, "rejected": stats.rejected, "files": stats.files, "bytes": stats.bytes,
            "tasks": stats.shapes, "proven": stats.proven, "groups": stats.groups, "fleet_root": index.root(),
        }))));
    }
    let rejected: u64 = stats.rejected.values().sum();
    let mut lines = vec![
        format!("{} worlds, {} files, {} bytes", stats.built, stats.files, stats.bytes),
        format!("{} different tasks; other seeds of a task have other numbers", stats.shapes),
        format!("{} worlds proven, {rejected} seeds rejected", stats.proven),
    ];
    lines.extend(stats.rejected.iter().map(|(code, count)| format!("  {count:>8}  {code}")));
    lines.extend(stats.groups.iter().map(|(group, count)| format!("  {count:>8}  {group}")));
    lines.push(format!("fleet root  {}", index.root()));
    Ok(Done::yes(lines.join("\n") + "\n"))
}

fn diff(before: &Path, after: &Path, in_json: bool) -> Result<Done, Failure> {
    let folders = (Folder::open(before)?, Folder::open(after)?);
    let indexes = (Index::read(&folders.0)?, Index::read(&folders.1)?);
    let changes = indexes.0.diff(&indexes.1);
    let mut rows = Vec::new();
    for (world, change) in &changes {
        let facts = match change {
            Change::Other => changed_facts(&folders, world)?,
            _ => Vec::new(),
        };
        rows.push((world, change, facts));
    }
    let word = |change: &Change| match change {
        Change::Gone => "gone",
        Change::New => "new",
        Change::Other => "other",
    };
    let text = match in_json {
        true => {
            let rows = rows
                .iter()
                .map(|(world, change, facts)| json!({ "world": world, "change": word(change), "facts": facts }));
            pretty(&rows.collect())
        }
        false => {
            let lines = rows.iter().map(|(world, change, facts)| {
                let first =
                    facts.first().map_or_else(String::new, |first| format!("; {} facts, first {first}", facts.len()));
                format!("{:<6} {world}{first}\n", word(change))
            });
            format!("{}{} of {} worlds differ\n", lines.collect::<String>(), rows.len(), indexes.0.rows.len())
        }
    };
    Ok(Done::answer(rows.is_empty(), text))
}

/// The facts that changed between two worlds, where both stand.
fn changed_facts(folders: &(Folder, Folder), world: &str) -> Result<Vec<String>, Failure> {
    let image = |folder: &Folder| folder.row(world).and_then(|row| folder.image(&row));
    let (Ok(before), Ok(after)) = (image(&folders.0), image(&folders.1)) else { return Ok(Vec::new()) };
    Ok(before.diff(&after)?.facts.into_iter().map(|fact| fact.address).collect())
}
