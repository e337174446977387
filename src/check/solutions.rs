//! Whether the oracle can compose what it hands in from the checks alone [O5].

use crate::diag::Diagnostic;
use crate::forms::{self, Kind};
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Operator, RuleKind};

use super::Checker;
use super::walk::each_expr;

/// A part of a check that says too little about what is to be made.
struct Vague {
    span: Span,
    why: &'static str,
}

impl Checker<'_> {
    /// A deliverable without `solution` is composed from its checks, so that each must say what stands there.
    pub(super) fn check_composable(&mut self, part: &Declaration) {
        if part.kind != Kind::Deliver || part.field("solution").is_some() {
            return;
        }
        let checks = part.rules.iter().filter(|rule| rule.kind == RuleKind::Check);
        let Some(vague) = checks.filter_map(|rule| vague(&rule.condition)).next() else { return };
        let name = self.named(part.id);
        self.emit(
            Diagnostic::error(
                "E0414",
                vague.span,
                format!("the {name} cannot be composed from this check, and has no `solution`"),
            )
            .label(vague.why)
            .cause(self.place_of(part.id), "the deliverable")
            .help("say what a faultless worker hands in, `solution = template(…)`, or check one reading against one value"),
        );
    }
}

/// The first part of a condition from which nothing can be composed.
fn vague(condition: &Expr) -> Option<Vague> {
    if !is_read(condition) {
        return None;
    }
    let because = |why| Some(Vague { span: condition.span, why });
    match &condition.kind {
        ExprKind::Binary(Operator::And, left, right) => vague(left).or_else(|| vague(right)),
        ExprKind::Binary(Operator::Or, ..) => because("either will do"),
        ExprKind::Binary(Operator::NotEqual, ..) => because("says only what it must not be"),
        ExprKind::Binary(_, left, right) if is_read(left) && is_read(right) => because("compares two readings"),
        ExprKind::Binary(_, left, right) if !is_reading(left) && !is_reading(right) => {
            because("calculates with what is read")
        }
        ExprKind::Within(comparison, _) => vague(comparison),
        ExprKind::Not(inner) if !is_reading(inner) => because("says only what it must not be"),
        ExprKind::Call(callee, arguments) => vague_call(condition.span, callee, arguments),
        _ => None,
    }
}

fn vague_call(span: Span, callee: &Expr, arguments: &[Argument]) -> Option<Vague> {
    match (&callee.kind, arguments) {
        (ExprKind::Name(name), _) if &**name == "any" => Some(Vague { span, why: "either will do" }),
        (ExprKind::Name(name), [condition, ..]) if &**name == "if" && is_read(&condition.value) => {
            Some(Vague { span, why: "either will do" })
        }
        (ExprKind::Name(name), [_, branches @ ..]) if &**name == "if" => {
            branches.iter().find_map(|branch| vague(&branch.value))
        }
        (ExprKind::Name(name), [members]) if matches!(&**name, "each" | "all") => {
            members.each.as_ref().and_then(|each| each.body.as_ref()).and_then(vague)
        }
        _ => None,
    }
}

/// Whether an expression holds a word of the run.
fn is_read(expr: &Expr) -> bool {
    let mut found = false;
    each_expr(expr, &mut |inner| found |= is_reading(inner));
    found
}

/// Whether an expression is one word of the run: `words`, `value("Total")`, `memo.words`.
fn is_reading(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => forms::is_run_word(name),
        ExprKind::Member(_, member) => forms::is_run_word(&member.name),
        ExprKind::Call(callee, _) => is_reading(callee),
        _ => false,
    }
}
