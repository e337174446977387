//! The list in which a workbook keeps the order of its calculations: a cell that has no formula any more may not stand in it.

use std::collections::BTreeMap;

use super::splice::splice;
use crate::document::place::{column_letters, parse_cell};
use crate::formats::read::package::Package;
use crate::formats::read::xml::{Element, tree};
use crate::formats::read::{At, Unreadable, Workbook};

/// Takes a cell out of the list, if the workbook has one.
pub(super) fn forget(
    package: &Package,
    workbook: &Workbook,
    at: At,
    parts: &mut BTreeMap<String, String>,
) -> Result<(), Unreadable> {
    let relations = package.relations(&workbook.part)?;
    let Some(part) = relations.parts("calcChain").next() else { return Ok(()) };
    let Some(text) = package.text(part)? else { return Ok(()) };
    let document = tree(&text)?;
    let sheet = workbook.sheets[at.sheet].id.as_str();
    let mut pieces = Vec::new();
    // An entry that says no sheet is on that of the entry before it.
    let (mut current, mut owed): (String, Option<String>) = (String::new(), None);
    for entry in document.root_element().all("c") {
        let said = entry.get("i");
        current = said.map_or(current, str::to_owned);
        let here = current == sheet && entry.get("r").and_then(parse_cell) == Some((at.row, at.column));
        if here {
            owed = said.map(str::to_owned).or(owed);
            pieces.push((entry.range(), String::new()));
        } else if let Some(number) = owed.take().filter(|_| said.is_none()) {
            let start = entry.range().start + text[entry.range()].find(' ').unwrap_or(2);
            pieces.push((start..start, format!(" i=\"{number}\"")));
        }
    }
    let left = document.root_element().all("c").count() > pieces.iter().filter(|(_, with)| with.is_empty()).count();
    if !pieces.is_empty() && left {
        parts.insert(part.to_owned(), splice(&text, pieces));
    } else if !pieces.is_empty() {
        let place = format!("{}{}", column_letters(at.column), at.row + 1);
        return Err(Unreadable::because(format!("{place} holds the only formula of a list that may not be empty")));
    }
    Ok(())
}
