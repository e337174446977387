//! What bodies show beside their text: charts and pictures that their template must have, and slides that hold too much
//! [X7]; and pictures in files that are none.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::markdown::{from_markdown, slide_starts};
use crate::document::slides;
use crate::formats::pptx;
use crate::forms::{Kind, did_you_mean};
use crate::resolve::program::Declaration;
use crate::source::{Origins, Span};
use crate::syntax::{ExprKind, Part};
use crate::value::filter::LONGEST_NAME;

use super::Checker;
use super::claims::parts_of;
use super::suggest::listed;
use super::timing::block_named;

/// How a body asks for a figure: `![By centre](chart)`, `![The yard](yard)`.
const OPENS: &str = "![";
const TURNS: &str = "](";
const CHART: &str = "chart";

/// A chart or picture that a template has: what a body says to show it.
struct Figure {
    /// `chart`, or the name of a picture.
    kind: Arc<str>,
    /// Of a chart.
    name: Option<Arc<str>>,
    span: Span,
}

/// A figure that a body asks for in typed words.
struct Asked {
    kind: String,
    /// Nothing where they are printed.
    words: Option<String>,
    /// Where it is named: a chart by its words, a picture behind them.
    span: Span,
}

impl Asked {
    fn is(&self, figure: &Figure) -> bool {
        self.kind == *figure.kind
            && match (&self.words, &figure.name) {
                (Some(words), Some(name)) => **words == **name,
                _ => true,
            }
    }
}

