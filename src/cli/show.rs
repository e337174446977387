//! `worldc show`: an image as text for people.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::outcome::{Done, Failure};
use crate::Image;

/// Show an image: its tree, its facts, its month, its secrets, or any file as text
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc show fpa_march@7\n  worldc show fpa_march@7 facts\n  \
                        worldc show fpa_march@7 calendar\n  worldc show fpa_march@7 --secrets\n  \
                        worldc show fpa_march@7 'Close memo 2025-03.docx'")]
pub(super) struct Show {
    /// The image
    image: PathBuf,
    /// `facts`, `calendar`, a folder, or a file: as stored, as the agent sees it, or the end of its path
    path: Option<String>,
    /// What the agent must find out: who knows it, from when, how to ask, what points there, which check wants it
    #[arg(long, conflicts_with = "path")]
    secrets: bool,
    /// Print it as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Show {
    /// The text.
    pub(super) fn run(self) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        let path = self.path.as_deref();
        let text = match (self.secrets, self.json) {
            (true, false) => image.show_secrets()?,
            (true, true) => format!("{:#}", json!(image.show_secrets()?.lines().collect::<Vec<_>>())),
            (false, false) => image.show(path)?,
            (false, true) => format!("{:#}", image.show_json(path)?),
        };
        Ok(Done::yes(text.trim_end().to_owned() + "\n"))
    }
}
