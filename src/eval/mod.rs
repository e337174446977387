//! The one evaluator: what an expression is worth in a program, with a seed or without one. Values are computed when
//! they are asked for and kept; a value that asks for itself is an error that prints the ring.
//!
//! Without a seed every draw answers [`Fault::NeedsSeed`]: so `check` can know constants, static paths and due dates.
//! A variant of a world (an old version of a document, a trap) is a second evaluator over the same families: its keys
//! and draws are those of the truth, its numbers are moved.

mod address;
mod aggregate;
mod behind;
mod call;
mod cells;
mod cycle;
mod date;
mod expression;
mod family;
mod fault;
mod filter;
mod function;
mod matched;
mod member;
mod names;
mod person;
mod phrases;
mod prose;
mod reads;
mod sample;
mod scope;
mod sign_off;
mod surroundings;
mod turns;
mod variant;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use elsa::{FrozenBTreeMap, FrozenVec};

use crate::draw::Key;
use crate::resolve::program::{DeclarationId, Program};
use crate::source::Span;
use crate::value::calendar::WorkingCalendar;
use crate::value::language::Language;
use crate::value::locale::Locale;
use crate::value::{FactId, Item, Number, Value};

pub use behind::{Behind, Support};
pub(crate) use family::Shape;
pub(crate) use fault::{Fault, Outcome};
pub(crate) use person::hyphenated;
pub(crate) use prose::{DocumentSite, Printed, facts_of};
pub(crate) use reads::Reads;
pub(crate) use scope::{Frame, Scope};

/// What may be asked of one evaluation before it is refused: enough for worlds of a million cells, little enough to
/// answer a hostile spec within a second.
const FUEL: u64 = 40_000_000;

/// What decides the draws: the keys of open and of sealed facts.
#[derive(Clone, Debug)]
pub(crate) struct Roots {
    pub open: Key,
    pub sealed: Key,
}

/// Where a fact stands: a turn of a family, and which of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FactPlace {
    pub item: Item,
    pub member: u32,
}

/// How a variant differs from the truth.
#[derive(Default)]
pub(crate) struct Variant {
    /// Drawn open numbers move by at most this share, each by its own hash under this key.
    pub drift: Option<(Key, Number)>,
    /// Decks of phrases dealt otherwise: a share of them, each by its own hash under this key.
    pub reworded: Option<(Key, Number)>,
    /// Facts replaced by a wrong value, computed in the true world: declaration, and the column for a table.
    pub replaced: BTreeMap<(DeclarationId, Option<Arc<str>>), Replacement>,
}

/// The right-hand side of a trap: read in the true world.
#[derive(Clone)]
pub(crate) struct Replacement {
    pub value: crate::syntax::Expr,
    /// The trap or its inner block: where bare names are looked up.
    pub scope: DeclarationId,
}

/// Knows what everything in a program is worth in one world: with a seed or without, the truth or a variant of it. What it
/// has computed it keeps.
pub(crate) struct Evaluator<'p> {
    pub program: &'p Program,
    pub roots: Option<Roots>,
    truth: Option<&'p Evaluator<'p>>,
    variant: Variant,
    knobs: BTreeMap<Arc<str>, Value>,
    shapes: FrozenVec<Box<Shape>>,
    /// The families of declarations without parameters, by declaration.
    plain: Vec<Cell<Option<u32>>>,
    /// Those with arguments, by declaration and labels.
    applied: RefCell<BTreeMap<String, u32>>,
    /// Rows by what a path is worth on them, by family and path.
    matched: RefCell<BTreeMap<(u32, String), matched::Matches>>,
    /// The families that have other turns in this variant than in the truth.
    reshaped: FrozenBTreeMap<u32, Box<Shape>>,
    /// By family, made when first asked.
    cells: FrozenVec<Box<OnceCell<cells::Cells>>>,
    facts: RefCell<Vec<FactPlace>>,
    /// Facts read since recording began; nothing is recorded while a fact computes itself.
    record: RefCell<Vec<FactId>>,
    recording: Cell<bool>,
    /// What conditions read is recorded too.
    thorough: Cell<bool>,
    ring: RefCell<Vec<(cycle::Step, Span)>>,
    decks: RefCell<BTreeMap<DeclarationId, Rc<[crate::draw::Ticket]>>>,
    fuel: Cell<u64>,
    depth: Cell<u32>,
    nesting: Cell<u32>,
    moved: RefCell<Vec<(FactPlace, Value, Value)>>,
    redealt: RefCell<BTreeSet<String>>,
    world: OnceCell<Setting>,
    names: OnceCell<BTreeMap<u32, Arc<str>>>,
}

