//! Pages written by hand: what is shown where, and what of it is seen.

use super::*;

/// A file of one page with these operators, and objects beside them from number 6 on.
fn file(content: &str, resources: &str, others: &[&str]) -> Vec<u8> {
    let mut text = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n",
        content.len()
    );
    for (object, number) in others.iter().zip(6..) {
        text += &format!("{number} 0 obj{object}endobj\n");
    }
    text.push_str("trailer<</Root 1 0 R>>\n");
    text.chars().map(|letter| letter as u8).collect()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let extract = read(bytes).expect("the test writes what can be read");
    extract.lines.iter().map(|line| format!("{} {}", line.place, line.seen())).collect()
}

fn hidden(content: &str, resources: &str, others: &[&str]) -> Option<crate::formats::read::extract::Hidden> {
    let extract = read(&file(content, resources, others)).expect("the test writes what can be read");
    extract.lines[0].runs[0].hidden
}

#[test]
fn strings_are_read_in_windows_latin() {
    let content = "BT /F1 12 Tf 72 700 Td (K\\374hn \\(Brno\\) 47,5 \u{80}) Tj 15 TL T* (and more) Tj 0 -40 Td [(one) -250 (two)] TJ <41> Tj ET";
    assert_eq!(lines(&file(content, "", &[])), ["p1 Kühn (Brno) 47,5 € and more", "p2 one twoA"]);
}

#[test]
fn what_stands_higher_is_read_first_and_columns_stay_apart() {
    let at = |x: u32, y: u32, text: &str| format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n");
    let content = at(50, 500, "third") + &at(50, 600, "second") + &at(50, 700, "first") + &at(300, 700, "beside");
    assert_eq!(lines(&file(&content, "", &[])), ["p1 first", "p2 second", "p3 third", "p4 beside"]);
    let words = at(50, 700, "Some") + &at(79, 700, "words") + &at(200, 700, "apart");
    assert_eq!(lines(&file(&words, "", &[])), ["p1 Some words", "p2 apart"]);
}

#[test]
fn a_drawing_has_its_own_place_and_fonts() {
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 50 600]/Resources<</Font<</Z 5 0 R>>>>/Length 33>>\
                stream\nBT /Z 10 Tf 0 0 Td (inside) Tj ET \nendstream ";
    let content = "/X Do BT /F1 10 Tf 50 700 Td (above) Tj ET";
    assert_eq!(lines(&file(content, "/XObject<</X 6 0 R>>", &[form])), ["p1 above", "p2 inside"]);
}

#[test]
fn a_drawing_in_itself_ends() {
    let form = "<</Subtype/Form/Resources<</XObject<</X 6 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream ";
    assert_eq!(lines(&file("/X Do", "/XObject<</X 6 0 R>>", &[form])), Vec::<String>::new());
}

#[test]
fn every_reason_why_a_text_is_not_seen_is_named() {
    use crate::formats::read::extract::Hidden::{self, *};
    let show = |before: &str, after: &str| format!("{before} BT /F1 12 Tf 72 700 Td (text) Tj ET {after}");
    let cases: [(&str, &str, Option<Hidden>); 14] = [
        ("", "", None),
        ("3 Tr", "", Some(Transparent)),
        ("1 g", "", Some(SameColour)),
        ("0 0 1 rg 60 690 100 30 re f 1 g", "", None),
        ("0 0 1 rg 60 690 100 30 re f", "", Some(SameColour)),
        ("0 0 1 rg 60 690 m 200 690 l 60 730 l f 1 g", "", None),
        ("0.1 0 0 0.1 65 630 cm", "", Some(Tiny)),
        ("1 Tz", "", Some(NoSize)),
        ("1 0 0 1 900 0 cm", "", Some(OffPage)),
        ("0 0 10 10 re W n", "", Some(Clipped)),
        ("/G gs", "", Some(Transparent)),
        ("", "0 1 0 rg 60 690 100 30 re f", Some(Covered)),
        ("", "/M gs 0 1 0 rg 60 690 100 30 re f", None),
        ("/OC /L BDC", "EMC", Some(OtherView)),
    ];
    let layers = "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>>>";
    let resources = "/ExtGState<</G<</ca 0>>/M<</BM/Multiply>>>>/Properties<</L 7 0 R>>";
    for (before, after, reason) in cases {
        let bytes = file(&show(before, after), resources, &[layers, "<</Type/OCG>>"]);
        let bytes = String::from_utf8_lossy(&bytes).replace("/Root 1 0 R", "/Root 6 0 R");
        let extract = read(bytes.as_bytes()).expect("the test writes what can be read");
        assert_eq!(extract.lines[0].runs[0].hidden, reason, "{before} … {after}");
    }
    assert_eq!(hidden(&show("0.95 g 0 0 600 800 re f 1 g", ""), "", &[]), Some(SameColour));
}

