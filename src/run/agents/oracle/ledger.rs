//! What the oracle has seen. A fact is hers only if the answer of a tool showed its value, or if it follows from facts that
//! are hers; nothing else may be written down.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::knowledge::Knowledge;
use crate::image::script::Given;
use crate::judge::numbers::{figures, mark_of};
use crate::judge::pages::Pages;
use crate::judge::predicates::says;
use crate::value::FactId;

/// The facts that tool answers showed, each with the source that showed it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    seen: BTreeMap<FactId, usize>,
    /// What follows from what was seen, and what no source of the world prints though it is the same at every seed.
    followed: BTreeSet<FactId>,
}

impl Ledger {
    /// Notes which of a source's facts an answer shows.
    pub(crate) fn read(&mut self, knowledge: &Knowledge, number: usize, answer: &str, locale: &str) {
        let source = &knowledge.sources[number];
        let lines = Lines::of(answer, locale);
        for (place, facts) in &source.prints {
            for fact in facts {
                let new = !self.seen.contains_key(fact);
                if new && knowledge.facts.get(fact).is_some_and(|known| lines.show(place, &known.value)) {
                    self.seen.insert(*fact, number);
                }
            }
        }
    }

    /// The source that showed a fact.
    pub(crate) fn source(&self, fact: FactId) -> Option<usize> {
        self.seen.get(&fact).copied()
    }

    /// Whether a fact is hers.
    pub(crate) fn has(&self, fact: FactId) -> bool {
        self.seen.contains_key(&fact) || self.followed.contains(&fact)
    }

    /// A ledger without what these facts showed; what follows is to be found again.
    pub(crate) fn without(&self, gone: &BTreeSet<FactId>) -> Ledger {
        let seen = self.seen.iter().filter(|(fact, _)| !gone.contains(fact)).map(|(fact, source)| (*fact, *source));
        Ledger { seen: seen.collect(), followed: BTreeSet::new() }
    }

    /// Finds everything that follows from what was seen; `spent` says whether a source can tell no more.
    ///
    /// A fact follows when all it was computed from is known. When it is known itself and all but one of what it was
    /// computed from, that one follows too: two states of a plan tell what was lost between them. What conditions read
    /// counts as known where no source prints it: it decides by not being there. What was typed into the spec and stands
    /// nowhere is part of how the work is done.
    pub(crate) fn follow(&mut self, knowledge: &Knowledge, spent: &dyn Fn(usize) -> bool) {
        self.followed.clear();
        loop {
            let before = self.followed.len();
            for (id, fact) in &knowledge.facts {
                let derivation = &fact.derivation;
                let computed = !derivation.from.is_empty() || !derivation.by.is_empty();
                let decided = |by: &FactId| self.has(*by) || !knowledge.printed_in.contains_key(by);
                let follows =
                    computed && derivation.from.iter().all(|from| self.has(*from)) && derivation.by.iter().all(decided);
                let typed = !computed && !fact.drawn && self.is_unprinted(knowledge, *id, spent);
                if !self.has(*id) && (follows || typed) {
                    self.followed.insert(*id);
                }
                if self.has(*id) {
                    let mut unknown = derivation.from.iter().filter(|from| !self.has(**from));
                    if let (Some(only), None) = (unknown.next().copied(), unknown.next()) {
                        self.followed.insert(only);
                    }
                }
            }
            if self.followed.len() == before {
                return;
            }
        }
    }

    /// Whether no source prints it legibly.
    fn is_unprinted(&self, knowledge: &Knowledge, fact: FactId, spent: &dyn Fn(usize) -> bool) -> bool {
        let sources = knowledge.printed_in.get(&fact).into_iter().flatten();
        sources.into_iter().all(|number| spent(*number))
    }
}

/// An answer taken apart: places that begin lines, and what each line shows.
struct Lines<'a> {
    whole: &'a str,
    by_place: BTreeMap<&'a str, &'a str>,
    locale: &'a str,
}

