//! Which checks a wrong answer must lose, told beforehand from what the checks read and what stands on what.

use std::collections::BTreeSet;

use super::bench::Bench;
use crate::image::script::{Condition, Deliver, Objective, Trap};
use crate::judge::compare::spoken;

/// The checks that expect something else in the world of a trap, and what people say only to right files.
pub(super) fn of_trap(bench: &Bench, goal: &Objective, trap: &Trap) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    let mut count = 0;
    let mut wrong_files = BTreeSet::new();
    for deliver in &goal.delivers {
        for number in 0..deliver.checks.len() {
            if trap.checks.iter().any(|(other, _)| *other == count) {
                rows.insert(format!("{} {}", deliver.name, number + 1));
                wrong_files.insert(format!("{}.{}", goal.name, deliver.name));
            }
            count += 1;
        }
    }
    for milestone in &goal.milestones {
        for check in &milestone.checks {
            let rests = trap.checks.iter().any(|(other, _)| *other == count);
            if rests || told_for(bench, &check.check).iter().any(|name| wrong_files.contains(name)) {
                rows.insert(format!("{} 1", milestone.name));
            }
            count += 1;
        }
    }
    rows
}

/// The deliverables that must be right for somebody to say what a condition waits for.
fn told_for(bench: &Bench, check: &Condition) -> Vec<String> {
    let Condition::Word { name, arguments, .. } = check else { return Vec::new() };
    let Some(Condition::Known { value, .. }) = arguments.first().filter(|_| name == "told") else { return Vec::new() };
    let told = spoken(value);
    let tells = bench
        .setting
        .script
        .people
        .iter()
        .flat_map(|person| person.tells.iter().map(move |tell| (format!("{}.{}", person.id, tell.name), tell)));
    let mut tells = tells.filter(|(name, _)| *name == told);
    tells.next().and_then(|(_, tell)| tell.when.as_ref()).map(passes).unwrap_or_default()
}

fn passes(when: &Condition) -> Vec<String> {
    match when {
        Condition::Word { name, arguments, .. } if name == "passes" => match arguments.first() {
            Some(Condition::Known { value, .. }) => vec![spoken(value)],
            _ => Vec::new(),
        },
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(passes).collect(),
        _ => Vec::new(),
    }
}

/// The check that is answered wrongly, those of the same file that read what is wrong there, and what people say only to
/// right files.
pub(super) fn of_wrong(
    bench: &Bench,
    goal: &Objective,
    deliver: &Deliver,
    (number, wrong): (usize, &Condition),
) -> BTreeSet<String> {
    let mut moved = BTreeSet::new();
    differ(&deliver.checks[number].check, wrong, &mut moved);
    let reads = |check: &Condition| {
        let mut places = BTreeSet::new();
        read(check, &mut places);
        places
    };
    let checks = deliver.checks.iter().enumerate();
    let lost = checks.filter(|(at, check)| *at == number || !reads(&check.check).is_disjoint(&moved));
    let rows = lost.map(|(at, _)| format!("{} {}", deliver.name, at + 1));
    let address = format!("{}.{}", goal.name, deliver.name);
    let waits = |check: &Condition| told_for(bench, check).contains(&address);
    let milestones = goal.milestones.iter().filter(|part| part.checks.iter().any(|check| waits(&check.check)));
    rows.chain(milestones.map(|milestone| format!("{} 1", milestone.name))).collect()
}

/// The places whose values differ between an answer and a wrong one.
fn differ(right: &Condition, wrong: &Condition, places: &mut BTreeSet<String>) {
    match (right, wrong) {
        (Condition::All(right), Condition::All(wrong)) | (Condition::Any(right), Condition::Any(wrong))
            if right.len() == wrong.len() =>
        {
            right.iter().zip(wrong).for_each(|(right, wrong)| differ(right, wrong, places));
        }
        (Condition::Each(right), Condition::Each(wrong)) if right.len() == wrong.len() => {
            right.iter().zip(wrong).for_each(|((_, right), (_, wrong))| differ(right, wrong, places));
        }
        // What is left out stands nowhere, and no other reading of it is wrong.
        (_, Condition::All(none)) if none.is_empty() => {}
        (right, wrong) if right != wrong => read(right, places),
        _ => {}
    }
}

/// The places that a condition reads a value of.
fn read(condition: &Condition, places: &mut BTreeSet<String>) {
    match condition {
        Condition::Word { name, arguments, .. } if matches!(name.as_str(), "states" | "date_near" | "picks") => {
            places.extend(arguments.first().map(spelled));
        }
        Condition::Compare { left, .. } => {
            if let Condition::Word { name, arguments, named, .. } = &**left
                && matches!(name.as_str(), "value" | "lookup")
            {
                let all = arguments.iter().chain(named.iter().map(|(_, part)| part));
                places.insert(all.map(spelled).collect::<Vec<_>>().join(", "));
            }
        }
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| read(part, places)),
        Condition::Each(parts) => parts.iter().for_each(|(_, part)| read(part, places)),
        _ => {}
    }
}

fn spelled(part: &Condition) -> String {
    match part {
        Condition::Known { value, .. } => spoken(value),
        other => format!("{other:?}"),
    }
}
