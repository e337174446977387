//! What can go wrong with an image as a folder, in words for the person at the terminal.

use std::path::Path;

use crate::diag::Diagnostic;
use crate::disk::{may_pass, reason};

/// Writing failed.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    refused("E0601", format!("cannot write {}: {}", path.display(), reason(error)), error)
}

/// Reading failed.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    refused("E0602", format!("cannot read {}: {}", path.display(), reason(error)), error)
}

/// What the system refused has that code, unless it may do it later: then whoever asked should ask again, which the code
/// alone must tell.
fn refused(code: &'static str, message: String, error: &std::io::Error) -> Diagnostic {
    match may_pass(error) {
        true => Diagnostic::global("E0609", message).help("make room if there is none, then try again"),
        false => Diagnostic::global(code, message),
    }
}

/// Something stands where the image should go.
pub(crate) fn occupied(path: &Path) -> Diagnostic {
    Diagnostic::global("E0603", format!("{} is there already", path.display()))
        .help("give another folder with --out, or move it away")
}

/// Something stands there that no build made.
pub(crate) fn precious(path: &Path) -> Diagnostic {
    Diagnostic::global("E0603", format!("{} is not a world image, so --force does not replace it", path.display()))
        .help("give another folder with --out, or move it away")
}

/// The folder is no image.
pub(crate) fn not_an_image(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0604", format!("{} is not a world image: {why}", path.display()))
        .help("an image is the folder that `worldc build` writes; it has a manifest.json")
}

/// The image is not what its manifest says.
pub(crate) fn damaged(path: &str, why: &str) -> Diagnostic {
    Diagnostic::global("E0605", format!("the image is damaged: {path} {why}"))
}

/// The image has no such file, fact or place.
pub(crate) fn missing(what: &str) -> Diagnostic {
    Diagnostic::global("E0606", format!("the image has no {what}"))
}

/// A path that must not be written.
pub(crate) fn unsafe_path(path: &str, why: &str) -> Diagnostic {
    Diagnostic::global("E0607", format!("the path {path:?} {why}"))
}

/// A document that cannot be made or read in its format.
pub(crate) fn unformatted(path: &str, why: &str) -> Diagnostic {
    Diagnostic::global("E0608", format!("{path}: {why}"))
}
