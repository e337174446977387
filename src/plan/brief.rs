//! What every brief must say: paths, recipients, limits and dates that the checks stand on, as a list below the mail
//! that asks for the work [S4].

use crate::document::Facts;
use crate::eval::{Outcome, facts_of};
use crate::forms::Kind;
use crate::plan::types::{Check, Correspondent, Deliver, DeliverTarget, Milestone, Objective, Os, Words};
use crate::plan::{Planner, path};
use crate::value::{Duration, FactId, Item, Moment, Value};

/// Whether a fact, by declaration and member, depends on a secret.
pub(super) type Sealed<'a> = &'a dyn Fn(u32, &str) -> bool;

impl Planner<'_> {
    /// Adds its list to the brief of every objective.
    pub(super) fn complete_briefs(&mut self, sealed: Sealed<'_>) -> Outcome<()> {
        for (_, item) in self.items_of(Kind::Objective)? {
            let name = self.address(item);
            let Some(objective) = self.plan.objectives.iter().find(|objective| objective.name == name) else {
                continue;
            };
            let Some(brief) = objective.brief else { continue };
            let list = self.brief_list(item, objective, sealed)?;
            let Some(message) = self.plan.messages.get_mut(brief) else { continue };
            message.body.append(&list);
        }
        Ok(())
    }

    fn brief_list(&self, item: Item, objective: &Objective, sealed: Sealed<'_>) -> Outcome<Words> {
        let mut list = Words::default();
        list.plain("\n\nTo hand in by ");
        self.date(&mut list, objective.due, self.member_facts(item, "due"))?;
        list.plain(":");
        for (deliver, part) in objective.delivers.iter().zip(self.parts(item, Kind::Deliver)?) {
            list.plain("\n- ");
            self.target_line(&mut list, deliver, part)?;
            self.limits(&mut list, deliver, sealed)?;
        }
        if !objective.milestones.is_empty() {
            list.plain("\nOn the way:");
        }
        for (milestone, part) in objective.milestones.iter().zip(self.parts(item, Kind::Milestone)?) {
            list.plain("\n- ");
            self.milestone_line(&mut list, milestone, part)?;
        }
        if let (Some(late), Some(part)) = (&objective.late, self.parts(item, Kind::Late)?.first()) {
            list.plain("\nLater work still counts for ");
            list.printed(&self.eval.plain_text(&late.credit)?, self.member_facts(*part, "credit"));
            list.plain(" until ");
            self.date(&mut list, late.until, self.member_facts(*part, "until"))?;
        }
        list.plain("\n");
        Ok(list)
    }

    fn target_line(&self, list: &mut Words, deliver: &Deliver, part: Item) -> Outcome<()> {
        match &deliver.target {
            DeliverTarget::File(stored) => list.printed(&self.shown_path(stored), self.label_facts(part)?),
            DeliverTarget::Mail { to } => {
                list.plain("a mail to ");
                self.people(list, to);
            }
            DeliverTarget::Meeting { who, from, until } => {
                list.plain("a meeting with ");
                let guests: Vec<Correspondent> = who.iter().map(|person| Correspondent::Person(*person)).collect();
                self.people(list, &guests);
                list.plain(" between ");
                self.date(list, *from, self.member_facts(part, "at"))?;
                list.plain(" and ");
                self.date(list, *until, self.member_facts(part, "at"))?;
            }
        }
        Ok(())
    }

    fn milestone_line(&self, list: &mut Words, milestone: &Milestone, part: Item) -> Outcome<()> {
        list.plain(&milestone.name.replace('_', " "));
        list.plain(" by ");
        self.date(list, milestone.by, self.member_facts(part, "by"))?;
        let mut mails = Vec::new();
        milestone.checks.iter().for_each(|judged| sent_words(&judged.check, &mut mails));
        for arguments in mails {
            let argument = |label: &str| {
                let found = arguments.iter().find(|(name, _)| name.as_deref() == Some(label));
                found.and_then(|(_, check)| match check {
                    Check::Known { value, .. } => Some(value),
                    _ => None,
                })
            };
            let to = argument("to").map(|value| self.correspondents(value, self.eval.declaration_of(part)));
            if let Some(to) = to.transpose()? {
                list.plain(", a mail to ");
                self.people(list, &to);
            }
            if let Some(Value::Item(file)) = argument("attached") {
                self.attached_file(list, *file)?;
            }
        }
        Ok(())
    }

    fn attached_file(&self, list: &mut Words, file: Item) -> Outcome<()> {
        let Some(label) = &self.eval.declaration_of(file).label else { return Ok(()) };
        let text = self.eval.in_scope(file, |scope| self.eval.printed(label, scope))?.text;
        list.plain(" with ");
        list.printed(path::split_folder(&text).1, self.label_facts(file)?);
        Ok(())
    }

    /// Limits of length that its checks state, in brackets.
    fn limits(&self, list: &mut Words, deliver: &Deliver, sealed: Sealed<'_>) -> Outcome<()> {
        let mut limits = Vec::new();
        deliver.checks.iter().for_each(|judged| stated_limits(&judged.check, &mut limits));
        let open = |facts: &Facts| !facts.iter().any(|fact| self.is_sealed(*fact, sealed));
        limits.retain(|limit| open(limit.facts));
        for (position, limit) in limits.iter().enumerate() {
            list.plain(if position == 0 { " (" } else { ", " });
            let ends = match limit.value {
                Value::Interval(ends) => format!("{} to {}", self.amount(&ends.0)?, self.amount(&ends.1)?),
                one => format!("{}{}", degree(limit.operator), self.amount(one)?),
            };
            list.printed(&ends, limit.facts.clone());
            list.plain(unit(limit.word));
        }
        if !limits.is_empty() {
            list.plain(")");
        }
        Ok(())
    }

    fn amount(&self, value: &Value) -> Outcome<String> {
        match value {
            Value::Number(number) => Ok(self.eval.setting()?.locale.number(number)),
            Value::Duration(duration) => Ok(spoken(*duration)),
            other => Ok(self.eval.plain_text(other)?.into_owned()),
        }
    }

    fn is_sealed(&self, fact: FactId, sealed: Sealed<'_>) -> bool {
        let Some(place) = self.eval.facts().get(fact.0 as usize).copied() else { return false };
        let shape = self.eval.shape(place.item.family);
        self.eval.fact_origin(place).1 || sealed(shape.declaration.0, &shape.members[place.member as usize])
    }

    /// A storage path as the owner sees it, from home where it lies there.
    fn shown_path(&self, stored: &str) -> String {
        let world = &self.plan.world;
        match stored.strip_prefix(&format!("{}/", world.home)) {
            Some(rest) if world.os == Os::Windows => rest.replace('/', "\\"),
            Some(rest) => rest.to_string(),
            None => path::shown(stored, world.os),
        }
    }

    fn people(&self, list: &mut Words, people: &[Correspondent]) {
        for (position, correspondent) in people.iter().enumerate() {
            list.plain(match position {
                0 => "",
                _ if position + 1 == people.len() => " and ",
                _ => ", ",
            });
            match correspondent {
                Correspondent::Person(person) => {
                    let facts = self.member_facts(self.person_items[*person], "name");
                    list.printed(&self.plan.people[*person].name, facts);
                }
                Correspondent::Outside { name, email } => list.plain(&format!("{name} <{email}>")),
            }
        }
    }

    /// A moment in the world's language; the last instant of a day is that day.
    fn date(&self, list: &mut Words, at: Moment, facts: Facts) -> Outcome<()> {
        let day = self.eval.setting()?.language.day(at.date());
        let whole = at.time() == crate::value::Time::END || at.time() == crate::value::Time::START;
        let text = if whole { day } else { format!("{day}, {}", at.time()) };
        list.printed(&text, facts);
        Ok(())
    }

    /// The facts that a file's path prints.
    fn label_facts(&self, item: Item) -> Outcome<Facts> {
        let Some(label) = &self.eval.declaration_of(item).label else { return Ok(Facts::default()) };
        let printed = self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?;
        Ok(facts_of(printed.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied()).collect()))
    }
}

