//! Prose: the body of a template as blocks, with the figures that it names.

use std::cell::RefCell;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::markdown::{slide_starts, with_figures};
use crate::document::picture::Picture;
use crate::document::places::union;
use crate::document::{Block, Chart, Doc, Facts, Properties, Run, slides};
use crate::eval::{Fault, Outcome, Printed};
use crate::formats;
use crate::formats::pptx::{self, Overfull};
use crate::forms::Kind;
use crate::plan::content::{Making, at_work, is_plain, words};
use crate::plan::types::{Content, Words};
use crate::plan::{chart, picture};
use crate::source::Span;

/// What a picture of a body points at to show a chart of the template: `![By centre](chart)`. All else is the name of a
/// picture: `![The yard](yard)`.
const CHART: &str = "chart";

impl Making<'_> {
    /// The body as a document, or as it stands.
    pub(super) fn prose(&self, properties: Properties, title: &Printed) -> Outcome<Content> {
        if self.template.field("body").is_none() {
            let message = "this template has neither a `body` nor a `sheet`";
            return Err(Fault::wrong("E0215", self.template.head, message));
        }
        let printed = words(self.text("body")?);
        let printed = match &self.order.typist {
            Some(typist) => typist.mistype(printed),
            None => printed,
        };
        if is_plain(self.order.extension) {
            self.refuse_figures()?;
            return Ok(Content::Text(printed));
        }
        let extension = self.order.extension;
        if extension != "pdf"
            && let Some((_, letter)) =
                [&title.text, &printed.text].into_iter().find_map(|text| formats::lost(extension, text))
        {
            return Err(self.lost(letter));
        }
        let mut blocks = self.blocks(&printed, &properties)?;
        let headed = blocks.iter().any(|block| matches!(block, Block::Heading { level: 0, .. }));
        if !headed && !title.text.is_empty() {
            blocks.insert(0, Block::Heading { level: 0, runs: runs(title) });
        }
        let doc = Doc { properties, blocks: blocks_for(self.order.extension, blocks) };
        let fault = match self.order.extension {
            "pptx" => pptx::overfull(&doc).map(|overfull| self.too_full(&overfull)),
            "pdf" => formats::unshown_in(&doc).map(|letter| self.lost(letter)),
            _ => None,
        };
        fault.map_or(Ok(Content::Doc(doc)), Err)
    }

    /// The body's blocks, with the template's charts and pictures where it names them.
    fn blocks(&self, printed: &Words, properties: &Properties) -> Outcome<Vec<Block>> {
        let mut charts: Vec<(String, Arc<Chart>)> = Vec::new();
        for child in self.parts(Kind::Chart) {
            let name = chart::name(self.eval, child, self.scope)?;
            charts.push((name.clone(), Arc::new(chart::chart(self.eval, child, &name, self.scope)?)));
        }
        let pictures = self.pictures(properties)?;
        let missing = RefCell::new(None);
        let figure = |kind: &str, words: &str, facts: Facts| {
            let chart = || charts.iter().find(|(name, _)| name == words).map(|(_, chart)| chart.clone());
            let picture = || pictures.iter().find(|(name, _)| name == kind).map(|(_, picture)| picture.clone());
            let found = match kind {
                CHART => chart().map(|chart| Block::Chart { chart }),
                _ => picture().map(|picture| {
                    let facts = union([&facts, &picture.facts()]);
                    Block::Picture { picture, alt: words.to_owned(), facts }
                }),
            };
            if found.is_none() && is_name(kind) {
                missing.borrow_mut().get_or_insert_with(|| asked_for(kind, words));
            }
            found
        };
        let blocks = with_figures(&printed.text, &printed.spans, &figure);
        match missing.take() {
            None => Ok(blocks),
            Some(figure) => {
                let message = format!("the body shows {figure} that its template does not have");
                Err(Fault::wrong("E0224", self.body(), message))
            }
        }
    }

    /// The pictures that stand in the template, by their names.
    fn pictures(&self, properties: &Properties) -> Outcome<Vec<(String, Arc<Picture>)>> {
        let mut pictures = Vec::new();
        for kind in [Kind::Photo, Kind::Screenshot, Kind::Logo] {
            for child in self.parts(kind) {
                let name = child.name.as_ref().map_or(kind.keyword(), |name| &name.name).to_owned();
                let file = match kind {
                    Kind::Photo => self.photo(child, properties.clone())?,
                    Kind::Screenshot => self.screenshot(child, properties.clone())?,
                    _ => picture::logo(properties.clone()),
                };
                pictures.push((name, file.picture));
            }
        }
        Ok(pictures)
    }

    /// Where the body stands.
    fn body(&self) -> Span {
        self.template.field("body").map_or(self.template.head, |field| field.value.span)
    }

    /// A text as it stands cannot show a figure.
    fn refuse_figures(&self) -> Outcome<()> {
        let figure =
            [Kind::Chart, Kind::Photo, Kind::Screenshot, Kind::Logo].into_iter().find_map(|kind| self.part(kind));
        match figure {
            None => Ok(()),
            Some(figure) => {
                let what = figure.kind.keyword();
                let message = format!("a `.{}` file cannot show a {what}", self.order.extension);
                Err(Diagnostic::error("E0220", figure.head, message)
                    .help("charts and pictures stand in docx, pptx, pdf and html; a workbook has charts on sheets of their own")
                    .into())
            }
        }
    }

    /// The slide of the template that holds too much.
    fn too_full(&self, overfull: &Overfull) -> Fault {
        let place = self.line_of_body(|text| {
            let starts = slide_starts(text);
            // Slides are counted from the last: a title that the template adds stands before the first.
            (starts.len() + overfull.slide).checked_sub(overfull.of + 1).and_then(|at| starts.get(at).copied())
        });
        place.map_or_else(|fault| fault, |span| refusal(overfull, span))
    }

    /// The line of the template that prints a letter which its format cannot hold.
    fn lost(&self, letter: char) -> Fault {
        let (message, help) = formats::lost_message(self.order.extension, letter);
        match self.line_of_body(|text| text.find(letter)) {
            Ok(span) => Diagnostic::error("E0226", span, message).help(help).into(),
            Err(fault) => fault,
        }
    }

    /// The line of the body that prints what begins at some byte of its text: the text is printed again, with the places
    /// it came from. The whole body where the line cannot be told.
    fn line_of_body(&self, find: impl Fn(&str) -> Option<usize>) -> Outcome<Span> {
        at_work(self.eval, self.order, &mut |again| {
            for name in ["title", "theme"] {
                again.text(name)?;
            }
            let Some(body) = again.template.field("body") else { return Ok(again.template.head) };
            let traced = again.eval.printed_tracing(&body.value, again.scope)?;
            let line = |start| traced.origins.as_ref()?.line(&traced.text, start);
            Ok(find(&traced.text).and_then(line).unwrap_or(body.value.span))
        })
    }
}

