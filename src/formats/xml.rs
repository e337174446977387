//! Text into XML. Characters that XML 1.0 cannot hold are left out: a document with one of them would not open.

/// The first character of a text that no office file can hold, and where it begins: it controls something, or is none.
pub(crate) fn unheld(text: &str) -> Option<(usize, char)> {
    let unheld =
        |letter| matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    // Most texts have no byte with which one of them begins; a loop without a question goes through many bytes at a time.
    let suspect = text.bytes().fold(false, |suspect, byte| suspect | (byte < 0x20) | (byte == 0xEF));
    if suspect { text.char_indices().find(|(_, letter)| unheld(*letter)) } else { None }
}

/// Appends text between tags.
pub(crate) fn text(text: &str, out: &mut String) {
    escape(text, false, out);
}

/// Appends text inside a double-quoted attribute.
pub(crate) fn attribute(text: &str, out: &mut String) {
    escape(text, true, out);
}

/// The text of an attribute as a string of its own.
pub(crate) fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    attribute(value, &mut out);
    out
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    let mut plain = 0;
    // Most texts have nothing to escape: what a byte may need is looked up before anything is decided.
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| SUSPECT[usize::from(*byte)]) {
        let Some(replacement) = replacement(text, at, byte, quoted) else { continue };
        out.push_str(&text[plain..at]);
        out.push_str(replacement.with);
        plain = at + replacement.length;
    }
    out.push_str(&text[plain..]);
}

/// The bytes at which [`replacement`] may have something to say.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        suspect[byte] = true;
        byte += 1;
    }
    let marks = b"&<>\"\xEF";
    let mut at = 0;
    while at < marks.len() {
        suspect[marks[at] as usize] = true;
        at += 1;
    }
    suspect
};

/// What stands for a character that cannot stand for itself, and how many bytes it replaces.
struct Replacement {
    with: &'static str,
    length: usize,
}

fn replacement(text: &str, at: usize, byte: u8, quoted: bool) -> Option<Replacement> {
    let with = match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' if quoted => "&quot;",
        b'\n' if quoted => "&#10;",
        b'\t' if quoted => "&#9;",
        b'\t' | b'\n' => return None,
        b'\r' => "&#13;",
        0..0x20 => "",
        0xEF if matches!(text.as_bytes()[at..], [_, 0xBF, 0xBE | 0xBF, ..]) => {
            return Some(Replacement { with: "", length: 3 });
        }
        _ => return None,
    };
    Some(Replacement { with, length: 1 })
}
