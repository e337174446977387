//! `worldc lock`: what a world is, written down beside its spec, so that `verify` can say what moved.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};

use super::build::spec_name;
use super::choices::Seeds;
use super::outcome::{Done, Failure, read_text};
use super::terminal::Terminal;
use super::world;
use crate::image::hash::sha256;
use crate::syntax::EDITION;
use crate::{Image, Settings, Spec};

/// Write down the roots of chosen seeds in world.lock beside the spec
#[derive(Args)]
#[command(after_help = "Example:\n  worldc lock specs/hello.world --seeds 1,7\n  worldc verify specs/hello.world")]
pub(super) struct Lock {
    /// The spec
    spec: PathBuf,
    /// The seeds: `1,7`, `1..5`
    #[arg(long, default_value = "1")]
    seeds: Seeds,
}

/// `world.lock`: what is known about each spec of a folder.
#[derive(Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct LockFile {
    /// The edition of the language that these worlds were made with.
    pub(super) edition: u32,
    pub(super) specs: BTreeMap<String, Locked>,
}

/// One spec.
#[derive(Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Locked {
    /// SHA-256 of every file the spec reads, embedded ones included.
    pub(super) inputs: BTreeMap<String, String>,
    pub(super) seeds: BTreeMap<u64, World>,
}

/// One world: its root, and a fingerprint of everything below the root.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct World {
    pub(super) root: String,
    /// Of the facts the plan decided.
    pub(super) facts: String,
    /// Of each open file, shortened: enough to say which one moved first.
    pub(super) files: BTreeMap<String, String>,
}

/// How many hex digits of a file's hash are kept.
const SHORT: usize = 16;

impl Lock {
    /// Builds each seed and writes what it is.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let spec = world::checked(&self.spec)?;
        let path = beside(&self.spec);
        let mut file = if path.exists() { LockFile::read(&path)? } else { LockFile::default() };
        let seeds = self.seeds.list()?;
        let progress = terminal.progress(seeds.len() as u64, "seeds");
        let mut locked = Locked { inputs: inputs(&spec), ..Locked::default() };
        for seed in seeds {
            let image = crate::build(&spec, &Settings::seed(seed))?;
            locked.seeds.insert(seed, World::of(&image)?);
            progress.step();
        }
        let roots = locked.seeds.iter().map(|(seed, world)| format!("{seed:>6}  {}\n", world.root));
        let text = format!("{}{} is written\n", roots.collect::<String>(), path.display());
        file.edition = EDITION;
        file.specs.insert(spec_name(&self.spec), locked);
        file.write(&path)?;
        Ok(Done::yes(text))
    }
}

/// Where the lock of a spec stands.
pub(super) fn beside(spec: &Path) -> PathBuf {
    spec.with_file_name("world.lock")
}

/// What a spec was read from.
pub(super) fn inputs(spec: &Spec) -> BTreeMap<String, String> {
    spec.inputs().iter().cloned().collect()
}

impl LockFile {
    /// The lock at that path.
    pub(super) fn read(path: &Path) -> Result<LockFile, Failure> {
        let text = read_text(path)?;
        serde_json::from_str(&text)
            .map_err(|error| Failure::Wrong(format!("`{}` is not a lock of this version: {error}", path.display())))
    }

    /// Replaces the lock at that path.
    fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Failure::Wrong(format!("the lock cannot be written down: {error}")))?;
        super::outcome::replace(path, &format!("{text}\n"))
    }
}

impl World {
    /// What an image is, in short.
    pub(super) fn of(image: &Image) -> Result<World, Failure> {
        let files = image.manifest().entries.iter().filter(|entry| !entry.is_folder());
        Ok(World {
            root: image.root().to_owned(),
            facts: sha256(&image.read("sealed/facts.json")?),
            files: files.map(|entry| (entry.path.clone(), entry.sha256.chars().take(SHORT).collect())).collect(),
        })
    }
}
