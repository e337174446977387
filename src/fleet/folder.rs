//! The fleet on the disk: its recipe, its worlds, and the rows as they came.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::fault;
use super::index::Index;
use super::pack::{self, Pack, Packer, Place};
use super::recipe::{Recipe, Shard, Source};
use super::row::{Row, Status};
use super::rows::{Pen, Rows};
use crate::Image;
use crate::diag::Diagnostic;
use crate::disk::whole::{UNFINISHED, put_first};
use crate::image::fault::{unreadable, unwritable};

/// The index as a table.
pub(super) const TABLE: &str = "worlds.parquet";

/// A folder that belongs to one fleet.
pub(crate) struct Folder {
    path: PathBuf,
    pub(crate) recipe: Recipe,
    /// Whether rows are read that say more or less than this version writes.
    any_version: bool,
}

/// Who made a fleet: what every version writes of itself.
#[derive(Deserialize)]
struct Maker {
    compiler: String,
    edition: u32,
}

impl Maker {
    /// Refuses what another compiler made: this one may make and write it otherwise.
    fn expect_this_compiler(&self) -> Result<(), Diagnostic> {
        let shown = |compiler: &str, edition: u32| format!("worldc {compiler}, edition {edition}");
        let theirs = shown(&self.compiler, self.edition);
        let ours = shown(env!("CARGO_PKG_VERSION"), crate::plan::EDITION);
        if theirs == ours { Ok(()) } else { Err(fault::other_compiler(&theirs, &ours)) }
    }
}

