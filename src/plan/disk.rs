//! Files: where they stand, when they were saved, what is in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::{Facts, Properties};
use crate::eval::{Evaluator, Fault, Outcome};
use crate::forms::Kind;
use crate::plan::content::{self, Order};
use crate::plan::types::{Content, Correspondent, Document, Standing};
use crate::plan::world::property_span;
use crate::plan::{look, path};
use crate::resolve::program::Declaration;
use crate::value::{Date, Item, Moment, Time, Value, usual};

use super::Planner;

/// A file before its content is made.
#[derive(Clone)]
pub(super) struct Draft {
    pub item: Item,
    pub path: String,
    pub path_facts: Facts,
    pub standing: Standing,
    pub saved: Moment,
    pub author: Correspondent,
}

impl Planner<'_> {
    /// All files of the spec, wherever they stand. Content comes after mail, which decides when some were saved.
    pub(super) fn draft_files(&mut self) -> Outcome<Vec<Draft>> {
        let mut drafts = Vec::new();
        for declaration in self.blocks(Kind::File) {
            let turns = self.turns_of(declaration)?;
            drafts.extend(self.each(turns, |planner, item| planner.draft(declaration, item)));
        }
        Ok(drafts)
    }

    fn draft(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Draft>> {
        let (standing, from_block) = self.standing(declaration, item)?;
        let Some(saved) = self.saved(declaration, item, standing, from_block)? else { return Ok(None) };
        let author = match self.property(item, "author")? {
            Value::None => match standing {
                Standing::Held(person) => Correspondent::Person(person),
                _ => Correspondent::Person(self.owner),
            },
            Value::Correspondent(stranger) => {
                Correspondent::Outside { name: stranger.0.to_string(), email: stranger.1.to_string() }
            }
            person => Correspondent::Person(self.person_of(&person).unwrap_or(self.owner)),
        };
        let (path, path_facts) = self.path_of(declaration, item, standing)?;
        Ok(Some(Draft { item, path, path_facts, standing, saved, author }))
    }

    /// Where a file stands, and the moment its block gives it: that of the mail or change it is part of.
    fn standing(&self, declaration: &Declaration, item: Item) -> Outcome<(Standing, Option<Moment>)> {
        for parent in self.eval.program.ancestors(declaration) {
            let standing = match parent.kind {
                Kind::Persona => {
                    let shape = self.eval.family(parent.id, &[], parent.head)?;
                    let person = self.person_of(&Value::Item(Item { family: shape.id, index: 0 }));
                    return Ok((Standing::Held(person.unwrap_or(self.owner)), None));
                }
                Kind::Mail => Standing::Mail,
                Kind::Change => Standing::Change,
                _ => continue,
            };
            let at = self.parent_moment(parent, item)?;
            return Ok((standing, at));
        }
        Ok((Standing::Disk, None))
    }

    fn parent_moment(&self, parent: &Declaration, item: Item) -> Outcome<Option<Moment>> {
        match self.eval.outer_turn(parent, item)? {
            Some(parent) => Ok(moment_of(&self.property(parent, "at")?, usual::MORNING)),
            None => Ok(None),
        }
    }

    /// When a file was saved; `None` where it never was [V4].
    fn saved(
        &self,
        declaration: &Declaration,
        item: Item,
        standing: Standing,
        from_block: Option<Moment>,
    ) -> Outcome<Option<Moment>> {
        if declaration.field("saved").is_none() {
            return Ok(Some(from_block.unwrap_or(self.plan.world.starts)));
        }
        let value = self.property(item, "saved")?;
        let saved = match &value {
            Value::None => return Ok(None),
            Value::Date(date) => self.office_time(item, *date)?,
            other => match moment_of(other, usual::MORNING) {
                Some(moment) => moment,
                None => {
                    return Err(self.eval.type_fault(property_span(declaration, "saved"), "a date or moment", other));
                }
            },
        };
        if standing == Standing::Disk && saved >= self.plan.world.starts {
            let message = format!("`{}` is dated {saved}, in the month", self.eval.label(&Value::Item(item)));
            return Err(Diagnostic::error("E0405", property_span(declaration, "saved"), message)
                .help("a file on the disk is history; let it appear with `change x { at = …  file … }`")
                .into());
        }
        Ok(Some(saved))
    }

    /// A time of that day in the author's hours, by address [T4].
    fn office_time(&self, item: Item, date: Date) -> Outcome<Moment> {
        let author = match self.property(item, "author")? {
            Value::Item(author) => author,
            _ => self.person_items[self.owner],
        };
        let (from, to) = self.eval.hours(author)?;
        let key = self.roots.open.child("saved").child(&self.address(item));
        let minutes = u64::from(to.0.saturating_sub(from.0) / 60).max(1);
        let minute = key.stream().below(minutes) as u32;
        Ok(Moment::new(date, Time(from.0 + minute * 60)))
    }

    fn path_of(&self, declaration: &Declaration, item: Item, standing: Standing) -> Outcome<(String, Facts)> {
        let mut chain = vec![declaration];
        if !matches!(standing, Standing::Held(_) | Standing::Mail) {
            let parents = self.eval.program.ancestors(declaration);
            chain.extend(parents.filter(|parent| matches!(parent.kind, Kind::Folder | Kind::Noise)));
        }
        let mut parts = Vec::new();
        let mut facts = Vec::new();
        for block in chain.iter().rev() {
            let Some(label) = &block.label else { continue };
            let printed = self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?;
            facts.extend(printed.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied()));
            parts.push((printed.text, label.span));
        }
        let mut whole = String::new();
        for (part, span) in parts {
            whole = path::join(&whole, &part);
            if let Some(message) = path::refused(&part, self.plan.world.os) {
                return Err(Diagnostic::error("E0508", span, message)
                    .help("leave the character out, or make a drawn name safe with `| filename`")
                    .into());
            }
        }
        let whole = match standing {
            Standing::Held(_) | Standing::Mail => whole,
            _ => path::storage(&whole, &self.plan.world),
        };
        Ok((whole, crate::eval::facts_of(facts)))
    }

    /// Makes the content of all drafts; `first_mail` is the first mail that attaches a file on the day it was saved. The
    /// drafts come back as they were saved.
    pub(super) fn make_documents(&mut self, mut drafts: Vec<Draft>, first_mail: &BTreeMap<Item, Moment>) -> Vec<Draft> {
        for draft in &mut drafts {
            if let Some(sent) = first_mail.get(&draft.item).filter(|sent| sent.date() == draft.saved.date())
                && !self.has_exact_time(draft.item)
                && draft.saved >= *sent
            {
                draft.saved = Moment(sent.0 - 60 * 7).max(Moment::new(sent.date(), Time(6 * 3600)));
            }
            match self.document(self.eval, draft) {
                Ok(document) => {
                    self.document_of.insert(draft.item, self.plan.documents.len());
                    self.plan.documents.push(document);
                }
                Err(fault) => self.report(fault),
            }
        }
        drafts
    }

    /// The positions of the documents that were made of files.
    pub(super) fn documents_of(&self, files: &[Item]) -> Vec<usize> {
        files.iter().filter_map(|file| self.document_of.get(file).copied()).collect()
    }

    fn has_exact_time(&self, item: Item) -> bool {
        matches!(self.property(item, "saved"), Ok(Value::Moment(_)))
    }

    /// The document of a draft in the world of `eval`, which may be a variant.
    pub(super) fn document(&self, eval: &Evaluator<'_>, draft: &Draft) -> Outcome<Document> {
        let declaration = eval.declaration_of(draft.item);
        let from = eval.item_member(draft.item, &ident("from", declaration))?;
        let address = self.address(draft.item);
        let span = property_span(declaration, "from");
        let habits = self.habits_of(&draft.author);
        let mut properties = self.properties(draft);
        let name = draft.path.rsplit('/').next().unwrap_or(&draft.path);
        let (stem, extension) = path::split_extension(name);
        properties.title = stem.to_string();
        let typist = self.typist(&address, habits.typos);
        let mut content = match content::applied(&from) {
            _ if self.blank => Content::Text(Default::default()),
            Some(applied) => {
                let laid = (!eval.is_variant()).then_some(&self.laid);
                let order = Order { applied, address: &address, extension, span, typist: Some(typist), laid };
                content::content(eval, &order, &properties)?.0
            }
            None => match (&from, declaration.field("from")) {
                (Value::Text(_), Some(field)) => {
                    content::typed(eval, draft.item, &field.value, extension, &properties, &typist)?
                }
                (other, _) => return Err(eval.type_fault(span, "a template with its arguments", other)),
            },
        };
        if !self.blank {
            refuse_unwritable(&content, extension, span)?;
        }
        if let (Content::Doc(doc), "docx" | "pdf") = (&mut content, extension) {
            look::lists::settle(doc, &habits);
        }
        let properties = match &content {
            Content::Doc(doc) => doc.properties.clone(),
            Content::Book(book) => book.properties.clone(),
            Content::Picture(file) => file.properties.clone(),
            Content::Text(_) | Content::Archive(_) => properties,
        };
        Ok(Document {
            path: draft.path.clone(),
            stands: draft.standing,
            content: Arc::new(content),
            properties,
            saved: draft.saved,
            declaration: address,
            path_facts: draft.path_facts.clone(),
        })
    }

    fn properties(&self, draft: &Draft) -> Properties {
        // Whoever is not one of the world's people writes for herself.
        let (author, email, company) = match &draft.author {
            Correspondent::Person(at) => {
                let person = &self.plan.people[*at];
                (&person.name, &person.email, &person.company)
            }
            Correspondent::Outside { name, email } => (name, email, name),
        };
        let worked = self.roots.open.child("worked").child(&self.address(draft.item)).stream().below(170) as i64 + 10;
        let morning = Moment::new(draft.saved.date(), Time(6 * 3600));
        Properties {
            title: String::new(),
            author: author.clone(),
            email: email.clone(),
            company: company.clone(),
            created: Moment(draft.saved.0 - worked * 60).max(morning).min(draft.saved),
            modified: draft.saved,
            zone: self.plan.world.zone(),
            language: self.plan.world.prose_language(),
            theme: String::new(),
            brand: self.brand_of(company),
            hand: self.habits_of(&draft.author).hand,
            addressee: self.addressee(&draft.author),
            scanned: false,
        }
    }

    /// Whom a letter kept as a file was written to: the owner, unless it is her own.
    fn addressee(&self, author: &Correspondent) -> Option<Arc<(String, String)>> {
        let owner = &self.plan.people[self.owner];
        (*author != Correspondent::Person(self.owner)).then(|| Arc::new((owner.name.clone(), owner.email.clone())))
    }

    /// Two files of one path at this seed.
    pub(super) fn refuse_clashes(&mut self) {
        let fold = !matches!(self.plan.world.os, crate::plan::types::Os::Linux);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut clashes = Vec::new();
        for (index, document) in self.plan.documents.iter().enumerate() {
            if document.stands != Standing::Disk {
                continue;
            }
            let path = if fold { document.path.to_lowercase() } else { document.path.clone() };
            if let Some(other) = seen.insert(path, index) {
                clashes.push((other, index));
            }
        }
        for (one, other) in clashes {
            let [one, other] = [one, other].map(|index| &self.plan.documents[index]);
            let message = format!("`{}` and `{}` are both `{}`", one.declaration, other.declaration, other.path);
            let diagnostic = Diagnostic::global("E0509", message).help("give one of them another name or folder");
            self.problems.push(diagnostic);
        }
    }
}

