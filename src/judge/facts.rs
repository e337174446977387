//! The facts of a world by number, for what could be taken for the truth.

use std::collections::BTreeMap;

use crate::image::script::{Given, Script};
use crate::image::sealed::derivations::Domain;
use crate::judge::rivals::Rivals;
use crate::value::FactId;

/// A fact as the judge knows it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub address: String,
    pub value: Given,
    /// Every value it could have been drawn as.
    pub domain: Domain,
}

/// All facts that conditions stand on, and their like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    by_id: BTreeMap<FactId, Known>,
    /// Numbers of the facts of one column, by its name without keys.
    columns: BTreeMap<String, Vec<FactId>>,
}

impl Facts {
    pub(crate) fn of(facts: impl IntoIterator<Item = (FactId, Known)>) -> Facts {
        let by_id: BTreeMap<FactId, Known> = facts.into_iter().collect();
        let mut columns: BTreeMap<String, Vec<FactId>> = BTreeMap::new();
        for (id, fact) in &by_id {
            columns.entry(column(&fact.address)).or_default().push(*id);
        }
        Facts { by_id, columns }
    }

    /// What could be taken for one of these facts: the same column for other keys, and what a trap puts in its place.
    pub(crate) fn rivals(&self, facts: &[FactId], script: &Script) -> Rivals {
        let [only] = facts else { return Rivals::default() };
        let Some(fact) = self.by_id.get(only) else { return Rivals::default() };
        let others = self.columns.get(&column(&fact.address)).into_iter().flatten().filter(|id| *id != only);
        let mut values: Vec<Given> =
            others.filter_map(|id| self.by_id.get(id)).map(|other| other.value.clone()).collect();
        let traps = script.objectives.iter().flat_map(|objective| &objective.traps);
        let replaced = traps.flat_map(|trap| &trap.replaces).filter(|(address, _)| *address == fact.address);
        values.extend(replaced.map(|(_, wrong)| wrong.clone()));
        Rivals::new(values, fact.domain.clone())
    }
}

/// `actual[2026-01,4100].amount` → `actual.amount`.
fn column(address: &str) -> String {
    match (address.find('['), address.rfind(']')) {
        (Some(open), Some(close)) if open < close => format!("{}{}", &address[..open], &address[close + 1..]),
        _ => address.to_owned(),
    }
}
