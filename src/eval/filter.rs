//! Filters of text [X3]: how a value prints.

use super::{Evaluator, Outcome, Scope};
use crate::syntax::{Expr, Ident};
use crate::value::Value;

impl<'p> Evaluator<'p> {
    pub(super) fn filter(&self, value: &Value, _filter: &Ident, _arguments: &[Expr], _scope: &Scope<'_>) -> Outcome<String> {
        self.plain_text(value)
    }
}
