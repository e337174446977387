//! Families: every declaration as a list of turns with fields. A table's rows, a person, the files of a loop and the
//! mails of a year are all turns of some family; their fields are computed when asked for and kept.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::scope::DrawSite;
use super::{Evaluator, FactPlace, Fault, Frame, Outcome, Scope};
use crate::draw::Key;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, Source};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident, Loaded};
use crate::value::{FactId, Item, Number, Rows, Value};

/// Most turns a family may have; a loop that passes it is refused before it fills the memory.
const MOST_TURNS: usize = 400_000;
/// How often a row may be drawn again because of a `require` in its table.
const MOST_TRIES: u32 = 100;
/// How deep facts may stand on each other.
const DEEPEST: u32 = 256;

/// The turns of a family and what its members are called. Shared by all variants of a world.
pub(crate) struct Shape {
    pub id: u32,
    pub declaration: DeclarationId,
    /// Values of the declaration's parameters.
    pub arguments: Vec<Value>,
    /// `actual`, `lib/finance.line[2026-01]`, `q1_reforecast.model`.
    pub address: String,
    /// Keys first, then fields.
    pub members: Vec<Arc<str>>,
    pub keys: usize,
    sources: Vec<Member>,
    pub turns: Vec<Turn>,
    pub all: Arc<[u32]>,
    key: Option<Key>,
    sealed_key: Option<Key>,
    index: OnceCell<BTreeMap<String, u32>>,
    partial: RefCell<BTreeMap<String, Groups>>,
    /// Names that no turn has bare, neither of its own nor as a key of a key.
    lacking: RefCell<std::collections::BTreeSet<String>>,
    /// What the turns are in draws that choose among them.
    pub(super) tickets: OnceCell<Rc<[crate::draw::Ticket]>>,
}

/// Turns by the label of one of their names.
pub(crate) type Groups = Rc<BTreeMap<String, Vec<u32>>>;

/// One step of a calculation that stands on others, to find rings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// The turns of a family with its arguments as labels.
    Family(DeclarationId, String),
    Fact(FactPlace),
}

/// Where a member's value comes from.
#[derive(Clone, Copy, Debug)]
enum Member {
    Key(usize),
    /// A field of the declaration.
    Field(usize),
    /// A cell of a pipe table.
    Cell(usize),
    /// A column of loaded data.
    Data(usize),
    /// The value of a `let`, `secret` or `knob`.
    Value,
    /// A person's name that the spec leaves to the locale.
    Name,
}

/// One turn of a family.
pub(crate) struct Turn {
    /// Values of the declaration's bindings, in order.
    locals: Vec<Value>,
    pub keys: Vec<Value>,
    /// `2026-01,4100`; empty for a family of one.
    pub label: String,
    /// Which try of a row with `require` holds; `None` until settled.
    attempt: Cell<Option<u32>>,
}

/// The computed values of one family in one variant of the world.
pub(crate) struct Cells {
    slots: Vec<Slot>,
    width: usize,
}

#[derive(Default)]
struct Slot {
    value: RefCell<Option<Value>>,
    /// Number of the fact plus one; 0 before it has one.
    fact: Cell<u32>,
    busy: Cell<bool>,
}

impl Shape {
    /// The position of a member by name.
    pub fn member(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| **member == *name)
    }

    /// Whether a member is one of the keys.
    pub fn is_key(&self, member: usize) -> bool {
        matches!(self.sources[member], Member::Key(_))
    }

    /// Whether a name was found to mean nothing on the turns of this family.
    pub(super) fn lacks(&self, name: &str) -> bool {
        self.lacking.borrow().contains(name)
    }

    /// Remembers that a name means nothing here: all turns have keys of the same families.
    pub(super) fn note_lack(&self, name: &str) {
        self.lacking.borrow_mut().insert(name.to_string());
    }

    /// The address of one turn.
    pub fn turn_address(&self, index: u32) -> String {
        let label = &self.turns[index as usize].label;
        if label.is_empty() { self.address.clone() } else { format!("{}[{label}]", self.address) }
    }
}

impl<'p> Evaluator<'p> {
    /// The shape of a family by its number.
    pub(crate) fn shape(&self, family: u32) -> Rc<Shape> {
        self.truth().shapes.borrow()[family as usize].clone()
    }

