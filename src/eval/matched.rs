//! Questions to whole tables without asking all of it at every row. `x in table where x.a.b == value` is answered from an
//! index: rows are sorted once by what the path is worth on them, and later questions compare once for each worth.
//! `table where column in value` computes the value once if no row has a say in it, and `table where column == value` comes
//! from the index too. Where it is noted what decides, every row is asked, because each has read something.

use std::rc::Rc;

use super::{Evaluator, Outcome, Scope};
use crate::forms::Kind;
use crate::syntax::{Each, Expr, ExprKind, Operator};
use crate::value::{Item, Rows, Value};

/// A path with more different values than this is no grouping: then rows are compared one by one.
const MOST_GROUPS: usize = 64;

/// Turns of a whole family by what a path is worth on them; none where it has too many values.
pub(super) type Matches = Option<Rc<[(Value, Vec<u32>)]>>;

impl<'p> Evaluator<'p> {
    /// The rows for which an equation of one path with something outside the rows holds; `None` where the question is
    /// of another form.
    pub(super) fn matched(&self, rows: &Rows, each: &Each, scope: &Scope<'_>) -> Outcome<Option<Vec<u32>>> {
        let whole = rows.indexes.len() == self.shape(rows.family).all.len();
        let Some((path, other)) =
            each.condition.as_ref().and_then(|condition| equation(condition, &each.variable.name))
        else {
            return Ok(None);
        };
        if !whole || rows.indexes.is_empty() || self.notes_decisions() {
            return Ok(None);
        }
        self.deciding(|| self.matching(rows, path, other, each, scope))
    }

    fn matching(
        &self,
        rows: &Rows,
        path: &Expr,
        other: &Expr,
        each: &Each,
        scope: &Scope<'_>,
    ) -> Outcome<Option<Vec<u32>>> {
        let worth = |row| self.value(path, &scope.with(&each.variable.name, &Value::Item(row)));
        let Some(groups) = self.matches(rows, path_name(path), worth)? else { return Ok(None) };
        let wanted = self.value(other, scope)?;
        Ok(Some(self.equals_among(&groups, rows, &wanted)))
    }

    /// The rows of the groups whose worth is the same as a value, in the order of the rows.
    fn equals_among(&self, groups: &[(Value, Vec<u32>)], rows: &Rows, wanted: &Value) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for (_, indexes) in groups.iter().filter(|(worth, _)| self.same(worth, wanted)) {
            found.extend(indexes);
        }
        if self.shape(rows.family).wrong {
            // In a trap's world the numbers of rows are not their order.
            return rows.indexes.iter().copied().filter(|index| found.contains(index)).collect();
        }
        found.sort_unstable();
        found
    }

    /// All rows of a family by what something of that name is worth on them; sorted once.
    fn matches(&self, rows: &Rows, name: String, worth: impl Fn(Item) -> Outcome<Value>) -> Outcome<Matches> {
        let key = (rows.family, name);
        if let Some(known) = self.matched.borrow().get(&key) {
            return Ok(known.clone());
        }
        let mut groups: Vec<(Value, Vec<u32>)> = Vec::new();
        for index in rows.indexes.iter() {
            let worth = worth(Item { family: rows.family, index: *index })?;
            match groups.iter_mut().find(|(known, _)| *known == worth) {
                Some((_, indexes)) => indexes.push(*index),
                None => groups.push((worth, vec![*index])),
            }
            if groups.len() > MOST_GROUPS {
                break;
            }
        }
        let groups: Matches = (groups.len() <= MOST_GROUPS).then(|| groups.into());
        self.matched.borrow_mut().insert(key, groups.clone());
        Ok(groups)
    }
}

/// A condition on rows whose right side is the same for all of them.
pub(super) struct Comparison<'e> {
    left: &'e Expr,
    operator: Operator,
    right: Value,
}

