//! Where two runs part: the first turn that differs, and in what.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::run::journal::{Journal, load};

/// The first difference of two journals.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    /// The turn; 0 is the header.
    pub turn: u64,
    /// What differs first in it, as the end of a sentence.
    pub why: &'static str,
    /// The differing part of each; nothing where a run has no such turn.
    pub one: Json,
    pub other: Json,
}

/// What is compared of a turn, in the order in which one thing leads to the next.
const PARTS: [(&str, &str); 9] = [
    ("outside", "its shell changed other files"),
    ("tool", "it calls another tool"),
    ("arguments", "it gives other arguments"),
    ("end", "the month ends in another way"),
    ("refused", "one call is refused and the other is not"),
    ("answer", "the answer is another one"),
    ("clock", "the clock goes on in another way"),
    ("now", "it is another time"),
    ("state", "the world is in another state, though nothing that was said differs"),
];

/// What makes a header another one; the rest of it decides nothing of what happens.
const HEADER: [(&str, &str); 5] = [
    ("image", "they are lived on other images"),
    ("rules", "they are lived under other rules"),
    ("paths", "paths are shown in another way"),
    ("limits", "they have other limits"),
    ("shell", "one agent has a shell and the other has none"),
];

/// Compares two runs by their journals; nothing where they are the same.
pub(crate) fn first(one: &Path, other: &Path) -> Result<Option<Difference>, Diagnostic> {
    let (one, other) = (load(&one.join("journal.jsonl"))?, load(&other.join("journal.jsonl"))?);
    let headers = one.header().zip(other.header());
    if let Some(difference) = headers.and_then(|(one, other)| differ(0, &HEADER, one, other)) {
        return Ok(Some(difference));
    }
    let both = one.turns().zip(other.turns()).zip(1..);
    let parted = both.into_iter().find_map(|((one, other), turn)| differ(turn, &PARTS, &one.content, &other.content));
    Ok(parted.or_else(|| longer(&one, &other)))
}

fn differ(turn: u64, parts: &[(&str, &'static str)], one: &Json, other: &Json) -> Option<Difference> {
    let (name, why) = parts.iter().find(|(name, _)| one.get(name) != other.get(name))?;
    // A tool says nothing without its arguments, nor a state without the time.
    let with = match *name {
        "tool" | "arguments" => &["tool", "arguments"][..],
        "state" => &["now", "state"],
        _ => std::slice::from_ref(name),
    };
    let shown = |line: &Json| with.iter().map(|name| (name.to_string(), line[*name].clone())).collect();
    Some(Difference { turn, why, one: shown(one), other: shown(other) })
}

/// One run is the beginning of the other.
fn longer(one: &Journal, other: &Journal) -> Option<Difference> {
    let (first, second) = (one.count(), other.count());
    let at = first.min(second);
    let next = |journal: &Journal| {
        let line = journal.turns().nth(at as usize).map(|line| &line.content);
        line.map_or(
            Json::Null,
            |line| json!({"tool": line["tool"], "arguments": line["arguments"], "end": line["end"]}),
        )
    };
    let why = if first < second { "the first run stops before it" } else { "the second run stops before it" };
    (first != second).then(|| Difference { turn: at + 1, why, one: next(one), other: next(other) })
}

impl Difference {
    pub(crate) fn json(&self) -> Json {
        json!({"turn": self.turn, "why": self.why, "one": self.one, "other": self.other})
    }

    pub(crate) fn text(&self) -> String {
        let place = if self.turn == 0 { "header".to_owned() } else { format!("turn {}", self.turn) };
        format!("{place}: {}\n  one    {}\n  other  {}\n", self.why, self.one, self.other)
    }
}
