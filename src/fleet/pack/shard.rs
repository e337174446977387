//! A frame for each world. Those of a shard begin from a dictionary of what its first worlds have in common.

use std::sync::Arc;

use super::super::row::Row;
use super::super::rows::Rows;
use super::files::ShardFiles;
use super::half::{Half, Halves};
use super::packing::Content;
use super::tars::END;
use super::{Dictionaries, Packer, Parcel, Place, frames};
use crate::diag::Diagnostic;

/// From so many bytes of the first worlds a dictionary is made: a hundred times its size, as its makers advise.
const SAMPLE: usize = 12 << 20;
/// Or from so many worlds, where they are small.
const SAMPLED: usize = 16;

/// A shard that grows.
pub(super) struct Frames {
    files: ShardFiles,
    dictionaries: Option<Dictionaries>,
    /// Until there is a dictionary, the first worlds.
    waiting: Vec<(usize, Row, Parcel)>,
    waiting_bytes: usize,
}

impl Frames {
    /// Goes on behind the worlds of these rows, with their dictionary.
    pub(super) fn of(files: ShardFiles, rows: &Rows) -> Result<Frames, Diagnostic> {
        let dictionaries = match rows.position(|row| row.place.is_some())?.is_some() {
            true => Some(Arc::new(Halves::try_of(|half| files.dictionary(half))?)),
            false => None,
        };
        Ok(Frames { files, dictionaries, waiting: Vec::new(), waiting_bytes: 0 })
    }

    /// Makes the dictionary of the worlds that wait, and puts them down.
    fn settle(&mut self) -> Result<Vec<(usize, Row)>, Diagnostic> {
        let waiting = std::mem::take(&mut self.waiting);
        let dictionaries = match self.dictionaries.clone() {
            Some(known) => known,
            None => Arc::new(Halves::try_of(|half| {
                let loose = waiting.iter().filter_map(|(_, _, world)| match &world.content {
                    Content::Loose(tars) => Some(tars.of(half).as_slice()),
                    Content::Pressed(_) => None,
                });
                let dictionary = frames::dictionary(&loose.collect::<Vec<_>>());
                self.files.keep_dictionary(half, &dictionary)?;
                Ok(dictionary)
            })?),
        };
        self.dictionaries = Some(Arc::clone(&dictionaries));
        waiting.into_iter().map(|(at, row, world)| Ok((at, self.put(row, world, &dictionaries)?))).collect()
    }

    fn put(&mut self, row: Row, world: Parcel, dictionaries: &Dictionaries) -> Result<Row, Diagnostic> {
        let Parcel { folder, content } = world;
        let frames = match content {
            Content::Loose(tars) => pressed(&tars, dictionaries)?,
            Content::Pressed(frames) => frames,
        };
        Ok(Row { place: Some(Place { folder, ..self.files.append(&frames)? }), ..row })
    }
}

impl Packer for Frames {
    fn dictionaries(&self) -> Option<Dictionaries> {
        self.dictionaries.clone()
    }

    fn add(&mut self, at: usize, row: Row, world: Parcel) -> Result<Vec<(usize, Row)>, Diagnostic> {
        if let Some(dictionaries) = self.dictionaries.clone() {
            return Ok(vec![(at, self.put(row, world, &dictionaries)?)]);
        }
        if let Content::Loose(tars) = &world.content {
            self.waiting_bytes += tars.open.len() + tars.sealed.len();
        }
        self.waiting.push((at, row, world));
        match self.waiting_bytes >= SAMPLE || self.waiting.len() >= SAMPLED {
            true => self.settle(),
            false => Ok(Vec::new()),
        }
    }

    fn finish(&mut self) -> Result<Vec<(usize, Row)>, Diagnostic> {
        if self.waiting.is_empty() && self.files.are_ended() {
            return Ok(Vec::new());
        }
        let rows = self.settle()?;
        // What ends a tar is a frame that no row tells of: a shard that goes on cuts it off.
        let end = Halves { open: END.to_vec(), sealed: END.to_vec() };
        let dictionaries = self.dictionaries.clone().unwrap_or_default();
        self.files.append(&pressed(&end, &dictionaries)?)?;
        self.files.sync()?;
        Ok(rows)
    }
}

/// The frames of a world.
pub(super) fn pressed(tars: &Halves<Vec<u8>>, dictionaries: &Halves<Vec<u8>>) -> Result<Halves<Vec<u8>>, Diagnostic> {
    Halves::try_of(|half: Half| {
        frames::frame(tars.of(half), dictionaries.of(half))
            .map_err(|error| super::super::fault::unpackable(&error.to_string()))
    })
}
