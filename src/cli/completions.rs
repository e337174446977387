//! `worldc completions`: what a shell needs to complete our command lines.

use clap::Args;
use clap_complete::Shell;

use super::outcome::Done;

/// Print a completion script for a shell
#[derive(Args)]
#[command(after_help = "Example:\n  worldc completions bash > ~/.local/share/bash-completion/completions/worldc")]
pub(super) struct Completions {
    /// The shell it is for
    shell: Shell,
}

impl Completions {
    /// The script.
    pub(super) fn run(self, arguments: &mut clap::Command) -> Done {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, arguments, "worldc", &mut script);
        Done::yes(String::from_utf8_lossy(&script))
    }
}
