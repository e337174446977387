//! Show, why, diff and snapshot, over the sample.

use super::{files, image};
use crate::image::diff::Kind;
use crate::image::{Image, Receipt, pack, sample, snapshot};
use crate::plan::Plan;
use crate::value::Value;

/// The sample with one amount changed wherever it is printed.
fn changed() -> Plan {
    let mut plan = sample::plan();
    plan.facts[1].value = Value::Number(sample::number("199000", 0));
    let mut book = sample::budget_book();
    let mut sheets = book.sheets.to_vec();
    sheets[0].rows[2][1].value = crate::document::CellValue::Number(sample::number("199000", 0));
    book.sheets = sheets.into();
    plan.documents[1].content = crate::plan::Content::Book(book).into();
    plan
}

#[test]
fn the_tree_folds_single_folders_and_sums_up() {
    let tree = image(&sample::plan()).show(None).expect("there is a tree");
    assert!(tree.contains("disk/C/Users/jana/\n  Documents/\n    Budget.xlsx"), "{tree}");
    assert!(tree.contains("Downloads/  (empty)"), "{tree}");
    assert!(tree.contains("2026-02-04 14:03"), "{tree}");
    assert!(tree.contains("6 files, 7 folders"), "{tree}");
}

#[test]
fn files_are_found_as_people_name_them() {
    let image = image(&sample::plan());
    let expected = image.show(Some("disk/C/Users/jana/Documents/Close memo.docx")).expect("it is there");
    for path in
        ["C:\\Users\\jana\\Documents\\Close memo.docx", "C/Users/jana/Documents/Close memo.docx", "Close memo.docx"]
    {
        assert_eq!(image.show(Some(path)).expect("it is there"), expected, "{path}");
    }
    assert!(expected.contains("January closed at 212.400 for Brno."), "{expected}");
    assert_eq!(image.show(Some("nowhere.docx")).expect_err("it is not there").code, "E0606");
    assert!(image.show(Some("Documents")).is_err() && image.show(Some("C/Users/jana/Documents")).is_ok());
}

#[test]
fn workbooks_show_values_and_formulas() {
    let text = image(&sample::plan()).show(Some("Budget.xlsx")).expect("it is there");
    assert!(text.contains("[Budget]\nMonth | Amount\nJanuary | 212400"), "{text}");
    assert!(text.contains("Total | 410500 (=SUM(B2:B3))"), "{text}");
}

#[test]
fn facts_show_values_and_what_is_sealed() {
    let text = image(&sample::plan()).show(Some("facts")).expect("there are facts");
    let expected = "accrual: 47350  # sealed\nbudget:\n  2026-01,4100: {amount: 212400}\n  2026-02,4100: {amount: 198100}\npersona:\n  jana: {name: \"Jana Kühn\"}\n";
    assert_eq!(text, expected);
}

#[test]
fn the_month_shows_who_does_what_when() {
    let text = image(&sample::plan()).show(Some("calendar")).expect("there is a month");
    assert!(text.starts_with("Mon 2026-03-02\n  09:12 mail    marek → jana: The memo  (kickoff)\n"), "{text}");
    assert!(text.contains("10:00 event   Finance weekly until 10:30 · jana, marek  (weekly)"), "{text}");
    assert!(text.contains("Fri 2026-03-20\n        holiday"), "{text}");
}

#[test]
fn secrets_are_one_line_each() {
    let text = image(&sample::plan()).show_secrets().expect("there are secrets");
    assert_eq!(text, "accrual = 47350 · Marek Novák knows (tell accrual) when asked(\"accrual\")\n");
}

#[test]
fn why_answers_with_facts_or_says_that_it_is_wording() {
    let image = image(&sample::plan());
    let why = image.why("Budget.xlsx", Some("B2")).expect("it is there");
    assert_eq!(why.declaration.as_deref(), Some("budget_file"));
    assert_eq!(why.places[0].place, "Budget!B2");
    assert_eq!(why.places[0].text, "212400");
    assert_eq!(why.places[0].facts[0].address, "budget[2026-01,4100].amount");
    let total = image.why("Budget.xlsx", Some("Budget!B4")).expect("it is there");
    assert_eq!(total.places[0].facts.len(), 2);
    let wording = image.why("Close memo.docx", Some("p1")).expect("it is there");
    assert!(wording.places[0].facts.is_empty() && wording.to_string().contains("no fact"));
    assert_eq!(image.why("Close memo.docx", Some("p99")).expect_err("it is not there").code, "E0606");
    let held = image.why("acceptance", None).expect("what people hold is asked by its declaration");
    assert_eq!(held.places[0].facts[0].address, "accrual");
}

