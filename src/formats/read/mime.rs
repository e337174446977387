//! One message of RFC 5322 with MIME: headers decoded, the text part decoded, attachments by name.

use super::Unreadable;
use super::text::decoded;

/// Messages inside messages are not followed deeper.
const DEEPEST: usize = 8;

/// What a person sees of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Message {
    headers: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) attachments: Vec<String>,
}

impl Message {
    /// The first header of that name, decoded.
    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    }
}

/// Reads a message; line ends may be those of the net or of Unix.
pub(super) fn parse(bytes: &[u8]) -> Result<Message, Unreadable> {
    let text = decoded(bytes)?.text.replace("\r\n", "\n");
    let (headers, body) = split(&text);
    let mut message = Message { headers: headers.clone(), ..Message::default() };
    part(&headers, body, 0, &mut message);
    Ok(message)
}

/// Headers, unfolded and decoded, and the body behind the empty line.
fn split(text: &str) -> (Vec<(String, String)>, &str) {
    let (head, body) = match text.strip_prefix('\n') {
        Some(body) => ("", body),
        None => text.split_once("\n\n").unwrap_or((text, "")),
    };
    let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
    let headers = unfolded.lines().filter_map(|line| line.split_once(':'));
    (headers.map(|(name, value)| (name.trim().to_owned(), words(value.trim()))).collect(), body)
}

fn find<'a>(headers: &'a [(String, String)], wanted: &str) -> &'a str {
    headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map_or("", |(_, value)| value)
}

/// Adds what one part holds: parts of its own, a text, or an attachment.
fn part(headers: &[(String, String)], body: &str, depth: usize, message: &mut Message) {
    let kind = find(headers, "Content-Type");
    if let Some(boundary) = parameter(kind, "boundary").filter(|_| depth < DEEPEST) {
        for section in sections(body, &boundary) {
            let (headers, body) = split(section);
            part(&headers, body, depth + 1, message);
        }
        return;
    }
    let disposition = find(headers, "Content-Disposition");
    if let Some(name) = parameter(disposition, "filename").or_else(|| parameter(kind, "name")) {
        message.attachments.push(name);
    } else if kind.is_empty() || kind.to_ascii_lowercase().starts_with("text/plain") {
        let decoded = decode(body, find(headers, "Content-Transfer-Encoding"));
        message.text.push_str(&String::from_utf8_lossy(&decoded));
    }
}

/// What stands between the boundaries.
fn sections<'a>(body: &'a str, boundary: &str) -> Vec<&'a str> {
    let mark = format!("--{boundary}");
    let mut parts = body.split(mark.as_str());
    parts.next();
    parts.take_while(|part| !part.starts_with("--")).map(|part| part.strip_prefix('\n').unwrap_or(part)).collect()
}

/// A parameter of a structured header: `name="value"`, or the extended `name*=utf-8''value` of RFC 2231, in one piece or
/// numbered pieces.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut pieces: Vec<(usize, bool, &str)> = Vec::new();
    for field in fields(header).into_iter().skip(1) {
        let Some((name, value)) = field.split_once('=') else { continue };
        let (base, tail) = name.trim().split_once('*').unwrap_or((name.trim(), ""));
        if base.eq_ignore_ascii_case(wanted) {
            let extended = name.trim().ends_with('*');
            pieces.push((tail.trim_end_matches('*').parse().unwrap_or(0), extended, value.trim()));
        }
    }
    pieces.sort();
    let spelled = pieces.iter().map(|(at, extended, value)| match extended {
        true => unpercent(if *at == 0 { value.rsplit('\'').next().unwrap_or(value) } else { value }),
        false => value.trim_matches('"').replace("\\\"", "\"").replace("\\\\", "\\").into_bytes(),
    });
    let bytes: Vec<u8> = spelled.flatten().collect();
    (!pieces.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// The fields between semicolons that stand outside quotes.
fn fields(header: &str) -> Vec<&str> {
    let mut quoted = false;
    header
        .split(|letter| {
            quoted ^= letter == '"';
            letter == ';' && !quoted
        })
        .collect()
}

fn unpercent(text: &str) -> Vec<u8> {
    escaped(text.as_bytes(), b'%')
}

/// Bytes with `=41` or `%41` resolved.
fn escaped(bytes: &[u8], mark: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *byte == mark) {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

fn decode(body: &str, encoding: &str) -> Vec<u8> {
    match encoding.to_ascii_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => escaped(body.replace("=\n", "").as_bytes(), b'='),
        _ => body.as_bytes().to_vec(),
    }
}

/// What does not belong to the alphabet is skipped, as RFC 2045 asks.
pub(super) fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

/// A header with its encoded words (RFC 2047) decoded; space between two of them is dropped.
fn words(value: &str) -> String {
    let mut out: Vec<u8> = Vec::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some(at) = rest.find("=?") {
        let (plain, tail) = rest.split_at(at);
        let Some((bytes, length)) = encoded_word(tail) else {
            out.extend_from_slice(&rest.as_bytes()[..at + 2]);
            rest = &rest[at + 2..];
            after_word = false;
            continue;
        };
        if !(after_word && plain.trim().is_empty()) {
            out.extend_from_slice(plain.as_bytes());
        }
        out.extend_from_slice(&bytes);
        rest = &tail[length..];
        after_word = true;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// The bytes and the length of the encoded word a text begins with.
fn encoded_word(text: &str) -> Option<(Vec<u8>, usize)> {
    let mut parts = text.get(2..)?.splitn(4, '?');
    let (charset, encoding, payload) = (parts.next()?, parts.next()?, parts.next()?);
    if !parts.next()?.starts_with('=') || payload.contains(' ') {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => base64(payload),
        "Q" | "q" => escaped(payload.replace('_', " ").as_bytes(), b'='),
        _ => return None,
    };
    Some((bytes, 2 + charset.len() + 1 + encoding.len() + 1 + payload.len() + 2))
}