#[test]
fn fonts_say_what_their_codes_mean() {
    let named = "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[65/zcaron/uni20AC/g7]>>>>";
    let wide = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 8 0 R/DescendantFonts[<</W[3[600 700]]>>]>>";
    let map = "<</Length 61>>stream\n1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0003> <0004> <0416> endbfrange\nendstream ";
    let content = "BT /A 10 Tf 50 700 Td (ABC) Tj /B 10 Tf 0 -40 Td <00030004> Tj ET";
    let bytes = file(content, "", &[named, wide, map]);
    let bytes = String::from_utf8_lossy(&bytes).replace("/F1 5 0 R", "/A 6 0 R/B 7 0 R");
    let extract = read(bytes.as_bytes()).expect("the test writes what can be read");
    let texts: Vec<_> = extract.lines.iter().map(|line| line.text()).collect();
    assert_eq!(texts, ["ž€\u{FFFD}", "ЖЗ"]);
    assert_eq!(extract.gaps.len(), 1);
}

#[test]
fn later_objects_count_and_encrypted_files_are_refused() {
    let mut bytes = file("BT /F1 12 Tf 72 700 Td (old) Tj ET", "", &[]);
    bytes.extend_from_slice(
        b"4 0 obj<</Length 34>>stream\nBT /F1 12 Tf 72 700 Td (new) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
    );
    assert_eq!(lines(&bytes), ["p1 new"]);
    bytes.extend_from_slice(b"trailer<</Root 1 0 R/Encrypt 9 0 R>>\n");
    assert!(read(&bytes).expect_err("nobody has its key").to_string().contains("encrypted"));
}

#[test]
fn what_is_repeated_in_the_margins_is_no_text() {
    let page = |number: u32| format!("<</Type/Page/Contents {number} 0 R>>");
    let shown = |text: &str| {
        let content =
            format!("BT /F1 10 Tf 72 780 Td (Report) Tj 0 -80 Td ({text}) Tj ET BT 72 20 Td (Page {text}) Tj ET");
        format!("<</Length {}>>stream\n{content}\nendstream ", content.len())
    };
    let kids = "<</Type/Pages/Kids[7 0 R 8 0 R]/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>>>";
    let bytes = file("", "", &[kids, &page(9), &page(10), &shown("1"), &shown("2")]);
    let bytes = String::from_utf8_lossy(&bytes).replace("/Pages 2 0 R", "/Pages 6 0 R");
    let expected = ["p1 1", "p2 2", "header1p1 Report", "footer1p1 Page 1", "footer2p1 Page 2"];
    assert_eq!(lines(bytes.as_bytes()), expected);
}

#[test]
fn remarks_links_and_fields_are_read() {
    let annotations = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[\
        <</Subtype/Link/Rect[70 690 200 720]/A<</S/URI/URI(https://x.example)>>>>\
        <</Subtype/Text/Rect[0 0 9 9]/Contents(Check \\374)/T(Ines)>>\
        <</Subtype/Widget/Rect[100 500 300 520]/AP<</N 7 0 R>>>>]>>";
    let look = "<</Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>/Length 40>>stream\nBT /F1 10 Tf 2 5 Td (typed in) Tj ET    \nendstream ";
    let bytes = file("BT /F1 12 Tf 72 700 Td (link) Tj ET", "", &[annotations, look]);
    let bytes = String::from_utf8_lossy(&bytes).replace("/Kids[3 0 R]", "/Kids[6 0 R]");
    let extract = read(bytes.as_bytes()).expect("the test writes what can be read");
    assert_eq!(lines(bytes.as_bytes()), ["p1 link", "p2 typed in", "comment1p1 Check ü"]);
    assert_eq!(extract.lines[0].runs[0].link.as_deref(), Some("https://x.example"));
}

/// Every prefix of a file, and the file with each byte changed, has an answer.
#[test]
fn broken_files_never_panic() {
    let form = "<</Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 5 6]/Length 9>>stream\n0 0 5 5 re f\nendstream ";
    let wide = "<</Subtype/Type0/ToUnicode 8 0 R/DescendantFonts[<</W[3[600]9 12 700]>>]>>";
    let map = "<</Length 47>>stream\n2 beginbfrange <03> <09> [<0416>] endbfrange\nendstream ";
    let content =
        "q 1 0 0 rg /X Do BT /B 9 Tf 2 0 0 2 50 700 Tm [(A)-300<03>] TJ T* (b\\) ET Q /OC /L BDC (c) Tj EMC W n";
    let bytes = file(content, "/XObject<</X 6 0 R>>", &[form, wide, map]);
    let bytes = String::from_utf8_lossy(&bytes).replace("/F1 5 0 R", "/B 7 0 R").into_bytes();
    for cut in 0..bytes.len() {
        let _ = read(&bytes[..cut]);
        for flip in [0x01, 0x10, 0xff] {
            let mut changed = bytes.clone();
            changed[cut] ^= flip;
            let _ = read(&changed);
        }
    }
}
