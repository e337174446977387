//! Checks on what was made: reads any file as a person sees it and says whether a condition holds, and why.
//!
//! The same judge answers colleagues during the month (`when = passes(report)`) and grades at its end: both hand it a
//! [`scene::Scene`], which is plain data, so that a verdict depends on nothing else.

pub(crate) mod scene;
