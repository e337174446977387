//! Files that go between us and crates which share no code with us: what docx-rs, printpdf and rust_xlsxwriter write we
//! read, and what we write docx-rs and lopdf read. `tests/formats/foreign.py` does the same with other languages' writers.

use std::io::Cursor;

use serde_json::Value;
use worldc::testing::documents::{self, Block, Doc, Run};
use worldc::testing::reading;

/// The lines we read in a file, in their order.
fn lines(bytes: &[u8], extension: &str) -> Vec<Value> {
    let read = reading::read(bytes, extension).unwrap_or_else(|reason| panic!("a .{extension} of a peer: {reason}"));
    let read: Value = serde_json::from_str(&read).expect("what is read is JSON");
    read["lines"].as_array().cloned().unwrap_or_default()
}

/// The texts of what a person sees on the pages.
fn shown(bytes: &[u8], extension: &str) -> Vec<String> {
    let seen = lines(bytes, extension).into_iter().filter(|line| line["role"] != "property");
    seen.filter_map(|line| Some(line["text"].as_str()?.to_owned())).collect()
}

const WORDS: [&str; 3] =
    ["Přístavba školy", "The sum is 45,300.00 € as agreed.", "Κατασκευή: see clause 2.27 of the particulars."];

/// A document of ours with the words of this page.
fn ours(extension: &str) -> Vec<u8> {
    let runs = |text: &str| vec![Run { text: text.to_owned(), ..Run::default() }];
    let [title, first, second] = WORDS.map(runs);
    let table = Block::Table {
        header: vec![runs("Package"), runs("Sum")],
        rows: vec![vec![runs("Groundworks"), runs("318,000")]],
        alignment: Vec::new(),
    };
    let blocks = vec![
        Block::Heading { level: 0, runs: title },
        Block::Paragraph { runs: first },
        table,
        Block::Paragraph { runs: second },
    ];
    let doc = Doc { properties: documents::properties("Přístavba školy", "Acme"), blocks };
    documents::render_doc(&doc, extension).expect("a document is written")
}

#[test]
fn what_docx_rs_writes_is_read() {
    use docx_rs::{
        Comment, Delete, Docx, Hyperlink, HyperlinkType, Insert, Paragraph, Run, Table, TableCell, TableRow,
    };
    let run = |text: &str| Run::new().add_text(text);
    let said = |text: &str| Paragraph::new().add_run(run(text));
    let cell = |text: &str| TableCell::new().add_paragraph(said(text));
    let link = Hyperlink::new("https://acme.example/ledger", HyperlinkType::External).add_run(run("the ledger"));
    let docx = Docx::new()
        .add_paragraph(said(WORDS[0]).style("Heading1"))
        .add_paragraph(Paragraph::new().add_run(run("Details stand in ")).add_hyperlink(link))
        .add_table(Table::new(vec![TableRow::new(vec![cell("Package"), cell("Sum")])]))
        .add_paragraph(
            Paragraph::new()
                .add_run(run("We pay "))
                .add_delete(Delete::new().add_run(Run::new().add_delete_text("nothing")))
                .add_insert(Insert::new(run("everything"))),
        )
        .add_paragraph(Paragraph::new().add_run(run("vanishing words").vanish()))
        .add_paragraph(
            Paragraph::new()
                .add_comment_start(Comment::new(1).author("Ana Lee").add_paragraph(said("Really?")))
                .add_run(run("The last one"))
                .add_comment_end(1),
        );
    let mut file = Cursor::new(Vec::new());
    docx.build().pack(&mut file).expect("docx-rs writes to memory");
    let read = lines(file.get_ref(), "docx");
    let texts: Vec<&str> = read.iter().filter_map(|line| line["text"].as_str()).collect();
    for expected in
        [WORDS[0], "Details stand in the ledger", "Package", "Sum", "We pay everything", "The last one", "Really?"]
    {
        assert!(texts.contains(&expected), "{expected} in {texts:?}");
    }
    let unseen = read.iter().find(|line| line.to_string().contains("vanishing words")).expect("hidden text is read");
    assert!(unseen.to_string().contains("hidden"), "{unseen}");
}

#[test]
fn what_we_write_docx_rs_reads() {
    let docx = docx_rs::read_docx(&ours("docx")).expect("docx-rs reads a memo");
    let json = docx.json();
    let at: Vec<usize> = WORDS
        .iter()
        .chain(&["Groundworks"])
        .map(|words| json.find(words).unwrap_or_else(|| panic!("{words}")))
        .collect();
    assert!(at[0] < at[1] && at[1] < at[3] && at[3] < at[2], "in order: {at:?}");
}

#[test]
fn what_printpdf_writes_is_read() {
    use printpdf::{BuiltinFont, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem};
    let written = ["The sum is 45,300.00 EUR as agreed.", "Größe: 120 mm", "Second column"];
    let mut ops = Vec::new();
    // Places count from the one before within a section.
    for (text, (x, y)) in written.iter().zip([(20.0, 270.0), (20.0, 262.0), (120.0, 200.0)]) {
        ops.push(Op::StartTextSection);
        ops.push(Op::SetFont { font: PdfFontHandle::Builtin(BuiltinFont::Helvetica), size: Pt(11.0) });
        ops.push(Op::SetTextCursor { pos: Point::new(Mm(x), Mm(y)) });
        ops.push(Op::ShowText { items: vec![TextItem::Text((*text).to_owned())] });
        ops.push(Op::EndTextSection);
    }
    let mut document = PdfDocument::new("A peer's file");
    document.with_pages(vec![PdfPage::new(Mm(210.0), Mm(297.0), ops)]);
    let bytes = document.save(&PdfSaveOptions::default(), &mut Vec::new());
    assert_eq!(shown(&bytes, "pdf"), written);
}

/// lopdf reads our pages by their tables and fonts, and writes the file anew with its objects in streams.
#[test]
fn what_we_write_lopdf_reads_and_writes_again() {
    let bytes = ours("pdf");
    let mut document = lopdf::Document::load_mem(&bytes).expect("lopdf reads a memo");
    let text = document.extract_text(&[1]).expect("lopdf finds the text of the first page");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for line in WORDS {
        assert!(words(&text).windows(words(line).len()).any(|part| *part == *words(line)), "{line} in {text}");
    }
    let mut again = Vec::new();
    document.save_modern(&mut again).expect("lopdf writes to memory");
    assert_ne!(again, bytes);
    assert_eq!(shown(&again, "pdf"), shown(&bytes, "pdf"));
}

#[test]
fn what_rust_xlsxwriter_writes_is_read() {
    use rust_xlsxwriter::{Format, Formula, Note, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Costs 2026").expect("a name of a sheet");
    let mut write = || -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.write(0, 0, "Package")?.write(0, 1, "Sum")?;
        sheet.write(1, 0, WORDS[0])?.write_with_format(1, 1, 318_000.5, &Format::new().set_num_format("#,##0.00"))?;
        sheet.write(2, 0, "Twice")?.write_formula(2, 1, Formula::new("=2*B2").set_result("636001"))?;
        sheet.insert_note(1, 1, &Note::new("as agreed"))?;
        sheet.merge_range(4, 0, 4, 1, "Over two columns", &Format::new())?;
        sheet.set_row_hidden(2)?;
        Ok(())
    };
    write().expect("cells are written");
    let bytes = workbook.save_to_buffer().expect("rust_xlsxwriter writes to memory");
    let text = reading::read(&bytes, "xlsx").expect("a workbook is read");
    for expected in ["Costs 2026", WORDS[0], "318000.5", "636001", "as agreed", "Over two columns"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}
