//! Text with holes, filled: what is printed, and from which facts [X1].

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::{Evaluator, Outcome, Scope};
use crate::document::Facts;
use crate::draw::Key;
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
    pub(super) key: Option<Key>,
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
    pub(super) fn take(&self, deck: DeclarationId, card: usize) -> bool {
        self.used.borrow_mut().entry(deck).or_default().insert(card)
    }

    /// Makes cards unused again.
    pub(super) fn reshuffle(&self, deck: DeclarationId, cards: &[usize]) {
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
