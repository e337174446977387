//! How numbers and money print in a locale [X3], [X5].
//!
//! The facts are those of the Unicode CLDR, edition 47 (Unicode License v3): separators, grouping, patterns and currency
//! symbols. Two are changed on purpose: the minus is always the hyphen people type, and thousands (`money("k")`) use the
//! short forms of the trade, which CLDR does not have.

pub use crate::value::currency::Currency;
use crate::value::{Number, Value};

const NO_BREAK: &str = "\u{a0}";

/// The habits of a country in writing numbers.
#[derive(Debug, PartialEq, Eq)]
pub struct Locale {
    /// BCP 47: `de-DE`.
    pub tag: &'static str,
    decimal: &'static str,
    group: &'static str,
    /// The group mark in money, where that is another one.
    money_group: &'static str,
    /// A number needs so many digits before its first group mark to be grouped at all: `4300,00`, but `45.300,00`.
    least_leading: usize,
    /// Lakhs and crores: after the first three digits, groups of two.
    indian: bool,
    /// `{n}` is the number, `{c}` the currency, `{-}` where the minus goes, `{s}` a space or
    /// the minus instead of it.
    money: &'static str,
    /// The same for thousands.
    thousands: &'static str,
    percent: &'static str,
    /// The currency of the country and how it is written at home.
    home: (&'static str, &'static str),
    /// How US dollars are written.
    dollar: &'static str,
}

/// What is asked of the filter `money`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyStyle {
    pub currency: &'static Currency,
    pub places: Option<u8>,
    pub thousands: bool,
}

impl MoneyStyle {
    /// Money in the world's currency with its minor units.
    pub fn new(currency: &'static Currency) -> MoneyStyle {
        MoneyStyle { currency, places: None, thousands: false }
    }

    /// The style with one argument of the filter: a number of places, `"k"` or a currency; none if it is neither.
    pub fn with(self, argument: &Value) -> Option<MoneyStyle> {
        match argument {
            Value::Text(text) if &**text == "k" => Some(MoneyStyle { thousands: true, ..self }),
            Value::Text(code) => Some(MoneyStyle { currency: Currency::named(code)?, ..self }),
            Value::Number(places) => {
                let places = u8::try_from(places.to_i64()?).ok().filter(|places| *places <= 12)?;
                Some(MoneyStyle { places: Some(places), ..self })
            }
            _ => None,
        }
    }
}

