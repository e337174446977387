//! A template with its arguments becomes the content of a document.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::markdown::{escape, from_markdown};
use crate::document::{Book, Doc, Properties, Sheet};
use crate::draw::Key;
use crate::eval::{DocumentSite, Evaluator, Fault, Frame, Outcome, Printed, Scope};
use crate::formats::{self, Writes, pptx};
use crate::forms::Kind;
use crate::plan::disk::refuse_unwritable;
use crate::plan::prose::{blocks_for, refusal};
use crate::plan::types::{Content, Member, Words};
use crate::plan::typo::Typist;
use crate::plan::{picture, workbook};
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};
use crate::value::{Applied, Item, Value};

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

/// The content and the title of what `from = template(args)` says; properties are set by the caller.
pub(crate) fn content(eval: &Evaluator<'_>, order: &Order<'_>, properties: &Properties) -> Outcome<(Content, String)> {
    at_work(eval, order, &mut |making| {
        let title = making.site.verbatim(|| making.text("title"))?;
        let theme = making.text("theme")?.text;
        let mut properties = Properties { theme, scanned: making.is_scanned()?, ..properties.clone() };
        if !title.text.is_empty() {
            properties.title.clone_from(&title.text);
        }
        Ok((making.content(properties, &title)?, title.text))
    })
}

/// Sets a template to work in a scope that has its parameters.
pub(super) fn at_work<T>(
    eval: &Evaluator<'_>,
    order: &Order<'_>,
    work: &mut dyn FnMut(&Making<'_>) -> Outcome<T>,
) -> Outcome<T> {
    let template = eval.program.get(DeclarationId(order.applied.declaration));
    let key = eval.roots.as_ref().map(|roots| roots.open.child(&format!("document {}", order.address)));
    let site = DocumentSite::new(key, escape_for(order.extension));
    let top = Scope::top(template.module).within_document(Some(&site));
    let names = template.params.as_deref().unwrap_or(&[]);
    let given = (&*order.applied.arguments, &*order.applied.facts);
    eval.with_applied(&top, names, given, &mut |scope| work(&Making { eval, template, order, scope, site: &site, key }))
        .map_err(|fault| fault.called_from(order.span, "asked for here"))
}

/// A template at work.
pub(super) struct Making<'m> {
    pub(super) eval: &'m Evaluator<'m>,
    pub(super) template: &'m Declaration,
    pub(super) order: &'m Order<'m>,
    pub(super) scope: &'m Scope<'m>,
    site: &'m DocumentSite,
    /// The address of everything the document leaves open; none without a seed.
    pub(super) key: Option<Key>,
}

impl<'m> Making<'m> {
    /// What the template makes: a picture, a workbook or prose. Charts make a workbook, unless a body shows them.
    fn content(&self, properties: Properties, title: &Printed) -> Outcome<Content> {
        let bare = self.template.field("body").is_none();
        if let Some(block) = self.part(Kind::Photo).filter(|_| bare) {
            return self.photo(block, properties).map(Content::Picture);
        }
        if let Some(block) = self.part(Kind::Screenshot).filter(|_| bare) {
            return self.screenshot(block, properties).map(Content::Picture);
        }
        if bare && self.part(Kind::Logo).is_some() {
            return Ok(Content::Picture(picture::logo(properties)));
        }
        if let Some(files) = self.template.field("files") {
            return self.archive(&files.value, &properties);
        }
        if formats::writes(self.order.extension) == Writes::Picture {
            return self.chart(properties).map(Content::Picture);
        }
        let charted = self.part(Kind::Chart).is_some() && bare;
        match charted || self.part(Kind::Sheet).is_some() {
            true => Ok(Content::Book(Book { properties, sheets: self.sheets()? })),
            false => self.prose(properties, title),
        }
    }

    /// Whether the template asks for pictures of its pages; only a pdf has such pages.
    fn is_scanned(&self) -> Outcome<bool> {
        let Some(field) = self.template.field("scanned") else { return Ok(false) };
        if self.eval.value(&field.value, self.scope)? != Value::Bool(true) {
            return Ok(false);
        }
        let shown = [Kind::Photo, Kind::Screenshot].into_iter().find_map(|kind| self.part(kind));
        let fault = match (self.order.extension, shown) {
            ("pdf", None) => return Ok(true),
            ("pdf", Some(_)) => "a scanner cannot show a photo or a screenshot well enough",
            _ => "only a pdf holds scanned pages",
        };
        Err(Fault::wrong("E0220", field.value.span, fault))
    }

    /// The files of an archive in the order they are given, each made as a file of its own.
    fn archive(&self, files: &Expr, properties: &Properties) -> Outcome<Content> {
        let ExprKind::Map(entries) = &files.kind else {
            return Err(Fault::wrong("E0203", files.span, "`files` is a map of names and templates"));
        };
        let member = |(name, made_from): &(Expr, Expr)| {
            let name = self.eval.printed(name, self.scope)?.text;
            let value = self.eval.value(made_from, self.scope)?;
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
            let (content, _) = self.made(&value, made_from.span, &name, &extension, properties)?;
            refuse_unwritable(&content, &extension, made_from.span)?;
            Ok(Member { name, content })
        };
        entries.iter().map(member).collect::<Outcome<Vec<Member>>>().map(Content::Archive)
    }

    /// What another template makes as a part of this one, under a name of its own, with its title.
    pub(super) fn made(
        &self,
        value: &Value,
        span: Span,
        name: &str,
        extension: &str,
        properties: &Properties,
    ) -> Outcome<(Content, String)> {
        let Value::Applied(applied) = value else {
            return Err(self.eval.type_fault(span, "a template with its arguments", value));
        };
        let address = format!("{}/{name}", self.order.address);
        let Order { laid, typist, .. } = *self.order;
        content(self.eval, &Order { applied, address: &address, extension, span, laid, typist }, properties)
    }

    /// Its blocks of one kind.
    pub(super) fn parts(&self, kind: Kind) -> impl Iterator<Item = &'m Declaration> {
        let program = self.eval.program;
        self.template.children.iter().map(|id| program.get(*id)).filter(move |child| child.kind == kind)
    }

    pub(super) fn part(&self, kind: Kind) -> Option<&'m Declaration> {
        self.parts(kind).next()
    }

    /// A property of the template, printed.
    pub(super) fn text(&self, name: &str) -> Outcome<Printed> {
        match self.template.field(name) {
            Some(field) => self.eval.printed(&field.value, self.scope),
            None => Ok(Printed::default()),
        }
    }

    /// Its sheets, laid out once for all files that hold them with the same arguments.
    fn sheets(&self) -> Outcome<Arc<[Sheet]>> {
        let Some(laid) = self.order.laid else { return workbook::sheets(self.eval, self.template, self.scope) };
        let name = self.eval.label(&Value::Applied(Arc::new(self.order.applied.clone())));
        if let Some(sheets) = laid.borrow().get(&name) {
            return Ok(sheets.clone());
        }
        let sheets = workbook::sheets(self.eval, self.template, self.scope)?;
        if self.site.is_undrawn() {
            laid.borrow_mut().insert(name, sheets.clone());
        }
        Ok(sheets)
    }
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
pub(super) fn is_plain(extension: &str) -> bool {
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
