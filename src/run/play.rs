//! A run in its folder: every turn is written down before it is answered, and can be lived again from paper.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::hash::sha256;
use crate::image::{Image, fault};
use crate::run::fault::{broken, diverged, foreign, in_use, taken};
use crate::run::journal::{self, Chain, Fault, Line};
use crate::run::mirror::Mirror;
use crate::run::rules;
use crate::run::session::{self, Outcome};
use crate::run::setting::Setting;
use crate::run::state::{End, State};
use crate::run::store::{FolderStore, MemoryStore};
use crate::run::tool::Store;

/// Version of the journal's form.
const JOURNAL: u32 = 1;
/// Answers up to this size stand in the journal itself, longer ones in a blob.
const INLINE: usize = 1_024;

/// How a run is lived; part of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    /// Paths as a shell sees them.
    pub posix: bool,
    /// Every turn is on the disk for certain before it is answered.
    pub sync: bool,
}

/// A run that goes on.
pub(crate) struct Run {
    pub setting: Arc<Setting>,
    pub state: State,
    store: FolderStore,
    mirror: Mirror,
    chain: Chain,
    journal: File,
    manner: Manner,
    pub turn: u64,
    /// Answers to calls that named themselves, by that name.
    answered: BTreeMap<String, Outcome>,
    /// Holds the lock of the folder as long as the run lives.
    _lock: File,
}

/// The header's line of a run on an image.
fn header(setting: &Setting, manner: Manner) -> Json {
    json!({
        "journal": JOURNAL,
        "image": setting.image.root(),
        "rules": rules::edition(),
        "paths": if manner.posix { "posix" } else { "native" },
    })
}

impl Run {
    /// Begins a run in a new folder.
    pub(crate) fn begin(image: Image, folder: &Path, manner: Manner) -> Result<Run, Diagnostic> {
        image.verify()?;
        let setting = Arc::new(Setting::of(image, manner.posix)?);
        let unwritable = |error: io::Error| fault::unwritable(folder, &error);
        fs::create_dir_all(folder.join("blobs")).map_err(unwritable)?;
        let lock = locked(folder)?;
        let path = folder.join("journal.jsonl");
        if path.exists() {
            return Err(taken(folder));
        }
        let mut state = State::start(&setting);
        let store = FolderStore::of(Arc::clone(&setting), folder.join("blobs"), manner.sync);
        let mirror = Mirror::at(folder.join("disk"), &setting.script.world.timezone);
        mirror.fill(&state.tree, &store).map_err(unwritable)?;
        state.tree.take_touched();
        let mut chain = Chain::from([0; 32]);
        let first = chain.line(&header(&setting, manner));
        let mut journal = File::create(&path).map_err(unwritable)?;
        write(&mut journal, &first, manner.sync).map_err(unwritable)?;
        let answered = BTreeMap::new();
        Ok(Run { setting, state, store, mirror, chain, journal, manner, turn: 0, answered, _lock: lock })
    }

    /// Goes on with a run where its journal ends; a torn last line is cut off, anything else wrong is refused.
    pub(crate) fn resume(image: Image, folder: &Path, sync: bool) -> Result<Run, Diagnostic> {
        let lock = locked(folder)?;
        let path = folder.join("journal.jsonl");
        let bytes = fs::read(&path).map_err(|error| fault::unreadable(&path, &error))?;
        let (lines, chain, wrong) = journal::read(&bytes, [0; 32]);
        let unwritable = |error: io::Error| fault::unwritable(folder, &error);
        let journal = File::options().append(true).open(&path).map_err(unwritable)?;
        match wrong {
            Some(Fault::Broken { line }) => return Err(broken(&path, line)),
            Some(Fault::Torn { keep }) => journal.set_len(keep as u64).map_err(unwritable)?,
            None => {}
        }
        let posix = lines.first().is_some_and(|line| line.content["paths"] == "posix");
        let setting = Arc::new(setting_of(image, &lines, &path, posix)?);
        let manner = Manner { posix, sync };
        let mut store = FolderStore::of(Arc::clone(&setting), folder.join("blobs"), sync);
        let mut state = State::start(&setting);
        let mut answered = BTreeMap::new();
        for line in &lines[1..] {
            let outcome = relive(&setting, &mut state, &mut store, line);
            compare(&path, &setting, &state, outcome.as_ref(), line)?;
            if let (Some(id), Some(outcome)) = (line.content["id"].as_str(), outcome) {
                answered.insert(id.to_owned(), outcome);
            }
        }
        let mirror = Mirror::at(folder.join("disk"), &setting.script.world.timezone);
        mirror.follow(&mut state.tree, &store).map_err(unwritable)?;
        let turn = lines.len() as u64 - 1;
        Ok(Run { setting, state, store, mirror, chain, journal, manner, turn, answered, _lock: lock })
    }

    /// One call: done, written down, applied, answered. A name that was answered before gets that answer again.
    pub(crate) fn call(&mut self, tool: &str, arguments: &Json, id: Option<&str>) -> Result<Outcome, Diagnostic> {
        if let Some(outcome) = id.and_then(|id| self.answered.get(id)) {
            return Ok(outcome.clone());
        }
        if let Some(end) = self.state.ended {
            let text = format!("the month is over: {}", end.word());
            return Ok(Outcome { text, refused: true, clock: String::new(), cost: 0 });
        }
        let outcome = session::call(&self.setting, &mut self.state, &mut self.store, tool, arguments);
        let mut line = Map::new();
        line.insert("turn".to_owned(), Json::from(self.turn + 1));
        line.insert("tool".to_owned(), Json::from(tool));
        line.insert("arguments".to_owned(), arguments.clone());
        if let Some(id) = id {
            line.insert("id".to_owned(), Json::from(id));
            self.answered.insert(id.to_owned(), outcome.clone());
        }
        line.insert("refused".to_owned(), Json::from(outcome.refused));
        line.insert("answer".to_owned(), self.answer(&outcome.text));
        line.insert("clock".to_owned(), Json::from(outcome.clock.as_str()));
        self.write(line)?;
        Ok(outcome)
    }

