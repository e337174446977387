//! The files that must stand where they are: objectives ask for them by their place, changes replace or take them.

use std::collections::BTreeSet;

use super::Rule;
use crate::check::walk::each_expr;
use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::disk::Draft;
use crate::plan::objective::checks_of;
use crate::plan::types::{DeliverTarget, Standing};
use crate::plan::{Planner, path};
use crate::resolve::program::{DeclarationId, Target};
use crate::syntax::{Expr, ExprKind};
use crate::value::{Item, Value};

/// What is asked for by its place.
#[derive(Default)]
pub(super) struct Anchored {
    /// Storage paths and patterns of them.
    places: BTreeSet<String>,
    files: BTreeSet<DeclarationId>,
}

impl Planner<'_> {
    /// Everything that objectives and changes ask for by its place.
    pub(super) fn anchored(&self, drafts: &[Draft]) -> Outcome<Anchored> {
        let mut anchored = Anchored::default();
        let changed = drafts.iter().filter(|draft| draft.standing == Standing::Change);
        anchored.places.extend(changed.map(|draft| draft.path.clone()));
        for (declaration, item) in self.items_of(Kind::Change)? {
            anchored.places.extend(self.removes(item)?);
            anchored.places.extend(self.moves(declaration, item)?.into_iter().map(|(from, _)| from));
        }
        for (_, objective) in self.items_of(Kind::Objective)? {
            self.anchor(objective, &mut anchored)?;
            for kind in [Kind::Schema, Kind::Deliver, Kind::Milestone] {
                for part in self.parts(objective, kind)? {
                    self.anchor(part, &mut anchored)?;
                }
            }
        }
        Ok(anchored)
    }

    /// What a block hands in, and the files its checks name.
    fn anchor(&self, part: Item, anchored: &mut Anchored) -> Outcome<()> {
        let declaration = self.eval.declaration_of(part);
        if declaration.kind == Kind::Deliver
            && let DeliverTarget::File(place) = self.target(declaration, part)?
        {
            anchored.places.insert(place);
        }
        let mut named: Vec<&Expr> = Vec::new();
        checks_of(declaration).for_each(|rule| each_expr(&rule.condition, &mut |expr| named.push(expr)));
        for expr in named {
            match &expr.kind {
                ExprKind::Text(_) | ExprKind::Prose(_) => {
                    if let Ok(Value::Text(text)) = self.eval.in_scope(part, |scope| self.eval.value(expr, scope)) {
                        anchored.places.insert(path::storage(&text, &self.plan.world));
                    }
                }
                ExprKind::Name(name) => {
                    let module = &self.eval.program.modules[declaration.module.0 as usize];
                    if let Some(Target::Declaration(id)) = module.names.get(name) {
                        anchored.files.insert(*id);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a file may lie in a wrong folder: nothing asks for it by its place, or the rule names its files itself.
    pub(super) fn may_stray(&self, rule: &Rule<'_>, draft: &Draft, anchored: &Anchored) -> bool {
        rule.declaration.field("files").is_some()
            || !anchored.files.contains(&self.eval.declaration_of(draft.item).id)
                && !anchored.places.iter().any(|place| path::matches(place, &draft.path))
    }
}
