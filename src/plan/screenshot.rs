//! Pictures of windows: what is open in them is laid out as for a file, and cut to what a window shows.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::picture::{Desktop, Picture, PictureFile, Said, Screenshot, SeenCells, Window};
use crate::document::{Properties, Run, Sheet};
use crate::eval::{Fault, Outcome, Printed};
use crate::plan::content::Making;
use crate::plan::formula;
use crate::plan::picture::{Part, refuse_undrawn, word};
use crate::plan::prose::runs;
use crate::plan::types::Content;
use crate::resolve::program::Declaration;

/// The most rows and columns that a window shows, and how many rows stand above the chosen one once it is scrolled.
const ROWS: u32 = 22;
const COLUMNS: u32 = 9;
const ABOVE: u32 = 12;

impl Making<'_> {
    /// A screenshot as its block says.
    pub(super) fn screenshot(&self, block: &Declaration, properties: Properties) -> Outcome<PictureFile> {
        let part = Part { eval: self.eval, block, scope: self.scope };
        let mut heading = part.printed("heading")?;
        let window = match part.text("window")?.as_deref() {
            Some("dialog") => Window::Dialog { lines: part.lines("lines")?, buttons: buttons(&part)? },
            Some("chat") => {
                Window::Chat(part.lines("lines")?.into_iter().map(|line| said(line, &properties)).collect())
            }
            _ => {
                let (seen, title) = self.workbook(&part, &properties)?;
                heading.get_or_insert(title);
                Window::Cells(seen)
            }
        };
        let heading = match heading {
            Some(heading) => runs(&heading),
            None => vec![Run { text: properties.title.clone(), ..Run::default() }],
        };
        let world = self.eval.program.get(self.eval.program.world).head;
        let setting = |name: &str, default: &str| -> Outcome<String> {
            Ok(self.eval.world_text(name, world)?.unwrap_or_else(|| default.to_owned()))
        };
        let desktop = if setting("os", "windows")? == "macos" { Desktop::Macos } else { Desktop::Windows };
        let computer = self.eval.roots.as_ref().map(|roots| roots.open.child("screen").child(&properties.email));
        let shot = Screenshot {
            desktop,
            heading,
            window,
            locale: setting("locale", "en-US")?,
            computer: word(computer),
            variation: self.variation(block),
        };
        let properties = Properties { created: properties.modified, ..properties };
        let picture = Picture::Screenshot(shot);
        refuse_undrawn(&picture, block.head)?;
        Ok(PictureFile { properties, picture: Arc::new(picture) })
    }

    /// The workbook that is open, cut to what is seen of it, and its title.
    fn workbook(&self, part: &Part<'_>, properties: &Properties) -> Outcome<(SeenCells, Printed)> {
        let Some(field) = part.field("from") else {
            let message = "a screenshot of a workbook needs `from`, the template that makes it";
            return Err(Fault::wrong("E0106", part.block.head, message));
        };
        let value = self.eval.value(&field.value, self.scope)?;
        let name = part.block.name.as_ref().map_or("screenshot", |name| &name.name);
        let (content, title) = self.made(&value, field.value.span, name, "xlsx", properties)?;
        let Content::Book(book) = content else {
            let message = "a screenshot shows a workbook, and this template makes none";
            return Err(Fault::wrong("E0220", field.value.span, message));
        };
        let shown: Vec<&Sheet> = book.sheets.iter().filter(|sheet| !sheet.hidden).collect();
        let tabs: Vec<String> = shown.iter().map(|sheet| sheet.name.clone()).collect();
        let tab = on_top(part, &tabs)?;
        let seen = SeenCells { tabs, tab, chosen: chosen(part)?, ..SeenCells::default() };
        Ok((cut(shown[tab], seen), Printed { text: title, ..Printed::default() }))
    }
}

/// The place of the tab that is asked for.
fn on_top(part: &Part<'_>, tabs: &[String]) -> Outcome<usize> {
    let (Some(field), Some(wanted)) = (part.field("sheet"), part.text("sheet")?) else { return Ok(0) };
    tabs.iter().position(|tab| *tab == wanted).ok_or_else(|| {
        let message = format!("the workbook has no sheet `{wanted}` that could be seen");
        Diagnostic::error("E0220", field.value.span, message).help(format!("it has {}", tabs.join(", "))).into()
    })
}

fn chosen(part: &Part<'_>) -> Outcome<(u32, u32)> {
    let (Some(field), Some(cell)) = (part.field("cell"), part.text("cell")?) else { return Ok((0, 0)) };
    let message = || format!("`{cell}` is no cell: write it like \"B6\"");
    formula::place(&cell).ok_or_else(|| Fault::wrong("E0216", field.value.span, message()))
}

/// What a window shows of a sheet.
fn cut(sheet: &Sheet, seen: SeenCells) -> SeenCells {
    let (row, column) = seen.chosen;
    let first = if row + 3 < ROWS { 0 } else { row - ABOVE };
    let left = if column < COLUMNS { 0 } else { column + 1 - COLUMNS };
    let rows = sheet.rows.iter().skip(first as usize).take(ROWS as usize);
    let rows = rows.map(|row| row.iter().skip(left as usize).take(COLUMNS as usize).cloned().collect()).collect();
    let below = sheet.rows.len() as u32 > first + ROWS;
    SeenCells { first: (first, left), rows, below, header: sheet.header, ..seen }
}

fn buttons(part: &Part<'_>) -> Outcome<Vec<Vec<Run>>> {
    let buttons = part.lines("buttons")?;
    Ok(if buttons.is_empty() { vec![vec![Run { text: "OK".to_owned(), ..Run::default() }]] } else { buttons })
}

/// A message: who says it stands before the first colon.
fn said(line: Vec<Run>, properties: &Properties) -> Said {
    let mut by: Vec<Run> = Vec::new();
    let mut rest = line.into_iter();
    while let Some(run) = rest.next() {
        let Some((name, words)) = run.text.split_once(':') else {
            by.push(run);
            continue;
        };
        by.push(Run { text: name.to_owned(), ..run.clone() });
        let first = Run { text: words.trim_start().to_owned(), ..run };
        let words = std::iter::once(first).chain(rest).collect();
        let own = by.iter().map(|run| run.text.as_str()).collect::<String>().trim() == properties.author;
        return Said { by, words, own };
    }
    Said { by: Vec::new(), words: by, own: false }
}
