//! `parse`: text to [`Tree`], and `format`: the one way a `.world` file is laid out.

pub(crate) mod tree;

pub(crate) use tree::*;
