//! `worldc selftest`: whether this program, on this machine, makes the worlds that the project reviewed.

use clap::Args;
use serde_json::json;

use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use crate::image::snapshot::tree;
use crate::{Files, Settings, Unread};

/// Build the worlds that are embedded here and compare them with the reviewed ones
#[derive(Args)]
#[command(after_help = "Example:\n  worldc selftest\n\nExits with 1 if a world is another one than it should be.")]
pub(super) struct Selftest {
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// The specs that are embedded, and all they read.
struct Embedded;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        const FILES: &[(&str, &[u8])] = &[$(($path, include_bytes!(concat!("../../specs/", $path)))),*];
    };
}

embedded!(
    "hello.world",
    "fpa_march.world",
    "site_manager.world",
    "data/actions.yaml",
    "data/deliveries.yaml",
    "data/points.yaml",
    "data/rfis.yaml",
    "data/suppliers.yaml",
    "lib/board.world",
    "lib/finance.world",
    "lib/site.world",
    "lib/wording.world",
    "templates/board_pack.md",
    "templates/budget_note.md",
    "templates/close_memo.md",
    "templates/cost_review.md",
    "templates/minutes.md",
    "templates/pack_ideas.md",
    "templates/progress_deck.md",
    "templates/quarter_review.md",
    "templates/site_diary.md",
    "templates/todo.md",
    "templates/travel_policy.md",
    "templates/vendor_terms.md",
);

impl Files for Embedded {
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread> {
        let found = FILES.iter().find(|(name, _)| *name == path);
        found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| format!("`{path}` is not embedded").into())
    }
}

macro_rules! golden {
    ($(($spec:literal, $seed:literal)),* $(,)?) => {
        /// Spec, seed, and the reviewed list of all files with their hashes, as `cargo test` keeps it.
        const GOLDEN: &[(&str, u64, &str)] =
            &[$(($spec, $seed, include_str!(concat!("../../golden/", $spec, "@", $seed, "/tree.txt.snap")))),*];
    };
}

golden!(("hello", 1), ("hello", 7), ("fpa_march", 1), ("fpa_march", 7), ("site_manager", 7));

/// What came of a world.
struct Made {
    world: String,
    root: String,
    /// The first line that is not as reviewed: what it is here and what it should be.
    other: Option<(String, String)>,
}

impl Selftest {
    /// Builds them all.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let progress = terminal.progress(GOLDEN.len() as u64, "worlds");
        let mut all = Vec::new();
        for (spec, seed, golden) in GOLDEN {
            all.push(made(spec, *seed, golden)?);
            progress.step();
        }
        drop(progress);
        let holds = all.iter().all(|made| made.other.is_none());
        let text = match self.json {
            true => {
                let worlds = all.iter().map(|made| {
                    json!({ "world": made.world, "root": made.root, "holds": made.other.is_none(), "first_other": made.other })
                });
                format!("{:#}\n", json!({ "holds": holds, "worlds": worlds.collect::<Vec<_>>() }))
            }
            false => all.iter().map(Made::line).collect(),
        };
        Ok(Done::answer(holds, text))
    }
}

fn made(spec: &str, seed: u64, golden: &str) -> Result<Made, Failure> {
    let spec_file = format!("{spec}.world");
    let checked = crate::load_from(&spec_file, &Embedded).and_then(crate::check)?;
    let image = crate::build(&checked, &Settings::seed(seed))?;
    // Before the text stands a head between two lines of dashes.
    let golden = golden.splitn(3, "---\n").last().unwrap_or_default().trim_end();
    let here = tree(&image)?;
    Ok(Made {
        world: format!("{spec}@{seed}"),
        root: image.root().to_owned(),
        other: first_other(here.trim_end(), golden),
    })
}

/// The first line in which two texts differ, of both.
fn first_other(here: &str, golden: &str) -> Option<(String, String)> {
    let (mut here, mut golden) = (here.lines(), golden.lines());
    loop {
        match (here.next(), golden.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            (one, other) => return Some((one.unwrap_or_default().to_owned(), other.unwrap_or_default().to_owned())),
        }
    }
}

impl Made {
    fn line(&self) -> String {
        match &self.other {
            None => format!("+ {:<16} {}\n", self.world, self.root),
            Some((here, golden)) => {
                format!("- {:<16} {}\n    here      {here}\n    reviewed  {golden}\n", self.world, self.root)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_world_is_named_by_its_first_other_line() {
        let (_, _, golden) = GOLDEN[0];
        assert!(made("hello", 1, golden).expect("it builds").other.is_none());
        let moved = golden.replacen("disk/", "disc/", 1);
        let other = made("hello", 1, &moved).expect("it builds").other.expect("a line was changed");
        assert!(other.0.starts_with("disk/") && other.1.starts_with("disc/"), "{other:?}");
        assert!(made("hello", 2, golden).expect("it builds").other.is_some_and(|(here, _)| here.starts_with("root ")));
        assert_eq!(first_other("a\nb", "a"), Some(("b".into(), String::new())));
    }

    #[test]
    fn every_embedded_spec_is_whole() {
        for (spec, _, _) in GOLDEN {
            assert!(crate::load_from(&format!("{spec}.world"), &Embedded).is_ok(), "{spec}");
        }
    }
}
