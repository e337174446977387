//! What a pdf promises beyond what all writers do.

use super::write;
use crate::document::look::Brand;
use crate::document::picture::Picture;
use crate::document::tests::{doc, properties};
use crate::document::{Block, Doc, Place, Properties, Run};
use crate::formats::{read, samples};
use std::sync::Arc;

fn paragraph(text: &str) -> Block {
    Block::Paragraph { runs: vec![Run { text: text.to_owned(), ..Run::default() }] }
}

/// A document of one paragraph whose company sets its text in a font.
fn set_in(font: &str, text: &str) -> Doc {
    let brand = Brand { heading_font: font.to_owned(), body_font: font.to_owned(), ..Brand::plain("Nordlicht") };
    let properties = Properties { brand: Arc::new(brand), ..properties() };
    Doc { properties, blocks: vec![paragraph(text)] }
}

fn has(bytes: &[u8], word: &str) -> bool {
    memchr::memmem::find(bytes, word.as_bytes()).is_some()
}

fn read_back(doc: &Doc) -> Vec<String> {
    let bytes = write(doc).expect("its letters are known");
    let lines = read::read(&bytes, "pdf").expect("a pdf is read").lines;
    let text = lines.iter().filter(|line| matches!(line.place, Place::Paragraph(_)));
    text.map(|line| line.text().into_owned()).collect()
}

#[test]
fn letters_of_europe_come_back_in_every_font() {
    let text = "Žluťoučký kůň, zażółć gęślą jaźń, pijamalı hasta yağız; Ξεσκεπάζω; Съешь же ещё, їжак; € ₺ ₴ → ½ ✓ ⌀ ≤ “a” (b) \\\\";
    for font in ["Calibri", "Segoe UI", "Georgia", "Consolas", "Helvetica"] {
        assert_eq!(read_back(&set_in(font, text)), [text], "{font}");
    }
}

#[test]
fn what_no_font_has_is_refused_with_its_place() {
    for (letter, named) in
        [('א', "`א` (U+05D0)"), ('🙂', "`🙂` (U+1F642)"), ('\u{7}', "(U+0007)"), ('\u{202E}', "U+202E")]
    {
        let blocks = vec![paragraph("fine"), paragraph(&format!("a {letter} b"))];
        let refusal = write(&doc(blocks)).expect_err("no font has it").to_string();
        assert!(refusal.contains(named) && refusal.starts_with("in p2, "), "{refusal}");
    }
    let titled = Doc { properties: Properties { title: "日".to_owned(), ..properties() }, blocks: Vec::new() };
    assert!(write(&titled).expect_err("no font has it").to_string().contains("title"));
}

#[test]
fn a_font_comes_along_only_as_far_as_the_letters_ask() {
    let fonts = |font, text| {
        let bytes = write(&set_in(font, text)).expect("its letters are known");
        (has(&bytes, "/FontFile2"), has(&bytes, "LATINA+"), has(&bytes, "EUROPA+"))
    };
    assert_eq!(fonts("Helvetica", "Kühn – 5 €"), (false, false, false));
    assert_eq!(fonts("Helvetica", "Dvořák"), (true, true, false));
    assert_eq!(fonts("Calibri", "Dvořák"), (true, true, false));
    assert_eq!(fonts("Calibri", "Кюн"), (true, true, true), "the bold monogram is Latin");
}

#[test]
fn bytes_around_letters_that_pdf_strings_must_escape_come_back() {
    let text: String = ('!'..='~').chain('\u{A1}'..='\u{AC}').chain('Ā'..='ſ').chain('Α'..='Ρ').collect();
    let spaced: Vec<String> = text.chars().map(String::from).collect();
    let spaced = spaced.join(" ");
    for font in ["Calibri", "Helvetica"] {
        assert_eq!(read_back(&set_in(font, &spaced)).join(" "), spaced);
    }
}

#[test]
fn headers_of_tables_are_repeated_and_headings_are_listed() {
    let contract = samples::contract();
    let headers = read_back(&contract).iter().filter(|text| *text == "Description").count();
    assert_eq!(headers, 3, "the table stands on three pages");
    let bytes = write(&contract).expect("its letters are known");
    for word in ["/Outlines", "/Lang", "/UseOutlines", "/URI", "/DisplayDocTitle true", "/ID"] {
        assert!(has(&bytes, word), "{word}");
    }
}

/// Whatever is drawn lies on the page: no line of a long document reaches beyond its margins.
#[test]
fn long_words_and_many_columns_stay_on_the_page() {
    let cell = |text: &str| vec![Run { text: text.to_owned(), ..Run::default() }];
    let row: Vec<Vec<Run>> = (0..14).map(|_| cell("Donaudampfschifffahrtsgesellschaft 1,234,567.89")).collect();
    let table = Block::Table { header: row.clone(), rows: vec![row; 3], alignment: Vec::new() };
    let word = "x".repeat(3_000);
    let text = read_back(&doc(vec![table, paragraph(&word)])).concat();
    assert_eq!(text.matches('x').count(), 3_000);
}

/// A chart is drawn in shapes and letters; its title is text, and what is written on it is none.
#[test]
fn charts_and_logos_are_drawn_and_photos_embedded() {
    let deck = samples::deck();
    let chart = |block: &&Block| matches!(block, Block::Chart { .. });
    let mut blocks: Vec<Block> = deck.blocks.iter().filter(chart).cloned().collect();
    let titles: Vec<String> = blocks
        .iter()
        .map(|block| if let Block::Chart { chart } = block { chart.title.clone() } else { String::new() })
        .collect();
    assert!(titles.len() > 2, "the deck has charts of several kinds");
    let logo = Picture::Logo(properties().brand);
    blocks.push(Block::Picture { picture: Arc::new(logo), alt: "The mark".to_owned(), facts: Default::default() });
    let mut expected = titles;
    expected.push("The mark".to_owned());
    assert_eq!(read_back(&doc(blocks)), expected);
}
