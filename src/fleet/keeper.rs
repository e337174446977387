//! Worlds as they are made become worlds that are kept, each with its row. Folders take them as they come; a packed shard
//! takes them in the order of the recipe, so that its bytes do not depend on who was faster.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard};

use super::folder::Folder;
use super::pack::{self, Packer, Parcel};
use super::row::Row;
use super::rows::Pen;
use crate::Image;
use crate::diag::Diagnostic;

/// So many worlds may be ready before one that is still being made; then their makers wait for it.
const MOST_EARLY: usize = 8;

/// Takes the worlds of a shard.
pub(super) struct Keeper<'f> {
    folder: &'f Folder,
    line: Mutex<Line>,
    /// Told when a world could be put down.
    moved: Condvar,
}

/// What waits, and what is done.
struct Line {
    pen: Pen,
    /// None where worlds are kept as folders.
    packer: Option<Box<dyn Packer>>,
    /// The position whose turn it is.
    next: usize,
    early: BTreeMap<usize, Arrival>,
    done: BTreeMap<usize, Row>,
    stopped: bool,
}

/// What came of a position.
enum Arrival {
    /// Its row stands in the file already.
    Known(Row),
    /// Its world stands already, but the row says more now.
    Renewed(Row),
    /// A world, or a rejected seed.
    New(Row, Option<Parcel>),
}

impl<'f> Keeper<'f> {
    pub(super) fn of(folder: &'f Folder, pen: Pen, packer: Option<Box<dyn Packer>>) -> Keeper<'f> {
        let line = Line { pen, packer, next: 0, early: BTreeMap::new(), done: BTreeMap::new(), stopped: false };
        Keeper { folder, line: Mutex::new(line), moved: Condvar::new() }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().expect("no thread that held the line panicked")
    }

    /// A position whose world stands already with this row.
    pub(super) fn known(&self, at: usize, row: Row) -> Result<(), Diagnostic> {
        self.arrive(at, Arrival::Known(row))
    }

    /// A position whose world stands already; its row is written once more.
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
        if line.packer.is_none() {
            return line.take(at, arrival);
        }
        line.early.insert(at, arrival);
        line.move_up()?;
        self.moved.notify_all();
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

    /// Every row in the order of the recipe, once all have arrived.
    pub(super) fn finish(self) -> Result<Vec<Row>, Diagnostic> {
        let mut line = self.line.into_inner().expect("no thread that held the line panicked");
        if let Some(mut packer) = line.packer.take() {
            let rows = packer.finish()?;
            line.put_down(rows)?;
        }
        Ok(line.done.into_values().collect())
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

impl Line {
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
            (Arrival::New(row, parcel), Some(packer)) => packer.add(at, row, parcel)?,
            (Arrival::New(row, _) | Arrival::Renewed(row), _) => vec![(at, row)],
        };
        self.put_down(rows)
    }

    fn put_down(&mut self, rows: Vec<(usize, Row)>) -> Result<(), Diagnostic> {
        self.pen.write(rows.iter().map(|(_, row)| row))?;
        self.done.extend(rows);
        Ok(())
    }
}
