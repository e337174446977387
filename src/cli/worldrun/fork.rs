//! `worldrun fork`: another way from some turn on.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use crate::run::fork;

/// Begin another run that is the same up to a turn; `worldrun resume` goes on with it
#[derive(Args)]
#[command(
    after_help = "Example:\n  worldrun fork run-1 --at 120 --out run-2\n  worldrun resume run-2 --image march --agent idle"
)]
pub(super) struct Fork {
    /// The folder of the run
    run: PathBuf,
    /// The last turn that both share; 0 is the beginning
    #[arg(long)]
    at: u64,
    /// The folder of the new run
    #[arg(long)]
    out: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Fork {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let hash = fork::fork(&self.run, self.at, &self.out)?;
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", json!({"turns": self.at, "journal": hash})),
            false => format!("{} turns, another way from here\njournal  {hash}\n", self.at),
        }))
    }
}
