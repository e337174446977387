//! The reference of the language in Markdown, generated from the table of forms. `docs/reference.md` is this text.

use std::fmt::Write;

use super::{
    BLOCKS, FUNCTIONS, Form, Free, Function, Group, Kind, Parameter, Phase, Property, Slot, Usage, codes, type_words,
};

/// The whole reference.
pub(super) fn reference() -> String {
    let mut page = String::from(
        "# Reference of the `.world` language\n\nGenerated from `src/forms/`; `worldc explain` prints its pages. \
         A block is `kind name(parameters) \"string\" for x in t { … }`; `name = value` fixes, `name ~ distribution` draws.\n",
    );
    page.push_str("\n## Blocks\n");
    for form in BLOCKS.iter() {
        let _ = write!(page, "\n### `{}`\n\n{}", form.keyword, form_body(form));
    }
    for (group, title) in Group::ALL {
        let _ = write!(page, "\n## {title}\n");
        for function in FUNCTIONS.iter().filter(|function| function.group == group) {
            let _ = write!(page, "\n### `{}`\n\n{}", function.name, function_body(function));
        }
    }
    page.push_str("\n## Codes\n\n| code | meaning |\n|---|---|\n");
    for code in codes::PAGES.iter() {
        let _ = writeln!(page, "| {} | {} |", code.code, code.title);
    }
    page
}

/// The page of a block for a terminal.
pub(super) fn form_page(form: &Form) -> String {
    format!("{}\n\n{}", head(form), form_body(form))
}

/// The page of a function for a terminal.
pub(super) fn function_page(function: &Function) -> String {
    format!("{}\n\n{}", function.name, function_body(function))
}

/// The page of a property for a terminal.
pub(super) fn property_page(form: &Form, property: &Property) -> String {
    let mut page = format!("{}.{} ({})\n\n{}\n", form.keyword, property.name, type_words(property.types), property.doc);
    if !property.default.is_empty() {
        let _ = writeln!(page, "Without it: {}.", property.default);
    }
    if !property.example.is_empty() {
        let _ = writeln!(page, "\n    {}", property.example);
    }
    page
}

/// `persona name`, `file name? "string"`.
fn head(form: &Form) -> String {
    let part = |slot: Slot, words: &str| match slot {
        Slot::Required | Slot::Reference => format!(" {words}"),
        Slot::Optional => format!(" [{words}]"),
        Slot::Forbidden => String::new(),
    };
    let rest = match form.kind {
        Kind::Let | Kind::Secret => " = value",
        Kind::Knob => " = value [in list]",
        Kind::Phrases => " = [\"…\"]",
        _ => " { … }",
    };
    let turns = if form.loops && !form.kind.is_binding() { " [for x in t]" } else { "" };
    let params = if form.params == Slot::Forbidden { "" } else { "[(parameters)]" };
    format!("{}{}{params}{}{turns}{rest}", form.keyword, part(form.name, "name"), part(form.label, "\"string\""))
}

fn form_body(form: &Form) -> String {
    let mut page = format!("{}\n\n    {}\n", form.doc, head(form));
    if !form.label_doc.is_empty() {
        let _ = write!(page, "\nThe string is {}.\n", form.label_doc);
    }
    let _ = write!(page, "\nStands {}.\n", places(form));
    properties(form, &mut page);
    match form.free {
        Free::No => {}
        Free::Columns => page.push_str("\nAny other name is a column; `secret name = …` seals it.\n"),
        Free::Facts => page.push_str("\nEach property is a fact with its wrong value.\n"),
        Free::OfTarget => page.push_str("\nIts properties and blocks are those of the block it will stand for.\n"),
    }
    if !form.rules.is_empty() {
        let _ = write!(page, "\nRules: `{}`.\n", form.rules.join("`, `"));
    }
    let _ = write!(page, "\n```world\n{}\n```\n", form.example);
    page
}

fn places(form: &Form) -> String {
    let mut places = Vec::new();
    if form.top {
        places.push("at the top level of a spec".to_string());
    }
    if form.library {
        places.push("at the top level of an imported file".to_string());
    }
    places.extend(form.parents.iter().map(|parent| format!("in `{}`", parent.keyword())));
    places.join(", ")
}

fn properties(form: &Form, page: &mut String) {
    if form.properties.is_empty() {
        return;
    }
    page.push_str("\n| property | type | without it | meaning |\n|---|---|---|---|\n");
    for property in form.properties {
        let sign = if property.draw { " `~`" } else { "" };
        let without = match property {
            Property { required: true, .. } => "must be given",
            Property { derived: true, .. } => "only read",
            Property { default: "", .. } => "nothing",
            Property { default, .. } => default,
        };
        let types = type_words(property.types);
        let _ = writeln!(page, "| `{}`{sign} | {types} | {without} | {} |", property.name, property.doc);
    }
}

fn function_body(function: &Function) -> String {
    let mut page = format!("{}\n\n    {}\n", function.doc, signature(function));
    let types: Vec<String> = function.parameters.iter().map(parameter).collect();
    if !types.is_empty() {
        let _ = write!(page, "\n{}. Gives {}.\n", types.join("; "), function.result.words());
    } else {
        let _ = write!(page, "\nGives {}.\n", function.result.words());
    }
    match function.phase {
        Phase::Value => {}
        Phase::Draw => page.push_str("\nOnly after `~`.\n"),
        Phase::Run => page.push_str("\nOnly in `when`, `by` and checks.\n"),
    }
    let _ = write!(page, "\n```world\n{}\n```\n", function.example);
    page
}

fn signature(function: &Function) -> String {
    let name = function.name;
    let shown: Vec<String> = function.parameters.iter().map(shown).collect();
    let filter = || match shown.split_first() {
        Some((value, rest)) if !rest.is_empty() => format!("{value} | {name}({})", rest.join(", ")),
        Some((value, _)) => format!("{value} | {name}"),
        None => name.to_string(),
    };
    match function.usage {
        Usage::Call => format!("{name}({})", shown.join(", ")),
        Usage::Filter => filter(),
        Usage::Either => format!("{name}({}), {}", shown.join(", "), filter()),
        Usage::Word => name.to_string(),
        Usage::WordOrCall => format!("{name}, {name}({})", shown.join(", ")),
    }
}

fn shown(parameter: &Parameter) -> String {
    let name = parameter.name;
    let named = if parameter.named { format!("{name}: …") } else { name.to_string() };
    let repeated = if parameter.repeated { format!("{named}, …") } else { named };
    if parameter.optional { format!("[{repeated}]") } else { repeated }
}

fn parameter(parameter: &Parameter) -> String {
    format!("`{}`: {}", parameter.name, type_words(parameter.types))
}

#[cfg(test)]
mod tests {
    #[test]
    #[expect(clippy::disallowed_methods, reason = "whoever runs the test says so whether the file is written anew")]
    fn the_reference_is_what_the_table_says() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md");
        let written = super::reference();
        if std::env::var_os("ACCEPT").is_some() {
            std::fs::create_dir_all(path.parent().expect("docs/ is a folder")).expect("docs/ can be made");
            std::fs::write(&path, &written).expect("docs/reference.md can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == written, "docs/reference.md is old: run this test with ACCEPT=1 and review the difference");
    }
}
