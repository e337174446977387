//! Mess on purpose [H1]: older versions with drift, drafts with tracked changes, duplicates, abandoned drafts, misfiled
//! files, clutter. Every piece is hit by its own hash, so that more mess contains less mess, and every piece is labelled.

mod copies;
mod defeats;
mod evolve;
mod quoted;
mod reviewed;
mod stands;
mod tracked;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::CellValue;
use crate::document::place::column_letters;
use crate::eval::{Evaluator, FactPlace, Outcome};
use crate::formats;
use crate::forms::Kind;
use crate::plan::blocks::items_in;
use crate::plan::disk::Draft;
use crate::plan::types::{Content, Document, Mess, Standing};
use crate::plan::{Planner, path};
use crate::resolve::program::{Declaration, DeclarationId, Target};
use crate::syntax::ExprKind;
use crate::value::{FactId, Item, Number, Value};
use stands::Anchored;

const DAY: i64 = 86_400;

/// One `versions`, `reviewed`, `duplicates`, `abandoned` or `misfiled` block and the part of the disk it messes up.
struct Rule<'e> {
    declaration: &'e Declaration,
    item: Item,
    /// Storage path of the scope.
    scope: String,
    level: Number,
}

impl<'e> Planner<'e> {
    pub(super) fn plan_noise(&mut self, drafts: &[Draft]) -> Outcome<()> {
        self.label_clutter()?;
        self.label_errors();
        for kind in [Kind::Misfiled, Kind::Versions, Kind::Abandoned, Kind::Reviewed, Kind::Duplicates] {
            let anchored = match kind {
                Kind::Misfiled => self.anchored(drafts)?,
                _ => Anchored::default(),
            };
            // A file that two blocks of a kind hit is messed up by the first of them.
            let mut hit = BTreeSet::new();
            for (declaration, item) in self.items_of(kind)? {
                if let Err(fault) = self.apply(kind, (declaration, item), drafts, &anchored, &mut hit) {
                    self.report(fault);
                }
            }
        }
        Ok(())
    }

