//! The six answers a new world is made from.

use clap::Args;

use super::country::{self, Country};
use crate::cli::outcome::Failure;
use crate::cli::terminal::Terminal;
use crate::value::language::Language;

/// The answers, from options or asked for.
#[derive(Args)]
pub(super) struct Answers {
    /// The world's name: small letters, digits and `_`
    #[arg(long, default_value = "first_world")]
    pub(super) name: String,
    /// The job of the person whose computer it is
    #[arg(long, default_value = "Sales analyst")]
    job: String,
    /// Where she works, as a two-letter code
    #[arg(long, default_value = "de")]
    country: String,
    /// Her computer: windows, macos or linux
    #[arg(long, default_value = "windows")]
    os: String,
    /// The language of month and weekday words: en, de, fr …
    #[arg(long, default_value = "en")]
    language: String,
    /// The month she works through
    #[arg(long, default_value = "2026-03")]
    month: String,
    /// The file she must hand in
    #[arg(long, default_value = "Net sales.docx")]
    hand_in: String,
}

/// Whether an answer will do; if not, what would.
type Judge = fn(&str) -> Result<(), String>;

impl Answers {
    /// Whether all answers will do.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let answers: [(&str, Judge); 7] = [
            (&self.name, name),
            (&self.job, words),
            (&self.country, known_country),
            (&self.os, os),
            (&self.language, language),
            (&self.month, month),
            (&self.hand_in, file_name),
        ];
        answers.into_iter().try_for_each(|(answer, judge)| judge(answer)).map_err(Failure::Wrong)
    }

    /// Asks the six questions; an empty answer takes what stands in brackets.
    pub(super) fn ask(&mut self, terminal: &Terminal) -> Result<(), Failure> {
        ask(terminal, "Name of the world", &mut self.name, name)?;
        ask(terminal, "Job of the person whose computer it is", &mut self.job, words)?;
        let mut place = format!("{} {}", self.country, self.os);
        ask(terminal, "Her country and computer", &mut place, country_and_os)?;
        if let Some((country, os)) = place.split_once(' ') {
            (self.country, self.os) = (country.to_owned(), os.trim().to_owned());
        }
        ask(terminal, "Language of month and weekday words", &mut self.language, language)?;
        ask(terminal, "The month she works through", &mut self.month, month)?;
        ask(terminal, "The file she must hand in", &mut self.hand_in, file_name)
    }

    /// The world with the answers filled in, its comments aligned as before.
    pub(super) fn fill(&self, world: &str) -> String {
        let country = country::find(&self.country).unwrap_or(&country::COUNTRIES[0]);
        let (first, last) = (month_before(&self.month, 3), month_before(&self.month, 1));
        let title = self.hand_in.rsplit_once('.').map_or(self.hand_in.as_str(), |(stem, _)| stem);
        let values = [
            ("@name@", self.name.clone()),
            ("@job@", quoted(&self.job)),
            ("@os@", self.os.clone()),
            ("@language@", self.language.clone()),
            ("@month@", self.month.clone()),
            ("@first@", first),
            ("@last@", last),
            ("@hand_in@", quoted(&self.hand_in)),
            ("@title@", quoted(title)),
            ("@check@", check(&self.hand_in).to_owned()),
        ];
        let filled = values.iter().fold(world.to_owned(), |text, (place, value)| fill_place(&text, place, value));
        of_country(&filled, country)
    }
}

/// Fills in what follows from the country.
fn of_country(world: &str, country: &Country) -> String {
    let values = [
        ("@country@", country.code),
        ("@locale@", country.locale),
        ("@timezone@", country.timezone),
        ("@currency@", country.currency),
        ("@company@", country.company),
    ];
    values.iter().fold(world.to_owned(), |text, (place, value)| fill_place(&text, place, value))
}

/// Puts `value` at every `place`; a comment behind it keeps its column where there is room.
fn fill_place(text: &str, place: &str, value: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let filled = line.replace(place, value);
        let Some(comment) = line.find(" # ").filter(|_| line.contains(place)) else { return filled };
        let column = line[..comment].chars().count();
        let (code, words) = filled.split_once(" # ").unwrap_or((&filled, ""));
        format!("{:column$} # {words}", code.trim_end())
    });
    lines.collect()
}

