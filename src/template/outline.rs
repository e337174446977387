//! What is looked at before a text with holes is read: tags that close, blocks that pair, words that a body may not
//! use, and limits that keep the reader's stack safe.

use minijinja::machinery::{Span as Range, Token, tokenize};

use super::{Place, syntax};
use crate::diag::Diagnostic;
use crate::source::Span;

/// How many words and marks one tag may hold, and how deep blocks may nest; an `elif` counts as a level.
const LONGEST: usize = 300;
const DEEPEST: usize = 100;

/// What a body may not do.
pub(super) fn refused(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error("E0108", span, format!("{what} cannot stand in a text: a body prints, loops and branches"))
        .help("name the result with `let` in the spec, and print that name")
}

/// A block that is open: its word, the place of its tag, and its levels.
struct Open {
    word: String,
    start: usize,
    end: usize,
    levels: usize,
}

/// A walk over the tags of a text.
struct Outline<'p> {
    place: &'p Place<'p>,
    open: Vec<Open>,
    depth: usize,
}

/// Finds what is wrong with the tags of `text` as a whole.
pub(super) fn check(text: &str, place: &Place<'_>) -> Result<(), Diagnostic> {
    let mut outline = Outline { place, open: Vec::new(), depth: 0 };
    let mut tag: Option<Range> = None;
    let mut length = 0;
    for token in tokenize(text, false, syntax()) {
        let Ok((token, range)) = token else {
            return Ok(()); // The reader meets the same mistake and tells it.
        };
        match token {
            Token::VariableStart | Token::BlockStart => (tag, length) = (Some(range), 0),
            Token::VariableEnd | Token::BlockEnd => tag = None,
            Token::TemplateData(_) => {}
            Token::Ident(word) if length == 1 && is_block(text, &tag) => outline.word(word, &range)?,
            _ => {}
        }
        length += 1;
        if tag.is_some() && length > LONGEST {
            return Err(too_long(place(range.start_offset as usize, range.end_offset as usize)));
        }
    }
    match tag {
        Some(range) => Err(unclosed(text, &range, place)),
        None => outline.finish(),
    }
}

/// Whether the tag is `{% … %}`.
fn is_block(text: &str, tag: &Option<Range>) -> bool {
    tag.as_ref().is_some_and(|range| text[range.start_offset as usize..].starts_with("{%"))
}

/// A tag with too much in it.
fn too_long(span: Span) -> Diagnostic {
    Diagnostic::error("E0004", span, format!("this tag holds more than {LONGEST} words and marks"))
        .help("name parts of it with `let` in the spec")
}

/// `{{` or `{%` without its closer.
fn unclosed(text: &str, range: &Range, place: &Place<'_>) -> Diagnostic {
    let (start, end) = (range.start_offset as usize, range.end_offset as usize);
    let closer = if text[start..end].starts_with("{{") { "}}" } else { "%}" };
    Diagnostic::error("E0009", place(start, end), format!("`{}` is never closed", &text[start..end]))
        .help(format!("add the missing `{closer}`"))
}

impl Outline<'_> {
    /// The first word of a `{% … %}` tag.
    fn word(&mut self, word: &str, range: &Range) -> Result<(), Diagnostic> {
        let (start, end) = (range.start_offset as usize, range.end_offset as usize);
        match word {
            "if" | "for" => self.opens(word, start, end),
            "elif" | "else" => self.divides(word, start, end),
            "endif" | "endfor" => self.closes(word, start, end),
            "raw" | "endraw" => Ok(()),
            _ if known_elsewhere(word) => Err(refused(&format!("`{word}`"), (self.place)(start, end))),
            _ => Err(Diagnostic::error("E0009", (self.place)(start, end), format!("there is no tag `{word}`"))
                .help("the tags are `for … endfor` and `if … elif … else … endif`")),
        }
    }

    /// One level more.
    fn deeper(&mut self, start: usize, end: usize) -> Result<(), Diagnostic> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message =
                format!("blocks in this text are nested more than {DEEPEST} levels deep; each `elif` is a level");
            return Err(Diagnostic::error("E0004", (self.place)(start, end), message)
                .help("name parts of it with `phrases` or `let`"));
        }
        Ok(())
    }

    /// `if` or `for`.
    fn opens(&mut self, word: &str, start: usize, end: usize) -> Result<(), Diagnostic> {
        self.open.push(Open { word: word.to_string(), start, end, levels: 1 });
        self.deeper(start, end)
    }

    /// `elif` or `else`.
    fn divides(&mut self, word: &str, start: usize, end: usize) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            Some(open) if word == "else" || open.word == "if" => {
                open.levels += 1;
                self.deeper(start, end)
            }
            _ => Err(Diagnostic::error("E0009", (self.place)(start, end), format!("this `{word}` belongs to no `if`"))
                .help("begin with `{% if condition %}`")),
        }
    }

    /// `endif` or `endfor`.
    fn closes(&mut self, word: &str, start: usize, end: usize) -> Result<(), Diagnostic> {
        let span = (self.place)(start, end);
        let Some(open) = self.open.pop() else {
            return Err(Diagnostic::error("E0009", span, format!("this `{word}` closes nothing")).help("remove it"));
        };
        self.depth -= open.levels.min(self.depth);
        if word.strip_prefix("end") == Some(&open.word) {
            return Ok(());
        }
        Err(Diagnostic::error(
            "E0009",
            span,
            format!("`{}` must be closed by `end{}` before this `{word}`", open.word, open.word),
        )
        .cause((self.place)(open.start, open.end), "opened here")
        .help(format!("add `{{% end{} %}}`", open.word)))
    }

    /// At the end of the text nothing may be open.
    fn finish(mut self) -> Result<(), Diagnostic> {
        match self.open.pop() {
            Some(open) => Err(Diagnostic::error(
                "E0009",
                (self.place)(open.start, open.end),
                format!("this `{}` is never closed", open.word),
            )
            .help(format!("add `{{% end{} %}}`", open.word))),
            None => Ok(()),
        }
    }
}

/// Tags that other dialects of this notation have, and that would compute.
fn known_elsewhere(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "set",
        "endset",
        "with",
        "endwith",
        "macro",
        "endmacro",
        "call",
        "endcall",
        "filter",
        "endfilter",
        "autoescape",
        "endautoescape",
        "do",
        "include",
        "import",
        "from",
        "extends",
        "block",
        "endblock",
        "continue",
        "break",
        "let",
        "where",
        "assign",
    ];
    WORDS.contains(&word)
}
