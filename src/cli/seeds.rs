//! `worldc seeds`: which seeds of a spec make a world, and why the others do not.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::choices::{Choices, Seeds as List};
use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use super::world;
use crate::{Diagnostic, Diagnostics, Image, Severity};

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

/// So many seeds say something about the spec, not about themselves [R4].
const ENOUGH: usize = 20;
/// One rejected seed of so many is worth a warning, more than one of so many an error.
const WARNED: usize = 20;
const WRONG: usize = 5;

/// A seed with its world's root, or with what is wrong.
type Answer = (u64, Result<String, Diagnostics>);

impl Seeds {
    /// Builds every seed in memory.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let spec = world::checked(&self.spec)?;
        let seeds = self.seeds.list()?;
        let progress = terminal.progress(seeds.len() as u64, "seeds");
        let mut answers: Vec<Answer> = Vec::new();
        for seed in seeds {
            let image = crate::build(&spec, &self.choices.settings(seed)?);
            answers.push((seed, image.map(|image: Image| image.root().to_owned())));
            progress.step();
        }
        let good = answers.iter().filter(|(_, answer)| answer.is_ok()).count();
        let found = Diagnostics { list: rejected(good, answers.len()).into_iter().collect(), ..Diagnostics::default() };
        let text = if self.json { as_json(&answers) } else { as_text(&answers) };
        Ok(Done::answer(good == answers.len(), text).remark(found.picture(terminal.colours())))
    }
}

/// What the share of rejected seeds says about the spec, if enough were tried.
fn rejected(good: usize, tried: usize) -> Option<Diagnostic> {
    let bad = tried - good;
    let say = |code, severity| {
        let message = format!("{bad} of {tried} seeds make no world");
        let help = "widen what is drawn, or ask for less by `require`";
        Some(Diagnostic { severity, ..Diagnostic::global(code, message).help(help) })
    };
    match tried {
        0..ENOUGH => None,
        _ if bad * WRONG > tried => say("E0517", Severity::Error),
        _ if bad * WARNED > tried => say("W0511", Severity::Warning),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::rejected;

    #[test]
    fn many_rejected_seeds_are_the_specs_fault() {
        for (good, tried, code) in [
            (1, 3, None),
            (19, 20, None),
            (18, 20, Some("W0511")),
            (16, 20, Some("W0511")),
            (15, 20, Some("E0517")),
            (95, 100, None),
            (94, 100, Some("W0511")),
            (79, 100, Some("E0517")),
        ] {
            assert_eq!(rejected(good, tried).map(|found| found.code), code, "{good} of {tried}");
        }
    }
}
