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

/// The words of programs that are seen on a screen.
pub(crate) struct ScreenWords {
    /// The menus of a spreadsheet program.
    pub(crate) menus: [&'static str; 7],
    /// What it says while nothing is typed.
    pub(crate) ready: &'static str,
    /// What stands where a message will be typed.
    pub(crate) message: &'static str,
}

/// The words of a BCP 47 language; English where no other is known.
pub(crate) fn screen(language: &str) -> ScreenWords {
    let primary = language.split('-').next().unwrap_or_default();
    let (menus, ready, message) = match primary {
        "cs" => ("Soubor Domů Vložení Vzorce Data Revize Zobrazení", "Připraven", "Napište zprávu"),
        "da" => ("Filer Hjem Indsæt Formler Data Gennemse Vis", "Klar", "Skriv en besked"),
        "de" => ("Datei Start Einfügen Formeln Daten Überprüfen Ansicht", "Bereit", "Nachricht eingeben"),
        "es" => ("Archivo Inicio Insertar Fórmulas Datos Revisar Vista", "Listo", "Escriba un mensaje"),
        "fr" => ("Fichier Accueil Insertion Formules Données Révision Affichage", "Prêt", "Saisissez un message"),
        "it" => ("File Home Inserisci Formule Dati Revisione Visualizza", "Pronto", "Scrivi un messaggio"),
        "nl" => ("Bestand Start Invoegen Formules Gegevens Controleren Beeld", "Gereed", "Typ een bericht"),
        "pl" => ("Plik Główne Wstawianie Formuły Dane Recenzja Widok", "Gotowy", "Wpisz wiadomość"),
        "pt" => ("Ficheiro Base Inserir Fórmulas Dados Rever Ver", "Pronto", "Escreva uma mensagem"),
        "sv" => ("Arkiv Start Infoga Formler Data Granska Visa", "Klar", "Skriv ett meddelande"),
        _ => ("File Home Insert Formulas Data Review View", "Ready", "Type a message"),
    };
    let mut words = menus.split(' ');
    ScreenWords { menus: std::array::from_fn(|_| words.next().unwrap_or_default()), ready, message }
}
