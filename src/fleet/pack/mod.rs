//! How the worlds of a fleet are kept: as folders, or packed into the files of their shard. What an agent may see never
//! stands in one file with what she may not.
//!
//! | in `shards/` | is |
//! |---|---|
//! | `0of8.open.tar.zst` | disks and mail of the first shard's worlds: one tar in frames of zstd |
//! | `0of8.sealed.tar.zst` | their sealed records, manifests and receipts |
//! | `0of8.open.dict.zst`, `0of8.sealed.dict.zst` | what the frames of a shard begin from, for `zstd -D`; an archive has none |
//!
//! | file | is |
//! |---|---|
//! | `half` | which file is whose |
//! | `packing` | what the fleet asks of the others; `unpacked` stands in its place in a program without the feature |
//! | `tars` | a world as two tars, and back |
//! | `frames` | bytes to frames of zstd and back |
//! | `files` | the two files of a shard as they grow |
//! | `shard` | a frame for each world |
//! | `archive` | a frame for many worlds, each of which may repeat what stood in those before it |
//! | `reading` | worlds out of their frames |

#[cfg(feature = "pack")]
mod archive;
#[cfg(feature = "pack")]
mod files;
#[cfg(feature = "pack")]
mod frames;
#[cfg(feature = "pack")]
mod half;
#[cfg_attr(not(feature = "pack"), path = "unpacked.rs")]
mod packing;
#[cfg(feature = "pack")]
mod reading;
#[cfg(feature = "pack")]
mod shard;
#[cfg(feature = "pack")]
mod tars;
#[cfg(all(test, feature = "pack"))]
mod tests;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[cfg(feature = "pack")]
pub(crate) use half::{Half, Halves};
pub(super) use packing::{Dictionaries, Parcel, each, ends_its_frame, expect_end, packer, parcel};
#[cfg(feature = "pack")]
pub(super) use tars::{END, archived};

use super::row::Row;
use crate::diag::Diagnostic;

/// How the worlds of a fleet are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pack {
    /// Each in a folder of its own.
    #[default]
    Folders,
    /// Each in a frame of its shard: any of them is read without the others.
    Shard,
    /// Many in a frame: smaller, but all before a world are read with it.
    Archive,
}

impl Pack {
    pub(crate) fn is_folders(&self) -> bool {
        *self == Pack::Folders
    }

    /// As one says it on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Pack::Folders => "folders",
            Pack::Shard => "shard",
            Pack::Archive => "archive",
        }
    }
}

impl FromStr for Pack {
    type Err = String;

    fn from_str(text: &str) -> Result<Pack, String> {
        let found = [Pack::Folders, Pack::Shard, Pack::Archive].into_iter().find(|pack| pack.name() == text);
        found.ok_or_else(|| "say `folders`, `shard` or `archive`".to_owned())
    }
}

/// Where a world stands in the files of its shard: the frames it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// `0of8`.
    pub(crate) shard: String,
    /// Its folder in the tars of both halves.
    pub(crate) folder: String,
    pub(crate) offset: u64,
    pub(crate) length: u64,
    pub(crate) sealed_offset: u64,
    pub(crate) sealed_length: u64,
}

impl Place {
    /// Whether that is a place in the same frame.
    pub(crate) fn is_beside(&self, other: &Place) -> bool {
        (&self.shard, self.offset) == (&other.shard, other.offset)
    }
}

/// Follows the frames of a shard from row to row.
#[derive(Default)]
pub(super) struct Trail {
    pub(super) last: Option<Place>,
}

impl Trail {
    /// Goes on to that place. Whether it is in the frame before it, or in one that begins where that ends.
    pub(super) fn goes_on(&mut self, place: Place) -> bool {
        let end = |(offset, length): (u64, u64)| offset.saturating_add(length);
        let follows = match &self.last {
            None => (place.offset, place.sealed_offset) == (0, 0),
            Some(last) => {
                let ends = (end((last.offset, last.length)), end((last.sealed_offset, last.sealed_length)));
                last.is_beside(&place) || (place.offset, place.sealed_offset) == ends
            }
        };
        self.last = Some(place);
        follows
    }
}

/// The files of a shard as they grow: worlds come in the order of the recipe, whoever made them.
pub(super) trait Packer: Send {
    /// What a maker may press parcels with; none as long as that is not known, or where this one does it all.
    fn dictionaries(&self) -> Option<Dictionaries>;
    /// Takes the next world with its position and row; returns the rows whose worlds now stand in the files.
    fn add(&mut self, at: usize, row: Row, world: Parcel) -> Result<Vec<(usize, Row)>, Diagnostic>;
    /// No more worlds come; returns the rows that were still waiting.
    fn finish(&mut self) -> Result<Vec<(usize, Row)>, Diagnostic>;
}
