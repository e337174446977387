//! `live(…)`: an expression becomes a spreadsheet formula and its value, computed in decimals [X6].

use crate::document::{CellValue, FormulaError};
use crate::eval::{Fault, Outcome, Scope};
use crate::plan::workbook::Layout;
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Operator};
use crate::value::{FactId, Number, Value};

/// Days from the one that spreadsheet programs count as 0 until 1970.
const DAYS_BEFORE_1970: i64 = 25_569;

/// A formula without its `=`, its true result or the error it shows, and the facts it stands on.
pub(super) struct Formula {
    pub text: String,
    pub value: Result<Number, FormulaError>,
    pub facts: Vec<FactId>,
    /// Needs no parentheses inside another formula.
    pub tight: bool,
}

/// The inside of `live(…)`.
pub(super) fn live(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Call(callee, arguments) => match (&callee.kind, arguments.as_slice()) {
            (ExprKind::Name(name), [argument]) if &**name == "live" => Some(&argument.value),
            _ => None,
        },
        _ => None,
    }
}

/// Column letters of a position from 0: `A`, `Z`, `AA`.
pub(super) fn letters(column: u32) -> String {
    let mut text = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}

/// Row and column from 0 of a cell as people write it: `B6`.
pub(super) fn place(text: &str) -> Option<(u32, u32)> {
    let split = text.find(|letter: char| letter.is_ascii_digit())?;
    let (column, row) = text.split_at(split);
    if column.is_empty() || column.len() > 3 || !column.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let column = column.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    (column <= 16_384).then_some((row - 1, column - 1))
}

/// A sheet's name in a formula.
pub(super) fn quoted(name: &str) -> String {
    let bare = name.chars().next().is_some_and(|first| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && place(&name.to_ascii_uppercase()).is_none();
    if bare { name.to_string() } else { format!("'{}'", name.replace('\'', "''")) }
}

/// The formula of an expression in a cell of a sheet.
pub(super) fn compile(layout: &Layout<'_>, expr: &Expr, scope: &Scope<'_>, sheet: usize, row: u32) -> Outcome<Formula> {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) => {
            let sign = match operator {
                Operator::Add => '+',
                Operator::Subtract => '-',
                Operator::Multiply | Operator::Of => '*',
                Operator::Divide => '/',
                _ => return Err(refused(expr.span)),
            };
            let left = compile(layout, left, scope, sheet, row)?;
            let right = compile(layout, right, scope, sheet, row)?;
            calculate(layout, sign, left, right, expr.span)
        }
        ExprKind::Negate(inner) => {
            let inner = compile(layout, inner, scope, sheet, row)?;
            let text = format!("-{}", grouped(&inner));
            Ok(Formula { text, value: inner.value.map(Number::negate), facts: inner.facts, tight: false })
        }
        ExprKind::Call(callee, arguments) => match &callee.kind {
            ExprKind::Name(name) if &**name == "col" => own_cell(layout, arguments, scope, sheet, row, expr.span),
            ExprKind::Name(name) if matches!(&**name, "sum" | "min" | "max" | "count") => {
                aggregate(layout, name, arguments, scope, sheet, expr)
            }
            ExprKind::Name(name) if &**name == "round" => rounded(layout, arguments, scope, sheet, row, expr.span),
            ExprKind::Name(name) if &**name == "if" => chosen(layout, arguments, scope, (sheet, row), expr.span),
            _ => constant(layout, expr, scope),
        },
        _ => constant(layout, expr, scope),
    }
}

fn refused(span: Span) -> Fault {
    crate::diag::Diagnostic::error("E0210", span, "a live formula cannot hold this")
        .help("it takes numbers, + − * / ( ), sum, min, max, count, if, round and col")
        .into()
}

/// A number that the formula carries as such.
fn constant(layout: &Layout<'_>, expr: &Expr, scope: &Scope<'_>) -> Outcome<Formula> {
    let (value, facts) = layout.number(expr, scope)?;
    Ok(Formula { text: value.canonical(), value: Ok(value), facts: facts.to_vec(), tight: !value.is_negative() })
}

