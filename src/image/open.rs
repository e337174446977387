//! `open`, `read` and `verify`: nothing is believed that does not hash to what the manifest says.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::diag::Diagnostic;
use crate::image::hash::{hex, hmac_sha256, sha256, unhex};
use crate::image::{Image, Listing, Manifest, Store, fault, paths};

/// A sealed file as `sealed/index.json` lists it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct SealedListing {
    pub path: String,
    pub size: u64,
    pub sha256: String,
}

impl Image {
    /// Opens an image folder; its files are read and verified when they are asked for.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Image, Diagnostic> {
        let folder = folder.into();
        let path = folder.join("manifest.json");
        let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => fault::not_an_image(&folder, "it has no manifest.json"),
            std::io::ErrorKind::NotADirectory => fault::not_an_image(&folder, "it is a file"),
            _ => fault::unreadable(&path, &error),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| fault::not_an_image(&folder, "its manifest is no text"))?;
        let manifest = Manifest::parse(&text).map_err(|why| fault::damaged("manifest.json", &why))?;
        Ok(Image { manifest, store: Store::Folder(folder) })
    }

    /// An image from all its files, as they came out of an archive: every hash is recomputed.
    #[cfg(feature = "pack")]
    pub(crate) fn of_files(files: std::collections::BTreeMap<String, Arc<[u8]>>) -> Result<Image, Diagnostic> {
        let bytes = files.get("manifest.json").ok_or_else(|| fault::damaged("manifest.json", "is not there"))?;
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| fault::damaged("manifest.json", "is not text"))?;
        let manifest = Manifest::parse(&text).map_err(|why| fault::damaged("manifest.json", &why))?;
        if let Some((path, why)) = files.keys().find_map(|path| Some((path, paths::refusal(path)?))) {
            return Err(fault::unsafe_path(path, why));
        }
        let image = Image::in_memory(manifest, files);
        image.verify()?;
        Ok(image)
    }

    /// The bytes at a path of the image. Those of a folder are checked against the manifest if it is an open entry; those
    /// in memory are what the manifest was made from.
    pub fn read(&self, path: &str) -> Result<Arc<[u8]>, Diagnostic> {
        match (&self.store, self.manifest.entry(path)) {
            (Store::Folder(_), Some(entry)) => self.read_listed(entry),
            _ => self.read_unchecked(path),
        }
    }

    fn read_listed(&self, entry: &Listing) -> Result<Arc<[u8]>, Diagnostic> {
        let bytes = self.read_unchecked(&entry.path)?;
        match entry.sha256 == sha256(&bytes) {
            true => Ok(bytes),
            false => Err(fault::damaged(&entry.path, "has other bytes than listed")),
        }
    }

    /// A text of the image, such as a sealed record.
    pub(crate) fn read_text(&self, path: &str) -> Result<String, Diagnostic> {
        let bytes = self.read(path)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| fault::damaged(path, "is not text"))
    }

    fn read_unchecked(&self, path: &str) -> Result<Arc<[u8]>, Diagnostic> {
        match &self.store {
            Store::Memory(files) => files.get(path).cloned().ok_or_else(|| fault::missing(path)),
            Store::Folder(folder) => {
                if let Some(why) = paths::refusal(path) {
                    return Err(fault::unsafe_path(path, why));
                }
                read_file(&folder.join(path), path)
            }
        }
    }

    /// Recomputes every hash; the error names the first file that is wrong.
    pub fn verify(&self) -> Result<(), Diagnostic> {
        for entry in &self.manifest.entries {
            self.verify_open(entry)?;
        }
        for entry in self.sealed_index()? {
            let bytes = self.read_unchecked(&entry.path)?;
            if sha256(&bytes) != entry.sha256 {
                return Err(fault::damaged(&entry.path, "has other bytes than sealed/index.json lists"));
            }
        }
        self.find_unlisted()
    }

    fn verify_open(&self, entry: &Listing) -> Result<(), Diagnostic> {
        match (&self.store, entry.is_folder()) {
            (Store::Folder(folder), true) => expect_folder(&folder.join(&entry.path), &entry.path),
            (Store::Memory(_), true) => Ok(()),
            (_, false) => self.read_listed(entry).map(|_| ()),
        }
    }

    /// The key under which the manifest commits to what is sealed: nobody has it who may not see that.
    pub(crate) fn key(&self) -> Result<[u8; 32], Diagnostic> {
        let text = self.read_text("sealed/blind")?;
        // It has one spelling, so that no byte of it can be another one unseen.
        let key = unhex(&text).filter(|key| format!("{}\n", hex(key)) == text);
        key.ok_or_else(|| fault::damaged("sealed/blind", "is no key"))
    }

    /// The list of sealed files, if it is the one the manifest commits to.
    pub(crate) fn sealed_index(&self) -> Result<Vec<SealedListing>, Diagnostic> {
        let key = self.key()?;
        let index = self.read_text("sealed/index.json")?;
        if hmac_sha256(&key, index.as_bytes()) != self.manifest.sealed {
            return Err(fault::damaged("sealed/index.json", "is not what the manifest commits to under sealed/blind"));
        }
        serde_json::from_str(&index).map_err(|_| fault::damaged("sealed/index.json", "has not the shape of a list"))
    }

    /// A file that nothing lists is as wrong as one that is missing.
    fn find_unlisted(&self) -> Result<(), Diagnostic> {
        let sealed = self.sealed_index()?;
        let listed = |path: &str| {
            self.manifest.entry(path).is_some()
                || sealed.binary_search_by(|entry| entry.path.as_str().cmp(path)).is_ok()
                || matches!(path, "sealed/blind" | "sealed/index.json")
                || RECORDS.contains(&path)
        };
        match self.all_files()?.into_iter().find(|path| !listed(path)) {
            Some(path) => Err(fault::damaged(&path, "is in no list")),
            None => Ok(()),
        }
    }

    /// Of a folder, those in which something may be listed: beside them anyone may put something.
    fn all_files(&self) -> Result<Vec<String>, Diagnostic> {
        let folder = match &self.store {
            Store::Folder(folder) => folder,
            Store::Memory(files) => return Ok(files.keys().cloned().collect()),
        };
        let tops = ["disk", "mail", "sealed"].into_iter().map(|top| files_below(folder, top));
        Ok(tops.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

/// What says what an image is, and so stands in none of its lists.
const RECORDS: [&str; 2] = ["manifest.json", "receipt.json"];

fn expect_folder(path: &Path, shown: &str) -> Result<(), Diagnostic> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => Ok(()),
        Err(error) if !is_misshapen(&error) => Err(fault::unreadable(path, &error)),
        _ => Err(fault::damaged(shown, "is not there")),
    }
}

