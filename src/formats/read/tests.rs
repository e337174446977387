//! Readers against bytes written by hand and against broken ones: an answer or a reason, never a panic.

use super::*;
use crate::document::Place;

fn texts(extension: &str, bytes: &[u8]) -> Vec<String> {
    let extract = read(bytes, extension).expect("the test writes what can be read");
    extract.lines.iter().map(|line| format!("{} {}", line.place, line.labelled())).collect()
}

#[test]
fn mailboxes_are_read_message_by_message() {
    let mbox = "From marek@x.example Fri Feb 20 09:00:00 2026\nMessage-ID: <a@x.example>\nFrom: =?UTF-8?Q?Ren=C3=A9_K=C3=BChn?= <r@x.example>\n\
        Subject: =?UTF-8?B?w5xiZXI=?=\n =?UTF-8?B?YmxpY2s=?=\nContent-Type: text/plain; charset=utf-8\n\
        Content-Transfer-Encoding: quoted-printable\n\nSch=C3=B6n=\n er Gru=C3=9F\n>From me\n\n\
        From other@x.example Fri Feb 20 10:00:00 2026\nMessage-ID: <b@x.example>\nSubject: two\n\
        Content-Type: multipart/mixed; boundary=\"xx\"\n\n--xx\nContent-Type: text/plain\n\nhello\n--xx\n\
        Content-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=utf-8''%C3%9C; filename*1=\".pdf\"\n\nJVBERi0=\n--xx--\n";
    let expected = [
        "<a@x.example> From: René Kühn <r@x.example>",
        "<a@x.example> Subject: Überblick",
        "<a@x.example> Schön er Gruß",
        "<a@x.example> From me",
        "<b@x.example> Subject: two",
        "<b@x.example> Attachment: Ü.pdf",
        "<b@x.example> hello",
    ];
    assert_eq!(texts("mbox", mbox.as_bytes()), expected);
}

#[test]
fn calendars_unfold_and_unescape() {
    let ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART;TZID=Europe/Berlin:20260302T100000\r\n\
        SUMMARY:Finance\\, wee\r\n kly\r\nATTENDEE;CN=\"Jana Kühn\":mailto:j@x.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let expected =
        ["<1@x> DTSTART: 20260302T100000", "<1@x> SUMMARY: Finance, weekly", "<1@x> ATTENDEE: Jana Kühn <j@x.example>"];
    assert_eq!(texts("ics", ics.as_bytes()), expected);
}

#[test]
fn a_csv_of_nothing_but_delimiters_is_refused_before_it_is_read() {
    let fault = read(&vec![b','; 20 << 20], "csv").expect_err("more fields than any sheet has");
    assert!(fault.to_string().contains("fields"), "{fault}");
}

#[test]
fn csv_fields_keep_their_line_breaks_and_commas() {
    assert_eq!(texts("csv", b"a,\"b,c\"\n1,\"x\ny\"\n"), ["l1 a\tb,c", "l2 1\tx\ny"]);
}

/// Every prefix of something valid, and something valid with each byte changed, has an answer.
#[test]
fn broken_files_never_panic() {
    let mut samples: Vec<(&str, Vec<u8>)> = vec![
        ("pdf", b"%PDF-1.4 1 0 obj <</Length 9>> stream BT (a\\374(b)) Tj <4> Tj ET endstream".to_vec()),
        (
            "mbox",
            b"From a\nSubject: =?UTF-8?Q?=C3=?= =?x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--"
                .to_vec(),
        ),
        ("ics", b"BEGIN:VEVENT\nUID:1\nSUMMARY;CN=:a\\\nEND:VEVENT\nEND:VCARD".to_vec()),
        ("csv", b"a,\"b\n".to_vec()),
    ];
    samples
        .extend(["docx", "xlsx", "pptx"].map(|extension| (extension, crate::formats::read::tests::package(extension))));
    for (extension, bytes) in samples {
        for cut in 0..bytes.len() {
            let _ = read(&bytes[..cut], extension);
            for flip in [0x01, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[cut] ^= flip;
                let _ = read(&changed, extension);
            }
        }
    }
}

/// The smallest package that the readers take.
fn package(extension: &str) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook =
        format!("<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>");
    let deck =
        format!("<presentation xmlns:r=\"{RELATIONS}\"><sldIdLst><sldId r:id=\"r1\"/></sldIdLst></presentation>");
    let relations = |target: &str| format!("<R><Relationship Id=\"r1\" Type=\"/x\" Target=\"{target}\"/></R>");
    let parts: Vec<(&str, String)> = match extension {
        "docx" => vec![(
            "word/document.xml",
            "<document><body><p><r><t>a &amp; b</t><br/></r></p></body></document>".to_owned(),
        )],
        "pptx" => vec![
            ("ppt/presentation.xml", deck),
            ("ppt/_rels/presentation.xml.rels", relations("s.xml")),
            (
                "ppt/s.xml",
                "<sld><cSld><spTree><sp><txBody><p><r><t>x</t></r></p></txBody></sp></spTree></cSld></sld>".to_owned(),
            ),
        ],
        _ => vec![
            ("xl/workbook.xml", workbook),
            ("xl/_rels/workbook.xml.rels", relations("s.xml")),
            (
                "xl/s.xml",
                "<worksheet><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"B1\"><f>1+1</f><v>2</v></c></worksheet>"
                    .to_owned(),
            ),
        ],
    };
    let mut package = crate::formats::package::Package::default();
    parts.iter().for_each(|(name, text)| package.part(name, text.as_bytes()));
    package.finish()
}

#[test]
fn packages_are_read() {
    assert_eq!(texts("docx", &package("docx")), ["p1 a & b\n"]);
    assert_eq!(texts("xlsx", &package("xlsx")), ["S!A1 x", "S!B1 2"]);
    assert_eq!(texts("pptx", &package("pptx")), ["s1p1 x"]);
}

#[test]
fn a_package_that_unpacks_to_too_much_is_refused() {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..LIMIT / 1024 + 1 {
        encoder.write_all(&[b' '; 1024]).expect("memory takes it");
    }
    let packed = encoder.finish().expect("memory takes it");
    let mut expected = zip::inflate(flate2::read::DeflateDecoder::new(packed.as_slice()), 1000);
    assert_eq!(expected.take().map(|bytes| bytes.len()), Some(1001));
}

/// A long memo with everything a document can hold reads back as its own paragraphs; a pdf breaks lines anew.
#[test]
fn memos_read_back_as_their_paragraphs() {
    let doc = crate::formats::samples::memo();
    for extension in ["docx", "pdf"] {
        let bytes = crate::formats::render_doc(&doc, extension).expect("a memo is written");
        let spell = |place: String, text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            format!("{place} {}\n", words.join(" "))
        };
        let paragraphs = crate::document::places::paragraphs(&doc);
        let expected: String =
            paragraphs.iter().map(|found| spell(format!("p{}", found.number), &found.text)).collect();
        let found = read(&bytes, extension).expect("a memo is read").lines.into_iter();
        let found = found.filter(|line| matches!(line.place, Place::Paragraph(_)));
        let found: String = found.map(|line| spell(line.place.to_string(), &line.text())).collect();
        assert_eq!(found, expected, "{extension}");
    }
}
