//! Charts: rows grouped by one value, others summed [X6].

use crate::document::{Chart, ChartKind, Series};
use crate::eval::{Evaluator, Fault, Frame, Outcome, Scope};
use crate::resolve::program::{Declaration, FieldDeclaration};
use crate::syntax::{Expr, ExprKind};
use crate::value::{FactId, Number, Value};

/// What one point of a chart sums, and from which facts.
type Sum = (Number, Vec<FactId>);

/// The name of a chart in a scope that has its template's parameters.
pub(super) fn name(eval: &Evaluator<'_>, declaration: &Declaration, scope: &Scope<'_>) -> Outcome<String> {
    declaration.label.as_ref().map_or(Ok(String::new()), |label| Ok(eval.printed(label, scope)?.text))
}

/// The chart of a declaration; its title is its name unless it has one.
pub(super) fn chart(eval: &Evaluator<'_>, declaration: &Declaration, name: &str, scope: &Scope<'_>) -> Outcome<Chart> {
    let series = values(eval, declaration, scope)?;
    let mut groups: Vec<(String, Vec<Sum>)> = Vec::new();
    let rows = match declaration.field("rows") {
        Some(field) => eval.items(&eval.value(&field.value, scope)?, field.value.span)?,
        None => Vec::new(),
    };
    for row in &rows {
        let (category, sums) = point(eval, declaration, &series, row, scope)?;
        match groups.iter_mut().find(|(known, _)| *known == category) {
            Some((_, totals)) => add(eval, declaration, totals, sums)?,
            None => groups.push((category, sums)),
        }
    }
    let title = match declaration.field("title") {
        Some(field) => eval.printed(&field.value, scope)?.text,
        None => name.to_owned(),
    };
    let of = |at: usize| {
        let sums = groups.iter().map(|(_, sums)| (sums[at].0, crate::eval::facts_of(sums[at].1.clone())));
        sums.collect()
    };
    let series = series.into_iter().enumerate().map(|(at, (name, _))| Series { name, values: of(at) }).collect();
    let categories = groups.iter().map(|(category, _)| category.clone()).collect();
    Ok(Chart { kind: kind(eval, declaration, scope)?, title, categories, series })
}

fn kind(eval: &Evaluator<'_>, declaration: &Declaration, scope: &Scope<'_>) -> Outcome<ChartKind> {
    let kind = declaration.field("kind").map(|field| eval.text(&field.value, scope)).transpose()?;
    Ok(match kind.as_deref() {
        Some("bar") => ChartKind::Bar,
        Some("line") => ChartKind::Line,
        Some("pie") => ChartKind::Pie,
        _ => ChartKind::Column,
    })
}

/// The series: each entry of a map, or the one value that is drawn, called by its column.
fn values<'e>(
    eval: &Evaluator<'_>,
    declaration: &'e Declaration,
    scope: &Scope<'_>,
) -> Outcome<Vec<(String, &'e Expr)>> {
    let value = &field(declaration, "value")?.value;
    match &value.kind {
        ExprKind::Map(entries) => {
            entries.iter().map(|(name, value)| Ok((eval.printed(name, scope)?.text, value))).collect()
        }
        ExprKind::Name(name) => Ok(vec![(capitalised(name), value)]),
        ExprKind::Member(_, member) => Ok(vec![(capitalised(&member.name), value)]),
        _ => Ok(vec![("Value".to_owned(), value)]),
    }
}

fn field<'e>(declaration: &'e Declaration, name: &str) -> Outcome<&'e FieldDeclaration> {
    declaration.field(name).ok_or_else(|| Fault::wrong("E0106", declaration.head, format!("a chart needs `{name}`")))
}

/// The category of a row, and what it adds to each series.
fn point(
    eval: &Evaluator<'_>,
    declaration: &Declaration,
    series: &[(String, &Expr)],
    row: &Value,
    scope: &Scope<'_>,
) -> Outcome<(String, Vec<Sum>)> {
    let local = scope.with("row", row);
    let inner = match row {
        Value::Item(item) => local.inside(Frame::Item(*item)),
        _ => local.inside(Frame::Local("", &Value::None)),
    };
    let category = eval.plain_text(&eval.value(&field(declaration, "by")?.value, &inner)?)?.into_owned();
    let sums = series.iter().map(|(_, value)| match eval.traced(value, &inner)? {
        (Value::Number(number), facts) => Ok((number, facts.to_vec())),
        (Value::None, facts) => Ok((Number::ZERO, facts.to_vec())),
        (other, _) => Err(eval.type_fault(declaration.head, "a number to draw", &other)),
    });
    Ok((category, sums.collect::<Outcome<_>>()?))
}

fn add(eval: &Evaluator<'_>, declaration: &Declaration, totals: &mut [Sum], sums: Vec<Sum>) -> Outcome<()> {
    for ((total, all), (value, facts)) in totals.iter_mut().zip(sums) {
        *total = eval.arithmetic(total.add(value), declaration.head)?;
        all.extend(facts);
    }
    Ok(())
}

fn capitalised(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
