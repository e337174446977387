//! The words of the forms and those of the ways are the same, and looks are local.

use super::{Way, brand, hand};
use crate::forms::{Kind, form};

#[test]
fn a_spec_can_name_every_way() {
    fn same<T>(kind: Kind, property: &str, ways: &[Way<T>]) {
        let choices = form(kind).property(property).map(|property| property.choices.to_vec());
        let mut words: Vec<&str> = ways.iter().map(|(word, ..)| *word).collect();
        let mut choices = choices.unwrap_or_default();
        words.sort_unstable();
        choices.sort_unstable();
        assert_eq!(choices, words, "{property}");
    }
    same(Kind::Brand, "colours", &brand::palettes());
    same(Kind::Brand, "mark", &brand::MARKS);
    same(Kind::Brand, "letterhead", &brand::LETTERHEADS);
    same(Kind::Hand, "density", &hand::DENSITIES);
    same(Kind::Hand, "lists", &hand::LISTS);
    same(Kind::Hand, "headings", &hand::HEADINGS);
    same(Kind::Hand, "tables", &hand::TABLES);
    same(Kind::Hand, "margin", &hand::MARGINS);
    same(Kind::Hand, "dates", &hand::DATES);
    same(Kind::Hand, "names", &hand::NAMES);
}
