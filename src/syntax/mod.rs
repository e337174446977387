//! `parse`: text to [`Tree`], and `format`: the one way a `.world` file is laid out.

mod balance;
mod build;
mod expression;
mod format;
pub(crate) mod literal;
mod parse;
mod scan;
mod text;
pub(crate) mod tree;
mod unexpected;

pub(crate) use balance::EDITION;
pub(crate) use format::format;
pub(crate) use parse::parse;
pub(crate) use tree::*;

#[cfg(test)]
mod tests;
