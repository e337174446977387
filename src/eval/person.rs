//! What derives from people and from the world block: names, addresses, defaults.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Evaluator, FactPlace, Fault, Outcome, Setting};
use crate::diag::Diagnostic;
use crate::forms::{Kind, did_you_mean};
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident};
use crate::value::calendar::WorkingCalendar;
use crate::value::comparison::fold;
use crate::value::language::Language;
use crate::value::locale::{Currency, Locale};
use crate::value::zone::Zone;
use crate::value::{Item, Moment, Number, Time, Value, usual};

/// How often a drawn name that clashes with another is drawn again.
const MOST_TRIES: u32 = 100;
/// Months that surroundings reach back when the world does not say.
const HISTORY: i32 = 14;

impl<'p> Evaluator<'p> {
    /// Members of people and of the world that no field holds.
    pub(super) fn derived(&self, item: Item, name: &str, span: Span) -> Outcome<Option<Value>> {
        match self.declaration_of(item).kind {
            Kind::Persona => self.derived_of_person(item, name, span),
            Kind::World => self.derived_of_world(item, name),
            _ => Ok(None),
        }
    }

    fn derived_of_person(&self, item: Item, name: &str, span: Span) -> Outcome<Option<Value>> {
        Ok(match name {
            "first" | "last" | "initials" | "email" | "account" => {
                let full = self.item_text(item, "name", span)?.unwrap_or_default();
                Some(Value::Text(self.name_part(item, name, &full, span)?.into()))
            }
            "company" => self.world_text("company", span)?.map(|text| Value::Text(text.into())),
            "sign_off" => Some(self.sign_off(item, span)?),
            _ => None,
        })
    }

    fn name_part(&self, item: Item, part: &str, full: &str, span: Span) -> Outcome<String> {
        let (first, last) = full.split_once(' ').unwrap_or((full, ""));
        Ok(match part {
            "first" => first.to_string(),
            "last" => last.to_string(),
            "initials" => full.split([' ', '-']).filter_map(|word| word.chars().next()).collect(),
            "account" => letters(first),
            _ => {
                let parts = [letters(first), letters(last)];
                let local: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
                format!("{}@{}", local.join("."), self.domain_of(item, span)?)
            }
        })
    }

    fn domain_of(&self, item: Item, span: Span) -> Outcome<String> {
        let company = self.item_text(item, "company", span)?;
        let own = self.world_text("company", span)?;
        match company.filter(|company| Some(company) != own.as_ref()) {
            Some(other) => Ok(format!("{}.example", hyphenated(&other))),
            None => match self.world_text("domain", span)? {
                Some(domain) => Ok(domain),
                None => Ok(format!("{}.example", hyphenated(&own.unwrap_or_default()))),
            },
        }
    }

    /// A text property of an item, `None` where it is not set.
    pub(crate) fn item_text(&self, item: Item, name: &str, span: Span) -> Outcome<Option<String>> {
        let member = Ident { name: Arc::from(name), span };
        match self.item_member(item, &member)? {
            Value::Text(text) => Ok(Some(text.to_string())),
            _ => Ok(None),
        }
    }

    /// The `world` block as an item.
    pub(crate) fn world_item(&self) -> Outcome<Item> {
        let shape = self.family(self.program.world, &[], self.program.get(self.program.world).head)?;
        Ok(Item { family: shape.id, index: 0 })
    }

    /// A text property of the world.
    pub(crate) fn world_text(&self, name: &str, span: Span) -> Outcome<Option<String>> {
        self.item_text(self.world_item()?, name, span)
    }

    fn derived_of_world(&self, item: Item, name: &str) -> Outcome<Option<Value>> {
        let setting = || self.setting();
        Ok(match name {
            "history" => Some(Value::Number(Number::from_i64(setting()?.history.into()))),
            "starts" => {
                let setting = setting()?;
                let day = setting.calendar.workday(1, setting.month).unwrap_or(setting.month.first());
                Some(Value::Moment(Moment::new(day, self.owner_hours(item)?.0)))
            }
            "ends" => Some(Value::Moment(Moment::new(setting()?.month.last(), Time::END))),
            _ => None,
        })
    }

