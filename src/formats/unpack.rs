//! Reads the parts of a zip package that another library made.

use flate2::{Decompress, FlushDecompress, Status};

/// One part as the directory of a package lists it.
struct Listed<'a> {
    name: &'a [u8],
    method: u16,
    packed: usize,
    size: usize,
    offset: usize,
}

/// The content of the part called `name`, if the package has it and it is whole.
pub(crate) fn part(package: &[u8], name: &str) -> Option<Vec<u8>> {
    let listed = directory(package)?.into_iter().find(|listed| listed.name == name.as_bytes())?;
    let header = package.get(listed.offset..)?;
    let start = 30 + usize::from(short(header, 26)?) + usize::from(short(header, 28)?);
    let packed = header.get(start..)?.get(..listed.packed)?;
    match listed.method {
        0 => Some(packed.to_vec()),
        8 => inflate(packed, listed.size),
        _ => None,
    }
}

fn inflate(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(size);
    let status = Decompress::new(false).decompress_vec(packed, &mut out, FlushDecompress::Finish).ok()?;
    (status == Status::StreamEnd && out.len() == size).then_some(out)
}

fn directory(package: &[u8]) -> Option<Vec<Listed<'_>>> {
    let end = package.windows(4).rposition(|window| window == [0x50, 0x4b, 5, 6])?;
    let count = short(package, end + 10)?;
    let mut at = long(package, end + 16)?;
    let mut parts = Vec::new();
    for _ in 0..count {
        let length = usize::from(short(package, at + 28)?);
        parts.push(Listed {
            name: package.get(at + 46..)?.get(..length)?,
            method: short(package, at + 10)?,
            packed: long(package, at + 20)?,
            size: long(package, at + 24)?,
            offset: long(package, at + 42)?,
        });
        at += 46 + length + usize::from(short(package, at + 30)?) + usize::from(short(package, at + 32)?);
    }
    Some(parts)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk) as usize)
}
