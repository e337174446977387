//! The sealed part of an image: everything that is true but not on the computer. Never mounted, never served.
//!
//! `world.json`, `facts.json`, `people.json`, `objectives.json`, `schedule.jsonl`, `history.jsonl`, `calendar.jsonl`, `declarations.json`, `mess.json`,
//! `provenance.jsonl`, `derivations.jsonl`, and `blobs/<sha256>` for the bytes of files that are not on the disk yet. Every record
//! holds the world's canary.

pub(crate) mod canary;
pub(crate) mod derivations;
pub(crate) mod facts;
mod mess;
pub(crate) mod objectives;
pub(crate) mod people;
pub(crate) mod provenance;
pub(crate) mod records;
pub(crate) mod schedule;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::image::bytes::Rendered;
use crate::image::encode;
use crate::image::files::{Entry, media_type};
use crate::image::hash::sha256;
use crate::plan::{Document, Os, Plan, Standing};

/// Adds every sealed entry.
pub(crate) fn add(plan: &Plan, rendered: &Rendered, entries: &mut BTreeMap<String, Entry>) {
    let canary = canary::word(&plan.blind);
    let mut put = |name: &str, text: String| {
        let path = format!("sealed/{name}");
        let entry = Entry::file(&path, canary::placed(&text, &canary).into_bytes(), plan.world.starts);
        entries.insert(path, entry);
    };
    put("world.json", line(&world(plan)));
    put("facts.json", facts::text(plan));
    put("people.json", line(&people::json(plan, rendered)));
    put("objectives.json", line(&objectives::json(plan, rendered)));
    put("schedule.jsonl", schedule::text(plan, rendered));
    put("history.jsonl", schedule::history(plan, rendered));
    put("calendar.jsonl", schedule::calendar(plan));
    put("declarations.json", line(&declarations(plan)));
    put("mess.json", mess::text(plan));
    put("provenance.jsonl", provenance::text(plan));
    put("derivations.jsonl", derivations::text(plan));
    for bytes in blobs(plan, rendered) {
        let path = format!("sealed/blobs/{}", sha256(bytes));
        entries.insert(path, Entry { bytes: Some(bytes.clone()), time: plan.world.starts, media_type: media_type("") });
    }
}

/// One JSON text with a line break at its end.
fn line(value: &Json) -> String {
    format!("{value}\n")
}

fn world(plan: &Plan) -> Json {
    let world = &plan.world;
    let knobs: Vec<Json> = plan.knobs.iter().map(|(name, value)| json!([name, encode::value(plan, value)])).collect();
    let mut json = json!({
        "name": world.name,
        "title": world.title,
        "owner": plan.people.get(world.owner).map(|person| person.id.as_str()),
        "os": os_name(world.os),
        "locale": world.locale,
        "language": world.language,
        "timezone": world.timezone,
        "currency": world.currency,
        "month": world.month.to_string(),
        "starts": world.starts.iso(),
        "ends": world.ends.iso(),
        "holidays": world.holidays.iter().map(|date| date.to_string()).collect::<Vec<_>>(),
        "company": world.company,
        "domain": world.domain,
        "home": world.home,
        "knobs": knobs,
    });
    if !world.costs.is_empty() {
        json["costs"] = json!(world.costs);
    }
    json
}

/// The word of the spec.
pub(crate) fn os_name(os: Os) -> &'static str {
    match os {
        Os::Windows => "windows",
        Os::Macos => "macos",
        Os::Linux => "linux",
    }
}

/// Which declaration each file on the disk came from.
fn declarations(plan: &Plan) -> Json {
    let on_disk = plan.documents.iter().filter(|document| document.stands == Standing::Disk);
    let named: BTreeMap<String, &str> =
        on_disk.map(|document| (disk_path(&document.path), document.declaration.as_str())).collect();
    json!(named)
}

/// Where a storage path stands in the image.
pub(crate) fn disk_path(path: &str) -> String {
    format!("disk/{path}")
}

/// How a document is named in sealed records: by its place in the image, or by its declaration while it has none.
pub(crate) fn document_name(document: &Document) -> String {
    match document.stands {
        Standing::Disk => disk_path(&document.path),
        _ => document.declaration.clone(),
    }
}

/// Path, time and content of a document that is not on the disk.
pub(crate) fn held_file(plan: &Plan, rendered: &Rendered, position: usize) -> Json {
    let Some(document) = plan.documents.get(position) else { return Json::Null };
    let hash = rendered.documents.get(position).map(|bytes| sha256(bytes)).unwrap_or_default();
    json!({
        "path": document.path,
        "declaration": document.declaration,
        "saved": document.saved.iso(),
        "media": media_type(&document.path),
        "blob": hash,
    })
}

/// The bytes that no file on the disk holds: held, attached, appearing during the month, solutions.
fn blobs<'a>(plan: &'a Plan, rendered: &'a Rendered) -> impl Iterator<Item = &'a Arc<[u8]>> {
    let handed: std::collections::BTreeSet<usize> = plan
        .messages
        .iter()
        .flat_map(|message| message.attachments.iter().copied())
        .chain(plan.changes.iter().flat_map(|change| change.files.iter().copied()))
        .chain(plan.people.iter().flat_map(|person| person.tells.iter().flat_map(|tell| tell.attach.iter().copied())))
        .collect();
    let held = plan.documents.iter().enumerate().filter(|(_, document)| matches!(document.stands, Standing::Held(_)));
    let positions: std::collections::BTreeSet<usize> = handed.into_iter().chain(held.map(|(at, _)| at)).collect();
    let open = |at: &usize| plan.documents.get(*at).is_some_and(|document| document.stands == Standing::Disk);
    let files = positions.into_iter().filter(move |at| !open(at)).filter_map(|at| rendered.documents.get(at));
    files.chain(rendered.solutions.values().flatten()).chain(rendered.wrong_solutions.values())
}
