//! A formula with everything it names looked up: the cells it reads, the functions it calls, and the formula itself as
//! the engine is given it, in which names and table columns have become cells.

use std::ops;

use super::Uncalculated;
use super::reference::{Area, At};
use super::token::{Kind, LONGEST, Token, tokens};
use crate::document::place::column_letters;
use crate::formats::read::workbook::{NamedTable, Workbook};

/// Names that stand for names that stand for names.
const DEEPEST_NAME: usize = 8;
/// Sheets that one reference may run over.
const MOST_SHEETS: usize = 100;
/// With names put in, a formula may become longer than it could be written.
const LONGEST_RESOLVED: usize = 4 * LONGEST;

/// Functions whose result is another one each time.
const CHANCE: [&str; 3] = ["RAND", "RANDARRAY", "RANDBETWEEN"];
/// Functions that read the clock.
pub(super) const CLOCK: [&str; 2] = ["NOW", "TODAY"];
/// Functions that ask for the machine or program they run in.
const SURROUNDINGS: [&str; 3] = ["CELL", "INFO", "RTD"];
/// Functions that make areas or calls of any number.
const UNBOUNDED: [&str; 11] =
    ["BYCOL", "BYROW", "EXPAND", "LAMBDA", "MAKEARRAY", "MAP", "MUNIT", "REDUCE", "SCAN", "SEQUENCE", "WRAPCOLS"];
/// Functions that read cells which stand in no formula: an area of any size, so they are not calculated.
const MOVING: [&str; 2] = ["INDIRECT", "OFFSET"];
/// Functions to which it matters how large an area is, even where nothing stands in it.
const MEASURING: [&str; 5] = ["COLUMNS", "COUNTBLANK", "ISBLANK", "ROWS", "TRANSPOSE"];
/// Functions that know on which day days are counted from.
const DATING: [&str; 20] = [
    "DATE",
    "DATEDIF",
    "DATEVALUE",
    "DAY",
    "DAYS360",
    "EDATE",
    "EOMONTH",
    "ISOWEEKNUM",
    "MONTH",
    "NETWORKDAYS",
    "NETWORKDAYS.INTL",
    "NOW",
    "TEXT",
    "TODAY",
    "WEEKDAY",
    "WEEKNUM",
    "WORKDAY",
    "WORKDAY.INTL",
    "YEAR",
    "YEARFRAC",
];
/// Cells of an area that the engine is given as it is written; of larger ones only what is used.
const MOST_WHOLE: u64 = 250_000;
/// Functions that make texts longer than those they are given.
const LENGTHENING: [&str; 8] =
    ["CONCAT", "CONCATENATE", "ENCODEURL", "REGEXREPLACE", "REPLACE", "REPT", "SUBSTITUTE", "TEXTJOIN"];

/// What a formula names.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    /// For the engine, in which the n-th sheet is called `S<n>`.
    pub(super) text: String,
    /// All cells that stand in it.
    pub(super) areas: Vec<Area>,
    /// Whether it may read cells that do not stand in it.
    pub(super) moving: bool,
    /// Whether its text may be longer than the texts it reads.
    pub(super) lengthens: bool,
    /// Bytes of texts that stand in it.
    pub(super) texts: usize,
    /// Why it is not calculated, if it is not.
    pub(super) refused: Option<Uncalculated>,
}

/// Looks up what the formula of a cell names. `timed` says that a time is given for those that ask for it, `used` the last
/// row and column of each sheet.
pub(super) fn resolve(workbook: &Workbook, used: &[(u32, u32)], at: At, formula: &str, timed: bool) -> Resolved {
    let mut resolver =
        Resolver { workbook, used, at, timed, measures: false, cut: false, resolved: Resolved::default() };
    resolver.formula(formula, DEEPEST_NAME);
    if resolver.measures && resolver.cut {
        resolver.refuse(Uncalculated::TooMuch(MOST_WHOLE));
    }
    resolver.resolved
}

/// Signs one behind the other, and powers of powers: each takes a step of the stack of whoever calculates it.
const MOST_SIGNS: usize = 64;
const MOST_POWERS: usize = 256;

fn is_piled_up(formula: &str) -> bool {
    let sign = |letter: &char| matches!(letter, '+' | '-' | '%' | '@');
    let letters: Vec<char> = formula.chars().filter(|letter| !letter.is_whitespace()).collect();
    let longest =
        letters.chunk_by(|left, right| sign(left) == sign(right)).filter(|run| sign(&run[0])).map(<[char]>::len);
    longest.max().unwrap_or(0) > MOST_SIGNS || letters.iter().filter(|letter| **letter == '^').count() > MOST_POWERS
}

