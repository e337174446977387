//! Pixels → baseline jpeg, with what a camera writes beside them. The encoder works in whole numbers only.

use std::borrow::Cow;

use jpeg_encoder::{ColorType, Encoder, PixelDensity, SamplingFactor};

use super::canvas::Canvas;
use super::exif;

/// How good a phone keeps its pictures; another number is another byte format.
const QUALITY: u8 = 84;

/// The bytes of a jpeg file. A canvas without colours becomes a grey one.
pub(super) fn write(canvas: &Canvas, tags: &exif::Tags) -> Vec<u8> {
    let mut out = Vec::with_capacity(1 << 16);
    let mut encoder = Encoder::new(&mut out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(dots) = tags.dots_per_inch {
        encoder.set_density(PixelDensity::dpi(dots as u16));
    }
    let (data, kind): (Cow<'_, [u8]>, ColorType) = match canvas.is_grey() {
        true => (canvas.pixels.iter().map(|pixel| pixel[0]).collect(), ColorType::Luma),
        false => (canvas.pixels.as_flattened().into(), ColorType::Rgb),
    };
    encoder
        .add_exif_metadata(&exif::write(tags, canvas.width, canvas.height))
        .and_then(|()| encoder.encode(&data, canvas.width as u16, canvas.height as u16, kind))
        .expect("a canvas is smaller than 65,536 pixels either way, and its tags than a segment");
    out
}
