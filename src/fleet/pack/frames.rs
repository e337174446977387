//! Bytes to frames of zstd and back. The library's version is pinned, so that the same bytes make the same frame.

use std::io::{self, Read, Write};

use zstd::zstd_safe::CParameter;

/// How hard a frame of one world is pressed: it costs a twentieth of what making the world does.
const SWIFT: i32 = 3;
/// The same of an archive, which is made to be small.
const SMALL: i32 = 9;
/// How far back an archive looks for what it repeats, as a power of two: 64 MB hold several worlds, and more gain nothing.
const WINDOW: u32 = 26;

/// The most bytes of a dictionary, as the `zstd` command makes it.
const DICTIONARY: usize = 112_640;
/// A dictionary is made from pieces of this size.
const PIECE: usize = 16 << 10;

/// A dictionary of what these bytes have in common; empty where there are too few of them to tell.
pub(super) fn dictionary(samples: &[&[u8]]) -> Vec<u8> {
    let pieces: Vec<&[u8]> = samples.iter().flat_map(|sample| sample.chunks(PIECE)).collect();
    zstd::dict::from_samples(&pieces, DICTIONARY).unwrap_or_default()
}

/// One frame with a checksum of what it holds.
pub(super) fn frame(bytes: &[u8], dictionary: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(SWIFT, dictionary)?;
    compressor.set_parameter(CParameter::ChecksumFlag(true))?;
    compressor.compress(bytes)
}

/// A frame that is written bit by bit.
pub(super) type LongFrame<W> = zstd::stream::write::Encoder<'static, W>;

/// Begins a frame with a long window.
pub(super) fn long_frame<W: Write>(to: W) -> io::Result<LongFrame<W>> {
    let mut encoder = zstd::stream::write::Encoder::new(to, SMALL)?;
    encoder.set_parameter(CParameter::ChecksumFlag(true))?;
    encoder.set_parameter(CParameter::EnableLongDistanceMatching(true))?;
    encoder.set_parameter(CParameter::WindowLog(WINDOW))?;
    Ok(encoder)
}

/// The same in one step.
pub(super) fn long(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut frame = long_frame(Vec::new())?;
    frame.write_all(bytes)?;
    frame.finish()
}

/// Reads a frame.
pub(super) fn unframed<R: Read>(from: R, dictionary: &[u8]) -> io::Result<impl Read + use<R>> {
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(io::BufReader::new(from), dictionary)?;
    decoder.window_log_max(WINDOW)?;
    Ok(decoder.single_frame())
}
