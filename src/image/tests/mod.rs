//! What an image promises: the same bytes on any number of threads, roots that tell what changed, folders that appear
//! whole, faults that are found and named.

use crate::document::{Note, Place};
use crate::formats::read::Line;
use crate::image::files::Files;
use crate::image::{Image, Receipt, pack, render, sample};
use crate::plan::{Content, Plan, Standing};
use crate::source::Sources;

mod reading;

fn files(plan: &Plan) -> Files {
    render(plan, &Sources::default(), 1).expect("the sample renders")
}

pub(crate) fn image(plan: &Plan) -> Image {
    pack(files(plan), &Receipt::default()).expect("the sample packs")
}

#[test]
fn threads_do_not_change_the_root() {
    let roots = [1, 2, 8].map(|threads| {
        let files = render(&sample::plan(), &Sources::default(), threads).expect("the sample renders");
        pack(files, &Receipt::default()).expect("the sample packs").root().to_string()
    });
    assert!(roots.iter().all(|root| *root == roots[0]), "{roots:?}");
}

#[test]
fn the_receipt_is_no_part_of_the_root() {
    let receipt = Receipt { seed: "7".to_string(), compiler: "another".to_string(), ..Receipt::default() };
    let other = pack(files(&sample::plan()), &receipt).expect("the sample packs");
    assert_eq!(other.root(), image(&sample::plan()).root());
}

#[test]
fn another_secret_changes_the_root_but_not_the_public_one() {
    let mut twin = sample::plan();
    twin.facts[2].value = crate::value::Value::Number(sample::number("51200", 0));
    twin.blind = [9; 32];
    let (one, other) = (image(&sample::plan()), image(&twin));
    assert_eq!(one.public_root(), other.public_root());
    assert_ne!(one.root(), other.root());
}

#[test]
fn a_month_begins_with_what_came_before_it() {
    let image = image(&sample::plan());
    let schedule = image.read_text("sealed/schedule.jsonl").expect("there is a schedule");
    assert!(schedule.contains("\"kickoff\"") && !schedule.contains("\"hello\""), "{schedule}");
    let chat = image.read_text("mail/chat.jsonl").expect("there is a chat");
    assert!(chat.contains("Line 2 is running again."));
    assert!(image.manifest().entry("disk/C/Users/jana/Downloads").is_some_and(|entry| entry.is_folder()));
}

#[test]
fn no_sealed_word_is_listed_in_the_manifest() {
    let image = image(&sample::plan());
    let manifest = image.read_text("manifest.json").expect("there is a manifest");
    assert!(!manifest.contains("sealed/") && !manifest.contains("memo[") && !manifest.contains("47350"));
}

#[test]
fn a_saved_image_opens_equal_and_verifies() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let place = folder.path().join("sample@1");
    let made = image(&sample::plan());
    made.save(&place, false).expect("the folder is writable");
    let opened = Image::open(&place).expect("it is an image");
    opened.verify().expect("nothing was changed");
    assert_eq!(opened.root(), made.root());
    for path in made.stored_paths().expect("it is in memory") {
        assert_eq!(opened.read(&path).expect("it was written"), made.read(&path).expect("it is there"), "{path}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 1, "a temporary folder is left");
}

#[test]
fn files_and_folders_have_their_story_times() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let place = folder.path().join("sample@1");
    image(&sample::plan()).save(&place, false).expect("the folder is writable");
    // 2026-02-04 14:03 in Berlin.
    let expected = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_770_210_180);
    for path in ["disk/C/Users/jana/Documents/Close memo.docx", "disk/C/Users/jana/Documents", "disk"] {
        let found = place.join(path).metadata().and_then(|found| found.modified()).expect("it has a time");
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn an_existing_image_is_refused_unless_forced_and_anything_else_always() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let place = folder.path().join("sample@1");
    std::fs::create_dir(&place).expect("the folder is writable");
    let save = |force| image(&sample::plan()).save(&place, force).map_err(|refused| refused.code);
    assert_eq!(save(false), Err("E0603"), "even an empty folder");
    assert_eq!((save(true), save(false), save(true)), (Ok(()), Err("E0603"), Ok(())));
    std::fs::write(place.join("manifest.json"), "{}").expect("the folder is writable");
    assert_eq!(save(true), Err("E0603"), "whatever calls itself so");
    assert!(place.join("sealed/facts.json").exists());
}

#[test]
fn a_place_that_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    std::fs::write(folder.path().join("file"), "").expect("the folder is writable");
    let refused =
        image(&sample::plan()).save(folder.path().join("file/sample@1"), false).expect_err("a file is no folder");
    assert_eq!(refused.code, "E0601");
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 1);
}

