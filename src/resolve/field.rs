//! Properties: that they exist, stand once, may be drawn, hold one of their words. Whether one is missing is known to `check`.

use super::Resolver;
use super::lower::Place;
use super::program::{DeclarationId, FieldDeclaration};
use crate::diag::Diagnostic;
use crate::forms::{self, Form, Free, Kind, Property};
use crate::syntax::{Expr, ExprKind, Field, Ident};

impl Resolver<'_> {
    /// `name = value` or `name ~ distribution` in a block.
    pub(super) fn field(&mut self, field: &Field, place: &Place) {
        let Some(parent) = place.parent else {
            let error = Diagnostic::error("E0117", field.span, "a property stands in a block");
            return self.report(error.help(format!("to state a fact, write `let {} = …`", field.name.name)));
        };
        let kind = self.get(parent).kind;
        if !self.is_known(kind, field) || self.is_repeated(parent, &field.name) {
            return;
        }
        let value = self.expression(&field.value, place.module);
        let declared = FieldDeclaration { name: field.name.clone(), draw: field.draw, sealed: false, value };
        self.get_mut(parent).fields.push(declared);
    }

    /// Whether the form has this property and it is written as it may be; reports if not.
    fn is_known(&mut self, kind: Kind, field: &Field) -> bool {
        let form = forms::form(kind);
        match (form.property(&field.name.name), form.free) {
            (Some(property), _) => {
                self.check_property(kind, property, field);
                true
            }
            (None, Free::Columns | Free::Facts) => true,
            (None, Free::OfTarget) if is_of_some_target(&field.name.name) => true,
            _ => {
                self.report(unknown_property(form, &field.name));
                false
            }
        }
    }

    fn check_property(&mut self, kind: Kind, property: &Property, field: &Field) {
        if field.draw && !property.draw {
            let message = format!("`{}` of a `{}` cannot be drawn", property.name, kind.keyword());
            let error = Diagnostic::error("E0120", field.span, message);
            self.report(
                error.help(format!("write `{} = …`; a drawn value can be named with `let x ~ …` first", property.name)),
            );
        }
        if let ExprKind::Text(text) = &field.value.kind
            && !property.choices.is_empty()
            && !property.choices.contains(&&*text.value)
        {
            let choices: Vec<String> = property.choices.iter().map(|choice| format!("\"{choice}\"")).collect();
            let near = forms::did_you_mean(&text.value, property.choices.iter().copied());
            let help = near
                .map_or_else(|| format!("one of {}", choices.join(", ")), |near| format!("did you mean \"{near}\"?"));
            let message = format!("`{}` cannot be \"{}\"", property.name, text.value);
            self.report(Diagnostic::error("E0121", field.value.span, message).label(choices.join(", ")).help(help));
        }
    }

    /// Whether the property is there already; reports if so [H3].
    pub(super) fn is_repeated(&mut self, parent: DeclarationId, name: &Ident) -> bool {
        let Some(earlier) = self.get(parent).field(&name.name) else { return false };
        let error = Diagnostic::error("E0126", name.span, format!("`{}` is set twice", name.name))
            .label("again here")
            .cause(earlier.name.span, "first set here")
            .help("remove one of them");
        self.report(error);
        true
    }

    /// Removes a property and answers with its value.
    pub(super) fn take_field(&mut self, id: DeclarationId, name: &str) -> Option<Expr> {
        let fields = &mut self.get_mut(id).fields;
        let index = fields.iter().position(|field| &*field.name.name == name)?;
        Some(fields.remove(index).value)
    }
}

/// Whether some block that a schema may stand for has such a property.
fn is_of_some_target(name: &str) -> bool {
    [Kind::Objective, Kind::Mailbox, Kind::Chat, Kind::Clutter]
        .iter()
        .any(|kind| forms::form(*kind).property(name).is_some())
}

/// The error for a property that a form does not have.
pub(super) fn unknown_property(form: &Form, name: &Ident) -> Diagnostic {
    let word = form.keyword;
    if form.readable(&name.name).is_some() {
        let message = format!("`{}` of a `{word}` is computed and cannot be set", name.name);
        return Diagnostic::error("E0110", name.span, message).help("remove it; it can be read by its path");
    }
    let known: Vec<&str> =
        form.properties.iter().filter(|property| !property.derived).map(|property| property.name).collect();
    let error = Diagnostic::error("E0110", name.span, format!("a `{word}` has no property `{}`", name.name))
        .label("unknown property");
    match forms::did_you_mean(&name.name, known.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => error.help(format!("a `{word}` has no properties")),
        None => error.help(format!("it has: {}", known.join(", "))),
    }
}
