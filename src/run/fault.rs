//! What can go wrong with a run, in words for whoever operates it.

use std::path::Path;

use crate::diag::Diagnostic;

/// A run stands in the folder already.
pub(crate) fn taken(folder: &Path) -> Diagnostic {
    Diagnostic::global("E0621", format!("{} holds a run already", folder.display()))
        .help("go on with it by `worldrun resume`, or give another folder with --out")
}

/// Another process lives the run.
pub(crate) fn in_use(folder: &Path) -> Diagnostic {
    Diagnostic::global("E0622", format!("the run in {} is in use by another process", folder.display()))
        .help("wait until it ends; a process that was killed holds no lock")
}

/// No run stands in the folder.
pub(crate) fn no_run(folder: &Path) -> Diagnostic {
    Diagnostic::global("E0630", format!("{} holds no run", folder.display()))
        .note("a run stands in its folder once its journal has begun")
        .help("begin it by `worldrun run`")
}

/// A journal that was changed behind the runner's back.
pub(crate) fn broken(path: &Path, line: usize) -> Diagnostic {
    // The header is line 1, so turn n stands in line n + 1.
    let what = if line == 1 { "its header".to_owned() } else { format!("turn {}", line - 1) };
    Diagnostic::global("E0623", format!("{}: {what} is not what was written", path.display()))
        .note("every line is hashed together with the one before; a changed byte breaks the chain")
        .help("only a torn last line can be mended; take the run from a copy")
}

/// What a journal cannot be used with.
pub(crate) fn foreign(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0624", format!("{} {why}", path.display()))
        .help("replay with the image and the version of the program that the header names")
}

/// Living the turn again gave something else.
pub(crate) fn diverged(path: &Path, turn: u64, how: &str) -> Diagnostic {
    Diagnostic::global("E0625", format!("{}: turn {turn} came out differently: {how}", path.display()))
        .note("blobs of the run or the image are not those of the first time")
}

/// A turn that a journal does not have.
pub(crate) fn too_short(path: &Path, turn: u64) -> Diagnostic {
    Diagnostic::global("E0626", format!("{} has no turn {turn}", path.display()))
        .help("`worldrun show --turns` lists them; turn 0 is before the first")
}

/// A run in which something sealed came up [L3].
pub(crate) fn invalid(folder: &Path, turn: u64) -> Diagnostic {
    Diagnostic::global("E0628", format!("the run in {} is invalid", folder.display()))
        .note(format!("in turn {turn} a word came up that stands in the sealed part of the image and nowhere else"))
        .help("keep the image where the agent cannot read it, and let another run be lived")
}

/// Bytes of a run that are not what their name says.
pub(crate) fn changed(path: &Path) -> Diagnostic {
    Diagnostic::global("E0627", format!("{} is not what was written", path.display()))
        .note("a blob is named by the SHA-256 of its bytes")
        .help("take the run from a copy")
}
