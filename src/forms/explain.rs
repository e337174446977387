//! `worldc explain`: the page of a code, block, property or function, or what fits an intention.

use std::fmt::Write;

use super::{BLOCKS, FUNCTIONS, Form, Function, Property, codes, did_you_mean, form_named, function, reference};

/// The page about a topic, as text for a terminal; none if nothing fits.
pub(crate) fn explain(topic: &str) -> Option<String> {
    let topic = topic.trim();
    exact(topic).or_else(|| intention(topic)).or_else(|| nearest(topic))
}

/// A code, a list (`blocks`, `functions`, `codes`), the whole `reference`, or a word of the language.
fn exact(topic: &str) -> Option<String> {
    if let Some(page) = codes::page(topic) {
        return Some(code(page));
    }
    let word = topic.to_lowercase();
    match word.as_str() {
        "blocks" => return Some(listing(BLOCKS.iter().map(|form| (form.keyword, form.doc)))),
        "functions" => return Some(listing(FUNCTIONS.iter().map(|function| (function.name, function.doc)))),
        "reference" => return Some(reference::reference()),
        "codes" => return Some(listing(codes::PAGES.iter().map(|page| (page.code, page.title)))),
        _ => {}
    }
    let pages: Vec<String> = [
        form_named(&word).map(reference::form_page),
        function(&word).map(reference::function_page),
        property_page(&word),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

fn code(page: &codes::Page) -> String {
    let example = page.example.replace('\n', "\n    ");
    format!("{}: {}\n\n{}\n\nFor example:\n\n    {example}\n\n{}\n", page.code, page.title, page.why, page.way_out)
}

fn listing<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut page = String::new();
    for (name, doc) in entries {
        // Writing to a String cannot fail.
        let _ = writeln!(page, "{name:<14} {doc}");
    }
    page
}

/// `manager`, or `persona.manager`.
fn property_page(word: &str) -> Option<String> {
    let (block, name) = word.split_once('.').map_or((None, word), |(block, name)| (Some(block), name));
    let fits = |form: &&Form| block.is_none_or(|block| form.keyword == block);
    let found: Vec<(&Form, &Property)> =
        BLOCKS.iter().filter(fits).filter_map(|form| Some((form, form.readable(name)?))).collect();
    let pages: Vec<String> =
        found.into_iter().map(|(form, property)| reference::property_page(form, property)).collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// Functions and blocks whose purpose shares most words with what was asked.
fn intention(topic: &str) -> Option<String> {
    let asked = words(topic);
    let mut found: Vec<(usize, &Function)> =
        FUNCTIONS.iter().map(|function| (fit(&asked, function), function)).collect();
    found.retain(|(fit, _)| *fit * 2 > asked.len().max(1));
    found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    let pages: Vec<String> = found.iter().take(5).map(|(_, function)| reference::function_page(function)).collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// How many of the asked words the best intention of a function shares.
fn fit(asked: &[String], function: &Function) -> usize {
    let shared = |intention: &&str| {
        let offered = words(intention);
        asked.iter().filter(|word| offered.contains(word)).count()
    };
    function.intentions.iter().map(shared).max().unwrap_or(0)
}

/// The words that carry meaning, in small letters, plural endings cut.
fn words(text: &str) -> Vec<String> {
    const EMPTY: [&str; 14] = ["a", "an", "the", "in", "of", "to", "is", "by", "how", "do", "i", "for", "from", "with"];
    text.split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str()))
        .map(|word| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(&word).to_string())
        .collect()
}

fn nearest(topic: &str) -> Option<String> {
    let names = BLOCKS.iter().map(|form| form.keyword).chain(FUNCTIONS.iter().map(|function| function.name));
    let properties = BLOCKS.iter().flat_map(|form| form.properties.iter().map(|property| property.name));
    let near = did_you_mean(topic, names.chain(properties))?;
    Some(format!("There is no page about `{topic}`; this is the one about `{near}`.\n\n{}", exact(near)?))
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn topics_find_their_pages() {
        for (topic, expected) in [
            ("E0301", "A secret in the open"),
            ("e0301", "A secret in the open"),
            ("persona", "persona name"),
            ("manager", "Whom she reports to."),
            ("persona.manager", "Whom she reports to."),
            ("lookup", "lookup(sheet, key, column)"),
            ("find a number in a workbook", "lookup(sheet, key, column)"),
            ("repeat every Tuesday", "dates(range"),
            ("persone", "this is the one about `persona`"),
            ("blocks", "objective"),
        ] {
            let page = explain(topic).unwrap_or_default();
            assert!(page.contains(expected), "{topic}: {page}");
        }
        assert_eq!(explain("quantum chromodynamics"), None);
    }
}
