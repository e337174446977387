//! Families: every declaration as a list of turns with fields. A table's rows, a person, the files of a loop and the
//! mails of a year are all turns of some family; their fields are computed when asked for and kept.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::surroundings::shows_properties;
use super::{Evaluator, FactPlace, Fault, Outcome, Scope};
use crate::draw::{Key, Ticket};
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, Source};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident, Loaded};
use crate::value::comparison::are_distinct;
use crate::value::{Item, Rows, Value};

/// Most turns a family may have; a loop that passes it is refused before it fills the memory.
const MOST_TURNS: usize = 400_000;
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
    /// Whether its turns are those of a trap's world, and its numbers may have gaps and no order.
    pub(super) wrong: bool,
    pub(super) sources: Vec<Member>,
    pub turns: Vec<Turn>,
    pub all: Arc<[u32]>,
    pub(super) key: Option<Key>,
    pub(super) sealed_key: Option<Key>,
    index: OnceCell<BTreeMap<String, u32>>,
    partial: RefCell<BTreeMap<String, Groups>>,
    /// Names that no turn has bare, neither of its own nor as a key of a key.
    lacking: RefCell<std::collections::BTreeSet<String>>,
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
pub(super) enum Member {
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
#[derive(Clone)]
pub(crate) struct Turn {
    /// Values of the declaration's bindings, in order.
    pub(super) locals: Vec<Value>,
    pub keys: Vec<Value>,
    /// `2026-01,4100`; empty for a family of one.
    pub label: String,
    /// Which try of a row with `require` holds; `None` until settled.
    pub(super) attempt: Cell<Option<u32>>,
    ticket: OnceCell<Ticket>,
}

impl Turn {
    fn new(locals: Vec<Value>, keys: Vec<Value>, label: String) -> Turn {
        Turn { locals, keys, label, attempt: Cell::new(None), ticket: OnceCell::new() }
    }

    /// What it is in draws that choose among turns.
    pub(super) fn ticket(&self) -> Ticket {
        *self.ticket.get_or_init(|| Ticket::of(&self.label))
    }

    /// Whether it is the same turn, however often its row was drawn.
    pub(super) fn is(&self, other: &Turn) -> bool {
        self.label == other.label && self.keys == other.keys && self.locals == other.locals
    }
}

impl Shape {
    /// Gives its turns the numbers they have in the truth; the truth's other turns stay, without being among `all`.
    pub(super) fn number_as(&mut self, truth: &Shape) {
        let mut turns = truth.turns.clone();
        let numbers: BTreeMap<&str, usize> =
            truth.turns.iter().enumerate().map(|(number, turn)| (turn.label.as_str(), number)).collect();
        let mut all = Vec::with_capacity(self.turns.len());
        for turn in std::mem::take(&mut self.turns) {
            let number = numbers.get(turn.label.as_str()).copied().unwrap_or(turns.len());
            all.push(number as u32);
            match turns.get_mut(number) {
                Some(place) => *place = turn,
                None => turns.push(turn),
            }
        }
        self.id = truth.id;
        self.turns = turns;
        self.all = all.into();
    }

    /// Whether a number is among these of its turns.
    pub(crate) fn lists(&self, indexes: &[u32], index: u32) -> bool {
        if self.wrong { indexes.contains(&index) } else { indexes.binary_search(&index).is_ok() }
    }

    /// The turns of one list that are in another too, in the order of the first. Where numbers have an order, that is the
    /// order of both lists, and the shorter one is gone through.
    pub(super) fn common(&self, of: &[u32], other: &[u32]) -> Vec<u32> {
        match self.wrong || of.len() <= other.len() {
            true => of.iter().copied().filter(|index| self.lists(other, *index)).collect(),
            false => other.iter().copied().filter(|index| self.lists(of, *index)).collect(),
        }
    }

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
        let mut address = String::with_capacity(self.address.len() + label.len() + "[]".len());
        address.push_str(&self.address);
        if !label.is_empty() {
            address.extend(["[", label, "]"]);
        }
        address
    }
}

impl<'p> Evaluator<'p> {
    /// The shape of a family by its number.
    pub(crate) fn shape(&self, family: u32) -> &Shape {
        if self.is_wrong()
            && let Some(own) = self.reshaped.get(&family)
        {
            return own;
        }
        &self.truth().shapes[family as usize]
    }

