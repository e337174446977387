//! What to say where the grammar cannot go on, in the author's words.

use super::scan::{Lexeme, Token, scan};
use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};

/// The parts of a text that can be read on their own: each begins with a word at the margin, outside all brackets.
pub(super) fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let mut depth = 0usize;
    for lexeme in scan(text) {
        match lexeme.token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Word if depth == 0 && margin(text, lexeme.start) => starts.push(lexeme.start),
            _ => {}
        }
    }
    starts.retain(|start| !text[*start..].starts_with("worldspec"));
    let ends = starts.iter().skip(1).copied().chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).collect()
}

/// Whether a line begins at `at`.
fn margin(text: &str, at: usize) -> bool {
    at == 0 || text.as_bytes()[at - 1] == b'\n'
}

/// The surroundings of a place: what stands before and there, and which bracket is open.
struct Around {
    before: Option<Lexeme>,
    here: Option<Lexeme>,
    open: Option<Lexeme>,
}

/// Looks around `at`.
fn around(text: &str, at: usize) -> Around {
    let mut open = Vec::new();
    let mut before = None;
    for lexeme in scan(text).filter(|lexeme| lexeme.token != Token::Comment) {
        if lexeme.end > at {
            return Around { before, here: Some(lexeme), open: open.pop() };
        }
        match lexeme.token {
            Token::Open(_) => open.push(lexeme),
            Token::Close(_) => drop(open.pop()),
            _ => {}
        }
        before = Some(lexeme);
    }
    Around { before, here: None, open: open.pop() }
}

/// The mistake at `at`.
pub(super) fn at(id: SourceId, text: &str, at: usize) -> Diagnostic {
    let around = around(text, at);
    let place = |lexeme: &Lexeme| Span::new(id, lexeme.start, lexeme.end);
    let Some(here) = &around.here else {
        let span = around.before.as_ref().map_or(Span::new(id, 0, 0), place);
        return Diagnostic::error("E0007", span, "the file ends in the middle of something")
            .label("nothing follows this");
    };
    let word = short(here.text(text));
    let (message, label, help) = explain(text, &around, &word);
    let ends_line = |before: &&Lexeme| text[before.end..here.start].contains('\n') && wants_value(before.text(text));
    let marked = around.before.as_ref().filter(ends_line).unwrap_or(here);
    let mut diagnostic = Diagnostic::error("E0007", place(marked), message).label(label);
    diagnostic.help = help;
    diagnostic
}

/// A token short enough for a message.
fn short(word: &str) -> String {
    let line = word.lines().next().unwrap_or("");
    let cut: String = line.chars().take(30).collect();
    if cut.len() < word.len() { format!("{cut}…") } else { cut }
}

/// Message, label and way out.
fn explain(text: &str, around: &Around, word: &str) -> (String, String, Option<String>) {
    let before = around.before.as_ref().map_or("", |lexeme| lexeme.text(text));
    if let Some(help) = known(before, word) {
        return (format!("`{word}` cannot stand here"), String::new(), Some(help.to_string()));
    }
    if wants_value(before) && around.before.as_ref().is_some_and(|lexeme| lexeme.token != Token::Text) {
        return (format!("a value is missing after `{before}`"), format!("found `{word}` instead"), None);
    }
    let label = match around.open.as_ref().map(|lexeme| lexeme.text(text)) {
        Some("(") => "expected `,` or `)` before this",
        Some("[") => "expected `,` or `]` before this",
        Some(_) => "expected a property, a block or `}`",
        None => "expected a block, such as `table name { … }`, or `let name = …`",
    };
    (format!("`{word}` cannot stand here"), label.to_string(), None)
}

/// Whether something must follow `before`.
fn wants_value(before: &str) -> bool {
    let words = ["and", "or", "not", "in", "of", "where", "within", "check", "require", "rubric"];
    let marks = ["=", "~", "==", "!=", "<", ">", "<=", ">=", "..", "+", "-", "*", "/", ":"];
    words.contains(&before) || marks.contains(&before)
}

/// The way out of frequent mistakes.
fn known(before: &str, word: &str) -> Option<&'static str> {
    match (before, word) {
        ("!", _) | (_, "!") => Some("write `not`, or `!=` for different"),
        ("=", "=") | ("=", "==") | (_, "=") => Some("`name = value` sets a property; to compare, write `==`"),
        (">" | "<", ">" | "<") => Some("to say different, write `!=`"),
        ("*" | "/", "*" | "/") => Some("write one `*` or `/`; comments begin with `#`"),
        (_, "/") => Some("comments begin with `#`"),
        (_, "|") => {
            Some("rows of a table begin and end with `|`, and every cell holds a value (`none` if there is none)")
        }
        (_, ":") => Some("a time has two digits each, as in `09:30`; names get their value by `=`"),
        (_, "~") => Some("`name ~ distribution` draws a property; it cannot stand inside a value"),
        (_, "then" | "else" | "elif") => Some("write `if(condition, value, otherwise)`"),
        _ => None,
    }
}
