//! How a command ends: with text and an answer, or with a failure that names what is wrong.

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::disk::{self, whole::replace_whole};
use crate::forms::codes::cause;
use crate::source::Unread;

/// What a command prints, and whether its answer is yes.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// For standard output.
    pub(super) text: String,
    /// For standard error: warnings and remarks, which scripts that read the output do not want.
    pub(super) remarks: String,
    /// No: worlds differ, seeds fail, text is not formatted.
    pub(super) no: bool,
}

impl Done {
    /// Ended well with that text.
    pub(super) fn yes(text: impl Into<String>) -> Done {
        Done { text: text.into(), ..Done::default() }
    }

    /// Ended with the answer that `yes` says.
    pub(super) fn answer(yes: bool, text: impl Into<String>) -> Done {
        Done { text: text.into(), no: !yes, ..Done::default() }
    }

    /// Ended with the answer that `yes` says: for a program as JSON, for a person as it prints itself.
    pub(super) fn told(yes: bool, in_json: bool, answer: &(impl Serialize + Display)) -> Done {
        let json = || format!("{:#}\n", serde_json::to_value(answer).expect("an answer has a JSON form"));
        Done::answer(yes, if in_json { json() } else { answer.to_string() })
    }

    /// Adds a remark for standard error.
    pub(super) fn remark(mut self, text: impl AsRef<str>) -> Done {
        self.remarks.push_str(text.as_ref());
        self
    }
}

/// Why a command could not do what was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// Findings about a spec or an image.
    Findings(Diagnostics),
    /// What is wrong as JSON, for a reader that asked for JSON, with the exit code it has anyhow.
    Json(String, u8),
    /// Anything else that is wrong with the input, as a sentence.
    Wrong(String),
    /// The system could not do it right now.
    Temporary(String),
}

impl From<Diagnostics> for Failure {
    fn from(findings: Diagnostics) -> Failure {
        Failure::Findings(findings)
    }
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Failure {
        Failure::Findings(finding.into())
    }
}

impl Failure {
    /// An error of the system at that path; those that may pass by themselves are told apart.
    pub(super) fn system(path: &Path, error: &io::Error) -> Failure {
        Failure::unread(&format!("`{}`", path.display()), error.into())
    }

    /// What follows from a file that cannot be read.
    pub(super) fn unread(what: &str, why: Unread) -> Failure {
        let sentence = format!("{what}: {}", why.reason);
        if why.may_pass { Failure::Temporary(sentence) } else { Failure::Wrong(sentence) }
    }

    /// The same for a program: one shape for findings and for a sentence without a place.
    pub(super) fn in_json(self) -> Failure {
        let code = self.code();
        let answer = match self {
            Failure::Findings(findings) => as_json(&findings),
            Failure::Wrong(sentence) | Failure::Temporary(sentence) => {
                let finding = json!({ "code": null, "severity": "error", "message": sentence, "place": null });
                json!({ "errors": 1, "warnings": 0, "findings": [finding] })
            }
            Failure::Json(..) => return self,
        };
        Failure::Json(format!("{answer:#}\n"), code)
    }

    /// The exit code that `worldc --help` documents.
    pub(super) fn code(&self) -> u8 {
        match self {
            Failure::Findings(findings) if may_pass(findings) => TRY_AGAIN,
            Failure::Findings(_) | Failure::Wrong(_) => WRONG,
            Failure::Temporary(_) => TRY_AGAIN,
            Failure::Json(_, code) => *code,
        }
    }
}

/// The input is wrong: whoever tries again gets the same answer.
const WRONG: u8 = 2;
/// Nothing is wrong with the input.
const TRY_AGAIN: u8 = 75;

/// Whether nothing stands in the way but what may pass by itself.
fn may_pass(findings: &Diagnostics) -> bool {
    let mut errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error).peekable();
    errors.peek().is_some() && errors.all(|finding| cause(finding.code).may_pass())
}

/// Findings with their counts.
pub(super) fn as_json(findings: &Diagnostics) -> Value {
    let count = |severity| findings.list.iter().filter(|finding| finding.severity == severity).count();
    json!({
        "errors": count(Severity::Error), "warnings": count(Severity::Warning), "findings": findings.json(),
    })
}

/// The text of a file that the person named on the command line.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let unread = |why| Failure::unread(&format!("`{}` cannot be read", path.display()), why);
    let bytes = disk::read(path).map_err(unread)?;
    String::from_utf8(bytes).map_err(|_| unread("it is not UTF-8 text".to_owned().into()))
}

/// Puts a new text in a file's place; the old one stays whole until the new one is. A link to a file stays one, and what is no
/// plain file, as a pipe or a device, is written to.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let written = match fs::metadata(path) {
        Ok(about) if !about.is_file() => fs::write(path, text),
        // Where the system cannot resolve links there are none.
        _ => replace_whole(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()), text.as_bytes()),
    };
    written.map_err(|error| Failure::system(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_when_its_file_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "old").expect("written");
        std::os::unix::fs::symlink("file", &link).expect("linked");
        replace(&link, "new").expect("replaced");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("it is ours").count(), 2, "nothing is left beside them");
    }

    #[test]
    fn what_may_pass_is_tried_again_and_nothing_else() {
        let failure = |codes: &[&'static str]| {
            let list = codes.iter().map(|code| Diagnostic::global(code, "no")).collect();
            Failure::Findings(Diagnostics { list, ..Diagnostics::default() })
        };
        for (codes, exit) in [
            (&["E0609"][..], 75),
            (&["E0618"], 75),
            (&["E0609", "E0609"], 75),
            (&["E0609", "E0201"], 2),
            (&["E0601"], 2),
            (&[], 2),
        ] {
            assert_eq!(failure(codes).code(), exit, "{codes:?}");
            assert_eq!(failure(codes).in_json().code(), exit, "{codes:?} for a program");
        }
    }
}
