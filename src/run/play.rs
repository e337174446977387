//! A run in its folder: every turn is written down before it is answered, and can be lived again from paper.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::{Image, fault};
use crate::run::claim::Claim;
use crate::run::journal::{self, Chain, Journal};
use crate::run::manner::Manner;
use crate::run::mirror::Mirror;
use crate::run::outside::{self, Found};
use crate::run::replay::{catch_up, setting_of};
use crate::run::session::{self, Outcome};
use crate::run::setting::Setting;
use crate::run::state::{End, State};
use crate::run::store::FolderStore;
use crate::run::telemetry::Telemetry;
use crate::run::tool::Store;
use crate::run::transcript;
#[cfg(all(feature = "run", unix))]
use crate::run::{outside::Change, watch::Watch};

/// Answers up to this size stand in the journal itself, longer ones in a blob.
const INLINE: usize = 1_024;

/// The file by which an operator asks that a run be ended.
const STOP: &str = "stop";

/// A run that goes on.
pub(crate) struct Run {
    claim: Claim,
    pub setting: Arc<Setting>,
    pub state: State,
    store: FolderStore,
    mirror: Mirror,
    #[cfg(all(feature = "run", unix))]
    watch: Watch,
    chain: Chain,
    journal: File,
    pub manner: Manner,
    pub turn: u64,
    /// The lines of calls that named themselves, by that name.
    answered: BTreeMap<String, Json>,
    /// It went another way than the run it began as [J6].
    pub forked: bool,
    /// Where what decides nothing is noted, if anywhere.
    pub telemetry: Option<Telemetry>,
}

impl Run {
    /// Begins a run in a new folder.
    pub(crate) fn begin(image: Image, folder: &Path, manner: Manner) -> Result<Run, Diagnostic> {
        let setting = verified(image, manner)?;
        Run::first(setting, Claim::new(folder)?, manner)
    }

    /// Begins a run in a folder that was claimed before its world stood, unless `expect` refuses what stands now.
    #[cfg(feature = "run")]
    pub(crate) fn begin_in(
        claim: Claim,
        image: Image,
        manner: Manner,
        expect: impl FnOnce(&Arc<Setting>) -> Result<(), Diagnostic>,
    ) -> Result<Run, Diagnostic> {
        let setting = verified(image, manner)?;
        expect(&setting)?;
        Run::first(setting, claim, manner)
    }

    fn first(setting: Arc<Setting>, claim: Claim, manner: Manner) -> Result<Run, Diagnostic> {
        let folder = &claim.folder;
        let unwritable = |error: io::Error| fault::unwritable(folder, &error);
        let mut state = State::start(&setting);
        let store = FolderStore::of(Arc::clone(&setting), folder.join("blobs"), manner.sync);
        let timezone = &setting.script.world.timezone;
        let mirror = Mirror::fill(&folder.join("disk"), timezone, &mut state.tree, &store).map_err(unwritable)?;
        let mut chain = Chain::new();
        let first = chain.line(&manner.header(&setting));
        let mut journal = File::create(claim.journal()).map_err(unwritable)?;
        write(&mut journal, &first, manner.sync).map_err(unwritable)?;
        Ok(Run::around(claim, (setting, state, store), (mirror, chain, journal), manner))
    }

    /// A run of no turns.
    fn around(
        claim: Claim,
        (setting, state, store): (Arc<Setting>, State, FolderStore),
        (mirror, chain, journal): (Mirror, Chain, File),
        manner: Manner,
    ) -> Run {
        Run {
            claim,
            setting,
            state,
            store,
            mirror,
            #[cfg(all(feature = "run", unix))]
            watch: Watch::default(),
            chain,
            journal,
            manner,
            turn: 0,
            answered: BTreeMap::new(),
            forked: false,
            telemetry: None,
        }
    }

