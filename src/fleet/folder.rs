//! The fleet on the disk: its recipe, its worlds, and the rows as they came.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::fault;
use super::recipe::{Recipe, Shard};
use super::row::{Row, Status};
use crate::Image;
use crate::diag::Diagnostic;
use crate::image::fault::{unreadable, unwritable};
use crate::image::save::own_number;
use crate::run::store::write_whole;

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
            for part in ["worlds", "rows"] {
                fs::create_dir_all(path.join(part)).map_err(|error| unwritable(&path.join(part), &error))?;
            }
            let text = serde_json::to_string_pretty(recipe).expect("names and numbers have a JSON form");
            let own = path.join(format!("fleet-{}.json", own_number()));
            let written = write(&own, &format!("{text}\n"))
                .and_then(|()| fs::rename(&own, &file).map_err(|error| unwritable(&file, &error)));
            // Another shard may have been faster; then its recipe counts, which is compared below.
            if !file.exists() {
                written?;
            }
        }
        let folder = Folder::open(path)?;
        match difference(&folder.recipe, recipe) {
            Some(what) => Err(fault::other_recipe(path, &what)),
            None => Ok(folder),
        }
    }

    /// Where a world stands.
    pub(crate) fn world(&self, name: &str) -> PathBuf {
        self.path.join("worlds").join(name)
    }

    /// Where the index stands.
    pub(crate) fn index(&self) -> PathBuf {
        self.path.join("worlds.jsonl")
    }

    fn rows_path(&self, shard: Shard) -> PathBuf {
        self.path.join("rows").join(format!("{}of{}.jsonl", shard.index, shard.of))
    }

    /// The rows of a shard so far, and a pen that adds to them. What a kill tore is cut off.
    pub(crate) fn resume(&self, shard: Shard) -> Result<(BTreeMap<String, Row>, Pen), Diagnostic> {
        let path = self.rows_path(shard);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(unreadable(&path, &error)),
        };
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let rows = rows(&path, &text[..whole])?;
        if whole < text.len() {
            write(&path, &text[..whole])?;
        }
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.map_err(|error| unwritable(&path, &error))?;
        Ok((rows.into_iter().map(|row| (row.world.clone(), row)).collect(), Pen { path, file }))
    }

    /// Every row that any shard wrote.
    pub(crate) fn rows(&self) -> Result<BTreeMap<String, Row>, Diagnostic> {
        let folder = self.path.join("rows");
        let listing = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        let mut paths: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let mut all = BTreeMap::new();
        for path in paths {
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            all.extend(rows(&path, &text)?.into_iter().map(|row| (row.world.clone(), row)));
        }
        Ok(all)
    }

    /// Whether what a row says stands here whole.
    pub(crate) fn holds(&self, row: &Row) -> bool {
        row.status == Status::Rejected || self.verify(row).is_ok()
    }

    /// Recomputes every hash of a world and compares its root with the row's.
    pub(crate) fn verify(&self, row: &Row) -> Result<(), Diagnostic> {
        let path = self.world(&row.world);
        let image = Image::open(&path)?;
        image.verify()?;
        match row.root() {
            Some(root) if root == image.root() => Ok(()),
            _ => Err(fault::damaged(&path, "is another world than its row says")),
        }
    }
}

/// A folder in which anything stands that no fleet puts there is left alone.
fn refuse_foreign(path: &Path) -> Result<(), Diagnostic> {
    let own = |name: &str| matches!(name, "worlds" | "rows") || name.starts_with("fleet");
    let names = fs::read_dir(path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name()));
    match names.map(|name| name.to_string_lossy().into_owned()).find(|name| !own(name)) {
        Some(name) => Err(fault::foreign(path, &format!("`{name}` stands there"))),
        None => Ok(()),
    }
}

/// In what two recipes differ, if they do.
fn difference(found: &Recipe, wanted: &Recipe) -> Option<String> {
    let names = |recipe: &Recipe| recipe.specs.iter().map(|spec| spec.name.clone()).collect::<Vec<_>>().join(", ");
    let inputs = |recipe: &Recipe| recipe.specs.iter().map(|spec| spec.inputs.clone()).collect::<Vec<_>>();
    let of = |what: &str, found: &dyn std::fmt::Debug, wanted: &dyn std::fmt::Debug| {
        Some(format!("{what} {found:?} there, {wanted:?} asked for"))
    };
    if (&found.compiler, found.edition) != (&wanted.compiler, wanted.edition) {
        return of("compiler", &(&found.compiler, found.edition), &(&wanted.compiler, wanted.edition));
    }
    if names(found) != names(wanted) {
        return of("specs", &names(found), &names(wanted));
    }
    if inputs(found) != inputs(wanted) {
        return Some("a file that the specs read has changed since".to_owned());
    }
    if found.seeds != wanted.seeds {
        return of("seeds", &found.seeds, &wanted.seeds);
    }
    if found.knobs != wanted.knobs {
        return of("knobs", &found.knobs, &wanted.knobs);
    }
    (found.salted != wanted.salted).then(|| "one of them is salted".to_owned())
}

fn rows(path: &Path, text: &str) -> Result<Vec<Row>, Diagnostic> {
    let parse = |(line, text): (usize, &str)| {
        serde_json::from_str(text)
            .map_err(|error| fault::damaged(path, &format!("has no row of this version in line {}: {error}", line + 1)))
    };
    text.lines().enumerate().map(parse).collect()
}

/// All rows of an index.
pub(super) fn read_index(path: &Path) -> Result<Vec<Row>, Diagnostic> {
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => fault::damaged(path, "is not there: some shard is not done"),
        _ => unreadable(path, &error),
    })?;
    rows(path, &text)
}

/// Puts a text in a file's place in one step.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    write_whole(path, text.as_bytes(), true).map_err(|error| unwritable(path, &error))
}

/// A row as its line.
pub(super) fn line(row: &Row) -> String {
    serde_json::to_string(row).expect("names and numbers have a JSON form") + "\n"
}

/// Adds rows to a shard's file.
pub(crate) struct Pen {
    path: PathBuf,
    file: File,
}

impl Pen {
    /// The line goes to the system in one piece.
    pub(crate) fn write(&mut self, row: &Row) -> Result<(), Diagnostic> {
        self.file.write_all(line(row).as_bytes()).map_err(|error| unwritable(&self.path, &error))
    }
}
