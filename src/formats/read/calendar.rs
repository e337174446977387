//! iCalendar and vCard: lines folded at 75 octets, properties, components with an identifier.

use super::text::decoded;
use super::{Extract, Line, Role, Unreadable};
use crate::document::Place;

/// Every property of every event or card, at the place of the entry that `identifier` names.
pub(super) fn read(bytes: &[u8], identifier: &str) -> Result<Extract, Unreadable> {
    let text = unfolded(&decoded(bytes)?.text);
    let mut lines = Vec::new();
    let mut entry: Option<Vec<(String, String)>> = None;
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        match (line, &mut entry) {
            ("BEGIN:VEVENT" | "BEGIN:VCARD", _) => entry = Some(Vec::new()),
            ("END:VEVENT" | "END:VCARD", _) => lines.extend(finish(entry.take().unwrap_or_default(), identifier)),
            (_, Some(properties)) => properties.push(property(name, value)),
            (_, None) => {}
        }
    }
    Ok(Extract::of(lines))
}

/// Lines that begin with a space go on with the one before.
fn unfolded(text: &str) -> String {
    text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
}

/// The property's own name and what it says; of people, the common name is said too.
fn property(name: &str, value: &str) -> (String, String) {
    let (bare, parameters) = name.split_once(';').unwrap_or((name, ""));
    let common = parameters.split(';').find_map(|parameter| parameter.strip_prefix("CN="));
    let value = unescaped(value);
    let value = match common {
        Some(common) => format!("{} <{}>", common.trim_matches('"'), value.trim_start_matches("mailto:")),
        None => value,
    };
    (bare.to_owned(), value)
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(letter),
        }
    }
    text
}

fn finish(properties: Vec<(String, String)>, identifier: &str) -> Vec<Line> {
    let id = properties.iter().find(|(name, _)| name == identifier).map_or(String::new(), |(_, value)| value.clone());
    let shown =
        properties.into_iter().filter(|(name, _)| !matches!(name.as_str(), "UID" | "DTSTAMP" | "VERSION" | "PRODID"));
    shown.map(|(name, value)| Line::new(Place::Entry(id.clone()), Role::Field(name), value)).collect()
}
