//! Content lines of calendars and contacts: escaped, folded at 75 octets, ended with CRLF.

/// Octets of a line before it is folded.
const LINE: usize = 75;

/// Appends `name:value` as it stands.
pub(crate) fn line(name: &str, value: &str, out: &mut String) {
    let mut room = LINE;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out.push_str("\r\n");
}

/// Appends `name:value` for a value that is text; nothing when there is none.
pub(crate) fn text(name: &str, value: &str, out: &mut String) {
    if !value.is_empty() {
        line(name, &escape(value), out);
    }
}

/// Text with the marks that structure values made inert.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.trim_end().chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A parameter's value between quotes, which can hold anything but quotes and controls.
pub(crate) fn parameter(value: &str) -> String {
    let inner: String = value.chars().filter(|letter| !letter.is_control()).collect();
    format!("\"{}\"", inner.replace('"', "'"))
}