impl<'p> Evaluator<'p> {
    /// A condition on rows as a comparison with a value known before any row is looked at, if it is that. Where draws
    /// or phrases may stand in it, each row asks anew.
    pub(super) fn fixed_comparison<'e>(
        &self,
        rows: &Rows,
        condition: &'e Expr,
        scope: &Scope<'_>,
    ) -> Outcome<Option<Comparison<'e>>> {
        let ExprKind::Binary(operator, left, right) = &condition.kind else { return Ok(None) };
        let Some(first) = rows.indexes.first() else { return Ok(None) };
        let plain = scope.draw_site().is_none() && scope.document().is_none();
        if !plain || !operator.compares() || self.notes_decisions() {
            return Ok(None);
        }
        let row = Item { family: rows.family, index: *first };
        let right = self.deciding(|| match self.is_free_of(row, right)? {
            true => self.value(right, scope).map(Some),
            false => Ok(None),
        })?;
        Ok(right.map(|right| Comparison { left, operator: *operator, right }))
    }

    /// The rows for which such a comparison holds, from the index, where it asks a whole family for one of its columns.
    pub(super) fn compares_all(&self, comparison: &Comparison<'_>, rows: &Rows) -> Outcome<Option<Vec<u32>>> {
        let (ExprKind::Name(column), Operator::Equal) = (&comparison.left.kind, comparison.operator) else {
            return Ok(None);
        };
        let shape = self.shape(rows.family);
        let is_table = self.program.get(shape.declaration).kind == Kind::Table;
        let whole = is_table && rows.indexes.len() == shape.all.len();
        let Some(member) = shape.member(column).filter(|_| whole) else { return Ok(None) };
        let worth = |row| self.worth(row, member, comparison.left.span);
        let groups = self.deciding(|| self.matches(rows, column.to_string(), worth))?;
        Ok(groups.map(|groups| self.equals_among(&groups, rows, &comparison.right)))
    }

    /// Whether such a comparison holds on a row.
    pub(super) fn compares(&self, comparison: &Comparison<'_>, row: &Scope<'_>) -> Outcome<bool> {
        let left = self.deciding(|| self.value(comparison.left, row))?;
        let held = self.operate(comparison.operator, left, comparison.right.clone(), comparison.left.span)?;
        Ok(held == Value::Bool(true))
    }

    /// Whether an expression says the same on every row: none of its names is bare on them.
    fn is_free_of(&self, row: Item, expr: &Expr) -> Outcome<bool> {
        let all = |parts: &[&Expr]| -> Outcome<bool> {
            for part in parts {
                if !self.is_free_of(row, part)? {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        match &expr.kind {
            ExprKind::Name(name) => {
                Ok(self.bare_member(row, name, expr.span)?.is_none() && self.inner_block(row, name).is_none())
            }
            ExprKind::Member(base, _) => self.is_free_of(row, base),
            ExprKind::Range(from, to) => all(&[from, to]),
            ExprKind::Call(callee, arguments) if arguments.iter().all(|argument| argument.each.is_none()) => {
                let parts: Vec<&Expr> = arguments.iter().map(|argument| &argument.value).collect();
                Ok(self.is_free_of(row, callee)? && all(&parts)?)
            }
            _ => Ok(is_literal(expr)),
        }
    }
}

/// The two sides of `x.a.b == value`, the path from the variable first.
fn equation<'e>(condition: &'e Expr, variable: &str) -> Option<(&'e Expr, &'e Expr)> {
    let ExprKind::Binary(Operator::Equal, left, right) = &condition.kind else { return None };
    let is_path =
        |expr: &Expr| root(expr).is_some_and(|name| name == variable) && !matches!(expr.kind, ExprKind::Name(_));
    let stands_alone = |expr: &Expr| is_literal(expr) || root(expr).is_some_and(|name| name != variable);
    match (is_path(left), is_path(right)) {
        (true, false) if stands_alone(right) => Some((left, right)),
        (false, true) if stands_alone(left) => Some((right, left)),
        _ => None,
    }
}

/// The name a path of members starts with.
fn root(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Member(base, _) => root(base),
        _ => None,
    }
}

fn is_literal(expr: &Expr) -> bool {
    use ExprKind::{Bool, Date, Month, Number, Text};
    matches!(expr.kind, Bool(_) | Number(_) | Text(_) | Date(_) | Month(_))
}

/// `.t.a.c` of `x.t.a.c`.
fn path_name(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Member(base, member) => format!("{}.{}", path_name(base), member.name),
        _ => String::new(),
    }
}
