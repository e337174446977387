//! `worldc verify`: an image against its own hashes, or a spec against its `world.lock`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::build::spec_name;
use super::lock::{self, LockFile, Locked, World};
use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use super::world;
use crate::syntax::EDITION;
use crate::{Image, Settings, Spec};

/// Check an image against its hashes, or rebuild a spec and compare it with its world.lock
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc verify fpa_march@7\n  worldc verify specs/fpa_march.world\n\n\
                        Exits with 1 if a world is not what world.lock says, with 2 if an image is damaged.")]
pub(super) struct Verify {
    /// An image, or a spec with a world.lock beside it
    path: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// The first thing that differs for a seed, in the order of the passes.
#[derive(Debug, PartialEq)]
struct Difference {
    seed: u64,
    pass: &'static str,
    what: String,
}

impl Verify {
    /// Verifies whichever it is.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        if self.path.is_dir() { self.image() } else { self.spec(terminal) }
    }

    fn image(&self) -> Result<Done, Failure> {
        let image = Image::open(&self.path)?;
        image.verify()?;
        let (root, shown) = (image.root(), self.path.display());
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", json!({ "root": root, "whole": true })),
            false => format!("{shown} is whole\nroot  {root}\n"),
        }))
    }

    fn spec(&self, terminal: &Terminal) -> Result<Done, Failure> {
        let path = lock::beside(&self.path);
        let file = LockFile::read(&path)?;
        let locked = locked(&file, &self.path, &path)?;
        let spec = world::checked(&self.path)?;
        let progress = terminal.progress(locked.seeds.len() as u64, "seeds");
        let mut differences = Vec::new();
        for (&seed, before) in &locked.seeds {
            let now = World::of(&crate::build(&spec, &Settings::seed(seed))?)?;
            differences.extend(first_difference(seed, before, &now));
            progress.step();
        }
        let causes = changed_inputs(locked, &spec);
        let text = if self.json { as_json(&differences, &causes) } else { as_text(&differences, &causes, locked) };
        Ok(Done::answer(differences.is_empty(), text))
    }
}

/// What the lock says about a spec.
fn locked<'a>(file: &'a LockFile, spec: &Path, path: &Path) -> Result<&'a Locked, Failure> {
    let name = spec_name(spec);
    if file.edition != EDITION {
        let found = file.edition;
        return Err(Failure::Wrong(format!("`{}` is of edition {found}, this compiler of {EDITION}", path.display())));
    }
    file.specs.get(&name).ok_or_else(|| {
        Failure::Wrong(format!("`{}` says nothing about `{name}`; write it with `worldc lock`", path.display()))
    })
}

/// Facts come from `plan`, bytes from `render`, everything else under the root from `pack`.
fn first_difference(seed: u64, before: &World, now: &World) -> Option<Difference> {
    let found = |pass, what| Some(Difference { seed, pass, what });
    if before.root == now.root {
        return None;
    }
    if before.facts != now.facts {
        let file = first_file(before, now).map_or_else(String::new, |file| format!("; first in {file}"));
        return found("plan", format!("the facts differ{file}"));
    }
    match first_file(before, now) {
        Some(file) => found("render", file),
        None => found("pack", "no open file differs, but the manifest does: times, or what is sealed".into()),
    }
}

/// The first file that is new, gone or of other bytes.
fn first_file(before: &World, now: &World) -> Option<String> {
    let paths = before.files.keys().chain(now.files.keys());
    let path = paths.filter(|path| before.files.get(*path) != now.files.get(*path)).min()?;
    Some(match (before.files.contains_key(path), now.files.contains_key(path)) {
        (true, true) => format!("{path} (other bytes)"),
        (true, false) => format!("{path} (gone)"),
        _ => format!("{path} (new)"),
    })
}

/// The files a spec reads that are not what they were.
fn changed_inputs(locked: &Locked, spec: &Spec) -> Vec<String> {
    let now: BTreeMap<String, String> = lock::inputs(spec);
    let mut paths: Vec<&String> = locked.inputs.keys().chain(now.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter(|path| locked.inputs.get(*path) != now.get(*path)).cloned().collect()
}

fn as_text(differences: &[Difference], causes: &[String], locked: &Locked) -> String {
    let inputs = causes.iter().map(|path| format!("  changed input: {path}\n")).collect::<String>();
    if differences.is_empty() {
        let roots = locked.seeds.iter().map(|(seed, world)| format!("{seed:>6}  {}\n", world.root));
        return format!("the worlds are as locked\n{}{inputs}", roots.collect::<String>());
    }
    let lines =
        differences.iter().map(|found| format!("seed {}: {} differs first: {}\n", found.seed, found.pass, found.what));
    format!("{}{inputs}", lines.collect::<String>())
}

fn as_json(differences: &[Difference], causes: &[String]) -> String {
    let list = differences.iter().map(|found| json!({ "seed": found.seed, "pass": found.pass, "what": found.what }));
    format!("{:#}\n", json!({ "differences": list.collect::<Vec<_>>(), "changed_inputs": causes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(root: &str, facts: &str, files: &[(&str, &str)]) -> World {
        let files = files.iter().map(|(path, hash)| (path.to_string(), hash.to_string())).collect();
        World { root: root.into(), facts: facts.into(), files }
    }

    #[test]
    fn the_first_pass_that_differs_is_named() {
        let before = world("1", "f", &[("disk/a", "x"), ("disk/b", "y")]);
        let pass = |now: World| first_difference(7, &before, &now).map(|found| (found.pass, found.what));
        assert_eq!(pass(before.clone()), None);
        let other_facts = world("2", "g", &[("disk/a", "x"), ("disk/b", "z")]);
        assert_eq!(pass(other_facts), Some(("plan", "the facts differ; first in disk/b (other bytes)".into())));
        let other_bytes = world("2", "f", &[("disk/a", "x"), ("disk/aa", "z"), ("disk/b", "y")]);
        assert_eq!(pass(other_bytes), Some(("render", "disk/aa (new)".into())));
        assert_eq!(pass(world("2", "f", &[("disk/a", "x"), ("disk/b", "y")])).map(|found| found.0), Some("pack"));
    }
}
