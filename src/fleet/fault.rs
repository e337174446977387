//! What can be wrong with a fleet, in words for the person at the terminal.

use std::path::Path;

use crate::diag::Diagnostic;

/// The folder holds something else.
pub(super) fn foreign(path: &Path, what: &str) -> Diagnostic {
    Diagnostic::global("E0611", format!("{} is no fleet: {what}", path.display()))
        .help("give a new folder with --out, or move what stands there away")
}

/// The folder holds another fleet.
pub(super) fn other_recipe(path: &Path, what: &str) -> Diagnostic {
    Diagnostic::global("E0612", format!("{} holds a fleet of another recipe: {what}", path.display()))
        .help("give a new folder with --out; nothing was changed here")
}

/// A record of the fleet cannot be used.
pub(super) fn damaged(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0613", format!("the fleet is damaged: {} {why}", path.display()))
        .help("build it once more into the same folder: what is whole is kept")
}

/// Some worlds have no row yet.
pub(super) fn unfinished(missing: usize, first: &str) -> Diagnostic {
    Diagnostic::global("E0614", format!("the fleet is not complete: {missing} worlds are missing, first {first}"))
        .help("run the shards that are left, then merge")
}

/// Hardly any seed of a spec makes a world.
pub(super) fn barren(spec: &str, seed: u64, tried: u64) -> Diagnostic {
    Diagnostic::global("E0615", format!("the last {tried} seeds of {spec} before {seed} make no world"))
        .help("ask `worldc seeds` why, and loosen what they fail on")
}
