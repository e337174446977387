//! `worldc diff`: how two worlds differ in meaning.

use std::path::PathBuf;

use clap::Args;

use super::outcome::{Done, Failure};
use crate::Image;

/// Compare two images: facts first, then cells, paragraphs and messages, each with the fact behind it
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc diff fpa_march@1 fpa_march@7\n  worldc diff old new --json\n\n\
                        Exits with 1 if the worlds differ.")]
pub(super) struct Diff {
    /// One image
    before: PathBuf,
    /// The other
    after: PathBuf,
    /// Print the differences as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Diff {
    /// The differences.
    pub(super) fn run(self) -> Result<Done, Failure> {
        let difference = Image::open(&self.before)?.diff(&Image::open(&self.after)?)?;
        let text = if self.json { format!("{:#}\n", difference.json()) } else { difference.to_string() };
        Ok(Done::answer(difference.is_empty(), text))
    }
}
