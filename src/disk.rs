//! The one place where the compiler reads specs from a folder; everything behind it asks [`Files`].

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::source::Files;

/// The most one file may hold, in bytes; larger is a mistake (a folder of data is many files).
const LIMIT: u64 = 64 << 20;

/// The files of one folder and below; nothing outside it can be named.
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at that path.
    pub(crate) fn new(root: impl Into<PathBuf>) -> Folder {
        Folder { root: root.into() }
    }

    /// The file's place on this machine, or a sentence about why the path may not be used.
    fn locate(&self, path: &str) -> Result<PathBuf, String> {
        let mut inside = PathBuf::new();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(name) => inside.push(name),
                Component::CurDir => {}
                Component::ParentDir if inside.pop() => {}
                _ => return Err(outside(path)),
            }
        }
        let file = self.root.join(inside);
        self.refuse_links_outside(path, &file)?;
        Ok(file)
    }

    /// A link may point elsewhere in the folder, not out of it. Where the system cannot resolve links there are none.
    fn refuse_links_outside(&self, path: &str, file: &Path) -> Result<(), String> {
        match (fs::canonicalize(&self.root), fs::canonicalize(file)) {
            (Ok(root), Ok(real)) if !real.starts_with(&root) => Err(outside(path)),
            _ => Ok(()),
        }
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.locate(path)?;
        read(&file).map_err(|reason| format!("`{path}` cannot be read: {reason}"))
    }
}

/// The bytes of a plain file; devices, folders and files beyond the limit are refused with a reason.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, String> {
    let kind = fs::metadata(file).map_err(|error| reason(&error))?;
    if !kind.is_file() {
        return Err("it is not a file".into());
    }
    let mut bytes = Vec::new();
    File::open(file).and_then(|open| open.take(LIMIT + 1).read_to_end(&mut bytes)).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("it is larger than {} MiB", LIMIT >> 20));
    }
    Ok(bytes)
}

/// An error of the system in words that are the same on every system.
pub(crate) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission is denied".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        _ => error.to_string(),
    }
}

/// The sentence about a path that leaves the folder.
fn outside(path: &str) -> String {
    format!("`{path}` leaves the folder of the spec; a spec may only read files beside it or below")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let folder = Folder::new("specs");
        assert_eq!(folder.locate("lib/../data/x.yaml"), Ok(PathBuf::from("specs/data/x.yaml")));
        for path in ["../x", "lib/../../x", "/etc/passwd"] {
            assert!(folder.locate(path).is_err(), "{path}");
        }
    }
}
