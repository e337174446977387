//! Everything that changes during a run, and how time changes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::image::hash::hex;
use crate::image::script::{self, Condition, Scheduled};
use crate::judge::Frame;
use crate::judge::condition::holds;
use crate::judge::scene::{Blobs, Changed, Digest, HandIn, Scene};
use crate::run::correspondence::{self, Waiting};
use crate::run::diary::{Calendar, Post, posts_of};
use crate::run::mailbox::{Letter, Mailbox};
use crate::run::people::Memory;
use crate::run::setting::{Address, Setting};
use crate::run::tree::Tree;
use crate::value::Moment;

/// The world as it stands at `now`.
#[derive(Clone)]
pub(crate) struct State {
    pub now: Moment,
    pub tree: Tree,
    pub mail: Mailbox,
    pub calendar: Calendar,
    pub posts: Vec<Post>,
    /// What each colleague remembers, by id.
    pub people: BTreeMap<String, Memory>,
    pub hand_ins: Vec<HandIn>,
    pub told: BTreeMap<String, Moment>,
    pub changed: Vec<Changed>,
    /// What stood there when each objective was due, by its name [C6].
    pub frozen: BTreeMap<String, Arc<Scene>>,
    /// Messages that opened no topic: person, thread, text.
    pub missed: Vec<(Moment, String, String)>,
    pub calls: Calls,
    /// Bytes that calls and files brought so far.
    pub written: u64,
    pub ended: Option<End>,
    queue: BTreeMap<(Moment, u8, String), Pending>,
    trail: Trail,
}

/// How many calls were made today and in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Calls {
    pub today: u32,
    pub all: u32,
}

/// Why a month is over [C5].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Finished,
    MonthOver,
    TurnLimit,
    Quota,
    AgentExit,
    AgentTimeout,
    Stopped,
    /// Something sealed was served; not graded [L3].
    Invalid,
}

/// What will happen by itself.
#[derive(Clone, Debug)]
enum Pending {
    /// Position in the script's schedule.
    Scheduled(usize),
    Reply(Waiting),
    /// Position among the objectives, and whether it is the end of what still earns something.
    Due(usize, bool),
}

/// What happened while the clock ran on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    pub mails: u32,
    pub posts: u32,
    pub invitations: u32,
}

/// The hash of everything that happened and is not on the disk, one line after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Trail([u8; 32]);

impl Trail {
    fn note(&mut self, line: &str) {
        let hash = Sha256::new().chain_update(self.0).chain_update(line);
        self.0 = hash.finalize().into();
    }
}

impl End {
    const ALL: [End; 8] = [
        End::Finished,
        End::MonthOver,
        End::TurnLimit,
        End::Quota,
        End::AgentExit,
        End::AgentTimeout,
        End::Stopped,
        End::Invalid,
    ];

    /// The end of that word.
    pub(crate) fn named(word: &str) -> Option<End> {
        End::ALL.into_iter().find(|end| end.word() == word)
    }

    /// As journals and reports spell it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            End::Finished => "finished",
            End::MonthOver => "month_over",
            End::TurnLimit => "turn_limit",
            End::Quota => "quota",
            End::AgentExit => "agent_exit",
            End::AgentTimeout => "agent_timeout",
            End::Stopped => "stopped",
            End::Invalid => "invalid",
        }
    }
}

impl State {
    /// The month as it begins. What is scheduled for its first moment has happened.
    pub(crate) fn start(setting: &Setting) -> State {
        let scheduled =
            setting.script.schedule.iter().enumerate().map(|(at, part)| (key(part), Pending::Scheduled(at)));
        let due = setting.script.objectives.iter().enumerate();
        let due = due.flat_map(|(at, goal)| {
            let late =
                goal.late.iter().map(move |late| ((late.until, 5, late_name(&goal.name)), Pending::Due(at, true)));
            std::iter::once(((goal.due, 5, goal.name.clone()), Pending::Due(at, false))).chain(late)
        });
        let mut state = State {
            now: Moment(setting.office.starts.0 - 1),
            tree: Tree::of(setting.image.manifest(), setting.paths.folds()),
            mail: Mailbox::of(setting),
            calendar: Calendar::of(setting),
            posts: posts_of(setting),
            people: BTreeMap::new(),
            hand_ins: Vec::new(),
            told: BTreeMap::new(),
            changed: Vec::new(),
            frozen: BTreeMap::new(),
            missed: Vec::new(),
            calls: Calls::default(),
            written: 0,
            ended: None,
            queue: scheduled.chain(due).collect(),
            trail: Trail::default(),
        };
        state.advance(setting, setting, setting.office.starts);
        state
    }

