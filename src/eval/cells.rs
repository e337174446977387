//! The fields of turns: computed when asked for, kept, numbered as facts when read, drawn under their own keys.

use std::cell::{Cell, OnceCell, RefCell};

use super::cycle::Step;
use super::family::{Member, Shape, loaded};
use super::scope::DrawSite;
use super::{Evaluator, FactPlace, Fault, Frame, Outcome};
use crate::draw::Key;
use crate::forms::Kind;
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Expr, Loaded};
use crate::value::{FactId, Item, Number, Value};

/// How often a row may be drawn again because of a `require` in its table.
const MOST_TRIES: u32 = 100;

/// Slots that are made together: they take 3 kB.
const CHUNK: usize = 64;

/// The computed values of one family in one variant of the world.
pub(crate) struct Cells {
    slots: Slots,
    /// Those of turns that the family was found to have in this world beyond those of the truth.
    beyond: OnceCell<Slots>,
    width: usize,
}

impl Cells {
    fn of(shape: &Shape) -> Cells {
        let width = shape.members.len().max(1);
        Cells { slots: Slots::for_all(width * shape.turns.len()), beyond: OnceCell::new(), width }
    }

    /// A slot of a shape that may have more turns than when the first cells were made.
    fn slot(&self, shape: &Shape, at: usize) -> &Slot {
        self.slots.at(at).unwrap_or_else(|| {
            let before = self.slots.0.len() * CHUNK;
            let beyond = self.beyond.get_or_init(|| Slots::for_all(self.width * shape.turns.len() - before));
            beyond.at(at - before).expect("a family has no turn beyond its last")
        })
    }
}

/// Slots by their number. A chunk is made when one of it is asked for: of a table of names few rows are.
struct Slots(Box<[OnceCell<Box<[Slot]>>]>);

impl Slots {
    fn for_all(count: usize) -> Slots {
        Slots(std::iter::repeat_with(OnceCell::new).take(count.div_ceil(CHUNK)).collect())
    }

    fn at(&self, at: usize) -> Option<&Slot> {
        let chunk = self.0.get(at / CHUNK)?;
        Some(&chunk.get_or_init(|| std::iter::repeat_with(Slot::default).take(CHUNK).collect())[at % CHUNK])
    }
}

#[derive(Default)]
struct Slot {
    value: RefCell<Option<Value>>,
    /// Number of the fact plus one; 0 before it has one.
    fact: Cell<u32>,
    busy: Cell<bool>,
}

impl<'p> Evaluator<'p> {
    fn cells(&self, shape: &Shape) -> &Cells {
        let index = shape.id as usize;
        while self.cells.len() <= index {
            self.cells.push(Box::default());
        }
        self.cells[index].get_or_init(|| Cells::of(shape))
    }

    fn slot(&self, shape: &Shape, place: FactPlace) -> &Slot {
        let cells = self.cells(shape);
        cells.slot(shape, place.item.index as usize * cells.width + place.member as usize)
    }

    /// The value of a member of an item. Reading a scalar is recorded as reading a fact.
    pub(crate) fn member_value(&self, item: Item, member: usize, span: Span) -> Outcome<Value> {
        self.spend(1, span)?;
        let shape = self.shape(item.family);
        let place = FactPlace { item, member: member as u32 };
        let slot = self.slot(shape, place);
        if let Some(value) = &*slot.value.borrow() {
            self.note_fact(value, slot, place);
            return Ok(value.clone());
        }
        let value = self.settle_and_compute(shape, place, slot, span)?;
        self.note_fact(&value, slot, place);
        Ok(value)
    }

    /// What a column is worth on a row, without a slot for it where the row was loaded and is as it is in the truth.
    pub(super) fn worth(&self, row: Item, member: usize, span: Span) -> Outcome<Value> {
        let shape = self.shape(row.family);
        match shape.sources[member] {
            Member::Data(column) if !self.is_variant() => {
                Ok(of_data(self.program.get(shape.declaration), row, column).cloned().unwrap_or_default())
            }
            _ => self.member_value(row, member, span),
        }
    }

