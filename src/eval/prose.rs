//! Text with holes, filled: what is printed, and from which facts [X1]. Phrases draw their wording here [X2].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::scope::Meaning;
use super::{Evaluator, Fault, Frame, Outcome, Scope};
use crate::document::Facts;
use crate::draw::Key;
use crate::forms::Kind;
use crate::resolve::program::DeclarationId;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident, Loaded, Part, Prose};
use crate::value::{FactId, Value};

/// Text with the facts it printed: byte ranges of `text`, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Printed {
    pub text: String,
    pub spans: Vec<(u32, u32, Facts)>,
}

/// A document while it is written: the address its phrases draw by, and the cards they have used.
pub(crate) struct DocumentSite {
    key: Option<Key>,
    used: RefCell<BTreeMap<DeclarationId, BTreeSet<usize>>>,
    /// Makes a printed value inert in the document's markup.
    escape: fn(&str) -> String,
}

impl DocumentSite {
    /// A document with the key of its address.
    pub fn new(key: Option<Key>, escape: fn(&str) -> String) -> DocumentSite {
        DocumentSite { key, used: RefCell::default(), escape }
    }
}

impl<'p> Evaluator<'p> {
    /// Text and facts of an expression: a string, a loaded body, or anything that prints.
    pub fn printed(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Printed> {
        let mut out = Printed::default();
        match &expr.kind {
            ExprKind::Text(text) => out.text.push_str(&text.value),
            ExprKind::Prose(prose) => self.print_parts(&prose.parts, scope, &mut out)?,
            ExprKind::Loaded(loaded) => match &**loaded {
                Loaded::Body { prose, .. } => self.print_parts(&prose.parts, scope, &mut out)?,
                _ => self.print_value(expr, scope, &mut out)?,
            },
            _ => self.print_value(expr, scope, &mut out)?,
        }
        Ok(out)
    }

    /// The text of a string with holes; facts go to the recording of the caller.
    pub(super) fn text_of_prose(&self, prose: &Prose, scope: &Scope<'_>) -> Outcome<String> {
        let outer = self.recording.get();
        let mut out = Printed::default();
        self.print_parts(&prose.parts, scope, &mut out)?;
        if outer {
            let mut record = self.record.borrow_mut();
            record.extend(out.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied()));
        }
        Ok(out.text)
    }