    /// Lets time pass: everything in (now, to] happens in order.
    pub(crate) fn advance(&mut self, setting: &Setting, blobs: &dyn Blobs, to: Moment) -> News {
        let mut news = News::default();
        while let Some(entry) = self.queue.first_entry().filter(|entry| entry.key().0 <= to) {
            let ((at, _, _), pending) = entry.remove_entry();
            if at.date() != self.now.date() {
                self.calls.today = 0;
            }
            self.now = at.max(self.now);
            self.happen(setting, blobs, pending, &mut news);
        }
        if to.date() != self.now.date() {
            self.calls.today = 0;
        }
        self.now = to.max(self.now);
        news
    }

    /// When the next thing happens by itself.
    pub(crate) fn next(&self) -> Option<Moment> {
        self.queue.keys().next().map(|(at, ..)| *at)
    }

    fn happen(&mut self, setting: &Setting, blobs: &dyn Blobs, pending: Pending, news: &mut News) {
        match pending {
            Pending::Scheduled(at) => self.scheduled(setting, blobs, at, news),
            Pending::Reply(waiting) => correspondence::reply(self, setting, blobs, waiting, news),
            Pending::Due(at, late) => {
                let scene = Arc::new(self.scene(setting));
                let name = &setting.script.objectives[at].name;
                self.frozen.insert(if late { late_name(name) } else { name.clone() }, scene);
            }
        }
    }

    fn scheduled(&mut self, setting: &Setting, blobs: &dyn Blobs, at: usize, news: &mut News) {
        let part = &setting.script.schedule[at];
        if !part.when().is_none_or(|when| self.holds(setting, blobs, when)) {
            return self.trail.note(&format!("{} {} does not happen", self.now.0, part.order().2));
        }
        match part {
            Scheduled::Change(change) => self.change(setting, change),
            Scheduled::Event(event) => {
                self.trail.note(&format!("{} invited {}", self.now.0, event.id));
                self.calendar.enter(setting, event);
                news.invitations += 1;
            }
            Scheduled::Mail(mail) => self.receive(setting, Letter::of(setting, mail), news),
            Scheduled::Post(post) => {
                let from = setting.script.person(&post.from).map(Address::of);
                let from = from.unwrap_or_else(|| Address { name: post.from.clone(), email: String::new() });
                self.post(Post { at: self.now, channel: post.channel.clone(), from, text: post.body.text.clone() });
                news.posts += 1;
            }
        }
    }

    /// A mail comes in, if the owner is among its readers.
    pub(crate) fn receive(&mut self, setting: &Setting, letter: Letter, news: &mut News) {
        let owner = setting.owner().email.to_lowercase();
        if letter.to.iter().chain(&letter.cc).any(|who| who.email == owner) {
            self.mail.unread.insert(letter.id.clone());
            news.mails += 1;
            self.keep(letter);
        }
    }

    /// Puts a mail into the mailbox.
    pub(crate) fn keep(&mut self, letter: Letter) {
        let files: String = letter.attachments.iter().map(|(name, digest)| format!("\0{name}\0{digest}")).collect();
        self.trail.note(&format!("{} mail {}\0{}\0{}{files}", self.now.0, letter.id, letter.subject, letter.body));
        self.mail.letters.push(letter);
    }

    /// Somebody writes into a channel.
    pub(crate) fn post(&mut self, post: Post) {
        self.trail.note(&format!("{} post {}\0{}\0{}", self.now.0, post.channel, post.from.email, post.text));
        self.posts.push(post);
    }

