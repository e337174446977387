//! What stands below the mails of somebody whose spec does not say.

use super::{Evaluator, Fault, Outcome};
use crate::draw::{Key, Ticket};
use crate::source::Span;
use crate::value::letter::Letter;
use crate::value::{Item, Value};

impl Evaluator<'_> {
    /// A closing and her name: in full with her role where she keeps to the form, her first name alone where she is brief.
    pub(super) fn sign_off(&self, person: Item, span: Span) -> Outcome<Value> {
        let text = |name: &str| self.item_text(person, name, span).map(Option::unwrap_or_default);
        let key = self.habit_key(person, "sign_off")?;
        let letter = Letter::named(self.setting()?.language.tag);
        let written = match text("tone")?.as_str() {
            "formal" => {
                let closing = one_of(&key, letter.formal);
                [closing, &text("name")?, &text("role")?].join("\n").trim_end().to_string()
            }
            "brief" | "one-liners" => {
                let part = one_of(&key, &["first", "initials"]);
                text(part)?
            }
            _ => {
                let between = one_of(&key.child("between"), &["\n", ",\n", ", "]);
                [one_of(&key, letter.plain), between, &text("first")?].concat()
            }
        };
        Ok(Value::Text(written.into()))
    }

    /// The key of what a person does from habit. It is hers alone, whoever else there is.
    pub(crate) fn habit_key(&self, person: Item, habit: &str) -> Outcome<Key> {
        let shape = self.shape(person.family);
        let key = shape.key.ok_or(Fault::NeedsSeed)?;
        let label = &shape.turns[person.index as usize].label;
        Ok(if label.is_empty() { key } else { key.child(label) }.child(habit))
    }
}

/// One of several texts, by their hashes.
fn one_of<'t>(key: &Key, texts: &[&'t str]) -> &'t str {
    let tickets: Vec<Ticket> = texts.iter().map(|text| Ticket::of(text)).collect();
    key.pick(&tickets).map_or("", |index| texts[index])
}
