//! The registry: every tool an agent has, in the order in which they are listed.

mod calendar;
mod chat;
mod create;
mod documents;
mod files;
mod folders;
mod mail;
mod people;
mod search;
mod time;

pub(crate) use create::properties;

use crate::run::tool::{Argument, Kind, Tool};

/// All tools.
pub(crate) fn all() -> impl Iterator<Item = &'static Tool> {
    [
        files::TOOLS,
        folders::TOOLS,
        search::TOOLS,
        documents::TOOLS,
        create::TOOLS,
        mail::TOOLS,
        calendar::TOOLS,
        chat::TOOLS,
        people::TOOLS,
        time::TOOLS,
    ]
    .into_iter()
    .flatten()
}

/// The tool of that name.
pub(crate) fn find(name: &str) -> Option<&'static Tool> {
    all().find(|tool| tool.name == name)
}

/// An argument that must be given.
const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, kind, required: true, about }
}

/// An argument that may be left out.
const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, kind, required: false, about }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_call_costs_time() {
        let mut names: Vec<_> = all().map(|tool| tool.name).collect();
        assert!(all().all(|tool| tool.cost >= 10 || tool.name.starts_with("wait") || tool.cost == 0 && !tool.reads));
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(names, crate::forms::tools::TOOLS, "specs may say what each costs");
    }
}
