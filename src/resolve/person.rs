//! `persona p { from = load("p.yaml") }`: the file fills what the block leaves open, the rest becomes `about` [H3].

use std::sync::Arc;

use super::Resolver;
use super::program::{DeclarationId, FieldDeclaration};
use crate::diag::Diagnostic;
use crate::forms::{self, Kind, Property, Type};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident, Loaded, Text};
use crate::value::{Duration, Time, Value};

impl Resolver<'_> {
    /// Replaces `from` by what the file says.
    pub(super) fn fill_person(&mut self, id: DeclarationId) {
        let Some(from) = self.take_field(id, "from") else { return };
        let entries = match &from.kind {
            ExprKind::Loaded(loaded) => match &**loaded {
                Loaded::Map { entries, .. } => entries.clone(),
                _ => return self.report(no_person(from.span)),
            },
            ExprKind::Call(callee, _) if matches!(&callee.kind, ExprKind::Name(name) if &**name == "load") => return,
            _ => return self.report(no_person(from.span)),
        };
        let mut about = Vec::new();
        for (name, value) in &entries {
            match forms::form(Kind::Persona).property(name).filter(|property| fillable(property)) {
                Some(property) => self.fill(id, property, value, from.span),
                None => about.push((text(name, from.span), literal(value, from.span))),
            }
        }
        self.add_about(id, about, from.span);
    }

    fn fill(&mut self, id: DeclarationId, property: &Property, value: &Value, span: Span) {
        if self.get(id).field(property.name).is_some() {
            return;
        }
        match of_type(property, value, span) {
            Some(value) => {
                let name = Ident { name: property.name.into(), span };
                self.get_mut(id).fields.push(FieldDeclaration { name, draw: false, sealed: false, value });
            }
            None => {
                let wanted = forms::type_words(property.types);
                let message = format!("`{}` in this file is a {}, not a {wanted}", property.name, value.type_name());
                self.report(
                    Diagnostic::error("E0208", span, message).help(format!("for example: {}", property.example)),
                );
            }
        }
    }

    /// Joins what is known otherwise to the block's own `about`, which goes first.
    fn add_about(&mut self, id: DeclarationId, more: Vec<(Expr, Expr)>, span: Span) {
        if more.is_empty() {
            return;
        }
        let own = self.get_mut(id).fields.iter_mut().find(|field| &*field.name.name == "about");
        match own {
            Some(field) => {
                if let ExprKind::Map(entries) = &mut field.value.kind {
                    entries.extend(more);
                }
            }
            None => {
                let name = Ident { name: "about".into(), span };
                let value = Expr { kind: ExprKind::Map(more), span };
                self.get_mut(id).fields.push(FieldDeclaration { name, draw: false, sealed: false, value });
            }
        }
    }
}

fn no_person(span: Span) -> Diagnostic {
    Diagnostic::error("E0230", span, "a persona is loaded from a file of `name: value` lines")
        .help("write `from = load(\"people/jana.yaml\")`, with lines such as `role: CFO`")
}

fn fillable(property: &Property) -> bool {
    !matches!(property.name, "from" | "about" | "stream")
}

/// A value of a file as the property's type is written in a spec; none if it is of another type.
fn of_type(property: &Property, value: &Value, span: Span) -> Option<Expr> {
    let wanted = *property.types.first()?;
    match (wanted, value) {
        (Type::Persona, Value::Text(name)) => Some(super::lower::named(name, span)),
        (Type::Duration, Value::Text(words)) => Some(Expr { kind: ExprKind::Duration(Duration::parse(words)?), span }),
        (Type::Interval, Value::Text(words)) => interval(words, span),
        (Type::Text, Value::Text(_)) | (Type::Number, Value::Number(_)) | (Type::List(_), Value::List(_)) => {
            Some(literal(value, span))
        }
        (Type::Number, Value::Text(words)) => {
            let number = crate::value::Number::parse(words)?;
            Some(Expr { kind: ExprKind::Number(number), span })
        }
        (_, Value::None) => Some(Expr { kind: ExprKind::None, span }),
        _ => None,
    }
}

/// `09:00..17:30`.
fn interval(words: &str, span: Span) -> Option<Expr> {
    let (from, to) = words.split_once("..")?;
    let time = |words: &str| Some(Box::new(Expr { kind: ExprKind::Time(Time::parse(words.trim())?), span }));
    Some(Expr { kind: ExprKind::Range(time(from)?, time(to)?), span })
}

/// A loaded value as a literal. Text stays plain: loaded data are never templates [X1].
fn literal(value: &Value, span: Span) -> Expr {
    let kind = match value {
        Value::Bool(yes) => ExprKind::Bool(*yes),
        Value::Number(number) => ExprKind::Number(*number),
        Value::Text(words) => return text(words, span),
        Value::Date(date) => ExprKind::Date(*date),
        Value::Month(month) => ExprKind::Month(*month),
        Value::List(items) => ExprKind::List(items.iter().map(|item| literal(item, span)).collect()),
        _ => ExprKind::None,
    };
    Expr { kind, span }
}

fn text(words: &Arc<str>, span: Span) -> Expr {
    Expr { kind: ExprKind::Text(Text { value: words.clone(), span, origin: Arc::from([]) }), span }
}
