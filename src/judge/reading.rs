//! What a part of a comparison says: a value that is known, or what a file shows.

use rust_decimal::Decimal;

use crate::document::Place;
use crate::image::script::{Condition, Given};
use crate::judge::Frame;
use crate::judge::condition::Call;
use crate::judge::pages::{Grid, Key, Pages, Spot};
use crate::judge::predicates::pages_of;
use crate::judge::subject::Subject;
use crate::value::Number;

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reading {
    Given(Given),
    /// What a file shows there; every place must agree.
    Seen(Vec<Seen>),
    /// Why there is nothing to compare.
    Missing(String),
}

/// A text in a file, with the power of ten that a caption gives its number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub place: String,
    pub text: String,
    pub mark: crate::judge::numbers::Mark,
    pub scale: u32,
    /// It is printed, so that its last digit is rounded; a cell of a workbook holds its value in full.
    pub printed: bool,
}

pub(crate) fn of(condition: &Condition, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Reading {
    match condition {
        Condition::Known { value, .. } => Reading::Given(value.clone()),
        Condition::List(parts) => {
            let given = parts.iter().map(|part| match of(part, frame, subject) {
                Reading::Given(value) => value,
                Reading::Seen(_) | Reading::Missing(_) => Given::None,
            });
            Reading::Given(Given::List(given.collect()))
        }
        Condition::Arithmetic { operator, left, right } => {
            arithmetic(*operator, &of(left, frame, subject), &of(right, frame, subject))
        }
        Condition::Word { name, of, arguments, named } => {
            word(Call { name, of: of.as_deref(), arguments, named }, frame, subject)
        }
        _ => Reading::Missing("a condition is compared where a value is asked".to_owned()),
    }
}

fn word(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Reading {
    match call.name {
        "now" => return Reading::Given(Given::Moment(frame.now)),
        "lasts" => {
            let meeting = subject.and_then(|subject| subject.meeting);
            return meeting.map_or(Reading::Missing("there is no meeting".to_owned()), |meeting| {
                Reading::Given(Given::Duration(crate::value::Duration(meeting.lasts)))
            });
        }
        _ => {}
    }
    pages_of(call.of, frame, subject, |pages| match pages {
        Err(why) => Reading::Missing(why),
        Ok(pages) => in_file(call, pages, frame),
    })
}

fn in_file(call: Call<'_>, pages: &Pages, frame: Frame<'_>) -> Reading {
    let count = |count: usize| Reading::Given(Given::Number(Number::from_i64(count as i64)));
    match call.name {
        "value" => value(call, pages),
        "lookup" => lookup(call, pages),
        "words" => {
            count(pages.text().split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count())
        }
        "slides" | "pages" => count(sections(pages)),
        "copied" => Reading::Given(Given::Number(super::copied::share(pages, frame))),
        other => Reading::Missing(format!("`{other}` has no value")),
    }
}

/// Slides or pages; a document whose format counts none is one page for every 400 words.
fn sections(pages: &Pages) -> usize {
    match pages.extract.sections.iter().filter(|section| section.hidden.is_none()).count() {
        0 => pages.text().split_whitespace().count().div_ceil(400).max(1),
        count => count,
    }
}

fn seen(pages: &Pages, grid: Option<&Grid>, spot: &Spot) -> Seen {
    let workbook = pages.extract.lines.iter().any(|line| matches!(line.place, Place::Cell { .. }));
    Seen {
        place: pages.at(&spot.place),
        text: spot.text.clone(),
        mark: pages.mark,
        scale: grid.map_or(0, |grid| grid.scale),
        printed: !workbook,
    }
}

/// `value(label)`, or `value(label, row: key)`, `value(label, col: header)`.
fn value(call: Call<'_>, pages: &Pages) -> Reading {
    let label = call.text(0);
    if let Some(key) = call.named_value("row").or_else(|| call.named_value("col")) {
        return crossing(pages, label, &[key_of(key)]);
    }
    let found = pages.beside(label);
    if found.is_empty() {
        return Reading::Missing(format!("there is no {label:?} in {}", pages.at("")));
    }
    let grid_of = |spot: &Spot| pages.grids.iter().find(|grid| grid.cells.values().any(|cell| cell == spot));
    Reading::Seen(found.iter().map(|spot| seen(pages, grid_of(spot), spot)).collect())
}

/// `lookup(sheet, key or [keys], column)`; a sheet's name counts where the format has names.
fn lookup(call: Call<'_>, pages: &Pages) -> Reading {
    let (sheet, header) = (call.text(0), call.text(2));
    let keys: Vec<Key> = match call.value(1) {
        Some(Given::List(keys)) => keys.iter().map(key_of).collect(),
        Some(key) => vec![key_of(key)],
        None => return Reading::Missing("no key was asked for".to_owned()),
    };
    match pages.grid(sheet) {
        Some(grid) => crossing_in(pages, grid, header, &keys),
        None if pages.grids.iter().all(|grid| grid.name.is_empty()) => crossing(pages, header, &keys),
        None => Reading::Missing(format!("there is no sheet {sheet:?} in {}", pages.at(""))),
    }
}

/// The cell where a row of keys and a column meet, in the first grid that has both.
fn crossing(pages: &Pages, header: &str, keys: &[Key]) -> Reading {
    let mut missing = Reading::Missing(format!("there is no table in {}", pages.at("")));
    for grid in &pages.grids {
        match crossing_in(pages, grid, header, keys) {
            Reading::Missing(why) => missing = Reading::Missing(why),
            found => return found,
        }
    }
    missing
}

fn crossing_in(pages: &Pages, grid: &Grid, header: &str, keys: &[Key]) -> Reading {
    let columns = grid.columns_of(header);
    if columns.is_empty() {
        return Reading::Missing(format!("there is no column {header:?} in {}", pages.at(&grid.name)));
    }
    let rows = grid.rows_of(keys);
    let cells = rows.iter().flat_map(|row| columns.iter().map(move |column| (*row, *column)));
    let found: Vec<Seen> = cells
        .filter_map(|(row, column)| grid.cell(row, column))
        .filter(|spot| crate::value::comparison::fold(&spot.text) != crate::value::comparison::fold(header))
        .map(|spot| seen(pages, Some(grid), spot))
        .collect();
    match (rows.is_empty(), found.is_empty()) {
        (true, _) => Reading::Missing(format!("there is no row {keys:?} in {}", pages.at(&grid.name))),
        (_, true) => Reading::Given(Given::None),
        _ => Reading::Seen(found),
    }
}

/// What identifies a row, of a value: a row of a table by its first key.
pub(crate) fn key_of(value: &Given) -> Key {
    match value {
        Given::Date(date) => Key::Date(*date),
        Given::Moment(moment) => Key::Date(moment.date()),
        Given::Month(month) => Key::Month(*month),
        Given::Number(number) => Key::Text(number.decimal.normalize().to_string()),
        Given::Named(address) => {
            let key = address.rsplit_once('[').map_or(address.as_str(), |(_, key)| key.trim_end_matches(']'));
            Key::Text(key.split(',').next().unwrap_or(key).to_owned())
        }
        Given::Text(text) => Key::Text(text.clone()),
        _ => Key::Text(String::new()),
    }
}

fn arithmetic(operator: char, left: &Reading, right: &Reading) -> Reading {
    let number = |side: &Reading| match side {
        Reading::Given(Given::Number(number)) => Some(number.decimal),
        Reading::Seen(seen) => seen.first().and_then(super::compare::number).map(|(value, _)| value),
        _ => None,
    };
    let (Some(left), Some(right)) = (number(left), number(right)) else {
        return Reading::Missing("there is no number to calculate with".to_owned());
    };
    let result: Option<Decimal> = match operator {
        '+' => left.checked_add(right),
        '-' => left.checked_sub(right),
        '*' => left.checked_mul(right),
        '/' => left.checked_div(right),
        _ => None,
    };
    match result.and_then(|decimal| Number::parse(&decimal.normalize().to_string())) {
        Some(number) => Reading::Given(Given::Number(number)),
        None => Reading::Missing("the calculation has no result".to_owned()),
    }
}
