//! `worldrun diff`: where two runs part.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use crate::run::difference;

/// Compare two runs: the first turn that differs, and in what
#[derive(Args)]
#[command(after_help = "Example:\n  worldrun diff run-1 run-2")]
pub(super) struct Diff {
    /// The folder of one run
    one: PathBuf,
    /// The folder of the other
    other: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Diff {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let parted = difference::first(&self.one, &self.other)?;
        let text = match (&parted, self.json) {
            (None, false) => "the runs are the same\n".to_owned(),
            (Some(parted), false) => parted.text(),
            (parted, true) => {
                let parted = parted.as_ref().map(difference::Difference::json);
                format!("{:#}\n", json!({"same": parted.is_none(), "difference": parted}))
            }
        };
        Ok(Done::answer(parted.is_none(), text))
    }
}
