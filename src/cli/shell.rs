//! What both programs do: they read the command line, do what it asks, and say how that went as an exit code.

use std::process::ExitCode;

use clap::Parser;

use super::outcome::{Done, Failure};
use super::terminal::Terminal;

/// The command line of a program.
pub(super) trait Shell: Parser {
    /// Whether a program reads the answer; then it reads what is wrong in the same way.
    fn in_json(&self) -> bool;
    /// Does what was asked.
    fn run(self, terminal: &Terminal) -> Result<Done, Failure>;
}

/// Does what the command line asks, on a stack that is deep enough for every spec on every system.
pub(super) fn main<S: Shell>() -> ExitCode {
    let work: fn() -> ExitCode = obey::<S>;
    match std::thread::Builder::new().stack_size(crate::STACK).spawn(work) {
        // A panic has told its story already; 101 is its usual code.
        Ok(work) => work.join().unwrap_or(ExitCode::from(101)),
        // Where there are no threads, what the process has must do.
        Err(_) => work(),
    }
}

/// Reads the command line, does what it asks, and says how it went as an exit code.
fn obey<S: Shell>() -> ExitCode {
    let terminal = Terminal::of_this_process();
    let outcome = match S::try_parse() {
        Ok(asked) => {
            let json = asked.in_json();
            asked.run(&terminal).map_err(|failure| if json { failure.in_json() } else { failure })
        }
        Err(help) => return terminal.usage(&help),
    };
    match outcome {
        Ok(done) => terminal.finish(done),
        Err(failure) => terminal.fail(&failure),
    }
}

/// What the exit codes of a program mean: what its "no" says, what its input is, and what another process may hold.
pub(super) fn exit_codes(no: &str, input: &str, held: &str) -> String {
    format!(
        "\
Exit codes:
  0   done
  1   an answer of \"no\": {no}
  2   the input is wrong: {input}, a place to write to
  75  try again: the disk is full, another process holds the {held}, the system could not do it now

Colours follow NO_COLOR and are left out when the output is not a terminal."
    )
}