    /// The agent is gone or stopped; nobody acts until the month ends [C5].
    pub(crate) fn end(&mut self, end: End) -> Result<(), Diagnostic> {
        if self.state.ended.is_some() {
            return Ok(());
        }
        session::finish(&self.setting, &mut self.state, &self.store, end);
        let mut line = Map::new();
        line.insert("turn".to_owned(), Json::from(self.turn + 1));
        line.insert("end".to_owned(), Json::from(end.word()));
        self.write(line)
    }

    /// The hash of everything written down so far.
    pub(crate) fn hash(&self) -> String {
        self.chain.hash()
    }

    fn answer(&mut self, text: &str) -> Json {
        match text.len() <= INLINE {
            true => json!({"text": text}),
            false => json!({"blob": &*self.store.keep(text.as_bytes()), "bytes": text.len()}),
        }
    }

    /// Blob and sync, line and sync, then the folder follows [J2].
    fn write(&mut self, mut line: Map<String, Json>) -> Result<(), Diagnostic> {
        line.insert("now".to_owned(), Json::from(self.state.now.iso()));
        line.insert("state".to_owned(), Json::from(self.state.root(&self.setting)));
        let failed = |error: io::Error| fault::unwritable(Path::new("journal.jsonl"), &error);
        if let Some(error) = self.store.fault.take() {
            return Err(failed(error));
        }
        let text = self.chain.line(&Json::Object(line));
        write(&mut self.journal, &text, self.manner.sync).map_err(failed)?;
        self.turn += 1;
        self.mirror.follow(&mut self.state.tree, &self.store).map_err(failed)
    }
}

/// What a replay came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replayed {
    pub turns: u64,
    pub hash: String,
}

/// A journal that was lived again, with the world as it is behind its last line.
pub(crate) struct Lived {
    pub replayed: Replayed,
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
    let bytes = fs::read(&path).map_err(|error| fault::unreadable(&path, &error))?;
    let (lines, chain, wrong) = journal::read(&bytes, [0; 32]);
    if let Some(Fault::Broken { line }) = wrong {
        return Err(broken(&path, line));
    }
    let posix = lines.first().is_some_and(|line| line.content["paths"] == "posix");
    image.verify()?;
    let setting = Arc::new(setting_of(image, &lines, &path, posix)?);
    let mut store = MemoryStore::of(Arc::clone(&setting));
    let mut state = State::start(&setting);
    for line in &lines[1..] {
        let outcome = relive(&setting, &mut state, &mut store, line);
        compare(&path, &setting, &state, outcome.as_ref(), line)?;
        seen(&setting, &state, &store);
    }
    let replayed = Replayed { turns: lines.len() as u64 - 1, hash: chain.hash() };
    Ok(Lived { replayed, setting, state, store })
}

/// The setting a journal was written in, if the image and the rules are the ones it names.
fn setting_of(image: Image, lines: &[Line], path: &Path, posix: bool) -> Result<Setting, Diagnostic> {
    let Some(header) = lines.first().map(|line| &line.content) else {
        return Err(foreign(path, "has no header"));
    };
    let image_root = header["image"].as_str().unwrap_or_default();
    if image_root != image.root() {
        let why = format!("was written on the image {image_root}, not on {}", image.root());
        return Err(foreign(path, &why));
    }
    if header["rules"].as_str() != Some(&rules::edition()) {
        return Err(foreign(path, "was written under another edition of the rules"));
    }
    Setting::of(image, posix)
}

/// Does what a line says was done.
fn relive(setting: &Setting, state: &mut State, store: &mut dyn Store, line: &Line) -> Option<Outcome> {
    match line.content["end"].as_str() {
        Some(word) => {
            session::finish(setting, state, &*store, End::named(word).unwrap_or(End::Stopped));
            None
        }
        None => {
            let tool = line.content["tool"].as_str().unwrap_or_default();
            Some(session::call(setting, state, store, tool, &line.content["arguments"]))
        }
    }
}

/// Whether what was done again is what was written down; a difference names its turn.
fn compare(
    path: &Path,
    setting: &Setting,
    state: &State,
    outcome: Option<&Outcome>,
    line: &Line,
) -> Result<(), Diagnostic> {
    let turn = line.content["turn"].as_u64().unwrap_or_default();
    if line.content["state"].as_str() != Some(&state.root(setting)) {
        return Err(diverged(path, turn, "the world is in another state"));
    }
    let Some(outcome) = outcome else { return Ok(()) };
    let answer = &line.content["answer"];
    let same = match (answer["text"].as_str(), answer["blob"].as_str()) {
        (Some(text), _) => text == outcome.text,
        (None, Some(blob)) => blob == sha256(outcome.text.as_bytes()),
        (None, None) => false,
    };
    match same && line.content["clock"].as_str() == Some(&outcome.clock) {
        true => Ok(()),
        false => Err(diverged(path, turn, "the answer is another one, the world the same")),
    }
}

fn write(journal: &mut File, line: &str, sync: bool) -> io::Result<()> {
    journal.write_all(line.as_bytes())?;
    if sync { journal.sync_data() } else { Ok(()) }
}

/// The lock of a run's folder, which one process holds.
fn locked(folder: &Path) -> Result<File, Diagnostic> {
    let path: PathBuf = folder.join("lock");
    let lock = File::create(&path).map_err(|error| fault::unwritable(folder, &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(_) => Err(in_use(folder)),
    }
}
