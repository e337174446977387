//! What `plan` returns: everything a world is, before it has bytes. Plain data, no program behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::look::Hand;
use crate::document::picture::PictureFile;
use crate::document::{Book, Doc, Facts, Properties};
pub use crate::eval::{Behind, Support};
use crate::source::Span;
use crate::value::zone::Zone;
use crate::value::{Date, FactId, Moment, Month, Number, Time, Value};

/// Everything that a seed decides about a world.
#[derive(Clone, Debug)]
pub struct Plan {
    pub world: World,
    /// All facts, by [`FactId`].
    pub facts: Vec<Fact>,
    /// The secrets behind each sealed fact or column, all by address without keys.
    pub secrets: BTreeMap<String, BTreeSet<String>>,
    /// The address of every member of every family (`centre[4100]`), by family and index: how a row among the facts'
    /// values is named outside the plan.
    pub families: Vec<Vec<String>>,
    pub knobs: BTreeMap<String, Value>,
    pub people: Vec<Person>,
    /// Every document of the world wherever it stands, by position; messages and changes point here.
    pub documents: Vec<Document>,
    /// Folders that hold nothing, as storage paths.
    pub empty_folders: Vec<String>,
    pub messages: Vec<Message>,
    pub posts: Vec<Post>,
    pub events: Vec<Event>,
    /// Changes of the disk during the month.
    pub changes: Vec<Change>,
    pub objectives: Vec<Objective>,
    /// Labels of planted mess.
    pub mess: Vec<Mess>,
    /// What the facts behind objectives were computed from, down to what was drawn or typed.
    pub derivations: BTreeMap<FactId, Behind>,
    /// Keys the image's commitment to its sealed files [L2]; drawn like a secret.
    pub blind: [u8; 32],
}

/// The world block at this seed: where and when the month takes place, and whose computer it is.
#[derive(Clone, Debug)]
pub struct World {
    pub name: String,
    pub title: String,
    /// Position in [`Plan::people`].
    pub owner: usize,
    pub os: Os,
    /// BCP 47 of numbers: `de-DE`.
    pub locale: String,
    /// ISO 639 of words: `en`.
    pub language: String,
    pub timezone: String,
    pub currency: String,
    pub month: Month,
    pub starts: Moment,
    /// The last instant of the month.
    pub ends: Moment,
    pub holidays: Vec<Date>,
    pub company: String,
    pub domain: String,
    /// The owner's home as a storage path: `C/Users/jana`, `Users/hannah`, `home/li`.
    pub home: String,
    /// The seconds that a tool takes where that is not what it usually takes [C3].
    pub costs: BTreeMap<String, i64>,
}

impl World {
    /// The zone of every moment.
    pub fn zone(&self) -> &'static Zone {
        Zone::named(&self.timezone).expect("the evaluator takes only zones of the table")
    }

    /// BCP 47 of prose, which spelling and page counts follow: that of the numbers where the language agrees.
    pub(crate) fn prose_language(&self) -> String {
        crate::value::language::of_prose(&self.language, &self.locale)
    }
}

/// The system of the owner's computer, which paths and names follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    Windows,
    Macos,
    Linux,
}

/// A number, name, date or text stated once.
#[derive(Clone, Debug)]
pub struct Fact {
    /// `actual[2026-01,4100].amount`, `approved_q1`, `persona[jana].name`.
    pub address: String,
    pub value: Value,
    pub sealed: bool,
    /// Drawn rather than computed or typed.
    pub drawn: bool,
    pub declared: Span,
}

/// Somebody of the world: who she is, how she works, and what she can be asked.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name in the spec: `priya`.
    pub id: String,
    pub name: String,
    pub first: String,
    pub last: String,
    pub initials: String,
    pub email: String,
    pub account: String,
    pub role: String,
    pub company: String,
    pub manager: Option<usize>,
    pub tone: String,
    /// Seconds of delay before she answers.
    pub replies: i64,
    pub hours: (Time, Time),
    pub away: Vec<Date>,
    /// Thousandths.
    pub tidiness: u32,
    /// What stands below her mails; empty for nothing.
    pub sign_off: Words,
    pub habits: Habits,
    /// What else the spec or a loaded file says.
    pub about: BTreeMap<String, String>,
    pub tells: Vec<Tell>,
}

/// How somebody writes and keeps her files.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    pub hand: Hand,
    pub lists: Lists,
    pub names: Names,
    /// Whether answers quote what they answer.
    pub quotes: bool,
    /// The share of everyday words that are mistyped.
    pub typos: Number,
}

