//! What a formula names: cells, functions, defined names, columns of tables. Everything else of it is left as it stands.

use std::ops;

use super::reference::{Corner, Range};

/// A formula may be as long as a cell can hold.
pub(super) const LONGEST: usize = 8_192;
/// Brackets in brackets; office programs stop at 64.
pub(super) const DEEPEST: usize = 64;

/// Something a formula names, with the bytes that spell it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: ops::Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Cells, on the named sheets (first and last) or on the formula's own.
    Cells { sheets: Option<(String, String)>, range: Range, spelled: ops::Range<usize> },
    /// In capitals, without the prefixes by which newer functions are written.
    Function(String),
    /// A defined name, on the sheet that is said before it.
    Name { sheet: Option<String>, name: String },
    /// Columns of a table: `Costs[[#All],[Amount]]`; the table is empty inside the table itself.
    Columns { table: String, columns: String },
    /// Something of another file.
    Outside,
    /// `&`, which makes texts longer.
    Join,
    /// A text, by how long it is.
    Text(usize),
}

/// The names in a formula; none if it is too long, too deep or does not close what it opens.
pub(super) fn tokens(formula: &str) -> Option<Vec<Token>> {
    if formula.len() > LONGEST {
        return None;
    }
    let mut scanner = Scanner { text: formula, at: 0, depth: 0, found: Vec::new() };
    while scanner.at < formula.len() {
        scanner.step()?;
    }
    (scanner.depth == 0).then_some(scanner.found)
}

/// The formula as a cell so many rows below and columns right has it: relative references move along.
pub(in crate::formats) fn moved(formula: &str, rows: i64, columns: i64) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for token in tokens(formula)? {
        let Kind::Cells { range, spelled, .. } = token.kind else { continue };
        out.push_str(&formula[done..spelled.start]);
        out.push_str(&range.moved(rows, columns).map_or_else(|| "#REF!".to_owned(), |range| range.to_string()));
        done = spelled.end;
    }
    out.push_str(&formula[done..]);
    Some(out)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    found: Vec<Token>,
}

/// Letters of words: names, functions, unquoted sheets and references.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$' | '\\' | '?')
}

impl<'a> Scanner<'a> {
    fn step(&mut self) -> Option<()> {
        let start = self.at;
        let letter = self.rest().chars().next()?;
        match letter {
            '"' => {
                let length = quoted(self.rest(), '"')?;
                self.take(length, Kind::Text(length - 2), start);
            }
            '\'' => self.quoted_sheet(start)?,
            '[' => {
                let length = bracketed(self.rest())?;
                self.outside_or_columns(start, length);
            }
            '#' => self.at += error_length(self.rest()),
            '(' | '{' => {
                self.depth += 1;
                self.at += 1;
                return (self.depth <= DEEPEST).then_some(());
            }
            ')' | '}' => {
                self.depth = self.depth.checked_sub(1)?;
                self.at += 1;
            }
            '&' => self.take(1, Kind::Join, start),
            '0'..='9' | '.' => self.number_or_rows(start),
            letter if in_word(letter) => self.word(start)?,
            letter => self.at += letter.len_utf8(),
        }
        Some(())
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, length: usize, kind: Kind, start: usize) {
        self.at += length;
        self.found.push(Token { kind, at: start..self.at });
    }

    /// `'Plan 2026'!` and what follows it.
    fn quoted_sheet(&mut self, start: usize) -> Option<()> {
        let length = quoted(self.rest(), '\'')?;
        let name = self.rest()[1..length - 1].replace("''", "'");
        self.at += length;
        self.at += self.rest().strip_prefix('!').map(|_| 1)?;
        self.behind_sheet(&name, start)
    }

    /// A reference or name behind the sheet that is said before it.
    fn behind_sheet(&mut self, sheets: &str, start: usize) -> Option<()> {
        if sheets.contains('[') {
            // What a file of its own holds cannot be calculated, but its reference has to be passed over.
            self.cells(None, start).or_else(|| self.name(None, start));
            if let Some(last) = self.found.last_mut() {
                last.kind = Kind::Outside;
            }
            return Some(());
        }
        let (first, last) = sheets.split_once(':').unwrap_or((sheets, sheets));
        let both = (first.to_owned(), last.to_owned());
        self.cells(Some(both), start).or_else(|| self.name(Some(first.to_owned()), start))
    }

