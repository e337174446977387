//! Types, secrets and declarations in the author's words.

use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;

use super::Checker;
use super::known::{Secret, Type};

impl Checker<'_> {
    /// A type with its article: "a number", "a row of `actual`".
    pub(crate) fn describe(&self, ty: &Type) -> String {
        match ty {
            Type::Unknown | Type::Reading => "something".into(),
            Type::None => "`none`".into(),
            Type::Bool => "yes or no".into(),
            Type::Number => "a number".into(),
            Type::Text => "a text".into(),
            Type::Date => "a date".into(),
            Type::Month => "a month".into(),
            Type::Time => "a time of day".into(),
            Type::Moment => "a moment (date and time)".into(),
            Type::Duration => "a duration".into(),
            Type::Interval(of) => format!("a span from {} to another", self.describe(of)),
            Type::List(of) => format!("a list of {}", plural(&self.describe(of))),
            Type::Map(..) => "a map `{ … }`".into(),
            Type::Row(family) => self.describe_member(family.declaration),
            Type::Rows(family) => self.describe_family(family.declaration),
            Type::Item(kind) => format!("a {}", kind.keyword()),
            Type::Applied(family) => format!("the {}", self.named(family.declaration)),
            Type::Distribution(of) => format!("a draw of {}", self.describe(of)),
            Type::Module(_) => "an imported file".into(),
            Type::Function(id) => format!("{} without its arguments", self.named(*id)),
            Type::World => "the world".into(),
        }
    }

    fn describe_member(&self, id: DeclarationId) -> String {
        match self.program.get(id).kind {
            Kind::Table => format!("a row of `{}`", self.name_of(id)),
            _ => format!("the {}", self.named(id)),
        }
    }

    fn describe_family(&self, id: DeclarationId) -> String {
        match self.program.get(id).kind {
            Kind::Table => format!("rows of `{}`", self.name_of(id)),
            kind => format!("all {}s `{}`", kind.keyword(), self.name_of(id)),
        }
    }

    /// "table `actual`", "mail `kickoff`".
    pub(crate) fn named(&self, id: DeclarationId) -> String {
        let declaration = self.program.get(id);
        let word = match declaration.kind {
            Kind::Let if declaration.params.is_some() => "function",
            Kind::Let => "fact",
            kind => kind.keyword(),
        };
        match &declaration.name {
            Some(name) => format!("{word} `{}`", name.name),
            None => word.to_string(),
        }
    }

    /// The bare name of a declaration; its kind if it has none.
    pub(crate) fn name_of(&self, id: DeclarationId) -> String {
        let declaration = self.program.get(id);
        declaration.name.as_ref().map_or_else(|| declaration.kind.keyword().to_string(), |name| name.name.to_string())
    }

    /// Where a declaration's name stands.
    pub(crate) fn place_of(&self, id: DeclarationId) -> Span {
        place(self.program.get(id))
    }

    /// "brno_accrual", "pay.amount".
    pub(crate) fn secret_name(&self, secret: &Secret) -> String {
        match &secret.column {
            Some(column) => format!("{}.{column}", self.name_of(secret.declaration)),
            None => self.name_of(secret.declaration),
        }
    }

    /// Where a secret is declared.
    pub(crate) fn secret_place(&self, secret: &Secret) -> Span {
        let declaration = self.program.get(secret.declaration);
        let column = secret.column.as_ref().and_then(|column| declaration.field(column));
        column.map_or_else(|| place(declaration), |field| field.name.span)
    }
}

/// Where the name of a declaration stands, or its head.
pub(crate) fn place(declaration: &Declaration) -> Span {
    declaration.name.as_ref().map_or(declaration.head, |name| name.span)
}

/// "numbers" for "a number".
fn plural(described: &str) -> String {
    let bare = described.strip_prefix("a ").unwrap_or(described);
    match bare.strip_prefix("row of ") {
        Some(rest) => format!("rows of {rest}"),
        None if bare.contains(' ') || bare.contains('`') => bare.to_string(),
        None => format!("{bare}s"),
    }
}
