//! What differs between a world and the same world with an addition, and whether it may.

use std::collections::BTreeSet;

use worldc::Image;

use crate::entries::{Entry, Parts};
use crate::probe::{MARK, Probe};

/// Everything that differs without a reason.
pub fn violations(before: &Parts, after: &Parts, image: &Image, probe: &Probe) -> Vec<String> {
    let mut found = fact_violations(before, after, probe);
    let judge = Judge { before, after, image, moved: moved(before, after) };
    found.extend(before.entries.keys().filter_map(|key| judge.old(key)));
    found.extend(
        after.entries.keys().filter(|key| !before.entries.contains_key(*key)).filter_map(|key| judge.newcomer(key)),
    );
    found.iter().map(|what| format!("{}: {what}", probe.name)).collect()
}

/// An addition moves no fact; where tables grew or draws have one more choice, a drawn fact may be the newcomer and
/// computed facts may follow.
fn fact_violations(before: &Parts, after: &Parts, probe: &Probe) -> Vec<String> {
    let mut found = Vec::new();
    for (address, fact) in &before.facts {
        let chosen = |value: &str| probe.newcomer.as_deref().is_some_and(|newcomer| is_newcomer(value, newcomer));
        match after.facts.get(address) {
            None if probe.newcomer.is_none() => found.push(format!("the fact {address} is gone")),
            None => {}
            Some(now) if now.value == fact.value || chosen(&now.value) => {}
            Some(_) if !fact.drawn && (probe.grows_tables || probe.newcomer.is_some()) => {}
            Some(now) => found.push(format!("the fact {address} was {} and is {}", fact.value, now.value)),
        }
    }
    found
}

/// `{"number":"7"}`, or `{"number":"7","places":2}`.
fn is_newcomer(value: &str, newcomer: &str) -> bool {
    value.contains(newcomer.trim_end_matches('}'))
}

/// Facts that are new, gone or have another value.
fn moved(before: &Parts, after: &Parts) -> BTreeSet<String> {
    let addresses = before.facts.keys().chain(after.facts.keys());
    addresses.filter(|address| before.facts.get(*address) != after.facts.get(*address)).cloned().collect()
}

struct Judge<'a> {
    before: &'a Parts,
    after: &'a Parts,
    image: &'a Image,
    moved: BTreeSet<String>,
}

