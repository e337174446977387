//! `worldrun run` and `worldrun resume`: an agent lives a month.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::json;

use super::super::choices::Choices;
use super::super::outcome::{Done, Failure};
use super::super::terminal::Terminal;
use super::super::world::{checked, settings_of};
use super::stage::{Stage, Walls};
use super::who::{self, Who};
use crate::Image;
use crate::run::manner::{Limits, Manner};
use crate::run::telemetry::Telemetry;
use crate::run::{claim, play};

/// Let an agent live a month on an image
#[derive(Args)]
#[command(after_help = "Examples:\n  worldrun run march --agent idle --out run-1\n  \
                        worldrun run march --agent 'cmd:python3 my_agent.py' --out run-2\n  \
                        worldrun run march --agent mcp --out run-3      # as the command of an MCP client\n  \
                        worldrun run march.world --seed 7 --agent mcp --out run-6   # without building it first\n  \
                        worldrun run march --agent socket --out run-4   # then: world --socket run-4/world.sock list_mails\n  \
                        worldrun run march --agent 'shell:bash $AGENT_FOLDER/my_agent.sh' --out run-5")]
pub(super) struct Run {
    /// An image that `worldc build` wrote; or a spec, whose world is made while the run begins
    #[arg(value_name = "IMAGE or SPEC")]
    image: PathBuf,
    /// Of a spec, which world
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[arg(long, help = who::HELP)]
    agent: Who,
    /// The folder of the run
    #[arg(long)]
    out: PathBuf,
    /// Show paths as a shell sees them instead of in the world's own way
    #[arg(long)]
    posix_paths: bool,
    /// Whoever acts has a shell on the run's disk: what changes there enters the journal
    #[arg(long)]
    shell: bool,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    most: Most,
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
pub(super) struct How {
    /// Answer before a turn is on the disk for certain: faster, and the last turns may be lost with the power
    #[arg(long)]
    no_sync: bool,
    /// Seconds that one act may take: 600 for a program, for ever for clients, if it is not said
    #[arg(long)]
    patience: Option<u64>,
    #[command(flatten)]
    walls: Walls,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// What the run may use up; beyond it calls are refused or the month ends.
#[derive(Args)]
struct Most {
    /// Calls of one day
    #[arg(long, default_value_t = Limits::default().day_calls)]
    day_calls: u32,
    /// Calls of the month
    #[arg(long, default_value_t = Limits::default().calls)]
    calls: u32,
    /// Bytes that calls and files bring in all
    #[arg(long, default_value_t = Limits::default().bytes)]
    bytes: u64,
    /// Files and folders on the disk
    #[arg(long, default_value_t = Limits::default().files)]
    files: u64,
}

impl Run {
    pub(super) fn in_json(&self) -> bool {
        self.how.in_json(&self.agent)
    }

    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let shell = self.shell || matches!(self.agent, Who::Shell(_));
        let Most { day_calls, calls, bytes, files } = self.most;
        let manner = Manner {
            posix: self.posix_paths || matches!(self.agent, Who::Shell(_)),
            shell,
            face: self.agent.face(),
            confined: self.how.walls.confined(&self.agent),
            limits: Limits { day_calls, calls, bytes, files },
            sync: !self.how.no_sync,
        };
        let image = match settings_of(&self.image, self.seed, &self.choices)? {
            None => Image::open(&self.image)?,
            Some(settings) => {
                claim::refuse_taken(&self.out)?;
                let spec = checked(&self.image)?;
                #[cfg(feature = "run")]
                if let Who::Mcp | Who::Http(_) = self.agent {
                    return self.how.live_at_once((&spec, &settings), manner, &self.agent, &self.out, terminal);
                }
                crate::build(&spec, &settings)?
            }
        };
        let run = play::Run::begin(image, &self.out, manner)?;
        self.how.live(run, &self.agent, (&self.out, &self.image), terminal)
    }
}

impl Resume {
    pub(super) fn in_json(&self) -> bool {
        self.how.in_json(&self.agent)
    }

    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        let run = play::Run::resume(image, &self.run, !self.how.no_sync)?;
        if matches!(self.agent, Who::Shell(_)) && !run.manner.shell {
            return Err(Failure::Wrong("the run was begun with an agent that has no shell".to_owned()));
        }
        self.how.live(run, &self.agent, (&self.run, &self.image), terminal)
    }
}

impl How {
    /// Whether a program reads what is wrong. Standard output belongs to the client of the standard streams.
    fn in_json(&self, who: &Who) -> bool {
        self.json && *who != Who::Mcp
    }

    fn live(
        &self,
        mut run: play::Run,
        who: &Who,
        (folder, image): (&Path, &Path),
        terminal: &Terminal,
    ) -> Result<Done, Failure> {
        run.telemetry = Some(telemetry(folder)?);
        Stage { who, walls: &self.walls, folder, image, patience: self.patience() }.play(&mut run, terminal)?;
        Ok(self.done(&run, who))
    }

    pub(super) fn patience(&self) -> Option<Duration> {
        self.patience.map(Duration::from_secs)
    }

    /// What is said of a run that is over.
    pub(super) fn done(&self, run: &play::Run, who: &Who) -> Done {
        let end = run.state.ended.map_or("", |end| end.word());
        let (turns, hash) = (run.turn, run.hash());
        let text = match self.json {
            true => format!("{:#}\n", json!({"turns": turns, "end": end, "journal": hash})),
            false => format!("{turns} turns, {end}\njournal  {hash}\n"),
        };
        if *who == Who::Mcp { Done::default().remark(text) } else { Done::yes(text) }
    }
}

/// Where the times of a run are noted.
pub(super) fn telemetry(folder: &Path) -> Result<Telemetry, Failure> {
    Telemetry::open(folder, stopwatch()).map_err(|error| Failure::system(folder, &error))
}

/// Milliseconds from now on.
#[expect(
    clippy::disallowed_methods,
    reason = "what is measured decides nothing: it stands outside of the journal's chain"
)]
fn stopwatch() -> Box<dyn Fn() -> u64> {
    let begun = Instant::now();
    Box::new(move || u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX))
}