    fn note_fact(&self, value: &Value, slot: &Slot, place: FactPlace) {
        if self.recording.get() && is_scalar(value) && (!self.is_wrong() || self.is_of_truth(place.item)) {
            let fact = if self.is_variant() { self.fact_id(place) } else { self.number_fact(slot, place) };
            self.record.borrow_mut().push(fact);
        }
    }

    /// The number of a fact; facts are numbered as they are first read.
    pub(crate) fn fact_id(&self, place: FactPlace) -> FactId {
        let truth = self.truth();
        truth.number_fact(truth.slot(truth.shape(place.item.family), place), place)
    }

    fn number_fact(&self, slot: &Slot, place: FactPlace) -> FactId {
        if slot.fact.get() == 0 {
            let mut facts = self.facts.borrow_mut();
            facts.push(place);
            slot.fact.set(facts.len() as u32);
        }
        FactId(slot.fact.get() - 1)
    }

    fn settle_and_compute(&self, shape: &Shape, place: FactPlace, slot: &Slot, span: Span) -> Outcome<Value> {
        if let Member::Key(key) = shape.sources[place.member as usize] {
            return Ok(shape.turns[place.item.index as usize].keys[key].clone());
        }
        if self.is_of_truth(place.item) {
            // A variant keeps the tries of the truth; what only a trap's world has skips `require`.
            let truth = self.truth();
            truth.settle(truth.shape(place.item.family), place.item, span)?;
        }
        // A variant keeps the tries of the truth.
        self.truth().settle(shape, place.item, span)?;
        let kept = slot.value.borrow().clone();
        match kept {
            Some(value) => Ok(value),
            None => self.compute_slot(shape, place, slot, span),
        }
    }

    fn compute_slot(&self, shape: &Shape, place: FactPlace, slot: &Slot, span: Span) -> Outcome<Value> {
        let step = Step::Fact(place);
        if slot.busy.get() {
            return Err(self.ring_fault(&step, span));
        }
        slot.busy.set(true);
        let saved = self.recording.replace(false);
        let value = self.enter(step, span, || self.compute(shape, place));
        self.recording.set(saved);
        slot.busy.set(false);
        let value = value?;
        *slot.value.borrow_mut() = Some(value.clone());
        Ok(value)
    }

    /// Finds the try of a row at which every `require` of its table holds.
    fn settle(&self, shape: &Shape, item: Item, span: Span) -> Outcome<()> {
        let declaration = self.program.get(shape.declaration);
        let turn = &shape.turns[item.index as usize];
        if declaration.kind != Kind::Table || declaration.rules.is_empty() || turn.attempt.get().is_some() {
            return Ok(());
        }
        for attempt in 0..MOST_TRIES {
            turn.attempt.set(Some(attempt));
            if self.rules_hold(declaration, item)? {
                return Ok(());
            }
            self.forget(shape, item);
        }
        let rule = &declaration.rules[0];
        Err(crate::diag::Diagnostic::error(
            "E0502",
            rule.span,
            format!("`{}` was drawn {MOST_TRIES} times and never met this condition", shape.turn_address(item.index)),
        )
        .cause(span, "asked for here")
        .help("widen the distribution or loosen the condition")
        .into())
    }

