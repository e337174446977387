//! `worldrun grade`: what a run is worth, and why.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::super::outcome::{Done, Failure};
use crate::Image;
use crate::disk::whole::write_whole;
use crate::grade;

/// Grade a run: grade.json and reward.json in its folder, and a table here
#[derive(Args)]
#[command(after_help = "Example:\n  worldrun grade run-1 --image march")]
pub(super) struct Grade {
    /// The folder of the run
    run: PathBuf,
    /// The image it was lived on
    #[arg(long)]
    image: PathBuf,
    /// A judge's scores for the rubric lines: {"journal": HASH, "scores": [{"objective", "part", "rubric", "score", "why"}]}
    #[arg(long)]
    judged: Option<PathBuf>,
    /// Print grade.json instead of the table
    #[arg(long)]
    pub(super) json: bool,
}

impl Grade {
    pub(super) fn run(self) -> Result<Done, Failure> {
        let mut report = grade::grade(Image::open(&self.image)?, &self.run)?;
        if let Some(path) = &self.judged {
            let text = fs::read_to_string(path).map_err(|error| Failure::system(path, &error))?;
            report = report.with_judge(path, &text)?;
        }
        for (name, json) in [("grade.json", report.json()), ("reward.json", report.reward_json())] {
            let path = self.run.join(name);
            let written = write_whole(&path, format!("{json:#}\n").as_bytes(), true);
            written.map_err(|error| Failure::system(&path, &error))?;
        }
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", report.json()),
            false => report.text(),
        }))
    }
}
