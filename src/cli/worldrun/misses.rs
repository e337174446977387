//! `worldrun misses`: what colleagues did not understand.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value as Json, json};

use super::super::outcome::{Done, Failure};
use crate::Image;
use crate::image::time::minute;
use crate::run::replay::relive_all;

/// List the messages that opened no topic, with whom they were sent to
#[derive(Args)]
#[command(after_help = "Example:\n  worldrun misses run-1 run-2 --image march")]
pub(super) struct Misses {
    /// The folders of the runs
    #[arg(required = true)]
    runs: Vec<PathBuf>,
    /// The image they were lived on
    #[arg(long)]
    image: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Misses {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let mut missed: Vec<Json> = Vec::new();
        for run in &self.runs {
            let lived = relive_all(Image::open(&self.image)?, run, &mut |_, _, _| {})?;
            let row = |(at, person, text): &(crate::value::Moment, String, String)| json!({"run": run.display().to_string(), "at": minute(&at.iso()), "person": person, "text": text.trim()});
            missed.extend(lived.state.missed.iter().map(row));
        }
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", Json::from(missed)),
            false if missed.is_empty() => "every message was understood\n".to_owned(),
            false => missed.iter().map(line).collect(),
        }))
    }
}

fn line(miss: &Json) -> String {
    let word = |name: &str| miss[name].as_str().unwrap_or_default();
    format!("{}  {}  {}  {:?}\n", word("run"), word("at"), word("person"), word("text"))
}
