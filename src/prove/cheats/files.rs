//! What cheats hand in.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::Case;
use super::lines::text_file;
use crate::document::{Book, Cell, CellValue, Sheet};
use crate::formats::render_book;
use crate::image::files::extension;
use crate::image::script::{Given, Objective};
use crate::judge::answer::{Answer, Entry, Piece, Statement, another};
use crate::judge::compare::spoken;
use crate::judge::scene::{Blobs, Digest};
use crate::prove::bench::{Bench, Swaps};
use crate::prove::wrongs::keep;
use crate::run::agents::oracle::draft::{Call, Drafter};
use crate::run::agents::oracle::tasks::{asked, concrete};
use crate::run::tools::properties;
use crate::value::Number;

/// Numbers without a word, the right ones among them.
pub(super) fn number_dump(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    let numbers = case.oracle.knowledge.facts.values().filter_map(|fact| match &fact.value {
        Given::Number(number) => Some(number.canonical()),
        _ => None,
    });
    let numbers: Vec<String> = numbers.take(400).collect();
    let lines: Vec<String> = numbers.chunks(8).map(|chunk| chunk.join("  ")).collect();
    text_file(bench, case.file, &lines)
}

/// Each label with fifty values, the right one among them.
pub(super) fn enumeration(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    let around = |piece: &Piece| -> Vec<Piece> {
        if let Given::Date(day) = &piece.value {
            let days = (-25..25).filter_map(|step| day.plus_days(step));
            return days.map(|day| Piece { value: Given::Date(day), facts: Vec::new() }).collect();
        }
        let Given::Number(number) = &piece.value else { return vec![piece.clone()] };
        let small = number.absolute().decimal < Decimal::ONE_HUNDRED;
        let moved = (-25..25).filter_map(|step: i64| {
            let by = Number::from_parts(i128::from(1_000 + step * 13), 3, 0)?;
            let value = match small {
                true => number.add(Number::from_i64(step)).ok()?,
                false => number.multiply(by).ok()?.round(number.places),
            };
            Some(Piece { value: Given::Number(if step == 0 { *number } else { value }), facts: Vec::new() })
        });
        moved.collect()
    };
    let wanted = asked(&bench.setting, case.deliver);
    let mut answer = Answer { copies: None, unbuilt: Vec::new(), live: Vec::new(), ..wanted.clone() };
    answer.statements.clear();
    for statement in &wanted.statements {
        match statement {
            Statement::Labelled(label, piece) => {
                answer
                    .statements
                    .extend(around(piece).into_iter().map(|piece| Statement::Labelled(label.clone(), piece)));
            }
            Statement::Mentioned(piece) => {
                answer.statements.extend(around(piece).into_iter().map(Statement::Mentioned))
            }
            other => answer.statements.push(other.clone()),
        }
    }
    let spread = |(label, piece): &(String, Piece)| -> Vec<(String, Piece)> {
        around(piece).into_iter().map(|piece| (label.clone(), piece)).collect()
    };
    answer.figures = wanted.figures.iter().flat_map(spread).collect();
    let entries = |entry: &Entry| -> Vec<Entry> {
        let values = around(&entry.value).into_iter().enumerate();
        values
            .map(|(at, value)| {
                let mut keys = entry.keys.clone();
                keys.push(Piece { value: Given::Text(format!("case {at}")), facts: Vec::new() });
                Entry { keys, value, ..entry.clone() }
            })
            .collect()
    };
    answer.entries = wanted.entries.iter().flat_map(entries).collect();
    drafted(bench, case.file, &answer)
}

fn drafted(bench: &mut Bench, file: &str, answer: &Answer) -> Result<Digest, String> {
    let setting = Arc::clone(&bench.setting);
    let path = concrete(file);
    let drafter = Drafter { script: &setting.script, knows: &|_| true };
    let answer = Answer { slides: None, ..answer.clone() };
    match drafter.file(&path, &setting.paths.shown(&path), &answer).and_then(|calls| bench.make(&calls, file)) {
        Ok(digest) => Ok(digest),
        // What fits in no format as it is becomes lines of text.
        Err(_) => text_file(bench, file, &["Everything is in the appendix.".to_owned()]),
    }
}

/// The oracle's own file with everything in it out of sight. Where nothing can be hidden nothing is made.
fn obscured(bench: &mut Bench, case: &Case<'_>, white: bool) -> Result<Digest, String> {
    if !matches!(&*extension(case.file), "docx" | "pptx" | "xlsx") {
        return empty(bench, case);
    }
    let scene = bench.scene(position(bench, case.goal), &Swaps::new());
    let address = case.address();
    let handed =
        scene.hand_ins.iter().rfind(|hand_in| hand_in.deliverable == address).map(|hand_in| hand_in.digest.clone());
    let bytes = handed.and_then(|digest| Blobs::bytes(&bench.store, &digest));
    let bytes = bytes.ok_or_else(|| format!("the oracle handed in no {}", case.file))?;
    let hidden = crate::formats::edit::obscured(&bytes, &extension(case.file), white).map_err(|why| why.to_string())?;
    Ok(keep(bench, &hidden))
}

