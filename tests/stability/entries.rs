//! A world taken apart: every file, message, event, card, post and sealed record for itself, with the facts it prints.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use worldc::Image;

/// A world as entries and facts.
pub struct Parts {
    pub entries: BTreeMap<String, Entry>,
    /// Facts by address.
    pub facts: BTreeMap<String, Fact>,
    /// Declarations of the files on the disk by path.
    pub declarations: BTreeMap<String, String>,
}

/// One thing in a world that must stay as it is when something else is added.
pub struct Entry {
    /// Everything about it that an agent or a reader of the sealed part could see, bytes by their hash.
    pub content: String,
    /// The same as words, for finding a probe in it.
    pub text: String,
    /// The addresses of the facts printed in it.
    pub facts: BTreeSet<String>,
    /// The names of attached files, each with its bytes.
    pub attached: BTreeMap<String, String>,
}

/// A fact as the sealed list has it.
#[derive(PartialEq)]
pub struct Fact {
    pub value: String,
    pub drawn: bool,
}

/// Takes an image apart.
pub fn parts(image: &Image) -> Parts {
    let numbered = numbered_facts(image);
    let addresses: BTreeMap<u32, &str> = numbered.iter().map(|(id, address, _)| (*id, address.as_str())).collect();
    let printed = printed(image, &addresses);
    let declarations = declarations(image);
    let mut entries = BTreeMap::new();
    for listing in &image.manifest().entries {
        if listing.path.starts_with("mail/") {
            correspondence(image, &listing.path, &printed, &mut entries);
            continue;
        }
        let entry = Entry {
            content: format!("{listing:?} {:?}", declarations.get(&listing.path)),
            text: String::new(),
            facts: facts_of(&printed, &listing.path, None),
            attached: BTreeMap::new(),
        };
        entries.insert(listing.path.clone(), entry);
    }
    for (key, record) in records(image) {
        entries.insert(key, sealed(record, &addresses, &printed));
    }
    let facts = numbered.into_iter().map(|(_, address, fact)| (address, fact)).collect();
    Parts { entries, facts, declarations }
}

/// A text of the image.
fn text(image: &Image, path: &str) -> String {
    let bytes = image.read(path).unwrap_or_else(|finding| panic!("{path}: {finding:?}"));
    String::from_utf8(bytes.to_vec()).expect("sealed records and mail are text")
}

fn json(image: &Image, path: &str) -> Json {
    serde_json::from_str(&text(image, path)).expect("sealed records are JSON")
}

fn numbered_facts(image: &Image) -> Vec<(u32, String, Fact)> {
    let mut facts = Vec::new();
    let groups = json(image, "sealed/facts.json");
    for group in groups.as_array().expect("facts stand in groups") {
        let word = |name: &str| group[name].as_str().expect("a group has a name and a column");
        for member in group["facts"].as_array().expect("a group has facts") {
            let id = member[0].as_u64().expect("a fact has a number") as u32;
            let key = member[1].as_str().expect("a fact has a key");
            let address = address(word("name"), key, word("column"));
            facts.push((id, address, Fact { value: member[2].to_string(), drawn: group["drawn"] == Json::Bool(true) }));
        }
    }
    facts
}

/// `actual[2026-01,4100].amount`, or only a name.
fn address(name: &str, key: &str, column: &str) -> String {
    let key = if key.is_empty() { String::new() } else { format!("[{key}]") };
    let column = if column.is_empty() { String::new() } else { format!(".{column}") };
    format!("{name}{key}{column}")
}

/// `3 7-12` as addresses.
fn named<'a>(runs: &'a str, addresses: &'a BTreeMap<u32, &str>) -> impl Iterator<Item = String> + 'a {
    let run = |word: &str| {
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        let number = |digits: &str| digits.parse::<u32>().expect("runs of facts are numbers");
        number(first)..=number(last)
    };
    runs.split_whitespace().flat_map(run).map(|id| addresses[&id].to_string())
}

/// Path and place of everything printed, with its facts.
type Printed = BTreeMap<String, Vec<(String, BTreeSet<String>)>>;

fn printed(image: &Image, addresses: &BTreeMap<u32, &str>) -> Printed {
    let mut printed = Printed::new();
    for line in text(image, "sealed/provenance.jsonl").lines() {
        let record: Json = serde_json::from_str(line).expect("provenance is JSON");
        let path = record["path"].as_str().expect("provenance has paths").to_string();
        let places = record["at"].as_array().into_iter().flatten().filter_map(|at| {
            Some((at[0].as_str()?.to_string(), named(at[1].as_str()?, addresses).collect::<BTreeSet<_>>()))
        });
        printed.entry(path).or_default().extend(places.collect::<Vec<_>>());
    }
    printed
}

/// The facts printed in a file, or at one place of it.
fn facts_of(printed: &Printed, path: &str, place: Option<&str>) -> BTreeSet<String> {
    let places = printed.get(path).into_iter().flatten();
    let here = places.filter(|(found, _)| place.is_none_or(|wanted| found == wanted));
    here.flat_map(|(_, facts)| facts.iter().cloned()).collect()
}

