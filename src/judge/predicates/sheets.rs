//! What a workbook or table holds as a whole: live formulas, complete registers, charts, figures that tie.

use crate::image::script::{Condition, Given};
use crate::judge::condition::Call;
use crate::judge::pages::Pages;
use crate::judge::predicates::in_pages;
use crate::judge::reading::{self, Reading};
use crate::judge::subject::Subject;
use crate::judge::verdict::{Evidence, Verdict};
use crate::judge::{Frame, compare};
use crate::value::comparison::fold;

/// `rows(sheet, key) == set`: the register has exactly these keys.
pub(super) fn rows(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let (sheet, header) = (call.text(0), call.text(1));
    let wanted = match call.value(2) {
        Some(Given::List(items)) => items.iter().map(compare::spoken).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    in_pages(call, frame, subject, |pages| {
        let Some(grid) = pages.grid(sheet) else { return Verdict::no(format!("there is no sheet {sheet:?}")) };
        let columns = grid.columns_of(header);
        let cells = grid.cells.iter().filter(|((_, column), spot)| {
            columns.contains(column) && fold(&spot.text) != fold(header) && !fold(&spot.text).starts_with("total")
        });
        let mut found: Vec<String> = cells.map(|(_, spot)| fold(&spot.text)).collect();
        let mut wanted: Vec<String> = wanted.iter().map(|text| fold(text)).collect();
        found.sort();
        wanted.sort();
        let evidence = vec![Evidence::new(pages.at(sheet), format!("{} rows", found.len()))];
        Verdict::of(found == wanted, evidence)
    })
}

/// `same_rows(file, except: keys)`: every other row of the register is as it was.
pub(super) fn same_rows(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let file = call.text(0);
    let path = frame.script.files.get(file).map_or(file, String::as_str);
    let original = frame.scene.original.get_key_value(path);
    let locale = &frame.script.world.locale;
    let then = original.and_then(|(path, digest)| Pages::read(path, &frame.blobs.bytes(digest)?, locale).ok());
    let Some(then) = then else { return Verdict::no(format!("{file} is no file of the image that can be read")) };
    let except: Vec<String> = match call.named_value("except") {
        Some(Given::List(items)) => items.iter().map(|item| fold(&compare::spoken(item))).collect(),
        Some(one) => vec![fold(&compare::spoken(one))],
        None => Vec::new(),
    };
    in_pages(call, frame, subject, |now| {
        let lines = |pages: &Pages| -> Vec<Vec<String>> {
            let grids = pages.grids.iter().flat_map(|grid| {
                let mut rows: Vec<u32> = grid.cells.keys().map(|(row, _)| *row).collect();
                rows.dedup();
                rows.into_iter().map(move |row| {
                    grid.cells.range((row, 0)..(row + 1, 0)).map(|(_, spot)| fold(&spot.text)).collect::<Vec<_>>()
                })
            });
            grids.filter(|row| !row.first().is_some_and(|key| except.contains(key))).collect()
        };
        let (then, now_rows) = (lines(&then), lines(now));
        let differs = then.iter().zip(&now_rows).find(|(then, now)| then != now);
        let evidence = differs.map(|(_, row)| Evidence::new(now.at(""), row.join(" | ")));
        Verdict::of(then == now_rows, evidence.into_iter().collect())
    })
}

/// `ties(a.value(…), b.value(…))`: two deliverables state one number alike.
pub(super) fn ties(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let [left, right] = call.arguments else { return Verdict::no("two values tie") };
    let side = |part: &Condition| reading::of(part, frame, subject);
    match (side(left), side(right)) {
        (left @ Reading::Seen(_), right @ Reading::Seen(_)) => compare::verdict("==", &left, &right, None),
        (Reading::Missing(why), _) | (_, Reading::Missing(why)) => Verdict::no(why),
        (left, right) => compare::verdict("==", &left, &right, None),
    }
}

/// `plots(label, t)`: a chart with that title or series has a series that equals the values.
pub(super) fn plots(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let wanted: Vec<Given> = match call.value(1) {
        Some(Given::List(items)) => items.clone(),
        _ => return Verdict::no("there are no values to plot"),
    };
    in_pages(call, frame, subject, |pages| {
        let label = fold(call.text(0));
        let charts = pages.extract.charts.iter();
        let series = charts.flat_map(|chart| {
            let titled = fold(&chart.title).contains(&label);
            chart.series.iter().filter(move |series| titled || fold(&series.name) == fold(call.text(0)))
        });
        let equals = |values: &[String]| {
            values.len() == wanted.len()
                && values.iter().zip(&wanted).all(|(text, fact)| match fact {
                    Given::Number(fact) => text.parse::<rust_decimal::Decimal>().is_ok_and(|value| {
                        (value - fact.decimal).abs()
                            <= compare::tolerance(fact, None).max(rust_decimal::Decimal::new(1, 6))
                    }),
                    other => fold(text) == fold(&compare::spoken(other)),
                })
        };
        let mut series = series.peekable();
        if series.peek().is_none() {
            return Verdict::no(format!("there is no chart {:?} in {}", call.text(0), pages.at("")));
        }
        let found = series.find(|series| equals(&series.values));
        Verdict::of(
            found.is_some(),
            found.map(|series| Evidence::new(pages.at(""), series.name.clone())).into_iter().collect(),
        )
    })
}
