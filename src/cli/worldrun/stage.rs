//! An agent and a run brought together: programs are started inside their walls, faces are opened to whoever comes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::super::outcome::Failure;
use super::super::terminal::Terminal;
use super::who::Who;
use crate::run::agents::cell::{self, Cell};
use crate::run::agents::{self, Agent, Clerk, Idle, Oracle, Program, launch};
use crate::run::orientation;
use crate::run::play::Run;

/// How long one act of a program may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// What keeps an agent's program from what is not its own.
#[derive(Args)]
pub(super) struct Walls {
    /// The folder of the agent's program, in which it starts and may write: this one if it is not said
    #[arg(long, default_value = ".")]
    agent_folder: PathBuf,
    /// What the agent's program may read besides, such as its libraries; may be said several times
    #[arg(long)]
    agent_reads: Vec<PathBuf>,
    /// Let the agent's program touch whatever this user may; the run says so
    #[arg(long)]
    unconfined: bool,
}

/// Where a run is lived, and who acts.
pub(super) struct Stage<'a> {
    pub who: &'a Who,
    pub walls: &'a Walls,
    /// The folder of the run, and the image.
    pub folder: &'a Path,
    pub image: &'a Path,
    pub patience: Option<Duration>,
}

impl Walls {
    /// Whether an agent will be kept inside; nothing where it is no program of ours.
    pub(super) fn confined(&self, who: &Who) -> Option<bool> {
        who.command().map(|_| !self.unconfined && cell::is_possible())
    }
}

impl Stage<'_> {
    /// Lets the agent live until the month is over.
    pub(super) fn play(&self, run: &mut Run, terminal: &Terminal) -> Result<(), Failure> {
        if run.manner.confined == Some(true) && self.walls.confined(self.who) == Some(false) {
            return Err(Failure::Wrong(
                "the run was begun with a confined agent and goes on with none other".to_owned(),
            ));
        }
        match self.who {
            Who::Idle => lived(run, &mut Idle, terminal),
            Who::Oracle => {
                let mut oracle = Oracle::of(Arc::clone(&run.setting))?;
                lived(run, &mut oracle, terminal)?;
                match oracle.faults.is_empty() {
                    true => Ok(()),
                    false => Err(Failure::Wrong(oracle.faults.join("\n"))),
                }
            }
            Who::Clerk => lived(run, &mut Clerk::of(&orientation::text(&run.setting)), terminal),
            Who::Lines(command) => {
                let hello = orientation::hello(run)?;
                let patience = self.patience.unwrap_or(PATIENCE);
                let cell = self.cell(run, command, &[&self.walls.agent_folder]);
                let mut shell = launch::shell(command);
                shell.current_dir(&self.walls.agent_folder);
                let program = Program::start(shell, cell.as_ref(), &hello, patience);
                let failed = |error| Failure::Wrong(format!("`{command}` does not start: {error}"));
                lived(run, &mut program.map_err(failed)?, terminal)
            }
            _ => self.host(run, terminal),
        }
    }

    /// The walls around a program that may write to these folders, if it gets any.
    fn cell(&self, run: &Run, command: &str, own: &[&Path]) -> Option<Cell> {
        if run.manner.confined != Some(true) {
            return None;
        }
        let own: Vec<PathBuf> = own.iter().map(|path| path.to_path_buf()).collect();
        let mut reads = self.walls.agent_reads.clone();
        reads.extend(client());
        cell::around(command, &own, &reads, &[self.image.to_owned(), self.folder.to_owned()])
    }

    /// Opens a face and lives with whoever comes.
    #[cfg(feature = "run")]
    fn host(&self, run: &mut Run, terminal: &Terminal) -> Result<(), Failure> {
        use crate::run::agents::door;
        use crate::run::faces::host::Host;
        use crate::run::orientation::Briefing;
        let failed = |error: std::io::Error| Failure::Wrong(format!("the agent cannot be served: {error}"));
        let mut opened = match self.who {
            Who::Http(port) => Host::http(Briefing::of(run)?, *port, door(self.patience)).map_err(failed)?,
            #[cfg(unix)]
            Who::Socket(path) => {
                let path = path.clone().unwrap_or_else(|| self.folder.join("world.sock"));
                Host::socket(run, &path, self.patience)?
            }
            #[cfg(unix)]
            Who::Shell(command) => self.worker(run, command)?,
            _ => Host::stdio(Briefing::of(run)?, door(self.patience)).map_err(failed)?,
        };
        if let Some(place) = &opened.place {
            terminal.announce(place);
        }
        lived(run, &mut opened.door, terminal)?;
        opened.close(&run.refusal()).map_err(failed)
    }

    /// Starts a program at home on the run's disk, with the `world` client at hand and its own folder in `AGENT_FOLDER`.
    #[cfg(all(feature = "run", unix))]
    fn worker(&self, run: &Run, command: &str) -> Result<crate::run::faces::host::Host, Failure> {
        use crate::run::faces::host::Host;
        let folder = self.folder.canonicalize().map_err(|error| Failure::system(self.folder, &error))?;
        let disk = folder.join("disk");
        let cell = self.cell(run, command, &[&disk, &self.walls.agent_folder]);
        let mut shell = launch::shell(&format!("PATH=\"$PATH:$WORLD_CLIENT\"; {command}"));
        shell.current_dir(disk.join(&run.setting.script.world.home));
        shell.env("WORLD_CLIENT", client().and_then(|client| Some(client.parent()?.to_owned())).unwrap_or_default());
        let own = &self.walls.agent_folder;
        shell.env("AGENT_FOLDER", own.canonicalize().map_err(|error| Failure::system(own, &error))?);
        let patience = Some(self.patience.unwrap_or(PATIENCE));
        Ok(Host::worker(run, &folder.join("world.sock"), shell, cell.as_ref(), patience)?)
    }

    #[cfg(not(feature = "run"))]
    fn host(&self, _: &mut Run, _: &Terminal) -> Result<(), Failure> {
        let face = self.who.face();
        Err(Failure::Wrong(format!("this program was built without the feature `run`, which serves {face}")))
    }
}

/// The `world` client that was installed beside this program.
fn client() -> Option<PathBuf> {
    let client = std::env::current_exe().ok()?.with_file_name("world");
    client.is_file().then_some(client)
}

pub(super) fn lived(run: &mut Run, agent: &mut dyn Agent, terminal: &Terminal) -> Result<(), Failure> {
    let progress = terminal.progress(run.setting.office.seconds(), "month");
    let starts = run.setting.office.starts;
    agents::live(run, agent, &mut |run| progress.at((run.state.now.0 - starts.0).unsigned_abs()))?;
    Ok(())
}
