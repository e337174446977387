//! The texts of a workbook, each once, in the order of first use.

use std::borrow::Cow;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxHasher;

use crate::formats::{office, xml};

/// The shared texts. Their order is that of insertion, whatever the hasher; this one is made for short texts.
#[derive(Default)]
pub(super) struct Strings {
    known: IndexSet<Arc<str>, BuildHasherDefault<FxHasher>>,
    uses: u32,
    items: String,
}

impl Strings {
    /// The number of a text.
    pub(super) fn number(&mut self, text: &Arc<str>) -> u32 {
        self.uses += 1;
        let (number, new) = self.known.insert_full(Arc::clone(text));
        if new {
            let space = if text.trim().len() == text.len() { "" } else { " xml:space=\"preserve\"" };
            self.items.extend(["<si><t", space, ">"]);
            xml::text(&marked(text), &mut self.items);
            self.items.push_str("</t></si>");
        }
        number as u32
    }

    /// `xl/sharedStrings.xml`.
    pub(super) fn part(&self) -> String {
        format!(
            "{}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">{}</sst>",
            office::DECLARATION,
            self.uses,
            self.known.len(),
            self.items
        )
    }
}

/// A text in which nothing is taken for a character by its number: spreadsheet programs read `_x0041_` as `A`, and
/// `_x005F_` as the line it begins with.
pub(super) fn marked(text: &str) -> Cow<'_, str> {
    let is_mark = |at: &usize| {
        let mark = text.as_bytes().get(*at..*at + MARK).unwrap_or_default();
        mark.ends_with(b"_") && mark[2..MARK - 1].iter().all(u8::is_ascii_hexdigit)
    };
    let mut marks = text.match_indices("_x").map(|(at, _)| at).filter(is_mark).peekable();
    if marks.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut plain = 0;
    for at in marks {
        out.push_str(&text[plain..at]);
        out.push_str("_x005F");
        plain = at;
    }
    out.push_str(&text[plain..]);
    Cow::Owned(out)
}

/// The length of `_x0041_`.
const MARK: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_number_of_a_character_stays_text() {
        for (text, written) in [
            ("_x0041_", "_x005F_x0041_"),
            ("a_x000D__x000d_b", "a_x005F_x000D__x005F_x000d_b"),
            ("_x00_ _x004G_ _x0041", "_x00_ _x004G_ _x0041"),
            ("plain_text", "plain_text"),
        ] {
            assert_eq!(marked(text), written);
        }
    }
}