    /// Notes anything else that happened, so that the state's hash knows it.
    pub(crate) fn note(&mut self, line: &str) {
        self.trail.note(&format!("{} {line}", self.now.0));
    }

    /// A reply is on its way and leaves at `at`.
    pub(crate) fn await_reply(&mut self, at: Moment, waiting: Waiting) {
        self.note(&format!("reply of {} to {} at {}", waiting.person, waiting.letter, at.0));
        self.queue.insert((at, 3, format!("{} {}", waiting.person, waiting.letter)), Pending::Reply(waiting));
    }

    /// The disk is altered; what the agent has touched stays, and the new version lands beside it [A4].
    fn change(&mut self, setting: &Setting, change: &script::Change) {
        self.note(&format!("change {}", change.address));
        for (from, to) in &change.moves {
            if self.is_untouched(setting, from) {
                self.tree.rename(from, to, self.now);
            }
        }
        for path in change.removes.iter().filter(|path| self.is_untouched(setting, path)).collect::<Vec<_>>() {
            self.tree.remove(path);
        }
        for file in &change.files {
            let path = if self.is_untouched(setting, &file.path) { file.path.clone() } else { beside(&file.path) };
            let digest: Digest = file.blob.as_str().into();
            let size = setting.bytes(&digest).map_or(0, |bytes| bytes.len() as u64);
            self.tree.write(&path, digest.clone(), size, file.saved);
            self.changed.push(Changed { at: self.now, change: change.address.clone(), path, digest });
        }
    }

    /// Whether the file there is as the image or a change left it, or was never there.
    fn is_untouched(&self, setting: &Setting, path: &str) -> bool {
        let brought = self.changed.iter().rfind(|changed| changed.path == path).map(|changed| &changed.digest);
        let left = brought.or_else(|| setting.original.get(path));
        self.tree.file(path).map(|(digest, _)| digest) == left
    }

    pub(crate) fn holds(&self, setting: &Setting, blobs: &dyn Blobs, condition: &Condition) -> bool {
        let scene = self.scene(setting);
        holds(condition, Frame { now: self.now, scene: &scene, script: &setting.script, blobs, facts: None })
    }

    /// All that a verdict may depend on, as it stands now.
    pub(crate) fn scene(&self, setting: &Setting) -> Scene {
        Scene {
            now: self.now,
            files: self.tree.standing(),
            original: Arc::clone(&setting.original),
            changed: self.changed.clone(),
            hand_ins: self.hand_ins.clone(),
            sent: self.mail.sent(setting).map(Letter::as_sent).collect(),
            meetings: self.calendar.booked().collect(),
            told: self.told.clone(),
        }
    }

    /// The name of the whole state [J3].
    pub(crate) fn root(&self, setting: &Setting) -> String {
        let counters =
            [self.now.0, self.calls.today.into(), self.calls.all.into(), self.queue.len() as i64, self.written as i64];
        let counters = counters.map(|count| count.to_string()).join(" ");
        let hash = Sha256::new().chain_update(setting.image.root()).chain_update(self.tree.hash());
        let people: String = self.people.iter().map(|(id, memory)| format!("{id}: {}\n", memory.line())).collect();
        hex(&hash.chain_update(self.trail.0).chain_update(people).chain_update(counters).finalize())
    }
}

/// Where in the queue something scheduled stands [C2].
fn key(part: &Scheduled) -> (Moment, u8, String) {
    let (at, rank, address) = part.order();
    (at, rank, address.to_owned())
}

/// The name under which a late scene of an objective is frozen.
pub(crate) fn late_name(objective: &str) -> String {
    format!("{objective} late")
}

/// `Budget (updated).xlsx` beside `Budget.xlsx`.
fn beside(path: &str) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.').filter(|at| *at > 0) {
        Some(point) => format!("{} (updated){}", &path[..name + point], &path[name + point..]),
        None => format!("{path} (updated)"),
    }
}
