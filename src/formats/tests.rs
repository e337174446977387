//! What all writers promise: the same bytes whatever was written before, and on any thread.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::mail::{self, MailMessage};
use super::{archive, calendar, contacts, read, render_book, render_doc, render_picture, samples};
use crate::document::{Doc, Place, Properties, markdown, places};

/// A file's name, and what writes it.
type Written = (String, Box<dyn Fn() -> Vec<u8> + Send + Sync>);

/// Every format with a sample of it. Files that are nothing but a text are that text.
fn files() -> Vec<Written> {
    let doc = |extension: &'static str| -> Box<dyn Fn() -> Vec<u8> + Send + Sync> {
        Box::new(move || render_doc(&samples::memo(), extension).expect("a memo is written in every prose format"))
    };
    let book = |extension: &'static str| -> Box<dyn Fn() -> Vec<u8> + Send + Sync> {
        Box::new(move || {
            let mut book = samples::ledger(450);
            if extension != "xlsx" {
                book.sheets = book.sheets[1..].into();
            }
            render_book(&book, extension).expect("a ledger is written in every data format")
        })
    };
    let figures = |extension: &'static str| -> Box<dyn Fn() -> Vec<u8> + Send + Sync> {
        Box::new(move || render_doc(&samples::figures(), extension).expect("pages and slides hold figures"))
    };
    let others: Vec<(&str, Box<dyn Fn() -> Vec<u8> + Send + Sync>)> = vec![
        ("memo.docx", doc("docx")),
        ("deck.pptx", Box::new(|| render_doc(&samples::deck(), "pptx").expect("a deck is written"))),
        ("marked.docx", Box::new(|| render_doc(&samples::marked(), "docx").expect("it is written"))),
        ("memo.pdf", doc("pdf")),
        ("contract.pdf", Box::new(|| render_doc(&samples::contract(), "pdf").expect("it is written"))),
        ("scanned.pdf", Box::new(|| render_doc(&scanned(), "pdf").expect("it is written"))),
        ("figures.docx", figures("docx")),
        ("figures.pptx", figures("pptx")),
        ("figures.pdf", figures("pdf")),
        ("figures.html", figures("html")),
        ("memo.md", doc("md")),
        ("memo.txt", doc("txt")),
        ("memo.eml", doc("eml")),
        ("ledger.xlsx", book("xlsx")),
        ("ledger.csv", book("csv")),
        ("ledger.json", book("json")),
        ("ledger.jsonl", book("jsonl")),
        ("ledger.yaml", book("yaml")),
        ("ledger.txt", book("txt")),
        ("memo.html", doc("html")),
        ("kept.zip", Box::new(kept)),
        ("answer.eml", Box::new(|| append(&samples::mails()[1..], mail::append_eml))),
        ("inbox.mbox", Box::new(|| append(&samples::mails(), mail::append_mbox))),
        ("calendar.ics", Box::new(|| calendar::write("Jana", samples::zone(), &samples::events()))),
        ("contacts.vcf", Box::new(|| contacts::write(&samples::contacts()))),
    ];
    let some = ["column.png", "column.svg", "photo0.jpg", "photo3.jpg", "screen-cells-macos.png"];
    let pictures = pictures().into_iter().filter(|(name, _)| some.contains(&name.as_str()));
    others.into_iter().map(|(name, write)| (name.to_owned(), write)).chain(pictures).collect()
}

/// An archive of a memo and a ledger.
fn kept() -> Vec<u8> {
    let memo = render_doc(&samples::memo(), "docx").expect("a memo is written");
    let ledger = render_book(&samples::ledger(20), "xlsx").expect("a ledger is written");
    let members: [(&str, Arc<[u8]>); 2] = [("old/memo.docx", memo.into()), ("ledger.xlsx", ledger.into())];
    archive(members.into_iter(), samples::memo().properties.modified)
}

fn scanned() -> Doc {
    let memo = samples::memo();
    Doc { properties: Properties { scanned: true, ..memo.properties }, blocks: memo.blocks }
}

/// Every kind of picture in its formats.
fn pictures() -> Vec<Written> {
    let mut files: Vec<Written> = Vec::new();
    for (name, file) in samples::pictures() {
        let extensions: &[&str] = match name.split(['-', '0', '1', '2', '3']).next() {
            Some("photo") => &["jpg"],
            Some("screen") => &["png", "jpg"],
            _ => &["png", "svg"],
        };
        for extension in extensions {
            let file = file.clone();
            let write = move || render_picture(&file, extension).expect("the sample is written in this format");
            files.push((format!("{name}.{extension}"), Box::new(write)));
        }
    }
    files
}

