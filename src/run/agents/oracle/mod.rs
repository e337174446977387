//! The honest oracle [R3]: an agent with the tools and the clock of any other. Sealed data tell her where to look and whom to
//! ask; every fact she writes stood in an answer she got, or follows from such facts ([`ledger`] enforces it). What she
//! cannot come by is a fault, never a guess.

pub(crate) mod draft;
pub(crate) mod knowledge;
pub(crate) mod ledger;
pub(crate) mod tasks;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::script::{Condition, Scheduled};
use crate::judge::answer::Piece;
use crate::run::agents::{Act, Agent, lines};
use crate::run::session::Outcome;
use crate::run::setting::Setting;
use crate::run::state::End;
use crate::value::{FactId, Moment, Time};
use draft::Call;
use knowledge::{Knowledge, Place};
use ledger::Ledger;
use tasks::Task;

/// The honest worker in the midst of her month: what she knows, what she waits for, and what is still to be done.
pub(crate) struct Oracle {
    setting: Arc<Setting>,
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) ledger: Ledger,
    now: Moment,
    /// Calls to be made next, each with what its answer is good for.
    agenda: VecDeque<(Call, Expects)>,
    expects: Expects,
    /// Sources that were read, by number.
    tried: BTreeSet<usize>,
    /// Tells that were asked for, as `person.tell`.
    asked: BTreeSet<String>,
    /// Mails that were read.
    letters: BTreeSet<String>,
    news: bool,
    tasks: Vec<Task>,
    /// What she could not do, in words.
    pub(crate) faults: Vec<String>,
}

/// What an answer is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Expects {
    Nothing,
    /// Facts of these sources.
    Facts(Vec<usize>),
    /// The ids of unread mails.
    Letters,
    /// The mail of that id.
    Letter(String),
    /// That it was done: the position among the tasks.
    Done(usize),
}

impl Oracle {
    pub(crate) fn of(setting: Arc<Setting>) -> Result<Oracle, Diagnostic> {
        let knowledge = Arc::new(Knowledge::of(&setting)?);
        let tasks = tasks::of(&setting, &knowledge);
        Ok(Oracle {
            now: setting.office.starts,
            knowledge,
            ledger: Ledger::default(),
            agenda: VecDeque::new(),
            expects: Expects::Nothing,
            tried: BTreeSet::new(),
            asked: BTreeSet::new(),
            letters: BTreeSet::new(),
            news: true,
            tasks,
            faults: Vec::new(),
            setting,
        })
    }

    /// Learns what time it is and what the answer shows.
    fn learn(&mut self, answer: &Outcome) {
        if let Some(now) = told_time(&answer.clock, self.setting.office.starts) {
            self.now = now;
        }
        self.news |= answer.clock.contains("new mail");
        let expects = std::mem::replace(&mut self.expects, Expects::Nothing);
        if answer.refused {
            match expects {
                // A sheet without a tab shows nothing; the fact must stand elsewhere.
                Expects::Facts(_) => return self.follow(),
                Expects::Done(task) => self.tasks[task].given_up = true,
                _ => {}
            }
            return self.faults.push(format!("{}: {expects:?} was refused: {}", self.now.iso(), answer.text));
        }
        match expects {
            Expects::Nothing => {}
            Expects::Facts(sources) => self.read(&sources, &answer.text),
            Expects::Letters => self.open(&answer.text),
            Expects::Letter(id) => self.opened(&id, &answer.text),
            Expects::Done(task) => self.tasks[task].done = true,
        }
    }

    fn read(&mut self, sources: &[usize], text: &str) {
        for source in sources {
            self.tried.insert(*source);
            self.ledger.read(&self.knowledge, *source, text, &self.setting.script.world.locale);
        }
        self.follow();
    }

    fn follow(&mut self) {
        let tried = &self.tried;
        self.ledger.follow(&self.knowledge, &|source| tried.contains(&source));
    }

    /// Opens every mail of a list.
    fn open(&mut self, list: &str) {
        let ids = list.lines().filter_map(|line| line.rsplit_once("  id: ")).map(|(_, id)| id.trim().to_owned());
        for id in ids.filter(|id| !self.letters.contains(id)).collect::<Vec<_>>() {
            let call = Call { tool: "read_mail", arguments: json!({"mail_id": id}) };
            self.agenda.push_back((call, Expects::Letter(id)));
        }
    }

