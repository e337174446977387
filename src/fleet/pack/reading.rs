//! Worlds out of their frames: one after the other, so that no frame is read twice.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::super::fault;
use super::super::folder::Visit;
use super::super::row::Row;
use super::half::{Half, Halves};
use super::halves::{Files, Worlds};
use super::{Place, files, frames};
use crate::Image;
use crate::diag::Diagnostic;
use crate::image::fault::unreadable;

/// Shows the worlds of rows that stand in one frame, in its order, each verified, or what is wrong with it.
pub(in crate::fleet) fn each(fleet: &Path, frame: Vec<Row>, visit: &mut Visit<'_>) -> Result<(), Diagnostic> {
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
        if let Some(row) = names.remove(&name).and_then(|at| left.remove(&at)) {
            let image = whole(&row, files).map_err(|error| unread(fleet, &place, &row.world, &error));
            visit(row, image)?;
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
        _ if is_of_the_system(error) => unreadable(&fleet.join("shards").join(&place.shard), error),
        _ => fault::damaged_shard(fleet, place, world, &error.to_string()),
    }
}

/// Whether the system gave the error, directly or through what reads tars.
fn is_of_the_system(error: &io::Error) -> bool {
    let within = error.get_ref().and_then(|inner| inner.source()?.downcast_ref::<io::Error>());
    error.raw_os_error().is_some() || within.is_some_and(is_of_the_system)
}

/// The next world with the files of both halves.
fn next<R: Read>(worlds: &mut Halves<Worlds<'_, R>>) -> io::Result<(String, Files)> {
    match (worlds.open.next()?, worlds.sealed.next()?) {
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

/// The bytes of a half's frame.
fn opened(fleet: &Path, place: &Place, half: Half) -> io::Result<impl Read> {
    let dictionary = files::dictionary(fleet, &place.shard, half)?;
    let (offset, length) = place.of(half);
    let mut file = File::open(files::path(fleet, &place.shard, half, "tar.zst"))?;
    file.seek(SeekFrom::Start(offset))?;
    frames::unframed(file.take(length), &dictionary)
}
