//! The few words that writers add themselves, in the language of the document.

/// What stands before, between and after the two numbers of a page count: `Page 2 of 5`.
pub(crate) struct PageCount {
    pub(crate) before: &'static str,
    pub(crate) between: &'static str,
}

/// The page count's words for a BCP 47 language; English where no other is known.
pub(crate) fn page_count(language: &str) -> PageCount {
    let primary = language.split('-').next().unwrap_or_default();
    let (before, between) = match primary {
        "cs" => ("Strana ", " z "),
        "da" | "nb" | "no" => ("Side ", " af "),
        "de" => ("Seite ", " von "),
        "es" => ("Página ", " de "),
        "fr" => ("Page ", " sur "),
        "it" => ("Pagina ", " di "),
        "nl" => ("Pagina ", " van "),
        "pl" => ("Strona ", " z "),
        "pt" => ("Página ", " de "),
        "sv" => ("Sida ", " av "),
        _ => ("Page ", " of "),
    };
    PageCount { before, between }
}
