//! A folder that is claimed for a run: nothing of another stands there, and no other process may take it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::diag::Diagnostic;
use crate::image::fault;
use crate::run::fault::{in_use, no_run, taken};

/// The folder of a run, held as long as this lives.
pub(crate) struct Claim {
    pub folder: PathBuf,
    _lock: File,
}

impl Claim {
    /// Makes the folder of a new run.
    pub(crate) fn new(folder: &Path) -> Result<Claim, Diagnostic> {
        refuse_taken(folder)?;
        fs::create_dir_all(folder.join("blobs")).map_err(|error| fault::unwritable(folder, &error))?;
        let claim = Claim::locked(folder)?;
        // Another process may have begun and ended a run meanwhile.
        if claim.journal().exists() { Err(taken(folder)) } else { Ok(claim) }
    }

    /// Takes the folder of a run that goes on; elsewhere nothing is left behind.
    pub(crate) fn again(folder: &Path) -> Result<Claim, Diagnostic> {
        if journal(folder).exists() { Claim::locked(folder) } else { Err(no_run(folder)) }
    }

    fn locked(folder: &Path) -> Result<Claim, Diagnostic> {
        let lock = File::create(folder.join("lock")).map_err(|error| fault::unwritable(folder, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Claim { folder: folder.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(in_use(folder)),
            Err(TryLockError::Error(error)) => Err(fault::unwritable(folder, &error)),
        }
    }

    /// Where the run is written down.
    pub(crate) fn journal(&self) -> PathBuf {
        journal(&self.folder)
    }
}

/// A run begins where nothing of another stands.
pub(crate) fn refuse_taken(folder: &Path) -> Result<(), Diagnostic> {
    // Only a run leaves a lock; a disk beside none is somebody else's folder.
    let strange = folder.join("disk").exists() && !folder.join("lock").exists();
    if journal(folder).exists() || strange { Err(taken(folder)) } else { Ok(()) }
}

fn journal(folder: &Path) -> PathBuf {
    folder.join("journal.jsonl")
}
