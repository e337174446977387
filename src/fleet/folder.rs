//! The fleet on the disk: its recipe, its worlds, and the rows as they came.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::fault;
use super::index::Index;
use super::pack::{self, Pack, Packer};
use super::recipe::{Recipe, Shard, Source};
use super::row::{Row, Status};
use super::rows::{Pen, read_rows, write};
use crate::Image;
use crate::diag::Diagnostic;
use crate::image::fault::{unreadable, unwritable};
use crate::image::save::own_number;

/// A folder that belongs to one fleet.
pub(crate) struct Folder {
    path: PathBuf,
    pub(crate) recipe: Recipe,
}

impl Folder {
    /// The fleet that stands there.
    pub(crate) fn open(path: &Path) -> Result<Folder, Diagnostic> {
        let file = path.join("fleet.json");
        let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => fault::foreign(path, "it has no fleet.json"),
            _ => unreadable(&file, &error),
        })?;
        let recipe: Recipe = serde_json::from_str(&text)
            .map_err(|error| fault::damaged(&file, &format!("is no recipe of this version: {error}")))?;
        Ok(Folder { path: path.to_owned(), recipe })
    }

    /// A place for the fleet of a recipe: new, or where the same fleet was begun. Shards may begin it side by side.
    pub(crate) fn begin(path: &Path, recipe: &Recipe) -> Result<Folder, Diagnostic> {
        let file = path.join("fleet.json");
        if !file.exists() {
            refuse_foreign(path)?;
            for part in [recipe.part(), "rows"] {
                fs::create_dir_all(path.join(part)).map_err(|error| unwritable(&path.join(part), &error))?;
            }
            let text = serde_json::to_string_pretty(recipe).expect("names and numbers have a JSON form");
            let own = path.join(format!("fleet-{}.json", own_number()));
            let written = write(&own, format!("{text}\n").as_bytes())
                .and_then(|()| fs::rename(&own, &file).map_err(|error| unwritable(&file, &error)));
            // Another shard may have been faster; then its recipe counts, which is compared below.
            if !file.exists() {
                written?;
            }
        }
        let folder = Folder::open(path)?;
        folder.expect_this_compiler()?;
        match difference(&folder.recipe, recipe) {
            Some(what) => Err(fault::other_recipe(path, &what)),
            None => Ok(folder),
        }
    }

    /// Refuses a fleet whose worlds another compiler made: this one may make them otherwise.
    pub(crate) fn expect_this_compiler(&self) -> Result<(), Diagnostic> {
        let maker = |compiler: &str, edition: u32| format!("worldc {compiler}, edition {edition}");
        let theirs = maker(&self.recipe.compiler, self.recipe.edition);
        let ours = maker(env!("CARGO_PKG_VERSION"), crate::plan::EDITION);
        if theirs == ours { Ok(()) } else { Err(fault::other_compiler(&theirs, &ours)) }
    }

    /// Where a world stands.
    pub(crate) fn world(&self, name: &str) -> PathBuf {
        self.path.join("worlds").join(name)
    }

    /// Where a person finds a world.
    pub(crate) fn shown(&self, row: &Row) -> String {
        match &row.place {
            None => self.world(&row.world).display().to_string(),
            Some(place) => format!("{} in shard {}", row.world, place.shard),
        }
    }

    /// Where the index stands.
    pub(crate) fn index(&self) -> PathBuf {
        self.file("worlds.jsonl")
    }

    /// Where a file of the fleet stands.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The rows of a shard so far in the order they came, and a pen that adds to them. What a kill tore is cut off; `repair`
    /// also cuts a packed shard before its first world that is damaged, which is refused otherwise.
    pub(crate) fn resume(&self, shard: Shard, repair: bool) -> Result<(Vec<Row>, Pen), Diagnostic> {
        let path = self.path.join("rows").join(format!("{}.jsonl", shard.name()));
        let (mut rows, mut pen) = Pen::take(path.clone())?;
        let told = rows.len();
        if !self.recipe.pack.is_folders() {
            if let Some(row) = rows.iter().find(|row| row.status == Status::Built && row.place.is_none()) {
                return Err(fault::damaged(&path, &format!("does not say where {} stands", row.world)));
            }
            let bad = self.first_bad(&rows, repair)?;
            rows.truncate(bad.unwrap_or(told));
            // The first world of a shard brings the rejected seeds before it along: they stand in one sample.
            if rows.iter().all(|row| row.place.is_none()) {
                rows.clear();
            }
            // A frame with a world that no row tells of was written, but not all of its rows were.
            if let Some(last) = rows.iter().rfind(|row| row.place.is_some())
                && !pack::ends_its_frame(&self.path, last)?
            {
                let first = rows.iter().position(|row| row.place == last.place);
                rows.truncate(first.unwrap_or_default());
            }
            if rows.len() < told {
                pen.rewrite(&rows)?;
            }
        }
        Ok((rows, pen))
    }

    /// Where the rows begin whose frame is the first that is not whole; unless that is to be mended, it is an error.
    fn first_bad(&self, rows: &[Row], repair: bool) -> Result<Option<usize>, Diagnostic> {
        let placed: Vec<&Row> = rows.iter().filter(|row| row.place.is_some()).collect();
        let mut whole = 0;
        let seen = self.each(&placed, &mut |_, _| {
            whole += 1;
            Ok(())
        });
        match seen {
            Ok(()) => Ok(None),
            Err(fault) if !repair => Err(fault),
            // With it go all worlds of its frame.
            Err(_) => Ok(rows.iter().position(|row| row.place == placed[whole].place)),
        }
    }

    /// What adds worlds to a packed shard behind those of these rows; none where they are kept as folders.
    pub(super) fn packer(&self, shard: Shard, rows: &[Row]) -> Result<Option<Box<dyn Packer>>, Diagnostic> {
        match self.recipe.pack {
            Pack::Folders => Ok(None),
            packed => pack::packer(&self.path, packed, shard, rows).map(Some),
        }
    }

    /// Whether what a row says stands here whole; of a packed shard that was seen when it was taken up.
    pub(super) fn holds(&self, row: &Row) -> bool {
        row.status == Status::Rejected || row.place.is_some() || self.image(row).is_ok()
    }

    /// Every row that any shard wrote.
    pub(crate) fn rows(&self) -> Result<BTreeMap<String, Row>, Diagnostic> {
        let folder = self.path.join("rows");
        let listing = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        let mut paths: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let mut all = BTreeMap::new();
        for path in paths {
            all.extend(read_rows(&path)?.into_iter().map(|row| (row.world.clone(), row)));
        }
        Ok(all)
    }

    /// The row of one world, however far its fleet has come.
    pub(crate) fn row(&self, world: &str) -> Result<Row, Diagnostic> {
        let row = self.rows()?.remove(world).filter(|row| row.status == Status::Built);
        row.ok_or_else(|| fault::no_such_world(&self.path, world))
    }

    /// Shows the worlds of rows in the order they are kept in, each verified by its root; the first that is not whole ends it.
    pub(crate) fn each<'r>(
        &self,
        rows: &[&'r Row],
        visit: &mut dyn FnMut(&'r Row, Image) -> Result<(), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        if !self.recipe.pack.is_folders() {
            let mut rows = rows.to_vec();
            rows.sort_by_key(|row| row.place.as_ref().map(|place| (place.shard.clone(), place.offset)));
            return pack::each(&self.path, &rows, visit);
        }
        for row in rows {
            let path = self.world(&row.world);
            let image = Image::open(&path)?;
            image.verify()?;
            if row.root() != Some(image.root()) {
                return Err(fault::damaged(&path, "is another world than its row says"));
            }
            visit(row, image)?;
        }
        Ok(())
    }

    /// What stands among the worlds and belongs to none of the index, sorted.
    pub(crate) fn foreign(&self, index: &Index) -> Result<Vec<String>, Diagnostic> {
        let worlds: BTreeSet<&str> = index.built().map(|row| row.world.as_str()).collect();
        let has_rows = |shard: &str| self.path.join("rows").join(format!("{shard}.jsonl")).exists();
        let is_own = |name: &str| match self.recipe.pack {
            Pack::Folders => worlds.contains(name),
            Pack::Shard | Pack::Archive => name.split_once('.').is_some_and(|(shard, _)| has_rows(shard)),
        };
        let part = self.recipe.part();
        let folder = self.path.join(part);
        let listing = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        let names = listing.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
        let mut foreign: Vec<String> =
            names.filter(|name| !is_own(name)).map(|name| format!("{part}/{name}")).collect();
        foreign.sort();
        Ok(foreign)
    }

    /// The world of a row, verified.
    pub(crate) fn image(&self, row: &Row) -> Result<Image, Diagnostic> {
        let mut found = None;
        self.each(&[row], &mut |_, image| {
            found = Some(image);
            Ok(())
        })?;
        found.ok_or_else(|| fault::no_such_world(&self.path, &row.world))
    }
}