impl Folder {
    /// The fleet that stands there.
    pub(crate) fn open(path: &Path) -> Result<Folder, Diagnostic> {
        let file = path.join("fleet.json");
        let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => fault::no_fleet(path),
            _ => unreadable(&file, &error),
        })?;
        let recipe: Recipe = serde_json::from_str(&text).map_err(|error| {
            let maker = serde_json::from_str(&text).map(|maker: Maker| maker.expect_this_compiler());
            maker.ok().and_then(Result::err).unwrap_or_else(|| fault::no_recipe(&file, &error.to_string()))
        })?;
        if let Some(backwards) = recipe.seeds.backwards() {
            return Err(fault::no_recipe(&file, &format!("its seeds {backwards} run backwards")));
        }
        Ok(Folder { path: path.to_owned(), recipe, any_version: false })
    }

    /// The fleet that stands there, whichever version made it, if its recipe says what one of this version does. Of its rows
    /// enough is read to tell its worlds from those of another fleet.
    pub(crate) fn open_any_version(path: &Path) -> Result<Folder, Diagnostic> {
        Ok(Folder { any_version: true, ..Folder::open(path)? })
    }

    /// A place for the fleet of a recipe: new, or where the same fleet was begun. Shards may begin it side by side.
    pub(crate) fn begin(path: &Path, recipe: &Recipe) -> Result<Folder, Diagnostic> {
        let file = path.join("fleet.json");
        let foreign = foreign_to_a_new_fleet(path);
        // Looked at in this order: where another shard begins it right now, its rows come behind its recipe.
        if let Some(name) = foreign
            && !file.exists()
        {
            return Err(fault::foreign(path, &format!("`{name}` stands there")));
        }
        if !file.exists() {
            for part in [recipe.part(), "rows"] {
                fs::create_dir_all(path.join(part)).map_err(|error| unwritable(&path.join(part), &error))?;
            }
            let text = serde_json::to_string_pretty(recipe).expect("names and numbers have a JSON form");
            let written = put_first(&file, format!("{text}\n").as_bytes());
            // Another shard may have been faster, with the same recipe or with one that is refused below.
            if !file.exists() {
                written.map_err(|error| unwritable(&file, &error))?;
            }
        }
        let folder = Folder::open(path)?;
        folder.expect_this_compiler()?;
        match difference(&folder.recipe, recipe) {
            Some(what) => Err(fault::other_recipe(path, &what)),
            None => Ok(folder),
        }
    }

    /// Refuses a fleet whose worlds another compiler made.
    pub(crate) fn expect_this_compiler(&self) -> Result<(), Diagnostic> {
        Maker { compiler: self.recipe.compiler.clone(), edition: self.recipe.edition }.expect_this_compiler()
    }

    /// What was read of its rows. What another version wrote otherwise is no damage.
    pub(super) fn as_this_version<T>(&self, read: Result<T, Diagnostic>) -> Result<T, Diagnostic> {
        read.map_err(|fault| match self.expect_this_compiler() {
            Err(other) if fault::is_damage(&fault) => other.note(fault.message),
            _ => fault,
        })
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

    /// Takes the index away, which does not say what the rows will.
    pub(super) fn outdate_the_index(&self) -> Result<(), Diagnostic> {
        [self.index(), self.file(TABLE)].iter().try_for_each(|path| match fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(path, &error)),
            _ => Ok(()),
        })
    }

    /// Where a file of the fleet stands.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The rows of a shard so far in the order they came, and a pen that adds to them. What a kill tore is cut off; `repair`
    /// also cuts off from the first row that is none, and a packed shard from its first world that is damaged, both of which
    /// are refused otherwise.
    pub(crate) fn resume(&self, shard: Shard, repair: bool) -> Result<(Rows, Pen), Diagnostic> {
        self.expect_as_many(shard)?;
        let path = self.path.join("rows").join(format!("{}.jsonl", shard.name()));
        let (mut rows, mut pen) = Pen::take(path.clone(), &self.recipe.name(), repair)?;
        self.clear(shard)?;
        if pen.was_cut {
            self.outdate_the_index()?;
        }
        if self.recipe.pack.is_folders() {
            return Ok((rows, pen));
        }
        let told = rows.len();
        if let Some(at) = rows.position(|row| row.status == Status::Built && row.place.is_none())? {
            match repair {
                true => rows.truncate(at),
                false => return Err(fault::damaged(&path, "does not say where a world stands")),
            }
        }
        if let Some(bad) = self.first_bad(&rows, repair)? {
            rows.truncate(bad);
        }
        // The first world of a shard brings the rejected seeds before it along: they stand in one sample.
        match rows.last(|row| row.place.is_some())? {
            None if pack::expect_end(&self.path, &shard.name(), None).is_ok() => {}
            None => rows.truncate(0),
            // A frame with a world that no row tells of was written, but not all of its rows were.
            Some(last) if !pack::ends_its_frame(&self.path, &last)? => {
                let first = rows.position(|row| is_beside(row, last.place.as_ref()))?;
                rows.truncate(first.unwrap_or_default());
            }
            Some(_) => {}
        }
        if rows.len() < told {
            self.outdate_the_index()?;
            rows = pen.keep(&rows)?;
        }
        Ok((rows, pen))
    }

    /// Removes what was half written by a process that is gone: only the one that holds a shard writes its files, and whoever
    /// holds the whole fleet those of the fleet.
    fn clear(&self, shard: Shard) -> Result<(), Diagnostic> {
        let own = format!("{}.", shard.name());
        for folder in [self.path.clone(), self.path.join("rows"), self.path.join(self.recipe.part())] {
            let names = names_in(&folder)?.into_iter();
            for name in names.filter(|name| name.ends_with(UNFINISHED)) {
                if shard == Shard::WHOLE || name.starts_with(&own) {
                    let path = folder.join(name);
                    fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
                }
            }
        }
        Ok(())
    }

    /// Refuses to divide a fleet otherwise than it was begun: its worlds would be made twice, by two who do not know of each
    /// other.
    fn expect_as_many(&self, shard: Shard) -> Result<(), Diagnostic> {
        match self.shards()?.find(|other| other.of != shard.of) {
            Some(other) => {
                let what = format!("it is made in {} shards there, in {} here", other.of, shard.of);
                Err(fault::other_recipe(&self.path, &what))
            }
            None => Ok(()),
        }
    }

    /// Where the rows begin whose frame is the first that is not whole; unless that is to be mended, it is an error.
    fn first_bad(&self, rows: &Rows, repair: bool) -> Result<Option<usize>, Diagnostic> {
        let placed = rows.only(|row| row.place.is_some())?;
        let mut bad = None;
        let seen = self.each(&placed, &mut |row, image| {
            bad = row.place;
            image.map(|_| ())
        });
        match seen {
            Ok(()) => Ok(None),
            // With it go all worlds of its frame.
            Err(fault) if repair && fault::is_damage(&fault) => rows.position(|row| is_beside(row, bad.as_ref())),
            Err(fault) => Err(fault),
        }
    }

    /// What adds worlds to a packed shard behind those of these rows; none where they are kept as folders.
    pub(super) fn packer(&self, shard: Shard, rows: &Rows) -> Result<Option<Box<dyn Packer>>, Diagnostic> {
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
    pub(super) fn rows(&self) -> Result<Rows, Diagnostic> {
        let folder = self.path.join("rows");
        let shards: Vec<Shard> = self.shards()?.collect();
        if let Some(two) = shards.windows(2).find(|two| two[0].of != two[1].of) {
            return Err(fault::divided(&folder, two[0].of, two[1].of));
        }
        self.rows_of(shards.iter().map(|shard| folder.join(format!("{}.jsonl", shard.name()))).collect())
    }

    /// The rows of these files.
    pub(super) fn rows_of(&self, files: Vec<PathBuf>) -> Result<Rows, Diagnostic> {
        let rows = Rows::read(files, &self.recipe.name())?;
        Ok(if self.any_version { rows.of_any_version() } else { rows })
    }

    /// The row of one world, however far its fleet has come.
    pub(crate) fn row(&self, world: &str) -> Result<Row, Diagnostic> {
        let row = self.as_this_version(self.rows()?.last(|row| row.world == world))?;
        row.filter(|row| row.status == Status::Built).ok_or_else(|| fault::no_such_world(&self.path, world))
    }

    /// Shows the worlds of rows in the order they are kept in, each verified by its root and by what its row says, or what is
    /// wrong with it.
    pub(crate) fn each(&self, rows: &Rows, visit: &mut Visit<'_>) -> Result<(), Diagnostic> {
        let mut told = |row: Row, image: Result<Image, Diagnostic>| {
            let image = image.and_then(|image| self.as_told(&row, image));
            visit(row, image)
        };
        if !self.recipe.pack.is_folders() {
            return rows.framed(&mut |frame| pack::each(&self.path, frame, &mut told));
        }
        for row in rows.iter() {
            let row = row?;
            let image = self.standing(&row);
            told(row, image)?;
        }
        Ok(())
    }

    /// An image that is what its row says of it; its root alone must be where another version wrote the row.
    fn as_told(&self, row: &Row, image: Image) -> Result<Image, Diagnostic> {
        if self.any_version {
            return Ok(image);
        }
        match (row.is_true_of(&self.recipe, &image), &row.place) {
            (Ok(true), _) => Ok(image),
            (Ok(false), _) => self.as_this_version(Err(fault::wrong_row(&row.world))),
            (Err(fault), None) => Err(fault::damaged_world(&row.world, fault)),
            (Err(fault), Some(place)) => Err(fault::damaged_shard(&self.path, place, &row.world, &fault.message)),
        }
    }

    /// A world that is kept as a folder.
    fn standing(&self, row: &Row) -> Result<Image, Diagnostic> {
        let path = self.world(&row.world);
        let image = Image::open(&path).and_then(|image| image.verify().map(|()| image));
        let image = image.map_err(|fault| fault::damaged_world(&row.world, fault))?;
        match row.root() == Some(image.root()) {
            true => Ok(image),
            false => Err(fault::damaged(&path, "is another world than its row says")),
        }
    }

    /// What stands in the fleet and belongs to none of its worlds, sorted.
    pub(crate) fn foreign(&self, index: &Index) -> Result<Vec<String>, Diagnostic> {
        let worlds: BTreeSet<String> =
            index.built(|_| true)?.iter().map(|row| Ok(row?.world)).collect::<Result<_, _>>()?;
        let has_rows = |shard: &str| self.path.join("rows").join(format!("{shard}.jsonl")).exists();
        let is_shards = |name: &str| {
            let parts: Vec<&str> = name.split('.').collect();
            matches!(parts[..], [shard, "open" | "sealed", "tar" | "dict", "zst"] if has_rows(shard))
        };
        let part = self.recipe.part();
        let own = ["fleet.json", "worlds.jsonl", TABLE, "rows", part];
        let mut foreign: Vec<String> =
            names_in(&self.path)?.into_iter().filter(|name| !own.contains(&&**name)).collect();
        let rows = names_in(&self.path.join("rows"))?.into_iter().filter(|name| shard_of_rows(name).is_none());
        foreign.extend(rows.map(|name| format!("rows/{name}")));
        let is_own =
            |name: &String| if self.recipe.pack.is_folders() { worlds.contains(name) } else { is_shards(name) };
        let (own, kept): (Vec<String>, Vec<String>) = names_in(&self.path.join(part))?.into_iter().partition(is_own);
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

    /// Refuses packed shards that do not end behind the last of these worlds. Another version may have ended its own otherwise.
    pub(crate) fn expect_ends(&self, rows: &Rows) -> Result<(), Diagnostic> {
        if self.recipe.pack.is_folders() || self.expect_this_compiler().is_err() {
            return Ok(());
        }
        let mut last: BTreeMap<String, Option<Place>> = self.shards()?.map(|shard| (shard.name(), None)).collect();
        for row in rows.iter() {
            let place = row?.place;
            if let Some(behind) = place.as_ref().and_then(|place| last.get_mut(&place.shard))
                && behind.as_ref().map(|last| last.offset) <= place.as_ref().map(|place| place.offset)
            {
                *behind = place;
            }
        }
        last.iter().try_for_each(|(shard, last)| pack::expect_end(&self.path, shard, last.as_ref()))
    }

    /// The shards that wrote rows.
    fn shards(&self) -> Result<impl Iterator<Item = Shard>, Diagnostic> {
        let names = names_in(&self.path.join("rows"))?.into_iter();
        Ok(names.filter_map(|name| shard_of_rows(&name)))
    }

    /// The world of a row, verified.
    pub(crate) fn image(&self, row: &Row) -> Result<Image, Diagnostic> {
        if self.recipe.pack.is_folders() {
            return self.standing(row).and_then(|image| self.as_told(row, image));
        }
        let mut found = Err(fault::no_such_world(&self.path, &row.world));
        pack::each(&self.path, vec![row.clone()], &mut |_, image| {
            found = image;
            Ok(())
        })?;
        found.and_then(|image| self.as_told(row, image))
    }
}

/// What looks at a world with its row.
pub(crate) type Visit<'v> = dyn FnMut(Row, Result<Image, Diagnostic>) -> Result<(), Diagnostic> + 'v;

/// The first thing that stands where a fleet is to begin and that no other shard, about to begin it too, puts there.
fn foreign_to_a_new_fleet(path: &Path) -> Option<String> {
    let parts = ["worlds", "shards", "rows"];
    let names = names_in(path).ok()?;
    let (own, other): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| parts.contains(&&***name));
    let begun = |name: &&&String| name.starts_with("fleet.") && name.ends_with(UNFINISHED);
    let inside = |part: &String| Some(format!("{part}/{}", names_in(&path.join(part)).ok()?.into_iter().next()?));
    let other = other.into_iter().find(|name| !begun(&name)).cloned();
    other.or_else(|| own.into_iter().find_map(inside))
}

