//! From the reader's tree to the language's own values.

use std::sync::Arc;

use minijinja::machinery::{Span as Range, ast};

use super::{Place, outline};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Ident, Operator, Part, Text, literal};

/// What turns one text into parts.
pub(super) struct Lowering<'p> {
    pub text: &'p str,
    pub place: &'p Place<'p>,
}

type Lowered<T> = Result<T, Diagnostic>;

impl Lowering<'_> {
    /// The parts of a body.
    pub(super) fn parts(&self, statements: &[ast::Stmt<'_>]) -> Lowered<Vec<Part>> {
        let mut parts = Vec::new();
        for statement in statements {
            match statement {
                ast::Stmt::EmitRaw(raw) => self.raw(raw.raw, &mut parts),
                ast::Stmt::EmitExpr(print) => parts.push(Part::Print(self.value(&print.expr)?)),
                ast::Stmt::ForLoop(repeat) => parts.push(self.repeat(repeat)?),
                ast::Stmt::IfCond(choice) => parts.push(self.choice(choice)?),
                other => return Err(self.refuse("this tag", statement_range(other))),
            }
        }
        Ok(parts)
    }

    /// Plain text. Where escapes or dedenting stand between it and the source, each line becomes a part, so that a byte
    /// of a part is as far from its beginning as in the source.
    fn raw(&self, raw: &str, parts: &mut Vec<Part>) {
        let start = self.offset(raw);
        let span = (self.place)(start, start + raw.len());
        if (span.end - span.start) as usize == raw.len() {
            return parts.push(Part::Text(raw.into(), span));
        }
        let mut at = start;
        for line in raw.split_inclusive('\n') {
            parts.push(Part::Text(line.into(), (self.place)(at, at + line.len())));
            at += line.len();
        }
    }

    /// Where a piece of the text begins in it.
    fn offset(&self, piece: &str) -> usize {
        let distance = (piece.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        if distance <= self.text.len() { distance } else { 0 }
    }

    /// `{% for x in table if condition %}`.
    fn repeat(&self, repeat: &ast::ForLoop<'_>) -> Lowered<Part> {
        let ast::Expr::Var(name) = &repeat.target else {
            return Err(self.refuse("a loop over several names", repeat.target.span()));
        };
        if repeat.recursive {
            return Err(self.refuse("`recursive`", repeat.target.span()));
        }
        Ok(Part::For {
            variable: Ident { name: name.id.into(), span: self.span(name.span()) },
            table: self.value(&repeat.iter)?,
            condition: repeat.filter_expr.as_ref().map(|condition| self.value(condition)).transpose()?,
            body: self.parts(&repeat.body)?,
            otherwise: self.parts(&repeat.else_body)?,
        })
    }

    /// `{% if %}` with all its `{% elif %}`, which the reader nests.
    fn choice(&self, choice: &ast::IfCond<'_>) -> Lowered<Part> {
        let mut branches = vec![(self.value(&choice.expr)?, self.parts(&choice.true_body)?)];
        let mut rest = &choice.false_body;
        while let [ast::Stmt::IfCond(next)] = rest.as_slice() {
            branches.push((self.value(&next.expr)?, self.parts(&next.true_body)?));
            rest = &next.false_body;
        }
        Ok(Part::If { branches, otherwise: self.parts(rest)? })
    }

    /// The place of a range of the reader.
    fn span(&self, range: Range) -> Span {
        let start = super::floor(self.text, range.start_offset as usize);
        (self.place)(start, super::floor(self.text, range.end_offset as usize).max(start))
    }

    /// A refusal at a range of the reader.
    fn refuse(&self, what: &str, range: Range) -> Diagnostic {
        outline::refused(what, self.span(range))
    }

    /// A value; places are put together from the parts, because the reader's own begin too early.
    fn value(&self, expr: &ast::Expr<'_>) -> Lowered<Expr> {
        let whole = self.span(expr.span());
        Ok(match expr {
            ast::Expr::Var(name) => Expr { kind: word(name.id), span: whole },
            ast::Expr::Const(constant) => self.constant(constant)?,
            ast::Expr::List(list) => Expr { kind: ExprKind::List(self.values(&list.items)?), span: whole },
            ast::Expr::GetAttr(member) => self.member(member)?,
            ast::Expr::Call(call) => self.call(call)?,
            ast::Expr::Filter(filter) => self.filter(filter)?,
            ast::Expr::Test(test) => self.test(test, false)?,
            ast::Expr::UnaryOp(unary) => self.unary(unary)?,
            ast::Expr::BinOp(binary) => self.binary(binary)?,
            ast::Expr::IfExpr(choice) => self.inline_if(choice)?,
            ast::Expr::Compare(compare) => return Err(self.chained(compare)?),
            ast::Expr::GetItem(_) => return Err(self.refuse("`[…]` behind a value", expr.span())),
            ast::Expr::Slice(_) => return Err(self.refuse("a slice", expr.span())),
            ast::Expr::Tuple(_) => return Err(self.refuse("a list in parentheses", expr.span())),
            ast::Expr::Map(_) => return Err(self.refuse("`{ key: value }`", expr.span())),
        })
    }

    /// `a < b < c`.
    fn chained(&self, compare: &ast::Spanned<ast::Compare<'_>>) -> Lowered<Diagnostic> {
        let span = Span { end: self.span(compare.span()).end, ..self.value(&compare.expr)?.span };
        Ok(Diagnostic::error("E0017", span, "only two values are compared at a time").help("write `a < b and b < c`"))
    }

    /// Several values.
    fn values(&self, exprs: &[ast::Expr<'_>]) -> Lowered<Vec<Expr>> {
        exprs.iter().map(|expr| self.value(expr)).collect()
    }

    /// A text, number or truth value as written.
    fn constant(&self, constant: &ast::Spanned<ast::Const>) -> Lowered<Expr> {
        let span = self.span(constant.span());
        let range = constant.span().start_offset as usize..constant.span().end_offset as usize;
        let written = self.text.get(range).unwrap_or("");
        if let Some(value) = constant.value.as_str() {
            return Ok(Expr { kind: ExprKind::Text(plain(value, span)), span });
        }
        let kind = match written {
            "true" | "True" => ExprKind::Bool(true),
            "false" | "False" => ExprKind::Bool(false),
            "none" | "None" => ExprKind::None,
            number => literal::read(number)
                .map_err(|wrong| Diagnostic::error("E0010", span, wrong.message).help(wrong.help))?,
        };
        Ok(Expr { kind, span })
    }

    /// `value.name`.
    fn member(&self, member: &ast::Spanned<ast::GetAttr<'_>>) -> Lowered<Expr> {
        let value = self.value(&member.expr)?;
        let start = self.offset(member.name);
        let name = Ident { name: member.name.into(), span: (self.place)(start, start + member.name.len()) };
        let span = value.span.to(name.span);
        Ok(Expr { kind: ExprKind::Member(Box::new(value), name), span })
    }

    /// `value(arguments)`; named ones are written `name=value` here.
    fn call(&self, call: &ast::Spanned<ast::Call<'_>>) -> Lowered<Expr> {
        let value = self.value(&call.expr)?;
        let arguments =
            call.args.iter().map(|argument| self.argument(argument, call.span())).collect::<Lowered<_>>()?;
        let span = value.span.to(self.span(call.span()));
        Ok(Expr { kind: ExprKind::Call(Box::new(value), arguments), span })
    }

    /// One argument.
    fn argument(&self, argument: &ast::CallArg<'_>, call: Range) -> Lowered<Argument> {
        match argument {
            ast::CallArg::Pos(value) => Ok(Argument { name: None, value: self.value(value)?, each: None }),
            ast::CallArg::Kwarg(name, value) => {
                let start = self.offset(name);
                let name = Ident { name: (*name).into(), span: (self.place)(start, start + name.len()) };
                Ok(Argument { name: Some(name), value: self.value(value)?, each: None })
            }
            _ => Err(self.refuse("`*` before an argument", call)),
        }
    }

    /// `value | name(arguments)`.
    fn filter(&self, filter: &ast::Spanned<ast::Filter<'_>>) -> Lowered<Expr> {
        let Some(inner) = &filter.expr else {
            return Err(self.refuse("a filter without a value", filter.span()));
        };
        let value = self.value(inner)?;
        let start = self.offset(filter.name);
        let name = Ident { name: filter.name.into(), span: (self.place)(start, start + filter.name.len()) };
        let mut arguments = Vec::new();
        for argument in &filter.args {
            match argument {
                ast::CallArg::Pos(value) => arguments.push(self.value(value)?),
                _ => return Err(self.refuse("a named argument of a filter", filter.span())),
            }
        }
        let span = value.span.to(self.span(filter.span()));
        Ok(Expr { kind: ExprKind::Filter(Box::new(value), name, arguments), span })
    }

    /// `value is none`, the only test.
    fn test(&self, test: &ast::Spanned<ast::Test<'_>>, negated: bool) -> Lowered<Expr> {
        if !matches!(test.name, "none" | "None") || !test.args.is_empty() {
            let what = format!("`is {}`", test.name);
            return Err(self.refuse(&what, test.span()));
        }
        let value = self.value(&test.expr)?;
        let span = value.span.to(self.span(test.span()));
        let none = Expr { kind: ExprKind::None, span: self.span(test.span()) };
        let operator = if negated { Operator::NotEqual } else { Operator::Equal };
        Ok(Expr { kind: ExprKind::Binary(operator, Box::new(value), Box::new(none)), span })
    }

    /// `not value`, and `-1`, which is a number.
    fn unary(&self, unary: &ast::Spanned<ast::UnaryOp<'_>>) -> Lowered<Expr> {
        let whole = self.span(unary.span());
        let in_front = self.text[super::floor(self.text, unary.span().start_offset as usize)..].starts_with("not");
        match (&unary.op, &unary.expr) {
            (ast::UnaryOpKind::Not, ast::Expr::Test(test)) => self.test(test, true),
            (ast::UnaryOpKind::Not, inner) => {
                let inner = self.value(inner)?;
                // The reader turns `a not in b` into `not a in b`, and begins it at the tag.
                let span = if in_front { whole.to(inner.span) } else { inner.span };
                Ok(Expr { kind: ExprKind::Not(Box::new(inner)), span })
            }
            (ast::UnaryOpKind::Neg, ast::Expr::Const(constant)) if constant.value.as_str().is_none() => {
                let inner = self.constant(constant)?;
                Ok(Expr { kind: ExprKind::Negate(Box::new(inner)), span: whole })
            }
            (ast::UnaryOpKind::Neg, _) => Err(outline::refused("arithmetic", whole)),
        }
    }

    /// A comparison, `and` or `or`; arithmetic is refused at its operator.
    fn binary(&self, binary: &ast::BinOp<'_>) -> Lowered<Expr> {
        let (left, right) = (self.value(&binary.left)?, self.value(&binary.right)?);
        let span = left.span.to(right.span);
        let Some(operator) = operator(binary.op) else {
            return Err(outline::refused("arithmetic", span));
        };
        Ok(Expr { kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)), span })
    }

    /// `a if condition else b` is `if(condition, a, b)`.
    fn inline_if(&self, choice: &ast::IfExpr<'_>) -> Lowered<Expr> {
        let condition = self.value(&choice.test_expr)?;
        let yes = self.value(&choice.true_expr)?;
        let no = match &choice.false_expr {
            Some(otherwise) => self.value(otherwise)?,
            None => Expr { kind: ExprKind::None, span: condition.span },
        };
        let span = yes.span.to(condition.span).to(no.span);
        let callee = Expr { kind: ExprKind::Name("if".into()), span: condition.span };
        let arguments = [condition, yes, no].map(|value| Argument { name: None, value, each: None });
        Ok(Expr { kind: ExprKind::Call(Box::new(callee), arguments.into()), span })
    }
}

