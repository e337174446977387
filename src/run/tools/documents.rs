//! Office files: what a person reads in them, and changes in one place.

use super::files::put;
use super::{needed, optional};
use crate::document::Place;
use crate::formats::edit;
use crate::formats::read::{self, Extract, Line, Role};
use crate::image::files::extension;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "read_document_content",
        about: "Reads a document, deck, workbook, pdf or any other file as a person sees it; each line with its place.",
        cost: 120,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the file")],
        run: read_content,
    },
    Tool {
        name: "list_tabs_in_spreadsheet",
        about: "Lists the sheets of a workbook.",
        cost: 20,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the workbook")],
        run: tabs,
    },
    Tool {
        name: "read_tab",
        about: "Reads one sheet of a workbook, each cell with its address and its formula.",
        cost: 90,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the workbook"), needed("tab", Kind::Text, "the sheet")],
        run: read_tab,
    },
    Tool {
        name: "read_slides",
        about: "Reads slides of a deck as a person sees them, each line with its place.",
        cost: 60,
        reads: true,
        arguments: &[
            needed("path", Kind::Text, "the deck"),
            optional("first", Kind::Whole, "the first slide; 1 if not given"),
            optional("last", Kind::Whole, "the last slide; the deck's last if not given"),
        ],
        run: |desk, arguments| read_range(desk, arguments, "pptx", slide_of),
    },
    Tool {
        name: "read_pdf_pages",
        about: "Reads pages of a pdf as a person sees them, each line with its place.",
        cost: 60,
        reads: true,
        arguments: &[
            needed("path", Kind::Text, "the pdf"),
            optional("first", Kind::Whole, "the first page; 1 if not given"),
            optional("last", Kind::Whole, "the last page; the file's last if not given"),
        ],
        run: |desk, arguments| read_range(desk, arguments, "pdf", |line| line.page),
    },
    Tool {
        name: "edit_spreadsheet",
        about: "Writes one cell of a workbook; a text that begins with = is a formula.",
        cost: 90,
        reads: false,
        arguments: &[
            needed("path", Kind::Text, "the workbook"),
            needed("tab", Kind::Text, "the sheet"),
            needed("cell", Kind::Text, "the cell: B6"),
            needed("value", Kind::Text, "a number, a text or a formula"),
        ],
        run: edit_cell,
    },
    Tool {
        name: "edit_document",
        about: "Puts another text at a place of a document or deck, as read_document_content names it: p3, s2p1.",
        cost: 120,
        reads: false,
        arguments: &[
            needed("path", Kind::Text, "the file"),
            needed("place", Kind::Text, "the place"),
            needed("text", Kind::Text, "the new text"),
        ],
        run: edit_text,
    },
];

/// What is in a file, and its storage path.
fn extract(desk: &Desk<'_>, written: &str) -> Result<(String, Extract), Refusal> {
    let path = desk.path(written)?;
    let bytes = desk.bytes(&path)?;
    let read = read::read(&bytes, &extension(&path));
    read.map(|extract| (path, extract)).map_err(|why| Refusal::because(format!("{written} cannot be read: {why}")))
}

fn read_content(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (_, extract) = extract(desk, arguments.text("path"))?;
    let lines = extract.lines.iter().filter(|line| !line.seen().trim().is_empty());
    let lines: Vec<String> = lines.map(|line| format!("{}  {}", line.place, line.seen())).collect();
    Ok(lines.join("\n").into())
}

/// The slide a line stands on, from 1.
fn slide_of(line: &Line) -> u32 {
    match line.place {
        Place::Slide { slide, .. } | Place::Beside { number: slide, .. } => slide,
        _ => line.page,
    }
}

/// The lines of the slides or pages that are asked for.
fn read_range(
    desk: &mut Desk<'_>,
    arguments: &Arguments<'_>,
    ending: &str,
    part: fn(&Line) -> u32,
) -> Result<Answer, Refusal> {
    let (path, extract) = extract(desk, arguments.text("path"))?;
    if extension(&path) != ending {
        return Err(Refusal::because(format!("{} is no .{ending} file", arguments.text("path"))));
    }
    let bound = |name: &str, otherwise: i64| arguments.whole(name).unwrap_or(otherwise);
    let wanted = bound("first", 1)..=bound("last", i64::MAX);
    let lines = extract.lines.iter().filter(|line| wanted.contains(&i64::from(part(line))));
    let lines: Vec<String> = lines
        .filter(|line| !line.seen().trim().is_empty())
        .map(|line| format!("{}  {}", line.place, line.seen()))
        .collect();
    match lines.is_empty() {
        true => Err(Refusal::because(format!("{} has nothing there", arguments.text("path")))),
        false => Ok(lines.join("\n").into()),
    }
}

/// The sheet of a cell's place.
fn sheet(place: &Place) -> Option<&str> {
    match place {
        Place::Cell { sheet, .. } => Some(sheet),
        _ => None,
    }
}

fn tabs(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (_, extract) = extract(desk, arguments.text("path"))?;
    let names = extract.sections.iter().filter(|section| section.hidden.is_none()).map(|section| section.name.as_str());
    Ok(names.collect::<Vec<_>>().join("\n").into())
}

fn read_tab(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let tab = arguments.text("tab");
    let (_, extract) = extract(desk, arguments.text("path"))?;
    let cells = extract.lines.iter().filter(|line| line.role == Role::Cell && sheet(&line.place) == Some(tab));
    let lines: Vec<String> = cells
        .filter(|line| !line.seen().is_empty())
        .map(|line| match line.formula() {
            Some(formula) => format!("{}  {}  (={formula})", line.place, line.seen()),
            None => format!("{}  {}", line.place, line.seen()),
        })
        .collect();
    match lines.is_empty() {
        true => Err(Refusal::because(format!("there is nothing to see on a sheet called {tab:?}"))),
        false => Ok(lines.join("\n").into()),
    }
}

fn edit_cell(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let bytes = desk.bytes(&path)?;
    let cell = format!("{}!{}", arguments.text("tab"), arguments.text("cell"));
    let edited = edit::cell(&bytes, &cell, &edit::typed(arguments.text("value")));
    let edited = edited.map_err(|why| Refusal::because(format!("the cell {cell} cannot be written: {why}")))?;
    put(desk, &path, &edited)?;
    Ok(format!("Wrote {cell}").into())
}

fn edit_text(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let bytes = desk.bytes(&path)?;
    let place = arguments.text("place");
    let at = edit::paragraph_at(place).ok_or_else(|| {
        Refusal::because(format!("{place:?} is no place; read_document_content shows them: p3, s2p1"))
    })?;
    let edited = edit::text(&bytes, &extension(&path), &at, arguments.text("text"));
    let edited = edited.map_err(|why| Refusal::because(format!("{place} cannot be written: {why}")))?;
    put(desk, &path, &edited)?;
    Ok(format!("Wrote {place}").into())
}
