//! Names become declarations; imports and data are read.

pub(crate) mod program;
