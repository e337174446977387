//! Sizes of up to 28 digits as integers: the exact sums behind [`crate::value::Number`].

/// No number keeps more places than this; `*` and `/` round to it, halves away from zero.
pub(super) const MOST_PLACES: u8 = 12;

/// Half of the digits of a factor; see [`product`].
const HALF: u128 = 10_u128.pow(14);

/// The same size with at most twelve places and no trailing zeros behind the point.
pub(super) fn shorten(size: u128, scale: u32) -> (u128, u32) {
    let most = u32::from(MOST_PLACES);
    let (size, mut scale) = (drop_digits(size, scale.saturating_sub(most)), scale.min(most));
    // Most sizes fit a machine word, which is many times faster to divide.
    let Ok(mut small) = u64::try_from(size) else {
        return shorten_large(size, scale);
    };
    while scale > 0 && small.is_multiple_of(10) {
        small /= 10;
        scale -= 1;
    }
    (u128::from(small), scale)
}

fn shorten_large(mut size: u128, mut scale: u32) -> (u128, u32) {
    while scale > 0 && size.is_multiple_of(10) {
        size /= 10;
        scale -= 1;
    }
    (size, scale)
}

/// Drops the last digits, rounding halves up: the first dropped digit alone decides.
pub(super) fn drop_digits(size: u128, count: u32) -> u128 {
    match count {
        0 => size,
        1..=38 => {
            let kept = size / 10_u128.pow(count - 1);
            kept / 10 + u128::from(kept % 10 >= 5)
        }
        _ => 0,
    }
}

/// The product of two sizes with `scale` places together (at most 24), rounded to at most twelve places.
pub(super) fn product(left: u128, right: u128, scale: u32) -> Option<(u128, u32)> {
    if let Some(size) = left.checked_mul(right) {
        return Some(shorten(size, scale));
    }
    // Both factors in two halves of 14 digits, so that every part fits; the digits beyond the twelfth place but one are
    // dropped from the lowest part before the parts are put together.
    let ((high, low), (other_high, other_low)) = ((left / HALF, left % HALF), (right / HALF, right % HALF));
    let lowest = low * other_low;
    let middle = high * other_low + low * other_high + lowest / HALF;
    let dropped = scale.saturating_sub(u32::from(MOST_PLACES) + 1);
    let size = (high * other_high)
        .checked_mul(10_u128.pow(28 - dropped))?
        .checked_add(middle.checked_mul(10_u128.pow(14 - dropped))?)?
        .checked_add(lowest % HALF / 10_u128.pow(dropped))?;
    Some(shorten(size, scale - dropped))
}

/// `left` / `right` × 10^(`digits` − 1), rounded halves up: long division, one digit at a time.
pub(super) fn quotient(left: u128, right: u128, digits: i32) -> Option<u128> {
    let left = left / 10_u128.pow(digits.min(0).unsigned_abs());
    let (mut result, mut rest) = (left / right, left % right);
    for _ in 0..digits {
        rest *= 10;
        result = result.checked_mul(10)?.checked_add(rest / right)?;
        rest %= right;
    }
    Some(result / 10 + u128::from(result % 10 >= 5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_factors_give_what_short_ones_give() {
        // 10^20 + 1 squared needs 41 digits; with 24 places twelve of them are dropped.
        let factor = 10_u128.pow(20) + 1;
        assert_eq!(
            product(factor, factor, 24),
            Some((10_u128.pow(28) + 2 * 10_u128.pow(8), 12)).map(|(size, scale)| shorten(size, scale))
        );
        assert_eq!(product(factor, factor, 0), None);
    }

    #[test]
    fn division_rounds_at_the_digit_asked_for() {
        assert_eq!(quotient(1, 3, 13), Some(333_333_333_333));
        assert_eq!(quotient(2, 3, 13), Some(666_666_666_667));
        assert_eq!(quotient(12_345, 1, -1), Some(123));
        assert_eq!(quotient(u128::MAX, 1, 13), None);
    }

    #[test]
    fn dropping_rounds_halves_up_once() {
        assert_eq!(
            [drop_digits(1_449, 2), drop_digits(1_450, 2), drop_digits(5, 1), drop_digits(9, 60)],
            [14, 15, 1, 0]
        );
        assert_eq!(shorten(1_200, 3), (12, 1));
        assert_eq!(shorten(10_u128.pow(27), 3), (10_u128.pow(24), 0));
    }
}
