//! The same questions in a program without the library that packs: each is refused.

use std::path::Path;

use super::super::fault;
use super::super::folder::Visit;
use super::super::recipe::Shard;
use super::super::row::Row;
use super::super::rows::Rows;
use super::{Pack, Packer, Place};
use crate::Image;
use crate::diag::Diagnostic;

/// There is none.
pub(in crate::fleet) enum Parcel {}

/// There are none.
pub(in crate::fleet) enum Dictionaries {}

pub(in crate::fleet) fn packer(_: &Path, _: Pack, _: Shard, _: &Rows) -> Result<Box<dyn Packer>, Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn parcel(_: &str, _: &Image, _: Option<Dictionaries>) -> Result<Parcel, Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn each(_: &Path, _: Vec<Row>, _: bool, _: &mut Visit<'_>) -> Result<(), Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn expect_end(_: &Path, _: &str, _: Option<&Place>) -> Result<(), Diagnostic> {
    Err(fault::unpacking())
}

pub(in crate::fleet) fn ends_its_frame(_: &Path, _: &Row) -> Result<bool, Diagnostic> {
    Err(fault::unpacking())
}
