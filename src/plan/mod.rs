//! `plan`: everything a seed decides.

pub(crate) mod types;

pub use types::*;
