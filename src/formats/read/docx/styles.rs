//! The styles of a document, each with what the ones it is based on say.

use std::collections::BTreeMap;

use super::look::{ParagraphLook, RunLook, behind};
use crate::document::look::Colour;
use crate::formats::read::Unreadable;
use crate::formats::read::colour::Theme;
use crate::formats::read::xml::{Element, Node, tree};

/// Styles based on styles; office programs allow ten.
const DEEPEST: usize = 16;

/// All styles by identifier.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    usual_paragraph: Option<String>,
    run: RunLook,
    paragraph: ParagraphLook,
}

/// One style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    pub(super) name: String,
    pub(super) run: RunLook,
    pub(super) paragraph: ParagraphLook,
    /// Of a table: the looks of its parts by their names (`firstRow`).
    pub(super) parts: BTreeMap<String, PartLook>,
}

/// How cells of a part of a table look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartLook {
    pub(super) behind: Option<Option<Colour>>,
    pub(super) run: RunLook,
}

impl Styles {
    pub(super) fn read(text: Option<&str>, theme: &Theme) -> Result<Styles, Unreadable> {
        let Some(text) = text else { return Ok(Styles::default()) };
        let document = tree(text)?;
        let root = document.root_element();
        let defaults = |holder: &str, inner: &str| root.path(&["docDefaults", holder, inner]);
        let mut styles = Styles {
            run: RunLook::of(defaults("rPrDefault", "rPr"), theme),
            paragraph: ParagraphLook::of(defaults("pPrDefault", "pPr"), theme),
            ..Styles::default()
        };
        for node in root.all("style") {
            let Some(id) = node.get("styleId") else { continue };
            if node.get("type") == Some("paragraph") && matches!(node.get("default"), Some("1" | "true")) {
                styles.usual_paragraph = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), style(node, theme));
        }
        Ok(styles)
    }

    /// A style and those it is based on, the base first.
    fn chain(&self, id: Option<&str>) -> Vec<&Style> {
        let mut chain: Vec<&Style> = Vec::new();
        let mut next = id.and_then(|id| self.by_id.get(id));
        while let Some(style) = next.filter(|_| chain.len() < DEEPEST) {
            chain.push(style);
            next = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
        }
        chain.reverse();
        chain
    }

    /// The names of a paragraph's style and its bases, in small letters.
    pub(super) fn names(&self, id: Option<&str>) -> impl Iterator<Item = String> {
        let id = id.or(self.usual_paragraph.as_deref());
        self.chain(id).into_iter().rev().map(|style| style.name.to_lowercase())
    }

    /// How a paragraph of a style looks, and its runs where they say nothing.
    pub(super) fn paragraph(&self, id: Option<&str>, table: RunLook) -> (ParagraphLook, RunLook) {
        let chain = self.chain(id.or(self.usual_paragraph.as_deref()));
        let start = (self.paragraph.clone(), self.run.under(table));
        chain
            .into_iter()
            .fold(start, |(paragraph, run), style| (paragraph.under(style.paragraph.clone()), run.under(style.run)))
    }

    /// What a style for runs says.
    pub(super) fn run(&self, id: &str) -> RunLook {
        self.chain(Some(id)).into_iter().fold(RunLook::default(), |look, style| look.under(style.run))
    }

    /// How the cells of a table look that belong to parts of it, the weakest part first.
    pub(super) fn table(&self, id: Option<&str>, parts: &[&str]) -> PartLook {
        let chain = self.chain(id);
        let whole = chain.iter().map(|style| PartLook { behind: style.paragraph.behind, run: style.run });
        let named = parts.iter().flat_map(|part| chain.iter().filter_map(|style| style.parts.get(*part).copied()));
        whole.chain(named).fold(PartLook::default(), |look, above| PartLook {
            behind: above.behind.or(look.behind),
            run: look.run.under(above.run),
        })
    }
}

fn style(node: Node<'_>, theme: &Theme) -> Style {
    let parts = node.all("tblStylePr").filter_map(|part| {
        let behind = part.child("tcPr").and_then(|cell| behind(cell, theme));
        let run = RunLook::of(part.child("rPr"), theme);
        Some((part.get("type")?.to_owned(), PartLook { behind, run }))
    });
    let mut paragraph = ParagraphLook::of(node.child("pPr"), theme);
    if let Some(cell) = node.child("tcPr") {
        paragraph.behind = behind(cell, theme).or(paragraph.behind);
    }
    Style {
        based_on: node.child("basedOn").and_then(|base| base.get("val")).map(str::to_owned),
        name: node.child("name").and_then(|name| name.get("val")).unwrap_or_default().to_owned(),
        run: RunLook::of(node.child("rPr"), theme),
        paragraph,
        parts: parts.collect(),
    }
}