/// How lists without an order are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    Marked(char),
    Numbered,
    /// Short ones run on as a sentence.
    Prose,
}

/// What tells older versions and drafts of a file apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// `memo v2`
    Numbers,
    /// `memo 2026-03-04`
    Dates,
    /// `memo_JK`
    Initials,
    /// `memo old`
    Words,
}

/// What a person reveals, and when.
#[derive(Clone, Debug)]
pub struct Tell {
    pub name: String,
    pub when: Option<Check>,
    pub say: Words,
    /// Positions in [`Plan::documents`].
    pub attach: Vec<usize>,
    pub not_yet: Option<Words>,
    /// The sealed facts it reveals.
    pub reveals: Vec<FactId>,
}

/// Text printed from facts. `spans` are byte ranges of `text`, ascending and disjoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub text: String,
    pub spans: Vec<(u32, u32, Facts)>,
}

/// A file before it has bytes, with where it stands and what it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// Storage path from the root of the disk: `C/Users/jana/Documents/Close memo.docx`; for held and attached files
    /// the bare file name.
    pub path: String,
    pub stands: Standing,
    pub content: Arc<Content>,
    pub properties: Properties,
    /// Story time of the file: its mtime and `modified`.
    pub saved: Moment,
    /// The declaration it came from, with keys: `memo[2025-03]`, `noise[Documents/Finance].versions[memo[2025-03],1]`.
    pub declaration: String,
    /// Facts printed in its path.
    pub path_facts: Facts,
}

/// Where a document is, and so how the agent may come by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On the disk as the month begins.
    Disk,
    /// Held by the person at this position.
    Held(usize),
    /// Attached to a message, on no disk.
    Mail,
    /// Appears on the disk during the month.
    Change,
}

/// What a file holds, before it has bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Doc(Doc),
    Book(Book),
    Picture(PictureFile),
    /// txt, md, csv, json … as they stand.
    Text(Words),
    /// zip: files by their names.
    Archive(Vec<Member>),
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its path in the archive.
    pub name: String,
    pub content: Content,
}

/// A mail; before `world.starts` it is history, after it is scheduled.
#[derive(Clone, Debug)]
pub struct Message {
    /// `kickoff`, `ask[12]`: the address, source of its Message-ID.
    pub address: String,
    pub from: Correspondent,
    pub to: Vec<Correspondent>,
    pub cc: Vec<Correspondent>,
    pub at: Moment,
    pub subject: Words,
    pub body: Words,
    /// Positions in [`Plan::documents`].
    pub attachments: Vec<usize>,
    /// Position in [`Plan::messages`] of the mail it answers.
    pub answers: Option<usize>,
    /// Sent only if this holds at `at`.
    pub when: Option<Check>,
    /// Made by std as surroundings.
    pub background: bool,
}

/// A person of the world or a stranger (newsletters, suppliers).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correspondent {
    Person(usize),
    Outside { name: String, email: String },
}

/// What somebody says in a chat; before `world.starts` it is history, after it is scheduled.
#[derive(Clone, Debug)]
pub struct Post {
    pub address: String,
    pub channel: String,
    pub from: usize,
    pub at: Moment,
    pub body: Words,
    pub when: Option<Check>,
    pub background: bool,
}

/// An entry of the calendar, once or as a series.
#[derive(Clone, Debug)]
pub struct Event {
    pub address: String,
    pub title: Words,
    pub body: Words,
    pub who: Vec<usize>,
    /// Start of each occurrence, ascending; one series when there are several.
    pub at: Vec<Moment>,
    /// Seconds.
    pub lasts: i64,
    /// When it enters the calendar.
    pub invited: Moment,
    pub when: Option<Check>,
}

/// What happens to files during the month without the agent's doing.
#[derive(Clone, Debug)]
pub struct Change {
    pub address: String,
    pub at: Moment,
    /// Positions in [`Plan::documents`].
    pub files: Vec<usize>,
    /// Storage paths.
    pub removes: Vec<String>,
    /// Storage paths, from and to.
    pub moves: Vec<(String, String)>,
    pub when: Option<Check>,
}

