//! The address book.

use super::needed;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};

pub(super) const TOOLS: &[Tool] = &[Tool {
    name: "search_contacts",
    about: "Finds people by name, role, company or address; an empty text lists all.",
    cost: 10,
    reads: true,
    arguments: &[needed("query", Kind::Text, "what is searched")],
    run: search,
}];

fn search(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let wanted = arguments.text("query").to_lowercase();
    let owner = &desk.setting.owner().id;
    let line = |person: &crate::image::script::Person| {
        format!("{} <{}>, {}, {}", person.name, person.email, person.role, person.company)
    };
    let all = desk.setting.script.people.iter().filter(|person| person.id != *owner).map(line);
    let lines: Vec<String> = all.filter(|line| line.to_lowercase().contains(&wanted)).collect();
    Ok(if lines.is_empty() { "Nobody found".to_owned() } else { lines.join("\n") }.into())
}
