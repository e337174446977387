//! Edits change what they are asked for and nothing else.

use std::collections::BTreeMap;

use super::*;
use crate::formats::read::zip::Archive;
use crate::formats::read::{At, Figure, Workbook, read};

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let archive = Archive::open(bytes).expect("it is an archive");
    let unpack = |member| archive.unpack(member).expect("it is whole");
    archive.members().iter().map(|member| (member.name.clone(), unpack(member))).collect()
}

/// The parts in which two packages differ.
fn differing(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    assert!(before.keys().eq(after.keys()));
    before.into_iter().filter(|(name, content)| after[name] != *content).map(|(name, _)| name).collect()
}

#[test]
fn one_paragraph_of_a_document_changes() {
    let before = crate::formats::render_doc(&crate::formats::samples::memo(), "docx").expect("a memo is written");
    let lines = |bytes: &[u8]| read(bytes, "docx").expect("it is read").lines;
    let after = text(&before, "docx", &Place::Paragraph(3), "New & <plain>\nsecond line").expect("it is edited");
    assert_eq!(differing(&before, &after), ["word/document.xml"]);
    let (old, new) = (lines(&before), lines(&after));
    assert_eq!(new[2].text(), "New & <plain>\nsecond line");
    let same = |at: usize| at == 2 || old[at].text() == new[at].text();
    assert!(old.len() == new.len() && (0..old.len()).all(same));
    assert!(text(&before, "docx", &Place::Paragraph(9_999), "x").is_err());
}

#[test]
fn one_cell_changes_and_what_rests_on_it() {
    let before = crate::formats::render_book(&crate::formats::samples::ledger(6), "xlsx").expect("it is written");
    let formula = |bytes: &[u8]| {
        let workbook = Workbook::read(bytes).expect("it is read");
        let cells = workbook.sheets.iter().enumerate().flat_map(|(sheet, holds)| {
            holds
                .cells
                .iter()
                .map(move |((row, column), cell)| (At { sheet, row: *row, column: *column }, cell.clone()))
        });
        let sums = cells.filter(|(_, cell)| cell.formula.is_some());
        sums.map(|(at, cell)| (at, cell.value)).collect::<Vec<_>>()
    };
    let workbook = Workbook::read(&before).expect("it is read");
    let (total, _) = formula(&before)[0].clone();
    let input = workbook.inputs(&workbook.precedents(total))[0];
    let column = crate::document::place::column_letters(input.column);
    let place = format!("{}!{column}{}", workbook.sheets[input.sheet].name, input.row + 1);
    let after =
        cell(&before, &place, &Content::Number(Figure::parse("123456").expect("a number"))).expect("it is edited");
    let changed = differing(&before, &after);
    assert!(!changed.is_empty() && changed.iter().all(|part| part.starts_with("xl/worksheets/")), "{changed:?}");
    let edited = Workbook::read(&after).expect("it is read");
    assert_eq!(edited.cell(input).expect("it is there").value.to_string(), "123456");
    assert_ne!(formula(&before)[0].1, formula(&after)[0].1);
    let calculation = edited.calculated(None);
    assert!(formula(&after).iter().all(|(at, _)| edited.agrees(*at, &calculation) != Some(false)));
}
