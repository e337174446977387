//! The one numeric type [V1].
use rust_decimal::Decimal;

/// An exact decimal of at most 28 digits, with the places it prints and whether it was written in percent.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    pub decimal: Decimal,
    /// Digits after the point when printed without a filter [V5].
    pub places: u8,
    /// `3%` is 0.03 with a percent face [V2].
    pub percent: bool,
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.decimal == other.decimal
    }
}
impl Eq for Number {}
