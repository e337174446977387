//! Any file of an image as readable text, each line with its place.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::document::{Beside, Place};
use crate::formats::read::{self, Line, Role};
use crate::image::files::extension;
use crate::image::{Image, fault};

/// What the reader of the format finds in a file.
pub(crate) fn lines(image: &Image, path: &str) -> Result<Vec<Line>, Diagnostic> {
    let bytes = image.read(path)?;
    let extract = read::read(&bytes, &extension(path)).map_err(|why| fault::unformatted(path, &why.to_string()))?;
    Ok(extract.lines)
}

/// The file as text: sheets as tables, prose by paragraphs, messages one after the other.
pub(crate) fn file(image: &Image, path: &str) -> Result<String, Diagnostic> {
    Ok(text(&lines(image, path)?))
}

/// Lines of an extract as text.
fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut row = None;
    for line in lines {
        let here = heading(&line.place);
        if row.as_ref() != Some(&here) {
            text.push_str(&separator(row.as_ref(), &here, text.is_empty()));
        } else if matches!(line.place, Place::Cell { .. }) {
            text.push_str(" | ");
        } else if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&content(line));
        row = Some(here);
    }
    text + "\n"
}

/// What lines stand together: cells of one row, lines of one message; everything else alone.
#[derive(PartialEq)]
enum Heading {
    Row(Arc<str>, u32),
    Slide(u32),
    Beside(Beside, u32),
    Entry(String),
    Property,
    Paragraph(u32),
    Line,
    Inside(Arc<str>),
}

fn heading(place: &Place) -> Heading {
    match place {
        Place::Cell { sheet, row, .. } => Heading::Row(sheet.clone(), *row),
        Place::Entry(id) => Heading::Entry(id.clone()),
        Place::Property(_) => Heading::Property,
        Place::Paragraph(number) => Heading::Paragraph(*number),
        Place::Line(_) | Place::Picture => Heading::Line,
        Place::Slide { slide, .. } => Heading::Slide(*slide),
        Place::Beside { kind, number, .. } => Heading::Beside(*kind, *number),
        Place::Inside { file, .. } => Heading::Inside(file.clone()),
    }
}

fn separator(before: Option<&Heading>, here: &Heading, first: bool) -> String {
    let gap = if first { "" } else { "\n" };
    match (before, here) {
        (Some(Heading::Row(sheet, _)), Heading::Row(other, _)) if sheet == other => "\n".to_string(),
        (_, Heading::Row(sheet, _)) => format!("{gap}{gap}[{sheet}]\n"),
        (_, Heading::Entry(id)) => format!("{gap}{gap}<{id}>\n"),
        (_, Heading::Paragraph(_) | Heading::Line) => gap.to_string(),
        (_, Heading::Property) => format!("{gap}{gap}---\n"),
        (_, Heading::Slide(number)) => format!("{gap}{gap}[slide {number}]\n"),
        (_, Heading::Beside(kind, number)) => format!("{gap}{gap}[{kind} {number}]\n"),
        (_, Heading::Inside(file)) => format!("{gap}{gap}[{file}]\n"),
    }
}

fn content(line: &Line) -> String {
    let text = line.labelled();
    match (&line.place, line.formula()) {
        (Place::Property(name), _) if line.role == Role::Property => format!("{name}: {text}"),
        (_, Some(formula)) => format!("{text} (={formula})"),
        _ => text.into_owned(),
    }
}

/// Place, text and formula of each line.
pub(crate) fn json(image: &Image, path: &str) -> Result<Json, Diagnostic> {
    let line = |line: &Line| {
        let mut node = json!({"place": line.place.to_string(), "text": line.text()});
        if let Some(formula) = line.formula() {
            node["formula"] = Json::from(formula);
        }
        node
    };
    Ok(json!({"path": path, "lines": Json::from_iter(lines(image, path)?.iter().map(line))}))
}
