//! A data file as `load` brings it: a list of mappings becomes a table whose columns each have one type.

use std::sync::Arc;

use super::{Datum, DatumKind, scalar};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::Loaded;
use crate::value::Value;

/// Faults of one file beyond this many are not listed: they usually have one cause.
const MOST_FAULTS: usize = 20;

/// The most columns of one table: each row is held against all of them.
const MOST_COLUMNS: usize = 500;

/// The data as a table, list or map; none if it is neither.
pub(in crate::resolve) fn loaded(path: &Arc<str>, data: &Datum, found: &mut Vec<Diagnostic>) -> Option<Loaded> {
    match &data.kind {
        DatumKind::List(items) if matches!(items.first().map(|item| &item.kind), Some(DatumKind::Map(_))) => {
            table(path, items, found)
        }
        DatumKind::List(items) => list(path, items, found),
        DatumKind::Map(entries) => map(path, entries, found),
        DatumKind::Scalar { .. } => {
            let error = Diagnostic::error("E0230", data.span, format!("`{path}` holds neither a list nor a mapping"));
            found.push(error.help("begin each row with `- `, or write `name: value` lines"));
            None
        }
    }
}

/// One value: a scalar or a list of scalars.
fn typed(datum: &Datum) -> Option<Value> {
    match &datum.kind {
        DatumKind::Scalar { text, quoted } => Some(scalar(text, *quoted)),
        DatumKind::List(items) => {
            items.iter().map(typed).collect::<Option<Vec<_>>>().map(|all| Value::List(all.into()))
        }
        DatumKind::Map(_) => None,
    }
}

fn nested(span: Span) -> Diagnostic {
    Diagnostic::error("E0208", span, "a mapping cannot stand inside a value")
        .label("a number, text, date, month, yes/no or a list of them")
        .help("give it columns of its own, or a table of its own")
}

fn list(path: &Arc<str>, items: &[Datum], found: &mut Vec<Diagnostic>) -> Option<Loaded> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        match typed(item) {
            Some(value) => values.push(value),
            None => {
                found.push(nested(item.span));
                return None;
            }
        }
    }
    Some(Loaded::List { path: path.clone(), items: values })
}

fn map(path: &Arc<str>, entries: &[(Arc<str>, Datum)], found: &mut Vec<Diagnostic>) -> Option<Loaded> {
    let mut values = Vec::with_capacity(entries.len());
    for (name, datum) in entries {
        match typed(datum) {
            Some(value) => values.push((name.clone(), value)),
            None => {
                found.push(nested(datum.span));
                return None;
            }
        }
    }
    Some(Loaded::Map { path: path.clone(), entries: values })
}

/// What is known of a column: the first value that is something, and where it stands.
struct Column {
    name: Arc<str>,
    first: Option<(&'static str, Span)>,
}

fn table(path: &Arc<str>, items: &[Datum], found: &mut Vec<Diagnostic>) -> Option<Loaded> {
    let mut columns = columns(items.first()?);
    if columns.len() > MOST_COLUMNS {
        let message = format!("this row has {} columns; {MOST_COLUMNS} are the most", columns.len());
        found.push(Diagnostic::error("E0230", items[0].span, message).help("give each its own row"));
        return None;
    }
    let before = found.len();
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        match row(&mut columns, item) {
            Ok(row) => rows.push(row),
            Err(faults) => found.extend(faults),
        }
        if found.len() >= before + MOST_FAULTS {
            break;
        }
    }
    let places = items.iter().map(|item| item.span).collect();
    let columns = columns.into_iter().map(|column| column.name).collect();
    (found.len() == before).then(|| Loaded::Table { path: path.clone(), columns, rows, places })
}

fn columns(first: &Datum) -> Vec<Column> {
    match &first.kind {
        DatumKind::Map(entries) => entries.iter().map(|(name, _)| Column { name: name.clone(), first: None }).collect(),
        _ => Vec::new(),
    }
}

fn row(columns: &mut [Column], item: &Datum) -> Result<Vec<Value>, Vec<Diagnostic>> {
    let DatumKind::Map(entries) = &item.kind else {
        return Err(vec![
            Diagnostic::error("E0208", item.span, "this row is not a mapping like the others")
                .label("not `name: value`"),
        ]);
    };
    let mut faults = extra(columns, entries);
    let mut values = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter_mut().enumerate() {
        let named = |(name, _): &&(Arc<str>, Datum)| *name == column.name;
        // Most stand where the first row has them.
        match entries.get(at).filter(named).or_else(|| entries.iter().find(named)) {
            Some((_, datum)) => match cell(column, datum) {
                Ok(value) => values.push(value),
                Err(fault) => faults.push(*fault),
            },
            None => faults.push(missing(column, item.span)),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

fn missing(column: &Column, row: Span) -> Diagnostic {
    Diagnostic::error("E0208", row, format!("this row has no `{}`", column.name))
        .label("the first row has it")
        .help(format!("add `{}:`; leave its value empty if there is none", column.name))
}

fn extra(columns: &[Column], entries: &[(Arc<str>, Datum)]) -> Vec<Diagnostic> {
    let stands = |at: usize, name: &Arc<str>| columns.get(at).is_some_and(|column| column.name == *name);
    let known = |at, name| stands(at, name) || columns.iter().any(|column| column.name == *name);
    let unknown = entries.iter().enumerate().filter(|(at, (name, _))| !known(*at, name));
    unknown
        .map(|(_, (name, datum))| {
            let near = crate::forms::did_you_mean(name, columns.iter().map(|column| &*column.name));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            let help = help.unwrap_or_else(|| format!("give every row a `{name}`, empty where there is none"));
            Diagnostic::error("E0208", datum.span, format!("the first row has no `{name}`"))
                .label("unknown column")
                .help(help)
        })
        .collect()
}

/// The value of a cell, of the column's type or none.
fn cell(column: &mut Column, datum: &Datum) -> Result<Value, Box<Diagnostic>> {
    let value = typed(datum).ok_or_else(|| Box::new(nested(datum.span)))?;
    let Some(kind) = kind(&value) else { return Ok(value) };
    match column.first {
        Some((known, place)) if known != kind => {
            let message = format!("`{}` is a {known} in the rows above, and a {kind} here", column.name);
            let error = Diagnostic::error("E0208", datum.span, message)
                .label(format!("a {kind}"))
                .cause(place, format!("a {known}"))
                .help("a column holds one type; a number or code in quotes is text");
            Err(Box::new(error))
        }
        _ => {
            column.first.get_or_insert((kind, datum.span));
            Ok(value)
        }
    }
}

/// The name of a value's type; none fits every column.
fn kind(value: &Value) -> Option<&'static str> {
    match value {
        Value::None => None,
        Value::Bool(_) => Some("yes/no"),
        Value::Number(_) => Some("number"),
        Value::Text(_) => Some("text"),
        Value::Date(_) => Some("date"),
        Value::Month(_) => Some("month"),
        _ => Some("list"),
    }
}
