//! Values: which operator binds tighter, what an argument binds, and what cannot follow what.

use pest::iterators::{Pair, Pairs};

use super::balance::{DEEPEST, too_deep};
use super::build::{Builder, nothing};
use super::literal;
use super::parse::Rule;
use super::tree::*;
use crate::diag::Diagnostic;
use crate::source::Span;

/// How tight an operator binds, loosest first. Comparisons, ranges and `where` do not chain.
const WHERE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const NOT: u8 = 4;
const WITHIN: u8 = 5;
const COMPARE: u8 = 6;
const RANGE: u8 = 7;
const ADD: u8 = 8;
const MULTIPLY: u8 = 9;

/// The operands and operators of one value, read from left to right.
struct Flat<'t> {
    parts: std::iter::Peekable<Pairs<'t, Rule>>,
    /// How deep the operand at hand stands: what surrounds the value, operators to its left that wait for it, and steps
    /// to its right, which may all end up above it.
    depth: usize,
}

impl<'t> Builder<'t> {
    /// The value of an `expr` pair that stands `depth` levels deep.
    pub(super) fn expr(&mut self, pair: Pair<'t, Rule>, depth: usize) -> Expr {
        let depth = depth + pair.clone().into_inner().filter(is_step).count();
        if depth > DEEPEST {
            let span = self.span(&pair);
            self.note(too_deep(span));
            return nothing(span);
        }
        self.climb(&mut Flat { parts: pair.into_inner().peekable(), depth }, WHERE)
    }

    /// Reads as long as operators bind at least as tight as `least`.
    fn climb(&mut self, flat: &mut Flat<'t>, least: u8) -> Expr {
        let mut left = self.prefixed(flat);
        let mut last = None;
        let next = |part: &Pair<'t, Rule>| part.as_rule() == Rule::operator && strength(part.as_str()) >= least;
        while let Some(operator) = flat.parts.next_if(next) {
            let (word, span) = (operator.as_str(), self.span(&operator));
            let strength = strength(word);
            if let Some(diagnostic) = chains(last, strength, word, span, &left) {
                self.note(diagnostic);
            }
            last = Some(strength);
            // The operator was counted as a step to the right; now it waits to the left.
            let right = self.climb(flat, strength + 1);
            flat.depth = flat.depth.saturating_sub(1);
            left = join(word, left, right);
        }
        left
    }

    /// An operand with `not` or `-` before it.
    fn prefixed(&mut self, flat: &mut Flat<'t>) -> Expr {
        let Some(prefix) = flat.parts.next_if(|part| part.as_rule() == Rule::prefix) else {
            return self.operand(flat);
        };
        let not = prefix.as_str() == "not";
        let inner = if not { self.climb(flat, NOT) } else { self.prefixed(flat) };
        flat.depth = flat.depth.saturating_sub(1);
        let span = self.span(&prefix).to(inner.span);
        let inner = Box::new(inner);
        Expr { kind: if not { ExprKind::Not(inner) } else { ExprKind::Negate(inner) }, span }
    }

    /// A value without operators: something, then calls and members of it.
    fn operand(&mut self, flat: &mut Flat<'t>) -> Expr {
        let Some(first) = flat.parts.next() else {
            return nothing(self.place(0, 0));
        };
        let mut value = self.primary(first, flat.depth);
        while let Some(next) = flat.parts.next_if(|part| matches!(part.as_rule(), Rule::args | Rule::member)) {
            value = self.postfix(value, next, flat.depth);
            flat.depth = flat.depth.saturating_sub(1);
        }
        value
    }

    /// `value.name` or `value(arguments)`.
    fn postfix(&mut self, value: Expr, next: Pair<'t, Rule>, depth: usize) -> Expr {
        let span = value.span.to(self.span(&next));
        let value = Box::new(value);
        let kind = match next.as_rule() {
            Rule::args => ExprKind::Call(value, next.into_inner().map(|part| self.argument(part, depth)).collect()),
            _ => match next.into_inner().next() {
                Some(name) => ExprKind::Member(value, Ident { name: name.as_str().into(), span: self.span(&name) }),
                None => ExprKind::None,
            },
        };
        Expr { kind, span }
    }

