//! The scope in which a turn's fields are written: its file, the blocks around it, its parameters and loop variables.

use super::cells::is_scalar;
use super::family::{loops, params};
use super::{Evaluator, Fault, Frame, Outcome, Scope};
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, Source};
use crate::syntax::{Expr, Ident};
use crate::value::{Facts, Item, Value};

impl<'p> Evaluator<'p> {
    /// Whether a condition holds; no condition always does.
    pub(crate) fn holds(&self, condition: Option<&Expr>, scope: &Scope<'_>) -> Outcome<bool> {
        let Some(condition) = condition else { return Ok(true) };
        match self.deciding(|| self.value(condition, scope))? {
            Value::Bool(yes) => Ok(yes),
            Value::None => Ok(false),
            other => Err(self.type_fault(condition.span, "yes or no", &other)),
        }
    }

    /// Calls `work` with a scope in which parameters have these values.
    pub(crate) fn with_params<T>(
        &self,
        scope: &Scope<'_>,
        names: &[Ident],
        values: &[Value],
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        match (names.split_first(), values.split_first()) {
            (Some((name, names)), Some((value, values))) => {
                self.with_params(&scope.with(&name.name, value), names, values, work)
            }
            _ => work(scope),
        }
    }

    /// The same for a template; single values keep the facts they were read from.
    pub(crate) fn with_applied<T>(
        &self,
        scope: &Scope<'_>,
        names: &[Ident],
        (values, facts): (&[Value], &[Facts]),
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        let (Some((name, names)), Some((value, values))) = (names.split_first(), values.split_first()) else {
            return work(scope);
        };
        let (own, rest) = facts.split_first().map_or((None, facts), |(own, rest)| (Some(own), rest));
        let frame = match own {
            Some(facts) if is_scalar(value) => Frame::Given(&name.name, value, facts),
            _ => Frame::Local(&name.name, value),
        };
        self.with_applied(&scope.inside(frame), names, (values, rest), work)
    }

    fn with_bindings<T>(
        &self,
        scope: &Scope<'_>,
        bindings: &[Source],
        values: &[Value],
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        match (bindings.split_first(), values.split_first()) {
            (Some((binding, bindings)), Some((value, values))) => {
                self.with_bindings(&scope.with(&binding.name().name, value), bindings, values, work)
            }
            _ => work(scope),
        }
    }

    /// Calls `work` in the scope in which the fields of an item are written.
    pub(crate) fn in_scope<T>(&self, item: Item, mut work: impl FnMut(&Scope<'_>) -> Outcome<T>) -> Outcome<T> {
        let shape = self.shape(item.family);
        let declaration = self.program.get(shape.declaration);
        let top = Scope::top(declaration.module);
        let enclosing = self.enclosing(item)?;
        self.inside_enclosing(&top, &enclosing, &mut |scope| {
            self.with_params(scope, params(declaration), &shape.arguments, &mut |scope| {
                let locals = &shape.turns[item.index as usize].locals;
                self.with_bindings(scope, &declaration.bindings, locals, &mut |scope| {
                    work(&scope.inside(Frame::Item(item)))
                })
            })
        })
    }

    pub(super) fn inside_enclosing<T>(
        &self,
        scope: &Scope<'_>,
        outer: &[Item],
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        match outer.split_last() {
            Some((item, rest)) => self.inside_enclosing(&scope.inside(Frame::Item(*item)), rest, work),
            None => work(scope),
        }
    }

    /// Calls `work` in the scope of a declaration that has one turn, or its first.
    pub(crate) fn in_scope_of<T>(&self, id: DeclarationId, work: impl FnMut(&Scope<'_>) -> Outcome<T>) -> Outcome<T> {
        let shape = self.family(id, &[], self.program.get(id).head)?;
        if shape.turns.is_empty() {
            return Err(Fault::wrong("E0506", self.program.get(id).head, "this block does not exist at this seed"));
        }
        self.in_scope(Item { family: shape.id, index: 0 }, work)
    }

    /// The blocks around an item whose properties are bare inside it, innermost first.
    fn enclosing(&self, item: Item) -> Outcome<Vec<Item>> {
        let mut list = Vec::new();
        for parent in self.program.ancestors(self.declaration_of(item)) {
            if shows_properties(parent.kind) {
                list.extend(self.outer_turn(parent, item)?);
            }
        }
        Ok(list)
    }

    /// The turn of a block around an item: the one with the same outer keys.
    pub(crate) fn outer_turn(&self, outer: &Declaration, item: Item) -> Outcome<Option<Item>> {
        let family = self.family(outer.id, &[], outer.head)?;
        let shape = self.shape(item.family);
        let keys = &shape.turns[item.index as usize].keys;
        let depth = loops(outer).min(keys.len());
        let label = keys[..depth].iter().map(|key| self.label(key)).collect::<Vec<_>>().join(",");
        Ok(self.index_of(family, &label).map(|index| Item { family: family.id, index }))
    }
}

/// Blocks whose properties can be read bare by what stands in them.
pub(super) fn shows_properties(kind: Kind) -> bool {
    matches!(kind, Kind::Objective | Kind::Chat | Kind::Clutter | Kind::Noise | Kind::Mailbox)
}
