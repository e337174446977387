//! Text that grows piece by piece and keeps the facts of its pieces.

use crate::document::Facts;
use crate::plan::types::Words;

impl Words {
    /// Adds wording.
    pub(super) fn plain(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds what was printed from facts.
    pub(super) fn printed(&mut self, text: &str, facts: Facts) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        if !facts.is_empty() && !text.is_empty() {
            self.spans.push((start, self.text.len() as u32, facts));
        }
    }

    /// Adds another text.
    pub(super) fn append(&mut self, other: &Words) {
        let offset = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.spans.extend(other.spans.iter().map(|(from, to, facts)| (from + offset, to + offset, facts.clone())));
    }

    /// The text without the white space at its end.
    pub(super) fn trimmed(&self) -> Words {
        let text = self.text.trim_end();
        let end = text.len() as u32;
        let inside = self.spans.iter().filter(|(from, ..)| *from < end);
        let spans = inside.map(|(from, to, facts)| (*from, (*to).min(end), facts.clone())).collect();
        Words { text: text.to_owned(), spans }
    }

    /// The text as an answer quotes it: `> ` before every line, `>` before one that is a quote already.
    pub(super) fn quoted(&self) -> Words {
        let mut out = Words::default();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            out.plain(match line.trim_end() {
                "" => ">",
                quote if quote.starts_with('>') => ">",
                _ => "> ",
            });
            let end = start + line.len();
            out.append(&self.part(start as u32, end as u32));
            start = end;
        }
        out
    }

    /// The text between two bytes.
    pub(super) fn part(&self, from: u32, to: u32) -> Words {
        let inside = self.spans.iter().filter(|(start, end, _)| *start < to && *end > from);
        let clip =
            |(start, end, facts): &(u32, u32, Facts)| ((*start).max(from) - from, (*end).min(to) - from, facts.clone());
        Words { text: self.text[from as usize..to as usize].to_owned(), spans: inside.map(clip).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::FactId;

    #[test]
    fn quotes_keep_their_facts() {
        let facts: Facts = [FactId(3)].into();
        let mut words = Words::default();
        words.plain("Book ");
        words.printed("45\n000", facts.clone());
        words.plain(" now.\n\n> before\n");
        let quoted = words.quoted();
        assert_eq!(quoted.text, "> Book 45\n> 000 now.\n>\n>> before\n");
        let printed: Vec<&str> =
            quoted.spans.iter().map(|span| &quoted.text[span.0 as usize..span.1 as usize]).collect();
        assert_eq!(printed, ["45\n", "000"]);
    }
}
