//! Files of two worlds, paired by what they are: the same declaration is the same file under whatever name, in whoever's
//! home.

use std::collections::{BTreeMap, BTreeSet};

use super::{FactChange, FileChange, Kind, content};
use crate::diag::Diagnostic;
use crate::image::sealed::records;
use crate::image::why::Known;
use crate::image::{Image, Listing};

/// One of the two worlds.
pub(super) struct Side<'a> {
    image: &'a Image,
    known: Known,
    /// `C/Users/jana`.
    pub(super) home: String,
    /// Entries by what they are.
    entries: BTreeMap<Identity, &'a Listing>,
}

/// What an entry is, whatever it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Declared(String),
    /// A path with `~` for the owner's home or mailbox.
    Path(String),
}

impl<'a> Side<'a> {
    /// Reads what is needed to compare an image.
    pub(super) fn read(image: &'a Image) -> Result<Side<'a>, Diagnostic> {
        let declarations = records::one(image, "declarations.json")?;
        let home = records::one(image, "world.json")?["home"].as_str().unwrap_or_default().to_string();
        let mut side = Side { image, known: Known::read(image)?, home, entries: BTreeMap::new() };
        for entry in &image.manifest().entries {
            let declared = declarations[&entry.path].as_str().map(|name| Identity::Declared(name.to_string()));
            // Two files of one declaration are told apart by their paths.
            let identity = declared.filter(|identity| !side.entries.contains_key(identity));
            side.entries.insert(identity.unwrap_or_else(|| Identity::Path(side.place(&entry.path))), entry);
        }
        Ok(side)
    }

    /// A path as it is in anybody's home.
    fn place(&self, path: &str) -> String {
        let account = self.home.rsplit('/').next().unwrap_or_default();
        let at_home = path.strip_prefix("disk/").and_then(|path| path.strip_prefix(self.home.as_str()));
        let mailed = path.strip_prefix("mail/").and_then(|path| path.strip_prefix(account));
        match (at_home, mailed) {
            (Some(rest), _) if rest.is_empty() || rest.starts_with('/') => format!("disk/~{rest}"),
            (_, Some(".mbox")) => "mail/~.mbox".to_string(),
            _ => path.to_string(),
        }
    }
}

/// All files that are new, gone, moved or changed, by path.
pub(super) fn changes(
    before: &Side<'_>,
    after: &Side<'_>,
    facts: &[FactChange],
) -> Result<Vec<FileChange>, Diagnostic> {
    let moved: BTreeSet<&str> = facts.iter().map(|fact| fact.address.as_str()).collect();
    let (pairs, mut gone, come) = pairs(before, after);
    let mut changes = Vec::new();
    for (old, new) in pairs {
        changes.extend(changed(before, after, (old, new), &moved)?);
    }
    changes.extend(come.into_iter().map(|entry| arrival(entry, &mut gone)));
    changes.extend(gone.iter().map(|entry| change(&entry.path, Kind::Removed)));
    changes.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(changes)
}

type Entries<'a> = Vec<&'a Listing>;

/// What is in both worlds, what only in the first, and what only in the second.
fn pairs<'a>(before: &Side<'a>, after: &Side<'a>) -> (Vec<(&'a Listing, &'a Listing)>, Entries<'a>, Entries<'a>) {
    let mut pairs = Vec::new();
    let mut gone: BTreeMap<String, &Listing> = BTreeMap::new();
    for (identity, old) in &before.entries {
        match after.entries.get(identity) {
            Some(new) => pairs.push((*old, *new)),
            None => drop(gone.insert(before.place(&old.path), old)),
        }
    }
    let mut come = Vec::new();
    for new in after.entries.iter().filter(|(identity, _)| !before.entries.contains_key(identity)).map(|(_, new)| *new)
    {
        // Another declaration makes it now, but it is the same file to its reader.
        match gone.remove(&after.place(&new.path)) {
            Some(old) => pairs.push((old, new)),
            None => come.push(new),
        }
    }
    (pairs, gone.into_values().collect(), come)
}

/// What happened to a file that is in both worlds.
fn changed(
    before: &Side<'_>,
    after: &Side<'_>,
    (old, new): (&Listing, &Listing),
    moved: &BTreeSet<&str>,
) -> Result<Option<FileChange>, Diagnostic> {
    let was = (before.place(&old.path) != after.place(&new.path)).then(|| old.path.clone());
    let kind = match &was {
        _ if old.sha256 != new.sha256 => Kind::Changed,
        Some(_) => Kind::Moved,
        None if old.mtime != new.mtime && !new.is_folder() => Kind::Touched,
        None => return Ok(None),
    };
    let mut places = Vec::new();
    if kind == Kind::Changed {
        places = content::compare((before.image, &old.path), (after.image, &new.path))?;
    }
    for place in &mut places {
        let sides = [before.known.facts_at(&old.path, &place.place), after.known.facts_at(&new.path, &place.place)];
        let facts = sides.into_iter().flatten().map(|fact| fact.address.as_str());
        let causes: BTreeSet<&str> = facts.filter(|address| moved.contains(address)).collect();
        place.because = causes.into_iter().map(str::to_string).collect();
    }
    Ok(Some(FileChange { was, places, ..change(&new.path, kind) }))
}

/// A new file is a moved one if one with the same bytes is gone.
fn arrival(entry: &Listing, gone: &mut Vec<&Listing>) -> FileChange {
    let twin = gone.iter().position(|old| !entry.is_folder() && old.sha256 == entry.sha256);
    match twin {
        Some(at) => FileChange { was: Some(gone.remove(at).path.clone()), ..change(&entry.path, Kind::Moved) },
        None => change(&entry.path, Kind::Added),
    }
}

fn change(path: &str, kind: Kind) -> FileChange {
    FileChange { path: path.to_string(), kind, was: None, places: Vec::new() }
}
