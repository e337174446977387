//! All rows of a fleet in the order of its recipe: its root, samples, counts, differences.

use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "pack")]
use std::fs::File;

use serde::Serialize;

use super::fault;
use super::folder::Folder;
#[cfg(feature = "pack")]
use super::folder::TABLE;
use super::foreign::stands;
use super::row::{Row, Status};
use super::rows::{Rows, Span, put};
use crate::diag::Diagnostic;
use crate::forms::codes::{Cause, cause};
use crate::image::diff::FactTable;
#[cfg(feature = "pack")]
use crate::image::fault::unreadable;
use crate::image::hash::Sum;

/// The rows.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    pub(crate) rows: Rows,
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
    /// Worlds of which some proof does not hold.
    pub(crate) disproven: u64,
    /// Worlds by what they are: `os windows`, `split train`.
    pub(crate) groups: BTreeMap<String, u64>,
}

impl Index {
    pub(crate) fn of(rows: Rows) -> Index {
        Index { rows }
    }

    /// The index of a fleet that is done: every world of the recipe once, in order.
    pub(crate) fn read(folder: &Folder) -> Result<Index, Diagnostic> {
        folder.as_this_version(Index::listed(folder))
    }

    fn listed(folder: &Folder) -> Result<Index, Diagnostic> {
        let path = folder.index();
        if !stands(&path)? {
            return Err(fault::unmerged(&path));
        }
        let index = Index { rows: folder.rows_of(vec![path.clone()])? };
        let mut rows = index.rows.iter();
        folder.recipe.walk(|name| match rows.next().transpose()? {
            Some(row) if row.world == name => Ok(row.status),
            Some(row) => Err(fault::wrong_index(&path, &format!("has {} where {name} should stand", row.world))),
            None => Err(fault::wrong_index(&path, &format!("ends before {name}"))),
        })?;
        if let Some(row) = rows.next().transpose()? {
            return Err(fault::wrong_index(&path, &format!("has {} behind its last world", row.world)));
        }
        drop(rows);
        Ok(index)
    }

    /// The rows of all shards in the order of the recipe.
    pub(crate) fn merged(folder: &Folder) -> Result<Index, Diagnostic> {
        folder.as_this_version(Index::gathered(folder))
    }

    fn gathered(folder: &Folder) -> Result<Index, Diagnostic> {
        let rows = folder.rows()?;
        let mut found = BTreeMap::new();
        for row in rows.with_spans() {
            let (span, row) = row?;
            // The rows of two shards, or of two fleets, may have been taken for each other's.
            let is_elsewhere = match &row.place {
                None => row.status == Status::Built && !folder.recipe.pack.is_folders(),
                Some(place) => folder.recipe.pack.is_folders() || rows.path(span) != folder.rows_file(&place.shard),
            };
            if is_elsewhere {
                let why = format!("says of {} that it stands elsewhere than its worlds do", row.world);
                return Err(fault::damaged(rows.path(span), &why));
            }
            found.insert(row.world, (span, row.status));
        }
        let (mut spans, mut missing, mut first) = (Vec::new(), 0, None);
        folder.recipe.walk(|name| match found.remove(&name) {
            Some((span, status)) => {
                spans.push(span);
                Ok(status)
            }
            None => {
                missing += 1;
                first.get_or_insert(name);
                Ok(Status::Built)
            }
        })?;
        if let Some(first) = first {
            return Err(fault::unfinished(missing, &first));
        }
        match found.pop_first() {
            Some((world, _)) => Err(fault::stray(&folder.file("rows"), &world)),
            None => Ok(Index { rows: rows.at(spans) }),
        }
    }

    /// Puts the index in its place, as lines and as a table.
    pub(crate) fn write(&self, folder: &Folder) -> Result<(), Diagnostic> {
        #[cfg(feature = "pack")]
        {
            let path = folder.file(TABLE);
            put(&path, |file| super::table::write(&self.rows, file, &path))?;
        }
        let path = folder.index();
        put(&path, |file| self.rows.write(file, &path))
    }