/// How the figure is looked for: in a workbook right of its label, in a text beside its words.
fn check(hand_in: &str) -> &'static str {
    let sheet = [".xlsx", ".csv"].iter().any(|ending| hand_in.ends_with(ending));
    if sheet { "value(\"Net sales\") == net_sales within 1" } else { "states(\"net sales\", net_sales)" }
}

/// A text as it stands between quotation marks.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The month that many months before another, both as `YYYY-MM`.
fn month_before(month: &str, months: u32) -> String {
    let (year, number) = parse_month(month).unwrap_or((2026, 3));
    let count = year * 12 + number - 1 - months;
    format!("{:04}-{:02}", count / 12, count % 12 + 1)
}

fn parse_month(month: &str) -> Option<(u32, u32)> {
    let (year, number) = month.split_once('-')?;
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits(year, 4) && digits(number, 2);
    plain.then(|| Some((year.parse().ok()?, number.parse().ok()?))).flatten()
}

/// Asks until the answer will do.
fn ask(terminal: &Terminal, question: &str, answer: &mut String, judge: Judge) -> Result<(), Failure> {
    loop {
        let typed = terminal.ask(question, answer)?;
        let chosen = if typed.is_empty() { answer.clone() } else { typed };
        match judge(&chosen) {
            Ok(()) => {
                *answer = chosen;
                return Ok(());
            }
            Err(sentence) => terminal.say(&sentence),
        }
    }
}

fn name(text: &str) -> Result<(), String> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let good = text.starts_with(|letter: char| letter.is_ascii_lowercase()) && text.chars().all(plain);
    good_or(good, || format!("`{text}` is no name: small letters, digits and `_`, a letter first"))
}

fn words(text: &str) -> Result<(), String> {
    let good = !text.trim().is_empty() && !text.chars().any(|letter| letter.is_control() || "{}@".contains(letter));
    good_or(good, || format!("`{text}` must be a few plain words"))
}

fn known_country(text: &str) -> Result<(), String> {
    good_or(country::find(text).is_some(), || format!("`{text}` is not among the countries: {}", country::codes()))
}

fn os(text: &str) -> Result<(), String> {
    good_or(["windows", "macos", "linux"].contains(&text), || format!("`{text}` is not windows, macos or linux"))
}

fn country_and_os(text: &str) -> Result<(), String> {
    let (country, computer) = text.split_once(' ').ok_or("both, please: `de windows`")?;
    known_country(country).and_then(|()| os(computer.trim()))
}

fn language(text: &str) -> Result<(), String> {
    let known = || Language::tags().collect::<Vec<_>>().join(", ");
    good_or(Language::named(text).is_some(), || format!("`{text}` is not among the languages: {}", known()))
}

fn month(text: &str) -> Result<(), String> {
    let good =
        parse_month(text).is_some_and(|(year, number)| (2000..2100).contains(&year) && (1..=12).contains(&number));
    good_or(good, || format!("`{text}` is no month from 2000-01 to 2099-12"))
}

fn file_name(text: &str) -> Result<(), String> {
    words(text)?;
    let plain = !text.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']);
    let ending = text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.trim().is_empty() && ["docx", "xlsx", "pdf", "md", "txt", "csv"].contains(&ending)
    });
    good_or(plain && ending, || format!("`{text}` is no file name that ends in .docx, .xlsx, .pdf, .md, .txt or .csv"))
}

fn good_or(good: bool, sentence: impl FnOnce() -> String) -> Result<(), String> {
    if good { Ok(()) } else { Err(sentence()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_before_cross_the_year() {
        assert_eq!(month_before("2026-03", 3), "2025-12");
        assert_eq!(month_before("2026-01", 1), "2025-12");
    }

    #[test]
    fn answers_that_cannot_stand_in_a_world_are_refused() {
        for (judge, wrong) in [
            (name as Judge, "My world"),
            (words, "{{ x }}"),
            (known_country, "atlantis"),
            (country_and_os, "de"),
            (month, "2026-13"),
            (month, "+026-01"),
            (file_name, "a/b.docx"),
            (file_name, "report.exe"),
        ] {
            assert!(judge(wrong).is_err(), "{wrong}");
        }
    }
}
