//! The words around a mail in a language: how it is closed, and what stands above what it quotes.

/// What mails say in a language beside their text.
#[derive(Debug)]
pub(crate) struct Letter {
    tag: &'static str,
    /// Closings between colleagues.
    pub(crate) plain: &'static [&'static str],
    /// Closings of people who keep to the form.
    pub(crate) formal: &'static [&'static str],
    /// `{day}`, `{time}` and `{name}` are those of the mail that is quoted.
    pub(crate) quoted: &'static str,
}

impl Letter {
    /// The words of a language, of English where no others are known.
    pub(crate) fn named(language: &str) -> &'static Letter {
        let primary = language.split('-').next().unwrap_or_default();
        LETTERS.iter().find(|letter| letter.tag == primary).unwrap_or(&LETTERS[0])
    }
}

/// Whether the last line of a mail is a signature already: short, and with one of its author's names.
pub(crate) fn is_signed(body: &str, name: &str, short_names: &[&str]) -> bool {
    let last = body.lines().next_back().unwrap_or_default().trim();
    let short = last.chars().count() <= name.chars().count() + 24;
    let mut words = last.split(|letter: char| !letter.is_alphanumeric());
    short && words.any(|word| short_names.contains(&word))
}

static LETTERS: [Letter; 13] = [
    Letter {
        tag: "en",
        plain: &["Best regards", "Kind regards", "Best", "Regards", "Many thanks", "Cheers"],
        formal: &["Yours sincerely", "With kind regards"],
        quoted: "On {day} at {time}, {name} wrote:",
    },
    Letter {
        tag: "de",
        plain: &["Viele Grüße", "Beste Grüße", "Gruß", "Schöne Grüße"],
        formal: &["Mit freundlichen Grüßen", "Mit besten Grüßen"],
        quoted: "Am {day} um {time} schrieb {name}:",
    },
    Letter {
        tag: "fr",
        plain: &["Cordialement", "Bien à vous", "Merci d’avance"],
        formal: &["Sincères salutations", "Bien cordialement"],
        quoted: "Le {day} à {time}, {name} a écrit :",
    },
    Letter {
        tag: "es",
        plain: &["Saludos", "Un saludo", "Gracias y un saludo"],
        formal: &["Atentamente", "Reciba un cordial saludo"],
        quoted: "El {day}, a las {time}, {name} escribió:",
    },
    Letter {
        tag: "it",
        plain: &["Saluti", "Un saluto", "Grazie e a presto"],
        formal: &["Cordiali saluti", "Distinti saluti"],
        quoted: "Il giorno {day} alle {time} {name} ha scritto:",
    },
    Letter {
        tag: "pt",
        plain: &["Cumprimentos", "Um abraço", "Obrigado"],
        formal: &["Com os melhores cumprimentos", "Atenciosamente"],
        quoted: "Em {day}, às {time}, {name} escreveu:",
    },
    Letter {
        tag: "nl",
        plain: &["Groet", "Groeten", "Alvast bedankt"],
        formal: &["Met vriendelijke groet", "Hoogachtend"],
        quoted: "Op {day} om {time} schreef {name}:",
    },
    Letter {
        tag: "pl",
        plain: &["Pozdrawiam", "Dzięki", "Pozdrowienia"],
        formal: &["Z poważaniem", "Z wyrazami szacunku"],
        quoted: "W dniu {day} o {time} {name} pisze:",
    },
    Letter {
        tag: "cs",
        plain: &["Zdravím", "Hezký den", "Díky"],
        formal: &["S pozdravem", "S přátelským pozdravem"],
        quoted: "Dne {day} v {time} píše {name}:",
    },
    Letter {
        tag: "sv",
        plain: &["Hälsningar", "Hälsar", "Tack på förhand"],
        formal: &["Med vänliga hälsningar", "Vänligen"],
        quoted: "Den {day} kl. {time} skrev {name}:",
    },
    Letter {
        tag: "da",
        plain: &["Hilsen", "Mange hilsner", "På forhånd tak"],
        formal: &["Med venlig hilsen", "De bedste hilsner"],
        quoted: "Den {day} kl. {time} skrev {name}:",
    },
    Letter {
        tag: "nb",
        plain: &["Hilsen", "Mvh", "Takk på forhånd"],
        formal: &["Med vennlig hilsen", "Vennlig hilsen"],
        quoted: "Den {day} kl. {time} skrev {name}:",
    },
    Letter {
        tag: "fi",
        plain: &["Terveisin", "Terkuin", "Kiitos etukäteen"],
        formal: &["Ystävällisin terveisin", "Parhain terveisin"],
        quoted: "{name} kirjoitti {day} klo {time}:",
    },
];
