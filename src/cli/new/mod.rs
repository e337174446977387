//! `worldc new`: a small world to begin from, in which every line is needed.

mod answers;
mod country;

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use answers::Answers;

/// The world, with a place for each answer.
const SMALL: &str = include_str!("small.world");

/// Write a small world to begin from; at a terminal it asks six questions
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc new\n  worldc new --yes first.world\n  \
                        worldc new --yes --job 'Buyer' --country gb --hand-in 'Report.xlsx'")]
pub(super) struct New {
    /// Where to write it; by default the world's name with `.world`
    file: Option<PathBuf>,
    /// Ask nothing: what no option says takes its default
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    answers: Answers,
}

impl New {
    /// Asks, writes, and says what to do next.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let mut answers = self.answers;
        answers.check()?;
        if !self.yes && terminal.can_ask() {
            answers.ask(terminal)?;
        }
        let file = self.file.unwrap_or_else(|| PathBuf::from(format!("{}.world", answers.name)));
        write_new(&file, &answers.fill(SMALL))?;
        let file = file.display();
        Ok(Done::yes(format!("{file} is written. Next:\n  worldc check {file}\n  worldc build {file} --seed 1\n")))
    }
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::Wrong(format!("`{}` exists already; name another file", path.display()))
        }
        _ => Failure::system(path, &error),
    })
}
