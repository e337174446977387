//! `worldc check`: is the spec right, and what will be checked in a world of it.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::choices::Choices;
use super::outcome::{self, Done, Failure};
use super::terminal::Terminal;
use super::world;
use crate::Diagnostics;
use crate::plan::{Correspondent, Deliver, DeliverTarget, Judged, Objective, Plan};

/// Check a spec, and with a seed print every check of that world as a sentence
#[derive(Args)]
#[command(
    after_help = "Examples:\n  worldc check specs/fpa_march.world\n  worldc check specs/fpa_march.world --seed 1\n  \
                        worldc check specs/fpa_march.world --json"
)]
pub(super) struct Check {
    /// The spec
    spec: PathBuf,
    /// Also plan this world and print its checks with their values
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Print findings and checks as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    choices: Choices,
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
        let (warnings, sentences) = self.findings()?;
        Ok(match self.json {
            true => Done::yes(as_json(&warnings, &sentences)),
            false => Done::yes(as_text(&warnings, &sentences)).remark(warnings.picture(terminal.colours())),
        })
    }

    fn findings(&self) -> Result<(Diagnostics, Vec<Sentence>), Failure> {
        let spec = world::checked(&self.spec)?;
        let sentences = match self.seed {
            Some(seed) => sentences(&crate::plan(&spec, &self.choices.settings(seed)?)?),
            None => Vec::new(),
        };
        Ok((spec.warnings(), sentences))
    }
}

/// Every check of a world, in the order of the spec.
fn sentences(plan: &Plan) -> Vec<Sentence> {
    plan.objectives.iter().flat_map(|objective| of_objective(plan, objective)).collect()
}

fn of_objective(plan: &Plan, objective: &Objective) -> Vec<Sentence> {
    let delivers =
        objective.delivers.iter().flat_map(|deliver| named(objective, &target(plan, deliver), &deliver.checks));
    let milestones = objective
        .milestones
        .iter()
        .flat_map(|milestone| named(objective, &format!("{} by {}", milestone.name, milestone.by), &milestone.checks));
    let guards = named(objective, "throughout", &objective.guards);
    delivers.chain(milestones).chain(guards).collect()
}

fn named(objective: &Objective, about: &str, checks: &[Judged]) -> Vec<Sentence> {
    let due = format!("{}, due {}", objective.name, objective.due);
    let sentence = |judged: &Judged| Sentence {
        objective: due.clone(),
        about: about.to_owned(),
        sentence: judged.sentence.clone(),
    };
    checks.iter().map(sentence).collect()
}

/// What is handed in, in a few words.
fn target(plan: &Plan, deliver: &Deliver) -> String {
    match &deliver.target {
        DeliverTarget::File(path) => path.rsplit('/').next().unwrap_or(path).to_owned(),
        DeliverTarget::Mail { to } => {
            let names: Vec<&str> = to.iter().filter_map(|who| correspondent(plan, who)).collect();
            format!("a mail to {}", names.join(", "))
        }
        DeliverTarget::Meeting { who, .. } => {
            let names: Vec<&str> = who.iter().filter_map(|at| person(plan, *at)).collect();
            format!("a meeting with {}", names.join(", "))
        }
    }
}

fn correspondent<'a>(plan: &'a Plan, who: &'a Correspondent) -> Option<&'a str> {
    match who {
        Correspondent::Person(at) => person(plan, *at),
        Correspondent::Outside { name, .. } => Some(name),
    }
}

fn person(plan: &Plan, at: usize) -> Option<&str> {
    plan.people.get(at).map(|person| person.name.as_str())
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
    let mut answer = outcome::as_json(findings);
    answer["checks"] = sentences
        .iter()
        .map(|line| json!({ "objective": line.objective, "about": line.about, "sentence": line.sentence }))
        .collect();
    format!("{answer:#}\n")
}
