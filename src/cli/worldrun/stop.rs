//! `worldrun stop`: the operator ends a run.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use crate::Image;
use crate::forms::codes::{Cause, cause};
use crate::run::play::{self, Run};
use crate::run::state::End;

/// End a run before its month is over; it is graded as it stands
///
/// A run that another process lives ends when its agent acts next; one that nobody lives ends at once.
#[derive(Args)]
#[command(after_help = "Example:\n  worldrun stop run-1 --image march")]
pub(super) struct Stop {
    /// The folder of the run
    run: PathBuf,
    /// The image it was begun on
    #[arg(long)]
    image: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Stop {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let ended = match Run::resume(Image::open(&self.image)?, &self.run, true) {
            Ok(mut run) => {
                run.end(End::Stopped)?;
                true
            }
            Err(fault) if cause(fault.code) == Cause::InUse => {
                play::ask_to_stop(&self.run)?;
                false
            }
            Err(fault) => return Err(fault.into()),
        };
        let text = if ended { "the run is ended\n" } else { "the run ends when its agent acts next\n" };
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", json!({"ended": ended})),
            false => text.to_owned(),
        }))
    }
}
