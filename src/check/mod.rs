//! Checks a program without a seed: types, secrecy, and whether every objective can be solved. All errors at once.

mod blocks;
mod calls;
mod changes;
mod claims;
mod constants;
mod content;
mod describe;
mod facts;
mod functions;
mod infer;
pub(crate) mod known;
mod members;
mod names;
mod operators;
mod properties;
mod prose;
mod scope;
mod secrecy;
mod solvability;
mod suggest;
mod timing;
mod visibility;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::eval::Evaluator;
use crate::forms::Kind;
use crate::resolve::program::{DeclarationId, Program};
use crate::source::Span;

use self::facts::Frame;
use self::known::{Family, Known, Seal, Secret, Type};
use self::scope::Local;
pub(crate) use self::solvability::Need;

/// A program that was found right, with what was learnt about it.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) program: Program,
    /// The secrets each objective needs, and who can reveal them.
    pub(crate) needs: Vec<Need>,
    /// What is known of each fact, column and property that was asked for.
    pub(crate) learnt: BTreeMap<CellName, Learnt>,
}

/// A declaration's value, or one of its columns or properties.
pub(crate) type CellName = (DeclarationId, Option<Arc<str>>);

/// What was learnt of a cell, over all arguments it was asked with.
#[derive(Clone, Debug)]
pub(crate) struct Learnt {
    pub(crate) ty: Type,
    /// The secrets it depends on; none if it is open.
    pub(crate) sealed_by: Vec<Secret>,
}

/// Checks a program. There is a spec only if nothing in it is an error.
pub(crate) fn check(program: Program) -> (Option<Spec>, Diagnostics) {
    let mut checker = Checker::new(&program);
    checker.check_blocks();
    checker.check_changes();
    checker.check_claims();
    let needs = checker.check_objectives();
    let learnt = checker.learnt();
    let list = checker.finish();
    let diagnostics = Diagnostics { sources: program.sources.clone(), list };
    let spec = (!diagnostics.has_errors()).then_some(Spec { program, needs, learnt });
    (spec, diagnostics)
}

/// What a declaration was called with.
type Arguments = Arc<[Known]>;

/// The state of the pass: what was inferred so far, and all that was found.
pub(crate) struct Checker<'p> {
    pub(crate) program: &'p Program,
    found: Vec<Diagnostic>,
    reported: BTreeSet<(&'static str, Option<Span>, String)>,
    /// What each cell is, by its declaration and part, for each list of arguments.
    memo: BTreeMap<CellName, Vec<(Arguments, Known)>>,
    stack: Vec<Frame>,
    /// Whether the next fact is asked of another row.
    loose: bool,
    /// The loop variables of each declaration, for each list of arguments.
    binding_memo: BTreeMap<DeclarationId, Vec<(Arguments, Vec<Local>)>>,
    /// The templates whose sheets are being checked, with their arguments.
    template_arguments: Vec<Family>,
    /// Calls on the way to the expression at hand.
    calls: Vec<(Span, String)>,
    /// What each template shows, by its arguments.
    contents: Vec<(Family, Known)>,
    /// While positive, nothing is reported.
    quiet: u32,
    /// Whether an expression is inferred a second time, for the rows it stands on; never nested, so that it stays linear.
    peeking: bool,
    /// How many expressions stand in each other.
    depth: u32,
    clock: timing::Clock,
    /// Knows what is the same at every seed.
    eval: Evaluator<'p>,
}

impl<'p> Checker<'p> {
    fn new(program: &'p Program) -> Checker<'p> {
        Checker {
            program,
            found: Vec::new(),
            reported: BTreeSet::new(),
            memo: BTreeMap::new(),
            stack: Vec::new(),
            loose: false,
            binding_memo: BTreeMap::new(),
            template_arguments: Vec::new(),
            calls: Vec::new(),
            contents: Vec::new(),
            quiet: 0,
            peeking: false,
            depth: 0,
            clock: timing::Clock::of(program),
            eval: Evaluator::new(program, None, BTreeMap::new()),
        }
    }

    /// Adds a finding, once; inside a call it shows the call.
    pub(crate) fn emit(&mut self, mut diagnostic: Diagnostic) {
        if self.quiet > 0 {
            return;
        }
        if let Some((span, words)) = self.calls.last()
            && diagnostic.span != Some(*span)
        {
            diagnostic = diagnostic.cause(*span, words.clone());
        }
        if self.reported.insert((diagnostic.code, diagnostic.span, String::new())) {
            self.found.push(diagnostic);
        }
    }

    /// Infers something a second time, without reporting it again.
    pub(crate) fn quietly<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.quiet += 1;
        let result = run(self);
        self.quiet -= 1;
        result
    }

    /// The kind of a declaration, as a function for joining types.
    pub(crate) fn kinds(&self) -> impl Fn(DeclarationId) -> Kind + Copy + use<'p> {
        let program = self.program;
        move |id| program.get(id).kind
    }

    /// Whether a schema was filled in somewhere.
    fn instantiated(&self, id: DeclarationId) -> bool {
        self.memo
            .values()
            .flatten()
            .any(|(_, known)| matches!(&known.ty, Type::Applied(family) if family.declaration == id))
    }

    /// What was learnt of every cell that was asked for.
    fn learnt(&self) -> BTreeMap<CellName, Learnt> {
        let mut learnt = BTreeMap::new();
        for (name, asked) in &self.memo {
            let mut seal = Seal::new();
            asked.iter().for_each(|(_, known)| known::merge(&mut seal, &known.seal));
            let ty = asked.first().map_or(Type::Unknown, |(_, known)| known.ty.clone());
            learnt.insert(name.clone(), Learnt { ty, sealed_by: seal.into_keys().collect() });
        }
        learnt
    }

    /// All findings, in the order of the texts.
    fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|finding| finding.span);
        self.found
    }
}
