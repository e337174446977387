//! Older versions of documents: with other numbers, with other words for some things, and without what was written later.

use std::sync::Arc;

use super::{DAY, Rule, evolve};
use crate::draw::Key;
use crate::eval::{Outcome, Variant};
use crate::plan::Planner;
use crate::plan::disk::Draft;
use crate::plan::look::names::{Naming, Sort};
use crate::plan::types::{Content, Document, Mess};
use crate::value::{Moment, Number, Value};

/// Of a hundred decks of phrases, how many were worded otherwise one version ago.
const REWORDED: i64 = 22;

impl Planner<'_> {
    /// Older versions: the same document in worlds whose drawn numbers were a little different.
    pub(super) fn add_versions(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
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
            let own = key.child(&format!("version {back}"));
            saved = self.days_earlier(saved, &own, 2, 9)?;
            let share = Number::from_parts((REWORDED * (back + 1)).min(100).into(), 2, 2).unwrap_or(Number::ZERO);
            let variant = Variant {
                drift: Some((own.child("drift"), drift)),
                reworded: Some((key.child("reworded"), share)),
                ..Variant::default()
            };
            let other = self.eval.with_variant(variant);
            let number = count - back;
            let naming = Naming { sort: Sort::Version(number), path: &draft.path, author: &draft.author, saved };
            let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
            let path_facts = crate::document::places::union([&draft.path_facts, &named]);
            let older = Draft { path, path_facts, saved, ..draft.clone() };
            let mut document = self.document(&other, &older)?;
            document.declaration = format!("{}.version[{number}]", self.address(draft.item));
            let mut what = shrunk(&mut document, &key.child("lacks"), back + 1);
            what.extend(other.reworded().into_iter().map(|deck| format!("words {deck} otherwise")));
            let moved = self.moved_facts(&other, &document.content, &document.path);
            self.add_mess(Mess { of: Some(position), moved, what, ..Mess::new("version") }, document);
        }
        Ok(())
    }

    /// A moment some days earlier, on a working day.
    pub(super) fn days_earlier(&self, from: Moment, key: &Key, least: u64, most: u64) -> Outcome<Moment> {
        let days = (least + key.stream().below(most - least + 1)) as i64;
        self.working_time(Moment(from.0 - days * DAY))
    }

    /// The same time of the last working day until then.
    pub(super) fn working_time(&self, at: Moment) -> Outcome<Moment> {
        let day = self.eval.setting()?.calendar.at_or_before(at.date());
        Ok(Moment::new(day.unwrap_or(at.date()), at.time()))
    }
}

/// Takes away what was written later.
fn shrunk(document: &mut Document, key: &Key, back: i64) -> Vec<String> {
    match Arc::make_mut(&mut document.content) {
        Content::Doc(doc) => evolve::shrink(doc, key, back),
        _ => Vec::new(),
    }
}
