//! The one pinned deflate. Another level or encoder is another byte format.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

/// A workbook of 217 kB takes 0.49 ms to deflate, a letter of 30 kB 0.06 ms; at level 4 it was 1.67 and 0.17 ms for a third
/// fewer bytes, and that was two thirds of all the time a writer took. Office suites write at this level too.
const LEVEL: u32 = 1;
/// For what is packed once and used many times, where smaller costs nothing.
const SMALL_LEVEL: u32 = 6;

thread_local! {
    /// One encoder for each thread: making its state costs more than deflating a small part.
    static BARE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
    static FRAMED: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), true));
    static SMALL: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(SMALL_LEVEL), false));
}

/// Appends the deflated content, as zip files have it.
pub(crate) fn bare(content: &[u8], out: &mut Vec<u8>) {
    BARE.with_borrow_mut(|encoder| run(encoder, content, out));
}

/// The same in fewer bytes and more time.
pub(crate) fn small(content: &[u8], out: &mut Vec<u8>) {
    SMALL.with_borrow_mut(|encoder| run(encoder, content, out));
}

/// Appends the content as a zlib stream, as pdf and png have it.
pub(crate) fn zlib(content: &[u8], out: &mut Vec<u8>) {
    FRAMED.with_borrow_mut(|encoder| run(encoder, content, out));
}

fn run(encoder: &mut Compress, content: &[u8], out: &mut Vec<u8>) {
    encoder.reset();
    loop {
        out.reserve(content.len() / 4 + 128);
        let read = encoder.total_in() as usize;
        let status = encoder.compress_vec(&content[read..], out, FlushCompress::Finish);
        match status.expect("deflate without a dictionary has no failing state") {
            Status::StreamEnd => break,
            Status::Ok | Status::BufError => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_deflated_before_decides_nothing() {
        let long: Vec<u8> = (0..200_000_u32).map(|at| (at % 1_009 * (at / 7) % 23) as u8).collect();
        let contents = [&long[..], b"short", &long[70_000..70_900], b"", &long];
        for (level, framed, pack) in
            [(LEVEL, false, bare as fn(&[u8], &mut Vec<u8>)), (LEVEL, true, zlib), (SMALL_LEVEL, false, small)]
        {
            for content in contents {
                let [mut packed, mut fresh] = [Vec::new(), Vec::new()];
                pack(content, &mut packed);
                run(&mut Compress::new(Compression::new(level), framed), content, &mut fresh);
                assert!(packed == fresh, "{} bytes at level {level}", content.len());
            }
        }
    }
}
