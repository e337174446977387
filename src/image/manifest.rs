//! The manifest as read back: trusted only after its own hashes agree.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::image::hash::sha256;
use crate::image::json::canonical;
use crate::image::{FORMAT, paths};

/// What `manifest.json` says.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub os: String,
    pub timezone: String,
    /// SHA-256 of the canonical list of entries.
    pub public: String,
    /// HMAC-SHA256 of `sealed/index.json` under `sealed/blind`.
    pub sealed: String,
    /// Sorted by path.
    pub entries: Vec<Listing>,
    /// SHA-256 of the manifest's own text.
    #[serde(skip)]
    pub root: String,
}

/// An open file, or an open folder that holds nothing.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Listing {
    pub path: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub mode: String,
    /// Story time with the offset of the world's zone: `2026-02-04T14:03:00+01:00`.
    pub mtime: String,
    #[serde(default)]
    pub size: u64,
    #[serde(default)]
    pub sha256: String,
    #[serde(default)]
    pub media: String,
}

impl Listing {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.kind == "folder"
    }
}

impl Manifest {
    /// Reads a manifest; the error says in what way it is not one.
    pub(crate) fn parse(text: &str) -> Result<Manifest, String> {
        let tree: Json = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
        let version = tree["format"].as_u64();
        if version != Some(u64::from(FORMAT)) {
            let found = version.map_or("none".to_string(), |version| version.to_string());
            return Err(format!("has image format {found}; this program reads {FORMAT}"));
        }
        let public = sha256(canonical(&tree["entries"]).as_bytes());
        let manifest = Manifest::written(tree, text)?;
        if manifest.public != public {
            return Err("does not agree with its own public root".to_string());
        }
        if let Some((path, why)) = manifest.entries.iter().find_map(|e| Some((&e.path, paths::refusal(&e.path)?))) {
            return Err(format!("lists the path {path:?}, which {why}"));
        }
        Ok(manifest)
    }

    /// The manifest that was written as that text from that tree.
    pub(crate) fn written(tree: Json, text: &str) -> Result<Manifest, String> {
        let manifest: Manifest =
            serde_json::from_value(tree).map_err(|error| format!("has not the shape of one: {error}"))?;
        Ok(Manifest { root: sha256(text.as_bytes()), ..manifest })
    }

    /// The entry at a path of the image.
    pub fn entry(&self, path: &str) -> Option<&Listing> {
        let at = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        self.entries.get(at)
    }
}
