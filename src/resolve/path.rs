//! Paths in `use` and `load`: relative to the file that says them, inside the world's folder, `std/…` built in.

/// The path from the world's folder that `written` in the file `base` means; the error is a sentence.
pub(super) fn join(base: &str, written: &str) -> Result<String, String> {
    if let Some(fault) = unportable(written) {
        return Err(fault);
    }
    let start = if written.starts_with("std/") { "" } else { base.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let library = base.starts_with("std/") && !start.is_empty();
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    let least = usize::from(library);
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > least => drop(parts.pop()),
            ".." => return Err(format!("`{written}` lies outside the world's folder")),
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// Why a path cannot mean the same file on every machine.
fn unportable(written: &str) -> Option<String> {
    let drive = written.as_bytes().get(1) == Some(&b':');
    if written.is_empty() {
        Some("the path is empty".into())
    } else if written.starts_with('/') || drive {
        Some(format!("`{written}` is not relative: paths begin at the file that says them"))
    } else if written.contains('\\') {
        Some(format!("`{written}` has a `\\`: write `/` between folders on every system"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(join("spec.world", "lib/a.world").as_deref(), Ok("lib/a.world"));
        assert_eq!(join("lib/a.world", "../data/./x.yaml").as_deref(), Ok("data/x.yaml"));
        assert_eq!(join("lib/a.world", "std/people.world").as_deref(), Ok("std/people.world"));
        assert_eq!(join("std/people.world", "data/de.yaml").as_deref(), Ok("std/data/de.yaml"));
        for (base, wrong) in [("spec.world", "../x"), ("std/people.world", "../x"), ("a", "/etc/passwd"), ("a", "C:/x")]
        {
            assert!(join(base, wrong).is_err(), "{wrong}");
        }
    }
}
