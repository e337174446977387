//! Checks on what was made: reads any file as a person sees it and says whether a condition holds, and why.
//!
//! The same judge answers colleagues during the month (`when = passes(report)`) and grades at its end: both hand it a
//! [`scene::Scene`], which is plain data, so that a verdict depends on nothing else.

pub(crate) mod answer;
pub(crate) mod compare;
pub(crate) mod condition;
pub(crate) mod copied;
pub(crate) mod dates;
pub(crate) mod deliverable;
pub(crate) mod facts;
pub(crate) mod numbers;
pub(crate) mod pages;
pub(crate) mod predicates;
pub(crate) mod reading;
pub(crate) mod rivals;
pub(crate) mod scene;
pub(crate) mod subject;
pub(crate) mod verdict;

use crate::image::script::Script;
use crate::value::Moment;
use scene::{Blobs, Scene};

/// All a verdict is given.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    /// The moment that is asked about; what the scene holds may be older.
    pub now: Moment,
    pub scene: &'a Scene,
    pub script: &'a Script,
    pub blobs: &'a dyn Blobs,
    /// Where rivals are looked up; without it there are none.
    pub facts: Option<&'a facts::Facts>,
}

impl<'a> Frame<'a> {
    /// The same scene asked about another moment.
    pub(crate) fn at(self, now: Moment) -> Frame<'a> {
        Frame { now, ..self }
    }
}
