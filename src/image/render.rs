//! `render`: a plan becomes the entries of an image. Formats are written here; nothing is drawn and no clock is read.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Severity};
use crate::image::bytes::{Rendered, render_documents};
use crate::image::files::{Entry, Files};
use crate::image::sealed::{disk_path, os_name};
use crate::image::{correspondence, leak, pool, sealed};
use crate::plan::{Plan, Standing};
use crate::source::{Sources, Span};
use crate::value::Moment;

/// Writes everything a plan holds, on `threads` threads at most. The bytes do not depend on their number.
pub fn render(plan: &Plan, sources: &Sources, threads: usize) -> Result<Files, Vec<Diagnostic>> {
    pool::within(threads, || {
        let (rendered, leaks) = rayon::join(|| render_documents(plan), || leak::search(plan));
        let rendered = rendered?;
        let (errors, notes): (Vec<_>, Vec<_>) = leaks.into_iter().partition(|found| found.severity == Severity::Error);
        if errors.is_empty() { Ok(written(plan, sources, &rendered, notes)) } else { Err(errors) }
    })
}

/// The same of an outline, without a search for leaks: a secret that stands in the open is one unless an open fact has the same
/// value, and an outline does not know all facts.
#[cfg(feature = "run")]
pub(crate) fn render_outline(plan: &Plan, sources: &Sources, threads: usize) -> Result<Files, Vec<Diagnostic>> {
    pool::within(threads, || Ok(written(plan, sources, &render_documents(plan)?, Vec::new())))
}

fn written(plan: &Plan, sources: &Sources, rendered: &Rendered, notes: Vec<Diagnostic>) -> Files {
    let mut entries = disk(plan, rendered);
    correspondence::add(plan, rendered, &mut entries);
    sealed::add(plan, rendered, &mut entries);
    Files {
        entries,
        timezone: plan.world.timezone.clone(),
        os: os_name(plan.world.os),
        blind: plan.blind,
        notes,
        declared: sealed::facts::declared(&plan.facts, |fact| place(sources, fact.declared)),
    }
}

/// The disk as the month begins.
fn disk(plan: &Plan, rendered: &Rendered) -> BTreeMap<String, Entry> {
    let files = plan.documents.iter().zip(&rendered.documents).filter(|(file, _)| file.stands == Standing::Disk);
    let files = files.map(|(file, bytes)| (disk_path(&file.path), Entry::file(&file.path, bytes.clone(), file.saved)));
    let set_up = Moment(plan.world.starts.0 - 365 * 86_400);
    let folders = plan.empty_folders.iter().map(|path| (disk_path(path), Entry::folder(set_up)));
    folders.chain(files).collect()
}

/// `fpa_march.world:61`, for people who ask where a fact was declared: below the folder of the spec, which comes first, so
/// that a receipt is the same wherever that folder stands.
fn place(sources: &Sources, span: Span) -> Option<String> {
    let source = sources.iter().find(|(id, _)| *id == span.source)?.1;
    let (line, _) = sources.line_column(span.source, span.start);
    let (_, spec) = sources.iter().next()?;
    let folder = spec.path.rfind('/').map_or("", |end| &spec.path[..=end]);
    Some(format!("{}:{line}", source.path.strip_prefix(folder).unwrap_or(&source.path)))
}