    /// Refuses files of the index that are not what the rows of the shards make.
    pub(crate) fn expect_its_files(&self, folder: &Folder) -> Result<(), Diagnostic> {
        let path = folder.index();
        for (listed, made) in self.rows.iter().zip(Index::merged(folder)?.rows.iter()) {
            let (listed, made) = (listed?, made?);
            if listed != made {
                return Err(fault::wrong_index(&path, &format!("says of {} what no shard does", made.world)));
            }
        }
        // Another version may have made the table otherwise.
        #[cfg(feature = "pack")]
        if folder.expect_this_compiler().is_ok() {
            let (path, mut table) = (folder.file(TABLE), Sum::default());
            super::table::write(&self.rows, &mut table, &path)?;
            let mut kept = Sum::default();
            let read = File::open(&path).and_then(|mut file| std::io::copy(&mut file, &mut kept));
            read.map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => fault::wrong_index(&path, "is not there"),
                _ => unreadable(&path, &error),
            })?;
            if table.hex() != kept.hex() {
                return Err(fault::wrong_index(&path, "says what worlds.jsonl does not"));
            }
        }
        Ok(())
    }

    /// The name of the whole fleet: a hash over the names and roots of its worlds in order.
    pub(crate) fn root(&self) -> Result<String, Diagnostic> {
        let mut sum = Sum::default();
        for row in self.rows.iter() {
            let row = row?;
            sum.add(format!("{} {}\n", row.world, row.root().unwrap_or("-")).as_bytes());
        }
        Ok(sum.hex())
    }

    /// Refuses a spec of which no seed made a world, for reasons that are about the spec rather than about a seed.
    pub(crate) fn expect_a_world_of_each_spec(&self) -> Result<(), Diagnostic> {
        let mut first_refusals: BTreeMap<String, Option<Row>> = BTreeMap::new();
        for row in self.rows.iter() {
            let row = row?;
            let (title, _) = row.world.rsplit_once('@').unwrap_or_default();
            let title = title.to_owned();
            let is_refusal = row.code.as_deref().is_some_and(|code| cause(code) == Cause::NamesAndTypes);
            let first = first_refusals.entry(title).or_insert_with(|| Some(row.clone()));
            *first = first.take().filter(|_| is_refusal);
        }
        match first_refusals.iter().find_map(|(title, first)| Some((title, first.as_ref()?))) {
            Some((title, Row { code: Some(code), message, .. })) => {
                Err(fault::worldless(title, code, message.as_deref().unwrap_or_default()))
            }
            _ => Ok(()),
        }
    }

    /// The worlds that were built and of which that holds.
    pub(crate) fn built(&self, holds: impl Fn(&Row) -> bool) -> Result<Rows, Diagnostic> {
        self.rows.only(|row| row.status == Status::Built && holds(row))
    }

    /// The names of the specs that made worlds, sorted.
    #[cfg(feature = "pack")]
    pub(super) fn specs(&self) -> Result<BTreeSet<String>, Diagnostic> {
        self.built(|_| true)?.iter().map(|row| Ok(row?.spec)).collect()
    }

    /// The seeds that make no world.
    pub(crate) fn rejected(&self) -> Result<Rows, Diagnostic> {
        self.rows.only(|row| row.status == Status::Rejected)
    }

    /// Some worlds, chosen by the hash of their names: a larger sample contains a smaller one.
    pub(crate) fn sample(&self, count: usize, holds: impl Fn(&Row) -> bool) -> Result<Rows, Diagnostic> {
        self.built(holds)?.sample(count)
    }

    pub(crate) fn stats(&self) -> Result<Stats, Diagnostic> {
        let mut stats = Stats::default();
        let mut shapes = BTreeSet::new();
        for row in self.rows.iter() {
            let row = row?;
            let Some(about) = row.about else {
                *stats.rejected.entry(row.code.unwrap_or_default()).or_default() += 1;
                continue;
            };
            stats.built += 1;
            stats.files += about.files;
            stats.bytes += about.bytes;
            stats.proven += u64::from(row.proof.as_ref().is_some_and(|proof| proof.proven));
            stats.disproven += u64::from(row.proof.is_some_and(|proof| !proof.proven));
            shapes.insert(about.shape);
            let groups = [("spec", &row.spec), ("split", &about.split), ("os", &about.os), ("country", &about.country)];
            for (kind, value) in groups.into_iter().chain([("profession", &about.profession)]) {
                *stats.groups.entry(format!("{kind} {value}")).or_default() += 1;
            }
        }
        stats.tasks = shapes.len() as u64;
        Ok(stats)
    }

    /// The worlds that another fleet makes otherwise, by name.
    pub(crate) fn diff(&self, other: &Index) -> Result<Vec<Difference>, Diagnostic> {
        let (mut before, mut after) = (self.roots()?, other.roots()?);
        let names: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
        let mut found = Vec::new();
        for world in names {
            let change = match (before.remove(&world), after.remove(&world)) {
                (Some(_), None) => (Change::Gone, None),
                (None, _) => (Change::New, None),
                (Some((one, _)), Some((other, _))) if one == other => continue,
                (Some((Some(_), one)), Some((Some(_), other))) => (Change::Other, Some((one, other))),
                (Some(_), Some(_)) => (Change::Other, None),
            };
            found.push(Difference { world, change: change.0, rows: change.1 });
        }
        Ok(found)
    }

    /// Of every world the root, if it was built, and where its row stands.
    fn roots(&self) -> Result<BTreeMap<String, (Option<String>, Span)>, Diagnostic> {
        let root = |(span, row): (Span, Row)| (row.world.clone(), (row.root().map(str::to_owned), span));
        self.rows.with_spans().map(|row| row.map(root)).collect()
    }
}

