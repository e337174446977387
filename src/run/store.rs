//! Where the bytes of a run are: in the image, and in blobs named by their digest.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(all(feature = "run", unix))]
use sha2::{Digest as _, Sha256};

#[cfg(all(feature = "run", unix))]
use crate::image::hash::hex;
use crate::image::hash::sha256;
use crate::image::save::own_number;
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

/// How the name of a file ends that is not whole yet.
pub(crate) const UNFINISHED: &str = ".unfinished";

/// Writes a file under a temporary name and renames it, so that it is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    put_whole(path, sync, |error| error, |file| file.write_all(bytes))
}

/// The same for what is written bit by bit. The temporary name is nobody else's: two that write one file do not take each
/// other's bytes away.
pub(crate) fn put_whole<E>(
    path: &Path,
    sync: bool,
    fault: impl Fn(io::Error) -> E,
    fill: impl FnOnce(&mut io::BufWriter<fs::File>) -> Result<(), E>,
) -> Result<(), E> {
    put_by(|unfinished| fs::rename(unfinished, path), path, sync, fault, fill)
}

/// The same where nothing stands yet: of those that write one file at once the first is kept, the others fail. A file
/// system without links cannot tell who was first, and keeps the last.
pub(crate) fn put_first(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let link = |unfinished: &Path| match fs::hard_link(unfinished, path) {
        Ok(()) => fs::remove_file(unfinished),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(unfinished, path),
    };
    put_by(link, path, true, |error| error, |file| file.write_all(bytes))
}

/// Writes a file beside its place and lets `place` put it there.
fn put_by<E>(
    place: impl FnOnce(&Path) -> io::Result<()>,
    path: &Path,
    sync: bool,
    fault: impl Fn(io::Error) -> E,
    fill: impl FnOnce(&mut io::BufWriter<fs::File>) -> Result<(), E>,
) -> Result<(), E> {
    let (unfinished, file) = begun(path).map_err(&fault)?;
    let fill = || {
        let mut file = io::BufWriter::new(file);
        fill(&mut file)?;
        let file = file.into_inner().map_err(|error| fault(error.into_error()))?;
        let synced = if sync { file.sync_data() } else { Ok(()) };
        synced.and_then(|()| place(&unfinished)).map_err(&fault)
    };
    let written = fill();
    if written.is_err() {
        // The first error is the one to tell; where a disk is full, the half of a file takes room from others.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    // Elsewhere a folder cannot be opened like a file.
    match path.parent().filter(|_| sync && cfg!(unix)) {
        Some(folder) => fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault),
        None => Ok(()),
    }
}

/// A new file beside that path. Processes in two containers may have one number, and one that was killed left its file.
fn begun(path: &Path) -> io::Result<(PathBuf, fs::File)> {
    let mut tried = 0;
    loop {
        let unfinished = path.with_extension(format!("{}-{tried}{UNFINISHED}", own_number()));
        match fs::File::create_new(&unfinished) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => tried += 1,
            file => return file.map(|file| (unfinished, file)),
        }
    }
}
