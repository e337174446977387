//! Copies, half-finished drafts, and files in the wrong folder.

use std::sync::Arc;

use super::{DAY, Rule};
use crate::document::{Block, Doc};
use crate::draw::Key;
use crate::eval::Outcome;
use crate::plan::disk::Draft;
use crate::plan::look::names::{Naming, Sort};
use crate::plan::types::{Content, Document, Mess, Standing};
use crate::plan::{Planner, path};
use crate::value::Moment;

impl Planner<'_> {
    /// The same bytes again, saved later under another name.
    pub(super) fn add_duplicate(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
        let original = self.plan.documents[position].clone();
        let days = 1 + key.stream().below(20) as i64;
        let latest = Moment(self.plan.world.starts.0 - 3600);
        let saved = self.working_time(Moment(original.saved.0 + days * DAY).min(latest))?.max(original.saved);
        let naming = Naming { sort: Sort::Duplicate, path: &original.path, author: &draft.author, saved };
        let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
        let path_facts = crate::document::places::union([&original.path_facts, &named]);
        let declaration = format!("{}.duplicate", original.declaration);
        let label = Mess { of: Some(position), ..Mess::new("duplicate") };
        self.add_mess(label, Document { path, path_facts, saved, declaration, ..original });
        Ok(())
    }

    /// A half-finished draft: the first blocks only, saved earlier.
    pub(super) fn add_abandoned(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
        let original = self.plan.documents[position].clone();
        let Content::Doc(doc) = &*original.content else { return Ok(()) };
        let share = 30 + key.stream().below(41) as usize;
        let kept = (doc.blocks.len() * share / 100).max(1);
        let saved = self.days_earlier(original.saved, &key.child("saved"), 1, 6)?;
        let naming = Naming { sort: Sort::Draft, path: &original.path, author: &draft.author, saved };
        let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
        let mut blocks = doc.blocks[..kept].to_vec();
        let mut what = vec![format!("{kept} of {} blocks", doc.blocks.len())];
        if path::split_extension(&draft.path).1 == "pptx" {
            // Whoever stops in the middle of a deck has begun its next slide.
            blocks.push(Block::Heading { level: 1, runs: Vec::new() });
            what.push("ends with an empty slide".to_string());
        }
        let mut properties = doc.properties.clone();
        properties.modified = saved;
        properties.created = properties.created.min(saved);
        let draft = Doc { properties: properties.clone(), blocks };
        let document = Document {
            path,
            path_facts: crate::document::places::union([&original.path_facts, &named]),
            saved,
            properties,
            content: Arc::new(Content::Doc(draft)),
            declaration: format!("{}.abandoned", original.declaration),
            ..original
        };
        self.add_mess(Mess { of: Some(position), what, ..Mess::new("abandoned") }, document);
        Ok(())
    }

    /// Moves a file to another folder of the scope.
    pub(super) fn misfile(&mut self, rule: &Rule<'_>, position: usize, drafts: &[Draft], key: &Key) {
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
        let now = format!("{}/{name}", folders[index]);
        let was = std::mem::replace(&mut self.plan.documents[position].path, now);
        self.plan.mess.push(Mess { document: Some(position), was: Some(was), ..Mess::new("misfiled") });
    }
}
