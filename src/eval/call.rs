//! Calls: asking a family by its keys [N3], applying templates and parameterised facts [N5], built-in functions.

use super::family::params;
use super::scope::Meaning;
use super::{Evaluator, Fault, Frame, Outcome, Scope};
use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Argument, Each, Expr, ExprKind};
use crate::value::{Applied, Facts, Item, Rows, Value};

/// What stands before the parentheses.
enum Callee {
    Function,
    Declaration(DeclarationId),
    Value(Value),
}

impl<'p> Evaluator<'p> {
    pub(super) fn call(&self, callee: &Expr, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        match self.callee(callee, scope)? {
            Callee::Function => {
                let ExprKind::Name(name) = &callee.kind else { return Ok(Value::None) };
                self.function(name, arguments, scope, span)
            }
            Callee::Declaration(id) => self.call_declaration(id, arguments, scope, span),
            Callee::Value(value) => self.ask_value(&value, arguments, scope, span),
        }
    }

    fn callee(&self, callee: &Expr, scope: &Scope<'_>) -> Outcome<Callee> {
        let meaning = match &callee.kind {
            ExprKind::Name(name) => {
                if scope.local(name).is_none() && crate::forms::is_function(name) {
                    return Ok(Callee::Function);
                }
                self.look_up(name, scope, callee.span)?
            }
            ExprKind::Member(base, member) => match self.module_of(base, scope) {
                Some(module) => self.top_level(module, &member.name),
                None => Some(Meaning::Value(self.value(callee, scope)?)),
            },
            _ => Some(Meaning::Value(self.value(callee, scope)?)),
        };
        match meaning {
            Some(Meaning::Declaration(id)) => Ok(Callee::Declaration(id)),
            Some(Meaning::Value(value)) => Ok(Callee::Value(value)),
            _ => Err(Fault::wrong("E0101", callee.span, "nothing of that name can be called here")),
        }
    }

