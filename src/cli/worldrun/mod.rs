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
use super::terminal::Terminal;

/// Lets an agent live a month on a world image; journals, replays and shows it.
#[derive(Parser)]
#[command(name = "worldrun", version, after_help = EXIT_CODES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   an answer of \"no\": a replay or two runs differ
  2   the input is wrong: an image, a run, an argument, a place to write to
  75  try again: the disk is full, another process holds the run, the system could not do it now

Colours follow NO_COLOR and are left out when the output is not a terminal.";

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

impl Command {
    /// Whether a program reads the answer; then it reads what is wrong in the same way.
    fn in_json(&self) -> bool {
        match self {
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
        match self {
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

/// Does what the command line asks, with the same room on every system.
pub fn main() -> ExitCode {
    super::with_room(obey)
}

/// Reads the command line, does what it asks, and says how it went as an exit code.
fn obey() -> ExitCode {
    let terminal = Terminal::of_this_process();
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => {
            let json = arguments.command.in_json();
            arguments.command.run(&terminal).map_err(|failure| if json { failure.in_json() } else { failure })
        }
        Err(help) => return terminal.usage(&help),
    };
    match outcome {
        Ok(done) => terminal.finish(done),
        Err(failure) => terminal.fail(&failure),
    }
}