impl Locale {
    /// The locale of this tag.
    pub fn named(tag: &str) -> Option<&'static Locale> {
        LOCALES.iter().find(|locale| locale.tag == tag)
    }

    /// All tags, for suggestions.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        LOCALES.iter().map(|locale| locale.tag)
    }

    /// A number with its places and the country's decimal mark, without groups: `2026`, `0,5`, `3 %`.
    pub fn plain(&self, number: &Number) -> String {
        self.write(number, "")
    }

    /// A number with its places in the country's digits: `45.300,00`.
    pub fn number(&self, number: &Number) -> String {
        self.write(number, self.group)
    }

    fn write(&self, number: &Number, group: &str) -> String {
        if !number.percent {
            let (negative, digits) = self.digits(number, number.places, group);
            return format!("{}{digits}", sign(negative));
        }
        let shown = Number { percent: false, ..*number };
        let hundredfold = shown.multiply(Number::from(100)).unwrap_or(shown);
        let (negative, digits) = self.digits(&hundredfold, number.places.saturating_sub(2), group);
        self.percent.replace("{n}", &format!("{}{digits}", sign(negative)))
    }

    /// An amount of money: `45.300,00 €`, `£45,300.00`, `45,3 T€`.
    pub fn money(&self, amount: &Number, style: MoneyStyle) -> String {
        let thousand = Number::from(1_000);
        let (pattern, amount, places) = if style.thousands {
            (self.thousands, amount.divide(thousand).unwrap_or(*amount), style.places.unwrap_or(1))
        } else {
            (self.money, *amount, style.places.unwrap_or(style.currency.places))
        };
        let (negative, digits) = self.digits(&amount, places, self.money_group);
        // In Switzerland the minus takes the place of the space.
        let pattern = if negative { pattern.replace("{s}", "-") } else { pattern.replace("{s}", NO_BREAK) };
        let symbol = self.symbol(style.currency);
        // A symbol of letters does not touch a digit.
        let spaced = symbol.ends_with(char::is_alphabetic) && pattern.contains("{c}{n}");
        let gap = if spaced { NO_BREAK } else { "" };
        pattern.replace("{-}", sign(negative)).replace("{c}", &format!("{symbol}{gap}")).replace("{n}", &digits)
    }

    /// The number format by which a spreadsheet program shows money as this country writes it; the marks between
    /// digits are those of whoever opens it.
    pub fn money_format(&self, style: MoneyStyle) -> String {
        let (pattern, scale, places) = match style.thousands {
            true => (self.thousands, ",", style.places.unwrap_or(1)),
            false => (self.money, "", style.places.unwrap_or(style.currency.places)),
        };
        let point = if places > 0 { format!(".{}", "0".repeat(places.into())) } else { String::new() };
        let symbol = self.symbol(style.currency);
        let spaced = symbol.ends_with(char::is_alphabetic) && pattern.contains("{c}{n}");
        let symbol = format!("{symbol}{}", if spaced { NO_BREAK } else { "" });
        let shown = pattern.replace("{-}", "").replace("{s}", NO_BREAK).replace("{c}", &symbol);
        let Some((before, after)) = shown.split_once("{n}") else { return "General".to_owned() };
        let quoted = |text: &str| if text.is_empty() { String::new() } else { format!("\"{text}\"") };
        format!("{}#,##0{point}{scale}{}", quoted(before), quoted(after))
    }

    /// How a currency is written here.
    fn symbol(&self, currency: &Currency) -> &'static str {
        let (home, own) = self.home;
        match currency.code {
            code if code == home => own,
            "USD" => self.dollar,
            _ if currency.symbol.is_empty() => currency.code,
            _ => currency.symbol,
        }
    }

    /// Whether the number is negative, and its digits with `places` places.
    fn digits(&self, number: &Number, places: u8, group: &str) -> (bool, String) {
        let (negative, whole, fraction) = number.digits(places);
        let whole = self.grouped(&whole, group);
        let digits = if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", self.decimal) };
        (negative, digits)
    }

    fn grouped(&self, whole: &str, group: &str) -> String {
        if group.is_empty() || whole.len() < 3 + self.least_leading {
            return whole.to_string();
        }
        let (head, tail) = whole.split_at(whole.len() - 3);
        let size = if self.indian { 2 } else { 3 };
        let mut grouped = String::new();
        for (index, digit) in head.chars().enumerate() {
            if index > 0 && (head.len() - index).is_multiple_of(size) {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        grouped + group + tail
    }
}

fn sign(negative: bool) -> &'static str {
    if negative { "-" } else { "" }
}

/// What most of Europe does; the table states the differences.
const EUROPEAN: Locale = Locale {
    tag: "",
    decimal: ",",
    group: ".",
    money_group: ".",
    least_leading: 1,
    indian: false,
    money: "{-}{n}\u{a0}{c}",
    thousands: "{-}{n}\u{a0}k{c}",
    percent: "{n}\u{a0}%",
    home: ("EUR", "€"),
    dollar: "$",
};

/// The same with a space between groups.
const SPACED: Locale = Locale { group: NO_BREAK, money_group: NO_BREAK, ..EUROPEAN };

/// What English-speaking countries do.
const ENGLISH: Locale = Locale {
    decimal: ".",
    group: ",",
    money_group: ",",
    money: "{-}{c}{n}",
    thousands: "{-}{c}{n}k",
    percent: "{n}%",
    home: ("USD", "$"),
    ..EUROPEAN
};

