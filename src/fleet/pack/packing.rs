//! What the fleet asks of its packed worlds.

use std::path::Path;
use std::sync::Arc;

use super::super::recipe::Shard;
use super::super::row::folder_of;
use super::super::rows::Rows;
use super::archive::Archive;
use super::files::ShardFiles;
use super::half::{Half, Halves};
use super::shard::{Frames, pressed};
use super::tars::archived;
use super::{Pack, Packer};
use crate::Image;
use crate::diag::Diagnostic;

pub(in crate::fleet) use super::reading::{each, ends_its_frame, expect_end};

/// A world on its way into a shard.
pub(in crate::fleet) struct Parcel {
    /// Its folder in both tars.
    pub(super) folder: String,
    pub(super) content: Content,
}

/// The tar or the frame of each half of a world.
pub(super) enum Content {
    Loose(Halves<Vec<u8>>),
    Pressed(Halves<Vec<u8>>),
}

/// What the frames of a shard begin from.
pub(in crate::fleet) type Dictionaries = Arc<Halves<Vec<u8>>>;

/// The files of a shard of the fleet at `fleet`, behind the worlds of these rows.
pub(in crate::fleet) fn packer(
    fleet: &Path,
    pack: Pack,
    shard: Shard,
    rows: &Rows,
) -> Result<Box<dyn Packer>, Diagnostic> {
    let files = ShardFiles::behind(fleet, shard, rows)?;
    match pack {
        Pack::Archive => Ok(Box::new(Archive::of(files))),
        Pack::Shard | Pack::Folders => Ok(Box::new(Frames::of(files, rows)?)),
    }
}

/// A world as it goes into a shard.
pub(in crate::fleet) fn parcel(
    world: &str,
    image: &Image,
    dictionaries: Option<Dictionaries>,
) -> Result<Parcel, Diagnostic> {
    let folder = folder_of(world, image)?;
    let tars = Halves::try_of(|half| archived(image, &folder, &|path| Half::of_file(path) == half))?;
    let content = match dictionaries {
        Some(dictionaries) => Content::Pressed(pressed(&tars, &dictionaries)?),
        None => Content::Loose(tars),
    };
    Ok(Parcel { folder, content })
}
