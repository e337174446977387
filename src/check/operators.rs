//! Operators on types [V1]–[V4], [V6].

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::syntax::{Expr, ExprKind, Operator};

use super::Checker;
use super::infer::is_arithmetic;
use super::known::{Known, Type};
use super::scope::Scope;

impl Checker<'_> {
    /// `left operator right`.
    pub(crate) fn infer_binary(
        &mut self,
        expr: &Expr,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        scope: &Scope,
    ) -> Known {
        if matches!(operator, Operator::And | Operator::Or) {
            let mut known = self.infer_condition(left, scope);
            known.add(&self.infer_condition(right, scope));
            return known;
        }
        if is_arithmetic(operator) {
            self.refuse_in_body(expr, scope, "arithmetic");
        }
        let (a, b) = (self.infer(left, scope), self.infer(right, scope));
        let ty = match operator {
            Operator::In => self.contained(expr, &a.ty, &b.ty),
            _ if is_arithmetic(operator) => self.arithmetic(expr, operator, (&a.ty, left), (&b.ty, right)),
            _ => self.comparison(expr, operator, (&a.ty, left), (&b.ty, right)),
        };
        let mut known = a.typed(ty);
        known.add(&b);
        known
    }

    fn arithmetic(&mut self, expr: &Expr, operator: Operator, left: (&Type, &Expr), right: (&Type, &Expr)) -> Type {
        if matches!(left.0, Type::Unknown | Type::Reading) || matches!(right.0, Type::Unknown | Type::Reading) {
            return uncertain(operator, left.0, right.0);
        }
        if *left.0 == Type::None || *right.0 == Type::None {
            return if *left.0 == Type::None { right.0.clone() } else { left.0.clone() };
        }
        match arithmetic_type(operator, left.0, right.0) {
            Some(ty) => ty,
            None => self.bad_arithmetic(expr, operator, left, right),
        }
    }

    fn bad_arithmetic(&mut self, expr: &Expr, operator: Operator, left: (&Type, &Expr), right: (&Type, &Expr)) -> Type {
        let (a, b) = (self.describe(left.0), self.describe(right.0));
        let help = match (operator, left.0, right.0) {
            (Operator::Add, Type::Text, _) | (Operator::Add, _, Type::Text) => {
                "put text together with `\"{{ a }} {{ b }}\"`"
            }
            (_, Type::Rows(_), _) | (_, _, Type::Rows(_)) => "name a column and add it up: `sum(table.column)`",
            (_, Type::Date | Type::Moment, Type::Number) => "write a duration: `* 1d`, or `workdays_after(date, n)`",
            _ => "calculate with numbers, dates and durations",
        };
        self.emit(
            Diagnostic::error("E0201", expr.span, format!("`{}` does not fit {a} and {b}", operator_word(operator)))
                .label(format!("{a} {} {b}", operator_word(operator)))
                .help(help),
        );
        Type::Unknown
    }

    fn comparison(&mut self, expr: &Expr, operator: Operator, left: (&Type, &Expr), right: (&Type, &Expr)) -> Type {
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let fits = self.comparable(left.0, right.0) && (equality || (ordered(left.0) && ordered(right.0)));
        if !fits {
            let (a, b) = (self.describe(left.0), self.describe(right.0));
            let help = self.comparison_help(left, right);
            self.emit(
                Diagnostic::error("E0202", expr.span, format!("{a} cannot be compared with {b}"))
                    .label(format!("{a} {} {b}", operator_word(operator)))
                    .help(help),
            );
        }
        Type::Bool
    }

    fn comparison_help(&self, left: (&Type, &Expr), right: (&Type, &Expr)) -> String {
        let quoted = |expr: &Expr| match &expr.kind {
            ExprKind::Number(number) => Some(format!("codes are texts: write `\"{}\"`", number.decimal.normalize())),
            _ => None,
        };
        match (left.0, right.0) {
            (Type::Text, Type::Number) => quoted(right.1).unwrap_or_else(|| "codes are texts: quote the number".into()),
            (Type::Number, Type::Text) => quoted(left.1).unwrap_or_else(|| "codes are texts: quote the number".into()),
            (Type::Date | Type::Moment, Type::Month) => {
                "ask `date in month`, or take `start(month)` or `end(month)`".into()
            }
            (Type::Month, Type::Date | Type::Moment) => "ask `date in month`, or take `month(date)`".into(),
            (Type::Row(_), _) | (_, Type::Row(_)) => "name the column that is meant: `row.column`".into(),
            _ => "compare things of one kind".into(),
        }
    }

    /// Whether `==` makes sense: alike, or a row and its key value [N3].
    pub(crate) fn comparable(&mut self, a: &Type, b: &Type) -> bool {
        if a.is_free() || b.is_free() {
            return true;
        }
        if let (Type::Row(family), value) | (value, Type::Row(family)) = (a, b)
            && !matches!(value, Type::Row(_) | Type::Item(_))
        {
            return self.is_key_value(family, value);
        }
        matches!((a, b), (Type::Date, Type::Moment) | (Type::Moment, Type::Date)) || a.join(b, self.kinds()).is_some()
    }

    /// Whether a value is of the type of the only key of a table.
    pub(crate) fn is_key_value(&mut self, family: &super::known::Family, value: &Type) -> bool {
        if self.program.get(family.declaration).kind != Kind::Table {
            return false;
        }
        match self.keys(family).as_slice() {
            [key] => {
                let key = key.known.ty.clone();
                self.comparable(&key, value)
            }
            _ => false,
        }
    }

    fn contained(&mut self, expr: &Expr, element: &Type, set: &Type) -> Type {
        let fits = match set {
            Type::Month => matches!(element, Type::Date | Type::Moment | Type::Month),
            Type::Interval(of) => self.comparable(element, of),
            Type::List(of) => self.comparable(element, of),
            Type::Rows(family) => self.comparable(element, &Type::Row(family.clone())),
            Type::Text => *element == Type::Text,
            free => free.is_free(),
        };
        if !fits && !element.is_free() {
            let (a, b) = (self.describe(element), self.describe(set));
            self.emit(
                Diagnostic::error("E0202", expr.span, format!("{a} cannot be looked for in {b}"))
                    .label(format!("{a} in {b}"))
                    .help("`in` wants a list, a table, a range or, for a date, a month"),
            );
        }
        Type::Bool
    }
}

