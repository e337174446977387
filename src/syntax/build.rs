//! Blocks, properties and rules: what the grammar read, as a [`Tree`].

use pest::iterators::{Pair, Pairs};

use super::parse::Rule;
use super::text;
use super::tree::*;
use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};

/// Words of the language that cannot name anything.
const RESERVED: [&str; 17] = [
    "use", "as", "let", "secret", "knob", "phrases", "for", "in", "where", "within", "require", "check", "rubric",
    "and", "or", "not", "of",
];

/// Turns pairs of the grammar into a tree and collects what is wrong.
pub(super) struct Builder<'t> {
    id: SourceId,
    text: &'t str,
    /// Where `text` begins in its source.
    base: usize,
    found: Vec<Diagnostic>,
}

impl<'t> Builder<'t> {
    /// A builder for `text`, which begins at `base` in the source `id`.
    pub(super) fn new(id: SourceId, text: &'t str, base: usize) -> Builder<'t> {
        Builder { id, text, base, found: Vec::new() }
    }

    /// What was found wrong.
    pub(super) fn found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Notes a mistake.
    pub(super) fn note(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// The place of the bytes `start..end` of the text at hand.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        Span::new(self.id, self.base + start, self.base + end)
    }

    /// The place of a pair. Where a rule may end in something optional, the grammar takes white space along, so items take
    /// their ends from their last part instead.
    pub(super) fn span(&self, pair: &Pair<'t, Rule>) -> Span {
        let span = pair.as_span();
        self.place(span.start(), span.end())
    }

    /// The source text of a place, for messages.
    pub(super) fn written(&self, span: Span) -> &'t str {
        &self.text[span.start as usize - self.base..span.end as usize - self.base]
    }

    /// The whole file, or a part of it.
    pub(super) fn tree(&mut self, pairs: Pairs<'t, Rule>) -> Tree {
        let mut tree =
            Tree { edition: super::EDITION, edition_span: self.place(0, 0), imports: Vec::new(), items: Vec::new() };
        for pair in pairs.flat_map(Pair::into_inner) {
            match pair.as_rule() {
                Rule::edition => tree.edition_span = self.span(&pair),
                Rule::import => tree.imports.push(self.import(pair)),
                Rule::EOI => {}
                _ => tree.items.extend(self.item(pair)),
            }
        }
        tree
    }

