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
    in_pages(call, frame, subject, |pages| lives(pages, call.text(0), &named))
}

fn lives(pages: &Pages, label: &str, named: &[&str]) -> Verdict {
    let Some(workbook) = &pages.workbook else { return Verdict::no(format!("{} is no workbook", pages.at(""))) };
    let cells = places(pages, workbook, label);
    if cells.is_empty() {
        return Verdict::no(format!("there is no figure beside {label:?} in {}", pages.at("")));
    }
    let live = cells.iter().find(|(_, at)| workbook.cell(*at).is_some_and(|cell| cell.formula.is_some()));
    let Some((place, at)) = live else {
        return Verdict::no(format!("{label:?} is typed in {}", pages.at(&cells[0].0)));
    };
    match dead(pages, workbook, *at, named) {
        None => Verdict::of(true, vec![Evidence::new(pages.at(place), formula(workbook, *at))]),
        Some(why) => Verdict::no(format!("{}: {why}", pages.at(place))),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Book, Cell, CellValue, Sheet};
    use crate::formats::render_book;
    use crate::image::sample::{number, properties};

    /// Two inputs, one of them a column, a figure that nobody asks about, and the total in question.
    fn pages(formula: Option<&str>) -> Pages {
        let text = |text: &str| Cell::text(text);
        let figure = |digits: &str| Cell { value: CellValue::Number(number(digits, 0)), ..Cell::default() };
        let total = Cell { formula: formula.map(str::to_owned), ..figure("160") };
        let rows = vec![
            vec![text("Run rate"), figure("100")],
            vec![text("Accrual"), figure("20")],
            vec![text("Head count"), figure("7")],
            vec![text("Total opex"), total],
        ];
        let plan = vec![
            vec![text("Centre"), text("Plan")],
            vec![text("4100"), figure("30")],
            vec![text("4200"), figure("10")],
        ];
        let sheet = |name: &str, rows| Sheet { name: name.to_owned(), rows, ..Sheet::default() };
        let book =
            Book { properties: properties("Model"), sheets: vec![sheet("Summary", rows), sheet("Plan", plan)].into() };
        let bytes = render_book(&book, "xlsx").expect("the book is right");
        Pages::read("Model.xlsx", &bytes, "en-GB").expect("it was just written")
    }

    #[test]
    fn a_formula_lives_if_every_named_input_moves_it() {
        for (formula, named, live) in [
            ("B1+B2", &["Run rate", "Accrual"][..], true),
            ("SUM(B1:B2)", &["Run rate", "Accrual"], true),
            ("ROUND(B1+B2,-1)", &["Run rate", "Accrual"], true),
            ("MAX(B1,B2)", &["Run rate", "Accrual"], true),
            ("IF(B2>0,B1,0)", &["Run rate", "Accrual"], true),
            ("B1+B2+SUM(Plan!B2:B3)", &["Accrual", "Plan"], true),
            ("B3*2", &[], true),
            ("123+0", &["Run rate"], false),
            ("123+0", &[], false),
            ("1+1", &[], false),
            ("B1+60", &["Run rate", "Accrual"], false),
            ("B1+0*B2", &["Run rate", "Accrual"], false),
            ("B1+B2-B2+20", &["Run rate", "Accrual"], false),
            ("IF(TRUE,B1,B2)", &["Accrual"], false),
            ("B1+B2", &["Head count"], false),
            ("B1+B2", &["Depreciation"], false),
            ("SUM(Plan!B2:B3)", &["Run rate"], false),
        ] {
            let verdict = lives(&pages(Some(formula)), "Total opex", named);
            assert_eq!(verdict.held(), live, "={formula} from {named:?}: {verdict:?}");
        }
        assert!(!lives(&pages(None), "Total opex", &[]).held(), "a typed figure rests on nothing");
        assert!(!lives(&pages(Some("B1+B2")), "Total capex", &[]).held(), "there is no such figure");
    }
}
