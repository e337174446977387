//! Mail, chat, calendar and changes: the past of the mailbox and the schedule of the month [T2], [P6].

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::document::Facts;
use crate::eval::{Evaluator, Fault, Outcome};
use crate::forms::Kind;
use crate::plan::content;
use crate::plan::disk::moment_of;
use crate::plan::types::{Change, Correspondent, Event, Message, Post, Standing, Words};
use crate::plan::world::{days, property_span};
use crate::plan::{Planner, path};
use crate::resolve::program::Declaration;
use crate::value::{Item, Moment, Rows, Time, Value};

/// Seconds an event lasts when the spec does not say [P6].
const LASTS: i64 = 3600;

/// A mail before its text is printed.
pub(super) struct Letter {
    item: Item,
    declaration: String,
    at: Moment,
    attached: Vec<Item>,
}

impl Planner<'_> {
    /// All mails that exist at this seed, in order of time and then of address.
    pub(super) fn draft_mail(&mut self) -> Outcome<Vec<Letter>> {
        let mut letters = Vec::new();
        for (declaration, item) in self.items_of(Kind::Mail)? {
            match self.letter(declaration, item) {
                Ok(Some(letter)) => letters.push(letter),
                Ok(None) => {}
                Err(fault) => self.report(fault),
            }
        }
        letters.sort_by(|one, other| (one.at, &one.declaration).cmp(&(other.at, &other.declaration)));
        Ok(letters)
    }

    fn letter(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Letter>> {
        let at = self.property(item, "at")?;
        let Some(at) = moment_of(&at, Time(9 * 3600)) else {
            return match at {
                Value::None => Ok(None),
                other => Err(self.eval.type_fault(property_span(declaration, "at"), "a moment", &other)),
            };
        };
        let mut attached = items_in(&self.property(item, "attach")?);
        for child in self.files_below(declaration) {
            attached.extend(self.turns_within(child, item)?);
        }
        Ok(Some(Letter { item, declaration: self.address(item), at, attached }))
    }

    /// The turns of a block that stand in a turn of the block around it.
    pub(super) fn turns_within(&self, child: &Declaration, parent: Item) -> Outcome<Vec<Item>> {
        let shape = self.eval.family(child.id, &[], child.head)?;
        let around = self.eval.declaration_of(parent);
        let mut items = Vec::new();
        for index in shape.all.iter() {
            let item = Item { family: shape.id, index: *index };
            if self.eval.outer_turn(around, item)? == Some(parent) {
                items.push(item);
            }
        }
        Ok(items)
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
            match self.message(letter) {
                Ok(message) => self.plan.messages.push(message),
                Err(fault) => {
                    self.report(fault);
                    self.plan.messages.push(blank(letter, self.owner));
                }
            }
        }
        for position in 0..self.plan.messages.len() {
            self.complete_answer(position);
            self.mistype(position);
        }
    }

    fn message(&self, letter: &Letter) -> Outcome<Message> {
        let declaration = self.eval.declaration_of(letter.item);
        let answers = match self.property(letter.item, "re")? {
            Value::Item(item) => self.message_of.get(&item).copied(),
            _ => None,
        };
        let people = |name: &str| -> Outcome<Vec<Correspondent>> {
            self.correspondents(&self.property(letter.item, name)?, declaration)
        };
        let from = people("from")?.into_iter().next();
        Ok(Message {
            address: letter.declaration.clone(),
            from: from.unwrap_or(Correspondent::Person(usize::MAX)),
            to: people("to")?,
            cc: people("cc")?,
            at: letter.at,
            subject: self.printed(letter.item, "subject")?,
            body: self.printed(letter.item, "body")?,
            attachments: self.attachments(&letter.attached),
            answers,
            when: self.condition(letter.item, declaration)?,
            background: in_background(self.eval, declaration),
        })
    }

    pub(super) fn attachments(&self, files: &[Item]) -> Vec<usize> {
        files.iter().filter_map(|file| self.document_of.get(file).copied()).collect()
    }

    /// The slips of whoever wrote a mail.
    fn mistype(&mut self, position: usize) {
        let message = &mut self.plan.messages[position];
        let (Correspondent::Person(author), address) = (&message.from, message.address.clone()) else { return };
        let Some(share) = self.plan.people.get(*author).map(|author| author.habits.typos) else { return };
        let body = std::mem::take(&mut message.body);
        self.plan.messages[position].body = self.typist(&address, share).mistype(body);
    }

    /// What an answer leaves open comes from the mail it answers [P6].
    fn complete_answer(&mut self, position: usize) {
        let message = &self.plan.messages[position];
        let question = message.answers.map(|question| {
            let question = &self.plan.messages[question];
            (question.from.clone(), question.to.clone(), question.cc.clone(), question.subject.clone())
        });
        let owner = Correspondent::Person(self.owner);
        let message = &mut self.plan.messages[position];
        let unset = Correspondent::Person(usize::MAX);
        if let Some((from, to, cc, subject)) = question {
            if message.from == unset {
                message.from = to.first().cloned().unwrap_or(owner.clone());
            }
            if message.to.is_empty() {
                message.to =
                    vec![if from == message.from { to.first().cloned().unwrap_or(owner.clone()) } else { from }];
            }
            if message.cc.is_empty() {
                message.cc =
                    cc.into_iter().filter(|other| *other != message.from && !message.to.contains(other)).collect();
            }
            if message.subject.text.is_empty() {
                message.subject = reply_subject(&subject);
            }
        }
        if message.from == unset {
            message.from = owner.clone();
        }
        if message.to.is_empty() {
            message.to = vec![owner];
        }
    }

    /// People and strangers of a value.
    pub(super) fn correspondents(&self, value: &Value, declaration: &Declaration) -> Outcome<Vec<Correspondent>> {
        Ok(match value {
            Value::None => Vec::new(),
            Value::Correspondent(stranger) => {
                vec![Correspondent::Outside { name: stranger.0.to_string(), email: stranger.1.to_string() }]
            }
            Value::List(items) => {
                let lists: Outcome<Vec<Vec<Correspondent>>> =
                    items.iter().map(|item| self.correspondents(item, declaration)).collect();
                lists?.concat()
            }
            person => match self.person_of(person) {
                Some(person) => vec![Correspondent::Person(person)],
                None => return Err(self.eval.type_fault(declaration.head, "a persona or `outside(…)`", person)),
            },
        })
    }

    /// Messages of the chats, history and scheduled.
    pub(super) fn plan_posts(&mut self) -> Outcome<()> {
        let mut posts = Vec::new();
        for (declaration, item) in self.items_of(Kind::Post)? {
            match self.post(declaration, item) {
                Ok(Some(post)) => posts.push(post),
                Ok(None) => {}
                Err(fault) => self.report(fault),
            }
        }
        posts.sort_by(|one, other| (one.at, &one.address).cmp(&(other.at, &other.address)));
        self.plan.posts = posts;
        Ok(())
    }

    fn post(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Post>> {
        let at = self.property(item, "at")?;
        let Some(at) = moment_of(&at, Time(9 * 3600)) else { return Ok(None) };
        let from = self.property(item, "from")?;
        let from = self
            .person_of(&from)
            .ok_or_else(|| self.eval.type_fault(property_span(declaration, "from"), "a persona", &from))?;
        let typist = self.typist(&self.address(item), self.plan.people[from].habits.typos);
        Ok(Some(Post {
            address: self.address(item),
            channel: self.channel(declaration, item)?,
            from,
            at,
            body: typist.mistype(self.printed(item, "body")?),
            when: self.condition(item, declaration)?,
            background: in_background(self.eval, declaration),
        }))
    }

    /// The name of the chat a post stands in.
    fn channel(&self, declaration: &Declaration, item: Item) -> Outcome<String> {
        let chat = self.eval.program.ancestors(declaration).find(|block| block.kind == Kind::Chat);
        match chat.and_then(|chat| chat.label.as_ref()) {
            Some(label) => Ok(self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?.text),
            None => Ok("general".to_string()),
        }
    }

    pub(super) fn plan_events(&mut self) -> Outcome<()> {
        let mut events = Vec::new();
        for (declaration, item) in self.items_of(Kind::Event)? {
            match self.event(declaration, item) {
                Ok(event) if event.at.is_empty() => {}
                Ok(event) => events.push(event),
                Err(fault) => self.report(fault),
            }
        }
        events.sort_by(|one: &Event, other| (one.at[0], &one.address).cmp(&(other.at[0], &other.address)));
        self.plan.events = events;
        Ok(())
    }

    fn event(&self, declaration: &Declaration, item: Item) -> Outcome<Event> {
        let mut who = vec![self.owner];
        for person in self.correspondents(&self.property(item, "who")?, declaration)? {
            if let Correspondent::Person(person) = person
                && !who.contains(&person)
            {
                who.push(person);
            }
        }
        let title = match (&declaration.label, declaration.field("title")) {
            (_, Some(_)) => self.printed(item, "title")?,
            (Some(label), None) => content::words(self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?),
            _ => Words::default(),
        };
        Ok(Event {
            address: self.address(item),
            title,
            body: self.printed(item, "body")?,
            who,
            at: self.occurrences(declaration, item)?,
            lasts: match self.property(item, "lasts")? {
                Value::Duration(lasts) => lasts.0,
                _ => LASTS,
            },
            invited: moment_of(&self.property(item, "invited")?, Time(9 * 3600)).unwrap_or(self.plan.world.starts),
            when: self.condition(item, declaration)?,
        })
    }

    /// When an event takes place: one moment, or a series of days at a time [T5].
    fn occurrences(&self, declaration: &Declaration, item: Item) -> Outcome<Vec<Moment>> {
        let at = self.property(item, "at")?;
        let series = self.property(item, "on")?;
        let time = match at {
            Value::Time(time) => time,
            _ => Time(9 * 3600),
        };
        if series != Value::None {
            return Ok(days(&series).into_iter().map(|day| Moment::new(day, time)).collect());
        }
        match &at {
            Value::None => Ok(Vec::new()),
            Value::Time(_) => Err(Fault::from(
                Diagnostic::error("E0221", property_span(declaration, "at"), "this event has a time but no day")
                    .help("add `on = dates(…)`, or write a moment such as `at = wd4 10:00`"),
            )),
            other => match moment_of(other, time) {
                Some(moment) => Ok(vec![moment]),
                None => Err(self.eval.type_fault(property_span(declaration, "at"), "a moment", other)),
            },
        }
    }

    pub(super) fn plan_changes(&mut self) -> Outcome<()> {
        let mut changes = Vec::new();
        for (declaration, item) in self.items_of(Kind::Change)? {
            match self.change(declaration, item) {
                Ok(Some(change)) => changes.push(change),
                Ok(None) => {}
                Err(fault) => self.report(fault),
            }
        }
        changes.sort_by(|one: &Change, other| (one.at, &one.address).cmp(&(other.at, &other.address)));
        self.plan.changes = changes;
        Ok(())
    }

    fn change(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Change>> {
        let Some(at) = moment_of(&self.property(item, "at")?, Time(9 * 3600)) else { return Ok(None) };
        let mut files = Vec::new();
        for child in self.files_below(declaration) {
            files.extend(self.turns_within(child, item)?);
        }
        let mut removes = Vec::new();
        for path in self.texts(&self.property(item, "remove")?)? {
            removes.push(path::storage(&path, &self.plan.world));
        }
        Ok(Some(Change {
            address: self.address(item),
            at,
            files: self.attachments(&files),
            removes,
            moves: self.moves(declaration, item)?,
            when: self.condition(item, declaration)?,
        }))
    }

    /// The files of a block, also those in folders inside it, by address.
    fn files_below(&self, declaration: &Declaration) -> Vec<&Declaration> {
        let mut files = Vec::new();
        for child in declaration.children.iter().map(|id| self.eval.program.get(*id)) {
            match child.kind {
                Kind::File => files.push(child),
                Kind::Folder => files.extend(self.files_below(child)),
                _ => {}
            }
        }
        files.sort_by_cached_key(|file| self.eval.address(file.id));
        files
    }

    pub(super) fn texts(&self, value: &Value) -> Outcome<Vec<String>> {
        match value {
            Value::None => Ok(Vec::new()),
            Value::List(items) => items.iter().map(|item| self.path_text(item)).collect(),
            one => Ok(vec![self.path_text(one)?]),
        }
    }

    /// A path as text; a file stands for its own.
    fn path_text(&self, value: &Value) -> Outcome<String> {
        match value {
            Value::Item(item) if self.document_of.contains_key(item) => {
                let path = &self.plan.documents[self.document_of[item]].path;
                Ok(path.strip_prefix(&format!("{}/", self.plan.world.home)).unwrap_or(path).to_string())
            }
            other => Ok(self.eval.plain_text(other)?.into_owned()),
        }
    }

    pub(super) fn moves(&self, declaration: &Declaration, item: Item) -> Outcome<Vec<(String, String)>> {
        let Some(field) = declaration.field("move") else { return Ok(Vec::new()) };
        let crate::syntax::ExprKind::Map(entries) = &field.value.kind else {
            return Err(Fault::wrong("E0201", field.value.span, "`move` takes { \"from\": \"to\" }"));
        };
        self.eval.in_scope(item, |scope| {
            let mut moves = Vec::new();
            for (from, to) in entries {
                let from = self.path_text(&self.eval.value(from, scope)?)?;
                let to = self.path_text(&self.eval.value(to, scope)?)?;
                moves.push((path::storage(&from, &self.plan.world), path::storage(&to, &self.plan.world)));
            }
            Ok(moves)
        })
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

fn blank(letter: &Letter, owner: usize) -> Message {
    Message {
        address: letter.declaration.clone(),
        from: Correspondent::Person(owner),
        to: Vec::new(),
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

fn reply_subject(subject: &Words) -> Words {
    if subject.text.starts_with("Re: ") {
        return subject.clone();
    }
    let shifted = |(from, to, facts): &(u32, u32, Facts)| (from + 4, to + 4, facts.clone());
    Words { text: format!("Re: {}", subject.text), spans: subject.spans.iter().map(shifted).collect() }
}

/// Whether a block comes from a library's surroundings rather than from the spec.
fn in_background(eval: &Evaluator<'_>, declaration: &Declaration) -> bool {
    declaration.module.0 != 0
        && (eval.program.ancestors(declaration))
            .any(|block| matches!(block.kind, Kind::Mailbox | Kind::Chat | Kind::Clutter))
}

/// The items of a value: one, a list of them, or the rows of a family.
pub(super) fn items_in(value: &Value) -> Vec<Item> {
    match value {
        Value::Item(item) => vec![*item],
        Value::Rows(Rows { family, indexes }) => {
            indexes.iter().map(|index| Item { family: *family, index: *index }).collect()
        }
        Value::List(items) => items.iter().flat_map(items_in).collect(),
        _ => Vec::new(),
    }
}
