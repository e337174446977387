//! `resolve`: reads a spec and what it imports, holds every block against the table of forms, and lowers it to one
//! arena of declarations. No name inside an expression is looked up here, nothing is evaluated.

mod block;
mod column;
mod data;
mod expression;
mod field;
mod head;
pub(crate) mod library;
mod lower;
mod module;
mod name;
mod path;
mod person;
pub(crate) mod program;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::forms::Kind;
use crate::source::{Files, SourceId, Sources, Span};
use crate::syntax::{Loaded, Rule, Tree};

use program::{Declaration, DeclarationId, Module, ModuleId, Program};

/// The library that every world can use without naming it: names of people, and surroundings.
const HIDDEN_LIBRARY: &str = "std/people.world";

/// How many findings are shown at once.
const MOST_FINDINGS: usize = 200;

/// Reads the spec at `spec_path` (as the author wrote it on the command line; `files` reads beside it) and all it
/// imports. There is a program as soon as there is a `world` block, even when there are also errors.
pub(crate) fn resolve(spec_path: &str, files: &dyn Files) -> (Option<Program>, Diagnostics) {
    let mut resolver = Resolver::new(spec_path, files);
    let world = resolver.run();
    resolver.finish(world)
}

/// What is known while a program is being put together.
struct Resolver<'f> {
    files: &'f dyn Files,
    /// The folder of the spec as the author sees it, with `/` at its end, or nothing.
    folder: String,
    /// The spec's own file name.
    spec: String,
    sources: Sources,
    found: Vec<Diagnostic>,
    modules: Vec<Module>,
    /// The trees of the modules, by position.
    trees: Vec<Option<Tree>>,
    /// Modules by path; none while one is being read, to find rings.
    by_path: BTreeMap<String, Option<ModuleId>>,
    /// Imports that could not be read: what stands on them is not reported again.
    unread: BTreeSet<(ModuleId, Arc<str>)>,
    /// The imports that lead to the file being read.
    trail: Vec<(String, Span)>,
    declarations: Vec<Declaration>,
    world: Option<DeclarationId>,
    schemas: BTreeMap<DeclarationId, Arc<crate::syntax::Block>>,
    /// `require` at the top level of the spec, until they are given to the world.
    requirements: Vec<Rule>,
    inputs: BTreeMap<String, String>,
    texts: BTreeMap<String, Option<SourceId>>,
    loaded: BTreeMap<String, Option<Arc<Loaded>>>,
}

impl<'f> Resolver<'f> {
    fn new(spec_path: &str, files: &'f dyn Files) -> Resolver<'f> {
        let cut = spec_path.rfind(['/', '\\']).map_or(0, |at| at + 1);
        Resolver {
            files,
            folder: spec_path[..cut].replace('\\', "/"),
            spec: spec_path[cut..].to_string(),
            sources: Sources::default(),
            found: Vec::new(),
            modules: Vec::new(),
            trees: Vec::new(),
            by_path: BTreeMap::new(),
            unread: BTreeSet::new(),
            trail: Vec::new(),
            declarations: Vec::new(),
            world: None,
            schemas: BTreeMap::new(),
            requirements: Vec::new(),
            inputs: BTreeMap::new(),
            texts: BTreeMap::new(),
            loaded: BTreeMap::new(),
        }
    }

    /// The passes in their order; answers with the world block.
    fn run(&mut self) -> Option<DeclarationId> {
        let spec = self.spec.clone();
        let spec = self.read_module(&spec, None)?;
        if library::embedded(HIDDEN_LIBRARY).is_some() {
            self.read_module(HIDDEN_LIBRARY, None);
        }
        self.trees[spec.0 as usize].as_ref()?;
        self.lower_modules();
        self.fill_schemas();
        self.attach_requirements();
        self.check_references();
        if self.world.is_none() {
            self.report_missing_world();
        }
        self.world
    }

    fn report_missing_world(&mut self) {
        let start = Span::new(SourceId(0), 0, 0);
        self.found.push(
            Diagnostic::error("E0111", start, "this spec has no `world` block")
                .label("a world is missing")
                .help("write `world name \"title\" { owner = …  month = 2026-03  company = \"…\" }`, or see `worldc explain world`"),
        );
    }

    fn finish(mut self, world: Option<DeclarationId>) -> (Option<Program>, Diagnostics) {
        self.found.sort_by_key(|diagnostic| diagnostic.span.map(|span| (span.source, span.start, span.end)));
        self.found.dedup();
        self.shorten();
        let sources = Arc::new(self.sources);
        let program = world.map(|world| Program {
            sources: sources.clone(),
            modules: self.modules,
            declarations: self.declarations,
            world,
            inputs: self.inputs.into_iter().collect(),
        });
        (program, Diagnostics { sources, list: self.found })
    }

    /// Beyond some number of findings the rest has the same cause, and showing them takes longer than reading them.
    fn shorten(&mut self) {
        let more = self.found.len().saturating_sub(MOST_FINDINGS);
        self.found.truncate(MOST_FINDINGS);
        if let Some(last) = self.found.pop_if(|_| more > 0) {
            self.found.push(last.note(format!("{more} further findings are not shown")));
        }
    }

    /// `require` at top level is a rule of the world.
    fn attach_requirements(&mut self) {
        let rules = std::mem::take(&mut self.requirements);
        if let Some(world) = self.world {
            self.get_mut(world).rules.extend(rules);
        }
    }

    fn get(&self, id: DeclarationId) -> &Declaration {
        &self.declarations[id.0 as usize]
    }

    fn get_mut(&mut self, id: DeclarationId) -> &mut Declaration {
        &mut self.declarations[id.0 as usize]
    }

    fn kind_of(&self, id: Option<DeclarationId>) -> Option<Kind> {
        id.map(|id| self.get(id).kind)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
