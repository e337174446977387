//! Text with holes, filled: what is printed, and from which facts [X1]. Phrases draw their wording here [X2].

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::scope::Meaning;
use super::{Evaluator, Fault, Frame, Outcome, Scope};
use crate::document::Facts;
use crate::draw::{Key, Ticket};
use crate::forms::Kind;
use crate::resolve::program::DeclarationId;
use crate::source::{Origins, Span};
use crate::syntax::{Expr, ExprKind, Ident, Loaded, Part, Prose};
use crate::value::{FactId, Value};

/// Text with the facts it printed: byte ranges of `text`, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Printed {
    pub text: String,
    pub spans: Vec<(u32, u32, Facts)>,
    /// Where the plain pieces of the text were written, if that is asked.
    pub origins: Option<Origins>,
}

/// Text in the making; `spans` are left out where the facts go to somebody's recording instead.
struct Out {
    text: String,
    spans: Option<Vec<(u32, u32, Facts)>>,
    origins: Option<Origins>,
}

impl Out {
    /// Notes that what was printed since `start` says these facts.
    fn mark(&mut self, start: usize, facts: Facts) {
        if let Some(spans) = &mut self.spans
            && !facts.is_empty()
            && self.text.len() > start
        {
            spans.push((start as u32, self.text.len() as u32, facts));
        }
    }
}

/// A document while it is written: the address its phrases draw by, and the cards they have used.
pub(crate) struct DocumentSite {
    key: Option<Key>,
    used: RefCell<BTreeMap<DeclarationId, BTreeSet<usize>>>,
    /// Makes a printed value inert in the document's markup, where it has any.
    escape: Cell<Option<fn(&str) -> String>>,
}

impl DocumentSite {
    /// A document with the key of its address.
    pub fn new(key: Option<Key>, escape: Option<fn(&str) -> String>) -> DocumentSite {
        DocumentSite { key, used: RefCell::default(), escape: Cell::new(escape) }
    }

    /// Prints what is no markup: a title stands as it is.
    pub fn verbatim<T>(&self, print: impl FnOnce() -> T) -> T {
        let escape = self.escape.take();
        let printed = print();
        self.escape.set(escape);
        printed
    }

    /// Uses a card; whether it was still unused.
    fn take(&self, deck: DeclarationId, card: usize) -> bool {
        self.used.borrow_mut().entry(deck).or_default().insert(card)
    }

    /// Makes cards unused again.
    fn reshuffle(&self, deck: DeclarationId, cards: &[usize]) {
        if let Some(used) = self.used.borrow_mut().get_mut(&deck) {
            used.retain(|card| !cards.contains(card));
        }
    }

    /// Whether no phrase was drawn here: then the same template with the same arguments says the same elsewhere.
    pub fn is_undrawn(&self) -> bool {
        self.used.borrow().is_empty()
    }
}