    /// The declaration behind an item.
    pub(crate) fn declaration_of(&self, item: Item) -> &'p Declaration {
        self.program.get(self.shape(item.family).declaration)
    }

    /// The family of a declaration, with arguments for its parameters. Its turns are those of the truth.
    pub(crate) fn family(&self, id: DeclarationId, arguments: &[Value], span: Span) -> Outcome<Rc<Shape>> {
        let truth = self.truth();
        let mut name = id.0.to_string();
        for argument in arguments {
            name.push('\u{1f}');
            name.push_str(&self.label(argument));
        }
        if let Some(id) = truth.shape_ids.borrow().get(&name) {
            return Ok(self.shape(*id));
        }
        let saved = truth.recording.replace(false);
        let shape = truth.enter(Step::Family(id, name.clone()), span, || truth.make_shape(id, arguments, span));
        truth.recording.set(saved);
        let mut shape = shape?;
        let number = truth.shapes.borrow().len() as u32;
        shape.id = number;
        let shape = Rc::new(shape);
        truth.shapes.borrow_mut().push(shape.clone());
        truth.shape_ids.borrow_mut().insert(name, number);
        Ok(shape)
    }

    /// All turns of a family as a value.
    pub(crate) fn rows(&self, shape: &Shape) -> Value {
        Value::Rows(Rows { family: shape.id, indexes: shape.all.clone() })
    }

    /// Runs `work` unless it is already running for that step: then the ring is printed.
    fn enter<T>(&self, step: Step, span: Span, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        if let Step::Family(..) = step
            && self.ring.borrow().iter().any(|(other, _)| *other == step)
        {
            return Err(self.ring_fault(&step, span));
        }
        if self.depth.get() >= DEEPEST {
            return Err(Fault::limit(span, format!("facts stand on each other more than {DEEPEST} deep here")));
        }
        self.depth.set(self.depth.get() + 1);
        self.ring.borrow_mut().push((step, span));
        let result = work();
        self.ring.borrow_mut().pop();
        self.depth.set(self.depth.get() - 1);
        result
    }

    fn ring_fault(&self, step: &Step, span: Span) -> Fault {
        let ring = self.ring.borrow();
        let start = ring.iter().position(|(other, _)| other == step).unwrap_or(0);
        let mut names: Vec<String> = ring[start..].iter().map(|(step, _)| self.step_name(step)).collect();
        names.push(self.step_name(step));
        let mut fault =
            crate::diag::Diagnostic::error("E0105", span, format!("this stands on itself: {}", names.join(" → ")))
                .help("break the ring: let one of them be typed or drawn instead of computed");
        for (step, place) in ring[start..].iter().skip(1).take(3) {
            fault = fault.cause(*place, format!("needs `{}`", self.step_name(step)));
        }
        fault.into()
    }

    fn step_name(&self, step: &Step) -> String {
        match step {
            Step::Family(id, _) => self.address(*id),
            Step::Fact(place) => self.fact_address(*place),
        }
    }

    fn make_shape(&self, id: DeclarationId, arguments: &[Value], span: Span) -> Outcome<Shape> {
        let declaration = self.program.get(id);
        let (keys, members, sources) = members_of(declaration);
        let mut address = self.address(id);
        if !arguments.is_empty() {
            let labels: Vec<String> = arguments.iter().map(|argument| self.label(argument)).collect();
            address = format!("{address}[{}]", labels.join(","));
        }
        let turns = self.turns(declaration, arguments)?;
        self.refuse_repeated(&turns, declaration, span)?;
        let stream = declaration.field("stream").and_then(|field| text_of(&field.value)).unwrap_or(&address);
        let label = format!("{} {stream}", declaration.kind.keyword());
        Ok(Shape {
            id: 0,
            declaration: id,
            arguments: arguments.to_vec(),
            key: self.roots.as_ref().map(|roots| roots.open.child(&label)),
            sealed_key: self.roots.as_ref().map(|roots| roots.sealed.child(&label)),
            address,
            members,
            keys,
            sources,
            all: (0..turns.len() as u32).collect(),
            turns,
            index: OnceCell::new(),
            partial: RefCell::default(),
            lacking: RefCell::default(),
            tickets: OnceCell::new(),
        })
    }

    fn refuse_repeated(&self, turns: &[Turn], declaration: &Declaration, span: Span) -> Outcome<()> {
        let mut seen = std::collections::BTreeSet::new();
        match turns.iter().find(|turn| !seen.insert(&turn.label)) {
            Some(turn) if turns.len() > 1 => Err(crate::diag::Diagnostic::error(
                "E0232",
                declaration.head,
                format!("`{}` has the key {} twice", self.address(declaration.id), turn.label),
            )
            .cause(span, "asked for here")
            .help("a key names one row: remove one of the two, or loop over something with different items")
            .into()),
            _ => Ok(()),
        }
    }

    fn turns(&self, declaration: &Declaration, arguments: &[Value]) -> Outcome<Vec<Turn>> {
        let top = Scope::top(declaration.module);
        let outer = self.fixed_enclosing(declaration)?;
        self.inside_enclosing(&top, &outer, &mut |scope| self.turns_in(declaration, arguments, scope))
    }

    /// The blocks around a declaration that stand in no loop: its own loops may read their properties and inner blocks.
    fn fixed_enclosing(&self, declaration: &Declaration) -> Outcome<Vec<Item>> {
        let parents = std::iter::successors(declaration.parent, |id| self.program.get(*id).parent);
        let mut items = Vec::new();
        for parent in parents.map(|id| self.program.get(id)) {
            if shows_properties(parent.kind) && loops(parent) == 0 {
                let family = self.family(parent.id, &[], parent.head)?;
                items.extend(family.all.first().map(|index| Item { family: family.id, index: *index }));
            }
        }
        Ok(items)
    }

    fn turns_in(&self, declaration: &Declaration, arguments: &[Value], scope: &Scope<'_>) -> Outcome<Vec<Turn>> {
        self.with_params(scope, params(declaration), arguments, &mut |scope| {
            if !declaration.rows.is_empty() {
                return self.pipe_turns(declaration, scope);
            }
            if let Some(Loaded::Table { rows, .. }) = loaded(declaration) {
                return Ok(rows.iter().map(|row| self.data_turn(row.first())).collect());
            }
            let mut turns = Vec::new();
            self.loop_turns(declaration, 0, scope, &mut Vec::new(), &mut turns)?;
            Ok(turns)
        })
    }

    fn pipe_turns(&self, declaration: &Declaration, scope: &Scope<'_>) -> Outcome<Vec<Turn>> {
        let mut turns = Vec::new();
        for (number, row) in declaration.rows.iter().enumerate() {
            let key = match row.first() {
                Some(cell) => self.checked_cell(declaration, 0, cell, scope)?,
                None => Value::Number(crate::value::Number::from_i64(number as i64 + 1)),
            };
            turns.push(self.data_turn(Some(&key)));
        }
        Ok(turns)
    }

    fn data_turn(&self, key: Option<&Value>) -> Turn {
        let key = key.cloned().unwrap_or_default();
        Turn { locals: Vec::new(), label: self.label(&key), keys: vec![key], attempt: Cell::new(None) }
    }

    /// A cell of a pipe table; under a header `name in table` it is a row of that table.
    fn checked_cell(&self, declaration: &Declaration, column: usize, cell: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
        let value = self.value(cell, scope)?;
        match declaration.header.get(column).and_then(|(_, table)| table.as_ref()) {
            Some(table) if value != Value::None => {
                let rows = self.value(table, scope)?;
                self.row_for(&rows, &value, cell.span)
            }
            _ => Ok(value),
        }
    }

    fn loop_turns(
        &self,
        declaration: &Declaration,
        depth: usize,
        scope: &Scope<'_>,
        locals: &mut Vec<Value>,
        turns: &mut Vec<Turn>,
    ) -> Outcome<()> {
        let Some(binding) = declaration.bindings.get(depth) else {
            turns.push(self.loop_turn(declaration, locals));
            return match turns.len() > MOST_TURNS {
                true => Err(Fault::limit(declaration.head, format!("this makes more than {MOST_TURNS} turns"))),
                false => Ok(()),
            };
        };
        match binding {
            Source::Given { name, value, scope: owner } => {
                let value = self.in_scope_of(*owner, |outer| self.value(value, outer))?;
                self.bind(declaration, depth, name.name.clone(), value, scope, locals, turns)
            }
            Source::Loop { name, table, condition } => {
                let list = self.value(table, scope)?;
                for value in self.items(&list, table.span)? {
                    self.spend(1, name.span)?;
                    let inner = scope.with(&name.name, value.clone());
                    if self.holds(condition.as_ref(), &inner)? {
                        self.bind(declaration, depth, name.name.clone(), value, scope, locals, turns)?;
                    }
                }
                Ok(())
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one step of a recursion over bindings; all of it is its state")]
    fn bind(
        &self,
        declaration: &Declaration,
        depth: usize,
        name: Arc<str>,
        value: Value,
        scope: &Scope<'_>,
        locals: &mut Vec<Value>,
        turns: &mut Vec<Turn>,
    ) -> Outcome<()> {
        locals.push(value.clone());
        let result = self.loop_turns(declaration, depth + 1, &scope.with(&name, value), locals, turns);
        locals.pop();
        result
    }

    fn loop_turn(&self, declaration: &Declaration, locals: &[Value]) -> Turn {
        let keys: Vec<Value> = (declaration.bindings.iter().zip(locals))
            .filter(|(binding, _)| matches!(binding, Source::Loop { .. }))
            .map(|(_, value)| value.clone())
            .collect();
        let labels: Vec<String> = keys.iter().map(|key| self.label(key)).collect();
        Turn { locals: locals.to_vec(), keys, label: labels.join(","), attempt: Cell::new(None) }
    }

    /// Whether a condition holds; no condition always does.
    pub(crate) fn holds(&self, condition: Option<&Expr>, scope: &Scope<'_>) -> Outcome<bool> {
        let Some(condition) = condition else { return Ok(true) };
        let saved = self.recording.replace(false);
        let value = self.value(condition, scope);
        self.recording.set(saved);
        match value? {
            Value::Bool(yes) => Ok(yes),
            Value::None => Ok(false),
            other => Err(self.type_fault(condition.span, "yes or no", &other)),
        }
    }

    /// Calls `work` with a scope in which parameters have these values.
    pub(crate) fn with_params<T>(
        &self,
        scope: &Scope<'_>,
        names: &[Ident],
        values: &[Value],
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        match (names.split_first(), values.split_first()) {
            (Some((name, names)), Some((value, values))) => {
                self.with_params(&scope.with(&name.name, value.clone()), names, values, work)
            }
            _ => work(scope),
        }
    }

    /// The same for a template; single values keep the facts they were read from.
    pub(crate) fn with_applied<T>(
        &self,
        scope: &Scope<'_>,
        names: &[Ident],
        (values, facts): (&[Value], &[Arc<[FactId]>]),
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        let (Some((name, names)), Some((value, values))) = (names.split_first(), values.split_first()) else {
            return work(scope);
        };
        let (own, rest) = facts.split_first().map_or((None, facts), |(own, rest)| (Some(own), rest));
        let frame = match own {
            Some(facts) if is_scalar(value) => Frame::Given(name.name.clone(), value.clone(), facts.clone()),
            _ => Frame::Local(name.name.clone(), value.clone()),
        };
        self.with_applied(&scope.inside(frame), names, (values, rest), work)
    }

    fn with_bindings<T>(
        &self,
        scope: &Scope<'_>,
        bindings: &[Source],
        values: &[Value],
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        match (bindings.split_first(), values.split_first()) {
            (Some((binding, bindings)), Some((value, values))) => {
                self.with_bindings(&scope.with(&binding.name().name, value.clone()), bindings, values, work)
            }
            _ => work(scope),
        }
    }

    /// Calls `work` in the scope in which the fields of an item are written.
    pub(crate) fn in_scope<T>(&self, item: Item, mut work: impl FnMut(&Scope<'_>) -> Outcome<T>) -> Outcome<T> {
        let shape = self.shape(item.family);
        let declaration = self.program.get(shape.declaration);
        let top = Scope::top(declaration.module);
        let enclosing = self.enclosing(item)?;
        self.inside_enclosing(&top, &enclosing, &mut |scope| {
            self.with_params(scope, params(declaration), &shape.arguments, &mut |scope| {
                let locals = &shape.turns[item.index as usize].locals;
                self.with_bindings(scope, &declaration.bindings, locals, &mut |scope| {
                    work(&scope.inside(Frame::Item(item)))
                })
            })
        })
    }

    fn inside_enclosing<T>(
        &self,
        scope: &Scope<'_>,
        outer: &[Item],
        work: &mut dyn FnMut(&Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        match outer.split_last() {
            Some((item, rest)) => self.inside_enclosing(&scope.inside(Frame::Item(*item)), rest, work),
            None => work(scope),
        }
    }

    /// Calls `work` in the scope of a declaration that has one turn, or its first.
    pub(crate) fn in_scope_of<T>(&self, id: DeclarationId, work: impl FnMut(&Scope<'_>) -> Outcome<T>) -> Outcome<T> {
        let shape = self.family(id, &[], self.program.get(id).head)?;
        if shape.turns.is_empty() {
            return Err(Fault::wrong("E0506", self.program.get(id).head, "this block does not exist at this seed"));
        }
        self.in_scope(Item { family: shape.id, index: 0 }, work)
    }

    /// The blocks around an item whose properties are bare inside it, innermost first.
    fn enclosing(&self, item: Item) -> Outcome<Vec<Item>> {
        let mut list = Vec::new();
        let mut next = self.declaration_of(item).parent;
        while let Some(id) = next {
            let parent = self.program.get(id);
            if shows_properties(parent.kind) {
                list.extend(self.outer_turn(parent, item)?);
            }
            next = parent.parent;
        }
        Ok(list)
    }

    /// The turn of a block around an item: the one with the same outer keys.
    pub(crate) fn outer_turn(&self, outer: &Declaration, item: Item) -> Outcome<Option<Item>> {
        let family = self.family(outer.id, &[], outer.head)?;
        let shape = self.shape(item.family);
        let keys = &shape.turns[item.index as usize].keys;
        let depth = loops(outer).min(keys.len());
        let label = keys[..depth].iter().map(|key| self.label(key)).collect::<Vec<_>>().join(",");
        Ok(self.index_of(&family, &label).map(|index| Item { family: family.id, index }))
    }

    /// The addresses of all turns of all families, by family and index.
    pub(crate) fn turn_addresses(&self) -> Vec<Vec<String>> {
        let shapes = self.truth().shapes.borrow();
        shapes.iter().map(|shape| shape.all.iter().map(|index| shape.turn_address(*index)).collect()).collect()
    }

    /// The turn with that key label.
    pub(crate) fn index_of(&self, shape: &Shape, label: &str) -> Option<u32> {
        let make = || shape.turns.iter().enumerate().map(|(index, turn)| (turn.label.clone(), index as u32)).collect();
        shape.index.get_or_init(make).get(label).copied()
    }

    /// Turns grouped by the label of a name that can be read bare on them: a key, or a key of a key.
    pub(crate) fn grouped(&self, shape: &Rc<Shape>, name: &str, span: Span) -> Outcome<Groups> {
        if let Some(groups) = shape.partial.borrow().get(name) {
            return Ok(groups.clone());
        }
        let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for index in shape.all.iter() {
            let item = Item { family: shape.id, index: *index };
            let value = self.truth().bare_member(item, name, span)?.unwrap_or_default();
            groups.entry(self.label(&value)).or_default().push(*index);
        }
        let groups = Rc::new(groups);
        shape.partial.borrow_mut().insert(name.to_string(), groups.clone());
        Ok(groups)
    }

    fn cells(&self, shape: &Shape) -> Rc<Cells> {
        let index = shape.id as usize;
        if let Some(Some(cells)) = self.cells.borrow().get(index) {
            return cells.clone();
        }
        let mut all = self.cells.borrow_mut();
        if all.len() <= index {
            all.resize_with(index + 1, || None);
        }
        all[index]
            .get_or_insert_with(|| {
                let width = shape.members.len().max(1);
                let mut slots = Vec::new();
                slots.resize_with(width * shape.turns.len(), Slot::default);
                Rc::new(Cells { slots, width })
            })
            .clone()
    }

    /// The value of a member of an item. Reading a scalar is recorded as reading a fact.
    pub(crate) fn member_value(&self, item: Item, member: usize, span: Span) -> Outcome<Value> {
        self.spend(1, span)?;
        let shape = self.shape(item.family);
        let cells = self.cells(&shape);
        let slot = &cells.slots[item.index as usize * cells.width + member];
        let kept = slot.value.borrow().clone();
        let value = match kept {
            Some(value) => value,
            None => self.settle_and_compute(&shape, item, member, slot, span)?,
        };
        if self.recording.get() && is_scalar(&value) {
            let place = FactPlace { item, member: member as u32 };
            let fact = if self.is_variant() { self.fact_id(place) } else { self.number_fact(slot, place) };
            self.record.borrow_mut().push(fact);
        }
        Ok(value)
    }

    /// The number of a fact; facts are numbered as they are first read.
    pub(crate) fn fact_id(&self, place: FactPlace) -> FactId {
        let truth = self.truth();
        let cells = truth.cells(&truth.shape(place.item.family));
        let slot = &cells.slots[place.item.index as usize * cells.width + place.member as usize];
        truth.number_fact(slot, place)
    }

    fn number_fact(&self, slot: &Slot, place: FactPlace) -> FactId {
        if slot.fact.get() == 0 {
            let mut facts = self.facts.borrow_mut();
            facts.push(place);
            slot.fact.set(facts.len() as u32);
        }
        FactId(slot.fact.get() - 1)
    }

    fn settle_and_compute(
        &self,
        shape: &Rc<Shape>,
        item: Item,
        member: usize,
        slot: &Slot,
        span: Span,
    ) -> Outcome<Value> {
        if let Member::Key(key) = shape.sources[member] {
            return Ok(shape.turns[item.index as usize].keys[key].clone());
        }
        if self.is_variant() {
            // A variant keeps the tries of the truth.
            self.truth().settle(shape, item, span)?;
        } else {
            self.settle(shape, item, span)?;
        }
        let kept = slot.value.borrow().clone();
        match kept {
            Some(value) => Ok(value),
            None => self.compute_slot(shape, item, member, slot, span),
        }
    }

    fn compute_slot(&self, shape: &Rc<Shape>, item: Item, member: usize, slot: &Slot, span: Span) -> Outcome<Value> {
        let step = Step::Fact(FactPlace { item, member: member as u32 });
        if slot.busy.get() {
            return Err(self.ring_fault(&step, span));
        }
        slot.busy.set(true);
        let saved = self.recording.replace(false);
        let value = self.enter(step, span, || self.compute(shape, item, member));
        self.recording.set(saved);
        slot.busy.set(false);
        let value = value?;
        *slot.value.borrow_mut() = Some(value.clone());
        Ok(value)
    }

    /// Finds the try of a row at which every `require` of its table holds.
    fn settle(&self, shape: &Rc<Shape>, item: Item, span: Span) -> Outcome<()> {
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
        for slot in &cells.slots[start..start + cells.width] {
            *slot.value.borrow_mut() = None;
        }
    }

    fn compute(&self, shape: &Rc<Shape>, item: Item, member: usize) -> Outcome<Value> {
        let declaration = self.program.get(shape.declaration);
        if let Some(value) = self.replaced(declaration, FactPlace { item, member: member as u32 })? {
            return Ok(value);
        }
        match shape.sources[member] {
            Member::Key(key) => Ok(shape.turns[item.index as usize].keys[key].clone()),
            Member::Cell(column) => {
                let cell = &declaration.rows[item.index as usize][column];
                self.in_scope(item, |scope| self.checked_cell(declaration, column, cell, scope))
            }
            Member::Data(column) => Ok(match loaded(declaration) {
                Some(Loaded::Table { rows, .. }) => rows[item.index as usize].get(column).cloned().unwrap_or_default(),
                _ => Value::None,
            }),
            Member::Name => self.person_name(item),
            Member::Field(field) => {
                let field = &declaration.fields[field];
                if declaration.kind == Kind::Persona && &*field.name.name == "name" {
                    return self.person_name(item);
                }
                self.evaluate_field(shape, item, member, &field.value, field.draw, field.sealed)
            }
            Member::Value => {
                let Some(value) = &declaration.value else { return Ok(Value::None) };
                if declaration.kind == Kind::Knob {
                    return self.knob(declaration, value);
                }
                self.evaluate_field(shape, item, member, value, declaration.draw, declaration.kind == Kind::Secret)
            }
        }
    }

    fn evaluate_field(
        &self,
        shape: &Rc<Shape>,
        item: Item,
        member: usize,
        expr: &Expr,
        draw: bool,
        sealed: bool,
    ) -> Outcome<Value> {
        if !draw {
            let value = self.in_scope(item, |scope| self.value(expr, scope))?;
            return self.follows(FactPlace { item, member: member as u32 }, value, sealed, expr);
        }
        let key = self.draw_key(shape, item, member, sealed)?;
        if self.program.get(shape.declaration).kind == Kind::Clutter {
            return self.repeated_count(item, expr, key);
        }
        let value = self.draw_under(item, expr, key)?;
        self.drifted(FactPlace { item, member: member as u32 }, value, sealed, expr)
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
        let Some(noise) = declaration.parent.map(|id| self.program.get(id)) else { return Ok(Number::from_i64(1)) };
        let Some(outer) = self.outer_turn(noise, item)? else { return Ok(Number::from_i64(1)) };
        match self.bare_member(outer, "level", noise.head)? {
            Some(Value::Number(level)) => Ok(level),
            _ => Ok(Number::from_i64(1)),
        }
    }

    /// Draws the right-hand side of a `~` of an item under a key.
    pub(crate) fn draw_under(&self, item: Item, expr: &Expr, key: Key) -> Outcome<Value> {
        let site = DrawSite::new(key);
        self.in_scope(item, |scope| {
            let here = scope.inside(Frame::Local(Arc::from(""), Value::None)).drawing(&site);
            self.value(expr, &here)
        })
    }

    /// The key of the draw of a member [D2]; the try of its row is folded in.
    pub(crate) fn draw_key(&self, shape: &Shape, item: Item, member: usize, sealed: bool) -> Outcome<Key> {
        let root = if sealed { &shape.sealed_key } else { &shape.key };
        let Some(root) = root else { return Err(Fault::NeedsSeed) };
        let turn = &shape.turns[item.index as usize];
        let mut key = if turn.label.is_empty() { *root } else { root.child(&turn.label) };
        if let Some(attempt) = turn.attempt.get().filter(|attempt| *attempt > 0) {
            key = key.child(&format!("try {attempt}"));
        }
        Ok(key.child(&shape.members[member]))
    }

    /// The address of a fact: `actual[2026-01,4100].amount`; a `let` is its own name.
    pub(crate) fn fact_address(&self, place: FactPlace) -> String {
        let shape = self.shape(place.item.family);
        let turn = shape.turn_address(place.item.index);
        match shape.sources.get(place.member as usize) {
            Some(Member::Value) | None => turn,
            _ => format!("{turn}.{}", shape.members[place.member as usize]),
        }
    }

    /// Where a fact is declared, whether it is sealed by declaration, and whether it is drawn.
    pub(crate) fn fact_origin(&self, place: FactPlace) -> (Span, bool, bool) {
        let shape = self.shape(place.item.family);
        let declaration = self.program.get(shape.declaration);
        match shape.sources.get(place.member as usize) {
            Some(Member::Field(field)) => {
                let field = &declaration.fields[*field];
                (field.name.span, field.sealed, field.draw)
            }
            Some(Member::Value) => (declaration.head, declaration.kind == Kind::Secret, declaration.draw),
            Some(Member::Cell(column)) => (declaration.rows[place.item.index as usize][*column].span, false, false),
            _ => (declaration.head, false, false),
        }
    }

    /// What a declaration *is* [D2]: its owner and its name, or its kind and its first string as written.
    pub(crate) fn address(&self, id: DeclarationId) -> String {
        let declaration = self.program.get(id);
        let own = match &declaration.name {
            Some(name) => name.name.to_string(),
            None => match self.first_string(declaration) {
                Some(text) => format!("{} \"{text}\"", declaration.kind.keyword()),
                None => declaration.kind.keyword().to_string(),
            },
        };
        let owner = std::iter::successors(declaration.parent, |id| self.program.get(*id).parent)
            .find(|id| self.program.get(*id).kind != Kind::Folder);
        match owner {
            Some(owner) => format!("{}.{own}", self.address(owner)),
            None if declaration.module.0 == 0 => own,
            None => {
                format!("{}.{own}", self.module_name(declaration.module))
            }
        }
    }

    /// What a library is called in addresses: its path from the spec's folder, wherever the author stands.
    fn module_name(&self, module: crate::resolve::program::ModuleId) -> &str {
        let spec = &self.program.modules[0].path;
        let folder = spec.rfind('/').map_or("", |end| &spec[..=end]);
        let path = &self.program.modules[module.0 as usize].path;
        let inside = path.strip_prefix(folder).unwrap_or(path);
        inside.strip_suffix(".world").unwrap_or(inside)
    }

    fn first_string(&self, declaration: &Declaration) -> Option<String> {
        let label = declaration.label.iter().chain(declaration.fields.iter().map(|field| &field.value));
        label.filter_map(|expr| self.as_written(expr)).next()
    }

    /// A string literal as written, without its quotes.
    pub(crate) fn as_written(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Text(text) => Some(text.value.to_string()),
            ExprKind::Prose(_) => {
                let source = self.program.sources.get(expr.span.source);
                let text = source.text.get(expr.span.start as usize..expr.span.end as usize)?;
                Some(text.trim_matches('"').to_string())
            }
            _ => None,
        }
    }
}

/// Names of a declaration's parameters.
pub(crate) fn params(declaration: &Declaration) -> &[Ident] {
    declaration.params.as_deref().unwrap_or(&[])
}

/// How many loops a declaration stands in.
pub(crate) fn loops(declaration: &Declaration) -> usize {
    declaration.bindings.iter().filter(|binding| matches!(binding, Source::Loop { .. })).count()
}

/// The data of a table that loads its rows.
pub(crate) fn loaded(declaration: &Declaration) -> Option<&Loaded> {
    match &declaration.field("from")?.value.kind {
        ExprKind::Loaded(loaded) if declaration.kind == Kind::Table => Some(loaded),
        _ => None,
    }
}

fn text_of(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Text(text) => Some(&text.value),
        _ => None,
    }
}

/// Blocks whose properties can be read bare by what stands in them.
fn shows_properties(kind: Kind) -> bool {
    matches!(kind, Kind::Objective | Kind::Chat | Kind::Clutter | Kind::Noise | Kind::Mailbox)
}

/// Whether reading a value is reading a fact: rows and applied templates are not.
fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::None | Value::Rows(_) | Value::Item(_) | Value::Applied(_) | Value::List(_))
}

fn members_of(declaration: &Declaration) -> (usize, Vec<Arc<str>>, Vec<Member>) {
    let mut names = Vec::new();
    let mut sources = Vec::new();
    let mut keys = 0;
    for binding in &declaration.bindings {
        if let Source::Loop { name, .. } = binding {
            names.push(name.name.clone());
            sources.push(Member::Key(keys));
            keys += 1;
        }
    }
    let columns: Vec<Arc<str>> = match loaded(declaration) {
        Some(Loaded::Table { columns, .. }) => columns.clone(),
        _ => declaration.header.iter().map(|(name, _)| name.name.clone()).collect(),
    };
    let data = loaded(declaration).is_some();
    for (column, name) in columns.into_iter().enumerate() {
        names.push(name);
        sources.push(match column {
            0 => Member::Key(0),
            _ if data => Member::Data(column),
            _ => Member::Cell(column),
        });
        keys = 1;
    }
    for (index, field) in declaration.fields.iter().enumerate() {
        if !(data && &*field.name.name == "from") {
            names.push(field.name.name.clone());
            sources.push(Member::Field(index));
        }
    }
    if declaration.value.is_some() {
        names.push(Arc::from("value"));
        sources.push(Member::Value);
    }
    if declaration.kind == Kind::Persona && declaration.field("name").is_none() {
        names.push(Arc::from("name"));
        sources.push(Member::Name);
    }
    (keys, names, sources)
}
