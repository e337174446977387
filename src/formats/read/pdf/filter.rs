//! The ways in which the streams of a pdf file are packed, and back; never to more than is allowed.

use std::io::Read;

use super::object::Dictionary;
use super::token::hexadecimal;

/// What a way of packing is told beside the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    predictor: i64,
    colours: usize,
    bits: usize,
    columns: usize,
    /// Whether codes of `LZWDecode` grow one step before they must.
    early: bool,
}

impl Told {
    /// Without a dictionary everything is as it is usual.
    pub(super) fn of(parameters: Option<&Dictionary>) -> Told {
        let number = |name: &[u8], usual: i64| parameters.and_then(|told| told.get(name).whole()).unwrap_or(usual);
        let size = |name, usual, most| number(name, usual).clamp(1, most) as usize;
        Told {
            predictor: number(b"Predictor", 1),
            colours: size(b"Colors", 1, 32),
            bits: size(b"BitsPerComponent", 8, 16),
            columns: size(b"Columns", 1, 1 << 20),
            early: number(b"EarlyChange", 1) != 0,
        }
    }
}

/// Unpacks what was packed in one way. None if the way is one of pictures, or not known.
pub(super) fn unpack(name: &[u8], bytes: &[u8], told: Told, most: usize) -> Option<Vec<u8>> {
    Some(match name {
        b"FlateDecode" | b"Fl" => predicted(inflate(bytes, most), told),
        b"LZWDecode" | b"LZW" => predicted(lzw(bytes, told.early, most), told),
        b"ASCIIHexDecode" | b"AHx" => hexadecimal(before(bytes, b'>')),
        b"ASCII85Decode" | b"A85" => base85(bytes, most),
        b"RunLengthDecode" | b"RL" => run_length(bytes, most),
        _ => return None,
    })
}

fn before(bytes: &[u8], end: u8) -> &[u8] {
    &bytes[..memchr::memchr(end, bytes).unwrap_or(bytes.len())]
}

/// As much as could be unpacked: a stream that was cut off holds what came before the cut.
fn inflate(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let _ = flate2::read::ZlibDecoder::new(bytes).take(most as u64).read_to_end(&mut unpacked);
    unpacked
}

/// Codes of nine to twelve bits: 256 empties the table, 257 ends.
fn lzw(bytes: &[u8], early: bool, most: usize) -> Vec<u8> {
    const EMPTY: usize = 256;
    const END: usize = 257;
    let mut out: Vec<u8> = Vec::new();
    // Of each code from 258 on, where its bytes are in what was unpacked.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut width = 9;
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize;
        held &= (1 << bits) - 1;
        if code == END || out.len() >= most {
            break;
        }
        if code == EMPTY {
            table.clear();
            (last, width) = (None, 9);
            continue;
        }
        if let Some((from, length)) = last.filter(|_| table.len() < 4096 - 258) {
            table.push((from, length + 1));
        }
        let start = out.len();
        match code.checked_sub(258) {
            None => out.push(code as u8),
            Some(at) => {
                let Some(&(from, length)) = table.get(at) else { break };
                (from..from + length).for_each(|at| out.push(out[at]));
            }
        }
        last = Some((start, out.len() - start));
        // The entry that this code begins is complete with the next one, so one more is counted.
        let known = table.len() + 259 + usize::from(early);
        width = (9..12).find(|width| known <= 1 << width).unwrap_or(12);
    }
    out.truncate(most);
    out
}

fn base85(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut digits: Vec<u8> = Vec::with_capacity(5);
    let bytes = bytes.strip_prefix(b"<~").unwrap_or(bytes);
    for byte in before(bytes, b'~') {
        match byte {
            b'z' if digits.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => digits.push(byte - b'!'),
            _ => {}
        }
        if digits.len() == 5 {
            out.extend(group(&digits));
            digits.clear();
        }
        if out.len() >= most {
            return out;
        }
    }
    if digits.len() > 1 {
        let kept = digits.len() - 1;
        digits.resize(5, 84);
        out.extend(&group(&digits)[..kept]);
    }
    out
}

fn group(digits: &[u8]) -> [u8; 4] {
    let value = digits.iter().fold(0_u64, |value, digit| value * 85 + u64::from(*digit));
    (value as u32).to_be_bytes()
}

