//! Currencies by their ISO 4217 codes.

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    pub code: &'static str,
    /// Places of its smallest unit.
    pub places: u8,
    /// A sign of its own that everybody reads.
    pub(super) symbol: &'static str,
}

impl Currency {
    /// The currency of this code.
    pub fn named(code: &str) -> Option<&'static Currency> {
        CURRENCIES.iter().find(|currency| currency.code == code)
    }

    /// All codes, for suggestions.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        CURRENCIES.iter().map(|currency| currency.code)
    }
}

const fn currency(code: &'static str, places: u8, symbol: &'static str) -> Currency {
    Currency { code, places, symbol }
}

/// ISO 4217: codes and minor units of the currencies offices are likely to meet.
static CURRENCIES: &[Currency] = &[
    currency("AED", 2, ""),
    currency("ARS", 2, ""),
    currency("AUD", 2, "A$"),
    currency("BGN", 2, ""),
    currency("BHD", 3, ""),
    currency("BRL", 2, "R$"),
    currency("CAD", 2, "CA$"),
    currency("CHF", 2, ""),
    currency("CLP", 0, ""),
    currency("CNY", 2, "CN¥"),
    currency("COP", 2, ""),
    currency("CZK", 2, ""),
    currency("DKK", 2, ""),
    currency("EGP", 2, ""),
    currency("EUR", 2, "€"),
    currency("GBP", 2, "£"),
    currency("HKD", 2, "HK$"),
    currency("HUF", 2, ""),
    currency("IDR", 2, ""),
    currency("ILS", 2, "₪"),
    currency("INR", 2, "₹"),
    currency("ISK", 0, ""),
    currency("JPY", 0, "¥"),
    currency("KRW", 0, "₩"),
    currency("KWD", 3, ""),
    currency("MXN", 2, "MX$"),
    currency("MYR", 2, ""),
    currency("NOK", 2, ""),
    currency("NZD", 2, "NZ$"),
    currency("PHP", 2, ""),
    currency("PLN", 2, ""),
    currency("RON", 2, ""),
    currency("RSD", 2, ""),
    currency("SAR", 2, ""),
    currency("SEK", 2, ""),
    currency("SGD", 2, ""),
    currency("THB", 2, ""),
    currency("TND", 3, ""),
    currency("TRY", 2, ""),
    currency("TWD", 2, "NT$"),
    currency("UAH", 2, ""),
    currency("USD", 2, "$"),
    currency("VND", 0, "₫"),
    currency("ZAR", 2, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_stand_once_in_order() {
        let codes: Vec<_> = Currency::codes().collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(Currency::named("JPY").map(|currency| currency.places), Some(0));
        assert_eq!(Currency::named("eur"), None);
    }
}
