//! Differences as text.

use std::fmt::{self, Display, Formatter};

use super::{Difference, FactChange, FileChange, Kind, PlaceChange};
use crate::image::sealed::facts::declaration;
use crate::image::show::{SCREEN, shortened};

/// The most changes of one column or file that are printed; the rest is a number.
const SHOWN: usize = SCREEN / 2;

impl Display for Difference {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        print_facts(&self.facts, out)?;
        if let Some((before, after)) = &self.home {
            writeln!(out, "home\n  {before} → {after}")?;
        }
        if !self.files.is_empty() {
            writeln!(out, "files")?;
        }
        for file in &self.files {
            print_file(file, out)?;
        }
        if !self.sealed.is_empty() {
            writeln!(out, "sealed")?;
        }
        for change in &self.sealed {
            writeln!(out, "  {} {}  {}", change.kind.sign(), change.record, change.address)?;
        }
        Ok(())
    }
}

impl Kind {
    fn sign(self) -> char {
        match self {
            Kind::Added => '+',
            Kind::Removed => '-',
            Kind::Moved => '>',
            Kind::Changed => '~',
            Kind::Touched => '@',
        }
    }
}

fn print_facts(facts: &[FactChange], out: &mut Formatter<'_>) -> fmt::Result {
    if !facts.is_empty() {
        writeln!(out, "facts")?;
    }
    let mut groups: indexmap::IndexMap<String, Vec<&FactChange>> = indexmap::IndexMap::new();
    for fact in facts {
        groups.entry(declaration(&fact.address)).or_default().push(fact);
    }
    for group in groups.values() {
        for fact in group.iter().take(SHOWN) {
            let sealed = if fact.sealed { "  (sealed)" } else { "" };
            writeln!(out, "  {}  {}{sealed}", fact.address, arrow(fact.before.as_deref(), fact.after.as_deref()))?;
        }
        print_rest(group.len(), "  ", out)?;
    }
    Ok(())
}

fn print_file(file: &FileChange, out: &mut Formatter<'_>) -> fmt::Result {
    let was = file.was.as_ref().map(|was| format!("  (was {was})")).unwrap_or_default();
    writeln!(out, "  {} {}{was}", file.kind.sign(), file.path)?;
    for place in file.places.iter().take(SHOWN) {
        print_place(place, out)?;
    }
    print_rest(file.places.len(), "      ", out)
}

fn print_place(place: &PlaceChange, out: &mut Formatter<'_>) -> fmt::Result {
    let because = match place.because.as_slice() {
        [] => String::new(),
        facts if facts.len() > 3 => format!("  because {} and {} more", facts[..3].join(", "), facts.len() - 3),
        facts => format!("  because {}", facts.join(", ")),
    };
    let (before, after) = (place.before.as_deref().map(shortened), place.after.as_deref().map(shortened));
    writeln!(out, "      {}  {}{because}", place.place, arrow(before.as_deref(), after.as_deref()))
}

fn print_rest(count: usize, indent: &str, out: &mut Formatter<'_>) -> fmt::Result {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(out, "{indent}… {more} more"),
    }
}

fn arrow(before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (None, Some(after)) => format!("+ {after}"),
        (Some(before), None) => format!("- {before}"),
        (None, None) => String::new(),
    }
}
