//! Visits every expression inside another, also those printed in text.

use crate::syntax::{Expr, ExprKind, Loaded, Part, Prose};

/// Calls `visit` for the expression and for everything inside it, outermost first.
pub(crate) fn each_expr<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::Prose(prose) => each_in_prose(prose, visit),
        ExprKind::Loaded(loaded) => {
            if let Loaded::Body { prose, .. } = &**loaded {
                each_in_prose(prose, visit);
            }
        }
        ExprKind::List(items) => items.iter().for_each(|item| each_expr(item, visit)),
        ExprKind::Map(entries) => entries.iter().for_each(|(key, value)| {
            each_expr(key, visit);
            each_expr(value, visit);
        }),
        ExprKind::Member(base, _) => each_expr(base, visit),
        ExprKind::Call(callee, arguments) => {
            each_expr(callee, visit);
            arguments.iter().for_each(|argument| each_in_argument(argument, visit));
        }
        ExprKind::Not(inner) | ExprKind::Negate(inner) => each_expr(inner, visit),
        ExprKind::Binary(_, left, right)
        | ExprKind::Range(left, right)
        | ExprKind::Within(left, right)
        | ExprKind::Where(left, right) => {
            each_expr(left, visit);
            each_expr(right, visit);
        }
        ExprKind::Filter(value, _, arguments) => {
            each_expr(value, visit);
            arguments.iter().for_each(|argument| each_expr(argument, visit));
        }
        _ => {}
    }
}

fn each_in_argument<'e>(argument: &'e crate::syntax::Argument, visit: &mut dyn FnMut(&'e Expr)) {
    each_expr(&argument.value, visit);
    let parts = argument.each.iter().flat_map(|each| each.condition.iter().chain(&each.body));
    parts.for_each(|part| each_expr(part, visit));
}

/// Calls `visit` for every expression in a text.
pub(crate) fn each_in_prose<'e>(prose: &'e Prose, visit: &mut dyn FnMut(&'e Expr)) {
    prose.parts.iter().for_each(|part| each_in_part(part, visit));
}

fn each_in_part<'e>(part: &'e Part, visit: &mut dyn FnMut(&'e Expr)) {
    match part {
        Part::Text(..) => {}
        Part::Print(expr) => each_expr(expr, visit),
        Part::For { table, condition, body, otherwise, .. } => {
            each_expr(table, visit);
            condition.iter().for_each(|condition| each_expr(condition, visit));
            body.iter().chain(otherwise).for_each(|part| each_in_part(part, visit));
        }
        Part::If { branches, otherwise } => {
            for (condition, body) in branches {
                each_expr(condition, visit);
                body.iter().for_each(|part| each_in_part(part, visit));
            }
            otherwise.iter().for_each(|part| each_in_part(part, visit));
        }
    }
}
