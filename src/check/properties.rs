//! The types of the table of forms, as the checker sees them.

use crate::forms::{self, Kind, form};

use super::Checker;
use super::known::Type;

/// The type of a property when the author has not set it; nothing if the kind has no such property.
pub(crate) fn property_type(kind: Kind, name: &str) -> Option<Type> {
    let property = form(kind).readable(name)?;
    Some(match property.types {
        [one] => from_form(*one),
        [forms::Type::Date, forms::Type::Moment] => Type::Moment,
        [first, ..] if name == "attach" || name == "holidays" => from_form(*first),
        _ => Type::Unknown,
    })
}

/// The names of all properties of a kind.
pub(crate) fn property_names(kind: Kind) -> Vec<String> {
    form(kind).properties.iter().map(|property| property.name.to_string()).collect()
}

/// A type of the forms as the checker's own.
pub(crate) fn from_form(ty: forms::Type) -> Type {
    use forms::Type as F;
    match ty {
        F::Number => Type::Number,
        F::Text | F::Glob => Type::Text,
        F::YesNo | F::Condition => Type::Bool,
        F::Date => Type::Date,
        F::Month => Type::Month,
        F::Time => Type::Time,
        F::Moment => Type::Moment,
        F::Duration => Type::Duration,
        F::Interval => Type::Interval(Box::new(Type::Unknown)),
        F::List(of) => Type::list(from_form(*of)),
        F::Persona | F::Correspondent => Type::Item(Kind::Persona),
        F::File => Type::Item(Kind::File),
        F::Mail => Type::Item(Kind::Mail),
        F::Change => Type::Item(Kind::Change),
        F::Deliver => Type::Item(Kind::Deliver),
        F::Milestone => Type::Item(Kind::Milestone),
        F::Tell => Type::Item(Kind::Tell),
        F::Any | F::Map | F::Row | F::Table | F::Content | F::Schema | F::Data => Type::Unknown,
    }
}

impl Checker<'_> {
    /// Whether a value may stand where the forms ask for one of several types.
    pub(crate) fn fits_any(&self, found: &Type, wanted: &[forms::Type]) -> bool {
        wanted.iter().any(|wanted| self.fits_form(found, *wanted))
    }

    fn fits_form(&self, found: &Type, wanted: forms::Type) -> bool {
        use forms::Type as F;
        if found.is_free() {
            return true;
        }
        if let Type::Distribution(of) = found {
            return self.fits_form(of, wanted);
        }
        match wanted {
            F::Any => !matches!(found, Type::Module(_)),
            F::Map => matches!(found, Type::Map(..)),
            F::Row => matches!(found, Type::Row(_) | Type::Item(_)),
            F::Table => matches!(found, Type::Rows(_)),
            F::Content => matches!(found, Type::Text) || self.applied_kind(found) == Some(Kind::Template),
            F::Schema => self.applied_kind(found) == Some(Kind::Schema),
            F::Data => false,
            F::Interval => matches!(found, Type::Interval(_)) || matches!(found, Type::List(of) if is_calendar(of)),
            F::List(of) => self.fits_list(found, *of),
            F::Date => matches!(found, Type::Date),
            F::Moment => matches!(found, Type::Date | Type::Moment),
            F::Correspondent => self.is_of_kind(found, Kind::Persona),
            F::Persona => self.is_of_kind(found, Kind::Persona),
            F::File => self.is_of_kind(found, Kind::File) || self.is_of_kind(found, Kind::Deliver),
            F::Mail => self.is_of_kind(found, Kind::Mail),
            F::Change => self.is_of_kind(found, Kind::Change),
            F::Deliver => self.is_of_kind(found, Kind::Deliver),
            F::Milestone => self.is_of_kind(found, Kind::Milestone),
            F::Tell => self.is_of_kind(found, Kind::Tell),
            plain => from_form(plain) == *found,
        }
    }

    fn fits_list(&self, found: &Type, of: forms::Type) -> bool {
        match found {
            Type::List(own) => {
                self.fits_form(own, of) || (of == forms::Type::Date && **own == Type::Month) || self.nested(own, of)
            }
            Type::Rows(family) => self.fits_form(&Type::Row(family.clone()), of),
            _ => false,
        }
    }

    /// A list of lists stands for all their items.
    fn nested(&self, own: &Type, of: forms::Type) -> bool {
        matches!(own, Type::List(_) | Type::Rows(_)) && self.fits_list(own, of)
    }

    /// Whether it is one member of a family of that kind.
    pub(crate) fn is_of_kind(&self, ty: &Type, wanted: Kind) -> bool {
        match ty {
            Type::Item(kind) => *kind == wanted,
            Type::Row(family) => self.program.get(family.declaration).kind == wanted,
            _ => false,
        }
    }

    fn applied_kind(&self, ty: &Type) -> Option<Kind> {
        match ty {
            Type::Applied(family) => Some(self.program.get(family.declaration).kind),
            Type::Function(id) => Some(self.program.get(*id).kind),
            Type::Row(family) | Type::Rows(family) => Some(self.program.get(family.declaration).kind),
            _ => None,
        }
    }
}

fn is_calendar(ty: &Type) -> bool {
    matches!(ty, Type::Date | Type::Month)
}
