//! What bodies show beside their text: charts that their template must have, and slides that hold too much [X7].

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::markdown::{from_markdown, slide_starts};
use crate::document::slides;
use crate::formats::pptx;
use crate::forms::{Kind, did_you_mean};
use crate::resolve::program::Declaration;
use crate::source::{Origins, Span};
use crate::syntax::{ExprKind, Part};

use super::Checker;
use super::claims::parts_of;
use super::suggest::listed;
use super::timing::block_named;

/// How a body asks for a chart: `![By centre](chart)`.
const OPENS: &str = "![";
const CLOSES: &str = "](chart)";

impl Checker<'_> {
    /// Checks the charts of all bodies, and the slides of decks as far as no seed decides them.
    pub(super) fn check_figures(&mut self) {
        let program = self.program;
        for block in &program.declarations {
            match block.kind {
                Kind::Template => self.check_charts(block),
                Kind::File if is_named(block, ".pptx") => {
                    let template = block.field("from").and_then(|from| block_named(program, block, &from.value));
                    if let Some(template) = template.filter(|template| template.kind == Kind::Template) {
                        self.check_slides(template, block.head);
                    }
                }
                _ => {}
            }
        }
    }

    /// Every chart that the body names is there, and every chart is named. What a seed decides is asked when it is built.
    fn check_charts(&mut self, template: &Declaration) {
        let Some(body) = template.field("body") else { return };
        let Some(charts) = self.charts(template) else { return };
        let mut shown = Vec::new();
        let mut all = true;
        named_charts(&parts_of(&body.value), &mut shown, &mut all);
        let is_shown = |chart: &str| shown.iter().any(|(name, _)| name == chart);
        let missing = shown.iter().find(|(name, _)| !charts.iter().any(|(chart, _)| **chart == **name));
        if let Some((name, span)) = missing {
            return self.no_chart(name, *span, &charts);
        }
        for (chart, span) in charts.iter().filter(|(chart, _)| all && !is_shown(chart)) {
            self.emit(
                Diagnostic::warning("W0103", *span, format!("the chart \"{chart}\" is shown nowhere in the body"))
                    .label("not shown")
                    .help(format!("show it where it belongs: `{OPENS}{chart}{CLOSES}`")),
            );
        }
    }

    /// The charts of a template with their names; nothing if a name is not typed out, or sheets make it a workbook.
    fn charts(&self, template: &Declaration) -> Option<Vec<(Arc<str>, Span)>> {
        let children = template.children.iter().map(|id| self.program.get(*id));
        let chart = |child: &Declaration| match child.label.as_ref().map(|label| &label.kind) {
            Some(ExprKind::Text(text)) if child.kind == Kind::Chart => Some((text.value.clone(), child.head)),
            _ => None,
        };
        children.map(chart).collect()
    }

    fn no_chart(&mut self, name: &str, span: Span, charts: &[(Arc<str>, Span)]) {
        let names: Vec<&str> = charts.iter().map(|(name, _)| &**name).collect();
        let help = match did_you_mean(name, names.iter().copied()) {
            Some(close) => format!("did you mean \"{close}\"?"),
            None if names.is_empty() => {
                format!("declare it in the template: `chart \"{name}\" {{ rows = …  by = …  value = … }}`")
            }
            None => format!("its charts are {}", listed(&names)),
        };
        self.emit(
            Diagnostic::error("E0224", span, format!("this template has no chart \"{name}\""))
                .label("no such chart")
                .help(help),
        );
    }

    /// A slide that holds too much whatever is printed on it.
    fn check_slides(&mut self, template: &Declaration, file: Span) {
        let Some(body) = template.field("body") else { return };
        let mut outline = Outline::default();
        outline.parts(&parts_of(&body.value));
        let blocks = from_markdown(&outline.text, &[]);
        let starts = slide_starts(&outline.text);
        for (slide, start) in slides::slides_of(&blocks).iter().zip(starts) {
            let Some(reason) = pptx::too_many_lines(slide) else { continue };
            let span = outline.origins.line(&outline.text, start).unwrap_or(body.value.span);
            self.emit(
                Diagnostic::error("E0225", span, format!("this slide cannot be shown: {reason}"))
                    .label("this slide")
                    .cause(file, "a deck is made of it here")
                    .help(pptx::OVERFULL_HELP),
            );
        }
    }
}

/// Whether a file's name ends so.
pub(super) fn is_named(file: &Declaration, extension: &str) -> bool {
    let ends = |text: &str| text.to_lowercase().ends_with(extension);
    match file.label.as_ref().map(|label| &label.kind) {
        Some(ExprKind::Text(text)) => ends(&text.value),
        Some(ExprKind::Prose(prose)) => matches!(prose.parts.last(), Some(Part::Text(text, _)) if ends(text)),
        _ => false,
    }
}

/// The charts that a text names in typed words; `all` turns to no where a name is printed.
fn named_charts(parts: &[Part], shown: &mut Vec<(String, Span)>, all: &mut bool) {
    for part in parts {
        match part {
            Part::Text(text, span) => named_in(text, *span, shown, all),
            Part::Print(_) => {}
            Part::For { body, otherwise, .. } => {
                named_charts(body, shown, all);
                named_charts(otherwise, shown, all);
            }
            Part::If { branches, otherwise } => {
                branches.iter().for_each(|(_, body)| named_charts(body, shown, all));
                named_charts(otherwise, shown, all);
            }
        }
    }
}

fn named_in(text: &str, span: Span, shown: &mut Vec<(String, Span)>, all: &mut bool) {
    for (end, _) in text.match_indices(CLOSES) {
        match text[..end].rfind(OPENS).map(|at| at + OPENS.len()) {
            Some(start) if !text[start..end].contains(['\n', ']']) => {
                let place = Span::new(span.source, span.start as usize + start, span.start as usize + end);
                shown.push((text[start..end].to_owned(), place));
            }
            _ => *all = false,
        }
    }
}

/// A body as far as no seed decides it: what is printed stands as a letter, and what stands in conditions is left out,
/// or begins a slide if a slide begins there.
#[derive(Default)]
struct Outline {
    text: String,
    origins: Origins,
}

impl Outline {
    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Text(text, span) => {
                    self.origins.push(self.text.len(), *span);
                    self.text.push_str(text);
                }
                Part::Print(_) => self.text.push('x'),
                Part::For { .. } | Part::If { .. } if begins_slide(part) => self.text.push_str("\n\n##\n\n"),
                Part::For { .. } | Part::If { .. } => {}
            }
        }
    }
}

fn begins_slide(part: &Part) -> bool {
    let any = |parts: &[Part]| parts.iter().any(begins_slide);
    match part {
        Part::Text(text, _) => text.lines().any(|line| line.starts_with('#') || line.contains("pagebreak")),
        Part::Print(_) => false,
        Part::For { body, otherwise, .. } => any(body) || any(otherwise),
        Part::If { branches, otherwise } => branches.iter().any(|(_, body)| any(body)) || any(otherwise),
    }
}
