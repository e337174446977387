//! `worldc why`: which facts a place was printed from.

use std::path::PathBuf;

use clap::Args;

use super::outcome::{Done, Failure};
use crate::Image;

/// Tell which facts a file, cell, paragraph or message was printed from
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc why fpa_march@7 'Budget 2026 FINAL.xlsx#Budget!E7'\n  \
                        worldc why fpa_march@7 'Close memo 2025-03.docx#p4'\n  worldc why fpa_march@7 'Travel policy.pdf'")]
pub(super) struct Why {
    /// The image
    image: PathBuf,
    /// A file, with or without a place in it: `#Sheet!E7`, `#p4`, `#s3`, `#l3`, `#title`
    #[arg(value_name = "PATH[#PLACE]")]
    place: String,
    /// Print the answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Why {
    /// The facts.
    pub(super) fn run(self) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        let (path, place) = match self.place.rsplit_once('#') {
            Some((path, place)) if !place.is_empty() => (path, Some(place)),
            _ => (self.place.as_str(), None),
        };
        // A file's own name may hold the sign that begins a place.
        let why = image.why(path, place).or_else(|error| image.why(&self.place, None).map_err(|_| error))?;
        let text = if self.json { format!("{:#}", why.json()) } else { why.to_string() };
        Ok(Done::yes(text.trim_end().to_owned() + "\n"))
    }
}
