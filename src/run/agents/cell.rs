//! What an agent's program may touch: its own folder, what a program needs of the system, and nothing of the run or the
//! image. The system sees to it (Landlock), for the program and everything it starts.
//!
//! The network is left open, since models are asked over it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, Scope,
};

/// What a program needs of the system, to read and to start.
const SYSTEM: [&str; 10] = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix", "/proc"];
/// What everybody may write to.
const DEVICES: [&str; 6] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"];

/// The walls around a program.
pub(crate) struct Cell {
    reads: Vec<PathBuf>,
    writes: Vec<PathBuf>,
    /// What lies in a folder that may be read or written and may not be touched all the same.
    hidden: Vec<PathBuf>,
}

/// Whether this system can build one.
pub(crate) fn is_possible() -> bool {
    let asked = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    asked.handle_access(AccessFs::from_all(ABI::V1)).and_then(Ruleset::create).is_ok()
}

/// Walls that leave `own` open to write, and to read what the words of a command line name, and `reads`.
pub(crate) fn around(command: &str, own: &[PathBuf], reads: &[PathBuf], hidden: &[PathBuf]) -> Option<Cell> {
    let real = |path: &PathBuf| path.canonicalize().ok();
    let named = command.split_whitespace().flat_map(homes);
    let system = SYSTEM.iter().map(PathBuf::from);
    is_possible().then(|| Cell {
        reads: system.chain(named).chain(reads.iter().cloned()).collect(),
        writes: own.iter().filter_map(real).collect(),
        hidden: hidden.iter().filter_map(real).collect(),
    })
}

impl Cell {
    /// Shuts this thread in, with every process it starts from now on. There is no way out.
    pub(crate) fn enter(&self) -> io::Result<()> {
        self.shut().map_err(io::Error::other)
    }

    fn shut(&self) -> Result<(), landlock::RulesetError> {
        let all = AccessFs::from_all(ABI::V5);
        let mut rules = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(all)?
            .scope(Scope::Signal)?
            .create()?;
        let mut open = Vec::new();
        self.reads.iter().for_each(|path| self.spread(path, AccessFs::from_read(ABI::V5), &mut open));
        // A folder of the agent's own may stand inside a hidden one, as the disk of a run does.
        let own = |path: &Path| !self.hidden.iter().any(|hidden| hidden.starts_with(path));
        let (whole, parted): (Vec<&PathBuf>, Vec<&PathBuf>) = self.writes.iter().partition(|path| own(path));
        open.extend(whole.into_iter().map(|path| (path.clone(), all)));
        parted.into_iter().for_each(|path| self.spread(path, all, &mut open));
        open.extend(DEVICES.iter().map(|path| (PathBuf::from(path), AccessFs::ReadFile | AccessFs::WriteFile)));
        for (path, access) in open {
            // What is not there needs no rule.
            let Ok(handle) = PathFd::new(&path) else { continue };
            let access = if path.is_dir() { access } else { access & AccessFs::from_file(ABI::V5) };
            rules = rules.add_rule(PathBeneath::new(handle, access))?;
        }
        rules.restrict_self().map(drop)
    }

    /// A path, or all that stands in it but what is hidden.
    fn spread(&self, path: &Path, access: Rights, open: &mut Vec<(PathBuf, Rights)>) {
        let Ok(path) = path.canonicalize() else { return };
        if self.hidden.iter().any(|hidden| path.starts_with(hidden)) {
            return;
        }
        if !self.hidden.iter().any(|hidden| hidden.starts_with(&path)) {
            open.push((path, access));
            return;
        }
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            // A link leads to what is open or hidden by its own name.
            if entry.file_type().is_ok_and(|kind| !kind.is_symlink()) {
                self.spread(&entry.path(), access, open);
            }
        }
    }
}

type Rights = BitFlags<AccessFs>;

/// What a word of a command line needs to be of use: the file it names; of a program in a `bin`, what was installed with it.
fn homes(word: &str) -> Vec<PathBuf> {
    let word = word.trim_matches(['\'', '"']);
    let path = Path::new(word);
    if !word.contains('/') && !path.is_file() {
        return Vec::new();
    }
    let real = path.canonicalize().ok();
    real.into_iter()
        .chain(path.is_file().then(|| path.to_owned()))
        .map(|file| installed(&file).unwrap_or(file))
        .collect()
}

fn installed(file: &Path) -> Option<PathBuf> {
    let bin = file.parent().filter(|folder| folder.ends_with("bin"))?;
    let prefix = bin.parent().filter(|prefix| prefix.join("lib").is_dir() && prefix.parent().is_some())?;
    Some(prefix.to_owned())
}