    fn call_declaration(
        &self,
        id: DeclarationId,
        arguments: &[Argument],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Value> {
        let declaration = self.program.get(id);
        let named = declaration.params.is_some();
        match declaration.kind {
            Kind::Template | Kind::Schema => {
                let (arguments, facts) = self.traced_arguments(declaration, arguments, scope, span)?;
                Ok(Value::Applied(Applied { declaration: id.0, arguments, facts }.into()))
            }
            Kind::Phrases => {
                let arguments = self.argument_values(declaration, arguments, scope, span)?;
                Ok(Value::Text(self.phrase(id, &arguments, scope, span)?.text.into()))
            }
            Kind::Let | Kind::Secret if named && declaration.draw && scope.draw_site().is_some() => {
                let arguments = self.argument_values(declaration, arguments, scope, span)?;
                self.inline(declaration, &arguments, scope)
            }
            Kind::Let | Kind::Secret if named => {
                let arguments = self.argument_values(declaration, arguments, scope, span)?;
                let shape = self.family(id, &arguments, span)?;
                let member = shape.members.len() - 1;
                self.member_value(Item { family: shape.id, index: 0 }, member, span)
            }
            Kind::Table if named => {
                let arguments = self.argument_values(declaration, arguments, scope, span)?;
                let shape = self.family(id, &arguments, span)?;
                Ok(self.rows(shape))
            }
            Kind::Let | Kind::Secret | Kind::Knob => {
                let value = self.declaration_value(id, scope, span)?;
                self.ask_value(&value, arguments, scope, span)
            }
            _ => {
                let shape = self.family(id, &[], span)?;
                let Value::Rows(rows) = self.rows(shape) else { return Ok(Value::None) };
                self.ask(&rows, arguments, scope, span)?.ok_or_else(|| self.absent(&rows, span))
            }
        }
    }

    /// A named distribution under the caller's key [N5].
    fn inline(&self, declaration: &Declaration, arguments: &[Value], scope: &Scope<'_>) -> Outcome<Value> {
        let (Some(value), Some(site)) = (&declaration.value, scope.draw_site()) else { return Ok(Value::None) };
        let top = Scope::top(declaration.module);
        let drawing = top.inside(Frame::Top(declaration.module)).drawing(site);
        self.deeper(value.span, || {
            self.with_params(&drawing, params(declaration), arguments, &mut |scope| self.value(value, scope))
        })
    }

    /// The values of a call's arguments in the order of the parameters.
    pub(crate) fn argument_values(
        &self,
        declaration: &Declaration,
        arguments: &[Argument],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Vec<Value>> {
        let ordered = self.in_order(declaration, arguments, span)?;
        ordered.into_iter().map(|argument| self.argument(argument, scope)).collect()
    }

    /// The same with the facts that each argument was read from.
    fn traced_arguments(
        &self,
        declaration: &Declaration,
        arguments: &[Argument],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<(Vec<Value>, Vec<Facts>)> {
        let ordered = self.in_order(declaration, arguments, span)?;
        ordered.into_iter().map(|argument| self.recorded(|| self.argument(argument, scope))).collect()
    }

    /// The arguments of a call in the order of the parameters.
    fn in_order<'a>(
        &self,
        declaration: &Declaration,
        arguments: &'a [Argument],
        span: Span,
    ) -> Outcome<Vec<&'a Argument>> {
        let names = params(declaration);
        let mut slots: Vec<Option<&Argument>> = vec![None; names.len()];
        let mut next = 0;
        for argument in arguments {
            let place = match &argument.name {
                Some(name) => names.iter().position(|param| param.name == name.name),
                None => Some(next),
            };
            next += usize::from(argument.name.is_none());
            match place.and_then(|place| slots.get_mut(place)) {
                Some(slot) => *slot = Some(argument),
                None => return Err(self.arity(declaration, arguments.len(), span)),
            }
        }
        let complete: Option<Vec<&Argument>> = slots.into_iter().collect();
        complete.ok_or_else(|| self.arity(declaration, arguments.len(), span))
    }

    fn arity(&self, declaration: &Declaration, found: usize, span: Span) -> Fault {
        let names: Vec<&str> = params(declaration).iter().map(|param| &*param.name).collect();
        let message = format!("this needs {} ({}), but {found} are given", names.len(), names.join(", "));
        Diagnostic::error("E0104", span, message).cause(declaration.head, "declared here").into()
    }

    /// The value of an argument; `x in list` without a body is a plain question.
    pub(crate) fn argument(&self, argument: &Argument, scope: &Scope<'_>) -> Outcome<Value> {
        match &argument.each {
            Some(Each { variable, .. }) => {
                let part = Expr { kind: ExprKind::Name(variable.name.clone()), span: variable.span };
                let part = self.value(&part, scope)?;
                let whole = self.value(&argument.value, scope)?;
                self.operate(crate::syntax::Operator::In, part, whole, argument.value.span)
            }
            None => self.value(&argument.value, scope),
        }
    }

    fn ask_value(&self, value: &Value, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        match value {
            Value::Rows(rows) => self.ask(rows, arguments, scope, span)?.ok_or_else(|| self.absent(rows, span)),
            Value::None => Ok(Value::None),
            other => Err(self.type_fault(span, "a table before `(`", other)),
        }
    }

    fn absent(&self, rows: &Rows, span: Span) -> Fault {
        let shape = self.shape(rows.family);
        let head = self.program.get(shape.declaration).head;
        Diagnostic::error("E0503", span, format!("`{}` has no row with this key", shape.address))
            .cause(head, "declared here")
            .help(format!("ask `exists({}(…))` first, or ask for a key it has", shape.address))
            .into()
    }

    /// A row by all its keys, or rows by some of them, by name; `None` where there is no such row.
    pub(crate) fn ask(
        &self,
        rows: &Rows,
        arguments: &[Argument],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Option<Value>> {
        let shape = self.shape(rows.family);
        let positional = arguments.iter().filter(|argument| argument.name.is_none()).count();
        if positional == arguments.len() && positional == shape.keys {
            let mut labels = Vec::with_capacity(positional);
            for argument in arguments {
                match self.argument(argument, scope)? {
                    Value::None => return Ok(Some(Value::None)),
                    value => labels.push(self.label(&value)),
                }
            }
            return Ok(self.turn_in(rows, &labels.join(",")));
        }
        if positional > 0 {
            return Err(self.half_keyed(shape, span));
        }
        let mut kept: Option<Vec<u32>> = None;
        for argument in arguments {
            let Some(name) = &argument.name else { continue };
            let wanted = self.label(&self.argument(argument, scope)?);
            let groups = self.grouped(shape, &name.name, name.span)?;
            let group = groups.get(&wanted).map(Vec::as_slice).unwrap_or(&[]);
            kept = Some(match kept {
                Some(kept) => shape.common(&kept, group),
                None => shape.common(&rows.indexes, group),
            });
        }
        let kept = kept.unwrap_or_else(|| rows.indexes.to_vec());
        let by_all = (0..shape.keys).all(|key| {
            arguments.iter().any(|argument| argument.name.as_ref().is_some_and(|name| name.name == shape.members[key]))
        });
        if by_all && shape.keys > 0 {
            return Ok(kept.first().map(|index| Value::Item(Item { family: shape.id, index: *index })));
        }
        Ok(Some(Value::Rows(Rows { family: rows.family, indexes: kept.into() })))
    }

    fn turn_in(&self, rows: &Rows, label: &str) -> Option<Value> {
        let shape = self.shape(rows.family);
        let index = self.index_of(shape, label)?;
        shape.lists(&rows.indexes, index).then_some(Value::Item(Item { family: rows.family, index }))
    }

    fn half_keyed(&self, shape: &super::Shape, span: Span) -> Fault {
        let keys: Vec<&str> = shape.members[..shape.keys].iter().map(|key| &**key).collect();
        let message = format!("`{}` has {} keys ({})", shape.address, keys.len(), keys.join(", "));
        Diagnostic::error("E0205", span, message)
            .help(format!(
                "ask for one row with all keys, `{0}({1})`, or for a table with some of them by name, `{0}({2}: {2})`",
                shape.address,
                keys.join(", "),
                keys.first().unwrap_or(&"key")
            ))
            .into()
    }

    /// The row a key value stands for; a row stands for itself.
    pub(crate) fn row_for(&self, rows: &Value, key: &Value, span: Span) -> Outcome<Value> {
        let Value::Rows(rows) = rows else { return Err(self.type_fault(span, "a table", rows)) };
        if let Value::Item(item) = key
            && item.family == rows.family
        {
            return Ok(key.clone());
        }
        self.turn_in(rows, &self.label(key)).ok_or_else(|| self.absent(rows, span))
    }
}