    /// Goes on with a run where its journal ends; a torn last line is cut off, anything else wrong is refused.
    pub(crate) fn resume(image: Image, folder: &Path, sync: bool) -> Result<Run, Diagnostic> {
        let claim = Claim::again(folder)?;
        let path = claim.journal();
        let read = journal::load(&path)?;
        let unwritable = |error: io::Error| fault::unwritable(folder, &error);
        let journal = File::options().append(true).open(&path).map_err(unwritable)?;
        journal.set_len(read.lines.last().map_or(0, |line| line.end) as u64).map_err(unwritable)?;
        let setting = Arc::new(setting_of(image, &read, &path)?);
        let manner = Manner::told(read.header().unwrap_or(&Json::Null), sync);
        let mut store = FolderStore::of(Arc::clone(&setting), folder.join("blobs"), sync);
        let mut state = State::start(&setting);
        let mut answered = BTreeMap::new();
        for line in read.turns() {
            if manner.shell {
                // What a shell changed since must not be undone: only the last turn may not have been applied.
                state.tree.take_touched();
            }
            catch_up(&path, &setting, &mut state, &mut store, line)?;
            if let Some(id) = line.content["id"].as_str() {
                answered.insert(id.to_owned(), line.content.clone());
            }
        }
        let mirror = mirrored(&folder.join("disk"), &setting, &mut state, &store).map_err(unwritable)?;
        let (turn, forked) = (read.count(), read.lines.iter().skip(1).any(|line| !line.is_turn()));
        let run = Run::around(claim, (setting, state, store), (mirror, read.chain, journal), manner);
        Ok(Run { turn, answered, forked, ..run })
    }

    /// One call: done, written down, applied, answered. A name that was answered before gets that answer again.
    pub(crate) fn call(&mut self, tool: &str, arguments: &Json, id: Option<&str>) -> Result<Outcome, Diagnostic> {
        if let Some(line) = id.and_then(|id| self.answered.get(id)) {
            return Ok(transcript::told(&self.store, line));
        }
        if self.state.ended.is_some() {
            return Ok(self.refusal());
        }
        let found = self.look()?;
        if found.over.is_some() {
            self.finish(End::Quota, found)?;
            return Ok(self.refusal());
        }
        let meanwhile = session::arrive(&self.setting, &mut self.state, &self.store, &found.changes);
        let call = (tool, arguments);
        let outcome = session::call(&self.setting, &mut self.state, &mut self.store, meanwhile, call);
        let mut line = self.line(&found);
        line.insert("tool".to_owned(), Json::from(tool));
        line.insert("arguments".to_owned(), arguments.clone());
        if let Some(id) = id {
            line.insert("id".to_owned(), Json::from(id));
        }
        line.insert("refused".to_owned(), Json::from(outcome.refused));
        line.insert("answer".to_owned(), self.answer(&outcome.text));
        line.insert("clock".to_owned(), Json::from(outcome.clock.as_str()));
        if let Some(id) = id {
            self.answered.insert(id.to_owned(), Json::Object(line.clone()));
        }
        self.write(line, &found)?;
        Ok(outcome)
    }

    /// What every call is answered when the month is over; no turn is made of it.
    pub(crate) fn refusal(&self) -> Outcome {
        let text = format!("the month is over: {}", self.state.ended.map_or("not yet", End::word));
        Outcome { text, refused: true, clock: String::new(), cost: 0 }
    }

    /// The agent is gone or stopped; nobody acts until the month ends [C5].
    pub(crate) fn end(&mut self, end: End) -> Result<(), Diagnostic> {
        if self.state.ended.is_some() {
            return Ok(());
        }
        let found = self.look()?;
        let end = if found.over.is_some() { End::Quota } else { end };
        self.finish(end, found)
    }

