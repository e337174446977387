//! How mails end: with the hand of whoever wrote them, and above what they answer.

use crate::document::Facts;
use crate::eval::{FactPlace, facts_of};
use crate::plan::Planner;
use crate::plan::types::{Correspondent, Message, Person, Words};
use crate::value::letter::{Letter, is_signed};
use crate::value::{Item, Moment};

impl Planner<'_> {
    /// Signs the mails of people and lets answers quote. Briefs are complete by then, and what is quoted is older, so it
    /// is signed already.
    pub(super) fn finish_mails(&mut self) {
        let items: Vec<Option<Item>> = self.items_of_messages();
        for position in 0..self.plan.messages.len() {
            let message = &self.plan.messages[position];
            let Correspondent::Person(author) = message.from else { continue };
            let Some(author) = self.plan.people.get(author) else { continue };
            let mut body = message.body.trimmed();
            let signed = is_signed(&body.text, &author.name, &[&author.first, &author.last, &author.initials]);
            if !signed && !author.sign_off.text.is_empty() {
                body.plain("\n\n");
                body.append(&author.sign_off);
            }
            if let Some(quote) = self.quote(message, author, &items) {
                body.plain("\n\n");
                body.append(&quote);
            }
            self.plan.messages[position].body = body;
        }
    }

    /// The block behind each message.
    fn items_of_messages(&self) -> Vec<Option<Item>> {
        let mut items = vec![None; self.plan.messages.len()];
        for (item, position) in &self.message_of {
            items[*position] = Some(*item);
        }
        items
    }

    /// What an answer quotes. A mail that its owner cannot have, or that may never be sent, is not quoted to her.
    fn quote(&self, message: &Message, author: &Person, items: &[Option<Item>]) -> Option<Words> {
        let question = message.answers.filter(|_| author.habits.quotes)?;
        let asked = &self.plan.messages[question];
        let owner = Correspondent::Person(self.owner);
        let seen = asked.from == owner || asked.to.contains(&owner) || asked.cc.contains(&owner);
        if !seen || asked.when.is_some() {
            return None;
        }
        let mut quote = self.attribution(asked, items[question], author);
        quote.plain("\n");
        quote.append(&asked.body.trimmed().quoted());
        Some(quote)
    }

    /// `On 3 February 2026 at 16:40, Jana Krüger wrote:` in the author's way with dates.
    fn attribution(&self, asked: &Message, item: Option<Item>, author: &Person) -> Words {
        let language = self.plan.world.prose_language();
        let (name, named) = match &asked.from {
            Correspondent::Person(person) => (self.plan.people[*person].name.as_str(), self.name_facts(*person)),
            Correspondent::Outside { name, .. } => (name.as_str(), Facts::default()),
        };
        let dated = item.map(|item| self.member_facts(item, "at")).unwrap_or_default();
        let mut line = Words::default();
        for piece in Letter::named(&self.plan.world.language).quoted.split_inclusive(['{', '}']) {
            match piece {
                "day}" => line.printed(&author.habits.hand.dates.print(asked.at.date(), &language), dated.clone()),
                "time}" => line.printed(&clock(asked.at), dated.clone()),
                "name}" => line.printed(name, named.clone()),
                other => line.plain(other.trim_end_matches('{')),
            }
        }
        line
    }

    /// The fact of a person's name.
    pub(super) fn name_facts(&self, person: usize) -> Facts {
        self.person_items.get(person).map(|item| self.member_facts(*item, "name")).unwrap_or_default()
    }

    /// The fact that a member of an item is.
    pub(super) fn member_facts(&self, item: Item, name: &str) -> Facts {
        let member = self.eval.shape(item.family).member(name);
        let fact = member.map(|member| self.eval.fact_id(FactPlace { item, member: member as u32 }));
        facts_of(fact.into_iter().collect())
    }
}

fn clock(at: Moment) -> String {
    let (hour, minute, _) = at.time().hms();
    format!("{hour:02}:{minute:02}")
}
