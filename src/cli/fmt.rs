//! `worldc fmt`: the one layout of a spec.

use std::path::{Path, PathBuf};

use clap::Args;

use super::outcome::{Done, Failure, read_text, replace};

/// Lay out specs the standard way, comments kept
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc fmt specs/hello.world\n  worldc fmt --check specs/*.world")]
pub(super) struct Fmt {
    /// The specs
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Change nothing; name the specs that are not laid out, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
}

impl Fmt {
    /// Formats all specs, or says which would change.
    pub(super) fn run(self) -> Result<Done, Failure> {
        let mut changed = String::new();
        for path in &self.specs {
            let before = read_text(path)?;
            let after = crate::format(&before).map_err(|findings| named(findings, path))?;
            if after != before {
                changed += &format!("{}\n", path.display());
                if !self.check {
                    replace(path, &after)?;
                }
            }
        }
        Ok(Done::answer(!self.check || changed.is_empty(), changed))
    }
}

/// Findings about a bare text, told with the name of the file it came from.
fn named(findings: crate::Diagnostics, path: &Path) -> Failure {
    Failure::Findings(findings.with_path(&path.to_string_lossy()))
}
