//! `worldrun run` and `worldrun resume`: an agent lives a month.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::super::outcome::{Done, Failure};
use super::super::terminal::Terminal;
use crate::Image;
use crate::run::agents::{self, Agent, Idle, Program};
use crate::run::manner::Manner;
use crate::run::{orientation, play};

/// Let an agent live a month on an image
#[derive(Args)]
#[command(after_help = "Examples:\n  worldrun run march --agent idle --out run-1\n  \
                        worldrun run march --agent 'cmd:python3 my_agent.py' --out run-2")]
pub(super) struct Run {
    /// An image that `worldc build` wrote
    image: PathBuf,
    /// Who acts: `idle`, or `cmd:` and a command line that speaks JSON lines
    #[arg(long)]
    agent: String,
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
    /// Who acts
    #[arg(long)]
    agent: String,
    #[command(flatten)]
    how: How,
}

/// How the runner behaves, whoever acts.
#[derive(Args)]
struct How {
    /// Answer before a turn is on the disk for certain: faster, and the last turns may be lost with the power
    #[arg(long)]
    no_sync: bool,
    /// Seconds that one act of a program may take
    #[arg(long, default_value_t = 600)]
    patience: u64,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Run {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        let manner = Manner { posix: self.posix_paths, sync: !self.how.no_sync, ..Manner::default() };
        known(&self.agent)?;
        let run = play::Run::begin(image, &self.out, manner)?;
        self.how.live(run, &self.agent, terminal)
    }
}

impl Resume {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        let image = Image::open(&self.image)?;
        known(&self.agent)?;
        let run = play::Run::resume(image, &self.run, !self.how.no_sync)?;
        self.how.live(run, &self.agent, terminal)
    }
}

/// Refuses an agent that nobody knows before anything is written.
fn known(agent: &str) -> Result<(), Failure> {
    match agent == "idle" || agent.starts_with("cmd:") {
        true => Ok(()),
        false => Err(Failure::Wrong(format!("there is no agent `{agent}`: idle, or cmd: and a command line"))),
    }
}

impl How {
    fn live(&self, mut run: play::Run, agent: &str, terminal: &Terminal) -> Result<Done, Failure> {
        let mut agent: Box<dyn Agent> = match agent.strip_prefix("cmd:") {
            Some(command) => {
                let patience = Duration::from_secs(self.patience);
                let started = Program::start(command, &orientation::hello(&run)?, patience);
                Box::new(started.map_err(|error| Failure::Wrong(format!("`{command}` does not start: {error}")))?)
            }
            None => Box::new(Idle),
        };
        let progress = terminal.progress(run.setting.office.seconds(), "month");
        let starts = run.setting.office.starts;
        agents::live(&mut run, agent.as_mut(), &mut |run| progress.at((run.state.now.0 - starts.0).unsigned_abs()))?;
        let end = run.state.ended.map_or("", |end| end.word());
        let (turns, hash) = (run.turn, run.hash());
        Ok(Done::yes(match self.json {
            true => format!("{:#}\n", json!({"turns": turns, "end": end, "journal": hash})),
            false => format!("{turns} turns, {end}\njournal  {hash}\n"),
        }))
    }
}
