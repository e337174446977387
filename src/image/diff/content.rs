//! Two versions of a file, compared at the level of cells, paragraphs, lines and messages.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::PlaceChange;
use crate::diag::Diagnostic;
use crate::document::Place;
use crate::formats::read::Line;
use crate::image::{Image, show};

/// Longest texts that are aligned line by line; longer ones are compared place by place.
const ALIGNED: usize = 2_000;

/// The places that differ; nothing where a format has no reader.
pub(crate) fn compare(before: (&Image, &str), after: (&Image, &str)) -> Result<Vec<PlaceChange>, Diagnostic> {
    let lines = |(image, path)| show::lines(image, path);
    let (Ok(old), Ok(new)) = (lines(before), lines(after)) else { return Ok(Vec::new()) };
    let flows = |lines: &[Line]| {
        lines.iter().all(|line| {
            matches!(line.place, Place::Paragraph(_) | Place::Slide { .. } | Place::Line(_) | Place::Property(_))
        })
    };
    match flows(&old) && flows(&new) && old.len().max(new.len()) <= ALIGNED {
        true => Ok(aligned(&old, &new)),
        false => Ok(by_place(&old, &new)),
    }
}

/// Cells and messages stay what they are wherever they move: compared by their place.
fn by_place(old: &[Line], new: &[Line]) -> Vec<PlaceChange> {
    let (old, new) = (texts(old), texts(new));
    let mut places: Vec<&String> = old.keys().chain(new.keys().filter(|place| !old.contains_key(*place))).collect();
    places.retain(|place| old.get(*place) != new.get(*place));
    let change = |place: &String| PlaceChange {
        place: place.clone(),
        before: old.get(place).cloned(),
        after: new.get(place).cloned(),
        because: Vec::new(),
    };
    places.into_iter().map(change).collect()
}

/// Texts by place, in reading order; the lines of a message are one text.
fn texts(lines: &[Line]) -> indexmap::IndexMap<String, String> {
    let mut texts: indexmap::IndexMap<String, String> = indexmap::IndexMap::new();
    for line in lines {
        let text = match line.formula() {
            Some(formula) => format!("{} (={formula})", line.text()),
            None => line.labelled().into_owned(),
        };
        let entry = texts.entry(line.place.to_string()).or_default();
        if !entry.is_empty() {
            entry.push('\n');
        }
        entry.push_str(&text);
    }
    texts
}

/// Paragraphs and lines by their longest common subsequence; what stands at one spot in both is one change.
fn aligned(old: &[Line], new: &[Line]) -> Vec<PlaceChange> {
    let head = old.iter().zip(new).take_while(|(left, right)| left.text() == right.text()).count();
    let tail = old[head..]
        .iter()
        .rev()
        .zip(new[head..].iter().rev())
        .take_while(|(left, right)| left.text() == right.text())
        .count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let lengths = lengths(old, new);
    let (mut at, mut to) = (0, 0);
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let mut changes = Vec::new();
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at].text() == new[to].text() {
            pair(&mut removed, &mut added, &mut changes);
            (at, to) = (at + 1, to + 1);
        } else if to == new.len() || (at < old.len() && lengths[at + 1][to] >= lengths[at][to + 1]) {
            removed.push(&old[at]);
            at += 1;
        } else {
            added.push(&new[to]);
            to += 1;
        }
    }
    pair(&mut removed, &mut added, &mut changes);
    changes
}

/// `lengths[i][j]` is the length of the longest common subsequence from there on.
fn lengths(old: &[Line], new: &[Line]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            lengths[at][to] = match old[at].text() == new[to].text() {
                true => lengths[at + 1][to + 1] + 1,
                false => lengths[at + 1][to].max(lengths[at][to + 1]),
            };
        }
    }
    lengths
}

fn pair(removed: &mut Vec<&Line>, added: &mut Vec<&Line>, changes: &mut Vec<PlaceChange>) {
    for at in 0..removed.len().max(added.len()) {
        let (before, after) = (removed.get(at), added.get(at));
        let place = after.or(before).map(|line| line.place.to_string()).unwrap_or_default();
        let text = |line: Option<&&Line>| line.map(|line| line.text().into_owned());
        changes.push(PlaceChange { place, before: text(before), after: text(after), because: Vec::new() });
    }
    removed.clear();
    added.clear();
}

/// A sealed record without the numbers of facts, which are positions: adding one fact moves many.
pub(crate) fn meaning(record: Json) -> Json {
    match record {
        Json::Object(members) => {
            let kept = members.into_iter().filter(|(name, _)| !matches!(name.as_str(), "facts" | "reveals"));
            let sorted: BTreeMap<String, Json> = kept.map(|(name, value)| (name, meaning(value))).collect();
            let only_text = sorted.len() == 1;
            match sorted.get("text").filter(|_| only_text) {
                Some(text) => text.clone(),
                None => Json::from_iter(sorted),
            }
        }
        Json::Array(items) => Json::from_iter(items.into_iter().map(meaning)),
        plain => plain,
    }
}
