//! Which fact is printed where: one line for each file, message, event and card, `{"path":…,"at":[["Budget!E7","12 20-31"]]}`.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::document::places::union;
use crate::document::{Facts, Place};
use crate::formats;
use crate::image::bytes::solution_path;
use crate::image::correspondence::{self, Letter};
use crate::image::encode;
use crate::image::files::extension;
use crate::image::sealed::document_name;
use crate::image::text::word_lines;
use crate::image::{Image, fault, json};
use crate::plan::{Content, Document, Plan};

/// The facts of one file by place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Printing {
    /// Its path in the image, or its declaration while it is not there.
    pub path: String,
    /// Fact numbers as [`encode::facts`] spells them, in reading order.
    pub at: Vec<(String, String)>,
}

/// Every document in the order of the plan, model answers, then what the mailbox, calendar and chat hold.
pub(crate) fn text(plan: &Plan) -> String {
    let mut lines: Vec<String> = plan.documents.par_iter().filter_map(document).collect();
    lines.extend(solutions(plan));
    lines.extend(correspondence::letters(plan).iter().filter_map(|(path, letters)| mailed(path, letters)));
    lines.concat()
}

/// What the model answers print, as `solution q1_reforecast.model`.
fn solutions(plan: &Plan) -> Vec<String> {
    let delivers = plan.objectives.iter().flat_map(|goal| goal.delivers.iter().map(move |deliver| (goal, deliver)));
    let solved = delivers.filter_map(|(goal, deliver)| {
        let content = deliver.solution.as_ref()?;
        line(&solution_name(&goal.name, &deliver.name), &places(content, solution_path(deliver)))
    });
    solved.collect()
}

/// How the model answer of a deliverable is named among the files.
pub(crate) fn solution_name(objective: &str, deliver: &str) -> String {
    format!("solution {objective}.{deliver}")
}

/// The record of a file, if it prints any fact. It is spelled here, since a world has these places by the ten thousand.
fn line(path: &str, at: &[(Place, Facts)]) -> Option<String> {
    let mut line = String::with_capacity(32 * at.len() + path.len() + 32);
    let mut place = String::new();
    for (printed, facts) in at.iter().filter(|(_, facts)| !facts.is_empty()) {
        line.push_str(if line.is_empty() { "[" } else { ",[" });
        place.clear();
        write!(place, "{printed}").ok()?;
        json::push_string(&place, &mut line);
        line.push_str(",\"");
        encode::push_facts(facts, &mut line);
        line.push_str("\"]");
    }
    if line.is_empty() {
        return None;
    }
    let mut head = String::from("{\"path\":");
    json::push_string(path, &mut head);
    head.push_str(",\"at\":[");
    line.insert_str(0, &head);
    line.push_str("]}\n");
    Some(line)
}

fn document(document: &Document) -> Option<String> {
    let mut at = vec![(Place::Property("path".to_string()), document.path_facts.clone())];
    at.extend(places(&document.content, &document.path));
    line(&document_name(document), &at)
}

/// Where content prints facts as a file of that name, as its format counts places.
fn places(content: &Content, path: &str) -> Vec<(Place, Facts)> {
    let all = |places: &[(Place, Facts)]| union(places.iter().map(|(_, facts)| facts));
    match content {
        Content::Doc(doc) => formats::doc_places(doc, &extension(path)),
        Content::Book(book) => formats::book_places(book, &extension(path)),
        Content::Picture(file) => vec![(Place::Picture, file.picture.facts())],
        Content::Text(words) => word_lines(words)
            .map(|line| (line.place.clone(), union(line.spans().iter().map(|(.., facts)| facts))))
            .collect(),
        // The lines of a file in an archive share its place.
        Content::Archive(members) => members
            .iter()
            .map(|member| (Place::Entry(member.name.clone()), all(&places(&member.content, &member.name))))
            .collect(),
    }
}

fn mailed(path: &str, letters: &[Letter]) -> Option<String> {
    let place = |letter: &Letter| {
        let facts = letter.words.iter().flat_map(|words| words.spans.iter().map(|(.., facts)| facts));
        (Place::Entry(letter.id.clone()), union(facts))
    };
    line(path, &letters.iter().map(place).collect::<Vec<_>>())
}

/// The provenance of an image by path.
pub(crate) fn read(image: &Image) -> Result<BTreeMap<String, Printing>, Diagnostic> {
    let path = "sealed/provenance.jsonl";
    let text = image.read_text(path)?;
    let parse = |line: &str| {
        let printing: Printing = serde_json::from_str(line)
            .map_err(|error| fault::damaged(path, &format!("has a line that is no record: {error}")))?;
        Ok((printing.path.clone(), printing))
    };
    text.lines().map(parse).collect()
}
