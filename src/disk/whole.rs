//! Files that are there whole or not at all: they are written under a name beside their place and then put there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How the name of a file ends that is not whole yet.
const UNFINISHED: &str = ".unfinished";

/// Whether a file of that name is one that was being written: it ends as no author would end one.
pub(crate) fn is_unfinished(name: &str) -> bool {
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let own = name.strip_suffix(UNFINISHED).and_then(|name| name.rsplit_once('.')?.1.split_once('-'));
    own.is_some_and(|(process, tried)| number(process) && number(tried))
}

/// Writes a file under a temporary name and renames it, so that it is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    put_whole(path, sync, |error| error, |file| file.write_all(bytes))
}

/// The same for what is written bit by bit. The temporary name is nobody else's: two that write one file do not take each
/// other's bytes away.
pub(crate) fn put_whole<E>(
    path: &Path,
    sync: bool,
    fault: impl Fn(io::Error) -> E,
    fill: impl FnOnce(&mut io::BufWriter<fs::File>) -> Result<(), E>,
) -> Result<(), E> {
    put_by(|unfinished| fs::rename(unfinished, path), path, sync, fault, fill)
}

/// The same where nothing stands yet: of those that write one file at once the first is kept, the others fail. A file
/// system without links cannot tell who was first, and keeps the last.
pub(crate) fn put_first(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let link = |unfinished: &Path| match fs::hard_link(unfinished, path) {
        Ok(()) => fs::remove_file(unfinished),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(unfinished, path),
    };
    put_by(link, path, true, |error| error, |file| file.write_all(bytes))
}

/// The same with the permissions of the file whose place it takes.
pub(crate) fn replace_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let take_over = |unfinished: &Path| {
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(unfinished, old.permissions())?;
        }
        fs::rename(unfinished, path)
    };
    put_by(take_over, path, true, |error| error, |file| file.write_all(bytes))
}

/// Writes a file beside its place and lets `place` put it there.
fn put_by<E>(
    place: impl FnOnce(&Path) -> io::Result<()>,
    path: &Path,
    sync: bool,
    fault: impl Fn(io::Error) -> E,
    fill: impl FnOnce(&mut io::BufWriter<fs::File>) -> Result<(), E>,
) -> Result<(), E> {
    let (unfinished, file) = begun(path).map_err(&fault)?;
    let fill = || {
        let mut file = io::BufWriter::new(file);
        fill(&mut file)?;
        let file = file.into_inner().map_err(|error| fault(error.into_error()))?;
        let synced = if sync { file.sync_data() } else { Ok(()) };
        synced.and_then(|()| place(&unfinished)).map_err(&fault)
    };
    let written = fill();
    if written.is_err() {
        // The first error is the one to tell; where a disk is full, the half of a file takes room from others.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    // Elsewhere a folder cannot be opened like a file.
    match path.parent().filter(|_| sync && cfg!(unix)) {
        Some(folder) => {
            let here = Path::new(".");
            let folder = if folder.as_os_str().is_empty() { here } else { folder };
            fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)
        }
        None => Ok(()),
    }
}

/// A new file beside that path. Processes in two containers may have one number, and one that was killed left its file.
fn begun(path: &Path) -> io::Result<(PathBuf, fs::File)> {
    let mut tried = 0;
    loop {
        let unfinished = path.with_extension(format!("{}-{tried}{UNFINISHED}", own_number()));
        match fs::File::create_new(&unfinished) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => tried += 1,
            file => return file.map(|file| (unfinished, file)),
        }
    }
}

/// The number of this process; WASI has none to tell.
pub(crate) fn own_number() -> u32 {
    if cfg!(target_os = "wasi") { 0 } else { std::process::id() }
}
