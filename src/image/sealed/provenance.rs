//! Which fact is printed where: one line for each file, message, event and card, `{"path":…,"at":[["Budget!E7","12 20-31"]]}`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::document::Place;
use crate::formats;
use crate::image::correspondence::{self, Letter};
use crate::image::encode;
use crate::image::files::extension;
use crate::image::sealed::document_name;
use crate::image::text::{printed, word_facts};
use crate::image::{Image, fault};
use crate::plan::{Content, Document, Plan};
use crate::value::FactId;

/// The facts of one file by place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Printing {
    /// Its path in the image, or its declaration while it is not there.
    pub path: String,
    /// Fact numbers as [`encode::facts`] spells them, in reading order.
    pub at: Vec<(String, String)>,
}

/// Every document in the order of the plan, then what the mailbox, calendar and chat hold.
pub(crate) fn text(plan: &Plan) -> String {
    let mut lines: Vec<String> = plan.documents.par_iter().filter_map(|file| json_line(&document(file))).collect();
    lines.extend(correspondence::letters(plan).iter().filter_map(|(path, letters)| json_line(&mailed(path, letters))));
    lines.into_iter().map(|line| line + "\n").collect()
}

fn json_line(printing: &Printing) -> Option<String> {
    let told = !printing.at.is_empty();
    told.then(|| serde_json::to_string(printing).expect("a record of strings has a JSON form"))
}

fn document(document: &Document) -> Printing {
    let mut at = Vec::new();
    if !document.path_facts.is_empty() {
        at.push(("path".to_string(), encode::facts(&document.path_facts)));
    }
    at.extend(places(document).into_iter().map(|(place, facts)| (place, encode::facts(&facts))));
    Printing { path: document_name(document), at }
}

/// Where a document prints facts, as its format counts places.
fn places(document: &Document) -> Vec<(String, Vec<FactId>)> {
    let extension = extension(&document.path);
    if let Content::Doc(doc) = &*document.content {
        let places = formats::doc_places(doc, &extension).into_iter();
        return places.map(|(place, facts)| (place.to_string(), facts.to_vec())).collect();
    }
    if let (Content::Book(book), "xlsx") = (&*document.content, extension.as_str()) {
        let places = crate::document::places::book_places(book).into_iter();
        return places.map(|(place, facts)| (place.to_string(), facts.to_vec())).collect();
    }
    let mut places: Vec<(String, Vec<FactId>)> = Vec::new();
    for line in printed(document) {
        let (place, facts) = (line.place.to_string(), line.facts());
        match places.last_mut() {
            _ if facts.is_empty() => {}
            // The lines of a file in an archive share its place.
            Some((last, known)) if *last == place => known.extend(facts),
            _ => places.push((place, facts)),
        }
    }
    places
}

fn mailed(path: &str, letters: &[Letter]) -> Printing {
    let mut at = Vec::new();
    for letter in letters {
        let facts: Vec<FactId> = letter.words.iter().flat_map(|words| word_facts(words)).collect();
        if !facts.is_empty() {
            at.push((Place::Entry(letter.id.clone()).to_string(), encode::facts(&facts)));
        }
    }
    Printing { path: path.to_string(), at }
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
