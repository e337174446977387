//! What can be said about moments without a seed: whether something surely happens in the month.

use crate::forms::Kind;
use crate::resolve::program::{Declaration, Program, Target};
use crate::syntax::{Expr, ExprKind, Operator};
use crate::value::{Date, Month};

/// Whether a moment surely lies in the month, from its first working day on.
pub(crate) fn certainly_in_month(program: &Program, declaration: &Declaration, expr: &Expr) -> bool {
    in_month(program, declaration, expr, 0)
}

fn in_month(program: &Program, declaration: &Declaration, expr: &Expr, depth: u32) -> bool {
    if depth > 16 {
        return false;
    }
    match &expr.kind {
        ExprKind::WorkingDay(..) => true,
        ExprKind::Date(date) | ExprKind::Moment(date, _) => world_month(program) == Some(date_month(*date)),
        ExprKind::Binary(Operator::Add, left, right) => {
            in_month(program, declaration, left, depth + 1) && is_span(right)
                || in_month(program, declaration, right, depth + 1) && is_span(left)
        }
        ExprKind::Name(name) => named_in_month(program, declaration, name, depth),
        ExprKind::Member(base, field) => member_in_month(program, declaration, base, &field.name, depth),
        ExprKind::Call(callee, arguments) => {
            let after = matches!(&callee.kind, ExprKind::Name(name) if &**name == "workdays_after");
            after && arguments.first().is_some_and(|first| in_month(program, declaration, &first.value, depth + 1))
        }
        _ => false,
    }
}

fn is_span(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Time(_) | ExprKind::Duration(_))
}

fn named_in_month(program: &Program, declaration: &Declaration, name: &str, depth: u32) -> bool {
    if name == "due"
        && let Some(objective) = enclosing(program, declaration, Kind::Objective)
    {
        return objective.field("due").is_some_and(|due| in_month(program, objective, &due.value, depth + 1));
    }
    match top(program, declaration, name) {
        Some(named) if matches!(named.kind, Kind::Let) && !named.draw => {
            named.value.as_ref().is_some_and(|value| in_month(program, named, value, depth + 1))
        }
        _ => false,
    }
}

fn member_in_month(program: &Program, declaration: &Declaration, base: &Expr, field: &str, depth: u32) -> bool {
    let Some(block) = block_named(program, declaration, base) else { return false };
    let field = block.field(field).filter(|field| !field.draw);
    field.is_some_and(|field| in_month(program, block, &field.value, depth + 1))
}

/// The block that a dotted path names.
pub(crate) fn block_named<'p>(program: &'p Program, from: &Declaration, expr: &Expr) -> Option<&'p Declaration> {
    match &expr.kind {
        ExprKind::Name(name) => top(program, from, name),
        ExprKind::Member(base, name) => {
            let block = block_named(program, from, base)?;
            let children = block.children.iter().map(|id| program.get(*id));
            children.into_iter().find(|child| child.name.as_ref().is_some_and(|own| own.name == name.name))
        }
        ExprKind::Call(callee, _) => block_named(program, from, callee),
        _ => None,
    }
}

fn top<'p>(program: &'p Program, from: &Declaration, name: &str) -> Option<&'p Declaration> {
    match program.modules[from.module.0 as usize].names.get(name) {
        Some(Target::Declaration(id)) => Some(program.get(*id)),
        _ => None,
    }
}

fn enclosing<'p>(program: &'p Program, from: &Declaration, kind: Kind) -> Option<&'p Declaration> {
    let mut at = Some(from.id);
    while let Some(id) = at {
        let block = program.get(id);
        if block.kind == kind {
            return Some(block);
        }
        at = block.parent;
    }
    None
}

/// The month of the world, if it is typed.
pub(crate) fn world_month(program: &Program) -> Option<Month> {
    match program.get(program.world).field("month")?.value.kind {
        ExprKind::Month(month) => Some(month),
        _ => None,
    }
}

/// The month a date lies in.
pub(crate) fn date_month(date: Date) -> Month {
    date.month()
}
