//! The real folder `disk/` of a run, which follows the tree: what a shell sees.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::judge::scene::Blobs;
use crate::run::beneath::Beneath;
use crate::run::tree::{Entry, Kind, Tree};
use crate::value::Moment;
use crate::value::zone::Zone;

/// The folder, and the zone in which its times are written.
pub(crate) struct Mirror {
    disk: Beneath,
    zone: Option<&'static Zone>,
}

impl Mirror {
    /// A folder that is there.
    pub(crate) fn at(folder: &Path, timezone: &str) -> io::Result<Mirror> {
        Ok(Mirror { disk: Beneath::at(folder)?, zone: Zone::named(timezone) })
    }

    /// Makes the folder with everything the tree has; it stands under its name once it is whole.
    pub(crate) fn fill(folder: &Path, timezone: &str, tree: &mut Tree, blobs: &dyn Blobs) -> io::Result<Mirror> {
        let unfinished = folder.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir_all(&unfinished)?;
        let mirror = Mirror::at(&unfinished, timezone)?;
        tree.below("").try_for_each(|entry| mirror.put(entry, blobs))?;
        tree.take_touched();
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::rename(&unfinished, folder)?;
        Mirror::at(folder, timezone)
    }

    /// Follows what changed. Links on the way are replaced, never followed.
    pub(crate) fn follow(&self, tree: &mut Tree, blobs: &dyn Blobs) -> io::Result<()> {
        let touched = tree.take_touched();
        for path in touched.iter().filter(|path| tree.get(path).is_none_or(|entry| entry.path != **path)) {
            self.disk.remove(path)?;
        }
        for path in &touched {
            if let Some(entry) = tree.get(path).filter(|entry| entry.path == *path) {
                self.put(entry, blobs)?;
            }
        }
        Ok(())
    }

    #[cfg(all(feature = "run", unix))]
    pub(crate) fn disk(&self) -> &Beneath {
        &self.disk
    }

    /// Gives what came from outside the time of the story [A3].
    #[cfg(all(feature = "run", unix))]
    pub(crate) fn stamp(&self, path: &str, time: Moment) {
        self.disk.stamp(path, self.instant(time));
    }

    fn put(&self, entry: &Entry, blobs: &dyn Blobs) -> io::Result<()> {
        match &entry.kind {
            Kind::Folder => self.disk.make_folder(&entry.path).map(drop),
            Kind::File { digest, .. } => {
                let lost = || io::Error::new(io::ErrorKind::NotFound, format!("no bytes for {}", entry.path));
                self.disk.write(&entry.path, &blobs.bytes(digest).ok_or_else(lost)?, self.instant(entry.time))
            }
        }
    }

    fn instant(&self, time: Moment) -> SystemTime {
        let instant = self.zone.map_or(time, |zone| zone.to_utc(time));
        SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(instant.0).unwrap_or(0))
    }
}
