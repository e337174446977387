//! The clerk: a scripted worker who knows what every agent is told, and nothing sealed. She reads the mail each morning, looks
//! through the computer file by file, keeps notes, and makes what a brief lists in the likeness of what is there. She asks
//! nobody. Her month shows what diligence without understanding is worth, and how the runner bears a long one.

mod brief;
mod make;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Value as Json, json};

use crate::run::agents::lines::Call;
use crate::run::agents::{Act, Agent};
use crate::run::session::Outcome;
use crate::run::state::End;
use brief::Order;

/// What she does on one day, in calls.
const DAY: u32 = 102;

/// Mornings after which she lists the files anew, and before which she does not begin what was asked.
const FRESH: u32 = 3;

/// Mails of a page.
const PAGE: u32 = 50;

/// The diligent worker in the midst of her month: her agenda, her notes, and what she has not looked at yet.
pub(crate) struct Clerk {
    /// Her home folder as the orientation writes it.
    home: String,
    agenda: VecDeque<(Chore, &'static str, Json)>,
    doing: Chore,
    /// Calls made today, and on which day that is.
    today: u32,
    day: String,
    /// Every file she knows of, as she writes its path.
    files: Vec<String>,
    /// Files that are still to be read, and words to be looked up in the mailbox.
    unread: VecDeque<String>,
    words: VecDeque<String>,
    looked_up: BTreeSet<String>,
    letters: BTreeSet<String>,
    notes: u32,
    /// Pages of the inbox that she has gone through.
    pages: u32,
    /// How many mornings there were.
    mornings: u32,
    /// What briefs ask for, each with the morning on which she read it.
    orders: Vec<(u32, Order)>,
    /// What workbooks beside a deliverable say, by folder.
    figures: BTreeMap<String, Vec<(String, String)>>,
}

/// What an answer is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Chore {
    Other,
    /// All files there are.
    Files,
    /// Unread mails.
    Mails,
    Mail,
    /// The sheets of a workbook.
    Tabs(String),
    /// A sheet of a workbook.
    Tab(String),
}

impl Clerk {
    /// A clerk who has read the orientation.
    pub(crate) fn of(orientation: &str) -> Clerk {
        let home = orientation.split("home folder is ").nth(1).and_then(|rest| rest.split(".\n").next());
        Clerk {
            home: home.unwrap_or("/").trim().to_owned(),
            agenda: VecDeque::new(),
            doing: Chore::Other,
            today: 0,
            day: String::new(),
            files: Vec::new(),
            unread: VecDeque::new(),
            words: VecDeque::new(),
            looked_up: BTreeSet::new(),
            letters: BTreeSet::new(),
            notes: 0,
            pages: 0,
            mornings: 0,
            orders: Vec::new(),
            figures: BTreeMap::new(),
        }
    }

    fn plan(&mut self, chore: Chore, tool: &'static str, arguments: Json) {
        self.agenda.push_back((chore, tool, arguments));
    }

    /// What a day begins with.
    fn morning(&mut self) {
        self.mornings += 1;
        if self.mornings % FRESH == 1 {
            self.plan(Chore::Files, "search_files", json!({"path": self.home, "pattern": "*.*"}));
        }
        self.plan(Chore::Mails, "list_mails", json!({"folder": "unread", "limit": 50}));
        self.plan(Chore::Other, "list_events", json!({}));
        self.plan(Chore::Other, "list_channels", json!({}));
    }

    fn learn(&mut self, answer: &Outcome) {
        let day = answer.clock.split(' ').skip(1).take(2).collect::<Vec<_>>().join(" ");
        if day != self.day {
            self.day = day;
            self.today = 0;
            self.agenda.retain(|(_, tool, _)| !matches!(*tool, "list_mails" | "list_events" | "list_channels"));
            self.morning();
        }
        if answer.refused {
            return;
        }
        match std::mem::replace(&mut self.doing, Chore::Other) {
            Chore::Other => {}
            Chore::Files => {
                let all: Vec<String> =
                    answer.text.lines().filter(|line| line.contains('.')).map(str::to_owned).collect();
                self.unread.extend(all.iter().filter(|file| !self.files.contains(file)).cloned());
                self.files = all;
            }
            Chore::Mails => self.open(&answer.text),
            Chore::Mail => self.read(&answer.text),
            Chore::Tabs(path) => {
                if let Some(tab) = answer.text.lines().last() {
                    self.plan(Chore::Tab(path.clone()), "read_tab", json!({"path": path, "tab": tab}));
                }
            }
            Chore::Tab(path) => drop(self.figures.insert(folder(&path).to_owned(), make::figures(&answer.text))),
        }
    }

