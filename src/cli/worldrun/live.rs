//! `worldrun run` and `worldrun resume`: an agent lives a month.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use super::super::terminal::Terminal;
use super::who::{self, Who};
use crate::Image;
use crate::run::agents::{self, Agent, Idle, Program};
use crate::run::manner::Manner;
use crate::run::{orientation, play};

/// How long one act of a program may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Let an agent live a month on an image
#[derive(Args)]
#[command(after_help = "Examples:\n  worldrun run march --agent idle --out run-1\n  \
                        worldrun run march --agent 'cmd:python3 my_agent.py' --out run-2\n  \
                        worldrun run march --agent mcp --out run-3      # as the command of an MCP client\n  \
                        worldrun run march --agent socket --out run-4   # then: world --socket run-4/world.sock list_mails")]
pub(super) struct Run {
    /// An image that `worldc build` wrote
    image: PathBuf,
    #[arg(long, help = who::HELP)]
    agent: Who,
    /// The folder of the run
    #[arg(long)]
    out: PathBuf,
    /// Show paths as a shell sees them instead of in the world's own way
    #[arg(long)]
    posix_paths: bool,
    #[command(flatten)]
    how: How,
}

/// Go on with a run where its journal ends
#[derive(Args)]
pub(super) struct Resume {
    /// The folder of the run
    run: PathBuf,
    /// The image it was begun on
    #[arg(long)]
    image: PathBuf,
    #[arg(long, help = who::HELP)]
    agent: Who,
    #[command(flatten)]
    how: How,
}

/// How the runner behaves, whoever acts.
#[derive(Args)]
struct How {
    /// Answer before a turn is on the disk for certain: faster, and the last turns may be lost with the power
    #[arg(long)]
    no_sync: bool,
    /// Seconds that one act may take: 600 for a program, for ever for clients, if it is not said
    #[arg(long)]
    patience: Option<u64>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Run {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        let face = self.agent.face();
        let manner = Manner { posix: self.posix_paths, face, sync: !self.how.no_sync, ..Manner::default() };
        let run = play::Run::begin(image, &self.out, manner)?;
        self.how.live(run, (&self.agent, &self.out), terminal)
    }
}

impl Resume {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        let run = play::Run::resume(image, &self.run, !self.how.no_sync)?;
        self.how.live(run, (&self.agent, &self.run), terminal)
    }
}

impl How {
    fn live(&self, mut run: play::Run, (who, folder): (&Who, &Path), terminal: &Terminal) -> Result<Done, Failure> {
        let patience = self.patience.map(Duration::from_secs);
        match who {
            Who::Idle => lived(&mut run, &mut Idle, terminal)?,
            Who::Lines(command) => {
                let patience = patience.unwrap_or(PATIENCE);
                let started = Program::start(command, &orientation::hello(&run)?, patience);
                let mut program =
                    started.map_err(|error| Failure::Wrong(format!("`{command}` does not start: {error}")))?;
                lived(&mut run, &mut program, terminal)?;
            }
            guest => host(&mut run, (guest, folder), patience, terminal)?,
        }
        let end = run.state.ended.map_or("", |end| end.word());
        let (turns, hash) = (run.turn, run.hash());
        let text = match self.json {
            true => format!("{:#}\n", json!({"turns": turns, "end": end, "journal": hash})),
            false => format!("{turns} turns, {end}\njournal  {hash}\n"),
        };
        // Standard output belongs to the client of the standard streams.
        Ok(if *who == Who::Mcp { Done::default().remark(text) } else { Done::yes(text) })
    }
}

fn lived(run: &mut play::Run, agent: &mut dyn Agent, terminal: &Terminal) -> Result<(), Failure> {
    let progress = terminal.progress(run.setting.office.seconds(), "month");
    let starts = run.setting.office.starts;
    agents::live(run, agent, &mut |run| progress.at((run.state.now.0 - starts.0).unsigned_abs()))?;
    Ok(())
}

/// Opens a face and lives with whoever comes.
#[cfg(feature = "run")]
fn host(
    run: &mut play::Run,
    (who, folder): (&Who, &Path),
    patience: Option<Duration>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    use crate::run::faces::host::Host;
    let failed = |error: std::io::Error| Failure::Wrong(format!("the agent cannot be served: {error}"));
    let mut opened = match who {
        Who::Http(port) => Host::http(run, *port, patience).map_err(failed)?,
        #[cfg(unix)]
        Who::Socket(path) => {
            let path = path.clone().unwrap_or_else(|| folder.join("world.sock"));
            Host::socket(run, &path, patience)?
        }
        _ => Host::stdio(run, patience).map_err(failed)?,
    };
    if let Some(place) = &opened.place {
        terminal.announce(place);
    }
    lived(run, &mut opened.door, terminal)?;
    opened.close(&run.refusal()).map_err(failed)
}

#[cfg(not(feature = "run"))]
fn host(_: &mut play::Run, (who, _): (&Who, &Path), _: Option<Duration>, _: &Terminal) -> Result<(), Failure> {
    Err(Failure::Wrong(format!("this program was built without the feature `run`, which serves {}", who.face())))
}
