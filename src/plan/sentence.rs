//! Checks in words, for authors who want to read what will be asked at a seed.

use crate::forms::Kind;
use crate::plan::types::Check;
use crate::plan::{Planner, path};
use crate::value::language::Language;
use crate::value::locale::Locale;
use crate::value::{Item, Moment, Number, Value};

/// So many members of a list are spelled out; the rest is counted.
const SPELLED: usize = 8;

/// What things are called in sentences.
pub(crate) struct Names<'a, 'e> {
    pub planner: &'a Planner<'e>,
}

/// The arguments of a word of the run.
type Arguments = [(Option<String>, Check)];

impl Names<'_, '_> {
    /// A check as one sentence. It begins with a verb where its subject is the deliverable.
    pub fn sentence(&self, check: &Check) -> String {
        self.clause(check, true)
    }

    fn clause(&self, check: &Check, holds: bool) -> String {
        match check {
            Check::Known { value, .. } => format!("is settled at this seed: {}", self.value(value)),
            Check::Word { name, of, arguments } => {
                format!("{}{}", self.subject(of.as_deref()), self.demand(name, arguments, holds))
            }
            Check::Not(inner) => self.clause(inner, !holds),
            Check::All(parts) => self.joined(parts, if holds { " and " } else { " or " }, holds),
            Check::Any(parts) => self.joined(parts, if holds { " or " } else { " and " }, holds),
            Check::Each(parts) => self.each(parts, holds),
            Check::Compare { operator, left, right, within } => {
                self.comparison(operator, left, right, within.as_ref(), holds)
            }
            Check::List(_) | Check::Arithmetic { .. } => self.noun(check),
        }
    }

    fn joined(&self, parts: &[Check], between: &str, holds: bool) -> String {
        parts.iter().map(|part| self.clause(part, holds)).collect::<Vec<_>>().join(between)
    }

    fn each(&self, parts: &[(String, Check)], holds: bool) -> String {
        let spelled = parts.iter().take(SPELLED).map(|(key, part)| format!("{key}: {}", self.clause(part, holds)));
        let mut text = spelled.collect::<Vec<_>>().join("; ");
        if parts.len() > SPELLED {
            text.push_str(&format!("; and {} more", parts.len() - SPELLED));
        }
        format!("each of {} earns its part: {text}", parts.len())
    }

    /// What stands before the verb where another deliverable is meant than the one at hand.
    fn subject(&self, of: Option<&str>) -> String {
        match of {
            Some(of) => format!("`{}` ", of.rsplit('.').next().unwrap_or(of)),
            None => String::new(),
        }
    }

    fn comparison(&self, operator: &str, left: &Check, right: &Check, within: Option<&Value>, holds: bool) -> String {
        let must = must(holds);
        if let Check::Word { name, of, .. } = left
            && let Some(unit) = counted(name)
        {
            let amount = self.amount(operator, right);
            return format!("{}{must} have {amount} {unit}", self.subject(of.as_deref()));
        }
        let subject = self.noun(left);
        let right_words = self.noun(right);
        let tolerance = within.map(|within| format!(" ± {}", self.value(within))).unwrap_or_default();
        match (operator, right) {
            ("==" | "!=", Check::Known { value: Value::None, .. }) => {
                let empty = (operator == "==") == holds;
                format!("{subject} {} be empty", self::must(empty))
            }
            ("==", _) => format!("{subject} {must} be {right_words}{tolerance}"),
            ("!=", _) => format!("{subject} {} be {right_words}{tolerance}", self::must(!holds)),
            ("in", Check::Known { value: Value::Interval(_), .. }) => {
                format!("{subject} {must} lie between {}", right_words.replacen(" to ", " and ", 1))
            }
            ("in", _) => format!("{subject} {must} be one of {right_words}"),
            _ => format!("{subject} {must} be {} {right_words}", degree(operator)),
        }
    }

    fn amount(&self, operator: &str, right: &Check) -> String {
        let right = self.noun(right);
        match operator {
            "==" | "in" => right,
            "!=" => format!("any number but {right}"),
            _ => format!("{} {right}", degree(operator)),
        }
    }

