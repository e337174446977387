//! `worldc check`: is the spec right, and what will be checked in a world of it.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use super::world;
use crate::{Diagnostics, Severity};

/// Check a spec
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc check specs/fpa_march.world\n  worldc check specs/fpa_march.world --json")]
pub(super) struct Check {
    /// The spec
    spec: PathBuf,
    /// Print findings and checks as JSON
    #[arg(long)]
    json: bool,
}

/// A check as a sentence, under the objective and the thing it is about.
struct Sentence {
    objective: String,
    about: String,
    sentence: String,
}

impl Check {
    /// Checks, and plans if there is a seed.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        match self.findings() {
            Ok((warnings, sentences)) if self.json => Ok(Done::yes(as_json(&warnings, &sentences))),
            Ok((warnings, sentences)) => {
                Ok(Done::yes(as_text(&warnings, &sentences)).remark(warnings.picture(terminal.colours())))
            }
            Err(Failure::Findings(findings)) if self.json => Err(Failure::Json(as_json(&findings, &[]))),
            Err(failure) => Err(failure),
        }
    }

    fn findings(&self) -> Result<(Diagnostics, Vec<Sentence>), Failure> {
        let spec = world::checked(&self.spec)?;
        Ok((spec.warnings(), Vec::new()))
    }
}

fn as_text(warnings: &Diagnostics, sentences: &[Sentence]) -> String {
    let mut text = String::new();
    let (mut objective, mut about) = ("", "");
    for line in sentences {
        if line.objective != objective {
            (objective, about) = (&line.objective, "");
            text += &format!("{objective}\n");
        }
        if line.about != about {
            about = &line.about;
            text += &format!("  {about}\n");
        }
        text += &format!("    {}\n", line.sentence);
    }
    let count = warnings.list.len();
    let remarks = match count {
        0 => "no findings".to_owned(),
        1 => "no errors, 1 warning".to_owned(),
        _ => format!("no errors, {count} warnings"),
    };
    text + &remarks + "\n"
}

fn as_json(findings: &Diagnostics, sentences: &[Sentence]) -> String {
    let count = |severity| findings.list.iter().filter(|finding| finding.severity == severity).count();
    let checks: Value = sentences
        .iter()
        .map(|line| json!({ "objective": line.objective, "about": line.about, "sentence": line.sentence }))
        .collect();
    let answer = json!({
        "errors": count(Severity::Error), "warnings": count(Severity::Warning),
        "findings": findings.json(), "checks": checks,
    });
    format!("{answer:#}\n")
}
