//! Text and bytes as mail carries them: base64, quoted-printable, encoded words.

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX: &[u8; 16] = b"0123456789ABCDEF";
/// Bytes that fill one line of base64.
const LINE: usize = 57;
/// Longest line of quoted-printable text, without the mark of a soft break.
const QUOTED: usize = 75;
/// Longest text of an encoded word, so that the word with its frame has at most 75 characters.
const WORD: usize = 75 - "=?UTF-8?Q??=".len();

/// Appends bytes as lines of base64.
pub(crate) fn base64(bytes: &[u8], end: &str, out: &mut Vec<u8>) {
    out.reserve(bytes.len() / LINE * (76 + end.len()) + 80);
    for line in bytes.chunks(LINE) {
        let (threes, rest) = line.as_chunks::<3>();
        for three in threes {
            out.extend_from_slice(&four(*three));
        }
        match *rest {
            [one, two] => out.extend_from_slice(&[&four([one, two, 0])[..3], b"="].concat()),
            [one] => out.extend_from_slice(&[&four([one, 0, 0])[..2], b"=="].concat()),
            _ => {}
        }
        out.extend_from_slice(end.as_bytes());
    }
}

/// Three bytes as four letters of base64.
fn four([one, two, three]: [u8; 3]) -> [u8; 4] {
    let word = u32::from_be_bytes([0, one, two, three]);
    [18, 12, 6, 0].map(|shift| BASE64[(word >> shift) as usize & 63])
}

/// Appends text as quoted-printable. A line that an mbox could take for a separator is encoded at its first letter,
/// so that no reader needs to know which dialect of quoting is in use.
pub(crate) fn quoted_printable(text: &str, end: &str, out: &mut Vec<u8>) {
    for line in lines(text) {
        let mut length = 0;
        for (at, letter) in line.char_indices() {
            let last = at + letter.len_utf8() == line.len();
            let kept = is_kept(letter, last) && !(at == 0 && separates(line));
            let width = if kept { 1 } else { 3 * letter.len_utf8() };
            if length + width > QUOTED {
                out.push(b'=');
                out.extend_from_slice(end.as_bytes());
                length = 0;
            }
            length += width;
            if kept {
                out.push(letter as u8);
            } else {
                letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| hex(b'=', byte, out));
            }
        }
        out.extend_from_slice(end.as_bytes());
    }
}

/// The lines of a text, whatever their ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
}

fn is_kept(letter: char, last: bool) -> bool {
    match letter {
        '=' => false,
        ' ' | '\t' => !last,
        _ => letter.is_ascii_graphic(),
    }
}

/// Whether a line looks like the separator of an mbox, or like a quoted one.
fn separates(line: &str) -> bool {
    line.trim_start_matches('>').starts_with("From ")
}

/// Whether text can stand in a mail as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    let plain = |line: &str| line.len() <= 78 && !line.ends_with([' ', '\t']) && !separates(line);
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) && lines(text).all(plain)
}

/// A header's text: as it is when it is plain, else as encoded words with a space between them.
pub(crate) fn words(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("=?") {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut word = Vec::new();
    for letter in text.chars() {
        let mut encoded = Vec::new();
        match letter {
            ' ' => encoded.push(b'_'),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '!' | '*' | '+' | '/' => encoded.push(letter as u8),
            _ => letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| hex(b'=', byte, &mut encoded)),
        }
        if word.len() + encoded.len() > WORD {
            close(&mut word, &mut out);
        }
        word.extend_from_slice(&encoded);
    }
    close(&mut word, &mut out);
    out
}

fn close(word: &mut Vec<u8>, out: &mut String) {
    if !word.is_empty() {
        let space = if out.is_empty() { "" } else { " " };
        out.push_str(&format!("{space}=?UTF-8?Q?{}?=", String::from_utf8_lossy(word)));
        word.clear();
    }
}

/// The value of a parameter of a header: quoted, or percent-encoded where it is not plain.
pub(crate) fn parameter(name: &str, value: &str) -> String {
    if value.bytes().all(|byte| matches!(byte, b' '..=b'~' if byte != b'"' && byte != b'\\')) {
        return format!("{name}=\"{value}\"");
    }
    let mut out = Vec::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            out.push(byte);
        } else {
            hex(b'%', byte, &mut out);
        }
    }
    format!("{name}*=UTF-8''{}", String::from_utf8_lossy(&out))
}

fn hex(mark: u8, byte: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(&[mark, HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        let mut out = Vec::new();
        quoted_printable(text, "\n", &mut out);
        String::from_utf8(out).expect("quoted-printable text is ASCII")
    }

    #[test]
    fn base64_fills_lines() {
        let mut out = Vec::new();
        base64(b"any carnal pleas", "\n", &mut out);
        assert_eq!(out, b"YW55IGNhcm5hbCBwbGVhcw==\n");
        out.clear();
        base64(&[0; 58], "\n", &mut out);
        assert_eq!(out, format!("{}\nAA==\n", "A".repeat(76)).as_bytes());
    }

    #[test]
    fn quoted_printable_hides_separators_and_breaks_long_lines() {
        assert_eq!(printed("From here\n>From there\nFrom: x \n"), "=46rom here\n=3EFrom there\nFrom: x=20\n");
        assert_eq!(printed("3 € = x"), "3 =E2=82=AC =3D x\n");
        assert_eq!(printed(&"ä".repeat(13)), format!("{}=\n=C3=A4\n", "=C3=A4".repeat(12)));
    }

    #[test]
    fn words_are_encoded_only_where_needed() {
        assert_eq!(words("Q1 reforecast"), "Q1 reforecast");
        assert_eq!(words("Jana Krüger"), "=?UTF-8?Q?Jana_Kr=C3=BCger?=");
        assert!(words(&"ü".repeat(40)).split(' ').all(|word| word.len() <= 75));
        assert_eq!(parameter("filename", "Prüfung 1.pdf"), "filename*=UTF-8''Pr%C3%BCfung%201.pdf");
    }
}
