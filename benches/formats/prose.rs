//! The text of the baseline as docx and pdf.

use worldc::testing::documents::{Alignment, Block, Doc, Run, properties, render_doc, set_in};

use crate::content::{self, Text};

pub(crate) fn docx(number: u64) -> Result<Vec<u8>, String> {
    written(number, "docx")
}

pub(crate) fn html(number: u64) -> Result<Vec<u8>, String> {
    written(number, "html")
}

pub(crate) fn md(number: u64) -> Result<Vec<u8>, String> {
    written(number, "md")
}

pub(crate) fn txt(number: u64) -> Result<Vec<u8>, String> {
    written(number, "txt")
}

pub(crate) fn eml(number: u64) -> Result<Vec<u8>, String> {
    written(number, "eml")
}

fn written(number: u64, extension: &str) -> Result<Vec<u8>, String> {
    render_doc(&doc(content::text(number, 8), 1), extension)
}

/// In the font that every reader has.
pub(crate) fn pdf(number: u64) -> Result<Vec<u8>, String> {
    pdf_in("Helvetica", number)
}

/// In a font that the document brings with it.
pub(crate) fn pdf_embedding(number: u64) -> Result<Vec<u8>, String> {
    pdf_in("Noto Sans", number)
}

fn pdf_in(font: &str, number: u64) -> Result<Vec<u8>, String> {
    let doc = doc(content::text(number, 12), 2);
    render_doc(&Doc { properties: set_in(font, doc.properties), ..doc }, "pdf")
}

/// Title, sections, and the table at the end of one of them.
fn doc(text: Text, table_after: usize) -> Doc {
    let mut blocks = vec![heading(0, text.title.clone())];
    for (index, (title, paragraphs)) in text.sections.into_iter().enumerate() {
        blocks.push(heading(1, title));
        blocks.extend(paragraphs.into_iter().map(|text| Block::Paragraph { runs: runs(text) }));
        if index == table_after {
            blocks.push(table(&text.table));
        }
    }
    Doc { properties: properties(&text.title, &text.header), blocks }
}

pub(crate) fn heading(level: u8, text: String) -> Block {
    Block::Heading { level, runs: runs(text) }
}

pub(crate) fn runs(text: String) -> Vec<Run> {
    vec![Run { text, ..Run::default() }]
}

fn table(rows: &[[String; 4]]) -> Block {
    let row = |cells: &[String; 4]| cells.iter().cloned().map(runs).collect();
    Block::Table {
        header: rows.first().map(row).unwrap_or_default(),
        rows: rows.iter().skip(1).map(row).collect(),
        alignment: vec![Alignment::Left; 4],
    }
}
