//! Values and conditions as [`crate::image::encode`] spells them, read back.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};

use crate::image::encode::parse_facts;
use crate::value::{Date, Duration, FactId, Moment, Month, Number, Time};

/// A value without the program that made it: rows, deliverables, people and mails are named by their address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    None,
    Bool(bool),
    Text(String),
    Number(Number),
    Date(Date),
    Month(Month),
    Time(Time),
    Moment(Moment),
    Duration(Duration),
    /// Both ends belong to it.
    Interval(Box<(Given, Given)>),
    List(Vec<Given>),
    /// `centre[4100]`, `q1_reforecast.model`, `persona[priya]`.
    Named(String),
    Rows(Vec<String>),
    Outside {
        name: String,
        email: String,
    },
}

/// A condition of the run with everything filled in that was known before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    Known {
        value: Given,
        facts: Vec<FactId>,
    },
    /// A word of the run; `of` names the deliverable or file it reads.
    Word {
        name: String,
        of: Option<String>,
        arguments: Vec<Condition>,
        named: Vec<(String, Condition)>,
    },
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    /// The mean over the members, each with its key.
    Each(Vec<(String, Condition)>),
    Compare {
        operator: String,
        left: Box<Condition>,
        right: Box<Condition>,
        within: Option<Given>,
    },
    List(Vec<Condition>),
    Arithmetic {
        operator: char,
        left: Box<Condition>,
        right: Box<Condition>,
    },
}

