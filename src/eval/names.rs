//! The names of people and places, which open no topic by themselves [P2].

use super::family::columns;
use super::{Evaluator, Outcome};
use crate::forms::Kind;
use crate::resolve::program::Declaration;
use crate::value::{Item, Value};

/// Columns of tables whose texts are places.
const PLACES: [&str; 5] = ["site", "city", "town", "country", "location"];

impl Evaluator<'_> {
    /// Every name of a person or place of this world that is known: without a seed those that are typed.
    pub(crate) fn proper_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for declaration in &self.program.declarations {
            match declaration.kind {
                Kind::Persona => names.extend(self.known_name(declaration)),
                Kind::Table if declaration.params.is_none() => names.extend(self.places_in(declaration)),
                _ => {}
            }
        }
        names
    }

    fn known_name(&self, persona: &Declaration) -> Option<String> {
        let person = Item { family: self.family(persona.id, &[], persona.head).ok()?.id, index: 0 };
        let name = match persona.field("name") {
            Some(field) if !field.draw => self.in_scope(person, |scope| self.value(&field.value, scope)),
            _ => self.person_name(person),
        };
        as_text(name)
    }

    fn places_in(&self, table: &Declaration) -> Vec<String> {
        let fields = table.fields.iter().map(|field| field.name.name.clone());
        if !columns(table).into_iter().chain(fields).any(|column| PLACES.contains(&&*column)) {
            return Vec::new();
        }
        let Ok(shape) = self.family(table.id, &[], table.head) else { return Vec::new() };
        let members: Vec<usize> = PLACES.iter().filter_map(|place| shape.member(place)).collect();
        let cells = shape.all.iter().flat_map(|index| members.iter().map(|member| (*index, *member)));
        let read = |(index, member)| self.member_value(Item { family: shape.id, index }, member, table.head);
        cells.filter_map(|cell| as_text(read(cell))).collect()
    }
}

fn as_text(value: Outcome<Value>) -> Option<String> {
    match value {
        Ok(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    }
}
