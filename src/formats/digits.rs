//! Exact decimals as machines write them: all digits, a point, no grouping.

use rust_decimal::Decimal;

use crate::value::Number;

/// The digits of a decimal, without zeros at the end.
pub(crate) fn exact(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

/// The digits of a number with at least as many places as it prints: `12.30`, `0.333333333333`.
pub(crate) fn plain(number: Number) -> String {
    let mut decimal = number.decimal.normalize();
    if decimal.scale() < u32::from(number.places) {
        decimal.rescale(u32::from(number.places));
    }
    decimal.to_string()
}
