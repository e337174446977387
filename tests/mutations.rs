//! Broken specs: whatever an author, an editor or a bad copy may do to a text, the answer is findings or a result, soon.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// The specs that are broken.
const SPECS: [&str; 2] = [include_str!("examples/fpa.world"), include_str!("examples/site.world")];

/// Draws for one broken spec.
struct Dice(ChaCha8Rng);

impl Dice {
    /// A number below `end`, which is at least 1 here.
    fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end.max(1) as u64) as usize
    }

    /// One of several.
    fn pick<'p, T: ?Sized>(&mut self, list: &[&'p T]) -> &'p T {
        list[self.below(list.len())]
    }
}

/// Characters around which a token begins or ends.
fn is_edge(character: char) -> bool {
    !character.is_alphanumeric() && character != '_'
}

/// The range of the token at or behind `at`.
fn token(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(at);
    let first = text[start..].chars().next().map_or(0, char::len_utf8);
    let rest = text[start + first..].find(is_edge).unwrap_or(text.len() - start - first);
    let end = if text[start..].starts_with(is_edge) { start + first } else { start + first + rest };
    start..end
}

/// Breaks a text in one place.
fn break_once(text: &mut String, dice: &mut Dice) {
    let at = text.floor_char_boundary(dice.below(text.len()));
    let range = token(text, at);
    match dice.below(9) {
        0 => text.replace_range(range, ""),
        1 => swap(text, range, dice),
        2 if dice.below(8) == 0 => text.truncate(at),
        3 => insert_bytes(text, at, dice),
        4 if dice.below(8) == 0 => text.insert_str(at, &nest(dice)),
        5 => text.replace_range(range, dice.pick(&NUMBERS)),
        6 => text.insert_str(at, dice.pick(&WORDS)),
        7 => text.insert_str(at, &text[range].repeat(dice.below(3) + 1).clone()),
        _ => text.replace_range(range, dice.pick(&WORDS)),
    }
}

/// Exchanges a token with another one.
fn swap(text: &mut String, first: std::ops::Range<usize>, dice: &mut Dice) {
    let second = token(text, dice.below(text.len()));
    if first.end <= second.start {
        let (a, b) = (text[first.clone()].to_string(), text[second.clone()].to_string());
        text.replace_range(second, &a);
        text.replace_range(first, &b);
    }
}

/// Inserts some bytes that need not be text; what is no UTF-8 becomes what editors show instead.
fn insert_bytes(text: &mut String, at: usize, dice: &mut Dice) {
    let bytes: Vec<u8> = (0..dice.below(12) + 1).map(|_| dice.below(256) as u8).collect();
    text.insert_str(at, &String::from_utf8_lossy(&bytes));
}

/// Brackets inside brackets, closed or not.
fn nest(dice: &mut Dice) -> String {
    let (open, close) =
        [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a { ", "}"), ("not ", ""), ("-", ""), ("a.", "")]
            [dice.below(8)];
    let count = [3, 150, 199, 201, 5_000][dice.below(5)];
    format!("{}1{}", open.repeat(count), if dice.below(4) == 0 { String::new() } else { close.repeat(count) })
}

/// Numbers and dates that are too large, too long, or not in the calendar.
const NUMBERS: [&str; 14] = [
    "99999999999999999999999999999",
    "1000000000000",
    "0.00000000000000000000000000001",
    "1..1000000000000",
    "2026-13",
    "2026-02-30",
    "wd0",
    "wd99999999999",
    "99:99",
    "999999999999w",
    "9999-12-31",
    "1900-01-01..2099-12-31",
    "0%",
    "-1",
];

/// Words and marks in the wrong place.
const WORDS: [&str; 30] = [
    "for", "in", "where", "within", "let", "secret", "use", "=", "==", "~", ":", ",", "|", "{", "}", "(", ")", "[",
    "]", "\"", "\"\"\"", "#", "..", ".", "{{", "}}", "{%", "%}", "none", "\u{feff}",
];

/// The worlds of this repository, which have what they import beside them.
const WORLDS: [&str; 2] = [include_str!("../specs/hello.world"), include_str!("../specs/fpa_march.world")];

/// Breaks one of some specs in one to four places, by number.
fn broken(specs: &[&str], number: u64) -> String {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(number));
    let mut text = specs[dice.below(specs.len())].to_string();
    for _ in 0..dice.below(4) + 1 {
        break_once(&mut text, &mut dice);
    }
    text
}

/// A broken spec is laid out, and stays so, or its findings have places inside it.
fn answers(number: u64) -> bool {
    let text = broken(&SPECS, number);
    match worldc::format(&text) {
        Ok(once) => {
            assert_eq!(worldc::format(&once).ok().as_ref(), Some(&once), "spec {number} is not stable");
            true
        }
        Err(findings) => {
            assert!(findings.has_errors(), "spec {number} is refused without a reason");
            for span in findings.list.iter().filter_map(|finding| finding.span) {
                assert!(
                    text.get(span.start as usize..span.end as usize).is_some(),
                    "spec {number} has a finding outside it"
                );
            }
            false
        }
    }
}

/// Runs the numbers and says how many specs were still well formed.
fn run(numbers: std::ops::Range<u64>) -> usize {
    numbers.into_par_iter().filter(|number| answers(*number)).count()
}

/// A spec in memory beside the files of `specs/`.
struct Beside(String);

impl worldc::Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, worldc::Unread> {
        match path {
            "broken.world" => Ok(self.0.clone().into_bytes()),
            _ => std::fs::read(std::path::Path::new("specs").join(path)).map_err(worldc::Unread::from),
        }
    }
}

/// A broken spec makes a world, or has findings that can be shown.
fn builds(number: u64) -> bool {
    let files = Beside(broken(&WORLDS, number));
    let spec = worldc::load_from("broken.world", &files).and_then(worldc::check);
    match spec.and_then(|spec| worldc::build(&spec, &worldc::Settings::seed(number))) {
        Ok(image) => image.root().len() == 64,
        Err(findings) => {
            assert!(findings.has_errors(), "spec {number} is refused without a reason");
            assert!(!findings.picture(false).is_empty() && findings.json().is_array());
            false
        }
    }
}

/// The same through the later passes.
fn run_all(numbers: std::ops::Range<u64>) -> usize {
    numbers.into_par_iter().filter(|number| builds(*number)).count()
}

#[test]
fn broken_specs_are_answered() {
    let well_formed = run(0..2_000);
    assert!((100..1_900).contains(&well_formed), "the specs are broken too much or too little: {well_formed} of 2000");
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn many_broken_specs_are_answered() {
    assert!(run(0..20_000) > 1_000);
}

#[test]
fn broken_worlds_are_answered() {
    let whole = run_all(0..40);
    assert!((1..35).contains(&whole), "the worlds are broken too much or too little: {whole} of 40");
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn many_broken_worlds_are_answered() {
    assert!(run_all(0..20_000) > 200);
}