    /// A value with the facts it was read from.
    pub fn traced(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<(Value, Vec<FactId>)> {
        self.recorded(|| self.value(expr, scope))
    }

    /// Runs `work` and lists the facts it read.
    pub(super) fn recorded<T>(&self, work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, Vec<FactId>)> {
        let outer = self.record.replace(Vec::new());
        let recording = self.recording.replace(true);
        let result = work();
        self.recording.set(recording);
        let mut facts = self.record.replace(outer);
        facts.sort_unstable();
        facts.dedup();
        Ok((result?, facts))
    }

    /// Notes that these facts were read, if anybody asks.
    pub(super) fn note_read(&self, facts: &[FactId]) {
        if self.recording.get() {
            self.record.borrow_mut().extend_from_slice(facts);
        }
    }

    fn print_parts(&self, parts: &[Part], scope: &Scope<'_>, out: &mut Printed) -> Outcome<()> {
        for part in parts {
            match part {
                Part::Text(text, _) => out.text.push_str(text),
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
        out: &mut Printed,
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
        let saved = self.recording.replace(false);
        let value = self.value(condition, scope);
        self.recording.set(saved);
        Ok(match value? {
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
        out: &mut Printed,
    ) -> Outcome<()> {
        let list = self.value(table, scope)?;
        let mut kept = Vec::new();
        for value in self.items(&list, table.span)? {
            if self.holds(condition, &scope.with(&variable.name, value.clone()))? {
                kept.push(value);
            }
        }
        if kept.is_empty() {
            return self.print_parts(otherwise, scope, out);
        }
        let count = kept.len();
        let loop_name: Arc<str> = Arc::from("loop");
        for (index, value) in kept.into_iter().enumerate() {
            let number = Value::Number(crate::value::Number::from_i64(index as i64 + 1));
            let turn = [number, Value::Bool(index == 0), Value::Bool(index + 1 == count)];
            let outer = scope.with(&loop_name, Value::List(turn.into()));
            self.print_parts(body, &outer.with(&variable.name, value), out)?;
        }
        Ok(())
    }

    fn print_value(&self, expr: &Expr, scope: &Scope<'_>, out: &mut Printed) -> Outcome<()> {
        if let Some((id, arguments)) = self.phrase_call(expr, scope)? {
            let card = self.phrase(id, &arguments, scope, expr.span)?;
            let offset = out.text.len() as u32;
            out.text.push_str(&card.text);
            out.spans.extend(card.spans.into_iter().map(|(from, to, facts)| (from + offset, to + offset, facts)));
            return Ok(());
        }
        let (value, facts) = self.traced(expr, scope)?;
        let text = self.plain_text(&value)?;
        let markup = matches!(&expr.kind, ExprKind::Filter(_, name, _) if matches!(&*name.name, "bullets" | "grid"));
        let text = match scope.document() {
            Some(site) if !markup => (site.escape)(&text),
            _ => text,
        };
        let start = out.text.len() as u32;
        out.text.push_str(&text);
        if !facts.is_empty() && !text.is_empty() {
            out.spans.push((start, out.text.len() as u32, facts.into()));
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
    pub(super) fn phrase(
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
                let cards = self.true_cards(deck, inner)?;
                let card = self.next_card(id, &cards, site, span)?;
                self.printed(card, inner)
            })
        })
    }

    /// The cards whose guards hold, with their positions in the deck.
    fn true_cards<'e>(&self, deck: &'e Expr, scope: &Scope<'_>) -> Outcome<Vec<(usize, &'e Expr)>> {
        let mut cards = Vec::new();
        match &deck.kind {
            ExprKind::List(texts) => cards.extend(texts.iter().enumerate()),
            ExprKind::Map(guarded) => {
                for (index, (text, guard)) in guarded.iter().enumerate() {
                    if self.holds(Some(guard), scope)? {
                        cards.push((index, text));
                    }
                }
            }
            _ => cards.push((0, deck)),
        }
        Ok(cards)
    }

    fn next_card<'e>(
        &self,
        id: DeclarationId,
        cards: &[(usize, &'e Expr)],
        site: &DocumentSite,
        span: Span,
    ) -> Outcome<&'e Expr> {
        let declaration = self.program.get(id);
        if cards.is_empty() {
            return Err(crate::diag::Diagnostic::error("E0505", span, "none of these phrases is true here")
                .cause(declaration.head, "the phrases")
                .help("add a phrase whose condition covers this case, or ask before you use it")
                .into());
        }
        let Some(key) = &site.key else { return Err(Fault::NeedsSeed) };
        let key = key.child(&self.address(id));
        let mut used = site.used.borrow_mut();
        let used = used.entry(id).or_default();
        if cards.iter().all(|(index, _)| used.contains(index)) {
            for (index, _) in cards {
                used.remove(index);
            }
        }
        let next = cards
            .iter()
            .filter(|(index, _)| !used.contains(index))
            .min_by_key(|(_, card)| key.child(&self.as_written(card).unwrap_or_default()));
        let (index, card) = next.copied().unwrap_or(cards[0]);
        used.insert(index);
        Ok(card)
    }

    /// How a value prints without a filter [V4], [V5], [X5].
    pub(crate) fn plain_text(&self, value: &Value) -> Outcome<String> {
        Ok(match value {
            Value::None => String::new(),
            Value::Number(number) => self.setting()?.locale.plain(number),
            Value::Text(text) => text.to_string(),
            Value::Item(item) => match self.declaration_of(*item).kind {
                Kind::Persona => self.item_text(*item, "name", self.declaration_of(*item).head)?.unwrap_or_default(),
                _ => self.label(value),
            },
            Value::List(items) => {
                let texts: Outcome<Vec<String>> = items.iter().map(|item| self.plain_text(item)).collect();
                texts?.join(", ")
            }
            Value::Correspondent(stranger) => stranger.0.to_string(),
            other => other.to_text().unwrap_or_else(|| self.label(other)),
        })
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

/// Shares printed facts.
pub(crate) fn facts_of(mut facts: Vec<FactId>) -> Facts {
    facts.sort_unstable();
    facts.dedup();
    facts.into()
}
