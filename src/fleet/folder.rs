//! The fleet on the disk: its recipe, its worlds, and the rows as they came.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::fault;
use super::foreign::{foreign_to_a_new_fleet, names_in, stands};
use super::pack::{self, Pack, Packer, Trail};
use super::recipe::{Recipe, Shard};
use super::row::{Row, Status};
use super::rows::Rows;
use crate::Image;
use crate::diag::Diagnostic;
use crate::disk::whole::put_first;
use crate::image::fault::{unreadable, unwritable};

/// The index as a table.
pub(super) const TABLE: &str = "worlds.parquet";

/// A folder that belongs to one fleet.
pub(crate) struct Folder {
    pub(super) path: PathBuf,
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
        let ours = shown(env!("CARGO_PKG_VERSION"), crate::syntax::EDITION);
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
        let foreign = foreign_to_a_new_fleet(path)?;
        // Looked at in this order: where another shard begins it right now, its rows come behind its recipe.
        if !stands(&file)? {
            if let Some(name) = foreign {
                return Err(fault::foreign(path, &format!("`{name}` stands there")));
            }
            fs::create_dir_all(path).map_err(|error| unwritable(path, &error))?;
            let text = serde_json::to_string_pretty(recipe).expect("names and numbers have a JSON form");
            let written = put_first(&file, format!("{text}\n").as_bytes());
            // Another shard may have been faster, with the same recipe or with one that is refused below.
            if !stands(&file)? {
                written.map_err(|error| unwritable(&file, &error))?;
            }
        }
        let folder = Folder::open(path)?;
        folder.expect_this_compiler()?;
        if let Some(what) = folder.recipe.difference(recipe) {
            return Err(fault::other_recipe(path, &what));
        }
        // A recipe alone is a fleet too, as where empty folders were not brought along.
        for part in [recipe.part(), "rows"].map(|part| path.join(part)) {
            fs::create_dir_all(&part).map_err(|error| unwritable(&part, &error))?;
        }
        Ok(folder)
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

    /// Where the rows of a shard of that name stand.
    pub(super) fn rows_file(&self, shard: &str) -> PathBuf {
        self.file("rows").join(format!("{shard}.jsonl"))
    }

    /// What adds worlds to a packed shard behind those of these rows; none where they are kept as folders.
    pub(super) fn packer(&self, shard: Shard, rows: &Rows) -> Result<Option<Box<dyn Packer>>, Diagnostic> {
        match self.recipe.pack {
            Pack::Folders => Ok(None),
            packed => pack::packer(&self.path, packed, shard, rows).map(Some),
        }
    }

    /// Whether what a row says stands here whole; of a packed shard that was seen when it was taken up.
    pub(super) fn holds(&self, row: &Row) -> Result<bool, Diagnostic> {
        if row.status == Status::Rejected || !self.recipe.pack.is_folders() {
            return Ok(true);
        }
        match self.image(row) {
            Err(fault) if fault::is_damage(&fault) => Ok(false),
            image => image.map(|_| true),
        }
    }

    /// Every row that any shard wrote.
    pub(super) fn rows(&self) -> Result<Rows, Diagnostic> {
        let shards: Vec<Shard> = self.shards()?.collect();
        if let Some(two) = shards.windows(2).find(|two| two[0].of != two[1].of) {
            return Err(fault::divided(&self.file("rows"), two[0].of, two[1].of));
        }
        self.rows_of(shards.iter().map(|shard| self.rows_file(&shard.name())).collect())
    }

    /// The rows of these files.
    pub(super) fn rows_of(&self, files: Vec<PathBuf>) -> Result<Rows, Diagnostic> {
        let rows = Rows::read(files, self.recipe.name())?;
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
        self.each_of(rows, false, visit)
    }

    /// The same; if these are `all` rows of their frames, a world among theirs of which none tells is wrong too.
    pub(super) fn each_of(&self, rows: &Rows, all: bool, visit: &mut Visit<'_>) -> Result<(), Diagnostic> {
        let mut told = |row: Row, image: Result<Image, Diagnostic>| {
            let image = image.and_then(|image| self.as_told(&row, image));
            visit(row, image)
        };
        if !self.recipe.pack.is_folders() {
            return rows.framed(&mut |frame| pack::each(&self.path, frame, all, &mut told));
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

    /// Refuses packed shards in which anything stands between these worlds, or behind the last. Another version may have ended
    /// its own otherwise.
    pub(crate) fn expect_nothing_else(&self, rows: &Rows) -> Result<(), Diagnostic> {
        if self.recipe.pack.is_folders() || self.expect_this_compiler().is_err() {
            return Ok(());
        }
        let mut trails: BTreeMap<String, Trail> =
            self.shards()?.map(|shard| (shard.name(), Trail::default())).collect();
        for row in rows.iter() {
            let row = row?;
            if let Some(place) = row.place
                && let Some(trail) = trails.get_mut(&place.shard)
                && !trail.goes_on(place.clone())
            {
                return Err(fault::gap(&self.file("shards").join(place.shard), &row.world));
            }
        }
        trails.iter().try_for_each(|(shard, trail)| pack::expect_end(&self.path, shard, trail.last.as_ref()))
    }

    /// The shards that wrote rows.
    pub(super) fn shards(&self) -> Result<impl Iterator<Item = Shard>, Diagnostic> {
        let names = names_in(&self.file("rows"))?.into_iter();
        Ok(names.filter_map(|name| shard_of_rows(&name)))
    }

    /// The world of a row, verified.
    pub(crate) fn image(&self, row: &Row) -> Result<Image, Diagnostic> {
        if self.recipe.pack.is_folders() {
            return self.standing(row).and_then(|image| self.as_told(row, image));
        }
        let mut found = Err(fault::no_such_world(&self.path, &row.world));
        pack::each(&self.path, vec![row.clone()], false, &mut |_, image| {
            found = image;
            Ok(())
        })?;
        found.and_then(|image| self.as_told(row, image))
    }
}

/// What looks at a world with its row.
pub(crate) type Visit<'v> = dyn FnMut(Row, Result<Image, Diagnostic>) -> Result<(), Diagnostic> + 'v;

/// The shard whose rows stand in a file of that name.
pub(super) fn shard_of_rows(name: &str) -> Option<Shard> {
    let (index, of) = name.strip_suffix(".jsonl")?.split_once("of")?;
    let shard = Shard { index: index.parse().ok()?, of: of.parse().ok()? };
    (shard.index < shard.of && format!("{}.jsonl", shard.name()) == name).then_some(shard)
}
