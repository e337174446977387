//! What a spreadsheet program cannot hold, and where it stands.

use crate::document::place::{column_letters, parse_cell};
use crate::document::{Book, Cell, CellValue, Sheet};
use crate::formats::{Unsupported, xml};

/// Rows, columns, characters of a cell and of a formula that every spreadsheet program since 2007 holds.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;
const TEXT: usize = 32_767;
const FORMULA: usize = 8_192;

/// Refuses a workbook with more, naming the first place.
pub(super) fn check(book: &Book) -> Result<(), Unsupported> {
    book.sheets.iter().try_for_each(check_sheet)
}

fn check_sheet(sheet: &Sheet) -> Result<(), Unsupported> {
    let too_large = |what: String| Err(Unsupported::new(format!("sheet `{}` {what}", sheet.name)));
    if sheet.rows.len() > ROWS {
        return too_large(format!("has {} rows, and a sheet holds at most {ROWS}", sheet.rows.len()));
    }
    if sheet.width() > COLUMNS {
        return too_large(format!("has {} columns, and a sheet holds at most {COLUMNS}", sheet.width()));
    }
    let place = |row: usize, column: usize| format!("{}!{}{}", sheet.name, column_letters(column as u32), row + 1);
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            if let Some(fault) = cell_fault(cell) {
                return Err(Unsupported::new(format!("{} {fault}", place(row, column))));
            }
        }
    }
    for note in &sheet.notes {
        if let Some(fault) = text_fault(&note.text) {
            let place = place(note.row as usize, note.column as usize);
            return Err(Unsupported::new(format!("the note on {place} {fault}")));
        }
    }
    Ok(())
}

fn cell_fault(cell: &Cell) -> Option<String> {
    let formula = cell.formula.as_ref().map(|formula| formula.len()).filter(|length| *length > FORMULA);
    if let Some(length) = formula {
        return Some(format!("has a formula of {length} characters, and a cell holds at most {FORMULA}"));
    }
    match &cell.value {
        CellValue::Text(text) => text_fault(text),
        _ => None,
    }
}

/// Why a cell cannot hold a text: it is too long, or holds a character that no office file can.
pub(crate) fn text_fault(text: &str) -> Option<String> {
    if text.len() > TEXT {
        let length = text.encode_utf16().count();
        if length > TEXT {
            return Some(format!("holds {length} characters, and a cell holds at most {TEXT}"));
        }
    }
    let (_, letter) = xml::unheld(text)?;
    Some(format!("holds the control character U+{:04X}, which no office file can", letter as u32))
}

/// Why a spreadsheet program would refuse a sheet of this name; `None` when it is fine.
pub(crate) fn sheet_name_fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some("a sheet needs a name")
    } else if name.encode_utf16().count() > 31 {
        Some("a sheet's name has at most 31 characters")
    } else if name.contains(['[', ']', ':', '*', '?', '/', '\\']) {
        Some("a sheet's name cannot hold any of [ ] : * ? / \\")
    } else if name.chars().any(char::is_control) {
        Some("a sheet's name cannot hold control characters")
    } else if name.starts_with('\'') || name.ends_with('\'') {
        Some("a sheet's name cannot begin or end with an apostrophe")
    } else if name.eq_ignore_ascii_case("history") {
        Some("spreadsheet programs keep the name `History` for themselves")
    } else {
        None
    }
}

/// Why a spreadsheet program would refuse this name for a cell; `None` when it is fine.
pub(crate) fn cell_name_fault(name: &str) -> Option<String> {
    let Some(first) = name.chars().next() else { return Some("a cell's name cannot be empty".to_owned()) };
    let letters = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'));
    if !letters || !(first.is_alphabetic() || first == '_') {
        return Some(format!("`{name}` is no name for a cell: letters, digits and lines below, a letter first"));
    }
    let upper = name.to_ascii_uppercase();
    if parse_cell(&upper).is_some_and(|(row, column)| (row as usize) < ROWS && (column as usize) < COLUMNS)
        || matches!(&*upper, "R" | "C" | "TRUE" | "FALSE")
    {
        return Some(format!("`{name}` already means something to a spreadsheet program"));
    }
    (name.chars().count() > 255).then(|| "a name has at most 255 characters".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_a_cell_cannot_hold_are_named() {
        assert_eq!(text_fault(&"x".repeat(TEXT)), None);
        assert_eq!(text_fault(&"é".repeat(TEXT)), None);
        assert!(text_fault(&"😀".repeat(16_384)).is_some_and(|fault| fault.contains("32768 characters")));
        assert!(text_fault("a\u{7}b").is_some_and(|fault| fault.contains("U+0007")));
        assert_eq!(text_fault("a\tb\r\nc שלום 👩‍👩‍👧"), None);
    }

    #[test]
    fn names_that_mean_something_else_are_refused() {
        for good in ["Contract_sum", "_x", "Übertrag.2026", "ABCD1"] {
            assert_eq!(cell_name_fault(good), None, "{good}");
        }
        for bad in ["B4", "contract sum", "1st", "r", "true", "a-b", &"x".repeat(256)] {
            assert!(cell_name_fault(bad).is_some(), "{bad}");
        }
    }
}
