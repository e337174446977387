//! How values, texts and checks are spelled in the JSON of an image: the one place both for those who write and read.
//!
//! A value is `null`, `true`, a string (text), a list, or an object with one telling member: `{"number":"3.50"}`,
//! `{"date":"2026-03-04"}`, `{"month":"2026-03"}`, `{"time":"09:00:00"}`, `{"moment":"2026-03-04T09:00:00"}`,
//! `{"seconds":3600}`, `{"from":…,"to":…}`, `{"row":"centre[4100]"}`, `{"rows":[…]}`.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value as Json, json};

use crate::document::Facts;
use crate::plan::{Check, Plan, Words};
use crate::value::{FactId, Item, Number, Rows, Value};

/// A value on its way to JSON; rows are named by the plan's families.
pub(crate) struct Encoded<'a> {
    pub value: &'a Value,
    pub plan: &'a Plan,
}

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let plan = self.plan;
        match self.value {
            Value::None => to.serialize_unit(),
            Value::Bool(yes) => to.serialize_bool(*yes),
            Value::Text(text) => to.serialize_str(text),
            Value::Number(number) => encode_number(number, to),
            Value::Date(date) => tagged(to, "date", &date.to_string()),
            Value::Month(month) => tagged(to, "month", &month.to_string()),
            Value::Time(time) => tagged(to, "time", &time.iso()),
            Value::Moment(moment) => tagged(to, "moment", &moment.iso()),
            Value::Duration(duration) => tagged(to, "seconds", &duration.0),
            Value::Interval(ends) => encode_interval(plan, &ends.0, &ends.1, to),
            Value::List(items) => to.collect_seq(items.iter().map(|value| Encoded { value, plan })),
            Value::Item(item) => tagged(to, "row", &row_name(plan, *item)),
            Value::Rows(rows) => tagged(to, "rows", &row_names(plan, rows)),
            Value::Applied(applied) => tagged(to, "template", &applied.declaration),
            Value::Correspondent(who) => tagged(to, "outside", &(&who.0, &who.1)),
        }
    }
}

fn tagged<S: Serializer, T: Serialize + ?Sized>(to: S, tag: &'static str, value: &T) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

/// The exact decimal with at least the places it prints; `places` is said only where the digits do not say it.
fn encode_number<S: Serializer>(number: &Number, to: S) -> Result<S::Ok, S::Error> {
    let text = number.in_full();
    let shown = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let mut map = to.serialize_map(None)?;
    map.serialize_entry("number", &text)?;
    if number.percent {
        map.serialize_entry("percent", &true)?;
    }
    if shown != usize::from(number.places) {
        map.serialize_entry("places", &number.places)?;
    }
    map.end()
}

fn encode_interval<S: Serializer>(plan: &Plan, from: &Value, until: &Value, to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(2))?;
    map.serialize_entry("from", &Encoded { value: from, plan })?;
    map.serialize_entry("to", &Encoded { value: until, plan })?;
    map.end()
}

/// The address of a row; by numbers only if the plan does not name it.
fn row_name(plan: &Plan, item: Item) -> String {
    let named = plan.families.get(item.family as usize).and_then(|names| names.get(item.index as usize));
    named.cloned().unwrap_or_else(|| format!("#{}.{}", item.family, item.index))
}

fn row_names(plan: &Plan, rows: &Rows) -> Vec<String> {
    rows.indexes.iter().map(|index| row_name(plan, Item { family: rows.family, index: *index })).collect()
}

/// A value as a JSON tree.
pub(crate) fn value(plan: &Plan, value: &Value) -> Json {
    serde_json::to_value(Encoded { value, plan }).unwrap_or(Json::Null)
}

/// Fact numbers, ascending, runs shortened: `3 7-12`.
pub(crate) fn facts(ids: &[FactId]) -> String {
    let mut text = String::new();
    push_facts(ids, &mut text);
    text
}

