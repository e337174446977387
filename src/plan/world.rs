//! The world block and its people, filled in for one seed.

use std::collections::BTreeMap;

use crate::eval::{Evaluator, Fault, Outcome, Scope};
use crate::forms::tools::TOOLS;
use crate::forms::{Kind, did_you_mean};
use crate::plan::disk::moment_of;
use crate::plan::types::{Correspondent, Os, Person, World};
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};
use crate::value::{Date, Duration, Item, Moment, Number, Time, Value, usual};

use super::Planner;

/// Seconds that a call takes at least.
const LEAST: i64 = 10;
/// Thousandths of tidiness when the spec does not say [P7].
const TIDINESS: u32 = 700;

impl Planner<'_> {
    /// Everybody, in the order of their names in the spec.
    pub(super) fn plan_people(&mut self) -> Outcome<()> {
        for declaration in self.blocks(Kind::Persona) {
            let shape = self.eval.family(declaration.id, &[], declaration.head)?;
            let item = Item { family: shape.id, index: 0 };
            match self.person(declaration, item) {
                Ok(person) => {
                    self.person_items.push(item);
                    self.plan.people.push(person);
                }
                Err(fault) => self.report(fault),
            }
        }
        for index in 0..self.person_items.len() {
            let manager = self.property(self.person_items[index], "manager")?;
            self.plan.people[index].manager = self.person_of(&manager);
        }
        Ok(())
    }

    fn person(&self, declaration: &Declaration, item: Item) -> Outcome<Person> {
        let span = declaration.head;
        let text = |name: &str| self.eval.item_text(item, name, span).map(Option::unwrap_or_default);
        let hours = self.eval.hours(item)?;
        Ok(Person {
            id: declaration.name.as_ref().map(|name| name.name.to_string()).unwrap_or_default(),
            name: text("name")?,
            first: text("first")?,
            last: text("last")?,
            initials: text("initials")?,
            email: text("email")?,
            account: text("account")?,
            role: text("role")?,
            company: text("company")?,
            manager: None,
            tone: text("tone")?,
            replies: match self.property(item, "replies")? {
                Value::Duration(duration) => duration.0,
                _ => usual::REPLIES.0,
            },
            hours,
            away: days(&self.property(item, "away")?),
            tidiness: match self.property(item, "tidiness")? {
                Value::Number(share) => thousandths(share).unwrap_or(TIDINESS),
                _ => TIDINESS,
            },
            sign_off: self.sign_off(item)?,
            habits: self.habits(item)?,
            about: self.about(declaration, item)?,
            tells: Vec::new(),
        })
    }

    /// What a persona file or block says beyond the known properties.
    fn about(&self, declaration: &Declaration, item: Item) -> Outcome<BTreeMap<String, String>> {
        let mut about = BTreeMap::new();
        for field in &declaration.fields {
            if crate::forms::has_property(Kind::Persona, &field.name.name) || &*field.name.name == "from" {
                continue;
            }
            let value = self.eval.item_member(item, &field.name)?;
            about.insert(field.name.name.to_string(), self.eval.plain_text(&value)?.into_owned());
        }
        Ok(about)
    }

    /// The position of the person a value is.
    pub(super) fn person_of(&self, value: &Value) -> Option<usize> {
        match value {
            Value::Item(item) => self.person_items.iter().position(|person| person == item),
            _ => None,
        }
    }

    /// People and strangers of a value.
    pub(super) fn correspondents(&self, value: &Value, declaration: &Declaration) -> Outcome<Vec<Correspondent>> {
        Ok(match value {
            Value::None => Vec::new(),
            Value::Correspondent(stranger) => {
                vec![Correspondent::Outside { name: stranger.0.to_string(), email: stranger.1.to_string() }]
            }
            Value::List(items) => {
                let lists: Outcome<Vec<Vec<Correspondent>>> =
                    items.iter().map(|item| self.correspondents(item, declaration)).collect();
                lists?.concat()
            }
            person => match self.person_of(person) {
                Some(person) => vec![Correspondent::Person(person)],
                None => return Err(self.eval.type_fault(declaration.head, "a persona or `outside(…)`", person)),
            },
        })
    }
}

