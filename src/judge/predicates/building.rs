//! What satisfies each word: the oracle's half of the table.

use crate::image::script::{Condition, Given, Script};
use crate::judge::answer::{Answer, Entry, Errand, Piece, Statement, piece};
use crate::judge::condition::Call;

fn plain(value: Given) -> Piece {
    Piece { value, facts: Vec::new() }
}

/// Done by leaving things as they are, or by what other words ask for.
pub(super) fn nothing(_: Call<'_>, _: &Script, _: &mut Answer) {}

pub(super) fn unknown(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.unbuilt.push(format!("`{}`", call.name));
}

pub(super) fn abstains(call: Call<'_>, _: &Script, answer: &mut Answer) {
    let words = plain(Given::Text("not stated".to_owned()));
    answer.statements.push(Statement::Labelled(call.text(0).to_owned(), words));
}

pub(super) fn attached(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.attached.extend(call.texts().into_iter().map(str::to_owned));
}

pub(super) fn before(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.statements.extend(call.arguments.iter().filter_map(|part| piece(Some(part))).map(Statement::Mentioned));
}

pub(super) fn booked(call: Call<'_>, _: &Script, answer: &mut Answer) {
    let lasts = match call.named_value("lasts") {
        Some(Given::Duration(duration)) => duration.0,
        _ => 0,
    };
    answer.meetings.push((people(call.named_value("who")), call.named_value("within").cloned(), lasts));
}

pub(super) fn cites(call: Call<'_>, script: &Script, answer: &mut Answer) {
    let source = call.text(0);
    let title = crate::judge::rivals::title_in(script, source);
    let name = title.unwrap_or_else(|| crate::judge::subject::name(source).to_owned());
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    answer.statements.push(Statement::Words(format!("Source: {stem}.")));
}

pub(super) fn is_live(call: Call<'_>, _: &Script, answer: &mut Answer) {
    let from = match call.named_value("from") {
        Some(Given::Text(label)) => vec![label.clone()],
        Some(Given::List(items)) => items.iter().map(crate::judge::compare::spoken).collect(),
        _ => Vec::new(),
    };
    answer.live.push((call.text(0).to_owned(), from));
}

pub(super) fn mentions(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.statements.extend(call.arguments.iter().filter_map(|part| piece(Some(part))).map(Statement::Mentioned));
}

pub(super) fn names(call: Call<'_>, script: &Script, answer: &mut Answer) {
    let id = call.text(0).trim_start_matches("persona[").trim_end_matches(']');
    let role = match call.named_value("as") {
        Some(Given::Text(role)) => format!(", {role}"),
        _ => String::new(),
    };
    match script.person(id) {
        Some(person) => answer.statements.push(Statement::Words(format!("{}{role}.", person.name))),
        None => answer.unbuilt.push(format!("`names` of {id}")),
    }
}

pub(super) fn picks(call: Call<'_>, _: &Script, answer: &mut Answer) {
    if let Some(right) = piece(call.arguments.get(2)) {
        answer.statements.push(Statement::Labelled(call.text(0).to_owned(), right));
    }
}

pub(super) fn ranks(call: Call<'_>, _: &Script, answer: &mut Answer) {
    if let Some(Piece { value: Given::List(items), facts }) = piece(call.arguments.first()) {
        let items = items.into_iter().map(|value| Statement::Mentioned(Piece { value, facts: facts.clone() }));
        answer.statements.extend(items);
    }
}

pub(super) fn replied(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.errands.push(Errand { answers: Some(call.text(0).to_owned()), ..Errand::default() });
}

pub(super) fn rows(call: Call<'_>, _: &Script, answer: &mut Answer) {
    let Some(Piece { value: Given::List(items), facts }) = piece(call.arguments.get(2)) else { return };
    let (sheet, column) = (call.text(0).to_owned(), call.text(1).to_owned());
    let entry = |value: Given| {
        let value = Piece { value, facts: facts.clone() };
        Entry { sheet: sheet.clone(), keys: Vec::new(), column: column.clone(), value }
    };
    answer.entries.extend(items.into_iter().map(entry));
}

pub(super) fn same_rows(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.copies = Some(call.text(0).to_owned());
}

pub(super) fn section(call: Call<'_>, _: &Script, answer: &mut Answer) {
    answer.statements.push(Statement::Heading(call.text(0).to_owned()));
}

pub(super) fn sent(call: Call<'_>, _: &Script, answer: &mut Answer) {
    let part = |name: &str| call.named.iter().find(|(given, _)| given == name).map(|(_, part)| part);
    let attached = match call.named_value("attached") {
        Some(Given::List(items)) => items.iter().map(crate::judge::compare::spoken).collect(),
        Some(one) => vec![crate::judge::compare::spoken(one)],
        None => Vec::new(),
    };
    let mentions = piece(part("mentions")).into_iter().collect();
    answer.errands.push(Errand { to: people(call.named_value("to")), attached, mentions, answers: None });
}

pub(super) fn states(call: Call<'_>, _: &Script, answer: &mut Answer) {
    if let Some(value) = piece(call.arguments.get(1)) {
        answer.statements.push(Statement::Labelled(call.text(0).to_owned(), value));
    }
}

/// The people an argument names.
fn people(value: Option<&Given>) -> Vec<Given> {
    match value {
        Some(Given::List(items)) => items.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    }
}

/// Whether a condition is about what stands in a file, beyond how long it is.
pub(crate) fn reads_content(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::List(parts) => parts.iter().any(reads_content),
        Condition::Each(parts) => parts.iter().any(|(_, part)| reads_content(part)),
        Condition::Compare { left, right, .. } => [left, right].into_iter().any(|side| reads_content(side)),
        Condition::Word { name, .. } => matches!(
            name.as_str(),
            "value"
                | "lookup"
                | "is_live"
                | "rows"
                | "same_rows"
                | "states"
                | "mentions"
                | "cites"
                | "names"
                | "date_near"
                | "plots"
                | "picks"
                | "ranks"
                | "abstains"
        ),
        Condition::Known { .. } | Condition::Not(_) | Condition::Arithmetic { .. } => false,
    }
}
