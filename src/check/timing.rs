//! What can be said about moments without a seed: when something surely happens, and how soon a person can answer.

use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, Program, Target};
use crate::syntax::{Expr, ExprKind, Loaded, Operator};
use crate::value::calendar::WorkingCalendar;
use crate::value::{Date, Duration, Moment, Month, Time, Value, usual};

/// The month of the world, its working days and its first instant.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    pub(crate) month: Option<Month>,
    pub(crate) calendar: WorkingCalendar,
    pub(crate) starts: Option<Moment>,
}

impl Clock {
    /// Reads the world's own properties, as far as they are typed.
    pub(crate) fn of(program: &Program) -> Clock {
        let world = program.get(program.world);
        let month = world.field("month").and_then(|field| match field.value.kind {
            ExprKind::Month(month) => Some(month),
            _ => None,
        });
        let holidays = world.field("holidays").map(|field| dates(program, world, &field.value)).unwrap_or_default();
        let mut clock =
            Clock { month, calendar: WorkingCalendar { holidays: holidays.into_iter().collect() }, starts: None };
        let stated = world.field("starts").and_then(|field| clock.moment(program, world, &field.value));
        clock.starts = stated.or_else(|| Some(clock.workday(1)?.at(owner_hours(program).0)));
        clock
    }

    fn workday(&self, n: u32) -> Option<Date> {
        self.calendar.workday(n, self.month?)
    }

    /// The moment an expression gives at every seed; nothing if that depends on a seed or a loop.
    pub(crate) fn moment(&self, program: &Program, from: &Declaration, expr: &Expr) -> Option<Moment> {
        Reader { clock: self, program }.moment(from, expr, 0)
    }

    /// When a person who gets a message at `asked` has answered: her delay, her hours, her absence [P3].
    pub(crate) fn answered(&self, program: &Program, person: &Declaration, asked: Moment) -> Option<Moment> {
        let delay = person.field("replies").map_or(Some(usual::REPLIES), |field| match field.value.kind {
            ExprKind::Duration(delay) => Some(delay),
            _ => None,
        })?;
        let hours = hours_of(person);
        let away: Vec<Date> =
            person.field("away").map(|field| self.days(program, person, &field.value)).unwrap_or_default();
        self.at_work(asked.plus(delay)?, hours, &away)
    }

    fn at_work(&self, moment: Moment, hours: (Time, Time), away: &[Date]) -> Option<Moment> {
        let mut date = moment.date();
        for _ in 0..400 {
            let earliest = if date == moment.date() { moment.max(date.at(hours.0)) } else { date.at(hours.0) };
            if self.calendar.is_workday(date) && !away.contains(&date) && earliest <= date.at(hours.1) {
                return Some(earliest);
            }
            date = date.plus_days(1)?;
        }
        None
    }

    /// Days listed or ranged over.
    fn days(&self, program: &Program, from: &Declaration, expr: &Expr) -> Vec<Date> {
        match &expr.kind {
            ExprKind::List(items) => items.iter().flat_map(|item| self.days(program, from, item)).collect(),
            ExprKind::Range(first, last) => {
                let ends = (self.moment(program, from, first), self.moment(program, from, last));
                let (Some(first), Some(last)) = ends else { return Vec::new() };
                (first.date().0..=last.date().0.min(first.date().0 + 400)).map(Date).collect()
            }
            _ => self.moment(program, from, expr).map(|moment| moment.date()).into_iter().collect(),
        }
    }
}

/// Follows names to typed moments.
struct Reader<'a> {
    clock: &'a Clock,
    program: &'a Program,
}

