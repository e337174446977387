//! Pixels → png: filtered rows, deflated as all our packages are, with what the document says about itself.

use std::hash::BuildHasherDefault;

use flate2::Crc;
use indexmap::IndexSet;
use rustc_hash::FxHasher;

use super::canvas::Canvas;
use crate::document::Properties;
use crate::formats::deflate;

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];

/// The bytes of a png file. A canvas without colours becomes a grey one.
pub(super) fn write(canvas: &Canvas, properties: &Properties, dots_per_inch: Option<u32>) -> Vec<u8> {
    let grey = canvas.is_grey();
    let few = if grey { None } else { indexed(canvas) };
    let kind = match (grey, &few) {
        (true, _) => 0,
        (false, None) => 2,
        (false, Some(_)) => 3,
    };
    let mut out = SIGNATURE.to_vec();
    let mut head = Vec::new();
    head.extend_from_slice(&canvas.width.to_be_bytes());
    head.extend_from_slice(&canvas.height.to_be_bytes());
    head.extend_from_slice(&[8, kind, 0, 0, 0]);
    chunk(b"IHDR", &head, &mut out);
    if let Some(dots) = dots_per_inch {
        // Dots per metre, both ways.
        let dots = (dots * 10_000 / 254).to_be_bytes();
        chunk(b"pHYs", &[&dots[..], &dots[..], &[1]].concat(), &mut out);
    }
    chunk(b"tIME", &time(properties), &mut out);
    let created = properties.zone.to_utc(properties.created).iso() + "Z";
    for (key, text) in [("Title", &properties.title), ("Author", &properties.author), ("Creation Time", &created)] {
        if !text.is_empty() {
            // Keyword, no compression, no language, no translated keyword, text in UTF-8.
            chunk(b"iTXt", &[key.as_bytes(), &[0, 0, 0, 0, 0], text.as_bytes()].concat(), &mut out);
        }
    }
    let rows = match few {
        Some(Indexed { colours, rows }) => {
            chunk(b"PLTE", &colours, &mut out);
            rows
        }
        None => filtered(canvas, grey),
    };
    let mut packed = Vec::new();
    deflate::zlib(&rows, &mut packed);
    chunk(b"IDAT", &packed, &mut out);
    chunk(b"IEND", &[], &mut out);
    out
}

/// A picture of no more than 256 colours.
struct Indexed {
    /// Red, green and blue of each, in the order in which they first stand.
    colours: Vec<u8>,
    /// The number of its colour for each pixel, each row behind the filter 0: numbers have no neighbours.
    rows: Vec<u8>,
}

/// The pixels by the numbers of their colours; nothing if there are too many colours.
fn indexed(canvas: &Canvas) -> Option<Indexed> {
    let width = canvas.width as usize;
    let mut colours: IndexSet<[u8; 3], BuildHasherDefault<FxHasher>> = IndexSet::default();
    let mut rows = Vec::with_capacity(canvas.pixels.len() + canvas.height as usize);
    let mut above: &[[u8; 3]] = &[];
    for row in canvas.pixels.chunks_exact(width) {
        // Most rows are as the one above, most pixels as the one before.
        if row.as_flattened() == above.as_flattened() {
            rows.extend_from_within(rows.len() - width - 1..);
            continue;
        }
        above = row;
        rows.push(0);
        for same in row.chunk_by(|before, pixel| before == pixel) {
            let (number, _) = colours.insert_full(same[0]);
            rows.resize(rows.len() + same.len(), u8::try_from(number).ok()?);
        }
    }
    Some(Indexed { colours: colours.into_iter().flatten().collect(), rows })
}