    /// A literal, name, list, map, or something in parentheses.
    fn primary(&mut self, pair: Pair<'t, Rule>, depth: usize) -> Expr {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::string => ExprKind::Text(self.text(&pair)),
            Rule::literal | Rule::workday => self.literal(pair.as_str(), span),
            Rule::list => ExprKind::List(pair.into_inner().map(|item| self.expr(item, depth + 1)).collect()),
            Rule::map => ExprKind::Map(pair.into_inner().map(|entry| self.entry(entry, depth + 1)).collect()),
            Rule::paren => match pair.into_inner().next() {
                // The parentheses belong to the place, not to the value.
                Some(inner) => self.expr(inner, depth + 1).kind,
                None => ExprKind::None,
            },
            _ => self.word(&pair),
        };
        Expr { kind, span }
    }

    /// `yes`, `no`, `none`, or a name.
    fn word(&mut self, pair: &Pair<'t, Rule>) -> ExprKind {
        match pair.as_str() {
            "yes" => ExprKind::Bool(true),
            "no" => ExprKind::Bool(false),
            "none" => ExprKind::None,
            _ => ExprKind::Name(self.name(pair).name),
        }
    }

    /// What a literal means, or what is wrong with it.
    fn literal(&mut self, written: &str, span: Span) -> ExprKind {
        literal::read(written).unwrap_or_else(|wrong| {
            self.note(Diagnostic::error("E0010", span, wrong.message).help(wrong.help));
            ExprKind::None
        })
    }

    /// `key: value` between braces.
    fn entry(&mut self, pair: Pair<'t, Rule>, depth: usize) -> (Expr, Expr) {
        let whole = self.span(&pair);
        let mut sides = Vec::new();
        for part in pair.into_inner() {
            if part.as_rule() == Rule::equals {
                let message = "between braces, a key and its value are separated by `:`";
                self.note(Diagnostic::error("E0011", self.span(&part), message).help("write `key: value`"));
            } else {
                sides.push(self.expr(part, depth));
            }
        }
        let value = sides.pop().unwrap_or(nothing(whole));
        (sides.pop().unwrap_or(nothing(whole)), value)
    }

    /// One argument of a call.
    fn argument(&mut self, pair: Pair<'t, Rule>, depth: usize) -> Argument {
        let span = self.span(&pair);
        let mut argument = Argument { name: None, value: nothing(span), each: None };
        let mut body = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::ident => argument.name = Some(self.name(&part)),
                Rule::equals => self.named_by_equals(&part, &argument),
                Rule::each_body => body = part.into_inner().next().map(|inner| self.expr(inner, depth + 1)),
                _ => argument.value = self.expr(part, depth + 1),
            }
        }
        self.bound(argument, body)
    }

    /// `f(name = value)`.
    fn named_by_equals(&mut self, sign: &Pair<'t, Rule>, argument: &Argument) {
        let name = argument.name.as_ref().map_or("name", |name| &name.name);
        let diagnostic = Diagnostic::error("E0019", self.span(sign), "an argument gets its value by `:`, not by `=`")
            .help(format!("write `{name}: …`; to compare, write `==`"));
        self.note(diagnostic);
    }

    /// Splits `x in table where condition` into table, variable and condition.
    fn bound(&mut self, argument: Argument, body: Option<Expr>) -> Argument {
        let Argument { name, value, .. } = argument;
        match split_each(value) {
            Ok((table, variable, condition)) => {
                Argument { name, value: table, each: Some(Each { variable, condition, body }) }
            }
            Err(value) => {
                if body.is_some() {
                    let message = "a `:` follows only `x in table`, or the name of an argument";
                    let help = "write `x in table: value`, or `name: value`";
                    self.note(Diagnostic::error("E0019", value.span, message).help(help));
                }
                Argument { name, value, each: None }
            }
        }
    }
}