impl<'a> Lines<'a> {
    fn of(answer: &'a str, locale: &'a str) -> Lines<'a> {
        let by_place = answer.lines().filter_map(|line| line.split_once("  ")).collect();
        Lines { whole: answer, by_place, locale }
    }

    /// Whether a value stands at a place; in the whole answer where that has no such place.
    fn show(&self, place: &str, value: &Given) -> bool {
        let text = self.by_place.get(place).copied().unwrap_or(self.whole);
        match value {
            Given::Number(fact) => {
                let mark = crate::judge::numbers::evidence(self.whole).unwrap_or_else(|| mark_of(self.locale));
                let tolerance = Decimal::new(5, u32::from(fact.places.max(2)) + 1);
                figures(text, mark).iter().any(|figure| (figure.value - fact.decimal).abs() <= tolerance)
            }
            Given::Bool(_) => self.by_place.contains_key(place),
            value => {
                let pages = Pages::read("answer.txt", text.as_bytes(), self.locale);
                pages.is_ok_and(|pages| pages.spots().any(|spot| says(&pages, spot, value)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::sealed::derivations::Derivation;
    use crate::run::agents::oracle::knowledge::{Fact, Place, Source};
    use crate::value::{Moment, Number};

    const DRAWN: FactId = FactId(0);
    const COMPUTED: FactId = FactId(1);
    const NOWHERE: FactId = FactId(2);
    const TYPED: FactId = FactId(3);

    fn fact(value: &str, drawn: bool, from: &[FactId]) -> Fact {
        let value = Given::Number(Number::parse(value).expect("the test writes numbers"));
        let derivation = Derivation { from: from.to_vec(), ..Derivation::default() };
        Fact { address: String::new(), value, drawn, sealed: false, derivation }
    }

    /// One source prints a drawn fact, another is computed from it; one stands nowhere, one was typed.
    fn knowledge() -> Knowledge {
        let prints = vec![("Sheet!B2".to_owned(), vec![DRAWN])];
        let facts = [
            (DRAWN, fact("42350", true, &[])),
            (COMPUTED, fact("84700", false, &[DRAWN])),
            (NOWHERE, fact("7", true, &[])),
            (TYPED, fact("3", false, &[])),
        ];
        Knowledge {
            facts: facts.into(),
            sources: vec![Source { place: Place::File("Book.xlsx".to_owned()), opens: Moment(0), prints }],
            printed_in: [(DRAWN, [0].into())].into(),
            solutions: BTreeMap::new(),
        }
    }

    /// A fact is hers when its own value stood at its own place, and what follows from it is hers too.
    #[test]
    fn only_what_was_shown_is_known() {
        let knowledge = knowledge();
        for (answer, shown) in [
            ("Sheet!B2  42.350,00", true),
            ("Sheet!B2  42.400,00\nSheet!B3  42.350,00", false),
            ("Sheet!B2  about 42 T€", false),
        ] {
            let mut ledger = Ledger::default();
            ledger.read(&knowledge, 0, answer, "de-DE");
            ledger.follow(&knowledge, &|_| true);
            assert_eq!((ledger.has(DRAWN), ledger.has(COMPUTED)), (shown, shown), "{answer}");
            assert!(!ledger.has(NOWHERE) && ledger.has(TYPED), "{answer}");
        }
    }

    /// Two states of a plan tell what was lost between them.
    #[test]
    fn the_only_unknown_part_of_a_known_result_follows() {
        let mut knowledge = knowledge();
        let both = vec![DRAWN, NOWHERE];
        knowledge.facts.get_mut(&COMPUTED).expect("it is there").derivation.from = both;
        knowledge.sources[0].prints.push(("Sheet!B3".to_owned(), vec![COMPUTED]));
        knowledge.printed_in.insert(COMPUTED, [0].into());
        let mut ledger = Ledger::default();
        ledger.read(&knowledge, 0, "Sheet!B2  42350\nSheet!B3  84700", "de-DE");
        ledger.follow(&knowledge, &|_| true);
        assert!(ledger.has(NOWHERE));
        let mut ledger = ledger.without(&[DRAWN].into());
        ledger.follow(&knowledge, &|_| true);
        assert!(!ledger.has(NOWHERE) && !ledger.has(DRAWN));
    }
}
