//! `worldrun export`: what an agent saw and did, for whoever learns from it.

use std::path::PathBuf;

use clap::Args;

use super::super::outcome::{Done, Failure, replace};
use crate::Image;
use crate::run::transcript::trajectory;

/// Write a run as a trajectory (ATIF-v1.8): what the agent was told, said and was answered, and nothing else
#[derive(Args)]
#[command(after_help = "Example:\n  worldrun export run-1 --image march --out trajectory.json")]
pub(super) struct Export {
    /// The folder of the run
    run: PathBuf,
    /// The image it was lived on
    #[arg(long)]
    image: PathBuf,
    /// The file to write: standard output if it is not said
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let text = format!("{}\n", trajectory(Image::open(&self.image)?, &self.run)?);
        match self.out {
            None => Ok(Done::yes(text)),
            Some(out) => {
                replace(&out, &text)?;
                Ok(Done::yes(format!("{} holds the trajectory\n", out.display())))
            }
        }
    }
}
