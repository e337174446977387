//! The shell around the runner: one file per command.

mod diff;
mod export;
mod fork;
mod grade;
#[cfg(feature = "run")]
mod instant;
mod live;
mod misses;
mod replay;
mod show;
mod stage;
mod stop;
mod who;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::outcome::{Done, Failure};
use super::shell::{self, Shell};
use super::terminal::Terminal;

/// Lets an agent live a month on a world image; journals, replays and shows it.
#[derive(Parser)]
#[command(name = "worldrun", version, after_help = exit_codes(), arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn exit_codes() -> String {
    shell::exit_codes("a replay or two runs differ", "an image, a run, an argument", "run")
}

#[derive(Subcommand)]
enum Command {
    Run(live::Run),
    Resume(live::Resume),
    Replay(replay::Replay),
    Fork(fork::Fork),
    Diff(diff::Diff),
    Misses(misses::Misses),
    Grade(grade::Grade),
    Show(show::Show),
    Export(export::Export),
    Stop(stop::Stop),
}

impl Shell for Arguments {
    fn in_json(&self) -> bool {
        match &self.command {
            Command::Run(command) => command.in_json(),
            Command::Resume(command) => command.in_json(),
            Command::Replay(command) => command.json,
            Command::Fork(command) => command.json,
            Command::Diff(command) => command.json,
            Command::Misses(command) => command.json,
            Command::Grade(command) => command.json,
            Command::Stop(command) => command.json,
            Command::Show(_) | Command::Export(_) => false,
        }
    }

    fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        match self.command {
            Command::Run(command) => command.run(terminal),
            Command::Resume(command) => command.run(terminal),
            Command::Replay(command) => command.run(),
            Command::Fork(command) => command.run(),
            Command::Diff(command) => command.run(),
            Command::Misses(command) => command.run(),
            Command::Grade(command) => command.run(),
            Command::Show(command) => command.run(),
            Command::Export(command) => command.run(),
            Command::Stop(command) => command.run(),
        }
    }
}

/// Does what the command line asks.
pub fn main() -> ExitCode {
    shell::main::<Arguments>()
}
