//! Values and conditions of the sealed records in words.

use serde_json::Value as Json;

use crate::value::{Duration, Number};

/// A value as [`crate::image::encode`] spells it, the way an author would write it.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::Null => "none".to_string(),
        Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_string(),
        Json::String(text) => format!("{text:?}"),
        Json::Array(items) => format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", ")),
        Json::Number(number) => number.to_string(),
        Json::Object(members) => tagged(members),
    }
}

fn tagged(members: &serde_json::Map<String, Json>) -> String {
    let plain = |name: &str| members.get(name).and_then(Json::as_str);
    if let Some(digits) = plain("number") {
        return number(digits, members);
    }
    if let (Some(from), Some(to)) = (members.get("from"), members.get("to")) {
        return format!("{}..{}", text(from), text(to));
    }
    if let Some(seconds) = members.get("seconds").and_then(Json::as_i64) {
        return Duration(seconds).to_string();
    }
    if let Some(rows) = members.get("rows").and_then(Json::as_array) {
        return format!("{} rows", rows.len());
    }
    let only = members.values().next();
    only.map_or(String::new(), |value| {
        value.as_str().map_or_else(|| value.to_string(), |text| text.replacen('T', " ", 1))
    })
}

fn number(digits: &str, members: &serde_json::Map<String, Json>) -> String {
    let percent = members.get("percent").is_some();
    match Number::parse(digits).filter(|_| percent) {
        Some(number) => Number { percent, ..number }.to_string(),
        None => digits.to_string(),
    }
}

/// The plain text of words with or without facts.
pub(crate) fn words(words: &Json) -> &str {
    words.as_str().or_else(|| words["text"].as_str()).unwrap_or_default()
}

/// A condition of the run in words.
pub(crate) fn condition(check: &Json) -> String {
    let join = |parts: &Json, between: &str| {
        let parts = parts.as_array().into_iter().flatten();
        parts.map(condition).collect::<Vec<_>>().join(between)
    };
    let Json::Object(members) = check else { return text(check) };
    let Some((kind, value)) = members.iter().next() else { return String::new() };
    match kind.as_str() {
        "value" => text(value),
        "call" => call(check),
        "not" => format!("not {}", condition(value)),
        "all" => join(value, " and "),
        "any" => format!("({})", join(value, " or ")),
        "list" => format!("[{}]", join(value, ", ")),
        "each" => format!("each of {}", value.as_array().map_or(0, Vec::len)),
        "compare" | "calculate" => {
            let within = check.get("within").map(|within| format!(" within {}", text(within))).unwrap_or_default();
            let sign = value.as_str().unwrap_or_default();
            format!("{} {sign} {}{within}", condition(&check["left"]), condition(&check["right"]))
        }
        _ => String::new(),
    }
}

fn call(check: &Json) -> String {
    let plain = check["arguments"].as_array().into_iter().flatten().map(condition);
    let named = check["named"].as_object().into_iter().flatten();
    let named = named.map(|(name, value)| format!("{name}: {}", condition(value)));
    let arguments: Vec<String> = plain.chain(named).collect();
    let of = check["of"].as_str().map(|of| format!("{of}.")).unwrap_or_default();
    let name = check["call"].as_str().unwrap_or_default();
    if arguments.is_empty() { format!("{of}{name}") } else { format!("{of}{name}({})", arguments.join(", ")) }
}
