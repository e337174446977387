//! The turns of a family: one for each row that is typed or loaded, else one for each round of the loops around a block.

use std::collections::BTreeSet;

use super::family::{Turn, loaded, loops, params};
use super::surroundings::shows_properties;
use super::{Evaluator, Fault, Outcome, Scope};
use crate::diag::Diagnostic;
use crate::resolve::program::{Declaration, Source};
use crate::source::Span;
use crate::syntax::{Expr, Loaded};
use crate::value::comparison::are_distinct;
use crate::value::{Item, Number, Value};

/// Most turns a family may have; a loop that passes it is refused before it fills the memory.
const MOST_TURNS: usize = 400_000;

impl Evaluator<'_> {
    /// All turns of a declaration, with arguments for its parameters; `span` is where they are asked for.
    pub(super) fn turns(&self, declaration: &Declaration, arguments: &[Value], span: Span) -> Outcome<Vec<Turn>> {
        let top = Scope::top(declaration.module);
        let outer = self.fixed_enclosing(declaration)?;
        let turns = self.inside_enclosing(&top, &outer, &mut |scope| self.turns_in(declaration, arguments, scope))?;
        self.refuse_repeated(&turns, declaration, span)?;
        Ok(turns)
    }

    /// The blocks around a declaration that stand in no loop: its own loops may read their properties and inner blocks.
    fn fixed_enclosing(&self, declaration: &Declaration) -> Outcome<Vec<Item>> {
        let mut items = Vec::new();
        for parent in self.program.ancestors(declaration) {
            if shows_properties(parent.kind) && loops(parent) == 0 {
                let family = self.family(parent.id, &[], parent.head)?;
                items.extend(family.all.first().map(|index| Item { family: family.id, index: *index }));
            }
        }
        Ok(items)
    }

    fn turns_in(&self, declaration: &Declaration, arguments: &[Value], scope: &Scope<'_>) -> Outcome<Vec<Turn>> {
        self.with_params(scope, params(declaration), arguments, &mut |scope| {
            if !declaration.rows.is_empty() {
                return self.pipe_turns(declaration, scope);
            }
            if let Some(Loaded::Table { rows, .. }) = loaded(declaration) {
                return Ok(rows.iter().map(|row| self.data_turn(row.first())).collect());
            }
            let mut turns = Vec::new();
            self.loop_turns(declaration, 0, scope, &mut Vec::new(), &mut turns)?;
            Ok(turns)
        })
    }

    fn pipe_turns(&self, declaration: &Declaration, scope: &Scope<'_>) -> Outcome<Vec<Turn>> {
        let mut turns = Vec::new();
        for (number, row) in declaration.rows.iter().enumerate() {
            let key = match row.first() {
                Some(cell) => self.checked_cell(declaration, 0, cell, scope)?,
                None => Value::Number(Number::from_i64(number as i64 + 1)),
            };
            turns.push(self.data_turn(Some(&key)));
        }
        Ok(turns)
    }

    fn data_turn(&self, key: Option<&Value>) -> Turn {
        let key = key.cloned().unwrap_or_default();
        let label = self.label(&key);
        Turn::new(Vec::new(), vec![key], label)
    }

    /// A cell of a pipe table; under a header `name in table` it is a row of that table.
    pub(super) fn checked_cell(
        &self,
        declaration: &Declaration,
        column: usize,
        cell: &Expr,
        scope: &Scope<'_>,
    ) -> Outcome<Value> {
        let value = self.value(cell, scope)?;
        match declaration.header.get(column).and_then(|(_, table)| table.as_ref()) {
            Some(table) if value != Value::None => {
                let rows = self.value(table, scope)?;
                self.row_for(&rows, &value, cell.span)
            }
            _ => Ok(value),
        }
    }

    fn loop_turns(
        &self,
        declaration: &Declaration,
        depth: usize,
        scope: &Scope<'_>,
        locals: &mut Vec<Value>,
        turns: &mut Vec<Turn>,
    ) -> Outcome<()> {
        let Some(binding) = declaration.bindings.get(depth) else {
            turns.push(self.loop_turn(declaration, locals));
            return match turns.len() > MOST_TURNS {
                true => Err(Fault::limit(declaration.head, format!("this makes more than {MOST_TURNS} turns"))),
                false => Ok(()),
            };
        };
        match binding {
            Source::Given { name, value, scope: owner } => {
                let value = self.in_scope_of(*owner, |outer| self.value(value, outer))?;
                self.bind(declaration, depth, &name.name, value, scope, locals, turns)
            }
            Source::Loop { name, table, condition } => {
                let list = self.value(table, scope)?;
                for value in self.items(&list, table.span)? {
                    self.spend(1, name.span)?;
                    let inner = scope.with(&name.name, &value);
                    if self.holds(condition.as_ref(), &inner)? {
                        self.bind(declaration, depth, &name.name, value, scope, locals, turns)?;
                    }
                }
                Ok(())
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one step of a recursion over bindings; all of it is its state")]
    fn bind(
        &self,
        declaration: &Declaration,
        depth: usize,
        name: &str,
        value: Value,
        scope: &Scope<'_>,
        locals: &mut Vec<Value>,
        turns: &mut Vec<Turn>,
    ) -> Outcome<()> {
        locals.push(value.clone());
        let result = self.loop_turns(declaration, depth + 1, &scope.with(name, &value), locals, turns);
        locals.pop();
        result
    }

    fn loop_turn(&self, declaration: &Declaration, locals: &[Value]) -> Turn {
        let keys: Vec<Value> = (declaration.bindings.iter().zip(locals))
            .filter(|(binding, _)| matches!(binding, Source::Loop { .. }))
            .map(|(_, value)| value.clone())
            .collect();
        let labels: Vec<String> = keys.iter().map(|key| self.label(key)).collect();
        Turn::new(locals.to_vec(), keys, labels.join(","))
    }

    fn refuse_repeated(&self, turns: &[Turn], declaration: &Declaration, span: Span) -> Outcome<()> {
        if are_distinct(turns.iter().map(|turn| turn.label.as_str()).collect()) {
            return Ok(());
        }
        let mut seen = BTreeSet::new();
        match turns.iter().find(|turn| !seen.insert(&turn.label)) {
            Some(turn) if turns.len() > 1 => Err(Diagnostic::error(
                "E0232",
                declaration.head,
                format!("`{}` has the key {} twice", self.address(declaration.id), turn.label),
            )
            .cause(span, "asked for here")
            .help("a key names one row: remove one of the two, or loop over something with different items")
            .into()),
            _ => Ok(()),
        }
    }
}
