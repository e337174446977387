//! Wording that claims something: it must be guarded by the fact it claims [X2]; typed initials and typed numbers.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, Program};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Loaded, Part, Rule, Text};
use crate::value::Value;

use super::Checker;
use super::timing::block_named;
use super::visibility::{Phrase, Seen, plain_words};
use super::walk::each_expr;

/// The library's list of words that claim a comparison, by language.
const CLAIMS: &str = "std/claims.yaml";

impl Checker<'_> {
    /// Checks the wording of phrases and templates, and the names of files.
    pub(crate) fn check_claims(&mut self) {
        let program = self.program;
        let claims = claim_words(program);
        let codes = Codes { program, texts: OnceCell::new() };
        for block in &program.declarations {
            match block.kind {
                Kind::Phrases => self.check_phrases(block, &claims),
                Kind::Template => self.check_body(block, &claims, &codes),
                Kind::File => self.check_initials(block, &codes),
                _ => {}
            }
        }
    }

    /// Of plain wordings any may be drawn, whether it is true or not.
    fn check_phrases(&mut self, phrases: &Declaration, claims: &[Phrase]) {
        let Some(value) = &phrases.value else { return };
        let ExprKind::List(items) = &value.kind else { return };
        for item in items {
            if let ExprKind::Prose(prose) = &item.kind {
                self.check_wording(&prose.parts, claims, Some(item.span));
            }
        }
    }

    fn check_body(&mut self, template: &Declaration, claims: &[Phrase], codes: &Codes<'_>) {
        let Some(body) = template.field("body") else { return };
        let parts = parts_of(&body.value);
        self.check_wording(&parts, claims, None);
        if !self.program.modules[template.module.0 as usize].std {
            self.check_numbers(&parts, codes);
        }
    }

    /// A sentence that prints a fact and claims something, outside of any `{% if %}`.
    fn check_wording(&mut self, parts: &[Part], claims: &[Phrase], whole: Option<Span>) {
        for sentence in sentences(parts) {
            if !sentence.prints {
                continue;
            }
            let words = plain_words(&sentence.text);
            if let Some(claim) = claims.iter().find(|claim| claim.stands_in(&words)) {
                let span = sentence.place(&claim.text).or(whole).unwrap_or(sentence.span);
                self.unguarded(span, &claim.text);
            }
        }
        for part in parts {
            if let Part::For { body, .. } = part {
                self.check_wording(body, claims, whole);
            }
        }
    }

    fn unguarded(&mut self, span: Span, claim: &str) {
        self.emit(
            Diagnostic::error("E0412", span, format!("\"{claim}\" is said of a fact here, whether it is true or not"))
                .label("a claim without a condition")
                .help("say it only where it holds: `phrases p(x) = { \"…\": condition, … }`, or `{% if condition %}…{% endif %}`"),
        );
    }

    /// A typed number in a document has no fact [X1].
    fn check_numbers(&mut self, parts: &[Part], codes: &Codes<'_>) {
        let mut before = String::new();
        for part in parts {
            match part {
                Part::Text(text, span) => {
                    for (start, end) in typed_numbers(text, &before, codes) {
                        let place = Span::new(span.source, span.start as usize + start, span.start as usize + end);
                        self.typed_number(place, &text[start..end]);
                    }
                    before = text.to_string();
                }
                Part::Print(_) => before = "0".to_string(),
                Part::For { body, otherwise, .. } => {
                    self.check_numbers(body, codes);
                    self.check_numbers(otherwise, codes);
                }
                Part::If { branches, otherwise } => {
                    branches.iter().for_each(|(_, body)| self.check_numbers(body, codes));
                    self.check_numbers(otherwise, codes);
                }
            }
        }
    }

    fn typed_number(&mut self, span: Span, number: &str) {
        self.emit(
            Diagnostic::warning("W0102", span, format!("{number} is typed here and comes from no fact"))
                .label("a number without a fact")
                .help("declare it with `let` and print its name"),
        );
    }

    /// `(TH)` in a file's name, where initials would be drawn.
    fn check_initials(&mut self, file: &Declaration, codes: &Codes<'_>) {
        let Some(label) = &file.label else { return };
        let pieces: Vec<(&str, Span)> = match &label.kind {
            ExprKind::Text(text) => vec![(&*text.value, text.span_of(0, text.value.len()))],
            ExprKind::Prose(prose) => prose.parts.iter().filter_map(typed_part).collect(),
            _ => Vec::new(),
        };
        for (text, span) in pieces {
            for (start, end) in bracketed_capitals(text) {
                if !codes.contains(&text[start..end]) {
                    let place = Span::new(span.source, span.start as usize + start, span.start as usize + end);
                    self.typed_initials(place, &text[start..end]);
                }
            }
        }
    }

    fn typed_initials(&mut self, span: Span, initials: &str) {
        self.emit(
            Diagnostic::warning(
                "W0101",
                span,
                format!("\"{initials}\" looks like somebody's initials, and names are drawn"),
            )
            .label("typed initials")
            .help("print them, `({{ person.initials }})`, or declare the code in a table"),
        );
    }

    /// A tolerance that is finer than the style in which the numbers are asked for.
    pub(crate) fn check_tolerance(&mut self, objective: &Declaration, rule: &Rule, seen: &[Seen]) {
        let mut fine: Vec<&Expr> = Vec::new();
        each_expr(&rule.condition, &mut |expr| {
            if let ExprKind::Within(_, tolerance) = &expr.kind {
                fine.push(tolerance);
            }
        });
        let Some((unit, words, place)) = self.asked_unit(objective, seen) else { return };
        for tolerance in fine {
            let ExprKind::Number(number) = &tolerance.kind else { continue };
            if !number.percent && number.decimal < rust_decimal::Decimal::from(unit / 2) {
                self.emit(
                    Diagnostic::error(
                        "E0406",
                        tolerance.span,
                        format!(
                            "the numbers are asked for {words}, and this allows only {}",
                            number.decimal.normalize()
                        ),
                    )
                    .label("finer than what is asked for")
                    .cause(place, format!("asked for {words} here"))
                    .help(format!("allow half of the last printed place, `within {}`, or a percentage", unit / 2)),
                );
            }
        }
    }

    /// Whether the brief, or an answer, asks for thousands or millions.
    fn asked_unit(&self, objective: &Declaration, seen: &[Seen]) -> Option<(u32, &'static str, Span)> {
        let brief = objective.field("brief").and_then(|brief| block_named(self.program, objective, &brief.value));
        let brief = brief.map(|brief| brief.id)?;
        let [thousand, million] = [["in thousands", "in k", "in tsd"], ["in millions", "in mio", "in mn"]]
            .map(|units| units.map(Phrase::new));
        let in_thread = |seen: &&Seen| {
            let block = self.program.get(seen.block);
            let answers = block
                .field("re")
                .and_then(|re| block_named(self.program, block, &re.value))
                .is_some_and(|mail| mail.id == brief);
            seen.block == brief || answers || seen.told
        };
        seen.iter().filter(in_thread).find_map(|seen| {
            let thousands = thousand.iter().any(|unit| unit.stands_in(&seen.words));
            let millions = million.iter().any(|unit| unit.stands_in(&seen.words));
            match (thousands, millions) {
                (true, _) => Some((1_000, "in thousands", seen.span)),
                (_, true) => Some((1_000_000, "in millions", seen.span)),
                _ => None,
            }
        })
    }
}

