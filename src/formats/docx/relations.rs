//! The relationships of one part, numbered in the order in which they are asked for.

use std::collections::BTreeMap;

use crate::formats::office::{self, Relation};

#[derive(Default)]
pub(super) struct Relations {
    list: Vec<Relation>,
    /// The numbers of links by their target: a target that is named twice has one relationship.
    links: BTreeMap<String, usize>,
}

impl Relations {
    /// The number of a new relationship to another part, whose name is relative to this one.
    pub(super) fn add(&mut self, kind: &'static str, target: impl Into<String>) -> usize {
        self.list.push(Relation::part(kind, target));
        self.list.len()
    }

    /// The number of the relationship to a place outside of the package.
    pub(super) fn link(&mut self, target: &str) -> usize {
        if let Some(id) = self.links.get(target) {
            return *id;
        }
        self.list.push(Relation { kind: "hyperlink", target: target.to_owned(), external: true });
        self.links.insert(target.to_owned(), self.list.len());
        self.list.len()
    }

    /// The `.rels` part; none where there are no relationships.
    pub(super) fn part(&self) -> Option<String> {
        (!self.list.is_empty()).then(|| office::relationships(&self.list))
    }
}
