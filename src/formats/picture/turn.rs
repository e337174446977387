//! Angles in 4096ths of a full turn.

/// The sine in 2^15ths: exact to the last at every 16th of a quarter, straight lines between.
pub(super) fn sine(angle: i32) -> i32 {
    /// sin(n · 90° / 16) · 2^15, rounded.
    const QUARTER: [i32; 17] = [
        0, 3212, 6393, 9512, 12540, 15447, 18205, 20788, 23170, 25330, 27246, 28899, 30274, 31357, 32138, 32610, 32768,
    ];
    let angle = angle.rem_euclid(4096);
    let folded = if angle % 2048 > 1024 { 2048 - angle % 2048 } else { angle % 2048 };
    let (at, rest) = ((folded / 64) as usize, folded % 64);
    let value = QUARTER[at] + (QUARTER[(at + 1).min(16)] - QUARTER[at]) * rest / 64;
    if angle < 2048 { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_eighths_are_right() {
        let sines: Vec<i32> = (0..8).map(|eighth| sine(eighth * 512)).collect();
        assert_eq!(sines, [0, 23_170, 32_768, 23_170, 0, -23_170, -32_768, -23_170]);
        assert_eq!(sine(-100), -sine(100));
    }
}
