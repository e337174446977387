//! Topics: the phrases that open a tell, and whether something the agent can see speaks of them [P2], [S3].

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Operator};
use crate::value::Moment;
use crate::value::topic::{Word, is_only_names, speaks_of};

use super::Checker;
use super::timing::{block_named, enclosing};
use super::visibility::{Seen, in_time};
use super::walk::each_expr;

/// A phrase of `asked(…)` that is the same at every seed.
struct Topic {
    text: String,
    span: Span,
    words: Vec<Word>,
}

impl Checker<'_> {
    /// No topic is only a name: that would open nothing.
    pub(super) fn check_topics(&mut self) {
        let tells = self.program.declarations.iter().filter(|block| block.kind == Kind::Tell);
        let topics: Vec<Topic> = tells.flat_map(|tell| self.topics_of(tell)).collect();
        if topics.is_empty() {
            return;
        }
        let names: Vec<Word> = self.eval.proper_names().iter().flat_map(|name| self.listener.words(name)).collect();
        for topic in topics.iter().filter(|topic| is_only_names(&topic.words, &names)) {
            self.emit(
                Diagnostic::error(
                    "E0413",
                    topic.span,
                    format!("\"{}\" is only a name, and a name alone opens no topic", topic.text),
                )
                .label("names people or places, not what is asked")
                .help(format!("add what is asked about: \"{} delivery\"", topic.text)),
            );
        }
    }

    /// Whether something that can be seen in time names the teller or speaks of the topic.
    pub(super) fn points_at(&self, tell: &Declaration, by: Option<Moment>, seen: &[Seen]) -> bool {
        let topics = tell.field("when").map_or_else(Vec::new, |when| self.topics_in(tell, naming(&when.value)));
        let teller = tell.parent;
        let visible = seen.iter().filter(|seen| !seen.told && in_time(seen.at, by));
        let mut visible = visible.filter(|seen| !self.is_held(seen.block));
        visible.any(|seen| {
            let named = teller.is_some_and(|teller| seen.people.contains(&teller) || self.sent_by(seen.block, teller));
            named || topics.iter().any(|topic| speaks_of(seen.heard(&self.listener), &topic.words))
        })
    }

    /// Files in somebody's hands are not seen before they are sent.
    fn is_held(&self, id: DeclarationId) -> bool {
        enclosing(self.program, id, Kind::Persona).is_some()
    }

    /// A brief or other mail of the teller herself names her.
    fn sent_by(&self, block: DeclarationId, teller: DeclarationId) -> bool {
        let block = self.program.get(block);
        let from = block.field("from").filter(|_| block.kind == Kind::Mail);
        let is_brief = self.program.declarations.iter().any(|objective| {
            objective.kind == Kind::Objective && self.brief_of(objective).is_some_and(|brief| brief.id == block.id)
        });
        is_brief
            && from
                .and_then(|from| block_named(self.program, block, &from.value))
                .is_some_and(|person| person.id == teller)
    }

    /// The phrases that a tell listens for.
    fn topics_of(&self, tell: &Declaration) -> Vec<Topic> {
        tell.field("when").map_or_else(Vec::new, |when| self.topics_in(tell, vec![&when.value]))
    }

    fn topics_in(&self, tell: &Declaration, conditions: Vec<&Expr>) -> Vec<Topic> {
        let mut topics = Vec::new();
        for condition in conditions {
            each_asked(condition, &mut |argument| self.typed_phrases(tell, argument, &mut topics));
        }
        topics
    }

    fn typed_phrases(&self, block: &Declaration, expr: &Expr, topics: &mut Vec<Topic>) {
        match &expr.kind {
            ExprKind::Text(text) => topics.push(Topic {
                text: text.value.to_string(),
                span: expr.span,
                words: self.listener.words(&text.value),
            }),
            ExprKind::List(items) => items.iter().for_each(|item| self.typed_phrases(block, item, topics)),
            ExprKind::Name(_) | ExprKind::Member(..) => {
                if let Some(named) = block_named(self.program, block, expr)
                    && let (Kind::Let, Some(value)) = (named.kind, &named.value)
                {
                    self.typed_phrases(named, value, topics);
                }
            }
            _ => {}
        }
    }
}

/// Calls `visit` for every argument of an `asked`.
fn each_asked<'e>(condition: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    each_expr(condition, &mut |expr| {
        if let ExprKind::Call(callee, arguments) = &expr.kind
            && matches!(&callee.kind, ExprKind::Name(name) if &**name == "asked")
        {
            arguments.iter().for_each(|argument| visit(&argument.value));
        }
    });
}

/// The parts of a condition that name what is asked: of an `and` the first that waits for words. The others only narrow
/// it, with words as common as "how" or "when", and whoever writes those points at nothing.
fn naming(condition: &Expr) -> Vec<&Expr> {
    match &condition.kind {
        ExprKind::Binary(Operator::And, left, right) => naming(if waits_for_words(left) { left } else { right }),
        ExprKind::Binary(Operator::Or, left, right) => naming(left).into_iter().chain(naming(right)).collect(),
        _ => vec![condition],
    }
}

fn waits_for_words(condition: &Expr) -> bool {
    let mut waits = false;
    each_asked(condition, &mut |_| waits = true);
    waits
}
