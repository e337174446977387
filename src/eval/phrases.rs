//! Phrases: decks of wording, dealt by the document they stand in and what they are called [X2].

use std::rc::Rc;

use super::family::params;
use super::prose::DocumentSite;
use super::scope::Meaning;
use super::{Evaluator, Fault, Frame, Outcome, Printed, Scope};
use crate::diag::Diagnostic;
use crate::draw::{Key, Ticket};
use crate::forms::Kind;
use crate::resolve::program::DeclarationId;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};
use crate::value::Value;

impl Evaluator<'_> {
    /// The phrases that an expression calls, with its arguments.
    pub(super) fn phrase_call(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Option<(DeclarationId, Vec<Value>)>> {
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
            self.with_params(&top, params(declaration), arguments, &mut |inner| {
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
        Diagnostic::error("E0505", span, "none of these phrases is true here")
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
}

/// The cards of a deck with their guards.
fn cards_of(deck: &Expr) -> Vec<(&Expr, Option<&Expr>)> {
    match &deck.kind {
        ExprKind::List(texts) => texts.iter().map(|text| (text, None)).collect(),
        ExprKind::Map(guarded) => guarded.iter().map(|(text, guard)| (text, Some(guard))).collect(),
        _ => vec![(deck, None)],
    }
}
