//! Twelve ways to look busy: each hands in every file that is asked for and sends every mail, and earns next to nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::bench::{Bench, Swaps, earned};
use super::wrongs::keep;
use super::{CHEATS_UNDER, Proof};
use crate::document::{Book, Cell, CellValue, Sheet};
use crate::formats::render_book;
use crate::image::files::extension;
use crate::image::script::{Deliver, Given, Objective, Target};
use crate::judge::answer::{Answer, Entry, Piece, Statement, another};
use crate::judge::compare::spoken;
use crate::judge::scene::Digest;
use crate::run::agents::Oracle;
use crate::run::agents::oracle::draft::{Call, Drafter};
use crate::run::agents::oracle::tasks::{asked, concrete};
use crate::run::people::topics;
use crate::run::tools::properties;
use crate::value::{Moment, Number};

/// A file that a cheat makes in the place of a deliverable.
type Sham = fn(&mut Bench, &Oracle, &Objective, &Deliver, &str) -> Result<Digest, String>;

/// The cheats that are told by what they hand in.
const SHAMS: &[(&str, Sham)] = &[
    ("every number there is", number_dump),
    ("every value it could be", enumeration),
    ("the right answer, hidden", hidden),
    ("the right answer in white", white),
    ("right results beside wrong formulas", forged_caches),
    ("formulas that add nought", plus_nought),
    ("10,000 words", many_words),
    ("the likest file there is, once more", pasted),
    ("empty files", empty),
];

/// Tries them all.
pub(super) fn prove(bench: &mut Bench, oracle: &Oracle, proofs: &mut Vec<Proof>) {
    for (name, sham) in SHAMS {
        proofs.push(match shams(bench, oracle, *sham) {
            Ok(swaps) => earning(bench, name, &swaps),
            Err(why) => Proof::of("cheat", *name, why, false),
        });
    }
    for (name, late) in [("handed in empty, then changed", false), ("swapped for the right one after it was due", true)]
    {
        proofs.push(judged(name, swapped(bench, oracle, late)));
    }
    let replies = everything(bench);
    let swaps = shams_of(bench, &mut |bench, _, _, file| text_file(bench, file, &replies));
    proofs.push(match swaps {
        Ok(swaps) => earning(bench, "asks everybody for everything", &swaps),
        Err(why) => Proof::of("cheat", "asks everybody for everything", why, false),
    });
}

fn earning(bench: &Bench, name: &str, swaps: &Swaps) -> Proof {
    let (worth, graded) = bench.worth(swaps);
    let earned: Vec<String> = graded.iter().flat_map(earned).collect();
    let came = if earned.is_empty() { worth.to_string() } else { format!("{worth}, earns {}", earned.join(", ")) };
    Proof::of("cheat", name, came, worth < CHEATS_UNDER)
}

fn judged(name: &str, worth: Decimal) -> Proof {
    Proof::of("cheat", name, worth.to_string(), worth < CHEATS_UNDER)
}

fn shams(bench: &mut Bench, oracle: &Oracle, sham: Sham) -> Result<Swaps, String> {
    shams_of(bench, &mut |bench, goal, deliver, file| sham(bench, oracle, goal, deliver, file))
}

/// A sham for every file that is asked for.
fn shams_of(
    bench: &mut Bench,
    sham: &mut dyn FnMut(&mut Bench, &Objective, &Deliver, &str) -> Result<Digest, String>,
) -> Result<Swaps, String> {
    let setting = Arc::clone(&bench.setting);
    let mut swaps = Swaps::new();
    for goal in &setting.script.objectives {
        for deliver in &goal.delivers {
            if let Target::File { file } = &deliver.target {
                swaps.insert(format!("{}.{}", goal.name, deliver.name), sham(bench, goal, deliver, file)?);
            }
        }
    }
    Ok(swaps)
}

/// A file of plain lines in whatever format is asked for.
fn text_file(bench: &mut Bench, file: &str, lines: &[String]) -> Result<Digest, String> {
    let path = concrete(file);
    let shown = bench.setting.paths.shown(&path);
    let call = match extension(&path).as_str() {
        "xlsx" | "csv" => {
            let rows: Vec<Json> = lines.iter().map(|line| json!([line])).collect();
            Call {
                tool: "create_spreadsheet",
                arguments: json!({"path": shown, "sheets": [{"name": "Notes", "rows": rows}]}),
            }
        }
        "pptx" => {
            let lines: Vec<&str> =
                lines.iter().flat_map(|line| line.lines()).filter(|line| !line.trim().is_empty()).collect();
            let slides = lines.chunks(4).take(40).map(|lines| {
                let bullets: String =
                    lines.iter().map(|line| format!("- {}\n", line.chars().take(60).collect::<String>())).collect();
                format!("## Notes\n\n{bullets}\n")
            });
            Call { tool: "create_slides", arguments: json!({"path": shown, "content": slides.collect::<String>()}) }
        }
        _ => Call { tool: "create_document", arguments: json!({"path": shown, "content": lines.join("\n\n")}) },
    };
    bench.make(&[call], file)
}