impl Checker<'_> {
    /// Checks the figures of all bodies, and the slides of decks as far as no seed decides them.
    pub(super) fn check_figures(&mut self) {
        let program = self.program;
        for block in &program.declarations {
            match block.kind {
                Kind::Template => self.check_shown(block),
                Kind::File => self.check_file(block),
                _ => {}
            }
        }
    }

    fn check_file(&mut self, file: &Declaration) {
        let program = self.program;
        self.refuse_long_name(file);
        let made_from = file.field("from").and_then(|from| block_named(program, file, &from.value));
        let Some(template) = made_from.filter(|template| template.kind == Kind::Template) else { return };
        if is_named(file, ".pptx") {
            self.check_slides(template, file.head);
        }
        self.refuse_pictures(file, template);
        self.refuse_scan(file, template);
    }

    /// A typed name that no disk can hold; what a seed makes longer is refused when it is planned.
    fn refuse_long_name(&mut self, file: &Declaration) {
        let Some(label) = &file.label else { return };
        let ExprKind::Text(text) = &label.kind else { return };
        if let Some(long) = text.value.split('/').map(str::len).find(|length| *length > LONGEST_NAME) {
            let message = format!("a name of {long} bytes is too long: {LONGEST_NAME} is the most");
            self.emit(Diagnostic::error("E0508", label.span, message).label("no disk holds this").help("shorten it"));
        }
    }

    /// Only a pdf shows pictures of pages.
    fn refuse_scan(&mut self, file: &Declaration, template: &Declaration) {
        let Some(scanned) = template.field("scanned") else { return };
        let Some(label) = file.label.as_ref().filter(|_| ends_typed(file)) else { return };
        if matches!(scanned.value.kind, ExprKind::Bool(true)) && !is_named(file, ".pdf") {
            self.emit(
                Diagnostic::error("E0220", label.span, "this file cannot hold scanned pages")
                    .label("no pdf by its name")
                    .cause(scanned.value.span, "its pages are scanned")
                    .help("name it as a pdf, or take `scanned` away"),
            );
        }
    }

    /// A template that is a picture and nothing else makes files of pictures.
    fn refuse_pictures(&mut self, file: &Declaration, template: &Declaration) {
        let program = self.program;
        let mut parts = template.children.iter().map(|id| program.get(*id));
        let picture = parts.find(|part| matches!(part.kind, Kind::Photo | Kind::Screenshot | Kind::Logo));
        let (Some(picture), None) = (picture, template.field("body")) else { return };
        let takes: &[&str] = match picture.kind {
            Kind::Photo | Kind::Screenshot => &[".jpg", ".jpeg", ".png"],
            _ => &[".png", ".jpg", ".jpeg", ".svg"],
        };
        let Some(label) = file.label.as_ref().filter(|_| ends_typed(file)) else { return };
        if !takes.iter().any(|extension| is_named(file, extension)) {
            let what = picture.kind.keyword();
            self.emit(
                Diagnostic::error("E0220", label.span, format!("this file cannot hold a {what}"))
                    .label("no picture by its name")
                    .cause(picture.head, format!("it is made of this {what}"))
                    .help(format!(
                        "name it as one of {}; beside a `body` a {what} stands in other files",
                        takes.join(", ")
                    )),
            );
        }
    }

    /// Every figure that the body names is there, and every figure is named. What a seed decides is asked when it is built.
    fn check_shown(&mut self, template: &Declaration) {
        let Some(body) = template.field("body") else { return };
        let Some(figures) = self.figures(template) else { return };
        let mut asked = Vec::new();
        let mut all = true;
        named_figures(&parts_of(&body.value), &mut asked, &mut all);
        if let Some(missing) = asked.iter().find(|asked| !figures.iter().any(|figure| asked.is(figure))) {
            return self.no_figure(missing, &figures);
        }
        for figure in figures.iter().filter(|figure| all && !asked.iter().any(|asked| asked.is(figure))) {
            let (what, shown) = match &figure.name {
                Some(name) => (format!("the chart \"{name}\""), format!("`{OPENS}{name}{TURNS}{CHART})`")),
                None => {
                    (format!("the picture `{}`", figure.kind), format!("`{OPENS}what it shows{TURNS}{})`", figure.kind))
                }
            };
            self.emit(
                Diagnostic::warning("W0103", figure.span, format!("{what} is shown nowhere in the body"))
                    .label("not shown")
                    .help(format!("show it where it belongs: {shown}")),
            );
        }
    }

    /// The figures of a template; nothing if the name of a chart is not typed out, or sheets make it a workbook.
    fn figures(&self, template: &Declaration) -> Option<Vec<Figure>> {
        let children = template.children.iter().map(|id| self.program.get(*id));
        let figure = |child: &Declaration| match (child.kind, child.label.as_ref().map(|label| &label.kind)) {
            (Kind::Chart, Some(ExprKind::Text(text))) => {
                Some(Figure { kind: CHART.into(), name: Some(text.value.clone()), span: child.head })
            }
            (Kind::Photo | Kind::Screenshot | Kind::Logo, _) => {
                let kind = child.name.as_ref().map_or(child.kind.keyword().into(), |name| name.name.clone());
                Some(Figure { kind, name: None, span: child.head })
            }
            _ => None,
        };
        children.map(figure).collect()
    }

    fn no_figure(&mut self, asked: &Asked, figures: &[Figure]) {
        let of_charts = asked.kind == CHART;
        let wanted = if of_charts { asked.words.as_deref().unwrap_or_default() } else { &asked.kind };
        let names: Vec<&str> = figures
            .iter()
            .filter(|figure| figure.name.is_some() == of_charts)
            .map(|figure| &**figure.name.as_ref().unwrap_or(&figure.kind))
            .collect();
        let what = if of_charts { format!("chart \"{wanted}\"") } else { format!("picture `{wanted}`") };
        let help = match did_you_mean(wanted, names.iter().copied()) {
            Some(close) if of_charts => format!("did you mean \"{close}\"?"),
            Some(close) => format!("did you mean `{close}`?"),
            None if !names.is_empty() => format!("it has {}", listed(&names)),
            None if of_charts => {
                format!("declare it in the template: `chart \"{wanted}\" {{ rows = …  by = …  value = … }}`")
            }
            None => format!("declare it in the template: `photo {wanted} {{ scene = … }}`"),
        };
        self.emit(
            Diagnostic::error("E0224", asked.span, format!("this template has no {what}"))
                .label(if of_charts { "no such chart" } else { "no such picture" })
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

/// Whether a file's name ends in typed words.
fn ends_typed(file: &Declaration) -> bool {
    match file.label.as_ref().map(|label| &label.kind) {
        Some(ExprKind::Text(_)) => true,
        Some(ExprKind::Prose(prose)) => matches!(prose.parts.last(), Some(Part::Text(text, _)) if text.contains('.')),
        _ => false,
    }
}

/// The figures that a text asks for in typed words; `all` turns to no where a chart's name is printed.
fn named_figures(parts: &[Part], asked: &mut Vec<Asked>, all: &mut bool) {
    for part in parts {
        match part {
            Part::Text(text, span) => named_in(text, *span, asked, all),
            Part::Print(_) => {}
            Part::For { body, otherwise, .. } => {
                named_figures(body, asked, all);
                named_figures(otherwise, asked, all);
            }
            Part::If { branches, otherwise } => {
                branches.iter().for_each(|(_, body)| named_figures(body, asked, all));
                named_figures(otherwise, asked, all);
            }
        }
    }
}

fn named_in(text: &str, span: Span, asked: &mut Vec<Asked>, all: &mut bool) {
    let place =
        |start: usize, end: usize| Span::new(span.source, span.start as usize + start, span.start as usize + end);
    for (turn, _) in text.match_indices(TURNS) {
        let start = turn + TURNS.len();
        let length = text[start..].find(')').unwrap_or(0);
        let kind = &text[start..start + length];
        if kind.is_empty() || !kind.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
            continue;
        }
        let opening = text[..turn].rfind('[').filter(|at| !text[*at..turn].contains(['\n', ']']));
        // Without its opening, the words in front of it are printed.
        let words = opening.map(|at| &text[at + 1..turn]);
        if opening.is_some_and(|at| !text[..at].ends_with('!')) {
            continue;
        }
        let span = match words {
            Some(words) if kind == CHART => place(turn - words.len(), turn),
            _ => place(start, start + length),
        };
        *all &= words.is_some() || kind != CHART;
        if words.is_some() || kind != CHART {
            asked.push(Asked { kind: kind.to_owned(), words: words.map(str::to_owned), span });
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