/// Adds fact numbers to a text as [`facts`] spells them.
pub(crate) fn push_facts(ids: &[FactId], out: &mut String) {
    let mut sorted = Cow::Borrowed(ids);
    if !ids.is_sorted_by(|left, right| left < right) {
        sorted.to_mut().sort_unstable();
        sorted.to_mut().dedup();
    }
    let mut digits = itoa::Buffer::new();
    for (at, run) in sorted.chunk_by(|left, right| left.0 + 1 == right.0).enumerate() {
        let (first, last) = (run[0].0, run[run.len() - 1].0);
        if at > 0 {
            out.push(' ');
        }
        out.push_str(digits.format(first));
        if first != last {
            out.push('-');
            out.push_str(digits.format(last));
        }
    }
}

/// Reads what [`facts`] wrote; anything else is skipped.
pub(crate) fn parse_facts(text: &str) -> Vec<FactId> {
    let run = |word: &str| {
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        Some(first.parse::<u32>().ok()?..=last.parse::<u32>().ok()?)
    };
    // An image from elsewhere may claim any range; no world has this many facts in one place.
    text.split_ascii_whitespace()
        .filter_map(run)
        .filter(|run| run.end().saturating_sub(*run.start()) < 1 << 20)
        .flatten()
        .map(FactId)
        .collect()
}

/// A text with the facts it was printed from: `{"text":…,"facts":[[start,end,"3 7-12"]]}`; a plain string without.
pub(crate) fn words(words: &Words) -> Json {
    if words.spans.is_empty() {
        return Json::from(words.text.as_str());
    }
    let spans: Vec<Json> = words.spans.iter().map(|(start, end, ids)| json!([start, end, facts(ids)])).collect();
    json!({"text": words.text, "facts": spans})
}

/// A condition as a tree; what the plan knew is `{"value":…,"facts":…}`, words of the run are `{"call":…}`.
pub(crate) fn check(plan: &Plan, check: &Check) -> Json {
    let tree = |part: &Check| self::check(plan, part);
    let list = |parts: &[Check]| Json::from_iter(parts.iter().map(tree));
    match check {
        Check::Known { value, facts } => known(plan, value, facts),
        Check::Word { name, of, arguments } => word(plan, name, of.as_deref(), arguments),
        Check::Not(part) => json!({"not": tree(part)}),
        Check::All(parts) => json!({"all": list(parts)}),
        Check::Any(parts) => json!({"any": list(parts)}),
        Check::Each(parts) => {
            json!({"each": Json::from_iter(parts.iter().map(|(key, part)| json!([key, tree(part)])))})
        }
        Check::Compare { operator, left, right, within } => {
            let mut node = json!({"compare": operator, "left": tree(left), "right": tree(right)});
            if let Some(tolerance) = within {
                node["within"] = value(plan, tolerance);
            }
            node
        }
        Check::List(parts) => json!({"list": list(parts)}),
        Check::Arithmetic { operator, left, right } => {
            json!({"calculate": operator.to_string(), "left": tree(left), "right": tree(right)})
        }
    }
}

fn known(plan: &Plan, known: &Value, ids: &Facts) -> Json {
    let mut node = json!({"value": value(plan, known)});
    if !ids.is_empty() {
        node["facts"] = Json::from(facts(ids));
    }
    node
}

fn word(plan: &Plan, name: &str, of: Option<&str>, arguments: &[(Option<String>, Check)]) -> Json {
    let mut node = json!({"call": name});
    if let Some(of) = of {
        node["of"] = Json::from(of);
    }
    let (named, plain): (Vec<_>, Vec<_>) = arguments.iter().partition(|(name, _)| name.is_some());
    if !plain.is_empty() {
        node["arguments"] = Json::from_iter(plain.iter().map(|(_, argument)| check(plan, argument)));
    }
    for (name, argument) in named {
        node["named"][name.as_deref().unwrap_or_default()] = check(plan, argument);
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fact_numbers_are_runs_and_read_back() {
        let ids: Vec<FactId> = [9, 3, 4, 5, 12, 9].map(FactId).to_vec();
        assert_eq!(facts(&ids), "3-5 9 12");
        assert_eq!(parse_facts("3-5 9 12"), [3, 4, 5, 9, 12].map(FactId));
        assert_eq!(facts(&[]), "");
    }
}