    /// A reference that begins here.
    fn cells(&mut self, sheets: Option<(String, String)>, start: usize) -> Option<()> {
        let (range, length) = range(self.rest())?;
        let spelled = self.at..self.at + length;
        self.take(length, Kind::Cells { sheets, range, spelled }, start);
        Some(())
    }

    fn name(&mut self, sheet: Option<String>, start: usize) -> Option<()> {
        let length = word_length(self.rest());
        // `Sheet1!#REF!` names nothing.
        if length == 0 {
            self.at += error_length(self.rest());
            return Some(());
        }
        let name = self.rest()[..length].to_owned();
        self.take(length, Kind::Name { sheet, name }, start);
        Some(())
    }

    /// `[1]Sheet!A1` leads into another file, `[@Amount]` to a column of the table the formula stands in.
    fn outside_or_columns(&mut self, start: usize, length: usize) {
        let inside = self.rest()[1..length - 1].to_owned();
        self.at += length;
        let is_file = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
        match is_file || self.rest().starts_with(in_word) {
            true => {
                let sheet = word_length(self.rest());
                self.at += sheet;
                self.at += usize::from(self.rest().starts_with('!'));
                let (_, length) = range(self.rest()).unzip();
                self.at += length.unwrap_or_else(|| word_length(self.rest()));
                self.found.push(Token { kind: Kind::Outside, at: start..self.at });
            }
            false => {
                let kind = Kind::Columns { table: String::new(), columns: inside };
                self.found.push(Token { kind, at: start..self.at });
            }
        }
    }

    /// `1.5E-3`, or the whole rows `2:3`.
    fn number_or_rows(&mut self, start: usize) {
        if self.cells(None, start).is_some() {
            return;
        }
        let rest = self.rest().as_bytes();
        let mut length = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        if let [b'e' | b'E', tail @ ..] = &rest[length..] {
            let sign = usize::from(matches!(tail.first(), Some(b'+' | b'-')));
            let digits = tail[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            length += if digits > 0 { 1 + sign + digits } else { 0 };
        }
        self.at += length.max(1);
    }

    fn word(&mut self, start: usize) -> Option<()> {
        let length = word_length(self.rest());
        let word = &self.rest()[..length];
        let after = &self.rest()[length..];
        if let Some(sheets) = unquoted_sheets(self.rest(), length) {
            self.at += sheets.len() + 1;
            return self.behind_sheet(sheets, start);
        }
        if after.starts_with('(') {
            self.take(length, Kind::Function(function_name(word)), start);
            return Some(());
        }
        if after.starts_with('[') {
            let inside = bracketed(after)?;
            let columns = after[1..inside - 1].to_owned();
            self.take(length + inside, Kind::Columns { table: word.to_owned(), columns }, start);
            return Some(());
        }
        if self.cells(None, start).is_some() {
            return Some(());
        }
        match word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") {
            true => self.at += length,
            false => self.take(length, Kind::Name { sheet: None, name: word.to_owned() }, start),
        }
        Some(())
    }
}

/// `Sheet1` or `Jan:Mar` if `!` stands behind it; `length` is that of the first word.
fn unquoted_sheets(text: &str, length: usize) -> Option<&str> {
    let after = &text[length..];
    if after.starts_with('!') {
        return Some(&text[..length]);
    }
    let second = after.strip_prefix(':')?;
    let end = length + 1 + word_length(second);
    text[end..].starts_with('!').then(|| &text[..end])
}

fn word_length(text: &str) -> usize {
    text.find(|letter| !in_word(letter)).unwrap_or(text.len())
}

