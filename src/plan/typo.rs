//! Typing mistakes: everyday words in plain wording, never in what a fact printed and never in a word that a check or a
//! question stands on.

use std::collections::BTreeSet;

use crate::check::walk::each_expr;
use crate::draw::Key;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::types::Words;
use crate::resolve::program::Program;
use crate::syntax::ExprKind;
use crate::value::Number;

/// Words of so common a use that they name nothing, by language.
const EVERYDAY: [(&str, &str); 8] = [
    (
        "en",
        "about after again against almost already although always among another around attached available because \
         become been before being between business could course definitely different does done during each early \
         either enough every everybody everything first follow from further going have having here hopefully \
         immediately include interest into itself just know later least like likely make many meeting might morning \
         most much need never next nothing nowhere often only other otherwise please probably quite really received \
         same separate several should since some someone something sometimes soon still such surely than thank thanks \
         that their them then there therefore these they thing things think this those though through time together \
         tomorrow until useful usually very week well were what when where whether which while will with without work \
         would write year yesterday your",
    ),
    (
        "de",
        "aber alle allem allen alles also andere auch außerdem bereits beim besonders besser bisher bitte damit danach \
         danke dann darum dass davon dazu deshalb diese dieser dieses doch dort durch eigentlich einfach einige einmal \
         etwas frage gerne gestern haben heute hier immer jeder jedoch jetzt keine können machen manche meistens mehrere \
         morgen müssen nach nächste natürlich neben nicht nichts noch oder ohne schon schreiben sehr seit selbst sicher \
         sind soll sollte sonst trotzdem unsere viele vielen vielleicht vorher warum weil weiter welche wenn werden \
         wieder wir wird wirklich woche wurde zeit ziemlich zusammen zwischen",
    ),
    (
        "fr",
        "ainsi après assez aussi autre avant avec avoir beaucoup bientôt cependant cette chaque chose comme dans depuis \
         donc elle encore ensuite entre être faire fois hier ici jamais leur lorsque mais même merci moins notre nous \
         parce pendant peut peut-être plusieurs pour pourquoi presque quand quelque sans selon semaine seulement sont \
         souvent surtout toujours tous tout toute très trop vers voici voilà votre vous",
    ),
    (
        "es",
        "ahora algo alguno antes aquí aunque bien cada casi como con cuando desde después donde durante ellos entonces \
         entre esta este esto favor gracias hacer hasta luego mañana mejor menos mientras mismo mucho muy nada nosotros \
         nuestro otra otro para pero poco porque pronto pues puede que quizás semana siempre sobre solo también tanto \
         tiempo todavía todo todos usted varios",
    ),
    (
        "it",
        "abbiamo alcuni ancora anche appena bene certo che come con cosa così dopo dove durante essere fare fino forse \
         gli grazie hanno ieri insieme invece loro meglio mentre molto nella niente nostro oggi ogni oppure perché però \
         poco presto prima proprio qualche qualcosa quando quasi questo qui quindi sempre senza settimana solo sono \
         soprattutto spesso stesso subito tanto tempo tra troppo tutti tutto",
    ),
    (
        "nl",
        "aan alle alleen alles als altijd ander andere bedankt beetje bijna daar daarna dan dat deze dit door eens eerst \
         eigenlijk elke enkele ergens gaan gewoon graag hebben hier iedereen iets jullie kunnen later maar maken meestal \
         met misschien moeten morgen naar natuurlijk niet niets nog nooit ook ongeveer onze over samen snel soms straks \
         toch tussen vaak van vandaag veel volgende voor vooral waar waarom wanneer want week weer welke werken worden \
         zeker zelf zijn zonder zou",
    ),
    (
        "pl",
        "albo ale bardzo bez bowiem być chyba coś dalej dlatego dobrze dziękuję dzisiaj gdzie inne jak jako jednak jest \
         jeszcze jeśli jutro już każdy kiedy kilka która który lub może można nadal nasze nic nie niektóre nigdy oraz \
         ponieważ potem powinien proszę przed przez również się są tak także tam teraz też tutaj tydzień tylko wczoraj \
         wiele wszystko właśnie zawsze żeby",
    ),
    (
        "cs",
        "ale ani asi až bez bude budeme bylo být celkem často další děkuji dnes dobře hned hodně ještě jako jako je \
         jejich jen jsme jsou každý když která které který kvůli mezi může myslím nad nebo nějaký něco není nic nikdy od \
         opravdu pak podle pokud potom právě pro proč prosím protože před přes přesto přitom skoro snad stále také tady \
         takže tedy teď týden určitě už vlastně včera vždy zatím zítra znovu",
    ),
];

/// The words that stay as they are, whoever types: those of checks and questions, lower case.
pub(crate) type Kept = BTreeSet<String>;

/// Who mistypes what.
#[derive(Clone, Copy)]
pub(crate) struct Typist<'a> {
    pub(super) key: Key,
    pub(super) share: Number,
    pub(super) language: &'a str,
    pub(super) kept: &'a Kept,
}

impl Planner<'_> {
    /// The typist of a text at this address.
    pub(super) fn typist(&self, address: &str, share: Number) -> Typist<'_> {
        let key = self.roots.open.child("typos").child(address);
        Typist { key, share, language: &self.plan.world.language, kept: &self.kept }
    }
}

