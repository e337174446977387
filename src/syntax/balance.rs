//! What is looked at before the grammar: the edition, the size, strings that end, brackets that pair, their depth.

use super::scan::{Lexeme, Token, scan};
use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};

/// The edition of the language, of its samplers, rules and formats: what `worldspec` names. Every compiler reads and makes one.
pub(crate) const EDITION: u32 = 1;
/// The largest spec, in bytes.
pub(crate) const LARGEST: usize = 4 * 1024 * 1024;
/// How deep brackets may nest, and how many steps may hang on one another in a value.
pub(crate) const DEEPEST: usize = 200;

/// The first thing that keeps a text from being read at all.
pub(crate) fn check(id: SourceId, text: &str) -> Result<(), Diagnostic> {
    if text.len() > LARGEST {
        return Err(too_large(id, text));
    }
    edition(id, text)?;
    brackets(id, text)
}

/// A file above the size limit.
fn too_large(id: SourceId, text: &str) -> Diagnostic {
    Diagnostic::error(
        "E0005",
        Span::new(id, 0, 0),
        format!("this file has {} bytes; the limit is {LARGEST}", text.len()),
    )
    .help("split it into files and bring them together with `use`, or move rows into a file for `load`")
}

/// `worldspec 1` must come first.
fn edition(id: SourceId, text: &str) -> Result<(), Diagnostic> {
    let mut tokens = scan(text).filter(|lexeme| lexeme.token != Token::Comment);
    let help = format!("begin the file with `worldspec {EDITION}`");
    let (Some(word), number) = (tokens.next(), tokens.next()) else {
        return Err(Diagnostic::error("E0001", Span::new(id, 0, 0), "this file is empty").help(help));
    };
    if word.text(text) != "worldspec" {
        let message = "a world file begins with its edition of the language";
        return Err(Diagnostic::error("E0001", place(id, &word), message).label("before this").help(help));
    }
    match number {
        Some(number) if number.text(text) == EDITION.to_string() => Ok(()),
        Some(number) if number.token == Token::Literal => {
            let message = format!("this compiler does not know edition {} of the language", number.text(text));
            Err(Diagnostic::error("E0001", place(id, &number), message).help(format!("it reads edition {EDITION}")))
        }
        _ => Err(Diagnostic::error("E0001", place(id, &word), "the number of the edition is missing").help(help)),
    }
}

/// The place of a token.
fn place(id: SourceId, lexeme: &Lexeme) -> Span {
    Span::new(id, lexeme.start, lexeme.end)
}

/// Strings end, brackets pair, and neither nests too deep.
fn brackets(id: SourceId, text: &str) -> Result<(), Diagnostic> {
    let mut open: Vec<Lexeme> = Vec::new();
    for lexeme in scan(text) {
        match lexeme.token {
            Token::Open(_) if open.len() == DEEPEST => return Err(too_deep(place(id, &lexeme))),
            Token::Open(_) => open.push(lexeme),
            Token::Close(close) => closes(id, text, open.pop(), &lexeme, close)?,
            Token::Unclosed => return Err(unclosed_string(id, text, &lexeme)),
            Token::Stray => return Err(stray(id, text, &lexeme)),
            _ => {}
        }
    }
    match open.last() {
        Some(opener) => Err(unclosed(id, text, opener, &open)),
        None => Ok(()),
    }
}

/// Too many brackets inside one another.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("E0004", span, format!("this is nested more than {DEEPEST} levels deep"))
        .label("one level too many")
        .help("give a part of it a name with `let`")
}

/// A closer must match the bracket opened last.
fn closes(id: SourceId, text: &str, opener: Option<Lexeme>, closer: &Lexeme, close: char) -> Result<(), Diagnostic> {
    let Some(opener) = opener else {
        let message = format!("this `{close}` closes nothing");
        return Err(Diagnostic::error("E0003", place(id, closer), message)
            .help(format!("remove the `{close}`, or open it before")));
    };
    let wanted = closer_of(opener.text(text));
    if wanted == close {
        return Ok(());
    }
    let message = format!("`{}` must be closed by `{wanted}` before this `{close}`", opener.text(text));
    Err(Diagnostic::error("E0002", place(id, closer), message)
        .label(format!("`{wanted}` expected before this"))
        .cause(place(id, &opener), "opened here")
        .help(format!("add the missing `{wanted}`")))
}

