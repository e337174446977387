//! Objectives with their checks as trees and the values of this seed.

use serde_json::{Value as Json, json};

use crate::image::bytes::Rendered;
use crate::image::encode;
use crate::image::hash::sha256;
use crate::image::sealed::schedule::correspondent;
use crate::plan::{Deliver, DeliverTarget, Judged, Late, Milestone, Objective, Plan, Rubric, Trap};

/// All objectives, in the order of the plan.
pub(crate) fn json(plan: &Plan, rendered: &Rendered) -> Json {
    Json::from_iter(plan.objectives.iter().enumerate().map(|(at, goal)| objective(plan, rendered, at, goal)))
}

fn objective(plan: &Plan, rendered: &Rendered, position: usize, objective: &Objective) -> Json {
    let delivers = objective.delivers.iter().enumerate();
    let traps = objective.traps.iter().enumerate();
    let brief = objective.brief.and_then(|at| plan.messages.get(at));
    json!({
        "name": objective.name,
        "brief": brief.map(|message| message.address.as_str()),
        "due": objective.due.iso(),
        "weight": encode::value(plan, &objective.weight),
        "delivers": Json::from_iter(delivers.map(|(at, part)| deliver(plan, rendered, (position, at), part))),
        "milestones": Json::from_iter(objective.milestones.iter().map(|part| milestone(plan, part))),
        "guards": judged(plan, &objective.guards),
        "rubrics": rubrics(plan, &objective.rubrics),
        "traps": Json::from_iter(traps.map(|(at, part)| trap(plan, rendered, (position, at), objective, part))),
        "late": objective.late.as_ref().map(|part| late(plan, part)),
    })
}

fn deliver(plan: &Plan, rendered: &Rendered, position: (usize, usize), deliver: &Deliver) -> Json {
    let solution = rendered.solutions.get(&position).and_then(Option::as_ref);
    json!({
        "name": deliver.name,
        "target": target(plan, &deliver.target),
        "weight": encode::value(plan, &deliver.weight),
        "checks": judged(plan, &deliver.checks),
        "rubrics": rubrics(plan, &deliver.rubrics),
        "solution": solution.map(|bytes| sha256(bytes)),
    })
}

fn target(plan: &Plan, target: &DeliverTarget) -> Json {
    let ids =
        |people: &[usize]| Json::from_iter(people.iter().filter_map(|at| plan.people.get(*at)).map(|p| p.id.as_str()));
    match target {
        DeliverTarget::File(path) => json!({"file": path}),
        DeliverTarget::Mail { to } => json!({"mail": Json::from_iter(to.iter().map(|who| correspondent(plan, who)))}),
        DeliverTarget::Meeting { who, from, until } => {
            json!({"meeting": ids(who), "from": from.iso(), "until": until.iso()})
        }
    }
}

fn milestone(plan: &Plan, milestone: &Milestone) -> Json {
    json!({
        "name": milestone.name,
        "by": milestone.by.iso(),
        "weight": encode::value(plan, &milestone.weight),
        "checks": judged(plan, &milestone.checks),
    })
}

fn judged(plan: &Plan, checks: &[Judged]) -> Json {
    Json::from_iter(checks.iter().map(|judged| {
        json!({
            "check": encode::check(plan, &judged.check),
            "message": judged.message.as_ref().map(encode::words),
            "sentence": judged.sentence,
        })
    }))
}

fn rubrics(plan: &Plan, rubrics: &[Rubric]) -> Json {
    let rubric =
        |rubric: &Rubric| json!({"weight": encode::value(plan, &rubric.weight), "text": encode::words(&rubric.text)});
    Json::from_iter(rubrics.iter().map(rubric))
}

/// What the trap replaces, the checks that expect something else in its world by their number, and what would be handed in.
fn trap(plan: &Plan, rendered: &Rendered, position: (usize, usize), objective: &Objective, trap: &Trap) -> Json {
    let replaces = trap.replaces.iter().map(|(address, wrong)| json!([address, encode::value(plan, wrong)]));
    let truth = objective.delivers.iter().flat_map(|deliver| &deliver.checks);
    let truth = truth.chain(objective.milestones.iter().flat_map(|milestone| &milestone.checks));
    let checks = truth.zip(&trap.checks).enumerate();
    // A wrong world records no facts: what tells two checks apart is what they say, not where it came from.
    let checks = checks.filter_map(|(at, (right, wrong))| {
        let wrong = encode::check(plan, wrong);
        (without_facts(encode::check(plan, &right.check)) != wrong).then(|| json!([at, wrong]))
    });
    let solutions = (0..objective.delivers.len())
        .map(|at| rendered.wrong_solutions.get(&(position.0, position.1, at)).map(|bytes| sha256(bytes)));
    json!({
        "name": trap.name,
        "why": trap.why,
        "replaces": Json::from_iter(replaces),
        "checks": Json::from_iter(checks),
        "solutions": Json::from_iter(solutions),
    })
}

/// A condition without the facts behind its values.
fn without_facts(mut tree: Json) -> Json {
    match &mut tree {
        Json::Object(members) => {
            members.remove("facts");
            members.values_mut().for_each(|part| *part = without_facts(part.take()));
        }
        Json::Array(items) => items.iter_mut().for_each(|part| *part = without_facts(part.take())),
        _ => {}
    }
    tree
}

fn late(plan: &Plan, late: &Late) -> Json {
    json!({"credit": encode::value(plan, &late.credit), "until": late.until.iso()})
}
