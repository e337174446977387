//! What an agent with a shell changed on its disk besides the tools: inputs of a turn, as the journal keeps them [A1].

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::judge::scene::Digest;
use crate::run::setting::Setting;
use crate::run::state::State;
use crate::run::tools;

/// One change of the disk. Paths are storage paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A file is new or other than it was. A link is a file that holds the text of where it leads.
    File {
        path: String,
        digest: Digest,
        size: u64,
    },
    Folder {
        path: String,
    },
    /// It is not there any more, nor is what stood below it.
    Gone {
        path: String,
    },
}

/// What a look at the disk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub changes: Vec<Change>,
    /// Files and bytes that are more than the run may use up; they were only counted [A3].
    pub over: Option<(u64, u64)>,
}

impl Change {
    fn json(&self) -> Json {
        match self {
            Change::File { path, digest, size } => json!({"path": path, "digest": &**digest, "size": size}),
            Change::Folder { path } => json!({"path": path, "folder": true}),
            Change::Gone { path } => json!({"path": path, "gone": true}),
        }
    }

    fn read(json: &Json) -> Option<Change> {
        let path = json["path"].as_str()?.to_owned();
        Some(match (json["digest"].as_str(), json["folder"].as_bool()) {
            (Some(digest), _) => Change::File { path, digest: digest.into(), size: json["size"].as_u64()? },
            (None, Some(true)) => Change::Folder { path },
            (None, _) => Change::Gone { path },
        })
    }
}

/// The changes as a line of the journal holds them.
pub(crate) fn written(changes: &[Change]) -> Json {
    changes.iter().map(Change::json).collect()
}

/// The changes that a line of the journal holds.
pub(crate) fn read(line: &Json) -> Vec<Change> {
    line["outside"].as_array().into_iter().flatten().filter_map(Change::read).collect()
}

/// Makes the state follow the disk; the seconds that the tools would have taken for it [A2]. What was moved or copied costs
/// what moving and copying do.
pub(crate) fn absorb(setting: &Setting, state: &mut State, changes: &[Change]) -> i64 {
    if changes.is_empty() {
        return 0;
    }
    let stood: BTreeSet<Digest> = state.tree.files().map(|(_, digest, _)| digest.clone()).collect();
    let now = state.now;
    let mut seconds = 0;
    for change in changes {
        seconds += price(setting, change, &stood);
        match change {
            Change::File { path, digest, size } => {
                // A file may stand now where a folder stood, and the other way round.
                if state.tree.is_folder(path) {
                    state.tree.remove(path);
                }
                state.written += if stood.contains(digest) { 0 } else { *size };
                state.tree.write(path, digest.clone(), *size, now);
            }
            Change::Folder { path } => {
                if state.tree.file(path).is_some() {
                    state.tree.remove(path);
                }
                state.tree.make_folder(path, now);
            }
            Change::Gone { path } => state.tree.remove(path),
        }
    }
    // The disk has it already.
    state.tree.take_touched();
    seconds
}

fn price(setting: &Setting, change: &Change, stood: &BTreeSet<Digest>) -> i64 {
    let tool = match change {
        Change::File { digest, .. } if stood.contains(digest) => "copy_file",
        Change::File { .. } => "write_file",
        Change::Folder { .. } => "create_directory",
        Change::Gone { .. } => "delete_file",
    };
    tools::find(tool).map_or(0, |tool| setting.cost(tool))
}