/// The range a text begins with, and its length.
fn range(text: &str) -> Option<(Range, usize)> {
    let length = word_length(text);
    let from = Corner::parse(&text[..length])?;
    let to = text[length..].strip_prefix(':').and_then(|second| {
        let end = word_length(second);
        let corner = Corner::parse(&second[..end]).filter(|_| !second[end..].starts_with('('))?;
        Some((corner, length + 1 + end))
    });
    let both = to.and_then(|(to, end)| Some((Range::new(from, Some(to))?, end)));
    both.or_else(|| Some((Range::new(from, None)?, length)))
}

/// The length of a quoted text with its quotes; a doubled quote stands for one.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut at = 1;
    loop {
        at += text[at..].find(quote)? + 1;
        match text[at..].starts_with(quote) {
            true => at += 1,
            false => return Some(at),
        }
    }
}

/// The length of a text in square brackets; `'` takes the meaning from the letter behind it.
fn bracketed(text: &str) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\'' => escaped = true,
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// `#REF!`, `#N/A`, or the `#` behind a cell that spills.
fn error_length(text: &str) -> usize {
    let known = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#SPILL!", "#CALC!"];
    known.iter().find(|known| text.starts_with(**known)).map_or(1, |known| known.len())
}

fn function_name(word: &str) -> String {
    let bare = word.trim_start_matches("_xlfn.").trim_start_matches("_xlws.").trim_start_matches("_xll.");
    bare.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(formula: &str) -> Vec<String> {
        let spell = |token: Token| match token.kind {
            Kind::Cells { sheets, range, .. } => match sheets {
                Some((first, last)) if first == last => format!("{first}!{range}"),
                Some((first, last)) => format!("{first}..{last}!{range}"),
                None => range.to_string(),
            },
            Kind::Function(name) => format!("{name}()"),
            Kind::Name { sheet, name } => format!("{}{name}", sheet.map_or(String::new(), |sheet| sheet + "!")),
            Kind::Columns { table, columns } => format!("{table}[{columns}]"),
            Kind::Outside => "outside".to_owned(),
            Kind::Join => "&".to_owned(),
            Kind::Text(length) => format!("text {length}"),
        };
        tokens(formula).expect("the test writes formulas").into_iter().map(spell).collect()
    }

    #[test]
    fn formulas_name_cells_functions_and_names() {
        for (formula, expected) in [
            ("SUM(A1:$B$2)*rate+1.5E+3", vec!["SUM()", "A1:$B$2", "rate"]),
            ("'Plan 2026'!E7-Budget!C:C", vec!["Plan 2026!E7", "Budget!C:C"]),
            ("Jan:Mar!B2&\"A1\"&'It''s'!$2:3", vec!["Jan..Mar!B2", "&", "text 2", "&", "It's!$2:3"]),
            ("_xlfn.XLOOKUP(a1,T1[Key],T1[[#All],[A]])", vec!["XLOOKUP()", "A1", "T1[Key]", "T1[[#All],[A]]"]),
            ("[1]Sheet1!A1+'[Book.xlsx]S'!B2", vec!["outside", "outside"]),
            ("IF(TRUE,#REF!,A1#)+LOG10(5)", vec!["IF()", "A1", "LOG10()"]),
            ("A1:INDEX(B:B,3)", vec!["A1", "INDEX()", "B:B"]),
            ("[@Amount]*2+{1,2;3,4}", vec!["[@Amount]"]),
            ("LN2+XFD1048576+XFE1+A1048577+Sheet1!rate", vec!["LN2", "XFD1048576", "XFE1", "A1048577", "Sheet1!rate"]),
        ] {
            assert_eq!(named(formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        let deep = "(".repeat(65) + &")".repeat(65);
        for formula in ["\"open", "'Sheet", "(1", "1)", "T[a", &deep, &"1+".repeat(5_000)] {
            assert_eq!(tokens(formula), None, "{formula:.20}");
        }
    }

    #[test]
    fn references_move_with_their_cell() {
        assert_eq!(moved("B2*$C$1+\"B2\"&S!A$1:C3", 1, 2).as_deref(), Some("D3*$C$1+\"B2\"&S!C$1:E4"));
        assert_eq!(moved("A1+2:2", -1, 0).as_deref(), Some("#REF!+1:1"));
    }
}
