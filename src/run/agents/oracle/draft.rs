//! From what is asked to the calls that make it: Markdown, rows of cells, edits. What is not known stays out.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::formats::read::{self, Role};
use crate::image::files::extension;
use crate::image::script::{Given, Script};
use crate::judge::answer::{Answer, Entry, Piece, Statement};
use crate::judge::compare::spoken;
use crate::judge::dates::dates;
use crate::value::language::Language;
use crate::value::locale::Locale;

/// A call of a tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub tool: &'static str,
    pub arguments: Json,
}

/// Who drafts: how values print, and which of them she may write.
#[derive(Clone, Copy)]
pub(crate) struct Drafter<'a> {
    pub script: &'a Script,
    /// Whether a value is known, by the facts behind it.
    pub knows: &'a dyn Fn(&Piece) -> bool,
}

/// A sheet of a new workbook.
struct Table {
    name: String,
    rows: Vec<Vec<Json>>,
}

/// Sentences that say nothing that could be checked: they give a text the length that was asked for.
const FILLER: &[&str] = &[
    "The figures above were taken from the files of the month and from what colleagues confirmed in writing.",
    "Each of them was compared with its source once more before this text was finished.",
    "Where a source had been replaced by a later one, only the later one was used.",
    "Nothing was estimated that could be looked up, and nothing was rounded before the end.",
    "What is still open is named as open and will be followed up with the people concerned.",
    "The work behind it is in the shared folder and can be read by everybody who needs it.",
    "Questions about the method are welcome and will be answered together with the next version.",
    "The next steps are agreed with the team and need no decision before the coming meeting.",
];