struct Resolver<'a> {
    workbook: &'a Workbook,
    at: At,
    used: &'a [(u32, u32)],
    timed: bool,
    /// Whether it may ask how large an area is.
    measures: bool,
    /// Whether it has an area of which the engine is given a part.
    cut: bool,
    resolved: Resolved,
}

impl Resolver<'_> {
    fn formula(&mut self, formula: &str, depth: usize) {
        if is_piled_up(formula) {
            return self.refuse(Uncalculated::Unreadable);
        }
        let Some(tokens) = tokens(formula) else { return self.refuse(Uncalculated::Unreadable) };
        let mut done = 0;
        for token in tokens {
            let Some(spelled) = self.token(&token, depth) else { continue };
            self.resolved.text.push_str(&formula[done..token.at.start]);
            self.resolved.text.push_str(&spelled);
            done = token.at.end;
            if self.resolved.text.len() > LONGEST_RESOLVED {
                return self.refuse(Uncalculated::Unreadable);
            }
        }
        self.resolved.text.push_str(&formula[done..]);
    }

    /// What takes the place of a token; none if it stays as it is.
    fn token(&mut self, token: &Token, depth: usize) -> Option<String> {
        match &token.kind {
            Kind::Cells { sheets: None, range, .. } => {
                let area = range.area(self.at.sheet);
                self.resolved.areas.push(area);
                self.part(area)
            }
            Kind::Cells { sheets: Some((first, last)), range, .. } => {
                let Some(sheets) = self.sheets(first, last) else { return Some("#REF!".to_owned()) };
                self.resolved.areas.extend(sheets.clone().map(|sheet| range.area(sheet)));
                let spell =
                    |sheet| format!("S{sheet}!{}", self.part(range.area(sheet)).unwrap_or_else(|| range.to_string()));
                let spelled: Vec<String> = sheets.map(spell).collect();
                Some(spelled.join(","))
            }
            Kind::Function(name) => {
                self.function(name);
                Some(name.clone())
            }
            Kind::Name { sheet, name } => self.name(sheet.as_deref(), name, depth),
            Kind::Columns { table, columns } => {
                Some(self.columns(table, columns).unwrap_or_else(|| "#REF!".to_owned()))
            }
            Kind::Outside => {
                self.refuse(Uncalculated::Outside);
                None
            }
            Kind::Join => {
                self.resolved.lengthens = true;
                None
            }
            Kind::Text(length) => {
                self.resolved.texts += length;
                None
            }
        }
    }

    /// What is used of a large area: the engine makes room for every cell of an area that it calculates with.
    fn part(&mut self, area: Area) -> Option<String> {
        let (rows, columns) = area.size();
        let (row, column) = *self.used.get(area.sheet).filter(|_| rows * columns > MOST_WHOLE)?;
        self.cut = true;
        let within = |(first, last): (u32, u32), used: u32| (first, last.min(used.max(first)));
        let mut used = Area { rows: within(area.rows, row), ..area };
        let (rows, columns) = used.size();
        // Who looks something up counts the columns, also those in which nothing stands.
        if rows * columns > MOST_WHOLE {
            used.columns = within(area.columns, column);
        }
        Some(corners(used))
    }

    fn refuse(&mut self, reason: Uncalculated) {
        self.resolved.refused.get_or_insert(reason);
    }

    fn function(&mut self, name: &str) {
        let is = |list: &[&str]| list.contains(&name);
        self.resolved.moving |= is(&MOVING);
        self.resolved.lengthens |= is(&LENGTHENING);
        self.measures |= is(&MEASURING);
        if is(&CHANCE) {
            self.refuse(Uncalculated::Chance);
        } else if is(&CLOCK) && !self.timed {
            self.refuse(Uncalculated::Clock);
        } else if is(&DATING) && self.workbook.from_1904 {
            self.refuse(Uncalculated::Epoch);
        } else if is(&SURROUNDINGS) || is(&UNBOUNDED) || is(&MOVING) || !super::engine::covers(name) {
            self.refuse(Uncalculated::Function(name.to_owned()));
        }
    }

    /// The sheets from the first to the last, as their tabs stand.
    fn sheets(&self, first: &str, last: &str) -> Option<ops::RangeInclusive<usize>> {
        let (first, last) = (self.workbook.sheet(first)?.0, self.workbook.sheet(last)?.0);
        let (first, last) = (first.min(last), first.max(last));
        (last - first < MOST_SHEETS).then_some(first..=last)
    }

    /// What a name stands for; a name of the formula's own (`LET`) stays.
    fn name(&mut self, sheet: Option<&str>, name: &str, depth: usize) -> Option<String> {
        let scope = match sheet {
            Some(sheet) => self.workbook.sheet(sheet)?.0,
            None => self.at.sheet,
        };
        if let Some(table) = self.table(name) {
            let area = body(table);
            return Some(self.spell(area));
        }
        let known = self.workbook.names.iter().filter(|known| known.name.eq_ignore_ascii_case(name));
        let formula = known
            .clone()
            .find(|known| known.sheet == Some(scope))
            .or_else(|| known.clone().find(|known| known.sheet.is_none()))?;
        let formula = formula.formula.trim_start_matches('=');
        if depth == 0 {
            self.refuse(Uncalculated::Unreadable);
            return None;
        }
        // The name's own tokens are written behind what stands already, then taken from there.
        let before = std::mem::take(&mut self.resolved.text);
        self.formula(formula, depth - 1);
        let inner = std::mem::replace(&mut self.resolved.text, before);
        let plain = inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'$' | b':' | b'.'));
        Some(if plain { inner } else { format!("({inner})") })
    }

    fn table(&self, name: &str) -> Option<&NamedTable> {
        self.workbook.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// The cells of `Costs[Amount]`, `[@Amount]`, `Costs[[#Totals],[From]:[To]]`.
    fn columns(&mut self, table: &str, columns: &str) -> Option<String> {
        let here = |table: &&NamedTable| table.area.contains(self.at);
        let table = match table {
            "" => self.workbook.tables.iter().find(here),
            name => self.table(name),
        }?;
        let mut area = body(table);
        let names = column_names(columns);
        for name in names.iter().filter(|name| name.starts_with('#')) {
            area.rows = rows(table, name, area.rows, self.at.row)?;
        }
        if columns.contains('@') {
            area.rows = (self.at.row, self.at.row);
        }
        let named = names.iter().filter(|name| !name.starts_with('#') && !name.is_empty());
        let positions: Option<Vec<u32>> = named.map(|name| position(table, name)).collect();
        if let Some((first, last)) = positions.as_ref()?.iter().min().zip(positions.as_ref()?.iter().max()) {
            area.columns = (table.area.columns.0 + first, table.area.columns.0 + last);
        }
        Some(self.spell(area))
    }

    fn spell(&mut self, area: Area) -> String {
        self.resolved.areas.push(area);
        format!("S{}!{}", area.sheet, corners(area))
    }
}

