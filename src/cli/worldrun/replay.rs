//! `worldrun replay`: a journal lived again and compared, turn by turn.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use crate::Image;
use crate::run::play;

/// Live a journal again and compare every answer and every state
#[derive(Args)]
#[command(after_help = "Example:\n  worldrun replay run-1 --image march")]
pub(super) struct Replay {
    /// The folder of the run
    run: PathBuf,
    /// The image it was lived on
    #[arg(long)]
    image: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Replay {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let replayed = play::replay(Image::open(&self.image)?, &self.run)?;
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", json!({"turns": replayed.turns, "journal": replayed.hash, "same": true})),
            false => format!("{} turns, every one as it was\njournal  {}\n", replayed.turns, replayed.hash),
        }))
    }
}
