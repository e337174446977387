//! The same questions in a program without the library that packs: each is refused.

use std::path::Path;

use super::super::fault;
use super::super::recipe::Shard;
use super::super::row::Row;
use super::{Pack, Packer};
use crate::Image;
use crate::diag::Diagnostic;

/// There is none.
pub(in crate::fleet) enum Parcel {}

/// There are none.
pub(in crate::fleet) enum Dictionaries {}

pub(in crate::fleet) fn packer(_: &Path, _: Pack, _: Shard, _: &[Row]) -> Result<Box<dyn Packer>, Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn parcel(_: &str, _: &Image, _: Option<Dictionaries>) -> Result<Parcel, Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn each<'r>(
    _: &Path,
    _: &[&'r Row],
    _: &mut dyn FnMut(&'r Row, Image) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn ends_its_frame(_: &Path, _: &Row) -> Result<bool, Diagnostic> {
    Err(fault::unpacking())
}
