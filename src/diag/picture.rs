//! Findings as a person reads them: the line, the place marked, the cause marked, one way out.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Source, SourceId, Sources, Span};

/// A marked place: a byte range, the words beside it, and whether it is the place that is wrong.
struct Mark<'a> {
    span: Span,
    words: &'a str,
    primary: bool,
}

impl Diagnostics {
    /// All findings as text, with terminal colours or without.
    pub fn picture(&self, colours: bool) -> String {
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        let pictures = self.list.iter().map(|diagnostic| {
            let group = group(&self.sources, diagnostic);
            format!("{}\n", renderer.render(&[group]))
        });
        pictures.collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Diagnostics {
    /// The picture without colours.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.picture(false).trim_end())
    }
}

impl std::error::Error for Diagnostics {}

/// One finding with its places, notes and way out.
fn group<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let places = snippets(sources, &marks(diagnostic)).into_iter().map(Element::from);
    let notes = diagnostic.notes.iter().map(|note| Level::NOTE.message(note.as_str()).into());
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(help.as_str()).into());
    title.elements(places.chain(notes).chain(help))
}

/// The wrong place first, then its causes.
fn marks(diagnostic: &Diagnostic) -> Vec<Mark<'_>> {
    let wrong = diagnostic.span.map(|span| Mark { span, words: &diagnostic.label, primary: true });
    let causes = diagnostic.causes.iter().map(|(span, words)| Mark { span: *span, words, primary: false });
    wrong.into_iter().chain(causes).collect()
}

/// One piece of text for each source that has a mark, in the order of their first marks.
fn snippets<'a>(sources: &'a Sources, marks: &[Mark<'a>]) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut order: Vec<SourceId> = Vec::new();
    for mark in marks {
        if !order.contains(&mark.span.source) {
            order.push(mark.span.source);
        }
    }
    let texts = order.into_iter().filter_map(|id| Some((id, sources.find(id)?)));
    texts.map(|(id, source)| snippet(source, marks.iter().filter(|mark| mark.span.source == id))).collect()
}

/// One source with its marks.
fn snippet<'a: 'b, 'b>(
    source: &'a Source,
    marks: impl Iterator<Item = &'b Mark<'a>>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotations = marks.map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let words = Some(mark.words).filter(|words| !words.is_empty());
        kind.span(range(&source.text, mark.span)).label(words)
    });
    Snippet::source(&*source.text).path(source.path.as_str()).annotations(annotations.collect::<Vec<_>>())
}

/// The bytes of a span inside the text it points into.
fn range(text: &str, span: Span) -> Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    start..text.ceil_char_boundary(span.end as usize).max(start)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn findings(list: Vec<Diagnostic>) -> Diagnostics {
        let mut sources = Sources::default();
        sources.add("specs/a.world", "secret x = 1\r\nlet größe = x\n");
        sources.add("specs/b.world", "use \"a.world\" as a\n");
        Diagnostics { sources: Arc::new(sources), list }
    }

    fn span(source: u32, start: usize, end: usize) -> Span {
        Span::new(SourceId(source), start, end)
    }

    #[test]
    fn the_place_the_cause_and_the_way_out_are_shown() {
        let error = Diagnostic::error("E0301", span(0, 28, 29), "a secret leaks")
            .label("printed here")
            .cause(span(0, 7, 8), "declared here")
            .cause(span(1, 4, 13), "read here")
            .note("nobody reveals it")
            .help("let a persona tell it");
        let expected = "\
error[E0301]: a secret leaks
 --> specs/a.world:2:13
  |
1 | secret x = 1
  |        - declared here
2 | let größe = x
  |             ^ printed here
  |
 ::: specs/b.world:1:5
  |
1 | use \"a.world\" as a
  |     --------- read here
  |
  = note: nobody reveals it
  = help: let a persona tell it";
        assert_eq!(findings(vec![error]).to_string(), expected);
    }

    #[test]
    fn places_at_and_beyond_the_end_are_shown_too() {
        for (start, end) in [(32, 32), (32, 99), (21, 22), (99, 99)] {
            let shown = findings(vec![Diagnostic::error("E0001", span(0, start, end), "here")]).to_string();
            assert!(shown.contains("specs/a.world"), "{start}..{end}: {shown}");
        }
        let elsewhere = findings(vec![Diagnostic::error("E0001", span(9, 0, 1), "in no text")]).to_string();
        assert_eq!(elsewhere, "error[E0001]: in no text");
    }
}