/// A moment of a value; a bare date gets `time`.
pub(super) fn moment_of(value: &Value, time: Time) -> Option<Moment> {
    match value {
        Value::Moment(moment) => Some(*moment),
        Value::Date(date) => Some(Moment::new(*date, time)),
        _ => None,
    }
}

pub(super) fn ident(name: &str, declaration: &Declaration) -> crate::syntax::Ident {
    crate::syntax::Ident { name: name.into(), span: property_span(declaration, name) }
}

/// Whether the extension can hold the content.
pub(super) fn refuse_unwritable(content: &Content, extension: &str, span: crate::source::Span) -> Outcome<()> {
    use crate::formats::Writes;
    let fits = match (crate::formats::writes(extension), content) {
        (Writes::Archive, Content::Archive(_)) => true,
        (Writes::Archive, _) | (_, Content::Archive(_)) => false,
        (Writes::Picture, Content::Picture(_)) => true,
        (Writes::Picture, _) | (_, Content::Picture(_)) => false,
        (Writes::NotYet, _) => {
            let message = format!("`.{extension}` files cannot be written yet");
            return Err(Fault::wrong("E0219", span, message));
        }
        (Writes::Both, _) | (Writes::Prose, Content::Doc(_) | Content::Text(_)) | (Writes::Book, Content::Book(_)) => {
            true
        }
        (Writes::Book, Content::Text(_)) => extension != "xlsx",
        (Writes::Unknown, Content::Text(_)) => true,
        _ => false,
    };
    match fits {
        true => Ok(()),
        false => Err(Diagnostic::error("E0220", span, format!("a `.{extension}` file cannot hold this template"))
            .help("sheets make xlsx, csv, json, jsonl and yaml; a body makes docx, pptx, pdf, html, md, other texts and mail; files make a zip")
            .into()),
    }
}