static LOCALES: &[Locale] = &[
    Locale { tag: "en-US", ..ENGLISH },
    Locale { tag: "en-GB", home: ("GBP", "£"), dollar: "US$", ..ENGLISH },
    Locale { tag: "en-IE", home: ("EUR", "€"), dollar: "US$", ..ENGLISH },
    Locale { tag: "en-IN", home: ("INR", "₹"), indian: true, ..ENGLISH },
    Locale { tag: "de-DE", thousands: "{-}{n}\u{a0}T{c}", ..EUROPEAN },
    Locale { tag: "de-AT", group: NO_BREAK, money: "{-}{c}\u{a0}{n}", thousands: "{-}T{c}\u{a0}{n}", ..EUROPEAN },
    Locale {
        tag: "de-CH",
        decimal: ".",
        group: "’",
        money_group: "’",
        money: "{c}{s}{n}",
        thousands: "T{c}{s}{n}",
        percent: "{n}%",
        home: ("CHF", "CHF"),
        ..EUROPEAN
    },
    Locale {
        tag: "fr-FR",
        group: "\u{202f}",
        money_group: "\u{202f}",
        percent: "{n}\u{202f}%",
        dollar: "$US",
        ..EUROPEAN
    },
    Locale { tag: "it-IT", percent: "{n}%", dollar: "USD", ..EUROPEAN },
    Locale { tag: "es-ES", least_leading: 2, thousands: "{-}{n}\u{a0}mil\u{a0}{c}", dollar: "US$", ..EUROPEAN },
    Locale {
        tag: "pt-PT",
        least_leading: 2,
        thousands: "{-}{n}\u{a0}mil\u{a0}{c}",
        percent: "{n}%",
        dollar: "US$",
        ..SPACED
    },
    Locale {
        tag: "nl-NL",
        money: "{c}\u{a0}{-}{n}",
        thousands: "{c}\u{a0}{-}{n}k",
        percent: "{n}%",
        dollar: "US$",
        ..EUROPEAN
    },
    Locale {
        tag: "pl-PL",
        least_leading: 2,
        thousands: "{-}{n}\u{a0}tys.\u{a0}{c}",
        percent: "{n}%",
        home: ("PLN", "zł"),
        dollar: "USD",
        ..SPACED
    },
    Locale { tag: "cs-CZ", thousands: "{-}{n}\u{a0}tis.\u{a0}{c}", home: ("CZK", "Kč"), dollar: "US$", ..SPACED },
    Locale { tag: "sv-SE", thousands: "{-}{n}\u{a0}t{c}", home: ("SEK", "kr"), dollar: "US$", ..SPACED },
    Locale { tag: "da-DK", thousands: "{-}{n}\u{a0}t.{c}", home: ("DKK", "kr."), ..EUROPEAN },
    Locale { tag: "nb-NO", thousands: "{-}{n}\u{a0}t{c}", home: ("NOK", "kr"), dollar: "USD", ..SPACED },
    Locale { tag: "fi-FI", thousands: "{-}{n}\u{a0}t{c}", ..SPACED },
    Locale { tag: "ja-JP", thousands: "{-}{c}{n}千", home: ("JPY", "￥"), ..ENGLISH },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    /// Money with visible spaces: `_` for U+00A0, `~` for U+202F.
    fn money(tag: &str, amount: &str, code: &str, arguments: &[Value]) -> String {
        let locale = Locale::named(tag).unwrap_or_else(|| panic!("{tag} is a locale"));
        let mut style = MoneyStyle::new(Currency::named(code).unwrap_or_else(|| panic!("{code} is a currency")));
        for argument in arguments {
            style = style.with(argument).expect("an argument of the filter");
        }
        locale.money(&number(amount), style).replace('\u{a0}', "_").replace('\u{202f}', "~")
    }

    #[test]
    fn money_prints_as_at_home() {
        for (tag, code, large, small) in [
            ("en-US", "USD", "$1,245,300.50", "-$4,300.00"),
            ("en-GB", "GBP", "£1,245,300.50", "-£4,300.00"),
            ("en-IN", "INR", "₹12,45,300.50", "-₹4,300.00"),
            ("de-DE", "EUR", "1.245.300,50_€", "-4.300,00_€"),
            ("de-AT", "EUR", "€_1.245.300,50", "-€_4.300,00"),
            ("de-CH", "CHF", "CHF_1’245’300.50", "CHF-4’300.00"),
            ("fr-FR", "EUR", "1~245~300,50_€", "-4~300,00_€"),
            ("it-IT", "EUR", "1.245.300,50_€", "-4.300,00_€"),
            ("es-ES", "EUR", "1.245.300,50_€", "-4300,00_€"),
            ("pt-PT", "EUR", "1_245_300,50_€", "-4300,00_€"),
            ("nl-NL", "EUR", "€_1.245.300,50", "€_-4.300,00"),
            ("pl-PL", "PLN", "1_245_300,50_zł", "-4300,00_zł"),
            ("cs-CZ", "CZK", "1_245_300,50_Kč", "-4_300,00_Kč"),
            ("sv-SE", "SEK", "1_245_300,50_kr", "-4_300,00_kr"),
            ("da-DK", "DKK", "1.245.300,50_kr.", "-4.300,00_kr."),
            ("nb-NO", "NOK", "1_245_300,50_kr", "-4_300,00_kr"),
            ("fi-FI", "EUR", "1_245_300,50_€", "-4_300,00_€"),
            ("ja-JP", "JPY", "￥1,245,301", "-￥4,300"),
        ] {
            assert_eq!(money(tag, "1_245_300.50", code, &[]), large, "{tag}");
            assert_eq!(money(tag, "-4_300", code, &[]), small, "{tag}");
        }
        assert_eq!(Locale::named("de"), None);
    }

    #[test]
    fn money_follows_its_arguments() {
        let (thousands, dollars) = (Value::Text("k".into()), Value::Text("USD".into()));
        let whole = Value::Number(Number::ZERO);
        let amount = "45_349.50";
        assert_eq!(money("de-DE", amount, "EUR", std::slice::from_ref(&thousands)), "45,3_T€");
        assert_eq!(money("en-GB", amount, "GBP", std::slice::from_ref(&thousands)), "£45.3k");
        assert_eq!(money("de-CH", amount, "CHF", std::slice::from_ref(&thousands)), "TCHF_45.3");
        assert_eq!(money("sv-SE", amount, "SEK", &[thousands.clone(), whole.clone()]), "45_tkr");
        assert_eq!(money("de-DE", amount, "EUR", std::slice::from_ref(&whole)), "45.350_€");
        assert_eq!(money("de-DE", amount, "EUR", std::slice::from_ref(&dollars)), "45.349,50_$");
        assert_eq!(money("en-GB", amount, "GBP", &[dollars, whole]), "US$45,350");
        assert_eq!(money("en-GB", amount, "CHF", &[]), "CHF_45,349.50");
        assert_eq!(money("en-GB", "-0.001", "GBP", &[]), "£0.00");
        let style = MoneyStyle::new(Currency::named("EUR").expect("a currency"));
        assert!(style.with(&Value::Text("K".into())).is_none() && style.with(&Value::Number(number("0.5"))).is_none());
    }

    #[test]
    fn numbers_print_in_the_digits_of_the_country() {
        let shown = |tag: &str, text: &str| {
            let locale = Locale::named(tag).unwrap_or_else(|| panic!("{tag} is a locale"));
            let (plain, grouped) = (locale.plain(&number(text)), locale.number(&number(text)));
            format!("{plain}|{grouped}").replace('\u{a0}', "_").replace('\u{202f}', "~")
        };
        assert_eq!(shown("de-DE", "12345.60"), "12345,60|12.345,60");
        assert_eq!(shown("de-AT", "-12345.60"), "-12345,60|-12_345,60");
        assert_eq!(shown("de-DE", "2.5%"), "2,5_%|2,5_%");
        assert_eq!(shown("en-GB", "-3%"), "-3%|-3%");
        assert_eq!(shown("fr-FR", "1234%"), "1234~%|1~234~%");
        assert_eq!(shown("en-IN", "123456789"), "123456789|12,34,56,789");
        assert_eq!(shown("es-ES", "1234"), "1234|1234");
    }
}
