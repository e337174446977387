//! What of its row an expression reads. Many columns of an export read no more than one key of a row (`t.vendor.name`):
//! what they are worth on one row they are worth on every row with that key.

use super::{Evaluator, Outcome, Scope};
use crate::forms::Kind;
use crate::resolve::program::Target;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Part};
use crate::value::{Item, Value};

/// What of a row decides an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// It is the same on every row.
    Nothing,
    /// Only the row of another table that is the key at this position.
    Key(usize),
    /// More than that, or nobody can tell.
    Row,
}

impl Reads {
    fn and(self, other: Reads) -> Reads {
        match (self, other) {
            (Reads::Nothing, reads) | (reads, Reads::Nothing) => reads,
            (one, other) if one == other => one,
            _ => Reads::Row,
        }
    }
}

impl Evaluator<'_> {
    /// What an expression reads of the rows of a table, told from one of them; `scope` is what stands around the row.
    pub(crate) fn reads_of(&self, expr: &Expr, row: Item, scope: &Scope<'_>) -> Outcome<Reads> {
        if self.declaration_of(row).kind != Kind::Table {
            return Ok(Reads::Row);
        }
        self.reads_in(expr, row, scope)
    }

    fn reads_in(&self, expr: &Expr, row: Item, scope: &Scope<'_>) -> Outcome<Reads> {
        match &expr.kind {
            ExprKind::None | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Text(_) => Ok(Reads::Nothing),
            ExprKind::Date(_) | ExprKind::Month(_) | ExprKind::Time(_) => Ok(Reads::Nothing),
            ExprKind::Name(name) => self.name_reads(name, row, scope, expr.span),
            ExprKind::Member(base, _) => self.reads_in(base, row, scope),
            ExprKind::Filter(value, _, arguments) => {
                let value = self.reads_in(value, row, scope)?;
                arguments.iter().try_fold(value, |reads, argument| Ok(reads.and(self.reads_in(argument, row, scope)?)))
            }
            ExprKind::Prose(prose) => prose.parts.iter().try_fold(Reads::Nothing, |reads, part| {
                Ok(reads.and(match part {
                    Part::Text(..) => Reads::Nothing,
                    Part::Print(expr) => self.reads_in(expr, row, scope)?,
                    Part::For { .. } | Part::If { .. } => Reads::Row,
                }))
            }),
            // Calls may draw, and a draw is the place's own.
            _ => Ok(Reads::Row),
        }
    }

    fn name_reads(&self, name: &str, row: Item, scope: &Scope<'_>, span: Span) -> Outcome<Reads> {
        let shape = self.shape(row.family);
        if let Some(member) = shape.member(name) {
            let key = shape.is_key(member) && matches!(shape.turns[row.index as usize].keys[member], Value::Item(_));
            return Ok(if key { Reads::Key(member) } else { Reads::Row });
        }
        let own = name == "row" || self.bare_member(row, name, span)?.is_some();
        Ok(if own || self.is_wording(name, scope) { Reads::Row } else { Reads::Nothing })
    }

    /// Whether a name outside of a row may be phrases, which are worded anew at every place.
    fn is_wording(&self, name: &str, scope: &Scope<'_>) -> bool {
        let names = &self.program.modules[scope.module().0 as usize].names;
        match names.get(name) {
            _ if scope.local(name).is_some() => false,
            Some(Target::Declaration(id)) => self.program.get(*id).kind == Kind::Phrases,
            _ => name != "world",
        }
    }

    /// The row that is a key of another row.
    pub(crate) fn key_row(&self, row: Item, key: usize) -> Option<Item> {
        match self.shape(row.family).turns[row.index as usize].keys[key] {
            Value::Item(item) => Some(item),
            _ => None,
        }
    }
}