impl Drafter<'_> {
    /// A value as prose prints it; nothing if it is not known.
    fn print(&self, piece: &Piece) -> Option<String> {
        if !(self.knows)(piece) {
            return None;
        }
        let language = Language::named(&self.script.world.language);
        Some(match (&piece.value, language) {
            (Given::Number(number), _) => match Locale::named(&self.script.world.locale) {
                Some(locale) => locale.number(number),
                None => spoken(&piece.value),
            },
            (Given::Date(date), Some(language)) => language.day(*date),
            (Given::Moment(moment), Some(language)) => language.day(moment.date()),
            (Given::Month(month), Some(language)) => language.month(*month),
            (Given::None, _) => String::new(),
            (value, _) => spoken(value),
        })
    }

    /// A value as a cell holds it; an empty cell if it is not known.
    fn cell(&self, piece: &Piece) -> Json {
        match (&piece.value, (self.knows)(piece)) {
            (_, false) | (Given::None, _) => Json::Null,
            (Given::Bool(yes), _) => Json::Bool(*yes),
            (value, _) => Json::from(key(value)),
        }
    }

    /// The calls that make a file with this content.
    pub(crate) fn file(&self, path: &str, shown: &str, answer: &Answer) -> Result<Vec<Call>, String> {
        if let Some(what) = answer.unbuilt.first() {
            return Err(format!("nobody knows how to make {what}"));
        }
        let call = |tool, arguments| Ok(vec![Call { tool, arguments }]);
        match extension(path).as_str() {
            "docx" | "pdf" | "md" | "txt" | "html" => {
                call("create_document", json!({"path": shown, "content": self.document(path, answer)}))
            }
            "pptx" => call("create_slides", json!({"path": shown, "content": self.deck(path, answer)})),
            "xlsx" | "csv" => call("create_spreadsheet", json!({"path": shown, "sheets": self.workbook(answer)})),
            other => Err(format!("no tool makes .{other} files")),
        }
    }

    /// What a mail says beside its attachments.
    pub(crate) fn said(&self, answer: &Answer) -> Vec<String> {
        self.lines(answer)
    }

    /// Lines of prose for everything that is stated.
    fn lines(&self, answer: &Answer) -> Vec<String> {
        let figures =
            answer.figures.iter().filter_map(|(label, piece)| Some(format!("{label}: {}", self.print(piece)?)));
        let statements = answer.statements.iter().filter_map(|statement| match statement {
            Statement::Labelled(label, piece) => Some(format!("{label}: {}", self.print(piece)?)),
            Statement::Mentioned(piece) => Some(match &piece.value {
                Given::Number(_) => format!("Figure: {}", self.print(piece)?),
                _ => self.print(piece)?,
            }),
            Statement::Words(words) => Some(words.clone()),
            Statement::Heading(_) => None,
        });
        figures.chain(statements).collect()
    }

    /// The entries as tables: one for each sheet, rows by keys, a column for each header.
    fn tables(&self, entries: &[Entry]) -> Vec<Table> {
        let mut sheets: Vec<&str> = entries.iter().map(|entry| entry.sheet.as_str()).collect();
        sheets.sort_unstable();
        sheets.dedup();
        sheets.into_iter().map(|sheet| self.table(sheet, entries)).collect()
    }

    fn table(&self, sheet: &str, entries: &[Entry]) -> Table {
        let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.sheet == sheet).collect();
        let mut columns: Vec<&str> = Vec::new();
        let width = entries.iter().map(|entry| entry.keys.len()).max().unwrap_or(0);
        for entry in &entries {
            if !columns.contains(&entry.column.as_str()) {
                columns.push(&entry.column);
            }
        }
        let head =
            (0..width).map(|at| Json::from(if at == 0 { "Item".to_owned() } else { format!("Item {}", at + 1) }));
        let mut rows = vec![head.chain(columns.iter().map(|column| Json::from(*column))).collect::<Vec<Json>>()];
        let mut placed: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for entry in entries {
            let keys: Vec<String> = entry.keys.iter().map(|piece| key(&piece.value)).collect();
            let new = keys.is_empty() || !placed.contains_key(&keys);
            if new {
                let cells = keys.iter().map(|key| Json::from(key.as_str()));
                let blanks = (keys.len()..width + columns.len()).map(|_| Json::Null);
                rows.push(cells.chain(blanks).collect());
                placed.insert(keys.clone(), rows.len() - 1);
            }
            let row = placed[&keys];
            let column = width + columns.iter().position(|column| *column == entry.column).unwrap_or(0);
            rows[row][column] = self.cell(&entry.value);
        }
        Table { name: sheet.to_owned(), rows }
    }

    /// The tables as a reader of prose sees them: with values as they print.
    fn printed_tables(&self, entries: &[Entry]) -> Vec<String> {
        let print = |entry: &Entry| {
            let value = self.print(&entry.value).unwrap_or_default();
            let piece = |text: String| Piece { value: Given::Text(text), facts: Vec::new() };
            Entry { value: piece(value), ..entry.clone() }
        };
        let entries: Vec<Entry> = entries.iter().map(print).collect();
        let everything = Drafter { script: self.script, knows: &|_| true };
        everything.tables(&entries).into_iter().map(|table| markdown(&table)).collect()
    }

    fn document(&self, path: &str, answer: &Answer) -> String {
        let mut parts = vec![format!("# {}", title(path))];
        parts.extend(answer.statements.iter().filter_map(|statement| match statement {
            Statement::Heading(heading) => Some(format!("## {heading}")),
            _ => None,
        }));
        parts.extend(self.lines(answer));
        parts.extend(self.printed_tables(&answer.entries));
        let (least, _) = answer.words.unwrap_or_default();
        let pages = answer.slides.map_or(0, |(least, _)| least * 400);
        let mut filler = FILLER.iter().cycle();
        while count(&parts) < least.max(pages.saturating_sub(200)) {
            let paragraph: Vec<&str> = filler.by_ref().take(3).copied().collect();
            parts.push(paragraph.join(" "));
        }
        parts.join("\n\n") + "\n"
    }

    fn deck(&self, path: &str, answer: &Answer) -> String {
        let mut slides = vec![format!("# {}", title(path))];
        for lines in self.lines(answer).chunks(6) {
            let bullets: String = lines.iter().map(|line| format!("- {line}\n")).collect();
            slides.push(format!("## What we found\n\n{bullets}"));
        }
        slides.extend(self.printed_tables(&answer.entries).into_iter().map(|table| format!("## In detail\n\n{table}")));
        let (least, _) = answer.slides.unwrap_or_default();
        let mut filler = FILLER.iter().cycle();
        while (slides.len() as u64) < least {
            let bullets: String = filler.by_ref().take(2).map(|sentence| format!("- {sentence}\n")).collect();
            slides.push(format!("## How it was done\n\n{bullets}"));
        }
        slides.join("\n\n") + "\n"
    }

    /// The figures on a sheet of their own, those that must be live as formulas over an input; the tables behind it.
    fn workbook(&self, answer: &Answer) -> Json {
        let mut rows: Vec<Vec<Json>> = Vec::new();
        let mut inputs: Vec<Vec<Json>> = Vec::new();
        for (label, piece) in &answer.figures {
            let live = answer.live.iter().find(|(live, _)| live == label);
            let value = match live.filter(|_| (self.knows)(piece)) {
                Some((_, from)) => {
                    let names = if from.is_empty() { vec![format!("{label}, taken together")] } else { from.clone() };
                    let first = inputs.len() + 1;
                    inputs.extend(names.iter().enumerate().map(|(at, name)| {
                        let value = if at == 0 { self.cell(piece) } else { Json::from("0") };
                        vec![Json::from(name.as_str()), value]
                    }));
                    Json::from(format!("=SUM(Inputs!B{first}:B{})", inputs.len()))
                }
                None => self.cell(piece),
            };
            rows.push(vec![Json::from(label.as_str()), value]);
        }
        let mut sheets = Vec::new();
        if !rows.is_empty() || answer.entries.is_empty() {
            rows.insert(0, vec![Json::from("Summary")]);
            sheets.push(json!({"name": "Summary", "rows": rows}));
        }
        for table in self.tables(&answer.entries) {
            let name = if table.name.is_empty() { "Figures" } else { &table.name };
            sheets.push(json!({"name": name, "rows": table.rows}));
        }
        if !inputs.is_empty() {
            sheets.push(json!({"name": "Inputs", "rows": inputs}));
        }
        Json::from(sheets)
    }
}

