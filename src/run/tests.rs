//! Whole runs on the sample world: lived, written down, lived again, cut and changed.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::image::Image;
use crate::image::sample;
use crate::run::agents::lines::Call;
use crate::run::agents::{self, Act, Agent};
use crate::run::difference;
use crate::run::fork::fork;
use crate::run::manner::Manner;
use crate::run::play::Run;
use crate::run::replay::replay;
use crate::run::session::Outcome;
use crate::run::state::End;

fn fast() -> Manner {
    Manner { sync: false, ..Manner::default() }
}

/// Says its calls one after the other and leaves.
struct Scripted(std::vec::IntoIter<(&'static str, Json)>, Vec<Outcome>);

impl Agent for Scripted {
    fn act(&mut self, answer: Option<&Outcome>) -> Act {
        self.1.extend(answer.cloned());
        match self.0.next() {
            Some((tool, arguments)) => Act::Call(Call::of(tool, arguments)),
            None => Act::Leave(End::AgentExit),
        }
    }
}

fn image() -> Image {
    crate::image::tests::image(&sample::plan())
}

fn calls() -> Vec<(&'static str, Json)> {
    vec![
        ("list_mails", json!({"folder": "inbox"})),
        ("directory_tree", json!({"path": "/"})),
        ("write_file", json!({"path": "Documents/notes.txt", "content": "one\ntwo"})),
        ("edit_file", json!({"path": "documents/NOTES.txt", "edits": [{"oldText": "two", "newText": "three"}]})),
        ("move_file", json!({"source": "Documents/notes.txt", "destination": "Documents/Kept/notes.txt"})),
        ("read_text_file", json!({"path": "Documents/Kept/notes.txt"})),
        ("read_text_file", json!({"path": "../../../../etc/passwd"})),
        ("no_such_tool", json!({})),
        ("send_mail", json!({"to": ["marek.novak@nordlicht.example"], "subject": "Line 2", "body": "Any accrual?"})),
        ("end_day", json!({})),
        ("list_mails", json!({"folder": "unread"})),
        ("delete_file", json!({"path": "Documents/Kept"})),
        ("wait_until", json!({"time": "2026-03-20 12:00", "or_message": false})),
    ]
}

fn live(folder: &Path) -> (Run, Vec<Outcome>) {
    let mut run = Run::begin(image(), folder, fast()).expect("the folder is new");
    let mut agent = Scripted(calls().into_iter(), Vec::new());
    agents::live(&mut run, &mut agent, &mut |_| {}).expect("the disk is writable");
    (run, agent.1)
}

#[test]
fn a_run_is_lived_again_from_its_journal() {
    let place = TempDir::new().expect("a temporary folder");
    let (run, answers) = live(&place.path().join("one"));
    let refused: Vec<usize> =
        answers.iter().enumerate().filter(|(_, answer)| answer.refused).map(|(at, _)| at).collect();
    assert_eq!(refused, [6, 7], "{answers:#?}");
    assert_eq!(answers[5].text, "one\nthree");
    let hash = run.hash();
    drop(run);
    let again = replay(image(), &place.path().join("one")).expect("nothing was changed");
    assert_eq!((again.hash.as_str(), again.turns), (hash.as_str(), calls().len() as u64 + 1));
    let (other, _) = live(&place.path().join("two"));
    assert_eq!(other.hash(), hash);
}

#[test]
fn the_folder_follows_the_tree() {
    let place = TempDir::new().expect("a temporary folder");
    let (run, _) = live(place.path());
    let disk = place.path().join("disk");
    for (path, digest, _) in run.state.tree.files() {
        let bytes = fs::read(disk.join(path)).expect("every file of the tree is in the folder");
        assert_eq!(crate::image::hash::sha256(&bytes), **digest, "{path}");
    }
}

/// A fork is the run it comes from up to its turn, goes on by itself, and can be forked again.
#[test]
fn a_fork_goes_another_way_and_is_compared() {
    let place = TempDir::new().expect("a temporary folder");
    let (one, two, three) = (place.path().join("one"), place.path().join("two"), place.path().join("three"));
    drop(live(&one));
    fork(&one, 6, &two).expect("the run has six turns");
    assert_eq!(fork(&one, 6, &two).expect_err("a run stands there").code, "E0621");
    assert_eq!(fork(&one, 99, &three).expect_err("it is shorter").code, "E0626");
    let mut run = Run::resume(image(), &two, false).expect("a fork is a run");
    assert!(run.forked && run.turn == 6 && run.journal().is_ok_and(|journal| run.transcript(&journal).len() == 6));
    run.call("end_day", &json!({}), None).expect("the disk is writable");
    assert!(two.join("disk/C/Users/jana/Documents/Kept/notes.txt").exists());
    drop(run);
    assert!(replay(image(), &two).is_ok_and(|replayed| replayed.turns == 7));
    fork(&two, 7, &three).expect("a fork of a fork");
    drop(Run::resume(image(), &three, false).expect("it is a run too"));
    let parted = difference::first(&one, &two).expect("both are whole").expect("turn 7 is another one");
    assert_eq!((parted.turn, parted.why), (7, "it calls another tool"));
    assert_eq!(difference::first(&two, &three).expect("both are whole"), None);
}

/// What was not understood is kept, and what she remembers is part of the state.
#[test]
fn misses_are_kept_and_remembered() {
    let place = TempDir::new().expect("a temporary folder");
    let mut run = Run::begin(image(), place.path(), fast()).expect("the folder is new");
    let mail = json!({"to": ["marek@nordlicht.example"], "subject": "Lunch", "body": "How are you?"});
    run.call("send_mail", &mail, None).expect("the disk is writable");
    run.call("end_day", &json!({}), None).expect("the disk is writable");
    let missed: Vec<&str> = run.state.missed.iter().map(|(_, person, _)| person.as_str()).collect();
    assert_eq!(missed, ["marek"]);
    let reply = run.state.mail.letters.last().expect("she answers");
    assert!(reply.body.ends_with("\n\nMarek"), "{}", reply.body);
    let mut forgetful = run.state.clone();
    forgetful.people.clear();
    assert_ne!(forgetful.root(&run.setting), run.state.root(&run.setting));
}

/// What a tool takes is told with it and passes on the clock, also where a run goes on and believes what only reads.
#[test]
fn a_world_says_what_a_tool_costs() {
    let place = TempDir::new().expect("a temporary folder");
    let dear = || {
        let mut plan = sample::plan();
        plan.world.costs.insert("list_mails".to_owned(), 2_700);
        crate::image::tests::image(&plan)
    };
    let mut run = Run::begin(dear(), place.path(), fast()).expect("the folder is new");
    let tool = crate::run::tools::find("list_mails").expect("there is that tool");
    assert!(tool.json(&run.setting).to_string().contains("45 min"));
    let answer = run.call("list_mails", &json!({}), None).expect("the disk is writable");
    assert!(answer.clock.contains("+45 min"), "{}", answer.clock);
    let hash = run.hash();
    drop(run);
    assert_eq!(Run::resume(dear(), place.path(), false).expect("a run is there").hash(), hash);
    assert!(replay(dear(), place.path()).is_ok());
}

/// Whoever writes too often waits twice as long and gets less than she is used to.
#[test]
fn who_is_asked_too_often_takes_longer_and_is_short() {
    let place = TempDir::new().expect("a temporary folder");
    let mut run = Run::begin(image(), place.path(), fast()).expect("the folder is new");
    let mail = json!({"to": ["marek@nordlicht.example"], "subject": "Lunch", "body": "How are you?"});
    for _ in 0..5 {
        run.call("send_mail", &mail, None).expect("the disk is writable");
    }
    run.call("wait_until", &json!({"time": "2026-03-04 17:00", "or_message": false}), None).expect("it is writable");
    let replies = run.state.mail.letters.iter().filter(|letter| letter.subject == "Re: Lunch");
    let replies: Vec<(i64, &str)> = replies.map(|reply| (reply.at.0, reply.body.as_str())).collect();
    assert_eq!(replies.len(), 5);
    assert!(replies[..4].iter().all(|(_, body)| body.ends_with("\n\nMarek")), "{replies:?}");
    let (before, after) = (replies[3], replies[4]);
    assert!(after.0 - before.0 > 3_600 && after.1 == "What exactly?", "{replies:?}");
}

/// Wherever a run is cut off, going on from there ends as if it had not been.
#[test]
fn a_run_that_was_cut_anywhere_goes_on() {
    let place = TempDir::new().expect("a temporary folder");
    let (run, _) = live(&place.path().join("whole"));
    let hash = run.hash();
    drop(run);
    let journal = fs::read(place.path().join("whole/journal.jsonl")).expect("the journal is there");
    let header = journal.iter().position(|byte| *byte == b'\n').expect("a header") + 1;
    for cut in (header..journal.len()).step_by(97) {
        let folder = place.path().join(format!("cut {cut}"));
        fs::create_dir_all(folder.join("blobs")).expect("a new folder");
        for blob in fs::read_dir(place.path().join("whole/blobs")).expect("blobs") {
            let blob = blob.expect("a readable folder");
            fs::copy(blob.path(), folder.join("blobs").join(blob.file_name())).expect("a copy");
        }
        fs::write(folder.join("journal.jsonl"), &journal[..cut]).expect("a cut journal");
        let mut run = Run::resume(image(), &folder, false).expect("a torn end is mended");
        let mut agent = Scripted(calls().split_off(run.turn as usize).into_iter(), Vec::new());
        agents::live(&mut run, &mut agent, &mut |_| {}).expect("the disk is writable");
        assert_eq!(run.hash(), hash, "cut at {cut}");
    }
}

#[test]
fn a_changed_blob_or_journal_is_named() {
    let place = TempDir::new().expect("a temporary folder");
    drop(live(place.path()));
    let path = place.path().join("journal.jsonl");
    let whole = fs::read(&path).expect("the journal is there");
    let mut changed = whole.clone();
    let at = whole.len() / 2;
    changed[at] ^= 1;
    fs::write(&path, changed).expect("the disk is writable");
    let fault = replay(image(), place.path()).map(|_| ()).expect_err("a changed byte");
    assert!(fault.code == "E0623", "{fault:?}");
}

#[test]
fn two_processes_cannot_live_one_run() {
    let place = TempDir::new().expect("a temporary folder");
    let run = Run::begin(image(), place.path(), fast()).expect("the folder is new");
    let fault = Run::resume(image(), place.path(), false).map(|_| ()).expect_err("it is in use");
    assert!(fault.code == "E0622", "{fault:?}");
    drop(run);
    assert!(Run::begin(image(), place.path(), fast()).is_err());
}

/// An agent reads and changes a workbook as a person would: one cell, and what rests on it follows.
#[test]
fn office_files_are_read_and_changed_in_place() {
    let place = TempDir::new().expect("a temporary folder");
    let mut run = Run::begin(image(), place.path(), fast()).expect("the folder is new");
    let mut call = |tool: &str, arguments: Json| run.call(tool, &arguments, None).expect("the disk is writable");
    let book = "Documents/Budget.xlsx";
    let tabs = call("list_tabs_in_spreadsheet", json!({"path": book}));
    let tab = tabs.text.lines().next().expect("a workbook has a sheet").to_owned();
    let wrote = call("edit_spreadsheet", json!({"path": book, "tab": tab, "cell": "A1", "value": "Changed head"}));
    assert!(!wrote.refused, "{wrote:?}");
    let read = call("read_tab", json!({"path": book, "tab": tab}));
    assert!(read.text.contains("Changed head"), "{read:?}");
    let memo = "Documents/Close memo.docx";
    let wrote = call("edit_document", json!({"path": memo, "place": "p1", "text": "Another title"}));
    assert!(!wrote.refused, "{wrote:?}");
    let read = call("read_document_content", json!({"path": memo}));
    assert!(read.text.starts_with("p1  Another title"), "{read:?}");
    assert!(call("edit_document", json!({"path": memo, "place": "somewhere", "text": "x"})).refused);
}

/// What an agent makes from Markdown and rows is read back by its own tools, and formulas come to something.
#[test]
fn office_files_are_made_from_markdown_and_rows() {
    let place = TempDir::new().expect("a temporary folder");
    let mut run = Run::begin(image(), place.path(), fast()).expect("the folder is new");
    let mut call = |tool: &str, arguments: Json| run.call(tool, &arguments, None).expect("the disk is writable");
    let rows =
        json!([["Item", "Cost"], ["Rent", 900], ["Light", "45.50"], ["Total", "=SUM(B2:B3)"], ["On", "2026-03-05"]]);
    let book = json!({"path": "Documents/New.xlsx", "sheets": [{"name": "Cost", "rows": rows}]});
    assert!(!call("create_spreadsheet", book).refused);
    let read = call("read_tab", json!({"path": "Documents/New.xlsx", "tab": "Cost"}));
    assert!(read.text.contains("Cost!B4  945.5"), "{}", read.text);
    let memo =
        json!({"path": "Documents/New.docx", "content": "# Title\n\nOne *line*.\n\n| A | B |\n|---|---|\n| 1 | 2 |"});
    assert!(!call("create_document", memo).refused);
    let read = call("read_document_content", json!({"path": "Documents/New.docx"}));
    assert!(read.text.starts_with("p1  Title\np2  One line."), "{}", read.text);
    let deck = json!({"path": "Documents/New.pptx", "content": "# Deck\n\n## First\n\n- one\n\n## Second\n\n- two"});
    assert!(!call("create_slides", deck).refused);
    let read = call("read_slides", json!({"path": "Documents/New.pptx", "first": 3}));
    assert!(read.text.contains("two") && !read.text.contains("one"), "{}", read.text);
    let paper = json!({"path": "Documents/New.pdf", "content": "# Paper\n\nWords."});
    assert!(!call("create_document", paper).refused);
    let read = call("read_pdf_pages", json!({"path": "Documents/New.pdf", "last": 1}));
    assert!(read.text.contains("Words."), "{}", read.text);
    let wrong = [
        ("create_document", json!({"path": "Documents/New.exe", "content": "x"})),
        ("create_spreadsheet", json!({"path": "Documents/a.xlsx", "sheets": [{"name": "a/b", "rows": []}]})),
        ("create_spreadsheet", json!({"path": "Documents/a.xlsx", "sheets": [{"name": "a", "rows": [["=RAND()"]]}]})),
        ("create_spreadsheet", json!({"path": "Documents/a.xlsx", "sheets": 3})),
        (
            "create_slides",
            json!({"path": "Documents/a.pptx", "content": format!("## Full\n\n{}", "- line\n".repeat(40))}),
        ),
        ("read_pdf_pages", json!({"path": "Documents/New.docx"})),
    ];
    for (tool, arguments) in wrong {
        assert!(call(tool, arguments.clone()).refused, "{tool} {arguments}");
    }
}