fn run_length(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((&length, after)) = rest.split_first() {
        let taken = match length {
            0..=127 => {
                let count = (usize::from(length) + 1).min(after.len());
                out.extend_from_slice(&after[..count]);
                count
            }
            128 => break,
            129.. => {
                let byte = after.first().copied();
                out.extend(byte.into_iter().flat_map(|byte| std::iter::repeat_n(byte, 257 - usize::from(length))));
                1
            }
        };
        rest = after.get(taken..).unwrap_or_default();
        if out.len() >= most {
            break;
        }
    }
    out
}

/// Takes back what was subtracted from each byte: its neighbours, in rows.
fn predicted(bytes: Vec<u8>, told: Told) -> Vec<u8> {
    let pixel = (told.colours * told.bits).div_ceil(8);
    let row = (told.colours * told.bits * told.columns).div_ceil(8);
    match told.predictor {
        2 if told.bits == 8 => left_added(bytes, row, pixel),
        10..=15 => rows_added(&bytes, row, pixel),
        _ => bytes,
    }
}

fn left_added(mut bytes: Vec<u8>, row: usize, pixel: usize) -> Vec<u8> {
    for row in bytes.chunks_mut(row) {
        for at in pixel..row.len() {
            row[at] = row[at].wrapping_add(row[at - pixel]);
        }
    }
    bytes
}

/// Each row says in a byte of its own which neighbours were subtracted.
fn rows_added(bytes: &[u8], length: usize, pixel: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0; length];
    for packed in bytes.chunks(length + 1) {
        let Some((kind, packed)) = packed.split_first() else { break };
        let mut row = packed.to_vec();
        for at in 0..row.len() {
            let left = if at < pixel { 0 } else { row[at - pixel] };
            let corner = if at < pixel { 0 } else { above[at - pixel] };
            let added = match kind {
                1 => left,
                2 => above[at],
                3 => ((u16::from(left) + u16::from(above[at])) / 2) as u8,
                4 => nearest(left, above[at], corner),
                _ => 0,
            };
            row[at] = row[at].wrapping_add(added);
        }
        out.extend_from_slice(&row);
        above[..row.len()].copy_from_slice(&row);
    }
    out
}

/// Of left, above and the corner between them the one that is nearest to left + above − corner.
fn nearest(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let far = |byte: u8| (guess - i16::from(byte)).abs();
    match (far(left), far(above), far(corner)) {
        (a, b, c) if a <= b && a <= c => left,
        (_, b, c) if b <= c => above,
        _ => corner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Told = Told { predictor: 1, colours: 1, bits: 8, columns: 1, early: true };

    fn unpacked(name: &str, bytes: &[u8]) -> Vec<u8> {
        unpack(name.as_bytes(), bytes, PLAIN, 1_000).expect("the way is known")
    }

    #[test]
    fn every_way_of_text_is_unpacked() {
        assert_eq!(unpacked("ASCIIHexDecode", b"4 8 65 6C6c6f>zz"), b"Hello");
        assert_eq!(unpacked("ASCII85Decode", b"87cUR\nD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(unpacked("ASCII85Decode", b"z87cURDZ~>"), b"\0\0\0\0Hello");
        assert_eq!(unpacked("RunLengthDecode", &[2, b'a', b'b', b'c', 254, b'x', 128, 9]), b"abcxxx");
        // The example of the specification of LZWDecode.
        assert_eq!(
            unpacked("LZWDecode", &[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01]),
            [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]
        );
        assert_eq!(unpack(b"DCTDecode", b"", PLAIN, 9), None);
    }

    #[test]
    fn predictors_add_what_was_subtracted() {
        let told = |predictor| Told { predictor, columns: 3, ..PLAIN };
        assert_eq!(predicted(vec![1, 1, 1, 5, 1, 1], told(2)), [1, 2, 3, 5, 6, 7]);
        let rows = vec![0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1];
        assert_eq!(predicted(rows, told(12)), [1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5]);
    }

    #[test]
    fn nothing_is_unpacked_beyond_what_is_allowed() {
        let bomb = [129, b'x'].repeat(100);
        assert!(unpack(b"RL", &bomb, PLAIN, 300).expect("the way is known").len() < 300 + 129);
        let long: Vec<u8> = (0..600).flat_map(|_| [0x80, 0x0B, 0x60, 0x50]).collect();
        assert!(unpack(b"LZW", &long, PLAIN, 5).expect("the way is known").len() <= 5);
    }
}
