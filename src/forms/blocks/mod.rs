//! Every block and binding of the language: where it stands, its head, its properties, what it means, in chapters.

mod content;
mod disk;
mod facts;
mod month;
mod noise;
mod objectives;
mod people;

use super::{Chapters, Form, Free, Kind, Property, Slot, Type};

/// The forms, in the order of the reference.
pub(crate) static BLOCKS: Chapters<Form> = Chapters(&[
    people::FORMS,
    facts::FORMS,
    content::FORMS,
    disk::FORMS,
    noise::FORMS,
    month::FORMS,
    objectives::FORMS,
]);

/// A property that the author may set.
const fn set(name: &'static str, types: &'static [Type], doc: &'static str, example: &'static str) -> Property {
    Property { name, types, required: false, default: "", draw: false, derived: false, choices: &[], doc, example }
}

/// A property that is only read.
const fn read(name: &'static str, types: &'static [Type], doc: &'static str) -> Property {
    Property { name, types, required: false, default: "", draw: false, derived: true, choices: &[], doc, example: "" }
}

impl Property {
    const fn required(mut self) -> Property {
        self.required = true;
        self
    }

    const fn default(mut self, words: &'static str) -> Property {
        self.default = words;
        self
    }

    const fn drawn(mut self) -> Property {
        self.draw = true;
        self
    }

    const fn choices(mut self, words: &'static [&'static str]) -> Property {
        self.choices = words;
        self
    }
}

/// A form with everything switched off; each entry states what differs.
const NOTHING: Form = Form {
    kind: Kind::World,
    keyword: "",
    top: false,
    library: false,
    parents: &[],
    name: Slot::Forbidden,
    params: Slot::Forbidden,
    label: Slot::Forbidden,
    label_doc: "",
    loops: false,
    properties: &[],
    free: Free::No,
    rules: &[],
    doc: "",
    example: "",
};

const PEOPLE: Type = Type::List(&Type::Persona);
const CORRESPONDENTS: Type = Type::List(&Type::Correspondent);
const FILES: Type = Type::List(&Type::File);
const DAYS: Type = Type::List(&Type::Date);
const TEXTS: Type = Type::List(&Type::Text);
const ANYTHING: Type = Type::List(&Type::Any);

const STREAM: Property = set(
    "stream",
    &[Type::Text],
    "Keeps the draws of an earlier name after this block was renamed.",
    "stream = \"old_name\"",
);
const WHEN: Property = set(
    "when",
    &[Type::Condition],
    "Read once, when the block is due: it happens only if this holds then. An event is due when it is invited.",
    "when = not met(q1_reforecast.draft)",
);
const HINTS: Property = set(
    "hints",
    &[ANYTHING],
    "The secrets this text points at, where its wording is too subtle for the compiler to see.",
    "hints = [payroll_move]",
);
