//! What keeps calculations from running for ever: a fact that stands on itself is an error that prints the ring, and how
//! deep anything may stand on anything is bounded.

use super::{Evaluator, FactPlace, Fault, Outcome};
use crate::diag::Diagnostic;
use crate::resolve::program::DeclarationId;
use crate::source::Span;

/// How deep facts may stand on each other.
const DEEPEST: u32 = 256;
/// How deep wording and named distributions may call each other. They keep no value that could tell a ring of them, so it
/// is found by its depth alone.
const DEEPEST_CALLS: u32 = 200;

/// One step of a calculation that stands on others, to find rings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// The turns of a family with its arguments as labels.
    Family(DeclarationId, String),
    Fact(FactPlace),
}

impl Evaluator<'_> {
    /// Runs `work` unless it is already running for that step: then the ring is printed.
    pub(super) fn enter<T>(&self, step: Step, span: Span, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        if let Step::Family(..) = step
            && self.ring.borrow().iter().any(|(other, _)| *other == step)
        {
            return Err(self.ring_fault(&step, span));
        }
        if self.depth.get() >= DEEPEST {
            return Err(Fault::limit(span, format!("facts stand on each other more than {DEEPEST} deep here")));
        }
        self.depth.set(self.depth.get() + 1);
        self.ring.borrow_mut().push((step, span));
        let result = work();
        self.ring.borrow_mut().pop();
        self.depth.set(self.depth.get() - 1);
        result
    }

    /// The ring that a step closes, as an error.
    pub(super) fn ring_fault(&self, step: &Step, span: Span) -> Fault {
        let ring = self.ring.borrow();
        let start = ring.iter().position(|(other, _)| other == step).unwrap_or(0);
        let mut names: Vec<String> = ring[start..].iter().map(|(step, _)| self.step_name(step)).collect();
        names.push(self.step_name(step));
        let mut fault = Diagnostic::error("E0105", span, format!("this stands on itself: {}", names.join(" → ")))
            .help("break the ring: let one of them be typed or drawn instead of computed");
        for (step, place) in ring[start..].iter().skip(1).take(3) {
            fault = fault.cause(*place, format!("needs `{}`", self.step_name(step)));
        }
        fault.into()
    }

    fn step_name(&self, step: &Step) -> String {
        match step {
            Step::Family(id, _) => self.address(*id),
            Step::Fact(place) => self.fact_address(*place),
        }
    }

    /// Runs `work` one level deeper, so that wording that calls itself ends in an error.
    pub(super) fn deeper<T>(&self, span: Span, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let depth = self.depth.get();
        if depth >= DEEPEST_CALLS {
            return Err(Fault::limit(span, format!("these call each other more than {DEEPEST_CALLS} deep")));
        }
        self.depth.set(depth + 1);
        let result = work();
        self.depth.set(depth);
        result
    }
}
