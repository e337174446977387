//! Looks through the disk of an agent that has a shell, and tells what is not as the tools left it [A1].
//!
//! What is neither file, folder nor link is passed over, and so is a name that the world's system could not hold, what stands
//! deeper than 64 folders, and a file that is linked from outside the disk: it is not the agent's to show.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Seek as _};

use cap_fs_ext::DirExt;
use cap_std::fs::{Dir, Metadata, MetadataExt as _};

use crate::image::paths::{parents, refusal};
use crate::judge::scene::Digest;
use crate::run::beneath::Beneath;
use crate::run::manner::Limits;
use crate::run::outside::{Change, Found};
use crate::run::store::{FolderStore, hashed};
use crate::run::tool::Store;
use crate::run::tree::Tree;

/// How deep folders are looked into; each holds a handle open while it is.
const DEEPEST: usize = 64;

/// What the last look knew of each file; what is unchanged by it needs no second reading.
#[derive(Default)]
pub(crate) struct Watch {
    known: BTreeMap<String, (Stamp, Digest)>,
}

/// What tells that a file was not written since: size, both times, and which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: (u64, u64),
}

/// One thing on the disk.
enum Thing {
    Folder,
    Link(String),
    File { stamp: Stamp, links: u64 },
}

impl Watch {
    /// Compares the disk with the tree. New bytes are kept before they are told of; `written` is what the run has used up.
    pub(crate) fn look(
        &mut self,
        disk: &Beneath,
        (tree, written): (&Tree, u64),
        store: &mut FolderStore,
        limits: Limits,
    ) -> io::Result<Found> {
        let mut things = BTreeMap::new();
        let mut over = walk(disk.root(), "", limits.files, &mut things)?;
        let shown = inside(&things);
        let mut found = Found::default();
        let mut seen = BTreeSet::new();
        let mut left = limits.bytes.saturating_sub(written);
        for (path, thing) in &things {
            if !shown(thing) || !seen.insert(tree.key(path)) {
                continue;
            }
            match thing {
                Thing::Folder if tree.is_folder(path) => {}
                Thing::Folder => found.changes.push(Change::Folder { path: path.clone() }),
                thing => {
                    let Some((digest, size)) = self.bytes(disk, (path, thing), tree, store, (&mut left, &mut over))?
                    else {
                        continue;
                    };
                    if tree.file(path).map(|(digest, _)| digest) != Some(&digest) {
                        found.changes.push(Change::File { path: path.clone(), digest, size });
                    }
                }
            }
        }
        let gone = tree.below("").filter(|entry| is_looked_at(&entry.path) && !seen.contains(&tree.key(&entry.path)));
        let gone: BTreeSet<&str> = gone.map(|entry| entry.path.as_str()).collect();
        let top = gone.iter().filter(|path| !parents(path).any(|folder| gone.contains(folder)));
        // What stands there no more goes first: its place may be taken by another kind of thing.
        let top = top.map(|path| Change::Gone { path: (*path).to_owned() });
        found.changes = top.chain(found.changes).collect();
        found.over = (over != (0, 0)).then_some(over);
        Ok(found)
    }

    /// The bytes of a file or link; nothing where they are surely the tree's, or more than is left.
    fn bytes(
        &mut self,
        disk: &Beneath,
        (path, thing): (&str, &Thing),
        tree: &Tree,
        store: &mut FolderStore,
        (left, over): (&mut u64, &mut (u64, u64)),
    ) -> io::Result<Option<(Digest, u64)>> {
        let stamp = match thing {
            Thing::Folder => return Ok(None),
            Thing::Link(target) => return Ok(Some((store.keep(target.as_bytes()), target.len() as u64))),
            Thing::File { stamp, .. } => *stamp,
        };
        let standing = tree.file(path).map(|(digest, _)| digest);
        if self.known.get(path).is_some_and(|(known, digest)| *known == stamp && standing == Some(digest)) {
            return Ok(None);
        }
        // Whoever wrote it may have taken it away again; then the next look tells.
        let Ok(mut file) = disk.open(path) else { return Ok(None) };
        // Most are as they were: they are read once, and no second copy is kept of them.
        if let Some((digest, _)) = tree.file(path).filter(|(_, size)| *size == stamp.size)
            && hashed(&mut file)? == **digest
        {
            self.known.insert(path.to_owned(), (stamp, digest.clone()));
            return Ok(None);
        }
        file.rewind()?;
        let kept = if stamp.size > *left { None } else { store.keep_file(&mut file, *left)? };
        let Some((digest, size)) = kept else {
            *over = (over.0 + 1, over.1 + stamp.size);
            return Ok(None);
        };
        *left = left.saturating_sub(size);
        self.known.insert(path.to_owned(), (stamp, digest.clone()));
        Ok(Some((digest, size)))
    }
}

/// Whether a path is one that the world could hold, and not too deep.
fn is_looked_at(path: &str) -> bool {
    refusal(path).is_none() && path.len() <= 4_096 && parents(path).count() <= DEEPEST
}

/// Lists everything below a folder; how many things are beyond the limit, which are not listed.
fn walk(dir: &Dir, prefix: &str, most: u64, things: &mut BTreeMap<String, Thing>) -> io::Result<(u64, u64)> {
    let mut over = (0, 0);
    for entry in dir.entries()? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        // It may be gone since the folder was listed.
        let Ok(found) = dir.symlink_metadata(&name) else { continue };
        if !is_looked_at(&path) {
            continue;
        }
        if things.len() as u64 >= most {
            over = (over.0 + 1, over.1 + found.len());
            // Nobody needs to know by how many millions.
            if over.0 > most { break } else { continue }
        }
        let Some(thing) = thing(dir, &name, &found) else { continue };
        let below = matches!(thing, Thing::Folder);
        things.insert(path.clone(), thing);
        if below && let Ok(inner) = dir.open_dir_nofollow(&name) {
            let more = walk(&inner, &path, most, things)?;
            over = (over.0 + more.0, over.1 + more.1);
        }
    }
    Ok(over)
}

fn thing(dir: &Dir, name: &str, found: &Metadata) -> Option<Thing> {
    if found.is_dir() {
        return Some(Thing::Folder);
    }
    if found.is_symlink() {
        let target = dir.read_link_contents(name).ok()?;
        return Some(Thing::Link(target.to_string_lossy().into_owned()));
    }
    let stamp = Stamp {
        size: found.len(),
        modified: (found.mtime(), found.mtime_nsec()),
        changed: (found.ctime(), found.ctime_nsec()),
        inode: (cap_fs_ext::MetadataExt::dev(found), cap_fs_ext::MetadataExt::ino(found)),
    };
    let links = cap_fs_ext::MetadataExt::nlink(found);
    found.is_file().then_some(Thing::File { stamp, links })
}

/// Whether all names of a file are on this disk.
fn inside(things: &BTreeMap<String, Thing>) -> impl Fn(&Thing) -> bool + use<> {
    let mut names: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for thing in things.values() {
        if let Thing::File { stamp, links: 2.., .. } = thing {
            *names.entry(stamp.inode).or_default() += 1;
        }
    }
    move |thing| match thing {
        Thing::File { stamp, links, .. } if *links > 1 => names.get(&stamp.inode) == Some(links),
        _ => true,
    }
}
