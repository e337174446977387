//! A run from a spec: clients of MCP are served while the world is still being made.

use std::path::Path;

use super::super::outcome::{Done, Failure};
use super::super::terminal::Terminal;
use super::live::{How, telemetry};
use super::stage::lived;
use super::who::Who;
use crate::run::agents::lines::Call;
use crate::run::agents::{Act, Door, Enough, Knocker, door};
use crate::run::claim::Claim;
use crate::run::faces::host::Host;
use crate::run::instant::{self, Instant};
use crate::run::manner::Manner;
use crate::run::orientation::{Briefing, stands};
use crate::run::play::Run;
use crate::run::session::Outcome;
use crate::{Diagnostics, Image, Settings, Spec};

/// What was answered before the run began.
type Told = Option<(Call, Outcome)>;

impl How {
    /// Lives a run whose first call may come before its world stands.
    pub(super) fn live_at_once(
        &self,
        world: (&Spec, &Settings),
        manner: Manner,
        who: &Who,
        folder: &Path,
        terminal: &Terminal,
    ) -> Result<Done, Failure> {
        let opened = crate::outlined(world.0, world.1, |outline| {
            let mut instant = Instant::of(outline, manner)?;
            let claim = Claim::new(folder)?;
            let (briefing, begun) = Briefing::ahead(&instant.setting);
            let (knocker, door) = door(self.patience());
            let enough = knocker.enough();
            let mut host = open(who, briefing, (knocker, door))?;
            if let Some(place) = &host.place {
                terminal.announce(place);
            }
            let (image, told) = meanwhile(world, enough, || ahead(&mut host, &mut instant));
            Ok::<_, Failure>((claim, host, begun, image?, told))
        });
        let (claim, mut host, begun, image, told) = opened??;
        let mut run = Run::begin_in(claim, image, manner, |setting| {
            told.as_ref().map_or(Ok(()), |(call, outcome)| instant::expect_the_same(setting, call, outcome))
        })?;
        run.telemetry = Some(telemetry(folder)?);
        begun.send_replace(Some(stands(&run)?.to_string().into()));
        if let Some((call, _)) = told {
            run.call(&call.tool, &call.arguments, call.id.as_deref())?;
            run.note(call.about)?;
        }
        lived(&mut run, &mut host.door, terminal)?;
        host.close(&run.refusal()).map_err(unserved)?;
        Ok(self.done(&run, who))
    }
}

fn open(who: &Who, briefing: Briefing, door: (Knocker, Door)) -> Result<Host, Failure> {
    let host = match who {
        Who::Http(port) => Host::http(briefing, *port, door),
        _ => Host::stdio(briefing, door),
    };
    host.map_err(unserved)
}

fn unserved(error: std::io::Error) -> Failure {
    Failure::Wrong(format!("the agent cannot be served: {error}"))
}

/// Builds the world on a thread of its own while this one works, and says when it is built or cannot be.
fn meanwhile<T>(
    (spec, settings): (&Spec, &Settings),
    enough: Enough,
    work: impl FnOnce() -> T,
) -> (Result<Image, Diagnostics>, T) {
    std::thread::scope(|scope| {
        let build = move || {
            let _said_at_the_end = enough;
            crate::build(spec, settings)
        };
        match std::thread::Builder::new().stack_size(crate::STACK).spawn_scoped(scope, build) {
            Ok(builder) => {
                let done = work();
                (builder.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), done)
            }
            Err(_) => (crate::build(spec, settings), work()),
        }
    })
}

