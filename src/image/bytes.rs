//! Every document of a plan as bytes, in parallel; what has the same content is written once.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::formats;
use crate::image::fault;
use crate::image::files::extension;
use crate::plan::{Content, Deliver, DeliverTarget, Document, Member, Plan};
use crate::value::Moment;

/// Bytes by position in the plan.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub documents: Vec<Arc<[u8]>>,
    /// By objective and deliverable; none where the format cannot be written yet.
    pub solutions: BTreeMap<(usize, usize), Option<Arc<[u8]>>>,
    /// Those of somebody who believes a trap, by objective, trap and deliverable.
    pub wrong_solutions: BTreeMap<(usize, usize, usize), Arc<[u8]>>,
}

/// Writes all documents, results in the order of the plan whatever thread made them.
pub(crate) fn render_documents(plan: &Plan) -> Result<Rendered, Vec<Diagnostic>> {
    let sources = sources(plan);
    let firsts: Vec<usize> =
        sources.iter().enumerate().filter(|(at, source)| at == *source).map(|(at, _)| at).collect();
    let written: Vec<(usize, Result<Arc<[u8]>, Diagnostic>)> =
        firsts.into_par_iter().map(|at| (at, document_bytes(&plan.documents[at]))).collect();
    let mut bytes = BTreeMap::new();
    let mut faults = Vec::new();
    for (at, result) in written {
        match result {
            Ok(content) => drop(bytes.insert(at, content)),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let documents = sources.iter().filter_map(|source| bytes.get(source).cloned()).collect();
    Ok(Rendered { documents, solutions: solutions(plan), wrong_solutions: wrong_solutions(plan) })
}

/// For each document the first one with the very same content and format.
fn sources(plan: &Plan) -> Vec<usize> {
    let mut first = BTreeMap::new();
    let key = |document: &crate::plan::Document| (Arc::as_ptr(&document.content) as usize, extension(&document.path));
    plan.documents.iter().enumerate().map(|(at, document)| *first.entry(key(document)).or_insert(at)).collect()
}

/// The bytes of a document.
pub(crate) fn document_bytes(document: &Document) -> Result<Arc<[u8]>, Diagnostic> {
    write(&document.content, &document.path, document.saved)
}

/// Content in the format a name asks for.
fn write(content: &Content, path: &str, saved: Moment) -> Result<Arc<[u8]>, Diagnostic> {
    let extension = extension(path);
    let written = match content {
        Content::Doc(doc) => formats::render_doc(doc, &extension),
        Content::Book(book) => formats::render_book(book, &extension),
        Content::Picture(file) => formats::render_picture(file, &extension),
        Content::Text(words) => return Ok(Arc::from(words.text.as_bytes())),
        Content::Archive(members) => return archive(members, saved),
    };
    written.map(Arc::from).map_err(|why| fault::unformatted(path, &why.to_string()))
}

fn archive(members: &[Member], saved: Moment) -> Result<Arc<[u8]>, Diagnostic> {
    let written = members.iter().map(|member| Ok((member.name.as_str(), write(&member.content, &member.name, saved)?)));
    let written: Result<Vec<_>, Diagnostic> = written.collect();
    Ok(formats::archive(written?.into_iter(), saved).into())
}

/// The name a solution is written under, which says its format.
pub(crate) fn solution_path(deliver: &Deliver) -> &str {
    match &deliver.target {
        DeliverTarget::File(path) => path,
        DeliverTarget::Mail { .. } | DeliverTarget::Meeting { .. } => "solution.txt",
    }
}

fn solutions(plan: &Plan) -> BTreeMap<(usize, usize), Option<Arc<[u8]>>> {
    let delivers = plan.objectives.iter().enumerate().flat_map(|(objective, goal)| {
        goal.delivers.iter().enumerate().map(move |(at, deliver)| ((objective, at), goal, deliver))
    });
    delivers
        .filter_map(|(position, goal, deliver)| {
            let content = deliver.solution.as_ref()?;
            // A deliverable may name a format that has no writer; then the oracle composes one itself.
            Some((position, write(content, solution_path(deliver), goal.due).ok()))
        })
        .collect()
}

fn wrong_solutions(plan: &Plan) -> BTreeMap<(usize, usize, usize), Arc<[u8]>> {
    let mut written = BTreeMap::new();
    for (objective, goal) in plan.objectives.iter().enumerate() {
        for (trap, wrong) in goal.traps.iter().enumerate() {
            let contents = wrong.solutions.iter().zip(&goal.delivers).enumerate();
            let bytes = contents.filter_map(|(at, (content, deliver))| {
                let bytes = write(content.as_ref()?, solution_path(deliver), goal.due).ok()?;
                Some(((objective, trap, at), bytes))
            });
            written.extend(bytes);
        }
    }
    written
}
