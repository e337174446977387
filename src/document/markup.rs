//! What people leave in a document they work on together: remarks beside the text, and changes to be accepted or not.

use super::Facts;
use crate::value::Moment;

/// A comment of somebody on a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    pub author: String,
    pub initials: String,
    pub at: Moment,
    pub text: String,
    pub facts: Facts,
}

/// A tracked change: a run that somebody put in or struck out.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Struck out; otherwise put in.
    pub deleted: bool,
    pub author: String,
    pub at: Moment,
}
