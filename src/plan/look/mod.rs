//! How things look when the spec does not say: every company has a brand and every author a hand, drawn by what they are
//! called. What a spec says of one trait leaves all others as they are.

pub(super) mod brand;
pub(super) mod hand;
pub(super) mod lists;
pub(super) mod names;

use crate::diag::Diagnostic;
use crate::draw::{Key, Ticket};
use crate::eval::{Fault, Outcome};
use crate::forms::did_you_mean;
use crate::plan::Planner;
use crate::plan::world::property_span;
use crate::value::{Item, Value};

/// One way to look: the word a spec says for it, what it is, and how many of a hundred have it.
pub(super) type Way<T> = (&'static str, T, u64);

/// One of several ways, by the hashes of their words.
fn drawn<T: Copy>(key: &Key, ways: &[Way<T>]) -> T {
    let tickets: Vec<(Ticket, u64)> = ways.iter().map(|(word, _, share)| (Ticket::of(word), *share)).collect();
    ways[key.pick_weighted(&tickets).unwrap_or(0)].1
}

impl Planner<'_> {
    /// The way that a block says, else one that is drawn under the key of the trait.
    fn way<T: Copy>(&self, block: Option<Item>, name: &str, key: &Key, ways: &[Way<T>]) -> Outcome<T> {
        let Some(word) = self.said(block, name)? else { return Ok(drawn(&key.child(name), ways)) };
        match ways.iter().find(|(known, ..)| *known == word) {
            Some((_, way, _)) => Ok(*way),
            None => Err(self.unknown_way(block, name, &word, ways.iter().map(|(known, ..)| *known))),
        }
    }

    /// The text of a property of a block that may not be there.
    fn said(&self, block: Option<Item>, name: &str) -> Outcome<Option<String>> {
        Ok(match block.map(|block| self.property(block, name)).transpose()? {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        })
    }

    /// A drawn or computed word that is none of those a property takes; typed ones are found without a seed.
    fn unknown_way<'w>(
        &self,
        block: Option<Item>,
        name: &str,
        word: &str,
        known: impl Iterator<Item = &'w str>,
    ) -> Fault {
        let known: Vec<&str> = known.collect();
        let help = match did_you_mean(word, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("one of {}", known.join(", ")),
        };
        let message = format!("`{name}` cannot be \"{word}\"");
        let diagnostic = match block.map(|block| property_span(self.eval.declaration_of(block), name)) {
            Some(span) => Diagnostic::error("E0121", span, message),
            None => Diagnostic::global("E0121", message),
        };
        diagnostic.help(help).into()
    }
}

#[cfg(test)]
mod tests;
