//! The blocks of the spec at a seed: which there are, their turns, what stands in them; how a list of them is planned.

use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::resolve::program::Declaration;
use crate::value::{Item, Moment, Rows, Value};

impl<'e> Planner<'e> {
    /// Blocks of one kind that belong to the spec: not those of schemas nobody fills in.
    pub(super) fn blocks(&self, kind: Kind) -> Vec<&'e Declaration> {
        let program = self.eval.program;
        let in_schema =
            |declaration: &Declaration| program.ancestors(declaration).any(|block| block.kind == Kind::Schema);
        let fits = |declaration: &&&Declaration| declaration.kind == kind && !in_schema(declaration);
        self.ordered.iter().filter(fits).copied().collect()
    }

    /// All turns of all blocks of one kind.
    pub(super) fn items_of(&self, kind: Kind) -> Outcome<Vec<(&'e Declaration, Item)>> {
        let mut items = Vec::new();
        for declaration in self.blocks(kind) {
            let turns = self.turns_of(declaration)?;
            items.extend(turns.into_iter().map(|item| (declaration, item)));
        }
        Ok(items)
    }

    /// All turns of a block.
    pub(super) fn turns_of(&self, declaration: &Declaration) -> Outcome<Vec<Item>> {
        let shape = self.eval.family(declaration.id, &[], declaration.head)?;
        Ok(shape.all.iter().map(|index| Item { family: shape.id, index: *index }).collect())
    }

    /// The turns of a block that stand in a turn of the block around it.
    pub(super) fn turns_within(&self, child: &Declaration, parent: Item) -> Outcome<Vec<Item>> {
        let around = self.eval.declaration_of(parent);
        let mut items = Vec::new();
        for item in self.turns_of(child)? {
            if self.eval.outer_turn(around, item)? == Some(parent) {
                items.push(item);
            }
        }
        Ok(items)
    }

    /// The files that stand in a turn of a block, also those in folders inside it.
    pub(super) fn files_within(&self, declaration: &Declaration, item: Item) -> Outcome<Vec<Item>> {
        let mut files = Vec::new();
        for file in self.files_below(declaration) {
            files.extend(self.turns_within(file, item)?);
        }
        Ok(files)
    }

    /// The files of a block, also those in folders inside it, by address.
    fn files_below(&self, declaration: &Declaration) -> Vec<&Declaration> {
        let mut files = Vec::new();
        for child in declaration.children.iter().map(|id| self.eval.program.get(*id)) {
            match child.kind {
                Kind::File => files.push(child),
                Kind::Folder => files.extend(self.files_below(child)),
                _ => {}
            }
        }
        files.sort_by_cached_key(|file| self.eval.address(file.id));
        files
    }

    /// Whether a block comes from a library's surroundings rather than from the spec.
    pub(super) fn in_background(&self, declaration: &Declaration) -> bool {
        let mut around = self.eval.program.ancestors(declaration);
        declaration.module.0 != 0
            && around.any(|block| matches!(block.kind, Kind::Mailbox | Kind::Chat | Kind::Clutter))
    }

    /// Plans all turns of all blocks of one kind, as [`Planner::each`] does.
    pub(super) fn each_of<T>(
        &mut self,
        kind: Kind,
        plan: impl Fn(&mut Self, &'e Declaration, Item) -> Outcome<Option<T>>,
    ) -> Outcome<Vec<T>> {
        let turns = self.items_of(kind)?;
        Ok(self.each(turns, |planner, (declaration, item)| plan(planner, declaration, item)))
    }

    /// Plans one thing after the other. What is faulty is reported and left out; what does not exist is left out.
    pub(super) fn each<S, T>(
        &mut self,
        things: impl IntoIterator<Item = S>,
        plan: impl Fn(&mut Self, S) -> Outcome<Option<T>>,
    ) -> Vec<T> {
        let mut planned = Vec::new();
        for thing in things {
            match plan(self, thing) {
                Ok(made) => planned.extend(made),
                Err(fault) => self.report(fault),
            }
        }
        planned
    }
}

/// What happens at its moment and under its address, in order of time and then of address.
pub(super) fn chronological<T>(mut happening: Vec<T>, stamp: impl Fn(&T) -> (Moment, &str)) -> Vec<T> {
    happening.sort_by(|one, other| stamp(one).cmp(&stamp(other)));
    happening
}

/// The items of a value: one, a list of them, or the rows of a family.
pub(super) fn items_in(value: &Value) -> Vec<Item> {
    match value {
        Value::Item(item) => vec![*item],
        Value::Rows(Rows { family, indexes }) => {
            indexes.iter().map(|index| Item { family: *family, index: *index }).collect()
        }
        Value::List(items) => items.iter().flat_map(items_in).collect(),
        _ => Vec::new(),
    }
}
