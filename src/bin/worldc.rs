//! The compiler of office worlds; see `worldc --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    worldc::cli::main()
}
