//! Texts with pieces replaced: what stands between the pieces is not touched.

use std::ops::Range;

/// Replaces pieces of a text, which do not overlap.
pub(super) fn splice(text: &str, mut pieces: Vec<(Range<usize>, String)>) -> String {
    pieces.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, with) in pieces {
        out.push_str(&text[done..range.start]);
        out.push_str(&with);
        done = range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A text as it stands between tags.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    crate::formats::xml::text(text, &mut out);
    out
}

/// The prefix of an element's name with its colon, as the text spells it: `w:`.
pub(super) fn prefix<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let tag = &text[range.start + 1..range.end];
    let name = tag.find([' ', '>', '/', '\t', '\r', '\n']).map_or(tag, |end| &tag[..end]);
    name.find(':').map_or("", |end| &name[..=end])
}
