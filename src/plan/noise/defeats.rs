//! Which checks an answer taken from stale mess would fail.

use std::collections::BTreeSet;

use crate::eval::{FactPlace, Outcome, Variant};
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::types::{Judged, Objective};
use crate::syntax::Rule;
use crate::value::{Item, Number};

/// A check as its label names it, with every open number it stands on.
type Ground = (String, BTreeSet<FactPlace>);

impl Planner<'_> {
    /// Labels every piece of mess that tells a fact otherwise with the checks which stand on that fact.
    pub(in crate::plan) fn label_defeats(&mut self) -> Outcome<()> {
        if self.plan.mess.iter().all(|mess| mess.moved.is_empty()) {
            return Ok(());
        }
        let mut grounds = Vec::new();
        for (position, (_, item)) in self.items_of(Kind::Objective)?.into_iter().enumerate() {
            grounds.extend(self.grounds(position, item)?);
        }
        for mess in self.plan.mess.iter_mut().filter(|mess| mess.defeats.is_empty()) {
            let stale: Vec<FactPlace> = mess.moved.iter().map(|(fact, ..)| self.eval.fact_place(*fact)).collect();
            let stands = |(_, facts): &&Ground| stale.iter().any(|place| facts.contains(place));
            mess.defeats = grounds.iter().filter(stands).map(|(name, _)| name.clone()).collect();
        }
        Ok(())
    }

    /// The checks of an objective; none where it was refused.
    fn grounds(&self, position: usize, item: Item) -> Outcome<Vec<Ground>> {
        let Some(objective) = self.plan.objectives.get(position) else { return Ok(Vec::new()) };
        let mut grounds = Vec::new();
        for (judged, (part, rule)) in earning(objective).zip(self.earning_rules(item)?) {
            grounds.push((format!("{}: {}", objective.name, judged.sentence), self.moving(part, rule)?));
        }
        Ok(grounds)
    }

    /// The facts behind a check: those that move when every drawn number does.
    fn moving(&self, part: Item, rule: &Rule) -> Outcome<BTreeSet<FactPlace>> {
        let key = self.roots.open.child("noise").child("defeats");
        let share = Number::from_parts(50, 2, 2).unwrap_or(Number::ZERO);
        let other = self.eval.with_variant(Variant { drift: Some((key, share)), ..Variant::default() });
        self.condition_in(&other, part, rule)?;
        Ok(other.moved().into_iter().map(|(place, ..)| place).collect())
    }
}

pub(super) fn earning(objective: &Objective) -> impl Iterator<Item = &Judged> {
    let delivers = objective.delivers.iter().flat_map(|deliver| &deliver.checks);
    delivers.chain(objective.milestones.iter().flat_map(|milestone| &milestone.checks))
}
