//! Where something may be added to a spec without breaking it; the test of locality walks through these places.

use std::ops::Range;

use crate::source::Sources;
use crate::syntax::{self, Bind, BindKind, Binding, Block, Expr, ExprKind, Item};

/// A place of a text where something may be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The bytes that the addition replaces; empty where it only stands between two others.
    pub range: Range<usize>,
    pub what: What,
}

/// What fits into a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A block or fact. `around` are the kinds of the blocks and loops it stands in, outermost first, and `keys` print
    /// what sets one turn of these loops apart: `{{ m | ym }}`.
    Block { around: Vec<String>, keys: Vec<String> },
    /// A row of a pipe table that follows the row with these cells.
    Row { cells: Vec<String> },
    /// An item of a list that is drawn from, or a card of a deck, that stands before this item.
    Item { before: String },
    /// A weight among these; the range holds all of them, without their braces.
    Weight { entries: Vec<(String, String)> },
}

/// The chunks a text may be put together from in any order: everything before the first block, then each top-level
/// block or fact with what follows it on its lines. `None` if the text cannot be read.
pub fn chunks(text: &str) -> Option<Vec<Range<usize>>> {
    let items = items(text)?;
    let starts: Vec<usize> = std::iter::once(0).chain(items.iter().map(|item| span(item).start)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    Some(starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}

/// The bodies of folders, loops, chats, personas and changes: the ranges of their blocks, which may trade places.
pub fn bodies(text: &str) -> Option<Vec<Vec<Range<usize>>>> {
    let mut found = Vec::new();
    for item in items(text)? {
        inner_bodies(&item, &mut found);
    }
    Some(found)
}

fn inner_bodies(item: &Item, found: &mut Vec<Vec<Range<usize>>>) {
    let inner = match item {
        Item::Loop(turns) => &turns.items,
        Item::Block(block) if matches!(&*block.kind.name, "folder" | "chat" | "persona" | "change") => &block.items,
        _ => return,
    };
    let blocks = inner.iter().filter(|item| matches!(item, Item::Block(_) | Item::Loop(_)));
    found.push(blocks.clone().map(span).collect());
    blocks.for_each(|item| inner_bodies(item, found));
}

/// All places of a text; `None` if it cannot be read.
pub fn openings(text: &str) -> Option<Vec<Opening>> {
    let mut walk = Walk { text, found: Vec::new() };
    walk.body(&items(text)?, &[], &[]);
    Some(walk.found)
}

fn items(text: &str) -> Option<Vec<Item>> {
    let mut sources = Sources::default();
    let id = sources.add("", text);
    syntax::parse(&sources, id).0.map(|tree| tree.items)
}

struct Walk<'t> {
    text: &'t str,
    found: Vec<Opening>,
}

impl Walk<'_> {
    fn put(&mut self, range: Range<usize>, what: What) {
        self.found.push(Opening { range, what });
    }

    fn written(&self, expr: &Expr) -> String {
        self.text[expr.span.start as usize..expr.span.end as usize].to_string()
    }

    /// Every boundary between two items, then what is inside them.
    fn body(&mut self, items: &[Item], around: &[String], keys: &[String]) {
        let rows: Vec<&syntax::Row> = items.iter().filter_map(as_row).collect();
        if rows.is_empty() {
            let ends = items.last().map(|item| span(item).end);
            for at in items.iter().map(|item| span(item).start).chain(ends) {
                self.put(at..at, What::Block { around: around.to_vec(), keys: keys.to_vec() });
            }
        }
        for row in rows.iter().skip(1) {
            let cells = row.cells.iter().map(|cell| self.written(cell)).collect();
            self.put(row.span.end as usize..row.span.end as usize, What::Row { cells });
        }
        items.iter().for_each(|item| self.item(item, around, keys));
    }

    fn item(&mut self, item: &Item, around: &[String], keys: &[String]) {
        match item {
            Item::Loop(turns) => {
                let keys = self.named(keys, &turns.bindings, span(item));
                self.body(&turns.items, &with(around, "for"), &keys);
            }
            Item::Block(block) => self.block(block, around, keys),
            Item::Bind(bind) => self.bind(bind),
            Item::Field(field) => self.drawn(&field.value),
            Item::Rule(_) | Item::Row(_) => {}
        }
    }

    fn block(&mut self, block: &Block, around: &[String], keys: &[String]) {
        let span = block.span.start as usize..block.span.end as usize;
        self.body(&block.items, &with(around, &block.kind.name), &self.named(keys, &block.bindings, span));
    }

    /// The holes in which the loop at `span` prints its variables; a variable that no text prints stands for itself.
    fn named(&self, keys: &[String], bindings: &[Binding], span: Range<usize>) -> Vec<String> {
        let body = &self.text[span];
        let holes = bindings.iter().flat_map(|binding| {
            let name = &binding.name.name;
            holes(body, name).unwrap_or_else(|| vec![format!("{{{{ {name} }}}}")])
        });
        keys.iter().cloned().chain(holes).collect()
    }

    fn bind(&mut self, bind: &Bind) {
        match (&bind.kind, &bind.value.kind) {
            (BindKind::Phrases, ExprKind::List(cards)) => self.list(cards),
            (BindKind::Phrases, ExprKind::Map(cards)) => {
                if let Some((card, guard)) = cards.first() {
                    let before = format!("{}: {}", self.written(card), self.written(guard));
                    let at = card.span.start as usize;
                    self.put(at..at, What::Item { before });
                }
            }
            _ => self.drawn(&bind.value),
        }
    }

    /// The lists and weights that samplers draw from.
    fn drawn(&mut self, expr: &Expr) {
        let ExprKind::Call(callee, arguments) = &expr.kind else { return };
        let ExprKind::Name(name) = &callee.kind else { return };
        if !matches!(&**name, "pick" | "sample" | "shuffle") {
            return;
        }
        match arguments.last().map(|argument| &argument.value.kind) {
            Some(ExprKind::List(items)) => self.list(items),
            Some(ExprKind::Map(weights)) => self.weights(weights),
            _ => {}
        }
    }

    fn list(&mut self, items: &[Expr]) {
        for item in items {
            let at = item.span.start as usize;
            self.put(at..at, What::Item { before: self.written(item) });
        }
    }

    fn weights(&mut self, weights: &[(Expr, Expr)]) {
        let (Some(first), Some(last)) = (weights.first(), weights.last()) else { return };
        let entries = weights.iter().map(|(value, weight)| (self.written(value), self.written(weight))).collect();
        self.put(first.0.span.start as usize..last.1.span.end as usize, What::Weight { entries });
    }
}

fn as_row(item: &Item) -> Option<&syntax::Row> {
    match item {
        Item::Row(row) => Some(row),
        _ => None,
    }
}

fn span(item: &Item) -> Range<usize> {
    let span = match item {
        Item::Block(block) => block.span,
        Item::Bind(bind) => bind.span,
        Item::Loop(turns) => turns.span,
        Item::Field(field) => field.span,
        Item::Rule(rule) => rule.span,
        Item::Row(row) => row.span,
    };
    span.start as usize..span.end as usize
}

fn with(around: &[String], kind: &str) -> Vec<String> {
    around.iter().cloned().chain([kind.to_string()]).collect()
}

/// The holes of the first string that prints a variable.
fn holes(text: &str, variable: &str) -> Option<Vec<String>> {
    let start = format!("{{{{ {variable}");
    let begins = text.match_indices(&start).map(|(at, _)| at);
    let first = begins.into_iter().find(|at| text[at + start.len()..].starts_with([' ', '.']))?;
    let string = text[first..].split('"').next()?;
    let inner = string.split("{{").skip(1).filter_map(|hole| hole.split_once("}}"));
    Some(inner.map(|(hole, _)| format!("{{{{{hole}}}}}")).collect())
}