/// Whether a world stands in the frame of that place.
fn is_beside(row: &Row, place: Option<&Place>) -> bool {
    row.place.as_ref().zip(place).is_some_and(|(one, other)| one.is_beside(other))
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let listing = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let name = |entry: std::io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    let names: std::io::Result<Vec<String>> = listing.map(name).collect();
    let mut names = names.map_err(|error| unreadable(folder, &error))?;
    names.sort();
    Ok(names)
}

/// The shard whose rows stand in a file of that name.
fn shard_of_rows(name: &str) -> Option<Shard> {
    let (index, of) = name.strip_suffix(".jsonl")?.split_once("of")?;
    let shard = Shard { index: index.parse().ok()?, of: of.parse().ok()? };
    (shard.index < shard.of && format!("{}.jsonl", shard.name()) == name).then_some(shard)
}

/// In what two recipes differ, if they do.
fn difference(found: &Recipe, wanted: &Recipe) -> Option<String> {
    let names = |recipe: &Recipe| recipe.specs.iter().map(Source::title).collect::<Vec<_>>().join(", ");
    let inputs = |recipe: &Recipe| recipe.specs.iter().map(|spec| spec.inputs.clone()).collect::<Vec<_>>();
    let knobs = |recipe: &Recipe| {
        let of =
            |spec| recipe.knobs_of(spec).into_iter().map(|(knob, value)| format!("{knob}={value}")).collect::<Vec<_>>();
        recipe.specs.iter().map(|spec| of(spec).join(" ")).collect::<Vec<_>>().join(", ")
    };
    let of = |what: &str, found: &str, wanted: &str| {
        let shown =
            |value: &str| if value.trim_matches([',', ' ']).is_empty() { "none".to_owned() } else { value.to_owned() };
        (found != wanted).then(|| format!("{what} {} there, {} asked for", shown(found), shown(wanted)))
    };
    let changed = || Some("a file that the specs read has changed since".to_owned());
    of("specs", &names(found), &names(wanted))
        .or_else(|| if inputs(found) == inputs(wanted) { None } else { changed() })
        .or_else(|| of("seeds", &found.seeds.to_string(), &wanted.seeds.to_string()))
        .or_else(|| of("worlds kept as", found.pack.name(), wanted.pack.name()))
        .or_else(|| of("knobs", &knobs(found), &knobs(wanted)))
        .or_else(|| (found.salted != wanted.salted).then(|| "one of them is salted".to_owned()))
        .or_else(|| (found != wanted).then(|| "they have two salts".to_owned()))
}