/// The result of an operator whose operands are not all known.
fn uncertain(operator: Operator, left: &Type, right: &Type) -> Type {
    match (operator, left, right) {
        (Operator::Of, ..) => Type::Number,
        (Operator::Add | Operator::Subtract, Type::Number, _)
        | (Operator::Add | Operator::Subtract, _, Type::Number) => Type::Number,
        _ => Type::Unknown,
    }
}

/// The table of [V1] and [V3].
fn arithmetic_type(operator: Operator, left: &Type, right: &Type) -> Option<Type> {
    use Operator::*;
    use Type::*;
    Some(match (operator, left, right) {
        (_, Distribution(of), other) => return arithmetic_type(operator, of, other),
        (_, other, Distribution(of)) => return arithmetic_type(operator, other, of),
        (Add | Subtract | Multiply | Divide | Of, Number, Number) => Number,
        (Add | Subtract, Date, Duration) => Date,
        (Add, Duration, Date) => Date,
        (Add, Date, Time) => Moment,
        (Add | Subtract, Moment, Duration) => Moment,
        (Add, Duration, Moment) => Moment,
        (Add | Subtract, Time, Duration) => Time,
        (Add | Subtract, Duration, Duration) => Duration,
        (Multiply | Of, Number, Duration) | (Multiply | Divide, Duration, Number) => Duration,
        (Divide, Duration, Duration) => Number,
        (Subtract, Date | Moment, Date | Moment) => Duration,
        (Add | Subtract, Month, Number) => Month,
        _ => return Option::None,
    })
}

/// Whether values of the type have an order.
fn ordered(ty: &Type) -> bool {
    !matches!(ty, Type::Bool | Type::Row(_) | Type::Rows(_) | Type::List(_) | Type::Item(_))
}

/// An operator as it is written.
pub(crate) fn operator_word(operator: Operator) -> &'static str {
    match operator {
        Operator::Or => "or",
        Operator::And => "and",
        Operator::Equal => "==",
        Operator::NotEqual => "!=",
        Operator::LessEqual => "<=",
        Operator::GreaterEqual => ">=",
        Operator::Less => "<",
        Operator::Greater => ">",
        Operator::In => "in",
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Of => "of",
    }
}