/// A limit of length that a check states.
struct Limit<'a> {
    word: &'a str,
    operator: &'a str,
    value: &'a Value,
    facts: &'a Facts,
}

fn stated_limits<'a>(check: &'a Check, limits: &mut Vec<Limit<'a>>) {
    match check {
        Check::All(parts) => parts.iter().for_each(|part| stated_limits(part, limits)),
        Check::Compare { operator, left, right, .. } => {
            if let (Check::Word { name, of: None, .. }, Check::Known { value, facts }) = (&**left, &**right)
                && matches!(name.as_str(), "words" | "slides" | "pages" | "lasts" | "copied")
            {
                limits.push(Limit { word: name, operator, value, facts });
            }
        }
        _ => {}
    }
}

/// The mails that a check asks for.
fn sent_words<'a>(check: &'a Check, found: &mut Vec<&'a [(Option<String>, Check)]>) {
    match check {
        Check::All(parts) => parts.iter().for_each(|part| sent_words(part, found)),
        Check::Word { name, arguments, .. } if name == "sent" => found.push(arguments),
        _ => {}
    }
}

fn degree(operator: &str) -> &'static str {
    match operator {
        "<" => "less than ",
        "<=" => "at most ",
        ">" => "more than ",
        ">=" => "at least ",
        "!=" => "not ",
        _ => "",
    }
}

fn unit(word: &str) -> &'static str {
    match word {
        "words" => " words",
        "slides" => " slides",
        "pages" => " pages",
        "copied" => " copied from other files",
        _ => "",
    }
}

/// A duration in English words: 1 hour 30 minutes.
fn spoken(duration: Duration) -> String {
    let minutes = duration.0 / 60;
    let counted = |count: i64, unit: &str| match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{count} {unit}s")),
    };
    let parts = [counted(minutes / 60, "hour"), counted(minutes % 60, "minute")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
