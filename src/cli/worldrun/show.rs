//! `worldrun show`: a run day by day.

use std::path::PathBuf;

use clap::Args;

use super::super::outcome::{Done, Failure};
use crate::run::story;

/// Show a run day by day: what was done, who was asked, what was made
#[derive(Args)]
#[command(after_help = "Examples:\n  worldrun show run-1\n  worldrun show run-1 --turns")]
pub(super) struct Show {
    /// The folder of the run
    run: PathBuf,
    /// Every turn on a line of its own
    #[arg(long)]
    turns: bool,
}

impl Show {
    pub(super) fn run(self) -> Result<Done, Failure> {
        Ok(Done::yes(story::tell(&self.run, self.turns)?))
    }
}
