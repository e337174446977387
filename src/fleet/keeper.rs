//! Worlds as they are made become worlds that are kept, each with its row. Folders take them as they come; a packed shard
//! takes them in the order of the recipe, so that its bytes do not depend on who was faster.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard};

use super::folder::Folder;
use super::pack::{self, Packer, Parcel};
use super::row::Row;
use super::rows::{Pen, Rows, Span};
use crate::Image;
use crate::diag::Diagnostic;

/// So many worlds may be ready before one that is still being made; then their makers wait for it.
const MOST_EARLY: usize = 8;

/// Takes the worlds of a shard.
pub(super) struct Keeper<'f> {
    folder: &'f Folder,
    line: Mutex<Line<'f>>,
    /// Told when a world could be put down.
    moved: Condvar,
}

/// What waits, and what is done.
struct Line<'f> {
    folder: &'f Folder,
    pen: Pen,
    /// None where worlds are kept as folders.
    packer: Option<Box<dyn Packer>>,
    /// The position whose turn it is.
    next: usize,
    early: BTreeMap<usize, Arrival>,
    /// Where the row of each position stands.
    done: BTreeMap<usize, Span>,
    /// Whether a row was written.
    changed: bool,
    stopped: bool,
    /// Something could not be written: what comes after it has no place any more.
    failed: bool,
}

/// What came of a position.
enum Arrival {
    /// Its row stands in the file already.
    Known(Span),
    /// Its world stands already, but the row says more now.
    Renewed(Row),
    /// A world, or a rejected seed.
    New(Row, Option<Parcel>),
}

impl<'f> Keeper<'f> {
    pub(super) fn of(folder: &'f Folder, pen: Pen, packer: Option<Box<dyn Packer>>) -> Keeper<'f> {
        let line = Line {
            folder,
            pen,
            packer,
            next: 0,
            early: BTreeMap::new(),
            done: BTreeMap::new(),
            changed: false,
            stopped: false,
            failed: false,
        };
        Keeper { folder, line: Mutex::new(line), moved: Condvar::new() }
    }

    fn line(&self) -> MutexGuard<'_, Line<'f>> {
        self.line.lock().expect("no thread that held the line panicked")
    }

    /// What the file says there.
    pub(super) fn row(&self, span: Span) -> Result<Row, Diagnostic> {
        self.line().pen.row(span)
    }

    /// A position whose world stands already, with the row that stands there.
    pub(super) fn known(&self, at: usize, row: Span) -> Result<(), Diagnostic> {
        self.arrive(at, Arrival::Known(row))
    }

    /// A position whose world stands already; its row is written once more, at its turn or, once all is closed, at once.
    pub(super) fn renewed(&self, at: usize, row: Row) -> Result<(), Diagnostic> {
        self.arrive(at, Arrival::Renewed(row))
    }

    /// Saves a world as a folder, or makes it ready for its shard.
    pub(super) fn pack(&self, world: &str, image: &Image) -> Result<Option<Parcel>, Diagnostic> {
        if self.folder.recipe.pack.is_folders() {
            return image.save_for_a_fleet(&self.folder.world(world)).map(|()| None);
        }
        let dictionaries = self.line().packer.as_ref().and_then(|packer| packer.dictionaries());
        pack::parcel(world, image, dictionaries).map(Some)
    }

    /// The row of a world that was made, with what [`Keeper::pack`] made of it, or of a seed that makes none.
    pub(super) fn keep(&self, at: usize, row: Row, parcel: Option<Parcel>) -> Result<(), Diagnostic> {
        self.arrive(at, Arrival::New(row, parcel))
    }

    fn arrive(&self, at: usize, arrival: Arrival) -> Result<(), Diagnostic> {
        let mut line = self.line();
        let came = line.arrive(at, arrival);
        if came.is_err() {
            (line.failed, line.stopped) = (true, true);
        }
        self.moved.notify_all();
        came?;
        while line.early.len() > MOST_EARLY && !line.stopped {
            line = self.moved.wait(line).expect("no thread that held the line panicked");
        }
        Ok(())
    }

    /// Nobody waits any more, and nothing new is to begin: some world could not be kept.
    pub(super) fn stop(&self) {
        self.line().stopped = true;
        self.moved.notify_all();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.line().stopped
    }

    /// All have arrived: ends the files of a packed shard.
    pub(super) fn close(&self) -> Result<(), Diagnostic> {
        let mut line = self.line();
        match line.packer.take() {
            Some(mut packer) => packer.finish().and_then(|rows| line.put_down(rows)),
            None => Ok(()),
        }
    }

    /// Every row in the order of the recipe, once the files are closed.
    pub(super) fn finish(self) -> Result<Rows, Diagnostic> {
        self.close()?;
        let line = self.line.into_inner().expect("no thread that held the line panicked");
        line.pen.release(line.done.into_values().collect())
    }
}

/// Stops the keeper when its holder panics, so that nobody waits for a world that never comes.
pub(super) struct Alarm<'k, 'f>(pub(super) &'k Keeper<'f>);

impl Drop for Alarm<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

impl Line<'_> {
    /// Takes it, or lets it wait for its turn.
    fn arrive(&mut self, at: usize, arrival: Arrival) -> Result<(), Diagnostic> {
        match (self.failed, &self.packer) {
            (true, _) => Ok(()),
            (false, None) => self.take(at, arrival),
            (false, Some(_)) => {
                self.early.insert(at, arrival);
                self.move_up()
            }
        }
    }

