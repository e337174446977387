//! Bytes to text: marks of byte order, declared charsets, and a guess where nothing is declared.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Letters that texts do not have; a file with one of them in its head is no text.
const NO_TEXT: std::ops::RangeInclusive<u8> = 0..=8;

/// A text with how its bytes were read: `UTF-8`, `UTF-16LE`, `windows-1252`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
}

/// The text of a file that does not say how it is encoded: by its mark, else UTF-8 if it is that, else UTF-16 if every
/// second byte is nought, else Windows-1252 as offices of the West have it. None if it is no text at all.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => wide(bytes).unwrap_or(WINDOWS_1252),
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let is_text = !text.bytes().take(4096).any(|byte| NO_TEXT.contains(&byte));
    is_text.then(|| Decoded { text: text.into_owned(), encoding: encoding.name() })
}

/// UTF-16 without a mark: text of the West has nought in every second byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let noughts = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (noughts(0), noughts(1), head.len() * 3 / 8);
    match (even > most, odd > most) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of a part in a charset that is declared by name; unknown names are read as [`decode`] reads.
pub(super) fn declared(bytes: &[u8], charset: &str) -> String {
    match Encoding::for_label(charset.trim().as_bytes()) {
        Some(encoding) => encoding.decode_with_bom_removal(bytes).0.into_owned(),
        None => decode(bytes).map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decoded| decoded.text),
    }
}

/// The text of an XML part: UTF-8, or UTF-16 with its mark. None if it is neither.
pub(super) fn xml_text(bytes: Vec<u8>) -> Option<String> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, length)) if encoding != UTF_8 => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..]).map(|text| text.into_owned())
        }
        Some((_, length)) => String::from_utf8(bytes[length..].to_vec()).ok(),
        None => String::from_utf8(bytes).ok(),
    }
}

/// The name of a member of an archive. Old programs wrote names in the code page of their machine, which nobody can know.
pub(super) fn archive_name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