    fn open(&mut self, list: &str) {
        let ids: Vec<String> =
            list.lines().filter_map(|line| Some(line.rsplit_once("  id: ")?.1.trim().to_owned())).collect();
        for id in ids {
            if self.letters.insert(id.clone()) {
                self.agenda.push_front((Chore::Mail, "read_mail", json!({"mail_id": id})));
            }
        }
    }

    /// A mail may bring orders, and always words to look up.
    fn read(&mut self, text: &str) {
        let order = brief::orders(text);
        if let Some(order) = order.filter(|order| !self.orders.iter().any(|(_, known)| known == order)) {
            self.orders.push((self.mornings, order));
        }
        for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3) {
            if self.looked_up.insert(word.to_lowercase()) {
                self.words.push_back(word.to_owned());
            }
        }
    }

    /// Makes the next thing that was ordered, once what it is made from was looked at.
    fn fill_orders(&mut self) -> bool {
        let ripe = |(since, order): &(u32, Order)| !order.is_done() && since + FRESH <= self.mornings;
        let Some(at) = self.orders.iter().position(ripe) else { return false };
        let order = self.orders[at].1.clone();
        if let Some(path) = order.open_file() {
            let path = make::concrete(&self.home, path);
            let beside = self.files.iter().filter(|file| folder(file) == folder(&path) && file.ends_with(".xlsx"));
            let book = beside.max().cloned();
            if !path.ends_with(".xlsx")
                && let Some(book) = book
                && !self.figures.contains_key(folder(&path))
            {
                self.figures.insert(folder(&path).to_owned(), Vec::new());
                self.plan(Chore::Tabs(book.clone()), "list_tabs_in_spreadsheet", json!({"path": book}));
                return true;
            }
            let figures = self.figures.get(folder(&path)).cloned().unwrap_or_default();
            for (tool, arguments) in make::file(&path, &order, &self.files, &figures) {
                self.plan(Chore::Other, tool, arguments);
            }
            self.orders[at].1.file_done();
        } else {
            for (tool, arguments) in make::deeds(&self.home, &order) {
                self.plan(Chore::Other, tool, arguments);
            }
            self.orders[at].1.finish();
        }
        true
    }

    /// Looks at the next file and notes it down; when there is none left, looks words up in the mailbox, and when those
    /// are done reads older mails.
    fn study(&mut self) {
        if let Some(path) = self.unread.pop_front() {
            self.notes += 1;
            self.plan(Chore::Other, "get_file_info", json!({"path": path}));
            let call = match path.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
                "xlsx" => ("list_tabs_in_spreadsheet", json!({"path": path})),
                "pptx" => ("read_slides", json!({"path": path})),
                "pdf" => ("read_pdf_pages", json!({"path": path, "last": 2})),
                "jpg" | "png" | "zip" => ("search_files", json!({"path": folder(&path), "pattern": name(&path)})),
                _ => ("read_document_content", json!({"path": path})),
            };
            self.plan(Chore::Other, call.0, call.1);
            if self.notes.is_multiple_of(4) {
                let note = format!("{}/Documents/Notes/{}.txt", self.home.trim_end_matches(['/', '\\']), self.notes);
                let text = format!("Looked at {path}; nothing to do.");
                self.plan(Chore::Other, "write_file", json!({"path": note, "content": text}));
            }
            return;
        }
        match self.words.pop_front() {
            Some(word) => self.plan(Chore::Other, "search_mail", json!({"query": word, "limit": 5})),
            None => {
                let arguments = json!({"folder": "inbox", "limit": PAGE, "offset": self.pages * PAGE});
                self.pages += 1;
                self.plan(Chore::Mails, "list_mails", arguments);
            }
        }
    }
}

impl Agent for Clerk {
    fn act(&mut self, answer: Option<&Outcome>) -> Act {
        match answer {
            Some(answer) => self.learn(answer),
            None => self.morning(),
        }
        if self.today >= DAY {
            self.today = 0;
            self.doing = Chore::Other;
            return call("end_day", json!({}));
        }
        while self.agenda.is_empty() && self.fill_orders() {}
        if self.agenda.is_empty() {
            self.study();
        }
        self.today += 1;
        match self.agenda.pop_front() {
            Some((chore, tool, arguments)) => {
                self.doing = chore;
                call(tool, arguments)
            }
            None => Act::Leave(End::Finished),
        }
    }
}

fn call(tool: &str, arguments: Json) -> Act {
    Act::Call(Call::of(tool, arguments))
}

/// The folder of a path in either way of writing.
fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |at| &path[..at])
}

fn name(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or(path, |at| &path[at + 1..])
}