/// Waits for the first call, as long as the world does not stand, and answers it if the outline can.
fn ahead(host: &mut Host, instant: &mut Instant<'_>) -> Told {
    let Some(Act::Call(call)) = host.door.ahead() else { return None };
    let outcome = instant.foresee(&call)?;
    host.door.answer_ahead(&outcome);
    Some((call, outcome))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::run::session;
    use crate::run::setting::Setting;
    use crate::run::state::State;
    use crate::run::store::MemoryStore;

    /// What the whole world answers to a first call.
    fn whole(setting: &Arc<Setting>, call: &Call) -> Outcome {
        let mut store = MemoryStore::of(Arc::clone(setting));
        session::call(setting, &mut State::start(setting), &mut store, 0, (&call.tool, &call.arguments))
    }

    fn spec(path: &str) -> Spec {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        crate::load(&path).and_then(crate::check).unwrap_or_else(|faults| panic!("{faults}"))
    }

    /// Tools that read one file.
    const READERS: [&str; 5] =
        ["read_text_file", "read_document_content", "read_media_file", "read_tab", "get_file_info"];

    /// A call for every `step`th pair of a file on the disk of a world and a tool.
    fn calls(setting: &Setting, step: usize) -> Vec<Call> {
        let files = setting.image.manifest().entries.iter().filter(|entry| !entry.is_folder());
        let paths = files.filter_map(|entry| entry.path.strip_prefix("disk/"));
        let call = |tool, path| Call::of(tool, json!({"path": setting.paths.shown(path)}));
        paths.flat_map(|path| READERS.map(|tool| call(tool, path))).step_by(step).collect()
    }

    /// How many calls on the files of a world could be answered before it stood, each as the whole world answers it.
    fn foreseen(path: &str, step: usize) -> (usize, usize) {
        let (spec, settings, manner) = (spec(path), Settings { seed: 3, ..Settings::default() }, Manner::default());
        let image = crate::build(&spec, &settings).unwrap_or_else(|faults| panic!("{faults}"));
        let setting = Arc::new(Setting::of(image, false).expect("the image is whole"));
        let calls = calls(&setting, step);
        let told = crate::outlined(&spec, &settings, |outline| {
            let mut instant = Instant::of(outline, manner).unwrap_or_else(|faults| panic!("{faults}"));
            let told = calls.iter().filter_map(|call| Some((call, instant.foresee(call)?)));
            told.map(|(call, outcome)| assert_eq!(outcome, whole(&setting, call), "{call:?}")).count()
        });
        (told.unwrap_or_else(|faults| panic!("{faults}")), calls.len())
    }

    #[test]
    fn a_file_reads_the_same_before_its_world_stands() {
        for (path, step) in [("specs/hello.world", 1), ("specs/fpa_march.world", 113)] {
            let (told, asked) = foreseen(path, step);
            assert!(told * 2 > asked, "{path}: {told} of {asked}");
        }
    }

    #[test]
    fn nothing_is_answered_ahead_otherwise() {
        for (name, is_foreseen) in [("changed_at_once", false), ("saved_in_a_gap", true), ("named_in_the_open", true)] {
            let (told, _) = foreseen(&format!("tests/instant/{name}.world"), 1);
            assert_eq!(told > 0, is_foreseen, "{name}");
        }
    }

    #[test]
    fn what_was_told_and_does_not_hold_is_refused() {
        let image =
            crate::build(&spec("specs/hello.world"), &Settings::seed(3)).unwrap_or_else(|faults| panic!("{faults}"));
        let setting = Arc::new(Setting::of(image, false).expect("the image is whole"));
        for call in calls(&setting, 1) {
            let told = whole(&setting, &call);
            instant::expect_the_same(&setting, &call, &told).expect("it holds");
            let other = Outcome { text: format!("{}.", told.text), ..told };
            assert_eq!(instant::expect_the_same(&setting, &call, &other).expect_err("it does not").code, "E0640");
        }
    }

    /// The long one: every file of the analyst's world, and many of the site's.
    #[test]
    #[ignore = "minutes without optimisation"]
    fn every_file_reads_the_same_before_its_world_stands() {
        for (path, step) in [("specs/fpa_march.world", 3), ("specs/site_manager.world", 29)] {
            let (told, asked) = foreseen(path, step);
            assert!(told * 2 > asked, "{path}: {told} of {asked}");
        }
    }

    #[test]
    fn what_needs_the_whole_world_waits_for_it() {
        let (spec, settings) = (spec("specs/hello.world"), Settings { seed: 3, ..Settings::default() });
        let told = crate::outlined(&spec, &settings, |outline| {
            let mut instant = Instant::of(outline, Manner::default()).unwrap_or_else(|faults| panic!("{faults}"));
            let home = instant.setting.script.world.home.clone();
            let calls = [
                Call::of("list_mails", json!({})),
                Call::of("list_directory", json!({"path": home})),
                Call::of("read_text_file", json!({"path": "no such file.txt"})),
                Call::of("write_file", json!({"path": "a.txt", "content": "a"})),
            ];
            calls.iter().filter(|call| instant.foresee(call).is_some()).count()
        });
        assert_eq!(told.unwrap_or_else(|faults| panic!("{faults}")), 0);
    }
}
