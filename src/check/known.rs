//! What the checker knows about an expression without a seed: its type, and which secrets it would give away.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::forms::Kind;
use crate::resolve::program::{DeclarationId, ModuleId};
use crate::source::Span;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Not known, because an error was already reported or data is free there; fits everywhere.
    Unknown,
    None,
    Bool,
    Number,
    Text,
    Date,
    Month,
    Time,
    Moment,
    Duration,
    /// Of times or moments.
    Interval(Box<Type>),
    List(Box<Type>),
    /// `{ key: value, … }`.
    Map(Box<Type>, Box<Type>),
    Row(Family),
    Rows(Family),
    /// Some member of any family of that kind: what a list of several personas holds.
    Item(Kind),
    /// A template (`from = note`, `note(m)`) with its arguments.
    Applied(Family),
    Distribution(Box<Type>),
    Module(ModuleId),
    /// A declaration with parameters that was not called.
    Function(DeclarationId),
    /// The world and its properties.
    World,
    /// Something only the run knows (`value(…)`, `words`): a number, text or date.
    Reading,
}

/// A declaration together with the arguments it was called with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Family {
    pub(crate) declaration: DeclarationId,
    pub(crate) arguments: Arc<[Known]>,
    /// How many calls stand inside each other in the arguments.
    pub(crate) depth: u32,
}

/// Calls nested deeper than this are told apart no more, so that types stay small.
const DEEPEST_ARGUMENTS: u32 = 6;

impl Family {
    /// The family of a declaration called with these arguments.
    pub(crate) fn called(declaration: DeclarationId, arguments: Vec<Known>) -> Family {
        let depth = arguments.iter().map(|argument| argument.ty.depth()).max().unwrap_or(0) + 1;
        let forget = |known: Known| if depth > DEEPEST_ARGUMENTS { known.typed(Type::Unknown) } else { known };
        let arguments: Vec<Known> = arguments.into_iter().map(forget).collect();
        Family { declaration, arguments: Arc::from(arguments), depth: depth.min(DEEPEST_ARGUMENTS) }
    }

    /// The family of a declaration without parameters.
    pub(crate) fn plain(declaration: DeclarationId) -> Family {
        Family { declaration, arguments: Arc::from([]), depth: 0 }
    }
}

/// A fact that is sealed by its author: a `secret`, or a secret column of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Secret {
    pub(crate) declaration: DeclarationId,
    pub(crate) column: Option<Arc<str>>,
}

/// How a secret reaches an expression; the most direct way counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Via {
    /// Its value, or something calculated from it.
    Value,
    /// A condition, a weight or a choice that depends on it.
    Condition,
    /// How many there are.
    Count,
    /// In which order they stand.
    Order,
}

/// How and where a secret entered an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) via: Via,
    pub(crate) span: Span,
}

/// The secrets that an expression depends on.
pub(crate) type Seal = BTreeMap<Secret, Entry>;

/// What is known of one expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub(crate) ty: Type,
    pub(crate) seal: Seal,
    /// Whether it depends on any fact that is open, or on a draw; for secrets that are none.
    pub(crate) reads: Reads,
}

/// What an expression was made of, for the question whether a secret could be recomputed from open facts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reads {
    pub(crate) facts: bool,
    pub(crate) draws: bool,
}

impl Known {
    /// An open value of that type.
    pub(crate) fn of(ty: Type) -> Known {
        Known { ty, seal: Seal::new(), reads: Reads::default() }
    }

    /// Nothing is known; no further error will be reported about it.
    pub(crate) fn unknown() -> Known {
        Known::of(Type::Unknown)
    }

    /// The same with another type.
    pub(crate) fn typed(mut self, ty: Type) -> Known {
        self.ty = ty;
        self
    }

    /// Takes over what `other` depends on.
    pub(crate) fn add(&mut self, other: &Known) {
        merge(&mut self.seal, &other.seal);
        self.reads.facts |= other.reads.facts;
        self.reads.draws |= other.reads.draws;
    }

