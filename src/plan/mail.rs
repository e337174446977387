//! Mail: the past of the mailbox, and what comes in and goes out during the month [T2], [P6].

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::blocks::{chronological, items_in};
use crate::plan::disk::moment_of;
use crate::plan::types::{Correspondent, Message, Standing, Words};
use crate::plan::world::property_span;
use crate::resolve::program::Declaration;
use crate::value::{Item, Moment, Value, usual};

/// A mail before its text is printed.
pub(super) struct Letter {
    item: Item,
    address: String,
    at: Moment,
    attached: Vec<Item>,
}

impl Planner<'_> {
    /// All mails that exist at this seed, in order of time and then of address.
    pub(super) fn draft_mail(&mut self) -> Outcome<Vec<Letter>> {
        let letters = self.each_of(Kind::Mail, |planner, declaration, item| planner.letter(declaration, item))?;
        Ok(chronological(letters, |letter| (letter.at, &letter.address)))
    }

    fn letter(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Letter>> {
        let at = self.property(item, "at")?;
        let Some(at) = moment_of(&at, usual::MORNING) else {
            return match at {
                Value::None => Ok(None),
                other => Err(self.eval.type_fault(property_span(declaration, "at"), "a moment", &other)),
            };
        };
        let mut attached = items_in(&self.property(item, "attach")?);
        attached.extend(self.files_within(declaration, item)?);
        Ok(Some(Letter { item, address: self.address(item), at, attached }))
    }

    /// For each attached file the first mail that carries it.
    pub(super) fn first_mail(&self, letters: &[Letter]) -> BTreeMap<Item, Moment> {
        let mut first = BTreeMap::new();
        for letter in letters {
            for file in &letter.attached {
                first.entry(*file).or_insert(letter.at);
            }
        }
        first
    }

    /// Prints all mails; answers follow what they answer.
    pub(super) fn plan_messages(&mut self, letters: Vec<Letter>) {
        for (position, letter) in letters.iter().enumerate() {
            self.message_of.insert(letter.item, position);
        }
        for letter in &letters {
            let message = self.message(letter).unwrap_or_else(|fault| {
                self.report(fault);
                blank(letter, self.owner)
            });
            self.plan.messages.push(message);
        }
    }

    fn message(&self, letter: &Letter) -> Outcome<Message> {
        let declaration = self.eval.declaration_of(letter.item);
        let answers = match self.property(letter.item, "re")? {
            Value::Item(item) => self.message_of.get(&item).copied(),
            _ => None,
        };
        // Only an answer that comes too early finds no question here, and that is refused in the end.
        let question = answers.and_then(|question| self.plan.messages.get(question));
        let people = |name: &str| -> Outcome<Vec<Correspondent>> {
            self.correspondents(&self.property(letter.item, name)?, declaration)
        };
        let asked = question.and_then(|question| question.to.first().cloned());
        let asked = asked.unwrap_or(Correspondent::Person(self.owner));
        let from = people("from")?.into_iter().next().unwrap_or_else(|| asked.clone());
        let mut message = Message {
            address: letter.address.clone(),
            to: people("to")?,
            cc: people("cc")?,
            at: letter.at,
            subject: self.printed(letter.item, "subject")?,
            body: self.with_slips(&from, &letter.address, self.printed(letter.item, "body")?),
            attachments: self.documents_of(&letter.attached),
            answers,
            when: self.condition(letter.item, declaration)?,
            background: self.in_background(declaration),
            from,
        };
        if let Some(question) = question {
            complete_answer(&mut message, question, asked);
        }
        if message.to.is_empty() {
            message.to = vec![Correspondent::Person(self.owner)];
        }
        Ok(message)
    }

    /// A text with the slips of whoever wrote it; strangers make none.
    fn with_slips(&self, author: &Correspondent, address: &str, text: Words) -> Words {
        match author {
            Correspondent::Person(author) => self.typist(address, self.plan.people[*author].habits.typos).mistype(text),
            Correspondent::Outside { .. } => text,
        }
    }

    /// Time must run forward: an attachment is no newer than its mail, an answer later than the question [T4].
    pub(super) fn refuse_disorder(&mut self) {
        let mut found = Vec::new();
        for message in &self.plan.messages {
            if let Some(question) = message.answers.map(|question| &self.plan.messages[question])
                && question.at >= message.at
            {
                let text = format!(
                    "`{}` answers `{}`, but is sent at {}, not after {}",
                    message.address, question.address, message.at, question.at
                );
                found.push(Diagnostic::global("E0512", text).help("send the answer later"));
            }
            for document in message.attachments.iter().map(|document| &self.plan.documents[*document]) {
                if document.saved > message.at && document.stands != Standing::Mail {
                    let text = format!(
                        "`{}` of {} attaches `{}`, saved later at {}",
                        message.address, message.at, document.declaration, document.saved
                    );
                    found.push(
                        Diagnostic::global("E0512", text).help("save the file before the mail, or send the mail later"),
                    );
                }
            }
        }
        self.problems.extend(found);
    }
}

/// What an answer leaves open comes from the mail it answers, and from whom that `asked` [P6].
fn complete_answer(message: &mut Message, question: &Message, asked: Correspondent) {
    if message.to.is_empty() {
        message.to = vec![if question.from == message.from { asked } else { question.from.clone() }];
    }
    if message.cc.is_empty() {
        let others = question.cc.iter().filter(|other| **other != message.from && !message.to.contains(other));
        message.cc = others.cloned().collect();
    }
    if message.subject.text.is_empty() {
        message.subject = reply_subject(&question.subject);
    }
}

fn reply_subject(subject: &Words) -> Words {
    if subject.text.starts_with("Re: ") {
        return subject.clone();
    }
    let mut reply = Words::default();
    reply.plain("Re: ");
    reply.append(subject);
    reply
}

/// What stands for a faulty mail, so that the others keep their positions.
fn blank(letter: &Letter, owner: usize) -> Message {
    Message {
        address: letter.address.clone(),
        from: Correspondent::Person(owner),
        to: vec![Correspondent::Person(owner)],
        cc: Vec::new(),
        at: letter.at,
        subject: Words::default(),
        body: Words::default(),
        attachments: Vec::new(),
        answers: None,
        when: None,
        background: false,
    }
}