    fn finish(&mut self, end: End, found: Found) -> Result<(), Diagnostic> {
        session::leave(&self.setting, &mut self.state, &self.store, &found.changes, end);
        let mut line = self.line(&found);
        line.insert("end".to_owned(), Json::from(end.word()));
        self.write(line, &found)?;
        match fs::remove_file(self.claim.folder.join(STOP)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault::unwritable(&self.claim.folder, &error)),
            _ => Ok(()),
        }
    }

    /// Gives what came from outside the time of the story [A3].
    fn settle(&self, found: &Found) {
        #[cfg(all(feature = "run", unix))]
        for change in &found.changes {
            if let Change::File { path, .. } = change
                && let Some(entry) = self.state.tree.get(path)
            {
                self.mirror.stamp(path, entry.time);
            }
        }
        #[cfg(not(all(feature = "run", unix)))]
        let _nothing = found;
    }

    /// What changed on the disk since the last turn, where the agent has a shell [A1].
    fn look(&mut self) -> Result<Found, Diagnostic> {
        #[cfg(all(feature = "run", unix))]
        if self.manner.shell {
            let known = (&self.state.tree, self.state.written);
            let found = self.watch.look(self.mirror.disk(), known, &mut self.store, self.manner.limits);
            return found.map_err(|error| fault::unreadable(&self.claim.folder.join("disk"), &error));
        }
        Ok(Found::default())
    }

    /// The beginning of a turn's line.
    fn line(&self, found: &Found) -> Map<String, Json> {
        let mut line = Map::new();
        line.insert("turn".to_owned(), Json::from(self.turn + 1));
        if !found.changes.is_empty() {
            line.insert("outside".to_owned(), outside::written(&found.changes));
        }
        if let Some((files, bytes)) = found.over {
            line.insert("over".to_owned(), json!({"files": files, "bytes": bytes}));
        }
        line
    }

    /// The journal as it stands on the disk.
    pub(crate) fn journal(&self) -> Result<Journal, Diagnostic> {
        journal::load(&self.claim.journal())
    }

    /// What the agent said and was told so far, call by call: for one that goes on with a run.
    pub(crate) fn transcript(&self, journal: &Journal) -> Vec<Json> {
        transcript::calls(journal, &self.store)
    }

    /// Notes that a turn was answered, and what the agent said of herself.
    pub(crate) fn note(&mut self, about: Option<Json>) -> Result<(), Diagnostic> {
        let noted = self.telemetry.as_mut().map_or(Ok(()), |telemetry| telemetry.note(self.turn, about));
        noted.map_err(|error| fault::unwritable(&self.claim.folder, &error))
    }

    /// Whether the operator has asked that the run be ended.
    pub(crate) fn is_stopped(&self) -> bool {
        self.claim.folder.join(STOP).exists()
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
    fn write(&mut self, mut line: Map<String, Json>, found: &Found) -> Result<(), Diagnostic> {
        line.insert("now".to_owned(), Json::from(self.state.now.iso()));
        line.insert("state".to_owned(), Json::from(self.state.root(&self.setting)));
        let failed = |error: io::Error| fault::unwritable(Path::new("journal.jsonl"), &error);
        if let Some(error) = self.store.fault.take() {
            return Err(failed(error));
        }
        let text = self.chain.line(&Json::Object(line));
        write(&mut self.journal, &text, self.manner.sync).map_err(failed)?;
        self.turn += 1;
        self.settle(found);
        self.mirror.follow(&mut self.state.tree, &self.store).map_err(failed)
    }
}

/// Where a run on that image takes place, if nothing of it was changed.
fn verified(image: Image, manner: Manner) -> Result<Arc<Setting>, Diagnostic> {
    image.verify()?;
    Ok(Arc::new(Setting::of(image, manner.posix)?.within(manner.limits)))
}

/// Ends a run that another process lives, when its turn is done; [`Run::end`] ends one that nobody lives.
pub(crate) fn ask_to_stop(folder: &Path) -> Result<(), Diagnostic> {
    File::create(folder.join(STOP)).map(drop).map_err(|error| fault::unwritable(folder, &error))
}

/// The folder of a run that goes on: it follows the journal, or is made where a fork has none yet.
fn mirrored(folder: &Path, setting: &Setting, state: &mut State, store: &FolderStore) -> io::Result<Mirror> {
    let timezone = &setting.script.world.timezone;
    if !folder.exists() {
        return Mirror::fill(folder, timezone, &mut state.tree, store);
    }
    let mirror = Mirror::at(folder, timezone)?;
    mirror.follow(&mut state.tree, store)?;
    Ok(mirror)
}

fn write(journal: &mut File, line: &str, sync: bool) -> io::Result<()> {
    journal.write_all(line.as_bytes())?;
    if sync { journal.sync_data() } else { Ok(()) }
}
