//! What a text says: stated values, names, sources, structure.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::image::script::Given;
use crate::judge::condition::Call;
use crate::judge::dates::dates;
use crate::judge::numbers::Figure;
use crate::judge::pages::{Pages, Spot};
use crate::judge::predicates::in_pages;
use crate::judge::subject::{Subject, name};
use crate::judge::verdict::{Evidence, Verdict};
use crate::judge::{Frame, compare, rivals};
use crate::value::Date;
use crate::value::comparison::fold;

use crate::formats::read::Role;

/// Further values of the fact's own domain that a file may hold beside the right one [G5].
const SPARE: usize = 2;

/// Other figures near a mentioned one that a file may hold: more of them are a list of guesses [G5].
const NEAR: usize = 20;

/// How far from a number or day another one could be a guess at it: a quarter, at least 25; 60 days.
const REACH: (i64, i64, i64) = (4, 25, 60);

/// How many other values of these spots could be guesses at a number or day.
fn guesses<'a>(pages: &Pages, spots: impl Iterator<Item = &'a Spot>, value: &Given) -> usize {
    match value {
        Given::Number(fact) => {
            let (share, least) = (Decimal::from(REACH.0), Decimal::from(REACH.1));
            let reach = (fact.decimal.abs() / share).max(least);
            let near = |figure: &Figure| {
                let distance = (figure.value - fact.decimal).abs();
                distance < reach && !figure.prints(fact.decimal)
            };
            let figures = spots.flat_map(|spot| pages.figures(spot)).filter(near);
            figures.map(|figure| figure.value.normalize()).collect::<BTreeSet<_>>().len()
        }
        Given::Date(day) => {
            let near = |other: &Date| other != day && i64::from((other.0 - day.0).abs()) < REACH.2;
            spots.flat_map(|spot| dates(&spot.text)).filter(near).collect::<BTreeSet<_>>().len()
        }
        _ => 0,
    }
}

/// `states(label, x)`: a row or sentence has the label and the value, and no rival value beside it [G5].
pub(super) fn states(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let (label, Some(value)) = (call.text(0), call.value(1)) else { return Verdict::no("nothing is to be stated") };
    in_pages(call, frame, subject, |pages| {
        let beside = pages.beside(label);
        if beside.is_empty() {
            return Verdict::no(format!("there is no {label:?} in {}", pages.at("")));
        }
        let evidence = beside.iter().map(|spot| Evidence::new(pages.at(&spot.place), spot.text.clone())).collect();
        let said = beside.iter().any(|spot| says(pages, spot, value));
        let rivals = rivals::of(call, frame);
        let rival = beside.iter().any(|spot| rivals.beside(pages, spot, value));
        let listed = rivals.listed(pages, value) > SPARE || guesses(pages, beside.iter(), value) > SPARE;
        Verdict::of(said && !rival && !listed, evidence)
    })
}

/// Whether a text says a value: printed to its own last digit, as a whole word, or in any form of a date.
pub(crate) fn says(pages: &Pages, spot: &Spot, value: &Given) -> bool {
    match value {
        Given::Number(fact) => pages.figures(spot).iter().any(|figure| prints(figure, fact)),
        Given::Date(date) => dates(&spot.text).contains(date),
        Given::Moment(moment) => dates(&spot.text).contains(&moment.date()),
        Given::Month(month) => {
            let mut words = spot.text.split_whitespace().collect::<Vec<_>>();
            words.push("");
            words.windows(2).any(|pair| {
                super::super::dates::is_month(&pair.join(" "), *month) || super::super::dates::is_month(pair[0], *month)
            })
        }
        Given::Text(text) => has_words(&spot.text, text),
        Given::Named(address) => has_words(&spot.text, address),
        Given::List(items) => items.iter().all(|item| says(pages, spot, item)),
        _ => false,
    }
}

/// Printed precision: within half of its last printed digit, which is no coarser than a thousandth of the fact.
fn prints(figure: &Figure, fact: &crate::value::Number) -> bool {
    let fine = figure.unit * Decimal::from(1_000) <= fact.decimal.abs().max(figure.unit);
    let exact = (figure.value - fact.decimal).abs() <= compare::tolerance(fact, None);
    exact || fine && figure.prints(fact.decimal)
}

/// Whole words, whatever their case, width and accents.
fn has_words(text: &str, wanted: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '&');
        parts.map(fold).filter(|word| !word.is_empty()).collect()
    };
    let (text, wanted) = (words(text), words(wanted));
    !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
}

fn mention(pages: &Pages, value: &Given) -> Option<Evidence> {
    let hit = pages.spots().find(|spot| says(pages, spot, value))?;
    Some(Evidence::new(pages.at(&hit.place), hit.text.clone()))
}

/// `mentions(x, …)`: each stands somewhere.
pub(super) fn mentions(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    in_pages(call, frame, subject, |pages| {
        let one = |at: usize| match call.value(at) {
            Some(value) => match mention(pages, value) {
                Some(_) if guesses(pages, pages.spots(), value) > NEAR => {
                    Verdict::no(format!("{} stands in {} among guesses", compare::spoken(value), pages.at("")))
                }
                Some(evidence) => Verdict::of(true, vec![evidence]),
                None => Verdict::no(format!("{} does not stand in {}", compare::spoken(value), pages.at(""))),
            },
            None => Verdict::no("nothing is to be mentioned"),
        };
        Verdict::all((0..call.arguments.len()).map(one).collect())
    })
}

