//! Changes: what is silently altered on the disk during the month.

use crate::eval::{Fault, Outcome};
use crate::forms::Kind;
use crate::plan::blocks::chronological;
use crate::plan::disk::moment_of;
use crate::plan::types::Change;
use crate::plan::{Planner, path};
use crate::resolve::program::Declaration;
use crate::syntax::ExprKind;
use crate::value::{Item, Value, usual};

impl Planner<'_> {
    /// All changes of the disk at this seed.
    pub(super) fn plan_changes(&mut self) -> Outcome<()> {
        let changes = self.each_of(Kind::Change, |planner, declaration, item| planner.change(declaration, item))?;
        self.plan.changes = chronological(changes, |change| (change.at, &change.address));
        Ok(())
    }

    fn change(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Change>> {
        let Some(at) = moment_of(&self.property(item, "at")?, usual::MORNING) else { return Ok(None) };
        let files = self.files_within(declaration, item)?;
        Ok(Some(Change {
            address: self.address(item),
            at,
            files: self.documents_of(&files),
            removes: self.removes(item)?,
            moves: self.moves(declaration, item)?,
            when: self.condition(item, declaration)?,
        }))
    }

    /// What a change takes away, as storage paths.
    pub(super) fn removes(&self, item: Item) -> Outcome<Vec<String>> {
        let paths = match self.property(item, "remove")? {
            Value::None => return Ok(Vec::new()),
            Value::List(items) => items.iter().map(|item| self.path_text(item)).collect::<Outcome<Vec<String>>>()?,
            one => vec![self.path_text(&one)?],
        };
        Ok(paths.iter().map(|path| path::storage(path, &self.plan.world)).collect())
    }

    /// What a change puts elsewhere, as storage paths, from and to.
    pub(super) fn moves(&self, declaration: &Declaration, item: Item) -> Outcome<Vec<(String, String)>> {
        let Some(field) = declaration.field("move") else { return Ok(Vec::new()) };
        let ExprKind::Map(entries) = &field.value.kind else {
            return Err(Fault::wrong("E0201", field.value.span, "`move` takes { \"from\": \"to\" }"));
        };
        self.eval.in_scope(item, |scope| {
            let mut moves = Vec::new();
            for (from, to) in entries {
                let from = self.path_text(&self.eval.value(from, scope)?)?;
                let to = self.path_text(&self.eval.value(to, scope)?)?;
                moves.push((path::storage(&from, &self.plan.world), path::storage(&to, &self.plan.world)));
            }
            Ok(moves)
        })
    }

    /// A path as text; a file stands for its own.
    fn path_text(&self, value: &Value) -> Outcome<String> {
        match value {
            Value::Item(item) if self.document_of.contains_key(item) => {
                let path = &self.plan.documents[self.document_of[item]].path;
                Ok(path.strip_prefix(&format!("{}/", self.plan.world.home)).unwrap_or(path).to_string())
            }
            other => Ok(self.eval.plain_text(other)?.into_owned()),
        }
    }
}
