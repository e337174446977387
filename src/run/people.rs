//! Colleagues as scripted machines: they hear topics in what they are sent, wait until they are at work, and say what
//! their conditions allow then [P1]–[P3], [W1], [W2].

use std::collections::{BTreeMap, BTreeSet};

use crate::image::script::{Condition, Given, Person, Script, Tell};
use crate::judge::Frame;
use crate::judge::condition::holds;
use crate::value::topic::{Listener, Word, speaks_of};
use crate::value::{Date, Moment};

/// Messages a day to one person from which on she slows down [W1].
const PATIENCE: u32 = 4;
/// Topics that one reply may answer [P1].
const TOPICS: usize = 2;
/// Tells of the world beyond which a message asks for everything and is told nothing [P1].
const EVERYTHING: usize = 3;

/// What a colleague remembers of the month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    /// The day of the last message and how many came on it.
    pub today: Option<(Date, u32)>,
    /// How often each of her tells was asked for.
    pub asked: BTreeMap<String, u32>,
    /// Messages without a topic, by thread.
    pub misses: BTreeMap<String, u32>,
}

/// What she hears in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Positions of her tells that the message asks for, in the order of the spec.
    pub tells: Vec<usize>,
    /// The phrases of theirs that it holds.
    pub phrases: BTreeSet<String>,
    /// The message asks for more than three tells of the world, or for all of its three.
    pub everything: bool,
}

/// What she makes of it when she answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// Positions of the tells she opens.
    Tells(Vec<usize>),
    /// The one tell that only the time forbids, and when she comes back to it by herself.
    NotYet { tell: usize, again: Option<Moment> },
    /// An open question; `miss` counts it as one.
    Question { miss: bool },
}

/// Hears a message: subject and new text.
pub(crate) fn hear(script: &Script, person: &Person, listener: &Listener, text: &str) -> Heard {
    let words = listener.words(text);
    let of = |person: &Person| heard_of(person, listener, &words);
    let waiting = |tell: &&Tell| tell.when.as_ref().is_some_and(|when| !topics(when).is_empty());
    let count = script.people.iter().flat_map(|person| &person.tells).filter(waiting).count();
    let asked: usize = script.people.iter().map(|person| of(person).tells.len()).sum();
    let everything = asked > EVERYTHING || (asked == EVERYTHING && asked == count);
    Heard { everything, ..of(person) }
}

/// What a message asks of one person.
fn heard_of(person: &Person, listener: &Listener, words: &[Word]) -> Heard {
    let waited = person.tells.iter().filter_map(|tell| tell.when.as_ref()).flat_map(topics);
    let phrases = waited.filter(|phrase| speaks_of(words, &listener.words(phrase))).map(str::to_owned).collect();
    let asks = |tell: &Tell| tell.when.as_ref().is_some_and(|when| is_asked(when, &phrases));
    let tells = person.tells.iter().enumerate().filter(|(_, tell)| asks(tell)).map(|(at, _)| at).collect();
    Heard { tells, phrases, everything: false }
}

/// What she answers at the moment of the scene to a message in which she heard that. `misses` are those of the thread
/// before this message.
pub(crate) fn answer(person: &Person, heard: &Heard, misses: u32, frame: Frame<'_>, days: &[Moment]) -> Reply {
    if heard.everything {
        return Reply::Question { miss: false };
    }
    let open: Vec<usize> =
        (0..person.tells.len()).filter(|at| is_open(person, *at, heard, frame)).take(TOPICS).collect();
    if !open.is_empty() {
        return Reply::Tells(open);
    }
    if let Some(tell) = heard.tells.iter().find(|at| is_open(person, **at, heard, frame.at(frame.script.world.ends))) {
        let again = days.iter().find(|at| is_open(person, *tell, heard, frame.at(**at)));
        return Reply::NotYet { tell: *tell, again: again.copied() };
    }
    match misses {
        0 => Reply::Question { miss: true },
        _ => offer(person, frame).map_or(Reply::Question { miss: true }, |tell| Reply::Tells(vec![tell])),
    }
}

/// The one secret she holds and may tell now, for somebody who asks a second time in vain.
fn offer(person: &Person, frame: Frame<'_>) -> Option<usize> {
    let holds = |at: &usize| {
        let tell = &person.tells[*at];
        let phrases = tell.when.iter().flat_map(opening).map(str::to_owned).collect();
        let asked_for = Heard { tells: vec![*at], phrases, everything: false };
        !tell.reveals.is_empty() && is_open(person, *at, &asked_for, frame)
    };
    let mut held = (0..person.tells.len()).filter(holds);
    held.next().filter(|_| held.next().is_none())
}

