//! Checks that were lost, perhaps because a colleague did not understand what she was asked [W3].

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::grade::Graded;
use crate::image::Image;
use crate::image::script::{Judged, Tell};
use crate::image::sealed::facts::{declaration, read};
use crate::run::setting::Setting;
use crate::run::state::State;
use crate::value::FactId;

/// The secrets behind each fact, by their declarations.
pub(super) struct Secrets(BTreeMap<FactId, Vec<String>>);

impl Secrets {
    pub(super) fn of(image: &Image) -> Result<Secrets, Diagnostic> {
        let behind = read(image)?.into_iter().filter_map(|fact| {
            let own = fact.sealed.then(|| declaration(&fact.address));
            let all: Vec<String> = own.into_iter().chain(fact.from.iter().cloned()).collect();
            (!all.is_empty()).then_some((fact.id, all))
        });
        Ok(Secrets(behind.collect()))
    }

    fn behind<'a>(&'a self, facts: impl IntoIterator<Item = FactId> + 'a) -> impl Iterator<Item = &'a str> {
        facts.into_iter().flat_map(|fact| self.0.get(&fact)).flatten().map(String::as_str)
    }

    /// The secrets that were never told though somebody who knows them was written to in vain.
    fn missed<'a>(&'a self, setting: &'a Setting, state: &State) -> BTreeSet<&'a str> {
        let mut missed = BTreeSet::new();
        for person in &setting.script.people {
            if !state.missed.iter().any(|(_, id, _)| *id == person.id) {
                continue;
            }
            let untold = |tell: &&Tell| !state.told.contains_key(&format!("{}.{}", person.id, tell.name));
            for tell in person.tells.iter().filter(untold) {
                missed.extend(self.behind(tell.reveals.iter().copied()));
            }
        }
        missed
    }

    /// Marks the lost checks that stand on such secrets.
    pub(super) fn mark(&self, graded: &mut [Graded], setting: &Setting, state: &State) {
        let missed = self.missed(setting, state);
        let stands = |check: &Judged| self.behind(check.check.facts()).any(|secret| missed.contains(secret));
        for (graded, objective) in graded.iter_mut().zip(&setting.script.objectives) {
            let checks = objective.delivers.iter().map(|deliver| &deliver.checks);
            let rows = graded.parts.iter_mut().map(|part| &mut part.rows);
            let guards = (&mut graded.guards, &objective.guards);
            for (rows, checks) in rows.zip(checks).chain([guards]) {
                for (row, check) in rows.iter_mut().zip(checks) {
                    row.people = !row.verdict.held() && stands(check);
                }
            }
        }
    }
}