    fn rules_hold(&self, declaration: &Declaration, item: Item) -> Outcome<bool> {
        self.in_scope(item, |scope| {
            for rule in &declaration.rules {
                if !self.holds(Some(&rule.condition), scope)? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    fn forget(&self, shape: &Shape, item: Item) {
        let cells = self.cells(shape);
        let start = item.index as usize * cells.width;
        for at in start..start + cells.width {
            *cells.slot(shape, at).value.borrow_mut() = None;
        }
        // Rows may have been sorted by what this one was worth.
        self.matched.borrow_mut().clear();
    }

    fn compute(&self, shape: &Shape, place: FactPlace) -> Outcome<Value> {
        let item = place.item;
        let declaration = self.program.get(shape.declaration);
        if let Some(value) = self.replaced(declaration, place)? {
            return Ok(value);
        }
        match shape.sources[place.member as usize] {
            Member::Key(key) => Ok(shape.turns[item.index as usize].keys[key].clone()),
            Member::Cell(column) => {
                let cell = &declaration.rows[item.index as usize][column];
                self.in_scope(item, |scope| self.checked_cell(declaration, column, cell, scope))
            }
            Member::Data(column) => Ok(of_data(declaration, item, column).cloned().unwrap_or_default()),
            Member::Name => self.person_name(item),
            Member::Field(field) => {
                let field = &declaration.fields[field];
                if declaration.kind == Kind::Persona && &*field.name.name == "name" {
                    return self.person_name(item);
                }
                self.evaluate_field(shape, place, &field.value, field.draw, field.sealed)
            }
            Member::Value => {
                let Some(value) = &declaration.value else { return Ok(Value::None) };
                if declaration.kind == Kind::Knob {
                    return self.knob(declaration, value);
                }
                self.evaluate_field(shape, place, value, declaration.draw, declaration.kind == Kind::Secret)
            }
        }
    }

    fn evaluate_field(&self, shape: &Shape, place: FactPlace, expr: &Expr, draw: bool, sealed: bool) -> Outcome<Value> {
        if !draw {
            let value = self.in_scope(place.item, |scope| self.value(expr, scope))?;
            return self.follows(place, value, sealed, expr);
        }
        if self.is_wrong() && self.is_of_truth(place.item) {
            return self.truth().member_value(place.item, place.member as usize, expr.span);
        }
        let key = self.draw_key(shape, place, sealed)?;
        if self.program.get(shape.declaration).kind == Kind::Clutter {
            return self.repeated_count(place.item, expr, key);
        }
        let value = self.draw_under(place.item, expr, key)?;
        self.drifted(place, value, sealed, expr)
    }

    /// The `count` of clutter at its noise's level [D4]: drawn once for each full 100 %, once more with the remainder as
    /// its chance.
    fn repeated_count(&self, item: Item, expr: &Expr, key: Key) -> Outcome<Value> {
        let mut total = Number::ZERO;
        for draw in crate::draw::repeated(&key, self.noise_level(item)?) {
            match self.draw_under(item, expr, draw)? {
                Value::Number(count) => total = self.arithmetic(total.add(count), expr.span)?,
                other => return Err(self.type_fault(expr.span, "a number", &other)),
            }
        }
        Ok(Value::Number(total))
    }

    fn noise_level(&self, item: Item) -> Outcome<Number> {
        let declaration = self.declaration_of(item);
        let Some(noise) = self.program.parent(declaration) else { return Ok(Number::from_i64(1)) };
        let Some(outer) = self.outer_turn(noise, item)? else { return Ok(Number::from_i64(1)) };
        let level = self.shape(outer.family).member("level");
        match level.map(|level| self.member_value(outer, level, noise.head)).transpose()? {
            Some(Value::Number(level)) => Ok(level),
            _ => Ok(Number::from_i64(1)),
        }
    }

    /// Draws the right-hand side of a `~` of an item under a key.
    pub(crate) fn draw_under(&self, item: Item, expr: &Expr, key: Key) -> Outcome<Value> {
        let site = DrawSite::new(key);
        self.in_scope(item, |scope| {
            let here = scope.inside(Frame::Local("", &Value::None)).drawing(&site);
            self.value(expr, &here)
        })
    }

    /// The key of the draw of a member [D2]; the try of its row is folded in.
    pub(crate) fn draw_key(&self, shape: &Shape, place: FactPlace, sealed: bool) -> Outcome<Key> {
        let root = if sealed { &shape.sealed_key } else { &shape.key };
        let Some(root) = root else { return Err(Fault::NeedsSeed) };
        let turn = &shape.turns[place.item.index as usize];
        let mut key = if turn.label.is_empty() { *root } else { root.child(&turn.label) };
        if let Some(attempt) = turn.attempt.get().filter(|attempt| *attempt > 0) {
            key = key.child(&format!("try {attempt}"));
        }
        Ok(key.child(&shape.members[place.member as usize]))
    }
}

/// Whether reading a value is reading a fact: rows and applied templates are not.
pub(super) fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::None | Value::Rows(_) | Value::Item(_) | Value::Applied(_) | Value::List(_))
}

/// A cell of a row that was loaded; none where the file said none.
fn of_data(table: &Declaration, row: Item, column: usize) -> Option<&Value> {
    match loaded(table) {
        Some(Loaded::Table { rows, .. }) => rows[row.index as usize].get(column),
        _ => None,
    }
}
