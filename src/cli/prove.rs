//! `worldc prove`: whether the world of a seed tells right work from wrong.

use std::path::PathBuf;

use clap::Args;

use super::choices::Choices;
use super::outcome::{Done, Failure, replace};
use super::terminal::Terminal;
use super::world::{Built, settings_of};
use crate::prove;
use crate::{Diagnostics, Image};

/// Prove that a world tells right work from wrong
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc prove specs/fpa_march.world --seed 7\n  \
                        worldc prove specs/fpa_march.world --seed 7 --out proofs.json\n  \
                        worldc prove fpa_march@7\n\n\
                        Exits with 1 if something does not hold.")]
pub(super) struct Prove {
    /// The spec, or an image
    #[arg(value_name = "SPEC")]
    path: PathBuf,
    /// Which world of the spec
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Where to write proofs.json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Let the clerk live a month too: a long one
    #[arg(long)]
    clerk: bool,
    /// Print proofs.json instead of the table
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    choices: Choices,
}

impl Prove {
    /// Proves the image, or the world that is built in memory for it.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let (image, warnings) = match settings_of(&self.path, self.seed, &self.choices)? {
            None => (Image::open(&self.path)?, Diagnostics::default()),
            Some(settings) => {
                let built = Built::of(&self.path, &settings)?;
                (built.image, built.warnings)
            }
        };
        let proofs = prove::prove(image, self.clerk)?;
        let json = format!("{:#}\n", proofs.json());
        if let Some(out) = &self.out {
            replace(out, &json)?;
        }
        let text = if self.json { json } else { proofs.text() };
        Ok(Done::answer(proofs.hold(), text).remark(warnings.picture(terminal.colours())))
    }
}
