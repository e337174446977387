//! Conditions with everything the plan knows filled in: what stays open are words of the run [P4], [O1], [O4].

use std::sync::Arc;

use crate::document::Facts;
use crate::eval::{Evaluator, Fault, Outcome, Scope, facts_of};
use crate::forms::{self, Type};
use crate::plan::path;
use crate::plan::types::{Check, World};
use crate::source::Span;
use crate::syntax::{Argument, Expr, ExprKind, Ident, Operator};
use crate::value::{Number, Value};

/// Fills in conditions for one world: the truth, or that of a trap.
pub(crate) struct Conditions<'a, 'e> {
    pub eval: &'a Evaluator<'e>,
    /// Where the paths in conditions start.
    pub world: &'a World,
}

impl Conditions<'_, '_> {
    /// A condition, or a part of one.
    pub fn check(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Check> {
        // `to: outside` means anybody of another company; alone it has no value.
        if matches!(&expr.kind, ExprKind::Name(name) if &**name == "outside") {
            return Ok(bare("outside", None));
        }
        match self.known(expr, scope) {
            Err(Fault::NeedsRun) => self.open(expr, scope),
            known => known,
        }
    }

    /// What the plan knows. A variant has the facts of the truth, so it records none.
    fn known(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Check> {
        let (value, facts) = match self.eval.is_variant() {
            true => (self.eval.value(expr, scope)?, Facts::default()),
            false => self.traced(expr, scope)?,
        };
        Ok(Check::Known { value, facts })
    }

    /// A value with its facts; what only counts what fits a condition has those that the condition read.
    fn traced(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<(Value, Facts)> {
        let (value, facts) = self.eval.traced(expr, scope)?;
        Ok(match facts.is_empty() {
            true => (value, self.eval.behind_value(expr, scope)?.by),
            false => (value, facts),
        })
    }

    /// An expression that depends on a word of the run.
    fn open(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Check> {
        match &expr.kind {
            ExprKind::Name(name) if forms::is_run_word(name) => Ok(bare(name, None)),
            ExprKind::Member(base, member) => self.reading(base, member, &[], scope, expr.span),
            ExprKind::Call(callee, arguments) => self.call(callee, arguments, scope, expr.span),
            ExprKind::Not(inner) => Ok(Check::Not(Box::new(self.check(inner, scope)?))),
            ExprKind::Negate(inner) => {
                let nought = Check::Known { value: Value::Number(Number::ZERO), facts: Facts::default() };
                Ok(calculation('-', nought, self.check(inner, scope)?))
            }
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, scope),
            ExprKind::Within(comparison, tolerance) => self.within(comparison, tolerance, scope),
            ExprKind::List(items) => {
                let items: Outcome<Vec<Check>> = items.iter().map(|item| self.check(item, scope)).collect();
                Ok(Check::List(items?))
            }
            _ => Err(misused(expr.span)),
        }
    }

    /// A word of the run about one deliverable or file: `report.words`, `model.value("Total")`.
    fn reading(
        &self,
        base: &Expr,
        word: &Ident,
        arguments: &[Argument],
        scope: &Scope<'_>,
        span: Span,
    ) -> Outcome<Check> {
        match self.eval.value(base, scope)? {
            Value::Item(item) if forms::is_run_word(&word.name) => {
                let of = self.eval.shape(item.family).turn_address(item.index);
                self.word(&word.name, Some(of), arguments, scope)
            }
            _ => Err(misused(span)),
        }
    }

    fn call(&self, callee: &Expr, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Check> {
        match &callee.kind {
            ExprKind::Member(base, member) => self.reading(base, member, arguments, scope, span),
            ExprKind::Name(name) if forms::is_run_word(name) => self.word(name, None, arguments, scope),
            ExprKind::Name(name) => self.aggregate(name, arguments, scope, span),
            _ => Err(misused(span)),
        }
    }

    fn word(&self, name: &str, of: Option<String>, arguments: &[Argument], scope: &Scope<'_>) -> Outcome<Check> {
        let mut filled = Vec::with_capacity(arguments.len());
        for (position, argument) in arguments.iter().enumerate() {
            let label = argument.name.as_ref().map(|name| name.name.to_string());
            let mut value = self.argument(argument, scope)?;
            if takes_path(name, position, label.as_deref()) {
                value = self.stored(value);
            }
            filled.push((label, value));
        }
        Ok(Check::Word { name: name.to_string(), of, arguments: filled })
    }

    /// An argument; `x in list` without a body is a plain question.
    fn argument(&self, argument: &Argument, scope: &Scope<'_>) -> Outcome<Check> {
        match &argument.each {
            None => match &argument.value.kind {
                ExprKind::Range(from, to) => self.interval(from, to, scope),
                _ => self.check(&argument.value, scope),
            },
            Some(each) if each.body.is_none() && each.condition.is_none() => {
                let part = Expr { kind: ExprKind::Name(each.variable.name.clone()), span: each.variable.span };
                self.compare(Operator::In, &part, &argument.value, None, scope)
            }
            Some(each) => Err(misused(each.variable.span)),
        }
    }

    /// Paths as the disk stores them.
    fn stored(&self, check: Check) -> Check {
        match check {
            Check::Known { value, facts } => Check::Known { value: self.stored_value(value), facts },
            Check::List(parts) => Check::List(parts.into_iter().map(|part| self.stored(part)).collect()),
            other => other,
        }
    }

    fn stored_value(&self, value: Value) -> Value {
        match value {
            Value::Text(text) => Value::Text(path::storage(&text, self.world).into()),
            Value::List(items) => Value::List(items.iter().cloned().map(|item| self.stored_value(item)).collect()),
            other => other,
        }
    }

    /// `each`, `all`, `any` and `if` may hold words of the run; what counts or sums may not.
    fn aggregate(&self, name: &str, arguments: &[Argument], scope: &Scope<'_>, span: Span) -> Outcome<Check> {
        match (name, arguments) {
            ("each", [members]) => self.members(members, scope, span).map(Check::Each),
            ("all", [members]) => Ok(Check::All(unlabelled(self.members(members, scope, span)?))),
            ("any", [members]) => Ok(Check::Any(unlabelled(self.members(members, scope, span)?))),
            ("if", [condition, then, otherwise]) => {
                let condition = self.argument(condition, scope)?;
                let (then, otherwise) = (self.argument(then, scope)?, self.argument(otherwise, scope)?);
                let denied = Check::Not(Box::new(condition.clone()));
                Ok(Check::Any(vec![Check::All(vec![condition, then]), Check::All(vec![denied, otherwise])]))
            }
            _ => Err(misused(span)),
        }
    }

    /// The condition of each row of `x in table where c: e`, with the row's key.
    fn members(&self, argument: &Argument, scope: &Scope<'_>, span: Span) -> Outcome<Vec<(String, Check)>> {
        let Some(each) = &argument.each else { return Err(misused(span)) };
        let Some(body) = &each.body else { return Err(misused(span)) };
        let list = self.eval.value(&argument.value, scope)?;
        let mut members = Vec::new();
        for value in self.eval.items(&list, argument.value.span)? {
            let inner = scope.with(&each.variable.name, &value);
            let kept = self.eval.holds(each.condition.as_ref(), &inner);
            if kept.map_err(|fault| placed(fault, span))? {
                members.push((self.eval.label(&value), self.check(body, &inner)?));
            }
        }
        Ok(members)
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, scope: &Scope<'_>) -> Outcome<Check> {
        let both = || -> Outcome<(Check, Check)> { Ok((self.check(left, scope)?, self.check(right, scope)?)) };
        Ok(match operator {
            Operator::And => Check::All(joined(both()?, |check| match check {
                Check::All(parts) => Ok(parts),
                other => Err(other),
            })),
            Operator::Or => Check::Any(joined(both()?, |check| match check {
                Check::Any(parts) => Ok(parts),
                other => Err(other),
            })),
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Of => {
                let (left, right) = both()?;
                calculation(sign(operator), left, right)
            }
            _ => self.compare(operator, left, right, None, scope)?,
        })
    }

    fn within(&self, comparison: &Expr, tolerance: &Expr, scope: &Scope<'_>) -> Outcome<Check> {
        let ExprKind::Binary(operator @ (Operator::Equal | Operator::NotEqual), left, right) = &comparison.kind else {
            return Err(Fault::wrong("E0204", comparison.span, "`within` follows a comparison with `==`"));
        };
        let tolerance = self.eval.value(tolerance, scope).map_err(|fault| placed(fault, tolerance.span))?;
        self.compare(*operator, left, right, Some(tolerance), scope)
    }

    /// A comparison; without `within`, that of the fact's own step [O4].
    fn compare(
        &self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        within: Option<Value>,
        scope: &Scope<'_>,
    ) -> Outcome<Check> {
        let left = self.check(left, scope)?;
        let right = match &right.kind {
            ExprKind::Range(from, to) if operator == Operator::In => self.interval(from, to, scope)?,
            _ => self.check(right, scope)?,
        };
        let within = match operator {
            Operator::Equal | Operator::NotEqual => within.or_else(|| usual_tolerance(&left, &right)),
            _ => None,
        };
        let operator = comparison_sign(operator).to_string();
        Ok(Check::Compare { operator, left: Box::new(left), right: Box::new(right), within })
    }

    /// `a..b` as its two ends: what lies between them is only asked about, never listed.
    fn interval(&self, from: &Expr, to: &Expr, scope: &Scope<'_>) -> Outcome<Check> {
        let (from, to) = (self.check(from, scope)?, self.check(to, scope)?);
        match (from, to) {
            (Check::Known { value: from, facts: one }, Check::Known { value: to, facts: other }) => {
                let facts = facts_of(one.iter().chain(other.iter()).copied().collect());
                Ok(Check::Known { value: Value::Interval(Arc::new((from, to))), facts })
            }
            (from, to) => Ok(Check::List(vec![from, to])),
        }
    }
}

fn bare(name: &str, of: Option<String>) -> Check {
    Check::Word { name: name.to_string(), of, arguments: Vec::new() }
}

fn calculation(operator: char, left: Check, right: Check) -> Check {
    Check::Arithmetic { operator, left: Box::new(left), right: Box::new(right) }
}

fn unlabelled(members: Vec<(String, Check)>) -> Vec<Check> {
    members.into_iter().map(|(_, check)| check).collect()
}

/// `a and b and c` as one list instead of pairs in pairs.
fn joined((left, right): (Check, Check), parts: impl Fn(Check) -> Result<Vec<Check>, Check>) -> Vec<Check> {
    let flat = |check| parts(check).unwrap_or_else(|single| vec![single]);
    let mut all = flat(left);
    all.extend(flat(right));
    all
}

fn sign(operator: Operator) -> char {
    match operator {
        Operator::Add => '+',
        Operator::Subtract => '-',
        Operator::Divide => '/',
        _ => '*',
    }
}

fn comparison_sign(operator: Operator) -> &'static str {
    match operator {
        Operator::NotEqual => "!=",
        Operator::Less => "<",
        Operator::LessEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterEqual => ">=",
        Operator::In => "in",
        _ => "==",
    }
}

/// Half the last place of the fact where its step is below 1; else the comparison is exact.
fn usual_tolerance(left: &Check, right: &Check) -> Option<Value> {
    let fact = match (left, right) {
        (_, Check::Known { value: Value::Number(fact), .. }) => fact,
        (Check::Known { value: Value::Number(fact), .. }, _) => fact,
        _ => return None,
    };
    if fact.places == 0 {
        return None;
    }
    let half = Number { percent: false, ..fact.step() }.multiply(Number { places: 1, ..Number::parse("0.5")? });
    half.ok().map(Value::Number)
}

/// Whether the argument of a word of the run is a path.
fn takes_path(word: &str, position: usize, label: Option<&str>) -> bool {
    let Some(function) = forms::function(word) else { return false };
    let parameter = match label {
        Some(label) => function.parameters.iter().find(|parameter| parameter.name == label),
        None => function.parameters.get(position).or(function.parameters.last()),
    };
    parameter.is_some_and(|parameter| parameter.types.contains(&Type::Glob))
}

/// A word of the run where its answer would have to be known now.
fn misused(span: Span) -> Fault {
    crate::diag::Diagnostic::error("E0210", span, "this needs a word of the run in a place where it cannot stand")
        .help("words of the run are compared, joined with `and`, `or`, `not`, and asked of rows with `each`, `all`, `any`")
        .into()
}

fn placed(fault: Fault, span: Span) -> Fault {
    match fault {
        Fault::NeedsRun => misused(span),
        other => other,
    }
}
