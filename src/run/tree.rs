//! The disk of a run by storage path. Bytes are elsewhere, named by their digest; the hash of what changed costs what
//! was touched.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::image::paths::parents;
use crate::image::time::parse_moment;
use crate::image::{Listing, Manifest};
use crate::judge::scene::{Digest, Standing};
use crate::value::Moment;

/// Buckets of the hash, by the first byte of a path's digest.
const BUCKETS: usize = 256;

/// One folder or file, under the name it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Storage path as written: the case is kept even where it does not count.
    pub path: String,
    pub kind: Kind,
    /// When it was last written, in the story.
    pub time: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Folder,
    File { digest: Digest, size: u64 },
}

/// The whole disk. Keys are folded paths where the system does not tell cases apart [F4].
#[derive(Clone)]
pub(crate) struct Tree {
    folds: bool,
    entries: BTreeMap<String, Entry>,
    /// Keys whose entry is not the image's any more; a removed one has no entry.
    changed: Vec<BTreeSet<String>>,
    buckets: Vec<[u8; 32]>,
    /// Storage paths that changed since somebody last asked.
    touched: BTreeSet<String>,
}

impl Tree {
    /// The disk as the month begins.
    pub(crate) fn of(manifest: &Manifest, folds: bool) -> Tree {
        let listed = manifest.entries.iter().filter_map(|entry| Some((entry.path.strip_prefix("disk/")?, entry)));
        let mut tree = Tree {
            folds,
            entries: BTreeMap::new(),
            changed: vec![BTreeSet::new(); BUCKETS],
            buckets: vec![[0; 32]; BUCKETS],
            touched: BTreeSet::new(),
        };
        for (path, listing) in listed {
            tree.add_parents(path, time_of(listing));
            tree.entries.insert(tree.key(path), original(path, listing));
        }
        tree
    }

    /// How a path is looked up.
    pub(crate) fn key(&self, path: &str) -> String {
        if !self.folds {
            return path.to_owned();
        }
        path.nfc().flat_map(char::to_lowercase).collect()
    }

    pub(crate) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(&self.key(path))
    }

    /// Digest and size of the file there.
    pub(crate) fn file(&self, path: &str) -> Option<(&Digest, u64)> {
        match &self.get(path)?.kind {
            Kind::File { digest, size } => Some((digest, *size)),
            Kind::Folder => None,
        }
    }

    pub(crate) fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.get(path).is_some_and(|entry| entry.kind == Kind::Folder)
    }

    /// What stands directly in a folder, by name.
    pub(crate) fn children(&self, folder: &str) -> impl Iterator<Item = &Entry> {
        let depth = if folder.is_empty() { 0 } else { folder.matches('/').count() + 1 };
        self.below(folder).filter(move |entry| entry.path.matches('/').count() == depth)
    }

    /// Everything below a folder, in the order of paths.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = &Entry> {
        let prefix = if folder.is_empty() { String::new() } else { self.key(folder) + "/" };
        let from = self.entries.range(prefix.clone()..);
        from.take_while(move |(key, _)| key.starts_with(&prefix)).map(|(_, entry)| entry)
    }

    /// How many files and folders there are.
    pub(crate) fn count(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Every file.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &Digest, u64)> {
        self.entries.values().filter_map(|entry| match &entry.kind {
            Kind::File { digest, size } => Some((entry.path.as_str(), digest, *size)),
            Kind::Folder => None,
        })
    }

    /// Every file with its digest and time, as a verdict sees it.
    pub(crate) fn standing(&self) -> BTreeMap<String, Standing> {
        let files = self.entries.values().filter_map(|entry| match &entry.kind {
            Kind::File { digest, .. } => {
                Some((entry.path.clone(), Standing { digest: digest.clone(), time: entry.time }))
            }
            Kind::Folder => None,
        });
        files.collect()
    }

    /// Puts a file there, and the folders it needs. A file keeps the case of its first name.
    pub(crate) fn write(&mut self, path: &str, digest: Digest, size: u64, time: Moment) {
        let path = self.settle(path, time);
        self.put(Entry { path, kind: Kind::File { digest, size }, time });
    }

    /// Makes a folder and those it needs.
    pub(crate) fn make_folder(&mut self, path: &str, time: Moment) {
        let path = self.settle(path, time);
        if self.get(&path).is_none() {
            self.put(Entry { path, kind: Kind::Folder, time });
        }
    }

    /// Takes away what stands there and everything below it.
    pub(crate) fn remove(&mut self, path: &str) {
        let below: Vec<String> = self.below(path).map(|entry| self.key(&entry.path)).collect();
        for key in below.into_iter().chain([self.key(path)]) {
            if let Some(entry) = self.entries.remove(&key) {
                self.touched.insert(entry.path);
                self.touch(&key);
            }
        }
    }

    /// Moves what stands there with everything below it; times stay.
    pub(crate) fn rename(&mut self, from: &str, to: &str, time: Moment) {
        let Some(top) = self.get(from).cloned() else { return };
        let below: Vec<Entry> = self.below(from).cloned().collect();
        self.remove(from);
        let to = self.settle(to, time);
        for entry in below.into_iter().chain([top.clone()]) {
            // What stands below carries the name of its folder as it was written.
            let path = format!("{to}{}", &entry.path[top.path.len()..]);
            self.put(Entry { path, ..entry });
        }
    }

    /// The storage paths that changed since the last time, for whoever keeps a copy.
    pub(crate) fn take_touched(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.touched)
    }

    /// The hash of everything that is not as the image has it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        self.buckets.iter().for_each(|bucket| hash.update(bucket));
        hash.finalize().into()
    }

    fn put(&mut self, entry: Entry) {
        let key = self.key(&entry.path);
        if self.entries.get(&key) != Some(&entry) {
            self.touched.insert(entry.path.clone());
            self.entries.insert(key.clone(), entry);
            self.touch(&key);
        }
    }

    /// The path with the names of its folders as they stand, which are made where they are missing; its own last name
    /// as it stands, or as given.
    fn settle(&mut self, path: &str, time: Moment) -> String {
        let mut settled = String::new();
        for name in path.split('/') {
            if !settled.is_empty() {
                if self.get(&settled).is_none() {
                    self.put(Entry { path: settled.clone(), kind: Kind::Folder, time });
                }
                settled.push('/');
            }
            settled.push_str(name);
            if let Some(entry) = self.get(&settled) {
                settled.clone_from(&entry.path);
            }
        }
        settled
    }

    /// Folders that the image implies by the paths of its files.
    fn add_parents(&mut self, path: &str, time: Moment) {
        for folder in parents(path) {
            let key = self.key(folder);
            self.entries.entry(key).or_insert_with(|| Entry { path: folder.to_owned(), kind: Kind::Folder, time });
        }
    }

    fn touch(&mut self, key: &str) {
        let bucket = usize::from(Sha256::digest(key)[0]);
        self.changed[bucket].insert(key.to_owned());
        let mut hash = Sha256::new();
        for key in &self.changed[bucket] {
            let line = self.entries.get(key).map_or_else(|| format!("{key}\0gone\n"), |entry| spelled(key, entry));
            hash.update(line);
        }
        self.buckets[bucket] = hash.finalize().into();
    }
}

