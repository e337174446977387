//! Text with holes: `{{ }}` and `{% %}` in strings and loaded bodies, as the language's own values, so that one evaluator
//! and one checker serve specs and bodies, and every print has its place in the source.

mod lower;
mod outline;
#[cfg(test)]
mod tests;

use minijinja::machinery::{self, ast};
use minijinja::syntax::SyntaxConfig;

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::Prose;

/// Whether a text has holes at all.
pub(crate) fn has_holes(text: &str) -> bool {
    ["{{", "{%", "{#"].iter().any(|mark| text.contains(mark))
}

/// Reads a text with holes. `place` tells where the bytes `start..end` of `text` stand in a source: for a string literal
/// [`crate::syntax::Text::span_of`], for a loaded file the bytes themselves.
pub(crate) fn parse_prose(text: &str, place: impl Fn(usize, usize) -> Span) -> Result<Prose, Diagnostic> {
    let place: &Place<'_> = &place;
    outline::check(text, place)?;
    let parsed = machinery::parse(text, "", syntax()).map_err(|error| misread(text, &error, place))?;
    let ast::Stmt::Template(template) = &parsed else {
        return Ok(Prose { parts: Vec::new(), span: place(0, text.len()) });
    };
    let parts = lower::Lowering { text, place }.parts(&template.children)?;
    Ok(Prose { parts, span: place(0, text.len()) })
}

/// Tells where bytes of the text stand in a source.
type Place<'p> = dyn Fn(usize, usize) -> Span + 'p;

/// A tag on a line of its own leaves no empty line behind.
fn syntax() -> SyntaxConfig {
    let mut builder = SyntaxConfig::builder();
    builder.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    // Only unusual delimiters can be refused; these are the usual ones.
    builder.build().unwrap_or_default()
}

/// Something between the braces that cannot be read.
fn misread(text: &str, error: &minijinja::Error, place: &Place<'_>) -> Diagnostic {
    let range = error.range().unwrap_or(0..0);
    let start = floor(text, range.start);
    let end = floor(text, range.end.max(range.start)).max(start);
    let word = &text[start..end];
    let detail = error.detail().unwrap_or("");
    let (message, help) = match word {
        _ if detail.contains("end of comment") => {
            ("`{#` begins a comment that is never closed".to_string(), "close it with `#}`, or write `{ #`")
        }
        _ if detail.contains("end of string") => {
            ("a text in this tag is never closed".to_string(), "add the missing quote")
        }
        "where" => return outline::refused("`where`", place(start, end)),
        "" | "}}" | "%}" => (
            "something is missing in this tag".to_string(),
            "a tag prints `{{ a value }}`, or says `{% for x in table %}` or `{% if condition %}`",
        ),
        word => (
            format!("`{word}` cannot stand here"),
            "a tag prints `{{ a value }}`, or says `{% for x in table %}` or `{% if condition %}`",
        ),
    };
    Diagnostic::error("E0009", place(start, end), message).help(help)
}

/// The nearest character boundary at or below `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
