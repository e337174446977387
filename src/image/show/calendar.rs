//! The month as it will go: who does what when. Meetings, mails, posts, changes, what is due.

use serde_json::{Value as Json, json};

use super::value::{condition, words};
use crate::diag::Diagnostic;
use crate::image::sealed::records;
use crate::image::{Image, time};
use crate::value::{Date, Moment};

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    at: String,
    kind: String,
    address: String,
    what: String,
}

impl Entry {
    pub(crate) fn json(&self) -> Json {
        json!({"at": self.at, "kind": self.kind, "address": self.address, "what": self.what})
    }
}

/// Day by day; days without anything are left out, holidays are named.
pub(crate) fn calendar(image: &Image) -> Result<String, Diagnostic> {
    let mut text = String::new();
    let mut day = String::new();
    for entry in entries(image)? {
        let here = entry.at.get(..10).unwrap_or_default().to_string();
        if here != day {
            text.push_str(&format!("{}{}\n", if day.is_empty() { "" } else { "\n" }, weekday(&here)));
            day = here;
        }
        let hour = entry.at.get(11..16).unwrap_or_default();
        // What has no name is told by its title alone.
        let named = !entry.address.is_empty() && !entry.address.contains('"');
        let address = if named { format!("  ({})", entry.address) } else { String::new() };
        text.push_str(format!("  {hour:5} {:7} {}{address}", entry.kind, entry.what).trim_end());
        text.push('\n');
    }
    Ok(text)
}

/// `Mon 2026-03-02`.
fn weekday(day: &str) -> String {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let name = Date::parse(day).map_or("", |date| NAMES[(i64::from(date.0) + 3).rem_euclid(7) as usize]);
    format!("{name} {day}")
}

/// Everything of the month in order.
pub(crate) fn entries(image: &Image) -> Result<Vec<Entry>, Diagnostic> {
    let world = records::one(image, "world.json")?;
    let (starts, ends) = (plain(&world, "starts"), plain(&world, "ends"));
    let mut entries: Vec<Entry> = records::list(image, "objectives.json")?.iter().flat_map(deadlines).collect();
    let holidays = world["holidays"].as_array().into_iter().flatten().filter_map(Json::as_str);
    entries.extend(holidays.map(|day| entry(day.to_string(), "holiday", "", String::new())));
    entries.extend(records::lines(image, "calendar.jsonl")?.iter().flat_map(meetings));
    entries.extend(records::lines(image, "schedule.jsonl")?.iter().flat_map(scheduled));
    let day = |text: &str| text.get(..10).unwrap_or_default().to_string();
    entries.retain(|entry| day(&entry.at) >= day(&starts) && day(&entry.at) <= day(&ends));
    entries.sort();
    Ok(entries)
}

fn entry(at: String, kind: &str, address: &str, what: String) -> Entry {
    Entry { at, kind: kind.to_string(), address: address.to_string(), what }
}

fn plain(record: &Json, name: &str) -> String {
    record[name].as_str().unwrap_or_default().to_string()
}

fn deadlines(objective: &Json) -> Vec<Entry> {
    let name = plain(objective, "name");
    let mut entries = vec![entry(plain(objective, "due"), "due", "", name.clone())];
    let milestones = objective["milestones"].as_array().into_iter().flatten();
    entries
        .extend(milestones.map(|part| entry(plain(part, "by"), "due", "", format!("{name}.{}", plain(part, "name")))));
    entries
}

fn meetings(event: &Json) -> Vec<Entry> {
    let starts = event["starts"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let what = meeting(event);
    starts
        .map(|at| entry(at.to_string(), "event", event["address"].as_str().unwrap_or_default(), what.clone()))
        .collect()
}

/// Title, until when, with whom.
fn meeting(event: &Json) -> String {
    let first = event["starts"][0].as_str().and_then(time::parse_moment);
    let ends = first.map(|at| Moment(at.0 + event["lasts"].as_i64().unwrap_or(0)).time().to_string());
    format!("{} until {} · {}", words(&event["title"]), ends.unwrap_or_default(), people(&event["who"]))
}

fn scheduled(record: &Json) -> Vec<Entry> {
    let kind = plain(record, "kind");
    let condition = match &record["when"] {
        Json::Null => String::new(),
        when => format!(" [if {}]", condition(when)),
    };
    let what = match kind.as_str() {
        "mail" => format!("{} → {}: {}", who(&record["from"]), people(&record["to"]), words(&record["subject"])),
        "post" => {
            format!("{} in {}: {}", who(&record["from"]), plain(record, "channel"), first_line(words(&record["body"])))
        }
        "change" => change(record),
        _ => format!("invitation: {}", meeting(record)),
    };
    let address = plain(record, "address");
    let mut entries = vec![entry(plain(record, "at"), &kind, &address, what + &condition)];
    if kind == "event" {
        entries.extend(meetings(record));
    }
    entries
}

fn change(record: &Json) -> String {
    let files = record["files"].as_array().into_iter().flatten().map(|file| format!("+ {}", plain(file, "path")));
    let removes =
        record["removes"].as_array().into_iter().flatten().filter_map(Json::as_str).map(|path| format!("- {path}"));
    let moves = record["moves"].as_array().into_iter().flatten();
    let moves = moves
        .map(|pair| format!("{} → {}", pair[0].as_str().unwrap_or_default(), pair[1].as_str().unwrap_or_default()));
    files.chain(removes).chain(moves).collect::<Vec<_>>().join(", ")
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// Somebody by the name in the spec, or a stranger by name.
fn who(person: &Json) -> &str {
    person.as_str().or_else(|| person["name"].as_str()).unwrap_or_default()
}

fn people(list: &Json) -> String {
    list.as_array().into_iter().flatten().map(who).collect::<Vec<_>>().join(", ")
}
