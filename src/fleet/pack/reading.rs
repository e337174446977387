//! Worlds out of their frames: one after the other, so that no frame is read twice.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::super::fault;
use super::super::folder::Visit;
use super::super::row::{Row, tag};
use super::half::{Half, Halves};
use super::halves::{Files, Worlds};
use super::{Place, files, frames};
use crate::Image;
use crate::diag::Diagnostic;

/// Shows the worlds of rows that stand in one frame, in its order, each verified, or what is wrong with it.
pub(in crate::fleet) fn each(fleet: &Path, frame: Vec<Row>, visit: &mut Visit<'_>) -> Result<(), Diagnostic> {
    let Some(place) = frame.first().and_then(|row| row.place.clone()) else {
        return frame.into_iter().try_for_each(|row| {
            let fault = fault::damaged(fleet, &format!("does not say where {} stands", row.world));
            visit(row, Err(fault))
        });
    };
    let mut tars = Halves::try_of(|half| opened(fleet, &place, half).map(tar::Archive::new));
    let mut worlds = tars.as_mut().map_err(|error| plainly(error)).and_then(|tars| {
        let pair = tars.open.entries().and_then(|open| Ok((open, tars.sealed.entries()?)));
        let (open, sealed) = pair.map_err(|error| plainly(&error))?;
        Ok(Halves { open: Worlds::of(open), sealed: Worlds::of(sealed) })
    });
    for row in frame {
        let image = match &mut worlds {
            Ok(worlds) => found(worlds, &row),
            Err(why) => Err(why.clone()),
        };
        let image = image.map_err(|why| fault::damaged_shard(fleet, &place, &row.world, &why));
        visit(row, image)?;
    }
    Ok(())
}

/// The world of a row among those that come; others of its frame are left out.
fn found<R: Read>(worlds: &mut Halves<Worlds<'_, R>>, row: &Row) -> Result<Image, String> {
    loop {
        let (name, files) = next(worlds)?;
        if name == tag(row.root().unwrap_or_default()) {
            let image = Image::of_files(files).map_err(|fault| fault.message.to_string())?;
            let is_same = row.root() == Some(image.root());
            return is_same.then_some(image).ok_or_else(|| "it is another world than its row says".to_owned());
        }
    }
}

/// What is wrong with the bytes of a frame, for a person who never heard of what reads them.
fn plainly(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its file is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => format!("its bytes are other ones ({error})"),
    }
}

/// The next world with the files of both halves.
fn next<R: Read>(worlds: &mut Halves<Worlds<'_, R>>) -> Result<(String, Files), String> {
    let pair = worlds.open.next().and_then(|open| Ok((open, worlds.sealed.next()?)));
    match pair.map_err(|error| plainly(&error))? {
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
        let own = tag(row.root().unwrap_or_default());
        while worlds.next()?.is_some_and(|(name, _)| name != own) {}
        Ok(worlds.next()?.is_none())
    };
    read().map_err(|error| fault::damaged_shard(fleet, place, &row.world, &plainly(&error)))
}

/// The bytes of a half's frame.
fn opened(fleet: &Path, place: &Place, half: Half) -> io::Result<impl Read> {
    let dictionary = files::dictionary(fleet, &place.shard, half)?;
    let (offset, length) = place.of(half);
    let mut file = File::open(files::path(fleet, &place.shard, half, "tar.zst"))?;
    file.seek(SeekFrom::Start(offset))?;
    frames::unframed(file.take(length), &dictionary)
}
