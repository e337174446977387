//! A run as people read it: day by day, from the journal alone.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::diag::Diagnostic;
use crate::image::time::minute;
use crate::run::journal::{self, Line};

/// What was done on one day.
#[derive(Default)]
struct Day {
    tools: BTreeMap<String, u32>,
    asked: Vec<String>,
    made: Vec<String>,
    refused: u32,
}

/// The days of a run, or with `turns` every turn on a line.
pub(crate) fn tell(folder: &Path, turns: bool) -> Result<String, Diagnostic> {
    let journal = journal::load(&folder.join("journal.jsonl"))?;
    let header = journal.header().unwrap_or(&Json::Null);
    let mut text = format!("image    {}\n", word(header, "image"));
    let told = |line: &Line| if line.is_turn() { turn(line) } else { forked(line) };
    text += &if turns { journal.lines.iter().skip(1).map(told).collect::<String>() } else { days(journal.turns()) };
    text += &format!("journal  {}\n", journal.chain.hash());
    if journal.torn {
        text += "the last line is torn: that turn never was\n";
    }
    Ok(text)
}

fn forked(line: &Line) -> String {
    format!("       a fork begins here; so far it was {}\n", word(&line.content["fork"], "parent"))
}

fn word<'a>(line: &'a Json, name: &str) -> &'a str {
    line[name].as_str().unwrap_or_default()
}

fn turn(line: &Line) -> String {
    let line = &line.content;
    let (number, at) = (line["turn"].as_u64().unwrap_or_default(), minute(word(line, "now")));
    if let Some(end) = line["end"].as_str() {
        return format!("{number:>5}  {at}  {end}\n");
    }
    let mark = if line["refused"] == Json::Bool(true) { "!" } else { " " };
    let arguments = line["arguments"].to_string();
    let short: String = arguments.chars().take(100).collect();
    format!("{number:>5}  {at} {mark}{} {short}\n", word(line, "tool"))
}

fn days<'a>(lines: impl Iterator<Item = &'a Line>) -> String {
    let mut days: BTreeMap<&str, Day> = BTreeMap::new();
    for line in lines.map(|line| &line.content) {
        let date = word(line, "now").get(..10).unwrap_or_default();
        days.entry(date).or_default().note(line);
    }
    days.iter().map(|(date, day)| day.told(date)).collect()
}

impl Day {
    fn note(&mut self, line: &Json) {
        if let Some(end) = line["end"].as_str() {
            self.made.push(format!("the month ends: {end}"));
            return;
        }
        let (tool, arguments) = (word(line, "tool"), &line["arguments"]);
        *self.tools.entry(tool.to_owned()).or_default() += 1;
        if line["refused"] == Json::Bool(true) {
            self.refused += 1;
            return;
        }
        match tool {
            "send_mail" | "send_direct_message" => self.asked.push(whom(&arguments["to"])),
            "write_file" | "submit_deliverable" => self.made.push(word(arguments, "path").to_owned()),
            _ if tool.starts_with("create_") => self.made.push(word(arguments, "path").to_owned()),
            _ => {}
        }
    }

    fn told(&self, date: &str) -> String {
        let calls: u32 = self.tools.values().sum();
        let mut text = format!("{date}  {calls} calls");
        if self.refused > 0 {
            text += &format!(", {} refused", self.refused);
        }
        for (what, list) in [("wrote to", &self.asked), ("made", &self.made)] {
            let mut list: Vec<&str> = list.iter().map(String::as_str).filter(|item| !item.is_empty()).collect();
            list.sort_unstable();
            list.dedup();
            if !list.is_empty() {
                text += &format!("\n            {what} {}", list.join(", "));
            }
        }
        text + "\n"
    }
}

fn whom(to: &Json) -> String {
    match to {
        Json::Array(names) => names.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(", "),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}
