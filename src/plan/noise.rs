//! Mess on purpose [H1]: older versions with drift, duplicates, abandoned drafts, misfiled files, clutter. Every piece is
//! hit by its own hash, so that more mess contains less mess, and every piece is labelled.

use std::sync::Arc;

use crate::document::Doc;
use crate::draw::Key;
use crate::eval::{Outcome, Variant};
use crate::forms::Kind;
use crate::plan::disk::Draft;
use crate::plan::look::names::{Naming, Sort};
use crate::plan::types::{Content, Document, Mess, Standing};
use crate::plan::{Planner, mail, path};
use crate::resolve::program::{Declaration, DeclarationId, Target};
use crate::syntax::ExprKind;
use crate::value::{Item, Moment, Number, Value};

const DAY: i64 = 86_400;

/// One `versions`, `duplicates`, `abandoned` or `misfiled` block and the part of the disk it messes up.
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
        for kind in [Kind::Misfiled, Kind::Versions, Kind::Abandoned, Kind::Duplicates] {
            for (declaration, item) in self.items_of(kind)? {
                if let Err(fault) = self.apply(kind, declaration, item, drafts) {
                    self.report(fault);
                }
            }
        }
        Ok(())
    }

    fn apply(&mut self, kind: Kind, declaration: &'e Declaration, item: Item, drafts: &[Draft]) -> Outcome<()> {
        let rule = self.rule(declaration, item)?;
        for draft in drafts.iter().filter(|draft| draft.standing == Standing::Disk) {
            let Some(position) = self.document_of.get(&draft.item).copied() else { continue };
            if !self.is_hit_by(&rule, draft)? {
                continue;
            }
            let key = self.roots.open.child("noise").child(kind.keyword()).child(&self.address(draft.item));
            match kind {
                Kind::Versions => self.add_versions(&rule, draft, position, &key)?,
                _ if !key.hits(self.share(&rule)?) => {}
                Kind::Duplicates => self.add_duplicate(&rule, draft, position, &key)?,
                Kind::Abandoned => self.add_abandoned(&rule, draft, position, &key)?,
                _ => self.misfile(&rule, position, drafts, &key),
            }
        }
        Ok(())
    }

    fn rule(&self, declaration: &'e Declaration, item: Item) -> Outcome<Rule<'e>> {
        let one = Number::from_i64(1);
        let Some(noise) = declaration.parent.map(|id| self.eval.program.get(id)) else {
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
            files => mail::items_in(&files).contains(&draft.item),
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

    /// Older versions: the same document in worlds whose drawn numbers were a little different.
    fn add_versions(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
        let Some(copies) = rule.declaration.field("copies") else { return Ok(()) };
        let mut count = 0;
        for draw in crate::draw::repeated(key, rule.level) {
            let drawn = match copies.draw {
                true => self.eval.draw_under(rule.item, &copies.value, draw)?,
                false => self.property(rule.item, "copies")?,
            };
            count += match drawn {
                Value::Number(number) => number.to_i64().unwrap_or(0).clamp(0, 20),
                _ => 0,
            };
        }
        let drift = match self.property(rule.item, "drift")? {
            Value::Number(drift) => drift,
            _ => Number::ZERO,
        };
        let mut saved = draft.saved;
        for back in 0..count {
            let key = key.child(&format!("version {back}"));
            saved = self.days_earlier(saved, &key, 2, 9)?;
            let variant = Variant { drift: Some((key.child("drift"), drift)), ..Variant::default() };
            let other = self.eval.with_variant(variant);
            let number = count - back;
            let naming = Naming { sort: Sort::Version(number), path: &draft.path, author: &draft.author, saved };
            let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
            let path_facts = crate::document::places::union([&draft.path_facts, &named]);
            let older = Draft { path, path_facts, saved, ..draft.clone() };
            let mut document = self.document(&other, &older)?;
            document.declaration = format!("{}.version[{number}]", self.address(draft.item));
            let moved = other.moved().into_iter();
            let moved = moved.map(|(place, truth, stale)| (self.eval.fact_address(place), truth, stale)).collect();
            self.add_mess("version", Some(position), document, moved);
        }
        Ok(())
    }

    /// A moment some days earlier, on a working day.
    fn days_earlier(&self, from: Moment, key: &Key, least: u64, most: u64) -> Outcome<Moment> {
        let days = (least + key.stream().below(most - least + 1)) as i64;
        self.working_time(Moment(from.0 - days * DAY))
    }

    /// The same time of the last working day until then.
    fn working_time(&self, at: Moment) -> Outcome<Moment> {
        let day = self.eval.setting()?.calendar.at_or_before(at.date());
        Ok(Moment::new(day.unwrap_or(at.date()), at.time()))
    }

    /// The same bytes again, saved later under another name.
    fn add_duplicate(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
        let original = self.plan.documents[position].clone();
        let days = 1 + key.stream().below(20) as i64;
        let latest = Moment(self.plan.world.starts.0 - 3600);
        let saved = self.working_time(Moment(original.saved.0 + days * DAY).min(latest))?.max(original.saved);
        let naming = Naming { sort: Sort::Duplicate, path: &original.path, author: &draft.author, saved };
        let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
        let path_facts = crate::document::places::union([&original.path_facts, &named]);
        let declaration = format!("{}.duplicate", original.declaration);
        self.add_mess(
            "duplicate",
            Some(position),
            Document { path, path_facts, saved, declaration, ..original },
            Vec::new(),
        );
        Ok(())
    }

    /// A half-finished draft: the first blocks only, saved earlier.
    fn add_abandoned(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
        let original = self.plan.documents[position].clone();
        let Content::Doc(doc) = &*original.content else { return Ok(()) };
        let share = 30 + key.stream().below(41) as usize;
        let kept = (doc.blocks.len() * share / 100).max(1);
        let saved = self.days_earlier(original.saved, &key.child("saved"), 1, 6)?;
        let naming = Naming { sort: Sort::Draft, path: &original.path, author: &draft.author, saved };
        let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
        let mut properties = doc.properties.clone();
        properties.modified = saved;
        properties.created = properties.created.min(saved);
        let draft = Doc { properties: properties.clone(), blocks: doc.blocks[..kept].to_vec() };
        let document = Document {
            path,
            path_facts: crate::document::places::union([&original.path_facts, &named]),
            saved,
            properties,
            content: Arc::new(Content::Doc(draft)),
            declaration: format!("{}.abandoned", original.declaration),
            ..original
        };
        self.add_mess("abandoned", Some(position), document, Vec::new());
        Ok(())
    }

    /// Moves a file to another folder of the scope.
    fn misfile(&mut self, rule: &Rule<'_>, position: usize, drafts: &[Draft], key: &Key) {
        let (own, name) = path::split_folder(&self.plan.documents[position].path);
        let folders: std::collections::BTreeSet<String> = drafts
            .iter()
            .filter(|draft| draft.standing == Standing::Disk && draft.path.starts_with(&rule.scope))
            .map(|draft| path::split_folder(&draft.path).0.to_string())
            .filter(|folder| folder != own)
            .collect();
        let folders: Vec<String> = folders.into_iter().collect();
        let tickets: Vec<crate::draw::Ticket> = folders.iter().map(|folder| crate::draw::Ticket::of(folder)).collect();
        let Some(index) = key.child("folder").pick(&tickets) else { return };
        let (was, now) = (self.plan.documents[position].path.clone(), format!("{}/{name}", folders[index]));
        let label = Mess {
            document: position,
            kind: "misfiled".to_string(),
            of: None,
            moved: vec![("path".to_string(), Value::Text(was.into()), Value::Text(now.as_str().into()))],
        };
        self.plan.documents[position].path = now;
        self.plan.mess.push(label);
    }

    fn label_clutter(&mut self) -> Outcome<()> {
        for (declaration, item) in self.items_of(Kind::File)? {
            let parents = std::iter::successors(declaration.parent, |id| self.eval.program.get(*id).parent);
            let clutter = parents.map(|id| self.eval.program.get(id).kind).any(|kind| kind == Kind::Clutter);
            if let (true, Some(document)) = (clutter, self.document_of.get(&item)) {
                let label = Mess { document: *document, kind: "clutter".to_string(), of: None, moved: Vec::new() };
                self.plan.mess.push(label);
            }
        }
        Ok(())
    }

    fn add_mess(&mut self, kind: &str, of: Option<usize>, document: Document, moved: Vec<(String, Value, Value)>) {
        let position = self.plan.documents.len();
        self.plan.documents.push(document);
        self.plan.mess.push(Mess { document: position, kind: kind.to_string(), of, moved });
    }
}