/// The world block; people must be planned.
pub(super) fn world(eval: &Evaluator<'_>, owner: usize, account: &str) -> Outcome<World> {
    let declaration = eval.program.get(eval.program.world);
    let span = declaration.head;
    let setting = eval.setting()?;
    let text = |name: &str, default: &str| -> Outcome<String> {
        Ok(eval.world_text(name, span)?.unwrap_or_else(|| default.to_string()))
    };
    let os = match text("os", "windows")?.as_str() {
        "windows" => Os::Windows,
        "macos" => Os::Macos,
        "linux" => Os::Linux,
        other => {
            return Err(Fault::wrong("E0121", span, format!("no system is called `{other}`: windows, macos or linux")));
        }
    };
    let member = |name: &str| {
        let ident = crate::syntax::Ident { name: name.into(), span };
        eval.item_member(eval.world_item()?, &ident)
    };
    let locale = text("locale", "en-US")?;
    Ok(World {
        name: declaration.name.as_ref().map(|name| name.name.to_string()).unwrap_or_default(),
        title: match &declaration.label {
            Some(label) => eval.printed(label, &crate::eval::Scope::top(declaration.module))?.text,
            None => String::new(),
        },
        owner,
        language: text("language", locale.split('-').next().unwrap_or("en"))?,
        locale,
        timezone: text("timezone", "UTC")?,
        currency: setting.currency.clone(),
        month: setting.month,
        starts: moment_of(&member("starts")?, usual::MORNING)
            .unwrap_or(Moment::new(setting.month.first(), usual::MORNING)),
        ends: Moment::new(setting.month.last(), Time::END),
        holidays: setting.calendar.holidays.iter().copied().collect(),
        company: text("company", "")?,
        domain: text("domain", "")?,
        home: home(os, account),
        costs: costs(eval, declaration)?,
        os,
    })
}

/// What tools take where the spec says it: no call is free [C3].
fn costs(eval: &Evaluator<'_>, declaration: &Declaration) -> Outcome<BTreeMap<String, i64>> {
    let Some(field) = declaration.field("costs") else { return Ok(BTreeMap::new()) };
    let ExprKind::Map(entries) = &field.value.kind else {
        return Err(Fault::wrong("E0203", field.value.span, "`costs` is a map of tools and durations"));
    };
    let scope = Scope::top(declaration.module);
    let cost = |(name, lasts): &(Expr, Expr)| {
        let tool = eval.printed(name, &scope)?.text;
        if !TOOLS.contains(&tool.as_str()) {
            let near = did_you_mean(&tool, TOOLS).map(|near| format!("; did you mean `{near}`?"));
            let message = format!("there is no tool `{tool}`{}", near.unwrap_or_default());
            return Err(Fault::wrong("E0121", name.span, message));
        }
        match eval.value(lasts, &scope)? {
            Value::Duration(Duration(seconds)) if seconds >= LEAST => Ok((tool, seconds)),
            Value::Duration(_) => Err(Fault::wrong("E0121", lasts.span, "a call takes at least ten seconds")),
            other => Err(eval.type_fault(lasts.span, "a duration", &other)),
        }
    };
    entries.iter().map(cost).collect()
}

/// The owner's home as a storage path [X8].
fn home(os: Os, account: &str) -> String {
    match os {
        Os::Windows => format!("C/Users/{account}"),
        Os::Macos => format!("Users/{account}"),
        Os::Linux => format!("home/{account}"),
    }
}

/// Days of a list of dates, or one date.
pub(super) fn days(value: &Value) -> Vec<Date> {
    match value {
        Value::Date(date) => vec![*date],
        Value::Moment(moment) => vec![moment.date()],
        Value::List(items) => items.iter().flat_map(days).collect(),
        _ => Vec::new(),
    }
}

fn thousandths(share: Number) -> Option<u32> {
    let thousandths = share.multiply(Number::from_i64(1000)).ok()?.round(0).to_i64()?;
    u32::try_from(thousandths).ok()
}

/// The place of a property for messages: its value where set, else the block's head.
pub(super) fn property_span(declaration: &Declaration, name: &str) -> Span {
    declaration.field(name).map_or(declaration.head, |field| field.value.span)
}
