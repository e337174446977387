//! What the facts behind objectives were computed from: one line a fact, `{"fact":21474,"from":"12 20-31","by":"4"}`; of a
//! drawn one what else it could have been, `{"fact":3,"steps":[…,…,…]}` or `{"fact":3,"values":[…]}`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::encode::{self, parse_facts};
use crate::image::script::Given;
use crate::image::{Image, fault};
use crate::plan::{Behind, Plan, Support};
use crate::value::{FactId, Number, Value};

/// What a fact stands on, as the image keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Derivation {
    /// The facts it was computed from.
    pub from: Vec<FactId>,
    /// The facts that conditions of the computation read.
    pub by: Vec<FactId>,
    pub domain: Domain,
}

/// Every value that a fact could have been drawn as.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Domain {
    /// Nobody can list them.
    #[default]
    Unknown,
    /// Both ends belong to it.
    Steps {
        from: Number,
        to: Number,
        step: Number,
    },
    Values(Vec<Given>),
}

/// All derivations of a plan.
pub(crate) fn text(plan: &Plan) -> String {
    plan.derivations.iter().map(|(fact, behind)| format!("{}\n", line(plan, *fact, behind))).collect()
}

fn line(plan: &Plan, fact: FactId, behind: &Behind) -> Json {
    let mut line = json!({"fact": fact.0});
    for (name, facts) in [("from", &behind.from), ("by", &behind.by)] {
        if !facts.is_empty() {
            line[name] = Json::from(encode::facts(facts));
        }
    }
    match &behind.support {
        Some(Support::Steps { from, to, step }) => {
            let ends = [from, to, step].map(|number| encode::value(plan, &Value::Number(*number)));
            line["steps"] = Json::from(ends.to_vec());
        }
        Some(Support::Values(values)) => {
            line["values"] = Json::from_iter(values.iter().map(|value| encode::value(plan, value)));
        }
        None => {}
    }
    line
}

#[derive(Deserialize)]
struct Stored {
    fact: u32,
    #[serde(default)]
    from: String,
    #[serde(default)]
    by: String,
    steps: Option<[Given; 3]>,
    values: Option<Vec<Given>>,
}

/// The derivations of an image by fact.
pub(crate) fn read(image: &Image) -> Result<BTreeMap<FactId, Derivation>, Diagnostic> {
    let path = "sealed/derivations.jsonl";
    let text = image.read_text(path)?;
    let parse = |line: &str| {
        let stored: Stored = serde_json::from_str(line).map_err(|error| fault::damaged(path, &error.to_string()))?;
        let domain = match (stored.steps, stored.values) {
            (Some([Given::Number(from), Given::Number(to), Given::Number(step)]), _) => {
                Domain::Steps { from, to, step }
            }
            (_, Some(values)) => Domain::Values(values),
            _ => Domain::Unknown,
        };
        let (from, by) = (parse_facts(&stored.from), parse_facts(&stored.by));
        Ok((FactId(stored.fact), Derivation { from, by, domain }))
    };
    text.lines().map(parse).collect()
}
