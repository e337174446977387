//! A run graded: a pure function of image and journal. The journal is lived again, each objective is judged on what there
//! was when it was due [C6], and the scores are exact to six places [G1].

mod facts;
mod misses;
mod report;
mod rubrics;
mod traps;

use std::path::Path;

use rust_decimal::Decimal;

use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::script::{Deliver, Given, Milestone, Objective, Rubric};
use crate::judge::Frame;
use crate::judge::condition::judge;
use crate::judge::deliverable::{self, Row};
use crate::judge::facts::Facts;
use crate::judge::predicates::milestone_verdict;
use crate::judge::scene::{Blobs, Scene};
use crate::judge::subject::Subject;
use crate::judge::verdict::Verdict;
use crate::run::fault::invalid;
use crate::run::manner::Manner;
use crate::run::replay::{Replayed, relive_all};
use crate::run::setting::Setting;
use crate::run::state::{End, State, late_name};

pub(crate) use facts::facts;
use misses::Secrets;
use rubrics::RubricRow;

/// What a run is worth, and why.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub image: String,
    pub journal: String,
    /// How it was lived: runs with a shell are not compared with runs without one [A2].
    pub lived: LivedBy,
    /// From 0 to 1, to six places.
    pub reward: Decimal,
    pub objectives: Vec<Graded>,
    /// The reward of the journal's beginning up to each day's end.
    pub daily: Vec<(String, Decimal)>,
}

/// What a reader must know before she compares a run with another.
#[derive(Clone, Debug, Default)]
pub(crate) struct LivedBy {
    pub face: &'static str,
    pub shell: bool,
    pub confined: Option<bool>,
    pub turns: u64,
    /// Why it ended; empty while it goes on.
    pub end: &'static str,
}

/// One objective.
#[derive(Clone, Debug)]
pub(crate) struct Graded {
    pub name: String,
    pub weight: Decimal,
    pub score: Decimal,
    /// What its work earns of what it would have earned in time.
    pub credit: Decimal,
    pub guards: Vec<Row>,
    pub parts: Vec<Part>,
    pub rubrics: Vec<RubricRow>,
    /// The traps whose wrong answers were handed in, each with why people give them [O6].
    pub traps: Vec<(String, String)>,
}

/// A deliverable or a milestone.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub name: String,
    pub weight: Decimal,
    pub score: Decimal,
    pub rows: Vec<Row>,
    pub rubrics: Vec<RubricRow>,
}

/// Grades the run in a folder on the image it was lived on.
pub(crate) fn grade(image: Image, folder: &Path) -> Result<Report, Diagnostic> {
    let known = facts(&image)?;
    let secrets = Secrets::of(&image)?;
    let root = image.root().to_owned();
    let mut daily: Vec<(String, Decimal)> = Vec::new();
    let mut day: Option<crate::value::Date> = None;
    let lived = relive_all(image, folder, &mut |setting, state, blobs| {
        let today = state.now.date();
        if day.is_some_and(|day| day != today) {
            daily
                .push((day.map_or_else(String::new, |day| day.to_string()), reward_now(setting, state, blobs, &known)));
        }
        day = Some(today);
    })?;
    let Replayed { hash, turns, .. } = lived.replayed;
    if lived.state.ended == Some(End::Invalid) {
        return Err(invalid(folder, turns));
    }
    let mut objectives = objectives(&lived.setting, &lived.state, &lived.store, &known);
    secrets.mark(&mut objectives, &lived.setting, &lived.state);
    let reward = reward(&objectives);
    let Manner { face, shell, confined, .. } = lived.manner;
    let lived = LivedBy { face, shell, confined, turns, end: lived.state.ended.map_or("", End::word) };
    Ok(Report { image: root, journal: hash, lived, reward, objectives, daily })
}

/// All objectives at the end of a month; those that are not due yet are judged on what there is.
pub(crate) fn objectives(setting: &Setting, state: &State, blobs: &dyn Blobs, facts: &Facts) -> Vec<Graded> {
    let now = state.scene(setting);
    let one = |objective: &Objective| {
        let at = |name: &str| state.frozen.get(name).map_or(&now, |frozen| frozen.as_ref());
        let in_time = graded(objective, frame(setting, at(&objective.name), blobs, facts));
        let Some(late) = &objective.late else { return in_time };
        // Work after the due date earns a part, if that is more than what was there in time.
        let mut late_graded = graded(objective, frame(setting, at(&late_name(&objective.name)), blobs, facts));
        late_graded.credit = number(&late.credit);
        late_graded.settle();
        if late_graded.score > in_time.score { late_graded } else { in_time }
    };
    setting.script.objectives.iter().map(one).collect()
}

fn frame<'a>(setting: &'a Setting, scene: &'a Scene, blobs: &'a dyn Blobs, facts: &'a Facts) -> Frame<'a> {
    Frame { now: scene.now, scene, script: &setting.script, blobs, facts: Some(facts) }
}

fn reward_now(setting: &Setting, state: &State, blobs: &dyn Blobs, facts: &Facts) -> Decimal {
    reward(&objectives(setting, state, blobs, facts))
}