/// The claim words of the world's language.
fn claim_words(program: &Program) -> Vec<Phrase> {
    let list = crate::resolve::library::embedded(CLAIMS).unwrap_or_default();
    let all: BTreeMap<String, Vec<String>> = serde_yaml::from_slice(list).unwrap_or_default();
    let language = super::language(program);
    let own = all.get(&language).cloned().unwrap_or_default();
    let english = all.get("en").filter(|_| language != "en").cloned().unwrap_or_default();
    own.iter().chain(&english).map(|claim| Phrase::new(claim)).collect()
}

/// What the world declares somewhere as a value and may be typed like a number or initials; gathered when the first such
/// thing is met.
struct Codes<'p> {
    program: &'p Program,
    texts: OnceCell<BTreeSet<Cow<'p, str>>>,
}

impl Codes<'_> {
    fn contains(&self, text: &str) -> bool {
        self.texts.get_or_init(|| declared_texts(self.program)).contains(text)
    }
}

fn declared_texts(program: &Program) -> BTreeSet<Cow<'_, str>> {
    let mut texts = BTreeSet::new();
    for block in &program.declarations {
        let cells = block.rows.iter().flatten();
        let values = block
            .value
            .iter()
            .chain(cells)
            .chain(block.fields.iter().map(|field| &field.value).filter(|_| block.kind == Kind::Table));
        for value in values {
            each_expr(value, &mut |expr| collect_texts(expr, &mut texts));
        }
    }
    texts
}

fn collect_texts<'p>(expr: &'p Expr, texts: &mut BTreeSet<Cow<'p, str>>) {
    match &expr.kind {
        ExprKind::Text(text) => collect_text(&text.value, texts),
        ExprKind::Number(number) => drop(texts.insert(Cow::Owned(number.decimal.normalize().to_string()))),
        ExprKind::Loaded(loaded) => match &**loaded {
            Loaded::Table { rows, .. } => rows.iter().flatten().for_each(|value| collect_value(value, texts)),
            Loaded::List { items, .. } => items.iter().for_each(|value| collect_value(value, texts)),
            _ => {}
        },
        _ => {}
    }
}

fn collect_value<'p>(value: &'p Value, texts: &mut BTreeSet<Cow<'p, str>>) {
    if let Value::Text(text) = value {
        collect_text(text, texts);
    }
}

/// Amounts begin with a digit, and initials are three capitals at most.
fn collect_text<'p>(text: &'p str, texts: &mut BTreeSet<Cow<'p, str>>) {
    let short = text.len() <= 3 && !text.bytes().all(|byte| byte.is_ascii_lowercase());
    if short || text.starts_with(|first: char| first.is_ascii_digit()) {
        texts.insert(Cow::Borrowed(text));
    }
}

