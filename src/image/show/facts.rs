//! The facts of an image, table by table, as YAML that people read.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::value;
use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::hash::sha256;
use crate::image::sealed::facts::{StoredFact, read, split};

/// All facts; of a table at most `fold` rows, the rest as a number and a digest, so that no change of a fact is lost.
pub(crate) fn facts(image: &Image, fold: usize) -> Result<String, Diagnostic> {
    let stored = read(image)?;
    let mut tables: BTreeMap<&str, BTreeMap<(Vec<Piece>, &str), Vec<&StoredFact>>> = BTreeMap::new();
    for fact in &stored {
        let (name, key, _) = split(&fact.address);
        tables.entry(name).or_default().entry((natural(key), key)).or_default().push(fact);
    }
    Ok(tables.into_iter().map(|(name, rows)| table(name, rows, fold)).collect())
}

/// A piece of a key, so that row 10 comes after row 9.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u64),
    Text(String),
}

fn natural(key: &str) -> Vec<Piece> {
    let pieces = key.as_bytes().chunk_by(|left, right| left.is_ascii_digit() == right.is_ascii_digit());
    let piece = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.parse().map_or_else(|_| Piece::Text(text.to_string()), Piece::Number)
    };
    pieces.map(piece).collect()
}

fn table(name: &str, rows: BTreeMap<(Vec<Piece>, &str), Vec<&StoredFact>>, fold: usize) -> String {
    let lines: Vec<String> = rows.into_iter().map(|((_, key), facts)| row(key, &facts)).collect();
    match lines.as_slice() {
        [only] if only.starts_with(": ") => format!("{name}{only}\n"),
        _ => format!("{name}:\n{}", folded(&lines, fold)),
    }
}

/// The first lines and what the rest is.
fn folded(lines: &[String], fold: usize) -> String {
    let shown = if lines.len() > fold { fold } else { lines.len() };
    let mut text: String = lines[..shown].iter().map(|line| format!("  {line}\n")).collect();
    if shown < lines.len() {
        let digest = sha256(lines[shown..].join("\n").as_bytes());
        text.push_str(&format!("  # … {} more rows, digest {}\n", lines.len() - shown, &digest[..12]));
    }
    text
}

/// `2026-01,4100: {amount: 212400}`; a fact without key or column is its value alone.
fn row(key: &str, facts: &[&StoredFact]) -> String {
    let sealed = facts.iter().any(|fact| fact.sealed);
    let mark = if sealed { "  # sealed" } else { "" };
    let columns: Vec<String> = facts.iter().map(|fact| column(fact)).collect();
    match facts {
        [only] if split(&only.address).2.is_empty() => format!("{}: {}{mark}", quoted(key), columns[0]),
        _ => format!("{}: {{{}}}{mark}", quoted(key), columns.join(", ")),
    }
}

fn column(fact: &StoredFact) -> String {
    let column = split(&fact.address).2;
    let value = value::text(&fact.value);
    if column.is_empty() { value } else { format!("{column}: {value}") }
}

/// Keys with marks of YAML in them stand in quotes.
fn quoted(key: &str) -> String {
    let plain = key.chars().all(|letter| letter.is_alphanumeric() || "-_,. ".contains(letter));
    if plain { key.to_string() } else { format!("{key:?}") }
}

/// A fact for programs.
pub(crate) fn json(fact: &StoredFact) -> Json {
    json!({"address": fact.address, "value": fact.value, "sealed": fact.sealed, "drawn": fact.drawn})
}