/// `avoids(x, about: label)`: it stands nowhere, or nowhere beside the label.
pub(super) fn avoids(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let Some(value) = call.value(0) else { return Verdict::no("nothing is to be avoided") };
    in_pages(call, frame, subject, |pages| {
        let found = match call.named_value("about") {
            Some(Given::Text(label)) => pages.beside(label).into_iter().find(|spot| says(pages, spot, value)),
            _ => pages.spots().find(|spot| says(pages, spot, value)).cloned(),
        };
        let evidence = found.iter().map(|spot| Evidence::new(pages.at(&spot.place), spot.text.clone())).collect();
        Verdict::of(found.is_none(), evidence)
    })
}

/// `abstains(label)`: says that it is not stated, and gives no number beside the label.
pub(super) fn abstains(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    const WORDS: &[&str] =
        &["not stated", "not known", "unknown", "not available", "no information", "n/a", "not given", "unclear"];
    let label = call.text(0);
    in_pages(call, frame, subject, |pages| {
        let beside = pages.beside(label);
        let says_so = |spot: &Spot| WORDS.iter().any(|word| spot.text.to_lowercase().contains(word));
        let held = beside.iter().any(says_so) && beside.iter().all(|spot| pages.figures(spot).is_empty());
        Verdict::of(held, beside.iter().map(|spot| Evidence::new(pages.at(&spot.place), spot.text.clone())).collect())
    })
}

/// `cites(file or mail)`: names the file, or the mail's subject.
pub(super) fn cites(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let source = call.text(0);
    let named = rivals::title_in(frame.script, source).unwrap_or_else(|| name(source).to_owned());
    let stem = named.rsplit_once('.').map_or(named.as_str(), |(stem, _)| stem).to_owned();
    in_pages(call, frame, subject, |pages| match mention(pages, &Given::Text(stem.clone())) {
        Some(evidence) => Verdict::of(true, vec![evidence]),
        None => Verdict::no(format!("{named} is not named in {}", pages.at(""))),
    })
}

/// `names(persona, as: role)`: the person, with the role in the same sentence or row.
pub(super) fn names(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let person = crate::judge::subject::person(frame, call.text(0));
    let Some(person) = person else { return Verdict::no(format!("there is nobody called {}", call.text(0))) };
    let role = match call.named_value("as") {
        Some(Given::Text(role)) => role.clone(),
        _ => String::new(),
    };
    in_pages(call, frame, subject, |pages| {
        let fits = |spot: &&Spot| {
            (has_words(&spot.text, &person.name) || has_words(&spot.text, &person.last))
                && (role.is_empty() || has_words(&spot.text, &role))
        };
        let found = pages.spots().find(fits);
        match found {
            Some(spot) => Verdict::of(true, vec![Evidence::new(pages.at(&spot.place), spot.text.clone())]),
            None => Verdict::no(format!("{} is not named so in {}", person.name, pages.at(""))),
        }
    })
}

/// `date_near(label, date)`: a date in any common form beside the label.
pub(super) fn date_near(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    in_pages(call, frame, subject, |pages| {
        let beside = pages.beside(call.text(0));
        let held = beside.iter().any(|spot| match call.value(1) {
            Some(value) => says(pages, spot, value),
            None => !dates(&spot.text).is_empty(),
        });
        Verdict::of(held, beside.iter().map(|spot| Evidence::new(pages.at(&spot.place), spot.text.clone())).collect())
    })
}

/// `section(heading)`: a heading with these words.
pub(super) fn section(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let wanted = call.text(0);
    in_pages(call, frame, subject, |pages| {
        let lines = pages.extract.lines.iter();
        let mut headings = lines.filter(|line| matches!(line.role, Role::Title | Role::Heading(_)));
        match headings.find(|line| has_words(&line.seen(), wanted)) {
            Some(line) => Verdict::of(true, vec![Evidence::new(pages.at(&line.place.to_string()), line.seen())]),
            None => Verdict::no(format!("there is no heading {wanted:?} in {}", pages.at(""))),
        }
    })
}

/// `before(a, b)`: the first stands before the second.
pub(super) fn before(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    in_pages(call, frame, subject, |pages| {
        let at =
            |value: Option<&Given>| pages.spots().position(|spot| value.is_some_and(|value| says(pages, spot, value)));
        match (at(call.value(0)), at(call.value(1))) {
            (Some(first), Some(second)) => Verdict::of(first < second, Vec::new()),
            _ => Verdict::no("not both of them stand there"),
        }
    })
}

/// `picks(label, set, s)`: exactly one option of the set stands beside the label, and it is the right one.
pub(super) fn picks(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let options = match call.value(1) {
        Some(Given::List(options)) => options.clone(),
        _ => return Verdict::no("there is no set to pick from"),
    };
    in_pages(call, frame, subject, |pages| {
        let beside = pages.beside(call.text(0));
        let picked: Vec<&Given> =
            options.iter().filter(|option| beside.iter().any(|spot| says(pages, spot, option))).collect();
        let right = call.value(2).is_none_or(|right| picked == [right]);
        let evidence = beside.iter().map(|spot| Evidence::new(pages.at(&spot.place), spot.text.clone())).collect();
        Verdict::of(picked.len() == 1 && right, evidence)
    })
}

/// `ranks(list)`: the items stand in this order.
pub(super) fn ranks(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let items = match call.value(0) {
        Some(Given::List(items)) => items.clone(),
        _ => return Verdict::no("there is no list to rank"),
    };
    in_pages(call, frame, subject, |pages| {
        let text = fold(&pages.text());
        let at = |item: &Given| text.find(&fold(&compare::spoken(item)));
        let places: Option<Vec<usize>> = items.iter().map(at).collect();
        Verdict::of(places.is_some_and(|places| places.is_sorted()), Vec::new())
    })
}
