//! The one zip writer: fixed order, fixed time, one pinned deflate, so that a package is a function of its parts.
//!
//! Every header field is written here because the usual writers take some of them from the machine they run on: the
//! host byte, the attributes and the time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::thread::LocalKey;

use flate2::Crc;

use super::deflate;
use crate::value::Moment;

/// Parts of a kind that a thread keeps: a handful for each format and each company's colours.
const MOST_KEPT: usize = 64;
/// 1980-01-01, the first day a DOS date can hold.
const DATE: u16 = (1 << 5) | 1;
/// "Made by" Unix, version 2.0 of the zip format, on every machine.
const MADE_BY: u16 = (3 << 8) | 20;
const NEEDED: u16 = 20;
const DEFLATED: u16 = 8;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// A regular file that everybody may read.
const ATTRIBUTES: u32 = 0o100_644 << 16;

/// Parts that were packed before, by their content. What a part becomes depends on nothing else.
type Kept = RefCell<BTreeMap<Box<[u8]>, Rc<Packed>>>;

thread_local! {
    static COMMON: Kept = const { RefCell::new(BTreeMap::new()) };
    static SHARED: Kept = const { RefCell::new(BTreeMap::new()) };
}

/// A zip file that grows part by part, in the order the parts are given.
pub(crate) struct Package {
    bytes: Vec<u8>,
    /// Time and date of every part, as DOS counts them.
    stamp: [u16; 2],
    directory: Vec<u8>,
    parts: u16,
}

impl Default for Package {
    /// A package whose parts have no time of their own.
    fn default() -> Package {
        Package { bytes: Vec::new(), stamp: [0, DATE], directory: Vec::new(), parts: 0 }
    }
}

impl Package {
    /// A package whose parts were saved at a moment of the story.
    pub(crate) fn saved(at: Moment) -> Package {
        let (year, month, day) = at.date().ymd();
        let (hour, minute, second) = at.time().hms();
        let time = hour << 11 | minute << 5 | (second / 2);
        let date = (year.clamp(1980, 2107) as u32 - 1980) << 9 | month << 5 | day;
        Package { stamp: [time as u16, date as u16], ..Package::default() }
    }

    /// Adds one part. Callers give names without a leading slash, `[Content_Types].xml` first.
    pub(crate) fn part(&mut self, name: &str, content: &[u8]) {
        let entry = Entry { crc: checksum(content), size: content.len() as u32, name, stamp: self.stamp };
        self.entry(&entry, |out| deflate::bare(content, out));
    }

    /// The same for one that is often as in another package, such as its content types: it is packed once for those.
    pub(crate) fn common(&mut self, name: &str, content: &[u8]) {
        self.packed(name, &packed_once(&COMMON, content, deflate::bare));
    }

    /// Adds a part that was packed before.
    pub(crate) fn packed(&mut self, name: &str, part: &Packed) {
        let entry = Entry { crc: part.crc, size: part.size, name, stamp: self.stamp };
        self.entry(&entry, |out| out.extend_from_slice(&part.bytes));
    }

    /// Adds a part that many packages share to the last byte, such as styles in a company's colours: it is packed once, as
    /// small as can be.
    pub(crate) fn shared(&mut self, name: &str, content: &[u8]) {
        self.packed(name, &packed_once(&SHARED, content, deflate::small));
    }

    /// Header, name and what `pack` appends: the deflated content.
    fn entry(&mut self, entry: &Entry<'_>, pack: impl FnOnce(&mut Vec<u8>)) {
        let offset = self.bytes.len();
        self.bytes.extend_from_slice(&0x0403_4b50_u32.to_le_bytes());
        let described = self.bytes.len();
        entry.describe(0, &mut self.bytes);
        self.bytes.extend_from_slice(entry.name.as_bytes());
        let before = self.bytes.len();
        pack(&mut self.bytes);
        let packed = (self.bytes.len() - before) as u32;
        // The size is known only now; writing it back keeps the package free of data descriptors.
        self.bytes[described + 14..described + 18].copy_from_slice(&packed.to_le_bytes());
        entry.list(packed, offset as u32, &mut self.directory);
        self.parts += 1;
    }

    /// The whole package: parts, directory and its end record.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len() as u32;
        let size = self.directory.len() as u32;
        self.bytes.append(&mut self.directory);
        self.bytes.extend_from_slice(&0x0605_4b50_u32.to_le_bytes());
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&self.parts.to_le_bytes());
        self.bytes.extend_from_slice(&self.parts.to_le_bytes());
        self.bytes.extend_from_slice(&size.to_le_bytes());
        self.bytes.extend_from_slice(&start.to_le_bytes());
        self.bytes.extend_from_slice(&[0; 2]);
        self.bytes
    }
}

/// A part that many packages share, packed once.
pub(crate) struct Packed {
    bytes: Vec<u8>,
    crc: u32,
    size: u32,
}

/// How a content is deflated.
type Pack = fn(&[u8], &mut Vec<u8>);

impl Packed {
    pub(crate) fn new(content: &[u8]) -> Packed {
        Packed::by(deflate::small, content)
    }

    fn by(pack: Pack, content: &[u8]) -> Packed {
        let mut bytes = Vec::new();
        pack(content, &mut bytes);
        Packed { bytes, crc: checksum(content), size: content.len() as u32 }
    }
}

fn packed_once(kept: &'static LocalKey<Kept>, content: &[u8], pack: Pack) -> Rc<Packed> {
    kept.with_borrow_mut(|kept| {
        if let Some(packed) = kept.get(content) {
            return Rc::clone(packed);
        }
        if kept.len() == MOST_KEPT {
            kept.clear();
        }
        let packed = Rc::new(Packed::by(pack, content));
        kept.insert(content.into(), Rc::clone(&packed));
        packed
    })
}

fn checksum(content: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(content);
    crc.sum()
}

/// What both headers of a part say.
struct Entry<'a> {
    crc: u32,
    size: u32,
    name: &'a str,
    stamp: [u16; 2],
}

impl Entry<'_> {
    /// The fields that the local header and the directory share, up to the length of the extra field.
    fn describe(&self, packed: u32, out: &mut Vec<u8>) {
        let [time, date] = self.stamp;
        for field in [NEEDED, FLAGS, DEFLATED, time, date] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        for field in [self.crc, packed, self.size] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(&(self.name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0; 2]);
    }

    /// The part's record in the directory.
    fn list(&self, packed: u32, offset: u32, out: &mut Vec<u8>) {
        out.extend_from_slice(&0x0201_4b50_u32.to_le_bytes());
        out.extend_from_slice(&MADE_BY.to_le_bytes());
        self.describe(packed, out);
        // No comment, first disk, no internal attributes.
        out.extend_from_slice(&[0; 6]);
        out.extend_from_slice(&ATTRIBUTES.to_le_bytes());
        out.extend_from_slice(&offset.to_le_bytes());
        out.extend_from_slice(self.name.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_part_is_packed_as_any_other() {
        let packed = |add: fn(&mut Package, &str, &[u8])| {
            let mut package = Package::default();
            for name in ["one.xml", "other.xml", "one.xml"] {
                add(&mut package, name, name.repeat(99).as_bytes());
            }
            package.finish()
        };
        assert_eq!(packed(Package::common), packed(Package::part));
    }
}
