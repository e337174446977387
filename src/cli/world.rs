//! From a spec on the disk to an image in memory: what `build`, `seeds`, `lock`, `verify` and `snapshot` share.

use std::path::Path;

use crate::{Diagnostics, Spec};

/// The spec at that path, proven.
pub(super) fn checked(path: &Path) -> Result<Spec, Diagnostics> {
    crate::load(path).and_then(crate::check)
}