/// `yes`, `no`, a working day, or a name.
fn word(name: &str) -> ExprKind {
    let digits = name.strip_prefix("wd").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match (name, digits) {
        ("yes", _) => ExprKind::Bool(true),
        ("no", _) => ExprKind::Bool(false),
        (_, Some(_)) => literal::read(name).unwrap_or(ExprKind::Name(name.into())),
        _ => ExprKind::Name(name.into()),
    }
}

/// A text constant of a tag. Its escapes are the reader's, so its characters share the place of the whole.
fn plain(value: &str, span: Span) -> Text {
    Text { value: value.into(), span, origin: Arc::from([(0, span.start + 1)]) }
}

/// The language's operator for the reader's; none for arithmetic.
fn operator(operator: ast::BinOpKind) -> Option<Operator> {
    Some(match operator {
        ast::BinOpKind::Eq => Operator::Equal,
        ast::BinOpKind::Ne => Operator::NotEqual,
        ast::BinOpKind::Lt => Operator::Less,
        ast::BinOpKind::Lte => Operator::LessEqual,
        ast::BinOpKind::Gt => Operator::Greater,
        ast::BinOpKind::Gte => Operator::GreaterEqual,
        ast::BinOpKind::ScAnd => Operator::And,
        ast::BinOpKind::ScOr => Operator::Or,
        ast::BinOpKind::In => Operator::In,
        _ => return None,
    })
}

/// Where a tag that no body may use stands.
fn statement_range(statement: &ast::Stmt<'_>) -> Range {
    match statement {
        ast::Stmt::WithBlock(tag) => tag.span(),
        ast::Stmt::Set(tag) => tag.span(),
        ast::Stmt::SetBlock(tag) => tag.span(),
        ast::Stmt::AutoEscape(tag) => tag.span(),
        ast::Stmt::FilterBlock(tag) => tag.span(),
        ast::Stmt::Do(tag) => tag.span(),
        ast::Stmt::Template(tag) => tag.span(),
        ast::Stmt::EmitExpr(tag) => tag.span(),
        ast::Stmt::EmitRaw(tag) => tag.span(),
        ast::Stmt::ForLoop(tag) => tag.span(),
        ast::Stmt::IfCond(tag) => tag.span(),
    }
}
