//! The folders and files of an image with sizes and story times; long folders are folded so that a screen holds them.

use serde_json::{Value as Json, json};

use crate::image::{Image, Listing, time};

/// A folder on the way to being printed.
#[derive(Default)]
struct Folder<'a> {
    folders: std::collections::BTreeMap<&'a str, Folder<'a>>,
    files: Vec<(&'a str, &'a Listing)>,
}

/// Everything below a folder of the image, at most `fold` files of one folder by name.
pub(crate) fn tree(image: &Image, below: &str, fold: usize) -> String {
    let mut root = Folder::default();
    let entries: Vec<&Listing> = inside(image, below).collect();
    for entry in &entries {
        root.add(relative(&entry.path, below), entry);
    }
    let mut lines = Vec::new();
    root.print(0, fold, &mut lines);
    let files = entries.iter().filter(|entry| !entry.is_folder());
    let bytes: u64 = files.clone().map(|entry| entry.size).sum();
    lines.push(format!("{} files, {} folders, {}", files.count(), root.count() - 1, size(bytes)));
    lines.join("\n") + "\n"
}

fn inside<'a>(image: &'a Image, below: &'a str) -> impl Iterator<Item = &'a Listing> {
    image.manifest().entries.iter().filter(move |entry| below.is_empty() || super::is_below(&entry.path, below))
}

fn relative<'a>(path: &'a str, below: &str) -> &'a str {
    path.strip_prefix(below).unwrap_or(path).trim_start_matches('/')
}

impl<'a> Folder<'a> {
    fn add(&mut self, path: &'a str, entry: &'a Listing) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder).or_default().add(rest, entry),
            None if entry.is_folder() => drop(self.folders.entry(path).or_default()),
            None => self.files.push((path, entry)),
        }
    }

    fn count(&self) -> usize {
        1 + self.folders.values().map(Folder::count).sum::<usize>()
    }

    fn print(&self, depth: usize, fold: usize, lines: &mut Vec<String>) {
        let alike = if self.folders.len() > fold / 2 && self.are_alike() { 2 } else { self.folders.len() };
        for (name, folder) in self.folders.iter().take(alike) {
            let (name, folder) = folder.alone((*name).to_string());
            lines.push(format!("{}{name}/{}", "  ".repeat(depth), if folder.is_empty() { "  (empty)" } else { "" }));
            folder.print(depth + 1, fold, lines);
        }
        if alike < self.folders.len() {
            let rest: Vec<&Folder> = self.folders.values().skip(alike).collect();
            let (files, bytes) = rest.iter().map(|folder| folder.total()).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
            lines.push(row(
                depth,
                &format!("… {} more folders like these, {files} files", rest.len()),
                &size(bytes),
                "",
            ));
        }
        let shown = if self.files.len() > fold { fold / 2 } else { self.files.len() };
        for (name, entry) in &self.files[..shown] {
            lines.push(row(depth, name, &size(entry.size), &time::minute(&entry.mtime)));
        }
        if shown < self.files.len() {
            let rest: u64 = self.files[shown..].iter().map(|(_, entry)| entry.size).sum();
            lines.push(row(depth, &format!("… {} more files", self.files.len() - shown), &size(rest), ""));
        }
    }

    /// Whether no folder in it holds further ones: a folder for each month, say.
    fn are_alike(&self) -> bool {
        self.folders.values().all(|folder| folder.folders.is_empty())
    }

    /// Files and bytes in it and below.
    fn total(&self) -> (usize, u64) {
        let here = (self.files.len(), self.files.iter().map(|(_, entry)| entry.size).sum());
        let below = self.folders.values().map(Folder::total);
        below.fold(here, |sum: (usize, u64), (files, bytes)| (sum.0 + files, sum.1 + bytes))
    }

    fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }

    /// A folder that holds nothing but one folder stands on the same line with it.
    fn alone(&self, name: String) -> (String, &Folder<'a>) {
        match self.folders.iter().next() {
            Some((inner, folder)) if self.folders.len() == 1 && self.files.is_empty() => {
                folder.alone(format!("{name}/{inner}"))
            }
            _ => (name, self),
        }
    }
}

fn row(depth: usize, name: &str, size: &str, time: &str) -> String {
    let name = format!("{}{name}", "  ".repeat(depth));
    let width = 60_usize.saturating_sub(name.chars().count());
    format!("{name}{} {size:>9}  {time}", " ".repeat(width)).trim_end().to_string()
}

/// A size as file managers write it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The entries below a folder as the manifest lists them.
pub(crate) fn json(image: &Image, below: &str) -> Json {
    let entry = |entry: &Listing| {
        json!({
            "path": entry.path, "type": entry.kind, "size": entry.size, "mtime": entry.mtime, "sha256": entry.sha256,
        })
    };
    Json::from_iter(inside(image, below).map(entry))
}
