//! `save`: the folder appears whole or not at all. It is written under a temporary name beside its place and renamed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::diag::Diagnostic;
use crate::disk::whole::own_number;
use crate::image::{Image, Store, fault, paths, time};

/// Whether each file waits until the disk has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    Synced,
    Swift,
}

impl Image {
    /// Writes the image as a folder. An existing image is refused, or with `force` replaced once the new one is
    /// complete; anything else that stands there is always refused.
    pub fn save(&self, folder: impl AsRef<Path>, force: bool) -> Result<(), Diagnostic> {
        let folder = folder.as_ref();
        may_write(folder, force)?;
        self.put(folder, Care::Synced)
    }

    /// Writes the image as one of many, in the place of whatever stands there. What a loss of power tears is found by its
    /// hashes and made again, so that nothing waits for the disk.
    pub(crate) fn save_for_a_fleet(&self, folder: &Path) -> Result<(), Diagnostic> {
        self.put(folder, Care::Swift)
    }

    fn put(&self, folder: &Path, care: Care) -> Result<(), Diagnostic> {
        let temporary = match care {
            Care::Synced => sibling(folder, "partial")?,
            // A world of a fleet has one maker, who takes up what was left half done.
            Care::Swift => beside(folder, "partial")?,
        };
        let written = self.write_all(&temporary, care).and_then(|()| match care {
            Care::Synced => put_in_place(&temporary, folder),
            Care::Swift => put_instead(&temporary, folder),
        });
        if written.is_err() {
            // The first error is the one to tell; what is left is ours to remove.
            let _ = fs::remove_dir_all(&temporary);
        }
        written
    }

    fn write_all(&self, root: &Path, care: Care) -> Result<(), Diagnostic> {
        let _ = fs::remove_dir_all(root);
        create_folder(root)?;
        let folders = self.folders()?;
        for folder in folders.keys() {
            create_folder(&root.join(folder))?;
        }
        for path in self.stored_paths()? {
            let bytes = self.read(&path)?;
            write_file(&root.join(&path), &bytes, self.saved(&path), care)
                .map_err(|error| fault::unwritable(&root.join(&path), &error))?;
        }
        set_folder_times(root, &folders)
    }

    /// When a file was saved in the story, in seconds since 1970; none of the records.
    pub(crate) fn saved(&self, path: &str) -> Option<i64> {
        self.manifest.entry(path).and_then(|entry| time::parse_instant(&entry.mtime))
    }

    /// Every folder, each behind the one it stands in, with its time: that of its newest child.
    pub(crate) fn folders(&self) -> Result<BTreeMap<String, Option<i64>>, Diagnostic> {
        let mut folders = BTreeMap::new();
        let mut note = |path: &str, seconds: Option<i64>| {
            for folder in paths::parents(path) {
                let newest = folders.entry(folder.to_owned()).or_insert(seconds);
                *newest = (*newest).max(seconds);
            }
        };
        for path in self.stored_paths()? {
            note(&path, self.saved(&path));
        }
        for entry in self.manifest.entries.iter().filter(|entry| entry.is_folder()) {
            note(&format!("{}/", entry.path), time::parse_instant(&entry.mtime));
        }
        Ok(folders)
    }

    /// Every file of the image, the record of what it is included.
    pub(crate) fn stored_paths(&self) -> Result<Vec<String>, Diagnostic> {
        if let Store::Memory(files) = &self.store {
            return Ok(files.keys().cloned().collect());
        }
        let open = self.manifest.entries.iter().filter(|entry| !entry.is_folder()).map(|entry| entry.path.clone());
        let sealed = self.sealed_index()?.into_iter().map(|entry| entry.path);
        let records = ["manifest.json", "receipt.json", "sealed/blind", "sealed/index.json"].map(String::from);
        Ok(open.chain(sealed).chain(records).collect())
    }
}

/// Whether an image may be written there: `force` replaces images and empty folders, never what only happens to stand
/// there.
pub(crate) fn may_write(folder: &Path, force: bool) -> Result<(), Diagnostic> {
    if folder.symlink_metadata().is_err() {
        return Ok(());
    }
    let is_empty = || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
    match force {
        false => Err(fault::occupied(folder)),
        true if Image::open(folder).is_ok() || is_empty() => Ok(()),
        true => Err(fault::precious(folder)),
    }
}

/// A name beside `folder` that belongs to this program alone.
fn sibling(folder: &Path, suffix: &str) -> Result<PathBuf, Diagnostic> {
    beside(folder, &format!("{suffix}-{}", own_number()))
}

fn beside(folder: &Path, suffix: &str) -> Result<PathBuf, Diagnostic> {
    let name =
        folder.file_name().ok_or_else(|| fault::unsafe_path(&folder.display().to_string(), "names no folder"))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{suffix}"));
    Ok(folder.with_file_name(hidden))
}

/// The old folder is moved aside before the new one takes its place, and removed after: one of them always stands.
fn put_in_place(temporary: &Path, folder: &Path) -> Result<(), Diagnostic> {
    let fail = |error: std::io::Error| fault::unwritable(folder, &error);
    if folder.symlink_metadata().is_err() {
        return fs::rename(temporary, folder).map_err(fail);
    }
    let old = sibling(folder, "old")?;
    fs::rename(folder, &old).map_err(fail)?;
    if let Err(error) = fs::rename(temporary, folder) {
        let _ = fs::rename(&old, folder);
        return Err(fail(error));
    }
    remove(&old)
}

/// What stands there is removed before the new one takes its place: what can be made again needs no copy, which a kill would
/// leave behind.
fn put_instead(temporary: &Path, folder: &Path) -> Result<(), Diagnostic> {
    if folder.symlink_metadata().is_ok() {
        remove(folder)?;
    }
    fs::rename(temporary, folder).map_err(|error| fault::unwritable(folder, &error))
}

fn remove(path: &Path) -> Result<(), Diagnostic> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(|error| fault::unwritable(path, &error))
}

fn create_folder(path: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(path).map_err(|error| fault::unwritable(path, &error))
}

fn write_file(path: &Path, bytes: &[u8], seconds: Option<i64>, care: Care) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    set_mode(&file, 0o644)?;
    if let Some(time) = seconds.and_then(system_time) {
        file.set_modified(time)?;
    }
    match care {
        Care::Synced => file.sync_all(),
        Care::Swift => Ok(()),
    }
}

/// Nothing below the folders may be written after this.
fn set_folder_times(root: &Path, folders: &BTreeMap<String, Option<i64>>) -> Result<(), Diagnostic> {
    for (folder, seconds) in folders.iter().rev() {
        let Some(seconds) = seconds else { continue };
        let path = root.join(folder);
        set_folder_time(&path, *seconds).map_err(|error| fault::unwritable(&path, &error))?;
    }
    Ok(())
}

/// Where a folder cannot be opened like a file, its time stays what the system made it; the manifest has the true one.
fn set_folder_time(path: &Path, seconds: i64) -> std::io::Result<()> {
    let (Ok(folder), Some(time)) = (File::open(path), system_time(seconds)) else { return Ok(()) };
    set_mode(&folder, 0o755)?;
    match folder.set_modified(time) {
        Err(_) if cfg!(not(unix)) => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> std::io::Result<()> {
    Ok(())
}

fn system_time(seconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let epoch = SystemTime::UNIX_EPOCH;
    if seconds < 0 { epoch.checked_sub(distance) } else { epoch.checked_add(distance) }
}
