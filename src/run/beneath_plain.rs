//! The real folder of a run where the feature `run` is not built: nobody has a shell there, so nobody can lay a link into it.

use std::fs::{self, File, FileTimes};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder.
pub(crate) struct Beneath {
    root: PathBuf,
}

impl Beneath {
    pub(crate) fn at(folder: &Path) -> io::Result<Beneath> {
        Ok(Beneath { root: folder.to_owned() })
    }

    /// Makes a folder and those it stands in.
    pub(crate) fn make_folder(&self, path: &str) -> io::Result<()> {
        fs::create_dir_all(self.root.join(path))
    }

    /// Writes a file anew.
    pub(crate) fn write(&self, path: &str, bytes: &[u8], time: SystemTime) -> io::Result<()> {
        let place = self.root.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        self.remove(path)?;
        fs::write(&place, bytes)?;
        File::options().write(true).open(place)?.set_times(FileTimes::new().set_modified(time))
    }

    /// Takes away what stands there, with all below it.
    pub(crate) fn remove(&self, path: &str) -> io::Result<()> {
        let place = self.root.join(path);
        let gone = match fs::symlink_metadata(&place) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&place),
            Ok(_) => fs::remove_file(&place),
            Err(error) => Err(error),
        };
        match gone {
            Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => Ok(()),
            other => other,
        }
    }
}
