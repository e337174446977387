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
mod shell;
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
use shell::Shell;
use terminal::Terminal;

/// Compiles office worlds from facts: the same spec and seed give the same bytes.
#[derive(Parser)]
#[command(name = "worldc", version, after_help = exit_codes(), arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn exit_codes() -> String {
    let no = "worlds differ, seeds fail, a proof does not hold, text is not formatted";
    shell::exit_codes(no, "a spec, an argument, an image", "shard")
}

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

impl Shell for Arguments {
    fn in_json(&self) -> bool {
        match &self.command {
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

    fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        match self.command {
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

/// Does what the command line asks.
pub fn main() -> ExitCode {
    shell::main::<Arguments>()
}