    /// `use "path" as name`.
    fn import(&mut self, pair: Pair<'t, Rule>) -> Import {
        let span = self.span(&pair);
        let mut import = Import { path: text::empty(span), name: Ident { name: "".into(), span }, span };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::string => import.path = self.text(&part),
                Rule::ident => import.name = self.name(&part),
                _ => {}
            }
        }
        import
    }

    /// A string literal.
    pub(super) fn text(&mut self, pair: &Pair<'t, Rule>) -> Text {
        text::read(pair.as_str(), self.span(pair), &mut self.found)
    }

    /// A name that the author gives; words of the language are refused.
    pub(super) fn name(&mut self, pair: &Pair<'t, Rule>) -> Ident {
        let ident = Ident { name: pair.as_str().into(), span: self.span(pair) };
        if RESERVED.contains(&pair.as_str()) {
            let message = format!("`{}` is a word of the language and cannot be a name", pair.as_str());
            self.note(Diagnostic::error("E0013", ident.span, message).help("choose another name"));
        }
        ident
    }

    /// One item; none where a mistake stands.
    fn item(&mut self, pair: Pair<'t, Rule>) -> Option<Item> {
        match pair.as_rule() {
            Rule::row => Some(Item::Row(self.row(pair))),
            Rule::rule => Some(Item::Rule(self.rule(pair))),
            Rule::bind => Some(Item::Bind(self.bind(pair))),
            Rule::r#loop => Some(Item::Loop(self.repeat(pair))),
            Rule::statement => self.statement(pair),
            Rule::wrong_import => self.late_import(&pair),
            Rule::wrong_mark => self.stray_mark(&pair),
            _ => None,
        }
    }

    /// `use` in the middle of a file.
    fn late_import(&mut self, pair: &Pair<'t, Rule>) -> Option<Item> {
        let message = "`use` stands at the top of a file, right after its edition";
        self.note(Diagnostic::error("E0018", self.span(pair), message).help("move this line up"));
        None
    }

    /// A comma or semicolon between properties.
    fn stray_mark(&mut self, pair: &Pair<'t, Rule>) -> Option<Item> {
        let message = format!("no `{}` stands between properties", pair.as_str());
        let help = "remove it: a space or a new line is enough";
        self.note(Diagnostic::error("E0012", self.span(pair), message).help(help));
        None
    }

    /// `| cell | cell |`.
    fn row(&mut self, pair: Pair<'t, Rule>) -> Row {
        let span = self.span(&pair);
        Row { cells: pair.into_inner().map(|cell| self.expr(cell, 0)).collect(), span }
    }

    /// `require`, `check` or `rubric`.
    fn rule(&mut self, pair: Pair<'t, Rule>) -> super::tree::Rule {
        let span = self.span(&pair);
        let mut rule = super::tree::Rule { kind: RuleKind::Check, condition: nothing(span), message: None, span };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::rule_word => rule.kind = rule_kind(part.as_str()),
                Rule::expr => rule.condition = self.expr(part, 0),
                _ => rule.message = Some(self.label(&part)),
            }
        }
        rule.span.end = rule.message.as_ref().unwrap_or(&rule.condition).span.end;
        rule
    }

    /// A string that stands for itself: a label or message.
    fn label(&mut self, pair: &Pair<'t, Rule>) -> Expr {
        let text = self.text(pair);
        Expr { span: text.span, kind: ExprKind::Text(text) }
    }

    /// `let`, `secret`, `knob`, `phrases`.
    fn bind(&mut self, pair: Pair<'t, Rule>) -> Bind {
        let span = self.span(&pair);
        let name = Ident { name: "".into(), span };
        let mut bind = Bind { kind: BindKind::Let, name, params: None, draw: false, value: nothing(span), span };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::bind_word => bind.kind = bind_kind(part.as_str()),
                Rule::ident => bind.name = self.name(&part),
                Rule::params => bind.params = Some(self.params(part)),
                _ => (bind.draw, bind.value) = self.setting(part, &bind.name),
            }
        }
        bind.span.end = bind.value.span.end;
        bind
    }

    /// The names between the parentheses of a head.
    fn params(&mut self, pair: Pair<'t, Rule>) -> Vec<Ident> {
        pair.into_inner().map(|name| self.name(&name)).collect()
    }

    /// What follows a name: `= value`, `~ distribution`, or a frequent mistake for one of them.
    fn setting(&mut self, pair: Pair<'t, Rule>, name: &Ident) -> (bool, Expr) {
        let (form, whole) = (pair.as_rule(), self.span(&pair));
        let value = pair.into_inner().next().map_or(nothing(whole), |value| self.expr(value, 0));
        let sign = Span { end: value.span.start, ..whole };
        let sign = Span { end: sign.start + self.written(sign).trim_end().len().min(2) as u32, ..sign };
        if let Some(diagnostic) = wrong_setting(form, name, sign, &value) {
            self.note(diagnostic);
        }
        (form == Rule::draw, value)
    }

    /// `for x in t { … }`.
    fn repeat(&mut self, pair: Pair<'t, Rule>) -> Loop {
        let span = self.span(&pair);
        let (bindings, items) = self.bindings_and_items(pair.into_inner());
        Loop { bindings, items, span }
    }

    /// The part of a loop or block from `for` on.
    fn bindings_and_items(&mut self, pairs: impl Iterator<Item = Pair<'t, Rule>>) -> (Vec<Binding>, Vec<Item>) {
        let mut bindings = Vec::new();
        let mut items = Vec::new();
        for part in pairs {
            match part.as_rule() {
                Rule::binding => bindings.push(self.binding(part)),
                Rule::kw_for => {}
                _ => items.extend(self.item(part)),
            }
        }
        (bindings, items)
    }

    /// `x in table where condition`.
    fn binding(&mut self, pair: Pair<'t, Rule>) -> Binding {
        let mut span = self.span(&pair);
        let mut name = Ident { name: "".into(), span };
        let mut table = nothing(span);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::ident => name = self.name(&part),
                Rule::expr => table = self.expr(part, 0),
                _ => {}
            }
        }
        span.end = table.span.end;
        match table.kind {
            ExprKind::Where(table, condition) => Binding { name, table: *table, condition: Some(*condition), span },
            kind => Binding { name, table: Expr { kind, ..table }, condition: None, span },
        }
    }

    /// A property or a block.
    fn statement(&mut self, pair: Pair<'t, Rule>) -> Option<Item> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let word = parts.next()?;
        let rest = parts.next()?;
        if let Some(diagnostic) = conditional(word.as_str(), self.span(&word)) {
            self.note(diagnostic);
            return None;
        }
        let name = self.name(&word);
        if rest.as_rule() == Rule::block {
            return Some(Item::Block(self.block(name, rest, span)));
        }
        let (draw, value) = self.setting(rest, &name);
        let span = name.span.to(value.span);
        Some(Item::Field(Field { name, draw, value, span }))
    }

    /// A block after its kind.
    fn block(&mut self, kind: Ident, pair: Pair<'t, Rule>, span: Span) -> Block {
        let head = kind.span;
        let mut block =
            Block { kind, name: None, params: None, label: None, bindings: Vec::new(), items: Vec::new(), head, span };
        let mut rest = pair.into_inner().peekable();
        while let Some(part) = rest.next_if(|part| matches!(part.as_rule(), Rule::ident | Rule::params | Rule::string))
        {
            block.head = block.head.to(self.span(&part));
            self.head(&mut block, part);
        }
        (block.bindings, block.items) = self.bindings_and_items(rest);
        block
    }

    /// A name, parameters or label between a block's kind and its `{`.
    fn head(&mut self, block: &mut Block, part: Pair<'t, Rule>) {
        let span = self.span(&part);
        let (what, twice) = match part.as_rule() {
            Rule::ident => ("name", block.name.replace(self.name(&part)).is_some()),
            Rule::params => ("list of parameters", block.params.replace(self.params(part)).is_some()),
            _ => ("text in quotes", block.label.replace(self.label(&part)).is_some()),
        };
        if twice {
            let message = format!("`{}` has a second {what} here", block.kind.name);
            self.note(Diagnostic::error("E0016", span, message).label("one too many").help("remove one of them"));
        }
    }
}