/// A world that two fleets make otherwise.
pub(crate) struct Difference {
    pub(crate) world: String,
    pub(crate) change: Change,
    /// Where its rows stand in both, if both have built it.
    rows: Option<(Span, Span)>,
}

/// A fleet with its index.
#[derive(Clone, Copy)]
pub(crate) struct Indexed<'f> {
    pub(crate) folder: &'f Folder,
    pub(crate) index: &'f Index,
}

impl Indexed<'_> {
    /// Shows the facts of the worlds of these rows in the order in which they are kept, or what is wrong with one of them.
    fn facts(
        self,
        rows: Vec<Span>,
        visit: &mut dyn FnMut(String, Result<FactTable, Diagnostic>) -> Result<(), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        self.folder.each(&self.index.rows.at(rows), &mut |row, image| {
            let facts = image.and_then(|image| FactTable::of(&image));
            // Two fleets have a world of that name.
            let named = |fault: Diagnostic| fault.note(format!("its row stands in {}", self.folder.index().display()));
            visit(row.world, facts.map_err(named))
        })
    }
}

/// So many facts are held at once while fleets are compared: a few dozen MB. In tests it is a few worlds.
const HELD: usize = if cfg!(test) { 50 } else { 1 << 17 };

/// Tells which facts changed in each of the worlds that both fleets have built, or what is wrong with such a world. The first
/// fleet is read once in the order in which it is kept, and the second for as many of its worlds as may be held at once: an
/// archive is not read from its beginning for every world.
pub(crate) fn changed_facts(
    (before, after): (Indexed<'_>, Indexed<'_>),
    differences: &[Difference],
    tell: &mut dyn FnMut(&str, Result<Vec<String>, Diagnostic>),
) -> Result<(), Diagnostic> {
    let rows = differences.iter().filter_map(|difference| Some((difference.world.as_str(), difference.rows?)));
    let (firsts, seconds): (Vec<Span>, BTreeMap<&str, Span>) =
        rows.map(|(world, (one, other))| (one, (world, other))).unzip();
    let compare = |held: BTreeMap<String, Option<FactTable>>, tell: &mut dyn FnMut(&str, _)| {
        let rows = held.keys().filter_map(|world| seconds.get(world.as_str()).copied()).collect();
        after.facts(rows, &mut |world, facts| {
            let changes = |one: &FactTable, other| one.changes(&other).into_iter().map(|fact| fact.address).collect();
            match (held.get(&world).and_then(Option::as_ref), facts) {
                (Some(one), Ok(other)) => tell(&world, Ok(changes(one, other))),
                // What is wrong with the first was told.
                (None, Ok(_)) => {}
                (_, Err(fault)) => tell(&world, Err(fault)),
            }
            Ok(())
        })
    };
    let (mut held, mut count) = (BTreeMap::new(), 0);
    before.facts(firsts, &mut |world, facts| {
        let facts = facts.map_err(|fault| tell(&world, Err(fault))).ok();
        count += facts.as_ref().map_or(0, FactTable::len);
        held.insert(world, facts);
        if count < HELD {
            return Ok(());
        }
        count = 0;
        compare(std::mem::take(&mut held), tell)
    })?;
    compare(held, tell)
}
