//! An agent with a shell: what she does to the real folder becomes part of the run, and nothing else does.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use crate::image::Image;
use crate::image::sample;
use crate::run::fork::fork;
use crate::run::manner::{Limits, Manner};
use crate::run::play::Run;
use crate::run::replay::replay;
use crate::run::state::End;

fn image() -> Image {
    crate::image::tests::image(&sample::plan())
}

/// A run with a shell, and its owner's documents in the real folder.
fn begin(place: &Path, limits: Limits) -> (Run, PathBuf) {
    let manner = Manner { shell: true, sync: false, limits, ..Manner::default() };
    let run = Run::begin(image(), place, manner).expect("the folder is new");
    (run, place.join("disk/C/Users/jana/Documents"))
}

fn say(run: &mut Run, tool: &str, arguments: serde_json::Value) -> String {
    run.call(tool, &arguments, None).expect("the disk is writable").text
}

/// Works in the shell between calls as people do; the text of a file that the agent reads at the end.
fn work(run: &mut Run, documents: &Path, turn: usize) {
    let file = documents.join(format!("n{}.txt", turn % 7));
    match turn % 6 {
        0 => fs::write(&file, format!("turn {turn}")).expect("writable"),
        1 => fs::create_dir_all(documents.join(format!("d{turn}/deep"))).expect("writable"),
        2 => drop(fs::rename(documents.join(format!("d{}", turn - 1)), documents.join(format!("moved {turn}")))),
        3 => drop(fs::remove_file(documents.join(format!("n{}.txt", (turn + 4) % 7)))),
        4 => drop(symlink("/etc/passwd", documents.join(format!("link {turn}")))),
        _ => drop(fs::remove_dir_all(documents.join(format!("moved {}", turn - 3)))),
    }
    say(run, "list_directory", json!({"path": "Documents"}));
}

#[test]
fn what_a_shell_does_is_lived_again() {
    let place = TempDir::new().expect("a temporary folder");
    let folder = place.path().join("run");
    let (mut run, documents) = begin(&folder, Limits::default());
    (0..250).for_each(|turn| work(&mut run, &documents, turn));
    let hash = run.hash();
    drop(run);
    assert_eq!(replay(image(), &folder).expect("nothing was changed").hash, hash);
    let mut run = Run::resume(image(), &folder, false).expect("a run is there");
    (250..500).for_each(|turn| work(&mut run, &documents, turn));
    assert_eq!(say(&mut run, "read_text_file", json!({"path": "Documents/link 496"})), "/etc/passwd");
    let hash = run.hash();
    drop(run);
    assert_eq!(replay(image(), &folder).expect("nothing was changed").hash, hash);
    let other = place.path().join("other");
    fork(&folder, 400, &other).expect("it has so many turns");
    let mut run = Run::resume(image(), &other, false).expect("a fork is a run");
    let before = run.state.tree.count();
    say(&mut run, "get_current_time", json!({}));
    assert_eq!(run.state.tree.count(), before, "a new disk is as the tree says");
    drop(run);
    assert!(replay(image(), &other).is_ok());
}

/// Links into what is sealed give nothing away, and the runner writes through none of them.
#[test]
fn nothing_is_served_or_written_through_a_link() {
    let place = TempDir::new().expect("a temporary folder");
    let outside = place.path().join("sealed");
    fs::create_dir_all(&outside).expect("writable");
    fs::write(outside.join("secret.txt"), "47,350").expect("writable");
    let (mut run, documents) = begin(&place.path().join("run"), Limits::default());
    symlink(&outside, documents.join("folder")).expect("a link");
    symlink(outside.join("secret.txt"), documents.join("soft.txt")).expect("a link");
    fs::hard_link(outside.join("secret.txt"), documents.join("hard.txt")).expect("a link");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        documents.join("pipe.txt"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .expect("a pipe");
    for path in ["soft.txt", "hard.txt", "folder/secret.txt", "folder", "pipe.txt"] {
        let said = say(&mut run, "read_text_file", json!({"path": format!("Documents/{path}")}));
        assert!(!said.contains("47,350"), "{path}: {said}");
    }
    for path in ["soft.txt", "hard.txt", "folder/secret.txt", "folder/new.txt"] {
        say(&mut run, "write_file", json!({"path": format!("Documents/{path}"), "content": "mine"}));
    }
    assert_eq!(fs::read_to_string(outside.join("secret.txt")).expect("it stands"), "47,350");
    assert!(!outside.join("new.txt").exists());
    drop(run);
    assert!(replay(image(), &place.path().join("run")).is_ok());
}

#[test]
fn more_than_the_run_may_use_up_ends_it() {
    let place = TempDir::new().expect("a temporary folder");
    for (name, limits) in [
        ("bytes", Limits { bytes: 100_000, ..Limits::default() }),
        ("files", Limits { files: 90, ..Limits::default() }),
    ] {
        let folder = place.path().join(name);
        let (mut run, documents) = begin(&folder, limits);
        fs::write(documents.join("large.bin"), vec![0; 200_000]).expect("writable");
        (0..100).for_each(|at| fs::write(documents.join(format!("{at}.txt")), at.to_string()).expect("writable"));
        let said = run.call("list_directory", &json!({"path": "Documents"}), None).expect("the disk is writable");
        assert!(said.refused && run.state.ended == Some(End::Quota), "{name}: {said:?}");
        let hash = run.hash();
        drop(run);
        assert_eq!(replay(image(), &folder).expect("it is lived again").hash, hash);
    }
}

/// Calls are bounded too, and what is refused is refused again when the run is replayed.
#[test]
fn tools_refuse_when_the_disk_is_full() {
    let place = TempDir::new().expect("a temporary folder");
    let limits = Limits { bytes: 3_000, files: 200, calls: 40, ..Limits::default() };
    let (mut run, _) = begin(place.path(), limits);
    let deep = format!("Documents/{}", vec!["a"; 300].join("/"));
    assert!(say(&mut run, "create_directory", json!({"path": deep})).contains("holds 200 files"));
    assert!(say(&mut run, "write_file", json!({"path": "Documents/x", "content": "x".repeat(2_000)})).contains("full"));
    // A folder that is deeper than anybody looks stays all the same.
    say(&mut run, "create_directory", json!({"path": format!("Documents/{}", vec!["b"; 90].join("/"))}));
    let count = run.state.tree.count();
    say(&mut run, "get_current_time", json!({}));
    assert_eq!(run.state.tree.count(), count);
    while run.state.ended.is_none() {
        say(&mut run, "get_current_time", json!({}));
    }
    assert_eq!((run.state.ended, run.turn), (Some(End::TurnLimit), 40));
    drop(run);
    assert!(replay(image(), place.path()).is_ok());
}
