//! What is worth knowing of a run and decides nothing: when its turns were made, and what the agent said of herself with each
//! [J1]. `telemetry.jsonl` stands outside of the chain; a run without it is whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value as Json, json};

const NAME: &str = "telemetry.jsonl";

/// The file of a run that goes on.
pub(crate) struct Telemetry {
    file: File,
    /// Milliseconds since this process began to live the run.
    clock: Box<dyn Fn() -> u64>,
}

impl Telemetry {
    /// Goes on behind what is there.
    pub(crate) fn open(folder: &Path, clock: Box<dyn Fn() -> u64>) -> io::Result<Telemetry> {
        let file = File::options().create(true).append(true).open(folder.join(NAME))?;
        Ok(Telemetry { file, clock })
    }

    /// `{"turn": 17, "ms": 5321, "about": {…}}`: a turn was answered.
    pub(crate) fn note(&mut self, turn: u64, about: Option<Json>) -> io::Result<()> {
        let mut line = json!({"turn": turn, "ms": (self.clock)()});
        if let Some(about) = about {
            line["about"] = about;
        }
        self.file.write_all(format!("{line}\n").as_bytes())
    }
}

/// What an agent said of herself, by turn. Of a turn that was made twice the later counts; what cannot be read is nothing.
pub(crate) fn read(folder: &Path) -> BTreeMap<u64, Json> {
    let text = fs::read_to_string(folder.join(NAME)).unwrap_or_default();
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    lines.filter_map(|mut line| Some((line["turn"].as_u64()?, line["about"].take()))).collect()
}
