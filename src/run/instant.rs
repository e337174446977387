//! A world that is lived in before it is built: the first call is answered from its outline, if it reads one file, while
//! the world itself is still being made. The run then begins on the whole world with that very call [J2].

use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::image::Image;
use crate::image::script::Scheduled;
use crate::run::agents::lines::Call;
use crate::run::manner::Manner;
use crate::run::session::{self, Outcome};
use crate::run::setting::Setting;
use crate::run::state::State;
use crate::run::store::MemoryStore;
use crate::run::tool::Store;
use crate::run::tools;

/// A world of which only the outline stands.
pub(crate) trait Unbuilt {
    /// An image of the outline. It has another root than the world.
    fn image(&self) -> Result<Image, Diagnostics>;

    /// The bytes of the file at that storage path; nothing where none stands that could be made alone.
    fn file(&mut self, path: &str) -> Option<Arc<[u8]>>;
}

/// The outline of a world, and what is known of the run on it.
pub(crate) struct Instant<'u> {
    world: &'u mut dyn Unbuilt,
    manner: Manner,
    /// That of the outline: people, hours and paths are those of the world.
    pub setting: Arc<Setting>,
}

impl<'u> Instant<'u> {
    pub(crate) fn of(world: &'u mut dyn Unbuilt, manner: Manner) -> Result<Instant<'u>, Diagnostics> {
        let setting = setting(world, manner)?;
        Ok(Instant { world, manner, setting })
    }

    /// What a call will be answered; nothing where the whole world has to be asked.
    pub(crate) fn foresee(&mut self, call: &Call) -> Option<Outcome> {
        let tool = tools::find(&call.tool).filter(|tool| tool.reads && !self.manner.shell)?;
        let path = call.arguments.get("path")?.as_str()?;
        let setting = &self.setting;
        let path = setting.paths.storage(path).ok()?;
        let bytes = self.world.file(&path)?;
        let mut state = State::start(setting);
        let saved = state.tree.get(&path)?.time;
        let mut store = MemoryStore::of(Arc::clone(setting));
        let digest = store.keep(&bytes);
        state.tree.write(&path, digest, bytes.len() as u64, saved);
        let outcome = session::call(setting, &mut state, &mut store, 0, (tool.name, &call.arguments));
        // What changed the disk by then may have been about this file, and a condition asks for what other files hold.
        let mut parts = setting.script.schedule.iter().filter(|part| part.order().0 <= state.now);
        parts.all(|part| part.when().is_none() && !matches!(part, Scheduled::Change(_))).then_some(outcome)
    }
}

fn setting(world: &dyn Unbuilt, manner: Manner) -> Result<Arc<Setting>, Diagnostics> {
    let setting = Setting::of(world.image()?, manner.posix);
    let setting = setting?;
    Ok(Arc::new(setting.within(manner.limits)))
}

/// Refuses a run whose first call was answered otherwise than the whole world answers it: a bug, of which no journal may tell.
pub(crate) fn expect_the_same(setting: &Arc<Setting>, call: &Call, told: &Outcome) -> Result<(), Diagnostic> {
    let mut store = MemoryStore::of(Arc::clone(setting));
    let outcome = session::call(setting, &mut State::start(setting), &mut store, 0, (&call.tool, &call.arguments));
    if outcome == *told {
        return Ok(());
    }
    let message = format!("`{}` was answered otherwise than the whole world answers it", call.tool);
    Err(Diagnostic::global("E0640", message)
        .note("the first answer came from the outline of the world, before it was built")
        .help("build the image first and run on it; and please report this"))
}
