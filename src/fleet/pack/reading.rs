//! Worlds out of their frames: one after the other, so that no frame is read twice.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::super::fault;
use super::super::folder::Visit;
use super::super::row::Row;
use super::half::{Half, Halves};
use super::tars::{END, Files, Worlds};
use super::{Place, files, frames};
use crate::Image;
use crate::diag::Diagnostic;
use crate::image::fault::unreadable;

/// Shows the worlds of rows that stand in one frame, in its order, each verified, or what is wrong with it. If these are `all`
/// its rows, a world before the last of them that is none of theirs is wrong with the next.
pub(in crate::fleet) fn each(
    fleet: &Path,
    frame: Vec<Row>,
    all: bool,
    visit: &mut Visit<'_>,
) -> Result<(), Diagnostic> {
    let Some(place) = frame.first().and_then(|row| row.place.clone()) else {
        return frame.into_iter().try_for_each(|row| {
            let fault = fault::damaged(fleet, &format!("does not say where {} stands", row.world));
            visit(row, Err(fault))
        });
    };
    let folder = |row: &Row| row.place.as_ref().map(|place| place.folder.clone());
    let mut names: BTreeMap<String, usize> = frame.iter().filter_map(folder).zip(0..).collect();
    let mut left: BTreeMap<usize, Row> = frame.into_iter().enumerate().collect();
    let shown = through(fleet, &place, &mut |name, files| {
        match names.remove(&name).and_then(|at| left.remove(&at)) {
            Some(row) => {
                let image = whole(&row, files).map_err(|error| unread(fleet, &place, &row.world, &error));
                visit(row, image)?;
            }
            None if all => {
                if let Some((_, row)) = left.pop_first() {
                    let fault = fault::damaged_shard(fleet, &place, &row.world, "no row tells of a world before it");
                    visit(row, Err(fault))?;
                }
            }
            None => {}
        }
        Ok(!left.is_empty())
    });
    match shown {
        Ok(shown) => shown,
        // Behind it nothing of the frame can be read.
        Err(error) => left.into_values().try_for_each(|row| {
            let fault = unread(fleet, &place, &row.world, &error);
            visit(row, Err(fault))
        }),
    }
}

/// Shows the files of the worlds in a frame until that is enough, and says what kept it from going on.
fn through(
    fleet: &Path,
    place: &Place,
    show: &mut dyn FnMut(String, Files) -> Result<bool, Diagnostic>,
) -> io::Result<Result<(), Diagnostic>> {
    let mut tars = Halves::try_of(|half| opened(fleet, place, half).map(tar::Archive::new))?;
    let mut worlds = Halves { open: Worlds::of(tars.open.entries()?), sealed: Worlds::of(tars.sealed.entries()?) };
    loop {
        let (name, files) = next(&mut worlds)?;
        match show(name, files) {
            Ok(true) => {}
            Ok(false) => return Ok(Ok(())),
            Err(fault) => return Ok(Err(fault)),
        }
    }
}

/// The world of a row from its files.
fn whole(row: &Row, files: Files) -> io::Result<Image> {
    let image = Image::of_files(files).map_err(|fault| io::Error::other(fault.message))?;
    match row.root() == Some(image.root()) {
        true => Ok(image),
        false => Err(io::Error::other("it is another world than its row says")),
    }
}

/// Why a world could not be read: its bytes are other ones, or the system does not give them.
fn unread(fleet: &Path, place: &Place, world: &str, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::NotFound => fault::damaged_shard(fleet, place, world, "its file is not there"),
        io::ErrorKind::InvalidInput => fault::damaged_shard(fleet, place, world, "no file is as long as its row says"),
        _ => match of_the_system(error) {
            Some(error) => unreadable(&fleet.join("shards").join(&place.shard), error),
            None => fault::damaged_shard(fleet, place, world, &error.to_string()),
        },
    }
}

/// What went wrong in the file of a half.
#[derive(Debug)]
struct InHalf {
    half: Half,
    error: io::Error,
}

impl InHalf {
    fn of(half: Half, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), InHalf { half, error })
    }
}

impl Display for InHalf {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "its {} file cannot be read ({})", self.half.name(), self.error)
    }
}