fn spelled(key: &str, entry: &Entry) -> String {
    let what = match &entry.kind {
        Kind::Folder => "folder".to_owned(),
        Kind::File { digest, size } => format!("{digest} {size}"),
    };
    format!("{key}\0{}\0{what}\0{}\n", entry.path, entry.time.0)
}

fn original(path: &str, listing: &Listing) -> Entry {
    let kind = match listing.is_folder() {
        true => Kind::Folder,
        false => Kind::File { digest: listing.sha256.as_str().into(), size: listing.size },
    };
    Entry { path: path.to_owned(), kind, time: time_of(listing) }
}

fn time_of(listing: &Listing) -> Moment {
    parse_moment(&listing.mtime).unwrap_or(Moment(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(folds: bool) -> Tree {
        let listing = |path: &str, kind: &str| Listing {
            path: path.to_owned(),
            kind: kind.to_owned(),
            mode: "644".to_owned(),
            mtime: "2026-02-04T14:03:00+01:00".to_owned(),
            size: 3,
            sha256: "ab".to_owned(),
            media: String::new(),
        };
        let entries = vec![
            listing("disk/Docs/a.txt", "file"),
            listing("disk/Docs/Deep/b.txt", "file"),
            listing("disk/Empty", "folder"),
            listing("mail/x.mbox", "file"),
        ];
        let none = String::new;
        Tree::of(
            &Manifest {
                format: 1,
                os: none(),
                timezone: none(),
                public: none(),
                sealed: none(),
                entries,
                root: none(),
            },
            folds,
        )
    }

    fn names<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<&'a str> {
        entries.map(|entry| entry.path.as_str()).collect()
    }

    #[test]
    fn folders_list_what_stands_directly_in_them() {
        let tree = tree(false);
        assert_eq!(names(tree.children("")), ["Docs", "Empty"]);
        assert_eq!(names(tree.children("Docs")), ["Docs/Deep", "Docs/a.txt"]);
        assert_eq!(names(tree.below("Docs")), ["Docs/Deep", "Docs/Deep/b.txt", "Docs/a.txt"]);
    }

    #[test]
    fn case_is_kept_and_does_not_count_where_the_system_folds_it() {
        let mut tree = tree(true);
        tree.write("DOCS/A.TXT", "cd".into(), 5, Moment(9));
        tree.write("docs/new.txt", "ef".into(), 5, Moment(9));
        assert_eq!(names(tree.children("Docs")), ["Docs/a.txt", "Docs/Deep", "Docs/new.txt"]);
        assert_eq!(tree.file("docs/a.txt").map(|(digest, _)| &**digest), Some("cd"));
        tree.rename("docs/DEEP", "Other/Place", Moment(10));
        assert_eq!(names(tree.below("other")), ["Other/Place", "Other/Place/b.txt"]);
        tree.rename("docs", "DOCS", Moment(11));
        assert_eq!(names(tree.children("")), ["DOCS", "Empty", "Other"]);
        assert_eq!(names(tree.children("docs")), ["DOCS/a.txt", "DOCS/new.txt"]);
    }

    #[test]
    fn the_hash_follows_what_changed_and_not_how() {
        let (mut one, mut two) = (tree(false), tree(false));
        let before = one.hash();
        one.write("n/x", "1".into(), 1, Moment(5));
        one.write("n/y", "2".into(), 1, Moment(5));
        assert_ne!(one.hash(), before);
        two.write("n/y", "2".into(), 1, Moment(5));
        two.write("n/x", "1".into(), 1, Moment(5));
        assert_eq!(one.hash(), two.hash());
        two.write("n/x", "1".into(), 1, Moment(6));
        assert_ne!(one.hash(), two.hash());
    }
}
