//! A shard that is taken up again: what a kill tore is cut off, and what is damaged is refused, or cut off if it is to be
//! mended.

use std::fs;

use super::fault;
use super::folder::Folder;
use super::foreign::names_in;
use super::pack::{self, Place, Trail};
use super::recipe::Shard;
use super::row::{Row, Status};
use super::rows::{Pen, Rows};
use crate::diag::Diagnostic;
use crate::disk::whole::is_unfinished;
use crate::image::fault::unwritable;

impl Folder {
    /// The rows of a shard so far in the order they came, and a pen that adds to them. What a kill tore is cut off; `repair`
    /// also cuts off from the first row that is none, and a packed shard from its first world that is damaged, both of which
    /// are refused otherwise.
    pub(crate) fn resume(&self, shard: Shard, repair: bool) -> Result<(Rows, Pen), Diagnostic> {
        let (mut rows, mut pen) = self.taken(shard, repair)?;
        let told = rows.len();
        if let Some(at) = rows.position(|row| row.status == Status::Built && !self.is_placed(row, shard))? {
            match repair {
                true => rows.truncate(at),
                false => {
                    let path = self.rows_file(&shard.name());
                    return Err(fault::damaged(
                        &path,
                        "has a world that does not stand where this shard keeps its own",
                    ));
                }
            }
        }
        if !self.recipe.pack.is_folders() {
            rows = self.in_whole_frames(shard, rows, repair)?;
        }
        if rows.len() < told {
            self.outdate_the_index()?;
            rows = pen.keep(&rows)?;
        }
        Ok((rows, pen))
    }

    /// The rows that stand in the file of a shard, and the pen that holds it.
    fn taken(&self, shard: Shard, repair: bool) -> Result<(Rows, Pen), Diagnostic> {
        self.expect_as_many(shard)?;
        let (rows, pen) = Pen::take(self.rows_file(&shard.name()), self.recipe.name(), repair)?;
        self.clear(shard)?;
        if pen.was_cut {
            self.outdate_the_index()?;
        }
        Ok((rows, pen))
    }

    /// Whether a row says that its world is kept as this shard keeps its own.
    fn is_placed(&self, row: &Row, shard: Shard) -> bool {
        let told = row.place.as_ref().map(|place| place.shard.as_str());
        told == (!self.recipe.pack.is_folders()).then(|| shard.name()).as_deref()
    }

    /// Of the rows of a packed shard those before the first frame that is not whole, or that not all rows of its worlds tell
    /// of.
    fn in_whole_frames(&self, shard: Shard, mut rows: Rows, repair: bool) -> Result<Rows, Diagnostic> {
        if let Some(bad) = self.first_bad(&rows, repair)? {
            rows.truncate(bad);
        }
        match first_gap(&rows)? {
            Some((at, _)) if repair => rows.truncate(at),
            Some((_, world)) => return Err(fault::gap(&self.file("shards").join(shard.name()), &world)),
            None => {}
        }
        // A frame with a world that no row tells of was written, but not all of its rows were.
        if let Some(last) = rows.last(|row| row.place.is_some())?
            && !pack::ends_its_frame(&self.path, &last)?
        {
            let first = rows.position(|row| is_beside(row, last.place.as_ref()))?;
            rows.truncate(first.unwrap_or_default());
        }
        Ok(rows)
    }

    /// Removes what was half written by a process that is gone: only the one that holds a shard writes its files, and whoever
    /// holds the whole fleet those of the fleet.
    fn clear(&self, shard: Shard) -> Result<(), Diagnostic> {
        let own = format!("{}.", shard.name());
        for folder in [self.path.clone(), self.file("rows"), self.file(self.recipe.part())] {
            let names = names_in(&folder)?.into_iter();
            for name in names.filter(|name| is_unfinished(name)) {
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
        let seen = self.each_of(&placed, true, &mut |row, image| {
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

/// The first row, and its world, before whose frame something stands that no row tells of.
fn first_gap(rows: &Rows) -> Result<Option<(usize, String)>, Diagnostic> {
    let mut trail = Trail::default();
    for (at, row) in rows.iter().enumerate() {
        let Row { world, place, .. } = row?;
        if place.is_some_and(|place| !trail.goes_on(place)) {
            return Ok(Some((at, world)));
        }
    }
    Ok(None)
}

/// Whether a world stands in the frame of that place.
fn is_beside(row: &Row, place: Option<&Place>) -> bool {
    row.place.as_ref().zip(place).is_some_and(|(one, other)| one.is_beside(other))
}
