//! What the facts that objectives stand on were computed from: how an honest worker could have come by them.

use std::collections::BTreeSet;

use crate::eval::Outcome;
use crate::plan::Planner;
use crate::plan::tell::printed_in;
use crate::plan::types::{Check, Objective};
use crate::value::FactId;

/// Facts computed alike that are followed too; beyond it their like says nothing about one of them.
const MOST_ALIKE: usize = 2_000;

impl Planner<'_> {
    /// Follows every fact of checks and solutions down to what was drawn, typed or loaded; then the facts that were
    /// computed in the same way for other keys, since two of them may tell what stands in none.
    pub(super) fn derive(&mut self) -> Outcome<()> {
        let asked = self.plan.objectives.iter().flat_map(asked_for).collect();
        self.follow(asked)?;
        let kind = |fact: &FactId| {
            let place = self.eval.fact_place(*fact);
            (self.eval.shape(place.item.family).declaration.0, place.member)
        };
        let computed = self.plan.derivations.iter().filter(|(_, behind)| !behind.from.is_empty());
        let kinds: BTreeSet<_> = computed.map(|(fact, _)| kind(fact)).collect();
        let all = (0..self.eval.fact_count()).map(FactId);
        let alike: Vec<FactId> = all.filter(|fact| kinds.contains(&kind(fact))).collect();
        if alike.len() <= MOST_ALIKE { self.follow(alike) } else { Ok(()) }
    }

    fn follow(&mut self, mut open: Vec<FactId>) -> Outcome<()> {
        while let Some(fact) = open.pop() {
            if self.plan.derivations.contains_key(&fact) {
                continue;
            }
            let place = self.eval.fact_place(fact);
            let behind = self.eval.behind(place)?;
            open.extend(behind.from.iter().chain(behind.by.iter()));
            self.plan.derivations.insert(fact, behind);
        }
        Ok(())
    }
}

/// The facts that an objective's checks and solutions print or compare.
fn asked_for(objective: &Objective) -> Vec<FactId> {
    let delivers = objective.delivers.iter();
    let checks = delivers.clone().flat_map(|deliver| &deliver.checks);
    let checks = checks.chain(objective.milestones.iter().flat_map(|milestone| &milestone.checks));
    let mut facts: Vec<FactId> = checks.flat_map(|judged| facts_of(&judged.check)).collect();
    facts.extend(delivers.filter_map(|deliver| deliver.solution.as_ref()).flat_map(|content| printed_in(content)));
    facts
}

/// The facts of a condition.
fn facts_of(check: &Check) -> Vec<FactId> {
    let all = |parts: &[Check]| parts.iter().flat_map(facts_of).collect();
    match check {
        Check::Known { facts, .. } => facts.to_vec(),
        Check::Word { arguments, .. } => arguments.iter().flat_map(|(_, part)| facts_of(part)).collect(),
        Check::Not(part) => facts_of(part),
        Check::All(parts) | Check::Any(parts) | Check::List(parts) => all(parts),
        Check::Each(parts) => parts.iter().flat_map(|(_, part)| facts_of(part)).collect(),
        Check::Compare { left, right, .. } | Check::Arithmetic { left, right, .. } => {
            let mut facts = facts_of(left);
            facts.extend(facts_of(right));
            facts
        }
    }
}