/// A stand-in for a value that could not be read.
pub(super) fn nothing(span: Span) -> Expr {
    Expr { kind: ExprKind::None, span }
}

/// The rule a word begins.
fn rule_kind(word: &str) -> RuleKind {
    match word {
        "require" => RuleKind::Require,
        "rubric" => RuleKind::Rubric,
        _ => RuleKind::Check,
    }
}

/// The binding a word begins.
fn bind_kind(word: &str) -> BindKind {
    match word {
        "secret" => BindKind::Secret,
        "knob" => BindKind::Knob,
        "phrases" => BindKind::Phrases,
        _ => BindKind::Let,
    }
}

/// `if` and `else` as statements, which other languages have.
fn conditional(word: &str, span: Span) -> Option<Diagnostic> {
    matches!(word, "if" | "else" | "elif").then(|| {
        Diagnostic::error("E0015", span, format!("there is no `{word}` between properties"))
            .help("choose a value with `if(condition, value, otherwise)`, or rows with `where`")
    })
}

/// The mistakes `name == value`, `name: value` and `name value`.
fn wrong_setting(form: Rule, name: &Ident, sign: Span, value: &Expr) -> Option<Diagnostic> {
    let wanted = format!("write `{} = …`", name.name);
    match form {
        Rule::wrong_equal => {
            let message = "one `=` sets a property; `==` compares";
            Some(Diagnostic::error("E0011", sign, message).help(wanted))
        }
        Rule::wrong_colon => {
            let message = format!("`{}` gets its value by `=`, not by `:`", name.name);
            Some(Diagnostic::error("E0011", sign, message).help(wanted))
        }
        Rule::wrong_missing => {
            let message = format!("`=` is missing between `{}` and its value", name.name);
            Some(
                Diagnostic::error("E0011", value.span, message).cause(name.span, "this name has no value").help(wanted),
            )
        }
        _ => None,
    }
}