    fn owner_hours(&self, world: Item) -> Outcome<(Time, Time)> {
        let span = self.program.get(self.program.world).head;
        match self.item_member(world, &Ident { name: Arc::from("owner"), span })? {
            Value::Item(owner) => self.hours(owner),
            _ => Ok(usual::HOURS),
        }
    }

    /// Working hours of a person; 09:00 to 17:30 unless stated [P7].
    pub(crate) fn hours(&self, person: Item) -> Outcome<(Time, Time)> {
        let span = self.declaration_of(person).head;
        match self.item_member(person, &Ident { name: Arc::from("hours"), span })? {
            Value::Interval(ends) => match &*ends {
                (Value::Time(from), Value::Time(to)) => Ok((*from, *to)),
                _ => Ok(usual::HOURS),
            },
            _ => Ok(usual::HOURS),
        }
    }

    pub(super) fn read_setting(&self) -> Outcome<Setting> {
        let world = self.program.get(self.program.world);
        let span = world.head;
        let text = |name: &str| self.world_text(name, span);
        let tag = text("locale")?.unwrap_or_else(|| "en-US".to_string());
        let locale = Locale::named(&tag).ok_or_else(|| unknown(world, "locale", &tag, Locale::tags()))?;
        let word = text("language")?.unwrap_or_else(|| tag.split('-').next().unwrap_or("en").to_string());
        let language = Language::named(&word).ok_or_else(|| unknown(world, "language", &word, Language::tags()))?;
        if let Some(zone) = text("timezone")?.filter(|zone| Zone::named(zone).is_none()) {
            return Err(unknown(world, "timezone", &zone, Zone::names()));
        }
        let month = match self.item_member(self.world_item()?, &Ident { name: Arc::from("month"), span })? {
            Value::Month(month) => month,
            _ => return Err(Fault::wrong("E0106", span, "the world needs its month, as `month = 2026-03`")),
        };
        let holidays = match self.item_member(self.world_item()?, &Ident { name: Arc::from("holidays"), span })? {
            Value::List(days) => days.iter().filter_map(crate::value::filter::date_of).collect(),
            _ => std::collections::BTreeSet::new(),
        };
        let history = match world.field("history") {
            Some(field) => match self.value(&field.value, &super::Scope::top(world.module))? {
                Value::Number(months) => {
                    months.to_i64().filter(|months| (0..=240).contains(months)).unwrap_or(14) as i32
                }
                _ => HISTORY,
            },
            None => HISTORY,
        };
        let currency = text("currency")?.unwrap_or_else(|| "EUR".to_string());
        if Currency::named(&currency).is_none() {
            return Err(unknown(world, "currency", &currency, Currency::codes()));
        }
        Ok(Setting { locale, language, currency, calendar: WorkingCalendar { holidays }, month, history })
    }

    /// A person's name. Where two drawn names are alike, the one with the higher hash is drawn again [D6].
    pub(super) fn person_name(&self, person: Item) -> Outcome<Value> {
        let truth = self.truth();
        if let Some(names) = truth.names.get() {
            return Ok(names.get(&person.family).map(|name| Value::Text(name.clone())).unwrap_or_default());
        }
        let names = truth.draw_names()?;
        let names = truth.names.get_or_init(|| names);
        Ok(names.get(&person.family).map(|name| Value::Text(name.clone())).unwrap_or_default())
    }

