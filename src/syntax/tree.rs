//! The tree of one `.world` file, just as written: no name is resolved, no file read.

use std::sync::Arc;

use crate::source::Span;
use crate::value::{Date, Duration, Month, Number, Time};

/// A name with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Ident {
    pub name: Arc<str>,
    pub span: Span,
}

/// A string literal: its text after escapes and dedenting, and how to find a character of it in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub value: Arc<str>,
    /// The whole literal with its quotes.
    pub span: Span,
    /// Pairs (offset in `value`, offset in the source), ascending; between two pairs both advance alike.
    pub origin: Arc<[(u32, u32)]>,
}

impl Text {
    /// The place in the source of the bytes `start..end` of `value`.
    pub fn span_of(&self, start: usize, end: usize) -> Span {
        let place = |offset: usize| {
            let after = self.origin.partition_point(|(at, _)| *at as usize <= offset);
            match after.checked_sub(1).map(|index| self.origin[index]) {
                Some((at, source)) => source + (offset as u32 - at),
                None => self.span.start,
            }
        };
        let from = place(start);
        let to = if end > start { place(end - 1) + 1 } else { from };
        Span { source: self.span.source, start: from.min(self.span.end), end: to.clamp(from, self.span.end.max(from)) }
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pub edition: u32,
    pub edition_span: Span,
    pub imports: Vec<Import>,
    pub items: Vec<Item>,
}

/// `use "path" as name`.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub path: Text,
    pub name: Ident,
    pub span: Span,
}

/// Anything that may stand in a block or at top level.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Block(Block),
    Bind(Bind),
    Loop(Loop),
    Field(Field),
    Rule(Rule),
    Row(Row),
}

/// `kind head* for … { … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: Ident,
    pub name: Option<Ident>,
    pub params: Option<Vec<Ident>>,
    pub label: Option<Expr>,
    pub bindings: Vec<Binding>,
    pub items: Vec<Item>,
    /// From the kind to the last head, for errors.
    pub head: Span,
    pub span: Span,
}

/// `let`, `secret`, `knob` or `phrases`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bind {
    pub kind: BindKind,
    pub name: Ident,
    pub params: Option<Vec<Ident>>,
    pub draw: bool,
    pub value: Expr,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindKind {
    Let,
    Secret,
    Knob,
    Phrases,
}

/// `for x in t, y in u { … }` around blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    pub bindings: Vec<Binding>,
    pub items: Vec<Item>,
    pub span: Span,
}

/// `x in table where condition`.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    pub name: Ident,
    pub table: Expr,
    pub condition: Option<Expr>,
    pub span: Span,
}

/// `name = value` or `name ~ distribution`.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: Ident,
    pub draw: bool,
    pub value: Expr,
    pub span: Span,
}

/// `require`, `check` or `rubric`; a rubric's `condition` is its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub kind: RuleKind,
    pub condition: Expr,
    pub message: Option<Expr>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    Require,
    Check,
    Rubric,
}

/// `| cell | cell |`; the first row of a table holds the column names (`name` or `name in table`).
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Expr>,
    pub span: Span,
}

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    None,
    Bool(bool),
    Number(Number),
    /// A string as parsed. `resolve` turns those with `{{` or `{%` into `Prose`.
    Text(Text),
    Prose(Arc<Prose>),
    /// `load("path")` after `resolve`: data, or a body with its templates.
    Loaded(Arc<Loaded>),
    Date(Date),
    Month(Month),
    Time(Time),
    /// `2026-03-02 09:12`.
    Moment(Date, Time),
    /// `wd4` or `wd4 12:00`: the n-th working day of the world's month.
    WorkingDay(u32, Option<Time>),
    Duration(Duration),
    List(Vec<Expr>),
    /// `{ key: value, … }`: weights, columns, cells, guarded phrases.
    Map(Vec<(Expr, Expr)>),
    Name(Arc<str>),
    Member(Box<Expr>, Ident),
    Call(Box<Expr>, Vec<Argument>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `a..b`, both ends included.
    Range(Box<Expr>, Box<Expr>),
    /// `comparison within tolerance`.
    Within(Box<Expr>, Box<Expr>),
    Where(Box<Expr>, Box<Expr>),
    /// `value | filter(arguments)`, in text only.
    Filter(Box<Expr>, Ident, Vec<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    LessEqual,
    GreaterEqual,
    Less,
    Greater,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    /// `3% of x`.
    Of,
}

impl Operator {
    /// Whether it answers yes or no about two values.
    pub fn compares(self) -> bool {
        use Operator::{Equal, Greater, GreaterEqual, In, Less, LessEqual, NotEqual};
        matches!(self, Equal | NotEqual | LessEqual | GreaterEqual | Less | Greater | In)
    }
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// `name: value`.
    pub name: Option<Ident>,
    pub value: Expr,
    /// `x in table where condition: body`: then `value` is the table (without the condition).
    pub each: Option<Each>,
}

/// The binding part of `x in table where condition: body`.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    pub variable: Ident,
    pub condition: Option<Expr>,
    /// Absent in `count(x in t where c)`.
    pub body: Option<Expr>,
}

/// Text with holes: what a string or a loaded body becomes once its `{{ }}` and `{% %}` are parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Prose {
    pub parts: Vec<Part>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Text(Arc<str>, Span),
    Print(Expr),
    For { variable: Ident, table: Expr, condition: Option<Expr>, body: Vec<Part>, otherwise: Vec<Part> },
    If { branches: Vec<(Expr, Vec<Part>)>, otherwise: Vec<Part> },
}

/// What `load` brought: data typed on load, or a body of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Loaded {
    /// Rows of a YAML or JSON list of mappings, JSONL, or CSV; `lines[i]` is where row i stands in the file.
    Table { path: Arc<str>, columns: Vec<Arc<str>>, rows: Vec<Vec<crate::value::Value>>, places: Vec<Span> },
    /// A YAML or JSON list of scalars.
    List { path: Arc<str>, items: Vec<crate::value::Value> },
    /// A mapping (persona files).
    Map { path: Arc<str>, entries: Vec<(Arc<str>, crate::value::Value)> },
    /// Markdown, HTML or text: a template in the scope of the block that loads it.
    Body { path: Arc<str>, prose: Prose },
}