fn is_open(person: &Person, at: usize, heard: &Heard, frame: Frame<'_>) -> bool {
    let when = person.tells[at].when.as_ref();
    when.is_some_and(|when| holds(&settled(when, &heard.phrases), frame))
}

/// The condition with every `asked` in it answered.
fn settled(when: &Condition, heard: &BTreeSet<String>) -> Condition {
    let part = |part: &Condition| Box::new(settled(part, heard));
    let all = |parts: &[Condition]| parts.iter().map(|part| settled(part, heard)).collect();
    match when {
        Condition::Word { name, arguments, .. } if name == "asked" => {
            let asked = arguments.iter().flat_map(phrases).any(|phrase| heard.contains(phrase));
            Condition::Known { value: Given::Bool(asked), facts: Vec::new() }
        }
        Condition::Not(inner) => Condition::Not(part(inner)),
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        other => other.clone(),
    }
}

/// Whether these phrases are all that a condition waits for, if nothing but its `asked` counts.
fn is_asked(when: &Condition, heard: &BTreeSet<String>) -> bool {
    let mut waiting = parts(when).filter(|part| !topics(part).is_empty()).peekable();
    match when {
        Condition::Word { name, arguments, .. } if name == "asked" => {
            arguments.iter().flat_map(phrases).any(|phrase| heard.contains(phrase))
        }
        Condition::Not(part) => !topics(part).is_empty() && !is_asked(part, heard),
        Condition::All(_) => waiting.peek().is_some() && waiting.all(|part| is_asked(part, heard)),
        _ => waiting.any(|part| is_asked(part, heard)),
    }
}

/// Phrases that are enough to ask for what a condition opens: of each `asked` that must hold its first one.
pub(crate) fn opening(when: &Condition) -> Vec<&str> {
    match when {
        Condition::Word { name, .. } if name == "asked" => topics(when).into_iter().take(1).collect(),
        Condition::All(parts) => parts.iter().flat_map(opening).collect(),
        Condition::Any(parts) => parts.iter().map(opening).find(|part| !part.is_empty()).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// What a condition joins.
fn parts(when: &Condition) -> std::slice::Iter<'_, Condition> {
    match when {
        Condition::All(parts) | Condition::Any(parts) => parts.iter(),
        _ => [].iter(),
    }
}

/// The phrases that a condition waits for.
pub(crate) fn topics(when: &Condition) -> Vec<&str> {
    match when {
        Condition::Word { name, arguments, .. } if name == "asked" => arguments.iter().flat_map(phrases).collect(),
        Condition::Not(part) => topics(part),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(topics).collect(),
        _ => Vec::new(),
    }
}

/// The strings of an argument of `asked`, alone or in lists.
fn phrases(argument: &Condition) -> Vec<&str> {
    fn of(value: &Given) -> Vec<&str> {
        match value {
            Given::Text(text) => vec![text],
            Given::List(items) => items.iter().flat_map(of).collect(),
            _ => Vec::new(),
        }
    }
    match argument {
        Condition::Known { value, .. } => of(value),
        Condition::List(parts) => parts.iter().flat_map(phrases).collect(),
        _ => Vec::new(),
    }
}

impl Memory {
    /// Notes a message in which those tells were heard; whether it is one too many [W1].
    pub(crate) fn note(&mut self, person: &Person, date: Date, heard: &Heard) -> bool {
        let count = match self.today {
            Some((day, count)) if day == date => count + 1,
            _ => 1,
        };
        self.today = Some((date, count));
        let mut again = false;
        for at in &heard.tells {
            let asked = self.asked.entry(person.tells[*at].name.clone()).or_default();
            *asked += 1;
            again |= *asked >= 3;
        }
        count > PATIENCE || again
    }

    /// What she remembers on one line, for the hash of the state [J3]. Which threads she missed is noted when she does.
    pub(crate) fn line(&self) -> String {
        let today = self.today.map_or(String::new(), |(date, count)| format!("{date} {count}"));
        let asked: Vec<String> = self.asked.iter().map(|(tell, times)| format!("{tell} {times}")).collect();
        let missed: u32 = self.misses.values().sum();
        format!("{today}; {}; {missed}", asked.join(", "))
    }

    /// Notes a message without a topic.
    pub(crate) fn miss(&mut self, thread: &str) {
        *self.misses.entry(thread.to_owned()).or_default() += 1;
    }
}
