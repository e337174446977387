//! What may be chosen for a spec on the command line: seeds, knobs, the salt.

use std::path::PathBuf;

use clap::{Args, value_parser};

use super::outcome::Failure;
use crate::fleet::size_of;
use crate::{Settings, disk};

/// What every command that makes worlds lets one choose.
#[derive(Args)]
pub(super) struct Choices {
    /// Set a knob of the spec; may be given several times
    #[arg(long, value_name = "KNOB=VALUE", value_parser = knob)]
    set: Vec<(String, String)>,
    /// Key the secrets with the bytes of this file: the same open world with other secrets
    #[arg(long, value_name = "FILE")]
    salt_file: Option<PathBuf>,
    /// How many threads work; any number makes the same bytes
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = value_parser!(u16).range(..=1024))]
    threads: u16,
}

impl Choices {
    /// The settings for one seed.
    pub(super) fn settings(&self, seed: u64) -> Result<Settings, Failure> {
        let salt = match &self.salt_file {
            Some(path) => Some(salt(path)?),
            None => None,
        };
        let mut names: Vec<&str> = self.set.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::Wrong(format!("the knob `{}` is set twice", twice[0])));
        }
        Ok(Settings { seed, set: self.set.clone(), salt, threads: self.threads.into() })
    }

    /// Whether they say which world is made, beyond its seed.
    pub(super) fn choose_a_world(&self) -> bool {
        !self.set.is_empty() || self.salt_file.is_some()
    }
}

/// The salt; an empty one would silently be no salt at all.
pub(super) fn salt(path: &std::path::Path) -> Result<Vec<u8>, Failure> {
    let unread = |why| Failure::unread(&format!("the salt `{}` cannot be used", path.display()), why);
    let bytes = disk::read(path).map_err(unread)?;
    if bytes.is_empty() { Err(unread("it is empty".to_owned().into())) } else { Ok(bytes) }
}

/// `mess=200%`.
fn knob(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a knob is set as `name=value`")?;
    if name.trim().is_empty() || value.trim().is_empty() {
        return Err("a knob is set as `name=value`, neither side empty".into());
    }
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Seeds as a list: `1,7` or `1..20`, both ends included, or both mixed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seeds(pub(super) Vec<(u64, u64)>);

/// The most seeds of a fleet; more are a slip.
const MOST_SEEDS: u64 = 1_000_000_000;
/// The most seeds of a command that keeps an answer for each in memory.
const MOST_ANSWERS: u64 = 1_000_000;

impl Seeds {
    /// One by one, if they are not more than can be answered at once.
    pub(super) fn list(&self) -> Result<Vec<u64>, Failure> {
        match size_of(&self.0) {
            ..=MOST_ANSWERS => Ok(self.0.iter().flat_map(|(first, last)| *first..=*last).collect()),
            _ => Err(Failure::Wrong(format!("at most {MOST_ANSWERS} seeds at a time; a fleet takes more"))),
        }
    }
}

impl std::str::FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Seeds, String> {
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for part in text.split(',') {
            let (first, last) = part.split_once("..").unwrap_or((part, part));
            let number = |text: &str| text.trim().parse::<u64>().map_err(|_| format!("`{text}` is not a seed"));
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(format!("`{part}` runs backwards"));
            }
            match ranges.last_mut() {
                Some((_, before)) if before.checked_add(1) == Some(first) => *before = last,
                _ => ranges.push((first, last)),
            }
        }
        let mut sorted = ranges.clone();
        sorted.sort_unstable();
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0].1 >= pair[1].0) {
            return Err(format!("seed {} stands there twice", twice[1].0));
        }
        let seeds = Seeds(ranges);
        if size_of(&seeds.0) > MOST_SEEDS {
            return Err(format!("at most {MOST_SEEDS} seeds at a time"));
        }
        Ok(seeds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_lists_and_ranges() {
        for (text, ranges, seeds) in [
            ("1,7", vec![(1, 1), (7, 7)], vec![1, 7]),
            ("3..5, 9", vec![(3, 5), (9, 9)], vec![3, 4, 5, 9]),
            ("9,1,2,3..4", vec![(9, 9), (1, 4)], vec![9, 1, 2, 3, 4]),
        ] {
            let read: Seeds = text.parse().expect("seeds");
            assert_eq!(read.list().ok(), Some(seeds), "{text}");
            assert_eq!(read, Seeds(ranges), "neighbours are one range, in the order of the list");
        }
        let many: Seeds = "1..1000000000".parse().expect("a fleet of a billion");
        assert!(many.list().is_err());
        for wrong in ["", "x", "5..3", "-1", "1,1", "3..5,4..9", "0..18446744073709551615"] {
            assert!(wrong.parse::<Seeds>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn knobs_have_a_name_and_a_value() {
        assert_eq!(knob("mess=200%"), Ok(("mess".into(), "200%".into())));
        assert_eq!(knob("style=a=b"), Ok(("style".into(), "a=b".into())));
        assert!(knob("mess").is_err() && knob("=1").is_err() && knob("mess=").is_err());
    }
}
