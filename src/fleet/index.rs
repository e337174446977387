//! All rows of a fleet in the order of its recipe: its root, samples, counts, differences.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fault;
use super::folder::Folder;
use super::recipe::world_name;
use super::row::{Row, Status};
use super::rows::{lines, read_rows, write};
use crate::diag::Diagnostic;
use crate::image::hash::sha256;

/// The rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Index {
    pub(crate) rows: Vec<Row>,
}

/// What two fleets make of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    Gone,
    New,
    /// Another root, or built in only one of them.
    Other,
}

/// A fleet in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Stats {
    pub(crate) built: u64,
    /// Rejected seeds by code.
    pub(crate) rejected: BTreeMap<String, u64>,
    pub(crate) files: u64,
    pub(crate) bytes: u64,
    /// Different tasks: worlds of equal shape are one task with other numbers.
    pub(crate) tasks: u64,
    pub(crate) proven: u64,
    /// Worlds by what they are: `os windows`, `split train`.
    pub(crate) groups: BTreeMap<String, u64>,
}

impl Index {
    pub(crate) fn of(rows: Vec<Row>) -> Index {
        Index { rows }
    }

    /// The index of a fleet that is done.
    pub(crate) fn read(folder: &Folder) -> Result<Index, Diagnostic> {
        Ok(Index { rows: read_rows(&folder.index())? })
    }

    /// The rows of all shards in the order of the recipe.
    pub(crate) fn merged(folder: &Folder) -> Result<Index, Diagnostic> {
        let mut found = folder.rows()?;
        let recipe = &folder.recipe;
        let names = recipe.worlds().map(|(spec, seed)| world_name(&recipe.specs[spec].title(), seed));
        let (mut rows, mut missing) = (Vec::new(), Vec::new());
        for name in names {
            match found.remove(&name) {
                Some(row) => rows.push(row),
                None => missing.push(name),
            }
        }
        match missing.first() {
            Some(first) => Err(fault::unfinished(missing.len(), first)),
            None => Ok(Index { rows }),
        }
    }

    /// Puts the index in its place, as lines and as a table.
    pub(crate) fn write(&self, folder: &Folder) -> Result<(), Diagnostic> {
        #[cfg(feature = "pack")]
        {
            let table = super::table::parquet(&self.rows).map_err(|error| fault::unpackable(&error.to_string()))?;
            write(&folder.file("worlds.parquet"), &table)?;
        }
        write(&folder.index(), lines(&self.rows).as_bytes())
    }

    /// The name of the whole fleet: a hash over the names and roots of its worlds in order.
    pub(crate) fn root(&self) -> String {
        let worlds = self.rows.iter().map(|row| format!("{} {}\n", row.world, row.root().unwrap_or("-")));
        sha256(worlds.collect::<String>().as_bytes())
    }

    /// The worlds that were built.
    pub(crate) fn built(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.status == Status::Built)
    }

    /// Some worlds, chosen by the hash of their names: a larger sample contains a smaller one.
    pub(crate) fn sample(&self, count: usize, keep: impl Fn(&Row) -> bool) -> Vec<&Row> {
        let mut chosen: Vec<&Row> = self.built().filter(|row| keep(row)).collect();
        chosen.sort_by_key(|row| sha256(row.world.as_bytes()));
        chosen.truncate(count);
        chosen
    }

    /// The row of a world.
    pub(crate) fn row(&self, world: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.world == world)
    }

    pub(crate) fn stats(&self) -> Stats {
        let mut stats = Stats::default();
        let mut shapes = BTreeSet::new();
        for row in &self.rows {
            let Some(about) = &row.about else {
                *stats.rejected.entry(row.code.clone().unwrap_or_default()).or_default() += 1;
                continue;
            };
            stats.built += 1;
            stats.files += about.files;
            stats.bytes += about.bytes;
            stats.proven += u64::from(row.proof.as_ref().is_some_and(|proof| proof.proven));
            shapes.insert(&about.shape);
            let groups = [("spec", &row.spec), ("split", &about.split), ("os", &about.os), ("country", &about.country)];
            for (kind, value) in groups.into_iter().chain([("profession", &about.profession)]) {
                *stats.groups.entry(format!("{kind} {value}")).or_default() += 1;
            }
        }
        stats.tasks = shapes.len() as u64;
        stats
    }

    /// The worlds that another fleet makes otherwise, by name.
    pub(crate) fn diff(&self, other: &Index) -> BTreeMap<String, Change> {
        let roots = |index: &Index| -> BTreeMap<String, Option<String>> {
            index.rows.iter().map(|row| (row.world.clone(), row.root().map(str::to_owned))).collect()
        };
        let (before, after) = (roots(self), roots(other));
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let change = |name: &String| match (before.get(name), after.get(name)) {
            (Some(_), None) => Some(Change::Gone),
            (None, Some(_)) => Some(Change::New),
            (one, other) => (one != other).then_some(Change::Other),
        };
        names.into_iter().filter_map(|name| Some((name.clone(), change(name)?))).collect()
    }
}