    /// Takes over what `other` depends on, as something that only decided about this value.
    pub(crate) fn add_via(&mut self, other: &Known, via: Via) {
        let mut other = other.clone();
        other.through(via);
        self.add(&other);
    }

    /// Marks every secret as having passed through a condition, a count or an order.
    pub(crate) fn through(&mut self, via: Via) {
        for entry in self.seal.values_mut() {
            entry.via = entry.via.max(via);
        }
    }

    /// Says that the secrets are met at `span`: a name was read or a function called there.
    pub(crate) fn met_at(mut self, span: Span) -> Known {
        for entry in self.seal.values_mut() {
            entry.span = span;
        }
        self
    }

    /// Whether it depends on a secret.
    pub(crate) fn sealed(&self) -> bool {
        !self.seal.is_empty()
    }
}

/// Adds the secrets of `other`, keeping the most direct way of each.
pub(crate) fn merge(seal: &mut Seal, other: &Seal) {
    for (secret, entry) in other {
        let kept = seal.entry(secret.clone()).or_insert(*entry);
        if entry.via < kept.via {
            *kept = *entry;
        }
    }
}

impl Type {
    /// How many calls stand inside each other in it.
    fn depth(&self) -> u32 {
        match self {
            Type::Row(family) | Type::Rows(family) | Type::Applied(family) => family.depth,
            Type::List(of) | Type::Distribution(of) | Type::Interval(of) => of.depth(),
            Type::Map(keys, values) => keys.depth().max(values.depth()),
            _ => 0,
        }
    }

    /// A list of that type.
    pub(crate) fn list(of: Type) -> Type {
        Type::List(Box::new(of))
    }

    /// Whether it may stand where anything may: unknown, `none`, or read only in the run.
    pub(crate) fn is_free(&self) -> bool {
        matches!(self, Type::Unknown | Type::None | Type::Reading)
    }

    /// What a `for` over it binds; nothing if it cannot be run over.
    pub(crate) fn element(&self) -> Option<Type> {
        match self {
            Type::Unknown | Type::Reading => Some(Type::Unknown),
            Type::None => Some(Type::None),
            Type::List(of) => Some((**of).clone()),
            Type::Rows(family) => Some(Type::Row(family.clone())),
            Type::Distribution(of) => of.element(),
            _ => None,
        }
    }

    /// The least type that holds both; nothing if there is none.
    pub(crate) fn join(&self, other: &Type, kind: impl Fn(DeclarationId) -> Kind + Copy) -> Option<Type> {
        use Type::*;
        Some(match (self, other) {
            (Unknown, _) | (_, Unknown) => Unknown,
            (None, known) | (known, None) => known.clone(),
            (Reading, known) | (known, Reading) => known.clone(),
            (List(a), List(b)) => Type::list(a.join(b, kind)?),
            (Map(a, b), Map(c, d)) => Map(Box::new(a.join(c, kind)?), Box::new(b.join(d, kind)?)),
            (Row(a), Row(b)) if a.declaration == b.declaration => Row(a.clone()),
            (Rows(a), Rows(b)) if a.declaration == b.declaration => Rows(a.clone()),
            (Row(a), Row(b)) if kind(a.declaration) == kind(b.declaration) && kind(a.declaration) != Kind::Table => {
                Item(kind(a.declaration))
            }
            (Row(a), Item(k)) | (Item(k), Row(a)) if kind(a.declaration) == *k => Item(*k),
            (Rows(a), Rows(b)) if kind(a.declaration) == kind(b.declaration) => Type::list(Item(kind(a.declaration))),
            (List(of), Rows(a)) | (Rows(a), List(of)) => Type::list(of.join(&Row(a.clone()), kind)?),
            (Date, Moment) | (Moment, Date) => Moment,
            (Distribution(a), b) | (b, Distribution(a)) => a.join(b, kind)?,
            (a, b) if a == b => a.clone(),
            _ => return Option::None,
        })
    }
}
