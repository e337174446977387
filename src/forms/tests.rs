//! The table agrees with itself.

use super::*;

#[test]
fn every_kind_has_one_form_with_words() {
    for kind in Kind::ALL {
        let forms: Vec<_> = BLOCKS.iter().filter(|form| form.kind == kind).collect();
        assert_eq!(forms.len(), 1, "{kind:?}");
        assert!(!forms[0].doc.is_empty() && !forms[0].example.is_empty(), "{kind:?}");
        assert!(forms[0].top || !forms[0].parents.is_empty(), "{kind:?} can stand nowhere");
    }
}

#[test]
fn names_are_unique_and_documented() {
    for form in BLOCKS.iter() {
        for (index, property) in form.properties.iter().enumerate() {
            assert!(!property.doc.is_empty(), "{}.{}", form.keyword, property.name);
            assert!(form.properties[..index].iter().all(|other| other.name != property.name), "{}", property.name);
        }
    }
    for (index, function) in FUNCTIONS.iter().enumerate() {
        assert!(!function.doc.is_empty() && !function.example.is_empty(), "{}", function.name);
        assert!(FUNCTIONS[..index].iter().all(|other| other.name != function.name), "{}", function.name);
    }
}

#[test]
fn predicates_may_be_declared_but_functions_may_not() {
    assert!(reserved("sum") && reserved("now") && reserved("world") && reserved("words"));
    assert!(!reserved("booked") && !reserved("pad") && !reserved("budget"));
}

/// Adds every `"E0…"` and `"W0…"` in the sources below `folder`.
fn used(folder: &std::path::Path, into: &mut std::collections::BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            used(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            codes_in(&std::fs::read_to_string(&path).unwrap_or_default(), into);
        }
    }
}

fn codes_in(text: &str, into: &mut std::collections::BTreeSet<String>) {
    for quoted in text.split('"') {
        let code = quoted.strip_prefix(['E', 'W']).unwrap_or_default();
        if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            into.insert(quoted.to_string());
        }
    }
}

#[test]
fn every_code_has_a_page() {
    let mut all = std::collections::BTreeSet::new();
    used(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let missing: Vec<&String> = all.iter().filter(|code| codes::page(code).is_none()).collect();
    assert!(missing.is_empty(), "codes without a page: {missing:?}");
}

#[test]
fn pages_are_sorted_and_full() {
    assert!(codes::PAGES.iter().is_sorted_by(|one, next| one.code < next.code));
    for page in codes::PAGES.iter() {
        let parts = [page.title, page.why, page.example, page.way_out];
        assert!(parts.iter().all(|part| !part.is_empty()), "{}", page.code);
    }
}

#[test]
fn authors_are_told_what_is_usual() {
    use crate::value::usual;
    let told = |name: &str| {
        let properties = form(Kind::Persona).properties.iter();
        properties.filter(|property| property.name == name).map(|property| property.default).collect::<Vec<_>>()
    };
    let (opens, closes) = usual::HOURS;
    assert_eq!(told("hours"), [format!("{opens}..{closes}")]);
    assert_eq!(told("replies"), [usual::REPLIES.to_string()]);
}