    /// Takes all whose turn it is.
    fn move_up(&mut self) -> Result<(), Diagnostic> {
        while let Some(arrival) = self.early.remove(&self.next) {
            self.next += 1;
            self.take(self.next - 1, arrival)?;
        }
        Ok(())
    }

    fn take(&mut self, at: usize, arrival: Arrival) -> Result<(), Diagnostic> {
        let rows = match (arrival, &mut self.packer) {
            (Arrival::Known(row), _) => {
                self.done.insert(at, row);
                return Ok(());
            }
            (Arrival::New(row, Some(world)), Some(packer)) => packer.add(at, row, world)?,
            (Arrival::New(row, _) | Arrival::Renewed(row), _) => vec![(at, row)],
        };
        self.put_down(rows)
    }

    fn put_down(&mut self, rows: Vec<(usize, Row)>) -> Result<(), Diagnostic> {
        if !self.changed && !rows.is_empty() {
            self.folder.outdate_the_index()?;
            self.changed = true;
        }
        let spans = self.pen.write(rows.iter().map(|(_, row)| row))?;
        self.done.extend(rows.iter().map(|(at, _)| *at).zip(spans));
        Ok(())
    }
}

#[cfg(all(test, feature = "pack"))]
mod tests {
    use std::path::Path;

    use super::super::pack::Dictionaries;
    use super::super::{Recipe, Seeds, Shard, Source};
    use super::*;
    use crate::Settings;
    use crate::image::fault::unwritable;

    /// Has no room for the third of the worlds that come.
    struct Full(usize);

    impl Packer for Full {
        fn dictionaries(&self) -> Option<Dictionaries> {
            None
        }

        fn add(&mut self, at: usize, row: Row, _: Parcel) -> Result<Vec<(usize, Row)>, Diagnostic> {
            self.0 += 1;
            match self.0 {
                3 => Err(unwritable(Path::new("shard"), &std::io::ErrorKind::StorageFull.into())),
                _ => Ok(vec![(at, row)]),
            }
        }

        fn finish(&mut self) -> Result<Vec<(usize, Row)>, Diagnostic> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn behind_what_could_not_be_kept_nothing_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = crate::load(Path::new("specs/hello.world")).and_then(crate::check).expect("it is right");
        let seeds = Seeds::Ranges(vec![(1, 6)]);
        let recipe = Recipe::of(vec![Source::of("hello".into(), &spec)], seeds, &Settings::default());
        let fleet = Folder::begin(folder.path(), &recipe).expect("it is new");
        let (_, pen) = fleet.resume(Shard::WHOLE, false).expect("nobody has it");
        let keeper = Keeper::of(&fleet, pen, Some(Box::new(Full(0))));
        let row = |at: usize| Row::rejected(&recipe, &recipe.specs[0], at as u64 + 1, &Default::default());
        let image = crate::build(&spec, &Settings::seed(1)).expect("it builds");
        let world = || pack::parcel("hello@1", &image, None).expect("it has a form");
        // In the order in which makers may be done: the third world is the one that came last.
        let came: Vec<bool> = [1, 0, 3, 4, 2, 5].map(|at| keeper.keep(at, row(at), Some(world())).is_ok()).to_vec();
        assert_eq!(came, [true, true, true, true, false, true]);
        assert!(keeper.is_stopped());
        let kept: Vec<u64> = keeper.finish().expect("rows").iter().map(|row| row.expect("it is whole").seed).collect();
        assert_eq!(kept, [1, 2]);
    }
}
