//! What is sealed and tells the oracle where to look and whom to ask: which sources print which facts, and what was computed
//! from what. Nothing of it is ever written down by her.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diag::Diagnostic;
use crate::image::encode::parse_facts;
use crate::image::script::{Given, Held, Mail, Scheduled, Words};
use crate::image::sealed::derivations::{self, Derivation};
use crate::image::sealed::{facts, provenance};
use crate::run::setting::Setting;
use crate::value::{FactId, Moment};

/// A fact as it was sealed.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub address: String,
    pub value: Given,
    pub drawn: bool,
    pub sealed: bool,
    pub derivation: Derivation,
}

/// Where facts are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// On the disk as the month begins.
    File(String),
    /// Brought to the disk by a change.
    Changed { change: String, path: String },
    /// A mail of that id; `opens` is the moment it comes.
    Mail(String),
    /// A file attached to a mail.
    Attached { mail: String, name: String },
    /// A line in a channel.
    Post(String),
    /// What a person tells; attachments come with it.
    Told { person: String, tell: String },
    /// A file attached to what a person tells.
    Handed { person: String, tell: String, name: String },
}

/// A source with the facts it prints, by the places in it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub place: Place,
    /// From when on it can be read.
    pub opens: Moment,
    pub prints: Vec<(String, Vec<FactId>)>,
}

/// All that is sealed about the facts behind objectives.
pub(crate) struct Knowledge {
    pub facts: BTreeMap<FactId, Fact>,
    pub sources: Vec<Source>,
    /// The sources that print a fact.
    pub printed_in: BTreeMap<FactId, BTreeSet<usize>>,
    /// The facts that model answers print, by `objective.deliverable` and place.
    pub solutions: BTreeMap<String, Vec<(String, Vec<FactId>)>>,
}

impl Knowledge {
    pub(crate) fn of(setting: &Setting) -> Result<Knowledge, Diagnostic> {
        let mut derivations = derivations::read(&setting.image)?;
        let stored = facts::read(&setting.image)?.into_iter();
        let facts = stored.filter_map(|fact| {
            let derivation = derivations.remove(&fact.id)?;
            let value = Given::deserialize(&fact.value).ok()?;
            Some((fact.id, Fact { address: fact.address, value, drawn: fact.drawn, sealed: fact.sealed, derivation }))
        });
        let mut knowledge = Knowledge {
            facts: facts.collect(),
            sources: Vec::new(),
            printed_in: BTreeMap::new(),
            solutions: BTreeMap::new(),
        };
        let printings = provenance::read(&setting.image)?;
        knowledge.disk(setting, &printings);
        knowledge.month(setting, &printings);
        for (path, printing) in &printings {
            if let Some(name) = path.strip_prefix("solution ") {
                let prints = knowledge.needed(printing);
                knowledge.solutions.insert(name.to_owned(), prints);
            }
        }
        Ok(knowledge)
    }

    /// The places of a file that print facts which objectives stand on.
    fn needed(&self, printing: &provenance::Printing) -> Vec<(String, Vec<FactId>)> {
        let one = |(place, facts): &(String, String)| {
            let facts: Vec<FactId> =
                parse_facts(facts).into_iter().filter(|fact| self.facts.contains_key(fact)).collect();
            (!facts.is_empty()).then(|| (place.clone(), facts))
        };
        printing.at.iter().filter_map(one).collect()
    }

    fn add(&mut self, place: Place, opens: Moment, prints: Vec<(String, Vec<FactId>)>) {
        if prints.is_empty() {
            return;
        }
        let number = self.sources.len();
        for fact in prints.iter().flat_map(|(_, facts)| facts) {
            self.printed_in.entry(*fact).or_default().insert(number);
        }
        self.sources.push(Source { place, opens, prints });
    }

    /// The files of the image that somebody declared; planted mess is no source.
    fn disk(&mut self, setting: &Setting, printings: &BTreeMap<String, provenance::Printing>) {
        let starts = setting.office.starts;
        let declared = setting.script.files.iter().filter(|(name, _)| !name.starts_with("noise["));
        for (_, path) in declared {
            if let Some(printing) = printings.get(&format!("disk/{path}")) {
                let prints = self.needed(printing);
                self.add(Place::File(path.clone()), starts, prints);
            }
        }
    }

    /// What the month brings: changes, mails, posts, and what people tell.
    fn month(&mut self, setting: &Setting, printings: &BTreeMap<String, provenance::Printing>) {
        let starts = setting.office.starts;
        let held = |knowledge: &Knowledge, file: &Held| {
            printings.get(&file.declaration).map(|printing| knowledge.needed(printing)).unwrap_or_default()
        };
        let script = &setting.script;
        for part in script.history.iter().chain(&script.schedule) {
            match part {
                Scheduled::Mail(mail) => {
                    let opens = mail.at.max(starts);
                    let prints = self.words(&[&mail.subject, &mail.body]);
                    self.add(Place::Mail(mail.id.clone()), opens, prints);
                    for file in &mail.attachments {
                        let prints = held(self, file);
                        self.add(attached(mail, file), opens, prints);
                    }
                }
                Scheduled::Change(change) => {
                    for file in &change.files {
                        let (change_name, path) = (change.address.clone(), file.path.clone());
                        let prints = held(self, file);
                        self.add(Place::Changed { change: change_name, path }, change.at, prints);
                    }
                }
                Scheduled::Post(post) => {
                    let prints = self.words(&[&post.body]);
                    self.add(Place::Post(post.channel.clone()), post.at, prints);
                }
                Scheduled::Event(_) => {}
            }
        }
        for person in &script.people {
            for tell in &person.tells {
                let prints = self.words(&[&tell.say]);
                let (person, tell_name) = (person.id.clone(), tell.name.clone());
                self.add(Place::Told { person: person.clone(), tell: tell_name.clone() }, starts, prints);
                for file in &tell.attach {
                    let (person, tell, name) = (person.clone(), tell_name.clone(), file.name().to_owned());
                    let prints = held(self, file);
                    self.add(Place::Handed { person, tell, name }, starts, prints);
                }
            }
        }
    }

    /// Texts of a mail or post: one place without a name.
    fn words(&self, texts: &[&Words]) -> Vec<(String, Vec<FactId>)> {
        let facts: Vec<FactId> =
            texts.iter().flat_map(|words| words.facts()).filter(|fact| self.facts.contains_key(fact)).collect();
        if facts.is_empty() { Vec::new() } else { vec![(String::new(), facts)] }
    }

    /// The secrets that objectives stand on.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.facts.iter().filter(|(_, fact)| fact.sealed && fact.drawn).map(|(id, fact)| (*id, fact))
    }
}

fn attached(mail: &Mail, file: &Held) -> Place {
    Place::Attached { mail: mail.id.clone(), name: file.name().to_owned() }
}
