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
    country("gb", "en-GB", "Europe/London", "GBP", "Sample Ltd"),
    country("us", "en-US", "America/New_York", "USD", "Sample Inc."),
    country("fr", "fr-FR", "Europe/Paris", "EUR", "Exemple SARL"),
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