/// The closer of an opening bracket.
fn closer_of(open: &str) -> char {
    match open {
        "(" => ')',
        "[" => ']',
        _ => '}',
    }
}

/// A bracket that is still open at the end of the file. Blocks usually begin at the margin, so the first line at the
/// margin inside an open bracket shows where the closer is missing.
fn unclosed(id: SourceId, text: &str, innermost: &Lexeme, open: &[Lexeme]) -> Diagnostic {
    let outermost = open.first().unwrap_or(innermost);
    let margin = scan(text)
        .find(|lexeme| lexeme.start > outermost.end && lexeme.token == Token::Word && at_margin(text, lexeme));
    let (opener, span, label) = match margin {
        Some(word) => (
            last_before(text, outermost, &word),
            place(id, &word),
            "a new block seems to begin here, inside the open one",
        ),
        None => (*innermost, Span::new(id, text.len(), text.len()), "the file ends here"),
    };
    let bracket = opener.text(text);
    Diagnostic::error("E0002", span, format!("a `{bracket}` is never closed"))
        .label(label)
        .cause(place(id, &opener), "opened here")
        .help(format!("add the missing `{}`", closer_of(bracket)))
}

/// Whether a token begins a line without indentation.
fn at_margin(text: &str, lexeme: &Lexeme) -> bool {
    lexeme.start == 0 || text.as_bytes()[lexeme.start - 1] == b'\n'
}

/// The bracket opened last and not closed between `outermost` and `word`.
fn last_before(text: &str, outermost: &Lexeme, word: &Lexeme) -> Lexeme {
    let mut open = vec![*outermost];
    let inside = |lexeme: &Lexeme| lexeme.start > outermost.start && lexeme.start < word.start;
    for lexeme in scan(text).take_while(|lexeme| lexeme.start < word.start).filter(inside) {
        match lexeme.token {
            Token::Open(_) => open.push(lexeme),
            Token::Close(_) if open.len() > 1 => drop(open.pop()),
            _ => {}
        }
    }
    open.last().copied().unwrap_or(*outermost)
}

/// A string whose closing quote is missing.
fn unclosed_string(id: SourceId, text: &str, lexeme: &Lexeme) -> Diagnostic {
    let long = lexeme.text(text).starts_with("\"\"\"");
    let quote = if long { "\"\"\"" } else { "\"" };
    let end = if long { lexeme.start + quote.len() } else { lexeme.start + lexeme.text(text).trim_end().len() };
    let help = if long {
        "close it with `\"\"\"`"
    } else {
        "close it with `\"`; text of several lines stands between `\"\"\"` and `\"\"\"`"
    };
    Diagnostic::error("E0006", Span::new(id, lexeme.start, end.max(lexeme.start)), "this text is never closed")
        .label(format!("begins with `{quote}`, and no `{quote}` follows"))
        .help(help)
}

/// A character the language has no use for.
fn stray(id: SourceId, text: &str, lexeme: &Lexeme) -> Diagnostic {
    let character = lexeme.text(text);
    let (message, help) = match character {
        "'" | "`" | "“" | "”" | "„" | "‘" | "’" => {
            (format!("text stands in straight double quotes, not in `{character}`"), "write \"like this\"")
        }
        "&" => ("`&` is no operator".to_string(), "write `and`"),
        "%" => ("`%` stands right behind a number".to_string(), "write `3%`, without a space"),
        "$" | "€" | "£" => (
            format!("`{character}` cannot stand here"),
            "amounts are plain numbers; the filter `money` prints the currency",
        ),
        _ => (
            format!("`{}` cannot stand here", character.escape_debug()),
            "names use the letters a–z, digits and `_`; everything else belongs in \"…\"",
        ),
    };
    let code = if help.starts_with("write \"") { "E0008" } else { "E0007" };
    Diagnostic::error(code, place(id, lexeme), message).help(help)
}