#[test]
fn verify_names_the_first_bad_file() {
    let change = |path: &str, bytes: Option<&str>| {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let place = folder.path().join("sample@1");
        image(&sample::plan()).save(&place, false).expect("the folder is writable");
        match bytes {
            Some(bytes) => std::fs::write(place.join(path), bytes).expect("it is writable"),
            None => std::fs::remove_file(place.join(path)).expect("it is there"),
        }
        let verdict = Image::open(&place).and_then(|image| image.verify());
        verdict.expect_err("the image was changed").message
    };
    let memo = "disk/C/Users/jana/Documents/Close memo.docx";
    for (path, bytes) in [
        (memo, Some("other")),
        (memo, None),
        ("sealed/facts.json", Some("[]")),
        ("sealed/index.json", Some("[]")),
        ("sealed/blind", Some("00")),
        ("disk/stray.txt", Some("new")),
        ("manifest.json", Some("{}")),
    ] {
        let message = change(path, bytes);
        assert!(message.contains(path), "{path}: {message}");
    }
}

#[test]
fn a_secret_in_the_open_is_refused_wherever_it_stands() {
    let printed = |change: &dyn Fn(&mut Plan)| {
        let mut plan = sample::plan();
        change(&mut plan);
        render(&plan, &Sources::default(), 1).map(|files| files.notes.len())
    };
    let typed = |plan: &mut Plan| {
        plan.documents[2].stands = Standing::Disk;
        plan.documents[2].content = Content::Text(sample::words("net 47.350,00 due")).into();
    };
    for change in [
        &typed as &dyn Fn(&mut Plan),
        &|plan| plan.documents[0].path = "C/Users/jana/Documents/47350.docx".to_string(),
        &|plan| plan.messages[0].subject = sample::words("about 47,350"),
        &|plan| plan.people[1].role = "Room 47350".to_string(),
        &|plan| plan.documents[1].properties.title = "47 350".to_string(),
        &|plan| {
            let mut book = sample::budget_book();
            let mut sheets = book.sheets.to_vec();
            sheets[0].notes = vec![Note { row: 1, column: 1, text: "was 47.350".to_string(), facts: None }];
            book.sheets = sheets.into();
            plan.documents[1].content = Content::Book(book).into();
        },
    ] {
        let faults = printed(change).expect_err("the secret stands in the open");
        assert!(faults.iter().all(|fault| fault.code == "E0510"), "{faults:?}");
    }
    assert_eq!(printed(&|_| ()).expect("the sample has no leak"), 0);
}

#[test]
fn a_coincidence_with_an_open_fact_is_listed() {
    let mut plan = sample::plan();
    plan.facts[2].value = plan.facts[0].value.clone();
    let notes = files(&plan).notes;
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].code, "W0510");
}

#[test]
fn unsafe_paths_are_refused() {
    let mut plan = sample::plan();
    plan.documents[0].path = "../outside.txt".to_string();
    let refused = pack(files(&plan), &Receipt::default()).expect_err("the path leaves the disk");
    assert_eq!(refused.code, "E0607");
}

/// What the search for leaks and provenance walk through is what readers find in the bytes, place by place.
#[test]
fn readers_find_what_documents_print() {
    let content = |name: &str| match name {
        "docx" | "pdf" => Content::Doc(sample::memo_doc()),
        "xlsx" | "csv" => Content::Book(sample::budget_book()),
        _ => Content::Text(sample::words("one\ntwo 47\n")),
    };
    for extension in ["docx", "pdf", "xlsx", "csv", "txt"] {
        let mut document = sample::plan().documents.swap_remove(0);
        document.path = format!("file.{extension}");
        document.content = content(extension).into();
        let printed: Vec<(String, String)> = crate::image::text::printed(&document)
            .filter(|line| !matches!(line.place, Place::Property(_)) && !line.text.is_empty())
            .map(|line| (line.place.to_string(), line.text.to_string()))
            .collect();
        let bytes = crate::image::bytes::document_bytes(&document).expect("the format is written");
        let extract = crate::formats::read::read(&bytes, extension).expect("the format is read");
        let beside = |line: &Line| matches!(line.place, Place::Property(_) | Place::Beside { .. });
        let read: Vec<(String, String)> = extract
            .lines
            .into_iter()
            .filter(|line| !beside(line))
            .map(|line| (line.place.to_string(), line.text().into_owned()))
            .collect();
        assert_eq!(read, printed, "{extension}");
        assert!(!read.is_empty());
    }
}

#[test]
fn mail_calendar_and_contacts_read_back() {
    let image = image(&sample::plan());
    let lines = |path: &str| {
        let bytes = image.read(path).expect("it is there");
        let extension = crate::image::files::extension(path);
        let extract = crate::formats::read::read(&bytes, &extension).expect("it is read");
        extract.lines.iter().map(|line| line.labelled().into_owned()).collect::<Vec<_>>()
    };
    let mail = lines("mail/jana.mbox");
    for expected in [
        "Subject: The memo",
        "Attachment: Close memo.docx",
        "Is 212.400 final?",
        "From: Marek Novák <marek@nordlicht.example>",
    ] {
        assert!(mail.iter().any(|line| line == expected), "{expected} is not in {mail:?}");
    }
    assert!(lines("mail/calendar.ics").contains(&"SUMMARY: Finance weekly".to_string()));
    assert!(lines("mail/contacts.vcf").iter().any(|line| line.contains("marek@nordlicht.example")));
}
