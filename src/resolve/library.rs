//! The library that comes with worldc, embedded so that a world means the same everywhere.

/// Files of `specs/std`, by their path in `use` and `load`.
macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        static LIBRARY: &[(&str, &[u8])] = &[$((concat!("std/", $path), include_bytes!(concat!("../../specs/std/", $path)))),*];
    };
}

embed![
    "claims.yaml",
    "clutter.world",
    "holidays.world",
    "names/family.csv",
    "names/given.csv",
    "people.world",
    "phrases.world",
    "topics.world",
];

/// The bytes of an embedded file.
pub(crate) fn embedded(path: &str) -> Option<&'static [u8]> {
    LIBRARY.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
}

/// The paths of all embedded files.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    LIBRARY.iter().map(|(path, _)| *path)
}

#[cfg(test)]
mod tests {
    use super::paths;

    /// Adds the files below `folder` as `std/…` paths.
    fn collect(folder: &std::path::Path, prefix: &str, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => collect(&entry.path(), &name, into),
                false => into.push(name),
            }
        }
    }

    #[test]
    fn the_list_is_the_folder() {
        let mut folder = Vec::new();
        collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/std"), "std", &mut folder);
        folder.sort();
        let mut list: Vec<String> = paths().map(String::from).collect();
        list.sort();
        assert_eq!(list, folder);
    }
}
