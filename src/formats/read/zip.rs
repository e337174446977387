//! Zip archives from anybody. What the directory says are claims: no more memory is given than the bytes that really come,
//! and no more of them than the limits let through.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;

use super::Unreadable;

/// No member of an office file is larger when unpacked.
pub(super) const LARGEST_MEMBER: usize = 64 << 20;
/// Nor are all members together.
const LARGEST_SUM: usize = 160 << 20;
/// A workbook of 300 sheets with their drawings has 2,000.
const MOST_MEMBERS: usize = 10_000;
/// Deflate cannot do better than 1,032; sheets of empty cells come to 120.
const HIGHEST_RATIO: usize = 400;
/// Small members may be as repetitive as they like.
const RATIO_FROM: usize = 1 << 20;

/// An archive: its members by name, in the order of the directory.
#[derive(Debug)]
pub(in crate::formats) struct Archive<'a> {
    bytes: &'a [u8],
    members: Vec<Member>,
    by_name: BTreeMap<String, usize>,
    directory: usize,
    /// Bytes that may still be unpacked.
    left: Cell<usize>,
}

/// One member as the directory lists it.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Member {
    pub(in crate::formats) name: String,
    /// Unpacked, as the directory claims.
    pub(in crate::formats) size: u64,
    method: u16,
    flags: u16,
    crc: u32,
    packed: usize,
    offset: usize,
}

/// Where the directory lists a member, and where the member is.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Record {
    pub(in crate::formats) name: String,
    pub(in crate::formats) at: std::ops::Range<usize>,
    pub(in crate::formats) offset: usize,
}

impl Record {
    /// The name as the directory spells it.
    pub(in crate::formats) fn raw_name<'r>(&self, record: &'r [u8]) -> &'r [u8] {
        let length = usize::from(short(record, 28).unwrap_or(0));
        &record[46..46 + length]
    }
}

impl Member {
    /// Whether it is a folder.
    pub(in crate::formats) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

impl<'a> Archive<'a> {
    /// Reads the directory at the end of the archive.
    pub(in crate::formats) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Unreadable> {
        let (members, directory) = directory(bytes)?;
        let mut by_name = BTreeMap::new();
        for (at, member) in members.iter().enumerate() {
            refuse_escape(&member.name)?;
            if by_name.insert(folded(&member.name), at).is_some() {
                return Err(Unreadable::because(format!("it has two members called {:?}", member.name)));
            }
        }
        Ok(Archive { bytes, members, by_name, directory, left: Cell::new(LARGEST_SUM) })
    }

    /// The records of the directory, for those who write the archive anew.
    pub(in crate::formats) fn records(&self) -> Vec<Record> {
        let mut at = self.directory;
        let mut records = Vec::new();
        for member in &self.members {
            let length = listed(&self.bytes[at..]).map_or(0, |(_, length)| length);
            records.push(Record { name: member.name.clone(), at: at..at + length, offset: member.offset });
            at += length;
        }
        records
    }

    /// Where the directory begins.
    pub(in crate::formats) fn directory(&self) -> usize {
        self.directory
    }

    /// Where the record of the end begins; none for large archives, which have two.
    pub(in crate::formats) fn end(&self) -> Option<usize> {
        let tail = self.bytes.len().saturating_sub(65_535 + 22);
        let end = tail + memchr::memmem::rfind(&self.bytes[tail..], b"PK\x05\x06")?;
        (long(self.bytes, end + 16)? == self.directory as u64).then_some(end)
    }

    /// All members, in the order of the directory.
    pub(in crate::formats) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member of that name; office programs do not tell capitals from small letters.
    pub(in crate::formats) fn find(&self, name: &str) -> Option<&Member> {
        self.by_name.get(&folded(name)).map(|at| &self.members[*at])
    }

    /// The content of a member; none if there is none of that name.
    pub(in crate::formats) fn content(&self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        self.find(name).map(|member| self.unpack(member)).transpose()
    }

    /// The content of a member as text, without its byte order mark.
    pub(in crate::formats) fn text(&self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(bytes) = self.content(name)? else { return Ok(None) };
        super::encoding::xml_text(bytes)
            .map(Some)
            .ok_or_else(|| Unreadable::because(format!("its part {name} is no text")))
    }

    /// The content of a member.
    pub(in crate::formats) fn unpack(&self, member: &Member) -> Result<Vec<u8>, Unreadable> {
        let name = &member.name;
        let damaged = || Unreadable::because(format!("its part {name} is damaged"));
        if member.flags & 1 != 0 {
            return Err(Unreadable::because(format!("its part {name} is encrypted")));
        }
        let packed = self.packed(member).ok_or_else(damaged)?;
        let allowed = self.left.get().min(LARGEST_MEMBER).min(most(member.packed));
        let content = match member.method {
            0 => packed.to_vec(),
            8 => inflate(flate2::read::DeflateDecoder::new(packed), allowed).ok_or_else(damaged)?,
            other => return Err(Unreadable::because(format!("its part {name} is packed by method {other}"))),
        };
        if content.len() > allowed {
            return Err(self.too_large(member));
        }
        let mut crc = Crc::new();
        crc.update(&content);
        if crc.sum() != member.crc {
            return Err(damaged());
        }
        self.left.set(self.left.get() - content.len());
        Ok(content)
    }

