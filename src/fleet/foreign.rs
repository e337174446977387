//! What stands in the folder of a fleet and is none of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::folder::{Folder, TABLE, shard_of_rows};
use super::index::Index;
use crate::Image;
use crate::diag::Diagnostic;
use crate::disk::whole::UNFINISHED;
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
        foreign.retain(|name| !name.ends_with(UNFINISHED));
        foreign.sort();
        Ok(foreign)
    }
}

/// The first thing that stands where a fleet is to begin and that no other shard, about to begin it too, puts there.
pub(super) fn foreign_to_a_new_fleet(path: &Path) -> Option<String> {
    let parts = ["worlds", "shards", "rows"];
    let names = names_in(path).ok()?;
    let (own, other): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| parts.contains(&&***name));
    let begun = |name: &&&String| name.starts_with("fleet.") && name.ends_with(UNFINISHED);
    let inside = |part: &String| Some(format!("{part}/{}", names_in(&path.join(part)).ok()?.into_iter().next()?));
    let other = other.into_iter().find(|name| !begun(&name)).cloned();
    other.or_else(|| own.into_iter().find_map(inside))
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
