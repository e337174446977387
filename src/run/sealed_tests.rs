//! What is sealed stays so: a word of it in an answer, in a call or in a file ends the run, and none appears by itself.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::image::sealed::canary;
use crate::image::{Image, sample};
use crate::run::manner::Manner;
use crate::run::play::Run;
use crate::run::replay::replay;
use crate::run::session::WITHHELD;
use crate::run::state::End;

fn image() -> Image {
    crate::image::tests::image(&sample::plan())
}

/// A world whose first mail gives the canary away.
fn leaking() -> Image {
    let mut plan = sample::plan();
    plan.messages[1].body = sample::words(&canary::word(&plan.blind));
    crate::image::tests::image(&plan)
}

fn begin(image: Image, place: &Path, shell: bool) -> Run {
    Run::begin(image, place, Manner { shell, sync: false, ..Manner::default() }).expect("the folder is new")
}

/// The run has ended by this call, shows nothing, and can be lived again.
fn is_invalid(mut run: Run, call: (&str, Json), image: fn() -> Image, place: &Path) {
    let answer = run.call(call.0, &call.1, None).expect("the disk is writable");
    assert_eq!((answer.text.as_str(), run.state.ended), (WITHHELD, Some(End::Invalid)));
    let hash = run.hash();
    drop(run);
    assert_eq!(replay(image(), place).expect("nothing was changed").hash, hash);
    assert_eq!(Run::resume(image(), place, false).expect("a run is there").state.ended, Some(End::Invalid));
}

#[test]
fn a_run_that_is_served_the_canary_is_invalid() {
    let place = TempDir::new().expect("a temporary folder");
    let mut run = begin(leaking(), place.path(), false);
    run.call("end_day", &json!({}), None).expect("the disk is writable");
    let letters = run.state.mail.letters.iter();
    let id = letters.filter(|letter| letter.body.contains("canary")).map(|letter| letter.id.clone()).next();
    let call = ("read_mail", json!({"mail_id": id.expect("the mail has come")}));
    is_invalid(run, call, leaking, place.path());
}

#[test]
fn a_run_whose_agent_knows_the_canary_is_invalid() {
    let word = canary::word(&sample::plan().blind);
    for text in [word, "07".repeat(32)] {
        let place = TempDir::new().expect("a temporary folder");
        let call = ("write_file", json!({"path": "Documents/n.txt", "content": format!("so: {text}")}));
        is_invalid(begin(image(), place.path(), false), call, image, place.path());
    }
}

#[test]
fn a_run_whose_shell_knows_the_canary_is_invalid() {
    let place = TempDir::new().expect("a temporary folder");
    let run = begin(image(), place.path(), true);
    let people = image().read("sealed/people.json").expect("an image has people");
    fs::write(place.path().join("disk/C/Users/jana/Documents/people.json"), &*people).expect("writable");
    is_invalid(run, ("get_current_time", json!({})), image, place.path());
}

#[test]
fn every_sealed_record_holds_the_canary_and_no_open_file_does() {
    let (image, word) = (image(), canary::word(&sample::plan().blind));
    for entry in image.sealed_index().expect("an image lists what is sealed") {
        let text = image.read_text(&entry.path).expect("it is there");
        let blob = entry.path.starts_with("sealed/blobs/");
        let whole = text.lines().all(|line| !line.starts_with(['{', '[']) || line.len() < 3 || line.contains(&word));
        assert!(blob || whole, "{} has a record without it", entry.path);
    }
    for entry in image.manifest().entries.iter().filter(|entry| !entry.is_folder()) {
        let bytes = image.read(&entry.path).expect("it is there");
        assert!(memchr::memmem::find(&bytes, word.as_bytes()).is_none(), "{} holds it", entry.path);
    }
}
