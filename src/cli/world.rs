//! From a spec on the disk to an image in memory: what `build`, `seeds`, `lock`, `verify` and `snapshot` share.

use std::path::Path;

use super::choices::Choices;
use super::outcome::Failure;
use crate::image::pool;
use crate::{Diagnostics, Image, Settings, Spec};

/// A world that was built, and what the compiler remarked about its spec.
pub(super) struct Built {
    pub(super) image: Image,
    pub(super) warnings: Diagnostics,
}

impl Built {
    /// Loads, checks and builds.
    pub(super) fn of(spec: &Path, settings: &Settings) -> Result<Built, Failure> {
        let spec = checked(spec)?;
        let build = || crate::build_noting(&spec, settings);
        let (image, notes) = if settings.threads == 1 { pool::alone(build) } else { build() }?;
        let mut warnings = spec.warnings();
        warnings.list.extend(notes.list);
        Ok(Built { image, warnings })
    }

    /// How many open files there are, and how many bytes they hold.
    pub(super) fn size(&self) -> (usize, u64) {
        let files = || self.image.manifest().entries.iter().filter(|entry| !entry.is_folder());
        (files().count(), files().map(|entry| entry.size).sum())
    }
}

/// The settings of the world that a path and a seed name; none where the path is an image, which has its seed.
pub(super) fn settings_of(path: &Path, seed: Option<u64>, choices: &Choices) -> Result<Option<Settings>, Failure> {
    match (seed, path.is_dir()) {
        (None, true) if choices.choose_a_world() => {
            Err(Failure::Wrong("an image is a world already: leave --set and --salt-file out".into()))
        }
        (None, true) => Ok(None),
        (Some(seed), false) => choices.settings(seed).map(Some),
        (Some(_), true) => Err(Failure::Wrong("an image has its seed already: leave --seed out".into())),
        (None, false) if !path.exists() => Err(Failure::Wrong(format!("`{}` does not exist", path.display()))),
        (None, false) => Err(Failure::Wrong("a spec has many worlds: say which one with --seed".into())),
    }
}

/// The spec at that path, proven.
pub(super) fn checked(path: &Path) -> Result<Spec, Diagnostics> {
    crate::load(path).and_then(crate::check)
}
