//! What people tell, when, and which secrets they give away by it [P1].

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::places::{book_places, places};
use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::blocks::items_in;
use crate::plan::types::{Check, Content, Plan, Tell, Words};
use crate::resolve::program::Declaration;
use crate::value::topic::{Listener, Word, is_only_names};
use crate::value::{FactId, Item, Value};

impl Planner<'_> {
    /// All tells of all people, in the order of the spec. What they reveal is known once all facts are.
    pub(super) fn plan_tells(&mut self) -> Outcome<()> {
        let listener = Listener::to(&self.plan.world.language);
        let names: Vec<Word> = self.eval.proper_names().iter().flat_map(|name| listener.words(name)).collect();
        for (declaration, item) in self.items_of(Kind::Tell)? {
            match self.tell(declaration, item) {
                Ok(Some((person, tell))) => {
                    let topics = tell.when.iter().flat_map(topics);
                    let mut closed = topics.filter(|topic| is_only_names(&listener.words(topic), &names));
                    if let Some(topic) = closed.next() {
                        self.problems.push(only_a_name(declaration, &topic));
                    }
                    self.plan.people[person].tells.push(tell);
                }
                Ok(None) => {}
                Err(fault) => self.report(fault),
            }
        }
        Ok(())
    }

    fn tell(&self, declaration: &Declaration, item: Item) -> Outcome<Option<(usize, Tell)>> {
        let Some(parent) = self.eval.program.parent(declaration) else { return Ok(None) };
        let shape = self.eval.family(parent.id, &[], parent.head)?;
        let Some(person) = self.person_of(&Value::Item(Item { family: shape.id, index: 0 })) else { return Ok(None) };
        let not_yet = match declaration.field("not_yet") {
            Some(_) => Some(self.printed(item, "not_yet")?),
            None => None,
        };
        let tell = Tell {
            name: declaration.name.as_ref().map(|name| name.name.to_string()).unwrap_or_default(),
            when: self.condition(item, declaration)?,
            say: self.printed(item, "say")?,
            attach: self.documents_of(&items_in(&self.property(item, "attach")?)),
            not_yet,
            reveals: Vec::new(),
        };
        Ok(Some((person, tell)))
    }

    /// Writes down which sealed facts each tell prints, in its words or in what it attaches.
    pub(super) fn name_revealed_secrets(&mut self) {
        let revealed: Vec<Vec<Vec<FactId>>> = self
            .plan
            .people
            .iter()
            .map(|person| person.tells.iter().map(|tell| revealed_by(tell, &self.plan)).collect())
            .collect();
        for (person, lists) in self.plan.people.iter_mut().zip(revealed) {
            for (tell, facts) in person.tells.iter_mut().zip(lists) {
                tell.reveals = facts;
            }
        }
    }
}

/// The phrases that a condition asks for.
fn topics(condition: &Check) -> Vec<Arc<str>> {
    match condition {
        Check::Word { name, arguments, .. } if name == "asked" => {
            arguments.iter().flat_map(|(_, argument)| texts(argument)).collect()
        }
        Check::Not(part) => topics(part),
        Check::All(parts) | Check::Any(parts) => parts.iter().flat_map(topics).collect(),
        _ => Vec::new(),
    }
}

fn texts(argument: &Check) -> Vec<Arc<str>> {
    match argument {
        Check::Known { value: Value::Text(text), .. } => vec![text.clone()],
        Check::Known { value: Value::List(items), .. } => items
            .iter()
            .filter_map(|item| if let Value::Text(text) = item { Some(text.clone()) } else { None })
            .collect(),
        Check::List(parts) => parts.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// A name alone opens no topic, so that a phrase which is one at this seed asks for nothing [P2].
fn only_a_name(tell: &Declaration, topic: &str) -> Diagnostic {
    let place = tell.field("when").map_or(tell.head, |when| when.value.span);
    Diagnostic::error(
        "E0515",
        place,
        format!("\"{topic}\" is only a name at this seed, and a name alone opens no topic"),
    )
    .help("take another seed, or use a phrase of more words")
}

fn revealed_by(tell: &Tell, plan: &Plan) -> Vec<FactId> {
    let mut facts: BTreeSet<FactId> = printed_in_words(&tell.say).collect();
    for document in tell.attach.iter().filter_map(|position| plan.documents.get(*position)) {
        facts.extend(printed_in(&document.content));
    }
    let sealed = |id: &FactId| plan.facts.get(id.0 as usize).is_some_and(|fact| fact.sealed);
    facts.into_iter().filter(sealed).collect()
}

fn printed_in_words(words: &Words) -> impl Iterator<Item = FactId> + '_ {
    words.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied())
}

/// The facts that stand somewhere in a document.
pub(super) fn printed_in(content: &Content) -> Vec<FactId> {
    let places = match content {
        Content::Text(words) => return printed_in_words(words).collect(),
        Content::Picture(file) => return file.picture.facts().to_vec(),
        Content::Doc(doc) => places(doc),
        Content::Book(book) => book_places(book),
        Content::Archive(members) => return members.iter().flat_map(|member| printed_in(&member.content)).collect(),
    };
    places.iter().flat_map(|(_, facts)| facts.iter().copied()).collect()
}
