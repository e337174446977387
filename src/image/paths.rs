//! Paths of an image: portable, relative, `/` between names; refused when they could leave the image's folder.

/// Why a path may not be written, if it may not; `plan` has already said so to the author for every path of a spec.
pub(crate) fn refusal(path: &str) -> Option<&'static str> {
    if path.is_empty() || path.starts_with('/') || path.ends_with('/') {
        return Some("is not a relative path");
    }
    path.split('/').find_map(name_refusal)
}

fn name_refusal(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("has an empty name in it"),
        "." | ".." => Some("steps out of its folder"),
        _ if name.contains(['\\', ':', '\0']) => Some("has a character that no computer takes in a name"),
        _ if name.chars().any(char::is_control) => Some("has a control character in it"),
        _ if name.len() > 255 => Some("has a name longer than 255 bytes"),
        _ => None,
    }
}

/// The first two paths that one folder of a case-insensitive system could not hold side by side.
pub(crate) fn clash<'a>(paths: impl Iterator<Item = &'a str>) -> Option<(String, String)> {
    let mut seen = std::collections::BTreeMap::new();
    for path in paths {
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            return Some((other.to_string(), path.to_string()));
        }
    }
    None
}

/// The folders above a path, outermost first.
pub(crate) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_image_are_refused() {
        for path in ["", "/etc/passwd", "a//b", "../a", "a/..", "a/./b", "a\\b", "C:/a", "a/", "a\0", "a\nb"] {
            assert!(refusal(path).is_some(), "{path:?}");
        }
        assert_eq!(refusal("disk/C/Users/jana/Überblick (1).docx"), None);
    }

    #[test]
    fn names_that_differ_in_case_only_clash() {
        assert!(clash(["a/B.txt", "a/b.TXT"].into_iter()).is_some());
        assert_eq!(clash(["a/b", "a/c"].into_iter()), None);
    }

    #[test]
    fn parents_come_outermost_first() {
        assert_eq!(parents("a/b/c.txt").collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