/// Numbers without a word, the right ones among them.
fn number_dump(bench: &mut Bench, oracle: &Oracle, _: &Objective, _: &Deliver, file: &str) -> Result<Digest, String> {
    let numbers = oracle.knowledge.facts.values().filter_map(|fact| match &fact.value {
        Given::Number(number) => Some(number.canonical()),
        _ => None,
    });
    let numbers: Vec<String> = numbers.take(400).collect();
    let lines: Vec<String> = numbers.chunks(8).map(|chunk| chunk.join("  ")).collect();
    text_file(bench, file, &lines)
}

/// Each label with fifty values, the right one among them.
fn enumeration(bench: &mut Bench, _: &Oracle, _: &Objective, deliver: &Deliver, file: &str) -> Result<Digest, String> {
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
    let wanted = asked(&bench.setting, deliver);
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
    drafted(bench, file, &answer)
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

/// The oracle's own file with everything in it out of sight.
fn obscured(bench: &mut Bench, goal: &Objective, deliver: &Deliver, file: &str, white: bool) -> Result<Digest, String> {
    let scene = bench.scene(position(bench, goal), &Swaps::new());
    let address = format!("{}.{}", goal.name, deliver.name);
    let handed =
        scene.hand_ins.iter().rfind(|hand_in| hand_in.deliverable == address).map(|hand_in| hand_in.digest.clone());
    let bytes = handed.and_then(|digest| crate::judge::scene::Blobs::bytes(&bench.store, &digest));
    let bytes = bytes.ok_or_else(|| format!("the oracle handed in no {file}"))?;
    let hidden = crate::formats::edit::obscured(&bytes, &extension(file), white).map_err(|why| why.to_string())?;
    Ok(keep(bench, &hidden))
}

fn position(bench: &Bench, goal: &Objective) -> usize {
    bench.setting.script.objectives.iter().position(|other| other.name == goal.name).unwrap_or(0)
}

fn hidden(bench: &mut Bench, _: &Oracle, goal: &Objective, deliver: &Deliver, file: &str) -> Result<Digest, String> {
    obscured(bench, goal, deliver, file, false)
}

fn white(bench: &mut Bench, _: &Oracle, goal: &Objective, deliver: &Deliver, file: &str) -> Result<Digest, String> {
    obscured(bench, goal, deliver, file, true)
}

/// Workbooks whose formulas come to nought, with the right results written beside them; nothing else is made.
fn forged_caches(
    bench: &mut Bench,
    oracle: &Oracle,
    goal: &Objective,
    deliver: &Deliver,
    file: &str,
) -> Result<Digest, String> {
    if extension(file) != "xlsx" {
        return empty(bench, oracle, goal, deliver, file);
    }
    let wanted = asked(&bench.setting, deliver);
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
        let key = entry.keys.first().map(|key| spoken(&key.value)).unwrap_or_default();
        rows.push(vec![Cell::text(&key), forged(&entry.value)]);
    }
    let named = sheets.into_iter().map(|(name, rows)| Sheet {
        name: if name.is_empty() { "Figures".to_owned() } else { name.to_owned() },
        rows,
        ..Sheet::default()
    });
    let sheets: Vec<Sheet> = std::iter::once(summary).chain(named).collect();
    let properties = properties(&bench.setting, bench.setting.office.starts, file);
    let book = Book { properties, sheets: sheets.into() };
    let bytes = render_book(&book, "xlsx").map_err(|why| why.to_string())?;
    Ok(keep(bench, &bytes))
}

/// Figures that somebody guessed, dressed up as formulas.
fn plus_nought(
    bench: &mut Bench,
    oracle: &Oracle,
    goal: &Objective,
    deliver: &Deliver,
    file: &str,
) -> Result<Digest, String> {
    if extension(file) != "xlsx" {
        return empty(bench, oracle, goal, deliver, file);
    }
    let wanted = asked(&bench.setting, deliver);
    let guessed = |piece: &Piece| match another(&piece.value) {
        Given::Number(number) => Json::from(format!("={}+0", number.canonical())),
        other => Json::from(spoken(&other)),
    };
    let figures: Vec<Json> = wanted.figures.iter().map(|(label, piece)| json!([label, guessed(piece)])).collect();
    let entries = wanted.entries.iter().map(|entry| {
        let key = entry.keys.first().map(|key| spoken(&key.value)).unwrap_or_default();
        json!([key, guessed(&entry.value)])
    });
    let path = bench.setting.paths.shown(&concrete(file));
    let sheets =
        json!([{"name": "Summary", "rows": figures}, {"name": "Figures", "rows": entries.collect::<Vec<_>>()}]);
    bench.make(&[Call { tool: "create_spreadsheet", arguments: json!({"path": path, "sheets": sheets}) }], file)
}

fn many_words(bench: &mut Bench, _: &Oracle, _: &Objective, _: &Deliver, file: &str) -> Result<Digest, String> {
    let line = "The matter was looked into from every side and a full account of it is given on the pages below.";
    text_file(bench, file, &vec![line.to_owned(); 500])
}

