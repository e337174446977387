//! What is exported for training is what the agent saw: her own calls, their answers, what she was told first; nothing of what
//! only the operator, the grader or the author knows.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().expect("there is a place for temporary files"));
        let built = Command::new(env!("CARGO_BIN_EXE_worldc"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["build", "specs/fpa_march.world", "--seed", "1", "--out"])
            .arg(place.at("image"))
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn worldrun(&self, words: &[&str]) -> String {
        let told = Command::new(env!("CARGO_BIN_EXE_worldrun"))
            .current_dir(self.0.path())
            .args(words)
            .output()
            .expect("the program starts");
        assert!(told.status.success(), "{words:?}: {}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8_lossy(&told.stdout).into_owned()
    }

    fn export(&self, run: &str) -> Value {
        serde_json::from_str(&self.worldrun(&["export", run, "--image", "image"])).expect("a trajectory is JSON")
    }

    fn sealed(&self, name: &str) -> String {
        fs::read_to_string(self.at("image/sealed").join(name)).expect("the image has it")
    }
}

/// All values under a name, wherever they stand.
fn collect<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(member, value)| {
            found.extend((member == name).then_some(value));
            collect(value, name, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, name, found)),
        _ => {}
    }
}

fn named<'v>(values: &'v [Value], name: &str) -> impl Iterator<Item = &'v str> + use<'v> {
    let mut found = Vec::new();
    values.iter().for_each(|value| collect(value, name, &mut found));
    found.into_iter().filter_map(Value::as_str)
}

/// Words that no agent may be served: the canary, the key, the roots, and how the author named things.
fn unspeakable(place: &Place) -> BTreeSet<String> {
    let manifest = fs::read(place.at("image/manifest.json")).expect("an image has a manifest");
    let manifest: Value = serde_json::from_slice(&manifest).expect("it is JSON");
    let lines = |name: &str| -> Vec<Value> {
        place.sealed(name).lines().map(|line| serde_json::from_str(line).expect("records are JSON")).collect()
    };
    let record = |name: &str| -> Value { serde_json::from_str(&place.sealed(name)).expect("records are JSON") };
    let mut records = vec![record("objectives.json"), record("people.json"), record("declarations.json")];
    records.extend(["schedule.jsonl", "calendar.jsonl", "history.jsonl"].into_iter().flat_map(lines));
    let names = ["name", "address", "declaration", "of"].into_iter().flat_map(|name| named(&records, name));
    // A name of one plain word may stand in any text.
    let names = names.filter(|name| name.contains(['_', '[']) || (name.contains('.') && !name.contains([' ', '@'])));
    let files = |name: &&str| {
        [".docx", ".xlsx", ".pptx", ".pdf", ".csv", ".md", ".txt", ".eml"].iter().any(|end| name.ends_with(end))
    };
    let mut words: BTreeSet<String> = names.filter(|name| !files(name)).map(str::to_owned).collect();
    words.extend(named(&records, "canary").map(str::to_owned));
    words.insert(place.sealed("blind").trim().to_owned());
    words.extend(["public", "sealed"].iter().filter_map(|name| manifest[*name].as_str()).map(str::to_owned));
    words
}

fn check_form(trajectory: &Value) {
    let members = |value: &Value, known: &[&str]| {
        for name in value.as_object().expect("an object").keys() {
            assert!(known.contains(&name.as_str()), "{name} is no member that the form knows");
        }
    };
    members(trajectory, &["schema_version", "session_id", "agent", "steps", "final_metrics"]);
    members(&trajectory["agent"], &["name", "version", "tool_definitions"]);
    let steps = trajectory["steps"].as_array().expect("a list");
    assert_eq!(trajectory["final_metrics"]["total_steps"], steps.len());
    for (at, step) in steps.iter().enumerate() {
        members(
            step,
            &[
                "step_id",
                "timestamp",
                "source",
                "message",
                "tool_calls",
                "observation",
                "model_name",
                "reasoning_content",
                "metrics",
            ],
        );
        assert_eq!(step["step_id"], at + 1);
        assert_eq!(step["source"], if at == 0 { "user" } else { "agent" });
        assert!(step["message"].is_string() && step["timestamp"].is_string());
        if at > 0 {
            assert!(step["tool_calls"][0]["arguments"].is_object());
            assert_eq!(step["observation"]["results"][0]["source_call_id"], step["tool_calls"][0]["tool_call_id"]);
        }
    }
}

#[test]
fn an_export_holds_what_the_agent_saw_and_nothing_else() {
    let place = Place::new();
    let unspeakable = unspeakable(&place);
    assert!(unspeakable.len() > 100, "{unspeakable:?}");
    for agent in ["idle", "oracle"] {
        place.worldrun(&["run", "image", "--agent", agent, "--out", agent, "--no-sync"]);
        let trajectory = place.export(agent);
        check_form(&trajectory);
        let text = trajectory.to_string();
        let spoken: Vec<&String> = unspeakable.iter().filter(|word| text.contains(word.as_str())).collect();
        assert!(spoken.is_empty(), "{agent}: {spoken:?}");
    }
    let journal = fs::read_to_string(place.at("oracle/journal.jsonl")).expect("a run has a journal");
    let turns = journal.lines().filter(|line| line.contains("\"tool\":")).count();
    assert_eq!(place.export("oracle")["steps"].as_array().map(Vec::len), Some(turns + 1));
}

/// Nobody has told her anything yet, so no drawn secret of the world may stand in it.
#[test]
fn no_sealed_value_is_told_to_who_asks_nobody() {
    let place = Place::new();
    let calls = [
        json!({"tool": "directory_tree", "arguments": {"path": "/"}}),
        json!({"tool": "list_mails", "arguments": {"limit": 100}}),
        json!({"tool": "search_contacts", "arguments": {"query": ""}}),
        json!({"tool": "get_current_time", "arguments": {}, "about": {
            "agent": "tester", "model": "m-1", "text": "What time is it?", "prompt_tokens": 12}}),
        json!({"tool": "no_such_tool", "arguments": 3}),
    ];
    fs::write(place.at("calls"), calls.map(|call| format!("{call}\n")).concat()).expect("writable");
    place.worldrun(&["run", "image", "--agent", "cmd:cat calls", "--unconfined", "--out", "run", "--no-sync"]);
    let trajectory = place.export("run");
    check_form(&trajectory);
    let step = &trajectory["steps"][4];
    assert_eq!((&trajectory["agent"]["name"], &step["model_name"]), (&json!("tester"), &json!("m-1")));
    assert_eq!((&step["message"], &step["metrics"]["prompt_tokens"]), (&json!("What time is it?"), &json!(12)));
    let text: String = trajectory.to_string().chars().filter(|letter| !".,' \u{a0}".contains(*letter)).collect();
    for digits in secrets(&place.at("image/sealed/facts.json")) {
        assert!(!text.contains(&digits), "{digits} is a secret's value");
    }
}

/// The digits of drawn secrets that are long enough to be told from any other number.
fn secrets(path: &Path) -> Vec<String> {
    let groups: Value = serde_json::from_slice(&fs::read(path).expect("the image has facts")).expect("they are JSON");
    let groups = groups.as_array().expect("a list").iter();
    let facts = groups.filter(|group| group["sealed"] == true && group["drawn"] == true).flat_map(|group| {
        let facts = group["facts"].as_array().into_iter().flatten();
        facts.map(|fact| fact[2].to_string().chars().filter(char::is_ascii_digit).collect::<String>())
    });
    let found: Vec<String> = facts.filter(|digits| digits.len() >= 5).collect();
    assert!(!found.is_empty(), "the world has secrets");
    found
}
