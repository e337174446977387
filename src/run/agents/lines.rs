//! The words of the JSON lines: what a program writes, and what it is answered.

use serde_json::{Value as Json, json};

use crate::run::session::Outcome;

/// The longest line that is read; a program that writes more is taken to have left.
pub(crate) const LONGEST: u64 = 16 << 20;

/// One call as somebody asked for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub tool: String,
    pub arguments: Json,
    /// A name under which a repeated call is answered once.
    pub id: Option<String>,
    /// What the agent says of herself: `text` and `reasoning` of a model, its name, what it used. It decides nothing [J1].
    pub about: Option<Json>,
}

impl Call {
    /// A call without a name.
    pub(crate) fn of(tool: impl Into<String>, arguments: Json) -> Call {
        Call { tool: tool.into(), arguments, id: None, about: None }
    }

    /// `{"tool": …, "arguments": {…}, "id": …, "about": {…}}`. What is no call at all is a turn too: the unknown tool "" is refused with
    /// a sentence.
    pub(crate) fn read(line: &[u8]) -> Call {
        let call: Json = serde_json::from_slice(line).unwrap_or(Json::Null);
        let text = |name: &str| call.get(name).and_then(Json::as_str).map(str::to_owned);
        let arguments = call.get("arguments").cloned().unwrap_or_else(|| json!({}));
        let about = call.get("about").filter(|about| about.is_object()).cloned();
        Call { id: text("id"), about, ..Call::of(text("tool").unwrap_or_default(), arguments) }
    }
}

/// `{"text": …, "refused": …, "clock": …, "id": …}`.
pub(crate) fn answer(outcome: &Outcome, id: Option<&str>) -> Json {
    let mut message = json!({"text": outcome.text, "refused": outcome.refused, "clock": outcome.clock});
    if let Some(id) = id {
        message["id"] = Json::from(id);
    }
    message
}
