//! The real folder `disk/` of a run, which follows the tree: what a shell would see.

use std::fs::{self, File, FileTimes};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::judge::scene::Blobs;
use crate::run::tree::{Entry, Kind, Tree};
use crate::value::Moment;
use crate::value::zone::Zone;

/// The folder, and the zone in which its times are written.
pub(crate) struct Mirror {
    folder: PathBuf,
    zone: Option<&'static Zone>,
}

impl Mirror {
    pub(crate) fn at(folder: PathBuf, timezone: &str) -> Mirror {
        Mirror { folder, zone: Zone::named(timezone) }
    }

    /// Makes the folder with everything the tree has; it stands under its name once it is whole.
    pub(crate) fn fill(&self, tree: &Tree, blobs: &dyn Blobs) -> io::Result<()> {
        let unfinished = Mirror { folder: self.folder.with_extension("unfinished"), ..*self };
        if unfinished.folder.exists() {
            fs::remove_dir_all(&unfinished.folder)?;
        }
        fs::create_dir_all(&unfinished.folder)?;
        tree.below("").try_for_each(|entry| unfinished.put(entry, blobs))?;
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::rename(&unfinished.folder, &self.folder)
    }

    /// Follows what changed; makes the folder where a fork has none yet.
    pub(crate) fn follow_or_fill(&self, tree: &mut Tree, blobs: &dyn Blobs) -> io::Result<()> {
        if self.folder.exists() {
            return self.follow(tree, blobs);
        }
        tree.take_touched();
        self.fill(tree, blobs)
    }

    /// Follows what changed. Links on the way are replaced, never followed.
    pub(crate) fn follow(&self, tree: &mut Tree, blobs: &dyn Blobs) -> io::Result<()> {
        let touched = tree.take_touched();
        for path in touched.iter().filter(|path| tree.get(path).is_none_or(|entry| entry.path != **path)) {
            self.remove(path)?;
        }
        for path in &touched {
            if let Some(entry) = tree.get(path).filter(|entry| entry.path == *path) {
                self.put(entry, blobs)?;
            }
        }
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let place = self.folder.join(path);
        let gone = match fs::symlink_metadata(&place) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&place),
            Ok(_) => fs::remove_file(&place),
            Err(error) => Err(error),
        };
        match gone {
            Err(error) if error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory => {
                Err(error)
            }
            _ => Ok(()),
        }
    }

    fn put(&self, entry: &Entry, blobs: &dyn Blobs) -> io::Result<()> {
        let place = self.folder.join(&entry.path);
        match &entry.kind {
            Kind::Folder => fs::create_dir_all(&place),
            Kind::File { digest, .. } => {
                let lost = || io::Error::new(io::ErrorKind::NotFound, format!("no bytes for {}", entry.path));
                self.write(&place, &blobs.bytes(digest).ok_or_else(lost)?, entry.time)
            }
        }
    }

    fn write(&self, place: &Path, bytes: &[u8], time: Moment) -> io::Result<()> {
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        if fs::symlink_metadata(place).is_ok_and(|found| !found.is_file()) {
            fs::remove_file(place).or_else(|_| fs::remove_dir_all(place))?;
        }
        fs::write(place, bytes)?;
        let instant = self.zone.map_or(time, |zone| zone.to_utc(time));
        let seconds = u64::try_from(instant.0).unwrap_or(0);
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        File::options().write(true).open(place)?.set_times(FileTimes::new().set_modified(modified))
    }
}
