//! The one pinned deflate. Another level or encoder is another byte format.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

/// Two thirds of the time of level 6 for a twenty-fifth more bytes.
const LEVEL: u32 = 4;

thread_local! {
    /// One encoder for each thread: making its state costs more than deflating a small part.
    static BARE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
    static FRAMED: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

/// Appends the deflated content, as zip files have it, and returns how many bytes that took.
pub(crate) fn bare(content: &[u8], out: &mut Vec<u8>) -> usize {
    BARE.with_borrow_mut(|encoder| run(encoder, content, out))
}

/// Appends the content as a zlib stream, as pdf and png have it.
pub(crate) fn zlib(content: &[u8], out: &mut Vec<u8>) {
    FRAMED.with_borrow_mut(|encoder| run(encoder, content, out));
}

fn run(encoder: &mut Compress, content: &[u8], out: &mut Vec<u8>) -> usize {
    let before = out.len();
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
    out.len() - before
}
