//! What the owner writes to people, and what comes back.

use crate::image::script::{Person, Target};
use crate::judge::Frame;
use crate::judge::scene::{Blobs, Digest, HandIn};
use crate::plan::path::matches;
use crate::run::clock::Office;
use crate::run::diary::Post;
use crate::run::mailbox::{Letter, new_text};
use crate::run::people::{self, Heard, Reply};
use crate::run::setting::{Address, Setting, hours};
use crate::run::state::{News, State};
use crate::run::wording;
use crate::value::topic::Listener;
use crate::value::{Date, Moment};

/// A reply that somebody owes.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// A person's id.
    pub person: String,
    /// The Message-ID she answers.
    pub letter: String,
    /// What was written to her, without quotes.
    pub subject: String,
    pub text: String,
    pub heard: Heard,
    /// She comes back by herself: nothing new was asked.
    pub again: bool,
    /// She was asked too often, and is short [W1].
    pub short: bool,
}

/// A mail of the owner's has left: it hands in what it attaches, and everybody it is addressed to will answer.
pub(crate) fn sent(state: &mut State, setting: &Setting, letter: Letter) {
    state.keep(letter.clone());
    hand_in(state, setting, &letter);
    heard(state, setting, &letter);
}

/// A message to one person in the chat, answered as a mail is [P2].
pub(crate) fn direct(state: &mut State, setting: &Setting, to: Vec<Address>, text: &str) {
    let id = setting.message_id(&format!("direct {} {}", state.posts.len(), state.now.0));
    let from = Address::of(setting.owner());
    for who in &to {
        let channel = format!("@{}", who.name);
        state.post(Post { at: state.now, channel, from: from.clone(), text: text.to_owned() });
    }
    let body = text.to_owned();
    let (cc, attachments) = (Vec::new(), Vec::new());
    let subject = String::new();
    heard(state, setting, &Letter { id, at: state.now, from, to, cc, subject, body, attachments, answers: None });
}

/// Everybody a message is addressed to hears it, and owes an answer.
fn heard(state: &mut State, setting: &Setting, letter: &Letter) {
    let listener = Listener::to(&setting.script.world.language);
    let text = format!("{}\n{}", letter.subject, new_text(&letter.body));
    let readers = letter.to.iter().filter_map(|who| setting.person_at(&who.email));
    for person in readers.filter(|person| person.id != setting.script.world.owner) {
        let heard = people::hear(&setting.script, person, &listener, &text);
        let memory = state.people.entry(person.id.clone()).or_default();
        let short = memory.note(person, state.now.date(), &heard);
        let leaves = setting.at_work(person, Moment(state.now.0 + person.replies * if short { 2 } else { 1 }));
        if person.away.contains(&state.now.date()) {
            away(state, setting, person, &letter.id);
        }
        let subject = letter.subject.clone();
        let text = new_text(&letter.body).to_owned();
        let letter = letter.id.clone();
        let waiting = Waiting { person: person.id.clone(), letter, subject, text, heard, again: false, short };
        state.await_reply(leaves, waiting);
    }
}

/// Who is away says so at once and names who stands in [W2].
fn away(state: &mut State, setting: &Setting, person: &Person, letter: &str) {
    let back = setting.at_work(person, state.now);
    let deputy = person.manager.as_deref().and_then(|id| setting.script.person(id));
    let body = wording::absent(&setting.script.world.language, back.date(), deputy);
    let note = reply_to(state, setting, person, letter, body, Vec::new(), "away");
    state.receive(setting, note, &mut News::default());
}

/// A mail to somebody the objective names hands in the files it attaches under a deliverable's name [O3].
fn hand_in(state: &mut State, setting: &Setting, letter: &Letter) {
    let readers: Vec<&str> = letter.to.iter().chain(&letter.cc).map(|who| who.email.as_str()).collect();
    for objective in &setting.script.objectives {
        let named = setting.named_by(objective);
        if !readers.iter().any(|email| named.iter().any(|name| name == email)) {
            continue;
        }
        for deliver in &objective.delivers {
            let Target::File { file } = &deliver.target else { continue };
            let pattern = file.rsplit('/').next().unwrap_or(file).to_lowercase();
            for (name, digest) in letter.attachments.iter().filter(|(name, _)| matches(&pattern, &name.to_lowercase()))
            {
                let deliverable = format!("{}.{}", objective.name, deliver.name);
                state.note(&format!("handed in {deliverable} {name} {digest}"));
                let (at, path, digest) = (state.now, name.clone(), digest.clone());
                state.hand_ins.push(HandIn { at, deliverable, path, digest });
            }
        }
    }
}

