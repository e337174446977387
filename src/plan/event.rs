//! The calendar: what takes place when, with whom.

use crate::diag::Diagnostic;
use crate::eval::{Fault, Outcome};
use crate::forms::Kind;
use crate::plan::blocks::chronological;
use crate::plan::disk::moment_of;
use crate::plan::types::{Correspondent, Event, Words};
use crate::plan::world::{days, property_span};
use crate::plan::{Planner, content};
use crate::resolve::program::Declaration;
use crate::value::{Item, Moment, Value, usual};

/// Seconds an event lasts when the spec does not say [P6].
const LASTS: i64 = 3600;

impl Planner<'_> {
    /// All events that take place at this seed.
    pub(super) fn plan_events(&mut self) -> Outcome<()> {
        let events = self.each_of(Kind::Event, |planner, declaration, item| {
            let event = planner.event(declaration, item)?;
            Ok((!event.at.is_empty()).then_some(event))
        })?;
        self.plan.events = chronological(events, |event| (event.at[0], &event.address));
        Ok(())
    }

    fn event(&self, declaration: &Declaration, item: Item) -> Outcome<Event> {
        let mut who = vec![self.owner];
        for person in self.correspondents(&self.property(item, "who")?, declaration)? {
            if let Correspondent::Person(person) = person
                && !who.contains(&person)
            {
                who.push(person);
            }
        }
        let title = match (&declaration.label, declaration.field("title")) {
            (_, Some(_)) => self.printed(item, "title")?,
            (Some(label), None) => content::words(self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?),
            _ => Words::default(),
        };
        Ok(Event {
            address: self.address(item),
            title,
            body: self.printed(item, "body")?,
            who,
            at: self.occurrences(declaration, item)?,
            lasts: match self.property(item, "lasts")? {
                Value::Duration(lasts) => lasts.0,
                _ => LASTS,
            },
            invited: moment_of(&self.property(item, "invited")?, usual::MORNING).unwrap_or(self.plan.world.starts),
            when: self.condition(item, declaration)?,
        })
    }

    /// When an event takes place: one moment, or a series of days at a time [T5].
    fn occurrences(&self, declaration: &Declaration, item: Item) -> Outcome<Vec<Moment>> {
        let at = self.property(item, "at")?;
        let series = self.property(item, "on")?;
        let time = match at {
            Value::Time(time) => time,
            _ => usual::MORNING,
        };
        if series != Value::None {
            return Ok(days(&series).into_iter().map(|day| Moment::new(day, time)).collect());
        }
        match &at {
            Value::None => Ok(Vec::new()),
            Value::Time(_) => Err(Fault::from(
                Diagnostic::error("E0221", property_span(declaration, "at"), "this event has a time but no day")
                    .help("add `on = dates(…)`, or write a moment such as `at = wd4 10:00`"),
            )),
            other => match moment_of(other, time) {
                Some(moment) => Ok(vec![moment]),
                None => Err(self.eval.type_fault(property_span(declaration, "at"), "a moment", other)),
            },
        }
    }
}
