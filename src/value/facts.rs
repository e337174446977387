//! The facts that something was read from: usually one, which then needs no memory of its own.

use std::ops::Deref;
use std::sync::Arc;

use super::FactId;

/// Some facts, as a list of their numbers; empty for plain wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Kept);

/// How many there are decides how they are kept, so that equal lists are kept alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Kept {
    #[default]
    None,
    One(FactId),
    /// Behind a thin pointer: cells of workbooks carry their facts by the ten thousand.
    Several(Arc<Vec<FactId>>),
}

impl Deref for Facts {
    type Target = [FactId];

    fn deref(&self) -> &[FactId] {
        match &self.0 {
            Kept::None => &[],
            Kept::One(fact) => std::slice::from_ref(fact),
            Kept::Several(facts) => facts,
        }
    }
}

impl From<Vec<FactId>> for Facts {
    fn from(facts: Vec<FactId>) -> Facts {
        Facts(match *facts {
            [] => Kept::None,
            [one] => Kept::One(one),
            _ => Kept::Several(Arc::new(facts)),
        })
    }
}

impl From<&[FactId]> for Facts {
    fn from(facts: &[FactId]) -> Facts {
        match facts {
            [one] => Facts(Kept::One(*one)),
            _ => facts.to_vec().into(),
        }
    }
}

impl<const COUNT: usize> From<[FactId; COUNT]> for Facts {
    fn from(facts: [FactId; COUNT]) -> Facts {
        facts.as_slice().into()
    }
}

impl FromIterator<FactId> for Facts {
    fn from_iter<I: IntoIterator<Item = FactId>>(facts: I) -> Facts {
        facts.into_iter().collect::<Vec<FactId>>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_alike_however_they_were_listed() {
        for count in 0..4 {
            let ids: Vec<FactId> = (0..count).map(FactId).collect();
            let facts = Facts::from(ids.as_slice());
            assert_eq!(*facts, *ids);
            assert_eq!(facts, ids.into_iter().collect());
        }
        assert_ne!(Facts::from(vec![FactId(1)]), Facts::from(vec![FactId(2)]));
        assert!(Facts::default().is_empty());
    }

    #[test]
    fn facts_are_small() {
        assert!(size_of::<Facts>() <= 16);
    }
}
