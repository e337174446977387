//! The hands of people.

use super::{Way, drawn};
use crate::document::look::{Dates, Density, Hand, Tables};
use crate::draw::Key;
use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::types::{Correspondent, Habits, Lists, Names, Words};
use crate::syntax::Ident;
use crate::value::{Item, Number, Value};

pub(super) const DENSITIES: [Way<Density>; 3] =
    [("airy", Density::Airy, 27), ("even", Density::Even, 40), ("dense", Density::Dense, 33)];

pub(super) const LISTS: [Way<Lists>; 6] = [
    ("dots", Lists::Marked('•'), 34),
    ("dashes", Lists::Marked('–'), 22),
    ("squares", Lists::Marked('▪'), 12),
    ("arrows", Lists::Marked('›'), 7),
    ("numbers", Lists::Numbered, 15),
    ("prose", Lists::Prose, 10),
];

pub(super) const HEADINGS: [Way<bool>; 2] = [("plain", false, 64), ("numbered", true, 36)];

pub(super) const TABLES: [Way<Tables>; 3] =
    [("banded", Tables::Banded, 40), ("ruled", Tables::Ruled, 32), ("grid", Tables::Grid, 28)];

pub(super) const MARGINS: [Way<bool>; 2] = [("ragged", false, 66), ("justified", true, 34)];

pub(super) const DATES: [Way<Dates>; 3] =
    [("long", Dates::Long, 40), ("short", Dates::Short, 35), ("iso", Dates::Iso, 25)];

pub(super) const NAMES: [Way<Names>; 4] = [
    ("numbers", Names::Numbers, 35),
    ("dates", Names::Dates, 25),
    ("initials", Names::Initials, 20),
    ("words", Names::Words, 20),
];

/// Whether answers quote: most mail programs do unless somebody deletes it.
const QUOTES: [Way<bool>; 2] = [("yes", true, 78), ("no", false, 22)];

/// Everyday words mistyped in ten thousand.
const TYPOS: [Way<i64>; 4] = [("none", 0, 40), ("few", 30, 30), ("some", 80, 20), ("many", 200, 10)];

impl Planner<'_> {
    /// How a person writes: what her `hand` says, else what is drawn for her.
    pub(in crate::plan) fn habits(&self, person: Item) -> Outcome<Habits> {
        let block = self.hand_block(person)?;
        let key = self.eval.habit_key(person, "hand")?;
        let lists = self.way(block, "lists", &key, &LISTS)?;
        let plain = drawn_habits(&key);
        Ok(Habits {
            hand: Hand {
                density: self.way(block, "density", &key, &DENSITIES)?,
                bullet: bullet(lists),
                numbered: self.way(block, "headings", &key, &HEADINGS)?,
                tables: self.way(block, "tables", &key, &TABLES)?,
                justified: self.way(block, "margin", &key, &MARGINS)?,
                dates: self.way(block, "dates", &key, &DATES)?,
            },
            lists,
            names: self.way(block, "names", &key, &NAMES)?,
            quotes: match block.map(|block| self.property(block, "quotes")).transpose()? {
                Some(Value::Bool(quotes)) => quotes,
                _ => plain.quotes,
            },
            typos: match block.map(|block| self.property(block, "typos")).transpose()? {
                Some(Value::Number(share)) => share,
                _ => plain.typos,
            },
        })
    }

    /// What stands below a person's mails, printed from her name.
    pub(in crate::plan) fn sign_off(&self, person: Item) -> Outcome<Words> {
        let span = self.eval.declaration_of(person).head;
        let member = Ident { name: "sign_off".into(), span };
        let (value, facts) = self.eval.recorded(|| self.eval.item_member(person, &member))?;
        let text = self.eval.plain_text(&value)?.into_owned();
        let spans = if facts.is_empty() || text.is_empty() { vec![] } else { vec![(0, text.len() as u32, facts)] };
        Ok(Words { text, spans })
    }

    fn hand_block(&self, person: Item) -> Outcome<Option<Item>> {
        let persona = self.eval.declaration_of(person);
        let children = persona.children.iter().map(|id| self.eval.program.get(*id));
        let Some(hand) = children.into_iter().find(|child| child.kind == Kind::Hand) else { return Ok(None) };
        Ok(self.turns_within(hand, person)?.into_iter().next())
    }

    /// How the author of a file writes; a stranger's hand is drawn by the name alone.
    pub(in crate::plan) fn habits_of(&self, author: &Correspondent) -> Habits {
        match author {
            Correspondent::Person(person) => self.plan.people[*person].habits.clone(),
            // What a stranger sends was printed by a machine or read by somebody before.
            Correspondent::Outside { name, .. } => {
                let habits = drawn_habits(&self.roots.open.child(&format!("hand {name}")));
                Habits { typos: Number::ZERO, ..habits }
            }
        }
    }
}

fn drawn_habits(key: &Key) -> Habits {
    let lists = drawn(&key.child("lists"), &LISTS);
    Habits {
        hand: Hand {
            density: drawn(&key.child("density"), &DENSITIES),
            bullet: bullet(lists),
            numbered: drawn(&key.child("headings"), &HEADINGS),
            tables: drawn(&key.child("tables"), &TABLES),
            justified: drawn(&key.child("margin"), &MARGINS),
            dates: drawn(&key.child("dates"), &DATES),
        },
        lists,
        names: drawn(&key.child("names"), &NAMES),
        quotes: drawn(&key.child("quotes"), &QUOTES),
        typos: Number::from_parts(drawn(&key.child("typos"), &TYPOS).into(), 4, 4).unwrap_or(Number::ZERO),
    }
}

/// The mark of lists that stay lists.
fn bullet(lists: Lists) -> char {
    match lists {
        Lists::Marked(mark) => mark,
        Lists::Numbered | Lists::Prose => '•',
    }
}
