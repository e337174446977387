//! Values that stand for the wrong answer: those of the traps, and of the same column for another key [G4], [G5].

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::image::script::{Condition, Given, Scheduled, Script};
use crate::image::sealed::derivations::Domain;
use crate::judge::Frame;
use crate::judge::condition::Call;
use crate::judge::pages::{Pages, Spot};
use crate::judge::predicates::says;
use crate::judge::subject::name;

/// What may not stand beside the label, and what the fact could have been.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rivals {
    values: Vec<Given>,
    /// Every value of the fact's own draw, if it has one that can be listed.
    domain: Domain,
}

/// The rivals of the fact that a word is about.
pub(crate) fn of(call: Call<'_>, frame: Frame<'_>) -> Rivals {
    let facts = match call.arguments.get(1) {
        Some(Condition::Known { facts, .. }) => facts.as_slice(),
        _ => &[],
    };
    frame.facts.map(|known| known.rivals(facts, frame.script)).unwrap_or_default()
}

impl Rivals {
    pub(crate) fn new(values: Vec<Given>, domain: Domain) -> Rivals {
        Rivals { values, domain }
    }

    /// Whether a rival is said beside the label as plainly as the truth.
    pub(crate) fn beside(&self, pages: &Pages, spot: &Spot, truth: &Given) -> bool {
        let other = |value: &&Given| *value != truth && !same_print(value, truth);
        self.values.iter().filter(other).any(|value| says(pages, spot, value))
    }

    /// How many other values of the fact's domain the whole file holds.
    pub(crate) fn listed(&self, pages: &Pages, truth: &Given) -> usize {
        match &self.domain {
            Domain::Unknown => 0,
            Domain::Values(values) => {
                let other = values.iter().filter(|value| *value != truth);
                other.filter(|value| pages.spots().any(|spot| says(pages, spot, value))).count()
            }
            Domain::Steps { from, to, step } => {
                let drawn = |value: &Decimal| {
                    let steps = (*value - from.decimal).checked_div(step.decimal);
                    (from.decimal..=to.decimal).contains(value) && steps.is_some_and(|steps| steps.is_integer())
                };
                let true_one = |value: &Decimal| matches!(truth, Given::Number(truth) if truth.decimal == *value);
                let figures = pages.spots().flat_map(|spot| pages.figures(spot)).map(|figure| figure.value.normalize());
                let others: BTreeSet<Decimal> = figures.filter(|value| drawn(value) && !true_one(value)).collect();
                others.len()
            }
        }
    }
}

/// Two numbers that a reader could not tell apart are no rivals.
fn same_print(left: &Given, right: &Given) -> bool {
    match (left, right) {
        (Given::Number(left), Given::Number(right)) => {
            let distance = (left.decimal - right.decimal).abs() * Decimal::from(2_000);
            distance <= right.decimal.abs()
        }
        _ => false,
    }
}

/// How a file or mail of the world is called by people.
pub(crate) fn title_in(script: &Script, address: &str) -> Option<String> {
    let mails = script.schedule.iter().chain(&script.history).filter_map(|part| match part {
        Scheduled::Mail(mail) => Some(mail),
        _ => None,
    });
    let mail = mails.into_iter().find(|mail| mail.address == address).map(|mail| mail.subject.text.clone());
    mail.or_else(|| script.files.get(address).map(|path| name(path).to_owned()))
}
