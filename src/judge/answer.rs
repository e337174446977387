//! What satisfies a condition: the content that an honest worker would make, before it has a format. Every predicate adds
//! its part; how a wrong answer to it looks stands beside it in the same table.

use crate::image::script::{Condition, Given, Script};
use crate::judge::condition::Call;
use crate::judge::predicates;
use crate::value::{FactId, Number};

/// A value with the facts it stands on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub value: Given,
    pub facts: Vec<FactId>,
}

/// A cell found by sheet, keys and column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Empty where any table serves.
    pub sheet: String,
    pub keys: Vec<Piece>,
    pub column: String,
    pub value: Piece,
}

/// A statement in prose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Statement {
    /// `label: value`.
    Labelled(String, Piece),
    Mentioned(Piece),
    Heading(String),
    Words(String),
}

/// A mail that has to go out beside the deliverables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Errand {
    pub to: Vec<Given>,
    /// Addresses of deliverables.
    pub attached: Vec<String>,
    pub mentions: Vec<Piece>,
    /// The address of the mail it answers.
    pub answers: Option<String>,
}

/// All that a deliverable or milestone wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// Label and value.
    pub figures: Vec<(String, Piece)>,
    pub entries: Vec<Entry>,
    /// Labels whose figures are formulas, each with the labels of its inputs.
    pub live: Vec<(String, Vec<String>)>,
    pub statements: Vec<Statement>,
    pub words: Option<(u64, u64)>,
    pub slides: Option<(u64, u64)>,
    /// Deliverables that a mail attaches.
    pub attached: Vec<String>,
    /// Seconds that a meeting takes at least.
    pub lasts: i64,
    pub errands: Vec<Errand>,
    pub meetings: Vec<(Vec<Given>, Option<Given>, i64)>,
    /// A file of the image that is handed in again with other cells: its address.
    pub copies: Option<String>,
    /// What nobody knows how to make.
    pub unbuilt: Vec<String>,
}

/// How a wrong answer to a word looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plant {
    /// Another value stands in the place of the right one.
    Value,
    /// It is left out.
    Omit,
    /// The figure is typed instead of calculated.
    Typed,
    /// Nothing that is made decides it.
    Nothing,
}

/// What satisfies a condition, added to an answer.
pub(crate) fn build(condition: &Condition, script: &Script, answer: &mut Answer) {
    match condition {
        // What must not be is done by leaving it.
        Condition::Known { .. } | Condition::Not(_) | Condition::List(_) | Condition::Arithmetic { .. } => {}
        Condition::All(parts) => parts.iter().for_each(|part| build(part, script, answer)),
        Condition::Any(parts) => parts.iter().take(1).for_each(|part| build(part, script, answer)),
        Condition::Each(parts) => parts.iter().for_each(|(_, part)| build(part, script, answer)),
        Condition::Word { name, of, arguments, named } => {
            predicates::build(Call { name, of: of.as_deref(), arguments, named }, script, answer);
        }
        Condition::Compare { operator, left, right, .. } => match (&**left, &**right) {
            (Condition::Word { name, of, arguments, named }, value) => {
                let call = Call { name, of: of.as_deref(), arguments, named };
                reading(call, operator, value, answer);
            }
            _ => answer.unbuilt.push("a comparison of two calculations".to_owned()),
        },
    }
}

/// The known value of a part.
pub(crate) fn piece(part: Option<&Condition>) -> Option<Piece> {
    match part? {
        Condition::Known { value, facts } => Some(Piece { value: value.clone(), facts: facts.clone() }),
        _ => None,
    }
}

/// A comparison of what a file shows with what is known.
fn reading(call: Call<'_>, operator: &str, right: &Condition, answer: &mut Answer) {
    let Some(wanted) = piece(Some(right)) else {
        return answer.unbuilt.push(format!("`{}` against another reading", call.name));
    };
    match (call.name, operator) {
        ("value", "==" | ">=" | "<=") => {
            let label = call.text(0).to_owned();
            let key = |name: &str| piece(call.named.iter().find(|(given, _)| given == name).map(|(_, part)| part));
            match (key("row"), key("col")) {
                (Some(row), _) => {
                    answer.entries.push(Entry { sheet: String::new(), keys: vec![row], column: label, value: wanted });
                }
                (None, Some(column)) => {
                    let keys = vec![Piece { value: Given::Text(label), facts: Vec::new() }];
                    let column = crate::judge::compare::spoken(&column.value);
                    answer.entries.push(Entry { sheet: String::new(), keys, column, value: wanted });
                }
                (None, None) => answer.figures.push((label, wanted)),
            }
        }
        ("lookup", "==" | ">=" | "<=") => {
            let (sheet, column) = (call.text(0).to_owned(), call.text(2).to_owned());
            let keys = match piece(call.arguments.get(1)) {
                Some(Piece { value: Given::List(keys), facts }) => {
                    keys.into_iter().map(|value| Piece { value, facts: facts.clone() }).collect()
                }
                Some(key) => vec![key],
                None => Vec::new(),
            };
            answer.entries.push(Entry { sheet, keys, column, value: wanted });
        }
        ("words", _) => answer.words = range(operator, &wanted.value),
        ("slides" | "pages", _) => answer.slides = range(operator, &wanted.value),
        ("lasts", _) => {
            if let Given::Duration(duration) = wanted.value {
                answer.lasts = duration.0;
            }
        }
        // Nothing is copied by one who writes herself.
        ("copied" | "now", _) => {}
        (name, operator) => answer.unbuilt.push(format!("`{name}` {operator}")),
    }
}

