//! Worlds out of their frames: one after the other, so that no frame is read twice.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::super::fault;
use super::super::row::Row;
use super::half::{Half, Halves};
use super::halves::{Files, Worlds};
use super::{Place, files, frames};
use crate::Image;
use crate::diag::Diagnostic;

/// Shows the worlds of rows in the order they stand in; rows of one frame stand beside each other. Each world is verified
/// before it is shown.
pub(in crate::fleet) fn each<'r>(
    fleet: &Path,
    rows: &[&'r Row],
    visit: &mut dyn FnMut(&'r Row, Image) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    for frame in rows.chunk_by(|one, other| one.place == other.place) {
        let Some(place) = &frame[0].place else { continue };
        let mut wanted: BTreeMap<&str, &Row> = frame.iter().map(|row| (row.world.as_str(), *row)).collect();
        let bad = |wanted: &BTreeMap<&str, &Row>, why: &str| {
            let next = frame.iter().find(|row| wanted.contains_key(row.world.as_str())).unwrap_or(&frame[0]);
            fault::damaged_shard(fleet, place, &next.world, why)
        };
        let mut tars = Halves::try_of(|half| opened(fleet, place, half).map(tar::Archive::new))
            .map_err(|error| bad(&wanted, &error.to_string()))?;
        let (Ok(open), Ok(sealed)) = (tars.open.entries(), tars.sealed.entries()) else {
            return Err(bad(&wanted, "it is no tar"));
        };
        let mut worlds = Halves { open: Worlds::of(open), sealed: Worlds::of(sealed) };
        while !wanted.is_empty() {
            let (name, files) = next(&mut worlds).map_err(|why| bad(&wanted, &why))?;
            let Some(row) = wanted.get(name.as_str()).copied() else { continue };
            let image = Image::of_files(files).map_err(|fault| bad(&wanted, &fault.message))?;
            if row.root() != Some(image.root()) {
                return Err(bad(&wanted, "it is another world than its row says"));
            }
            wanted.remove(name.as_str());
            visit(row, image)?;
        }
    }
    Ok(())
}

/// The next world with the files of both halves.
fn next<R: Read>(worlds: &mut Halves<Worlds<'_, R>>) -> Result<(String, Files), String> {
    let pair = worlds.open.next().and_then(|open| Ok((open, worlds.sealed.next()?)));
    match pair.map_err(|error| error.to_string())? {
        (Some((one, mut files)), Some((other, sealed))) if one == other => {
            files.extend(sealed);
            Ok((one, files))
        }
        (None, None) => Err("it is not there".to_owned()),
        _ => Err("its open half and its sealed half are those of two worlds".to_owned()),
    }
}

/// Whether no other world stands behind that of a row in its frame.
pub(in crate::fleet) fn ends_its_frame(fleet: &Path, row: &Row) -> Result<bool, Diagnostic> {
    let Some(place) = &row.place else { return Ok(true) };
    let read = || -> io::Result<bool> {
        let mut tar = tar::Archive::new(opened(fleet, place, Half::Open)?);
        let mut worlds = Worlds::of(tar.entries()?);
        while worlds.next()?.is_some_and(|(name, _)| name != row.world) {}
        Ok(worlds.next()?.is_none())
    };
    read().map_err(|error| fault::damaged_shard(fleet, place, &row.world, &error.to_string()))
}

/// The bytes of a half's frame.
fn opened(fleet: &Path, place: &Place, half: Half) -> io::Result<impl Read> {
    let dictionary = files::dictionary(fleet, &place.shard, half)?;
    let (offset, length) = place.of(half);
    let mut file = File::open(files::path(fleet, &place.shard, half, "tar.zst"))?;
    file.seek(SeekFrom::Start(offset))?;
    frames::unframed(file.take(length), &dictionary)
}
