//! A journal lived again: on paper, for whoever grades or verifies it, and for a run that goes on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::diag::Diagnostic;
use crate::image::hash::sha256;
use crate::image::{Image, fault};
use crate::run::fault::{changed, diverged, foreign};
use crate::run::fork;
use crate::run::journal::{self, Journal, Line};
use crate::run::manner::Manner;
use crate::run::outside;
use crate::run::rules;
use crate::run::session::{self, Outcome};
use crate::run::setting::Setting;
use crate::run::state::{End, State};
use crate::run::store::MemoryStore;
use crate::run::tool::Store;
use crate::run::tools;

/// What a replay came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replayed {
    pub turns: u64,
    pub hash: String,
    /// The journal ends in a torn line, which was left out.
    pub torn: bool,
}

/// A journal that was lived again, with the world as it is behind its last line.
pub(crate) struct Lived {
    pub replayed: Replayed,
    pub manner: Manner,
    pub setting: Arc<Setting>,
    pub state: State,
    pub store: MemoryStore,
}

/// Lives a journal again and compares every answer and every state.
pub(crate) fn replay(image: Image, folder: &Path) -> Result<Replayed, Diagnostic> {
    relive_all(image, folder, &mut |_, _, _| {}).map(|lived| lived.replayed)
}

/// The same; `seen` is shown the world after every turn.
pub(crate) fn relive_all(
    image: Image,
    folder: &Path,
    seen: &mut dyn FnMut(&Setting, &State, &MemoryStore),
) -> Result<Lived, Diagnostic> {
    let path = folder.join("journal.jsonl");
    let journal = journal::load(&path)?;
    let setting = Arc::new(setting_of(image, &journal, &path)?);
    setting.image.verify()?;
    verify_blobs(&folder.join("blobs"))?;
    let mut store = MemoryStore::of(Arc::clone(&setting));
    let mut state = State::start(&setting);
    for line in journal.turns() {
        for digest in fork::blobs(&line.content) {
            let place = folder.join("blobs").join(&digest);
            store.keep(&fs::read(&place).map_err(|error| fault::unreadable(&place, &error))?);
        }
        let outcome = relive(&setting, &mut state, &mut store, line);
        compare(&path, &setting, &state, outcome.as_ref(), line)?;
        seen(&setting, &state, &store);
    }
    let replayed = Replayed { turns: journal.count(), hash: journal.chain.hash(), torn: journal.torn };
    let manner = Manner::told(journal.header().unwrap_or(&Json::Null), false);
    Ok(Lived { replayed, manner, setting, state, store })
}

/// Whether every blob is what its name says, those that the replay makes anew included.
fn verify_blobs(folder: &Path) -> Result<(), Diagnostic> {
    let unreadable = |error: io::Error| fault::unreadable(folder, &error);
    let mut places: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        places.push(entry.map_err(unreadable)?.path());
    }
    places.sort();
    for place in places.iter().filter(|place| place.extension().is_none()) {
        let bytes = fs::read(place).map_err(|error| fault::unreadable(place, &error))?;
        if place.file_name().is_none_or(|name| *name != *sha256(&bytes)) {
            return Err(changed(place));
        }
    }
    Ok(())
}

/// The setting a journal was written in, if the image and the rules are the ones it names.
pub(crate) fn setting_of(image: Image, journal: &Journal, path: &Path) -> Result<Setting, Diagnostic> {
    let header = journal.header().unwrap_or(&Json::Null);
    let image_root = header["image"].as_str().unwrap_or_default();
    if image_root != image.root() {
        let why = format!("was written on the image {image_root}; manifest.json makes this one {}", image.root());
        return Err(foreign(path, &why));
    }
    if header["rules"].as_str() != Some(&rules::edition()) {
        return Err(foreign(path, "was written under another edition of the rules"));
    }
    let manner = Manner::told(header, false);
    Ok(Setting::of(image, manner.posix)?.within(manner.limits))
}

/// Does what a line says was done, after what had changed outside.
fn relive(setting: &Setting, state: &mut State, store: &mut dyn Store, line: &Line) -> Option<Outcome> {
    let changes = outside::read(&line.content);
    match line.content["end"].as_str() {
        Some(word) => {
            session::leave(setting, state, &*store, &changes, End::named(word).unwrap_or(End::Stopped));
            None
        }
        None => {
            let meanwhile = session::arrive(setting, state, &*store, &changes);
            let tool = line.content["tool"].as_str().unwrap_or_default();
            Some(session::call(setting, state, store, meanwhile, (tool, &line.content["arguments"])))
        }
    }
}

/// The same for a run that goes on: what only reads is believed, since the chain holds and the state is compared.
pub(crate) fn catch_up(
    path: &Path,
    setting: &Setting,
    state: &mut State,
    store: &mut dyn Store,
    line: &Line,
) -> Result<(), Diagnostic> {
    let tool = line.content["tool"].as_str().unwrap_or_default();
    let refused = line.content["refused"] == Json::Bool(true);
    let withheld = line.content["answer"]["text"] == session::WITHHELD;
    if withheld || tools::find(tool).is_none_or(|tool| !tool.reads) {
        let outcome = relive(setting, state, store, line);
        return compare(path, setting, state, outcome.as_ref(), line);
    }
    let meanwhile = session::arrive(setting, state, &*store, &outside::read(&line.content));
    let clock = session::believe(setting, state, &*store, meanwhile, (tool, &line.content["arguments"], refused));
    same(path, setting, state, line, clock.as_deref())
}

/// Whether what was done again is what was written down; a difference names its turn.
fn compare(
    path: &Path,
    setting: &Setting,
    state: &State,
    outcome: Option<&Outcome>,
    line: &Line,
) -> Result<(), Diagnostic> {
    same(path, setting, state, line, outcome.map(|outcome| outcome.clock.as_str()))?;
    let Some(outcome) = outcome else { return Ok(()) };
    let answer = &line.content["answer"];
    let same = match (answer["text"].as_str(), answer["blob"].as_str()) {
        (Some(text), _) => text == outcome.text,
        (None, Some(blob)) => blob == sha256(outcome.text.as_bytes()),
        (None, None) => false,
    };
    match same {
        true => Ok(()),
        false => Err(diverged(path, turn(line), "the answer is another one, the world the same")),
    }
}

/// Whether the world and the clock are as they were.
fn same(path: &Path, setting: &Setting, state: &State, line: &Line, clock: Option<&str>) -> Result<(), Diagnostic> {
    match () {
        () if line.content["state"].as_str() != Some(&state.root(setting)) => {
            Err(diverged(path, turn(line), "the world is in another state"))
        }
        () if line.content["clock"].as_str() != clock => {
            Err(diverged(path, turn(line), "the clock says something else, the world is the same"))
        }
        () => Ok(()),
    }
}

fn turn(line: &Line) -> u64 {
    line.content["turn"].as_u64().unwrap_or_default()
}