/// How much is allowed by a comparison with a number or an interval.
fn range(operator: &str, value: &Given) -> Option<(u64, u64)> {
    let whole = |value: &Given| match value {
        Given::Number(number) => number.to_i64().and_then(|whole| u64::try_from(whole).ok()),
        _ => None,
    };
    match (operator, value) {
        ("in", Given::Interval(ends)) => Some((whole(&ends.0)?, whole(&ends.1)?)),
        ("==", value) => Some((whole(value)?, whole(value)?)),
        (">=", value) => Some((whole(value)?, u64::MAX)),
        (">", value) => Some((whole(value)? + 1, u64::MAX)),
        ("<=", value) => Some((0, whole(value)?)),
        ("<", value) => Some((0, whole(value)?.checked_sub(1)?)),
        _ => None,
    }
}

/// Another value of the same kind, far enough to be wrong for every reader.
pub(crate) fn another(value: &Given) -> Given {
    match value {
        Given::Number(number) => {
            let moved = number.multiply(Number::from_i64(2)).and_then(|twice| twice.add(Number::from_i64(17)));
            Given::Number(moved.unwrap_or(Number::ZERO))
        }
        Given::Text(_) => Given::Text("Something else".to_owned()),
        Given::Date(date) => Given::Date(date.plus_days(37).unwrap_or(*date)),
        Given::Moment(moment) => Given::Moment(crate::value::Moment(moment.0 + 37 * 86_400)),
        Given::Month(month) => Given::Month(month.plus_months(5).unwrap_or(*month)),
        Given::Bool(yes) => Given::Bool(!yes),
        Given::None => Given::Text("Something".to_owned()),
        Given::List(items) => Given::List(items.iter().map(another).collect()),
        other => other.clone(),
    }
}

/// A condition whose answer is wrong: values are others, what has none is gone. Nothing where no answer decides it.
pub(crate) fn planted(condition: &Condition) -> Option<Condition> {
    let moved = |part: &Condition| match part {
        Condition::Known { value, .. } => Condition::Known { value: another(value), facts: Vec::new() },
        other => other.clone(),
    };
    Some(match condition {
        Condition::All(parts) => Condition::All(first_planted(parts)?),
        Condition::Any(parts) => Condition::All(vec![planted(parts.first()?)?]),
        Condition::Each(parts) => {
            let (key, first) = parts.first()?;
            let mut parts = parts.clone();
            parts[0] = (key.clone(), planted(first)?);
            Condition::Each(parts)
        }
        Condition::Compare { operator, left, right, within } => {
            let Condition::Word { name, .. } = &**left else { return None };
            match name.as_str() {
                "value" | "lookup" => Condition::Compare {
                    operator: operator.clone(),
                    left: left.clone(),
                    right: Box::new(moved(right)),
                    within: within.clone(),
                },
                "words" | "slides" | "pages" | "lasts" => Condition::All(Vec::new()),
                _ => return None,
            }
        }
        Condition::Word { name, of, arguments, named } => match predicates::plant(name)? {
            Plant::Value => {
                let mut arguments = arguments.clone();
                let last = arguments.last_mut()?;
                *last = moved(last);
                Condition::Word { name: name.clone(), of: of.clone(), arguments, named: named.clone() }
            }
            Plant::Omit | Plant::Typed => Condition::All(Vec::new()),
            Plant::Nothing => return None,
        },
        // What must not stand there is put there.
        Condition::Not(inner) => (**inner).clone(),
        Condition::Known { .. } | Condition::List(_) | Condition::Arithmetic { .. } => return None,
    })
}

/// The first part that can be wrong is.
fn first_planted(parts: &[Condition]) -> Option<Vec<Condition>> {
    let at = parts.iter().position(|part| planted(part).is_some())?;
    let mut parts = parts.to_vec();
    parts[at] = planted(&parts[at])?;
    Some(parts)
}
