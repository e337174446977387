//! `worldc seeds`: which seeds of a spec make a world, and why the others do not.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::choices::{Choices, Seeds as List};
use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use super::world;
use crate::{Diagnostics, Image};

/// Try seeds: which make a world, and why the others do not
#[derive(Args)]
#[command(
    after_help = "Examples:\n  worldc seeds specs/hello.world 1..100\n  worldc seeds specs/hello.world 1,7 --json\n\n\
                        Exits with 1 if any seed fails."
)]
pub(super) struct Seeds {
    /// The spec
    spec: PathBuf,
    /// The seeds: `1..100`, `1,7`
    seeds: List,
    /// Print the answers as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    choices: Choices,
}

/// A seed with its world's root, or with what is wrong.
type Answer = (u64, Result<String, Diagnostics>);

impl Seeds {
    /// Builds every seed in memory.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let spec = world::checked(&self.spec)?;
        let progress = terminal.progress(self.seeds.0.len() as u64, "seeds");
        let mut answers: Vec<Answer> = Vec::new();
        for &seed in &self.seeds.0 {
            let image = crate::build(&spec, &self.choices.settings(seed)?);
            answers.push((seed, image.map(|image: Image| image.root().to_owned())));
            progress.step();
        }
        let all = answers.iter().all(|(_, answer)| answer.is_ok());
        Ok(Done::answer(all, if self.json { as_json(&answers) } else { as_text(&answers) }))
    }
}

/// One line for each seed, and the count.
fn as_text(answers: &[Answer]) -> String {
    let lines = answers.iter().map(|(seed, answer)| match answer {
        Ok(root) => format!("{seed:>6}  ok     {}\n", &root[..root.len().min(12)]),
        Err(findings) => format!("{seed:>6}  fails  {}\n", reasons(findings).join("; ")),
    });
    let good = answers.iter().filter(|(_, answer)| answer.is_ok()).count();
    format!("{}{good} of {} seeds make a world\n", lines.collect::<String>(), answers.len())
}

/// The findings in short.
fn reasons(findings: &Diagnostics) -> Vec<String> {
    findings.list.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
}

/// The same as data.
fn as_json(answers: &[Answer]) -> String {
    let list: Value = answers
        .iter()
        .map(|(seed, answer)| match answer {
            Ok(root) => json!({ "seed": seed, "root": root }),
            Err(findings) => json!({ "seed": seed, "findings": findings.json() }),
        })
        .collect();
    format!("{list:#}\n")
}
