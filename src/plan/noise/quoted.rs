//! Threads that tell what is out of date: an answer below which an older mail states the very figure that somebody takes
//! who falls into a trap.

use std::collections::BTreeSet;

use crate::eval::{FactPlace, Outcome};
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::noise::defeats::earning;
use crate::plan::trap::differs;
use crate::plan::types::{Mess, Objective, Trap, Words};
use crate::resolve::program::Declaration;
use crate::value::comparison::equals;
use crate::value::{FactId, Item, Value};

/// A fact that a trap takes for another one: its own place, and the fact it stands for with the true and the stale value.
struct Stale {
    source: FactPlace,
    moved: (FactId, Value, Value),
    /// The checks that expect something else of who falls into the trap.
    defeats: Vec<String>,
}

impl Planner<'_> {
    /// Labels every thread that quotes what a trap takes for the truth.
    pub(in crate::plan) fn label_quotes(&mut self) -> Outcome<()> {
        let mut stale = Vec::new();
        for (position, (declaration, _)) in self.items_of(Kind::Objective)?.into_iter().enumerate() {
            let Some(objective) = self.plan.objectives.get(position) else { continue };
            let traps = declaration.children.iter().map(|id| self.eval.program.get(*id));
            for trap in traps.filter(|child| child.kind == Kind::Trap) {
                self.taken_by(trap, &defeated(objective, trap), &mut stale)?;
            }
        }
        let quoted: Vec<_> = self.plan.messages.iter().map(|message| self.quoted_facts(&message.body)).collect();
        for (mail, quoted) in quoted.into_iter().enumerate() {
            let told: Vec<&Stale> = stale.iter().filter(|stale| quoted.contains(&stale.source)).collect();
            if !told.is_empty() {
                let moved = told.iter().map(|stale| stale.moved.clone()).collect();
                let defeats = told.iter().flat_map(|stale| stale.defeats.iter().cloned()).collect();
                self.plan.mess.push(Mess { mail: Some(mail), moved, defeats, ..Mess::new("quoted") });
            }
        }
        Ok(())
    }

    /// The facts that a trap puts in place of others, one for one: what it computes from many nobody quotes.
    fn taken_by(&self, trap: &Declaration, defeats: &[String], stale: &mut Vec<Stale>) -> Outcome<()> {
        for field in &trap.fields {
            let named = self.fact_named(trap, &field.name)?;
            if self.eval.program.get(named).params.is_some() {
                continue;
            }
            let (wrong, read) = self.eval.in_scope_of(trap.id, |scope| self.eval.traced(&field.value, scope))?;
            let shape = self.eval.family(named, &[], field.name.span)?;
            let Some(member) = shape.members.len().checked_sub(1).filter(|_| shape.turns.len() == 1) else { continue };
            let item = Item { family: shape.id, index: 0 };
            let truth = self.eval.member_value(item, member, field.name.span)?;
            if equals(&truth, &wrong) {
                continue;
            }
            let fact = self.eval.fact_id(FactPlace { item, member: member as u32 });
            for source in read.iter().map(|fact| self.eval.fact_place(*fact)) {
                if equals(&self.eval.member_value(source.item, source.member as usize, field.name.span)?, &wrong) {
                    let moved = (fact, truth.clone(), wrong.clone());
                    stale.push(Stale { source, moved, defeats: defeats.to_vec() });
                }
            }
        }
        Ok(())
    }

    /// The facts that a body prints in the lines it quotes.
    fn quoted_facts(&self, body: &Words) -> BTreeSet<FactPlace> {
        let is_quoted = |start: u32| {
            let line = body.text[..start as usize].rfind('\n').map_or(0, |at| at + 1);
            body.text[line..].starts_with('>')
        };
        let quoted = body.spans.iter().filter(|(start, ..)| is_quoted(*start));
        quoted.flat_map(|(_, _, facts)| facts.iter().map(|fact| self.eval.fact_place(*fact))).collect()
    }
}

/// The checks that expect something else in the world of a trap, as their labels name them.
fn defeated(objective: &Objective, trap: &Declaration) -> Vec<String> {
    let named = |planned: &&Trap| trap.name.as_ref().is_some_and(|name| *name.name == *planned.name);
    let Some(planned) = objective.traps.iter().find(named) else { return Vec::new() };
    let other = earning(objective).zip(&planned.checks).filter(|(judged, wrong)| differs(&judged.check, wrong));
    other.map(|(judged, _)| format!("{}: {}", objective.name, judged.sentence)).collect()
}
