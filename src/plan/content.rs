//! A template with its arguments becomes the content of a document.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::markdown::{escape, from_markdown, slide_starts, with_figures};
use crate::document::{Block, Book, Chart, Doc, Facts, Properties, Run, Sheet, slides};
use crate::draw::Key;
use crate::eval::{DocumentSite, Evaluator, Fault, Frame, Outcome, Printed, Scope};
use crate::formats::{
    self,
    pptx::{self, Overfull},
};
use crate::forms::Kind;
use crate::plan::chart;
use crate::plan::disk::refuse_unwritable;
use crate::plan::types::{Content, Member, Words};
use crate::plan::typo::Typist;
use crate::plan::workbook;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};
use crate::value::{Applied, Item, Value};

/// What a picture of a body points at to show a chart of the template: `![By centre](chart)`.
pub(crate) const CHART: &str = "chart";

/// What a file or a solution is made of, before it is content.
pub(crate) struct Order<'a> {
    pub applied: &'a Applied,
    /// The address its phrases draw by.
    pub address: &'a str,
    /// Its extension decides the form: `docx`, `csv`.
    pub extension: &'a str,
    /// Where the author asked for it.
    pub span: Span,
    /// Who types it; nobody's slips where it is none.
    pub typist: Option<Typist<'a>>,
    /// Sheets laid out before, in the same world; none in a variant.
    pub laid: Option<&'a Laid>,
}

/// Sheets by their template and its arguments.
pub(crate) type Laid = RefCell<BTreeMap<String, Arc<[Sheet]>>>;

impl Order<'_> {
    fn key(&self, eval: &Evaluator<'_>) -> Option<Key> {
        eval.roots.as_ref().map(|roots| roots.open.child(&format!("document {}", self.address)))
    }
}

/// The content and the title of what `from = template(args)` says; properties are set by the caller.
pub(crate) fn content(eval: &Evaluator<'_>, order: &Order<'_>, properties: &Properties) -> Outcome<(Content, String)> {
    let declaration = eval.program.get(DeclarationId(order.applied.declaration));
    let site = DocumentSite::new(order.key(eval), escape_for(order.extension));
    in_template(eval, declaration, order, &site, |scope| {
        let title = site.verbatim(|| text_field(eval, declaration, "title", scope))?;
        let theme = text_field(eval, declaration, "theme", scope)?.text;
        let mut properties = properties.clone();
        properties.theme = theme;
        if !title.text.is_empty() {
            properties.title.clone_from(&title.text);
        }
        let content = match is_book(eval, declaration) {
            true => Content::Book(Book { properties, sheets: sheets_of(eval, declaration, order, &site, scope)? }),
            false if declaration.field("files").is_some() => archive(eval, declaration, scope, order, &properties)?,
            false => prose(eval, declaration, scope, order, properties, &title)?,
        };
        Ok((content, title.text))
    })
}

/// Sheets make a workbook; charts do too, unless a body shows them.
fn is_book(eval: &Evaluator<'_>, declaration: &Declaration) -> bool {
    let has = |kind: Kind| declaration.children.iter().any(|id| eval.program.get(*id).kind == kind);
    has(Kind::Sheet) || (has(Kind::Chart) && declaration.field("body").is_none())
}

/// The sheets of a template, laid out once for all files that hold them with the same arguments.
fn sheets_of(
    eval: &Evaluator<'_>,
    declaration: &Declaration,
    order: &Order<'_>,
    site: &DocumentSite,
    scope: &Scope<'_>,
) -> Outcome<Arc<[Sheet]>> {
    let Some(laid) = order.laid else { return workbook::sheets(eval, declaration, scope) };
    let name = eval.label(&Value::Applied(Arc::new(order.applied.clone())));
    if let Some(sheets) = laid.borrow().get(&name) {
        return Ok(sheets.clone());
    }
    let sheets = workbook::sheets(eval, declaration, scope)?;
    if site.is_undrawn() {
        laid.borrow_mut().insert(name, sheets.clone());
    }
    Ok(sheets)
}