/// Objectives by weight.
pub(crate) fn reward(objectives: &[Graded]) -> Decimal {
    weighted(objectives.iter().map(|graded| (graded.weight, graded.score)))
}

/// Guards times the weighted mean of deliverables and milestones [G1].
pub(crate) fn graded(objective: &Objective, frame: Frame<'_>) -> Graded {
    let pages = std::cell::OnceCell::new();
    let subject = Subject { objective, deliver: None, mail: None, meeting: None, pages: &pages };
    let guards: Vec<Row> =
        objective.guards.iter().map(|guard| Row::of(guard, judge(&guard.check, frame, Some(subject)))).collect();
    let delivers = objective.delivers.iter().map(|part| deliver(objective, part, frame));
    let milestones = objective.milestones.iter().map(|part| milestone(objective, part, frame));
    let parts: Vec<Part> = delivers.chain(milestones).collect();
    let mut graded = Graded {
        name: objective.name.clone(),
        weight: number(&objective.weight),
        score: Decimal::ZERO,
        credit: Decimal::ONE,
        guards,
        parts,
        rubrics: rubrics(&objective.rubrics),
        traps: traps::matched(objective, frame),
    };
    graded.settle();
    graded
}

impl Graded {
    /// Guards times the weighted mean of parts, times what late work earns.
    fn settle(&mut self) {
        self.parts.iter_mut().for_each(Part::settle);
        let held = self.guards.iter().all(|guard| guard.verdict.held());
        let parts = || self.parts.iter().map(|part| (part.weight, part.score));
        let earned = weighted(parts());
        let all = if earned.is_zero() { earned } else { weighted(parts().chain(rubrics::judged(&self.rubrics))) };
        self.score = if held { (all * self.credit).round_dp(6).normalize() } else { Decimal::ZERO };
    }
}

impl Part {
    fn settle(&mut self) {
        let checks = || self.rows.iter().map(|row| (Decimal::ONE, row.verdict.score));
        let earned = weighted(checks());
        self.score = if earned.is_zero() { earned } else { weighted(checks().chain(rubrics::judged(&self.rubrics))) };
    }
}

fn deliver(objective: &Objective, part: &Deliver, frame: Frame<'_>) -> Part {
    let rows = deliverable::rows(frame, objective, part);
    Part {
        name: part.name.clone(),
        weight: number(&part.weight),
        score: Decimal::ZERO,
        rows,
        rubrics: rubrics(&part.rubrics),
    }
}

fn milestone(objective: &Objective, part: &Milestone, frame: Frame<'_>) -> Part {
    let verdict: Verdict = milestone_verdict(frame, objective, part);
    let rows = vec![Row { sentence: format!("by {}", part.by.iso()), message: None, verdict, people: false }];
    Part { name: part.name.clone(), weight: number(&part.weight), score: Decimal::ZERO, rows, rubrics: Vec::new() }
}

/// Σ wᵢ·sᵢ / Σ wᵢ, rounded to six places; nought without weights.
fn weighted(parts: impl Iterator<Item = (Decimal, Decimal)>) -> Decimal {
    let (sum, weights) = parts.fold((Decimal::ZERO, Decimal::ZERO), |(sum, weights), (weight, score)| {
        (sum + weight * score, weights + weight)
    });
    sum.checked_div(weights).unwrap_or(Decimal::ZERO).round_dp(6).normalize()
}

fn number(given: &Given) -> Decimal {
    match given {
        Given::Number(number) => number.decimal,
        _ => Decimal::ONE,
    }
}

fn rubrics(rubrics: &[Rubric]) -> Vec<RubricRow> {
    let row = |rubric: &Rubric| {
        let (weight, text) = (number(&rubric.weight), rubric.text.text.clone());
        RubricRow { weight, text, judged: None }
    };
    rubrics.iter().map(row).collect()
}

impl Report {
    /// The report with the scores that a judge gave in a file.
    pub(crate) fn with_judge(self, path: &Path, text: &str) -> Result<Report, Diagnostic> {
        rubrics::merged(self, path, text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::image::sample;
    use crate::judge::verdict::Verdict;
    use crate::run::manner::Manner;
    use crate::run::play::Run;

    /// A check with that score.
    pub(super) fn row(score: Decimal) -> Row {
        let verdict = Verdict { score, evidence: Vec::new() };
        Row { sentence: String::new(), message: None, verdict, people: false }
    }

    #[test]
    fn an_invalid_run_is_not_graded() {
        let place = tempfile::TempDir::new().expect("a temporary folder");
        let image = || crate::image::tests::image(&sample::plan());
        let manner = Manner { sync: false, ..Manner::default() };
        let mut run = Run::begin(image(), place.path(), manner).expect("the folder is new");
        let key = image().read_text("sealed/blind").expect("an image has a key");
        let note = json!({"path": "Documents/n.txt", "content": key});
        run.call("write_file", &note, None).expect("the disk is writable");
        drop(run);
        assert_eq!(grade(image(), place.path()).expect_err("it is worth nothing").code, "E0628");
    }
}
