//! A file as a person reads it: grids of cells, lines of text, and what stands beside a label [O7].

use std::collections::BTreeMap;

use crate::document::{Beside, Place};
use crate::formats::read::{self, Extract, Line, Role, Table, Workbook};
use crate::image::files::extension;
use crate::judge::numbers::{Figure, Mark, caption_scale, evidence, figures, mark_of, whole};
use crate::value::comparison::fold;
use crate::value::{Date, Month};

/// A sheet of a workbook or a table of a document: seen cells by row and column, from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub name: String,
    pub cells: BTreeMap<(u32, u32), Spot>,
    /// The power of ten that a caption gives its numbers.
    pub scale: u32,
}

/// A text and where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spot {
    pub place: String,
    pub text: String,
}

/// All that is seen of a file.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub path: String,
    pub mark: Mark,
    pub grids: Vec<Grid>,
    /// Text outside of grids, line by line.
    pub lines: Vec<Spot>,
    pub extract: Extract,
    /// To calculate with, if the file is one.
    pub workbook: Option<Workbook>,
}

impl Pages {
    /// Reads a file; the error is the end of a sentence.
    pub(crate) fn read(path: &str, bytes: &[u8], locale: &str) -> Result<Pages, String> {
        let extract = read::read(bytes, &extension(path)).map_err(|why| why.to_string())?;
        let seen: Vec<&Line> = extract.lines.iter().filter(|line| is_read(line)).collect();
        let all: String = seen.iter().map(|line| format!("{}\n", line.seen())).collect();
        let mark = evidence(&all).unwrap_or_else(|| mark_of(locale));
        let mut grids = sheets(&seen);
        grids.extend(tables(&extract));
        let outside = seen.iter().filter(|line| !matches!(line.role, Role::Cell | Role::TableCell));
        let lines = outside.map(|line| spot(line)).filter(|spot| !spot.text.trim().is_empty()).collect();
        let workbook = (extension(path) == "xlsx").then(|| Workbook::read(bytes).ok()).flatten();
        Ok(Pages { path: path.to_owned(), mark, grids, lines, extract, workbook })
    }

    /// `Q1 memo.docx#p3`.
    pub(crate) fn at(&self, place: &str) -> String {
        let name = super::subject::name(&self.path);
        if place.is_empty() { name.to_owned() } else { format!("{name}#{place}") }
    }

    /// Every text that is seen, cells included, in reading order.
    pub(crate) fn spots(&self) -> impl Iterator<Item = &Spot> {
        self.lines.iter().chain(self.grids.iter().flat_map(|grid| grid.cells.values()))
    }

    /// The numbers of a spot.
    pub(crate) fn figures(&self, spot: &Spot) -> Vec<Figure> {
        figures(&spot.text, self.mark)
    }

    /// What stands right of or below a cell that equals the label, or behind it in a line `label: n`; running sentences
    /// that hold the label count only if there is neither.
    pub(crate) fn beside(&self, label: &str) -> Vec<Spot> {
        let mut found: Vec<Spot> = self.grids.iter().flat_map(|grid| grid.beside(label)).collect();
        found.extend(self.lines.iter().filter_map(|line| behind_colon(line, label)));
        if found.is_empty() {
            let wanted = fold(label);
            found.extend(
                self.lines
                    .iter()
                    .filter(|line| fold(&line.text).contains(&wanted))
                    .map(|line| Spot { place: line.place.clone(), text: sentence_with(&line.text, label) }),
            );
        }
        found
    }

    /// Every figure that a label stands for: beside it, or in the whole column under it.
    pub(crate) fn under(&self, label: &str) -> Vec<Spot> {
        let mut found: Vec<Spot> = self.grids.iter().flat_map(|grid| grid.under(label)).collect();
        found.extend(self.lines.iter().filter_map(|line| behind_colon(line, label)));
        found
    }

    /// The grid of that name: a sheet, or the first grid where a format has no names.
    pub(crate) fn grid(&self, name: &str) -> Option<&Grid> {
        let wanted = fold(name);
        self.grids.iter().find(|grid| fold(&grid.name) == wanted)
    }