    /// A mail was read: a scheduled one, or the answer of somebody who was asked.
    fn opened(&mut self, id: &str, text: &str) {
        self.letters.insert(id.to_owned());
        let (mail, body) =
            (|source: &knowledge::Source| matches!(&source.place, Place::Mail(mail) if mail == id), text);
        let scheduled: Vec<usize> = self.numbers(&mail);
        if !scheduled.is_empty() {
            return self.read(&scheduled, body);
        }
        let from = text.lines().next().unwrap_or_default().to_lowercase();
        let sender = self.setting.script.people.iter().find(|person| from.contains(&person.email.to_lowercase()));
        let Some(sender) = sender.map(|person| person.id.clone()) else { return };
        let told =
            |source: &knowledge::Source| matches!(&source.place, Place::Told { person, .. } if *person == sender);
        let told = self.numbers(&told);
        self.read(&told, body);
        self.save_attached(id, &sender, text);
    }

    /// Saves and reads what came with the answer of a person, if it prints facts that are wanted.
    fn save_attached(&mut self, id: &str, sender: &str, text: &str) {
        let line = text.lines().find_map(|line| line.strip_prefix("Attachments: ")).unwrap_or_default().to_owned();
        let handed: Vec<(usize, String)> = self
            .knowledge
            .sources
            .iter()
            .enumerate()
            .filter_map(|(number, source)| match &source.place {
                Place::Handed { person, name, .. } if *person == *sender && line.contains(name.as_str()) => {
                    Some((number, name.clone()))
                }
                _ => None,
            })
            .collect();
        for (number, name) in handed {
            let path = self.setting.paths.shown(&format!("{}/Downloads/{name}", self.setting.script.world.home));
            let call = json!({"mail_id": id, "name": name, "path": path});
            self.agenda.push_back((Call { tool: "save_attachment", arguments: call }, Expects::Nothing));
            self.agenda.extend(reading(&path, &name, &self.knowledge.sources[number], number));
        }
    }

    fn numbers(&self, fits: &dyn Fn(&knowledge::Source) -> bool) -> Vec<usize> {
        let all = self.knowledge.sources.iter().enumerate();
        all.filter(|(_, source)| fits(source)).map(|(number, _)| number).collect()
    }

    /// What is done next.
    fn next(&mut self) -> Option<(Call, Expects)> {
        if let Some(next) = self.agenda.pop_front() {
            return Some(next);
        }
        if std::mem::take(&mut self.news) {
            let arguments = json!({"folder": "unread", "limit": 50});
            return Some((Call { tool: "list_mails", arguments }, Expects::Letters));
        }
        let wanted = self.wanted();
        if self.ask(&wanted) || self.look(&wanted) || self.make() {
            return self.agenda.pop_front();
        }
        self.wait(&wanted)
    }

    /// The facts she is after: those of tasks whose brief she has read, down to what somebody or something can show.
    fn wanted(&self) -> BTreeSet<FactId> {
        let mut wanted = BTreeSet::new();
        let mut visited = BTreeSet::new();
        for task in self.tasks.iter().filter(|task| !task.done && self.is_briefed(task)) {
            for fact in &task.facts {
                self.want(*fact, &mut wanted, &mut visited);
            }
        }
        wanted
    }

    fn want(&self, fact: FactId, wanted: &mut BTreeSet<FactId>, visited: &mut BTreeSet<FactId>) {
        if self.ledger.has(fact) || !visited.insert(fact) {
            return;
        }
        let open =
            self.knowledge.printed_in.get(&fact).into_iter().flatten().any(|source| !self.tried.contains(source));
        if open {
            wanted.insert(fact);
            return;
        }
        if let Some(known) = self.knowledge.facts.get(&fact) {
            known.derivation.from.iter().chain(&known.derivation.by).for_each(|from| self.want(*from, wanted, visited));
            // What stands in nothing may follow from what was computed of it.
            for (other, on) in self.knowledge.facts.iter().filter(|_| known.drawn) {
                if on.derivation.from.contains(&fact) && self.knowledge.printed_in.contains_key(other) {
                    self.want(*other, wanted, visited);
                }
            }
        }
    }

    fn is_briefed(&self, task: &Task) -> bool {
        let Some(brief) = &self.setting.script.objectives[task.objective].brief else { return true };
        let mails = self.setting.script.schedule.iter().chain(&self.setting.script.history);
        let mut mails = mails.filter_map(|part| match part {
            Scheduled::Mail(mail) => Some(mail),
            _ => None,
        });
        let brief = mails.find(|mail| mail.address == *brief);
        brief.is_none_or(|brief| self.letters.contains(&brief.id) || brief.at < self.setting.office.starts)
    }

