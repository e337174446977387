//! Values that stand for the wrong answer: those of the traps, and of the same column for another key [G4], [G5].

use crate::image::script::{Condition, Given, Scheduled};
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
    domain: Vec<Given>,
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
    pub(crate) fn new(values: Vec<Given>, domain: Vec<Given>) -> Rivals {
        Rivals { values, domain }
    }

    /// Whether a rival is said beside the label as plainly as the truth.
    pub(crate) fn beside(&self, pages: &Pages, spot: &Spot, truth: &Given) -> bool {
        let other = |value: &&Given| *value != truth && !same_print(value, truth);
        self.values.iter().filter(other).any(|value| says(pages, spot, value))
    }

    /// How many other values of the fact's domain the whole file holds.
    pub(crate) fn listed(&self, pages: &Pages, truth: &Given) -> usize {
        let other = |value: &&Given| *value != truth;
        self.domain.iter().filter(other).filter(|value| pages.spots().any(|spot| says(pages, spot, value))).count()
    }
}

/// Two numbers that a reader could not tell apart are no rivals.
fn same_print(left: &Given, right: &Given) -> bool {
    match (left, right) {
        (Given::Number(left), Given::Number(right)) => {
            let distance = (left.decimal - right.decimal).abs() * rust_decimal::Decimal::from(2_000);
            distance <= right.decimal.abs()
        }
        _ => false,
    }
}

/// How a file or mail of the world is called by people.
pub(crate) fn title_of(frame: Frame<'_>, address: &str) -> Option<String> {
    let mails = frame.script.schedule.iter().chain(&frame.script.history).filter_map(|part| match part {
        Scheduled::Mail(mail) => Some(mail),
        _ => None,
    });
    let mail = mails.into_iter().find(|mail| mail.address == address).map(|mail| mail.subject.text.clone());
    let file = frame.scene.original.keys().find(|path| *path == address).map(|path| name(path).to_owned());
    mail.or(file)
}