fn append(messages: &[MailMessage], append: fn(&MailMessage, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    messages.iter().for_each(|message| append(message, &mut out));
    out
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn bytes_are_those_of_the_golden_list() {
    let list: String = files().iter().map(|(name, write)| format!("{}  {name}\n", hash(&write()))).collect();
    insta::assert_snapshot!(list);
}

#[test]
fn pixels_are_those_of_the_golden_list() {
    let list: String = pictures().iter().map(|(name, write)| format!("{}  {name}\n", hash(&write()))).collect();
    insta::assert_snapshot!(list);
}

#[test]
fn bytes_do_not_depend_on_order_or_thread() {
    let files = files();
    let forward: Vec<String> = files.iter().map(|(_, write)| hash(&write())).collect();
    let mut backward: Vec<String> = files.iter().rev().map(|(_, write)| hash(&write())).collect();
    backward.reverse();
    assert_eq!(forward, backward);
    std::thread::scope(|scope| {
        let run = || files.iter().map(|(_, write)| hash(&write())).collect::<Vec<_>>();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("no writer panics"), forward);
        }
    });
}

/// Writes the samples into `target/formats`, for `tests/readers/check_files.py` and for eyes; beside a pdf the text that our
/// reader finds.
#[test]
fn samples_are_kept_for_other_readers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/formats");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    for (name, write) in files().into_iter().chain(pictures()) {
        let bytes = write();
        fs::write(folder.join(&name), &bytes).expect("the target folder can be written");
        if name.ends_with(".pdf") {
            let lines = read::read(&bytes, "pdf").expect("a pdf is read").lines.into_iter();
            // What a file says of itself stands on no page.
            let shown = lines.filter(|line| !matches!(line.place, Place::Property(_)));
            let text: String = shown.map(|line| line.text().into_owned() + "\n").collect();
            fs::write(folder.join(format!("{name}.txt")), text).expect("the target folder can be written");
        }
    }
}

/// What is printed behind a picture or chart stands where a reader counts it.
#[test]
fn figures_count_as_readers_count_them() {
    let doc = samples::figures();
    let written = |extension: &str| render_doc(&doc, extension).expect("pages and slides hold figures");
    let read = |extension: &str| {
        let lines = read::read(&written(extension), extension).expect("what we write is read").lines.into_iter();
        let beside = |line: &read::Line| matches!(line.place, Place::Property(_) | Place::Beside { .. });
        let lines = lines.filter(|line| !beside(line));
        lines.map(|line| format!("{} {}", line.place, line.text())).collect::<Vec<_>>()
    };
    let words = ["Figures", "On site", "The yard", "The crane stands", "The roof is on", "Who we are", "Our mark"];
    let after = [samples::TITLE, "After", "Nothing follows."];
    let numbered = words.iter().chain(&after).zip(1..).map(|(text, number)| format!("p{number} {text}"));
    assert_eq!(read("docx"), numbered.collect::<Vec<_>>());
    // On a slide figures stand beside the text, and are read behind it.
    let slides = [
        "s1p1 Figures".to_owned(),
        "s2p1 On site".to_owned(),
        "s2p2 The crane stands".to_owned(),
        "s2p3 The roof is on".to_owned(),
        "s2p4 The yard".to_owned(),
        "s3p1 Who we are".to_owned(),
        "s3p2 Our mark".to_owned(),
        format!("s3p3 {}", samples::TITLE),
        "s4p1 After".to_owned(),
        "s4p2 Nothing follows.".to_owned(),
    ];
    assert_eq!(read("pptx"), slides);
}

#[test]
fn a_scanned_page_is_a_picture_and_holds_no_text() {
    let bytes = render_doc(&scanned(), "pdf").expect("a pdf shows scanned pages");
    let lines = read::read(&bytes, "pdf").expect("a pdf is read").lines;
    assert!(lines.iter().all(|line| matches!(line.place, Place::Property(_))), "{lines:?}");
    let parts = |needle: &[u8]| bytes.windows(needle.len()).filter(|part| *part == needle).count();
    assert_eq!((parts(b"/DCTDecode"), parts(b"/FontFile2")), (parts(b"/Type /Page\n"), 0));
    assert!(super::doc_places(&scanned(), "pdf").iter().all(|(place, _)| *place == Place::Picture));
}

/// What plain Markdown loses is nothing that a reader of the text would miss.
#[test]
fn markdown_reads_back() {
    let doc = samples::memo();
    let text = String::from_utf8(render_doc(&doc, "md").expect("Markdown is written")).expect("text is UTF-8");
    let again = Doc { blocks: markdown::from_markdown(&text, &[]), ..doc.clone() };
    assert_eq!(places::paragraphs(&again), places::paragraphs(&doc));
    assert_eq!(render_doc(&again, "md").expect("Markdown is written"), text.as_bytes());
}
