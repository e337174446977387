//! How a run is lived: part of its header, so that whoever lives it again does so in the same way.

use serde_json::{Value as Json, json};

use crate::run::rules;
use crate::run::setting::Setting;

/// Version of the journal's form.
const JOURNAL: u32 = 1;

/// What whoever starts a run decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    /// Paths as a shell sees them.
    pub posix: bool,
    /// The agent has a shell: its disk is looked through before every turn [A1].
    pub shell: bool,
    /// How the agent meets the run: `lines`, `mcp`, `http`, `socket`; `none` for agents of the runner's own.
    pub face: &'static str,
    /// The system keeps the agent's program inside its own folders; nothing where there is no such program.
    pub confined: Option<bool>,
    pub limits: Limits,
    /// Every turn is on the disk for certain before it is answered. Not part of the header: it decides nothing.
    pub sync: bool,
}

/// What a run may use up. Beyond it calls are refused, or the month ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Calls of one day and of the month [C3].
    pub day_calls: u32,
    pub calls: u32,
    /// Bytes that calls and files bring in all.
    pub bytes: u64,
    /// Files and folders that the disk holds at once.
    pub files: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { day_calls: 500, calls: 5_000, bytes: 2 << 30, files: 100_000 }
    }
}

impl Default for Manner {
    fn default() -> Manner {
        let limits = Limits::default();
        Manner { posix: false, shell: false, face: "none", confined: None, limits, sync: true }
    }
}

/// The faces a header may name.
const FACES: [&str; 5] = ["none", "lines", "mcp", "http", "socket"];

impl Manner {
    /// The content of a journal's first line [J5].
    pub(crate) fn header(&self, setting: &Setting) -> Json {
        let Limits { day_calls, calls, bytes, files } = self.limits;
        json!({
            "journal": JOURNAL,
            "image": setting.image.root(),
            "rules": rules::edition(),
            "paths": if self.posix { "posix" } else { "native" },
            "face": self.face,
            "shell": self.shell,
            "confined": self.confined,
            "limits": {"day_calls": day_calls, "calls": calls, "bytes": bytes, "files": files},
        })
    }

    /// The manner that a header tells; what it does not say is as it usually is.
    pub(crate) fn told(header: &Json, sync: bool) -> Manner {
        let usual = Limits::default();
        let limit = |name: &str, usual: u64| header["limits"][name].as_u64().unwrap_or(usual);
        let calls = |name: &str, usual: u32| u32::try_from(limit(name, usual.into())).unwrap_or(u32::MAX);
        Manner {
            posix: header["paths"] == "posix",
            shell: header["shell"] == Json::Bool(true),
            face: FACES.into_iter().find(|face| header["face"] == *face).unwrap_or("none"),
            confined: header["confined"].as_bool(),
            limits: Limits {
                day_calls: calls("day_calls", usual.day_calls),
                calls: calls("calls", usual.calls),
                bytes: limit("bytes", usual.bytes),
                files: limit("files", usual.files),
            },
            sync,
        }
    }
}
