//! The disk: the one place where the compiler reads specs from a folder (everything behind it asks [`Files`]), what its errors
//! mean, and how files are written.

pub(crate) mod whole;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::source::{Files, Unread};

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
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread> {
        let file = self.locate(path)?;
        read(&file).map_err(|why| Unread { reason: format!("`{path}` cannot be read: {}", why.reason), ..why })
    }
}

/// The bytes of a plain file; devices, folders and files beyond the limit are refused with a reason.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Unread> {
    let kind = fs::metadata(file)?;
    if !kind.is_file() {
        return Err("it is not a file".to_owned().into());
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("it is larger than {} MiB", LIMIT >> 20).into());
    }
    Ok(bytes)
}

impl From<&std::io::Error> for Unread {
    fn from(error: &std::io::Error) -> Unread {
        Unread { reason: reason(error), may_pass: may_pass(error) }
    }
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Unread {
        Unread::from(&error)
    }
}

/// An error of the system that people meet, in words that are the same on every system; its own words name an error number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission is denied".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::QuotaExceeded => "the quota of the disk is used up".into(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        ErrorKind::NotADirectory => "a file stands where a folder should be".into(),
        _ => error.to_string(),
    }
}

/// Numbers of errors that [`std::io::ErrorKind`] has no name for: a device that fails, too many open files.
const NAMELESS: &[i32] = match (cfg!(unix), cfg!(windows)) {
    (true, _) => &[5, 23, 24],
    (_, true) => &[1117, 4],
    _ => &[29, 33, 41],
};

/// Whether an error of the system may pass by itself: nothing is wrong with what was asked, and it may be done later or
/// on another machine.
pub(crate) fn may_pass(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{
        Interrupted, OutOfMemory, QuotaExceeded, ResourceBusy, StaleNetworkFileHandle, StorageFull, TimedOut,
        WouldBlock,
    };
    match error.kind() {
        StorageFull | QuotaExceeded | OutOfMemory | Interrupted | ResourceBusy | TimedOut | WouldBlock => true,
        StaleNetworkFileHandle => true,
        _ => error.raw_os_error().is_some_and(|number| NAMELESS.contains(&number)),
    }
}

/// The sentence about a path that leaves the folder.
fn outside(path: &str) -> String {
    format!("`{path}` leaves the folder of the spec; a spec may only read files beside it or below")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn what_may_pass_is_told_from_what_will_not() {
        let may_pass = |number: &i32| may_pass(&std::io::Error::from_raw_os_error(*number));
        let passing = [4, 5, 11, 12, 16, 23, 24, 28, 110, 116, 122];
        let lasting = [1, 2, 13, 17, 20, 21, 30, 36, 39];
        assert_eq!(passing.iter().filter(|number| !may_pass(number)).count(), 0, "no room, busy, failing for now");
        assert_eq!(lasting.iter().filter(|number| may_pass(number)).count(), 0, "no right, no place, another kind");
    }

    #[test]
    fn paths_stay_inside() {
        let folder = Folder::new("specs");
        assert_eq!(folder.locate("lib/../data/x.yaml"), Ok(PathBuf::from("specs/data/x.yaml")));
        for path in ["../x", "lib/../../x", "/etc/passwd"] {
            assert!(folder.locate(path).is_err(), "{path}");
        }
    }
}
