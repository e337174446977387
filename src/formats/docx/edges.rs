//! Headers and footers: whose document it is, by whom and when, and the page.

use super::NAMESPACES;
use crate::document::Properties;
use crate::document::look::Letterhead;
use crate::formats::{office, wording, xml};

const TAB: &str = "<w:r><w:tab/></w:r>";
const CENTRED: &str = "<w:jc w:val=\"center\"/>";

/// `word/header1.xml`.
pub(super) fn header(properties: &Properties) -> String {
    let company = run(&properties.company, "Brand");
    let title = run(&properties.title, "");
    let (own, content) = match properties.brand.letterhead {
        Letterhead::Ruled => ("", [&company, TAB, &title].concat()),
        Letterhead::Banded => ("", [&title, TAB, &company].concat()),
        Letterhead::Centred => (CENTRED, company),
    };
    part("hdr", &paragraph("Header", own, &content))
}

/// `word/footer1.xml`.
pub(super) fn footer(properties: &Properties) -> String {
    let centred = properties.brand.letterhead == Letterhead::Centred;
    let saved = properties.hand.dates.print(properties.modified.date(), &properties.language);
    let signed = run(&format!("{}, {saved}", properties.author), "");
    let pages = pages(&properties.language);
    let line = "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"BFBFBF\"/></w:pBdr>";
    let mut text = paragraph("Footer", line, &[&signed, TAB, &pages].concat());
    if !properties.brand.footer.is_empty() {
        let own = if centred { CENTRED } else { "" };
        text.push_str(&paragraph("Footer", own, &run(&properties.brand.footer, "")));
    }
    part("ftr", &text)
}

/// `Page 2 of 5`, in fields that the office suite keeps up to date.
fn pages(language: &str) -> String {
    let words = wording::page_count(language);
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    [run(words.before, ""), field("PAGE"), run(words.between, ""), field("NUMPAGES")].concat()
}

fn part(element: &str, content: &str) -> String {
    format!("{}<w:{element} {NAMESPACES}>{content}</w:{element}>", office::DECLARATION)
}

fn paragraph(style: &str, own: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{own}</w:pPr>{content}</w:p>")
}

/// A run of plain text in a character style; nothing without text.
fn run(text: &str, style: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = String::from("<w:r>");
    if !style.is_empty() {
        out.push_str(&format!("<w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>"));
    }
    out.push_str("<w:t xml:space=\"preserve\">");
    xml::text(text, &mut out);
    out.push_str("</w:t></w:r>");
    out
}
