//! The headers and footers that a sheet has when it is printed.

use crate::document::{Beside, Place};
use crate::formats::read::extract::{Hidden, Line, Role, Run};

use super::workbook::Sheet;

/// The texts of a sheet's margins; on screen they are not shown.
pub(super) fn lines(sheet: &Sheet, number: u32) -> Vec<Line> {
    let mut paragraphs = (0, 0);
    let mut lines = Vec::new();
    for (is_header, code) in &sheet.margins {
        let (kind, role, paragraph) = match is_header {
            true => (Beside::Header, Role::Header, &mut paragraphs.0),
            false => (Beside::Footer, Role::Footer, &mut paragraphs.1),
        };
        for text in parts(code) {
            *paragraph += 1;
            let place = Place::Beside { kind, number, paragraph: *paragraph };
            let runs = vec![Run { text, hidden: Some(Hidden::OtherView), ..Run::default() }];
            lines.push(Line { place, role: role.clone(), runs, page: 0, cell: None });
        }
    }
    lines
}

/// The left, middle and right text of a code such as `&L&"Arial,Bold"&12Plan&RPage &P` (ECMA-376, 18.3.1.39).
fn parts(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = parts.last_mut().expect("there is always one");
        match letter {
            '&' => match letters.next() {
                Some('L' | 'C' | 'R') => parts.push(String::new()),
                Some('"') => drop(letters.by_ref().find(|letter| *letter == '"')),
                Some('&') => last.push('&'),
                Some('0'..='9') => while letters.next_if(char::is_ascii_digit).is_some() {},
                Some('K') => drop(letters.by_ref().take(6).count()),
                // Page numbers, dates and names of files are put in when it is printed.
                _ => {}
            },
            letter => last.push(letter),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_of_margins_become_texts() {
        let code = "&L&\"Arial,Bold\"&12Plan 2026 &&&KFF0000A&C&\"-\"Draft&RPage &P of &N";
        assert_eq!(super::parts(code), ["Plan 2026 &A", "Draft", "Page  of "]);
    }
}
