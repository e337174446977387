//! What a text speaks of: a topic's phrase as whole words, whatever their endings, case, width and accents, and read over
//! a slip of the fingers in a long word [P2]. The
//! checker asks it of what an agent can see, and people ask it of the messages they get.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use crate::value::comparison::fold;

/// Hears words as a speaker of one language does.
pub(crate) struct Listener {
    /// None for languages without an algorithm: there a word is only itself.
    stemmer: Option<Stemmer>,
}

/// A word as it is heard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    spelled: String,
    stem: String,
}

impl Listener {
    /// A listener to an ISO 639 language; of a tag such as `de-CH` its first part counts.
    pub(crate) fn to(language: &str) -> Listener {
        let language = language.split('-').next().unwrap_or_default();
        let algorithm = ALGORITHMS.iter().find(|(tag, _)| *tag == language).map(|(_, algorithm)| *algorithm);
        Listener { stemmer: algorithm.map(Stemmer::create) }
    }

    /// The words of a text, in order. Whatever is no letter or digit stands between words.
    pub(crate) fn words(&self, text: &str) -> Vec<Word> {
        let plain: String = text.nfkc().collect();
        let bare = plain.split(|letter: char| !letter.is_alphanumeric() && !is_mark(letter));
        bare.map(|word| self.word(word)).filter(|word| !word.spelled.is_empty()).collect()
    }

    /// The stem is that of the word with its accents, by which a language knows its endings.
    fn word(&self, word: &str) -> Word {
        let spelled = fold(word);
        let stem = match &self.stemmer {
            Some(stemmer) => fold(&stemmer.stem(&word.to_lowercase())),
            None => spelled.clone(),
        };
        Word { spelled, stem }
    }
}

impl Word {
    /// Whether a listener hears the same word.
    fn is(&self, other: &Word) -> bool {
        self.is_exactly(other) || self.is_slip_of(other)
    }

    /// Whether the two are spelled alike or have one stem.
    fn is_exactly(&self, other: &Word) -> bool {
        self.spelled == other.spelled || self.stem == other.stem
    }

    /// Whether one of two long words is the other with a letter too few, or with two neighbours in the wrong order. Two
    /// words with another letter in one place, like `charge` and `change`, are two words.
    fn is_slip_of(&self, other: &Word) -> bool {
        let (one, two): (Vec<char>, Vec<char>) = (self.stem.chars().collect(), other.stem.chars().collect());
        let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
        let read_over = long.len() >= LONG && long.iter().all(|letter| letter.is_alphabetic());
        read_over && short.first() == long.first() && differs_by_a_slip(&short, &long)
    }
}

/// Letters of a stem from which on a slip is read over: shorter words too often become others.
const LONG: usize = 6;

fn differs_by_a_slip(short: &[char], long: &[char]) -> bool {
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    match long.len() - short.len() {
        0 if same + 1 < long.len() => {
            short[same] == long[same + 1] && short[same + 1] == long[same] && short[same + 2..] == long[same + 2..]
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

/// Whether a text holds a phrase: all its words, one after the other. An empty phrase is nowhere.
pub(crate) fn speaks_of(text: &[Word], phrase: &[Word]) -> bool {
    let alike = |part: &[Word]| part.iter().zip(phrase).all(|(word, own)| word.is(own));
    !phrase.is_empty() && text.windows(phrase.len()).any(alike)
}

/// Whether a phrase is nothing but names of people and places, which open no topic by themselves.
pub(crate) fn is_only_names(phrase: &[Word], names: &[Word]) -> bool {
    !phrase.is_empty() && phrase.iter().all(|word| names.iter().any(|name| word.is_exactly(name)))
}

/// An accent that stands behind its letter, where the two have no character in common.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// The Snowball algorithms of the languages a world may have; Polish, Czech and Japanese have none.
const ALGORITHMS: [(&str, Algorithm); 11] = [
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("pt", Algorithm::Portuguese),
    ("sv", Algorithm::Swedish),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(language: &str, text: &str, phrase: &str) -> bool {
        let listener = Listener::to(language);
        speaks_of(&listener.words(text), &listener.words(phrase))
    }

    #[test]
    fn endings_case_width_and_accents_make_no_difference() {
        for (language, text, phrase) in [
            ("en", "Any accruals to book on Line 2?", "accrual"),
            ("en", "What was invoiced?", "invoice"),
            ("en", "RE: LINE-2 rebuild", "line 2"),
            ("en", "the ｐａｙｒｏｌｌ move", "payroll"),
            ("en", "Final accounts, please", "final account"),
            ("en", "the résumé", "resume"),
            ("de", "Gibt es Rückstellungen?", "Rückstellung"),
            ("de", "gibt es ruckstellung", "Rückstellung"),
            ("fr", "les factures impayées", "facture impayée"),
            ("es", "¿Hay facturaciones?", "facturación"),
            ("pl", "Rezerwa na linię 2", "rezerwa"),
            ("en", "cafe\u{301}", "café"),
        ] {
            assert!(heard(language, text, phrase), "{text}: {phrase}");
        }
    }

    #[test]
    fn slips_in_long_words_are_read_over() {
        for (text, phrase, alike) in [
            ("the swithcgear", "switchgear", true),
            ("any varations", "variation", true),
            ("a corection", "correction", true),
            ("we charge it", "change", false),
            ("the plane", "panel", false),
            ("account 610000", "61000", false),
            ("unsettled", "settled", false),
        ] {
            assert_eq!(heard("en", text, phrase), alike, "{text}: {phrase}");
        }
    }

    #[test]
    fn only_whole_words_in_their_order_are_heard() {
        for (text, phrase) in [
            ("unaccrued", "accrual"),
            ("line 12", "line 2"),
            ("2 line", "line 2"),
            ("the final bill of the account", "final account"),
            ("61000", "6100"),
            ("anything", ""),
            ("anything", "…"),
            ("", "word"),
        ] {
            assert!(!heard("en", text, phrase), "{text}: {phrase}");
        }
        assert!(!heard("pl", "rezerwy", "rezerwa"), "no algorithm knows Polish endings");
    }

    #[test]
    fn names_alone_are_told_from_topics() {
        let listener = Listener::to("en");
        let names = listener.words("Marek Nováček\nBrno\nSan Marino");
        for (phrase, alone) in [
            ("Brno", true),
            ("marek novacek", true),
            ("San Marino", true),
            ("Marino's persons", false),
            ("Novaceck", false),
            ("Brno accrual", false),
            ("line 2", false),
            ("", false),
        ] {
            assert_eq!(is_only_names(&listener.words(phrase), &names), alone, "{phrase}");
        }
    }

    /// The algorithms take apart what is no word of their language too.
    #[test]
    fn any_text_is_heard() {
        let pieces = [
            "", "a", "’s", "ß", "ing", "eed", "ły", "ий", "ği", "\u{301}", "éé", "İ", "yy", "'", "ção", "ss", "uez",
            "ñ", "ő",
        ];
        for (language, _) in ALGORITHMS {
            let listener = Listener::to(language);
            for (one, other) in pieces.iter().flat_map(|one| pieces.iter().map(move |other| (one, other))) {
                for third in pieces {
                    listener.words(&format!("{one}{other}{third}"));
                }
            }
        }
    }
}
