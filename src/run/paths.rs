//! The ways in which an agent writes a path, made one: a storage path such as `C/Users/jana/Documents/x.docx` [F4].

use crate::image::paths as storage;
use crate::plan::{Os, path};

/// How paths are read and shown in a world.
#[derive(Clone, Debug)]
pub(crate) struct PathStyle {
    pub os: Os,
    /// Storage path of the owner's home, without a slash at its end.
    pub home: String,
    /// Whether paths are shown as the shell sees them instead of in the world's own way.
    pub posix: bool,
}

/// A path that leads nowhere, with the reason as the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadPath(pub String);

impl PathStyle {
    /// The storage path that is meant. Relative paths start at home, `~` is home, both kinds of slashes separate on
    /// Windows. Empty means the root of all volumes.
    pub(crate) fn storage(&self, written: &str) -> Result<String, BadPath> {
        if written.len() > 4_096 {
            return Err(BadPath("is longer than 4,096 bytes".to_owned()));
        }
        let written = match self.os {
            Os::Windows => written.replace('\\', "/"),
            Os::Macos | Os::Linux => written.to_owned(),
        };
        let mut names: Vec<&str> = Vec::new();
        for name in self.start(&written).split('/').chain(self.rest(&written).split('/')) {
            match name {
                "" | "." => {}
                ".." => {
                    names.pop().ok_or_else(|| BadPath("leads out of this computer".to_owned()))?;
                }
                name => names.push(self.name(name)?),
            }
        }
        let path = names.join("/");
        if path.is_empty() {
            return Ok(path);
        }
        match storage::refusal(&path) {
            Some(why) => Err(BadPath(why.to_owned())),
            None => Ok(path),
        }
    }

    /// A storage path as the agent is shown it.
    pub(crate) fn shown(&self, path: &str) -> String {
        match self.posix {
            true => path.to_owned(),
            false => path::shown(path, self.os),
        }
    }

    /// The storage path where deleted things go.
    pub(crate) fn trash(&self) -> String {
        path::bin(self.os, &self.home)
    }

    /// Whether two names that differ only in case are the same file.
    pub(crate) fn folds(&self) -> bool {
        self.os != Os::Linux
    }

    /// Where a path starts: at home unless it names a place of its own.
    fn start(&self, written: &str) -> &str {
        let own = written.starts_with('/') || self.volume(written).is_some() || self.is_storage(written);
        if own { "" } else { &self.home }
    }

    /// The path behind its start.
    fn rest<'a>(&self, written: &'a str) -> &'a str {
        if written == "~" {
            return "";
        }
        written.strip_prefix("~/").unwrap_or(written)
    }

    /// The letter of `C:/…`.
    fn volume(&self, written: &str) -> Option<char> {
        let (letter, rest) = written.split_once(':')?;
        let letter = (letter.len() == 1).then(|| letter.chars().next()).flatten()?;
        let whole = rest.is_empty() || rest.starts_with('/');
        (self.os == Os::Windows && letter.is_ascii_alphabetic() && whole).then_some(letter)
    }

    /// Whether it is written as the shell and the storage see it: from the first folder of home on.
    fn is_storage(&self, written: &str) -> bool {
        let top = |path: &str| path.split('/').take(2).map(str::to_lowercase).collect::<Vec<_>>();
        top(written) == top(&self.home)
    }

    fn name<'a>(&self, name: &'a str) -> Result<&'a str, BadPath> {
        if self.os != Os::Windows {
            return Ok(name);
        }
        if let Some(volume) = name.strip_suffix(':').filter(|letter| letter.len() == 1) {
            return Ok(volume);
        }
        if name.contains(['<', '>', ':', '"', '|', '?', '*']) {
            return Err(BadPath(format!("has a character in {name:?} that Windows takes in no name")));
        }
        if name.ends_with([' ', '.']) {
            return Err(BadPath(format!("ends a name with a space or a point in {name:?}")));
        }
        if crate::value::filter::is_device(name) {
            return Err(BadPath(format!("names the device {name:?}")));
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows() -> PathStyle {
        PathStyle { os: Os::Windows, home: "C/Users/jana".to_owned(), posix: false }
    }

    #[test]
    fn every_way_of_writing_a_path_is_one() {
        for written in [
            r"C:\Users\jana\Documents\x.txt",
            "C:/Users/jana/Documents/x.txt",
            "C/Users/jana/Documents/x.txt",
            "/C/Users/jana/Documents/x.txt",
            "Documents/x.txt",
            r".\Documents\..\Documents\x.txt",
            "~/Documents//x.txt",
        ] {
            assert_eq!(windows().storage(written).as_deref(), Ok("C/Users/jana/Documents/x.txt"), "{written}");
        }
        assert_eq!(windows().storage("/").as_deref(), Ok(""));
        assert_eq!(windows().shown("C/Users/jana"), r"C:\Users\jana");
        let linux = PathStyle { os: Os::Linux, home: "home/li".to_owned(), posix: false };
        assert_eq!(
            linux.storage("/home/li/a:b").map(|_| ()),
            Err(BadPath("has a character that no computer takes in a name".to_owned()))
        );
        assert_eq!(linux.storage("notes.txt").as_deref(), Ok("home/li/notes.txt"));
        assert_eq!(linux.shown("home/li/notes.txt"), "/home/li/notes.txt");
    }

    #[test]
    fn what_leads_out_or_nowhere_is_refused() {
        for written in ["../../../..", r"C:\..\..", "a\0b", "CON", "nul.txt", "a:stream", "x. ", "a?", &"x".repeat(300)]
        {
            assert!(windows().storage(written).is_err(), "{written:?}");
        }
    }
}