/// Whether what a figure points at is the name of something in the template, and no address.
fn is_name(kind: &str) -> bool {
    kind.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') && !kind.is_empty()
}

fn asked_for(kind: &str, words: &str) -> String {
    if kind == CHART { format!("a chart \"{words}\"") } else { format!("a picture `{kind}`") }
}

pub(super) fn refusal(overfull: &Overfull, span: Span) -> Fault {
    let Overfull { slide, title, reason, .. } = overfull;
    Diagnostic::error("E0225", span, format!("slide {slide}, \"{title}\", cannot be shown: {reason}"))
        .help(pptx::OVERFULL_HELP)
        .into()
}

/// The blocks as a format can hold them.
pub(super) fn blocks_for(extension: &str, blocks: Vec<Block>) -> Vec<Block> {
    if extension == "pptx" { slides::with_notes_in_text(blocks) } else { blocks }
}

/// A printed line as runs, each with the facts behind it.
pub(super) fn runs(printed: &Printed) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut push = |text: &str, facts: Option<Facts>| {
        if !text.is_empty() {
            runs.push(Run { text: text.to_string(), facts, ..Run::default() });
        }
    };
    let mut at = 0;
    for (from, to, facts) in &printed.spans {
        push(&printed.text[at..*from as usize], None);
        push(&printed.text[*from as usize..*to as usize], Some(facts.clone()));
        at = *to as usize;
    }
    push(&printed.text[at..], None);
    runs
}
