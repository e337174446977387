//! Hostile texts through every text argument of every tool, and hostile sequences: nothing outside the run's disk is read or
//! written, nothing sealed is served, and everything that was refused is refused again by the replay.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};
use tempfile::TempDir;

use crate::image::Image;
use crate::image::sample;
use crate::run::manner::{Limits, Manner};
use crate::run::play::Run;
use crate::run::replay::replay;
use crate::run::tool::{Kind, Tool};
use crate::run::tools;

const TEXTS: &str = include_str!("../../tests/runs/hostile.jsonl");
const SEQUENCES: &str = include_str!("../../tests/runs/sequences.jsonl");
/// What stands in the file outside that nobody may read or change.
const CANARY: &str = "canary 5d1f";

fn image() -> Image {
    crate::image::tests::image(&sample::plan())
}

/// Runs one after the other below one folder, each with links out of its disk.
struct Ground {
    place: TempDir,
    sealed: String,
    runs: Vec<PathBuf>,
}

impl Ground {
    fn new() -> Ground {
        let place = TempDir::new().expect("a temporary folder");
        fs::create_dir(place.path().join("outside")).expect("writable");
        fs::write(place.path().join("outside/secret.txt"), CANARY).expect("writable");
        let sealed = image().read_text("sealed/blind").expect("the image has a key");
        Ground { place, sealed: sealed.trim().to_owned(), runs: Vec::new() }
    }

    fn begin(&mut self) -> Run {
        let folder = self.place.path().join(format!("run {}", self.runs.len()));
        let limits = Limits { day_calls: 1_000_000, calls: 1_000_000, ..Limits::default() };
        let manner = Manner { shell: true, sync: false, limits, ..Manner::default() };
        let run = Run::begin(image(), &folder, manner).expect("the folder is new");
        lay_links(&folder.join("disk/C/Users/jana/Documents"), &self.place.path().join("outside"));
        self.runs.push(folder);
        run
    }

    fn say(&self, run: &mut Run, tool: &str, arguments: &Json) {
        let said = run.call(tool, arguments, None).expect("bad input is no error of the runner").text;
        for secret in [CANARY, &self.sealed, "root:x:0"] {
            assert!(!said.contains(secret), "{tool} {arguments} gives {secret:?} away");
        }
    }

    /// Whether the world outside is as it was, and every run can be lived again.
    fn check(&self) {
        let outside = self.place.path().join("outside");
        let names: Vec<_> = fs::read_dir(&outside).expect("it stands").map(|entry| entry.expect("readable")).collect();
        assert_eq!(names.len(), 1, "something was written outside: {names:?}");
        assert_eq!(fs::read_to_string(outside.join("secret.txt")).expect("it stands"), CANARY);
        let beside = fs::read_dir(self.place.path()).expect("readable").count();
        assert_eq!(beside, self.runs.len() + 1, "something was written beside the runs");
        for run in &self.runs {
            let inside = fs::read_dir(run).expect("readable").map(|entry| entry.expect("readable").file_name());
            let mut inside: Vec<_> = inside.map(|name| name.to_string_lossy().into_owned()).collect();
            inside.sort();
            assert_eq!(inside, ["blobs", "disk", "journal.jsonl", "lock"], "something was written beside the disk");
            replay(image(), run).unwrap_or_else(|fault| panic!("{}: {fault:?}", run.display()));
        }
    }
}

fn lay_links(documents: &Path, outside: &Path) {
    let soft = |to: &Path, name: &str| symlink(to, documents.join(name)).expect("a link");
    soft(outside, "folder");
    soft(&outside.join("secret.txt"), "soft.txt");
    soft(Path::new("loop"), "loop");
    soft(Path::new("."), "self");
    soft(Path::new("../../../../.."), "up");
    soft(Path::new("/"), "root");
    soft(Path::new("/proc/self/fd"), "fd");
    fs::hard_link(outside.join("secret.txt"), documents.join("hard.txt")).expect("a link");
    let (fifo, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(rustix::fs::CWD, documents.join("pipe.txt"), fifo, mode, 0).expect("a pipe");
}

/// The calls that give a text to each argument of a tool in turn, the others being what they should.
fn calls(tool: &Tool, hostile: &Json) -> Vec<Json> {
    let usual = |name: &str, kind: Kind| match (name, kind) {
        (_, Kind::Whole) => json!(1),
        (_, Kind::YesNo) => json!(false),
        ("attachments" | "paths", Kind::Texts) => json!(["Documents/Close memo.docx"]),
        (_, Kind::Texts) => json!(["marek@nordlicht.example"]),
        ("path" | "source", _) => json!("Documents/Close memo.docx"),
        ("destination", _) => json!("Documents/new name.docx"),
        _ => json!("note"),
    };
    let texts = tool.arguments.iter().filter(|argument| !matches!(argument.kind, Kind::Whole | Kind::YesNo));
    let with = |at: &str| -> Json {
        let given = tool.arguments.iter().filter(|argument| argument.required || argument.name == at);
        let value = |name: &str, kind| match (name == at, kind) {
            (true, Kind::Texts) => json!([hostile]),
            (true, _) => hostile.clone(),
            (false, kind) => usual(name, kind),
        };
        given
            .map(|argument| (argument.name.to_owned(), value(argument.name, argument.kind)))
            .collect::<Map<_, _>>()
            .into()
    };
    texts.map(|argument| with(argument.name)).collect()
}

/// Every `step`-th of the hostile texts through every tool.
fn tried(step: usize) {
    let texts: Vec<Json> = TEXTS.lines().map(|line| serde_json::from_str(line).expect("a text")).collect();
    assert!(texts.len() >= 300);
    let mut ground = Ground::new();
    let mut run = ground.begin();
    for (offset, tool) in tools::all().enumerate() {
        for hostile in texts.iter().skip(offset % step).step_by(step) {
            for arguments in calls(tool, hostile) {
                if run.state.ended.is_some() {
                    drop(run);
                    run = ground.begin();
                }
                ground.say(&mut run, tool.name, &arguments);
            }
        }
    }
    drop(run);
    ground.check();
}

#[test]
fn hostile_texts_are_refused_or_harmless() {
    tried(23);
}

#[test]
#[ignore = "all of them take minutes: tests/runner_bars.sh"]
fn all_hostile_texts_are_refused_or_harmless() {
    tried(1);
}

/// `@9000000` stands for so many letters, which nobody wants to see in a file.
fn spelled(arguments: &mut Json) {
    for value in arguments.as_object_mut().into_iter().flat_map(|given| given.values_mut()) {
        if let Some(count) = value.as_str().and_then(|text| text.strip_prefix('@')).and_then(|text| text.parse().ok()) {
            *value = Json::from("x".repeat(count));
        }
    }
}

#[test]
fn hostile_sequences_are_refused_or_harmless() {
    let mut ground = Ground::new();
    for line in SEQUENCES.lines() {
        let steps: Vec<Json> = serde_json::from_str(line).expect("a name and calls");
        let mut run = ground.begin();
        for step in &steps[1..] {
            let mut arguments = step[1].clone();
            spelled(&mut arguments);
            ground.say(&mut run, step[0].as_str().unwrap_or_default(), &arguments);
        }
    }
    ground.check();
}
