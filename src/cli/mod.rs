//! The shell around the library: one file per command. Each turns its arguments into a call of the library and the
//! answer into text; [`main`] prints that text and ends with an exit code.

mod build;
mod check;
mod choices;
mod completions;
mod diff;
mod explain;
mod fleet;
mod fmt;
mod lock;
mod new;
mod outcome;
#[cfg(test)]
mod people_tests;
mod prove;
mod seeds;
mod selftest;
mod show;
mod snapshot;
mod terminal;
mod verify;
mod why;
mod world;
pub mod worldrun;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use outcome::{Done, Failure};
use terminal::Terminal;

/// Compiles office worlds from facts: the same spec and seed give the same bytes.
#[derive(Parser)]
#[command(name = "worldc", version, after_help = EXIT_CODES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   an answer of \"no\": worlds differ, seeds fail, a proof does not hold, text is not formatted
  2   the input is wrong: a spec, an argument, an image, a place to write to
  75  try again: the disk is full, another process holds the shard, the system could not do it now

Colours follow NO_COLOR and are left out when the output is not a terminal.";

#[derive(Subcommand)]
enum Command {
    New(new::New),
    Fmt(fmt::Fmt),
    Check(check::Check),
    Build(build::Build),
    Prove(prove::Prove),
    Show(show::Show),
    Diff(diff::Diff),
    Why(why::Why),
    Seeds(seeds::Seeds),
    Snapshot(snapshot::Snapshot),
    Lock(lock::Lock),
    Fleet(fleet::Fleet),
    Selftest(selftest::Selftest),
    Verify(verify::Verify),
    Explain(explain::Explain),
    Completions(completions::Completions),
}

impl Command {
    /// Whether a program reads the answer; then it reads what is wrong in the same way.
    fn in_json(&self) -> bool {
        match self {
            Command::Check(command) => command.json,
            Command::Build(command) => command.json,
            Command::Prove(command) => command.json,
            Command::Show(command) => command.json,
            Command::Diff(command) => command.json,
            Command::Why(command) => command.json,
            Command::Seeds(command) => command.json,
            Command::Verify(command) => command.json,
            Command::Fleet(command) => command.json,
            Command::Selftest(command) => command.json,
            _ => false,
        }
    }

    /// Does what was asked.
    fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        match self {
            Command::New(command) => command.run(terminal),
            Command::Fmt(command) => command.run(),
            Command::Check(command) => command.run(terminal),
            Command::Build(command) => command.run(terminal),
            Command::Prove(command) => command.run(terminal),
            Command::Show(command) => command.run(),
            Command::Diff(command) => command.run(),
            Command::Why(command) => command.run(),
            Command::Snapshot(command) => command.run(terminal),
            Command::Seeds(command) => command.run(terminal),
            Command::Lock(command) => command.run(terminal),
            Command::Fleet(command) => command.run(terminal),
            Command::Selftest(command) => command.run(terminal),
            Command::Verify(command) => command.run(terminal),
            Command::Explain(command) => command.run(),
            Command::Completions(command) => Ok(command.run(&mut Arguments::command())),
        }
    }
}

/// Does what the command line asks, with the same room on every system.
pub fn main() -> ExitCode {
    with_room(obey)
}

/// Works on a stack that is deep enough for every spec.
fn with_room(work: fn() -> ExitCode) -> ExitCode {
    match std::thread::Builder::new().stack_size(crate::STACK).spawn(work) {
        // A panic has told its story already; 101 is its usual code.
        Ok(work) => work.join().unwrap_or(ExitCode::from(101)),
        // Where there are no threads, what the process has must do.
        Err(_) => work(),
    }
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