/// The text of a body, typed or loaded.
pub(super) fn parts_of(expr: &Expr) -> Cow<'_, [Part]> {
    match &expr.kind {
        ExprKind::Text(text) => lines_of(text).into(),
        ExprKind::Prose(prose) => Cow::Borrowed(&prose.parts),
        ExprKind::Loaded(loaded) => match &**loaded {
            Loaded::Body { prose, .. } => Cow::Borrowed(&prose.parts),
            _ => Cow::Borrowed(&[]),
        },
        _ => Cow::Borrowed(&[]),
    }
}

/// The lines of a text without holes, each with its own place: what stands before them in the source is not in the text.
fn lines_of(text: &Text) -> Vec<Part> {
    let mut start = 0;
    let lines = text.value.split_inclusive('\n').map(|line| {
        let span = text.span_of(start, start + line.len());
        start += line.len();
        Part::Text(line.into(), span)
    });
    lines.collect()
}

fn typed_part(part: &Part) -> Option<(&str, Span)> {
    match part {
        Part::Text(text, span) => Some((text, *span)),
        _ => None,
    }
}

/// One sentence of a body: its typed words, and whether it prints a fact.
struct Sentence {
    text: String,
    prints: bool,
    span: Span,
    pieces: Vec<(String, Span)>,
}

impl Sentence {
    /// Where a claim stands, if it was typed in one piece.
    fn place(&self, claim: &str) -> Option<Span> {
        self.pieces.iter().find_map(|(text, span)| {
            let at = text.to_lowercase().find(claim).filter(|_| text.is_ascii())?;
            Some(Span::new(span.source, span.start as usize + at, span.start as usize + at + claim.len()))
        })
    }
}

/// Splits text into sentences at full stops and empty lines; what stands in conditions is guarded and left out.
fn sentences(parts: &[Part]) -> Vec<Sentence> {
    let mut done: Vec<Sentence> = Vec::new();
    let mut open: Option<Sentence> = None;
    for part in parts {
        match part {
            Part::Text(text, span) => split_text(text, *span, &mut open, &mut done),
            Part::Print(expr) => {
                let sentence = open.get_or_insert_with(|| begin(expr.span));
                sentence.prints = true;
                sentence.text.push_str(" \u{1} ");
            }
            Part::For { .. } | Part::If { .. } => done.extend(open.take()),
        }
    }
    done.extend(open);
    done
}

fn begin(span: Span) -> Sentence {
    Sentence { text: String::new(), prints: false, span, pieces: Vec::new() }
}

fn split_text(text: &str, span: Span, open: &mut Option<Sentence>, done: &mut Vec<Sentence>) {
    let mut start = 0;
    while start < text.len() {
        let end = sentence_end(text, start);
        let piece = &text[start..end];
        let place = Span::new(span.source, span.start as usize + start, span.start as usize + end);
        let sentence = open.get_or_insert_with(|| begin(place));
        sentence.text.push_str(piece);
        sentence.pieces.push((piece.to_string(), place));
        if end < text.len() || piece.ends_with(['.', '!', '?', '\n']) {
            done.extend(open.take());
        }
        start = end;
    }
}

fn sentence_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let stops = [". ", ".\n", "! ", "? ", "\n\n", "\n-", "\n#", "\n|"];
    let end = stops.iter().filter_map(|stop| rest.find(stop).map(|at| at + 1)).min();
    end.map_or(text.len(), |end| start + end)
}

/// Numbers typed in running text: no codes, dates, times, headings, list numbers or parts of words.
fn typed_numbers(text: &str, before: &str, codes: &Codes<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let heading = line.trim_start().starts_with('#');
        if !heading {
            let starts_line = offset > 0 || before.is_empty() || before.ends_with('\n');
            found.extend(
                numbers_of_line(line, starts_line, codes)
                    .into_iter()
                    .map(|(start, end)| (offset + start, offset + end)),
            );
        }
        offset += line.len();
    }
    found
}

fn numbers_of_line(line: &str, starts_line: bool, codes: &Codes<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let start = offset + word.find(bare).unwrap_or(0);
        let is_list_number = starts_line && line[..offset].trim().is_empty() && word.trim_end().ends_with(['.', ')']);
        if is_amount(bare) && !is_list_number && !codes.contains(bare) {
            found.push((start, start + bare.len()));
        }
        offset += word.len();
    }
    found
}

/// Whether a word is an amount rather than a year, a time, a date or a name with digits.
fn is_amount(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let plain = word.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '_'));
    let year = digits == 4 && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let small = digits == word.len() && digits < 2;
    let date = word.matches('.').count() == 2;
    plain && digits > 0 && !year && !small && !date
}

/// `(TH)`: two or three capitals in brackets.
fn bracketed_capitals(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('(') {
        let inner = &text[open + 1..];
        let length = inner.chars().take_while(char::is_ascii_uppercase).count();
        if (2..=3).contains(&length) && inner[length..].starts_with(')') {
            found.push((open + 1, open + 1 + length));
        }
    }
    found
}