    /// Something that is read or known, as the subject or object of a sentence.
    fn noun(&self, check: &Check) -> String {
        match check {
            Check::Known { value, .. } => self.value(value),
            Check::Word { name, of, arguments } => {
                let whose =
                    of.as_deref().map(|of| format!(" of {}", self.subject(Some(of)).trim())).unwrap_or_default();
                format!("{}{whose}", self.reading(name, arguments))
            }
            Check::Arithmetic { operator, left, right } => {
                format!("{} {operator} {}", self.noun(left), self.noun(right))
            }
            Check::List(parts) => listed(parts.iter().map(|part| self.noun(part)), parts.len()),
            other => self.clause(other, true),
        }
    }

    /// What a word of the run finds in a deliverable.
    fn reading(&self, name: &str, arguments: &Arguments) -> String {
        let [first, second, third] = [0, 1, 2].map(|position| self.positional(arguments, position));
        match name {
            "value" => {
                let row = self.named(arguments, "row").map(|row| format!(" of {row}")).unwrap_or_default();
                let column =
                    self.named(arguments, "col").map(|column| format!(" below *{column}*")).unwrap_or_default();
                format!("*{first}*{row}{column}")
            }
            "lookup" => format!("*{third}* of {second} on sheet *{first}*"),
            "rows" => format!("the column *{second}* of sheet *{first}*"),
            "date_near" => format!("the date beside *{first}*"),
            "picks" => format!("the choice beside *{first}* (out of {second})"),
            "now" => "the moment".to_string(),
            "copied" => "the share of words copied from one file".to_string(),
            "lasts" => "the length of the meeting".to_string(),
            "outside" => "anybody outside the company".to_string(),
            other => match self.arguments(arguments) {
                all if all.is_empty() => other.to_string(),
                all => format!("{other} of {all}"),
            },
        }
    }

    /// What a word of the run demands.
    fn demand(&self, name: &str, arguments: &Arguments, holds: bool) -> String {
        let must = must(holds);
        let [first, second] = [0, 1].map(|position| self.positional(arguments, position));
        let with = |label: &str, before: &str| match self.named(arguments, label) {
            Some(value) => format!("{before}{value}"),
            None => String::new(),
        };
        match name {
            "is_live" => {
                format!("*{first}* {must} be a formula{}", with("from", " that follows "))
            }
            "same_rows" => format!("{must} have all rows of {first}{}", with("except", " except ")),
            "ties" => format!("{first} and {second} {must} be the same number"),
            "states" => format!("{must} state *{first}* as {second}"),
            "mentions" => format!("{must} mention {first}"),
            "avoids" => format!("{} say {first}{}", self::must(!holds), with("about", " about ")),
            "abstains" => format!("{must} say that *{first}* is not stated anywhere"),
            "cites" => format!("{must} name {first} as its source"),
            "names" => format!("{must} name {first}{}", with("as", " as ")),
            "section" => format!("{must} have a section *{first}*"),
            "before" => format!("*{first}* {must} stand before *{second}*"),
            "plots" => format!("{must} have a chart with the series *{first}* ({second})"),
            "ranks" => format!("{must} keep the order {first}"),
            "attached" => format!("{must} attach {first}"),
            "sent" => self.mail_demand(arguments, holds),
            "never_sent" => {
                format!("{first} {} be sent{}", self::must(!holds), with("to", " to "))
            }
            "replied" => format!("{first} {must} be answered{}", with("by", " by ")),
            "booked" => format!(
                "a meeting {must} be booked{}{}{}",
                with("who", " with "),
                with("within", " within "),
                with("lasts", " of ")
            ),
            "filed" => format!("{first} {must} stand below {}", self.named(arguments, "under").unwrap_or_default()),
            "untouched" => format!("{first} {must} stay as it was, byte for byte"),
            "unchanged" => format!("{first} {must} keep its content"),
            "updated" => format!("{first} {must} be changed in place{}", with("only", ", and only in ")),
            "revised" => format!("{first} {must} be handed in again{}", with("after", " after ")),
            "told" => format!("{first} {must} have been told"),
            "met" => format!("the milestone {first} {must} be met"),
            "passes" => format!("{first} {must} meet its checks"),
            "asked" => format!("somebody {must} ask about {}", self.arguments(arguments)),
            _ => format!("{} {must} hold", self.reading(name, arguments)),
        }
    }

