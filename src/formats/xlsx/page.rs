//! How a sheet is printed: on as many pages as it is long, one wide, with page numbers.

use std::fmt::Write;

use crate::document::Properties;
use crate::formats::{wording, xml};

/// Hundredths of a digit that fit between the margins of an upright page; wider sheets lie.
const UPRIGHT: usize = 9_200;
/// Most characters of a name in a header or footer: a program refuses a file with more than 255 in all.
const LONGEST: usize = 60;

/// Appends margins, paper, header and footer. `width` is that of all columns.
pub(super) fn part(properties: &Properties, width: usize, charts: bool, out: &mut String) {
    out.push_str(
        "<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>",
    );
    let orientation = if charts || width > UPRIGHT { "landscape" } else { "portrait" };
    // Letter in the United States, A4 elsewhere.
    let paper = if properties.language == "en-US" { 1 } else { 9 };
    let _ = write!(out, "<pageSetup paperSize=\"{paper}\" orientation=\"{orientation}\" fitToHeight=\"0\"/>");
    let words = wording::page_count(&properties.language);
    let header = format!("&L{}&R{}", named(&properties.company), named(&properties.title));
    // The sheet's name stands beside the page: a long line of the company would run into it in the middle.
    let footer = format!("&L{}&R&A · {}&P{}&N", named(&properties.brand.footer), words.before, words.between);
    out.push_str("<headerFooter><oddHeader>");
    xml::text(&header, out);
    out.push_str("</oddHeader><oddFooter>");
    xml::text(&footer, out);
    out.push_str("</oddFooter></headerFooter>");
}

/// A name between the codes of a header: its own `&` doubled, its length limited.
fn named(name: &str) -> String {
    let line: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let short =
        if line.chars().count() > LONGEST { line.chars().take(LONGEST - 1).chain(['…']).collect() } else { line };
    short.replace('&', "&&")
}
