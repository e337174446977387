//! A run that goes another way from some turn on: the journal up to there, then a line that says so [J6].

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::disk::whole::write_whole;
use crate::image::fault;
use crate::run::fault::{foreign, taken, too_short};
use crate::run::journal::{Chain, Line, load};

/// Begins a run in a new folder that is another one up to a turn; the hash of its journal. `worldrun resume` goes on with it.
pub(crate) fn fork(folder: &Path, turn: u64, out: &Path) -> Result<String, Diagnostic> {
    let path = folder.join("journal.jsonl");
    let parent = load(&path)?;
    let kept = kept(&parent.lines, turn).ok_or_else(|| too_short(&path, turn))?;
    let journal = out.join("journal.jsonl");
    if journal.exists() {
        return Err(taken(out));
    }
    let unwritable = |error| fault::unwritable(out, &error);
    fs::create_dir_all(out.join("blobs")).map_err(unwritable)?;
    for digest in kept.iter().flat_map(|line| blobs(&line.content)) {
        let blob = folder.join("blobs").join(&digest);
        let bytes = fs::read(&blob).map_err(|error| fault::unreadable(&blob, &error))?;
        write_whole(&out.join("blobs").join(digest), &bytes, true).map_err(unwritable)?;
    }
    let mut bytes = parent.bytes[..kept.last().map_or(0, |line| line.end)].to_vec();
    let mut chain = Chain::behind(&bytes).ok_or_else(|| foreign(&path, "has no header"))?;
    let line = chain.line(&json!({"fork": {"parent": chain.hash(), "turn": turn}}));
    bytes.extend(line.as_bytes());
    write_whole(&journal, &bytes, true).map_err(unwritable)?;
    Ok(chain.hash())
}

/// The lines up to a turn, if there is one.
fn kept(lines: &[Line], turn: u64) -> Option<&[Line]> {
    let last = match turn {
        0 => 0,
        turn => lines.iter().position(|line| line.content["turn"].as_u64() == Some(turn))?,
    };
    lines.get(..=last)
}

/// The digests a line names: of a long answer, and of files that came from outside.
pub(crate) fn blobs(line: &Json) -> BTreeSet<String> {
    let outside = line["outside"].as_array().into_iter().flatten().map(|change| &change["digest"]);
    let named = std::iter::once(&line["answer"]["blob"]).chain(outside);
    named.filter_map(Json::as_str).map(str::to_owned).collect()
}