/// `$A$1:$B$9`.
fn corners(area: Area) -> String {
    let corner = |row: u32, column: u32| format!("${}${}", column_letters(column), row + 1);
    format!("{}:{}", corner(area.rows.0, area.columns.0), corner(area.rows.1, area.columns.1))
}

/// The rows of a table between its headers and totals.
fn body(table: &NamedTable) -> Area {
    let (first, last) = table.area.rows;
    let (from, to) = (first.saturating_add(table.headers), last.saturating_sub(table.totals));
    Area { rows: (from.min(last), to.max(first)), ..table.area }
}

/// The rows that `#All` and its like mean.
fn rows(table: &NamedTable, name: &str, body: (u32, u32), own: u32) -> Option<(u32, u32)> {
    let (first, last) = table.area.rows;
    Some(match name.to_ascii_lowercase().as_str() {
        "#all" => (first, last),
        "#data" => body,
        "#headers" => (first, (first + table.headers).checked_sub(1)?),
        "#totals" => (last.checked_sub(table.totals.checked_sub(1)?)?, last),
        "#this row" => (own, own),
        _ => return None,
    })
}

fn position(table: &NamedTable, name: &str) -> Option<u32> {
    let name = name.trim_start_matches('@');
    let at = table.columns.iter().position(|column| column.eq_ignore_ascii_case(name))?;
    u32::try_from(at).ok()
}

/// The names in `[#All],[Amount]`, or the one that stands without brackets of its own.
fn column_names(columns: &str) -> Vec<String> {
    if !columns.contains('[') {
        let name = columns.trim_start_matches('@').trim();
        return if name.is_empty() { Vec::new() } else { vec![unescaped(name)] };
    }
    let mut names = Vec::new();
    let (mut name, mut inside, mut escaped) = (String::new(), false, false);
    for letter in columns.chars() {
        match letter {
            _ if escaped => {
                name.push(letter);
                escaped = false;
            }
            '\'' => escaped = true,
            '[' => inside = true,
            ']' => {
                names.push(std::mem::take(&mut name));
                inside = false;
            }
            _ if inside => name.push(letter),
            _ => {}
        }
    }
    names
}

fn unescaped(name: &str) -> String {
    name.replace("'#", "#").replace("'@", "@").replace("'[", "[").replace("']", "]").replace("''", "'")
}
