//! Families: every declaration as a list of turns with fields. A table's rows, a person, the files of a loop and the
//! mails of a year are all turns of some family; their fields are computed when asked for and kept.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::cycle::Step;
use super::{Evaluator, Outcome};
use crate::draw::{Key, Ticket};
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, Source};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident, Loaded};
use crate::value::{Item, Rows, Value};

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
    /// A turn of which nothing was drawn yet.
    pub(super) fn new(locals: Vec<Value>, keys: Vec<Value>, label: String) -> Turn {
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

    fn make_shape(&self, id: DeclarationId, arguments: &[Value], span: Span) -> Outcome<Shape> {
        let declaration = self.program.get(id);
        let (keys, members, sources) = members_of(declaration);
        let mut address = self.address(id);
        if !arguments.is_empty() {
            let labels: Vec<String> = arguments.iter().map(|argument| self.label(argument)).collect();
            address = format!("{address}[{}]", labels.join(","));
        }
        let turns = self.turns(declaration, arguments, span)?;
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
