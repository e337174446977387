//! What a country says about an office: how numbers print, when the day begins, what is paid with.

/// One country that `worldc new` knows.
pub(super) struct Country {
    /// ISO 3166, lower case, as `people.name` takes it.
    pub(super) code: &'static str,
    pub(super) locale: &'static str,
    pub(super) timezone: &'static str,
    pub(super) currency: &'static str,
    /// A company name of the usual form.
    pub(super) company: &'static str,
}

/// The countries, the default first.
pub(super) const COUNTRIES: &[Country] = &[
    country("de", "de-DE", "Europe/Berlin", "EUR", "Muster GmbH"),
    country("at", "de-AT", "Europe/Vienna", "EUR", "Muster GmbH"),
    country("cz", "cs-CZ", "Europe/Prague", "CZK", "Vzor s.r.o."),
    country("dk", "da-DK", "Europe/Copenhagen", "DKK", "Eksempel ApS"),
    country("es", "es-ES", "Europe/Madrid", "EUR", "Ejemplo S.L."),
    country("fi", "fi-FI", "Europe/Helsinki", "EUR", "Esimerkki Oy"),
    country("fr", "fr-FR", "Europe/Paris", "EUR", "Exemple SARL"),
    country("gb", "en-GB", "Europe/London", "GBP", "Sample Ltd"),
    country("ie", "en-IE", "Europe/Dublin", "EUR", "Sample Ltd"),
    country("in", "en-IN", "Asia/Kolkata", "INR", "Sample Pvt Ltd"),
    country("it", "it-IT", "Europe/Rome", "EUR", "Esempio S.r.l."),
    country("nl", "nl-NL", "Europe/Amsterdam", "EUR", "Voorbeeld BV"),
    country("no", "nb-NO", "Europe/Oslo", "NOK", "Eksempel AS"),
    country("pl", "pl-PL", "Europe/Warsaw", "PLN", "Wzór sp. z o.o."),
    country("pt", "pt-PT", "Europe/Lisbon", "EUR", "Exemplo Lda"),
    country("se", "sv-SE", "Europe/Stockholm", "SEK", "Exempel AB"),
    country("us", "en-US", "America/New_York", "USD", "Sample Inc."),
];

/// The country of that code.
pub(super) fn find(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code == code)
}

/// The codes as a person may type them.
pub(super) fn codes() -> String {
    COUNTRIES.iter().map(|country| country.code).collect::<Vec<_>>().join(", ")
}

const fn country(
    code: &'static str,
    locale: &'static str,
    timezone: &'static str,
    currency: &'static str,
    company: &'static str,
) -> Country {
    Country { code, locale, timezone, currency, company }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::locale::{Currency, Locale};
    use crate::value::zone::Zone;

    #[test]
    fn what_a_country_says_is_known_to_the_compiler() {
        for country in COUNTRIES {
            assert!(Locale::named(country.locale).is_some(), "{}", country.locale);
            assert!(Zone::named(country.timezone).is_some(), "{}", country.timezone);
            assert!(Currency::named(country.currency).is_some(), "{}", country.currency);
        }
    }
}