fn read_file(path: &Path, shown: &str) -> Result<Arc<[u8]>, Diagnostic> {
    std::fs::read(path).map(Arc::from).map_err(|error| match is_misshapen(&error) {
        true => fault::damaged(shown, "is not there"),
        false => fault::unreadable(path, &error),
    })
}

/// Whether nothing stands there, or a file where a folder should be, or the other way round: that is no refusal of the system.
fn is_misshapen(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory)
}

/// The paths of all files and links below a folder of the image, sorted.
fn files_below(root: &Path, top: &str) -> Result<Vec<String>, Diagnostic> {
    let mut found = Vec::new();
    let mut waiting = vec![top.to_string()];
    while let Some(folder) = waiting.pop() {
        let path = root.join(&folder);
        let listing = match std::fs::read_dir(&path) {
            Err(error) if is_misshapen(&error) => continue,
            listing => listing.map_err(|error| fault::unreadable(&path, &error))?,
        };
        for item in listing {
            let item = item.map_err(|error| fault::unreadable(&path, &error))?;
            let name = format!("{folder}/{}", item.file_name().to_string_lossy());
            // Links are not followed: they count as files, which nothing lists.
            match item.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => waiting.push(name),
                false => found.push(name),
            }
        }
    }
    found.sort();
    Ok(found)
}
