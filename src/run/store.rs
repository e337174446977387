//! Where the bytes of a run are: in the image, and in blobs named by their digest.

use std::collections::BTreeMap;
use std::fs;
use std::io;
#[cfg(all(feature = "run", unix))]
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

#[cfg(all(feature = "run", unix))]
use sha2::{Digest as _, Sha256};

use crate::disk::whole::write_whole;
#[cfg(all(feature = "run", unix))]
use crate::image::hash::hex;
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

#[cfg(all(feature = "run", unix))]
impl FolderStore {
    /// Keeps what a file holds, a piece at a time; nothing if that is more than `most` bytes.
    pub(crate) fn keep_file(&mut self, file: &mut impl io::Read, most: u64) -> io::Result<Option<(Digest, u64)>> {
        let unfinished = self.folder.join("incoming.unfinished");
        let mut blob = fs::File::create(&unfinished)?;
        let (mut hash, mut size) = (Sha256::new(), 0);
        let whole = pieces(file, &mut |piece| {
            size += piece.len() as u64;
            hash.update(piece);
            if size > most { Ok(false) } else { blob.write_all(piece).map(|()| true) }
        })?;
        if !whole {
            return Ok(None);
        }
        let digest: Digest = hex(&hash.finalize()).into();
        if self.sync {
            blob.sync_data()?;
        }
        fs::rename(&unfinished, self.folder.join(&*digest))?;
        if self.sync {
            fs::File::open(&self.folder)?.sync_all()?;
        }
        Ok(Some((digest, size)))
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

/// The SHA-256 of what a file holds from where it stands.
#[cfg(all(feature = "run", unix))]
pub(crate) fn hashed(file: &mut impl io::Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    pieces(file, &mut |piece| {
        hash.update(piece);
        Ok(true)
    })?;
    Ok(hex(&hash.finalize()))
}

/// Shows a file a piece at a time until somebody has seen enough; whether it was shown to its end.
#[cfg(all(feature = "run", unix))]
fn pieces(file: &mut impl io::Read, show: &mut dyn FnMut(&[u8]) -> io::Result<bool>) -> io::Result<bool> {
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(true),
            read if !show(&piece[..read])? => return Ok(false),
            _ => {}
        }
    }
}