    /// Asks whoever can tell something that is wanted, about one thing at a time.
    fn ask(&mut self, wanted: &BTreeSet<FactId>) -> bool {
        let script = &self.setting.script;
        for person in &script.people {
            for tell in &person.tells {
                let name = format!("{}.{}", person.id, tell.name);
                let reveals = |facts: &[FactId]| facts.iter().any(|fact| wanted.contains(fact));
                let holds = self.knowledge.sources.iter().any(|source| match &source.place {
                    Place::Told { person: who, tell: what } | Place::Handed { person: who, tell: what, .. } => {
                        *who == person.id && *what == tell.name && source.prints.iter().any(|(_, facts)| reveals(facts))
                    }
                    _ => false,
                });
                let Some(topic) = tell.when.as_ref().and_then(topic).filter(|_| holds && !self.asked.contains(&name))
                else {
                    continue;
                };
                let arguments = json!({
                    "to": [person.email],
                    "subject": format!("A question: {topic}"),
                    "body": format!("Hello {},\n\ncould you tell me where we stand: {topic}?", person.first),
                });
                self.asked.insert(name);
                self.agenda.push_back((Call { tool: "send_mail", arguments }, Expects::Nothing));
                return true;
            }
        }
        false
    }

    /// Reads the source that shows most of what is wanted.
    fn look(&mut self, wanted: &BTreeSet<FactId>) -> bool {
        let open = |number: &usize| {
            let source = &self.knowledge.sources[*number];
            let readable = !matches!(source.place, Place::Told { .. } | Place::Handed { .. });
            readable && source.opens <= self.now && !self.tried.contains(number)
        };
        let shows = |number: &usize| -> usize {
            let prints = self.knowledge.sources[*number].prints.iter();
            // A place that prints many facts at once shows their sum rather than any of them.
            let shown = prints.filter(|(_, facts)| facts.len() <= 3).flat_map(|(_, facts)| facts);
            shown.filter(|fact| wanted.contains(fact)).collect::<BTreeSet<_>>().len()
        };
        let best = (0..self.knowledge.sources.len()).filter(open).map(|number| (shows(&number), number));
        let Some((_, number)) =
            best.filter(|(shown, _)| *shown > 0).max_by_key(|(shown, number)| (*shown, usize::MAX - number))
        else {
            return false;
        };
        let source = &self.knowledge.sources[number];
        let calls = match &source.place {
            Place::File(path) | Place::Changed { path, .. } => {
                reading(&self.setting.paths.shown(path), path, source, number)
            }
            Place::Mail(id) => {
                let call = Call { tool: "read_mail", arguments: json!({"mail_id": id}) };
                vec![(call, Expects::Letter(id.clone()))]
            }
            Place::Attached { mail, name } => {
                let path = self.setting.paths.shown(&format!("{}/Downloads/{name}", self.setting.script.world.home));
                let save =
                    Call { tool: "save_attachment", arguments: json!({"mail_id": mail, "name": name, "path": path}) };
                std::iter::once((save, Expects::Nothing)).chain(reading(&path, name, source, number)).collect()
            }
            Place::Post(channel) => {
                let call = Call { tool: "get_channel_history", arguments: json!({"channel": channel, "limit": 100}) };
                vec![(call, Expects::Facts(vec![number]))]
            }
            Place::Told { .. } | Place::Handed { .. } => Vec::new(),
        };
        self.agenda.extend(calls);
        self.tried.insert(number);
        true
    }

    /// Makes what can be made: every fact of it is hers, and what it rests on is done.
    fn make(&mut self) -> bool {
        for at in 0..self.tasks.len() {
            let task = &self.tasks[at];
            let ready = !task.done
                && !task.given_up
                && self.is_briefed(task)
                && task.facts.iter().all(|fact| self.ledger.has(*fact))
                && task.after.iter().all(|name| self.tasks.iter().any(|other| other.name == *name && other.done));
            if !ready {
                continue;
            }
            let ledger = &self.ledger;
            let knows = |piece: &Piece| piece.facts.iter().all(|fact| ledger.has(*fact));
            match tasks::calls(&self.setting, &self.knowledge, task, &knows, self.now) {
                Ok(calls) => {
                    let count = calls.len();
                    for (number, call) in calls.into_iter().enumerate() {
                        let expects = if number + 1 == count { Expects::Done(at) } else { Expects::Nothing };
                        self.agenda.push_back((call, expects));
                    }
                    if count == 0 {
                        self.tasks[at].done = true;
                    }
                    return true;
                }
                Err(why) => {
                    self.faults.push(format!("{}: {why}", task.name));
                    self.tasks[at].given_up = true;
                }
            }
        }
        false
    }

