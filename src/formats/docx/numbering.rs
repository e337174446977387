//! Bullets and numbers. Each numbered list counts for itself; numbered headings count through the document.

use std::fmt::Write;

use super::NAMESPACES;
use crate::document::look::Hand;
use crate::formats::{office, xml};

/// One numbered list: the level it stands on and its first number.
pub(super) struct Numbered {
    pub(super) level: usize,
    pub(super) start: u32,
}

/// The number of the list that all bullets are in.
pub(super) const BULLETS: usize = 1;
/// The number of the list that numbered headings are in.
pub(super) const HEADINGS: usize = 2;
/// The number of the first numbered list.
pub(super) const FIRST: usize = 3;

const LEVELS: usize = 9;
/// Marks of the deeper levels; the first level's is the author's.
const INNER: [char; 3] = ['–', '▪', '•'];
const NUMBERS: [&str; 3] = ["decimal", "lowerLetter", "lowerRoman"];

/// `word/numbering.xml`.
pub(super) fn part(lists: &[Numbered], hand: &Hand) -> String {
    let mut out = format!("{}<w:numbering {NAMESPACES}>", office::DECLARATION);
    let inner: Vec<char> = INNER.into_iter().filter(|mark| *mark != hand.bullet).collect();
    let bullet = |level: usize| if level == 0 { hand.bullet } else { inner[(level - 1) % inner.len()] };
    scheme(0, |level| ("bullet", xml::quoted(&bullet(level).to_string())), &mut out);
    scheme(1, |level| (NUMBERS[level % NUMBERS.len()], format!("%{}.", level + 1)), &mut out);
    let _ = write!(out, "{}", if hand.numbered { headings() } else { String::new() });
    let _ = write!(out, "<w:num w:numId=\"{BULLETS}\"><w:abstractNumId w:val=\"0\"/></w:num>");
    if hand.numbered {
        let _ = write!(out, "<w:num w:numId=\"{HEADINGS}\"><w:abstractNumId w:val=\"2\"/></w:num>");
    }
    for (index, list) in lists.iter().enumerate() {
        let _ = write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{}\"><w:startOverride w:val=\"{}\"/></w:lvlOverride></w:num>",
            index + FIRST,
            list.level,
            list.start
        );
    }
    out.push_str("</w:numbering>");
    out
}

/// One way of numbering, on all levels.
fn scheme(id: u32, mark: impl Fn(usize) -> (&'static str, String), out: &mut String) {
    let _ = write!(out, "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>");
    for level in 0..LEVELS {
        let (format, text) = mark(level);
        let left = 425 * (level + 1);
        let _ = write!(
            out,
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"357\"/></w:pPr></w:lvl>"
        );
    }
    out.push_str("</w:abstractNum>");
}

/// `1`, `1.1`, `1.1.1` for the four ranks of headings.
fn headings() -> String {
    let mut out = "<w:abstractNum w:abstractNumId=\"2\"><w:multiLevelType w:val=\"multilevel\"/>".to_owned();
    let mut text = String::new();
    for level in 0..4 {
        let dot = if level == 0 { "" } else { "." };
        let _ = write!(text, "{dot}%{}", level + 1);
        let indent = 567 + 113 * level;
        let _ = write!(
            out,
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Heading{}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{indent}\" w:hanging=\"{indent}\"/></w:pPr></w:lvl>",
            level + 1
        );
    }
    out.push_str("</w:abstractNum>");
    out
}