/// The moment of a reply has come: conditions are read now [P3].
pub(crate) fn reply(state: &mut State, setting: &Setting, blobs: &dyn Blobs, waiting: Waiting, news: &mut News) {
    let Some(person) = setting.script.person(&waiting.person) else { return };
    let thread = state.mail.thread(&waiting.letter).to_owned();
    let misses = state.people.get(&person.id).and_then(|memory| memory.misses.get(&thread)).copied().unwrap_or(0);
    let scene = state.scene(setting);
    let frame = Frame { now: state.now, scene: &scene, script: &setting.script, blobs, facts: None };
    let days = mornings(&setting.office, person, state.now);
    match people::answer(person, &waiting.heard, misses, frame, &days) {
        Reply::Tells(tells) => tell(state, setting, person, &waiting, &tells, news),
        Reply::NotYet { tell, again } => not_yet(state, setting, person, waiting, (tell, again), news),
        // She came back by herself and has nothing to say after all.
        Reply::Question { .. } if waiting.again => {}
        Reply::Question { miss } => question(state, setting, person, &waiting, (&thread, miss), news),
    }
}

fn tell(state: &mut State, setting: &Setting, person: &Person, waiting: &Waiting, tells: &[usize], news: &mut News) {
    let told: Vec<_> = tells.iter().map(|at| &person.tells[*at]).collect();
    let said: Vec<&str> = told.iter().map(|tell| tell.say.text.as_str()).collect();
    let files = told.iter().flat_map(|tell| &tell.attach);
    let files = files.map(|file| (file.name().to_owned(), Digest::from(file.blob.as_str()))).collect();
    let body = wording::told(person, &said, waiting.short);
    let letter = reply_to(state, setting, person, &waiting.letter, body, files, "tells");
    for tell in told {
        let name = format!("{}.{}", person.id, tell.name);
        state.note(&format!("told {name}"));
        state.told.entry(name).or_insert(state.now);
    }
    state.receive(setting, letter, news);
}

fn not_yet(
    state: &mut State,
    setting: &Setting,
    person: &Person,
    waiting: Waiting,
    (tell, again): (usize, Option<Moment>),
    news: &mut News,
) {
    let said = person.tells[tell].not_yet.as_ref().map(|words| words.text.clone());
    let said = said.unwrap_or_else(|| wording::not_yet(&setting.script.world.language, again.map(Moment::date)));
    let body = wording::told(person, &[&said], waiting.short);
    let letter = reply_to(state, setting, person, &waiting.letter, body, Vec::new(), "not yet");
    state.receive(setting, letter, news);
    if let Some(again) = again {
        state.await_reply(again, Waiting { again: true, ..waiting });
    }
}

fn question(
    state: &mut State,
    setting: &Setting,
    person: &Person,
    waiting: &Waiting,
    (thread, miss): (&str, bool),
    news: &mut News,
) {
    if miss {
        state.people.entry(person.id.clone()).or_default().miss(thread);
        state.note(&format!("{} missed {thread}", person.id));
        state.missed.push((state.now, person.id.clone(), format!("{}\n{}", waiting.subject, waiting.text)));
    }
    let asks = wording::question(&waiting.subject, waiting.short);
    let body = wording::told(person, &[&asks], waiting.short);
    let letter = reply_to(state, setting, person, &waiting.letter, body, Vec::new(), "asks");
    state.receive(setting, letter, news);
}

/// The answer of a person to a mail of the owner's.
fn reply_to(
    state: &State,
    setting: &Setting,
    person: &Person,
    id: &str,
    body: String,
    attachments: Vec<(String, Digest)>,
    kind: &str,
) -> Letter {
    let asked = state.mail.find(id);
    let subject = asked.map(|letter| letter.subject.as_str()).unwrap_or_default();
    let subject = if subject.starts_with("Re: ") { subject.to_owned() } else { format!("Re: {subject}") };
    Letter {
        id: setting.message_id(&format!("{kind} {} {id} {}", person.id, state.now.0)),
        at: state.now,
        from: Address::of(person),
        to: vec![Address::of(setting.owner())],
        cc: Vec::new(),
        subject,
        body,
        attachments,
        answers: Some(id.to_owned()),
    }
}

/// The beginnings of her working days from now on.
fn mornings(office: &Office, person: &Person, now: Moment) -> Vec<Moment> {
    let opens = hours(person).0;
    let days = std::iter::successors(Some(now.date()), |date: &Date| date.plus_days(1));
    let days = days.take_while(|date| date.at(opens) < office.ends);
    let works = |date: &Date| office.calendar.is_workday(*date) && !person.away.contains(date);
    days.filter(works).map(|date| date.at(opens)).filter(|at| *at > now).collect()
}
