//! `worldrun replay`: a journal lived again and compared, turn by turn.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use crate::Image;
use crate::run::replay;

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
    pub(super) json: bool,
}

impl Replay {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let replayed = replay::replay(Image::open(&self.image)?, &self.run)?;
        let replay::Replayed { turns, hash, torn } = &replayed;
        let text = match self.json {
            true => format!("{:#}\n", json!({"turns": turns, "journal": hash, "torn": torn, "same": !torn})),
            false if *torn => format!("turn {} is torn: it never was; {turns} before it are as they were\n", turns + 1),
            false => format!("{turns} turns, every one as it was\njournal  {hash}\n"),
        };
        Ok(Done::answer(!torn, text))
    }
}
