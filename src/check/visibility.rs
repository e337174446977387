//! What the agent can see: the words of mail, chat, calendar, answers and files, and whom they name [S3], [S4].

use std::cell::OnceCell;

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, Program};
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Loaded, Part};
use crate::value::Moment;
use crate::value::comparison::fold;
use crate::value::topic::{Listener, Word};

use super::Checker;
use super::timing::{Clock, block_named};
use super::walk::each_expr;

/// Something the agent can read.
pub(crate) struct Seen {
    pub(crate) block: DeclarationId,
    /// Folded words between single spaces, with spaces at both ends.
    pub(crate) words: String,
    text: String,
    heard: OnceCell<Vec<Word>>,
    /// The personas whose name it prints.
    pub(crate) people: Vec<DeclarationId>,
    /// When it can be read first, if a seed does not decide that.
    pub(crate) at: Option<Moment>,
    /// An answer of a person, which must be asked for.
    pub(crate) told: bool,
    pub(crate) span: Span,
}

impl Seen {
    /// Its words as a listener hears them.
    pub(crate) fn heard(&self, listener: &Listener) -> &[Word] {
        self.heard.get_or_init(|| listener.words(&self.text))
    }
}

/// All that can be seen in a world before or during the month.
pub(crate) fn all_seen(program: &Program, clock: &Clock) -> Vec<Seen> {
    program.declarations.iter().filter_map(|block| seen_block(program, clock, block)).collect()
}

fn seen_block(program: &Program, clock: &Clock, block: &Declaration) -> Option<Seen> {
    let mut reader = Words { program, text: String::new(), people: Vec::new(), depth: 0 };
    match block.kind {
        Kind::Mail | Kind::Post | Kind::Event => reader.fields(block, &["subject", "body", "place"]),
        Kind::Tell => reader.fields(block, &["say", "not_yet"]),
        Kind::File => reader.file(block),
        Kind::Folder | Kind::Deliver => {}
        _ => return None,
    }
    if let Some(label) = &block.label {
        reader.expr(block, label);
    }
    let at = block.field("at").and_then(|at| clock.moment(program, block, &at.value));
    let span = block.name.as_ref().map_or(block.head, |name| name.span);
    let told = block.kind == Kind::Tell;
    let Words { text, people, .. } = reader;
    Some(Seen { block: block.id, words: plain_words(&text), text, heard: OnceCell::new(), people, at, told, span })
}

/// Collects the words that an expression shows and the people it names.
struct Words<'p> {
    program: &'p Program,
    text: String,
    people: Vec<DeclarationId>,
    depth: u32,
}

impl<'p> Words<'p> {
    fn fields(&mut self, block: &'p Declaration, names: &[&str]) {
        for field in names.iter().filter_map(|name| block.field(name)) {
            self.expr(block, &field.value);
        }
    }

    /// A file shows what its template shows.
    fn file(&mut self, block: &'p Declaration) {
        let Some(from) = block.field("from") else { return };
        match block_named(self.program, block, &from.value) {
            Some(template) if template.kind == Kind::Template => self.template(template),
            _ => self.expr(block, &from.value),
        }
    }

    fn template(&mut self, template: &'p Declaration) {
        self.fields(template, &["title", "body"]);
        if let Some(ExprKind::Map(entries)) = template.field("files").map(|field| &field.value.kind) {
            for (_, made_from) in entries {
                if let Some(inner) =
                    block_named(self.program, template, made_from).filter(|inner| inner.id != template.id)
                {
                    self.template(inner);
                }
            }
        }
        // Nobody reads a sheet that is on no tab.
        let shown = |child: &&Declaration| {
            let hidden = child.field("hidden").map(|field| &field.value.kind);
            !matches!(hidden, Some(ExprKind::Bool(true)))
        };
        for child in template.children.iter().map(|id| self.program.get(*id)).filter(shown) {
            if let Some(label) = &child.label {
                self.expr(child, label);
            }
            for field in &child.fields {
                self.cells(child, &field.name.name, &field.value);
            }
        }
    }

