//! What a phone's camera does to a scene: a soft lens, dark corners, grain, a tone curve, the colour of its white.

use crate::formats::picture::canvas::Canvas;
use crate::formats::picture::noise::Chance;

/// Develops a scene.
pub(super) fn develop(canvas: &mut Canvas, dim: i32, chance: &mut Chance) {
    soften(canvas);
    let curves = curves(dim, chance);
    let grain = 3 + dim / 20 + chance.between(0, 3);
    let (width, height) = (canvas.width, canvas.height);
    let (middle_x, middle_y) = (width / 2, height / 2);
    // How much darker the corners are, as 2^20ths for each square pixel of distance.
    let dark = (chance.between(24, 60) << 20) / (middle_x * middle_x + middle_y * middle_y);
    for (y, row) in canvas.rows(0, height) {
        let down = (y - middle_y) * (y - middle_y);
        for (x, pixel) in row.iter_mut().enumerate() {
            let across = x as i32 - middle_x;
            let fall = 256 - (((across * across + down) * dark) >> 20);
            let word = chance.word();
            // The sum of two uniform bytes has a peak in the middle, like the noise of a sensor.
            let bell = |shift: u32| (((word >> shift) & 0xFF) + ((word >> (shift + 8)) & 0xFF)) as i32 - 255;
            let (common, red, blue) = (bell(0) * grain, bell(16) * grain / 2, bell(32) * grain / 2);
            let part = |part: u8, noise: i32, curve: &[u8; 256]| {
                curve[((i32::from(part) * fall + noise) >> 8).clamp(0, 255) as usize]
            };
            *pixel = [
                part(pixel[0], common + red, &curves[0]),
                part(pixel[1], common, &curves[1]),
                part(pixel[2], common + blue, &curves[2]),
            ];
        }
    }
}

/// One curve for each of red, green and blue: a little contrast, and a white that is not quite white.
fn curves(dim: i32, chance: &mut Chance) -> [[u8; 256]; 3] {
    let contrast = chance.between(20, 90);
    let exposure = 256 + chance.between(-14, 22) - dim / 6;
    let warm = chance.between(-9, 9);
    [warm, 0, -warm].map(|cast| {
        std::array::from_fn(|value| {
            let value = ((value as i32 * (exposure + cast)) >> 8).clamp(0, 255);
            // 3t² − 2t³ bends the middle up and the ends in.
            let bent = value * value * (765 - 2 * value) / 65_025;
            (value + (((bent - value) * contrast) >> 8)).clamp(3, 252) as u8
        })
    })
}

/// A lens that is not quite sharp: each pixel takes a little of its neighbours, first beside, then above and below it. Both
/// loops go byte by byte, which processors do many at a time.
fn soften(canvas: &mut Canvas) {
    let width = canvas.width as usize * 3;
    let blend =
        |one: u8, two: u8, three: u8| ((u16::from(one) * 3 + u16::from(two) * 10 + u16::from(three) * 3) >> 4) as u8;
    let bytes = canvas.pixels.as_flattened_mut();
    let mut sharp = Vec::with_capacity(width + 3);
    for row in bytes.chunks_exact_mut(width) {
        sharp.clear();
        sharp.extend_from_slice(&row[..3]);
        sharp.extend_from_slice(row);
        for (((byte, left), here), right) in row.iter_mut().zip(&sharp).zip(&sharp[3..]).zip(&sharp[6..]) {
            *byte = blend(*left, *here, *right);
        }
    }
    let mut above = bytes[..width].to_vec();
    for y in 0..canvas.height as usize - 1 {
        let (rows, below) = bytes.split_at_mut((y + 1) * width);
        for ((above, byte), below) in above.iter_mut().zip(&mut rows[y * width..]).zip(&below[..width]) {
            let here = *byte;
            *byte = blend(*above, here, *below);
            *above = here;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::look::Colour;

    #[test]
    fn a_pixel_gives_three_sixteenths_to_each_neighbour() {
        let mut canvas = Canvas::new(4, 4, Colour(0, 16, 0));
        canvas.pixels[5] = [128, 16, 0];
        soften(&mut canvas);
        let red: Vec<u8> = canvas.pixels.iter().map(|pixel| pixel[0]).collect();
        // The last column and the last row keep what they had.
        assert_eq!(red, [4, 15, 4, 0, 15, 50, 15, 0, 4, 15, 4, 0, 0, 0, 0, 0]);
        assert!(canvas.pixels.iter().all(|pixel| pixel[1..] == [16, 0]));
    }
}
