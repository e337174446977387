//! Bullets and numbers. Each numbered list counts for itself.

use std::fmt::Write;

use super::NAMESPACES;
use crate::formats::office;

/// One numbered list: the level it stands on and its first number.
pub(super) struct Numbered {
    pub(super) level: usize,
    pub(super) start: u32,
}

const LEVELS: usize = 9;
const BULLETS: [&str; 3] = ["•", "–", "▪"];
const NUMBERS: [&str; 3] = ["decimal", "lowerLetter", "lowerRoman"];

/// `word/numbering.xml`.
pub(super) fn part(lists: &[Numbered]) -> String {
    let mut out = format!("{}<w:numbering {NAMESPACES}>", office::DECLARATION);
    scheme(0, |level| ("bullet", BULLETS[level % BULLETS.len()].to_owned()), &mut out);
    scheme(1, |level| (NUMBERS[level % NUMBERS.len()], format!("%{}.", level + 1)), &mut out);
    out.push_str("<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    for (index, list) in lists.iter().enumerate() {
        let _ = write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{}\"><w:startOverride w:val=\"{}\"/></w:lvlOverride></w:num>",
            index + 2,
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
