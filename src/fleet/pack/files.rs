//! The two files of a shard as they grow.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::super::fault;
use super::super::recipe::Shard;
use super::super::rows::Rows;
use super::half::{Half, Halves};
use super::reading::expect_end;
use super::{Place, frames};
use crate::diag::Diagnostic;
use crate::disk::whole::write_whole;
use crate::image::fault::{unreadable, unwritable};

/// Where a file of a shard stands; `ending` is `tar.zst` or `dict.zst`.
pub(super) fn path(fleet: &Path, shard: &str, half: Half, ending: &str) -> PathBuf {
    fleet.join("shards").join(format!("{shard}.{}.{ending}", half.name()))
}

/// What the frames of a shard begin from; those of an archive begin from nothing.
pub(super) fn dictionary(fleet: &Path, shard: &str, half: Half) -> io::Result<Vec<u8>> {
    let path = path(fleet, shard, half, "dict.zst");
    let mut dictionary = Vec::new();
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        bytes => {
            let bytes = bytes?;
            let named = |error| io::Error::other(format!("{}: {error}", path.display()));
            let frame = frames::unframed(&bytes[..], &[]);
            frame.and_then(|mut frame| frame.read_to_end(&mut dictionary)).map_err(named)?;
        }
    }
    Ok(dictionary)
}

/// The files, and how far what their rows tell of reaches.
pub(super) struct ShardFiles {
    fleet: PathBuf,
    shard: String,
    files: Halves<(File, u64)>,
    /// The last frame that rows tell of.
    last: Option<Place>,
    /// Whether the files end behind it: what else stood there was cut off, so that they can grow.
    is_cut: bool,
}

impl ShardFiles {
    /// The files behind the worlds of these rows, which were all found there. What stands after them ends the shard, or is what
    /// a kill left; it is cut off once there is more to come.
    pub(super) fn behind(fleet: &Path, shard: Shard, rows: &Rows) -> Result<ShardFiles, Diagnostic> {
        let folder = fleet.join("shards");
        fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let shard = shard.name();
        let last = rows.last(|row| row.place.is_some())?.and_then(|row| row.place);
        let files = Halves::try_of(|half| {
            let (offset, length) = last.as_ref().map_or((0, 0), |place| place.of(half));
            let end = offset.saturating_add(length);
            let path = path(fleet, &shard, half, "tar.zst");
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = file.map_err(|error| unwritable(&path, &error))?;
            if file.metadata().is_ok_and(|about| about.len() < end) {
                return Err(fault::damaged(&path, "is shorter than its rows say"));
            }
            Ok((file, end))
        })?;
        Ok(ShardFiles { fleet: fleet.to_owned(), shard, files, last, is_cut: false })
    }

    /// Whether nothing was added, and the files end as those of a shard do that is done.
    pub(super) fn are_ended(&self) -> bool {
        !self.is_cut && expect_end(&self.fleet, &self.shard, self.last.as_ref()).is_ok()
    }

    fn cut(&mut self) -> Result<(), Diagnostic> {
        if self.is_cut {
            return Ok(());
        }
        for half in Half::BOTH {
            let path = self.path(half, "tar.zst");
            let (file, end) = self.files.of_mut(half);
            let cut = file.set_len(*end).and_then(|()| file.seek(SeekFrom::Start(*end)));
            cut.map_err(|error| unwritable(&path, &error))?;
        }
        self.is_cut = true;
        Ok(())
    }

    pub(super) fn path(&self, half: Half, ending: &str) -> PathBuf {
        path(&self.fleet, &self.shard, half, ending)
    }

    /// What the frames that stand here already begin from.
    pub(super) fn dictionary(&self, half: Half) -> Result<Vec<u8>, Diagnostic> {
        dictionary(&self.fleet, &self.shard, half).map_err(|error| unreadable(&self.path(half, "dict.zst"), &error))
    }

    /// Keeps what the frames will begin from; it is a frame itself, so that a damaged one is known.
    pub(super) fn keep_dictionary(&self, half: Half, bytes: &[u8]) -> Result<(), Diagnostic> {
        let path = self.path(half, "dict.zst");
        let written = frames::frame(bytes, &[]).and_then(|frame| write_whole(&path, &frame, true));
        written.map_err(|error| unwritable(&path, &error))
    }

    /// Adds a frame to each file; which folder is in it says whoever made it.
    pub(super) fn append(&mut self, frames: &Halves<Vec<u8>>) -> Result<Place, Diagnostic> {
        self.grow(|half, file| file.write_all(frames.of(half)))
    }

    /// Lets something write at the ends of the files, and says where it did, in a folder without a name yet. What fails leaves
    /// nothing behind.
    pub(super) fn grow(
        &mut self,
        mut write: impl FnMut(Half, &mut File) -> io::Result<()>,
    ) -> Result<Place, Diagnostic> {
        self.cut()?;
        let before = Halves { open: self.files.open.1, sealed: self.files.sealed.1 };
        let mut grown = |half| {
            let path = self.path(half, "tar.zst");
            let (file, end) = self.files.of_mut(half);
            let now = write(half, file).and_then(|()| file.stream_position());
            *end = now.map_err(|error| unwritable(&path, &error))?;
            Ok(*end)
        };
        match Halves::try_of(&mut grown) {
            Ok(now) => Ok(Place {
                shard: self.shard.clone(),
                folder: String::new(),
                offset: before.open,
                length: now.open - before.open,
                sealed_offset: before.sealed,
                sealed_length: now.sealed - before.sealed,
            }),
            Err(fault) => {
                for half in Half::BOTH {
                    let (file, end) = self.files.of_mut(half);
                    *end = *before.of(half);
                    // The first error is the one to tell.
                    let _ = file.set_len(*end).and_then(|()| file.seek(SeekFrom::Start(*end)));
                }
                Err(fault)
            }
        }
    }

    /// Waits until the disk has all of it.
    pub(super) fn sync(&self) -> Result<(), Diagnostic> {
        Half::BOTH.into_iter().try_for_each(|half| {
            self.files.of(half).0.sync_data().map_err(|error| unwritable(&self.path(half, "tar.zst"), &error))
        })
    }

    /// The file of a half once more, at its end.
    pub(super) fn file(&mut self, half: Half) -> Result<File, Diagnostic> {
        self.cut()?;
        self.files.of(half).0.try_clone().map_err(|error| unwritable(&self.path(half, "tar.zst"), &error))
    }
}
