//! What differs between two worlds in meaning: facts first, then files place by place, each with the fact behind it.

mod content;
mod files;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::sealed::facts::{StoredFact, read};
use crate::image::sealed::records;
use crate::image::show::value;
use files::Side;

/// Everything that differs; empty if the roots are equal.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    pub facts: Vec<FactChange>,
    /// The owner's home in both worlds, where it has another name; what only moved with it has not changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<(String, String)>,
    pub files: Vec<FileChange>,
    /// Mails, posts, events and changes of the month, and other sealed records, by their address.
    pub sealed: Vec<SealedChange>,
}

/// A fact with its two values; none where a world does not have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactChange {
    pub address: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub sealed: bool,
}

/// A file that is new, gone, moved or changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileChange {
    pub path: String,
    pub kind: Kind,
    /// Where it was, if it moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceChange>,
}

/// What happened to a file or record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Added,
    Removed,
    Moved,
    Changed,
    /// Same bytes, saved at another time.
    Touched,
}

/// A cell, paragraph, line or message with its two texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceChange {
    pub place: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// Changed facts that are printed there.
    pub because: Vec<String>,
}

/// A record of the month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SealedChange {
    pub record: String,
    pub address: String,
    pub kind: Kind,
}

impl Difference {
    /// Whether the two are one world.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.home.is_none() && self.files.is_empty() && self.sealed.is_empty()
    }

    /// The same for programs.
    pub fn json(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("texts and lists have a JSON form")
    }
}

impl Image {
    /// How `other` differs from this image.
    pub fn diff(&self, other: &Image) -> Result<Difference, Diagnostic> {
        if self.root() == other.root() {
            return Ok(Difference::default());
        }
        let facts = FactTable::of(self)?.changes(&FactTable::of(other)?);
        let (before, after) = (Side::read(self)?, Side::read(other)?);
        let files = files::changes(&before, &after, &facts)?;
        let home = (before.home != after.home).then(|| (before.home.clone(), after.home.clone()));
        Ok(Difference { facts, home, files, sealed: sealed(self, other)? })
    }
}

/// What every fact of a world is and whether it is sealed, by its address: all of an image that its facts are compared by.
pub(crate) struct FactTable(BTreeMap<String, (String, bool)>);

impl FactTable {
    pub(crate) fn of(image: &Image) -> Result<FactTable, Diagnostic> {
        let entry = |fact: StoredFact| (fact.address, (value::text(&fact.value), fact.sealed));
        Ok(FactTable(read(image)?.into_iter().map(entry).collect()))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The facts that another world has otherwise, in the order of their addresses.
    pub(crate) fn changes(&self, after: &FactTable) -> Vec<FactChange> {
        let addresses: BTreeSet<&String> = self.0.keys().chain(after.0.keys()).collect();
        let change = |address: &String| {
            let (old, new) = (self.0.get(address), after.0.get(address));
            let sealed = old.or(new).is_some_and(|(_, sealed)| *sealed);
            let value = |side: Option<&(String, bool)>| side.map(|(value, _)| value.clone());
            (old != new).then(|| FactChange { address: address.clone(), before: value(old), after: value(new), sealed })
        };
        addresses.into_iter().filter_map(change).collect()
    }
}

/// Sealed records compared one by one; fact numbers in them are positions and say nothing about meaning.
fn sealed(before: &Image, after: &Image) -> Result<Vec<SealedChange>, Diagnostic> {
    let mut changes = Vec::new();
    for name in ["schedule.jsonl", "calendar.jsonl", "people.json", "objectives.json"] {
        let read = |image: &Image| match name.ends_with('l') {
            true => records::lines(image, name),
            false => records::list(image, name),
        };
        let index = |records: Vec<serde_json::Value>| -> BTreeMap<String, String> {
            records.into_iter().map(|record| (identity(&record), content::meaning(record).to_string())).collect()
        };
        let (old, new) = (index(read(before)?), index(read(after)?));
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let kind = |key: &String| match (old.get(key), new.get(key)) {
            (None, _) => Some(Kind::Added),
            (_, None) => Some(Kind::Removed),
            (before, after) => (before != after).then_some(Kind::Changed),
        };
        let found = keys.into_iter().filter_map(|key| Some((key, kind(key)?)));
        changes.extend(found.map(|(key, kind)| SealedChange { record: name.to_string(), address: key.clone(), kind }));
    }
    Ok(changes)
}

fn identity(record: &serde_json::Value) -> String {
    let names = ["address", "id", "name"].into_iter().filter_map(|name| record[name].as_str());
    let kind = record["kind"].as_str().map(|kind| format!("{kind} ")).unwrap_or_default();
    format!("{kind}{}", names.take(1).collect::<String>())
}