    fn apply(
        &mut self,
        kind: Kind,
        (declaration, item): (&'e Declaration, Item),
        drafts: &[Draft],
        anchored: &Anchored,
        hit: &mut BTreeSet<Item>,
    ) -> Outcome<()> {
        let rule = self.rule(declaration, item)?;
        for draft in drafts.iter().filter(|draft| draft.standing == Standing::Disk) {
            let Some(position) = self.document_of.get(&draft.item).copied() else { continue };
            let key = self.roots.open.child("noise").child(kind.keyword()).child(&self.address(draft.item));
            if !self.is_hit_by(&rule, draft)? || kind != Kind::Versions && !key.hits(self.share(&rule)?) {
                continue;
            }
            if kind == Kind::Misfiled && !self.may_stray(&rule, draft, anchored) || !hit.insert(draft.item) {
                continue;
            }
            match kind {
                Kind::Versions => self.add_versions(&rule, draft, position, &key)?,
                Kind::Reviewed => self.add_reviewed(&rule, draft, position, &key)?,
                Kind::Duplicates => self.add_duplicate(&rule, draft, position, &key)?,
                Kind::Abandoned => self.add_abandoned(&rule, draft, position, &key)?,
                _ => self.misfile(&rule, position, drafts, &key),
            }
        }
        Ok(())
    }

    fn rule(&self, declaration: &'e Declaration, item: Item) -> Outcome<Rule<'e>> {
        let one = Number::from_i64(1);
        let Some(noise) = self.eval.program.parent(declaration) else {
            return Ok(Rule { declaration, item, scope: self.plan.world.home.clone(), level: one });
        };
        let outer = self.eval.outer_turn(noise, item)?.unwrap_or(item);
        let label = match &noise.label {
            Some(label) => self.eval.in_scope(outer, |scope| self.eval.printed(label, scope))?.text,
            None => String::new(),
        };
        let level = match self.property(outer, "level")? {
            Value::Number(level) => level,
            _ => one,
        };
        Ok(Rule { declaration, item, scope: path::storage(&label, &self.plan.world), level })
    }

    /// The share of a rule at its level, as a threshold.
    fn share(&self, rule: &Rule<'_>) -> Outcome<Number> {
        let share = match self.property(rule.item, "share")? {
            Value::Number(share) => share,
            _ => Number::ZERO,
        };
        self.eval.arithmetic(share.multiply(rule.level), rule.declaration.head)
    }

    /// Whether a rule's scope and its `files` take a file in.
    fn is_hit_by(&self, rule: &Rule<'_>, draft: &Draft) -> Outcome<bool> {
        let inside = draft.path.strip_prefix(&rule.scope).and_then(|rest| rest.strip_prefix('/'));
        let (Some(inside), Some(files)) = (inside, rule.declaration.field("files")) else {
            return Ok(inside.is_some());
        };
        if let Some(template) = self.template_named(&files.value.kind, rule.declaration) {
            let from = self.property(draft.item, "from")?;
            return Ok(super::content::applied(&from).is_some_and(|applied| applied.declaration == template.0));
        }
        Ok(match self.property(rule.item, "files")? {
            Value::Text(glob) => path::matches(&glob, inside),
            files => items_in(&files).contains(&draft.item),
        })
    }

    /// The template that `files = close_memo` or `files = finance.gl_export` names.
    fn template_named(&self, expr: &ExprKind, declaration: &Declaration) -> Option<DeclarationId> {
        let modules = &self.eval.program.modules;
        let names = &modules[declaration.module.0 as usize].names;
        let target = match expr {
            ExprKind::Name(name) => names.get(name)?,
            ExprKind::Member(base, member) => {
                let ExprKind::Name(base) = &base.kind else { return None };
                let Target::Module(module) = names.get(base)? else { return None };
                modules[module.0 as usize].names.get(&member.name)?
            }
            _ => return None,
        };
        match target {
            Target::Declaration(id) if self.eval.program.get(*id).kind == Kind::Template => Some(*id),
            _ => None,
        }
    }

    fn label_clutter(&mut self) -> Outcome<()> {
        for (declaration, item) in self.items_of(Kind::File)? {
            let clutter = self.eval.program.ancestors(declaration).any(|block| block.kind == Kind::Clutter);
            if let (true, Some(document)) = (clutter, self.document_of.get(&item)) {
                self.plan.mess.push(Mess { document: Some(*document), ..Mess::new("clutter") });
            }
        }
        Ok(())
    }

    /// Workbooks that show errors, with the cells that do.
    fn label_errors(&mut self) {
        for (document, what) in self.plan.documents.iter().map(errors_in).enumerate() {
            if !what.is_empty() {
                self.plan.mess.push(Mess { document: Some(document), what, ..Mess::new("error") });
            }
        }
    }

    /// Adds a document that is mess, with its label.
    fn add_mess(&mut self, label: Mess, document: Document) {
        let position = self.plan.documents.len();
        self.plan.documents.push(document);
        self.plan.mess.push(Mess { document: Some(position), ..label });
    }

    /// What a document of another variant of the world tells otherwise: the true and the stale value of each fact.
    fn moved_facts(&self, other: &Evaluator<'_>, content: &Content, path: &str) -> Vec<(FactId, Value, Value)> {
        let places = match content {
            Content::Doc(doc) => formats::doc_places(doc, path::split_extension(path).1),
            Content::Book(book) => formats::book_places(book, path::split_extension(path).1),
            _ => Vec::new(),
        };
        let told = places.iter().flat_map(|(_, facts)| facts.iter());
        let told: BTreeMap<FactPlace, FactId> = told.map(|fact| (self.eval.fact_place(*fact), *fact)).collect();
        let moved = other.moved().into_iter();
        moved.filter_map(|(place, truth, stale)| told.get(&place).map(|fact| (*fact, truth, stale))).collect()
    }
}

/// The cells of a workbook on the disk that show an error: `Summary!B5 shows #REF!`.
fn errors_in(document: &Document) -> Vec<String> {
    let (Content::Book(book), Standing::Disk) = (&*document.content, document.stands) else { return Vec::new() };
    let mut shown = Vec::new();
    for sheet in book.sheets.iter() {
        for (row, cells) in sheet.rows.iter().enumerate() {
            shown.extend(cells.iter().enumerate().filter_map(|(column, cell)| match cell.value {
                CellValue::Error(error) => {
                    let (sheet, column, row) = (&sheet.name, column_letters(column as u32), row + 1);
                    Some(format!("{sheet}!{column}{row} shows {}", error.shown()))
                }
                _ => None,
            }));
        }
    }
    shown
}
