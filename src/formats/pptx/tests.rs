//! Decks of odd content: they are well-formed, or refused with the slide and the reason.

use super::*;
use crate::document::markdown::from_markdown;
use crate::document::tests::doc;
use crate::formats::read::zip::Archive;

fn deck(text: &str) -> Doc {
    doc(from_markdown(text, &[]))
}

/// A part of a deck as text.
fn part(text: &str, name: &str) -> String {
    let bytes = write(&deck(text)).expect("the deck can be shown");
    let archive = Archive::open(&bytes).expect("it is a zip archive");
    archive.text(name).expect("it is whole").expect("the deck has this part")
}

#[test]
fn what_xml_cannot_hold_is_left_out_and_the_rest_is_kept() {
    let slide =
        part("## Zahl \u{1}<&>\"'\n\n- שלום עולם\n- 👩\u{200d}🔧 & \u{fffe}co\n- a<br>b\n", "ppt/slides/slide1.xml");
    for kept in ["Zahl &lt;&amp;&gt;\"'", "שלום עולם", "👩\u{200d}🔧 &amp; co"] {
        assert!(slide.contains(&format!("<a:t>{kept}</a:t>")), "{kept} in {slide}");
    }
    assert!(!slide.contains('\u{1}') && !slide.contains('\u{fffe}'));
}

#[test]
fn a_slide_that_holds_too_much_is_refused() {
    let reason = |text: &str| overfull(&deck(text)).map(|overfull| format!("{}: {}", overfull.slide, overfull.reason));
    let word = "responsibility ".repeat(2_000);
    let rows = "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(30);
    for (text, expected) in [
        (format!("## One\n\n{}", "- x\n".repeat(10)), "1: it has 10 lines, and a slide holds 9"),
        (format!("# T\n\n## One\n\n- {word}\n"), "2: its text does not fit even in small print"),
        (format!("## One\n\n{rows}"), "1: its text does not fit even in small print"),
        (format!("## {word}\n"), "1: its title takes more than two lines"),
        ("## x\n\n".repeat(1_001), "1001: a deck holds 1000 slides"),
    ] {
        assert_eq!(reason(&text).as_deref(), Some(expected), "{:.40}", text);
        assert!(write(&deck(&text)).is_err());
    }
    assert_eq!(reason(&format!("## One\n\n{}\n---\n\n{}", "- x\n".repeat(9), "- y\n".repeat(9))), None);
}

#[test]
fn texts_stand_in_the_placeholders_of_their_layouts() {
    let layout = |text: &str| {
        let relations = part(text, "ppt/slides/_rels/slide1.xml.rels");
        relations.split("slideLayouts/slideLayout").nth(1).and_then(|rest| rest.chars().next())
    };
    for (text, expected) in [
        ("# Pack\n\nfor the board\n", '1'),
        ("## One\n\n- x\n", '2'),
        ("loose\n\n# Part\n\nof it\n", '6'),
        ("## One\n\n- x\n\n---\n\n- y\n", '4'),
        ("## One\n", '5'),
        ("##\n", '2'),
        ("# Pack\n\n| a |\n|---|\n| b |\n", '2'),
    ] {
        assert_eq!(layout(text), Some(expected), "{text}");
    }
}

#[test]
fn a_document_without_anything_is_a_deck_without_slides() {
    assert!(!part("", "ppt/presentation.xml").contains("sldIdLst"));
}

#[test]
fn numbers_of_a_list_go_on_where_it_begins() {
    let slide = part("## One\n\n4. four\n5. five\n   - inner\n", "ppt/slides/slide1.xml");
    assert_eq!(slide.matches("<a:buAutoNum type=\"arabicPeriod\" startAt=\"4\"/>").count(), 2);
    assert!(slide.contains("<a:pPr lvl=\"1\"/>"), "{slide}");
}

#[test]
fn scripts_that_run_leftward_begin_at_the_right_edge() {
    let slide = part("## שלום\n\n- עולם\n- world\n", "ppt/slides/slide1.xml");
    assert_eq!(slide.matches(" algn=\"r\" rtl=\"1\"").count(), 2, "{slide}");
}