    fn mail_demand(&self, arguments: &Arguments, holds: bool) -> String {
        let with = |label: &str, before: &str| {
            self.named(arguments, label).map(|value| format!("{before}{value}")).unwrap_or_default()
        };
        format!(
            "a mail{}{}{} {} be sent{}",
            with("to", " to "),
            with("attached", " with "),
            with("mentions", " that mentions "),
            must(holds),
            with("by", " by ")
        )
    }

    fn positional(&self, arguments: &Arguments, position: usize) -> String {
        let unnamed = arguments.iter().filter(|(name, _)| name.is_none());
        unnamed.map(|(_, check)| self.noun(check)).nth(position).unwrap_or_default()
    }

    fn named(&self, arguments: &Arguments, label: &str) -> Option<String> {
        let argument = arguments.iter().find(|(name, _)| name.as_deref() == Some(label))?;
        Some(self.noun(&argument.1))
    }

    fn arguments(&self, arguments: &Arguments) -> String {
        listed(arguments.iter().map(|(_, check)| self.noun(check)), arguments.len())
    }

    /// A value in words.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::None => "nothing".to_string(),
            Value::Number(number) => self::number(number),
            Value::Date(date) => english().map_or_else(|| date.to_string(), |language| language.day(*date)),
            Value::Month(month) => english().map_or_else(|| month.to_string(), |language| language.month(*month)),
            Value::Moment(at) => moment(*at),
            Value::Text(text) => self.without_home(text),
            Value::Interval(ends) => format!("{} to {}", self.value(&ends.0), self.value(&ends.1)),
            Value::List(items) => listed(items.iter().map(|item| self.value(item)), items.len()),
            Value::Item(item) => self.item(*item),
            Value::Rows(rows) => {
                let items = rows.indexes.iter().map(|index| Item { family: rows.family, index: *index });
                listed(items.map(|item| self.item(item)), rows.indexes.len())
            }
            other => other.to_text().unwrap_or_else(|| other.type_name().to_string()),
        }
    }

    /// Paths as the author writes them.
    fn without_home(&self, text: &str) -> String {
        let home = format!("{}/", self.planner.plan.world.home);
        text.strip_prefix(&home).unwrap_or(text).to_string()
    }

    fn item(&self, item: Item) -> String {
        let planner = self.planner;
        if let Some(person) = planner.person_of(&Value::Item(item)) {
            return planner.plan.people[person].name.clone();
        }
        if let Some(document) = planner.document_of.get(&item) {
            return path::split_folder(&planner.plan.documents[*document].path).1.to_string();
        }
        if let Some(message) = planner.message_of.get(&item).and_then(|position| planner.plan.messages.get(*position)) {
            return format!("the mail \"{}\"", message.subject.text);
        }
        let declaration = planner.eval.declaration_of(item);
        if declaration.kind == Kind::Deliver
            && let Some(label) = &declaration.label
            && let Ok(printed) = planner.eval.in_scope(item, |scope| planner.eval.printed(label, scope))
        {
            return path::split_folder(&printed.text).1.to_string();
        }
        match &declaration.name {
            Some(name) if declaration.kind != Kind::Table => format!("`{}`", name.name),
            _ => planner.eval.label(&Value::Item(item)),
        }
    }
}

fn must(holds: bool) -> &'static str {
    if holds { "must" } else { "must not" }
}

fn degree(operator: &str) -> &'static str {
    match operator {
        "<" => "below",
        "<=" => "at most",
        ">" => "above",
        _ => "at least",
    }
}

/// What is counted by a word of the run that stands alone.
fn counted(word: &str) -> Option<&'static str> {
    ["words", "slides", "pages"].into_iter().find(|unit| *unit == word)
}

fn listed(items: impl Iterator<Item = String>, count: usize) -> String {
    let mut items: Vec<String> = items.take(SPELLED).collect();
    if count > SPELLED {
        items.push(format!("{} more", count - SPELLED));
    }
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => items.concat(),
    }
}

fn english() -> Option<&'static Language> {
    Language::named("en")
}

fn number(number: &Number) -> String {
    Locale::named("en-GB").map_or_else(|| number.to_string(), |locale| locale.number(number))
}

fn moment(at: Moment) -> String {
    let day = english().map_or_else(|| at.date().to_string(), |language| language.day(at.date()));
    format!("{day}, {}", at.time())
}
