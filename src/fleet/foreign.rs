//! What stands in the folder of a fleet and is none of its own.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::folder::{Folder, TABLE, shard_of_rows};
use super::index::Index;
use crate::Image;
use crate::diag::Diagnostic;
use crate::disk::whole::is_unfinished;
use crate::image::fault::unreadable;

impl Folder {
    /// What stands in the fleet and belongs to none of its worlds, sorted.
    pub(crate) fn foreign(&self, index: &Index) -> Result<Vec<String>, Diagnostic> {
        let worlds: BTreeSet<String> =
            index.built(|_| true)?.iter().map(|row| Ok(row?.world)).collect::<Result<_, _>>()?;
        let has_rows = |shard: &str| self.rows_file(shard).exists();
        let is_shards = |name: &str| {
            let parts: Vec<&str> = name.split('.').collect();
            matches!(parts[..], [shard, "open" | "sealed", "tar" | "dict", "zst"] if has_rows(shard))
        };
        let part = self.recipe.part();
        let own = ["fleet.json", "worlds.jsonl", TABLE, "rows", part];
        let mut foreign: Vec<String> =
            names_in(&self.path)?.into_iter().filter(|name| !own.contains(&&**name)).collect();
        let rows = names_in(&self.file("rows"))?.into_iter().filter(|name| shard_of_rows(name).is_none());
        foreign.extend(rows.map(|name| format!("rows/{name}")));
        let is_own =
            |name: &String| if self.recipe.pack.is_folders() { worlds.contains(name) } else { is_shards(name) };
        let (own, kept): (Vec<String>, Vec<String>) = names_in(&self.file(part))?.into_iter().partition(is_own);
        foreign.extend(kept.iter().map(|name| format!("{part}/{name}")));
        for world in own.iter().filter(|_| self.recipe.pack.is_folders()) {
            let beside = names_in(&self.world(world))?.into_iter().filter(|name| !Image::PARTS.contains(&&**name));
            foreign.extend(beside.map(|name| format!("{part}/{world}/{name}")));
        }
        // What was half written by a process that is gone does no harm.
        foreign.retain(|name| !is_unfinished(name));
        foreign.sort();
        Ok(foreign)
    }
}

/// The first thing that stands where a fleet is to begin and that no other shard, about to begin it too, puts there.
pub(super) fn foreign_to_a_new_fleet(path: &Path) -> Result<Option<String>, Diagnostic> {
    if !stands(path)? {
        return Ok(None);
    }
    let begun = |name: &str| name.starts_with("fleet.") && is_unfinished(name);
    for name in names_in(path)?.into_iter().filter(|name| !begun(name)) {
        let inside = match ["worlds", "shards", "rows"].contains(&&*name) {
            true => names_in(&path.join(&name))?.into_iter().next().map(|first| format!("{name}/{first}")),
            false => Some(name),
        };
        if inside.is_some() {
            return Ok(inside);
        }
    }
    Ok(None)
}

/// Whether something stands there; that the system cannot say now is not that nothing does. Below a file nothing stands.
pub(super) fn stands(path: &Path) -> Result<bool, Diagnostic> {
    match path.try_exists() {
        Err(error) if error.kind() == ErrorKind::NotADirectory => Ok(false),
        stands => stands.map_err(|error| unreadable(path, &error)),
    }
}

/// The names in a folder, sorted.
pub(super) fn names_in(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let listing = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let name = |entry: std::io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    let names: std::io::Result<Vec<String>> = listing.map(name).collect();
    let mut names = names.map_err(|error| unreadable(folder, &error))?;
    names.sort();
    Ok(names)
}
