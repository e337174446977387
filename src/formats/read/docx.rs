//! The paragraphs of a docx, numbered as [`Place::Paragraph`] says: those with text, table cells among them.

use super::xml::{Step, walk};
use super::zip::Package;
use super::{Extract, Line, Role, Unreadable};
use crate::document::Place;

/// Body first, then properties.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let package = Package::open(bytes)?;
    let body = package.text("word/document.xml")?.ok_or_else(|| Unreadable::because("it is no docx"))?;
    let mut paragraphs = Paragraphs::default();
    walk(&body, |step| paragraphs.step(step))?;
    let mut lines = paragraphs.lines;
    lines.extend(properties(&package)?);
    Ok(Extract::of(lines))
}

#[derive(Default)]
struct Paragraphs {
    lines: Vec<Line>,
    text: String,
    /// Inside `w:t`.
    printing: bool,
}

impl Paragraphs {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Open { name, .. } => match name.as_str() {
                "t" => self.printing = true,
                "br" | "cr" => self.text.push('\n'),
                "tab" if !self.text.is_empty() => self.text.push('\t'),
                "noBreakHyphen" => self.text.push('\u{2011}'),
                _ => {}
            },
            Step::Text(text) if self.printing => self.text.push_str(text),
            Step::Text(_) => {}
            Step::Close(name) => match name.as_str() {
                "t" => self.printing = false,
                "p" => self.end(),
                _ => {}
            },
        }
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let place = Place::Paragraph(self.lines.len() as u32 + 1);
            self.lines.push(Line::new(place, Role::Text, text));
        }
    }
}

/// Title, author and company of an office package.
pub(super) fn properties(package: &Package) -> Result<Vec<Line>, Unreadable> {
    let mut lines = Vec::new();
    for (part, wanted) in [
        ("docProps/core.xml", [("title", "title"), ("creator", "author")].as_slice()),
        ("docProps/app.xml", &[("Company", "company")]),
    ] {
        let Some(text) = package.text(part)? else { continue };
        let mut inside: Option<&str> = None;
        walk(&text, |step| match step {
            Step::Open { name, .. } => {
                inside = wanted.iter().find(|(tag, _)| tag == name).map(|(_, property)| *property)
            }
            Step::Text(text) => lines
                .extend(inside.map(|name| Line::new(Place::Property(name.to_owned()), Role::Property, text.as_str()))),
            Step::Close(_) => inside = None,
        })?;
    }
    Ok(joined(lines))
}

/// Pieces of one property, split by entities, become one line.
fn joined(pieces: Vec<Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(last) if last.place == piece.place => last.runs.extend(piece.runs),
            _ => lines.push(piece),
        }
    }
    lines
}