impl Judge<'_> {
    /// Something that stood in the world before.
    fn old(&self, key: &str) -> Option<String> {
        let was = &self.before.entries[key];
        let Some(now) = self.after.entries.get(key) else {
            let filled =
                self.after.entries.keys().any(|path| path.strip_prefix(key).is_some_and(|rest| rest.starts_with('/')));
            let excused = filled || self.prints_moved(was) || self.has_other_versions(key);
            return (!excused).then(|| format!("{key} is gone"));
        };
        let reason = was.content == now.content && was.attached == now.attached
            || self.prints_moved(was)
            || self.prints_moved(now)
            || self.mentions_probe(key, now)
            || self.has_other_versions(key)
            || was.content == now.content && self.carries_changed(was, now)
            || self.is_of_changed(key);
        (!reason).then(|| format!("{key} differs:\n{}", difference(&was.content, &now.content)))
    }

    /// Something that is new: it belongs to the probe, or to a row or draw that chose it.
    fn newcomer(&self, key: &str) -> Option<String> {
        let now = &self.after.entries[key];
        let reason = self.is_declared_by_probe(key)
            || is_of_probe(key)
            || self.prints_moved(now)
            || self.mentions_probe(key, now)
            || self.has_other_versions(key);
        (!reason).then(|| format!("{key} is new"))
    }

    /// A file, or the label of a piece of mess, that a declaration of the probe or a turn over its row made.
    fn is_declared_by_probe(&self, key: &str) -> bool {
        let path = key.strip_prefix("mess.json \"").and_then(|rest| rest.split('"').next()).unwrap_or(key);
        let Some(name) = self.after.declarations.get(path) else { return false };
        is_of_probe(name) || self.after.entries.get(path).is_some_and(|file| self.prints_moved(file))
    }

    fn prints_moved(&self, entry: &Entry) -> bool {
        entry.facts.iter().any(|fact| self.moved.contains(fact))
    }

    fn mentions_probe(&self, key: &str, now: &Entry) -> bool {
        let shown = || self.image.show(Some(key)).unwrap_or_default();
        is_of_probe(&now.text)
            || is_of_probe(&now.content)
            || key.starts_with("disk/") && (shown().contains(MARK) || self.strikes_probe(key))
    }

    /// A draft whose reader struck the newcomer out.
    fn strikes_probe(&self, key: &str) -> bool {
        let reviewed = self.after.declarations.get(key).is_some_and(|name| name.ends_with(".reviewed"));
        let read = |bytes: std::sync::Arc<[u8]>| worldc::testing::reading::read(&bytes, "docx");
        reviewed && self.image.read(key).is_ok_and(|bytes| read(bytes).is_ok_and(|text| text.contains(MARK)))
    }

    /// Mess made of a document that says the newcomer: what an older state of it lacks may be just that. What is noted of
    /// a piece of mess follows what it says.
    fn is_of_changed(&self, key: &str) -> bool {
        let noted = key.strip_prefix("mess.json \"").and_then(|rest| rest.split('"').next());
        let path = noted.unwrap_or(key);
        if noted.and_then(|path| self.after.entries.get(path)).is_some_and(|entry| self.mentions_probe(path, entry)) {
            return true;
        }
        let Some(declaration) = self.after.declarations.get(path) else { return false };
        let mut originals =
            self.after.declarations.iter().filter(|(_, other)| {
                declaration.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('.'))
            });
        originals.any(|(path, _)| self.after.entries.get(path).is_some_and(|entry| self.mentions_probe(path, entry)))
    }

    /// Attachments are judged as the files they are: one may differ if the file of that name on the disk differs.
    fn carries_changed(&self, was: &Entry, now: &Entry) -> bool {
        let names = was.attached.keys().chain(now.attached.keys());
        let mut differing = names.filter(|name| was.attached.get(*name) != now.attached.get(*name));
        differing.all(|name| {
            let mut files = self.after.entries.keys().filter(|path| path.rsplit('/').next() == Some(name));
            files.any(|path| {
                self.before.entries.get(path).is_none_or(|old| old.content != self.after.entries[path].content)
            })
        })
    }

    /// A draw that decides how many older versions a file has may choose the newcomer; versions are counted from the
    /// oldest, so the others move up.
    fn has_other_versions(&self, key: &str) -> bool {
        let key = key.strip_prefix("mess.json \"").and_then(|rest| rest.split('"').next()).unwrap_or(key);
        let family = |parts: &Parts| {
            let name = parts.declarations.get(key)?.split_once(".version[")?.0.to_string() + ".version[";
            Some(name)
        };
        let Some(name) = family(self.after).or(family(self.before)) else { return false };
        let count = |parts: &Parts| parts.declarations.values().filter(|other| other.starts_with(&name)).count();
        count(self.before) != count(self.after)
    }
}

fn is_of_probe(text: &str) -> bool {
    text.contains(MARK) || text.contains("probe_") || text.contains("qvist")
}

/// The first lines in which two texts differ.
fn difference(was: &str, now: &str) -> String {
    let lines = |text: &str| text.split(['\n', ',']).map(str::to_string).collect::<Vec<_>>();
    let (was, now) = (lines(was), lines(now));
    let gone = was.iter().filter(|line| !now.contains(line)).take(4).map(|line| format!("    - {line}\n"));
    let come = now.iter().filter(|line| !was.contains(line)).take(4).map(|line| format!("    + {line}\n"));
    gone.chain(come).collect()
}