impl Error for InHalf {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

/// The error that the system gave, if it did, directly or through what reads tars.
fn of_the_system(error: &io::Error) -> Option<&io::Error> {
    let within = error.get_ref().and_then(|inner| inner.source()?.downcast_ref::<io::Error>());
    if error.raw_os_error().is_some() { Some(error) } else { within.and_then(of_the_system) }
}

/// The next world with the files of both halves.
fn next<R: Read>(worlds: &mut Halves<Worlds<'_, R>>) -> io::Result<(String, Files)> {
    let open = worlds.open.next().map_err(|error| InHalf::of(Half::Open, error))?;
    let sealed = worlds.sealed.next().map_err(|error| InHalf::of(Half::Sealed, error))?;
    match (open, sealed) {
        (Some((one, mut files)), Some((other, sealed))) if one == other => {
            files.extend(sealed);
            Ok((one, files))
        }
        (None, None) => Err(io::Error::other("it is not there")),
        _ => Err(io::Error::other("its open half and its sealed half are those of two worlds")),
    }
}

/// Whether no other world stands behind that of a row in its frame.
pub(in crate::fleet) fn ends_its_frame(fleet: &Path, row: &Row) -> Result<bool, Diagnostic> {
    let Some(place) = &row.place else { return Ok(true) };
    let read = || -> io::Result<bool> {
        let mut tar = tar::Archive::new(opened(fleet, place, Half::Open)?);
        let mut worlds = Worlds::of(tar.entries()?);
        while worlds.next()?.is_some_and(|(name, _)| name != place.folder) {}
        Ok(worlds.next()?.is_none())
    };
    read().map_err(|error| unread(fleet, place, &row.world, &error))
}

/// More bytes than any end of a shard has.
const LONGEST_END: u64 = 4 << 10;

/// Refuses a shard that does not end behind that place as a tar ends: `zstd` and `tar` would stumble over the rest.
pub(in crate::fleet) fn expect_end(fleet: &Path, shard: &str, last: Option<&Place>) -> Result<(), Diagnostic> {
    for half in Half::BOTH {
        let path = files::path(fleet, shard, half, "tar.zst");
        let read = || -> io::Result<bool> {
            let (offset, length) = last.map_or((0, 0), |place| place.of(half));
            let dictionary = files::dictionary(fleet, shard, half)?;
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(offset.saturating_add(length)))?;
            let mut tail = Vec::new();
            file.take(LONGEST_END).read_to_end(&mut tail)?;
            Ok([frames::frame(&END, &dictionary)?, frames::long(&END)?].contains(&tail))
        };
        match read() {
            Ok(true) => {}
            Ok(false) => return Err(fault::damaged(&path, "does not end behind its last world")),
            Err(error) => match of_the_system(&error) {
                Some(error) if error.kind() != io::ErrorKind::NotFound => return Err(unreadable(&path, error)),
                _ => return Err(fault::damaged(&path, &format!("or its dictionary cannot be read: {error}"))),
            },
        }
    }
    Ok(())
}

/// The bytes of a half's frame.
fn opened(fleet: &Path, place: &Place, half: Half) -> io::Result<impl Read> {
    let opened = || {
        let dictionary = files::dictionary(fleet, &place.shard, half)?;
        let (offset, length) = place.of(half);
        let mut file = File::open(files::path(fleet, &place.shard, half, "tar.zst"))?;
        file.seek(SeekFrom::Start(offset))?;
        frames::unframed(file.take(length), &dictionary)
    };
    opened().map_err(|error| InHalf::of(half, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_does_not_give_now_is_no_damage() {
        let place = Place {
            shard: "0of1".to_owned(),
            folder: String::new(),
            offset: 0,
            length: 1,
            sealed_offset: 0,
            sealed_length: 1,
        };
        let code = |error| unread(Path::new("fleet"), &place, "w@1", &InHalf::of(Half::Sealed, error)).code;
        assert_eq!(code(io::Error::from_raw_os_error(5)), "E0609", "a device that fails");
        assert_eq!(code(io::Error::other("Unknown frame descriptor")), "E0616");
        assert_eq!(code(io::ErrorKind::NotFound.into()), "E0616");
        let told = unread(Path::new("fleet"), &place, "w@1", &InHalf::of(Half::Sealed, io::Error::other("no frame")));
        assert!(told.message.contains("its sealed file cannot be read (no frame)"), "{}", told.message);
    }
}
