//! Notes on cells: their text, and the box in which it opens, which spreadsheet programs still keep in VML.

use std::fmt::Write;

use super::strings::marked;
use crate::document::place::column_letters;
use crate::document::{Note, Sheet};
use crate::formats::{office, xml};

/// Width of a note in columns, its characters in a line, and its fewest and most rows.
const COLUMNS: u32 = 3;
const LINE: usize = 32;
const ROWS: (usize, usize) = (3, 20);

/// The comments part.
pub(super) fn part(notes: &[Note], author: &str) -> String {
    let mut out = String::from(office::DECLARATION);
    out.push_str("<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>");
    xml::text(author, &mut out);
    out.push_str("</author></authors><commentList>");
    for note in notes {
        let _ = write!(out, "<comment ref=\"{}{}\" authorId=\"0\">", column_letters(note.column), note.row + 1);
        out.push_str("<text><r><rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/></rPr><t xml:space=\"preserve\">");
        xml::text(&marked(&note.text), &mut out);
        out.push_str("</t></r></text></comment>");
    }
    out.push_str("</commentList></comments>");
    out
}

/// The boxes of the notes; `number` is that of the sheet, whose shapes have ids of their own.
pub(super) fn shapes(sheet: &Sheet, number: usize) -> String {
    let mut out = format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{number}\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    );
    for (index, note) in sheet.notes.iter().enumerate() {
        let id = number * 1_024 + index + 1;
        let order = index + 1;
        // The box begins a column right of its cell and a row above it: column, pixels, row, pixels; then where it ends.
        let (column, row) = (note.column + 1, note.row.saturating_sub(1));
        let (right, bottom) = (column + COLUMNS, row as usize + rows(&note.text));
        let _ = write!(
            out,
            "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:107.25pt;margin-top:7.5pt;width:144pt;height:60pt;z-index:{order};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column}, 15, {row}, 10, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            note.row, note.column
        );
    }
    out.push_str("</xml>");
    out
}

/// Rows that show a whole note.
fn rows(text: &str) -> usize {
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(LINE).max(1)).sum();
    (lines + 1).clamp(ROWS.0, ROWS.1)
}