fn position(bench: &Bench, goal: &Objective) -> usize {
    bench.setting.script.objectives.iter().position(|other| other.name == goal.name).unwrap_or(0)
}

pub(super) fn hidden(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    obscured(bench, case, false)
}

pub(super) fn white(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    obscured(bench, case, true)
}

/// Workbooks whose formulas come to nought, with the right results written beside them; nothing else is made.
pub(super) fn forged_caches(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    if extension(case.file) != "xlsx" {
        return empty(bench, case);
    }
    let wanted = asked(&bench.setting, case.deliver);
    let forged = |piece: &Piece| match &piece.value {
        Given::Number(number) => {
            Cell { value: CellValue::Number(*number), formula: Some("0+0".to_owned()), ..Cell::default() }
        }
        Given::Date(date) => Cell { value: CellValue::Date(*date), formula: Some("0+0".to_owned()), ..Cell::default() },
        other => Cell::text(&spoken(other)),
    };
    let figures = wanted.figures.iter().map(|(label, piece)| vec![Cell::text(label), forged(piece)]);
    let summary = Sheet { name: "Summary".to_owned(), rows: figures.collect(), ..Sheet::default() };
    let mut sheets: BTreeMap<&str, Vec<Vec<Cell>>> = BTreeMap::new();
    for entry in &wanted.entries {
        let rows =
            sheets.entry(&entry.sheet).or_insert_with(|| vec![vec![Cell::text("Item"), Cell::text(&entry.column)]]);
        rows.push(vec![Cell::text(&first_key(entry)), forged(&entry.value)]);
    }
    let named = sheets.into_iter().map(|(name, rows)| Sheet {
        name: if name.is_empty() { "Figures".to_owned() } else { name.to_owned() },
        rows,
        ..Sheet::default()
    });
    let sheets: Vec<Sheet> = std::iter::once(summary).chain(named).collect();
    let properties = properties(&bench.setting, bench.setting.office.starts, case.file);
    let book = Book { properties, sheets: sheets.into() };
    let bytes = render_book(&book, "xlsx").map_err(|why| why.to_string())?;
    Ok(keep(bench, &bytes))
}

/// Figures that somebody guessed, dressed up as formulas.
pub(super) fn plus_nought(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    if extension(case.file) != "xlsx" {
        return empty(bench, case);
    }
    let wanted = asked(&bench.setting, case.deliver);
    let guessed = |piece: &Piece| match another(&piece.value) {
        Given::Number(number) => Json::from(format!("={}+0", number.canonical())),
        other => Json::from(spoken(&other)),
    };
    let figures: Vec<Json> = wanted.figures.iter().map(|(label, piece)| json!([label, guessed(piece)])).collect();
    let entries = wanted.entries.iter().map(|entry| json!([first_key(entry), guessed(&entry.value)]));
    let path = bench.setting.paths.shown(&concrete(case.file));
    let sheets =
        json!([{"name": "Summary", "rows": figures}, {"name": "Figures", "rows": entries.collect::<Vec<_>>()}]);
    bench.make(&[Call { tool: "create_spreadsheet", arguments: json!({"path": path, "sheets": sheets}) }], case.file)
}

pub(super) fn many_words(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    let line = "The matter was looked into from every side and a full account of it is given on the pages below.";
    text_file(bench, case.file, &vec![line.to_owned(); 500])
}

pub(super) fn empty(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    text_file(bench, case.file, &[super::lines::COVER.to_owned()])
}

/// The file of the world whose name is most like what is asked for, with a line of one's own.
pub(super) fn pasted(bench: &mut Bench, case: &Case<'_>) -> Result<Digest, String> {
    let words = |path: &str| -> Vec<String> {
        path.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
    };
    let wanted = words(&concrete(case.file));
    let like = |path: &str| words(path).iter().filter(|word| wanted.contains(word)).count();
    let files = bench.setting.original.iter().filter(|(path, _)| extension(path) == extension(case.file));
    let likest = files.max_by_key(|(path, _)| (like(path), (*path).clone()));
    let bytes = likest.and_then(|(path, digest)| Some((path.clone(), Blobs::bytes(&*bench.setting, digest)?)));
    let Some((_, bytes)) = bytes else { return empty(bench, case) };
    let extract = crate::formats::read::read(&bytes, &extension(case.file)).map_err(|why| why.to_string())?;
    let seen = extract.lines.iter().map(|line| line.seen().trim().to_owned()).filter(|line| !line.is_empty());
    let lines: Vec<String> = std::iter::once("By me.".to_owned()).chain(seen.take(3_000)).collect();
    text_file(bench, case.file, &lines)
}

fn first_key(entry: &Entry) -> String {
    entry.keys.first().map(|key| spoken(&key.value)).unwrap_or_default()
}
