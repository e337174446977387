//! What a camera writes into its files: maker and model, when, how it was held (Exif 2.32, in a little-endian TIFF).

use crate::document::Properties;
use crate::value::Moment;

/// What a file says about where its pixels come from.
#[derive(Clone, Debug)]
pub(super) struct Tags<'a> {
    pub(super) properties: &'a Properties,
    /// Maker and model, where it was a camera.
    pub(super) camera: &'a str,
    pub(super) software: &'a str,
    pub(super) taken: Moment,
    /// 1 upright; 6 to be turned a quarter to the right.
    pub(super) orientation: u16,
    pub(super) dots_per_inch: Option<u32>,
    /// Of a camera: one over so many seconds, and the sensitivity.
    pub(super) exposure: Option<(u32, u16)>,
}

enum Value {
    Text(String),
    Short(u16),
    Long(u32),
    Ratio(u32, u32),
    Raw([u8; 4]),
}

/// The tags of a file as bytes.
pub(super) fn write(tags: &Tags<'_>, width: i32, height: i32) -> Vec<u8> {
    let taken = stamp(tags.taken);
    let (maker, model) = tags.camera.split_once(' ').unwrap_or((tags.camera, tags.camera));
    let offset = offset(tags);
    let dots = tags.dots_per_inch.unwrap_or(72);
    let mut main = vec![
        (0x0112, Value::Short(tags.orientation)),
        (0x011A, Value::Ratio(dots, 1)),
        (0x011B, Value::Ratio(dots, 1)),
        (0x0128, Value::Short(2)),
        (0x0131, Value::Text(tags.software.to_owned())),
        (0x0132, Value::Text(stamp(tags.properties.modified))),
    ];
    let mut own = vec![
        (0x9000, Value::Raw(*b"0232")),
        (0x9003, Value::Text(taken.clone())),
        (0x9004, Value::Text(taken)),
        (0x9011, Value::Text(offset)),
        (0xA001, Value::Short(1)),
        (0xA002, Value::Long(width as u32)),
        (0xA003, Value::Long(height as u32)),
    ];
    if !tags.camera.is_empty() {
        main.extend([(0x010F, Value::Text(maker.to_owned())), (0x0110, Value::Text(model.to_owned()))]);
    }
    if let Some((speed, sensitivity)) = tags.exposure {
        own.extend([
            (0x829A, Value::Ratio(1, speed)),
            (0x829D, Value::Ratio(18, 10)),
            (0x8827, Value::Short(sensitivity)),
            (0x920A, Value::Ratio(42, 10)),
        ]);
    }
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    // The second directory begins where the first one ends, which its own length does not change.
    let place = directory(&mut main, Some(0), 8).len() as u32 + 8;
    out.extend(directory(&mut main, Some(place), 8));
    out.extend(directory(&mut own, None, place));
    out
}

/// A directory that begins at `start`: its entries in order of their tags, then what did not fit into them.
fn directory(entries: &mut [(u16, Value)], own: Option<u32>, start: u32) -> Vec<u8> {
    entries.sort_by_key(|(tag, _)| *tag);
    let count = entries.len() + usize::from(own.is_some());
    let mut out = (count as u16).to_le_bytes().to_vec();
    let mut beyond = Vec::new();
    let heap = start + 2 + count as u32 * 12 + 4;
    let mut put = |tag: u16, value: &Value| {
        let (kind, length, data) = bytes(value);
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&u16::to_le_bytes(kind));
        out.extend_from_slice(&u32::to_le_bytes(length));
        if data.len() <= 4 {
            let mut field = [0; 4];
            field[..data.len()].copy_from_slice(&data);
            out.extend_from_slice(&field);
        } else {
            out.extend_from_slice(&(heap + beyond.len() as u32).to_le_bytes());
            beyond.extend_from_slice(&data);
            // Values begin at even places.
            beyond.resize(beyond.len().next_multiple_of(2), 0);
        }
    };
    let (before, after) = entries.split_at(entries.partition_point(|(tag, _)| *tag < 0x8769));
    before.iter().for_each(|(tag, value)| put(*tag, value));
    if let Some(place) = own {
        put(0x8769, &Value::Long(place));
    }
    after.iter().for_each(|(tag, value)| put(*tag, value));
    out.extend_from_slice(&[0; 4]);
    out.extend(beyond);
    out
}

/// Type, count and bytes of a value.
fn bytes(value: &Value) -> (u16, u32, Vec<u8>) {
    match value {
        Value::Text(text) => {
            // The standard knows ASCII only; readers take UTF-8.
            let data = [text.as_bytes(), &[0]].concat();
            (2, data.len() as u32, data)
        }
        Value::Short(value) => (3, 1, value.to_le_bytes().to_vec()),
        Value::Long(value) => (4, 1, value.to_le_bytes().to_vec()),
        Value::Ratio(one, other) => (5, 1, [one.to_le_bytes(), other.to_le_bytes()].concat()),
        Value::Raw(bytes) => (7, 4, bytes.to_vec()),
    }
}

/// `2026:03:04 09:30:00`.
fn stamp(at: Moment) -> String {
    let (year, month, day) = at.date().ymd();
    let (hour, minute, second) = at.time().hms();
    format!("{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// `+01:00`.
fn offset(tags: &Tags<'_>) -> String {
    let seconds = tags.properties.zone.offset_at(tags.taken).seconds;
    let minutes = seconds.unsigned_abs() / 60;
    format!("{}{:02}:{:02}", if seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}