/// A file's own content as the calls that make it again, without the places that `keep` refuses.
pub(crate) fn again(path: &str, shown: &str, bytes: &[u8], keep: &dyn Fn(&str) -> bool) -> Result<Vec<Call>, String> {
    let extract = read::read(bytes, &extension(path)).map_err(|why| why.to_string())?;
    let lines = extract.lines.iter();
    match extension(path).as_str() {
        "xlsx" => {
            let mut sheets: Vec<(String, Vec<Vec<Json>>)> = Vec::new();
            for line in lines {
                let (Role::Cell, crate::document::Place::Cell { sheet, row, column }) = (&line.role, &line.place)
                else {
                    continue;
                };
                if sheets.last().is_none_or(|(name, _)| **name != **sheet) {
                    sheets.push((sheet.to_string(), Vec::new()));
                }
                let Some((_, rows)) = sheets.last_mut() else { continue };
                let (row, column) = (*row as usize, *column as usize);
                rows.resize(rows.len().max(row + 1), Vec::new());
                let cells = &mut rows[row];
                cells.resize(cells.len().max(column + 1), Json::Null);
                let value = line.formula().map(|formula| format!("={formula}"));
                let kept = value.is_some() || keep(&line.place.to_string());
                cells[column] = if kept { Json::from(value.unwrap_or_else(|| content(line))) } else { Json::Null };
            }
            let sheets = sheets.into_iter().map(|(name, rows)| json!({"name": name, "rows": rows}));
            let sheets = Json::from_iter(sheets);
            Ok(vec![Call { tool: "create_spreadsheet", arguments: json!({"path": shown, "sheets": sheets}) }])
        }
        "docx" | "pdf" | "md" | "txt" => {
            let kept = lines.filter(|line| !matches!(line.role, Role::Property) && keep(&line.place.to_string()));
            let text: Vec<String> = kept
                .map(|line| match line.role {
                    Role::Title => format!("# {}", line.seen()),
                    Role::Heading(level) => format!("{} {}", "#".repeat(usize::from(level) + 1), line.seen()),
                    _ => crate::document::markdown::escape(&line.seen()),
                })
                .collect();
            let content = text.join("\n\n");
            Ok(vec![Call { tool: "create_document", arguments: json!({"path": shown, "content": content}) }])
        }
        other => Err(format!("an answer in a .{other} file is not made again")),
    }
}

/// What a cell holds, in full.
fn content(line: &read::Line) -> String {
    match line.cell.as_deref().map(|cell| &cell.value) {
        Some(read::Value::Number(figure)) => match dates(&line.seen()).first() {
            Some(date) => date.to_string(),
            None => figure.number().map_or_else(|| line.seen().into_owned(), |number| number.canonical()),
        },
        _ => line.seen().into_owned(),
    }
}

/// A key or value as a cell holds it.
fn key(value: &Given) -> String {
    match value {
        Given::Named(address) => {
            let key = address.rsplit_once('[').map_or(address.as_str(), |(_, key)| key.trim_end_matches(']'));
            key.split(',').next().unwrap_or(key).to_owned()
        }
        value => spoken(value),
    }
}

fn markdown(table: &Table) -> String {
    let text = |cell: &Json| match cell {
        Json::String(text) => text.clone(),
        Json::Bool(yes) => yes.to_string(),
        _ => String::new(),
    };
    let line = |row: &Vec<Json>| format!("| {} |", row.iter().map(text).collect::<Vec<_>>().join(" | "));
    let rule = table.rows.first().map(|row| format!("|{}", "---|".repeat(row.len()))).unwrap_or_default();
    let mut lines: Vec<String> = table.rows.iter().map(line).collect();
    lines.insert(1.min(lines.len()), rule);
    lines.join("\n")
}

fn count(parts: &[String]) -> u64 {
    let words = parts.iter().flat_map(|part| part.split_whitespace());
    words.filter(|word| word.chars().any(char::is_alphanumeric)).count() as u64
}

/// The name of a file without folder and ending.
fn title(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
