//! Where bare names are looked up [N1]: a chain of frames on the stack, innermost first.

use std::cell::Cell;

use super::prose::DocumentSite;
use super::{Evaluator, Outcome};
use crate::draw::Key;
use crate::resolve::program::{DeclarationId, ModuleId, Target};
use crate::source::Span;
use crate::value::{FactId, Item, Value};

/// One link of the chain.
pub(crate) struct Scope<'a> {
    up: Option<&'a Scope<'a>>,
    frame: Frame<'a>,
    draw: Option<&'a DrawSite>,
    document: Option<&'a DocumentSite>,
}

pub(crate) enum Frame<'a> {
    /// The top level of a file.
    Top(ModuleId),
    /// A loop variable or parameter.
    Local(&'a str, &'a Value),
    /// A parameter of a template, with the facts its argument was read from.
    Given(&'a str, &'a Value, &'a [FactId]),
    /// A row whose columns and keys are bare, or a block whose open properties are.
    Item(Item),
}

/// The place of a `~`: each sampler in its expression draws under a key of its own.
pub(crate) struct DrawSite {
    key: Key,
    used: Cell<u32>,
}

impl DrawSite {
    pub fn new(key: Key) -> DrawSite {
        DrawSite { key, used: Cell::new(0) }
    }

    /// The key of the next sampler: the first one has the site's own.
    pub fn next(&self) -> Key {
        let used = self.used.get();
        self.used.set(used + 1);
        if used == 0 { self.key } else { self.key.child(&format!("#{used}")) }
    }
}

impl<'a> Scope<'a> {
    /// The outermost scope: the top level of a file.
    pub fn top(module: ModuleId) -> Scope<'static> {
        Scope { up: None, frame: Frame::Top(module), draw: None, document: None }
    }

    /// A scope within this one.
    pub fn inside(&'a self, frame: Frame<'a>) -> Scope<'a> {
        Scope { up: Some(self), frame, draw: self.draw, document: self.document }
    }

    /// A scope within this one with a local name.
    pub fn with(&'a self, name: &'a str, value: &'a Value) -> Scope<'a> {
        self.inside(Frame::Local(name, value))
    }

    /// This scope as the right-hand side of a `~`.
    pub fn drawing(mut self, site: &'a DrawSite) -> Scope<'a> {
        self.draw = Some(site);
        self
    }

    /// This scope inside a document, where phrases have their decks.
    pub fn within_document(mut self, site: Option<&'a DocumentSite>) -> Scope<'a> {
        self.document = site;
        self
    }

    pub fn draw_site(&self) -> Option<&'a DrawSite> {
        self.draw
    }

    pub fn document(&self) -> Option<&'a DocumentSite> {
        self.document
    }

    fn chain(&self) -> impl Iterator<Item = &Scope<'a>> {
        std::iter::successors(Some(self), |scope| scope.up)
    }

    /// The file whose top level ends the chain.
    pub fn module(&self) -> ModuleId {
        self.chain()
            .find_map(|scope| match scope.frame {
                Frame::Top(module) => Some(module),
                _ => None,
            })
            .unwrap_or(ModuleId(0))
    }

    /// The local of that name.
    pub fn local(&self, name: &str) -> Option<&'a Value> {
        self.chain().find_map(|scope| match scope.frame {
            Frame::Local(local, value) | Frame::Given(local, value, _) if local == name => Some(value),
            _ => None,
        })
    }
}

/// What a bare name means.
pub(crate) enum Meaning {
    Value(Value),
    Declaration(DeclarationId),
    Module(ModuleId),
}

impl<'p> Evaluator<'p> {
    /// Looks a bare name up; `None` where nothing has that name.
    pub(crate) fn look_up(&self, name: &str, scope: &Scope<'_>, span: Span) -> Outcome<Option<Meaning>> {
        for link in scope.chain() {
            let found = match link.frame {
                Frame::Local(local, value) if local == name => Some(Meaning::Value(value.clone())),
                Frame::Given(local, value, facts) if local == name => {
                    self.note_read(facts);
                    Some(Meaning::Value(value.clone()))
                }
                Frame::Local(..) | Frame::Given(..) => None,
                Frame::Item(item) => match self.bare_member(item, name, span)? {
                    Some(value) => Some(Meaning::Value(value)),
                    None => self.inner_block(item, name).map(Meaning::Declaration),
                },
                Frame::Top(module) => self.top_level(module, name),
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// What a name means at the top level of a file.
    pub(crate) fn top_level(&self, module: ModuleId, name: &str) -> Option<Meaning> {
        if name == "world" {
            return Some(Meaning::Declaration(self.program.world));
        }
        match self.program.modules[module.0 as usize].names.get(name)? {
            Target::Declaration(id) => Some(Meaning::Declaration(*id)),
            Target::Module(id) => Some(Meaning::Module(*id)),
        }
    }
}