impl Reader<'_> {
    fn moment(&self, from: &Declaration, expr: &Expr, depth: u32) -> Option<Moment> {
        if depth > 16 {
            return None;
        }
        match &expr.kind {
            ExprKind::WorkingDay(n, time) => Some(self.clock.workday(*n)?.at(time.unwrap_or(Time(0)))),
            ExprKind::Date(date) => Some(date.at(Time(0))),
            ExprKind::Moment(date, time) => Some(date.at(*time)),
            ExprKind::Binary(Operator::Add, left, right) => self.later(from, left, right, depth),
            ExprKind::Name(name) => self.named(from, name, depth),
            ExprKind::Member(base, field) => {
                let block = block_named(self.program, from, base)?;
                let field = block.field(&field.name).filter(|field| !field.draw)?;
                self.moment(block, &field.value, depth + 1)
            }
            _ => None,
        }
    }

    fn later(&self, from: &Declaration, left: &Expr, right: &Expr, depth: u32) -> Option<Moment> {
        let moment = self.moment(from, left, depth + 1)?;
        match right.kind {
            ExprKind::Time(time) => moment.plus(Duration(i64::from(time.0))),
            ExprKind::Duration(duration) => moment.plus(duration),
            _ => None,
        }
    }

    fn named(&self, from: &Declaration, name: &str, depth: u32) -> Option<Moment> {
        if name == "due"
            && let Some(objective) = enclosing(self.program, from.id, Kind::Objective)
        {
            return self.moment(objective, &objective.field("due")?.value, depth + 1);
        }
        let named = top(self.program, from, name)?;
        match named.kind {
            Kind::Let if !named.draw && named.params.is_none() => self.moment(named, named.value.as_ref()?, depth + 1),
            _ => None,
        }
    }
}

/// Dates typed as a list, under a name, or loaded.
fn dates(program: &Program, from: &Declaration, expr: &Expr) -> Vec<Date> {
    match &expr.kind {
        ExprKind::Date(date) => vec![*date],
        ExprKind::List(items) => items.iter().flat_map(|item| dates(program, from, item)).collect(),
        ExprKind::Loaded(loaded) => match &**loaded {
            Loaded::List { items, .. } => {
                items.iter().filter_map(|item| if let Value::Date(date) = item { Some(*date) } else { None }).collect()
            }
            _ => Vec::new(),
        },
        ExprKind::Name(_) | ExprKind::Member(..) => match block_named(program, from, expr) {
            Some(named) if named.kind == Kind::Let => {
                named.value.as_ref().map(|value| dates(program, named, value)).unwrap_or_default()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A person's working hours, as typed or by default [P7].
fn hours_of(person: &Declaration) -> (Time, Time) {
    let typed = person.field("hours").and_then(|field| match &field.value.kind {
        ExprKind::Range(from, to) => match (&from.kind, &to.kind) {
            (ExprKind::Time(from), ExprKind::Time(to)) => Some((*from, *to)),
            _ => None,
        },
        _ => None,
    });
    typed.unwrap_or(usual::HOURS)
}

fn owner_hours(program: &Program) -> (Time, Time) {
    let world = program.get(program.world);
    let owner = world.field("owner").and_then(|field| block_named(program, world, &field.value));
    owner.map_or(usual::HOURS, hours_of)
}

/// The block that a dotted path names.
pub(crate) fn block_named<'p>(program: &'p Program, from: &Declaration, expr: &Expr) -> Option<&'p Declaration> {
    match &expr.kind {
        ExprKind::Name(name) => top(program, from, name),
        ExprKind::Member(base, name) => match module_named(program, from, base) {
            Some(module) => target(program, module, &name.name),
            None => {
                let block = block_named(program, from, base)?;
                let mut children = block.children.iter().map(|id| program.get(*id));
                children.find(|child| child.name.as_ref().is_some_and(|own| own.name == name.name))
            }
        },
        ExprKind::Call(callee, _) => block_named(program, from, callee),
        _ => None,
    }
}

fn module_named(program: &Program, from: &Declaration, expr: &Expr) -> Option<crate::resolve::program::ModuleId> {
    let ExprKind::Name(name) = &expr.kind else { return None };
    match program.modules[from.module.0 as usize].names.get(name) {
        Some(Target::Module(module)) => Some(*module),
        _ => None,
    }
}

fn target<'p>(program: &'p Program, module: crate::resolve::program::ModuleId, name: &str) -> Option<&'p Declaration> {
    match program.modules[module.0 as usize].names.get(name) {
        Some(Target::Declaration(id)) => Some(program.get(*id)),
        _ => None,
    }
}

/// The declaration at the top level of a block's file, or a part of the blocks around it.
fn top<'p>(program: &'p Program, from: &Declaration, name: &str) -> Option<&'p Declaration> {
    let parts = program.lineage(from).flat_map(|block| &block.children).map(|id| program.get(*id));
    let mut named = parts.filter(|part| part.name.as_ref().is_some_and(|own| &*own.name == name));
    named.next().or_else(|| target(program, from.module, name))
}

/// The block of that kind around a declaration, or itself.
pub(crate) fn enclosing(program: &Program, from: DeclarationId, kind: Kind) -> Option<&Declaration> {
    program.lineage(program.get(from)).find(|block| block.kind == kind)
}
