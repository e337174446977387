//! Paths of the disk [X8]: portable in storage, refused where the world's system could not hold them.

use crate::plan::types::{Os, World};
use crate::value::filter::{LONGEST_NAME, is_device};

/// `folder/name`; an absolute name starts over.
pub(crate) fn join(folder: &str, name: &str) -> String {
    match folder.is_empty() || is_absolute(name) {
        true => name.to_string(),
        false => format!("{}/{name}", folder.trim_end_matches('/')),
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || volume(path).is_some()
}

/// The drive letter and the rest of `D:/Archive`.
fn volume(path: &str) -> Option<(char, &str)> {
    let mut letters = path.chars();
    let letter = letters.next().filter(char::is_ascii_alphabetic)?;
    let rest = letters.as_str().strip_prefix(":/")?;
    Some((letter.to_ascii_uppercase(), rest))
}

/// The storage path of a path as specs write it: relative to home, from `/`, or from a volume; `.Trash` is the bin of
/// the world's system.
pub(crate) fn storage(path: &str, world: &World) -> String {
    if let Some((letter, rest)) = volume(path) {
        return format!("{letter}/{rest}");
    }
    if let Some(rest) = path.strip_prefix('/') {
        return rest.to_string();
    }
    match path.strip_prefix(".Trash").filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => format!("{}{rest}", bin(world.os, &world.home)),
        None => format!("{}/{path}", world.home),
    }
}

/// Where deleted things go [X8].
pub(crate) fn bin(os: Os, home: &str) -> String {
    match os {
        Os::Windows => "C/$Recycle.Bin".to_string(),
        Os::Macos => format!("{home}/.Trash"),
        Os::Linux => format!("{home}/.local/share/Trash/files"),
    }
}

/// Whether a path fits a glob: `*` and `?` within a name, `**` across folders.
pub(crate) fn matches(glob: &str, path: &str) -> bool {
    let (glob, path): (Vec<&str>, Vec<&str>) = (glob.split('/').collect(), path.split('/').collect());
    parts_match(&glob, &path)
}

fn parts_match(glob: &[&str], path: &[&str]) -> bool {
    sequence_fits(glob, path, |part| *part == "**", |part, name| name_matches(part, name))
}

fn name_matches(glob: &str, name: &str) -> bool {
    let (glob, name): (Vec<char>, Vec<char>) = (glob.chars().collect(), name.chars().collect());
    sequence_fits(&glob, &name, |letter| *letter == '*', |pattern, letter| *pattern == '?' || pattern == letter)
}

/// One sequence against a pattern in which a star stands for any number of things, remembering only the last star, so that it
/// takes time length × length at most.
fn sequence_fits<T>(pattern: &[T], things: &[T], is_star: impl Fn(&T) -> bool, fits: impl Fn(&T, &T) -> bool) -> bool {
    let (mut at, mut index, mut star) = (0, 0, None);
    while index < things.len() {
        match pattern.get(at) {
            Some(part) if is_star(part) => {
                star = Some((at, index));
                at += 1;
            }
            Some(part) if fits(part, &things[index]) => {
                at += 1;
                index += 1;
            }
            _ => match star {
                Some((star_at, from)) => {
                    star = Some((star_at, from + 1));
                    at = star_at + 1;
                    index = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(is_star)
}

/// How the agent sees a storage path.
pub(crate) fn shown(path: &str, os: Os) -> String {
    match os {
        Os::Windows => match path.split_once('/') {
            Some((drive, rest)) => format!("{drive}:\\{}", rest.replace('/', "\\")),
            None => path.to_string(),
        },
        Os::Macos | Os::Linux => format!("/{path}"),
    }
}

/// Name and extension without its dot.
pub(crate) fn split_extension(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension),
        _ => (name, ""),
    }
}

/// Folder and name of a path.
pub(crate) fn split_folder(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Why the world's system cannot hold a path as a spec writes it.
pub(crate) fn refused(path: &str, os: Os) -> Option<String> {
    let rest = volume(path).map_or(path, |(_, rest)| rest);
    rest.trim_start_matches('/').split('/').find_map(|name| refused_name(name, os))
}

fn refused_name(name: &str, os: Os) -> Option<String> {
    if name.is_empty() || name == "." || name == ".." {
        return Some(format!("`{name}` is no name of a file or folder"));
    }
    if name.len() > LONGEST_NAME {
        return Some(format!("a name of {} bytes is too long: {LONGEST_NAME} is the most", name.len()));
    }
    if let Some(bad) = name.chars().find(|letter| forbidden(*letter, os)) {
        return Some(format!("`{name}` holds `{}`, which this system allows in no name", bad.escape_default()));
    }
    if os == Os::Windows {
        if is_device(name) {
            return Some(format!("`{name}` is the name of a device in Windows"));
        }
        if name.ends_with('.') || name.ends_with(' ') {
            return Some(format!("`{name}` ends in a dot or space, which Windows drops"));
        }
    }
    None
}

fn forbidden(letter: char, os: Os) -> bool {
    let windows = matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
    letter.is_control() || (os == Os::Windows && windows) || (os == Os::Macos && letter == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_fit_any_number_of_names() {
        for (glob, path) in [
            ("**/*.xlsx", "a/b/c.xlsx"),
            ("**/*.xlsx", "c.xlsx"),
            ("a/**", "a"),
            ("a/**/b/**/c", "a/x/b/b/y/c"),
            ("?.txt", "a.txt"),
        ] {
            assert!(matches(glob, path), "{glob} {path}");
        }
        for (glob, path) in [("*.xlsx", "a/c.xlsx"), ("a/**/b", "a/b/c"), ("**/b/*", "b")] {
            assert!(!matches(glob, path), "{glob} {path}");
        }
    }

    /// An agent may ask with any glob; none may keep the runner for long.
    #[test]
    fn a_hundred_stars_take_no_longer_than_their_length() {
        let path = "a/".repeat(100) + "b";
        assert!(!matches(&("**/".repeat(100) + "c"), &path));
        assert!(!matches(&("*a".repeat(100) + "b"), &"a".repeat(255)));
    }
}
