//! `worldc snapshot`: the golden text of a world, for authors who write no Rust.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use similar::TextDiff;

use super::build::spec_name;
use super::choices::{Choices, Seeds};
use super::outcome::{Done, Failure, replace};
use super::terminal::Terminal;
use super::world;
use crate::image;

/// Compare worlds with their golden text, or accept them as golden
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc snapshot specs/hello.world --seeds 1,7 --accept\n  \
                        worldc snapshot specs/hello.world --seeds 1,7\n\nExits with 1 if a world is not its golden text.")]
pub(super) struct Snapshot {
    /// The spec
    spec: PathBuf,
    /// The seeds: `1,7`, `1..5`; by default those that have golden text, or 1
    #[arg(long)]
    seeds: Option<Seeds>,
    /// Write what the worlds are now as their golden text
    #[arg(long)]
    accept: bool,
    /// Where golden text stands: one folder `<spec>@<seed>` for each world
    #[arg(long, value_name = "DIR", default_value = "golden")]
    golden: PathBuf,
    #[command(flatten)]
    choices: Choices,
}

/// File names with their text.
type Texts = BTreeMap<String, String>;

impl Snapshot {
    /// Compares, or accepts.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let spec = world::checked(&self.spec)?;
        let name = spec_name(&self.spec);
        let known = || Ok(known_seeds(&self.golden, &name));
        let seeds = self.seeds.as_ref().map_or_else(known, Seeds::list)?;
        let progress = terminal.progress(seeds.len() as u64, "seeds");
        let (mut text, mut same) = (String::new(), true);
        for seed in seeds {
            let image = crate::build(&spec, &self.choices.settings(seed)?)?;
            let folder = self.golden.join(format!("{name}@{seed}"));
            let (before, now) = (read(&folder)?, image::snapshot(&image)?);
            let difference = differences(&before, &now);
            text += &difference;
            same &= difference.is_empty();
            if self.accept {
                write(&folder, &before, &now)?;
            }
            progress.step();
        }
        Ok(match self.accept {
            true => Done::yes(if same { "nothing to accept\n".into() } else { text + "accepted\n" }),
            false => Done::answer(same, if same { "as golden\n".into() } else { text }),
        })
    }
}

/// The seeds that have golden text, ascending; the first seed if there is none.
fn known_seeds(golden: &Path, name: &str) -> Vec<u64> {
    let folders = fs::read_dir(golden).into_iter().flatten().flatten();
    let seed = |folder: fs::DirEntry| folder.file_name().to_str()?.strip_prefix(name)?.strip_prefix('@')?.parse().ok();
    let mut seeds: Vec<u64> = folders.filter_map(seed).collect();
    seeds.sort_unstable();
    if seeds.is_empty() { vec![1] } else { seeds }
}

/// The golden text of a folder; nothing if there is no folder yet.
fn read(folder: &Path) -> Result<Texts, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Texts::new()),
        Err(error) => return Err(Failure::system(folder, &error)),
    };
    let mut texts = Texts::new();
    for entry in entries {
        let path = entry.map_err(|error| Failure::system(folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&path).map_err(|error| Failure::system(&path, &error))?;
        texts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(texts)
}

/// Makes a folder hold exactly these texts.
fn write(folder: &Path, before: &Texts, now: &Texts) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::system(folder, &error))?;
    for name in before.keys().filter(|name| !now.contains_key(*name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|error| Failure::system(&path, &error))?;
    }
    now.iter()
        .filter(|(name, text)| before.get(*name) != Some(text))
        .try_for_each(|(name, text)| replace(&folder.join(name), text))
}

/// The lines that moved, file by file, with three lines around them.
fn differences(before: &Texts, now: &Texts) -> String {
    let mut names: Vec<&String> = before.keys().chain(now.keys()).collect();
    names.sort();
    names.dedup();
    let text = |texts: &Texts, name: &str| texts.get(name).cloned().unwrap_or_default();
    let changed = names.into_iter().filter(|name| before.get(*name) != now.get(*name)).map(|name| {
        let (old, new) = (text(before, name), text(now, name));
        let difference = TextDiff::from_lines(&old, &new);
        difference.unified_diff().header(&format!("golden {name}"), &format!("now    {name}")).to_string()
    });
    changed.collect()
}
