//! Where the bytes of a run are: in the image, and in blobs named by their digest.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::image::hash::sha256;
use crate::judge::scene::{Blobs, Digest};
use crate::run::setting::Setting;
use crate::run::tool::Store;

/// Blobs in memory: for proofs, replays and tests.
pub(crate) struct MemoryStore {
    setting: Arc<Setting>,
    blobs: BTreeMap<Digest, Arc<[u8]>>,
}

impl MemoryStore {
    pub(crate) fn of(setting: Arc<Setting>) -> MemoryStore {
        MemoryStore { setting, blobs: BTreeMap::new() }
    }
}

impl Blobs for MemoryStore {
    fn bytes(&self, digest: &str) -> Option<Arc<[u8]>> {
        self.blobs.get(digest).cloned().or_else(|| self.setting.bytes(digest))
    }
}

impl Store for MemoryStore {
    fn keep(&mut self, bytes: &[u8]) -> Digest {
        let digest: Digest = sha256(bytes).into();
        self.blobs.entry(digest.clone()).or_insert_with(|| bytes.into());
        digest
    }
}

/// Blobs in a folder of the run. What could not be written is remembered and refused with the turn that made it.
pub(crate) struct FolderStore {
    setting: Arc<Setting>,
    folder: PathBuf,
    /// Whether every blob is on the disk for certain before it counts.
    sync: bool,
    pub fault: Option<io::Error>,
}

impl FolderStore {
    pub(crate) fn of(setting: Arc<Setting>, folder: PathBuf, sync: bool) -> FolderStore {
        FolderStore { setting, folder, sync, fault: None }
    }
}

impl Blobs for FolderStore {
    fn bytes(&self, digest: &str) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.setting.bytes(digest) {
            return Some(bytes);
        }
        let bytes = fs::read(self.folder.join(digest)).ok()?;
        (sha256(&bytes) == digest).then(|| bytes.into())
    }
}

impl Store for FolderStore {
    fn keep(&mut self, bytes: &[u8]) -> Digest {
        let digest: Digest = sha256(bytes).into();
        let path = self.folder.join(&*digest);
        let known = path.exists() || self.setting.bytes(&digest).is_some();
        let kept = if known { Ok(()) } else { write_whole(&path, bytes, self.sync) };
        if let Err(error) = kept {
            self.fault.get_or_insert(error);
        }
        digest
    }
}

/// Writes a file under a temporary name and renames it, so that it is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    if sync {
        file.sync_data()?;
    }
    fs::rename(&unfinished, path)?;
    match path.parent().filter(|_| sync) {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