#[test]
fn worlds_differ_by_facts_then_by_the_cells_they_caused() {
    let (one, other) = (image(&sample::plan()), image(&changed()));
    let difference = one.diff(&other).expect("both are whole");
    assert_eq!(difference.facts.len(), 1);
    assert_eq!(difference.facts[0].address, "budget[2026-02,4100].amount");
    let [file] = difference.files.as_slice() else { panic!("one file differs: {:?}", difference.files) };
    assert_eq!(file.kind, Kind::Changed);
    let [place, total] = file.places.as_slice() else { panic!("a cell and its total differ: {:?}", file.places) };
    assert_eq!(total.place, "Budget!B4");
    assert_eq!(
        (place.place.as_str(), place.because.as_slice()),
        ("Budget!B3", &["budget[2026-02,4100].amount".to_string()][..])
    );
    assert!(difference.to_string().contains("198100 → 199000  because budget[2026-02,4100].amount"), "{difference}");
    assert!(one.diff(&image(&sample::plan())).expect("both are whole").is_empty());
}

#[test]
fn files_that_come_go_and_move_are_told_apart() {
    let mut plan = sample::plan();
    plan.documents[0].path = "C/Users/jana/Desktop/Close memo.docx".to_string();
    plan.documents[1].path = "C/Users/jana/Documents/Other.csv".to_string();
    plan.documents[1].declaration = "other".to_string();
    plan.messages.remove(1);
    let difference = image(&sample::plan()).diff(&image(&plan)).expect("both are whole");
    let kinds: Vec<Kind> = difference.files.iter().map(|file| file.kind).collect();
    assert_eq!(kinds, [Kind::Moved, Kind::Removed, Kind::Added], "{difference}");
    assert_eq!(difference.sealed.len(), 1, "{difference}");
}

#[test]
fn a_file_is_the_same_under_another_name_and_in_another_home() {
    let mut plan = changed();
    let paths = plan.documents.iter_mut().map(|document| &mut document.path).chain(&mut plan.empty_folders);
    paths.for_each(|path| *path = path.replace("Users/jana/", "Users/jan/"));
    plan.world.home = "C/Users/jan".to_string();
    plan.people[plan.world.owner].account = "jan".to_string();
    let book = plan.documents.iter_mut().find(|document| document.path.ends_with(".xlsx")).expect("a workbook");
    let was = std::mem::replace(&mut book.path, "C/Users/jan/Documents/Renamed.xlsx".to_string());
    let difference = image(&sample::plan()).diff(&image(&plan)).expect("both are whole");
    assert_eq!(difference.home, Some(("C/Users/jana".to_string(), "C/Users/jan".to_string())));
    let file = difference.files.iter().find(|file| file.path.ends_with("Renamed.xlsx")).expect("it differs");
    let was = format!("disk/{}", was.replace("Users/jan/", "Users/jana/"));
    assert_eq!((file.kind, file.was.as_deref(), file.places.len()), (Kind::Changed, Some(was.as_str()), 2));
    let others: Vec<&str> = difference.files.iter().map(|file| file.path.as_str()).collect();
    assert!(others.iter().all(|path| path.ends_with("Renamed.xlsx") || path.starts_with("mail/")), "{others:?}");
}

#[test]
fn a_snapshot_is_readable_and_shows_every_change() {
    let taken = snapshot(&image(&sample::plan())).expect("it is whole");
    let names: Vec<&str> = taken.keys().map(String::as_str).collect();
    let expected = [
        "budget_file.xlsx.txt",
        "calendar.ics.txt",
        "calendar.txt",
        "chat.jsonl.txt",
        "contacts.vcf.txt",
        "facts.yaml",
        "jana.mbox.txt",
        "memo.docx.txt",
        "tree.txt",
    ];
    assert_eq!(names, expected);
    assert!(taken["tree.txt"].contains("Close memo.docx  "), "{}", taken["tree.txt"]);
    let other = snapshot(&image(&changed())).expect("it is whole");
    let differing: Vec<&str> = names.into_iter().filter(|name| taken[*name] != other[*name]).collect();
    assert_eq!(differing, ["budget_file.xlsx.txt", "facts.yaml", "tree.txt"]);
}

#[test]
fn an_image_on_the_disk_answers_like_one_in_memory() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let place = folder.path().join("sample@1");
    let made = pack(files(&sample::plan()), &Receipt::default()).expect("the sample packs");
    made.save(&place, false).expect("the folder is writable");
    let opened = Image::open(&place).expect("it is an image");
    assert_eq!(snapshot(&opened), snapshot(&made));
    assert_eq!(opened.show_secrets(), made.show_secrets());
}
