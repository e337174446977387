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
    for form in BLOCKS {
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
