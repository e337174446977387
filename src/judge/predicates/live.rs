//! Whether a figure of a workbook is calculated from its inputs, or typed in.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::formats::read::{At, Figure, Value, Workbook};
use crate::image::script::Given;
use crate::judge::Frame;
use crate::judge::condition::Call;
use crate::judge::pages::{Pages, Spot};
use crate::judge::predicates::in_pages;
use crate::judge::subject::Subject;
use crate::judge::verdict::{Evidence, Verdict};

/// By how much inputs are shifted: what is rounded or compared with a limit may not move with the first of them.
const SHIFTS: [i64; 3] = [1, 1_000, -1_000_000];
/// Inputs that are tried where none is named.
const MOST_TRIED: usize = 40;

/// `is_live(label, from: […])`: the figure beside the label is a formula that rests on the named inputs, and shifting each
/// of them shifts it; without names, at least one input does.
pub(super) fn is_live(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let named: Vec<&str> = match call.named_value("from") {
        Some(Given::Text(label)) => vec![label],
        Some(Given::List(items)) => items.iter().filter_map(text).collect(),
        _ => Vec::new(),
    };
    in_pages(call, frame, subject, |pages| {
        let Some(workbook) = &pages.workbook else { return Verdict::no(format!("{} is no workbook", pages.at(""))) };
        let label = call.text(0);
        let cells = places(pages, workbook, label);
        if cells.is_empty() {
            return Verdict::no(format!("there is no figure beside {label:?} in {}", pages.at("")));
        }
        let live = cells.iter().find(|(_, at)| workbook.cell(*at).is_some_and(|cell| cell.formula.is_some()));
        let Some((place, at)) = live else {
            return Verdict::no(format!("{label:?} is typed in {}", pages.at(&cells[0].0)));
        };
        match dead(pages, workbook, *at, &named) {
            None => Verdict::of(true, vec![Evidence::new(pages.at(place), formula(workbook, *at))]),
            Some(why) => Verdict::no(format!("{}: {why}", pages.at(place))),
        }
    })
}

fn text(given: &Given) -> Option<&str> {
    match given {
        Given::Text(text) => Some(text),
        _ => None,
    }
}

/// The cells beside a label, by place.
fn places(pages: &Pages, workbook: &Workbook, label: &str) -> Vec<(String, At)> {
    spotted(workbook, pages.beside(label))
}

fn spotted(workbook: &Workbook, spots: Vec<Spot>) -> Vec<(String, At)> {
    spots.into_iter().filter_map(|spot| Some((spot.place.clone(), workbook.place(&spot.place)?))).collect()
}

fn formula(workbook: &Workbook, at: At) -> String {
    let formula = workbook.cell(at).and_then(|cell| cell.formula.as_deref()).unwrap_or_default();
    format!("={formula}")
}

/// Why a formula does not live from its inputs.
fn dead(pages: &Pages, workbook: &Workbook, at: At, named: &[&str]) -> Option<String> {
    let precedents = workbook.precedents(at);
    let before = result(workbook, at, &BTreeMap::new());
    let moves = |input: At| shifted(workbook, input).any(|change| result(workbook, at, &change) != before);
    if named.is_empty() {
        let inputs = workbook.inputs(&precedents);
        let lives = inputs.into_iter().take(MOST_TRIED).any(moves);
        return (!lives).then(|| format!("{} rests on no input", formula(workbook, at)));
    }
    named.iter().find_map(|label| {
        let inputs = spotted(workbook, pages.under(label));
        let rests = |at: At| precedents.more || precedents.contains(at);
        match () {
            () if inputs.is_empty() => Some(format!("there is no input {label:?}")),
            () if !inputs.iter().any(|(_, at)| rests(*at)) => Some(format!("it does not rest on {label:?}")),
            () if !inputs.iter().any(|(_, at)| rests(*at) && moves(*at)) => Some(format!("{label:?} does not move it")),
            () => None,
        }
    })
}

/// What a cell comes to with other values in some cells; nothing where that is not known.
fn result(workbook: &Workbook, at: At, changes: &BTreeMap<At, Value>) -> Option<Value> {
    workbook.recalculated(changes, None).result(at)?.as_ref().ok().cloned()
}

/// An input with its number shifted, in several ways.
fn shifted(workbook: &Workbook, input: At) -> impl Iterator<Item = BTreeMap<At, Value>> {
    let calculated = workbook.calculated(None);
    let value = calculated.result(input).and_then(|result| result.as_ref().ok()).cloned();
    let value = value.or_else(|| workbook.cell(input).map(|cell| cell.value.clone()));
    let number = match value {
        Some(Value::Number(figure)) => figure.number().map(|number| number.decimal),
        _ => None,
    };
    number.into_iter().flat_map(move |number| {
        let moved = SHIFTS.iter().filter_map(move |by| number.checked_add(Decimal::from(*by)));
        moved
            .filter_map(move |moved| Some(BTreeMap::from([(input, Value::Number(Figure::parse(&moved.to_string())?))])))
    })
}