impl<'p> Evaluator<'p> {
    /// Text and facts of an expression: a string, a loaded body, or anything that prints.
    pub fn printed(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Printed> {
        self.printed_into(None, expr, scope)
    }

    /// The same, with the places its plain pieces come from.
    pub fn printed_tracing(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Printed> {
        self.printed_into(Some(Origins::default()), expr, scope)
    }

    fn printed_into(&self, origins: Option<Origins>, expr: &Expr, scope: &Scope<'_>) -> Outcome<Printed> {
        let mut out = Out { text: String::new(), spans: Some(Vec::new()), origins };
        match &expr.kind {
            ExprKind::Text(text) => out.text.push_str(&text.value),
            ExprKind::Prose(prose) => self.print_parts(&prose.parts, scope, &mut out)?,
            ExprKind::Loaded(loaded) => match &**loaded {
                Loaded::Body { prose, .. } => self.print_parts(&prose.parts, scope, &mut out)?,
                _ => self.print_value(expr, scope, &mut out)?,
            },
            _ => self.print_value(expr, scope, &mut out)?,
        }
        Ok(Printed { text: out.text, spans: out.spans.unwrap_or_default(), origins: out.origins })
    }

    /// The text of a string with holes; facts go to the recording of the caller.
    pub(super) fn text_of_prose(&self, prose: &Prose, scope: &Scope<'_>) -> Outcome<String> {
        let mut out = Out { text: String::new(), spans: None, origins: None };
        self.print_parts(&prose.parts, scope, &mut out)?;
        Ok(out.text)
    }

    /// A value with the facts it was read from.
    pub fn traced(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<(Value, Facts)> {
        self.recorded(|| self.value(expr, scope))
    }

    /// Runs `work` and lists the facts it read.
    pub(crate) fn recorded<T>(&self, work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, Facts)> {
        let start = self.record.borrow().len();
        let recording = self.recording.replace(true);
        let result = work();
        self.recording.set(recording);
        let facts = facts_in(&mut self.record.borrow_mut(), start);
        Ok((result?, facts))
    }

    /// Notes that these facts were read, if anybody asks.
    pub(super) fn note_read(&self, facts: &[FactId]) {
        if self.recording.get() {
            self.record.borrow_mut().extend_from_slice(facts);
        }
    }

    fn print_parts(&self, parts: &[Part], scope: &Scope<'_>, out: &mut Out) -> Outcome<()> {
        for part in parts {
            match part {
                Part::Text(text, span) => {
                    if let Some(origins) = &mut out.origins {
                        origins.push(out.text.len(), *span);
                    }
                    out.text.push_str(text);
                }
                Part::Print(expr) => self.print_value(expr, scope, out)?,
                Part::If { branches, otherwise } => self.print_branch(branches, otherwise, scope, out)?,
                Part::For { variable, table, condition, body, otherwise } => {
                    self.print_loop(variable, table, condition.as_ref(), (body, otherwise), scope, out)?;
                }
            }
            self.spend(1 + out.text.len() as u64 / 4096, Span::default())?;
        }
        Ok(())
    }

    fn print_branch(
        &self,
        branches: &[(Expr, Vec<Part>)],
        otherwise: &[Part],
        scope: &Scope<'_>,
        out: &mut Out,
    ) -> Outcome<()> {
        for (condition, body) in branches {
            if self.is_set(condition, scope)? {
                return self.print_parts(body, scope, out);
            }
        }
        self.print_parts(otherwise, scope, out)
    }

    /// In text, `{% if x %}` also asks whether a value is there at all.
    fn is_set(&self, condition: &Expr, scope: &Scope<'_>) -> Outcome<bool> {
        Ok(match self.deciding(|| self.value(condition, scope))? {
            Value::Bool(yes) => yes,
            Value::None => false,
            Value::List(items) => !items.is_empty(),
            Value::Rows(rows) => !rows.indexes.is_empty(),
            _ => true,
        })
    }

    fn print_loop(
        &self,
        variable: &Ident,
        table: &Expr,
        condition: Option<&Expr>,
        (body, otherwise): (&[Part], &[Part]),
        scope: &Scope<'_>,
        out: &mut Out,
    ) -> Outcome<()> {
        let list = self.value(table, scope)?;
        let mut kept = Vec::new();
        for value in self.items(&list, table.span)? {
            if self.holds(condition, &scope.with(&variable.name, &value))? {
                kept.push(value);
            }
        }
        if kept.is_empty() {
            return self.print_parts(otherwise, scope, out);
        }
        let count = kept.len();
        for (index, value) in kept.into_iter().enumerate() {
            let number = Value::Number(crate::value::Number::from_i64(index as i64 + 1));
            let turn = [number, Value::Bool(index == 0), Value::Bool(index + 1 == count)];
            let turn = Value::List(turn.into());
            let outer = scope.with("loop", &turn);
            self.print_parts(body, &outer.with(&variable.name, &value), out)?;
        }
        Ok(())
    }

    fn print_value(&self, expr: &Expr, scope: &Scope<'_>, out: &mut Out) -> Outcome<()> {
        if let Some((id, arguments)) = self.phrase_call(expr, scope)? {
            let card = self.phrase(id, &arguments, scope, expr.span)?;
            self.print_card(card, out);
            return Ok(());
        }
        let start = out.text.len();
        if out.spans.is_some() {
            let (value, facts) = self.traced(expr, scope)?;
            self.print_plain(expr, &value, scope, &mut out.text)?;
            out.mark(start, facts);
            return Ok(());
        }
        let read = self.record.borrow().len();
        // What is printed is read as a fact even where nobody notes it.
        let noted = self.recording.replace(true);
        let value = self.value(expr, scope);
        self.recording.set(noted);
        self.print_plain(expr, &value?, scope, &mut out.text)?;
        if !noted || out.text.len() == start {
            self.record.borrow_mut().truncate(read);
        }
        Ok(())
    }

    fn print_card(&self, card: Printed, out: &mut Out) {
        let offset = out.text.len() as u32;
        out.text.push_str(&card.text);
        match &mut out.spans {
            Some(spans) => {
                spans.extend(card.spans.into_iter().map(|(from, to, facts)| (from + offset, to + offset, facts)))
            }
            None => card.spans.iter().for_each(|(_, _, facts)| self.note_read(facts)),
        }
    }

    /// Appends a value as the document at hand shows it.
    fn print_plain(&self, expr: &Expr, value: &Value, scope: &Scope<'_>, out: &mut String) -> Outcome<()> {
        let text = self.plain_text(value)?;
        let markup = matches!(&expr.kind, ExprKind::Filter(_, name, _) if matches!(&*name.name, "bullets" | "grid"));
        match scope.document().and_then(|site| site.escape.get()) {
            Some(escape) if !markup => out.push_str(&escape(&text)),
            _ => out.push_str(&text),
        }
        Ok(())
    }

    /// The phrases that an expression calls, with its arguments.
    fn phrase_call(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Option<(DeclarationId, Vec<Value>)>> {
        let (callee, arguments) = match &expr.kind {
            ExprKind::Call(callee, arguments) => (&**callee, arguments.as_slice()),
            _ => (expr, [].as_slice()),
        };
        let meaning = match &callee.kind {
            ExprKind::Name(name) if scope.local(name).is_none() => self.top_level(scope.module(), name),
            ExprKind::Member(base, member) => {
                self.module_of(base, scope).and_then(|module| self.top_level(module, &member.name))
            }
            _ => None,
        };
        let Some(Meaning::Declaration(id)) = meaning else { return Ok(None) };
        let declaration = self.program.get(id);
        if declaration.kind != Kind::Phrases {
            return Ok(None);
        }
        Ok(Some((id, self.argument_values(declaration, arguments, scope, expr.span)?)))
    }

    /// The next card of a deck of phrases that is true here [X2].
    pub(crate) fn phrase(
        &self,
        id: DeclarationId,
        arguments: &[Value],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Printed> {
        let declaration = self.program.get(id);
        let Some(deck) = &declaration.value else { return Ok(Printed::default()) };
        let Some(site) = scope.document() else {
            return Err(Fault::wrong("E0212", span, "phrases stand only in the text of a document, mail or message"));
        };
        let top = Scope::top(declaration.module);
        let top = top.inside(Frame::Top(declaration.module)).within_document(Some(site));
        self.deeper(span, || {
            self.with_params(&top, super::family::params(declaration), arguments, &mut |inner| {
                let card = self.next_card(id, deck, site, inner, span)?;
                self.printed(card, inner)
            })
        })
    }

    /// The first card in the deck's order that is unused and true. When every true card is used they all come back.
    fn next_card<'e>(
        &self,
        id: DeclarationId,
        deck: &'e Expr,
        site: &DocumentSite,
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<&'e Expr> {
        let Some(key) = &site.key else { return Err(Fault::NeedsSeed) };
        let key = self.deck_key(key, &self.address(id));
        let cards = cards_of(deck);
        let tickets = self.card_tickets(id, &cards);
        let mut true_cards = Vec::new();
        for index in key.shuffle(&tickets) {
            let (card, guard) = cards[index];
            if !self.holds(guard, scope)? {
                continue;
            }
            if site.take(id, index) {
                return Ok(card);
            }
            true_cards.push(index);
        }
        let Some(first) = true_cards.first() else { return Err(self.no_card(id, span)) };
        site.reshuffle(id, &true_cards);
        site.take(id, *first);
        Ok(cards[*first].0)
    }

    /// The key of a deck in a document. An older version of it said some things otherwise.
    fn deck_key(&self, document: &Key, deck: &str) -> Key {
        let usual = document.child(deck);
        match &self.variant.reworded {
            Some((key, share)) if key.child(deck).hits(*share) => {
                self.redealt.borrow_mut().insert(deck.to_string());
                usual.child("earlier")
            }
            _ => usual,
        }
    }

    fn no_card(&self, id: DeclarationId, span: Span) -> Fault {
        crate::diag::Diagnostic::error("E0505", span, "none of these phrases is true here")
            .cause(self.program.get(id).head, "the phrases")
            .help("add a phrase whose condition covers this case, or ask before you use it")
            .into()
    }

    /// What the cards of a deck are in draws: their wording as written. Made once.
    fn card_tickets(&self, id: DeclarationId, cards: &[(&Expr, Option<&Expr>)]) -> Rc<[Ticket]> {
        let mut decks = self.decks.borrow_mut();
        let make = || cards.iter().map(|(card, _)| Ticket::of(&self.as_written(card).unwrap_or_default())).collect();
        decks.entry(id).or_insert_with(make).clone()
    }

    /// How a value prints without a filter [V4], [V5], [X5].
    pub(crate) fn plain_text<'v>(&self, value: &'v Value) -> Outcome<Cow<'v, str>> {
        Ok(Cow::Owned(match value {
            Value::None => String::new(),
            Value::Number(number) => self.setting()?.locale.plain(number),
            Value::Text(text) => return Ok(Cow::Borrowed(text)),
            Value::Item(item) => match self.declaration_of(*item).kind {
                Kind::Persona => self.item_text(*item, "name", self.declaration_of(*item).head)?.unwrap_or_default(),
                _ => self.label(value),
            },
            Value::List(items) => self.joined(items, ", ")?,
            Value::Correspondent(stranger) => return Ok(Cow::Borrowed(&stranger.0)),
            other => other.to_text().unwrap_or_else(|| self.label(other)),
        }))
    }

    /// Runs `work` one level deeper, so that wording that calls itself ends in an error.
    pub(super) fn deeper<T>(&self, span: Span, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let depth = self.depth.get();
        if depth >= 200 {
            return Err(Fault::limit(span, "these call each other more than 200 deep"));
        }
        self.depth.set(depth + 1);
        let result = work();
        self.depth.set(depth);
        result
    }
}

/// The cards of a deck with their guards.
fn cards_of(deck: &Expr) -> Vec<(&Expr, Option<&Expr>)> {
    match &deck.kind {
        ExprKind::List(texts) => texts.iter().map(|text| (text, None)).collect(),
        ExprKind::Map(guarded) => guarded.iter().map(|(text, guard)| (text, Some(guard))).collect(),
        _ => vec![(deck, None)],
    }
}

/// Each fact once.
pub(crate) fn facts_of(mut facts: Vec<FactId>) -> Facts {
    facts.sort_unstable();
    facts.dedup();
    facts.into()
}

/// Takes what was recorded since `start`, each fact once.
fn facts_in(record: &mut Vec<FactId>, start: usize) -> Facts {
    let facts = match &record[start..] {
        [] => Facts::default(),
        [one] => Facts::from([*one].as_slice()),
        several => facts_of(several.to_vec()),
    };
    record.truncate(start);
    facts
}