    /// The declaration behind an item.
    pub(crate) fn declaration_of(&self, item: Item) -> &'p Declaration {
        self.program.get(self.shape(item.family).declaration)
    }

    /// The family of a declaration, with arguments for its parameters. Its turns are those of the truth, but in the
    /// world of a trap.
    pub(crate) fn family(&self, id: DeclarationId, arguments: &[Value], span: Span) -> Outcome<&Shape> {
        let seer = if self.is_wrong() { self } else { self.truth() };
        let name = self.family_name(id, arguments);
        if let Some(family) = seer.known_family(id, &name) {
            return Ok(self.shape(family));
        }
        let shape = match self.is_wrong() {
            true => self.wrong_family(id, arguments, &name, span)?,
            false => seer.number_shape(seer.make_family(id, arguments, &name, span)?),
        };
        seer.remember_family(id, name, shape.id);
        Ok(shape)
    }

    /// What tells the families of one declaration apart; nothing where there are no arguments.
    fn family_name(&self, id: DeclarationId, arguments: &[Value]) -> String {
        if arguments.is_empty() {
            return String::new();
        }
        let mut name = id.0.to_string();
        for argument in arguments {
            name.push('\u{1f}');
            name.push_str(&self.label(argument));
        }
        name
    }

    fn known_family(&self, id: DeclarationId, name: &str) -> Option<u32> {
        match name {
            "" => self.plain[id.0 as usize].get(),
            applied => self.applied.borrow().get(applied).copied(),
        }
    }

    fn remember_family(&self, id: DeclarationId, name: String, family: u32) {
        match name.as_str() {
            "" => self.plain[id.0 as usize].set(Some(family)),
            _ => drop(self.applied.borrow_mut().insert(name, family)),
        }
    }

    /// A family that nobody has asked for yet, still without a number.
    pub(super) fn make_family(&self, id: DeclarationId, arguments: &[Value], name: &str, span: Span) -> Outcome<Shape> {
        let saved = self.recording.replace(false);
        let shape = self.enter(Step::Family(id, name.to_string()), span, || self.make_shape(id, arguments, span));
        self.recording.set(saved);
        shape
    }

    /// Gives a new family its number.
    pub(super) fn number_shape(&self, shape: Shape) -> &Shape {
        self.shapes.push_get(Box::new(Shape { id: self.shapes.len() as u32, ..shape }))
    }

    /// All turns of a family as a value.
    pub(crate) fn rows(&self, shape: &Shape) -> Value {
        Value::Rows(Rows { family: shape.id, indexes: shape.all.clone() })
    }

    /// Runs `work` unless it is already running for that step: then the ring is printed.
    pub(super) fn enter<T>(&self, step: Step, span: Span, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
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

    pub(super) fn ring_fault(&self, step: &Step, span: Span) -> Fault {
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
            wrong: false,
            sources,
            all: (0..turns.len() as u32).collect(),
            turns,
            index: OnceCell::new(),
            partial: RefCell::default(),
            lacking: RefCell::default(),
        })
    }

    fn refuse_repeated(&self, turns: &[Turn], declaration: &Declaration, span: Span) -> Outcome<()> {
        if are_distinct(turns.iter().map(|turn| turn.label.as_str()).collect()) {
            return Ok(());
        }
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
        let mut items = Vec::new();
        for parent in self.program.ancestors(declaration) {
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
        let label = self.label(&key);
        Turn::new(Vec::new(), vec![key], label)
    }

    /// A cell of a pipe table; under a header `name in table` it is a row of that table.
    pub(super) fn checked_cell(
        &self,
        declaration: &Declaration,
        column: usize,
        cell: &Expr,
        scope: &Scope<'_>,
    ) -> Outcome<Value> {
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
                self.bind(declaration, depth, &name.name, value, scope, locals, turns)
            }
            Source::Loop { name, table, condition } => {
                let list = self.value(table, scope)?;
                for value in self.items(&list, table.span)? {
                    self.spend(1, name.span)?;
                    let inner = scope.with(&name.name, &value);
                    if self.holds(condition.as_ref(), &inner)? {
                        self.bind(declaration, depth, &name.name, value, scope, locals, turns)?;
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
        name: &str,
        value: Value,
        scope: &Scope<'_>,
        locals: &mut Vec<Value>,
        turns: &mut Vec<Turn>,
    ) -> Outcome<()> {
        locals.push(value.clone());
        let result = self.loop_turns(declaration, depth + 1, &scope.with(name, &value), locals, turns);
        locals.pop();
        result
    }

    fn loop_turn(&self, declaration: &Declaration, locals: &[Value]) -> Turn {
        let keys: Vec<Value> = (declaration.bindings.iter().zip(locals))
            .filter(|(binding, _)| matches!(binding, Source::Loop { .. }))
            .map(|(_, value)| value.clone())
            .collect();
        let labels: Vec<String> = keys.iter().map(|key| self.label(key)).collect();
        Turn::new(locals.to_vec(), keys, labels.join(","))
    }

    /// The addresses of all turns of all families, by family and index.
    pub(crate) fn turn_addresses(&self) -> Vec<Vec<String>> {
        let shapes = &self.truth().shapes;
        shapes.iter().map(|shape| shape.all.iter().map(|index| shape.turn_address(*index)).collect()).collect()
    }

    /// The turn with that key label.
    pub(crate) fn index_of(&self, shape: &Shape, label: &str) -> Option<u32> {
        let label_of = |index: &u32| (shape.turns[*index as usize].label.clone(), *index);
        let make = || shape.all.iter().map(label_of).collect();
        shape.index.get_or_init(make).get(label).copied()
    }

    /// Turns grouped by the label of a name that can be read bare on them: a key, or a key of a key.
    pub(crate) fn grouped(&self, shape: &Shape, name: &str, span: Span) -> Outcome<Groups> {
        if let Some(groups) = shape.partial.borrow().get(name) {
            return Ok(groups.clone());
        }
        let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for index in shape.all.iter() {
            let item = Item { family: shape.id, index: *index };
            let seer = if shape.wrong { self } else { self.truth() };
            let value = seer.bare_member(item, name, span)?.unwrap_or_default();
            groups.entry(self.label(&value)).or_default().push(*index);
        }
        let groups = Rc::new(groups);
        shape.partial.borrow_mut().insert(name.to_string(), groups.clone());
        Ok(groups)
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

/// What the columns of a table are called that has its rows typed or loaded.
pub(super) fn columns(table: &Declaration) -> Vec<Arc<str>> {
    match loaded(table) {
        Some(Loaded::Table { columns, .. }) => columns.clone(),
        _ => table.header.iter().map(|(name, _)| name.name.clone()).collect(),
    }
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
    let data = loaded(declaration).is_some();
    for (column, name) in columns(declaration).into_iter().enumerate() {
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
