//! What an agent said and was told, read back from the journal: for one that goes on with a run, and for whoever learns from
//! it. Nothing stands here that she has not seen [L3].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::time::iso_with_offset;
use crate::judge::scene::Blobs;
use crate::run::fault::invalid;
use crate::run::journal::{self, Journal, Line};
use crate::run::orientation;
use crate::run::replay::setting_of;
use crate::run::session::{Outcome, WITHHELD};
use crate::run::setting::Setting;
use crate::run::store::FolderStore;
use crate::run::telemetry;
use crate::run::tool::Tool;
use crate::run::tools;
use crate::value::Moment;

/// The form of a trajectory: the Agent Trajectory Interchange Format.
const FORM: &str = "ATIF-v1.8";

/// The answer that stands in a line.
pub(crate) fn told(blobs: &dyn Blobs, line: &Json) -> Outcome {
    let answer = &line["answer"];
    let kept = |digest: &str| blobs.bytes(digest).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = match answer["text"].as_str() {
        Some(text) => text.to_owned(),
        None => answer["blob"].as_str().and_then(kept).unwrap_or_default(),
    };
    let clock = line["clock"].as_str().unwrap_or_default().to_owned();
    Outcome { text, refused: line["refused"] == Json::Bool(true), clock, cost: 0 }
}

/// Call by call, for an agent that goes on.
pub(crate) fn calls(journal: &Journal, blobs: &dyn Blobs) -> Vec<Json> {
    let call = |line: &Json| {
        let Outcome { text, refused, clock, .. } = told(blobs, line);
        json!({"tool": line["tool"], "arguments": line["arguments"], "text": text, "refused": refused, "clock": clock})
    };
    called(journal).map(call).collect()
}

fn called(journal: &Journal) -> impl Iterator<Item = &Json> {
    journal.turns().map(|line| &line.content).filter(|line| line["end"].is_null())
}

/// The run in a folder as a trajectory. A run in which something sealed came up has none.
pub(crate) fn trajectory(image: Image, folder: &Path) -> Result<Json, Diagnostic> {
    let path = folder.join("journal.jsonl");
    let journal = journal::load(&path)?;
    let setting = Arc::new(setting_of(image, &journal, &path)?);
    let blobs = FolderStore::of(Arc::clone(&setting), folder.join("blobs"), false);
    if journal.turns().any(|line| line.content["answer"]["text"] == WITHHELD) {
        return Err(invalid(folder, journal.count()));
    }
    let about = telemetry::read(folder);
    let begun = Moment(setting.office.starts.0);
    let first = json!({"step_id": 1, "timestamp": stamp(&setting, begun), "source": "user", "message": orientation::text(&setting)});
    let mut steps = vec![first];
    let mut now = begun;
    for line in journal.turns() {
        if line.content["end"].is_null() {
            steps.push(step(&setting, &blobs, steps.len() + 1, (line, now), &about));
        }
        now = line.content["now"].as_str().and_then(Moment::parse).unwrap_or(now);
    }
    Ok(json!({
        "schema_version": FORM,
        "session_id": orientation::name(&journal),
        "agent": agent(&setting, &about),
        "final_metrics": {"total_steps": steps.len()},
        "steps": steps,
    }))
}

fn stamp(setting: &Setting, now: Moment) -> String {
    iso_with_offset(&setting.script.world.timezone, now)
}

/// One call with its answer; the clock's line is a part of its own, as on every face.
fn step(
    setting: &Setting,
    blobs: &dyn Blobs,
    number: usize,
    (line, now): (&Line, Moment),
    about: &BTreeMap<u64, Json>,
) -> Json {
    let line = &line.content;
    let turn = line["turn"].as_u64().unwrap_or_default();
    let Outcome { text, refused, clock, .. } = told(blobs, line);
    let id = format!("turn-{turn}");
    let parts = [text, clock].map(|text| json!({"type": "text", "text": text}));
    let about = about.get(&turn).unwrap_or(&Json::Null);
    let mut step = json!({
        "step_id": number,
        "timestamp": stamp(setting, now),
        "source": "agent",
        "message": about["text"].as_str().unwrap_or_default(),
        "tool_calls": [{"tool_call_id": id, "function_name": line["tool"], "arguments": object(&line["arguments"])}],
        "observation": {"results": [{"source_call_id": id, "content": parts, "extra": {"refused": refused}}]},
    });
    let said = [("model", "model_name"), ("reasoning", "reasoning_content")];
    for (name, as_named) in said.into_iter().filter(|(name, _)| about[*name].is_string()) {
        step[as_named] = about[name].clone();
    }
    const METRICS: [&str; 4] = ["prompt_tokens", "completion_tokens", "cached_tokens", "cost_usd"];
    let used = METRICS.into_iter().filter(|name| about[*name].is_number());
    let used: Map<String, Json> = used.map(|name| (name.to_owned(), about[name].clone())).collect();
    if !used.is_empty() {
        step["metrics"] = Json::Object(used);
    }
    step
}

/// Arguments are an object in a trajectory, whatever the agent wrote.
fn object(arguments: &Json) -> Json {
    if arguments.is_object() { arguments.clone() } else { json!({"arguments": arguments}) }
}

/// Who acted, as far as she said it, and the tools she had.
fn agent(setting: &Setting, about: &BTreeMap<u64, Json>) -> Json {
    let said = |name: &str| about.values().find_map(|about| about[name].as_str());
    let definition = |tool: &Tool| {
        let function = json!({"name": tool.name, "description": tool.description(setting.cost(tool)), "parameters": tool.schema()});
        json!({"type": "function", "function": function})
    };
    json!({
        "name": said("agent").unwrap_or("agent"),
        "version": said("version").unwrap_or("unknown"),
        "tool_definitions": tools::all().map(definition).collect::<Vec<_>>(),
    })
}
