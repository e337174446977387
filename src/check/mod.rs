//! Checks a program without a seed: types, secrecy, and whether every objective can be solved. All errors at once.

mod blocks;
mod calls;
mod changes;
mod claims;
mod constants;
mod content;
mod describe;
mod facts;
mod figures;
mod functions;
mod infer;
pub(crate) mod known;
mod letters;
mod margins;
mod members;
mod names;
mod operators;
mod properties;
mod prose;
mod scope;
mod secrecy;
mod solutions;
mod solvability;
mod suggest;
mod timing;
mod topics;
mod traps;
mod visibility;
pub(crate) mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::eval::Evaluator;
use crate::forms::Kind;
use crate::resolve::program::{DeclarationId, Program};
use crate::source::Span;
use crate::syntax::ExprKind;
use crate::value::topic::Listener;

use self::facts::Frame;
use self::known::{Family, Known, Type};
use self::scope::Local;

/// A program that was found right, with what was learnt about it.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) program: Program,
    /// The facts, columns and properties that depend on a secret.
    sealed: BTreeSet<CellName>,
    /// The secrets behind each of them, by address: `plan.total` stands on `brno_accrual` and `payroll_move`.
    pub(crate) secrets: BTreeMap<String, BTreeSet<String>>,
}

impl Spec {
    /// Whether a column, or the value of a `let` or `secret`, depends on a secret.
    pub(crate) fn is_sealed(&self, declaration: DeclarationId, member: &str) -> bool {
        let whole = self.program.get(declaration).value.is_some();
        let wanted = (!whole).then_some(member);
        let mut cells = self.sealed.range((declaration, None)..).take_while(|(of, _)| *of == declaration);
        cells.any(|(_, cell)| cell.as_deref() == wanted)
    }
}

/// A declaration's value, or one of its columns or properties.
pub(crate) type CellName = (DeclarationId, Option<Arc<str>>);

/// Checks a program. There is a spec only if nothing in it is an error.
pub(crate) fn check(program: Program) -> (Option<Spec>, Diagnostics) {
    let mut checker = Checker::new(&program);
    checker.check_blocks();
    checker.check_changes();
    checker.check_claims();
    checker.check_figures();
    checker.check_letters();
    checker.check_topics();
    checker.check_objectives();
    let (sealed, secrets) = (checker.sealed(), checker.secrets());
    let list = checker.finish();
    let diagnostics = Diagnostics { sources: program.sources.clone(), list };
    let spec = (!diagnostics.has_errors()).then_some(Spec { program, sealed, secrets });
    (spec, diagnostics)
}

/// The language of the world's prose, as far as it is typed [X5].
fn language(program: &Program) -> String {
    let world = program.get(program.world);
    let typed = |name: &str| match world.field(name).map(|field| &field.value.kind) {
        Some(ExprKind::Text(text)) => text.value.split('-').next().map(str::to_string),
        _ => None,
    };
    typed("language").or_else(|| typed("locale")).unwrap_or_else(|| "en".to_string())
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
    /// Hears words in the language of the world.
    listener: Listener,
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
            listener: Listener::to(&language(program)),
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

    /// The cells that depend on a secret, with whatever arguments they were asked.
    fn sealed(&self) -> BTreeSet<CellName> {
        let sealed = |asked: &[(Arguments, Known)]| asked.iter().any(|(_, known)| !known.seal.is_empty());
        self.memo.iter().filter(|(_, asked)| sealed(asked)).map(|(name, _)| name.clone()).collect()
    }

    /// The secrets behind every sealed cell, by address.
    fn secrets(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut secrets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ((declaration, column), asked) in &self.memo {
            let seals = asked.iter().flat_map(|(_, known)| known.seal.keys());
            let names: Vec<String> =
                seals.map(|secret| self.cell_address(secret.declaration, secret.column.as_deref())).collect();
            if !names.is_empty() {
                secrets.entry(self.cell_address(*declaration, column.as_deref())).or_default().extend(names);
            }
        }
        secrets
    }

    fn cell_address(&self, declaration: DeclarationId, column: Option<&str>) -> String {
        let address = self.eval.address(declaration);
        column.map_or_else(|| address.clone(), |column| format!("{address}.{column}"))
    }

    /// All findings, in the order of the texts.
    fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|finding| finding.span);
        self.found
    }
}
