//! A shard that is taken up again: what a kill tore is cut off, and what is damaged is refused, or cut off if it is to be
//! mended.

use std::fs;

use super::fault;
use super::folder::Folder;
use super::foreign::names_in;
use super::pack::{self, Place};
use super::recipe::Shard;
use super::row::{Row, Status};
use super::rows::{Pen, Rows};
use crate::diag::Diagnostic;
use crate::disk::whole::UNFINISHED;
use crate::image::fault::unwritable;

impl Folder {
    /// The rows of a shard so far in the order they came, and a pen that adds to them. What a kill tore is cut off; `repair`
    /// also cuts off from the first row that is none, and a packed shard from its first world that is damaged, both of which
    /// are refused otherwise.
    pub(crate) fn resume(&self, shard: Shard, repair: bool) -> Result<(Rows, Pen), Diagnostic> {
        let (rows, mut pen) = self.taken(shard, repair)?;
        if self.recipe.pack.is_folders() {
            return Ok((rows, pen));
        }
        let told = rows.len();
        let mut rows = self.in_whole_frames(shard, rows, repair)?;
        if rows.len() < told {
            self.outdate_the_index()?;
            rows = pen.keep(&rows)?;
        }
        Ok((rows, pen))
    }

    /// The rows that stand in the file of a shard, and the pen that holds it.
    fn taken(&self, shard: Shard, repair: bool) -> Result<(Rows, Pen), Diagnostic> {
        self.expect_as_many(shard)?;
        let (rows, pen) = Pen::take(self.rows_file(&shard.name()), &self.recipe.name(), repair)?;
        self.clear(shard)?;
        if pen.was_cut {
            self.outdate_the_index()?;
        }
        Ok((rows, pen))
    }

    /// Of the rows of a packed shard those before the first frame that is not whole, or that not all rows of its worlds tell
    /// of.
    fn in_whole_frames(&self, shard: Shard, mut rows: Rows, repair: bool) -> Result<Rows, Diagnostic> {
        match rows.position(|row| row.status == Status::Built && row.place.is_none())? {
            Some(at) if repair => rows.truncate(at),
            Some(_) => {
                return Err(fault::damaged(&self.rows_file(&shard.name()), "does not say where a world stands"));
            }
            None => {}
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
        Ok(rows)
    }

    /// Removes what was half written by a process that is gone: only the one that holds a shard writes its files, and whoever
    /// holds the whole fleet those of the fleet.
    fn clear(&self, shard: Shard) -> Result<(), Diagnostic> {
        let own = format!("{}.", shard.name());
        for folder in [self.path.clone(), self.file("rows"), self.file(self.recipe.part())] {
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
}

/// Whether a world stands in the frame of that place.
fn is_beside(row: &Row, place: Option<&Place>) -> bool {
    row.place.as_ref().zip(place).is_some_and(|(one, other)| one.is_beside(other))
}