    fn draw_names(&self) -> Outcome<BTreeMap<u32, Arc<str>>> {
        let mut tries: Vec<(Item, u32, crate::draw::Key)> = Vec::new();
        let everybody = self.program.declarations.iter().filter(|declaration| declaration.kind == Kind::Persona);
        let mut everybody: Vec<&Declaration> = everybody.collect();
        // By name: facts are numbered as they are read, and the order of blocks must not show in them [N1].
        everybody.sort_by_key(|declaration| declaration.name.as_ref().map(|name| name.name.clone()));
        for declaration in everybody {
            let shape = self.family(declaration.id, &[], declaration.head)?;
            let Some(member) = shape.member("name") else { continue };
            let item = Item { family: shape.id, index: 0 };
            let key = match declaration.field("name").is_some_and(|field| !field.draw) {
                true => crate::draw::Key::root(0, 0),
                false => self.draw_key(shape, FactPlace { item, member: member as u32 }, false)?,
            };
            tries.push((item, 0, key));
        }
        for _ in 0..MOST_TRIES {
            let mut taken: BTreeMap<Arc<str>, usize> = BTreeMap::new();
            let mut clash = None;
            for (index, (item, attempt, key)) in tries.iter().enumerate() {
                let name = self.name_at(*item, *attempt, key)?;
                if let Some(other) = taken.insert(name, index) {
                    clash = Some(if tries[other].2 > *key { other } else { index });
                }
            }
            match clash {
                Some(index) => tries[index].1 += 1,
                None => return Ok(taken.into_iter().map(|(name, index)| (tries[index].0.family, name)).collect()),
            }
        }
        let span = tries
            .first()
            .map_or(self.program.get(self.program.world).head, |(item, ..)| self.declaration_of(*item).head);
        Err(Fault::wrong("E0504", span, "the drawn names of two people stay alike after 100 tries"))
    }

    fn name_at(&self, person: Item, attempt: u32, key: &crate::draw::Key) -> Outcome<Arc<str>> {
        let declaration = self.declaration_of(person);
        let key = if attempt == 0 { *key } else { key.child(&format!("try {attempt}")) };
        let value = match declaration.field("name") {
            Some(field) if !field.draw => self.in_scope(person, |scope| self.value(&field.value, scope))?,
            Some(field) => self.draw_under(person, &field.value, key)?,
            None => self.default_name(person, declaration, key)?,
        };
        match value {
            Value::Text(text) => Ok(text),
            other => Err(self.type_fault(declaration.head, "a name as text", &other)),
        }
    }

    /// A name by the country of the world's locale, from the built-in names [P7].
    fn default_name(&self, person: Item, declaration: &Declaration, key: crate::draw::Key) -> Outcome<Value> {
        let tag = self.world_text("locale", declaration.head)?.unwrap_or_else(|| "en-US".to_string());
        let country = tag.split('-').nth(1).unwrap_or("us").to_lowercase();
        let people = self.program.modules.iter().position(|module| module.path == "std/people.world");
        let Some(name) = people.and_then(|index| self.program.modules[index].names.get("name")) else {
            return Ok(Value::Text(declaration.name.as_ref().map_or("", |name| &name.name).into()));
        };
        let crate::resolve::program::Target::Declaration(id) = name else { return Ok(Value::None) };
        let distribution = self.program.get(*id);
        let site = super::scope::DrawSite::new(key);
        self.in_scope(person, |_| {
            let top = super::Scope::top(distribution.module).drawing(&site);
            let country = [Value::Text(country.clone().into())];
            let names = super::family::params(distribution);
            self.with_params(&top, names, &country, &mut |scope| match &distribution.value {
                Some(value) => self.value(value, scope),
                None => Ok(Value::None),
            })
        })
    }

    /// The value of a knob: what was set, else its default.
    pub(super) fn knob(&self, declaration: &Declaration, value: &Expr) -> Outcome<Value> {
        let name = declaration.name.as_ref().map(|name| name.name.clone()).unwrap_or_default();
        if let Some(set) = self.knobs.get(&name) {
            return Ok(set.clone());
        }
        let default = match &value.kind {
            ExprKind::Binary(crate::syntax::Operator::In, default, _) => default,
            _ => value,
        };
        self.value(default, &super::Scope::top(declaration.module))
    }
}

fn field_span(declaration: &Declaration, name: &str) -> Span {
    declaration.field(name).map_or(declaration.head, |field| field.value.span)
}

/// A name that is in none of the compiler's tables.
fn unknown(world: &Declaration, property: &str, name: &str, known: impl Iterator<Item = &'static str>) -> Fault {
    let known: Vec<&str> = known.collect();
    let help = match did_you_mean(name, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("one of {}", known.join(", ")),
    };
    let message = format!("no {property} is called `{name}`");
    Diagnostic::error("E0121", field_span(world, property), message).help(help).into()
}

/// The letters a–z of a name, for accounts and addresses.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_ascii_lowercase()).collect()
}

/// A company's name as a domain label.
pub(crate) fn hyphenated(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect();
    words.join("-")
}
