//! The texts of a workbook, each once, in the order of first use.

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
            xml::text(text, &mut self.items);
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
