//! String literals: escapes, dedenting, and where each character stands in the source.

use std::sync::Arc;

use super::tree::Text;
use crate::diag::Diagnostic;
use crate::source::Span;

/// A text under construction: its characters and where they came from.
#[derive(Default)]
struct Writer {
    value: String,
    origin: Vec<(u32, u32)>,
}

impl Writer {
    /// Appends a piece that stands at `source`.
    fn push(&mut self, piece: &str, source: usize) {
        let at = self.value.len() as u32;
        let runs_on = self.origin.last().is_some_and(|(start, from)| from + (at - start) == source as u32);
        if !piece.is_empty() && !runs_on {
            self.origin.push((at, source as u32));
        }
        self.value.push_str(piece);
    }

    /// The finished text; one without characters begins behind its opening quote.
    fn finish(mut self, span: Span, inside: usize) -> Text {
        if self.origin.is_empty() {
            self.origin.push((0, inside as u32));
        }
        Text { value: self.value.into(), span, origin: self.origin.into() }
    }
}

/// A text without characters, where none could be read.
pub(super) fn empty(span: Span) -> Text {
    Text { value: Arc::from(""), span, origin: Arc::from([]) }
}

/// Reads the literal `written`, quotes included, which stands at `span`.
pub(super) fn read(written: &str, span: Span, found: &mut Vec<Diagnostic>) -> Text {
    let long = written.strip_prefix("\"\"\"").and_then(|rest| rest.strip_suffix("\"\"\""));
    match long {
        Some(inside) => long_text(inside, span),
        None => short_text(&written[1..written.len() - 1], span, found),
    }
}

/// `"…"` with its escapes.
fn short_text(inside: &str, span: Span, found: &mut Vec<Diagnostic>) -> Text {
    let base = span.start as usize + 1;
    let mut writer = Writer::default();
    let mut rest = 0;
    while let Some(at) = inside[rest..].find('\\').map(|found| found + rest) {
        writer.push(&inside[rest..at], base + rest);
        let escaped = inside[at + 1..].chars().next().unwrap_or('\\');
        match unescaped(escaped) {
            Some(piece) => writer.push(piece, base + at),
            None => found
                .push(unknown_escape(escaped, Span::new(span.source, base + at, base + at + 1 + escaped.len_utf8()))),
        }
        rest = at + 1 + escaped.len_utf8();
        if let (Some(_), Some(next)) = (unescaped(escaped), inside[rest..].chars().next()) {
            break_run(&mut writer, base + rest, next);
        }
    }
    writer.push(&inside[rest..], base + rest);
    writer.finish(span, base)
}

/// After an escape two bytes of source made one of text: the next character begins a new run.
fn break_run(writer: &mut Writer, source: usize, next: char) {
    if next != '\\' {
        writer.origin.push((writer.value.len() as u32, source as u32));
    }
}

/// What `\c` means.
fn unescaped(escaped: char) -> Option<&'static str> {
    match escaped {
        'n' => Some("\n"),
        't' => Some("\t"),
        '"' => Some("\""),
        '\\' => Some("\\"),
        _ => None,
    }
}

/// An escape the language does not know.
fn unknown_escape(escaped: char, span: Span) -> Diagnostic {
    Diagnostic::error("E0014", span, format!("`\\{}` means nothing in a text", escaped.escape_debug()))
        .help("the escapes are \\n, \\t, \\\" and \\\\; for a backslash write \\\\")
}

/// `"""…"""`: no escapes; the common indentation, a first empty line and a last blank line are not part of the text.
fn long_text(inside: &str, span: Span) -> Text {
    let base = span.start as usize + 3;
    let lines = lines(inside);
    let own_line = lines.first().is_some_and(|(_, line)| line.trim().is_empty()) && lines.len() > 1;
    let last_blank = lines.len() > 1 && lines.last().is_some_and(|(_, line)| line.trim().is_empty());
    let kept =
        &lines[usize::from(own_line)..lines.len() - usize::from(last_blank && lines.len() > 1 + usize::from(own_line))];
    let margin = margin(kept, own_line);
    let mut writer = Writer::default();
    for (index, (at, line)) in kept.iter().enumerate() {
        let cut = if index == 0 && !own_line { 0 } else { margin.min(indentation(line)) };
        let line = if line.trim().is_empty() && lines.len() > 1 { "" } else { &line[cut..] };
        writer.push(line, base + at + cut);
        if index + 1 < kept.len() {
            writer.push("\n", base + kept[index + 1].0 - 1);
        }
    }
    writer.finish(span, base)
}

/// The lines of a text with their offsets, without line ends.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        lines.push((at, line.strip_suffix('\r').unwrap_or(line)));
        at += line.len() + 1;
    }
    lines
}

/// How many bytes of white space begin a line.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The indentation all lines share; the line of the opening quotes does not count, nor do blank lines.
fn margin(lines: &[(usize, &str)], first_counts: bool) -> usize {
    let counted = lines.iter().skip(usize::from(!first_counts)).filter(|(_, line)| !line.trim().is_empty());
    counted.map(|(_, line)| indentation(line)).min().unwrap_or(0)
}
