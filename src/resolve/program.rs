//! A program: every declaration of the spec and what it imports, in one arena, names bound to declarations.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::forms::Kind;
use crate::source::{Sources, Span};
use crate::syntax::{Expr, ExprKind, Ident, Rule};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeclarationId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

/// What a name at the top level of a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Declaration(DeclarationId),
    Module(ModuleId),
}

#[derive(Clone, Debug)]
pub struct Program {
    pub sources: Arc<Sources>,
    /// The spec itself is module 0.
    pub modules: Vec<Module>,
    pub declarations: Vec<Declaration>,
    /// The `world` block.
    pub world: DeclarationId,
    /// Every file read, with its SHA-256 in hex, sorted by path; embedded ones start with `std/`.
    pub inputs: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Module {
    pub path: String,
    /// Part of the embedded library.
    pub std: bool,
    /// Bare names at the top level of this file. In the spec also every named file, mail and event, wherever it
    /// stands, because their names are global to the spec [N5].
    pub names: IndexMap<Arc<str>, Target>,
}

/// A block or binding. With loops around it, it is a family with one member for each turn [N4]; tables, persons, files
/// and mails are all families of items with fields.
#[derive(Clone, Debug)]
pub struct Declaration {
    pub id: DeclarationId,
    pub kind: Kind,
    /// The file whose top level its bare names are looked up in.
    pub module: ModuleId,
    pub name: Option<Ident>,
    pub params: Option<Vec<Ident>>,
    /// The string of its head: a path, a title, the reason of a trap.
    pub label: Option<Expr>,
    /// The loops it stands in, outermost first, its own last; for blocks of a schema also the schema's parameters.
    pub bindings: Vec<Source>,
    /// The block it stands in.
    pub parent: Option<DeclarationId>,
    pub fields: Vec<FieldDeclaration>,
    pub children: Vec<DeclarationId>,
    pub rules: Vec<Rule>,
    /// Pipe rows of a table, without the header.
    pub rows: Vec<Vec<Expr>>,
    /// Column names of a pipe table; `Some(table)` where the header says `name in table`.
    pub header: Vec<(Ident, Option<Expr>)>,
    /// The value of a `let`, `secret`, `knob` or `phrases`.
    pub value: Option<Expr>,
    /// `~` rather than `=` in front of `value`.
    pub draw: bool,
    pub head: Span,
}

/// Where a local name of a declaration gets its value.
#[derive(Clone, Debug)]
pub enum Source {
    /// `for name in table where condition`.
    Loop { name: Ident, table: Expr, condition: Option<Expr> },
    /// A parameter of the schema this block came from; `value` is read in `scope`'s own scope (the objective's).
    Given { name: Ident, value: Expr, scope: DeclarationId },
}

impl Source {
    /// The local name.
    pub fn name(&self) -> &Ident {
        match self {
            Source::Loop { name, .. } | Source::Given { name, .. } => name,
        }
    }
}

/// A property of a block or a column of a table.
#[derive(Clone, Debug)]
pub struct FieldDeclaration {
    pub name: Ident,
    pub draw: bool,
    /// `secret` inside a table.
    pub sealed: bool,
    pub value: Expr,
}

impl Program {
    /// The declaration of that id.
    pub fn get(&self, id: DeclarationId) -> &Declaration {
        &self.declarations[id.0 as usize]
    }

    /// The block that a declaration stands in.
    pub fn parent(&self, declaration: &Declaration) -> Option<&Declaration> {
        declaration.parent.map(|id| self.get(id))
    }

    /// The blocks that a declaration stands in, nearest first.
    pub fn ancestors(&self, declaration: &Declaration) -> impl Iterator<Item = &Declaration> {
        std::iter::successors(self.parent(declaration), |block| self.parent(block))
    }

    /// A declaration and the blocks that it stands in, nearest first.
    pub fn lineage<'p>(&'p self, declaration: &'p Declaration) -> impl Iterator<Item = &'p Declaration> {
        std::iter::once(declaration).chain(self.ancestors(declaration))
    }

    /// The schemas that objectives were filled in from, as the spec writes their names: `finance.monthly_close`.
    pub fn schemas(&self) -> BTreeSet<String> {
        let objectives = self.declarations.iter().filter(|declaration| declaration.kind == Kind::Objective);
        objectives.filter_map(|objective| called(&objective.field("from")?.value)).collect()
    }
}

/// The name of what is called, with the file it is from.
fn called(call: &Expr) -> Option<String> {
    match &call.kind {
        ExprKind::Call(callee, _) => called(callee),
        ExprKind::Name(name) => Some(name.to_string()),
        ExprKind::Member(of, name) => Some(format!("{}.{}", called(of)?, name.name)),
        _ => None,
    }
}

impl Declaration {
    /// The property or column of that name.
    pub fn field(&self, name: &str) -> Option<&FieldDeclaration> {
        self.fields.iter().find(|field| &*field.name.name == name)
    }
}
