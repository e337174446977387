//! Text files line by line: notes, logs, settings, programs, Markdown.

use super::encoding::{Decoded, decode};
use super::extract::{Extract, Line, Role, Table, TableCell};
use super::{LARGEST_TEXT, MOST_LINES, Unreadable};
use crate::document::Place;

/// Lines as they stand; an empty file has none.
pub(super) fn read_lines(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let decoded = decoded(bytes)?;
    let mut extract = Extract::of(lines(&decoded.text)?);
    extract.lines.extend(unusual(&decoded));
    Ok(extract)
}

/// Lines with their headings and tables. Marks stay in the text: a text file is read with them.
pub(super) fn read_markdown(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let mut extract = read_lines(bytes)?;
    let mut fenced = false;
    for line in &mut extract.lines {
        let text = line.text().into_owned();
        let level = text.bytes().take_while(|byte| *byte == b'#').count();
        fenced ^= text.trim_start().starts_with("```");
        if (1..=6).contains(&level) && !fenced && text[level..].starts_with(' ') {
            line.role = Role::Heading(level as u8);
        }
    }
    extract.tables = piped(&mut extract.lines);
    Ok(extract)
}

/// The text of a file, within the limits.
pub(super) fn decoded(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    if bytes.len() > LARGEST_TEXT {
        return Err(Unreadable::because(format!("it holds more than {} MiB of text", LARGEST_TEXT >> 20)));
    }
    decode(bytes).ok_or_else(|| Unreadable::because("it is no text"))
}

fn lines(text: &str) -> Result<Vec<Line>, Unreadable> {
    let lines: Vec<Line> = text
        .lines()
        .take(MOST_LINES + 1)
        .enumerate()
        .map(|(at, text)| Line::new(Place::Line(at as u32 + 1), Role::Text, text))
        .collect();
    match lines.len() > MOST_LINES {
        true => Err(Unreadable::because(format!("it has more than {MOST_LINES} lines"))),
        false => Ok(lines),
    }
}

/// How the file is encoded, if that is not as everybody does today.
pub(super) fn unusual(decoded: &Decoded) -> Option<Line> {
    let place = || Place::Property("encoding".to_owned());
    (decoded.encoding != "UTF-8").then(|| Line::new(place(), Role::Property, decoded.encoding))
}

/// Tables of Markdown: a row of heads, a row of dashes, rows.
fn piped(lines: &mut [Line]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at + 1 < lines.len() {
        let is_table = fields(&lines[at]).is_some() && fields(&lines[at + 1]).is_some_and(|row| is_dashes(&row));
        if !is_table {
            at += 1;
            continue;
        }
        let end = lines[at..].iter().position(|line| fields(line).is_none()).map_or(lines.len(), |length| at + length);
        let rows = lines[at..end].iter().enumerate().filter(|(row, _)| *row != 1);
        let rows = rows.map(|(_, line)| fields(line).unwrap_or_default()).collect();
        tables.push(Table { headers: 1, rows });
        lines[at..end].iter_mut().for_each(|line| line.role = Role::TableCell);
        at = end;
    }
    tables
}

/// The cells of `| a | b |`.
fn fields(line: &Line) -> Option<Vec<TableCell>> {
    let text = line.text();
    let text = text.trim();
    let inner = text.strip_prefix('|')?.strip_suffix('|')?;
    let cell =
        |text: &str| TableCell { place: Some(line.place.clone()), text: text.trim().replace("\\|", "|"), columns: 1 };
    let bare = inner.replace("\\|", "\u{0}");
    Some(bare.split('|').map(|text| cell(&text.replace('\u{0}', "\\|"))).collect())
}

fn is_dashes(row: &[TableCell]) -> bool {
    let dashes =
        |cell: &TableCell| cell.text.contains("-") && cell.text.bytes().all(|byte| matches!(byte, b'-' | b':' | b' '));
    row.iter().all(dashes)
}
