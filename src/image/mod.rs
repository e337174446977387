//! The image of a world: one computer as a month begins, as files under one hash.
//!
//! ```text
//! Plan ─render─▶ Files ─pack─▶ Image ─save─▶ folder ─open─▶ Image
//! ```
//!
//! | in the folder | is |
//! |---|---|
//! | `manifest.json` | canonical JSON: every open entry with size, story time, mode, hash; its SHA-256 is the root |
//! | `receipt.json` | how it was made; not part of the root |
//! | `disk/`, `mail/` | what the agent meets |
//! | `sealed/` | facts, people, objectives, schedule, provenance; committed to under a blind, never served |

pub(crate) mod bytes;
pub(crate) mod correspondence;
pub(crate) mod diff;
pub(crate) mod encode;
pub(crate) mod fault;
pub(crate) mod files;
pub(crate) mod hash;
pub(crate) mod json;
pub(crate) mod leak;
pub(crate) mod manifest;
pub(crate) mod open;
pub(crate) mod pack;
pub(crate) mod paths;
pub(crate) mod pool;
pub(crate) mod render;
pub(crate) mod save;
pub(crate) mod script;
pub(crate) mod sealed;
pub(crate) mod show;
pub(crate) mod snapshot;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod why;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

pub use manifest::{Listing, Manifest};
pub use pack::{Receipt, pack};
pub use render::render;
pub use snapshot::snapshot;

/// Version of the image format, in every manifest.
pub(crate) const FORMAT: u32 = 1;

/// A world image, in memory or as a folder that is read when asked.
#[derive(Debug)]
pub struct Image {
    manifest: Manifest,
    store: Store,
}

/// Where the bytes are.
#[derive(Debug)]
enum Store {
    Memory(BTreeMap<String, Arc<[u8]>>),
    Folder(PathBuf),
}

impl Image {
    /// What stands in the folder of an image.
    pub(crate) const PARTS: [&str; 5] = ["disk", "mail", "manifest.json", "receipt.json", "sealed"];

    pub(crate) fn in_memory(manifest: Manifest, store: BTreeMap<String, Arc<[u8]>>) -> Image {
        Image { manifest, store: Store::Memory(store) }
    }

    /// What the image says about its open entries.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The name of the world: the SHA-256 of its manifest.
    pub fn root(&self) -> &str {
        &self.manifest.root
    }

    /// The name of what the agent sees at the start; twins with other secrets share it.
    pub fn public_root(&self) -> &str {
        &self.manifest.public
    }
}