fn chunk(kind: &[u8; 4], data: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(data.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend_from_slice(kind);
    out.extend_from_slice(data);
    let mut crc = Crc::new();
    crc.update(&out[start..]);
    out.extend_from_slice(&crc.sum().to_be_bytes());
}

/// When the picture was last changed, in UTC.
fn time(properties: &Properties) -> [u8; 7] {
    let at = properties.zone.to_utc(properties.modified);
    let (year, month, day) = at.date().ymd();
    let (hour, minute, second) = at.time().hms();
    let [high, low] = (year as u16).to_be_bytes();
    [high, low, month as u8, day as u8, hour as u8, minute as u8, second as u8]
}

/// The rows, each with the filter that leaves the smallest differences.
fn filtered(canvas: &Canvas, grey: bool) -> Vec<u8> {
    let depth = if grey { 1 } else { 3 };
    let width = canvas.width as usize * depth;
    let mut out = Vec::with_capacity((width + 1) * canvas.height as usize);
    let mut above = vec![0; width];
    let mut row = Vec::with_capacity(width);
    let mut tried = Vec::with_capacity(width);
    for pixels in canvas.pixels.chunks_exact(canvas.width as usize) {
        row.clear();
        match grey {
            true => row.extend(pixels.iter().map(|pixel| pixel[0])),
            false => row.extend_from_slice(pixels.as_flattened()),
        }
        let start = out.len();
        let mut least = u32::MAX;
        for filter in [0_u8, 1, 2, 4] {
            tried.clear();
            filter_row(filter, &row, &above, depth, &mut tried);
            let size = tried.iter().map(|byte| u32::from((*byte as i8).unsigned_abs())).sum();
            if size < least {
                least = size;
                out.truncate(start);
                out.push(filter);
                out.extend_from_slice(&tried);
            }
            if least == 0 {
                break;
            }
        }
        std::mem::swap(&mut above, &mut row);
    }
    out
}

/// One row through filter 0 (none), 1 (left), 2 (up) or 4 (Paeth) of the png specification. The first pixel has nothing
/// to its left; the others go through loops without a question, which processors do many bytes at a time.
fn filter_row(filter: u8, row: &[u8], above: &[u8], depth: usize, out: &mut Vec<u8>) {
    let (first, rest) = row.split_at(depth);
    let lefts = row.iter();
    match filter {
        0 => out.extend_from_slice(row),
        1 => {
            out.extend_from_slice(first);
            out.extend(rest.iter().zip(lefts).map(|(byte, left)| byte.wrapping_sub(*left)));
        }
        2 => out.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(*above))),
        _ => {
            out.extend(first.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(*above)));
            let around = lefts.zip(&above[depth..]).zip(above);
            let filtered = |(byte, ((left, above), corner)): (&u8, ((&u8, &u8), &u8))| {
                byte.wrapping_sub(nearest(*left, *above, *corner))
            };
            out.extend(rest.iter().zip(around).map(filtered));
        }
    }
}

/// Which of left, above and above left is nearest to left + above − above left.
fn nearest(left: u8, above: u8, corner: u8) -> u8 {
    let [by_left, by_above] = [above, left].map(|byte| (i16::from(byte) - i16::from(corner)).abs());
    let by_corner = (i16::from(left) + i16::from(above) - 2 * i16::from(corner)).abs();
    let beside = if by_above <= by_corner { above } else { corner };
    if by_left <= by_above.min(by_corner) { left } else { beside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::look::Colour;

    #[test]
    fn few_colours_are_numbered_as_they_come() {
        let mut canvas = Canvas::new(4, 3, Colour(1, 2, 3));
        canvas.block((1, 0), (3, 3), Colour(4, 5, 6));
        canvas.block((2, 2), (4, 3), Colour(7, 8, 9));
        let Indexed { colours, rows } = indexed(&canvas).expect("three colours");
        assert_eq!(colours, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(rows, [0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 2, 2]);
        let mut many = Canvas::new(257, 1, Colour(0, 0, 0));
        (0..257).for_each(|at| many.pixels[at] = [(at % 256) as u8, (at / 256) as u8, 0]);
        assert!(indexed(&many).is_none());
    }

    /// The words of the specification, byte by byte.
    fn paeth(left: u8, above: u8, corner: u8) -> u8 {
        let guess = i32::from(left) + i32::from(above) - i32::from(corner);
        let far = |byte: u8| (guess - i32::from(byte)).abs();
        let of_two = |one: u8, other: u8| if far(one) <= far(other) { one } else { other };
        of_two(left, of_two(above, corner))
    }

    #[test]
    fn rows_are_filtered_as_the_specification_says() {
        let bytes: Vec<u8> = (0..600_u32).map(|at| (at * at * 37 / 11) as u8).collect();
        for depth in [1, 3] {
            let (above, row) = bytes.split_at(300);
            let of = |row: &[u8], at: usize| at.checked_sub(depth).map_or(0, |at| row[at]);
            for filter in [0, 1, 2, 4] {
                let mut out = Vec::new();
                filter_row(filter, row, above, depth, &mut out);
                let expected = (0..300).map(|at| {
                    let [left, corner] = [of(row, at), of(above, at)];
                    row[at].wrapping_sub(match filter {
                        0 => 0,
                        1 => left,
                        2 => above[at],
                        _ => paeth(left, above[at], corner),
                    })
                });
                assert_eq!(out, expected.collect::<Vec<u8>>(), "filter {filter} of {depth}");
            }
        }
    }

    #[test]
    fn the_nearest_is_that_of_the_specification() {
        for left in (0..=255).step_by(5) {
            for above in (0..=255).step_by(3) {
                for corner in 0..=255 {
                    assert_eq!(nearest(left, above, corner), paeth(left, above, corner), "{left} {above} {corner}");
                }
            }
        }
    }
}
