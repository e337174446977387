//! All facts, grouped by table and column so that the addresses are not repeated; and how they are read back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::diag::Diagnostic;
use crate::image::encode::Encoded;
use crate::image::{Image, fault};
use crate::plan::{Fact, Plan};
use crate::value::FactId;

/// The facts of one column of one table; or, with one empty key, a single fact.
#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    column: &'a str,
    sealed: bool,
    drawn: bool,
    /// The secrets it is computed from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from: Vec<&'a str>,
    facts: Vec<(u32, &'a str, Encoded<'a>)>,
}

/// A fact as the image keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredFact {
    pub id: FactId,
    pub address: String,
    /// `actual.amount`: what is declared once for all rows.
    pub declaration: String,
    /// As [`crate::image::encode`] spells values.
    pub value: Json,
    pub sealed: bool,
    pub drawn: bool,
    /// The secrets it is computed from, by their declarations.
    pub from: Arc<[String]>,
}

/// One group a line, in the order of names.
pub(crate) fn text(plan: &Plan) -> String {
    let mut groups: BTreeMap<(&str, &str, bool, bool), Vec<(u32, &str, Encoded)>> = BTreeMap::new();
    for (id, fact) in plan.facts.iter().enumerate() {
        let (name, key, column) = split(&fact.address);
        let member = (id as u32, key, Encoded { value: &fact.value, plan });
        groups.entry((name, column, fact.sealed, fact.drawn)).or_default().push(member);
    }
    let line = |((name, column, sealed, drawn), facts)| {
        let from = secrets(plan, &declaration_of(name, column)).collect();
        let group = Group { name, column, sealed, drawn, from, facts };
        serde_json::to_string(&group).expect("strings, numbers and encoded values have a JSON form")
    };
    let lines: Vec<String> = groups.into_iter().map(line).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// The secrets behind a fact or column, without itself.
fn secrets<'p>(plan: &'p Plan, declaration: &str) -> impl Iterator<Item = &'p str> {
    let behind = plan.secrets.get(declaration).into_iter().flatten().map(String::as_str);
    behind.filter(move |secret| *secret != declaration)
}

/// Name, key and column of an address: `actual[2026-01,4100].amount` is `actual`, `2026-01,4100`, `amount`. The arguments
/// of a table belong to its name: `line[actual,2026-01][4100,1].amount` is `line[actual,2026-01]`, `4100,1`, `amount`. A
/// column may have keys of its own; they belong to the column.
pub(crate) fn split(address: &str) -> (&str, &str, &str) {
    let Some(mut open) = address.find('[') else {
        let (name, column) = address.split_once('.').unwrap_or((address, ""));
        return (name, "", column);
    };
    loop {
        let Some(close) = closing(&address[open..]).map(|close| open + close) else { return (address, "", "") };
        if !address[close + 1..].starts_with('[') {
            let column = address[close + 1..].trim_start_matches('.');
            return (&address[..open], &address[open + 1..close], column);
        }
        open = close + 1;
    }
}

/// Where the bracket at the start is closed; keys may hold brackets themselves.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, letter) in text.bytes().enumerate() {
        match letter {
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What is declared once: the address without its keys.
pub(crate) fn declaration(address: &str) -> String {
    let (name, _, column) = split(address);
    declaration_of(name, column)
}

fn declaration_of(name: &str, column: &str) -> String {
    join(bare(name), "", column)
}

/// The name of a table without its arguments.
fn bare(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

fn join(name: &str, key: &str, column: &str) -> String {
    let key = if key.is_empty() { String::new() } else { format!("[{key}]") };
    let column = if column.is_empty() { String::new() } else { format!(".{column}") };
    format!("{name}{key}{column}")
}

/// The places of declarations for the receipt.
pub(crate) fn declared(facts: &[Fact], place: impl Fn(&Fact) -> Option<String>) -> BTreeMap<String, String> {
    let mut seen = BTreeSet::new();
    let mut places = BTreeMap::new();
    for fact in facts {
        let (name, _, column) = split(&fact.address);
        if seen.insert((bare(name), column))
            && let Some(place) = place(fact)
        {
            places.entry(declaration_of(name, column)).or_insert(place);
        }
    }
    places
}

#[derive(Deserialize)]
struct StoredGroup {
    name: String,
    column: String,
    sealed: bool,
    drawn: bool,
    #[serde(default)]
    from: Vec<String>,
    facts: Vec<(u32, String, Json)>,
}

/// The facts of an image, by table, column and row.
pub(crate) fn read(image: &Image) -> Result<Vec<StoredFact>, Diagnostic> {
    let path = "sealed/facts.json";
    let text = image.read_text(path)?;
    let groups: Vec<StoredGroup> =
        serde_json::from_str(&text).map_err(|error| fault::damaged(path, &format!("is no list of facts: {error}")))?;
    Ok(groups.into_iter().flat_map(members).collect())
}

fn members(group: StoredGroup) -> impl Iterator<Item = StoredFact> {
    let StoredGroup { name, column, sealed, drawn, from, facts } = group;
    let (declaration, from) = (declaration_of(&name, &column), Arc::from(from));
    facts.into_iter().map(move |(id, key, value)| StoredFact {
        id: FactId(id),
        address: join(&name, &key, &column),
        declaration: declaration.clone(),
        value,
        sealed,
        drawn,
        from: Arc::clone(&from),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_split_and_join() {
        for (address, name, key, column) in [
            ("actual[2026-01,4100].amount", "actual", "2026-01,4100", "amount"),
            ("approved_q1", "approved_q1", "", ""),
            ("persona[jana].name", "persona", "jana", "name"),
            ("noise[a[b]].copies", "noise", "a[b]", "copies"),
            ("line[actual,2026-01][4100,1].amount", "line[actual,2026-01]", "4100,1", "amount"),
            ("odd[never closed", "odd[never closed", "", ""),
        ] {
            assert_eq!(split(address), (name, key, column));
            assert_eq!(join(name, key, column), address);
        }
        assert_eq!(declaration("line[actual,2026-01][4100,1].amount"), "line.amount");
    }
}