    /// The bytes of a member as they are stored.
    fn packed(&self, member: &Member) -> Option<&'a [u8]> {
        let header = self.bytes.get(member.offset..).filter(|header| header.starts_with(b"PK\x03\x04"))?;
        let start = 30 + usize::from(short(header, 26)?) + usize::from(short(header, 28)?);
        header.get(start..)?.get(..member.packed)
    }

    fn too_large(&self, member: &Member) -> Unreadable {
        let name = &member.name;
        Unreadable::because(match most(member.packed) < self.left.get().min(LARGEST_MEMBER) {
            true => format!("its part {name} unpacks to more than {HIGHEST_RATIO} times its size"),
            false if self.left.get() < LARGEST_MEMBER => {
                format!("its parts unpack to more than {} MiB", LARGEST_SUM >> 20)
            }
            false => format!("its part {name} unpacks to more than {} MiB", LARGEST_MEMBER >> 20),
        })
    }
}

/// How large a member of that packed size may be unpacked.
fn most(packed: usize) -> usize {
    packed.saturating_mul(HIGHEST_RATIO).max(RATIO_FROM)
}

/// Up to `limit` bytes of a decoder and one more, which tells that the limit was reached. What is broken gives none.
pub(super) fn inflate(decoder: impl Read, limit: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.take(limit as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn folded(name: &str) -> String {
    name.trim_start_matches('/').to_lowercase()
}

/// A name that would lead out of the folder it is unpacked into.
fn refuse_escape(name: &str) -> Result<(), Unreadable> {
    let parts = || name.split(['/', '\\']);
    let drive = name.as_bytes().get(1) == Some(&b':');
    match parts().any(|part| part == "..") || name.starts_with(['/', '\\']) || drive || name.contains('\0') {
        true => Err(Unreadable::because(format!("its member {name:?} leads out of the archive"))),
        false => Ok(()),
    }
}

fn directory(bytes: &[u8]) -> Result<(Vec<Member>, usize), Unreadable> {
    let broken = || Unreadable::because("it is no zip archive");
    let (count, start) = end(bytes).ok_or_else(broken)?;
    let mut at = start;
    if count > MOST_MEMBERS as u64 {
        return Err(Unreadable::because(format!("it has {count} members, more than {MOST_MEMBERS}")));
    }
    let mut members = Vec::new();
    for _ in 0..count {
        let (member, length) = listed(bytes.get(at..).unwrap_or_default()).ok_or_else(broken)?;
        members.push(member);
        at += length;
    }
    Ok((members, start))
}

/// The number of members and where the directory begins.
fn end(bytes: &[u8]) -> Option<(u64, usize)> {
    // The record of the end is followed by a comment of at most 65,535 bytes.
    let tail = bytes.len().saturating_sub(65_535 + 22);
    let end = tail + memchr::memmem::rfind(bytes.get(tail..)?, b"PK\x05\x06")?;
    let (count, start) = (u64::from(short(bytes, end + 10)?), long(bytes, end + 16)?);
    if count < 0xffff && start < 0xffff_ffff {
        return Some((count, start as usize));
    }
    // Zip64: a locator before the record says where the larger record is.
    let locator = bytes.get(end.checked_sub(20)?..).filter(|locator| locator.starts_with(b"PK\x06\x07"))?;
    let record = bytes.get(usize::try_from(double(locator, 8)?).ok()?..)?;
    let record = record.starts_with(b"PK\x06\x06").then_some(record)?;
    Some((double(record, 32)?, usize::try_from(double(record, 48)?).ok()?))
}

/// The member a record of the directory lists, and the length of the record.
fn listed(record: &[u8]) -> Option<(Member, usize)> {
    let record = record.starts_with(b"PK\x01\x02").then_some(record)?;
    let (name, extra) = (usize::from(short(record, 28)?), usize::from(short(record, 30)?));
    let length = 46 + name + extra + usize::from(short(record, 32)?);
    let mut large = large_fields(record.get(46 + name..)?.get(..extra)?);
    let mut field = |value: u64| if value == 0xffff_ffff { large.next() } else { Some(value) };
    let size = field(long(record, 24)?)?;
    let packed = field(long(record, 20)?)?;
    let offset = field(long(record, 42)?)?;
    let member = Member {
        name: super::encoding::archive_name(record.get(46..)?.get(..name)?),
        size,
        method: short(record, 10)?,
        flags: short(record, 8)?,
        crc: long(record, 16)? as u32,
        packed: usize::try_from(packed).ok()?,
        offset: usize::try_from(offset).ok()?,
    };
    Some((member, length))
}

/// The numbers of eight bytes that the extra field 1 (zip64) holds.
fn large_fields(extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut rest = extra;
    let mut found: &[u8] = &[];
    while let (Some(kind), Some(length)) = (short(rest, 0), short(rest, 2)) {
        let content = rest.get(4..).and_then(|content| content.get(..usize::from(length)));
        if let (1, Some(content)) = (kind, content) {
            found = content;
        }
        rest = rest.get(4 + usize::from(length)..).unwrap_or_default();
    }
    found.chunks_exact(8).filter_map(|chunk| double(chunk, 0))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from(u32::from_le_bytes(*chunk)))
}

fn double(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}