/// The table, variable and condition of `x in table where condition`; anything else comes back.
fn split_each(value: Expr) -> Result<(Expr, Ident, Option<Expr>), Expr> {
    let Expr { kind, span } = value;
    match kind {
        ExprKind::Where(head, condition) => match split_head(*head) {
            Ok((table, variable)) => Ok((table, variable, Some(*condition))),
            Err(head) => Err(Expr { kind: ExprKind::Where(Box::new(head), condition), span }),
        },
        kind => split_head(Expr { kind, span }).map(|(table, variable)| (table, variable, None)),
    }
}

/// The table and variable of `x in table`.
fn split_head(head: Expr) -> Result<(Expr, Ident), Expr> {
    let Expr { kind, span } = head;
    match kind {
        ExprKind::Binary(Operator::In, left, table) => match *left {
            Expr { kind: ExprKind::Name(name), span } => Ok((*table, Ident { name, span })),
            left => Err(Expr { kind: ExprKind::Binary(Operator::In, Box::new(left), table), span }),
        },
        kind => Err(Expr { kind, span }),
    }
}

/// Whether a part of a value puts one more level above an operand.
fn is_step(part: &Pair<'_, Rule>) -> bool {
    matches!(part.as_rule(), Rule::operator | Rule::prefix | Rule::args | Rule::member)
}

/// How tight an operator binds.
fn strength(word: &str) -> u8 {
    match word {
        "where" => WHERE,
        "or" => OR,
        "and" => AND,
        "within" => WITHIN,
        ".." => RANGE,
        "+" | "-" => ADD,
        "*" | "/" | "of" => MULTIPLY,
        _ => COMPARE,
    }
}

/// Operators that do not follow one another: a second comparison, range, `where` or `within`, and a `within` that
/// follows no comparison.
fn chains(last: Option<u8>, strength: u8, word: &str, span: Span, left: &Expr) -> Option<Diagnostic> {
    let compared = |expr: &Expr| matches!(expr.kind, ExprKind::Binary(operator, ..) if is_comparison(operator));
    let (message, help) = match (last, strength) {
        (Some(COMPARE), COMPARE) => ("only two values are compared at a time", "write `a < b and b < c`"),
        (Some(RANGE), RANGE) => ("a range has two ends", "write `a..b`"),
        (Some(WHERE), WHERE) => ("a second `where` follows the first", "join the conditions with `and`"),
        (_, WITHIN) if !compared(left) => ("`within` follows a comparison", "write `value == fact within 1`"),
        _ => return None,
    };
    Some(Diagnostic::error("E0017", span, message).label(format!("this `{word}`")).help(help))
}

/// Whether the operator compares two values.
fn is_comparison(operator: Operator) -> bool {
    use Operator::*;
    matches!(operator, Equal | NotEqual | LessEqual | GreaterEqual | Less | Greater | In)
}

/// Two values and the operator between them.
fn join(word: &str, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let (left, right) = (Box::new(left), Box::new(right));
    let kind = match word {
        "where" => ExprKind::Where(left, right),
        "within" => ExprKind::Within(left, right),
        ".." => ExprKind::Range(left, right),
        word => ExprKind::Binary(operator(word), left, right),
    };
    Expr { kind, span }
}

/// The operator a word stands for.
fn operator(word: &str) -> Operator {
    match word {
        "or" => Operator::Or,
        "and" => Operator::And,
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        "<=" => Operator::LessEqual,
        ">=" => Operator::GreaterEqual,
        "<" => Operator::Less,
        ">" => Operator::Greater,
        "in" => Operator::In,
        "+" => Operator::Add,
        "-" => Operator::Subtract,
        "*" => Operator::Multiply,
        "/" => Operator::Divide,
        _ => Operator::Of,
    }
}