    /// Waits for a message or for the next thing that is known to come; nothing when all is done.
    fn wait(&mut self, wanted: &BTreeSet<FactId>) -> Option<(Call, Expects)> {
        let script = &self.setting.script;
        let open: Vec<&Task> = self.tasks.iter().filter(|task| !task.done && !task.given_up).collect();
        let told = script.objectives.iter().flat_map(|goal| &goal.milestones);
        let told = told.filter(|milestone| milestone.checks.iter().any(|check| waits(&check.check)));
        let last = open.iter().map(|task| task.until).chain(told.map(|milestone| milestone.by)).max()?;
        let coming = self
            .knowledge
            .sources
            .iter()
            .filter(|source| source.prints.iter().any(|(_, facts)| facts.iter().any(|fact| wanted.contains(fact))));
        let coming = coming.map(|source| source.opens);
        let briefs = script.schedule.iter().map(|part| part.order().0);
        let next = coming.chain(briefs).filter(|at| *at > self.now).min().unwrap_or(last).min(last);
        if next <= self.now {
            for task in open {
                let lacks = task.facts.iter().filter(|fact| !self.ledger.has(**fact));
                let lacks = lacks.filter_map(|fact| self.knowledge.facts.get(fact)).map(|fact| fact.address.as_str());
                let lacks: Vec<&str> = lacks.take(5).collect();
                self.faults.push(format!("{} was never done; she never saw {}", task.name, lacks.join(", ")));
            }
            return None;
        }
        let arguments = json!({"time": minute(next), "or_message": true});
        Some((Call { tool: "wait_until", arguments }, Expects::Nothing))
    }
}

impl Agent for Oracle {
    fn act(&mut self, answer: Option<&Outcome>) -> Act {
        if let Some(answer) = answer {
            self.learn(answer);
        } else {
            self.follow();
        }
        match self.next() {
            Some((call, expects)) => {
                self.expects = expects;
                Act::Call(lines::Call::of(call.tool, call.arguments))
            }
            None => Act::Leave(End::Finished),
        }
    }
}

/// The calls that read a file, with what each shows.
fn reading(shown: &str, name: &str, source: &knowledge::Source, number: usize) -> Vec<(Call, Expects)> {
    let facts = || Expects::Facts(vec![number]);
    let call = |tool, arguments: Json| (Call { tool, arguments }, facts());
    match crate::image::files::extension(name).as_str() {
        "xlsx" => {
            let mut tabs: Vec<&str> =
                source.prints.iter().filter_map(|(place, _)| Some(place.rsplit_once('!')?.0)).collect();
            tabs.sort_unstable();
            tabs.dedup();
            tabs.into_iter().map(|tab| call("read_tab", json!({"path": shown, "tab": tab}))).collect()
        }
        "pptx" => vec![call("read_slides", json!({"path": shown}))],
        "pdf" => vec![call("read_pdf_pages", json!({"path": shown}))],
        _ => vec![call("read_document_content", json!({"path": shown}))],
    }
}

/// What one asks about to open a condition.
fn topic(when: &Condition) -> Option<String> {
    let phrases = crate::run::people::opening(when);
    (!phrases.is_empty()).then(|| phrases.join(", "))
}

/// Whether something is waited for that only others do.
fn waits(check: &Condition) -> bool {
    match check {
        Condition::Word { name, .. } => name == "told",
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(waits),
        Condition::Each(parts) => parts.iter().any(|(_, part)| waits(part)),
        _ => false,
    }
}

/// The moment in `[Tue 3 Mar 10:42, …]`, in the year of the month that is lived.
fn told_time(clock: &str, starts: Moment) -> Option<Moment> {
    let words: Vec<&str> = clock.trim_start_matches('[').split([' ', ',', ']']).collect();
    let [_, day, month, time, ..] = words[..] else { return None };
    let (year, first, _) = starts.date().ymd();
    let number = 1 + ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        .iter()
        .position(|name| *name == month)? as u32;
    let year = if number < first { year + 1 } else { year };
    Some(crate::value::Date::from_ymd(year, number, day.parse().ok()?)?.at(Time::parse(time)?))
}

/// A moment as tools take it, never before it: `2026-03-05 14:00`.
fn minute(moment: Moment) -> String {
    crate::image::time::minute(&Moment(moment.0 + 59).iso())
}
