//! Packages with some of their parts replaced: the others are copied as they are packed.

use std::collections::BTreeMap;

use flate2::Crc;

use crate::formats::read::Unreadable;
use crate::formats::read::zip::{Archive, Record};

/// The package with other contents in the parts of these names; a part without content is left out.
pub(super) fn repack(bytes: &[u8], parts: &BTreeMap<String, String>) -> Result<Vec<u8>, Unreadable> {
    let archive = Archive::open(bytes)?;
    let large = || Unreadable::because("it is an archive of the large kind, which cannot be edited");
    let end = archive.end().ok_or_else(large)?;
    let records = archive.records();
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut directory = Vec::new();
    let mut starts: Vec<usize> = records.iter().map(|record| record.offset).collect();
    starts.push(archive.directory());
    starts.sort_unstable();
    for record in &records {
        let mut entry = bytes[record.at.clone()].to_vec();
        entry[42..46].copy_from_slice(&(out.len() as u32).to_le_bytes());
        match parts.get(&record.name) {
            Some(content) => replace(record, content.as_bytes(), &mut entry, &mut out),
            None => {
                let next = starts.partition_point(|start| *start <= record.offset);
                let end = starts.get(next).copied().unwrap_or(bytes.len());
                out.extend_from_slice(&bytes[record.offset..end]);
            }
        }
        directory.extend_from_slice(&entry);
    }
    let start = out.len() as u32;
    out.extend_from_slice(&directory);
    let mut end = bytes[end..].to_vec();
    end[12..16].copy_from_slice(&(directory.len() as u32).to_le_bytes());
    end[16..20].copy_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&end);
    Ok(out)
}

/// Writes a part anew and corrects what the directory says of it: method, check sum and sizes, and that they are known
/// beforehand.
fn replace(record: &Record, content: &[u8], entry: &mut [u8], out: &mut Vec<u8>) {
    let mut crc = Crc::new();
    crc.update(content);
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing into memory has no failing state.
    let packed = std::io::Write::write_all(&mut encoder, content).and_then(|()| encoder.finish()).unwrap_or_default();
    let flags = u16::from_le_bytes([entry[8], entry[9]]) & !(1 << 3);
    entry[8..10].copy_from_slice(&flags.to_le_bytes());
    entry[10..12].copy_from_slice(&8_u16.to_le_bytes());
    entry[16..20].copy_from_slice(&crc.sum().to_le_bytes());
    entry[20..24].copy_from_slice(&(packed.len() as u32).to_le_bytes());
    entry[24..28].copy_from_slice(&(content.len() as u32).to_le_bytes());
    // The fields that both headers share, and no extra field.
    out.extend_from_slice(b"PK\x03\x04");
    out.extend_from_slice(&entry[6..30]);
    out.extend_from_slice(&[0; 2]);
    out.extend_from_slice(record.raw_name(entry));
    out.extend_from_slice(&packed);
}
