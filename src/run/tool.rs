//! What a tool is: a name, what it is for, what it costs, which arguments it takes, and what it does. One table feeds every
//! face: MCP, the command line, JSON lines.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::judge::scene::{Blobs, Digest};
use crate::run::setting::Setting;
use crate::run::state::State;
use crate::value::Moment;

/// One tool of the registry.
pub(crate) struct Tool {
    pub name: &'static str,
    /// For the agent; the cost is added when it is shown.
    pub about: &'static str,
    /// Seconds of the owner's time.
    pub cost: i64,
    /// It changes nothing but the clock.
    pub reads: bool,
    pub arguments: &'static [Argument],
    pub run: fn(&mut Desk<'_>, &Arguments<'_>) -> Result<Answer, Refusal>,
}

/// One argument of a tool.
pub(crate) struct Argument {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub about: &'static str,
}

/// The type of an argument, as JSON Schema knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Whole,
    YesNo,
    Texts,
    /// Whatever the tool makes of it: `edits`, `rows`, `cells`.
    Any,
}

/// Where a tool works: the state it may change, and the bytes it may read and keep.
pub(crate) struct Desk<'a> {
    pub setting: &'a Setting,
    pub state: &'a mut State,
    pub store: &'a mut dyn Store,
}

/// A place for bytes.
pub(crate) trait Store: Blobs {
    /// Keeps bytes; they are found by the digest from now on.
    fn keep(&mut self, bytes: &[u8]) -> Digest;
}

/// What a tool says, and what the clock does meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub text: String,
    pub takes: Takes,
}

/// How long something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// The tool's own cost and this many seconds more.
    Cost(i64),
    /// Waiting for a moment; for a message too, if that comes first.
    Until { moment: Moment, or_message: bool },
    /// To the next working day's start.
    Day,
    /// The agent is done: nobody acts until the month ends.
    Month,
}

/// Why a tool does nothing: a sentence the agent can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal(pub String);

impl Refusal {
    pub(crate) fn because(reason: impl Into<String>) -> Refusal {
        Refusal(reason.into())
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Answer {
        Answer { text, takes: Takes::Cost(0) }
    }
}

/// The arguments of a call, checked against the table.
pub(crate) struct Arguments<'a>(&'a Map<String, Json>);

impl<'a> Arguments<'a> {
    /// Refuses what the tool does not know, misses, or knows as another type.
    pub(crate) fn of(tool: &Tool, given: &'a Json) -> Result<Arguments<'a>, Refusal> {
        let known = tool.arguments.iter().map(|argument| argument.name).collect::<Vec<_>>().join(", ");
        let Json::Object(given) = given else {
            return Err(Refusal::because(format!("the arguments of {} are an object with: {known}", tool.name)));
        };
        for name in given.keys() {
            if !tool.arguments.iter().any(|argument| argument.name == name) {
                return Err(Refusal::because(format!("{} has no argument \"{name}\"; it takes: {known}", tool.name)));
            }
        }
        for argument in tool.arguments {
            match given.get(argument.name) {
                None | Some(Json::Null) if argument.required => {
                    return Err(Refusal::because(format!("{} needs the argument \"{}\"", tool.name, argument.name)));
                }
                Some(value) if !value.is_null() && !argument.kind.takes(value) => {
                    let words = argument.kind.words();
                    return Err(Refusal::because(format!("\"{}\" of {} is {words}", argument.name, tool.name)));
                }
                _ => {}
            }
        }
        Ok(Arguments(given))
    }

    /// A text; empty where it is not given.
    pub(crate) fn text(&self, name: &str) -> &'a str {
        self.0.get(name).and_then(Json::as_str).unwrap_or_default()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    pub(crate) fn whole(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Json::as_i64)
    }

    pub(crate) fn yes(&self, name: &str) -> bool {
        self.0.get(name).and_then(Json::as_bool).unwrap_or(false)
    }

    /// A list of texts; a single text is a list of one.
    pub(crate) fn texts(&self, name: &str) -> Vec<&'a str> {
        match self.0.get(name) {
            Some(Json::String(text)) => vec![text],
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn any(&self, name: &str) -> &'a Json {
        self.0.get(name).unwrap_or(&Json::Null)
    }
}

impl Kind {
    fn takes(self, value: &Json) -> bool {
        match self {
            Kind::Text => value.is_string(),
            Kind::Whole => value.is_i64(),
            Kind::YesNo => value.is_boolean(),
            Kind::Texts => value.is_string() || value.as_array().is_some_and(|items| items.iter().all(Json::is_string)),
            Kind::Any => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Kind::Text => "a text",
            Kind::Whole => "a whole number",
            Kind::YesNo => "true or false",
            Kind::Texts => "a list of texts",
            Kind::Any => "anything",
        }
    }

    fn schema(self) -> Json {
        match self {
            Kind::Text => json!({"type": "string"}),
            Kind::Whole => json!({"type": "integer"}),
            Kind::YesNo => json!({"type": "boolean"}),
            Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Any => json!({}),
        }
    }
}

impl Tool {
    /// What it is for, with what it takes.
    pub(crate) fn description(&self, cost: i64) -> String {
        let cost = crate::run::clock::elapsed(crate::value::Duration(cost));
        format!("{} Takes {} of working time.", self.about, cost.trim_start_matches('+'))
    }

    /// As a program is told of it.
    pub(crate) fn json(&self, setting: &Setting) -> Json {
        let (about, schema) = (self.description(setting.cost(self)), self.schema());
        json!({"name": self.name, "description": about, "inputSchema": schema, "readOnly": self.reads})
    }

    /// The JSON Schema of its arguments.
    pub(crate) fn schema(&self) -> Json {
        let property = |argument: &Argument| {
            let mut schema = argument.kind.schema();
            schema["description"] = Json::from(argument.about);
            (argument.name.to_owned(), schema)
        };
        let properties: Map<String, Json> = self.arguments.iter().map(property).collect();
        let required: Vec<_> = self.arguments.iter().filter(|argument| argument.required).map(|a| a.name).collect();
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    }
}

impl Desk<'_> {
    /// The storage path that an argument means.
    pub(crate) fn path(&self, written: &str) -> Result<String, Refusal> {
        let bad = |why: crate::run::paths::BadPath| Refusal::because(format!("the path {written:?} {}", why.0));
        self.setting.paths.storage(written).map_err(bad)
    }

    /// The bytes of the file at a storage path.
    pub(crate) fn bytes(&self, path: &str) -> Result<Arc<[u8]>, Refusal> {
        let shown = self.setting.paths.shown(path);
        let Some((digest, _)) = self.state.tree.file(path) else {
            let what = if self.state.tree.is_folder(path) { "is a folder" } else { "does not exist" };
            return Err(Refusal::because(format!("{shown} {what}")));
        };
        self.store.bytes(digest).ok_or_else(|| Refusal::because(format!("{shown} cannot be read")))
    }
}