fn declarations(image: &Image) -> BTreeMap<String, String> {
    let named = json(image, "sealed/declarations.json");
    let pairs = named.as_object().into_iter().flatten();
    pairs.map(|(path, name)| (path.clone(), name.as_str().unwrap_or_default().to_string())).collect()
}

/// Messages, events, cards and posts, each for itself; what stands around events is an entry too.
fn correspondence(image: &Image, path: &str, printed: &Printed, entries: &mut BTreeMap<String, Entry>) {
    let whole = text(image, path);
    let (pieces, identifier) = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("mbox") => (split(&whole, "From "), "Message-ID: "),
        Some("ics") => (split(&whole, "BEGIN:VEVENT"), "UID:"),
        Some("vcf") => (split(&whole, "BEGIN:VCARD"), "UID:"),
        _ => (whole.lines().collect(), "{\"id\":\""),
    };
    for piece in pieces {
        let found = piece.find(identifier).map(|at| &piece[at + identifier.len()..]);
        let id = found.map_or("", |rest| rest.split(['\r', '\n', '"']).next().unwrap_or_default());
        let id = id.trim_matches(['<', '>']);
        let (content, attached) = without_attachments(piece.trim_end_matches("END:VCALENDAR\r\n"));
        let facts = facts_of(printed, path, Some(&format!("<{id}>")));
        let text = content.replace("=\n", "").replace("\r\n ", "");
        entries.insert(format!("{path} {id}"), Entry { content, text, facts, attached });
    }
}

/// A text cut before each line that begins so.
fn split<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    let begins = text.match_indices(start).map(|(at, _)| at).filter(|at| *at == 0 || text[..*at].ends_with('\n'));
    let starts: Vec<usize> = std::iter::once(0).chain(begins).chain([text.len()]).collect();
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).filter(|piece| !piece.is_empty()).collect()
}

/// A message without the bytes of its attachments, and these by name.
fn without_attachments(message: &str) -> (String, BTreeMap<String, String>) {
    let mut parts = message.split("\n--=_");
    let mut kept = parts.next().unwrap_or_default().to_string();
    let mut attached = BTreeMap::new();
    for part in parts {
        match part.split_once("filename=\"").and_then(|(_, rest)| rest.split_once('"')) {
            Some((name, bytes)) => drop(attached.insert(name.to_string(), bytes.to_string())),
            None => kept.push_str(part),
        }
    }
    (kept, attached)
}

/// Sealed records by what they are.
fn records(image: &Image) -> Vec<(String, Json)> {
    let mut found = Vec::new();
    for name in ["schedule.jsonl", "calendar.jsonl"] {
        let text = text(image, &format!("sealed/{name}"));
        let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).expect("records are JSON"));
        found.extend(lines.map(|record| (format!("{name} {} {}", record["kind"], record["address"]), record)));
    }
    for (name, key) in [("people.json", "id"), ("objectives.json", "name"), ("mess.json", "file")] {
        let list = json(image, &format!("sealed/{name}"));
        let list = list.as_array().cloned().unwrap_or_default();
        let named = |record: &Json| if record[key].is_null() { record["mail"].clone() } else { record[key].clone() };
        found.extend(list.into_iter().map(|record| (format!("{name} {} {}", named(&record), record["kind"]), record)));
    }
    found.push(("world.json".to_string(), json(image, "sealed/world.json")));
    found
}

/// A sealed record with its facts by address, since their numbers are places in a list.
fn sealed(mut record: Json, addresses: &BTreeMap<u32, &str>, printed: &Printed) -> Entry {
    let mut facts = BTreeSet::new();
    name_facts(&mut record, addresses, printed, &mut facts);
    let content = record.to_string();
    Entry { text: content.clone(), content, facts, attached: BTreeMap::new() }
}

fn name_facts(node: &mut Json, addresses: &BTreeMap<u32, &str>, printed: &Printed, facts: &mut BTreeSet<String>) {
    match node {
        Json::Object(members) => {
            if let Some(Json::String(declaration)) = members.get("declaration") {
                facts.extend(facts_of(printed, declaration, None));
            }
            if let Some(Json::String(moved)) = members.get("fact") {
                facts.insert(moved.clone());
            }
            for (name, member) in members {
                match member {
                    Json::String(runs) if name == "facts" || name == "reveals" => {
                        let here: BTreeSet<String> = named(runs, addresses).collect();
                        *member = Json::from_iter(here.iter().cloned());
                        facts.extend(here);
                    }
                    Json::Array(spans) if name == "facts" => {
                        for span in spans.iter_mut() {
                            let runs = span[2].as_str().unwrap_or_default().to_string();
                            let here: BTreeSet<String> = named(&runs, addresses).collect();
                            span[2] = Json::from_iter(here.iter().cloned());
                            facts.extend(here);
                        }
                    }
                    other => name_facts(other, addresses, printed, facts),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| name_facts(item, addresses, printed, facts)),
        _ => {}
    }
}
