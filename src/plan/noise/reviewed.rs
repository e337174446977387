//! Drafts as they came back from a reader: what she changed is tracked, what she asked stands beside it.

use std::sync::Arc;

use super::tracked::Pen;
use super::{Rule, evolve};
use crate::document::markup::Remark;
use crate::document::{Block, Doc, Facts, Run, places};
use crate::draw::{Key, Ticket};
use crate::eval::{DocumentSite, Frame, Outcome, Printed, Scope, Variant};
use crate::forms::Kind;
use crate::plan::disk::Draft;
use crate::plan::look::names::{Naming, Sort};
use crate::plan::types::{Content, Correspondent, Document, Mess};
use crate::plan::{Planner, path};
use crate::resolve::program::Target;
use crate::value::{Moment, Number, Value};

/// How far drawn numbers of the draft may lie off, and which share of its decks said something else, in percent.
const DRIFT: i64 = 3;
const REWORDED: i64 = 12;
/// Paragraphs shorter than this are remarked on by nobody.
const REMARKABLE: usize = 40;

/// The words of a remark, and the facts they were printed from.
type Said = (String, Facts);

impl Planner<'_> {
    /// The draft of a document as its reader gave it back.
    pub(super) fn add_reviewed(&mut self, rule: &Rule<'_>, draft: &Draft, position: usize, key: &Key) -> Outcome<()> {
        let original = self.plan.documents[position].clone();
        let (Content::Doc(after), true) = (&*original.content, path::split_extension(&draft.path).1 == "docx") else {
            return Ok(());
        };
        let Some(reader) = self.reader(rule, draft, key)? else { return Ok(()) };
        let saved = self.days_earlier(original.saved, &key.child("saved"), 1, 4)?;
        let share = |percent: i64| Number::from_parts(percent.into(), 2, 2).unwrap_or(Number::ZERO);
        let other = self.eval.with_variant(Variant {
            drift: Some((key.child("drift"), share(DRIFT))),
            reworded: Some((key.child("reworded"), share(REWORDED))),
            ..Variant::default()
        });
        let before = self.document(&other, draft)?;
        let Content::Doc(before) = &*before.content else { return Ok(()) };
        let person = self.plan.people[reader].clone();
        let at = Moment(saved.0 - 60 * (3 + key.child("minutes").stream().below(50) as i64));
        let mut blocks = tracked(&Pen::new(&person.name, at), before, after, key);
        let remarks = self.remarks(rule, key, &blocks)?;
        let what = remarks.iter().map(|(_, (text, _))| format!("comment: {text}")).collect();
        for (block, (text, facts)) in remarks {
            let (author, initials) = (person.name.clone(), person.initials.clone());
            attach(&mut blocks[block], &Arc::new(Remark { author, initials, at, text, facts }));
        }
        let naming =
            Naming { sort: Sort::Reviewed, path: &original.path, author: &Correspondent::Person(reader), saved };
        let (path, named) = self.beside((rule.declaration, rule.item), &naming)?;
        let mut properties = after.properties.clone();
        properties.modified = saved;
        properties.created = properties.created.min(at);
        let content = Content::Doc(Doc { properties: properties.clone(), blocks });
        let moved = self.moved_facts(&other, &content, &path);
        let document = Document {
            path,
            path_facts: places::union([&original.path_facts, &named]),
            saved,
            properties,
            content: Arc::new(content),
            declaration: format!("{}.reviewed", original.declaration),
            ..original
        };
        self.add_mess(Mess { of: Some(position), moved, what, ..Mess::new("reviewed") }, document);
        Ok(())
    }

    /// Who read the draft: one of `by`, else the manager of its author.
    fn reader(&self, rule: &Rule<'_>, draft: &Draft, key: &Key) -> Outcome<Option<usize>> {
        let Correspondent::Person(author) = draft.author else { return Ok(None) };
        let Value::List(people) = self.property(rule.item, "by")? else { return Ok(self.plan.people[author].manager) };
        let readers: Vec<usize> =
            people.iter().filter_map(|person| self.person_of(person)).filter(|reader| *reader != author).collect();
        let tickets: Vec<Ticket> = readers.iter().map(|reader| Ticket::of(&self.plan.people[*reader].id)).collect();
        Ok(key.child("by").pick(&tickets).map(|index| readers[index]))
    }

    /// What the reader remarks, by the position of the paragraph.
    fn remarks(&self, rule: &Rule<'_>, key: &Key, blocks: &[Block]) -> Outcome<Vec<(usize, Said)>> {
        let site = DocumentSite::new(Some(key.child("remarks")), None);
        let count = 1 + key.child("count").stream().below(3) as usize;
        let remarkable: Vec<(usize, Ticket)> = blocks.iter().enumerate().filter_map(remarkable).collect();
        let tickets: Vec<Ticket> = remarkable.iter().map(|(_, ticket)| *ticket).collect();
        let mut places: Vec<usize> =
            key.child("places").sample(&tickets, count).into_iter().map(|at| remarkable[at].0).collect();
        places.sort_unstable();
        let mut remarks = Vec::new();
        for place in places {
            if let Some(text) = self.remark(rule, &site)? {
                remarks.push((place, text));
            }
        }
        Ok(remarks)
    }

    /// The next thing a reader says: what the spec gives, else the library's wording where it is used.
    fn remark(&self, rule: &Rule<'_>, site: &DocumentSite) -> Outcome<Option<Said>> {
        if let Some(field) = rule.declaration.field("remarks") {
            let printed = self.eval.in_scope(rule.item, |scope| {
                let inner = scope.inside(Frame::Local("", &Value::None)).within_document(Some(site));
                self.eval.printed(&field.value, &inner)
            })?;
            return Ok(Some(said(printed)));
        }
        let program = self.eval.program;
        let library = program.modules.iter().find(|module| module.path == "std/phrases.world");
        match library.and_then(|library| library.names.get("review_remark")) {
            Some(Target::Declaration(id)) if program.get(*id).kind == Kind::Phrases => {
                let declaration = program.get(*id);
                let scope = Scope::top(declaration.module).within_document(Some(site));
                Ok(Some(said(self.eval.phrase(*id, &[], &scope, declaration.head)?)))
            }
            _ => Ok(None),
        }
    }
}

/// The later text with its changes: some paragraphs were put in as a whole.
fn tracked(pen: &Pen, before: &Doc, after: &Doc, key: &Key) -> Vec<Block> {
    let mut blocks = pen.track(&before.blocks, &after.blocks);
    for (index, block) in blocks.iter_mut().enumerate().skip(2) {
        let later = &after.blocks[index];
        if let (Block::Paragraph { runs }, true) = (later, evolve::is_later(later, &key.child("later"), 1)) {
            *block = Block::Paragraph { runs: pen.put_in(runs) };
        }
    }
    blocks
}

fn said(printed: Printed) -> Said {
    let facts = places::union(printed.spans.iter().map(|(_, _, facts)| facts));
    (printed.text, facts)
}

fn remarkable((index, block): (usize, &Block)) -> Option<(usize, Ticket)> {
    let Block::Paragraph { runs } = block else { return None };
    let words = evolve::wording(runs);
    (words.len() >= REMARKABLE).then(|| (index, Ticket::of(&words)))
}

/// Puts a remark on a paragraph.
fn attach(block: &mut Block, remark: &Arc<Remark>) {
    if let Block::Paragraph { runs } = block {
        runs.iter_mut().for_each(|run: &mut Run| run.remark = Some(Arc::clone(remark)));
    }
}
