//! The last proof of secrecy [S5]: every printed form of every drawn secret is searched in what the agent can read on
//! the first day. `check` has proven the flow of facts; this would catch a hole in that proof, and coincidence.

pub(crate) mod forms;

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::document::{Chart, Facts, places};
use crate::image::correspondence;
use crate::image::sealed::disk_path;
use crate::image::text::{cell_text, printed, word_lines};
use crate::plan::{Content, Document, Fact, Plan, Standing};

/// A secret's value somewhere in the open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    /// Position of the secret in the plan's facts.
    secret: usize,
    /// An open fact is printed there.
    explained: bool,
    place: String,
}

/// What is searched: the forms, each with its secret.
struct Search<'a> {
    plan: &'a Plan,
    matcher: AhoCorasick,
    secrets: Vec<usize>,
}

/// All hits: errors where nothing open explains them, one note for each secret where something does.
pub(crate) fn search(plan: &Plan) -> Vec<Diagnostic> {
    let Some(search) = Search::new(plan) else { return Vec::new() };
    let open: Vec<&Document> = plan.documents.iter().filter(|document| is_open(plan, document)).collect();
    let mut hits: Vec<Hit> = open.into_par_iter().flat_map_iter(|document| search.document(document)).collect();
    hits.extend(search.correspondence());
    hits.extend(search.people());
    hits.sort();
    hits.dedup();
    report(plan, &hits)
}

/// Attachments of the history are open too, but a later mail's are not; the files themselves do not say which.
fn is_open(plan: &Plan, document: &Document) -> bool {
    match document.stands {
        Standing::Disk => true,
        Standing::Mail => plan
            .messages
            .iter()
            .filter(|message| message.at < plan.world.starts)
            .flat_map(|message| &message.attachments)
            .any(|at| plan.documents.get(*at).is_some_and(|attached| std::ptr::eq(attached, document))),
        Standing::Held(_) | Standing::Change => false,
    }
}

impl<'a> Search<'a> {
    /// Nothing if there is no secret worth searching.
    fn new(plan: &'a Plan) -> Option<Search<'a>> {
        let mut patterns = Vec::new();
        let mut secrets = Vec::new();
        for (at, fact) in plan.facts.iter().enumerate().filter(|(_, fact)| fact.sealed && fact.drawn) {
            for form in forms::printed(&fact.value, &plan.world.language) {
                patterns.push(form);
                secrets.push(at);
            }
        }
        if patterns.is_empty() {
            return None;
        }
        // The forms are a few hundred short words, and what is searched is millions of letters.
        let matcher =
            AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(&patterns);
        Some(Search { plan, matcher: matcher.expect("the forms of a plan's secrets are far from 2^31 bytes"), secrets })
    }

    fn document(&self, document: &Document) -> Vec<Hit> {
        let path = disk_path(&document.path);
        let mut hits = Vec::new();
        let name = || vec![(0, document.path.len() as u32, document.path_facts.clone())];
        self.text(&document.path, &name, &|| path.clone(), &mut hits);
        for printed in printed(document) {
            self.text(&printed.text, &|| printed.spans(), &|| format!("{path}#{}", printed.place), &mut hits);
        }
        if let Content::Book(book) = &*document.content {
            for sheet in book.sheets.iter() {
                let titles = sheet.plots.iter().map(|plot| &plot.chart.title);
                for text in titles.chain([&sheet.name]) {
                    self.text(text, &Vec::new, &|| format!("{path}#{}", sheet.name), &mut hits);
                }
            }
        }
        if let Content::Doc(doc) = &*document.content {
            places::charts(doc).into_iter().for_each(|chart| self.chart(chart, &path, &mut hits));
        }
        hits
    }

    /// What a chart shows, and what its sheet holds.
    fn chart(&self, chart: &Chart, path: &str, hits: &mut Vec<Hit>) {
        for cell in chart.laid().iter().flatten() {
            let text = cell_text(&cell.value);
            let facts = || cell.facts.iter().map(|facts| (0, text.len() as u32, facts.clone())).collect();
            self.text(&text, &facts, &|| format!("{path}#{}", chart.title), hits);
        }
    }

    fn correspondence(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (path, letters) in correspondence::letters(self.plan) {
            for letter in letters {
                for line in letter.words.iter().flat_map(|words| word_lines(words)) {
                    self.text(&line.text, &|| line.spans(), &|| format!("{path}#<{}>", letter.id), &mut hits);
                }
            }
        }
        hits
    }

    /// What the address book shows of everybody.
    fn people(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        for person in &self.plan.people {
            for text in [&person.name, &person.email, &person.role, &person.company] {
                self.text(text, &Vec::new, &|| format!("mail/contacts.vcf#{}", person.id), &mut hits);
            }
        }
        hits
    }

    /// Searches one text; which facts stand where in it and where it stands are asked when something is found.
    fn text(
        &self,
        text: &str,
        spans: &dyn Fn() -> Vec<(u32, u32, Facts)>,
        place: &dyn Fn() -> String,
        hits: &mut Vec<Hit>,
    ) {
        for found in self.matcher.find_overlapping_iter(text) {
            if forms::is_whole(text, found.start(), found.end()) {
                let secret = self.secrets[found.pattern().as_usize()];
                let explained = self.explained(found.start(), found.end(), &spans(), secret);
                hits.push(Hit { secret, explained, place: place() });
            }
        }
    }

    /// Whether what stands there was printed from open facts; where nothing was printed, whether an open fact has the
    /// same value, as a title typed from it has.
    fn explained(&self, start: usize, end: usize, spans: &[(u32, u32, Facts)], secret: usize) -> bool {
        let here = spans.iter().filter(|(from, until, _)| (*from as usize) < end && start < *until as usize);
        let mut facts = here.flat_map(|(_, _, facts)| facts.iter()).peekable();
        match facts.peek() {
            Some(_) => facts.all(|id| self.plan.facts.get(id.0 as usize).is_some_and(|fact| !fact.sealed)),
            None => self.plan.facts.iter().any(|fact| !fact.sealed && fact.value == self.plan.facts[secret].value),
        }
    }
}

fn report(plan: &Plan, hits: &[Hit]) -> Vec<Diagnostic> {
    let mut listed: BTreeMap<usize, Vec<&Hit>> = BTreeMap::new();
    let mut found = Vec::new();
    for hit in hits {
        match hit.explained {
            true => listed.entry(hit.secret).or_default().push(hit),
            false => found.push(leak(&plan.facts[hit.secret], &hit.place)),
        }
    }
    found.extend(listed.into_iter().map(|(secret, places)| coincidence(&plan.facts[secret], &places)));
    found
}

fn leak(secret: &Fact, place: &str) -> Diagnostic {
    let message = format!("the value of the secret `{}` stands in the open, in {place}", secret.address);
    Diagnostic::error("E0510", secret.declared, message)
        .label("drawn here")
        .note("no open fact was printed there, so an agent could read the secret without asking")
        .help("widen the range it is drawn from, or leave this seed out")
}

fn coincidence(secret: &Fact, hits: &[&Hit]) -> Diagnostic {
    let places: Vec<&str> = hits.iter().take(3).map(|hit| hit.place.as_str()).collect();
    let more =
        if hits.len() > places.len() { format!(" and {} more", hits.len() - places.len()) } else { String::new() };
    let message = format!("the secret `{}` has the value of an open fact: {}{more}", secret.address, places.join(", "));
    Diagnostic::warning("W0510", secret.declared, message).label("drawn here")
}
