//! Conditions as trees: what is known, what the scene says, and how the parts join.

use crate::image::script::{Condition, Given};
use crate::judge::compare;
use crate::judge::predicates;
use crate::judge::subject::Subject;
use crate::judge::verdict::Verdict;
use crate::judge::{Frame, reading};

/// A word of the run as it was written: its arguments are conditions themselves.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub name: &'a str,
    pub of: Option<&'a str>,
    pub arguments: &'a [Condition],
    pub named: &'a [(String, Condition)],
}

/// Whether a condition holds in full.
pub(crate) fn holds(condition: &Condition, frame: Frame<'_>) -> bool {
    judge(condition, frame, None).held()
}

/// How much of a condition holds, and where that was seen. `subject` is the deliverable it stands in.
pub(crate) fn judge(condition: &Condition, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let part = |part: &Condition| judge(part, frame, subject);
    match condition {
        Condition::Known { value, .. } => Verdict::of(*value == Given::Bool(true), Vec::new()),
        Condition::Not(inner) => {
            let inner = part(inner);
            Verdict::of(!inner.held(), inner.evidence)
        }
        Condition::All(parts) => Verdict::all(parts.iter().map(part).collect()),
        Condition::Any(parts) => Verdict::any(parts.iter().map(part).collect()),
        Condition::Each(parts) => Verdict::mean(parts.iter().map(|(key, inner)| (key.clone(), part(inner))).collect()),
        Condition::Compare { operator, left, right, within } => {
            let (left, right) = (reading::of(left, frame, subject), reading::of(right, frame, subject));
            compare::verdict(operator, &left, &right, within.as_ref())
        }
        Condition::Word { name, of, arguments, named } => {
            predicates::judge(Call { name, of: of.as_deref(), arguments, named }, frame, subject)
        }
        Condition::List(_) | Condition::Arithmetic { .. } => Verdict::no("this is no condition"),
    }
}

impl<'a> Call<'a> {
    /// The known value of the argument at that position.
    pub(crate) fn value(&self, position: usize) -> Option<&'a Given> {
        match self.arguments.get(position)? {
            Condition::Known { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The known value of the argument of that name.
    pub(crate) fn named_value(&self, name: &str) -> Option<&'a Given> {
        match &self.named.iter().find(|(given, _)| given == name)?.1 {
            Condition::Known { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The text of the argument at that position; empty if it is none.
    pub(crate) fn text(&self, position: usize) -> &'a str {
        match self.value(position) {
            Some(Given::Text(text) | Given::Named(text)) => text,
            _ => "",
        }
    }

    /// Every text of the arguments, alone or in lists.
    pub(crate) fn texts(&self) -> Vec<&'a str> {
        self.arguments.iter().flat_map(texts).collect()
    }
}

/// The texts of a known argument.
fn texts(argument: &Condition) -> Vec<&str> {
    fn of(value: &Given) -> Vec<&str> {
        match value {
            Given::Text(text) | Given::Named(text) => vec![text],
            Given::List(items) => items.iter().flat_map(of).collect(),
            _ => Vec::new(),
        }
    }
    match argument {
        Condition::Known { value, .. } => of(value),
        Condition::List(parts) => parts.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