    /// Headers and typed cells of a sheet; not the addresses of cells.
    fn cells(&mut self, sheet: &'p Declaration, name: &str, value: &'p Expr) {
        let ExprKind::Map(entries) = &value.kind else { return self.expr(sheet, value) };
        for (key, cell) in entries {
            if name != "cells" {
                self.expr(sheet, key);
            }
            if matches!(cell.kind, ExprKind::Text(_) | ExprKind::Prose(_)) {
                self.expr(sheet, cell);
            }
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn expr(&mut self, block: &'p Declaration, expr: &'p Expr) {
        match &expr.kind {
            ExprKind::Text(text) => {
                self.push(&text.value);
                self.push("\n");
            }
            ExprKind::Prose(prose) => self.parts(block, &prose.parts),
            ExprKind::Loaded(loaded) => {
                if let Loaded::Body { prose, .. } = &**loaded {
                    self.parts(block, &prose.parts);
                }
            }
            ExprKind::List(items) => items.iter().for_each(|item| self.expr(block, item)),
            ExprKind::Map(entries) => entries.iter().for_each(|(key, _)| self.expr(block, key)),
            ExprKind::Filter(value, ..) => self.expr(block, value),
            ExprKind::Call(callee, _) => self.expr(block, callee),
            ExprKind::Member(base, _) => self.person(block, base),
            ExprKind::Name(_) => self.named(block, expr),
            _ => {}
        }
    }

    fn parts(&mut self, block: &'p Declaration, parts: &'p [Part]) {
        for part in parts {
            match part {
                Part::Text(text, _) => self.push(text),
                Part::Print(expr) => self.expr(block, expr),
                Part::For { body, otherwise, .. } => {
                    self.parts(block, body);
                    self.parts(block, otherwise);
                }
                Part::If { branches, otherwise } => {
                    branches.iter().for_each(|(_, body)| self.parts(block, body));
                    self.parts(block, otherwise);
                }
            }
        }
    }

    fn person(&mut self, block: &'p Declaration, base: &'p Expr) {
        if let Some(named) = block_named(self.program, block, base)
            && named.kind == Kind::Persona
        {
            self.people.push(named.id);
        }
    }

    /// Wording under a name: `let`, `phrases`.
    fn named(&mut self, block: &'p Declaration, expr: &'p Expr) {
        let Some(named) = block_named(self.program, block, expr) else { return };
        let Some(value) = &named.value else { return };
        if matches!(named.kind, Kind::Let | Kind::Phrases) && self.depth < 8 {
            self.depth += 1;
            self.expr(named, value);
            self.depth -= 1;
        }
    }
}

/// Folded words between single spaces.
pub(crate) fn plain_words(text: &str) -> String {
    let bare: String = fold(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let mut words = String::from(" ");
    for word in bare.split_whitespace() {
        words.push_str(word);
        words.push(' ');
    }
    words
}

/// A phrase to look for in folded words; a plural `s` makes no difference.
pub(crate) struct Phrase {
    /// As it was written.
    pub(crate) text: String,
    forms: Vec<String>,
}

impl Phrase {
    /// Folds a phrase once, to be looked for often.
    pub(crate) fn new(text: &str) -> Phrase {
        let words = plain_words(text);
        let words = words.trim_end();
        let singular = words.strip_suffix('s').filter(|stem| stem.chars().count() > 3);
        let forms = match words {
            "" => Vec::new(),
            _ => [Some(words), singular].into_iter().flatten().map(|form| format!("{form} ")).collect(),
        };
        let plural = (!words.is_empty()).then(|| format!("{words}s "));
        Phrase { text: text.to_string(), forms: forms.into_iter().chain(plural).collect() }
    }

    /// Whether folded text holds it as whole words.
    pub(crate) fn stands_in(&self, words: &str) -> bool {
        self.forms.iter().any(|form| words.contains(form.as_str()))
    }
}

/// A word of a check that the agent must have seen: a sheet, a label, a header.
struct Stands<'e> {
    what: &'static str,
    expr: &'e Expr,
}

impl Checker<'_> {
    /// Everything a check stands on must be visible before it is read [S4].
    pub(crate) fn check_visible(&mut self, condition: &Expr, seen: &[Seen], due: Option<Moment>) {
        let mut stands: Vec<Stands<'_>> = Vec::new();
        each_expr(condition, &mut |expr| stands.extend(stands_on(expr)));
        for stand in stands {
            let ExprKind::Text(text) = &stand.expr.kind else { continue };
            let phrase = Phrase::new(&text.value);
            let visible = seen.iter().any(|seen| in_time(seen.at, due) && phrase.stands_in(&seen.words));
            if !visible {
                self.invisible(&stand, &text.value);
            }
        }
    }

    fn invisible(&mut self, stand: &Stands<'_>, text: &str) {
        let what = stand.what;
        let help = match is_address(text) {
            true => "check a number by its label, `value(\"Total opex\")`, and name the label in the brief".to_string(),
            false => format!("name it in the brief, or check a {what} that a file on the disk shows"),
        };
        self.emit(
            Diagnostic::error(
                "E0410",
                stand.expr.span,
                format!("nobody was told of the {what} \"{text}\" that this check stands on"),
            )
            .label("nothing the agent can see says this")
            .help(help),
        );
    }
}

/// Whether something is there before a moment, as far as a seed does not decide it.
pub(crate) fn in_time(at: Option<Moment>, due: Option<Moment>) -> bool {
    match (at, due) {
        (Some(at), Some(due)) => at <= due,
        _ => true,
    }
}

fn is_address(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    (1..=3).contains(&letters) && text.len() > letters && text[letters..].chars().all(|digit| digit.is_ascii_digit())
}

fn stands_on(expr: &Expr) -> Vec<Stands<'_>> {
    let ExprKind::Call(callee, arguments) = &expr.kind else { return Vec::new() };
    let name = match &callee.kind {
        ExprKind::Name(name) => name,
        ExprKind::Member(_, name) => &name.name,
        _ => return Vec::new(),
    };
    let positional: &[&'static str] = match &**name {
        "value" | "is_live" | "states" | "date_near" | "abstains" | "plots" | "picks" => &["label"],
        "lookup" => &["sheet", "", "column"],
        "rows" => &["sheet", "column"],
        "section" => &["heading"],
        "before" => &["heading", "heading"],
        _ => return Vec::new(),
    };
    let plain = arguments.iter().filter(|argument| argument.name.is_none());
    let mut stands: Vec<Stands<'_>> = plain
        .zip(positional)
        .filter(|(_, what)| !what.is_empty())
        .map(|(argument, what)| Stands { what, expr: &argument.value })
        .collect();
    arguments.iter().for_each(|argument| stands.extend(named_labels(argument)));
    stands
}

fn named_labels(argument: &Argument) -> Vec<Stands<'_>> {
    let named = argument.name.as_ref().is_some_and(|name| matches!(&*name.name, "row" | "col" | "from"));
    match &argument.value.kind {
        _ if !named => Vec::new(),
        ExprKind::List(items) => items.iter().map(|expr| Stands { what: "label", expr }).collect(),
        _ => vec![Stands { what: "label", expr: &argument.value }],
    }
}
