//! Pictures: how large they are, and the texts that programs leave in them. What they show is not read.

use super::extract::{Extract, Line, Role};
use super::{Unreadable, encoding, zip};
use crate::document::Place;

/// A text in a picture is a note, not a book.
const LONGEST_TEXT: usize = 1 << 20;
/// Pieces of a file that are looked at.
const MOST_PIECES: usize = 10_000;

/// Reads a png.
pub(super) fn read_png(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let broken = || Unreadable::because("it is no png");
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or_else(broken)?;
    let header = rest.get(4..16).filter(|header| header.starts_with(b"IHDR")).ok_or_else(broken)?;
    let mut lines = size(u32_at(header, 4), u32_at(header, 8));
    for _ in 0..MOST_PIECES {
        let Some(length) = rest.first_chunk::<4>().map(|length| u32::from_be_bytes(*length) as usize) else { break };
        let (Some(kind), Some(content)) = (rest.get(4..8), rest.get(8..).and_then(|rest| rest.get(..length))) else {
            break;
        };
        lines.extend(chunk(kind, content));
        rest = rest.get(12 + length..).unwrap_or_default();
    }
    Ok(picture(lines))
}

/// A property of a `tEXt`, `zTXt` or `iTXt` chunk.
fn chunk(kind: &[u8], content: &[u8]) -> Option<Line> {
    let (name, rest) = split(content)?;
    let text = match kind {
        b"tEXt" => encoding::declared(rest, "windows-1252"),
        b"zTXt" => encoding::declared(&unpacked(rest.get(1..)?)?, "windows-1252"),
        b"iTXt" => {
            let packed = *rest.first()? == 1;
            let (_, rest) = split(rest.get(2..)?)?;
            let (_, rest) = split(rest)?;
            let text = if packed { unpacked(rest)? } else { rest.to_vec() };
            String::from_utf8_lossy(&text).into_owned()
        }
        _ => return None,
    };
    let name = encoding::declared(name, "windows-1252").to_lowercase();
    Some(Line::new(Place::Property(name), Role::Property, text))
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(0, bytes)?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    zip::inflate(flate2::read::ZlibDecoder::new(bytes), LONGEST_TEXT)
}

/// Reads a jpg.
pub(super) fn read_jpg(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8").ok_or_else(|| Unreadable::because("it is no jpg"))?;
    let mut lines = Vec::new();
    for _ in 0..MOST_PIECES {
        let [0xff, marker, high, low, ..] = rest else { break };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(content) = rest.get(4..2 + length) else { break };
        match marker {
            0xda => break,
            0xfe => {
                let text = encoding::decode(content).map(|decoded| decoded.text);
                lines.extend(text.map(|text| Line::new(Place::Property("comment".to_owned()), Role::Property, text)));
            }
            // Frame headers, but not tables of codes (C4), extensions (C8) and conditions (CC).
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) && content.len() >= 5 => {
                let side = |at: usize| u32::from(u16::from_be_bytes([content[at], content[at + 1]]));
                lines.splice(0..0, size(side(3), side(1)));
            }
            _ => {}
        }
        rest = &rest[2 + length..];
    }
    Ok(picture(lines))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|bytes| bytes.first_chunk()).map_or(0, |chunk| u32::from_be_bytes(*chunk))
}

fn size(width: u32, height: u32) -> Vec<Line> {
    let side =
        |name: &str, pixels: u32| Line::new(Place::Property(name.to_owned()), Role::Property, pixels.to_string());
    vec![side("width", width), side("height", height)]
}

fn picture(lines: Vec<Line>) -> Extract {
    let gaps = vec!["what the picture shows is not read".to_owned()];
    Extract { lines, gaps, ..Extract::default() }
}