    /// The whole text, words separated as they are read.
    pub(crate) fn text(&self) -> String {
        self.spots().map(|spot| spot.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// What a reader of the file meets as its text: no properties, comments, notes or fields, nor what stands at the edges of
/// every page.
fn is_read(line: &Line) -> bool {
    let edge = matches!(line.place, Place::Beside { kind: Beside::Header | Beside::Footer, .. });
    !edge && !matches!(line.role, Role::Property | Role::Comment { .. } | Role::Field(_))
}

fn spot(line: &Line) -> Spot {
    Spot { place: line.place.to_string(), text: line.seen().into_owned() }
}

fn sheets(seen: &[&Line]) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    for line in seen {
        let (Role::Cell, Place::Cell { sheet, row, column }) = (&line.role, &line.place) else { continue };
        if grids.last().is_none_or(|grid| grid.name != **sheet) {
            grids.push(Grid { name: sheet.to_string(), ..Grid::default() });
        }
        let spot = spot(line);
        if let Some(grid) = grids.last_mut().filter(|_| !spot.text.trim().is_empty()) {
            grid.cells.insert((*row, *column), spot);
        }
    }
    grids.into_iter().map(Grid::scaled).collect()
}

fn tables(extract: &Extract) -> Vec<Grid> {
    let table = |table: &Table| {
        let mut grid = Grid::default();
        for (row, cells) in table.rows.iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                let place = cell.place.as_ref().map_or(String::new(), ToString::to_string);
                let spot = Spot { place, text: cell.text.clone() };
                if !spot.text.trim().is_empty() {
                    grid.cells.insert((row as u32, column), spot);
                }
                column += cell.columns.max(1);
            }
        }
        grid.scaled()
    };
    extract.tables.iter().map(table).collect()
}

impl Grid {
    /// Notes the scale of a caption in its first rows.
    fn scaled(mut self) -> Grid {
        let captions = self.cells.iter().take_while(|((row, _), _)| *row < 6).map(|(_, spot)| &spot.text);
        let words = captions.filter(|text| text.chars().any(char::is_alphabetic));
        self.scale = words.filter_map(|text| caption_scale(text)).next().unwrap_or(0);
        self
    }

    pub(crate) fn cell(&self, row: u32, column: u32) -> Option<&Spot> {
        self.cells.get(&(row, column))
    }

    /// Where cells equal the label.
    fn labels(&self, label: &str) -> impl Iterator<Item = (u32, u32)> {
        let wanted = fold(label.trim_end_matches(':'));
        let equal = move |spot: &Spot| fold(spot.text.trim().trim_end_matches(':')) == wanted;
        self.cells.iter().filter(move |(_, spot)| equal(spot)).map(|(at, _)| *at)
    }

    /// The figure right of every cell that equals the label, or all figures below it.
    fn under(&self, label: &str) -> Vec<Spot> {
        let figures = self.labels(label).flat_map(|(row, column)| match self.right_of(row, column) {
            Some(spot) => vec![spot],
            None => self.figures_below(row, column).into_iter().map(|(_, spot)| spot).collect(),
        });
        figures.cloned().collect()
    }

    /// The first filled cells right of and below every cell that equals the label.
    fn beside(&self, label: &str) -> Vec<Spot> {
        self.labels(label)
            .filter_map(|(row, column)| self.right_of(row, column).or_else(|| self.below(row, column)))
            .cloned()
            .collect()
    }

    /// The next filled cell of the row, if it is no text.
    fn right_of(&self, row: u32, column: u32) -> Option<&Spot> {
        let next = self.cells.range((row, column + 1)..(row + 1, 0)).next().map(|(_, spot)| spot);
        next.filter(|spot| !is_words(&spot.text))
    }

    /// The next filled cell of the column. A header over several figures stands for that of their total, if they have one,
    /// and else for none of them.
    fn below(&self, row: u32, column: u32) -> Option<&Spot> {
        let figures = self.figures_below(row, column);
        match figures.as_slice() {
            [] => self.column_below(row, column).next().map(|(_, spot)| spot),
            [(_, only)] => Some(only),
            several => several.iter().find(|(row, _)| self.is_total(*row)).map(|(_, spot)| *spot),
        }
    }