/// What printing and calendars need to know of the world.
pub(crate) struct Setting {
    pub locale: &'static Locale,
    pub language: &'static Language,
    pub currency: String,
    pub calendar: WorkingCalendar,
    pub month: crate::value::Month,
    pub history: i32,
}

impl<'p> Evaluator<'p> {
    /// An evaluator of the truth; without `roots` it knows constants only.
    pub fn new(program: &'p Program, roots: Option<Roots>, knobs: BTreeMap<Arc<str>, Value>) -> Evaluator<'p> {
        Evaluator {
            program,
            roots,
            truth: None,
            variant: Variant::default(),
            knobs,
            shapes: FrozenVec::new(),
            plain: vec![Cell::new(None); program.declarations.len()],
            applied: RefCell::default(),
            matched: RefCell::default(),
            reshaped: FrozenBTreeMap::new(),
            cells: FrozenVec::new(),
            facts: RefCell::default(),
            record: RefCell::default(),
            recording: Cell::new(false),
            thorough: Cell::new(false),
            ring: RefCell::default(),
            decks: RefCell::default(),
            fuel: Cell::new(FUEL),
            depth: Cell::new(0),
            nesting: Cell::new(0),
            moved: RefCell::default(),
            redealt: RefCell::default(),
            world: OnceCell::new(),
            names: OnceCell::new(),
        }
    }

    /// The same world with some facts moved; `self` stays the truth behind it.
    pub fn with_variant(&'p self, variant: Variant) -> Evaluator<'p> {
        let truth = self.truth.unwrap_or(self);
        let mut other = Evaluator::new(self.program, self.roots.clone(), self.knobs.clone());
        other.truth = Some(truth);
        other.variant = variant;
        other
    }

    /// The evaluator that knows which members families have and numbers the facts.
    pub(crate) fn truth(&self) -> &Evaluator<'p> {
        self.truth.unwrap_or(self)
    }

    /// Whether this is a variant of the world.
    pub(crate) fn is_variant(&self) -> bool {
        self.truth.is_some()
    }

    /// The declarations, and in tables the columns, that this variant replaces.
    pub fn replaced_members(&self) -> impl Iterator<Item = &(DeclarationId, Option<Arc<str>>)> {
        self.variant.replaced.keys()
    }

    /// The facts this variant moved so far, each with its true and its stale value.
    pub fn moved(&self) -> Vec<(FactPlace, Value, Value)> {
        self.moved.borrow().clone()
    }

    /// The decks this variant dealt otherwise so far.
    pub fn reworded(&self) -> Vec<String> {
        self.redealt.borrow().iter().cloned().collect()
    }

    /// All facts read so far, by their number.
    pub fn facts(&self) -> Vec<FactPlace> {
        self.truth().facts.borrow().clone()
    }

    /// The place of a fact by its number.
    pub(crate) fn fact_place(&self, fact: FactId) -> FactPlace {
        self.truth().facts.borrow()[fact.0 as usize]
    }

    /// How many facts were read so far.
    pub(crate) fn fact_count(&self) -> u32 {
        self.truth().facts.borrow().len() as u32
    }

    /// What printing and calendars need to know of the world.
    pub fn setting(&self) -> Outcome<&Setting> {
        let truth = self.truth();
        if let Some(setting) = truth.world.get() {
            return Ok(setting);
        }
        let setting = truth.read_setting()?;
        Ok(truth.world.get_or_init(|| setting))
    }

    /// Spends one unit of the allowance; running out is an error that names the limit.
    pub(crate) fn spend(&self, units: u64, span: Span) -> Outcome<()> {
        let left = self.truth().fuel.get();
        if left < units {
            return Err(Fault::limit(span, format!("this world asks for more than {FUEL} steps of calculation")));
        }
        self.truth().fuel.set(left - units);
        Ok(())
    }
}
