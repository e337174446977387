//! Everything an image will hold, with bytes but not yet hashed: what `render` returns and `pack` takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::formats;
use crate::value::Moment;

/// The entries of an image by their path in it: `disk/…`, `mail/…`, `sealed/…`.
#[derive(Debug)]
pub struct Files {
    pub(crate) entries: BTreeMap<String, Entry>,
    /// The IANA name of the zone that story times are local to.
    pub(crate) timezone: String,
    /// `windows`, `macos` or `linux`.
    pub(crate) os: &'static str,
    /// Key of the commitment to the sealed entries.
    pub(crate) blind: [u8; 32],
    /// What the search for leaks explains rather than refuses.
    pub(crate) notes: Vec<Diagnostic>,
    /// Where each group of facts is declared, as `file:line`; for the receipt, since it is no part of the world.
    pub(crate) declared: BTreeMap<String, String>,
}

/// A file, or a folder that holds nothing.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// None for a folder.
    pub bytes: Option<Arc<[u8]>>,
    pub time: Moment,
    pub media_type: &'static str,
}

impl Entry {
    /// A file saved at `time`; its media type follows from its name.
    pub fn file(path: &str, bytes: impl Into<Arc<[u8]>>, time: Moment) -> Entry {
        Entry { bytes: Some(bytes.into()), time, media_type: media_type(path) }
    }

    /// A folder that holds nothing.
    pub fn folder(time: Moment) -> Entry {
        Entry { bytes: None, time, media_type: "inode/directory" }
    }
}

/// What stands behind the last point of a name, in lower case; empty without one.
pub(crate) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// The media type that registries give to the extension.
pub(crate) fn media_type(path: &str) -> &'static str {
    formats::media_type(&extension(path)).unwrap_or("application/octet-stream")
}
