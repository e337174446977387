//! A world as tars, and back. The same image makes the same bytes: nobody's number, the story's times, paths in order.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use tar::{Entries, EntryType, Header};

use crate::Image;
use crate::diag::Diagnostic;
use crate::image::fault::damaged;

/// Files by their path in the image.
pub(super) type Files = BTreeMap<String, Arc<[u8]>>;

/// The most bytes that one half of a world may hold.
const MOST: u64 = 2 << 30;

/// The two empty blocks with which a tar ends; without them tars behind each other are one tar.
pub(crate) const END: [u8; 1024] = [0; 1024];

/// The files of an image that `keep` wants and the folders they stand in, below a folder of that name; without [`END`].
pub(crate) fn archived(image: &Image, below: &str, keep: &dyn Fn(&str) -> bool) -> Result<Vec<u8>, Diagnostic> {
    let mut entries: BTreeMap<String, (Option<Arc<[u8]>>, Option<i64>)> = BTreeMap::new();
    for (folder, time) in image.folders()? {
        if keep(&format!("{folder}/")) {
            entries.insert(folder, (None, time));
        }
    }
    for path in image.stored_paths()?.into_iter().filter(|path| keep(path)) {
        let (bytes, time) = (image.read(&path)?, image.saved(&path));
        entries.insert(path, (Some(bytes), time));
    }
    let mut tar = tar::Builder::new(Vec::new());
    let newest = entries.values().filter_map(|(_, time)| *time).max();
    let mut put = |path: &str, bytes: Option<&[u8]>, time| {
        let data = bytes.unwrap_or_default();
        tar.append_data(&mut header(bytes.map(<[u8]>::len), time), path, data)
            .map_err(|error| damaged(path, &format!("does not fit into a tar: {error}")))
    };
    put(&format!("{below}/"), None, newest)?;
    for (path, (bytes, time)) in &entries {
        put(&format!("{below}/{path}"), bytes.as_deref(), *time)?;
    }
    let mut bytes = tar.into_inner().expect("memory takes what is written");
    bytes.truncate(bytes.len() - END.len());
    Ok(bytes)
}

/// Of a file by its size, else of a folder.
fn header(size: Option<usize>, time: Option<i64>) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(if size.is_some() { EntryType::Regular } else { EntryType::Directory });
    header.set_mode(if size.is_some() { 0o644 } else { 0o755 });
    header.set_size(size.unwrap_or_default() as u64);
    header.set_mtime(time.and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or_default());
    header.set_uid(0);
    header.set_gid(0);
    header
}

/// The worlds of a tar, one after the other, each with its files.
pub(super) struct Worlds<'t, R: Read> {
    entries: Entries<'t, R>,
    /// The first file of the world that comes next.
    ahead: Option<(String, String, Arc<[u8]>)>,
}

impl<'t, R: Read> Worlds<'t, R> {
    pub(super) fn of(entries: Entries<'t, R>) -> Worlds<'t, R> {
        Worlds { entries, ahead: None }
    }

    /// The next world with its name; none behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<(String, Files)>> {
        let Some((world, path, bytes)) = (match self.ahead.take() {
            None => self.file()?,
            ahead => ahead,
        }) else {
            return Ok(None);
        };
        let (mut size, mut files) = (bytes.len() as u64, Files::from([(path, bytes)]));
        while let Some((other, path, bytes)) = self.file()? {
            if other != world {
                self.ahead = Some((other, path, bytes));
                break;
            }
            size += bytes.len() as u64;
            if size > MOST {
                return Err(io::Error::other("a world larger than 2 GB"));
            }
            files.insert(path, bytes);
        }
        Ok(Some((world, files)))
    }

    /// The next file with its world.
    fn file(&mut self) -> io::Result<Option<(String, String, Arc<[u8]>)>> {
        for entry in self.entries.by_ref() {
            let mut entry = entry?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let path = String::from_utf8(entry.path_bytes().into_owned()).map_err(io::Error::other)?;
            let (world, path) = path.split_once('/').ok_or_else(|| io::Error::other("a file outside of a world"))?;
            let mut bytes = Vec::new();
            entry.by_ref().take(MOST).read_to_end(&mut bytes)?;
            return Ok(Some((world.to_owned(), path.to_owned(), bytes.into())));
        }
        Ok(None)
    }
}
