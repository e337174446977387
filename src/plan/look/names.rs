//! What copies and drafts are called: as the spec says, else as their author names them.

use crate::document::Facts;
use crate::document::look::Dates;
use crate::eval::{Outcome, Printed};
use crate::plan::path::{split_extension, split_folder};
use crate::plan::types::{Correspondent, Names};
use crate::plan::{Planner, Words};
use crate::resolve::program::Declaration;
use crate::value::{Item, Moment, Number, Value};

/// What is to be told apart from the file it comes from.
#[derive(Clone, Copy)]
pub(in crate::plan) enum Sort {
    /// The oldest is 1.
    Version(i64),
    Draft,
    /// Given back by whoever names it.
    Reviewed,
    Duplicate,
}

/// A file beside another, and who named it when.
pub(in crate::plan) struct Naming<'a> {
    pub(in crate::plan) sort: Sort,
    /// Storage path of the file it comes from.
    pub(in crate::plan) path: &'a str,
    pub(in crate::plan) author: &'a Correspondent,
    pub(in crate::plan) saved: Moment,
}

impl Planner<'_> {
    /// The path of a copy or draft, and the facts printed in it.
    pub(in crate::plan) fn beside(&self, rule: (&Declaration, Item), naming: &Naming<'_>) -> Outcome<(String, Facts)> {
        let (folder, name) = split_folder(naming.path);
        let name = match self.named(rule, naming.sort, name)? {
            Some(printed) => Words { text: printed.text, spans: printed.spans },
            None => self.habitual(naming, name),
        };
        let facts = name.spans.iter().flat_map(|(_, _, facts)| facts.iter().copied()).collect();
        Ok((format!("{folder}/{}", name.text), crate::eval::facts_of(facts)))
    }

    /// The name that the spec's `named` gives.
    fn named(&self, (declaration, item): (&Declaration, Item), sort: Sort, name: &str) -> Outcome<Option<Printed>> {
        let Some(field) = declaration.field("named") else { return Ok(None) };
        let (stem, extension) = split_extension(name);
        let nth = match sort {
            Sort::Version(nth) => nth,
            Sort::Draft | Sort::Reviewed | Sort::Duplicate => 1,
        };
        let (stem, extension) = (Value::Text(stem.into()), Value::Text(format!(".{extension}").into()));
        let nth = Value::Number(Number::from_i64(nth));
        self.eval
            .in_scope(item, |scope| {
                let scope = scope.with("stem", &stem);
                let scope = scope.with("ext", &extension);
                let scope = scope.with("nth", &nth);
                self.eval.printed(&field.value, &scope)
            })
            .map(Some)
    }

    /// The name that its author gives out of habit.
    fn habitual(&self, naming: &Naming<'_>, name: &str) -> Words {
        let (stem, extension) = split_extension(name);
        let habits = self.habits_of(naming.author);
        let (initials, known) = self.initials(naming.author);
        let day = file_day(habits.hand.dates, naming.saved, &self.plan.world.prose_language());
        let again = |nth: i64| if nth > 1 { format!("{nth}") } else { String::new() };
        let mut out = Words::default();
        match (naming.sort, habits.names) {
            (Sort::Duplicate, _) => out.plain(&format!("{stem} (1)")),
            (Sort::Version(nth), Names::Numbers) => out.plain(&format!("{stem} v{nth}")),
            (Sort::Version(_), Names::Dates) => out.plain(&format!("{stem} {day}")),
            (Sort::Version(nth), Names::Initials) => {
                out.plain(&format!("{stem}_"));
                out.printed(&initials, known);
                out.plain(&again(nth));
            }
            (Sort::Version(nth), Names::Words) => out.plain(format!("{stem} old {}", again(nth)).trim_end()),
            (Sort::Draft, Names::Numbers) => out.plain(&format!("{stem} draft")),
            (Sort::Draft, Names::Dates) => out.plain(&format!("{stem} {day} draft")),
            (Sort::Draft, Names::Initials) => {
                out.plain(&format!("{stem}_"));
                out.printed(&initials, known);
                out.plain(" wip");
            }
            (Sort::Draft, Names::Words) => out.plain(&format!("DRAFT {stem}")),
            (Sort::Reviewed, Names::Numbers) => {
                out.plain(&format!("{stem} rev "));
                out.printed(&initials, known);
            }
            (Sort::Reviewed, Names::Dates) => {
                out.plain(&format!("{stem} {day} "));
                out.printed(&initials, known);
            }
            (Sort::Reviewed, Names::Initials) => {
                out.plain(&format!("{stem}_"));
                out.printed(&initials, known);
                out.plain(" comments");
            }
            (Sort::Reviewed, Names::Words) => out.plain(&format!("{stem} with comments")),
        }
        out.plain(&format!(".{extension}"));
        out
    }

    /// The initials of an author and the fact of the name.
    fn initials(&self, author: &Correspondent) -> (String, Facts) {
        match author {
            Correspondent::Person(person) => (self.plan.people[*person].initials.clone(), self.name_facts(*person)),
            Correspondent::Outside { name, .. } => {
                (name.split([' ', '-']).filter_map(|word| word.chars().next()).collect(), Facts::default())
            }
        }
    }
}

/// A day as it can stand in a file's name.
fn file_day(dates: Dates, saved: Moment, language: &str) -> String {
    dates.print(saved.date(), language).replace('/', "-")
}