impl Condition {
    /// The facts that stand in it, in the order in which they are written.
    pub(crate) fn facts(&self) -> Vec<FactId> {
        let all = |parts: &[Condition]| parts.iter().flat_map(Condition::facts).collect();
        match self {
            Condition::Known { facts, .. } => facts.clone(),
            Condition::Word { arguments, named, .. } => {
                let named = named.iter().flat_map(|(_, part)| part.facts());
                arguments.iter().flat_map(Condition::facts).chain(named).collect()
            }
            Condition::Not(part) => part.facts(),
            Condition::All(parts) | Condition::Any(parts) | Condition::List(parts) => all(parts),
            Condition::Each(parts) => parts.iter().flat_map(|(_, part)| part.facts()).collect(),
            Condition::Compare { left, right, .. } | Condition::Arithmetic { left, right, .. } => {
                [left.facts(), right.facts()].concat()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Given, D::Error> {
        given(&Json::deserialize(from)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Condition, D::Error> {
        condition(&Json::deserialize(from)?).map_err(D::Error::custom)
    }
}

fn given(json: &Json) -> Result<Given, String> {
    Ok(match json {
        Json::Null => Given::None,
        Json::Bool(yes) => Given::Bool(*yes),
        Json::String(text) => Given::Text(text.clone()),
        Json::Array(items) => Given::List(items.iter().map(given).collect::<Result<_, _>>()?),
        Json::Object(members) => tagged(members).ok_or_else(|| format!("no value is spelled {json}"))?,
        Json::Number(_) => return Err(format!("no value is spelled {json}")),
    })
}

fn tagged(members: &Map<String, Json>) -> Option<Given> {
    if let (Some(from), Some(to)) = (members.get("from"), members.get("to")) {
        return Some(Given::Interval(Box::new((given(from).ok()?, given(to).ok()?))));
    }
    let (tag, value) = members.iter().next()?;
    let text = value.as_str();
    Some(match tag.as_str() {
        "number" => Given::Number(number(text?, members)?),
        "date" => Given::Date(Date::parse(text?)?),
        "month" => Given::Month(Month::parse(text?)?),
        "time" => Given::Time(Time::parse(text?)?),
        "moment" => Given::Moment(Moment::parse(text?)?),
        "seconds" => Given::Duration(Duration(value.as_i64()?)),
        "row" => Given::Named(text?.to_owned()),
        "rows" => Given::Rows(value.as_array()?.iter().filter_map(Json::as_str).map(str::to_owned).collect()),
        "outside" => {
            Given::Outside { name: value.get(0)?.as_str()?.to_owned(), email: value.get(1)?.as_str()?.to_owned() }
        }
        _ => return None,
    })
}

fn number(digits: &str, members: &Map<String, Json>) -> Option<Number> {
    let number = Number::parse(digits)?;
    let places = members.get("places").and_then(Json::as_u64).and_then(|places| u8::try_from(places).ok());
    let percent = members.get("percent").and_then(Json::as_bool).unwrap_or(false);
    Some(Number { places: places.unwrap_or(number.places), percent, ..number })
}

fn condition(json: &Json) -> Result<Condition, String> {
    let unknown = || format!("no condition is spelled {json}");
    let members = json.as_object().ok_or_else(unknown)?;
    let (kind, part) = members.iter().next().ok_or_else(unknown)?;
    let side = |name: &str| condition(members.get(name).unwrap_or(&Json::Null)).map(Box::new);
    Ok(match kind.as_str() {
        "value" => Condition::Known {
            value: given(part)?,
            facts: parse_facts(members.get("facts").and_then(Json::as_str).unwrap_or_default()),
        },
        "call" => word(members, part.as_str().ok_or_else(unknown)?)?,
        "not" => Condition::Not(Box::new(condition(part)?)),
        "all" => Condition::All(list(part)?),
        "any" => Condition::Any(list(part)?),
        "list" => Condition::List(list(part)?),
        "each" => Condition::Each(part.as_array().into_iter().flatten().map(keyed).collect::<Result<_, _>>()?),
        "compare" => Condition::Compare {
            operator: part.as_str().ok_or_else(unknown)?.to_owned(),
            left: side("left")?,
            right: side("right")?,
            within: members.get("within").map(given).transpose()?,
        },
        "calculate" => Condition::Arithmetic {
            operator: part.as_str().and_then(|sign| sign.chars().next()).ok_or_else(unknown)?,
            left: side("left")?,
            right: side("right")?,
        },
        _ => return Err(unknown()),
    })
}

fn list(json: &Json) -> Result<Vec<Condition>, String> {
    json.as_array().into_iter().flatten().map(condition).collect()
}

fn keyed(pair: &Json) -> Result<(String, Condition), String> {
    let key = pair.get(0).and_then(Json::as_str).unwrap_or_default();
    Ok((key.to_owned(), condition(pair.get(1).unwrap_or(&Json::Null))?))
}

fn word(members: &Map<String, Json>, name: &str) -> Result<Condition, String> {
    let named = members.get("named").and_then(Json::as_object).into_iter().flatten();
    Ok(Condition::Word {
        name: name.to_owned(),
        of: members.get("of").and_then(Json::as_str).map(str::to_owned),
        arguments: list(members.get("arguments").unwrap_or(&Json::Null))?,
        named: named.map(|(name, part)| Ok((name.clone(), condition(part)?))).collect::<Result<_, String>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::encode;
    use crate::image::sample;

    /// Every condition of the sample reads back and says the same.
    #[test]
    fn conditions_read_back() {
        let plan = sample::plan();
        let mut seen = 0;
        for check in plan.people.iter().flat_map(|person| &person.tells).filter_map(|tell| tell.when.as_ref()) {
            let spelled = encode::check(&plan, check);
            let back = condition(&spelled).expect("what encode writes reads back");
            let kinds = |text: &str| text.matches("\"call\"").count();
            let words = format!("{back:?}").matches("Word {").count();
            assert_eq!(words, kinds(&spelled.to_string()), "{spelled}");
            seen += 1;
        }
        assert!(seen > 0);
    }

    #[test]
    fn values_read_back() {
        let read = |text: &str| given(&serde_json::from_str(text).expect("the test writes JSON"));
        assert_eq!(read(r#"{"date":"2026-03-04"}"#), Ok(Given::Date(Date::parse("2026-03-04").expect("a date"))));
        assert_eq!(read(r#"{"row":"centre[4100]"}"#), Ok(Given::Named("centre[4100]".to_owned())));
        let number = read(r#"{"number":"0.03","percent":true,"places":2}"#);
        assert!(matches!(number, Ok(Given::Number(Number { percent: true, places: 2, .. }))), "{number:?}");
        assert!(read("3").is_err() && read(r#"{"colour":"red"}"#).is_err());
    }
}
