//! Variants of a world: an old version whose drawn numbers drifted [H1], and the world of a trap, in which some facts are
//! replaced and everything computed follows [O6].
//!
//! In the world of a trap tables are looped over again, because a `where` may choose other rows there. A row keeps its
//! number in both worlds, so that rows of one are rows of the other; rows that only the trap's world has come behind.

use super::family::{Shape, loops};
use super::{Evaluator, FactPlace, Outcome, Replacement};
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::Expr;
use crate::value::{Item, Value};

impl<'p> Evaluator<'p> {
    /// Whether this is the world of a trap.
    pub(super) fn is_wrong(&self) -> bool {
        !self.variant.replaced.is_empty()
    }

    /// Whether the truth has that turn too.
    pub(super) fn is_of_truth(&self, item: Item) -> bool {
        let shape = &self.truth().shapes[item.family as usize];
        !shape.wrong && (item.index as usize) < shape.turns.len()
    }

    /// Whether a value names no turn but those of the truth.
    fn stands_in_truth(&self, value: &Value) -> bool {
        let turn = |family: u32, index: u32| self.is_of_truth(Item { family, index });
        match value {
            Value::Item(item) => self.is_of_truth(*item),
            Value::Rows(rows) => rows.indexes.iter().all(|index| turn(rows.family, *index)),
            Value::List(items) => items.iter().all(|item| self.stands_in_truth(item)),
            Value::Applied(applied) => applied.arguments.iter().all(|argument| self.stands_in_truth(argument)),
            _ => true,
        }
    }

    /// A family in the world of a trap: its tables may have other rows, all else is as in the truth.
    pub(super) fn wrong_family(
        &self,
        id: DeclarationId,
        arguments: &[Value],
        name: &str,
        span: Span,
    ) -> Outcome<&Shape> {
        let known = arguments.iter().all(|argument| self.stands_in_truth(argument));
        let truth = known.then(|| self.truth().family(id, arguments, span)).transpose()?;
        let declaration = self.program.get(id);
        match truth {
            Some(shape) if declaration.kind != Kind::Table || loops(declaration) == 0 => Ok(shape),
            truth => Ok(self.place_wrong(self.make_family(id, arguments, name, span)?, truth)),
        }
    }

    /// Numbers a family of this world: as that of the truth, if there is one.
    fn place_wrong<'s>(&'s self, mut made: Shape, truth: Option<&'s Shape>) -> &'s Shape {
        made.wrong = true;
        let Some(truth) = truth else { return self.truth().number_shape(made) };
        if made.turns.len() == truth.turns.len()
            && made.turns.iter().zip(&truth.turns).all(|(own, other)| own.is(other))
        {
            return truth;
        }
        made.number_as(truth);
        self.reshaped.insert(made.id, Box::new(made))
    }

    /// The wrong value of a fact that a trap replaces, computed in the true world; of a row that only the trap's world
    /// has, in that one [O6].
    pub(super) fn replaced(&self, declaration: &Declaration, place: FactPlace) -> Outcome<Option<Value>> {
        if !self.is_wrong() {
            return Ok(None);
        }
        let shape = self.shape(place.item.family);
        let in_table = declaration.kind == Kind::Table;
        let column = in_table.then(|| shape.members[place.member as usize].clone());
        let Some(Replacement { value, scope }) = self.variant.replaced.get(&(declaration.id, column)) else {
            return Ok(None);
        };
        let is_true = self.is_of_truth(place.item);
        let seer = if is_true { self.truth() } else { self };
        let params = super::family::params(declaration);
        let wrong = seer.in_scope_of(*scope, |outer| {
            seer.with_params(outer, params, &shape.arguments, &mut |scope| match in_table {
                true => seer.value(value, &scope.inside(super::Frame::Item(place.item))),
                false => seer.value(value, scope),
            })
        })?;
        if is_true {
            let right = self.truth().member_value(place.item, place.member as usize, declaration.head)?;
            self.moved.borrow_mut().push((place, right, wrong.clone()));
        }
        Ok(Some(wrong))
    }

    /// A drawn open number in a world that drifted [H1].
    pub(super) fn drifted(&self, place: FactPlace, value: Value, sealed: bool, expr: &Expr) -> Outcome<Value> {
        let (Some((key, share)), Value::Number(number), false) = (&self.variant.drift, &value, sealed) else {
            return Ok(value);
        };
        let key = key.child(&self.fact_address(place));
        let moved = self.arithmetic(key.stream().drift(*number, *share), expr.span)?;
        if moved != *number {
            self.moved.borrow_mut().push((place, value.clone(), Value::Number(moved)));
        }
        Ok(Value::Number(moved))
    }

    /// What is calculated in a world that drifted: it is as stale as the draws behind it.
    pub(super) fn follows(&self, place: FactPlace, value: Value, sealed: bool, expr: &Expr) -> Outcome<Value> {
        if self.variant.drift.is_some() && !sealed && matches!(value, Value::Number(_)) {
            let truth = self.truth().member_value(place.item, place.member as usize, expr.span)?;
            if truth != value {
                self.moved.borrow_mut().push((place, truth, value.clone()));
            }
        }
        Ok(value)
    }
}