fn in_template<T>(
    eval: &Evaluator<'_>,
    declaration: &Declaration,
    order: &Order<'_>,
    site: &DocumentSite,
    mut work: impl FnMut(&Scope<'_>) -> Outcome<T>,
) -> Outcome<T> {
    let top = Scope::top(declaration.module).within_document(Some(site));
    let names = declaration.params.as_deref().unwrap_or(&[]);
    eval.with_applied(&top, names, (&order.applied.arguments, &order.applied.facts), &mut |scope| work(scope))
        .map_err(|fault| fault.called_from(order.span, "asked for here"))
}

fn text_field(eval: &Evaluator<'_>, declaration: &Declaration, name: &str, scope: &Scope<'_>) -> Outcome<Printed> {
    match declaration.field(name) {
        Some(field) => eval.printed(&field.value, scope),
        None => Ok(Printed::default()),
    }
}

/// The files of an archive in the order they are given, each made as a file of its own.
fn archive(
    eval: &Evaluator<'_>,
    declaration: &Declaration,
    scope: &Scope<'_>,
    order: &Order<'_>,
    properties: &Properties,
) -> Outcome<Content> {
    let Some(field) = declaration.field("files") else { return Ok(Content::Archive(Vec::new())) };
    let ExprKind::Map(entries) = &field.value.kind else {
        let message = "`files` is a map of names and templates";
        return Err(Fault::wrong("E0203", field.value.span, message));
    };
    let member = |(name, made_from): &(Expr, Expr)| {
        let name = eval.printed(name, scope)?.text;
        let value = eval.value(made_from, scope)?;
        let Value::Applied(applied) = &value else {
            return Err(eval.type_fault(made_from.span, "a template with its arguments", &value));
        };
        let address = format!("{}/{name}", order.address);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        let inner = Order {
            applied,
            address: &address,
            extension: &extension,
            span: made_from.span,
            laid: order.laid,
            typist: order.typist,
        };
        let (content, _) = content(eval, &inner, properties)?;
        refuse_unwritable(&content, &extension, made_from.span)?;
        Ok(Member { name, content })
    };
    entries.iter().map(member).collect::<Outcome<Vec<Member>>>().map(Content::Archive)
}

fn prose(
    eval: &Evaluator<'_>,
    declaration: &Declaration,
    scope: &Scope<'_>,
    order: &Order<'_>,
    properties: Properties,
    title: &Printed,
) -> Outcome<Content> {
    if declaration.field("body").is_none() {
        let message = "this template has neither a `body` nor a `sheet`";
        return Err(Fault::wrong("E0215", declaration.head, message));
    }
    let printed = words(text_field(eval, declaration, "body", scope)?);
    let printed = match &order.typist {
        Some(typist) => typist.mistype(printed),
        None => printed,
    };
    if is_plain(order.extension) {
        refuse_charts(eval, declaration, order.extension)?;
        return Ok(Content::Text(printed));
    }
    let mut blocks = blocks(eval, declaration, scope, &printed)?;
    let headed = blocks.iter().any(|block| matches!(block, Block::Heading { level: 0, .. }));
    if !headed && !title.text.is_empty() {
        blocks.insert(0, Block::Heading { level: 0, runs: runs(title) });
    }
    let doc = Doc { properties, blocks: blocks_for(order.extension, blocks) };
    let fault = match order.extension {
        "pptx" => pptx::overfull(&doc).map(|overfull| too_full(eval, declaration, order, &overfull)),
        "pdf" => formats::unshown_in(&doc).map(|letter| unshown(eval, declaration, order, letter)),
        _ => None,
    };
    fault.map_or(Ok(Content::Doc(doc)), Err)
}

/// The blocks as a format can hold them.
fn blocks_for(extension: &str, blocks: Vec<Block>) -> Vec<Block> {
    if extension == "pptx" { slides::with_notes_in_text(blocks) } else { blocks }
}

/// The body's blocks, with the template's charts where it names them.
fn blocks(eval: &Evaluator<'_>, declaration: &Declaration, scope: &Scope<'_>, printed: &Words) -> Outcome<Vec<Block>> {
    let mut charts: Vec<(String, Arc<Chart>)> = Vec::new();
    for id in &declaration.children {
        let child = eval.program.get(*id);
        let name = chart::name(eval, child, scope)?;
        charts.push((name.clone(), Arc::new(chart::chart(eval, child, &name, scope)?)));
    }
    let missing = RefCell::new(None);
    let figure = |kind: &str, words: &str| {
        let chart = charts.iter().find(|(name, _)| name == words).map(|(_, chart)| chart.clone());
        match (kind, chart) {
            (CHART, Some(chart)) => Some(Block::Chart { chart }),
            (CHART, None) => {
                missing.borrow_mut().get_or_insert_with(|| words.to_owned());
                None
            }
            _ => None,
        }
    };
    let blocks = with_figures(&printed.text, &printed.spans, &figure);
    match missing.take() {
        None => Ok(blocks),
        Some(words) => {
            let span = declaration.field("body").map_or(declaration.head, |field| field.value.span);
            Err(Fault::wrong(
                "E0224",
                span,
                format!("the body shows a chart \"{words}\" that its template does not have"),
            ))
        }
    }
}

/// A text as it stands cannot show a chart.
fn refuse_charts(eval: &Evaluator<'_>, declaration: &Declaration, extension: &str) -> Outcome<()> {
    let chart = declaration.children.iter().map(|id| eval.program.get(*id)).find(|child| child.kind == Kind::Chart);
    match chart {
        None => Ok(()),
        Some(chart) => {
            Err(Diagnostic::error("E0220", chart.head, format!("a `.{extension}` file cannot show a chart"))
                .help("charts stand in docx, pptx and pdf; a workbook has them on sheets of their own")
                .into())
        }
    }
}

/// The slide of the template that holds too much.
fn too_full(eval: &Evaluator<'_>, declaration: &Declaration, order: &Order<'_>, overfull: &Overfull) -> Fault {
    let place = line_of_body(eval, declaration, order, |text| {
        let starts = slide_starts(text);
        // Slides are counted from the last: a title that the template adds stands before the first.
        (starts.len() + overfull.slide).checked_sub(overfull.of + 1).and_then(|at| starts.get(at).copied())
    });
    place.map_or_else(|fault| fault, |span| refusal(overfull, span))
}

fn refusal(overfull: &Overfull, span: Span) -> Fault {
    let Overfull { slide, title, reason, .. } = overfull;
    Diagnostic::error("E0225", span, format!("slide {slide}, \"{title}\", cannot be shown: {reason}"))
        .help(pptx::OVERFULL_HELP)
        .into()
}

/// A printed line as runs, each with the facts behind it.
fn runs(printed: &Printed) -> Vec<Run> {
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

/// The content of a file whose block says its text itself, as `from = "…"`.
pub(crate) fn typed(
    eval: &Evaluator<'_>,
    item: Item,
    text: &Expr,
    extension: &str,
    properties: &Properties,
    typist: &Typist<'_>,
) -> Outcome<Content> {
    let site = DocumentSite::new(None, escape_for(extension));
    let printed = eval.in_scope(item, |scope| {
        eval.printed(text, &scope.inside(Frame::Local("", &Value::None)).within_document(Some(&site)))
    })?;
    let printed = typist.mistype(words(printed));
    Ok(match is_plain(extension) {
        true => Content::Text(printed),
        false => {
            let blocks = from_markdown(&printed.text, &printed.spans);
            let doc = Doc { properties: properties.clone(), blocks: blocks_for(extension, blocks) };
            match pptx::overfull(&doc).filter(|_| extension == "pptx") {
                None => Content::Doc(doc),
                Some(overfull) => return Err(refusal(&overfull, text.span)),
            }
        }
    })
}

/// Formats that keep text as it stands.
fn is_plain(extension: &str) -> bool {
    !matches!(extension, "docx" | "pdf" | "pptx" | "html" | "eml")
}

fn escape_for(extension: &str) -> Option<fn(&str) -> String> {
    (!is_plain(extension)).then_some(escape)
}

/// Printed text as the plan keeps it.
pub(crate) fn words(printed: Printed) -> Words {
    Words { text: printed.text, spans: printed.spans }
}

/// The applied template a value holds.
pub(crate) fn applied(value: &Value) -> Option<&Applied> {
    match value {
        Value::Applied(applied) => Some(applied),
        _ => None,
    }
}

/// The line of the template that prints a letter which a pdf cannot show.
fn unshown(eval: &Evaluator<'_>, declaration: &Declaration, order: &Order<'_>, letter: char) -> Fault {
    match line_of_body(eval, declaration, order, |text| text.find(letter)) {
        Ok(span) => {
            Diagnostic::error("E0226", span, formats::unshown_message(letter)).help(formats::UNSHOWN_HELP).into()
        }
        Err(fault) => fault,
    }
}

/// The line of a template's body that prints what begins at some byte of its text: the text is printed again, with the places
/// it came from. The whole body where the line cannot be told.
fn line_of_body(
    eval: &Evaluator<'_>,
    declaration: &Declaration,
    order: &Order<'_>,
    find: impl Fn(&str) -> Option<usize>,
) -> Outcome<Span> {
    let site = DocumentSite::new(order.key(eval), escape_for(order.extension));
    in_template(eval, declaration, order, &site, |scope| {
        for name in ["title", "theme"] {
            text_field(eval, declaration, name, scope)?;
        }
        let Some(body) = declaration.field("body") else { return Ok(declaration.head) };
        let traced = eval.printed_tracing(&body.value, scope)?;
        let line = |start| traced.origins.as_ref()?.line(&traced.text, start);
        Ok(find(&traced.text).and_then(line).unwrap_or(body.value.span))
    })
}
