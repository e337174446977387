//! An image as text for people: its tree, its facts, its month, its secrets, any of its files.

mod calendar;
mod facts;
mod file;
mod secrets;
mod tree;
pub(crate) mod value;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::sealed::facts as sealed_facts;
use crate::image::{Image, fault};

pub(crate) use calendar::calendar;
pub(crate) use facts::facts;
pub(crate) use file::{file, lines};
pub(crate) use secrets::secrets;
pub(crate) use tree::tree;

/// The longest rendering of a table or folder that still fits a screen.
pub(crate) const SCREEN: usize = 12;

impl Image {
    /// The image, or what `path` names in it, as text: nothing is the tree, `facts` and `calendar` are these, a folder is
    /// its tree, a file its readable content. Paths may be written as the image stores them, as the agent sees them, or
    /// by their end alone if only one file ends so.
    pub fn show(&self, path: Option<&str>) -> Result<String, Diagnostic> {
        match path {
            None => Ok(tree(self, "", SCREEN)),
            Some("facts") => facts(self, SCREEN),
            Some("calendar") => calendar(self),
            Some(path) => match self.find(path)? {
                Found::Folder(folder) => Ok(tree(self, &folder, usize::MAX)),
                Found::File(path) => file(self, &path),
            },
        }
    }

    /// One line for each secret: what it is, who knows it, from when, how to ask, what points there, what uses it.
    pub fn show_secrets(&self) -> Result<String, Diagnostic> {
        secrets(self)
    }

    /// The same as [`Image::show`] for programs.
    pub fn show_json(&self, path: Option<&str>) -> Result<Json, Diagnostic> {
        match path {
            None => Ok(json!({"root": self.root(), "public": self.public_root(), "entries": tree::json(self, "")})),
            Some("facts") => Ok(Json::from_iter(sealed_facts::read(self)?.iter().map(facts::json))),
            Some("calendar") => Ok(Json::from_iter(calendar::entries(self)?.iter().map(calendar::Entry::json))),
            Some(path) => match self.find(path)? {
                Found::Folder(folder) => Ok(tree::json(self, &folder)),
                Found::File(path) => file::json(self, &path),
            },
        }
    }

    /// What a path means in this image.
    pub(crate) fn find(&self, path: &str) -> Result<Found, Diagnostic> {
        let stored = storage_path(path);
        let entries = &self.manifest().entries;
        for candidate in [stored.clone(), format!("disk/{stored}")] {
            match self.manifest().entry(&candidate) {
                Some(entry) if !entry.is_folder() => return Ok(Found::File(candidate)),
                Some(_) => return Ok(Found::Folder(candidate)),
                None if entries.iter().any(|entry| is_below(&entry.path, &candidate)) => {
                    return Ok(Found::Folder(candidate));
                }
                None => {}
            }
        }
        let ends = |entry: &&str| entry.len() > stored.len() && is_end(entry, &stored);
        let ending: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).filter(ends).collect();
        match ending.as_slice() {
            [one] => Ok(Found::File((*one).to_string())),
            [] if self.is_record(&stored) => Ok(Found::File(stored)),
            [] => Err(fault::missing(&format!("file or folder {path:?}"))),
            many => {
                Err(fault::missing(&format!("single file {path:?}")).note(format!("these end so: {}", many.join(", "))))
            }
        }
    }

    /// Sealed files and the image's own records are in no manifest.
    fn is_record(&self, path: &str) -> bool {
        (path.starts_with("sealed/") || matches!(path, "manifest.json" | "receipt.json")) && self.read(path).is_ok()
    }
}

/// A text on one line, long ones cut for the screen; JSON has them whole.
pub(crate) fn shortened(text: &str) -> String {
    let line = text.replace('\n', " / ");
    match line.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// What a path leads to, as a path of the image.
#[derive(Debug, PartialEq)]
pub(crate) enum Found {
    File(String),
    Folder(String),
}

/// `C:\Users\jana` and `/home/li` as the image stores them.
fn storage_path(path: &str) -> String {
    let forward = path.replace('\\', "/");
    let bytes = forward.as_bytes();
    let volume = bytes.len() > 1 && bytes[1] == b':' && bytes[0].is_ascii_alphabetic();
    let plain = if volume { forward.replacen(':', "", 1) } else { forward };
    plain.trim_matches('/').to_string()
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn is_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|start| start.ends_with('/'))
}
