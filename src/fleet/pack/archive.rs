//! A frame for many worlds, each of which may repeat what stood in those before it.

use std::fs::File;
use std::io::Write;

use super::super::row::Row;
use super::files::ShardFiles;
use super::frames::{LongFrame, long_frame};
use super::half::{Half, Halves};
use super::packing::Content;
use super::tars::END;
use super::{Dictionaries, Packer, Parcel, Place};
use crate::diag::Diagnostic;
use crate::image::fault::unwritable;

/// A frame ends once it holds so many bytes. What a kill can cost is one frame; what the next one learns anew is a world.
const FRAME: usize = 512 << 20;

/// An archive that grows.
pub(super) struct Archive {
    files: ShardFiles,
    /// The frames that are open.
    open: Option<Halves<LongFrame<File>>>,
    /// Bytes in them.
    held: usize,
    /// The rows of their worlds, each with its folder.
    waiting: Vec<(usize, Row, String)>,
}

impl Archive {
    pub(super) fn of(files: ShardFiles) -> Archive {
        Archive { files, open: None, held: 0, waiting: Vec::new() }
    }

    fn write(&mut self, tars: &Halves<Vec<u8>>) -> Result<(), Diagnostic> {
        if self.open.is_none() {
            self.open = Some(Halves::try_of(|half| {
                let path = self.files.path(half, "tar.zst");
                long_frame(self.files.file(half)?).map_err(|error| unwritable(&path, &error))
            })?);
        }
        for half in Half::BOTH {
            let frames = self.open.as_mut().expect("the frames were opened above");
            let written = frames.of_mut(half).write_all(tars.of(half));
            written.map_err(|error| unwritable(&self.files.path(half, "tar.zst"), &error))?;
            self.held += tars.of(half).len();
        }
        Ok(())
    }

    /// Ends the frames that are open; from now on their worlds stand in the files.
    fn close(&mut self) -> Result<Vec<(usize, Row)>, Diagnostic> {
        let place = match &mut self.open {
            None => None,
            // Both write at one place, so that the files know how far the frames reach.
            Some(frames) => Some(self.files.grow(|half, _| frames.of_mut(half).do_finish())?),
        };
        (self.open, self.held) = (None, 0);
        let rows = std::mem::take(&mut self.waiting).into_iter();
        let placed = |(at, row, folder): (usize, Row, String)| {
            let place = place.clone().map(|place| Place { folder, ..place });
            (at, Row { place, ..row })
        };
        Ok(rows.map(placed).collect())
    }
}

impl Packer for Archive {
    fn dictionaries(&self) -> Option<Dictionaries> {
        None
    }

    fn add(&mut self, at: usize, row: Row, world: Parcel) -> Result<Vec<(usize, Row)>, Diagnostic> {
        let (Content::Loose(tars) | Content::Pressed(tars)) = &world.content;
        self.write(tars)?;
        self.waiting.push((at, row, world.folder));
        if self.held >= FRAME { self.close() } else { Ok(Vec::new()) }
    }

    fn finish(&mut self) -> Result<Vec<(usize, Row)>, Diagnostic> {
        if self.files.are_ended() {
            return Ok(Vec::new());
        }
        let rows = self.close()?;
        self.write(&Halves { open: END.to_vec(), sealed: END.to_vec() })?;
        self.close()?;
        self.files.sync()?;
        Ok(rows)
    }
}
