//! The parts of a zip package. Sizes are claims: no more memory is given than the bytes that really come.

use std::collections::BTreeMap;
use std::io::Read;

use super::{LIMIT, Unreadable};

/// A package: its parts by name, as offset, packed size and method.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<String, Part>,
}

struct Part {
    method: u16,
    packed: usize,
    offset: usize,
}

impl<'a> Package<'a> {
    /// Reads the directory at the end of the package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unreadable> {
        directory(bytes)
            .map(|parts| Package { bytes, parts })
            .ok_or_else(|| Unreadable::because("it is no zip package"))
    }

    /// The text of a part; none if the package has no such part.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(part) = self.parts.get(name) else { return Ok(None) };
        let bytes = self.unpack(part).ok_or_else(|| Unreadable::because(format!("its part {name} is broken")))?;
        let text = String::from_utf8(bytes).map_err(|_| Unreadable::because(format!("its part {name} is no text")))?;
        Ok(Some(text))
    }

    fn unpack(&self, part: &Part) -> Option<Vec<u8>> {
        let header = self.bytes.get(part.offset..)?;
        let start = 30 + usize::from(short(header, 26)?) + usize::from(short(header, 28)?);
        let packed = header.get(start..)?.get(..part.packed)?;
        match part.method {
            0 => Some(packed.to_vec()),
            8 => inflate(flate2::read::DeflateDecoder::new(packed)),
            _ => None,
        }
    }
}

/// All bytes of a decoder, if they are not more than a file may have.
pub(super) fn inflate(decoder: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.take(LIMIT as u64 + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= LIMIT).then_some(bytes)
}

fn directory(bytes: &[u8]) -> Option<BTreeMap<String, Part>> {
    // The record of the end is followed by a comment of at most 65,535 bytes.
    let tail = bytes.len().saturating_sub(65_535 + 22);
    let end = tail + bytes.get(tail..)?.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let mut at = long(bytes, end + 16)?;
    let mut parts = BTreeMap::new();
    for _ in 0..short(bytes, end + 10)? {
        let record = bytes.get(at..).filter(|record| record.starts_with(b"PK\x01\x02"))?;
        let length = usize::from(short(record, 28)?);
        let name = String::from_utf8_lossy(record.get(46..)?.get(..length)?).into_owned();
        let part = Part { method: short(record, 10)?, packed: long(record, 20)?, offset: long(record, 42)? };
        parts.insert(name, part);
        at += 46 + length + usize::from(short(record, 30)?) + usize::from(short(record, 32)?);
    }
    Some(parts)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk) as usize)
}