/// A folder in which anything stands that no fleet puts there is left alone.
fn refuse_foreign(path: &Path) -> Result<(), Diagnostic> {
    let own = |name: &str| matches!(name, "worlds" | "shards" | "rows") || name.starts_with("fleet");
    let names = fs::read_dir(path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name()));
    match names.map(|name| name.to_string_lossy().into_owned()).find(|name| !own(name)) {
        Some(name) => Err(fault::foreign(path, &format!("`{name}` stands there"))),
        None => Ok(()),
    }
}

/// In what two recipes differ, if they do.
fn difference(found: &Recipe, wanted: &Recipe) -> Option<String> {
    let names = |recipe: &Recipe| recipe.specs.iter().map(Source::title).collect::<Vec<_>>().join(", ");
    let inputs = |recipe: &Recipe| recipe.specs.iter().map(|spec| spec.inputs.clone()).collect::<Vec<_>>();
    let of = |what: &str, found: &dyn std::fmt::Debug, wanted: &dyn std::fmt::Debug| {
        Some(format!("{what} {found:?} there, {wanted:?} asked for"))
    };
    if names(found) != names(wanted) {
        return of("specs", &names(found), &names(wanted));
    }
    let knobs = |recipe: &Recipe| recipe.specs.iter().map(|spec| recipe.knobs_of(spec)).collect::<Vec<_>>();
    if inputs(found) != inputs(wanted) {
        return Some("a file that the specs read has changed since".to_owned());
    }
    if found.seeds != wanted.seeds {
        return of("seeds", &found.seeds, &wanted.seeds);
    }
    if found.pack != wanted.pack {
        return of("worlds kept as", &found.pack, &wanted.pack);
    }
    if knobs(found) != knobs(wanted) {
        return of("knobs", &knobs(found), &knobs(wanted));
    }
    (found.salted != wanted.salted).then(|| "one of them is salted".to_owned())
}