fn grouped(formula: &Formula) -> String {
    if formula.tight { formula.text.clone() } else { format!("({})", formula.text) }
}

fn calculate(layout: &Layout<'_>, sign: char, left: Formula, right: Formula, span: Span) -> Outcome<Formula> {
    let calculated = |one: Number, other: Number| {
        let result = match sign {
            '+' => one.add(other),
            '-' => one.subtract(other),
            '*' => one.multiply(other),
            _ => one.divide(other),
        };
        layout.eval.arithmetic(result, span)
    };
    let value = match (left.value, right.value) {
        (Ok(one), Ok(other)) => Ok(calculated(one, other)?),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let text = match sign {
        '+' => format!("{}+{}", left.text, grouped(&right)),
        '-' => format!("{}-{}", left.text, grouped(&right)),
        _ => format!("{}{sign}{}", grouped(&left), grouped(&right)),
    };
    let facts = [left.facts, right.facts].concat();
    Ok(Formula { text, value, facts, tight: false })
}

/// `col("Header")`: this row's cell.
fn own_cell(
    layout: &Layout<'_>,
    arguments: &[Argument],
    scope: &Scope<'_>,
    sheet: usize,
    row: u32,
    span: Span,
) -> Outcome<Formula> {
    let (of, column) = referred(layout, arguments, scope, sheet, span)?;
    if of != sheet || row == 0 || arguments.len() > 1 {
        let message = "all cells of a column need an aggregate around them, as in `sum(col(\"Budget\", \"Amount\"))`";
        return Err(Fault::wrong("E0210", span, message));
    }
    let cell = layout.cell(sheet, row, column)?;
    let value = match cell.value {
        CellValue::Number(number) => Ok(number),
        CellValue::Empty => Ok(Number::ZERO),
        // A day is a number to a spreadsheet: the difference of two is a number of days.
        CellValue::Date(day) => Ok(Number::from_i64(i64::from(day.0) + DAYS_BEFORE_1970)),
        CellValue::Error(error) => Err(error),
        _ => return Err(Fault::wrong("E0210", span, "this cell holds neither a number nor a date")),
    };
    let facts = cell.facts.map(|facts| facts.to_vec()).unwrap_or_default();
    Ok(Formula { text: format!("{}{}", letters(column), row + 1), value, facts, tight: true })
}

/// Sheet and column that `col(…)` names.
fn referred(
    layout: &Layout<'_>,
    arguments: &[Argument],
    scope: &Scope<'_>,
    sheet: usize,
    span: Span,
) -> Outcome<(usize, u32)> {
    let mut names = Vec::new();
    for argument in arguments {
        names.push(layout.eval.text(&argument.value, scope)?);
    }
    let (of, header) = match names.as_slice() {
        [header] => (sheet, header),
        [name, header] => match layout.sheet_named(name) {
            Some(of) => (of, header),
            None => return Err(Fault::wrong("E0218", span, format!("this workbook has no sheet `{name}`"))),
        },
        _ => return Err(Fault::wrong("E0104", span, "`col` takes a header, or a sheet and a header")),
    };
    match layout.column_named(of, header) {
        Some(column) => Ok((of, column)),
        None => {
            let message = format!("the sheet has no column `{header}`; it has {}", layout.headers(of));
            Err(Fault::wrong("E0218", span, message))
        }
    }
}

fn aggregate(
    layout: &Layout<'_>,
    name: &str,
    arguments: &[Argument],
    scope: &Scope<'_>,
    sheet: usize,
    expr: &Expr,
) -> Outcome<Formula> {
    let [argument] = arguments else { return constant(layout, expr, scope) };
    let ExprKind::Call(callee, inner) = &argument.value.kind else { return constant(layout, expr, scope) };
    if !matches!(&callee.kind, ExprKind::Name(name) if &**name == "col") {
        return constant(layout, expr, scope);
    }
    let (of, column) = referred(layout, inner, scope, sheet, argument.value.span)?;
    let data = layout.data(of, column)?;
    let facts = data.iter().flat_map(|(_, facts)| facts.iter().copied()).collect();
    let value = aggregated(layout, name, data.iter().map(|(value, _)| *value), expr.span)?;
    let text = format!("{}({})", name.to_ascii_uppercase(), layout.data_range(of, column, sheet));
    Ok(Formula { text, value, facts, tight: true })
}

/// What an aggregate comes to. An error in its cells is its result, unless it only counts numbers.
pub(super) fn aggregated(
    layout: &Layout<'_>,
    name: &str,
    values: impl Iterator<Item = Result<Number, FormulaError>>,
    span: Span,
) -> Outcome<Result<Number, FormulaError>> {
    if name == "count" {
        return Ok(Ok(Number::from_i64(values.filter(Result::is_ok).count() as i64)));
    }
    let mut result = if name == "sum" { Some(Number::ZERO) } else { None };
    for value in values {
        let value = match value {
            Ok(value) => value,
            Err(error) => return Ok(Err(error)),
        };
        result = Some(match (result, name) {
            (None, _) => value,
            (Some(known), "min") => known.min(value),
            (Some(known), "max") => known.max(value),
            (Some(known), _) => layout.eval.arithmetic(known.add(value), span)?,
        });
    }
    Ok(Ok(result.unwrap_or(Number::ZERO)))
}

fn rounded(
    layout: &Layout<'_>,
    arguments: &[Argument],
    scope: &Scope<'_>,
    sheet: usize,
    row: u32,
    span: Span,
) -> Outcome<Formula> {
    let (number, places) = match arguments {
        [number] => (number, 0),
        [number, places] => {
            let (places, _) = layout.number(&places.value, scope)?;
            (number, places.to_i64().filter(|places| (0..=12).contains(places)).ok_or_else(|| refused(span))?)
        }
        _ => return Err(refused(span)),
    };
    let inner = compile(layout, &number.value, scope, sheet, row)?;
    let text = format!("ROUND({},{places})", inner.text);
    Ok(Formula { text, value: inner.value.map(|value| value.round(places as u8)), facts: inner.facts, tight: true })
}

/// `if(condition, a, b)`: the condition compares two formulas.
fn chosen(
    layout: &Layout<'_>,
    arguments: &[Argument],
    scope: &Scope<'_>,
    (sheet, row): (usize, u32),
    span: Span,
) -> Outcome<Formula> {
    let [condition, then, otherwise] = arguments else { return Err(refused(span)) };
    let compared = comparison(layout, &condition.value, scope, sheet, row)?;
    let then = compile(layout, &then.value, scope, sheet, row)?;
    let otherwise = compile(layout, &otherwise.value, scope, sheet, row)?;
    let text = format!("IF({},{},{})", compared.text, then.text, otherwise.text);
    let value = match compared.holds {
        Ok(true) => then.value,
        Ok(false) => otherwise.value,
        Err(error) => Err(error),
    };
    Ok(Formula { text, value, facts: [compared.facts, then.facts, otherwise.facts].concat(), tight: true })
}

/// Two formulas side by side, and whether that holds.
pub(super) struct Comparison {
    pub text: String,
    holds: Result<bool, FormulaError>,
    facts: Vec<FactId>,
}

/// The comparison that an expression makes in a cell of a sheet.
pub(super) fn comparison(
    layout: &Layout<'_>,
    expr: &Expr,
    scope: &Scope<'_>,
    sheet: usize,
    row: u32,
) -> Outcome<Comparison> {
    let ExprKind::Binary(operator, left, right) = &expr.kind else { return Err(refused(expr.span)) };
    let sign = match operator {
        Operator::Equal => "=",
        Operator::NotEqual => "<>",
        Operator::Less => "<",
        Operator::LessEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterEqual => ">=",
        _ => return Err(refused(expr.span)),
    };
    let left = compile(layout, left, scope, sheet, row)?;
    let right = compile(layout, right, scope, sheet, row)?;
    let holds = match (left.value, right.value) {
        (Ok(one), Ok(other)) => {
            let (one, other) = (Value::Number(one), Value::Number(other));
            Ok(layout.eval.operate(*operator, one, other, expr.span)? == Value::Bool(true))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let text = format!("{}{sign}{}", grouped(&left), grouped(&right));
    Ok(Comparison { text, holds, facts: [left.facts, right.facts].concat() })
}