/// Work that the agent is asked for, with what it is graded by.
#[derive(Clone, Debug)]
pub struct Objective {
    pub name: String,
    /// Position in [`Plan::messages`].
    pub brief: Option<usize>,
    pub due: Moment,
    pub weight: Value,
    pub delivers: Vec<Deliver>,
    pub milestones: Vec<Milestone>,
    pub guards: Vec<Judged>,
    pub rubrics: Vec<Rubric>,
    pub traps: Vec<Trap>,
    pub late: Option<Late>,
}

/// What an objective still counts for when it is late, and until when.
#[derive(Clone, Debug)]
pub struct Late {
    pub credit: Value,
    pub until: Moment,
}

/// One thing that an objective wants handed in.
#[derive(Clone, Debug)]
pub struct Deliver {
    /// `memo`, of a loop `memo[2026-02]`; behind the objective's name and a dot it is the address of the member.
    pub name: String,
    pub target: DeliverTarget,
    pub weight: Value,
    pub checks: Vec<Judged>,
    pub rubrics: Vec<Rubric>,
    /// What the oracle hands in; none where it composes one from the checks.
    pub solution: Option<Arc<Content>>,
}

/// The form in which something is handed in.
#[derive(Clone, Debug)]
pub enum DeliverTarget {
    /// A storage path or glob.
    File(String),
    Mail {
        to: Vec<Correspondent>,
    },
    Meeting {
        who: Vec<usize>,
        from: Moment,
        until: Moment,
    },
}

/// What must hold on the way to an objective, by its own moment.
#[derive(Clone, Debug)]
pub struct Milestone {
    pub name: String,
    pub by: Moment,
    pub weight: Value,
    pub checks: Vec<Judged>,
}

/// A check with its sentence for the author.
#[derive(Clone, Debug)]
pub struct Judged {
    pub check: Check,
    pub message: Option<Words>,
    /// "*Total opex* must be 2,004,113.52 ± 1".
    pub sentence: String,
}

/// What a judge scores by reading, where no check can.
#[derive(Clone, Debug)]
pub struct Rubric {
    pub weight: Value,
    pub text: Words,
}

/// A wrong answer people give: the facts they take for others, and what the checks expect in that world.
#[derive(Clone, Debug)]
pub struct Trap {
    pub name: String,
    pub why: String,
    /// Address of each replaced fact with its wrong value.
    pub replaces: Vec<(String, Value)>,
    /// What the checks of deliverables, then of milestones, expect in that world, in their order.
    pub checks: Vec<Check>,
    /// What somebody would hand in who believes it, by deliverable.
    pub solutions: Vec<Option<Arc<Content>>>,
}

/// A condition of the run with everything the plan knows filled in: only words of the run remain open.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// Known now, with the facts it was computed from.
    Known {
        value: Value,
        facts: Facts,
    },
    /// A word of the run: `value("Total opex")`, `sent(to: …)`, `words`, `now`. `of` names the deliverable or file it
    /// reads when written `report.words`.
    Word {
        name: String,
        of: Option<String>,
        arguments: Vec<(Option<String>, Check)>,
    },
    Not(Box<Check>),
    All(Vec<Check>),
    Any(Vec<Check>),
    /// Partial credit: the mean over the members, each with its key for the report.
    Each(Vec<(String, Check)>),
    Compare {
        operator: String,
        left: Box<Check>,
        right: Box<Check>,
        within: Option<Value>,
    },
    List(Vec<Check>),
    Arithmetic {
        operator: char,
        left: Box<Check>,
        right: Box<Check>,
    },
}

/// A piece of planted mess.
#[derive(Clone, Debug, Default)]
pub struct Mess {
    /// Position in [`Plan::documents`], or in [`Plan::messages`].
    pub document: Option<usize>,
    pub mail: Option<usize>,
    /// `version`, `reviewed`, `duplicate`, `abandoned`, `misfiled`, `clutter`, `error`, `moved`, `quoted`.
    pub kind: String,
    /// The document it was made from.
    pub of: Option<usize>,
    /// Where a misfiled document belongs, as a storage path.
    pub was: Option<String>,
    /// The facts that it tells otherwise: what is true, what is stale.
    pub moved: Vec<(FactId, Value, Value)>,
    /// What else is different, as sentences for people.
    pub what: Vec<String>,
    /// The checks that an answer taken from it would fail: `feb_report: *Total opex* must be …`.
    pub defeats: Vec<String>,
}

impl Mess {
    /// A label of this kind.
    pub(super) fn new(kind: &str) -> Mess {
        Mess { kind: kind.to_owned(), ..Mess::default() }
    }
}