    /// The filled cells of a column below a row, each with its own row.
    fn column_below(&self, row: u32, column: u32) -> impl Iterator<Item = (u32, &Spot)> {
        let rest = self.cells.range((row + 1, 0)..).filter(move |((_, other), _)| *other == column);
        rest.map(|((row, _), spot)| (*row, spot))
    }

    /// Those of them that are values, up to the next words.
    fn figures_below(&self, row: u32, column: u32) -> Vec<(u32, &Spot)> {
        self.column_below(row, column).take_while(|(_, spot)| !is_words(&spot.text)).collect()
    }

    /// Whether a row sums up others.
    fn is_total(&self, row: u32) -> bool {
        let mut cells = self.cells.range((row, 0)..(row + 1, 0));
        cells.any(|(_, spot)| ["total", "sum", "gesamt", "summe"].iter().any(|word| fold(&spot.text).starts_with(word)))
    }

    /// The rows whose cells equal all keys, whatever their order.
    pub(crate) fn rows_of(&self, keys: &[Key]) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let has = |row: u32, key: &Key| self.cells.range((row, 0)..(row + 1, 0)).any(|(_, spot)| key.is(&spot.text));
        rows.retain(|row| keys.iter().all(|key| has(*row, key)));
        rows
    }

    /// The columns under a header text.
    pub(crate) fn columns_of(&self, header: &str) -> Vec<u32> {
        let wanted = fold(header);
        let mut columns: Vec<u32> =
            self.cells.iter().filter(|(_, spot)| fold(&spot.text) == wanted).map(|((_, column), _)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// What identifies a row: text, or a value that is written in many ways.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    Text(String),
    Date(Date),
    Month(Month),
}

impl Key {
    /// Whether a cell is this key: a number cell 4100 equals code "4100", a month or date matches any common form [O7].
    pub(crate) fn is(&self, text: &str) -> bool {
        let text = text.trim();
        match self {
            Key::Text(key) => {
                fold(key) == fold(text)
                    || whole(text, Mark::Point).is_some_and(|figure| figure.value.normalize().to_string() == *key)
            }
            Key::Date(date) => super::dates::dates(text).contains(date),
            Key::Month(month) => super::dates::is_month(text, *month),
        }
    }
}

/// Whether a text is words rather than a value: it has letters and no number.
fn is_words(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|letter| letter.is_ascii_digit()) && text.len() > 3
}

/// The rest of a line `label: rest`, also within a longer line.
fn behind_colon(line: &Spot, label: &str) -> Option<Spot> {
    let (before, rest) = line.text.split_once(':')?;
    let before = before.rsplit(['.', ';', '\n']).next().unwrap_or(before).trim_matches([' ', '*', '-', '•']);
    (fold(before) == fold(label)).then(|| Spot { place: line.place.clone(), text: rest.trim().to_owned() })
}

/// The sentences of a paragraph that hold the label.
fn sentence_with(text: &str, label: &str) -> String {
    let wanted = fold(label);
    let sentences = text.split_inclusive(". ").flat_map(|part| part.split_inclusive('\n'));
    sentences.filter(|sentence| fold(sentence).contains(&wanted)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header over several figures stands for their total, over one for that one, and else for none [O7].
    #[test]
    fn a_header_stands_for_the_total_of_its_column() {
        for (table, expected) in [
            ("Item,Cost\nBrno,5\nLeipzig,7\nTotal,12", vec!["12"]),
            ("Item,Cost\nBrno,5\nLeipzig,7", vec![]),
            ("Item,Cost\nBrno,5", vec!["5"]),
            ("Cost,9\nBrno,5\nLeipzig,7", vec!["9"]),
        ] {
            let pages = Pages::read("table.csv", table.as_bytes(), "en-GB").expect("the test writes tables");
            let found: Vec<String> = pages.beside("Cost").into_iter().map(|spot| spot.text).collect();
            assert_eq!(found, expected, "{table}");
        }
    }
}
