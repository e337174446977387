//! What stands behind a fact: what it was computed from, what decided the way, and what else it could have been drawn as.

use super::family::Member;
use super::{Evaluator, FactPlace, Outcome, Scope, Shape};
use crate::forms::Kind;
use crate::syntax::{Argument, Expr, ExprKind};
use crate::value::{Facts, Number, Value};

/// What a fact stands on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// The facts it was computed from.
    pub from: Facts,
    /// The facts that conditions of the computation read: which rows, which branch.
    pub by: Facts,
    /// What a draw could have given, where that can be listed.
    pub support: Option<Support>,
}

/// All values that a draw could have given.
#[derive(Clone, Debug, PartialEq)]
pub enum Support {
    /// Both ends belong to it.
    Steps {
        from: Number,
        to: Number,
        step: Number,
    },
    Values(Vec<Value>),
}

impl<'p> Evaluator<'p> {
    /// Computes a fact once more and notes what is read on the way; of a drawn one, what it was drawn from.
    pub(crate) fn behind(&self, place: FactPlace) -> Outcome<Behind> {
        let shape = self.shape(place.item.family);
        let Some((expr, draw)) = self.computed_by(shape, place) else { return Ok(Behind::default()) };
        if draw {
            let support = self.in_scope(place.item, |scope| self.support(expr, scope))?;
            return Ok(Behind { support, ..Behind::default() });
        }
        self.in_scope(place.item, |scope| self.behind_value(expr, scope))
    }

    /// The same for the value of an expression.
    pub(crate) fn behind_value(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Behind> {
        let (_, from) = self.traced(expr, scope)?;
        let everything = self.thorough.replace(true);
        let all = self.traced(expr, scope);
        self.thorough.set(everything);
        // What is read is listed in order.
        let by = all?.1.iter().filter(|fact| from.binary_search(fact).is_err()).copied().collect();
        Ok(Behind { from, by, support: None })
    }

    /// The expression that makes a fact, and whether it draws; none for what was typed into a table, loaded or given.
    fn computed_by(&self, shape: &Shape, place: FactPlace) -> Option<(&'p Expr, bool)> {
        let declaration = self.program.get(shape.declaration);
        match shape.sources[place.member as usize] {
            Member::Field(field) => {
                let field = &declaration.fields[field];
                let named = declaration.kind == Kind::Persona && &*field.name.name == "name";
                (!named).then_some((&field.value, field.draw))
            }
            Member::Value if declaration.kind != Kind::Knob => {
                declaration.value.as_ref().map(|value| (value, declaration.draw))
            }
            Member::Value | Member::Key(_) | Member::Cell(_) | Member::Data(_) | Member::Name => None,
        }
    }

    /// What a sampler could give, if it stands alone behind its `~`.
    fn support(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Option<Support>> {
        let ExprKind::Call(callee, arguments) = &expr.kind else { return Ok(None) };
        let ExprKind::Name(name) = &callee.kind else { return Ok(None) };
        let plain: Vec<&Argument> = arguments.iter().filter(|argument| argument.name.is_none()).collect();
        match (&**name, plain.as_slice()) {
            ("between", [low, high]) => self.steps(arguments, (&low.value, &high.value), scope),
            ("pick", [from]) => self.listed(&from.value, scope),
            _ => Ok(None),
        }
    }

    fn steps(&self, arguments: &[Argument], ends: (&Expr, &Expr), scope: &Scope<'_>) -> Outcome<Option<Support>> {
        let step = arguments.iter().find(|argument| argument.name.as_ref().is_some_and(|name| &*name.name == "step"));
        let step = step.map(|argument| self.value(&argument.value, scope)).transpose()?;
        let (low, high) = (self.value(ends.0, scope)?, self.value(ends.1, scope)?);
        let (Value::Number(from), Value::Number(to)) = (low, high) else { return Ok(None) };
        let step = match step {
            Some(Value::Number(step)) => step,
            _ => {
                if from.places > to.places {
                    from.step()
                } else {
                    to.step()
                }
            }
        };
        Ok(Some(Support::Steps { from, to, step }))
    }

    fn listed(&self, from: &Expr, scope: &Scope<'_>) -> Outcome<Option<Support>> {
        let written: Vec<&Expr> = match &from.kind {
            ExprKind::Map(weights) => weights.iter().map(|(value, _)| value).collect(),
            ExprKind::List(items) => items.iter().collect(),
            _ => return Ok(None),
        };
        let values: Outcome<Vec<Value>> = written.into_iter().map(|value| self.value(value, scope)).collect();
        Ok(Some(Support::Values(values?)))
    }

    /// Evaluates a condition: what it reads is noted only where everything is.
    pub(super) fn deciding<T>(&self, work: impl FnOnce() -> T) -> T {
        let noted = self.recording.replace(self.notes_decisions());
        let result = work();
        self.recording.set(noted);
        result
    }

    /// Whether what a condition reads is noted.
    pub(super) fn notes_decisions(&self) -> bool {
        self.recording.get() && self.thorough.get()
    }
}
