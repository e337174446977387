//! One real folder that cannot be left: every step goes from a handle to the next name, links are replaced or read as text and
//! never followed, and what is neither file nor folder is never opened [F5].

use std::fs::FileTimes;
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, Metadata, OpenOptions};

/// The folder.
pub(crate) struct Beneath {
    root: Dir,
}

impl Beneath {
    pub(crate) fn at(folder: &Path) -> io::Result<Beneath> {
        Dir::open_ambient_dir(folder, ambient_authority()).map(|root| Beneath { root })
    }

    /// The handle itself, to walk from.
    pub(crate) fn root(&self) -> &Dir {
        &self.root
    }

    /// Makes a folder and those it stands in; what is in the way goes.
    pub(crate) fn make_folder(&self, path: &str) -> io::Result<Dir> {
        let mut dir = self.root.try_clone()?;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            dir = match dir.open_dir_nofollow(name) {
                Ok(next) => next,
                Err(_) => {
                    clear(&dir, name)?;
                    dir.create_dir(name)?;
                    dir.open_dir_nofollow(name)?
                }
            };
        }
        Ok(dir)
    }

    /// Writes a file anew: what stood there, whatever else is linked to it, keeps its bytes.
    pub(crate) fn write(&self, path: &str, bytes: &[u8], time: SystemTime) -> io::Result<()> {
        let (folder, name) = parted(path);
        let dir = self.make_folder(folder)?;
        clear(&dir, name)?;
        let mut file = dir.open_with(name, OpenOptions::new().write(true).create_new(true))?;
        file.write_all(bytes)?;
        file.into_std().set_times(FileTimes::new().set_modified(time))
    }

    /// Takes away what stands there, with all below it.
    pub(crate) fn remove(&self, path: &str) -> io::Result<()> {
        let (folder, name) = parted(path);
        let mut dir = self.root.try_clone()?;
        for name in folder.split('/').filter(|name| !name.is_empty()) {
            match dir.open_dir_nofollow(name) {
                Ok(next) => dir = next,
                // What the folder held went with it.
                Err(_) => return Ok(()),
            }
        }
        clear(&dir, name)
    }

    /// Opens a file to be read.
    pub(crate) fn open(&self, path: &str) -> io::Result<File> {
        let (folder, name) = parted(path);
        let mut dir = self.root.try_clone()?;
        for name in folder.split('/').filter(|name| !name.is_empty()) {
            dir = dir.open_dir_nofollow(name)?;
        }
        open_file(&dir, name)
    }

    /// Gives a file another time.
    pub(crate) fn stamp(&self, path: &str, time: SystemTime) {
        // One that is gone meanwhile, or became something else, needs none.
        if let Ok(file) = self.open(path) {
            let _stamped = file.into_std().set_times(FileTimes::new().set_modified(time));
        }
    }
}

/// Opens what is a file for certain: links and devices are refused, and nobody waits for a pipe.
fn open_file(dir: &Dir, name: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No);
    #[cfg(unix)]
    cap_std::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits() as i32);
    let known = |found: &Metadata| found.is_file();
    let no_file = || io::Error::new(io::ErrorKind::InvalidInput, "is no file");
    if !known(&dir.symlink_metadata(name)?) {
        return Err(no_file());
    }
    let file = dir.open_with(name, &options)?;
    // It may have become something else between the two looks.
    if known(&file.metadata()?) { Ok(file) } else { Err(no_file()) }
}

/// Takes away what a name stands for, without following it.
fn clear(dir: &Dir, name: &str) -> io::Result<()> {
    let gone = match dir.symlink_metadata(name) {
        Ok(found) if found.is_dir() => dir.remove_dir_all(name),
        Ok(_) => dir.remove_file(name),
        Err(error) => Err(error),
    };
    match gone {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The folder of a path, and its last name.
fn parted(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