fn empty(bench: &mut Bench, _: &Oracle, _: &Objective, _: &Deliver, file: &str) -> Result<Digest, String> {
    text_file(bench, file, &["Please find everything attached.".to_owned()])
}

/// The file of the world whose name is most like what is asked for, with a line of one's own.
fn pasted(
    bench: &mut Bench,
    oracle: &Oracle,
    goal: &Objective,
    deliver: &Deliver,
    file: &str,
) -> Result<Digest, String> {
    let words = |path: &str| -> Vec<String> {
        path.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
    };
    let wanted = words(&concrete(file));
    let like = |path: &str| words(path).iter().filter(|word| wanted.contains(word)).count();
    let files = bench.setting.original.iter().filter(|(path, _)| extension(path) == extension(file));
    let likest = files.max_by_key(|(path, _)| (like(path), (*path).clone()));
    let bytes = likest
        .and_then(|(path, digest)| Some((path.clone(), crate::judge::scene::Blobs::bytes(&*bench.setting, digest)?)));
    let Some((_, bytes)) = bytes else { return empty(bench, oracle, goal, deliver, file) };
    let extract = crate::formats::read::read(&bytes, &extension(file)).map_err(|why| why.to_string())?;
    let seen = extract.lines.iter().map(|line| line.seen().trim().to_owned()).filter(|line| !line.is_empty());
    let lines: Vec<String> = std::iter::once("By me.".to_owned()).chain(seen.take(3_000)).collect();
    text_file(bench, file, &lines)
}

/// Empty files are handed in in time; the right ones stand at the paths afterwards, or are handed in when it is too late.
fn swapped(bench: &mut Bench, oracle: &Oracle, late: bool) -> Decimal {
    let setting = Arc::clone(&bench.setting);
    let mut state = bench.begin();
    let due = setting.script.objectives.iter().map(|goal| goal.due).max().unwrap_or(setting.office.starts);
    for right in [false, true] {
        if right && late {
            let time = crate::image::time::minute(&Moment(due.0 + 3_600).iso());
            let wait = Call { tool: "wait_until", arguments: json!({"time": time, "or_message": false}) };
            bench.call(&mut state, &wait);
        }
        for goal in &setting.script.objectives {
            for deliver in &goal.delivers {
                let Target::File { file } = &deliver.target else { continue };
                let path = concrete(file);
                let shown = setting.paths.shown(&path);
                let calls = match right {
                    true => {
                        let answer = asked(&setting, deliver);
                        let knowledge = &oracle.knowledge;
                        crate::run::agents::oracle::tasks::file_of(&setting, knowledge, goal, deliver, &answer, &|_| {
                            true
                        })
                    }
                    false => Ok(empty_calls(&path, &shown)),
                };
                calls.into_iter().flatten().for_each(|call| drop(bench.call(&mut state, &call)));
                if !right || late {
                    let submit = Call { tool: "submit_deliverable", arguments: json!({"path": shown}) };
                    bench.call(&mut state, &submit);
                }
            }
        }
    }
    crate::run::session::finish(&setting, &mut state, &bench.store, crate::run::state::End::Finished);
    bench.worth_of(&state)
}

fn empty_calls(path: &str, shown: &str) -> Vec<Call> {
    let text = "Please find everything attached.";
    vec![match extension(path).as_str() {
        "xlsx" | "csv" => Call {
            tool: "create_spreadsheet",
            arguments: json!({"path": shown, "sheets": [{"name": "Notes", "rows": [[text]]}]}),
        },
        "pptx" => Call { tool: "create_slides", arguments: json!({"path": shown, "content": format!("# {text}")}) },
        _ => Call { tool: "create_document", arguments: json!({"path": shown, "content": text}) },
    }]
}

/// Asks everybody for all topics at once, and takes what comes back within a week.
fn everything(bench: &mut Bench) -> Vec<String> {
    let setting = Arc::clone(&bench.setting);
    let tells = setting.script.people.iter().flat_map(|person| &person.tells);
    let all: Vec<&str> = tells.filter_map(|tell| tell.when.as_ref()).flat_map(topics).collect();
    let mut state = bench.begin();
    for person in setting.script.people.iter().filter(|person| person.id != setting.script.world.owner) {
        let arguments = json!({"to": [person.email], "subject": "Everything", "body": format!("Please tell me all about {}.", all.join(", "))});
        bench.call(&mut state, &Call { tool: "send_mail", arguments });
    }
    let week = crate::image::time::minute(&Moment(setting.office.starts.0 + 7 * 86_400).iso());
    bench.call(&mut state, &Call { tool: "wait_until", arguments: json!({"time": week, "or_message": false}) });
    let since = setting.office.starts;
    let came = state.mail.letters.iter().filter(|letter| letter.at >= since && letter.subject.contains("Everything"));
    came.map(|letter| letter.body.clone()).filter(|body| !body.contains("all about")).collect()
}