/// The words of everything that checks, traps and questions say, and of the names that files and sheets have.
pub(super) fn kept(program: &Program) -> Kept {
    let mut kept = Kept::new();
    for declaration in &program.declarations {
        let judged = matches!(
            declaration.kind,
            Kind::Objective | Kind::Deliver | Kind::Milestone | Kind::Trap | Kind::Tell | Kind::Sheet | Kind::Chart
        );
        let fields = declaration.fields.iter().filter(|field| judged || &*field.name.name == "when");
        let rules = declaration.rules.iter().map(|rule| &rule.condition);
        let texts = fields.map(|field| &field.value).chain(rules).chain(&declaration.label);
        for expr in texts {
            each_expr(expr, &mut |expr| {
                if let ExprKind::Text(text) = &expr.kind {
                    kept.extend(words(&text.value).map(|(_, word)| word.to_lowercase()));
                }
            });
        }
    }
    kept
}

/// The words of a text with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphabetic)?;
        let length = text[start..].find(|letter: char| !letter.is_alphabetic());
        rest = length.map_or(text.len(), |length| start + length);
        Some((start, &text[start..rest]))
    })
}

impl Typist<'_> {
    /// A text with some of its everyday words mistyped. Each is hit by itself, by the words around it.
    pub(super) fn mistype(&self, words: Words) -> Words {
        let Some((_, list)) = EVERYDAY.iter().find(|(tag, _)| *tag == self.language) else { return words };
        if self.share <= Number::ZERO {
            return words;
        }
        let everyday: BTreeSet<&str> = list.split_whitespace().collect();
        let slips = self.slips(&words, &everyday);
        if slips.is_empty() { words } else { replaced(&words, &slips) }
    }

    /// Where words are mistyped, and what stands there instead.
    fn slips(&self, text: &Words, everyday: &BTreeSet<&str>) -> Vec<(usize, usize, String)> {
        let found: Vec<(usize, &str)> = words(&text.text).collect();
        let mut slips = Vec::new();
        for (at, (start, word)) in found.iter().enumerate() {
            let lower = word.to_lowercase();
            let end = start + word.len();
            if !everyday.contains(lower.as_str()) || self.kept.contains(&lower) || !is_prose(&text.text, *start, end) {
                continue;
            }
            if text.spans.iter().any(|(from, to, _)| (*from as usize) < end && *to as usize > *start) {
                continue;
            }
            let around = |at: Option<usize>| at.and_then(|at| found.get(at)).map_or("", |(_, word)| *word);
            let place = format!("{} {word} {}", around(at.checked_sub(1)), around(Some(at + 1)));
            let key = self.key.child(&place);
            if key.hits(self.share) {
                slips.extend(slipped(&key, word).map(|slip| (*start, end, slip)));
            }
        }
        slips
    }
}

/// Whether a word stands free in running text: not in code, a heading, a table or an address.
fn is_prose(text: &str, start: usize, end: usize) -> bool {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let head = &text[line..start];
    let before = text[..start].chars().next_back().unwrap_or(' ');
    let after = text[end..].chars().next().unwrap_or(' ');
    let markup = head.starts_with("    ") || head.starts_with(['#', '|', '`', '<', '[', '>']);
    !markup && (before.is_whitespace() || before == '(') && (after.is_whitespace() || ".,;:!?)".contains(after))
}

/// A word with two letters in each other's place, one left out, or one typed twice; its first letter stays.
fn slipped(key: &Key, word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return None;
    }
    let mut stream = key.child("slip").stream();
    let at = 1 + stream.below(letters.len() as u64 - 2) as usize;
    let mut slipped = letters.clone();
    match stream.below(10) {
        0..6 => slipped.swap(at, at + 1),
        6..8 => drop(slipped.remove(at)),
        _ => slipped.insert(at, letters[at]),
    }
    (slipped != letters).then(|| slipped.into_iter().collect())
}

/// The text with pieces replaced; what was printed moves with the letters around it.
fn replaced(text: &Words, slips: &[(usize, usize, String)]) -> Words {
    let mut out = Words::default();
    let mut from = 0;
    for (start, end, slip) in slips {
        out.append(&text.part(from as u32, *start as u32));
        out.plain(slip);
        from = *end;
    }
    out.append(&text.part(from as u32, text.text.len() as u32));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::FactId;

    fn typist(kept: &Kept, share: &str) -> String {
        let mut words = Words::default();
        words.plain("We would rather have it before noon, because ");
        words.printed("there", [FactId(1)].into());
        words.plain(
            " is nothing between us.\n\n## What should happen\n\n| which |\n\nSee `there` at https://x.example/would.",
        );
        let share = Number::parse(share).expect("a number");
        let typist = Typist { key: Key::root(1, 3), share, language: "en", kept };
        let typed = typist.mistype(words);
        let (from, to, _) = typed.spans[0];
        assert_eq!(&typed.text[from as usize..to as usize], "there");
        typed.text
    }

    #[test]
    fn only_everyday_words_of_prose_are_mistyped() {
        let all = typist(&Kept::new(), "100%");
        assert!(all.contains("## What should happen\n\n| which |\n\nSee `there` at https://x.example/would."), "{all}");
        assert!(!all.contains(" would ") && !all.contains(" before ") && all.contains(" rather "), "{all}");
        assert!(typist(&Kept::from(["would".to_string()]), "100%").contains("We would rather"));
        assert_eq!(typist(&Kept::new(), "0%"), typist(&EVERYDAY[0].1.split(' ').map(str::to_owned).collect(), "100%"));
    }

    #[test]
    fn no_everyday_word_claims_anything() {
        let claims = include_str!("../../specs/std/claims.yaml");
        let claimed: BTreeSet<&str> = claims.split([',', '[', ']', ':', '\n']).map(str::trim).collect();
        for (tag, list) in EVERYDAY {
            let both: Vec<&str> = list.split_whitespace().filter(|word| claimed.contains(word)).collect();
            assert!(both.is_empty(), "{tag}: {both:?}");
        }
    }
}
